"""Which lines of a query may stand in one picture, and in words what had to stay out of it.

Lines of one picture share currency, level and way of valuing: imports CIF and exports FOB are the usual pair. What a
person chooses is kept where it is possible; else the best is chosen. Knows no drawing.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.charts.series import Switch, finite
from azcn_desktop.charts.statistics import naming
from azcn_desktop.charts.statistics.lines import Line, Who, lines_of, who_of
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.sums import FlowSum, flow_sums
from azcn_desktop.store.store import Store

BYS = (("year", "Years"), ("quarter", "Quarters"), ("month", "Months"))
_FINER = ("quarter", "month")
_USUAL = {"M": "CIF", "RM": "CIF", "X": "FOB", "RX": "FOB"}
_PERIOD = re.compile(r"(1[89]|20|21)\d\d(Q[1-4]|0[1-9]|1[0-2])?")
# All goods come first unless codes cover this many times more.
_FAR_MORE = 4
_NAMED = 2


class Lines(Struct, frozen=True):
    """What a query holds that may stand in one picture.

    Attributes:
        lines: of the chosen currency, way of valuing and level; Azerbaijan and China first, then the longest.
        by: year, quarter or month. group, level: what was chosen.
        switches: for these three, each where there is more than one.
        remarks: what is not in the lines, in words.
        cumulative: how many sums since January there are.
    """

    lines: tuple[Line, ...]
    by: str
    group: str
    level: int
    switches: tuple[Switch, ...] = ()
    remarks: tuple[str, ...] = ()
    cumulative: int = 0

    @property
    def currency(self) -> str:
        """The currency of all lines."""
        return self.group.partition("|")[0]


def read_lines(store: Store, query: FlowQuery, choices: Mapping[str, str], *, levels: bool = True) -> Lines:
    """Read the lines of a query that may stand in one picture.

    Args:
        store: the open file.
        query: what flows.
        choices: values of the switches `group`, `level` and `by`; the best where missing or not there.
        levels: keep to one level, as sums need it; else lines of every level come, for who adds codes.
    """
    asked = choices.get("by", "")
    held = _held(store, query, choices, by_year=asked not in _FINER, levels=levels)
    by = asked if asked in (*held.bys, *_FINER) else _usual_by(held, query, levels=levels)
    if by in _FINER and asked != by:
        held = _held(store, query, choices, by_year=False, levels=levels)
    if by not in held.bys:
        by = "year"
        held = _held(store, query, choices, by_year=True, levels=levels)
    lines = held.yearly if by == "year" else lines_of(held.sums, by)
    made = Lines(
        tuple(sorted(lines, key=_rank)), by, held.group, held.level, cumulative=sum(s.is_cumulative for s in held.sums)
    )
    remarks = _remarks(made, held.groups, query, has_level=levels)
    if levels:
        remarks += [*_other_systems(held), *_beside(made, held.inside)]
    return replace(made, switches=_switches(made, held, levels), remarks=tuple(remarks))


class _Held(Struct, frozen=True, dict=True):
    """The sums that may be drawn together, and what they were chosen from.

    Attributes:
        groups, levels: all that there are, each with its number of flows or values, the best first.
        able: the groups that the picture can be made of; others would leave it empty.
        group, level: what was chosen.
        inside: the sums of the group. sums: of the level and of one system of codes.
        bys: years, and what finer periods there are.
    """

    groups: dict[str, int]
    levels: dict[int, int]
    able: dict[str, int]
    group: str
    level: int
    inside: list[FlowSum]
    sums: list[FlowSum]
    bys: list[str]

    @functools.cached_property
    def yearly(self) -> list[Line]:
        """The lines by years, which are made to choose the periods and mostly drawn then."""
        return lines_of(self.sums, "year")


def _held(store: Store, query: FlowQuery, choices: Mapping[str, str], *, by_year: bool, levels: bool) -> _Held:
    """Choose what can stand in one picture; `by_year` lets the database add the months of a year."""
    sums = _readable(flow_sums(store.database, query, by_year=by_year))
    groups = _groups(sums)
    # Who adds codes can make nothing of a currency that has all goods only.
    able = groups if levels else _groups(_coded(sums))
    wanted = choices.get("group", "")
    group = wanted if wanted in able else next(iter(able), "|")
    inside = [s for s in sums if _group(s) == group]
    found = _levels(inside, query)
    asked = choices.get("level", "")
    level = int(asked) if asked in map(str, found) else next(iter(found), 0)
    kept = _of_one_system([s for s in inside if s.level == level] if levels else inside, apart=not levels)
    return _Held(groups, found, able, group, level, inside, kept, _bys(kept if levels else _coded(kept)))


def _coded(sums: list[FlowSum]) -> list[FlowSum]:
    """Keep the sums of codes; all where there are none."""
    return [s for s in sums if s.level > 0] or sums


def _readable(sums: list[FlowSum]) -> list[FlowSum]:
    """Leave out what stands under no period or can't be drawn: a cell may have been edited to anything."""
    return [s for s in sums if _PERIOD.fullmatch(s.period) and finite(s.value) is not None]


@functools.lru_cache(maxsize=1024)
def _group_of(flow: str, valuation: str, currency: str) -> str:
    return f"{currency}|{'' if _USUAL.get(flow) == valuation else valuation}"


def _group(s: FlowSum) -> str:
    return _group_of(s.flow, s.valuation, s.currency)


def _rank(line: Line) -> tuple[object, ...]:
    who = line.who
    return (not who.is_pair, -len(line.values), who.publisher, who.reporter, who.partner, who.flow, who.level)


def _groups(sums: Iterable[FlowSum]) -> dict[str, int]:
    """Return the groups and how many flows each has, most first."""
    flows: Counter[str] = Counter()
    for s in sums:
        flows[_group(s)] += s.flows
    return dict(sorted(flows.items(), key=lambda each: (-each[1], each[0])))


def _of_one_system(sums: list[FlowSum], *, apart: bool) -> list[FlowSum]:
    """Keep the codes of one system: 27 is fuels in the HS and fertilisers in the SITC. All goods are all goods.

    Args:
        sums: of one group.
        apart: let each line have a system of its own, where lines are not looked at together.
    """
    flows: dict[Who | None, Counter[str]] = defaultdict(Counter)
    for s in sums:
        if s.level > 0:
            flows[who_of(s) if apart else None][naming.system_of(s.classification)] += s.flows
    if all(len(of) < 2 for of in flows.values()):
        return sums
    best = {who: max(of, key=lambda name: (of[name], name == "HS")) for who, of in flows.items()}
    return [s for s in sums if s.level <= 0 or naming.system_of(s.classification) == best[who_of(s) if apart else None]]


def _other_systems(held: _Held) -> list[str]:
    """Say which codes of other systems `_of_one_system` left out."""
    drawn = {naming.system_of(s.classification) for s in held.sums}
    flows: Counter[str] = Counter()
    for s in held.inside:
        if s.level == held.level > 0 and (name := naming.system_of(s.classification)) not in drawn:
            flows[name] += s.flows
    return [f"Not drawn: {naming.counted(number, 'flow')} by codes of {name}" for name, number in sorted(flows.items())]


def _levels(sums: Iterable[FlowSum], query: FlowQuery) -> dict[int, int]:
    """Return the levels and how many values each has, the best first.

    Coarse levels miss the least; only words are about the finest codes whose descriptions have them.
    """
    points: Counter[int] = Counter()
    for s in sums:
        points[s.level] += 1
    is_words = bool(query.text.strip()) and not query.is_code
    order = sorted(points, key=lambda level: (level < 0, -level if is_words else level))
    most = max(points.values(), default=0)
    best = next((level for level in order if points[level] * _FAR_MORE >= most), 0)
    return {level: points[level] for level in sorted(order, key=lambda level: level != best)}


def _bys(sums: Iterable[FlowSum]) -> list[str]:
    frequencies = {s.frequency for s in sums if not s.is_cumulative}
    quarterly, monthly = "Q" in frequencies or "M" in frequencies, "M" in frequencies
    return ["year", *(["quarter"] if quarterly else []), *(["month"] if monthly else [])]


def _usual_by(held: _Held, query: FlowQuery, *, levels: bool) -> str:
    """Return what to draw: years where there are at least two, else the finest."""
    if query.frequencies and "A" not in query.frequencies:
        return held.bys[-1]
    lines = [line for line in held.yearly if levels or line.who.level > 0]
    is_enough = len(held.bys) == 1 or any(len(line.values) > 1 for line in lines)
    return "year" if is_enough else held.bys[-1]


def _switches(lines: Lines, held: _Held, has_level: bool) -> tuple[Switch, ...]:
    names = {name: naming.group_name(name) for name in held.able}
    groups = tuple((name, label[:1].upper() + label[1:]) for name, label in names.items())
    ordered = sorted(held.levels if has_level else (), key=lambda level: (level < 0, level))
    found = (
        Switch("by", "Periods", tuple(pair for pair in BYS if pair[0] in held.bys), lines.by),
        Switch("group", "Currency and valuation", groups, lines.group),
        Switch("level", "Level of codes", tuple((str(n), naming.level_name(n)) for n in ordered), str(lines.level)),
    )
    return tuple(switch for switch in found if len(switch.options) > 1)


def _remarks(lines: Lines, offered: dict[str, int], query: FlowQuery, *, has_level: bool) -> list[str]:
    found = []
    for name, flows in offered.items():
        if name != lines.group:
            found.append(f"Not drawn: {naming.counted(flows, 'flow')} in {naming.group_name(name)}")
    if has_level and lines.level and lines.lines:
        text = query.text.strip()
        whole = query.is_code and len(text) == lines.level
        if not whole:
            found.append(f"Added from {naming.level_name(lines.level)}: what is not listed there is missing")
    for origin, words in naming.ORIGINS.items():
        of = [line for line in lines.lines if line.origin == origin]
        if of and lines.lines:
            all_of = "" if len(of) == len(lines.lines) else f" ({', '.join(sorted({x.who.publisher for x in of}))})"
            found.append(f"{words[lines.by]}{all_of}")
    partial = sum(line.partial for line in lines.lines)
    if partial:
        found.append(f"{naming.counted(partial, lines.by)} left out, of which a part is missing")
    unlike = sum(line.unlike for line in lines.lines)
    if unlike:
        found.append(f"{naming.counted(unlike, 'value')} of another classification not drawn")
    if lines.cumulative and lines.by != "year":
        found.append("Sums since January are not drawn as months")
    return found


def _beside(lines: Lines, sums: Iterable[FlowSum]) -> list[str]:
    """Name the sources that have other levels only."""
    drawn = {(line.who.publisher, line.who.reporter, line.who.partner, line.who.flow) for line in lines.lines}
    others = {(s.publisher, s.reporter, s.partner, s.flow) for s in sums if s.level != lines.level} - drawn
    named = sorted(f"{naming.flow_words(source[1], source[3], source[2])}, {source[0]}" for source in others)
    if not named:
        return []
    rest = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
    what = "Only single products, no total" if lines.level == 0 else "Only at other levels"
    return [f"{what}: {'; '.join(named[:_NAMED])}{rest}"]
