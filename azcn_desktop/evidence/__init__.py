"""Evidence: the texts of sources, the passages cited from them, and what can be told from both.

Reads and writes through the store only, as change sets that can be undone. Knows no window and no file format.
"""
