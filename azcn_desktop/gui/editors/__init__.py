"""Editors of field values, one for each kind, in grid and form alike."""
