"""The conflicts on the Trade page: figures for one thing side by side, and a person's judgement between them.

Joins list, order and details, and turns what is asked for into steps that undo takes back. Finds no conflict itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.evidence import ranking
from azcn_desktop.evidence.conflicts import Disagreement, Member
from azcn_desktop.gui.figures.conflict_details import ConflictDetails
from azcn_desktop.gui.figures.conflict_model import ConflictModel, heading, sorted_conflicts
from azcn_desktop.gui.figures.conflict_tree import ConflictTree
from azcn_desktop.gui.figures.figure_evidence import FigureEvidence
from azcn_desktop.gui.figures.figure_lens import FigureLens
from azcn_desktop.gui.figures.figure_words import FigureWords
from azcn_desktop.gui.figures.rank_dialog import RankDialog
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeSet

_ORDERS = ("spread", "period")


class ConflictsView(FigureLens):
    """Figures for one thing that differ.

    Attributes:
        tree: the list.
        details: the pane under it.
    """

    def __init__(
        self, workspace: Workspace, theme: ThemeController, evidence: FigureEvidence, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, evidence, parent)
        self._order = _ORDERS[0]
        self._has_settled = False
        self._words = FigureWords(workspace)
        self.setObjectName("trade-conflicts")
        self.setAccessibleName(self.tr("Conflicts"))
        self.model = ConflictModel(self._words, self)
        self.tree = ConflictTree(self.model, theme, self)
        self.details = ConflictDetails(self)
        self.details.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.tree, 1)
        column.addWidget(self.details)
        self.setFocusProxy(self.tree)
        self.tree.current_changed.connect(self._on_tree_current_changed)
        self.tree.asked.connect(self.do)
        self.tree.empty_state.clear_requested.connect(self.clear_requested)
        self.details.asked.connect(self.do)
        self.details.cause_chosen.connect(self.judge)
        self._follow_evidence()
        workspace.busy_changed.connect(self._on_workspace_busy_changed)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 2, 14, 6)
        row.setSpacing(6)
        self._orders = QButtonGroup(self)
        for name, label in zip(_ORDERS, (self.tr("Widest first"), self.tr("Latest first")), strict=True):
            button = self._chip(f"conflicts-by-{name}", label)
            button.setChecked(name == self._order)
            button.clicked.connect(partial(self._on_order_clicked, name))
            self._orders.addButton(button)
            row.addWidget(button)
        row.addSpacing(10)
        self._open_only = self._chip("conflicts-unsettled", self.tr("Not settled only"))
        self._open_only.toggled.connect(self.refresh)
        row.addWidget(self._open_only)
        row.addStretch(1)
        return row

    # -- what is shown

    def refresh(self) -> None:
        """Show the conflicts in which a figure stands that the filter lets through."""
        if not self._workspace.is_open:
            self.model.show((), {})
            return
        if not self._has_evidence():
            return
        keys = self._evidence.keys_of(self.query)
        found = [conflict for conflict in self._evidence.conflicts if not keys.isdisjoint(conflict.keys)]
        self.counted.emit(len(found))
        if not self.isVisible():
            return
        n_open = sum(not conflict.is_settled for conflict in found)
        self.summarise(self.tr("{} of {} not settled").format(f"{n_open:,}", f"{len(found):,}") if found else "")
        self._has_settled = bool(found)
        if self._open_only.isChecked():
            found = [conflict for conflict in found if not conflict.is_settled]
        self.tree.wanted_key, self.wanted_key = self.wanted_key, None
        self.model.show(sorted_conflicts(found, self._order), self._evidence.figures)
        self.tree.viewport().update()  # who stands behind a figure may have changed, which the model is not told
        self._on_tree_current_changed()
        self._say_why_empty()

    def _say_why_empty(self) -> None:
        state = self.tree.empty_state
        if not self._evidence.is_ready:
            state.say(self.tr("Comparing figures…"), "", False)
        elif self._open_only.isChecked() and self._has_settled:
            state.say(self.tr("Everything here is settled"), self.tr("A person has judged what differs."), False)
        else:
            hint = self.tr("Figures for one measure, flow, product and period that differ stand here side by side.")
            state.say(self.tr("No figures differ here"), hint, self.is_filtered)
        state.setVisible(not self.model.conflicts)

    def current_key(self) -> int | None:
        """Return the id of the current figure, or None."""
        return self.tree.current_key()

    def selected_keys(self) -> list[int]:
        """Return the ids of the selected figures."""
        return self.tree.selected_keys()

    def select_key(self, key: int) -> bool:
        """Make a figure the current one; tell whether it stands in a conflict that is shown."""
        return self.tree.select_key(key)

    def copy_rows(self) -> int:
        """Copy the selected figures."""
        return self.tree.copy_rows()

    def set_compact(self, is_compact: bool) -> None:
        """Choose between low and usual lines."""
        self.tree.set_compact(is_compact)

    # -- judging

    def do(self, action: str) -> None:
        """Do one of `conflict_details.ACTIONS` with the current figure."""
        key = self.current_key()
        if key is None:
            return
        if action == "open":
            self.open_requested.emit(key)
        elif action == "show-in-table":
            self.table_requested.emit(key)
        elif action == "make-normal":
            self._apply(partial(ranking.make_normal, self._workspace.store, key))
        elif self._workspace.can_edit:
            self._ask(key, "preferred" if action == "prefer" else "deprecated")

    def judge(self, cause: str | None) -> None:
        """Store why the current figure differs; None leaves it to the suggestion."""
        key = self.current_key()
        if key is not None:
            self._apply(partial(ranking.set_cause, self._workspace.store, key, cause))

    def _ask(self, key: int, rank: str) -> None:
        conflict, member = self._current()
        if conflict is None or member is None:
            return
        dialog = RankDialog(rank, f"{heading(conflict)[0]}: {member.words}", self)
        dialog.decided.connect(partial(self._rank, key, rank))
        dialog.open()

    def _rank(self, key: int, rank: str, reason: str) -> None:
        make = ranking.prefer if rank == "preferred" else ranking.deprecate
        self._apply(partial(make, self._workspace.store, key, reason))

    def _apply(self, make: Callable[[], ChangeSet]) -> None:
        try:
            step = make()
            self._workspace.apply(step)
        except UserError as error:
            self.message.emit(str(error), True)
        else:
            self.message.emit(step.label, False)

    # -- what happens

    def _current(self) -> tuple[Disagreement | None, Member | None]:
        index = self.tree.currentIndex()
        return self.model.conflict_at(index), self.model.member_at(index)

    def _on_tree_current_changed(self) -> None:
        conflict, member = self._current()
        if conflict is None:
            self.details.show_nothing()
        elif member is None:
            self.details.show_conflict(conflict)
        else:
            behind = self._words.behind(member.key, conflict.keys)
            self.details.show_member(conflict, member, behind, self._workspace.can_edit)
        if member is not None or conflict is None:
            self.tell_current(self.current_key())

    def _on_order_clicked(self, name: str, is_checked: bool = True) -> None:
        self._order = name
        self.refresh()

    def _on_workspace_busy_changed(self) -> None:
        self._on_tree_current_changed()
