"""Whatever can be used in the window and in its dialogs has a name of its own, for tests, scripts and screen readers."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.pages import PAGES
from azcn_desktop.gui.records.filter_popups import FilterPopup
from azcn_desktop.gui.window.main_window import MainWindow
from tests.journeys.naming import faults, menu_faults

DIALOGS = (
    "export", "datasets", "shortcuts", "dictionary", "about", "add-check", "add-to-dossier", "bibliography",
)  # fmt: skip


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
        whole.tab.chart.finish() if hasattr(whole.tab.chart, "finish") else None
        QApplication.processEvents()
        found += faults(whole)
    assert sorted(set(found)) == []


@pytest.mark.parametrize("key", ["M063", "A067", "P061", "T073", "C006", "H001", "O003", "D01"])
def test_every_part_of_a_record_in_the_inspector_has_a_name_of_its_own(
    open_window, database: Path, key: str, qtbot: QtBot
) -> None:
    window = open_window("--db", str(database), "--select", key)
    for button in window.inspector.findChildren(QWidget, "button-more-fields"):
        button.click()
    QApplication.processEvents()
    assert faults(window.inspector) == []


@pytest.mark.parametrize("name", DIALOGS)
def test_every_widget_of_a_dialog_has_a_name_of_its_own(whole: MainWindow, name: str) -> None:
    whole.actions_table[name].trigger()
    dialog = opened(whole)
    found = faults(dialog)
    dialog.close()
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
