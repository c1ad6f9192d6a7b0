"""The window: the only package that imports Qt.

It exists to show records and to hand changes to the workspace; it refuses to know SQL and file formats. Two libraries
that can run on several Qt bindings are told here which one is meant, because both look at the environment on import.
PySide, which puts its own function in place of Python's `import`, is told that nothing here uses its features.
"""

import builtins
import os

import PySide6.QtCore  # noqa: F401 - replaces `import`, to look for features in the source of every module that follows

# Nothing of ours or of the libraries asks for one, and reading 160 sources took a tenth of the imports of a start.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
