"""The statistics that ship: single values of statistical offices and the list of codes, loaded at the first build.

They go through the same importer as any file, so they are checked as one. What they are and whose stands in
`db/statistics/datasets.csv`. Harmonised, deflated and reconciled series do not ship.
"""

from __future__ import annotations

import csv
from pathlib import Path

from azcn_desktop.exchange.reference import build_reference
from azcn_desktop.progress import Progress
from azcn_desktop.resources_path import shipped_statistics
from azcn_desktop.store.flows.turns import ALONE
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import plan_import, run_import
from azcn_desktop.trade.layout import Layout, Mapping
from azcn_desktop.trade.layouts import HS_CODES, OWN

_CODES = "hs2022.csv"
_DATASETS = "datasets.csv"


def build_database(path: Path, progress: Progress = Progress()) -> None:  # noqa: B008 - a frozen value
    """Make a new database of the shipped reference tables and statistics. Raises as `build_reference` does."""
    build_reference(path, progress, load_statistics)


def load_statistics(store: Store, progress: Progress) -> None:
    """Load what ships into a store that has no statistics; no step to undo."""
    _load(store, shipped_statistics(_CODES), HS_CODES, Mapping(), progress)
    with shipped_statistics(_DATASETS).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            mapping = Mapping(
                fixed=(("publisher", row["publisher"]),), title=row["title"], licence=row["licence"],
                retrieved_on=row["retrieved_on"], note=row["note"],
            )  # fmt: skip
            _load(store, shipped_statistics(row["file"]), OWN, mapping, progress)


def _load(store: Store, path: Path, layout: Layout, mapping: Mapping, progress: Progress) -> None:
    # The steps of a file are too short to be told; that the build may be cancelled is enough.
    quiet = Progress(is_cancelled=progress.is_cancelled)
    with plan_import(store, path, layout, mapping, quiet) as plan:
        assert not plan.refusals, f"{path}: {plan.refused[0]}"
        run_import(store, plan, quiet, ALONE, is_shipped=True)
