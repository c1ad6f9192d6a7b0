"""The import of statistics: a preview that tells everything, a mapping that is asked for once, and one step to undo."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.exchange.datasets_dialog import DatasetsDialog
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.settings import Settings
from azcn_desktop.gui.statistics_import import work
from azcn_desktop.gui.statistics_import.dialog import StatisticsImportDialog, short_name
from azcn_desktop.gui.statistics_import.work import Facts, Planned
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.text_table import TextTable
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.store import Store
from tests.trade.builders import current, line, take, text_of, written

OFFICE = (
    "Declarant,Partner country,Direction,Year,HS code,Value (thousand USD)\n"
    "Azerbaijan,China,Import,2023,0101,1.5\nAzerbaijan,China,Export,2023,27,7\n"
)
Open = Callable[[], "Driven"]


@dataclass
class Driven:
    """A dialog and the hands on it."""

    dialog: StatisticsImportDialog
    bot: QtBot

    def choose(self, path: Path) -> None:
        with self.bot.waitSignal(self.dialog.planned, timeout=20_000):
            self.dialog.choose(path)

    def ask(self, path: Path) -> None:
        with self.bot.waitSignal(self.dialog.asked, timeout=20_000):
            self.dialog.choose(path)

    def import_(self) -> str:
        with self.bot.waitSignal(self.dialog.imported, timeout=20_000) as told:
            self.find(QPushButton, "start").click()
        return str(told.args[0])

    def find(self, kind: type, name: str) -> QWidget:
        found = self.dialog.findChild(kind, f"statistics-import-{name}")
        assert found is not None, name
        return found

    def text(self, name: str) -> str:
        return self.find(QLabel, name).text()

    def rows(self, name: str) -> list[tuple[str, ...]]:
        return [tuple(row) for row in self.find(TextTable, name).rows]

    def set_column(self, meaning: str, data: str, value: str = "") -> None:
        source = self.find(QComboBox, f"map-{meaning}")
        source.setCurrentIndex(source.findData(data))
        if value:
            edit = self.find(QLineEdit, f"map-{meaning}-value")
            edit.setText(value)
            edit.textEdited.emit(value)

    @property
    def can_go(self) -> bool:
        return self.find(QPushButton, "start").isEnabled()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A person's settings."""
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def open_dialog(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons, settings: Settings
) -> Iterator[Open]:
    """Open dialogs over an empty file; they share a worker."""
    jobs = JobRunner()
    opened: list[StatisticsImportDialog] = []

    def make() -> Driven:
        dialog = StatisticsImportDialog(empty_workspace, jobs, light_theme, bare_icons, settings)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        opened.append(dialog)
        return Driven(dialog, qtbot)

    yield make
    jobs.stop()
    for dialog in opened:
        dialog.close()


@pytest.fixture
def driven(open_dialog: Open) -> Driven:
    """One open dialog."""
    return open_dialog()


def test_a_total_of_billions_is_seen_whole(driven: Driven, tmp_path: Path) -> None:
    driven.choose(written(tmp_path / "x.csv", line(code="TOTAL", value=38_540_383_123.25)))
    table = driven.find(TextTable, "coverage")
    place = next(at for at, text in enumerate(driven.rows("coverage")[0]) if text == "38,540,383,123.25")
    assert table.columnWidth(place) >= table.sizeHintForColumn(place)


def test_the_preview_tells_what_a_file_covers_and_writes_nothing(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path
) -> None:
    lines = [line(code="TOTAL", value=500), line(code="27", value=400, period="2025")]
    driven.choose(written(tmp_path / "x.csv", *lines))
    assert driven.text("counts") == "2 new flows, 0 changed, 0 the same as before"
    assert driven.rows("coverage") == [
        ("Azerbaijan", "Import", "China", "2024 – 2025", "CIF", "2", "500", "USD", "H6", "Test")
    ]
    assert driven.find(QComboBox, "layout").currentText() == "AZCN statistics"
    assert len(driven.find(QLineEdit, "sha256").text()) == 64
    assert driven.find(QLineEdit, "publisher").text() == "Test"
    assert current(empty_workspace.store) == []
    assert driven.can_go


def test_refused_rows_are_listed_can_be_copied_and_must_be_left_out_knowingly(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    driven.choose(written(tmp_path / "x.csv", line(), line(code="28", value="many"), line(period="soon")))
    table = driven.find(TextTable, "refused")
    assert driven.find(QTabWidget, "parts").currentWidget() is table
    assert [row[:2] for row in driven.rows("refused")] == [("3", "value"), ("4", "period")]
    qtbot.keySequence(table, QKeySequence(QKeySequence.StandardKey.Copy))
    assert QApplication.clipboard().text().splitlines()[0] == "Line\tColumn\tReason"
    assert QApplication.clipboard().text().count("\n") == 3
    table.selectRow(1)
    assert driven.text("message") == "“soon” is no year, quarter or month."
    assert not driven.can_go
    driven.find(QCheckBox, "skip-bad").click()
    driven.import_()
    assert current(empty_workspace.store) == [("270900", "2024", 100.0)]


def test_changed_values_stand_beside_those_of_before(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path
) -> None:
    take(empty_workspace.store, written(tmp_path / "a.csv", line(value=100), line(code="28", net_weight_kg=1)))
    second = (line(value=90), line(code="28", net_weight_kg=2), line(code="999999", partner="Areas, nes"))
    driven.choose(written(tmp_path / "b.csv", *second))
    assert driven.rows("changes") == [
        ("2", "Azerbaijan import, China", "2024", "270900", "100", "90", "−10", "USD"),
        ("3", "Azerbaijan import, China", "2024", "28", "100", "100", "weight or marks", "USD"),
    ]
    unknown = [row for row in driven.rows("notes") if row[0] == "Unknown"]
    assert [row[1] for row in unknown] == ["1"]
    assert "Areas, nes" in unknown[0][2]


def test_an_import_is_told_and_is_one_step(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    driven.choose(written(tmp_path / "x.csv", *(line(code=f"{code:06}") for code in range(30))))
    heard: list[ChangeNotice] = []
    busy: list[bool] = []
    empty_workspace.changed.connect(heard.append)
    empty_workspace.busy_changed.connect(busy.append)
    assert driven.import_() == "Imported 30 flows of Test (undo: Ctrl+Z)."
    assert not driven.dialog.isVisible()
    assert [set(notice.tables) for notice in heard] == [{"dataset", "trade_flow"}]
    assert busy == [True, False]
    empty_workspace.undo()
    assert current(empty_workspace.store) == []
    empty_workspace.redo()
    assert len(current(empty_workspace.store)) == 30


def test_the_same_file_again_is_nothing_to_import(driven: Driven, empty_workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", line())
    take(empty_workspace.store, path)
    driven.choose(path)
    assert driven.text("message") == "There is nothing to import: everything in this file is there already."
    assert not driven.can_go


def test_what_a_person_says_of_the_dataset_is_kept(driven: Driven, empty_workspace: Workspace, tmp_path: Path) -> None:
    path = written(tmp_path / "x.csv", line())
    os.utime(path, (1_700_000_000, 1_700_000_000))
    driven.choose(path)
    day = driven.find(QLineEdit, "retrieved-on")
    assert day.text() == "2023-11-14"
    day.setText("soon")
    day.textEdited.emit("soon")
    assert "Retrieved" in driven.text("facts-problem")
    assert not driven.can_go
    day.setText("12 May 2026")
    day.textEdited.emit("12 May 2026")
    driven.find(QLineEdit, "title").setText("My own <b>title</b>")
    driven.import_()
    columns = "title, retrieved_on, publisher, file_name, length(sha256)"
    assert empty_workspace.store.database.all(f"SELECT {columns} FROM dataset") == [
        ("My own <b>title</b>", "2026-05-12", "Test", "x.csv", 64)
    ]


def test_a_file_that_changed_after_the_preview_is_looked_at_again(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    path = written(tmp_path / "x.csv", line())
    driven.choose(path)
    written(path, line(), line(code="28"))
    driven.find(QPushButton, "start").click()
    qtbot.waitUntil(lambda: "was changed after the preview" in driven.text("message"), timeout=20_000)
    assert driven.dialog.isVisible()
    assert current(empty_workspace.store) == []
    assert empty_workspace.can_edit
    go = driven.find(QPushButton, "start")
    assert go.text() == "Show preview"
    with qtbot.waitSignal(driven.dialog.planned, timeout=20_000):
        go.click()
    assert driven.text("counts").startswith("2 new flows")


def test_another_import_between_preview_and_import_is_a_conflict(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    driven.choose(written(tmp_path / "x.csv", line()))
    take(empty_workspace.store, written(tmp_path / "y.csv", line(code="28")))
    driven.find(QPushButton, "start").click()
    qtbot.waitUntil(lambda: "Another import came between" in driven.text("message"), timeout=20_000)
    assert current(empty_workspace.store) == [("28", "2024", 100.0)]


def test_a_cancelled_import_leaves_nothing_and_the_preview_comes_back(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(planned: Planned, facts: Facts, store: Store, progress: Progress) -> None:
        while True:
            progress.check()

    driven.choose(written(tmp_path / "x.csv", line()))
    with monkeypatch.context() as replaced:
        replaced.setattr(work, "write", endless)
        driven.find(QPushButton, "start").click()
        assert not driven.dialog.isVisible()
        assert not empty_workspace.can_edit
        driven.dialog.reject()
        qtbot.waitUntil(lambda: driven.text("message") == "Cancelled. Nothing was written.", timeout=20_000)
    assert driven.dialog.isVisible()
    assert empty_workspace.can_edit
    assert empty_workspace.store.database.one("SELECT count(*) FROM dataset") == 0
    driven.import_()
    assert len(current(empty_workspace.store)) == 1


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


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty."), (b"a,b\n\0\n", "NUL characters"), (b"id,year,origin_id,destination_id,product_id,export_value,"
      b"import_value\n1,2,3,4,5,6,7\n", "numbers countries and products by itself")],
    ids=["empty", "nul", "refused"],
)  # fmt: skip
def test_a_refused_file_is_a_sentence(
    driven: Driven, tmp_path: Path, qtbot: QtBot, content: bytes, sentence: str
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    driven.dialog.choose(path)
    qtbot.waitUntil(lambda: sentence in driven.text("message"), timeout=20_000)
    assert driven.find(QLabel, "message").property("role") == "error"
    assert driven.find(QLineEdit, "file").text() == str(path)
    assert not driven.can_go


def test_a_table_of_records_is_handed_over(driven: Driven, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "people.csv"
    path.write_text("uid,name,country\n,Somebody,AZ\n", "utf-8")
    with qtbot.waitSignal(driven.dialog.records_found, timeout=20_000) as found:
        driven.dialog.choose(path)
    assert found.args == [path]
    assert not driven.dialog.isVisible()


def test_a_read_only_file_is_previewed_but_not_written(
    driven: Driven, empty_workspace: Workspace, tmp_path: Path
) -> None:
    empty_workspace.open(empty_workspace.store.path, read_only=True)
    driven.choose(written(tmp_path / "x.csv", line()))
    assert not driven.can_go


def test_names_from_files_are_never_markup_and_every_widget_has_a_name(driven: Driven, tmp_path: Path) -> None:
    path = tmp_path / "<img src=x>.csv"
    path.write_text(text_of([line(publisher="<b>P</b>", partner="<i>Nowhere</i>")]), "utf-8")
    driven.choose(path)
    driven.find(QPushButton, "start")
    assert driven.rows("coverage")[0][2] == "<i>Nowhere</i>"
    driven.dialog._ask_for_columns(driven.dialog._planned.plan.layout, driven.dialog._planned.plan.mapping)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in driven.dialog.findChildren(QLabel))
    kinds = (QAbstractButton, QLineEdit, QComboBox, TextTable)
    ours = [w for kind in kinds for w in driven.dialog.findChildren(kind) if not w.objectName().startswith("qt_")]
    assert [w for w in ours if w.focusPolicy() and not (w.objectName() and w.accessibleName())] == []


def test_a_long_name_is_cut_in_its_middle() -> None:
    assert short_name(Path("short.csv")) == "short.csv"
    cut = short_name(Path("a" * 100 + "\n.csv"))
    assert len(cut) == 40
    assert cut.endswith("?.csv")


@pytest.fixture
def datasets(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, tmp_path: Path
) -> Iterator[DatasetsDialog]:
    """The list of two datasets, of which the second replaces a flow of the first."""
    take(empty_workspace.store, written(tmp_path / "a.csv", line(value=100), line(code="28")))
    take(empty_workspace.store, written(tmp_path / "b.csv", line(value=90)))
    jobs = JobRunner()
    dialog = DatasetsDialog(empty_workspace, jobs, light_theme)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    jobs.stop()
    dialog.close()


def test_datasets_are_listed_with_what_counts_and_one_can_be_removed(
    datasets: DatasetsDialog, empty_workspace: Workspace, qtbot: QtBot
) -> None:
    table = datasets.findChild(TextTable, "datasets-list")
    go = datasets.findChild(QPushButton, "datasets-start")
    message = datasets.findChild(QLabel, "datasets-message")
    assert [(row[0], *row[3:7]) for row in table.rows] == [
        ("Test, a.csv", "2", "1", "Ready", "a.csv"), ("Test, b.csv", "1", "1", "Ready", "b.csv"),
    ]  # fmt: skip
    assert not go.isEnabled()
    table.selectRow(0)
    assert "SHA-256: " in datasets.findChild(QLabel, "datasets-details").text()
    go.click()
    qtbot.waitUntil(lambda: "holds newer values" in message.text(), timeout=20_000)
    table.selectRow(1)
    go.click()
    qtbot.waitUntil(lambda: message.text().startswith("Removed."), timeout=20_000)
    assert [tuple(row[3:6]) for row in table.rows] == [("2", "2", "Ready"), ("1", "0", "Removed")]
    assert current(empty_workspace.store) == [("270900", "2024", 100.0), ("28", "2024", 100.0)]
    empty_workspace.undo()
    assert [tuple(row[3:6]) for row in table.rows] == [("2", "1", "Ready"), ("1", "1", "Ready")]
