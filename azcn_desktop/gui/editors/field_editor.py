"""The editor of one field: what every kind of editor has in common.

An editor holds the typing and says what it means as values; it never writes a record. What it was opened with stays as
it is stored unless the person changes it: Qt's own editors alter line breaks, blanks and digits merely by being opened.
"""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.widgets.callout import Callout, Tone
from azcn_desktop.gui.widgets.suggesting_line import SuggestingLine
from azcn_desktop.records.changes import Change
from azcn_desktop.records.kinds import Value
from azcn_desktop.records.schema import Field
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

ENTER_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NOT_LEAVING = (
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)


class FieldEditor(QWidget):
    """The editor of one field of one record.

    Attributes:
        field: the declaration.
        catches_tab: set by a grid: Tab and Backtab come as `tabbed` instead of moving the focus.

    Signals:
        committed(): Enter, a pick, or the focus left: write what is there, if it differs.
        cancelled(): Escape; the old value is shown again.
        tabbed(int): Tab (1) or Backtab (-1), when `catches_tab` is set.
        step_requested(ChangeSet): a step to be applied at once (members of a Links field).
        open_requested(str, object): table and id of a linked record that was clicked.
    """

    committed = Signal()
    cancelled = Signal()
    tabbed = Signal(object)
    step_requested = Signal(object)
    open_requested = Signal(str, object)

    def __init__(self, field: Field, parent: QWidget | None, store: Store, record: Record) -> None:
        super().__init__(parent)
        self.field = field
        self.catches_tab = False
        self._store = store
        self._record = record
        self._start = ""
        self._inputs: list[QWidget] = []
        self._callout: Callout | None = None
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)

    @property
    def record(self) -> Record:
        """The record as it was when the editor took it."""
        return self._record

    @property
    def problem(self) -> str:
        """The sentence or read-back that stands beside the field now."""
        return self._callout.text if self._callout else ""

    def text(self) -> str:
        """Return what stands in the editor."""
        return ""

    def is_modified(self) -> bool:
        """Tell whether a person has changed something."""
        return self.text() != self._start

    def values(self) -> dict[str, Value]:
        """Return the typing as values of the columns of the field. Raises ValueError with a sentence."""
        return self.field.kind.read(self.field.name, self.text(), self._record.values)

    def created(self) -> tuple[Change, ...]:
        """Return inserts that the values refer to by a placeholder."""
        return ()

    def set_record(self, record: Record) -> None:
        """Show a record; typing that has not been committed stays when it is the same record."""
        if self.is_modified() and record.key == self._record.key and record.table == self._record.table:
            return
        self._record = record
        self._load()
        self.show_problem("")

    def use_store(self, store: Store) -> None:
        """Look for records in another file from now on."""
        self._store = store

    def take_over(self) -> None:
        """Read the record anew after a commit."""
        record = self._store.get(self._record.table, self._record.key)
        if record is not None:
            self._record = record
            self._load()
        self.show_problem("")

    def revert(self) -> None:
        """Show the stored value again."""
        self._load()
        self.show_problem("")

    def refusal(self) -> str:
        """Return field and reason in one sentence, for what lies away from the field."""
        return f"{QCoreApplication.translate('catalogue', self.field.label)}: {self.problem}"

    def show_problem(self, sentence: str) -> None:
        """Say beside the field why the typing can't be taken; empty clears."""
        for widget in self._inputs:
            set_property(widget, "invalid", "true" if sentence else "false")
        self.tell(sentence, "error")

    def select_all(self) -> None:
        """Select the text, so that typing replaces it."""

    def open_choices(self) -> None:
        """Show what can be chosen, where there is a list."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn the keys of a spreadsheet and the loss of focus into signals."""
        if event.type() == QEvent.Type.KeyPress:
            return self._on_key(cast(QKeyEvent, event))
        if event.type() == QEvent.Type.FocusOut and event.reason() not in _NOT_LEAVING:  # type: ignore[attr-defined]
            focused = QApplication.focusWidget()
            if focused is None or not self.isAncestorOf(focused):
                self.committed.emit()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep keys that the input ignores from reaching the table behind."""
        event.accept()

    def _load(self) -> None:
        """Show the stored value."""

    def _add_input(self, widget: QWidget) -> None:
        self._inputs.append(widget)
        self._layout.addWidget(widget)
        widget.installEventFilter(self)
        if isinstance(widget, SuggestingLine):
            widget.listed.connect(self._on_listed)
        widget.setObjectName(f"input-{self.field.name.replace('_', '-')}")
        widget.setAccessibleName(self.field.label)
        if self.focusProxy() is None:
            self.setFocusProxy(widget)

    def _on_key(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER_KEYS and self._is_commit_key(event):
            self.committed.emit()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.revert()
            self.cancelled.emit()
            return True
        if self.catches_tab and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.tabbed.emit(1 if event.key() == Qt.Key.Key_Tab else -1)
            return True
        return False

    def _is_commit_key(self, event: QKeyEvent) -> bool:
        return True

    def tell(self, sentence: str, tone: Tone) -> None:
        """Say something beside the field: how the typing is understood, or what is unlikely about it."""
        if sentence and self._callout is None:
            self._callout = Callout(self, self._list_area)
        if self._callout is not None:
            self._callout.tell(sentence, tone)
        for widget in self._inputs:
            # What stands beside a field is not in it: screen readers are told of it by the field itself.
            widget.setAccessibleDescription(sentence)

    def _list_area(self) -> QRect:
        """Return the part of the window where offers are listed."""
        return next((line.list_area for line in self._inputs if isinstance(line, SuggestingLine)), QRect())

    def _on_listed(self) -> None:
        if self._callout is not None and self._callout.isVisible():
            self._callout.place()
