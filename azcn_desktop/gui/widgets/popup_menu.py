"""A menu that pops up, and its lines: named, so that each can be found, and gone once it is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


def popup_menu(parent: QWidget, name: str) -> QMenu:
    """Return an empty menu that goes when it is closed."""
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return menu


def add_line(menu: QMenu, name: str, words: str, handler: Callable[..., object] | None = None) -> QAction:
    """Add a line to a menu.

    Args:
        menu: bears a name.
        name: of the line, behind that of the menu.
        words: may hold data, which is shown as it is.
        handler: what happens; None for a line that only tells, or whose menu listens itself.
    """
    shown = words.replace("&", "&&")
    action = menu.addAction(shown, handler) if handler else menu.addAction(shown)
    action.setObjectName(f"{menu.objectName()}-{name.replace('_', '-')}")
    return action
