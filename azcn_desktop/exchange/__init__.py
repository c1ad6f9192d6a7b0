"""Tables in and out: CSV, XLSX, JSON, Markdown, HTML, and the shipped reference data."""
