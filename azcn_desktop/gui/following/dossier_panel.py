"""The thread below the table of dossiers: the records of the selected one on their line, or as a table.

What it changes (joining, part, place, leaving) is one step each. Imported after the first paint, as the charts are.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QStackedWidget, QVBoxLayout, QWidget

from azcn_desktop.charts.thread import thread_table
from azcn_desktop.errors import UserError
from azcn_desktop.gui.charts.board import BoardStop
from azcn_desktop.gui.charts.table import ValueTable
from azcn_desktop.gui.editors.link_picker import LinkPicker, Pick
from azcn_desktop.gui.following.dossier_dialog import RoleDialog
from azcn_desktop.gui.following.thread_board import ThreadBoard
from azcn_desktop.gui.messages import told_in_next_turn
from azcn_desktop.gui.pages import Page
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.gui.widgets.popup_menu import add_line, popup_menu
from azcn_desktop.gui.widgets.tool_button import tool_button
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.store.dossiers import Item, add_records, annotate, items, joinable_tables, move, take_out
from azcn_desktop.store.query import Query

_LEAST_HEIGHT = 150


class DossierPanel(QWidget):
    """The thread of one dossier.

    Attributes:
        board: the line.
        items: what stands on it, in the order of time.

    Signals:
        record_requested(str, object): table and id of a record to be shown.
        message(str, bool): a sentence for the status line; True for a problem.
    """

    record_requested = Signal(str, object)
    message = Signal(str, bool)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, page: Page, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._theme, self._icons, self._page = workspace, theme, icons, page
        self._key: int | None = None
        self._is_stale = True
        self.items: list[Item] = []
        self.setObjectName(f"chart-{page.name}")
        self.setAccessibleName(self.tr("Thread of the dossier"))
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.board = ThreadBoard(theme, icons, self)
        self._build()
        self._connect()

    # -- what others ask of it

    @property
    def is_ready(self) -> bool:
        """Tell whether it shows what is stored now."""
        return not self._is_stale

    def set_query(self, query: Query) -> None:
        """Do nothing: the thread is that of the selected row, whatever rows there are."""

    def show_record(self, table: str, key: int | None) -> None:
        """Show the thread of a dossier; None of none."""
        if table == self._page.table:
            self._key = key
            self._is_stale = True
            self._refresh_if_seen()

    def finish(self) -> None:
        """Read now what is still due."""
        if self._is_stale:
            self._refresh()

    def refresh(self, notice: ChangeNotice) -> None:
        """Follow a change, if it concerns the line."""
        if notice.touches(("dossier", "dossier_item", *joinable_tables(self._workspace.store))):
            self._is_stale = True
            self._refresh_if_seen()

    def on_workspace_closing(self) -> None:
        """Forget what was read."""
        self._key, self.items, self._is_stale = None, [], True
        self.board.show_items((), {})

    def toggle_table(self) -> None:
        """Change between the line and its records as a table."""
        self._table_button.toggle()

    # -- parts

    def _build(self) -> None:
        name = self._page.name
        self._title, self._count = self._label("section"), self._label("muted")
        self._empty = self._label("empty")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._add_button = tool_button(
            self, self._icons, f"{name}-add-record", "new", self.tr("Put a record on the line")
        )
        self._add_button.setCheckable(True)
        self._table_button = tool_button(self, self._icons, f"{name}-as-table", "table", self.tr("Show as table (T)"))
        self._table_button.setCheckable(True)
        self._picker: LinkPicker | None = None
        self.board.setObjectName(f"thread-{name}")
        for widget in (self.board, self.board.viewport()):
            widget.setAccessibleName(self.accessibleName())
        self._values = ValueTable(self._theme, self)
        self._values.setObjectName(f"thread-{name}-values")
        self._values.setAccessibleName(self.tr("Records of the dossier"))
        self._stack = QStackedWidget(self)
        for widget in (self._empty, self.board, self._values):
            self._stack.addWidget(widget)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        head.addWidget(self._add_button)
        head.addWidget(self._table_button)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(16, 6, 10, 6)
        self._box.setSpacing(3)
        self._box.addLayout(head)
        self._box.addWidget(self._stack, 1)

    def _connect(self) -> None:
        workspace, board = self._workspace, self.board
        workspace.changed.connect(self.refresh)
        workspace.busy_changed.connect(self._refresh_if_seen)
        workspace.closing.connect(self.on_workspace_closing)
        board.stepped.connect(self._on_stepped)
        board.opened.connect(self._on_opened)
        board.table_wanted.connect(self.toggle_table)
        board.note_wanted.connect(self.on_note)
        board.removal_wanted.connect(self.on_remove)
        board.move_wanted.connect(self.on_move)
        board.menu_wanted.connect(self._on_menu)
        self._values.opened.connect(self._on_row_opened)
        self._values.chart_wanted.connect(self.toggle_table)
        self._add_button.toggled.connect(self._on_add_toggled)
        self._table_button.toggled.connect(self._on_table_toggled)

    def _label(self, role: str) -> QLabel:
        label = PlainLabel("", self)
        label.setProperty("role", role)
        return label

    # -- showing

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        with told_in_next_turn(self):
            self.finish()

    def _refresh_if_seen(self, *_ignored: object) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        if not self._workspace.is_open:
            return
        store = self._workspace.store
        self._is_stale = False
        record = store.get(self._page.table, self._key) if self._key is not None else None
        self.items = items(store, record.key) if record is not None else []
        self._title.setText(record.title if record is not None else self.tr("Thread"))
        self._count.setText(self._counted())
        self._add_button.setEnabled(record is not None and not record.is_deleted and self._workspace.can_edit)
        self._empty.setText(
            self.tr("Select a dossier to see its thread.")
            if record is None
            else self.tr("Nothing is on this line yet. Put a record on it with +, or with Ctrl+Shift+D on any record.")
        )
        kinds = {table: store.schema[table].label for table in joinable_tables(store)}
        kept = self.board.item()
        self.board.show_items(self.items, kinds)
        self._rest_again(kept)
        self._values.show_table(thread_table(self.items, kinds))
        self._choose_page()

    def _counted(self) -> str:
        n = len(self.items)
        if not n:
            return ""
        return self.tr("1 record") if n == 1 else self.tr("{:,} records, by date").format(n)

    def _rest_again(self, kept: Item | None) -> None:
        """Rest on the record that was rested on, wherever it stands now."""
        place = next((n for n, item in enumerate(self.items) if kept and item.key == kept.key), -1)
        if place >= 0 and self.board.hasFocus():
            self.board.rest_on(self.board.stops[place])

    def _choose_page(self) -> None:
        shown = self._values if self._table_button.isChecked() else self.board
        self._stack.setCurrentWidget(shown if self.items else self._empty)

    # -- what happens

    def on_note(self) -> None:
        """Ask what part the record plays here."""
        self._note(self.board.item())

    def on_remove(self) -> None:
        """Take the record off the line."""
        self._remove(self.board.item())

    def on_move(self, step: int) -> None:
        """Let the record change places with its neighbour of the same day."""
        self._move(self.board.item(), step)

    def _note(self, item: Item | None) -> None:
        if item is None or not self._workspace.can_edit:
            return
        dialog = RoleDialog(item.title, item.note, self)
        dialog.accepted.connect(partial(self._on_noted, item, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_noted(self, item: Item, dialog: RoleDialog) -> None:
        self._apply(annotate(self._workspace.store, item, dialog.role.currentText()))

    def _remove(self, item: Item | None) -> None:
        if item is not None and self._workspace.can_edit:
            self._apply(take_out(self._workspace.store, item))

    def _move(self, item: Item | None, step: int) -> None:
        if item is None or self._key is None or not self._workspace.can_edit:
            return
        try:
            self._apply(move(self._workspace.store, self._key, item, step))
        except UserError as error:
            self.message.emit(str(error), True)

    def _on_picked(self, pick: Pick) -> None:
        if self._key is None or pick.key is None:
            return
        try:
            self._apply(add_records(self._workspace.store, self._key, [(pick.table, pick.key)]))
        except UserError as error:
            self.message.emit(str(error), True)
        if self._picker is not None:
            self._picker.clear()

    def _apply(self, step: ChangeSet) -> None:
        try:
            self._workspace.apply(step)
        except UserError as error:
            self.message.emit(str(error), True)
        else:
            self.message.emit(step.label, False)

    def _on_add_toggled(self, is_on: bool) -> None:
        """Show the line that finds records, or hide it."""
        if self._picker is None:
            self._picker = LinkPicker(
                self._workspace.store, joinable_tables(self._workspace.store), self, can_create=False
            )
            self._picker.setObjectName(f"{self._page.name}-picker")
            self._picker.setAccessibleName(self.tr("Record to put on the line"))
            self._picker.setPlaceholderText(self.tr("Type a part of a title"))
            self._picker.chosen.connect(self._on_picked)
            self._box.insertWidget(1, self._picker)
        self._picker.setVisible(is_on)
        if is_on:
            self._picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_table_toggled(self) -> None:
        before = self._stack.currentWidget()
        had_focus = before is not None and before.hasFocus()
        self._choose_page()
        shown = self._stack.currentWidget()
        if had_focus and shown is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_stepped(self, stop: BoardStop | None) -> None:
        lines = list(stop.words) if stop is not None else []
        self.board.describe_with(lines)
        if lines:
            self.board.setAccessibleDescription("; ".join(lines))

    def _on_opened(self, found: list[BoardStop]) -> None:
        self.record_requested.emit(found[0].table, found[0].key)

    def _on_row_opened(self, keys: tuple[int, ...]) -> None:
        item = next((item for item in self.items if item.key in keys), None)
        if item is not None:
            self.record_requested.emit(item.table, item.record_key)

    def _on_menu(self, at: QPoint) -> None:
        self.record_menu().popup(at)

    def record_menu(self) -> QMenu:
        """Return what can be done to the record that is rested on."""
        menu = popup_menu(self, f"thread-{self._page.name}-menu")
        item = self.board.item()
        if item is not None:
            opened = partial(self.record_requested.emit, item.table, item.record_key)
            add_line(menu, "open", self.tr("Open"), opened)
        for name, words, handler in (
            ("part", self.tr("Part in the dossier… (F2)"), partial(self._note, item)),
            ("earlier", self.tr("Earlier on its day (Ctrl+Left)"), partial(self._move, item, -1)),
            ("later", self.tr("Later on its day (Ctrl+Right)"), partial(self._move, item, 1)),
            ("take-off", self.tr("Take off the line (Delete)"), partial(self._remove, item)),
        ):
            add_line(menu, name, words, handler).setEnabled(self._workspace.can_edit)
        return menu
