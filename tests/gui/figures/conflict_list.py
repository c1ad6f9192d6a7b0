"""What tests read from the list of conflicts, and how they judge."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.evidence.conflicts import Disagreement
from azcn_desktop.gui.figures.conflict_model import heading
from azcn_desktop.gui.figures.conflicts_view import ConflictsView
from azcn_desktop.gui.figures.rank_dialog import RankDialog
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.kinds import Value


def named(view: QWidget, kind: type, name: str) -> QWidget:
    found = view.findChild(kind, name)
    assert found is not None, name
    return found


def value(workspace: Workspace, key: int, column: str) -> Value:
    record = workspace.store.get("figure", key)
    assert record is not None
    return record.values[column]


def turnover_of(view: ConflictsView, period: str) -> Disagreement:
    return next(c for c in view.model.conflicts if heading(c)[0] == f"Turnover, {period}")


def member(view: ConflictsView, key: int) -> QModelIndex:
    return view.model.index_of(key, "value")


def decide(view: ConflictsView, action: str, reason: str, qtbot: QtBot) -> None:
    qtbot.mouseClick(named(view, QPushButton, f"conflict-{action}"), Qt.MouseButton.LeftButton)
    dialog = named(view, RankDialog, "dialog-rank")
    named(dialog, QPlainTextEdit, "rank-reason").setPlainText(reason)
    qtbot.mouseClick(named(dialog, QPushButton, "rank-accept"), Qt.MouseButton.LeftButton)
