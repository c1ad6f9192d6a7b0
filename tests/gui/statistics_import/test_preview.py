"""The preview of an import: it tells what a file covers, changes and refuses, and writes nothing."""

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
)
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.statistics_import.dialog import short_name
from azcn_desktop.gui.widgets.text_table import TextTable
from azcn_desktop.gui.workspace import Workspace
from tests.gui.statistics_import.driving import Driven
from tests.trade.builders import current, line, take, text_of, written


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
