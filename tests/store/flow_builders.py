"""Flows for tests, written straight into their table with the sums beside them, and what to compare them by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from azcn_desktop.records.kinds import Value
from azcn_desktop.store.database import Database
from azcn_desktop.store.flows import summaries
from azcn_desktop.store.store import Store

Row = Mapping[str, Value]
COLUMNS = (
    "dataset_id", "period", "frequency", "is_cumulative", "reporter", "partner", "flow", "classification", "code",
    "value", "currency", "net_weight_kg", "quantity", "quantity_unit", "valuation", "is_estimated", "is_reported",
    "replaced_by",
)  # fmt: skip
# id, title, publisher, state; the third is the first's later edition, the fourth was taken back
DATASETS = (
    (1, "Zebra", "One", "ready"), (2, "apple", "Two", "ready"), (3, "Älteste", "One", "ready"),
    (4, "Gone", "One", "removed"),
)  # fmt: skip
COMMODITIES = (
    ("H5", "27", "Old fuels"), ("H6", "27", "Mineral fuels; crude Öl"), ("H6", "2709", "Petroleum oils, crude"),
    ("H6", "270900", "Petroleum oils, CRUDE, 100%"), ("H6", "0801", "Coconuts"), ("S4", "27", "Crude fertilizers"),
    ("S4", "2", "Crude materials"),
)  # fmt: skip


def flow_row(**values: Value) -> dict[str, Value]:
    """Return one flow; what is not given is usual."""
    usual: dict[str, Value] = dict.fromkeys(COLUMNS) | {
        "dataset_id": 1, "period": "2024", "frequency": "A", "is_cumulative": 0, "reporter": "AZ", "partner": "CN",
        "flow": "M", "classification": "H6", "code": "270900", "value": 100.0, "currency": "USD", "valuation": "CIF",
    }  # fmt: skip
    return usual | values


def with_lists(store: Store) -> Store:
    """Put the datasets and the lists of commodities into an empty store."""
    with store.database.transaction():
        for key, title, publisher, state in DATASETS:
            store.database.execute(
                "INSERT INTO dataset (id, uid, rev, created_at, updated_at, title, publisher, state) "
                "VALUES (?, ?, 1, '', '', ?, ?, ?)",
                (key, f"u{key}", title, publisher, state),
            )
        for row in COMMODITIES:
            store.database.execute("INSERT INTO commodity (classification, code, description) VALUES (?, ?, ?)", row)
    return store


def fill(database: Database, rows: Iterable[Row], gaps: Sequence[int] = ()) -> None:
    """Put flows in the place of all that are there, and their sums; `gaps` are ids that are left out."""
    with database.transaction():
        for table in ("trade_flow", "trade_total", "trade_chapter", "trade_code"):
            database.execute(f"DELETE FROM {table}")
        database.connection.executemany(
            f"INSERT INTO trade_flow ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})",
            [[row[column] for column in COLUMNS] for row in rows],
        )
        for key in gaps:
            database.execute("DELETE FROM trade_flow WHERE id = ?", (key,))
        summaries.add(database, "1", ())


def all_rows(database: Database) -> list[dict[str, Value]]:
    """Return every flow with its id."""
    names = ("id", *COLUMNS)
    return [dict(zip(names, row, strict=True)) for row in database.all(f"SELECT {', '.join(names)} FROM trade_flow")]


def counts(row: Row) -> bool:
    """Tell whether a flow counts."""
    ready = [key for key, _, _, state in DATASETS if state == "ready"]
    return row["dataset_id"] in ready and row["replaced_by"] not in ready


def publisher(row: Row) -> str:
    """Return whose statistics a flow is."""
    return next(name for key, _, name, _ in DATASETS if key == row["dataset_id"])
