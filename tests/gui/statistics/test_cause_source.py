"""The cause of a gap names its source: picked from the list, kept, changed and taken away."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.statistics.cause_dialog import CauseDialog
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits
from azcn_desktop.trade.mirror import Gap
from azcn_desktop.trade.mirror_causes import Cause, read_causes


@pytest.fixture
def source(filled_workspace: Workspace) -> int:
    values = {"publisher": "UNSD", "title": "Bilateral asymmetries, a handbook"}
    return filled_workspace.apply(edits.create(filled_workspace.store, "source", values)).new_keys[-1]


@pytest.fixture
def owner(qtbot: QtBot, light_theme: ThemeController) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


def asked(owner: QWidget, workspace: Workspace, present: Cause | None = None) -> CauseDialog:
    """Open the dialog on the gap of 2024."""
    gap = Gap("az_imports", 2024, "TOTAL", 3.7e9, 3.0e9, "USD")
    dialog = CauseDialog(workspace, gap, "Imports from China, 2024: all goods", present, owner)
    dialog.open()
    return dialog


def type_source(qtbot: QtBot, dialog: CauseDialog, words: str) -> None:
    dialog.source.setFocus()
    dialog.source.selectAll()
    qtbot.keyClicks(dialog.source, words)


def test_a_source_is_picked_by_a_part_of_its_title(
    qtbot: QtBot, filled_workspace: Workspace, owner: QWidget, source: int
) -> None:
    dialog = asked(owner, filled_workspace)
    type_source(qtbot, dialog, "asymmetr")
    qtbot.keyClick(dialog.source, Qt.Key.Key_Return)
    dialog.accept()
    (cause,) = read_causes(filled_workspace.store)
    assert cause.source == source
    again = asked(owner, filled_workspace, cause)
    assert "Bilateral asymmetries" in again.source.text()
    again.accept()
    assert read_causes(filled_workspace.store) == [cause]


def test_an_emptied_line_takes_the_source_away(
    qtbot: QtBot, filled_workspace: Workspace, owner: QWidget, source: int
) -> None:
    first = asked(owner, filled_workspace)
    type_source(qtbot, first, "asymmetr")
    qtbot.keyClick(first.source, Qt.Key.Key_Return)
    first.accept()
    dialog = asked(owner, filled_workspace, read_causes(filled_workspace.store)[0])
    dialog.source.clear()
    dialog.accept()
    assert [cause.source for cause in read_causes(filled_workspace.store)] == [None]


def test_words_that_are_no_source_are_not_dropped_in_silence(
    qtbot: QtBot, filled_workspace: Workspace, owner: QWidget, source: int
) -> None:
    dialog = asked(owner, filled_workspace)
    dialog.source.setText("A handbook that nobody has")
    dialog.accept()
    assert dialog.isVisible()
    assert "Choose the source from the list" in dialog.problem.text()
    assert read_causes(filled_workspace.store) == []
    dialog.reject()


def test_the_sources_that_are_offered_can_be_told_apart(
    qtbot: QtBot, filled_workspace: Workspace, owner: QWidget
) -> None:
    dialog = asked(owner, filled_workspace)
    for words in ("trend", "azertac", "un"):
        type_source(qtbot, dialog, words)
        offers = [(offer.shown, offer.detail) for offer in dialog.source.suggestions]
        assert len(offers) == len(set(offers)) > 5
        assert all(shown and detail for shown, detail in offers)
    titled = next(offer for offer in dialog.source.suggestions if offer.shown.startswith("CTIEC undertakes"))
    assert titled.detail == "7 March 2011 · CTIEC (reprint)"
    dialog.reject()
