"""A planned import in words, for the person who decides on it and for the command line.

Reads plans and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from azcn_desktop.records import words
from azcn_desktop.records.amounts import format_number
from azcn_desktop.records.countries import area_name
from azcn_desktop.store.flows.staging import ChangedFlow, Coverage
from azcn_desktop.trade.importing import ImportPlan

_SHOWN = 12


def summary(plan: ImportPlan) -> str:
    """Return the counts of a plan in one line."""
    what = "code" if plan.commodities is not None else "flow"
    parts = [
        f"{plan.new:,} new {what}{'' if plan.new == 1 else 's'}",
        f"{plan.changed:,} changed",
        f"{plan.same:,} the same as before",
    ]
    if plan.refusals:
        parts.append(f"{_counted(plan.refusals, 'row')} refused")
    if plan.left_out:
        parts.append(f"{_counted(sum(count for _, count in plan.left_out), 'row')} left out")
    return ", ".join(parts)


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def preview_lines(plan: ImportPlan) -> Iterator[str]:
    """Yield what importing would do: the layout, what is covered, what changes, what was left out and why."""
    packing = f", packed with {plan.facts.packing}" if plan.facts.packing else ""
    yield f"{plan.facts.path.name}: {plan.layout.title} ({plan.layout.name}){packing}, {_counted(plan.rows, 'row')}"
    yield from (f"  {coverage_words(part)}" for part in plan.coverage[:_SHOWN])
    if len(plan.coverage) > _SHOWN:
        yield f"  and {len(plan.coverage) - _SHOWN:,} more pairs of areas"
    yield from (f"  changed: {change_words(change)}" for change in plan.changes[:_SHOWN])
    yield from (f"  left out: {_counted(count, 'row')}: {reason}" for reason, count in plan.left_out)
    yield from _unknown("code", "that no list of commodities has", plan.unknown_codes)
    yield from _unknown("area", "not known as a country of today", plan.unknown_areas)
    yield from (f"  note: {note}" for note in plan.notes)
    yield summary(plan)


def coverage_words(part: Coverage) -> str:
    """Return in a line what flows of one kind are: who, what, when, how valued, how much."""
    periods = part.first if part.first == part.last else f"{part.first} to {part.last}"
    cumulative = " since January" if part.is_cumulative else ""
    flow, frequency = words.TRADE_FLOW.label(part.flow).lower(), words.FREQUENCY.label(part.frequency).lower()
    total = f", total {format_number(part.total)} {part.currency}" if part.total is not None else ""
    return (
        f"{area_name(part.reporter)} reports {flow} with {area_name(part.partner)}, "
        f"{frequency}{cumulative} {periods}: {_counted(part.flows, 'flow')} in {part.currency}, "
        f"{words.TRADE_VALUATION.label(part.valuation)}{total} ({part.publisher})"
    )


def change_words(change: ChangedFlow) -> str:
    """Return in a line what another value a flow has."""
    before = "empty" if change.before is None else format_number(change.before)
    values = f"{before} → {format_number(change.after)} {change.currency}"
    return (
        f"line {change.line:,}, {area_name(change.reporter)} {words.TRADE_FLOW.label(change.flow).lower()} "
        f"{area_name(change.partner)} {change.period} {change.code}: "
        f"{values if change.is_value else 'weight, quantity or marks differ'}"
    )


def _unknown(what: str, why: str, found: tuple[str, ...]) -> Iterator[str]:
    if found:
        more = ", …" if len(found) > _SHOWN else ""
        yield f"  imported all the same: {_counted(len(found), what)} {why}: {', '.join(found[:_SHOWN])}{more}"
