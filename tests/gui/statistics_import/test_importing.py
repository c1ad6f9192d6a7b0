"""An import that is carried out: one step, cancelled, out of date, or nothing to do."""

import os
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.statistics_import import work
from azcn_desktop.gui.statistics_import.work import Facts, Planned
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.store import Store
from tests.gui.statistics_import.driving import Driven
from tests.trade.builders import current, line, take, written


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
