"""The bibliography dialog: the sources of the records chosen are what is written, in the format that is shown."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.exchange.bibliography_dialog import BibliographyDialog
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.query import parse_query

Open = Callable[..., BibliographyDialog]


@pytest.fixture
def open_dialog(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> Iterator[Open]:
    """Open the dialog for the figures with a filter and a selection."""
    jobs = JobRunner()
    opened: list[BibliographyDialog] = []

    def start(where: str = "", selected: tuple[int, ...] = (), table: str = "figure") -> BibliographyDialog:
        query = parse_query(where, filled_workspace.schema[table])
        dialog = BibliographyDialog(DialogParts(filled_workspace, jobs, light_theme, bare_icons), query, selected)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        opened.append(dialog)
        return dialog

    yield start
    jobs.stop()
    for dialog in opened:
        dialog.close()


def write(qtbot: QtBot, dialog: BibliographyDialog, target: Path) -> str:
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        dialog.start(target)
    return target.read_text("utf-8")


def message(dialog: BibliographyDialog) -> str:
    return dialog.findChild(QLabel, "bibliography-message").text()


def test_the_records_shown_are_proposed_with_their_sources(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_dialog("year:2024", (73,))
    texts = {b.objectName(): (b.text(), b.isChecked()) for b in dialog.findChildren(QRadioButton)}
    assert texts["bibliography-shown"] == ("The figures shown here: 24 sources", True)
    assert texts["bibliography-selected"] == ("The selected ones (1): 1 source", False)
    assert texts["bibliography-all"] == ("All records: 236 sources", False)
    assert len(json.loads(write(qtbot, dialog, tmp_path / "s.json"))) == 24
    assert message(dialog) == f"Exported 24 sources to {tmp_path / 's.json'}"


@pytest.mark.parametrize(("scope", "count"), [("selected", 1), ("all", 236)])
def test_the_sources_of_the_selection_or_of_everything_are_written(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, scope: str, count: int
) -> None:
    dialog = open_dialog("year:2024", (73,))
    dialog.findChild(QRadioButton, f"bibliography-{scope}").click()
    assert len(json.loads(write(qtbot, dialog, tmp_path / "s.json"))) == count


def test_what_has_no_source_cannot_be_chosen(open_dialog: Open) -> None:
    dialog = open_dialog("nowhere-to-be-found")
    assert not dialog.findChild(QRadioButton, "bibliography-shown").isEnabled()
    assert not dialog.findChild(QRadioButton, "bibliography-selected").isEnabled()
    assert dialog.findChild(QRadioButton, "bibliography-all").isChecked()


def test_without_any_source_there_is_nothing_to_export(
    qtbot: QtBot, empty_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> None:
    jobs = JobRunner()
    query = parse_query("", empty_workspace.schema["figure"])
    dialog = BibliographyDialog(DialogParts(empty_workspace, jobs, light_theme, bare_icons), query, ())
    qtbot.addWidget(dialog)
    assert not dialog.findChild(QPushButton, "bibliography-start").isEnabled()
    jobs.stop()


def test_format_and_ending_follow_each_other(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_dialog()
    formats = dialog.findChild(QComboBox, "bibliography-format")
    target = dialog.findChild(QLineEdit, "bibliography-target")
    assert (formats.currentData(), Path(target.text()).name) == ("csl-json", "sources.json")
    formats.setCurrentIndex(formats.findData("bibtex"))
    assert Path(target.text()).name == "sources.bib"
    target.setText(str(tmp_path / "s.ris"))
    assert formats.currentData() == "ris"
    assert write(qtbot, dialog, tmp_path / "s.ris").startswith("TY  - ")


def test_an_existing_file_is_replaced_only_after_a_second_click(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog()
    target = tmp_path / "s.bib"
    target.write_text("old")
    dialog.findChild(QLineEdit, "bibliography-target").setText(str(target))
    go = dialog.findChild(QPushButton, "bibliography-start")
    go.click()
    assert message(dialog) == f"{target} exists already. Replace it, or choose another name."
    assert (go.text(), target.read_text()) == ("Replace", "old")
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        go.click()
    assert target.read_text("utf-8").startswith("% Encoding: UTF-8")
    assert go.text() == "Export"


def test_what_cannot_be_written_is_a_sentence_and_the_choices_stay(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog("year:2024")
    dialog.start(tmp_path / "none" / "s.bib")
    qtbot.waitUntil(lambda: "does not exist" in message(dialog))
    assert dialog.findChild(QPushButton, "bibliography-start").isEnabled()
    assert dialog.findChild(QRadioButton, "bibliography-shown").isChecked()
    assert not dialog.findChild(QRadioButton, "bibliography-selected").isEnabled()


def test_a_file_without_name_is_asked_for(open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog.findChild(QLineEdit, "bibliography-target").setText(" ")
    dialog.findChild(QPushButton, "bibliography-start").click()
    assert message(dialog) == "Give the file a name."


def test_every_interactive_widget_has_a_name_and_a_place_in_the_tab_order(open_dialog: Open) -> None:
    dialog = open_dialog("year:2024", (73,))
    widgets = [w for kind in (QAbstractButton, QComboBox, QLineEdit) for w in dialog.findChildren(kind)]
    named = [w for w in widgets if not w.objectName().startswith("qt_")]
    assert len(named) >= 8
    assert all(w.accessibleName() and w.objectName() for w in named)
    # Of several radio buttons Qt lets Tab reach the checked one, and the arrow keys the others.
    reached = [w for w in named if not isinstance(w, QRadioButton) or w.isChecked()]
    assert all(w.focusPolicy() & Qt.FocusPolicy.TabFocus for w in reached)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in dialog.findChildren(QLabel))
