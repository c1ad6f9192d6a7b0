"""Journey 4: a downloaded file is dropped onto the window, looked at, imported, and taken back."""

import gzip
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.exchange.import_dialog import ImportDialog
from azcn_desktop.gui.statistics_import.dialog import StatisticsImportDialog
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.progress import Progress
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.trade.parquet_extra import parquet
from tests.journeys.driving import stored
from tests.trade.builders import line, take, text_of, written

COUNT = (
    "SELECT count(*) FROM trade_flow t JOIN dataset d ON d.id = t.dataset_id "
    "WHERE d.publisher = 'Test' AND d.state = 'ready'"
)


def drop(window: MainWindow, *paths: Path) -> bool:
    """Drop files onto the table of the shown page, as the system does; tell whether they were taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    where, what, left = QPointF(400, 300), Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(where.toPoint(), what, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, enter)
    if enter.isAccepted():
        QApplication.sendEvent(window, QDropEvent(where, what, data, left, Qt.KeyboardModifier.NoModifier))
    return enter.isAccepted()


def shown(window: MainWindow, kind: type[QDialog]) -> QDialog | None:
    return next((dialog for dialog in window.findChildren(kind) if dialog.isVisible()), None)


@pytest.fixture
def window(open_window, database: Path) -> MainWindow:
    return open_window("--db", str(database), "--tab", "meetings")


def preview(window: MainWindow, qtbot: QtBot) -> StatisticsImportDialog:
    """Wait for the preview of the dialog that is open."""
    qtbot.waitUntil(lambda: shown(window, StatisticsImportDialog) is not None, timeout=20_000)
    dialog = shown(window, StatisticsImportDialog)
    go = dialog.findChild(QPushButton, "statistics-import-start")
    qtbot.waitUntil(go.isEnabled, timeout=20_000)
    return dialog


def test_two_dropped_files_are_imported_one_after_the_other_and_taken_back(
    window: MainWindow, database: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    packed = tmp_path / "first.csv.gz"
    packed.write_bytes(gzip.compress(text_of([line(), line(code="28")]).encode()))
    assert drop(window, packed, written(tmp_path / "second.csv", line(code="29")))
    first = preview(window, qtbot)
    assert first.windowTitle() == "Import statistics – file 1 of 2"
    assert stored(database, COUNT) == [(0,)]
    first.findChild(QPushButton, "statistics-import-start").click()
    qtbot.waitUntil(lambda: stored(database, COUNT) == [(2,)] and window.workspace.can_edit, timeout=20_000)
    message = window.status.findChild(QLabel, "status-message")
    qtbot.waitUntil(lambda: message.text() == "Imported 2 flows of Test (undo: Ctrl+Z).", timeout=20_000)
    second = preview(window, qtbot)
    assert second.windowTitle().endswith("2 of 2")
    second.reject()
    assert window.actions_table["undo"].text() == "&Undo Import first.csv.gz"
    window.actions_table["undo"].trigger()
    assert stored(database, COUNT) == [(0,)]
    window.actions_table["redo"].trigger()
    assert stored(database, COUNT) == [(2,)]


def test_the_menu_of_the_trade_page_asks_for_statistics_and_a_drop_refuses_what_is_none(
    window: MainWindow, tmp_path: Path
) -> None:
    window.show_page("figure")
    for action, name in (("import", "statistics-import-dialog"), ("datasets", "dialog-datasets")):
        window.actions_table[action].trigger()
        opened = shown(window, QDialog)
        assert opened.objectName() == name
        opened.reject()
    (tmp_path / "folder").mkdir()
    for path, words in ((tmp_path / "folder", "is a folder"), (tmp_path / "a.docx", "can't be imported")):
        assert drop(window, path)
        box = shown(window, QMessageBox)
        assert words in box.text()
        box.close()
    assert shown(window, QDialog) is None


def test_a_folder_of_parquet_is_previewed_like_a_file(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    pytest.importorskip("pyarrow")
    store = window.workspace.store
    take(store, written(tmp_path / "x.csv", line(period="2023"), line()))
    parquet().write_flows(store.database, FlowQuery(), tmp_path / "parted", Progress())
    assert drop(window, tmp_path / "parted")
    qtbot.waitUntil(lambda: shown(window, StatisticsImportDialog) is not None, timeout=20_000)
    dialog = shown(window, StatisticsImportDialog)
    counts = dialog.findChild(QLabel, "statistics-import-counts")
    qtbot.waitUntil(lambda: counts.text() == "0 new flows, 0 changed, 2 the same as before", timeout=20_000)
    dialog.reject()


def test_statistics_chosen_for_records_and_records_dropped_as_statistics_change_places(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    window.actions_table["import"].trigger()
    records = shown(window, ImportDialog)
    records._file.setText(str(written(tmp_path / "x.csv", line())))
    records._file.editingFinished.emit()
    dialog = preview(window, qtbot)
    assert shown(window, ImportDialog) is None
    dialog.findChild(QPushButton, "statistics-import-records").click()
    qtbot.waitUntil(lambda: shown(window, ImportDialog) is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not window.parts.jobs.running, timeout=20_000)
    shown(window, ImportDialog).reject()
    people = tmp_path / "people.csv"
    people.write_text("uid,name\n,Somebody\n", "utf-8")
    drop(window, people)
    qtbot.waitUntil(lambda: shown(window, ImportDialog) is not None, timeout=20_000)
    qtbot.waitUntil(lambda: not window.parts.jobs.running, timeout=20_000)
    shown(window, ImportDialog).reject()


def test_a_dropped_file_is_read_when_all_is_painted_and_not_when_its_dialog_is_closed_before(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    flows = written(tmp_path / "flows.csv", line(code="27"))
    reading: list[str] = []
    window.parts.jobs.started.connect(lambda job: reading.append(job.label))
    drop(window, flows)
    first = shown(window, StatisticsImportDialog)
    assert first is not None
    assert reading == []
    first.reject()
    qtbot.wait(100)
    assert reading == []
    drop(window, flows)
    preview(window, qtbot).reject()
    assert reading == ["Reading flows.csv"]
