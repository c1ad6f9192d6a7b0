"""The reader below the list of sources: what is known of a publication, its text, and what rests on its passages.

A text is pasted, opened or dropped here; quotes that came without one find their places then. A passage is selected
and attached to a record or a field. What a text means, where a quote stands and which texts are copies is the core's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from azcn_desktop.errors import AzcnError, UserError
from azcn_desktop.evidence.copies import Likeness
from azcn_desktop.evidence.passages import Target
from azcn_desktop.evidence.texts import (
    SourceText,
    cite_passage,
    mark_copy,
    set_confidence,
    text_of,
)
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.sources.cite_dialog import CiteDialog
from azcn_desktop.gui.sources.passage_list import PassageList
from azcn_desktop.gui.sources.reader_head import ReaderHead
from azcn_desktop.gui.sources.reader_text import Mark, ReaderText
from azcn_desktop.gui.sources.reader_welcome import ReaderWelcome
from azcn_desktop.gui.sources.text_taking import DOCUMENTS, TextTaking
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.passages import Passage, passages
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

if TYPE_CHECKING:
    from azcn_desktop.exchange.documents import Document

_WATCHED = ("source", "citation", "citation_link")
_SIZES = (620, 280)


class SourceReader(QWidget):
    """The reader.

    Attributes:
        text: the text on the screen.
        list: the cited passages beside it.
        head: the metadata above it, with the buttons.
        taking: how texts come in.

    Signals:
        record_requested(table, key): a record that rests on the source was asked for.
        message(str, bool): a sentence for the status line; True for a problem.
    """

    record_requested = Signal(str, object)
    message = Signal(str, bool)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, jobs: JobRunner,
        read_document: Callable[[Path, str], Document], parent: QWidget | None = None, reading: JobRunner | None = None
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.taking = TextTaking(workspace, jobs, read_document, self)
        self._workspace, self._theme, self._icons = workspace, theme, icons
        self._key: int | None = None
        self._record: Record | None = None
        self._source: SourceText | None = None
        self._passages: list[Passage] = []
        self._target: Target | None = None
        self._waiting: list[Callable[[], object]] = []
        self._read_state: tuple[int, Value] | None = None
        self._reading = Reading(workspace, reading, self.tr("Read the text"), self)
        self._shows_raw = False
        self.setObjectName("reader")
        self.setAccessibleName(self.tr("Reader of the source"))
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAcceptDrops(True)
        self.head = ReaderHead(theme, icons, self)
        self.text = ReaderText(theme, self)
        self.list = PassageList(workspace.schema, theme, self)
        self.welcome = ReaderWelcome(theme, self)
        self._lay_out()
        self._connect()
        self.show_source(None)

    # -- what is shown

    def show_record(self, _table: str, key: int | None) -> None:
        """Show the source that is the current record of the list above."""
        self.show_source(key)

    def show_source(self, key: int | None) -> None:
        """Show a source; None for none."""
        if key != self._key:
            self._shows_raw = False
            self._waiting = []
            self.head.show_likeness(None)
        self._key = key
        self._refresh()

    def show_passage(self, citation_key: int) -> bool:
        """Bring a cited passage into view; tell whether its words stand in the text."""
        self._show_cleaned()
        self.list.choose(citation_key)
        if self._reading.is_busy:
            self._waiting = [partial(self.text.show_mark, citation_key)]
            return any(p.citation_key == citation_key and p.start is not None for p in self._passages)
        return self.text.show_mark(citation_key)

    def ask_for(self, table: str, key: int, field_name: str = "") -> None:
        """Offer to attach the next selection to a record or a field."""
        self._target = target = Target(table, key, field_name)
        f = self._workspace.schema[target.table].field(target.field_name) if target.field_name else None
        title = self._workspace.store.titles(target.table, [target.key]).get(target.key, "")
        what = f"{QCoreApplication.translate('catalogue', f.label)}: {title}" if f else title
        self.head.ask_for(what)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refresh(self) -> None:
        store, key = self._workspace.store, self._key
        record = store.get("source", key) if key is not None else None
        # With each write of the row its revision moves, so that what was read of it holds until then.
        state = (key, record.values.get("rev")) if record is not None and key is not None else None
        if state is None or state != self._read_state:
            self._source, self._read_state = None, state
            self._reading.drop()
            if state is not None and store.has_long_text(state[0]):
                self.text.show_text("")
                self._reading.ask(partial(_text_of, state[0]), at_once=False)
            elif state is not None:
                self._source = text_of(store, state[0])
        self._record = record
        self._show()

    def _show(self) -> None:
        store, key, record = self._workspace.store, self._key, self._record
        self._passages = passages(store, key) if record is not None and key is not None else []
        can_edit = self._workspace.can_edit and record is not None and not record.is_deleted
        can_edit = can_edit and not self._reading.is_busy  # before a text is seen it is not replaced
        self.head.show_source(store, record, self._source, can_edit)
        self.list.show_passages(self._passages, can_edit)
        has_text = self._source is not None
        self.welcome.say(record is not None, can_edit)
        self._stack.setCurrentWidget(self._panes if has_text or self._reading.is_busy else self.welcome)
        if has_text:
            self._show_text()
            for show in self._waiting:
                show()
            self._waiting = []

    def _on_text_read(self, source: SourceText | None) -> None:
        if self._key is not None:
            self._source = source
            self._show()

    def _on_text_refused(self, error: AzcnError) -> None:
        self.message.emit(str(error), True)

    def _show_text(self) -> None:
        assert self._source is not None
        shown = self._source.raw if self._shows_raw else self._source.clean
        place = self.text.verticalScrollBar().value()
        is_same = shown == self.text.text
        if not is_same and not self.text.show_text(shown):
            words = self.tr(
                "This very long text is laid out in parts: scrolling and looking for words bring the others."
            )
            self.message.emit(words, False)
        if is_same:
            self.text.verticalScrollBar().setValue(place)
        marks = [Mark(p.citation_key, p.start, p.end) for p in self._passages if p.start is not None and p.end]
        self.text.mark([] if self._shows_raw else marks, self.list.current_key())

    def _show_cleaned(self) -> None:
        if self._shows_raw:
            self.head.cleaned_button.setChecked(True)

    # -- parts

    def _lay_out(self) -> None:
        self._panes = QSplitter(Qt.Orientation.Horizontal, self)
        self._panes.setObjectName("reader-panes")
        self._panes.setHandleWidth(1)
        self._panes.setChildrenCollapsible(False)
        self._panes.addWidget(self.text)
        self._panes.addWidget(self.list)
        self._panes.setStretchFactor(0, 1)
        self._panes.setSizes([self._theme.px(side) for side in _SIZES])
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.welcome)
        self._stack.addWidget(self._panes)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        cite = QShortcut(QKeySequence("Ctrl+Return"), self)
        cite.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        cite.activated.connect(self.on_cite_requested)
        for head in (self.head, self.welcome):
            head.paste_requested.connect(self.on_paste_requested)
            head.open_requested.connect(self.on_open_requested)
        self.head.cite_requested.connect(self.on_cite_requested)
        self.head.raw_requested.connect(self.on_raw_requested)
        self.head.clean_requested.connect(partial(self._change_text, self.taking.clean_again))
        self.head.remove_requested.connect(partial(self._change_text, self.taking.remove))
        self.head.copies_requested.connect(self.on_copies_requested)
        self.taking.compared.connect(self.on_compared)
        self.taking.message.connect(self.message)
        self.head.copy_accepted.connect(self.on_copy_accepted)
        self.head.ask_dropped.connect(self.on_ask_dropped)
        self.head.place_requested.connect(self.on_place_requested)
        self.head.find_requested.connect(self.on_find_requested)
        self.head.record_requested.connect(self.record_requested)
        self.text.selected.connect(self.head.allow_citing)
        self.text.mark_clicked.connect(self.on_mark_clicked)
        self.list.passage_chosen.connect(self.on_passage_chosen)
        self.list.record_requested.connect(self.record_requested)
        self.list.confidence_requested.connect(self.on_confidence_requested)
        self._reading.answered.connect(self._on_text_read)
        self._reading.refused.connect(self._on_text_refused)
        self._workspace.changed.connect(self.on_workspace_changed)
        self._workspace.busy_changed.connect(self.on_busy_changed)
        self._workspace.closing.connect(self.on_workspace_closing)

    # -- texts

    def on_paste_requested(self) -> None:
        """Ask for a text to be pasted."""
        if self._key is not None:
            self.taking.ask_to_paste(self._key)

    def on_open_requested(self) -> None:
        """Ask for a file with the text."""
        if self._key is not None:
            self.taking.ask_to_open(self._key)

    def on_copies_requested(self) -> None:
        """Look which other texts this one repeats."""
        if self._key is not None:
            self.taking.look_for_copies(self._key)

    def on_compared(self, key: int, found: list[Likeness[int]]) -> None:
        """Say which text the shown one repeats most."""
        if key == self._key and self._workspace.is_open:
            self.head.show_likeness(found[0] if found else None, self._workspace.store)

    def on_copy_accepted(self, origin: int) -> None:
        """Mark the source as a copy of another."""
        if self._key is not None:
            self._apply(partial(mark_copy, self._workspace.store, self._key, origin))
            self.head.show_likeness(None)

    def on_raw_requested(self, is_raw: bool) -> None:
        """Show the text as it is stored, or cleaned."""
        self._shows_raw = is_raw
        if self._source is not None:
            self._show_text()

    def on_place_requested(self, start: int, end: int) -> None:
        """Show a repaired place in the cleaned text."""
        self._show_cleaned()
        self.text.show_place(start, end)

    def on_find_requested(self, words: str) -> None:
        """Select the next place where the words stand."""
        if words and not self.text.find_next(words):
            self.message.emit(self.tr("“{}” does not stand in this text.").format(words), False)

    # -- citing

    def on_cite_requested(self) -> None:
        """Attach what is selected."""
        place = self.text.selection()
        if place is None or self._key is None or self._source is None:
            return
        if self._shows_raw:
            self.message.emit(self.tr("Select the passage in the cleaned text: citations point into that one."), True)
            return
        words = self._source.clean[place[0] : place[1]]
        dialog = CiteDialog(self._workspace.store, words, self._target, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._cite, dialog, self._key, place, words))
        dialog.open()

    def _cite(self, dialog: CiteDialog, key: int, place: tuple[int, int], words: str) -> None:
        target = dialog.target()
        if self._apply(partial(cite_passage, self._workspace.store, key, place, target, seen=words)):
            self.on_ask_dropped()
            title = self._workspace.store.titles(target.table, [target.key]).get(target.key, "")
            self.message.emit(self.tr("Cited for {}.").format(title), False)

    def on_ask_dropped(self) -> None:
        """Forget for which field a passage was asked."""
        self._target = None
        self.head.ask_for("")

    def on_confidence_requested(self, citation: int, step: int | None) -> None:
        """Rate a passage."""
        self._apply(partial(set_confidence, self._workspace.store, citation, step))

    def on_mark_clicked(self, citation: int) -> None:
        """Choose the passage that was clicked in the text."""
        self.list.choose(citation)
        self.text.show_mark(citation)

    def on_passage_chosen(self, citation: int) -> None:
        """Show the passage that was chosen in the list."""
        self.show_passage(citation)

    # -- dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._key is not None and self._workspace.can_edit and _documents(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self._key is not None and (found := _documents(event.mimeData())):
            event.acceptProposedAction()
            self.taking.open_document(self._key, found[0])

    # -- what happens

    def on_workspace_changed(self, notice: ChangeNotice) -> None:
        """Read anew what may have changed."""
        if self._key is not None and notice.touches(_WATCHED):
            self._refresh()

    def on_busy_changed(self, _is_busy: bool) -> None:
        """Allow or forbid editing."""
        if self._workspace.is_open:
            self._refresh()

    def on_workspace_closing(self) -> None:
        """Forget what was read."""
        self._key, self._source, self._passages, self._target = None, None, [], None
        self._record, self._read_state, self._waiting = None, None, []
        self.text.show_text("")
        self.list.clear()

    def _change_text(self, change: Callable[[int], None]) -> None:
        if self._key is not None:
            try:
                change(self._key)
            except UserError as error:
                self.message.emit(str(error), True)

    def _apply(self, make: partial[ChangeSet]) -> bool:
        """Write a step; tell whether it was written. A refusal goes to the status line."""
        try:
            self._workspace.apply(make())
        except UserError as error:
            self.message.emit(str(error), True)
            return False
        return True


def _text_of(key: int, store: Store, progress: Progress) -> SourceText | None:
    progress.check()
    return text_of(store, key)


def _documents(data: QMimeData) -> list[Path]:
    paths = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return [path for path in paths if path.suffix.lower() in DOCUMENTS]
