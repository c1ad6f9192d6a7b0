"""The import of statistics in the window: file, mapping page, preview, facts of the dataset, and the work behind."""
