"""Small files of statistics for tests: made, not copied."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.flows.turns import Turns
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import, run_import

NAMES = (
    "publisher", "frequency", "period", "reporter", "partner", "flow", "classification", "code", "value", "currency",
    "valuation", "net_weight_kg",
)  # fmt: skip
QUIET = Turns(pause_s=0)
Line = dict[str, object]


def line(**values: object) -> Line:
    """Return one flow; what is not given is usual."""
    usual: Line = {
        "publisher": "Test", "frequency": "A", "period": "2024", "reporter": "AZ", "partner": "CN", "flow": "M",
        "classification": "H6", "code": "270900", "value": 100, "currency": "USD", "valuation": "CIF",
        "net_weight_kg": "",
    }  # fmt: skip
    return usual | values


def text_of(lines: Iterable[Line], delimiter: str = ",") -> str:
    """Return flows as a table of this program's own layout."""
    out = io.StringIO()
    writer = csv.DictWriter(out, NAMES, delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def written(path: Path, *lines: Line) -> Path:
    """Write flows to a file."""
    path.write_text(text_of(lines), encoding="utf-8")
    return path


def take(store: Store, path: Path) -> ChangeNotice:
    """Import a file whatever is refused."""
    with plan_import(store, path) as plan:
        return run_import(store, plan, Progress(), QUIET)


COUNTS = (
    "d.state = 'ready' AND (t.replaced_by IS NULL "
    "OR t.replaced_by NOT IN (SELECT id FROM dataset WHERE state = 'ready'))"
)  # fmt: skip


def flows(store: Store, *columns: str) -> list[tuple[object, ...]]:
    """Return columns of all flows, in the order in which they were written."""
    return store.database.all(f"SELECT {', '.join(columns)} FROM trade_flow ORDER BY id")


def current(store: Store) -> list[tuple[object, ...]]:
    """Return the flows that count: code, period, value."""
    return store.database.all(
        f"SELECT t.code, t.period, t.value FROM trade_flow t JOIN dataset d ON d.id = t.dataset_id WHERE {COUNTS} "
        "ORDER BY 1, 2, 3"
    )


COMTRADE = (
    "typeCode,freqCode,refYear,period,reporterCode,reporterISO,flowCode,partnerCode,partnerISO,partner2Code,"
    "classificationCode,cmdCode,customsCode,motCode,qtyUnitAbbr,qty,netWgt,cifvalue,fobvalue,primaryValue,"
    "legacyEstimationFlag,isReported\n"
)


def comtrade(*rows: str) -> str:
    """Return a Comtrade Plus table; its lines end with one comma more than the header has."""
    return COMTRADE + "".join(f"{row},\n" for row in rows)
