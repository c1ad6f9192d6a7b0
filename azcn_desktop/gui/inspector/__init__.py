"""The pane that shows and edits one record: form, sources, trust, checks, history."""
