"""What becomes of things: checks of commitments, dossiers and their lines over time."""
