"""Flows for tests of the charts of statistics: put into a store as rows with their sums, and added up by hand."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from azcn_desktop.charts.series import Chart
from azcn_desktop.charts.statistics.drawing import draw_statistics
from azcn_desktop.charts.statistics.treemap import Treemap
from azcn_desktop.records.text import fold
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.selecting import within
from azcn_desktop.store.store import Store
from tests.store import flow_builders
from tests.store.flow_builders import flow_row

TODAY = datetime.date(2026, 11, 25)
DATASETS = ((1, "One", "ready"), (2, "Two", "ready"), (3, "One", "ready"), (4, "One", "loading"), (5, "Two", "removed"))
PUBLISHER = {key: publisher for key, publisher, _ in DATASETS}
READY = {key for key, _, state in DATASETS if state == "ready"}
GOODS = {
    "27": "Mineral fuels", "2709": "Petroleum oils, crude", "270900": "Petroleum oils, crude", "2710": "Oils, refined",
    "271019": "Oils, heavy", "28": "Chemicals", "280920": "Phosphoric acid",
}  # fmt: skip


@dataclass(frozen=True)
class Flow:
    """One row; what is not given is usual."""

    code: str = "TOTAL"
    value: float = 1.0
    period: str = "2023"
    frequency: str = "A"
    is_cumulative: int = 0
    reporter: str = "AZ"
    partner: str = "CN"
    flow: str = "M"
    classification: str | None = "H6"
    valuation: str = "CIF"
    currency: str = "USD"
    dataset_id: int = 1
    replaced_by: int | None = None

    @property
    def level(self) -> int:
        return 0 if self.code == "TOTAL" else len(self.code) if self.code.isdigit() else -1

    @property
    def counts(self) -> bool:
        return self.dataset_id in READY and self.replaced_by not in READY

    @property
    def unlike(self) -> tuple[object, ...]:
        """Of what two flows must be alike to be added."""
        return (
            PUBLISHER[self.dataset_id], self.reporter, self.partner, self.flow, self.valuation, self.currency,
            self.classification or "", self.level, self.frequency, self.is_cumulative,
        )  # fmt: skip


def prepare(store: Store) -> None:
    """Make datasets and a list of codes, and let nothing wait for the disk."""
    store.database.execute("PRAGMA synchronous = OFF")
    with store.database.transaction():
        store.database.connection.executemany(
            "INSERT INTO dataset (id, uid, rev, created_at, updated_at, title, publisher, state) "
            "VALUES (?1, 'd' || ?1, 1, '', '', ?2, ?2, ?3)",
            DATASETS,
        )
        store.database.connection.executemany(
            "INSERT INTO commodity (classification, code, level, description) VALUES ('H6', ?1, length(?1), ?2)",
            GOODS.items(),
        )


def fill(store: Store, flows: Iterable[Flow]) -> None:
    """Make these the flows of the store."""
    flow_builders.fill(store.database, [flow_row(**asdict(flow)) for flow in flows])


def is_chosen(flow: Flow, query: FlowQuery) -> bool:
    """Tell by hand whether a query chooses a flow."""
    text = query.text.strip()
    if query.is_code:
        has_text = flow.code.startswith(text)
    else:
        words = fold(GOODS.get(flow.code, ""))
        has_text = not text or (bool(words) and all(word in words for word in fold(text).split()))
    parts = (
        (query.frequencies, flow.frequency), (query.reporters, flow.reporter), (query.partners, flow.partner),
        (query.flows, flow.flow), (query.levels, flow.level), (query.datasets, flow.dataset_id),
        (query.publishers, PUBLISHER[flow.dataset_id]), (query.valuations, flow.valuation),
        (query.currencies, flow.currency), (query.classifications, flow.classification or ""),
    )  # fmt: skip
    in_time = within(flow.period, query.since, query.until)
    return flow.counts and has_text and in_time and all(not wanted or held in wanted for wanted, held in parts)


def draw(store: Store, query: FlowQuery = FlowQuery(), **choices: str) -> Chart:  # noqa: B008 - a frozen value
    """Draw a chart."""
    chart = draw_statistics(store, query, choices, TODAY)
    assert isinstance(chart, Chart)
    return chart


def tiles(store: Store, query: FlowQuery = FlowQuery(), **choices: str) -> Treemap:  # noqa: B008 - a frozen value
    """Draw a treemap."""
    found = draw_statistics(store, query, {"view": "treemap", **choices}, TODAY)
    assert isinstance(found, Treemap)
    return found


def months(year: int, count: int = 12, value: float = 1.0, **rest: object) -> list[Flow]:
    """Return the first months of a year."""
    return [
        Flow(period=f"{year}{n:02}", frequency="M", value=value * n, **rest)  # type: ignore[arg-type]
        for n in range(1, count + 1)
    ]
