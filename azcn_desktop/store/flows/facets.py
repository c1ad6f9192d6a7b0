"""What there is to choose from: every word that occurs in flows that count, with how many they are."""

from __future__ import annotations

from collections import Counter
from typing import Any, TypeVar

from msgspec import Struct

from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.summaries import SUM_COUNTS

_Word = TypeVar("_Word", str, int)
_COUNTED = (
    "SELECT s.frequency, substr(s.period, 1, 4), s.reporter, s.partner, s.flow, s.level, s.valuation, s.currency, "
    "s.classification, s.dataset_id, sum(s.flows) FROM trade_total s JOIN dataset d ON d.id = s.dataset_id "
    f"WHERE {SUM_COUNTS} "
    "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10"
)


class Facets(Struct, frozen=True):
    """The choices, each with the number of flows that count.

    Areas, datasets and publishers: the most frequent first; the others in their own order.

    Attributes:
        years: YYYY; quarters and months are counted in their year.
        frequencies: A, Q, M.
        reporters, partners: as stored.
        flows: M, X, RM, RX.
        levels: 0 for all goods, 2, 4, 6 ... digits; -1 for names of products.
        datasets: id and title.
        publishers, valuations, currencies, classifications: as stored; '' where none is given.
    """

    years: tuple[tuple[str, int], ...]
    frequencies: tuple[tuple[str, int], ...]
    reporters: tuple[tuple[str, int], ...]
    partners: tuple[tuple[str, int], ...]
    flows: tuple[tuple[str, int], ...]
    levels: tuple[tuple[int, int], ...]
    datasets: tuple[tuple[int, str, int], ...]
    publishers: tuple[tuple[str, int], ...]
    valuations: tuple[tuple[str, int], ...]
    currencies: tuple[tuple[str, int], ...]
    classifications: tuple[tuple[str, int], ...]


def facets(database: Database) -> Facets:
    """Return what can be chosen, out of the sums alone."""
    counters: list[Counter[Any]] = [Counter() for _ in range(10)]
    for *words, flows in database.all(_COUNTED):
        for counter, word in zip(counters, words, strict=True):
            counter[word] += flows
    frequency, period, reporter, partner, flow, level, valuation, currency, classification, dataset = counters
    named = {key: (title or "", publisher or "") for key, title, publisher in database.all(
        "SELECT id, title, publisher FROM dataset")}  # fmt: skip
    publisher: Counter[str] = Counter()
    for key, flows in dataset.items():
        publisher[named[key][1]] += flows
    return Facets(
        years=_rising(period), frequencies=_rising(frequency), reporters=_most(reporter), partners=_most(partner),
        flows=_rising(flow), levels=_rising(level),
        datasets=tuple((key, named[key][0], flows) for key, flows in _most(dataset)), publishers=_most(publisher),
        valuations=_rising(valuation), currencies=_rising(currency), classifications=_rising(classification),
    )  # fmt: skip


def _rising(counter: Counter[_Word]) -> tuple[tuple[_Word, int], ...]:
    return tuple(sorted(counter.items()))


def _most(counter: Counter[_Word]) -> tuple[tuple[_Word, int], ...]:
    return tuple(sorted(counter.items(), key=_by_count))


def _by_count(pair: tuple[Any, int]) -> tuple[int, Any]:
    return -pair[1], pair[0]
