"""What records rest on, and whether it holds: texts, passages, audit, conflicts, cited sentences.

Reads and writes through the store only, as change sets that can be undone. Knows no window and no file format.
"""
