"""The preview of an import of statistics: what a file covers, what it changes, what is refused and left out.

Shows a plan and decides nothing; every table can be copied.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from azcn_desktop.gui.roles import Tone
from azcn_desktop.gui.statistics_import.facts import FactsForm
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.text_table import Column, TextTable
from azcn_desktop.records import words
from azcn_desktop.records.amounts import format_number
from azcn_desktop.records.countries import area_name
from azcn_desktop.store.flows.staging import ChangedFlow, Coverage
from azcn_desktop.trade.importing import ImportPlan

_MOST = 1_000
_CODES = 200


class Preview(QWidget):
    """The parts of a plan, each on a tab of its own.

    Attributes:
        facts: what is kept of the file itself.

    Signals:
        sentence_chosen(str): a row was chosen whose cells may be cut; the whole of it.
    """

    sentence_chosen = Signal(str)

    def __init__(self, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._tabs = QTabWidget(self)
        self._tabs.setObjectName("statistics-import-parts")
        self._tabs.setAccessibleName(self.tr("Parts of the preview"))
        self._tabs.tabBar().setObjectName("statistics-import-tabs")
        self._tabs.tabBar().setAccessibleName(self.tr("Parts of the preview"))
        self.facts = FactsForm(theme, self._tabs)
        self._tables = {
            name: TextTable(f"statistics-import-{name}", spoken, columns, theme, self._tabs)
            for name, spoken, columns in self._parts()
        }
        self._labels = (
            ("coverage", self.tr("Covers")), ("refused", self.tr("Refused")), ("changes", self.tr("Changed")),
            ("notes", self.tr("Left out and notes")),
        )  # fmt: skip
        for name, label in self._labels:
            self._tabs.addTab(self._tables[name], label)
        self._tabs.addTab(self.facts, self.tr("Dataset"))
        for name in ("refused", "notes"):
            self._tables[name].row_chosen.connect(self._on_row_chosen)
        self.setFocusProxy(self._tabs)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.addWidget(self._tabs)

    def show_plan(self, plan: ImportPlan, written_ns: int) -> None:
        """Show a plan, the refused rows first where there are some; the file was written at a time."""
        rows: dict[str, Sequence[Sequence[str]]] = {
            "coverage": [self._coverage_row(part) for part in plan.coverage[:_MOST]],
            "refused": [(f"{r.line:,}", r.column, r.reason) for r in plan.refused[:_MOST]],
            "changes": [_change_row(change) for change in plan.changes],
            "notes": self._note_rows(plan),
        }
        counts = {"refused": plan.refusals, "changes": plan.changed, "coverage": len(plan.coverage)}
        for place, (name, label) in enumerate(self._labels):
            self._tables[name].show_rows(rows[name])
            count = counts.get(name, len(rows[name]))
            self._tabs.setTabText(place, f"{label} {count:,}")
            self._tabs.setTabVisible(place, bool(rows[name]))
        self._tabs.setTabVisible(len(self._labels), plan.commodities is None)
        self.facts.show_plan(plan, written_ns)
        first = "refused" if plan.refusals else "changes" if plan.changed and not plan.new else "coverage"
        if not rows[first]:
            first = "notes"
        self._tabs.setCurrentWidget(self._tables[first] if rows[first] else self.facts)

    def _parts(self) -> list[tuple[str, str, Sequence[Column]]]:
        tones: tuple[tuple[str, Tone], ...] = (
            (self.tr("Left out"), "neutral"), (self.tr("Unknown"), "amber"), (self.tr("Note"), "blue"),
        )  # fmt: skip
        return [
            ("coverage", self.tr("What the file covers"), (
                Column(self.tr("Reporter"), 104), Column(self.tr("Flow"), 64), Column(self.tr("Partner")),
                Column(self.tr("Periods"), 126), Column(self.tr("Valuation"), 80),
                Column(self.tr("Flows"), 78, "number"), Column(self.tr("Total"), 116, "number"),
                Column(self.tr("Unit"), 54, "muted"),
                Column(self.tr("Goods"), 62, "muted"), Column(self.tr("Publisher"), 112, "muted"),
            )),
            ("refused", self.tr("Rows that are not imported, with the reason"), (
                Column(self.tr("Line"), 72, "number"), Column(self.tr("Column"), 140), Column(self.tr("Reason")),
            )),
            ("changes", self.tr("Flows with another value than before"), (
                Column(self.tr("Line"), 54, "number"), Column(self.tr("Flow")), Column(self.tr("Period"), 68),
                Column(self.tr("Code"), 76), Column(self.tr("Before"), 104, "number"),
                Column(self.tr("After"), 104, "number"), Column(self.tr("Difference"), 104, "number"),
                Column(self.tr("Unit"), 54, "muted"),
            )),
            ("notes", self.tr("Rows that are no flows, names that are not known, and notes"), (
                Column(self.tr("What"), 104, "pill", tones), Column(self.tr("Number"), 80, "number"),
                Column(self.tr("Details")),
            )),
        ]  # fmt: skip

    def _coverage_row(self, part: Coverage) -> tuple[str, ...]:
        periods = part.first if part.first == part.last else f"{part.first} – {part.last}"
        frequency = self.tr("since Jan") if part.is_cumulative else self.tr("quarters")
        return (
            area_name(part.reporter), words.TRADE_FLOW.label(part.flow), area_name(part.partner),
            f"{periods} {frequency}" if part.is_cumulative or part.frequency == "Q" else periods,
            words.TRADE_VALUATION.label(part.valuation), f"{part.flows:,}",
            format_number(part.total) if part.total is not None else "", part.currency, part.classification or "",
            part.publisher,
        )  # fmt: skip

    def _note_rows(self, plan: ImportPlan) -> list[tuple[str, str, str]]:
        rows = [(self.tr("Left out"), f"{count:,}", reason) for reason, count in plan.left_out]
        unknown = (
            (
                plan.unknown_codes,
                self.tr("Code that no list of commodities has, imported all the same: {}"),
                self.tr("Codes that no list of commodities has, imported all the same: {}"),
            ),
            (
                plan.unknown_areas,
                self.tr("Area that is no country of today, imported all the same: {}"),
                self.tr("Areas that are no country of today, imported all the same: {}"),
            ),
        )
        for names, of_one, of_many in unknown:
            if names:
                sentence = of_one if len(names) == 1 else of_many
                more = ", …" if len(names) > _CODES else ""
                rows.append((self.tr("Unknown"), f"{len(names):,}", sentence.format(", ".join(names[:_CODES]) + more)))
        shown = self.tr("The first {} are shown.").format(f"{_MOST:,}")
        if plan.commodities is not None:
            rows.append((self.tr("Note"), "", self.tr("A list of codes with their descriptions; it holds no flows.")))
        notes = [*plan.notes, *([shown] if len(plan.coverage) > _MOST or plan.refusals > _MOST else [])]
        return rows + [(self.tr("Note"), "", note) for note in notes]

    def _on_row_chosen(self, row: int) -> None:
        """Pass on the whole of the last cell, which may be cut."""
        table = self.sender()
        if isinstance(table, TextTable):
            self.sentence_chosen.emit(table.rows[row][-1])


def _change_row(change: ChangedFlow) -> tuple[str, ...]:
    who = f"{area_name(change.reporter)} {words.TRADE_FLOW.label(change.flow).lower()}, {area_name(change.partner)}"
    difference = (
        "weight or marks" if not change.is_value or change.before is None else _signed(change.after - change.before)
    )
    return (
        f"{change.line:,}", who, change.period, change.code,
        "" if change.before is None else format_number(change.before), format_number(change.after), difference,
        change.currency,
    )  # fmt: skip


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{format_number(abs(value))}"
