"""What the records rest on, and whether it holds: sources, conflicts, arithmetic, commitments."""
