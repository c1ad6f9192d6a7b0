"""Sums of the trade flows that charts and counts read, kept equal to the rows by whoever writes rows.

A chart of thirty years reads a thousand sums instead of seven million rows. There are no triggers: rows are taken out
of the sums before they change, and put in afterwards, in the same transaction, one by one or a slice at a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from azcn_desktop.store.database import Database, Parameters

# How a row is told into its groups. Names of products ("Fuels") have no level, and no chapter.
LEVEL = "CASE WHEN code = 'TOTAL' THEN 0 WHEN code GLOB '[0-9]*' THEN length(code) ELSE -1 END"
CHAPTER = "CASE WHEN code GLOB '[0-9][0-9]*' THEN substr(code, 1, 2) ELSE '' END"
GROUP = (
    "dataset_id, coalesce(replaced_by, 0), frequency, coalesce(is_cumulative, 0), period, reporter, partner, flow, "
    f"coalesce(classification, ''), coalesce(valuation, ''), coalesce(currency, ''), {LEVEL}"
)
CODE_GROUP = "dataset_id, coalesce(replaced_by, 0), coalesce(classification, ''), code"
NAMES = (
    "dataset_id, replaced_by, frequency, is_cumulative, period, reporter, partner, flow, classification, valuation, "
    "currency, level"
)
CODE_NAMES = "dataset_id, replaced_by, classification, code"
# Sums of chapters are found by their whole keys, which those of all goods are the list of.
TOTALS_WITH_CHAPTERS = "trade_total s CROSS JOIN trade_chapter c ON " + " AND ".join(
    f"c.{name} = s.{name}" for name in NAMES.split(", ")
)
SUMS = "count(*), coalesce(sum(value), 0.0), coalesce(sum(net_weight_kg), 0.0)"
_TABLES = (
    ("trade_total", NAMES, GROUP), ("trade_chapter", f"{NAMES}, chapter", f"{GROUP}, {CHAPTER}"),
    ("trade_code", CODE_NAMES, CODE_GROUP),
)  # fmt: skip
_SETTLED = "dataset_id NOT IN (SELECT id FROM dataset WHERE state = 'loading')"
# Which flows count: those of ready datasets that no ready dataset replaced. `t` a row, `s` a sum, `d` its dataset.
ROW_COUNTS = (
    "d.state = 'ready' AND (t.replaced_by IS NULL OR t.replaced_by NOT IN (SELECT id FROM dataset WHERE "
    "state = 'ready'))"
)
SUM_COUNTS = "d.state = 'ready' AND s.replaced_by NOT IN (SELECT id FROM dataset WHERE state = 'ready')"
_SUMMED = "flows, value, net_weight_kg"
# Sums of floating numbers depend on the order of adding. Counts are exact; money and kilograms to the hundredth, and
# beyond 2**53 hundredths to the digits that such a number has.
_TOLERANCE, _RELATIVE = 0.01, 1e-12


def add(database: Database, where: str, parameters: Parameters) -> None:
    """Put rows of trade_flow into the sums; `where` is constant text."""
    _shift(database, 1, where, parameters)


def take_out(database: Database, where: str, parameters: Parameters) -> None:
    """Take rows of trade_flow out of the sums, while they are as they were put in; `where` is constant text."""
    _shift(database, -1, where, parameters)
    for table, names, group in _TABLES:
        columns = names.split(", ")
        # Looked up by whole keys: as a list of keys after IN, SQLite would compare them with every sum of the dataset.
        empty = database.all(
            f"WITH changed ({names}) AS (SELECT {group} FROM trade_flow WHERE {where}) "
            f"SELECT {', '.join(f's.{column}' for column in columns)} FROM changed c CROSS JOIN {table} s "
            f"ON {' AND '.join(f's.{column} = c.{column}' for column in columns)} WHERE s.flows = 0",
            parameters,
        )
        for key in dict.fromkeys(empty):
            database.execute(f"DELETE FROM {table} WHERE {' AND '.join(f'{column} = ?' for column in columns)}", key)


def drop(database: Database, dataset: int) -> None:
    """Forget the sums of a dataset that is being removed."""
    for table, _, _ in _TABLES:
        database.execute(f"DELETE FROM {table} WHERE dataset_id = ?", (dataset,))


def differences(database: Database) -> Iterator[tuple[str, int]]:
    """Yield each table of sums that differs from the rows, with the number of its groups that do.

    A dataset that is being loaded or taken away may have none yet, or none any more.
    """
    for table, names, group in _TABLES:
        sums, summed = (
            ("count(*) AS n", ("flows",)) if table == "trade_code" else (f"{SUMS}", tuple(_SUMMED.split(", ")))
        )
        wanted = {tuple(row[: -len(summed)]): row[-len(summed) :] for row in database.all(
            f"SELECT {group}, {sums} FROM trade_flow WHERE {_SETTLED} GROUP BY {group}")}  # fmt: skip
        kept = {tuple(row[: -len(summed)]): row[-len(summed) :] for row in database.all(
            f"SELECT {names}, {', '.join(summed)} FROM {table} WHERE {_SETTLED}")}  # fmt: skip
        differing = sum(not _same(wanted.get(key), kept.get(key)) for key in wanted.keys() | kept.keys())
        if differing:
            yield table, differing


def _shift(database: Database, sign: int, where: str, parameters: Parameters) -> None:
    database.execute(
        f"INSERT INTO trade_code ({CODE_NAMES}, flows) SELECT {CODE_GROUP}, {sign:d} * count(*) FROM trade_flow "
        f"WHERE {where} GROUP BY {CODE_GROUP} ON CONFLICT ({CODE_NAMES}) DO UPDATE SET flows = flows + excluded.flows",
        parameters,
    )
    for table, names, group in _TABLES[:2]:
        database.execute(
            f"INSERT INTO {table} ({names}, {_SUMMED}) SELECT {group}, {sign:d} * count(*), "
            f"{sign:d} * coalesce(sum(value), 0.0), {sign:d} * coalesce(sum(net_weight_kg), 0.0) FROM trade_flow "
            f"WHERE {where} GROUP BY {group} ON CONFLICT ({names}) DO UPDATE SET flows = flows + excluded.flows, "
            "value = value + excluded.value, net_weight_kg = net_weight_kg + excluded.net_weight_kg",
            parameters,
        )


def _same(one: tuple[float, ...] | None, other: tuple[float, ...] | None) -> bool:
    if one is None or other is None or one[0] != other[0]:
        return False
    return all(
        abs(a - b) <= _TOLERANCE + _RELATIVE * max(abs(a), abs(b)) for a, b in zip(one[1:], other[1:], strict=True)
    )
