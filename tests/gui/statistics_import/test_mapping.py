"""A table of an unknown layout: asked for once with guesses, remembered, changed and forgotten."""

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.settings import Settings
from azcn_desktop.gui.workspace import Workspace
from tests.gui.statistics_import.driving import OFFICE, Driven, Open
from tests.trade.builders import current, line, written


def test_an_unknown_table_is_asked_for_with_guesses_and_tried_on_its_first_rows(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "office.csv"
    path.write_text(OFFICE, "utf-8")
    driven.ask(path)
    assert driven.find(QComboBox, "map-value").currentText() == "Value (thousand USD)"
    assert driven.find(QLineEdit, "map-unit-value").text() == "1000 USD"
    assert driven.find(QLineEdit, "map-flow-words").text() == "Import · Export"
    assert driven.text("verdict") == "One thing is still to be said."
    assert driven.dialog.focusWidget() is driven.find(QLineEdit, "map-publisher-value")
    assert not driven.can_go
    assert driven.rows("first-rows")[0] == ("Azerbaijan", "China", "Import", "2023", "0101", "1.5")
    driven.set_column("publisher", "=", "Office")
    assert driven.text("verdict") == "The first 2 rows give 2 flows."
    driven.set_column("value", "c:Direction")
    assert driven.find(QLineEdit, "map-value-words").text() == "This column is chosen for the flow already."
    driven.set_column("value", "c:Value (thousand USD)")
    with qtbot.waitSignal(driven.dialog.planned, timeout=20_000):
        driven.find(QPushButton, "start").click()
    driven.import_()
    assert current(empty_workspace.store) == [("0101", "2023", 1500.0), ("27", "2023", 7000.0)]


def test_a_mapping_is_remembered_shown_changed_and_forgotten(
    open_dialog: Open, settings: Settings, tmp_path: Path
) -> None:
    path = tmp_path / "office.csv"
    path.write_text(OFFICE, "utf-8")
    first = open_dialog()
    first.ask(path)
    first.set_column("publisher", "=", "Office")
    with first.bot.waitSignal(first.dialog.planned, timeout=20_000):
        first.find(QPushButton, "start").click()
    first.import_()
    path.write_text(OFFICE + "Azerbaijan,China,Import,2024,0101,3\n", "utf-8")
    second = open_dialog()
    second.choose(path)
    assert second.text("counts") == "1 new flow, 0 changed, 2 the same as before"
    assert second.find(QLabel, "as-before").isVisible()
    second.find(QPushButton, "columns").click()
    assert second.find(QLineEdit, "map-publisher-value").text() == "Office"
    with second.bot.waitSignal(second.dialog.planned, timeout=20_000):
        second.find(QPushButton, "start").click()
    assert not second.find(QLabel, "as-before").isVisible()
    second.choose(path)
    second.find(QPushButton, "forget").click()
    open_dialog().ask(path)


def test_what_a_known_layout_has_lost_can_be_said_for_all_rows(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    driven.choose(written(tmp_path / "x.csv", line(partner="???")))
    assert driven.text("message") == "There is nothing to import: every row of it is refused."
    driven.find(QPushButton, "columns").click()
    assert driven.find(QComboBox, "map-reporter").currentText() == "As the layout says"
    assert not driven.find(QComboBox, "map-value").isEnabled()
    driven.set_column("partner", "=", "China")
    with qtbot.waitSignal(driven.dialog.planned, timeout=20_000):
        driven.find(QPushButton, "start").click()
    driven.import_()
    assert empty_workspace.store.database.all("SELECT partner, value FROM trade_flow") == [("CN", 100.0)]


def test_another_layout_can_be_chosen(driven: Driven, tmp_path: Path, qtbot: QtBot) -> None:
    driven.choose(written(tmp_path / "x.csv", line()))
    layouts = driven.find(QComboBox, "layout")
    assert [layouts.itemText(row) for row in range(layouts.count())] == [
        "AZCN statistics", "Table with columns of its own",
    ]  # fmt: skip
    layouts.setCurrentIndex(1)
    layouts.activated.emit(1)
    assert driven.find(QComboBox, "map-reporter").currentText() == "reporter"
    assert driven.can_go
