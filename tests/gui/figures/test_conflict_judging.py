"""How a person judges between figures, and that undo takes it back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.figures.conflict_model import COLUMNS
from azcn_desktop.gui.figures.conflicts_view import ConflictsView
from azcn_desktop.gui.figures.rank_dialog import RankDialog
from azcn_desktop.gui.workspace import Workspace
from tests.gui.figures.conflict_list import decide, member, named, turnover_of, value


def test_a_figure_is_preferred_with_a_reason_and_undo_takes_it_back(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    found = turnover_of(view, "2017")
    before = found.members[0].key
    rounded = next(m.key for m in found.members if m.words == "$1.2 bn")
    view.select_key(rounded)
    decide(view, "prefer", "The minister's office confirmed it.", qtbot)
    assert value(filled_workspace, rounded, "rank") == "preferred"
    assert value(filled_workspace, rounded, "rank_reason") == "The minister's office confirmed it."
    assert value(filled_workspace, before, "rank") == "normal"
    assert value(filled_workspace, before, "value") == found.members[0].number
    assert turnover_of(view, "2017").members[0].key == rounded
    assert view.current_key() == rounded
    filled_workspace.undo()
    assert (value(filled_workspace, rounded, "rank"), value(filled_workspace, before, "rank")) == (
        "deprecated",
        "preferred",
    )
    assert turnover_of(view, "2017").members[0].key == before


@pytest.mark.parametrize("reason", ["", "   \n", "x" * 1001])
def test_a_rank_without_a_reason_that_can_be_stored_is_refused_beside_it(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot, reason: str
) -> None:
    key = next(m.key for m in turnover_of(view, "2017").members if m.words == "$1.2 bn")
    view.select_key(key)
    decide(view, "prefer", reason, qtbot)
    dialog = named(view, RankDialog, "dialog-rank")
    assert dialog.isVisible()
    assert dialog.problem.text()
    assert value(filled_workspace, key, "rank") == "deprecated"
    dialog.reject()


def test_a_figure_is_deprecated_and_set_back(view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot) -> None:
    key = next(m.key for m in turnover_of(view, "2024").members if m.words == "about $3.7 bn")
    view.select_key(key)
    decide(view, "deprecate", "A rounded repeat.", qtbot)
    assert value(filled_workspace, key, "rank") == "deprecated"
    assert not named(view, QPushButton, "conflict-deprecate").isVisible()
    qtbot.mouseClick(named(view, QPushButton, "conflict-make-normal"), Qt.MouseButton.LeftButton)
    assert (value(filled_workspace, key, "rank"), value(filled_workspace, key, "rank_reason")) == ("normal", None)


def test_a_cause_that_a_person_gives_wins_over_the_suggestion(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    key = next(m.key for m in turnover_of(view, "2021").members if m.words == "$1.4 bn")
    view.select_key(key)
    combo = named(view, QComboBox, "conflict-cause")
    assert combo.currentText() == "Suggested: not known"
    combo.setCurrentIndex(combo.findText("Coverage"))
    combo.activated.emit(combo.currentIndex())
    assert value(filled_workspace, key, "conflict_cause") == "coverage"
    assert member(view, key).siblingAtColumn(COLUMNS.index("cause")).data() == "Coverage"
    assert turnover_of(view, "2021").cause == "coverage"
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    assert value(filled_workspace, key, "conflict_cause") is None


def test_what_cant_be_written_is_told_and_buttons_are_off_while_an_import_runs(
    view: ConflictsView, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    view.select_key(turnover_of(view, "2017").members[0].key)
    filled_workspace.set_busy(True)
    assert not named(view, QPushButton, "conflict-deprecate").isEnabled()
    assert not named(view, QComboBox, "conflict-cause").isEnabled()
    with qtbot.waitSignal(view.message) as told:
        view.judge("rounding")
    assert told.args[1] is True
    filled_workspace.set_busy(False)
    assert named(view, QPushButton, "conflict-deprecate").isEnabled()


def test_the_menu_of_a_figure_offers_what_fits_its_rank(view: ConflictsView) -> None:
    view.select_key(turnover_of(view, "2017").members[0].key)
    shown = [action.objectName() for action in view.tree.row_menu().actions() if action.isVisible()]
    assert "conflict-menu-prefer" not in shown
    assert {"conflict-menu-deprecate", "conflict-menu-make-normal", "conflict-menu-open"} <= set(shown)
