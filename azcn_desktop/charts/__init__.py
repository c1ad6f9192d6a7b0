"""What the charts draw, as plain arrays: which records, which scales, which words. Knows no widget."""
