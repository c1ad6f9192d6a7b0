"""`python -m azcn_desktop`: the desktop application."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the application with the arguments of the command line and return its exit code."""
    # Before Qt is imported: these choose the binding that pyqtgraph and QtAwesome take.
    os.environ.setdefault("QT_API", "pyside6")
    os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")
    from azcn_desktop.gui.application import run  # noqa: PLC0415 - the two lines above must come first

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
