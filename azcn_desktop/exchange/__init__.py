"""Tables in and out, documents as text, bibliographies, and the shipped reference data."""
