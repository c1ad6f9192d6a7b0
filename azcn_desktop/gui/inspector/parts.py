"""Fields of a row that belongs to a record, unfolded where it stands: the office of a participant, a quote."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QWidget

from azcn_desktop.gui.editors.editors import FieldEditor, commit, make_editor
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.schema import Field
from azcn_desktop.store.records import Record


class PartForm(QWidget):
    """Some fields of a part, each with its editor.

    Attributes:
        editors: field name to editor.
    """

    def __init__(
        self, workspace: Workspace, theme: ThemeController, part: Record, fields: Sequence[Field], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.editors: dict[str, FieldEditor] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(theme.px(8), 0, 0, theme.px(6))
        grid.setVerticalSpacing(theme.px(1))
        grid.setColumnStretch(1, 1)
        for place, field in enumerate(fields):
            words = PlainLabel(QCoreApplication.translate("catalogue", field.label), self)
            words.setProperty("role", "muted")
            words.setMinimumWidth(theme.px(80))
            editor = make_editor(field, self, workspace.store, part, wraps=True)
            editor.setObjectName(f"part-{field.name.replace('_', '-')}")
            editor.committed.connect(partial(self.on_committed, editor))
            grid.addWidget(words, place, 0)
            grid.addWidget(editor, place, 1)
            for line in editor.findChildren(QLineEdit):
                line.setCursorPosition(0)
            self.editors[field.name] = editor

    def on_committed(self, editor: FieldEditor) -> None:
        """Write what stands in an editor."""
        commit(editor, self._workspace)

    def focused_field(self) -> str | None:
        """Return the field that has the keyboard."""
        focused = QApplication.focusWidget()
        return next((name for name, e in self.editors.items() if focused and e.isAncestorOf(focused)), None)

    def focus_field(self, name: str) -> None:
        """Give the keyboard to a field, or to the first one."""
        editor = self.editors.get(name) or next(iter(self.editors.values()))
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
