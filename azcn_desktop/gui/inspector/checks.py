"""The looks at a commitment in the inspector, newest first: what was found, when, in words, and by which source."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QWidget

from azcn_desktop.gui.inspector.lines import RecordLine, clear, small_button
from azcn_desktop.gui.inspector.section import Block, Section
from azcn_desktop.gui.presentation import tone_of
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.cell_marks import MARK_PX, state_mark
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.dates import date_words
from azcn_desktop.store.check_history import Look, checked_field, looks, remove_look
from azcn_desktop.store.records import Record


class CheckSection(Section):
    """The history of looks.

    Signals:
        jump_requested(table, key): a source was clicked.
        step_requested(ChangeSet): a look is to be removed.
        check_requested(table, key): somebody wants to look again.
    """

    jump_requested = Signal(str, object)
    step_requested = Signal(object)
    check_requested = Signal(str, object)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("inspector", "Checks"), theme, icons, parent)
        self.setObjectName("section-checks")
        self._workspace = workspace
        self._record: Record | None = None
        self.looks: list[Look] = []
        self.add_button = self.add_top_button("new", self.tr("Check again"))
        self.add_button.setObjectName("button-add-check")
        self.add_button.clicked.connect(self.on_add_clicked)

    def show_record(self, record: Record) -> None:
        """Show the looks at a record; nothing at all for types that are not checked."""
        self._record = record
        self.setVisible(checked_field(record.record_type) is not None)
        if self.isHidden():
            return
        self.looks = looks(self._workspace.store, record.table, record.key)
        self.add_button.setVisible(self._can_edit)
        self.set_count(len(self.looks))
        clear(self.body)
        for look in self.looks:
            self.body.addWidget(self._block(look))
        if not self.looks:
            self.add_words(self.tr("Nobody has looked yet what became of it."))

    def on_add_clicked(self) -> None:
        """Ask whoever can to look at the record again."""
        if self._record is not None:
            self.check_requested.emit(self._record.table, self._record.key)

    @property
    def _can_edit(self) -> bool:
        return self._workspace.can_edit and self._record is not None and not self._record.is_deleted

    def _block(self, look: Look) -> Block:
        block = Block("check", self._theme, 1, self)
        block.set_head(self._head(look, block))
        if look.finding:
            block.say(look.finding)
        for citation in look.citations:
            if citation.quote:
                block.say(f"“{citation.quote}”", "muted")
            parts = (citation.publisher, citation.title)
            words = ", ".join(part for part in parts if part) or citation.url or self.tr("Source")
            published = date_words(citation.published) if citation.published else ""
            line = RecordLine(words, "sources", self._theme, self._icons, block, published)
            line.setObjectName(f"check-source-{look.key}-{citation.citation_key}")
            line.clicked.connect(partial(self._jump, citation.source_key))
            block.column.addWidget(line)
        return block

    def _head(self, look: Look, block: QWidget) -> QHBoxLayout:
        """Return the first line: mark and word of what was found, the day, and the button that takes it back."""
        px = self._theme.px
        row = QHBoxLayout()
        row.setContentsMargins(px(7), px(3), 0, 0)
        row.setSpacing(px(9))
        found, day = self._word(look), date_words(look.checked_on) if look.checked_on else self.tr("no day")
        mark = PlainLabel("", block)
        tone = tone_of("status", look.found)
        colour = QColor(self._theme.theme.tone(tone))
        mark.setPixmap(state_mark(tone, colour, px(MARK_PX), block.devicePixelRatioF()))
        row.addWidget(mark)
        row.addWidget(PlainLabel(found, block))
        faint = PlainLabel(day, block)
        faint.setProperty("role", "faint")
        row.addWidget(faint, 1)
        if self._can_edit:
            name = self.tr("Remove check: {}, {}").format(found, day)
            remove = small_button(self._icons, "close", name, block, is_quiet=True)
            remove.setObjectName(f"button-remove-check-{look.key}")
            remove.clicked.connect(partial(self._remove, look))
            row.addWidget(remove)
        return row

    def _word(self, look: Look) -> str:
        assert self._record is not None
        field = checked_field(self._record.record_type)
        return field.kind.format(look.found) if field else look.found

    def _jump(self, source: int) -> None:
        self.jump_requested.emit("source", source)

    def _remove(self, look: Look) -> None:
        assert self._record is not None
        self.step_requested.emit(remove_look(self._workspace.store, self._record.table, self._record.key, look.key))
