"""Importing a file of statistics: plan first, then write. The plan is the preview; nothing is written before.

The steps: look at the file, recognise its layout, read its rows into a private database, sort them there, compare them
with what the store has of the same publisher. A plan owns that private database until it is closed.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.errors import UserError
from azcn_desktop.garbage import collector_paused
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.records.kinds import Value
from azcn_desktop.store.flows.arrivals import FlowColumns
from azcn_desktop.store.flows.loading import load
from azcn_desktop.store.flows.staging import ChangedFlow, Coverage, Staging
from azcn_desktop.store.flows.turns import Turns
from azcn_desktop.store.store import Store
from azcn_desktop.trade.areas import is_known
from azcn_desktop.trade.batches import Batch
from azcn_desktop.trade.commodities import plan_commodities, unknown_codes
from azcn_desktop.trade.cumulated import refuse_breaks
from azcn_desktop.trade.flows import FlowReader, Refusal
from azcn_desktop.trade.layout import Layout, Mapping
from azcn_desktop.trade.layouts import MAPPED
from azcn_desktop.trade.reading import FileFacts, examine, tables
from azcn_desktop.trade.recognising import NO_SAMPLE, Found, Sample, Untold, first_sample, recognise, sample_of

_KEPT_CHANGES = 200
_SIDES = ("AZ", "CN")
_TWICE = "The same flow stands in line {first:,} with another value."


class ImportPlan(Struct, frozen=True):
    """What importing a file would do. Close it, or use it in a `with` statement.

    Attributes:
        facts: the file.
        layout: how it is read.
        mapping: what a person said of it.
        rows: rows of the file that were read.
        new, changed, same: flows by how they compare with the store.
        refused: the first refused rows; `refusals` counts them all.
        refusals: refused rows in all.
        left_out: pairs of reason and number of rows that are no flows.
        coverage: what the flows are, most first: areas, flow, periods, valuation, currency, totals.
        changes: flows whose value differs, the largest differences first.
        unknown_codes: codes that the lists of commodities do not have; they are imported all the same.
        unknown_areas: areas that are no country of today; they are imported as they are written.
        notes: what a reader should know.
        commodities: for a list of codes, the step that adds them; else None.
        sample: the beginning of the table that is read.
    """

    facts: FileFacts
    layout: Layout
    mapping: Mapping
    staging: Staging
    rows: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    refused: tuple[Refusal, ...] = ()
    refusals: int = 0
    left_out: tuple[tuple[str, int], ...] = ()
    coverage: tuple[Coverage, ...] = ()
    changes: tuple[ChangedFlow, ...] = ()
    unknown_codes: tuple[str, ...] = ()
    unknown_areas: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    commodities: ChangeSet | None = None
    sample: Sample = NO_SAMPLE

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to write: the same file again."""
        return not self.new and not self.changed

    @property
    def title(self) -> str:
        """The name of the dataset that the import makes."""
        return self.mapping.title or f"{self.layout.title}, {self.facts.path.name}"

    def close(self) -> None:
        """Remove the private database; the plan can't be imported any more."""
        self.staging.close()

    def __enter__(self) -> ImportPlan:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def plan_import(
    store: Store,
    path: Path,
    layout: Layout | None = None,
    mapping: Mapping | None = None,
    progress: Progress = Progress(),  # noqa: B008 - a frozen value
    all_pairs: bool = False,
) -> ImportPlan:
    """Read a file of statistics and say what importing it would do; nothing is written.

    Args:
        store: what it is compared with; may be read-only.
        path: CSV, TSV, JSON or XLSX; CSV and JSON also packed with gzip or zip; Parquet, or a folder of it.
        layout: how to read it, where a person chose it; else recognised by its content.
        mapping: what a person said of its columns.
        progress: reports and may cancel.
        all_pairs: of a Parquet file or folder, which may hold the trade of the world, also take the flows that
            neither Azerbaijan nor China had a side in; they are left out and counted otherwise.

    Raises:
        Untold: the file has no layout that is known, or leaves something untold that a person could say.
        UserError: the file can't be read or can't become flows; with the reason.
        Cancelled: the person stopped it.
    """
    given = mapping or Mapping()
    facts = examine(path, progress)
    held = tables(facts)
    found, others = recognise(path, held, layout, given)
    if found is None:
        raise Untold(
            f"{path} has none of the layouts that are known. Choose the columns by hand, or download it as CSV from "
            "its publisher again.",
            next((sample for table in held if (sample := first_sample(path, table)).header), NO_SAMPLE),
            MAPPED,
        )
    if found.layout.refusal:
        raise UserError(f"{path} ({found.layout.title}): {found.layout.refusal}")
    staging = Staging()
    try:
        notes = _notes(facts, found, others)
        plan = ImportPlan(facts, found.layout, given, staging, notes=notes, sample=sample_of(found))
        if found.layout.lists_codes:
            return _with_commodities(store, plan, found, progress)
        sides = () if all_pairs or facts.kind != "parquet" else _SIDES
        return _with_flows(store, plan, found, sides, progress)
    except BaseException:
        staging.close()
        raise


def run_import(
    store: Store, plan: ImportPlan, progress: Progress, turns: Turns | None = None, is_shipped: bool = False
) -> ChangeNotice:
    """Write what a plan says, as one step. Returns what was touched; empty tables for an empty plan.

    Raises:
        Conflict: another import came between; plan again.
        Cancelled, UserError: nothing remains of it.
    """
    if plan.is_empty:
        return ChangeNotice({}, label=plan.title)
    if plan.commodities is not None:
        wanted = replace(plan.commodities, origin="shipped") if is_shipped else plan.commodities
        return store.apply(wanted)
    datasets = {name: _dataset(plan, name) for name, _, _ in plan.staging.publishers()}
    return load(store, plan.staging, datasets, f"Import {plan.facts.path.name}", progress, turns, is_shipped)


def _with_flows(store: Store, plan: ImportPlan, found: Found, sides: tuple[str, ...], progress: Progress) -> ImportPlan:
    reader = FlowReader(plan.layout, found.header, plan.mapping, sides)
    if missing := reader.missing():
        sentence = f"{plan.facts.path} does not tell {', '.join(missing)}. Choose a column or a value for each."
        raise Untold(sentence, plan.sample, plan.layout)
    refused = _gather(plan, found, reader, progress)
    plan.staging.compare(store.database, progress)
    new, changed, same = plan.staging.counts()
    unknown = unknown_codes(store, plan.staging.codes())
    refusals = reader.refusals + len(refused) - len(reader.refused)
    coverage = tuple(plan.staging.coverage())
    areas = {area for part in coverage for area in (part.reporter, part.partner) if not is_known(area)}
    return replace(
        plan,
        rows=reader.rows, new=new, changed=changed, same=same,
        refused=tuple(sorted(refused, key=lambda refusal: refusal.line)), refusals=refusals,
        left_out=tuple(reader.left_out.most_common()), coverage=coverage,
        changes=tuple(plan.staging.changes(_KEPT_CHANGES)), unknown_codes=tuple(unknown),
        unknown_areas=tuple(sorted(areas)), notes=(*plan.notes, *([reader.note] if reader.note else [])),
    )  # fmt: skip


def _gather(plan: ImportPlan, found: Found, reader: FlowReader, progress: Progress) -> list[Refusal]:
    """Read all rows into the private database and return what was refused, twins among it."""
    kept: list[FlowColumns] = []
    with collector_paused():
        for batch in batches(found, progress):
            if not reader.rows:
                reader.choose_decimal_mark(batch)
            for flows in reader.read(batch):
                plan.staging.add(flows)
                if plan.layout.is_repeating:
                    kept.append(flows)
        twins = plan.staging.finish(reader.series, reader.attributes, reader.codes, progress)
    refused = [*reader.refused]
    refused += [Refusal(t.line, "", _TWICE.format(first=t.first_line)) for t in twins if not t.is_equal]
    if twins_equal := sum(t.is_equal for t in twins):
        reader.left_out["the same flow as in another row"] += twins_equal
    breaks = refuse_breaks(kept, reader.series)
    plan.staging.drop_lines(refusal.line for refusal in breaks)
    return refused + breaks


def batches(found: Found, progress: Progress) -> Iterator[Batch]:
    """Yield the rows below the header of a recognised table."""
    skipped = found.skipped
    for batch in found.table.batches(progress):
        yield batch.part(skipped) if skipped else batch
        skipped = 0


def _with_commodities(store: Store, plan: ImportPlan, found: Found, progress: Progress) -> ImportPlan:
    rows = [row for batch in batches(found, progress) for row in zip(batch.lines, batch.rows, strict=True)]
    listed = plan_commodities(store, plan.layout, found.header, rows)
    step = ChangeSet(f"Import {plan.facts.path.name}", tuple(listed.changes), "import")
    new = sum(change.before is None for change in step.changes)
    return replace(
        plan, rows=len(rows), new=new, changed=len(step.changes) - new, same=listed.same, refused=tuple(listed.refused),
        refusals=len(listed.refused), commodities=step,
    )  # fmt: skip


def _notes(facts: FileFacts, found: Found, others: list[str]) -> tuple[str, ...]:
    notes = [facts.note, found.layout.note]
    notes += [f"The sheet “{name}” is not read: it has no layout that is known." for name in others]
    return tuple(note for note in notes if note)


def _dataset(plan: ImportPlan, publisher: str) -> dict[str, Value]:
    modified = datetime.datetime.fromtimestamp(plan.facts.path.stat().st_mtime, datetime.UTC)
    title = plan.title if plan.layout.publisher or plan.mapping.title else f"{publisher}, {plan.facts.path.name}"
    return {
        "title": title[:300], "publisher": publisher, "file_name": plan.facts.path.name[:300],
        "sha256": plan.facts.sha256,
        "retrieved_on": plan.mapping.retrieved_on or modified.date().isoformat(),
        "layout": plan.layout.name,
        "licence": plan.mapping.licence or plan.layout.licence or None,
        "note": plan.mapping.note or " ".join(plan.notes) or None,
    }  # fmt: skip
