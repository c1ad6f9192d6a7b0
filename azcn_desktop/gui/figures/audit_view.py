"""The audit on the Trade page: every check with its verdict, its calculation and the figures behind it.

Joins chips, table and details. It checks nothing itself and writes nothing.
"""

from __future__ import annotations

from collections import Counter
from functools import partial

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from azcn_desktop.evidence.checks import KIND, VERDICT, Check
from azcn_desktop.gui.figures.audit_details import AuditDetails
from azcn_desktop.gui.figures.audit_model import AuditModel, is_open_conflict
from azcn_desktop.gui.figures.audit_table import AuditTable
from azcn_desktop.gui.figures.figure_evidence import FigureEvidence
from azcn_desktop.gui.figures.figure_lens import FigureLens
from azcn_desktop.gui.records.filter_popups import ChoicePopup, Option
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.flow_layout import FlowLayout
from azcn_desktop.gui.widgets.popup_menu import add_line, popup_menu
from azcn_desktop.gui.workspace import Workspace

_VERDICTS = ("conflicts", "agrees_after_rounding", "agrees", "cannot_be_checked")
_SIZES = (420, 190)
_LEAST_DETAILS = 110


class AuditView(FigureLens):
    """All checks of the figures.

    Attributes:
        table: the table of checks.
        details: the pane under it.
        verdicts: the chips, by verdict.
    """

    def __init__(
        self, workspace: Workspace, theme: ThemeController, evidence: FigureEvidence, parent: QWidget | None = None
    ) -> None:
        super().__init__(workspace, evidence, parent)
        self._kinds: list[str] = []
        self._in_reach: list[Check] = []
        self.setObjectName("trade-audit")
        self.setAccessibleName(self.tr("Audit"))
        self.model = AuditModel(self)
        self.verdicts = {verdict: self._verdict_chip(verdict) for verdict in _VERDICTS}
        self._kind_chip = self._chip("audit-kind", self.tr("Kind"))
        self._kind_chip.clicked.connect(self._on_kind_chip_clicked)
        panes = QSplitter(Qt.Orientation.Vertical, self)
        panes.setHandleWidth(1)
        panes.setChildrenCollapsible(False)
        self.table = AuditTable(self.model, theme, panes)
        self.details = AuditDetails(theme, panes)
        self.details.setMinimumHeight(theme.px(_LEAST_DETAILS))
        panes.setSizes([theme.px(size) for size in _SIZES])
        panes.setStretchFactor(0, 1)
        panes.setStretchFactor(1, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(panes, 1)
        self.setFocusProxy(self.table)
        self.table.current_changed.connect(self._on_table_current_changed)
        self.table.open_requested.connect(self._on_table_open_requested)
        self.table.records_requested.connect(self._on_table_records_requested)
        self.table.copy_requested.connect(self._on_table_copy_requested)
        self.table.empty_state.clear_requested.connect(self._on_clear_requested)
        self.details.figure_requested.connect(self.current_changed)
        self._follow_evidence()

    def _head(self) -> QHBoxLayout:
        chips = QWidget(self)
        flow = FlowLayout(chips)
        for chip in (*self.verdicts.values(), self._kind_chip):
            flow.addWidget(chip)
        row = QHBoxLayout()
        row.setContentsMargins(12, 2, 14, 6)
        row.setSpacing(8)
        row.addWidget(chips, 1)
        return row

    def _verdict_chip(self, verdict: str) -> QPushButton:
        chip = self._chip(f"audit-verdict-{verdict.replace('_', '-')}", VERDICT.label(verdict))
        chip.toggled.connect(self._show_chosen)
        return chip

    # -- what is shown

    def refresh(self) -> None:
        """Show the checks of figures that the filter lets through."""
        if not self._workspace.is_open:
            self._in_reach = []
            self.model.show((), {})
            return
        if not self._has_evidence():
            return
        keys = self._evidence.keys_of(self.query)
        self._in_reach = [check for check in self._evidence.checks if not keys.isdisjoint(check.subjects)]
        self.counted.emit(len(self._in_reach))
        if self.isVisible():
            self._show_chosen()

    def _show_chosen(self) -> None:
        """Show of the checks in reach those that the chips let through."""
        verdicts = {verdict for verdict, chip in self.verdicts.items() if chip.isChecked()}
        of_kind = [check for check in self._in_reach if not self._kinds or check.kind in self._kinds]
        counts = Counter(check.verdict for check in of_kind)
        for verdict, chip in self.verdicts.items():
            words = f"{VERDICT.label(verdict)}  {counts[verdict]:,}"
            chip.setText(words)
            chip.setAccessibleName(words.replace("  ", ", "))
        n_open = sum(map(is_open_conflict, of_kind))
        words = self.tr("{} of {} checks conflict").format(f"{n_open:,}", f"{len(of_kind):,}")
        n_settled = counts["conflicts"] - n_open
        self.summarise(words + (self.tr(", {} settled").format(f"{n_settled:,}") if n_settled else ""))
        self._show_kinds()
        shown = [check for check in of_kind if not verdicts or check.verdict in verdicts]
        self.model.show(shown, self._evidence.figures)
        self._say_why_empty()

    def _show_kinds(self) -> None:
        labels = [KIND.label(kind) for kind in self._kinds]
        words = self.tr("Kind: {}").format(
            ", ".join(labels) if len(labels) < 3 else self.tr("{} chosen").format(len(labels))
        )
        self._kind_chip.setText(words if labels else self.tr("Kind"))
        self._kind_chip.setAccessibleName(self._kind_chip.text())
        self._kind_chip.setChecked(bool(labels))

    def _say_why_empty(self) -> None:
        state = self.table.empty_state
        is_chosen = bool(self._kinds) or any(chip.isChecked() for chip in self.verdicts.values())
        if not self._evidence.is_ready:
            state.say(self.tr("Checking figures…"), "", False)
        elif is_chosen and self._in_reach:
            state.say(self.tr("No checks match these filters"), self.tr("Clear them to see more."), True)
        else:
            hint = self.tr("Growth, parts and shares that figures state are checked against each other here.")
            state.say(self.tr("Nothing to check here"), hint, self.is_filtered)
        state.setVisible(not self.model.checks)

    def choose_kinds(self, kinds: list[str]) -> None:
        """Show checks of these kinds only; none shows all."""
        self._kinds = list(kinds)
        self._show_chosen()

    def current_key(self) -> int | None:
        """Return the id of the figure that the current check is about, or None."""
        check = self.table.current_check()
        return check.linked[0].key if check and check.linked else None

    def select_key(self, key: int) -> bool:
        """Make the first check of a figure the current one; tell whether one is shown."""
        check = self.table.current_check()
        if check is not None and key in check.keys:
            return True
        row = self.model.row_about(key)
        if row >= 0:
            self.table.go_to(row)
        return row >= 0

    def copy_rows(self) -> int:
        """Copy the selected checks as text."""
        checks = self.table.selected_checks()
        if checks:
            QGuiApplication.clipboard().setText("\n\n".join(map(self.as_text, checks)) + "\n")
        return len(checks)

    def as_text(self, check: Check) -> str:
        """Return a check in full, as lines."""
        head = f"{VERDICT.label(check.verdict)} ({KIND.label(check.kind)})"
        records = (self.model.linked_words(linked) for linked in check.linked)
        lines = (head, check.statement, check.calculation, check.explanation, *records)
        return "\n".join(line for line in lines if line)

    def set_compact(self, is_compact: bool) -> None:
        """Choose between low and usual lines."""
        self.table.set_compact(is_compact)

    # -- what happens

    def _on_table_current_changed(self) -> None:
        self.details.show_check(self.table.current_check(), self.model.linked_words)
        self.tell_current(self.current_key())

    def _on_table_open_requested(self) -> None:
        if (key := self.current_key()) is not None:
            self.open_requested.emit(key)

    def _on_table_copy_requested(self) -> None:
        self.copy_rows()

    def _on_table_records_requested(self, index: QModelIndex) -> None:
        """Lead to the figure behind a check, or ask which of several."""
        check = self.model.check_at(index)
        if check is None:
            return
        if len(set(check.keys)) == 1:
            self.current_changed.emit(check.keys[0])
            return
        menu = popup_menu(self, "audit-records")
        for place, linked in enumerate(check.linked, 1):
            add_line(menu, f"{place}", self.model.linked_words(linked), partial(self._on_record_chosen, linked.key))
        corner = self.table.visualRect(index).bottomLeft()
        menu.popup(self.table.viewport().mapToGlobal(corner))

    def _on_record_chosen(self, key: int, is_checked: bool = False) -> None:
        self.current_changed.emit(key)

    def _on_kind_chip_clicked(self) -> None:
        self._kind_chip.setChecked(bool(self._kinds))
        counts = Counter(check.kind for check in self._in_reach)
        options = [Option(kind, KIND.label(kind), counts[kind]) for kind in KIND.words if counts[kind]]
        popup = ChoicePopup(options, self._kinds, self)
        popup.setObjectName("audit-kind-popup")
        popup.chosen.connect(self.choose_kinds)
        popup.open_under(self._kind_chip)

    def _on_clear_requested(self) -> None:
        self._kinds = []
        for chip in self.verdicts.values():
            chip.blockSignals(True)
            chip.setChecked(False)
            chip.blockSignals(False)
        self._show_chosen()
        if not self.model.checks:
            self.clear_requested.emit()
