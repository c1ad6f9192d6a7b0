"""Journey: records go out as sentences with their sources, and the sources as a bibliography."""

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.exchange.bibliography_dialog import BibliographyDialog
from tests.journeys.driving import filter_by

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def said(window) -> str:
    return window.status.findChild(QLabel, "status-message").text()


def test_the_shortcut_copies_the_current_figure_as_a_sentence(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "trade", "--select", "T073")
    qtbot.keyClick(window.tab.view, Qt.Key.Key_C, KEYS)
    text = QApplication.clipboard().text()
    assert text.startswith(
        "Trade turnover between Azerbaijan and China in 2024 was $3.744 bn, up 20.7 % on the year before"
    )
    assert text.endswith("according to Ilham Aliyev, President; Vestnik Kavkaza, 22 April 2025, "
                         "https://en.vestikavkaza.ru/material/174831")  # fmt: skip
    assert said(window) == f"Copied: {text[:90]}…"


def test_several_selected_rows_are_a_sentence_a_line(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "commitments")
    window.tab.view.selectAll()
    window.actions_table["copy-cited"].trigger()
    lines = QApplication.clipboard().text().splitlines()
    assert len(lines) == len(window.tab.records.keys) == 74
    assert said(window) == "Copied: 74 sentences"
    proposals = [line for line in lines if " proposed: " in line]
    assert proposals
    assert all("not a commitment" in line for line in proposals)


def test_the_menu_of_a_row_copies_it_too_and_on_every_page(open_window, database: Path) -> None:
    window = open_window("--db", str(database))
    for table in window.pages:
        window.show_page(table)
        QApplication.clipboard().clear()
        menu = window.tab.view.row_menu(window.tab.view.currentIndex())
        assert isinstance(menu, QMenu)
        (action,) = [a for a in menu.actions() if a.text() == "Copy as cited sentence"]
        action.trigger()
        assert "https://" in QApplication.clipboard().text()


def test_what_is_not_there_is_not_copied(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    filter_by(window, "nowhere-to-be-found", qtbot)
    qtbot.waitUntil(lambda: not window.tab.records.keys)
    QApplication.clipboard().setText("kept")
    window.actions_table["copy-cited"].trigger()
    assert QApplication.clipboard().text() == "kept"
    assert said(window) == "Select a record to copy it as a cited sentence."


def test_the_sources_of_the_filtered_figures_go_out_as_a_bibliography(
    open_window, database: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window("--db", str(database), "--tab", "trade")
    filter_by(window, "year:2024", qtbot)
    qtbot.waitUntil(lambda: len(window.tab.records.keys) < 90)
    window.actions_table["bibliography"].trigger()
    dialog = window.findChild(BibliographyDialog)
    assert dialog is not None
    target = tmp_path / "s.json"
    with qtbot.waitSignal(dialog.exported, timeout=10_000):
        dialog.start(target)
    written = {item["id"] for item in json.loads(target.read_text("utf-8"))}
    store = window.workspace.store
    shown = {c.source_key for key in window.tab.records.keys for c in store.citations("figure", key)}
    assert written == set(store.uids("source", shown).values())
    dialog.close()
