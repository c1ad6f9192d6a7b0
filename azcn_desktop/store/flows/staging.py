"""A private database in which the flows of a file are gathered, sorted and compared before any of them is written.

It lies in a folder of its own and goes with its owner. Reading the real file for the comparison happens in
short pages, so that nobody who writes there has to wait. Knows no layout and no record type.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from azcn_desktop.errors import UserError
from azcn_desktop.progress import Progress
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import sorted_flows
from azcn_desktop.store.flows.arrivals import Arrivals, FlowColumns
from azcn_desktop.store.flows.private_folder import PrivateFolder
from azcn_desktop.store.flows.sorted_flows import SortedFlows, Twin
from azcn_desktop.store.flows.summaries import CHAPTER, LEVEL

NEW, CHANGED, SAME = 0, 1, 2
_PAGE = 5_000
_SCHEMA = (
    "CREATE TABLE series (id INTEGER PRIMARY KEY, publisher TEXT, frequency TEXT, period TEXT, is_cumulative INTEGER, "
    "reporter TEXT, partner TEXT, flow TEXT, classification TEXT, valuation TEXT, currency TEXT)",
    "CREATE TABLE attributes (id INTEGER PRIMARY KEY, quantity_unit TEXT, is_estimated INTEGER, is_reported INTEGER)",
    "CREATE TABLE present (series INTEGER, code TEXT, id INTEGER, value REAL, net_weight_kg REAL, quantity REAL, "
    "quantity_unit TEXT, is_estimated INTEGER, is_reported INTEGER, PRIMARY KEY (code, series)) WITHOUT ROWID",
)  # fmt: skip
_SUM = (
    f"INSERT INTO sums (series, level, chapter, flows, value, net_weight_kg) SELECT series, {LEVEL}, {CHAPTER}, "
    f"count(*), sum(value), coalesce(sum(net_weight_kg), 0.0) FROM flow WHERE status < {SAME:d} GROUP BY 1, 2, 3"
)
_CURRENT = (
    "(t.replaced_by IS NULL OR t.replaced_by NOT IN (SELECT id FROM azcn.dataset WHERE state = 'ready'))"
)  # fmt: skip
_MATCH = (
    "INSERT OR IGNORE INTO present SELECT s.id, t.code, t.id, t.value, t.net_weight_kg, t.quantity, t.quantity_unit, "
    "t.is_estimated, t.is_reported FROM azcn.trade_flow t JOIN series s ON s.period = t.period "
    "AND s.reporter = t.reporter AND s.partner = t.partner AND s.flow = t.flow AND s.frequency = t.frequency "
    "AND s.is_cumulative = coalesce(t.is_cumulative, 0) AND s.classification IS t.classification "
    "AND s.valuation IS t.valuation AND s.currency IS t.currency AND s.publisher = ? "
    f"WHERE t.dataset_id = ? AND t.id > ? AND t.id <= ? AND {_CURRENT}"
)
_COMPARE = (
    "UPDATE flow SET old_id = p.id, status = CASE WHEN flow.value IS p.value "
    "AND flow.net_weight_kg IS p.net_weight_kg AND flow.quantity IS p.quantity AND a.quantity_unit IS p.quantity_unit "
    "AND a.is_estimated IS p.is_estimated "
    f"AND a.is_reported IS p.is_reported THEN {SAME:d} ELSE {CHANGED:d} END "
    "FROM present p, attributes a WHERE p.series = flow.series AND p.code = flow.code AND a.id = flow.attributes"
)


class Coverage(Struct, frozen=True):
    """Flows of one kind in a file.

    Attributes:
        publisher, frequency, is_cumulative, reporter, partner, flow, classification, valuation, currency: what they
            have in common.
        first, last: periods.
        flows: how many.
        total: sum of those for all goods (code TOTAL); None where there is none.
    """

    publisher: str
    frequency: str
    is_cumulative: int
    reporter: str
    partner: str
    flow: str
    classification: str | None
    valuation: str
    currency: str
    first: str
    last: str
    flows: int
    total: float | None


class ChangedFlow(Struct, frozen=True):
    """A flow that an earlier dataset has with another value.

    Attributes:
        line: in the file.
        period, reporter, partner, flow, code, currency: which it is.
        before, after: the values.
        is_value: the value differs; else only its weight, quantity, unit or marks.
    """

    line: int
    period: str
    reporter: str
    partner: str
    flow: str
    code: str
    currency: str
    before: float | None
    after: float
    is_value: bool


class Staging:
    """The gathered flows of one file.

    Attributes:
        path: the private database.
        seen: state of the datasets when the flows were compared, as `state_of` returns it.
    """

    def __init__(self) -> None:
        self._folder = PrivateFolder()
        self.path = self._folder.path / "staging.db"
        self.seen: tuple[Value, ...] = ()
        self._arrivals = Arrivals(self._folder.path)
        self._publishers: list[tuple[str, int, int]] = []
        self._matched = 0
        self._is_summed = True
        self._connection = sqlite3.connect(
            self.path.as_uri() + "?mode=rwc", uri=True, isolation_level=None, check_same_thread=False
        )
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2000", "temp_store = FILE"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        for statement in (*_SCHEMA, *sorted_flows.SCHEMA):
            self._connection.execute(statement)

    def close(self) -> None:
        """Remove everything; may be called twice."""
        self._arrivals.close()
        self._connection.close()
        self._folder.close()

    def add(self, flows: FlowColumns) -> None:
        """Take in flows, in any order. Raises UserError when the disk for temporary files is full."""
        with _room():
            self._arrivals.add(flows)

    def finish(
        self,
        series: Sequence[tuple[Value, ...]],
        attributes: Sequence[tuple[Value, ...]],
        codes: Sequence[str],
        progress: Progress,
    ) -> list[Twin]:
        """Sort what was taken in, leave out what stands there twice, and sum it up.

        Args:
            series, attributes, codes: what the numbers in the flows stand for, from 1.
            progress: reports, and may cancel.

        Returns:
            Flows that stand twice: equal ones are kept once, of unlike ones only the first.
        """
        twins: list[Twin] = []
        with _room():
            self._many("INSERT INTO series VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", series)
            self._many("INSERT INTO attributes VALUES (?, ?, ?, ?)", attributes)
            self._connection.execute("BEGIN")
            rows = SortedFlows(self._connection, series, codes)
            for flows in self._arrivals.in_order(rows.order.keys):
                progress.report(0, 0, "Sorting")
                twins += rows.write(flows)
            rows.sum_up()
            self._connection.execute("COMMIT")
        self._publishers = rows.publishers()
        return twins

    def compare(self, database: Database, progress: Progress) -> None:
        """Compare with what the real file has from the same publishers."""
        self.seen = state_of(database)
        with _room():
            self._connection.execute("ATTACH ? AS azcn", (database.path.absolute().as_uri() + "?mode=ro",))
            try:
                self._compare(progress)
            finally:
                self._connection.execute("DETACH azcn")

    # -- what is there

    def publishers(self) -> list[tuple[str, int, int]]:
        """Return each publisher with the ids of its first and last flow, in the order of the flows."""
        return self._publishers

    def counts(self) -> tuple[int, int, int]:
        """Return how many flows are new, changed and the same as before."""
        every = self._all("SELECT count(*) FROM flow")[0][0]
        if not self._matched:
            return every, 0, 0
        changed, same = self._all(f"SELECT sum(status = {CHANGED:d}), sum(status = {SAME:d}) FROM flow")[0]
        return every - changed - same, changed, same

    def coverage(self) -> list[Coverage]:
        """Return what the file covers, most flows first."""
        rows = self._all(
            "SELECT k.publisher, k.frequency, k.is_cumulative, k.reporter, k.partner, k.flow, k.classification, "
            "k.valuation, k.currency, min(k.period), max(k.period), sum(s.flows), sum(s.total) "
            "FROM (SELECT series, sum(flows) AS flows, sum(CASE level WHEN 0 THEN value END) AS total FROM sums "
            "GROUP BY series) s JOIN series k ON k.id = s.series "
            "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 ORDER BY 12 DESC, 1, 4, 5, 6"
        )
        return [Coverage(*row) for row in rows]

    def changes(self, limit: int) -> list[ChangedFlow]:
        """Return flows whose value differs from before, the largest differences first."""
        rows = self._all(
            "SELECT f.line, s.period, s.reporter, s.partner, s.flow, f.code, s.currency, p.value, f.value, "
            "f.value IS NOT p.value FROM flow f JOIN series s ON s.id = f.series "
            "JOIN present p ON p.series = f.series AND p.code = f.code "
            f"WHERE f.status = {CHANGED:d} ORDER BY abs(f.value - p.value) DESC, f.id LIMIT ?",
            (limit,),
        )
        return [ChangedFlow(*row) for row in rows]

    def codes(self) -> list[tuple[str, str]]:
        """Return the pairs of classification and code in the file."""
        return self._all("SELECT DISTINCT classification, code FROM codes")

    def sum_up(self) -> None:
        """Bring the sums up to what is going to be written: without flows that are there already."""
        if not self._is_summed:
            self._sum()

    def drop_lines(self, lines: Iterable[int]) -> None:
        """Take out the flows of some lines of the file."""
        taken = self._connection.executemany("DELETE FROM flow WHERE line = ?", ((line,) for line in lines)).rowcount
        if taken > 0:
            self._sum()

    # -- steps

    def _sum(self) -> None:
        """Sum up the flows that are going to be written."""
        execute = self._connection.execute
        for statement in ("DELETE FROM sums", "DELETE FROM codes", _SUM):
            execute(statement)
        names = self._all("SELECT DISTINCT publisher, coalesce(classification, '') FROM series")
        if len(names) == 1:  # the usual case, and much quicker
            execute(
                f"INSERT INTO codes SELECT ?, ?, code, count(*) FROM flow WHERE status < {SAME:d} GROUP BY code",
                names[0],
            )
        else:
            execute(
                "INSERT INTO codes SELECT s.publisher, coalesce(s.classification, ''), f.code, count(*) FROM flow f "
                f"JOIN series s ON s.id = f.series WHERE f.status < {SAME:d} GROUP BY 1, 2, 3"
            )
        self._is_summed = True

    def _compare(self, progress: Progress) -> None:
        names = [row[0] for row in self._all("SELECT DISTINCT publisher FROM series")]
        datasets = self._all(
            "SELECT id, publisher FROM azcn.dataset WHERE state = 'ready' "
            f"AND publisher IN ({', '.join('?' * len(names))}) ORDER BY id DESC",
            names,
        )
        if not datasets:
            return
        self._connection.execute(
            "CREATE INDEX series_by_key ON series (period, reporter, partner, flow, publisher, classification)"
        )
        for number, (dataset, publisher) in enumerate(datasets):
            for low, high in self._pages(dataset):
                progress.report(number, len(datasets), "Comparing")
                self._connection.execute(_MATCH, (publisher, dataset, low, high))
        self._matched = self._connection.execute(_COMPARE).rowcount
        self._is_summed = not self._matched

    def _pages(self, dataset: int) -> Iterator[tuple[int, int]]:
        """Yield ranges of ids of the flows of a dataset, each short enough to be read at once."""
        low = 0
        while True:
            rows = self._all(
                "SELECT max(id) FROM (SELECT id FROM azcn.trade_flow WHERE dataset_id = ? AND id > ? ORDER BY id "
                "LIMIT ?)",
                (dataset, low, _PAGE),
            )
            if rows[0][0] is None:
                return
            yield low, rows[0][0]
            low = rows[0][0]

    def _many(self, sql: str, rows: Sequence[tuple[Value, ...]]) -> None:
        self._connection.execute("BEGIN")
        self._connection.executemany(sql, ((number, *row) for number, row in enumerate(rows, 1)))
        self._connection.execute("COMMIT")

    def _all(self, sql: str, parameters: Sequence[Value] = ()) -> list[Any]:
        return self._connection.execute(sql, parameters).fetchall()


def state_of(database: Database) -> tuple[Value, ...]:
    """Return what must stay as it is between a preview and its import: which datasets there are and count."""
    row = database.all("SELECT coalesce(max(id), 0), count(*), coalesce(sum(state = 'ready'), 0) FROM dataset")[0]
    return tuple(row)


class _room:  # noqa: N801 - reads as a phrase: with _room()
    """Turns a full disk into a sentence."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Translate what SQLite or the system says of the disk."""
        name = getattr(error, "sqlite_errorname", "") or ""
        is_of_disk = isinstance(error, sqlite3.Error) and name.startswith(("SQLITE_FULL", "SQLITE_IOERR"))
        if is_of_disk or isinstance(error, OSError):
            raise UserError(
                f"The disk for temporary files ({tempfile.gettempdir()}) is full or can't be written. Nothing was "
                "imported."
            ) from error
