"""Journey 5: the filtered table goes out as a spreadsheet."""

from pathlib import Path

from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook

from azcn_desktop.gui.exchange.export_dialog import ExportDialog
from tests.journeys.driving import filter_by


def test_the_filtered_agreements_are_exported_with_their_sources(
    open_window, database: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window = open_window("--db", str(database), "--tab", "agreements")
    filter_by(window, "year:2024 status:signed", qtbot)
    qtbot.waitUntil(lambda: len(window.tab.records.keys) < 70)
    shown = len(window.tab.records.keys)
    window.actions_table["export"].trigger()
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    target = tmp_path / "agreements.xlsx"
    with qtbot.waitSignal(dialog.exported, timeout=10_000):
        dialog.start(target)
    dialog.close()
    book = CalamineWorkbook.from_path(target)
    assert "Sources" in book.sheet_names
    rows = book.get_sheet_by_name(book.sheet_names[0]).to_python()
    assert len(rows) == shown + 1
    assert list(tmp_path.glob(".agreements*")) == []
