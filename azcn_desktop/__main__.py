"""`python -m azcn_desktop`: the desktop application."""

from __future__ import annotations

import gc
import importlib
import sys
from types import ModuleType


def main() -> int:
    """Run the application with the arguments of the command line and return its exit code."""
    return int(load().run(sys.argv[1:]))


def load() -> ModuleType:
    """Import the application, without looking for garbage in what it brings.

    Nearly all that a start imports and builds stays, and looking through it takes a tenth of the start. The application
    begins to collect garbage when its window stands.
    """
    gc.disable()
    return importlib.import_module("azcn_desktop.gui.application")


if __name__ == "__main__":
    sys.exit(main())
