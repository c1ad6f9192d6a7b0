"""The reader of sources: their text, its passages, and citing them."""
