"""What records rest on: texts, anchors, checks, conflicts, trust. Pure."""
