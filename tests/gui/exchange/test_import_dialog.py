"""The import dialog: the preview tells what will happen, and what happens is one undo step."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.exchange import import_dialog
from azcn_desktop.gui.exchange.import_dialog import ImportDialog
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store


@pytest.fixture
def dialog(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> Iterator[ImportDialog]:
    """Open the dialog for the people of an empty file."""
    jobs = JobRunner()
    opened = ImportDialog(DialogParts(empty_workspace, jobs, light_theme, bare_icons), "person")
    opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(opened)
    opened.show()
    yield opened
    jobs.stop()
    opened.close()


@pytest.fixture
def plan_file(qtbot: QtBot, dialog: ImportDialog, tmp_path: Path) -> Callable[[str], Path]:
    """Write a file, choose it and wait for the preview."""

    def choose(text: str) -> Path:
        path = tmp_path / "rows.csv"
        path.write_text(text, "utf-8")
        with qtbot.waitSignal(dialog.planned, timeout=20_000):
            dialog.choose(path)
        return path

    return choose


def message(dialog: ImportDialog) -> str:
    return dialog.findChild(QLabel, "import-message").text()


def preview(dialog: ImportDialog) -> list[list[str]]:
    view = dialog.findChild(QTableWidget, "import-preview")
    return [[view.item(row, column).text() for column in range(4)] for row in range(view.rowCount())]


def test_the_preview_counts_and_names_refused_rows_first(
    dialog: ImportDialog, plan_file: Callable[[str], Path], empty_workspace: Workspace
) -> None:
    plan_file("name,country,colour\nGood,AZ,red\nBad,Atlantis,blue\n")
    assert dialog.findChild(QLabel, "import-counts").text() == "People: 1 new, 0 changed, 0 the same, 1 refused"
    assert "not read: colour" in dialog.findChild(QLabel, "import-notes").text()
    refused, new = preview(dialog)
    assert refused[:3] == ["3", "Refused", "country"]
    assert "not a country" in refused[3]
    assert new[:3] == ["2", "New", "Good"]
    assert empty_workspace.store.count(Query("person")) == 0


def test_bad_rows_must_be_left_out_knowingly(
    dialog: ImportDialog, plan_file: Callable[[str], Path], empty_workspace: Workspace, qtbot: QtBot
) -> None:
    plan_file("name,country\nGood,AZ\nBad,Atlantis\n")
    go, skip = dialog.findChild(QPushButton, "import-start"), dialog.findChild(QCheckBox, "import-skip-bad")
    assert skip.isVisible()
    assert not go.isEnabled()
    skip.click()
    assert go.isEnabled()
    with qtbot.waitSignal(dialog.imported, timeout=20_000):
        go.click()
    assert empty_workspace.store.count(Query("person")) == 1


def test_an_import_is_one_undo_step_told_to_everyone(
    dialog: ImportDialog, plan_file: Callable[[str], Path], empty_workspace: Workspace, qtbot: QtBot
) -> None:
    plan_file("name\n" + "".join(f"P{number}\n" for number in range(30)))
    heard: list[ChangeNotice] = []
    busy: list[bool] = []
    empty_workspace.changed.connect(heard.append)
    empty_workspace.busy_changed.connect(busy.append)
    with qtbot.waitSignal(dialog.imported, timeout=20_000):
        dialog.findChild(QPushButton, "import-start").click()
    assert [len(notice.tables["person"] or ()) for notice in heard] == [30]
    assert busy == [True, False]
    assert message(dialog) == "Imported. Undo takes all of it back."
    empty_workspace.undo()
    assert empty_workspace.store.count(Query("person")) == 0


def test_a_chosen_row_shows_its_whole_reason(dialog: ImportDialog, plan_file: Callable[[str], Path]) -> None:
    plan_file("name,country\nBad,Atlantis\n")
    view = dialog.findChild(QTableWidget, "import-preview")
    view.setCurrentCell(0, 0)
    assert message(dialog) == preview(dialog)[0][3]


def test_what_is_there_already_is_said_and_cannot_be_imported(
    dialog: ImportDialog, plan_file: Callable[[str], Path], empty_workspace: Workspace
) -> None:
    empty_workspace.apply(edits.create(empty_workspace.store, "person", {"name": "A"}))
    plan_file("name\nA\n")
    assert message(dialog) == "Everything in this file is there already."
    assert not dialog.findChild(QPushButton, "import-start").isEnabled()


def test_another_table_is_planned_anew(dialog: ImportDialog, plan_file: Callable[[str], Path], qtbot: QtBot) -> None:
    plan_file("name\nA\n")
    tables = dialog.findChild(QComboBox, "import-table")
    assert tables.currentData() == "person"
    with qtbot.waitSignal(dialog.planned, timeout=20_000):
        tables.setCurrentIndex(tables.findData("organisation"))
    assert dialog.findChild(QLabel, "import-counts").text().startswith("Organisations: 1 new")
    assert tables.findData("trade_flow") == -1


def test_a_file_that_is_no_table_is_a_sentence(dialog: ImportDialog, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.touch()
    edit = dialog.findChild(QLineEdit, "import-file")
    edit.setText(str(path))
    edit.editingFinished.emit()
    qtbot.waitUntil(lambda: message(dialog) == f"{path} is empty.")
    assert dialog.findChild(QLabel, "import-message").property("role") == "error"
    assert not dialog.findChild(QPushButton, "import-start").isEnabled()


def test_a_record_changed_after_the_preview_is_a_conflict_and_nothing_is_written(
    dialog: ImportDialog, plan_file: Callable[[str], Path], empty_workspace: Workspace, qtbot: QtBot
) -> None:
    store = empty_workspace.store
    key = empty_workspace.apply(edits.create(store, "person", {"name": "A", "country": "AZ"})).new_keys[-1]
    plan_file(f"uid,name,country\n{store.uids('person', [key])[key]},B,CN\n")
    assert preview(dialog) == [["2", "Changed", "A", "Name: A → B; Country: Azerbaijan → China"]]
    empty_workspace.apply(edits.edit_field(store, "person", key, "name", {"name": "C"}))
    dialog.findChild(QPushButton, "import-start").click()
    qtbot.waitUntil(lambda: "was changed meanwhile" in message(dialog))
    record = store.get("person", key)
    assert record is not None
    assert (record.title, record.values["country"]) == ("C", "AZ")
    assert empty_workspace.can_edit


def test_a_read_only_file_is_previewed_but_not_written(
    dialog: ImportDialog, plan_file: Callable[[str], Path], empty_workspace: Workspace
) -> None:
    empty_workspace.open(empty_workspace.store.path, read_only=True)
    plan_file("name\nA\n")
    assert not dialog.findChild(QPushButton, "import-start").isEnabled()


def test_editing_is_off_only_while_rows_are_written(
    dialog: ImportDialog,
    plan_file: Callable[[str], Path],
    empty_workspace: Workspace,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def endless(change_set: ChangeSet, store: Store, progress: Progress) -> None:
        while True:
            progress.check()

    plan_file("name\nA\n")
    assert empty_workspace.can_edit
    monkeypatch.setattr(import_dialog, "_write", endless)
    dialog.findChild(QPushButton, "import-start").click()
    assert not empty_workspace.can_edit
    dialog.findChild(QPushButton, "import-close").click()
    qtbot.waitUntil(lambda: message(dialog) == "Cancelled. Nothing was written.")
    assert empty_workspace.can_edit
    assert dialog.isVisible()


def test_markup_in_a_file_stays_text(dialog: ImportDialog, plan_file: Callable[[str], Path]) -> None:
    plan_file('name\n"<img src=x>"\n')
    assert preview(dialog)[0][2] == "<img src=x>"
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))
