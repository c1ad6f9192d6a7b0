"""The lenses of the Trade page, by the names of `pages.FIGURE_LENSES`; another one is a line there and a line here.

Imported after the first paint, with the charts.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QCoreApplication

from azcn_desktop.charts.layout import Stop
from azcn_desktop.gui.figures.audit_view import AuditView
from azcn_desktop.gui.figures.conflict_model import cause_words, heading, spread_words
from azcn_desktop.gui.figures.conflicts_view import ConflictsView
from azcn_desktop.gui.figures.figure_evidence import FigureEvidence
from azcn_desktop.gui.records.lens import Lens
from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.statistics.chart_pane import StatisticsChart
from azcn_desktop.gui.statistics.mirror_view import MirrorView
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.window.window_parts import WindowParts
from azcn_desktop.store.flows.query import FlowQuery

LENSES: Final[dict[str, Callable[..., Lens]]] = {
    "conflicts": ConflictsView,
    "audit": AuditView,
}


def give_lenses(tab: RecordTab, parts: WindowParts) -> None:
    """Give the page of the figures its lenses, over one reading of the figures, and those of the statistics."""
    workspace, theme = parts.workspace, parts.theme
    evidence = FigureEvidence(workspace, parts.reading, tab)
    tab.chart.words.explain = partial(_explain, evidence)
    tab.chart.conflict_wanted.connect(partial(_show_conflict, tab, evidence))
    lenses = {name: made(workspace, theme, evidence, tab) for name, made in LENSES.items()}
    shown = tab.lenses.lens("statistics") if tab.lenses else None
    if isinstance(shown, StatisticsView):
        statistics = shown
    else:
        statistics = StatisticsView(workspace, theme, parts.icons, parts.reading, tab)
    statistics.attach_chart(StatisticsChart(workspace, theme, parts.icons, statistics, parts.reading))
    mirror = MirrorView(workspace, theme, parts.icons, tab)
    mirror.show_flows.connect(partial(_show_flows, tab, statistics))
    lenses |= {"statistics": statistics, "mirror": mirror}
    tab.attach_lenses(lenses, evidence.want)


def _explain(evidence: FigureEvidence, key: int) -> list[str]:
    """Say in the read-out of a chart that other figures differ from the one that is drawn."""
    conflict = evidence.conflict_of(key)
    if conflict is None:
        return []
    parts = (heading(conflict)[1], spread_words(conflict), cause_words(conflict).lower())
    words = QCoreApplication.translate("FigureLenses", "In conflict: {} (C shows them)")
    return [words.format(", ".join(part for part in parts if part))]


def _show_conflict(tab: RecordTab, evidence: FigureEvidence, stop: Stop) -> None:
    if stop.point is not None and evidence.conflict_of(stop.point.keys[0]) is not None:
        tab.show_lens("conflicts", stop.point.keys[0])


def _show_flows(tab: RecordTab, statistics: StatisticsView, query: FlowQuery) -> None:
    """Lead from the mirror to the flows behind it."""
    tab.show_lens("statistics")
    statistics.filters.show_query(query)
