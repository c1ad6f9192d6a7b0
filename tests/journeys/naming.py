"""What is wrong with the names in a window: none, not in kebab case, or borne twice."""

import re
from collections import Counter

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QWidget,
)

from azcn_desktop.gui.inspector.form import RecordForm

_USED = (
    QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QPlainTextEdit, QTextEdit, QAbstractItemView, QTabBar,
    QDialog,
)  # fmt: skip
_WITH_PARTS = (QComboBox, QLineEdit, QAbstractSpinBox)
# A field bears the name of its column, which has underscores.
_KEBAB = re.compile(r"(?:field-[a-z0-9_]+|[a-z0-9]+(?:-[a-z0-9]+)*)")


def faults(window: QWidget) -> list[str]:
    """Return a line for each widget of a window, and of the dialogs over it, whose name is no good."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    widgets = [each for each in (window, *window.findChildren(QWidget)) if isinstance(each, _USED) and _is_ours(each)]
    found = [f"{_place(each)}: {fault}" for each in widgets if (fault := _fault(each))]
    borne = Counter((id(each.window()), each.objectName()) for each in widgets)
    found += [f"{_place(each)} is not alone" for each in widgets if borne[id(each.window()), each.objectName()] > 1]
    menus = [each for each in window.findChildren(QMenu) if not _is_of_qt(each)]
    return found + [fault for menu in menus for fault in menu_faults(menu)]


def menu_faults(menu: QMenu) -> list[str]:
    """Return a line for a menu without a name, and for each of its lines whose name is no good."""
    lines = [action for action in menu.actions() if not action.isSeparator() and not action.menu()]
    names = [action.objectName() for action in lines]
    found = [f"line “{action.text()}” of {_place(menu)}" for action in lines if not _is_kebab(action.objectName())]
    found += [f"line {name} of {_place(menu)} is not alone" for name in set(names) if names.count(name) > 1]
    return found if _is_kebab(menu.objectName()) else [*found, f"{_place(menu)}: no name"]


def _fault(widget: QWidget) -> str:
    if not _is_kebab(widget.objectName()):
        return f"its name is {widget.objectName()!r}"
    if not (widget.accessibleName() or (isinstance(widget, QDialog) and widget.windowTitle())):
        return "nothing says what it is"
    return ""


def _is_ours(widget: QWidget) -> bool:
    """Tell whether a widget is none of the parts that Qt makes for its own."""
    if widget.objectName().startswith(("qt_", "Scroll")) or (isinstance(widget, QHeaderView) and widget.isHidden()):
        return False
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, _WITH_PARTS) and not isinstance(widget, QDialog):
            return False
        if isinstance(parent, RecordForm) and parent.isHidden():  # put away without its names until it is shown again
            return False
        parent = parent.parentWidget()
    return True


def _is_of_qt(menu: QMenu) -> bool:
    """Tell whether a menu is what a menu bar shows of the menus that have no room."""
    bar = menu.parent()
    return isinstance(bar, QMenuBar) and menu.menuAction() not in bar.actions()


def _is_kebab(name: str) -> bool:
    return _KEBAB.fullmatch(name) is not None


def _place(widget: QWidget) -> str:
    parents, parent = [], widget.parentWidget()
    while parent is not None:
        parents += [parent.objectName()] if parent.objectName() else []
        parent = parent.parentWidget()
    return f"{type(widget).__name__} {widget.objectName()!r} in {' < '.join(parents[:4])}"
