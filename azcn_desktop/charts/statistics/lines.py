"""Sums of flows as lines over time: like values only, and one source of numbers a line.

A line is one publisher's, reporter's and partner's flow in one valuation, currency and level. Its years are published
ones, or computed from twelve months, four quarters or a sum since January that reached December; never two of these,
and never a year of which a part is missing. Lines of one picture share currency and way of valuing: imports CIF and
exports FOB are the usual pair. Knows no drawing.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from azcn_desktop.charts.series import Switch, finite
from azcn_desktop.charts.statistics import naming
from azcn_desktop.records.kinds import Value as Stored
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.sums import FlowSum, flow_sums
from azcn_desktop.store.store import Store

BYS = (("year", "Years"), ("quarter", "Quarters"), ("month", "Months"))
_USUAL = {"M": "CIF", "RM": "CIF", "X": "FOB", "RX": "FOB"}
_PARTS = {"months": 12, "quarters": 4}
_ORIGINS = ("published", "december", "months", "quarters")
_PAIR = {"AZ", "CN"}
_PERIOD = re.compile(r"(1[89]|20|21)\d\d(Q[1-4]|0[1-9]|1[0-2])?")
# All goods come first unless codes cover this many times more.
_FAR_MORE = 4
_NAMED = 2


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a line.

    Attributes:
        period: YYYY, YYYYQn or YYYYMM.
        value: in whole units of the currency.
        classification: of which edition; empty where not told.
        frequency: of the flows behind it: A, Q or M.
        periods: theirs, first to last.
        flows: how many.
        is_cumulative: 1 where it is a sum since January as published.
    """

    period: str
    value: float
    classification: str
    frequency: str
    periods: tuple[str, ...]
    flows: int
    is_cumulative: int = 0


@dataclass(frozen=True, slots=True)
class Who:
    """Whose flows a line shows; what the picture keeps apart within one currency, way of valuing and level."""

    publisher: str
    reporter: str
    partner: str
    flow: str
    valuation: str
    currency: str
    level: int

    @property
    def key(self) -> dict[str, Stored]:
        """Its values by the names of a `FlowSum`."""
        return {
            "publisher": self.publisher, "reporter": self.reporter, "partner": self.partner, "flow": self.flow,
            "valuation": self.valuation, "currency": self.currency, "level": self.level,
        }  # fmt: skip

    @property
    def words(self) -> str:
        """Whose flow it is: "Azerbaijan: imports from China"."""
        return naming.flow_words(self.reporter, self.flow, self.partner)

    def label(self, among: Iterable[Who]) -> str:
        """Return what it is called among others: with its publisher where they have several."""
        return f"{self.words}, {self.publisher}" if len({who.publisher for who in among}) > 1 else self.words

    @property
    def is_pair(self) -> bool:
        """Tell whether Azerbaijan and China face each other."""
        return {self.reporter, self.partner} == _PAIR


@dataclass(frozen=True, slots=True)
class Line:
    """Values of one source over time.

    Attributes:
        who: whose.
        values: in the order of time; what is missing has none.
        origin: published, december, months or quarters.
        partial: how many periods lie in the data but in parts only.
        unlike: how many values of another classification stand beside those of the line.
    """

    who: Who
    values: tuple[Value, ...]
    origin: str
    partial: int = 0
    unlike: int = 0

    def at(self, period: str) -> Value | None:
        """Return the value of a period."""
        return next((value for value in self.values if value.period == period), None)


@dataclass(slots=True)
class Lines:
    """What a query holds that may stand in one picture.

    Attributes:
        lines: of the chosen currency, way of valuing and level; Azerbaijan and China first, then the longest.
        by: year, quarter or month. group, level: what was chosen.
        switches: for these three, each where there is more than one.
        remarks: what is not in the lines, in words.
        cumulative: how many sums since January there are.
    """

    lines: list[Line]
    by: str
    group: str
    level: int
    switches: tuple[Switch, ...] = ()
    remarks: list[str] = field(default_factory=list)
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
    by = choices.get("by", "")
    sums = _readable(flow_sums(store.database, query, by_year=by not in ("quarter", "month")))
    offered = _groups(sums)
    wanted = choices.get("group", "")
    group = wanted if wanted in offered else next(iter(offered), "|")
    inside = [s for s in sums if _group(s) == group]
    found = _levels(inside, query)
    asked = choices.get("level", "")
    level = int(asked) if asked in map(str, found) else next(iter(found), 0)
    kept = _of_one_system([s for s in inside if s.level == level] if levels else inside, apart=not levels)
    bys = _bys(kept)
    if by in ("quarter", "month") and by not in bys:
        return read_lines(store, query, {**choices, "by": "year"}, levels=levels)
    if by not in bys:
        lines = _lines(kept, "year")
        by = _usual_by(bys, lines, query)
        if by != "year":
            return read_lines(store, query, {**choices, "by": by}, levels=levels)
    else:
        lines = _lines(kept, by)
    made = Lines(sorted(lines, key=_rank), by, group, level, cumulative=sum(s.is_cumulative for s in kept))
    made.switches = _switches(made, offered, found if levels else {}, bys)
    made.remarks = _remarks(made, offered, query, has_level=levels)
    if levels:
        made.remarks += [*_other_systems(inside, kept, level), *_beside(made, inside)]
    return made


def _readable(sums: list[FlowSum]) -> list[FlowSum]:
    """Leave out what stands under no period or can't be drawn: a cell may have been edited to anything."""
    return [s for s in sums if _PERIOD.fullmatch(s.period) and finite(s.value) is not None]


@functools.lru_cache(maxsize=1024)
def _group_of(flow: str, valuation: str, currency: str) -> str:
    return f"{currency}|{'' if _USUAL.get(flow) == valuation else valuation}"


def _group(s: FlowSum) -> str:
    return _group_of(s.flow, s.valuation, s.currency)


def _who(s: FlowSum) -> Who:
    return Who(s.publisher, s.reporter, s.partner, s.flow, s.valuation, s.currency, s.level)


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
            flows[_who(s) if apart else None][naming.system_of(s.classification)] += s.flows
    if all(len(of) < 2 for of in flows.values()):
        return sums
    best = {who: max(of, key=lambda name: (of[name], name == "HS")) for who, of in flows.items()}
    return [s for s in sums if s.level <= 0 or naming.system_of(s.classification) == best[_who(s) if apart else None]]


def _other_systems(inside: list[FlowSum], kept: list[FlowSum], level: int) -> list[str]:
    """Say which codes of other systems `_of_one_system` left out."""
    drawn = {naming.system_of(s.classification) for s in kept}
    flows: Counter[str] = Counter()
    for s in inside:
        if s.level == level > 0 and (name := naming.system_of(s.classification)) not in drawn:
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


def _usual_by(bys: list[str], yearly: list[Line], query: FlowQuery) -> str:
    """Return what to draw: years where there are at least two, else the finest."""
    if query.frequencies and "A" not in query.frequencies:
        return bys[-1]
    return "year" if len(bys) == 1 or any(len(line.values) > 1 for line in yearly) else bys[-1]


def _lines(sums: Iterable[FlowSum], by: str) -> list[Line]:
    """Make the lines, each of the source that has most values; of equal ones the published comes first."""
    held: dict[Who, dict[str, dict[str, list[Value]]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(list)))
    partial: Counter[tuple[Who, str]] = Counter()
    for (who, origin), values in _by_origin(sums, by).items():
        for value, is_whole in values:
            if is_whole:
                held[who][origin][value.period].append(value)
            else:
                partial[who, origin] += 1
    made = []
    for who, origins in held.items():
        origin = max(origins, key=lambda name: (len(origins[name]), -_ORIGINS.index(name)))
        chosen = [max(found, key=_edition) for _, found in sorted(origins[origin].items())]
        beside = sum(len(found) - 1 for found in origins[origin].values())
        made.append(Line(who, tuple(chosen), origin, partial[who, origin], beside))
    return made


def _by_origin(sums: Iterable[FlowSum], by: str) -> dict[tuple[Who, str], list[tuple[Value, bool]]]:
    if by == "year":
        return _years(sums)
    found: dict[tuple[Who, str], list[tuple[Value, bool]]] = defaultdict(list)
    quarters: dict[tuple[Who, str, str], list[FlowSum]] = defaultdict(list)
    for s in sums:
        if s.is_cumulative:
            continue
        if s.frequency == {"month": "M", "quarter": "Q"}[by]:
            found[_who(s), "published"].append((_value(s, s.period), True))
        elif by == "quarter" and s.frequency == "M":
            quarters[_who(s), naming.quarter_of(s.period), s.classification].append(s)
    for (who, quarter, classification), parts in quarters.items():
        periods = tuple(sorted(s.period for s in parts))
        value = Value(quarter, sum(s.value for s in parts), classification, "M", periods, sum(s.flows for s in parts))
        found[who, "months"].append((value, len(periods) == 3))
    return found


def _years(sums: Iterable[FlowSum]) -> dict[tuple[Who, str], list[tuple[Value, bool]]]:
    found: dict[tuple[Who, str], list[tuple[Value, bool]]] = defaultdict(list)
    for s in sums:
        who, year = _who(s), s.period[:4]
        if s.is_cumulative:
            if s.period[4:] in ("12", "Q4"):
                found[who, "december"].append((_value(s, year), True))
        elif s.frequency == "A":
            found[who, "published"].append((_value(s, year), True))
        else:
            origin = "months" if s.frequency == "M" else "quarters"
            periods = naming.parts_of(year, s.frequency)
            value = Value(year, s.value, s.classification, s.frequency, periods, s.flows)
            found[who, origin].append((value, s.periods == _PARTS[origin]))
    return found


def _value(s: FlowSum, period: str) -> Value:
    return Value(period, s.value, s.classification, s.frequency, (s.period,), s.flows, s.is_cumulative)


def _edition(value: Value) -> tuple[bool, str]:
    """Prefer the newest edition of the Harmonized System where one period has several."""
    return value.classification.startswith("H"), value.classification


def _switches(lines: Lines, offered: dict[str, int], levels: dict[int, int], bys: list[str]) -> tuple[Switch, ...]:
    names = {name: naming.group_name(name) for name in offered}
    groups = tuple((name, label[:1].upper() + label[1:]) for name, label in names.items())
    ordered = sorted(levels, key=lambda level: (level < 0, level))
    found = (
        Switch("by", "Periods", tuple(pair for pair in BYS if pair[0] in bys), lines.by),
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
