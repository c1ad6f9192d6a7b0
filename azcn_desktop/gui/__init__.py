"""The window: the only package that imports Qt.

It exists to show records and to hand changes to the workspace; it refuses to know SQL and file formats. Two libraries
that can run on several Qt bindings are told here which one is meant, because both look at the environment on import.
"""

import os

os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
