"""Records to look at, and what can be seen of them in the inspector."""

from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from azcn_desktop.gui.inspector.inspector import Inspector
from azcn_desktop.gui.inspector.lines import RecordLine
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.kinds import Value
from tests.gui.making import make


def add(workspace: Workspace, table: str, **values: Value) -> int:
    row = workspace.schema[table].new_row() | values
    return workspace.apply(ChangeSet("Add", (Change(table, -1, None, row),))).new_keys[-1]


def meeting(workspace: Workspace, **values: Value) -> int:
    return make(workspace, "meeting", **({"title": "10th session", "status": "held", "date": "2025-04-16"} | values))


def stored(workspace: Workspace, table: str, key: int, column: str) -> Value:
    record = workspace.store.get(table, key)
    assert record is not None
    return record.values[column]


def field(inspector: Inspector, name: str) -> QWidget:
    found = inspector.findChild(QWidget, f"field-{name}")
    assert found is not None
    return found


def line(inspector: Inspector, name: str) -> QLineEdit:
    found = field(inspector, name)
    assert isinstance(found, QLineEdit)
    return found


def button(inspector: Inspector, name: str) -> QPushButton:
    found = inspector.findChild(QPushButton, name)
    assert found is not None
    return found


def named(inspector: Inspector, name: str) -> QWidget:
    """The visible widget with a name for screen readers."""
    QApplication.processEvents()
    (found,) = [w for w in inspector.findChildren(QWidget) if w.accessibleName() == name and w.isVisible()]
    return found


def texts(inspector: Inspector) -> list[str]:
    """Everything that can be read in the pane."""
    QApplication.processEvents()  # a widget that is added to a visible one appears with the next event
    labels = [label.text() for label in inspector.findChildren(QLabel) if label.isVisible()]
    return labels + [button.text() for button in inspector.findChildren(RecordLine) if button.isVisible()]
