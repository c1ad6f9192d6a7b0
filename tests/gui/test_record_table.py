"""The table and its page: keys as in a spreadsheet, columns, copying, and selection that follows records."""

import pytest
from PySide6.QtCore import QByteArray, QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.editors.field_editor import FieldEditor
from azcn_desktop.gui.pages import BY_NAME, PAGES
from azcn_desktop.gui.presentation import PRESENTATIONS, default_columns, shown_columns, style_of, tone_of
from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.records.record_table import RecordTable
from azcn_desktop.gui.roles import BADGE_ROLE, BADGES, STYLES, TONES
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.cell_marks import badge_mark
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Choice, Links
from azcn_desktop.records.words import STATEMENT_GROUPS
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query

KEYS = Qt.Key


class Page:
    """A shown page with what tests ask of it."""

    def __init__(self, qtbot: QtBot, tab: RecordTab, workspace: Workspace) -> None:
        self.tab, self.view, self.records, self.workspace = tab, tab.view, tab.records, workspace
        self._qtbot = qtbot

    def go(self, row: int, name: str) -> None:
        self.view.setFocus()
        self.view.setCurrentIndex(self.records.index(row, self.records.column_of(name)))

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self.view, key, modifiers)

    @property
    def editor(self) -> FieldEditor | None:
        widget = self.view.indexWidget(self.view.currentIndex())
        return widget if isinstance(widget, FieldEditor) else None

    def type(self, text: str) -> None:
        self._qtbot.keyClicks(self.editor.focusProxy(), text)

    def press_in_editor(self, key: Qt.Key) -> None:
        self._qtbot.keyClick(self.editor.focusProxy(), key)

    def stored(self, key: int, column: str) -> object:
        return self.workspace.store.get(self.tab.table, key).values[column]

    def shown(self) -> list[str]:
        header = self.view.horizontalHeader()
        columns = [header.logicalIndex(place) for place in range(header.count())]
        return [self.records.field_at(column).name for column in columns if not header.isSectionHidden(column)]


@pytest.fixture
def open_page(qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons):
    def opened(name: str = "meetings", text: str = "") -> Page:
        tab = RecordTab(filled_workspace, light_theme, bare_icons, BY_NAME[name])
        qtbot.addWidget(tab)
        tab.resize(1000, 700)
        with qtbot.waitActive(tab):
            tab.show()
            tab.activateWindow()
        tab.set_view(parse_query(text, SCHEMA[tab.table]), "All")
        tab.load()
        return Page(qtbot, tab, filled_workspace)

    return opened


@pytest.fixture
def page(open_page) -> Page:
    return open_page()


# -- composition


@pytest.mark.parametrize("table", list(PRESENTATIONS))
def test_what_is_composed_by_hand_fits_the_catalogue(table: str) -> None:
    presentation, record_type = PRESENTATIONS[table], SCHEMA[table]
    for name in (presentation.title, *presentation.columns, *presentation.widths):
        assert record_type.has_field(name), name
    for name in (*presentation.pills, *presentation.states):
        assert isinstance(record_type.field(name).kind, Choice), name
    assert sorted(default_columns(record_type)) == sorted(f.name for f in record_type.fields)
    assert all(style_of(record_type, f) in STYLES for f in record_type.fields)
    words = [w for name in (*presentation.pills, *presentation.states) for w in record_type.field(name).kind.words]
    assert all(tone_of(name, word) in TONES for name in presentation.states for word in words)


def test_names_of_widgets_are_stable(open_page) -> None:
    for known in PAGES:
        tab = open_page(known.name).tab
        assert tab.findChild(RecordTable, f"table-{known.name}") is tab.view
        assert tab.findChild(QLineEdit, f"filter-text-{known.name}") is tab.filters.line
        assert tab.filters.objectName() == f"filters-{known.name}"
        assert bool(tab.findChild(QWidget, f"chart-{known.name}")) == bool(known.lower)


# -- fields that only checks change


@pytest.mark.parametrize("way", ["F2", "double click", "typing"])
def test_editing_a_checked_cell_asks_for_a_check_instead(open_page, qtbot: QtBot, way: str) -> None:
    page = open_page("commitments")
    page.go(1, "status")
    cell = page.view.visualRect(page.view.currentIndex()).center()
    with qtbot.waitSignal(page.tab.check_requested) as asked:
        if way == "F2":
            page.press(KEYS.Key_F2)
        elif way == "typing":
            qtbot.keyClicks(page.view, "n")
        else:
            qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
            qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert asked.args == ["commitment", page.records.keys[1], "n" if way == "typing" else ""]
    assert page.editor is None
    assert page.view.currentIndex().row() == 1


def test_a_check_waits_until_what_is_typed_elsewhere_is_written(open_page, qtbot: QtBot) -> None:
    page = open_page("commitments")
    page.go(0, "due")
    page.press(KEYS.Key_F2)
    page.type("never")
    asked = []
    page.tab.check_requested.connect(lambda *request: asked.append(request))
    page.view.edit(page.records.index(0, page.records.column_of("status")))
    assert asked == []
    assert page.editor is not None
    assert page.editor.text() == "never"
    page.press_in_editor(KEYS.Key_Escape)


def test_a_checked_cell_of_a_read_only_file_asks_for_nothing(open_page, qtbot: QtBot) -> None:
    page = open_page("commitments")
    page.workspace.open(page.workspace.store.path, read_only=True)
    page.tab.load()
    page.go(0, "status")
    with qtbot.assertNotEmitted(page.tab.check_requested):
        page.press(KEYS.Key_F2)


def test_classes_differ_by_sign_and_outline_and_not_by_colour_alone(open_page) -> None:
    page = open_page("commitments")
    column = page.records.column_of("statement_class")
    badges = {}
    for row, key in enumerate(page.records.keys):
        word = str(page.stored(key, "statement_class"))
        badges[word] = page.records.index(row, column).data(BADGE_ROLE)
    assert {badges[word] for word in ("decision", "announcement", "plan")} == {"promise"}
    assert {badges[word] for word in ("expectation", "intention", "interest", "wish", "support")} == {"soft"}
    assert {badges[word] for word in ("proposal", "opinion")} == {"speech"}
    pictures = {badge_mark(badge, QColor("black"), 16, 1.0).toImage().bits().tobytes() for badge in BADGES}
    assert len(pictures) == 3


def test_every_class_of_a_commitment_has_its_sort() -> None:
    sorted_words = [word for group in STATEMENT_GROUPS.values() for word in group]
    assert sorted(sorted_words) == sorted(SCHEMA["commitment"].field("statement_class").kind.words)


# -- editing


def test_f2_opens_the_editor_and_enter_writes_one_step(page: Page) -> None:
    key = page.records.keys[2]
    page.go(2, "city")
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("Ganja")
    page.press_in_editor(KEYS.Key_Return)
    assert page.editor is None
    assert page.stored(key, "city") == "Ganja"
    assert page.view.hasFocus()
    page.workspace.undo()
    assert page.stored(key, "city") != "Ganja"
    assert page.records.index(2, page.records.column_of("city")).data() != "Ganja"


def test_typing_begins_an_edit_and_replaces(page: Page) -> None:
    page.go(0, "city")
    page.press(KEYS.Key_B)
    page.type("aku")
    page.press_in_editor(KEYS.Key_Return)
    assert str(page.stored(page.records.keys[0], "city")).lower() == "baku"


def test_escape_gives_up_an_edit(page: Page) -> None:
    page.go(0, "title")
    before = page.stored(page.records.keys[0], "title")
    page.press(KEYS.Key_F2)
    page.type("Something else")
    page.press_in_editor(KEYS.Key_Escape)
    assert page.editor is None
    assert page.stored(page.records.keys[0], "title") == before


def test_tab_writes_and_goes_to_the_next_column(page: Page) -> None:
    page.go(0, "city")
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("Shaki")
    page.press_in_editor(KEYS.Key_Tab)
    assert page.stored(page.records.keys[0], "city") == "Shaki"
    shown = page.shown()
    current = page.records.field_at(page.view.currentIndex().column()).name
    assert current == shown[shown.index("city") + 1]


def test_a_refused_value_keeps_its_editor_its_typing_and_says_why(qtbot: QtBot, page: Page) -> None:
    key = page.records.keys[1]
    before = page.stored(key, "date")
    page.go(1, "date")
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("31 February 2024")
    with qtbot.waitSignal(page.tab.message) as told:
        page.press_in_editor(KEYS.Key_Return)
    assert "not a day of the calendar" in told.args[0]
    assert told.args[1] is True
    assert (page.editor.text(), page.editor.problem) == ("31 February 2024", told.args[0])
    page.tab.filters.line.setFocus()
    assert page.editor.text() == "31 February 2024"
    assert page.stored(key, "date") == before
    page.press_in_editor(KEYS.Key_Escape)
    assert page.editor is None


def test_typing_is_not_lost_when_rows_move_under_it(page: Page) -> None:
    page.go(4, "title")
    key = page.records.keys[4]
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("Consultations")
    store = page.workspace.store
    page.workspace.apply(edits.to_trash(store, "meeting", [page.records.keys[0]]))
    page.workspace.apply(edits.edit_field(store, "meeting", key, "date", {"date": "1992"}))
    page.tab.filters.chips["status"].choose(["held"])
    assert page.editor.text() == "Consultations"
    page.press_in_editor(KEYS.Key_Return)
    assert page.stored(key, "title") == "Consultations"
    assert page.tab.current_key() == key
    assert page.records.row_of(key) == page.view.currentIndex().row() != 4


def test_a_double_click_edits_and_leaving_writes(qtbot: QtBot, page: Page) -> None:
    page.go(0, "city")
    place = page.view.visualRect(page.view.currentIndex()).center()
    qtbot.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    page.editor.select_all()
    page.type("Lankaran")
    page.tab.filters.line.setFocus()
    assert page.editor is None
    assert page.stored(page.records.keys[0], "city") == "Lankaran"


def test_typing_that_is_under_way_can_be_written_from_outside(page: Page) -> None:
    assert page.tab.commit_pending()
    page.go(0, "city")
    page.press(KEYS.Key_F2)
    page.editor.select_all()
    page.type("Sumgait")
    assert page.tab.commit_pending()
    assert page.stored(page.records.keys[0], "city") == "Sumgait"
    page.go(0, "date")
    page.press(KEYS.Key_F2)
    page.type("???")
    assert not page.tab.commit_pending()
    assert page.editor is not None
    page.press_in_editor(KEYS.Key_Escape)


def test_a_participant_is_added_in_the_grid(page: Page) -> None:
    page.go(0, "participants_cn")
    key = page.records.keys[0]
    page.press(KEYS.Key_F2)
    page.type("wang yi")
    page.press_in_editor(KEYS.Key_Return)
    assert "Wang Yi" in page.workspace.store.get("meeting", key).show("participants_cn")
    assert page.editor is not None
    page.press_in_editor(KEYS.Key_Escape)
    assert page.editor is None
    assert "Wang Yi" in str(page.records.index(0, page.records.column_of("participants_cn")).data())


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_opening_and_closing_the_editor_of_every_cell_changes_nothing(open_page, name: str) -> None:
    page = open_page(name)
    while page.records.rowCount() < 2:
        page.workspace.apply(edits.create(page.workspace.store, page.tab.table, {"title": "Electric buses"}))
    before = page.workspace.store.journal.next_undo()
    for f in SCHEMA[page.tab.table].fields:
        if not f.is_editable or f.checked_by:
            continue
        page.view.horizontalHeader().setSectionHidden(page.records.column_of(f.name), False)
        page.go(1, f.name)
        page.press(KEYS.Key_F2)
        assert page.editor is not None, f.name
        if not isinstance(f.kind, Links):
            page.editor.committed.emit()
        else:
            page.press_in_editor(KEYS.Key_Escape)
        assert page.editor is None, f.name
    assert page.workspace.store.journal.next_undo() == before


def test_fields_of_the_program_and_read_only_files_open_no_editor(open_page) -> None:
    page = open_page("sources")
    page.go(0, "sha256")
    page.press(KEYS.Key_F2)
    assert page.editor is None
    page.workspace.set_busy(True)
    page.go(0, "title")
    page.press(KEYS.Key_X)
    assert page.editor is None
    page.workspace.set_busy(False)


# -- keys, menus and copying


def test_enter_opens_and_delete_asks_to_delete(qtbot: QtBot, page: Page) -> None:
    page.go(3, "title")
    with qtbot.waitSignal(page.tab.open_requested) as told:
        page.press(KEYS.Key_Return)
    assert told.args == ["meeting", page.records.keys[3]]
    with qtbot.waitSignal(page.tab.delete_requested):
        page.press(KEYS.Key_Delete)


def test_copied_rows_carry_raw_values_as_text_and_html(open_page) -> None:
    page = open_page("trade", "topic:trade")
    page.view.selectAll()
    page.tab.copy_rows()
    data: QMimeData = QApplication.clipboard().mimeData()
    lines = data.text().splitlines()
    assert len(lines) == 1 + 96
    rows = [dict(zip(lines[0].split("\t"), line.split("\t"), strict=True)) for line in lines[1:]]
    first = next(row for row in rows if row["Period"] == "1992")
    assert first["Value"] == "1500000"
    assert first["Flow"] == "Turnover"
    assert "<th>Value</th>" in data.html()
    assert all(len(line.split("\t")) == len(page.shown()) for line in lines)


def test_copying_escapes_markup_and_keeps_cells_in_one_line(open_page) -> None:
    page = open_page()
    key = page.records.keys[0]
    page.workspace.apply(edits.edit_field(page.workspace.store, "meeting", key, "title", {"title": "<b>A\tB</b>"}))
    page.tab.select_key(key)
    page.tab.copy_rows()
    data = QApplication.clipboard().mimeData()
    assert "&lt;b&gt;A B&lt;/b&gt;" in data.html()
    assert len(data.text().splitlines()) == 2


def test_the_menu_of_a_row_offers_what_is_possible(open_page) -> None:
    page = open_page()
    menu = page.view.row_menu(page.records.index(0, page.records.column_of("title")))
    assert [a.text() for a in menu.actions() if a.text()] == [
        "Open", "Edit", "Add to dossier…", "Duplicate", "Delete", "Copy rows", "Copy as cited sentence",
    ]  # fmt: skip
    page.workspace.apply(edits.to_trash(page.workspace.store, "meeting", [page.records.keys[0]]))
    page.tab.set_view(parse_query("is:trash", SCHEMA["meeting"]), "Trash")
    menu = page.view.row_menu(page.records.index(0, page.records.column_of("title")))
    assert [a.text() for a in menu.actions() if a.text() and a.isEnabled()] == [
        "Open", "Restore", "Copy rows", "Copy as cited sentence",
    ]  # fmt: skip


# -- selection


def test_the_first_record_is_current_and_selection_follows_records(page: Page) -> None:
    assert page.tab.current_key() == page.records.keys[0]
    key = page.records.keys[6]
    assert page.tab.select_key(key)
    page.view.horizontalHeader().setSortIndicator(page.records.column_of("title"), Qt.SortOrder.AscendingOrder)
    assert page.tab.current_key() == key
    assert page.view.currentIndex().row() == page.records.row_of(key)


def test_several_selected_records_stay_selected(page: Page) -> None:
    page.go(1, "title")
    page.press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    page.press(KEYS.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    keys = page.tab.selected_keys()
    assert len(keys) == 3
    page.workspace.apply(edits.to_trash(page.workspace.store, "meeting", [page.records.keys[0]]))
    assert page.tab.selected_keys() == keys


def test_after_a_deletion_the_next_record_is_current(qtbot: QtBot, page: Page) -> None:
    gone, after = page.records.keys[3:5]
    page.tab.select_key(gone)
    with qtbot.waitSignal(page.tab.current_changed) as told:
        page.workspace.apply(edits.to_trash(page.workspace.store, "meeting", [gone]))
    assert told.args == ["meeting", after]
    page.workspace.undo()
    assert page.tab.current_key() == after


def test_a_record_outside_the_view_is_not_selected(page: Page) -> None:
    page.tab.filters.chips["status"].choose(["planned"])
    held = page.workspace.store.keys(parse_query("status:held", SCHEMA["meeting"]))[0]
    assert page.tab.select_key(held) is False


# -- columns


@pytest.mark.parametrize("known", PAGES, ids=[page.name for page in PAGES])
def test_the_first_columns_are_the_composed_ones(open_page, known) -> None:
    assert open_page(known.name).shown() == shown_columns(SCHEMA[known.table])


def test_the_value_of_a_figure_is_in_view_in_the_smallest_window(open_page) -> None:
    page = open_page("trade")
    viewport, value = page.view.viewport(), page.records.column_of("value")
    page.tab.resize(526, 700)
    header = page.view.horizontalHeader()
    assert header.sectionViewportPosition(value) + header.sectionSize(value) <= viewport.width()


def test_columns_are_hidden_moved_sized_sorted_and_kept(open_page) -> None:
    page = open_page()
    header = page.view.horizontalHeader()
    page.view.columns.set_shown("city", False)
    page.view.columns.set_shown("outcome", True)
    header.moveSection(header.visualIndex(page.records.column_of("status")), 0)
    header.resizeSection(page.records.column_of("level"), 99)
    page.view.sortByColumn(page.records.column_of("title"), Qt.SortOrder.DescendingOrder)
    other = open_page()
    other.tab.restore_state(page.tab.state())
    assert other.shown() == page.shown()
    assert other.shown()[0] == "status"
    assert "city" not in other.shown()
    assert other.view.horizontalHeader().sectionSize(other.records.column_of("level")) == 99
    assert other.records.query.sort == "-title"
    assert other.records.keys == page.records.keys
    other.view.columns.show_defaults()
    assert other.shown() == shown_columns(SCHEMA["meeting"])


@pytest.mark.parametrize(
    "state", [b"", b"{", b"[]", b'{"version": 1, "columns": [["gone", 90]]}', b'{"version": 9}', b"\xff"]
)
def test_a_state_that_cannot_be_read_leaves_the_columns(page: Page, state: bytes) -> None:
    assert not page.view.columns.restore(QByteArray(state))
    assert page.shown() == shown_columns(SCHEMA["meeting"])


def test_ticking_columns_keeps_their_menu_open(qtbot: QtBot, page: Page) -> None:
    menu = page.view.columns.menu(page.view)
    menu.popup(page.view.mapToGlobal(QPoint(0, 0)))
    city = next(action for action in menu.actions() if action.text() == "City")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(city).center())
    assert menu.isVisible()
    assert "city" not in page.shown()
    menu.setActiveAction(city)
    qtbot.keyClick(menu, KEYS.Key_Space)
    assert "city" in page.shown()
    menu.close()


def test_the_row_under_the_pointer_is_lit(qtbot: QtBot, page: Page) -> None:
    place = page.view.visualRect(page.records.index(3, page.records.column_of("title"))).center()
    qtbot.mouseMove(page.view.viewport(), place)
    qtbot.waitUntil(lambda: page.view.itemDelegate().hovered_row == 3)
    QApplication.sendEvent(page.view, QEvent(QEvent.Type.Leave))
    assert page.view.itemDelegate().hovered_row == -1


def test_the_last_column_cannot_be_hidden(page: Page) -> None:
    for name in page.shown():
        page.view.columns.set_shown(name, False)
    assert len(page.shown()) == 1


def test_density_and_zoom_change_the_height_of_rows(page: Page, light_theme: ThemeController) -> None:
    assert page.view.rowHeight(0) == 34
    page.tab.set_compact(True)
    assert page.view.rowHeight(0) == 28
    light_theme.set_zoom(1.5)
    assert page.view.rowHeight(0) == 42


# -- the page


def test_an_empty_table_says_what_to_do(qtbot: QtBot, page: Page) -> None:
    qtbot.keyClicks(page.tab.filters.line, "zzzz")
    qtbot.keyClick(page.tab.filters.line, KEYS.Key_Return)
    assert page.view.empty_state.isVisible()
    assert page.view.empty_state.text == "No meetings match these filters"
    assert page.tab.current_key() is None
    page.view.empty_state.clear_requested.emit()
    assert not page.view.empty_state.isVisible()
    assert page.records.rowCount() == 108
    page.tab.set_view(parse_query("is:trash", SCHEMA["meeting"]), "Trash")
    assert page.view.empty_state.text == "The trash is empty"


def test_rows_are_read_only_when_the_page_is_loaded(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    tab = RecordTab(filled_workspace, light_theme, bare_icons, BY_NAME["trade"])
    qtbot.addWidget(tab)
    tab.set_view(parse_query("topic:trade", SCHEMA["figure"]), "Trade")
    assert tab.records.rowCount() == 0
    tab.load()
    assert tab.records.rowCount() == 96
    assert tab.new_values() == {"topic": "trade"}


def test_a_chart_hears_what_the_table_shows(qtbot: QtBot, page: Page) -> None:
    heard: list[Query] = []

    class Chart(QLabel):
        def set_query(self, query: Query) -> None:
            heard.append(query)

    chart = Chart("chart")
    page.tab.attach_chart(chart)
    page.tab.filters.chips["status"].choose(["held"])
    assert chart.objectName() == "chart-meetings"
    assert [page.workspace.store.count(query) for query in heard] == [108, page.records.rowCount()]


def test_another_file_is_read_anew(page: Page, reference_db) -> None:
    page.workspace.open(reference_db, read_only=True)
    assert page.records.rowCount() == 0
    page.tab.set_view(Query("meeting"), "All")
    page.tab.load()
    assert page.records.rowCount() == 108
    page.go(0, "title")
    page.press(KEYS.Key_F2)
    assert page.editor is None
