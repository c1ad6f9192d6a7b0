"""The dialogs that let data in and out."""
