"""The dialog that checks a commitment: what it starts with, what it refuses beside which field, and what it writes."""

import datetime
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import Busy
from azcn_desktop.gui.following.check_dialog import CheckDialog
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits
from azcn_desktop.store.check_history import looks
from azcn_desktop.store.records import Record


@pytest.fixture
def record(empty_workspace: Workspace) -> Record:
    values = {"what": "Open a trade house", "made_on": "2018-05-22"}
    key = empty_workspace.apply(edits.create(empty_workspace.store, "commitment", values)).new_keys[-1]
    found = empty_workspace.store.get("commitment", key)
    assert found is not None
    return found


@pytest.fixture
def dialog(empty_workspace: Workspace, record: Record, qtbot: QtBot) -> Iterator[CheckDialog]:
    made = CheckDialog(empty_workspace, record)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def choose(dialog: CheckDialog, word: str) -> None:
    dialog.found.setCurrentIndex(dialog.found.findData(word))


def stored(workspace: Workspace, record: Record) -> object:
    found = workspace.store.get("commitment", record.key)
    assert found is not None
    return found.values["status"]


def told(dialog: CheckDialog) -> dict[str, str]:
    shown = {name: label.text() for name, label in dialog.problems.items() if not label.isHidden()}
    return shown | ({} if dialog.form.problem.isHidden() else {"source": dialog.form.problem.text()})


def test_it_starts_with_the_present_status_and_today(dialog: CheckDialog) -> None:
    assert dialog.found.currentText() == "Open"
    today = datetime.datetime.now().astimezone().date()
    assert dialog.checked_on.text() == f"{today.day} {today:%B %Y}"
    assert told(dialog) == {}


def test_a_whole_check_is_written_in_one_step(dialog: CheckDialog, empty_workspace: Workspace, record: Record) -> None:
    choose(dialog, "kept")
    dialog.checked_on.setText("May 2021")
    dialog.finding.setPlainText("Açıldı. 上海贸易之家已开业。")
    dialog.form.inputs["publisher"].setText("Trend")
    dialog.form.quote.setPlainText("was opened")
    dialog.accept()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert stored(empty_workspace, record) == "kept"
    (look,) = looks(empty_workspace.store, "commitment", record.key)
    assert (look.checked_on, look.finding) == ("2021-05", "Açıldı. 上海贸易之家已开业。")
    assert [(c.publisher, c.quote) for c in look.citations] == [("Trend", "was opened")]
    empty_workspace.undo()
    assert stored(empty_workspace, record) == "open"
    assert looks(empty_workspace.store, "commitment", record.key) == []


@pytest.mark.parametrize(
    ("day", "words"), [("", "needs the day"), ("soon", "is not a date"), ("2190-01-01", "still to come")]
)
def test_a_day_that_cannot_be_is_refused_beside_its_line(
    dialog: CheckDialog, empty_workspace: Workspace, record: Record, day: str, words: str
) -> None:
    choose(dialog, "kept")
    dialog.checked_on.setText(day)
    dialog.finding.setPlainText("Opened.")
    dialog.form.inputs["publisher"].setText("Trend")
    dialog.accept()
    assert list(told(dialog)) == ["checked_on"]
    assert words in told(dialog)["checked_on"]
    assert dialog.isVisible()
    assert (dialog.checked_on.text(), dialog.finding.toPlainText()) == (day, "Opened.")
    assert stored(empty_workspace, record) == "open"


def test_a_check_without_a_source_is_refused(dialog: CheckDialog, empty_workspace: Workspace, record: Record) -> None:
    choose(dialog, "kept")
    dialog.accept()
    assert list(told(dialog)) == ["source"]
    assert "Pick a source" in told(dialog)["source"]
    assert stored(empty_workspace, record) == "open"


def test_what_the_file_refuses_is_said_and_the_typing_stays(
    dialog: CheckDialog, empty_workspace: Workspace, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_step: object) -> None:
        raise Busy("Another program is writing to the file.")

    monkeypatch.setattr(empty_workspace.store, "apply", refuse)
    choose(dialog, "kept")
    dialog.form.inputs["publisher"].setText("Trend")
    dialog.accept()
    assert told(dialog) == {"step": "Another program is writing to the file."}
    assert dialog.isVisible()
    assert dialog.form.inputs["publisher"].text() == "Trend"


def test_a_day_before_the_newest_check_tells_that_the_status_stays(
    dialog: CheckDialog, empty_workspace: Workspace, record: Record, qtbot: QtBot
) -> None:
    values = {"status": "kept", "checked_on": "2021-05-03"}
    empty_workspace.apply(edits.check(empty_workspace.store, "commitment", record.key, values, {"publisher": "Trend"}))
    dialog.checked_on.clear()
    qtbot.keyClicks(dialog.checked_on, "2020")
    assert dialog._read_back.text() == "2020. A later check found: Kept, 3 May 2021. The status stays."


def test_what_was_typed_over_the_old_status_chooses_the_new_one(dialog: CheckDialog) -> None:
    dialog.start_with("n")
    assert dialog.found.currentText() == "Not kept"
    dialog.start_with("%")
    assert dialog.found.currentText() == "Not kept"


def test_every_field_has_a_name(dialog: CheckDialog) -> None:
    inputs = (dialog.found, dialog.checked_on, dialog.finding, dialog.form.picker, dialog.form.quote)
    assert [widget.objectName() for widget in inputs] == [
        "check-status", "check-day", "check-finding", "source-picker", "source-quote"
    ]  # fmt: skip
    assert all(widget.accessibleName() for widget in (*inputs, *dialog.form.inputs.values()))
