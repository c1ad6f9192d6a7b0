"""The sources of a record in the inspector: who published what and when, the words, and what they print otherwise.

A record without a source says so. What a source prints is shown, never edited here: it is what the paper says.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from azcn_desktop.gui.inspector.lines import RecordLine, clear, small_button
from azcn_desktop.gui.inspector.parts import PartForm
from azcn_desktop.gui.inspector.section import INDENT_PX, Block, Section
from azcn_desktop.gui.sources.source_dialog import SourceDialog
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.widgets.web_address import AddressDialog
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.dates import date_words
from azcn_desktop.records.words import CONFIDENCE, READ_AS
from azcn_desktop.store.backlinks import CitationView
from azcn_desktop.store.edits import uncite
from azcn_desktop.store.records import Record

_CORRECTED = ("quote", "read_as")


class SourceSection(Section):
    """The citations of a record.

    Signals:
        jump_requested(table, key): a source was clicked.
        step_requested(ChangeSet): a source is to be added or taken off.
        passage_requested(citation): the quoted words are to be shown in their text.
    """

    jump_requested = Signal(str, object)
    step_requested = Signal(object)
    passage_requested = Signal(object)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("inspector", "Sources"), theme, icons, parent)
        self._workspace = workspace
        self._record: Record | None = None
        self.citations: list[CitationView] = []
        self._unfolded: int | None = None
        self.add_button = self.add_top_button("new", self.tr("Add a source"))
        self.add_button.setObjectName("button-add-source")
        self.add_button.clicked.connect(self.on_add_clicked)

    def show_record(self, record: Record) -> None:
        """Show the sources of a record."""
        self._record = record
        self.citations = self._workspace.store.citations(record.table, record.key)
        self.add_button.setVisible(self._workspace.can_edit and not record.is_deleted)
        self.set_count(len(self.citations))
        clear(self.body)
        for citation in self.citations:
            self.body.addWidget(self._block(citation))
        if not self.citations:
            self.add_words(self.tr("No source yet. Add one, so that others can check this record."))

    def on_add_clicked(self) -> None:
        """Ask for a source."""
        if self._record is None:
            return
        dialog = SourceDialog(self._workspace.store, self._record, self)
        dialog.finished.connect(self.on_dialog_finished)
        dialog.open()

    def on_dialog_finished(self, result: int) -> None:
        """Pass on the source that was chosen or described."""
        dialog = self.sender()
        if isinstance(dialog, SourceDialog):
            if result == SourceDialog.DialogCode.Accepted:
                self.step_requested.emit(dialog.change_set())
            dialog.deleteLater()

    def _block(self, citation: CitationView) -> Block:
        block = Block("source", self._theme, 2, self)
        block.set_head(self._first_line(citation, block))
        block.say(citation.title or self.tr("untitled"), "" if citation.title else "faint")
        if citation.published:
            block.say(date_words(citation.published), "faint")
        if citation.quote:
            block.say(f"“{citation.quote}”", "muted")
        if citation.anchor_state == "lost":
            block.say(self.tr("The quote is not found in the stored text."), "warning")
        if citation.confidence is not None:
            rated = CONFIDENCE.format(citation.confidence).lower()
            block.say(self.tr("Confidence: {}").format(rated), "faint")
        if citation.read_as and citation.read_as != "whole":
            block.say(f"{READ_AS.label(citation.read_as)}.", "warning")
        for name, printed, role in citation.printed:
            if role == "contradicts":
                block.say(self.tr("{} differs here: {}").format(self._label(name), printed), "warning")
        if citation.url:
            block.inner.addWidget(self._address(citation, block))
        self._add_agreeing(citation, block)
        if citation.citation_key == self._unfolded:
            self._unfold(citation, block)
        return block

    def on_details_clicked(self, citation: CitationView) -> None:
        """Unfold the words that were quoted, to be corrected, or fold them again."""
        self._unfolded = None if self._unfolded == citation.citation_key else citation.citation_key
        if self._record is not None:
            self.show_record(self._record)

    def _unfold(self, citation: CitationView, block: Block) -> None:
        part = self._workspace.store.get("citation", citation.citation_key)
        if part is None:
            return
        fields = [part.record_type.field(name) for name in _CORRECTED]
        form = PartForm(self._workspace, self._theme, part, fields, block)
        form.setContentsMargins(self._theme.px(INDENT_PX - 8), 0, 0, 0)
        block.column.addWidget(form)
        form.show()
        form.focus_field("quote")

    def _add_agreeing(self, citation: CitationView, block: Block) -> None:
        """Fold away what the source prints as the record has it."""
        lines = [
            self.tr("{}: {}").format(self._label(name), printed)
            for name, printed, role in citation.printed
            if role != "contradicts"
        ]
        if not lines:
            return
        words = wrapped("\n".join(lines), "faint", block)
        words.hide()
        more = RecordLine(self.tr("As printed there ({})").format(len(lines)), "", self._theme, self._icons, block)
        more.setObjectName(f"button-printed-{citation.citation_key}")
        more.setCheckable(True)
        more.toggled.connect(words.setVisible)
        block.inner.addWidget(more)
        block.inner.addWidget(words)

    def _first_line(self, citation: CitationView, block: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._theme.px(2))
        publisher = citation.publisher or self.tr("Publisher not known")
        line = RecordLine(publisher, "sources", self._theme, self._icons, block)
        line.setObjectName(f"source-line-{citation.citation_key}")
        line.clicked.connect(partial(self._jump, citation))
        row.addWidget(line, 1)
        if citation.anchor_state == "anchored":
            show = small_button(self._icons, "quote", self.tr("Show the passage in its text"), block)
            show.setObjectName(f"button-passage-{citation.citation_key}")
            show.clicked.connect(partial(self.passage_requested.emit, citation.citation_key))
            row.addWidget(show)
        if self._workspace.can_edit and self._record is not None and not self._record.is_deleted:
            details = self.tr("Correct the quote from {}").format(publisher)
            edit = small_button(self._icons, "edit", details, block, is_quiet=True)
            edit.setObjectName(f"button-edit-source-{citation.citation_key}")
            edit.clicked.connect(partial(self.on_details_clicked, citation))
            row.addWidget(edit)
            name = self.tr("Take off source: {}").format(publisher)
            remove = small_button(self._icons, "close", name, block, is_quiet=True)
            remove.setObjectName(f"button-take-off-{citation.citation_key}")
            remove.clicked.connect(partial(self._remove, citation))
            row.addWidget(remove)
        return row

    def _label(self, name: str) -> str:
        assert self._record is not None
        record_type = self._record.record_type
        label = record_type.field(name).label if record_type.has_field(name) else name.replace("_", " ")
        return QCoreApplication.translate("catalogue", label)

    def _address(self, citation: CitationView, block: QWidget) -> QWidget:
        address = citation.url or ""
        shown = address.split("://", 1)[-1].rstrip("/").removeprefix("www.")
        line = RecordLine(shown, "", self._theme, self._icons, block)
        line.setObjectName(f"source-address-{citation.citation_key}")
        line.setAccessibleName(self.tr("Address: {}").format(address))
        line.clicked.connect(partial(self._ask_to_open, address))
        return line

    def _ask_to_open(self, address: str) -> None:
        self.dialog = AddressDialog(address, self)
        self.dialog.open()

    def _jump(self, citation: CitationView) -> None:
        self.jump_requested.emit("source", citation.source_key)

    def _remove(self, citation: CitationView) -> None:
        assert self._record is not None
        step = uncite(self._workspace.store, self._record.table, self._record.key, citation.citation_key)
        self.step_requested.emit(step)
