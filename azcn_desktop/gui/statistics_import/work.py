"""What the worker does for an import of statistics: plan it, and write it unless the file changed in between.

Plain functions that a job calls with a store of its own; no widget is known here.
"""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.store.store import Store
from azcn_desktop.trade.importing import ImportPlan, run_import
from azcn_desktop.trade.layout import Layout, Mapping
from azcn_desktop.trade.remembering import Remembered, plan_as_before

FileState = tuple[int, int]


class Planned(Struct, frozen=True):
    """A plan to be looked at.

    Attributes:
        plan: what importing would do; whoever holds this closes it.
        is_as_before: a mapping of an earlier file with the same header made it possible.
        state: of the file when it was read.
    """

    plan: ImportPlan
    is_as_before: bool
    state: FileState


class Facts(Struct, frozen=True):
    """What a person says of the dataset; an empty text leaves what the file and its layout say."""

    title: str = ""
    licence: str = ""
    retrieved_on: str = ""
    note: str = ""


def plan(
    path: Path, layout: Layout | None, mapping: Mapping | None, remembered: Remembered, store: Store, progress: Progress
) -> Planned:
    """Read a file and say what importing it would do. Raises what `plan_as_before` raises."""
    state = state_of(path)
    made, is_as_before = plan_as_before(store, path, layout, mapping, remembered, progress)
    return Planned(made, is_as_before, state)


def write(planned: Planned, facts: Facts, store: Store, progress: Progress) -> ChangeNotice:
    """Write what was planned as one step.

    Raises:
        Conflict: the file is not the one that was looked at, or another import came between.
        Cancelled, UserError: nothing remains of it.
    """
    path = planned.plan.facts.path
    if state_of(path) != planned.state:
        raise Conflict(f"{path} was changed after the preview. Look at the preview again.")
    said = replace(
        planned.plan.mapping, title=facts.title, licence=facts.licence or planned.plan.mapping.licence,
        retrieved_on=facts.retrieved_on, note=facts.note,
    )  # fmt: skip
    counted = Progress(partial(_report, progress, planned.plan), progress.is_cancelled)
    return run_import(store, replace(planned.plan, mapping=said), counted)


def state_of(path: Path) -> FileState:
    """Return what tells that a file is another one: its size and when it was written. Raises UserError."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        raise UserError(f"{path} was not found. Check the name.") from None
    return found.st_size, found.st_mtime_ns


def _report(progress: Progress, planned: ImportPlan, done: int, total: int, note: str) -> None:
    """Say how many flows are written; the total is the last place in the staging database."""
    rows = planned.new + planned.changed
    share = min(done / total, 1.0) if total else 0.0
    progress.report(done, total, f"{round(share * rows):,} of {rows:,}" if total else note)
