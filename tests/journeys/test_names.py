"""Whatever can be used in the window and its dialogs has a name of its own, for tests, scripts and screen readers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from azcn_desktop.exchange.documents import Document
from azcn_desktop.gui.figures.conflict_tree import ConflictTree
from azcn_desktop.gui.figures.rank_dialog import RankDialog
from azcn_desktop.gui.following.dossier_dialog import RoleDialog
from azcn_desktop.gui.messages import plain_box
from azcn_desktop.gui.pages import PAGES
from azcn_desktop.gui.records.filter_popups import FilterPopup
from azcn_desktop.gui.sources.cite_dialog import CiteDialog
from azcn_desktop.gui.sources.encoding_dialog import EncodingDialog
from azcn_desktop.gui.sources.paste_dialog import PasteDialog
from azcn_desktop.gui.sources.source_dialog import SourceDialog
from azcn_desktop.gui.statistics.cause_dialog import CauseDialog
from azcn_desktop.gui.statistics.flow_table import FlowTable
from azcn_desktop.gui.statistics.mirror_view import MirrorView
from azcn_desktop.gui.statistics.rate_dialog import RateDialog
from azcn_desktop.gui.widgets.web_address import AddressDialog
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.gui.window.window_state import find_asked
from azcn_desktop.trade.mirror import Gap
from tests.gui.statistics_import.driving import OFFICE
from tests.journeys.naming import faults, menu_faults

DIALOGS = (
    "export", "datasets", "shortcuts", "dictionary", "about", "add-check", "add-to-dossier", "bibliography",
)  # fmt: skip

RECORDS = ("M063", "A067", "P061", "T073", "C006", "H001", "O003", "D01")


@pytest.fixture
def whole(open_window, offices_db: Path, tmp_path: Path) -> MainWindow:
    """The window with everything in it, over the shipped records and the values of the statistical offices."""
    path = tmp_path / "whole.azcn"
    path.write_bytes(offices_db.read_bytes())
    return open_window("--db", str(path), "--select", "C001")


def opened(window: MainWindow) -> QDialog:
    QApplication.processEvents()
    return next(each for each in window.findChildren(QDialog) if each.isVisible())


def test_every_widget_of_every_page_has_a_name_of_its_own(whole: MainWindow) -> None:
    found = faults(whole)
    for page in PAGES:
        whole.show_page(page.table)
        QApplication.processEvents()
        found += faults(whole)
    assert sorted(set(found)) == []


def test_every_part_of_a_record_in_the_inspector_has_a_name_of_its_own(open_window, database: Path) -> None:
    window = open_window("--db", str(database))
    found: list[str] = []
    for reference in RECORDS:
        asked = find_asked(window.workspace.store, reference)
        window.jump(*asked)
        for button in window.inspector.findChildren(QAbstractButton, "button-more-fields"):
            button.click()
        QApplication.processEvents()
        found += faults(window.inspector)
    assert found == []


def test_every_widget_of_a_dialog_of_the_menus_has_a_name_of_its_own(whole: MainWindow) -> None:
    found: list[str] = []
    for name in DIALOGS:
        whole.actions_table[name].trigger()
        dialog = opened(whole)
        found += faults(dialog)
        dialog.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert found == []


def test_every_menu_of_a_table_has_a_name_and_names_its_lines(whole: MainWindow) -> None:
    found: list[str] = []
    for page in PAGES:
        whole.show_page(page.table)
        QApplication.processEvents()
        view = whole.tab.view
        for menu in (view.row_menu(view.currentIndex()), view.columns.menu(view)):
            found += menu_faults(menu)
    assert sorted(set(found)) == []


def test_every_box_under_a_chip_has_names(whole: MainWindow) -> None:
    found: list[str] = []
    for page in PAGES:
        whole.show_page(page.table)
        for chip in whole.tab.filters.chips.values():
            chip.click()
            popup = next(each for each in whole.findChildren(FilterPopup) if each.isVisible())
            found += faults(popup)
            popup.close()
            QApplication.processEvents()
    assert sorted(set(found)) == []


def _cause(window: MainWindow) -> QDialog:
    gap = Gap("az_imports", 2024, "TOTAL", 3.7e9, 3.0e9, "USD")
    return CauseDialog(window.workspace, gap, "Imports from China, 2024", None, window)


def _source(window: MainWindow) -> QDialog:
    record = window.workspace.store.get("meeting", 1)
    assert record is not None
    return SourceDialog(window.workspace.store, record, window)


MADE: tuple[Callable[[MainWindow], QDialog], ...] = (
    lambda window: RateDialog(window.workspace, "CNY", "2024", window),
    _cause,
    _source,
    lambda window: CiteDialog(window.workspace.store, "a passage", None, window),
    lambda window: PasteDialog("text", str, window),
    lambda window: EncodingDialog("a.txt", Document("text", "text", guess="cp1251"), window),
    lambda window: RankDialog("preferred", "$3.744 bn", window),
    lambda window: RoleDialog("Framework on buses", "", window),
    lambda window: AddressDialog("https://stat.gov.az/", window).box,
    lambda window: plain_box(window, "Not saved", "There is no room.", "details"),
    lambda window: window.dialogs.import_(window.parts.for_dialogs, "meeting", window),
    lambda window: window.dialogs.statistics(window.parts.for_dialogs, window.parts.settings, window),
)


def test_every_widget_of_a_dialog_that_a_view_opens_has_a_name_of_its_own(whole: MainWindow) -> None:
    found: list[str] = []
    for make in MADE:
        dialog = make(whole)
        dialog.open()
        QApplication.processEvents()
        found += faults(dialog)
        dialog.close()
    assert found == []


def test_every_widget_of_a_preview_of_statistics_has_a_name_of_its_own(
    whole: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "office.csv"
    path.write_text(OFFICE, encoding="utf-8")
    dialog = whole.dialogs.statistics(whole.parts.for_dialogs, whole.parts.settings, whole)
    dialog.open()
    with qtbot.waitSignal(dialog.asked, timeout=20_000):
        dialog.choose(path)
    found = faults(dialog)
    dialog.close()
    assert found == []


def test_every_menu_of_a_view_of_trade_has_a_name_and_names_its_lines(whole: MainWindow) -> None:
    whole.show_page("figure")
    tree = whole.findChild(ConflictTree)
    flows = whole.findChild(FlowTable)
    assert tree is not None
    assert flows is not None
    menus = [tree.row_menu(), flows.cell_menu(flows.model().index(0, 0)), flows.columns.menu(flows)]
    mirror = whole.findChild(MirrorView)
    assert mirror is not None
    whole.tab.lenses.show_lens("mirror", None)
    mirror.finish()
    mirror.years.menu_wanted.emit(QPoint(10, 10))
    menus += [each for each in mirror.findChildren(QMenu) if each.isVisible()]
    found = [fault for menu in menus for fault in menu_faults(menu)]
    for menu in menus:
        menu.close()
    assert (len(menus), found) == (4, [])
