"""The columns of a table: composed by hand, hidden, moved, sized, sorted and kept."""

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.pages import PAGES
from azcn_desktop.gui.presentation import PRESENTATIONS, default_columns, shown_columns, style_of, tone_of, width_of
from azcn_desktop.gui.records.record_table import RecordTable
from azcn_desktop.gui.roles import STYLES, TONES
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Choice, Computed
from tests.gui.records.page import KEYS, Page


@pytest.mark.parametrize("table", list(PRESENTATIONS))
def test_what_is_composed_by_hand_fits_the_catalogue(table: str) -> None:
    presentation, record_type = PRESENTATIONS[table], SCHEMA[table]
    for name in (presentation.title, *presentation.columns, *presentation.widths):
        assert record_type.has_field(name), name
    kinds = {name: record_type.field(name).kind for name in (*presentation.pills, *presentation.states)}
    kinds = {name: kind.of if isinstance(kind, Computed) else kind for name, kind in kinds.items()}
    assert [name for name, kind in kinds.items() if not isinstance(kind, Choice)] == []
    assert sorted(default_columns(record_type)) == sorted(f.name for f in record_type.fields)
    assert all(style_of(record_type, f) in STYLES for f in record_type.fields)
    words = [word for kind in kinds.values() for word in kind.words]
    assert all(tone_of(name, word) in TONES for name in presentation.states for word in words)


def test_names_of_widgets_are_stable(open_page) -> None:
    for known in PAGES:
        tab = open_page(known.name).tab
        assert tab.findChild(RecordTable, f"table-{known.name}") is tab.view
        assert tab.findChild(QLineEdit, f"filter-text-{known.name}") is tab.filters.line
        assert tab.filters.objectName() == f"filters-{known.name}"
        assert bool(tab.findChild(QWidget, f"chart-{known.name}")) == bool(known.lower)


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


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("meetings", "date"), ("agreements", "signed_on"), ("commitments", "made_on"), ("commitments", "due"),
        ("projects", "status_as_of"), ("sources", "published"),
    ],
)  # fmt: skip
def test_no_hedged_date_is_cut_at_the_first_width_of_its_column(
    open_page, light_theme: ThemeController, qapp: QApplication, name: str, column: str
) -> None:
    light_theme.apply(qapp)
    page = open_page(name)
    number, metrics = page.records.column_of(column), QFontMetrics(light_theme.font())
    texts = {str(page.records.index(row, number).data() or "") for row in range(page.records.rowCount())}
    widest = max(texts, key=metrics.horizontalAdvance)
    record_type = SCHEMA[page.tab.table]
    assert metrics.horizontalAdvance(widest) + 2 * 12 <= width_of(record_type, record_type.field(column)), widest
