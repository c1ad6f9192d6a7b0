"""Products of one period, read: what codes of two to six digits hold, below all goods or one code, with shares.

One series is taken apart: one publisher, reporter, partner and flow in one valuation and currency. Shares are of the
published total where there is one and it is not exceeded, else of the sum of what is listed; which, is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from azcn_desktop.charts.series import LARGEST, Switch
from azcn_desktop.charts.statistics import naming
from azcn_desktop.charts.statistics.lines import Line, Value
from azcn_desktop.charts.statistics.picture_lines import Lines
from azcn_desktop.store.flows.commodity_names import descriptions_of
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.sums import CodeSum, code_sums
from azcn_desktop.store.store import Store

DIGITS = (2, 4, 6)
# A published total may be rounded; a sum beyond it by more is of other goods.
_ROUNDED = 1.0005
NEARLY_ALL = 0.95
"""A level that has this share of what a finer one has lacks nothing of it."""
LEAST_CHAPTERS = 20
"""A list of fewer chapters without a published total may be a choice of products."""
# Beyond this many flows in a period, finer codes are only looked at below a chapter.
_MOST_FLOWS = 12_000


class Product(Struct, frozen=True):
    """One code in one period.

    Attributes:
        code: as many digits as are told apart; empty for all others together.
        description: whole, or empty.
        value: in whole units of the currency. before: a year earlier; None where that is not known.
        share: 0 to 1 of the whole.
        flows: how many flows are in it.
    """

    code: str
    description: str
    value: float
    before: float | None
    share: float
    flows: int = 0


class Cut(Struct, frozen=True):
    """Where trade is taken apart: one series and period, below one code.

    Attributes:
        line: the series, at the level of the flows that are added.
        value: the period.
        under: the code above; empty for all goods. digits: how many are told apart below it.
        finest: how many digits the finest codes have.
    """

    line: Line
    value: Value
    under: str
    digits: int
    finest: int


class Products(Struct, frozen=True):
    """The products of a cut.

    Attributes:
        cut: where.
        products: largest first; those that are none or negative are not among them.
        whole: what shares are of. is_total: whether that is a published value, not the sum of what is listed.
        switches, remarks: as of a chart.
    """

    cut: Cut
    products: tuple[Product, ...]
    whole: float
    is_total: bool
    switches: tuple[Switch, ...] = ()
    remarks: tuple[str, ...] = ()


def read_products(store: Store, query: FlowQuery, lines: Lines, choices: Mapping[str, str]) -> Products | None:
    """Read the products of one series and period; None where no flow has a code.

    Args:
        store: the open file.
        query: what flows.
        lines: of every level.
        choices: values of the switches `series`, `period`, `digits` and `under`.
    """
    series = series_of_codes(lines.lines)
    if not series:
        return None
    wanted = choices.get("series", "")
    of_series = series[wanted if wanted in series else next(iter(series))]
    periods = sorted({value.period for line in of_series for value in line.values}, reverse=True)
    period = choices["period"] if choices.get("period", "") in periods else periods[0]
    there = [(line, value) for line in of_series if (value := line.at(period))]
    text = query.text.strip() if query.is_code else ""
    under = _under(choices.get("under", ""), text)
    able = _able(there, under)
    asked = int(choices["digits"]) if choices.get("digits", "").isdigit() else 0
    digits = asked if asked in able else able[0]
    cut = Cut(*_fitting(there, digits), under, digits, min(DIGITS[-1], max(line.who.level for line, _ in there)))
    sums, before = (_sums(store, query, cut, each) for each in (cut.value, _year_before(cut)))
    found = _weighed(store, cut, sums, before, _above(store, query, cut, lines))
    return replace(
        found,
        switches=_switches(store, cut, series, periods, able, text),
        remarks=(*_shares_of(found), *lines.remarks, *_left_out(found, lines, len(sums))),
    )


def series_name(line: Line) -> str:
    """Return what names the series of a line whatever its level, as the value of a switch."""
    who = line.who
    return "|".join((who.publisher, who.reporter, who.partner, who.flow, who.valuation))


def series_of_codes(lines: Iterable[Line]) -> dict[str, list[Line]]:
    """Return the lines of each series over its levels of codes: Azerbaijan and China first, then most flows."""
    found: dict[str, list[Line]] = {}
    for line in (line for line in lines if line.who.level > 0):
        found.setdefault(series_name(line), []).append(line)
    size = {name: sum(v.flows for line in each for v in line.values) for name, each in found.items()}
    paired = {name: each[0].who.is_pair for name, each in found.items()}
    return {name: found[name] for name in sorted(found, key=lambda name: (not paired[name], -size[name], name))}


def series_options(series: Mapping[str, list[Line]]) -> tuple[tuple[str, str], ...]:
    """Return the options of a switch between series: name and words."""
    whos = {name: lines[0].who for name, lines in series.items()}
    return tuple((name, who.label(whos.values())) for name, who in whos.items())


def _able(there: list[tuple[Line, Value]], under: str) -> list[int]:
    """Return how many digits can be told apart here: those that flows have, and few enough to be read at once."""
    most = max(line.who.level for line, _ in there)
    able = [digits for digits in DIGITS if len(under) < digits <= most]
    few = all(value.flows <= _MOST_FLOWS for _, value in there)
    return [digits for digits in able if few or digits == 2 or under] or [most]


def _fitting(there: list[tuple[Line, Value]], digits: int) -> tuple[Line, Value]:
    """Return the coarsest level that has enough digits and lacks nothing that a finer one has."""
    able = sorted((x for x in there if x[0].who.level >= digits), key=lambda x: x[0].who.level)
    most = max(value.value for _, value in able)
    return next(x for x in able if x[1].value >= most * NEARLY_ALL)


def _under(wanted: str, text: str) -> str:
    """Return the code to begin below: the one that is wanted where the text of a query allows it, else the text's."""
    is_possible = wanted.isdigit() and len(wanted) in DIGITS[:-1] and wanted.startswith(text)
    return wanted if is_possible else text[: len(text) // 2 * 2][:4]


def _year_before(cut: Cut) -> Value | None:
    return cut.line.at(naming.year_before(cut.value.period))


def _sums(store: Store, query: FlowQuery, cut: Cut, value: Value | None) -> dict[str, CodeSum]:
    """Return the sums of the codes of a cut in one period, by code; none of a period that is not there."""
    if value is None:
        return {}
    of = cut.line.who.key | {
        "classification": value.classification, "frequency": value.frequency, "is_cumulative": value.is_cumulative,
    }  # fmt: skip
    is_sum = len(value.periods) > 1  # of months, which come as one year
    sums = code_sums(store.database, query, of, cut.digits, under=cut.under, periods=value.periods, by_year=is_sum)
    return {each.code: each for each in sums}


def _weighed(
    store: Store, cut: Cut, sums: dict[str, CodeSum], before: dict[str, CodeSum], above: float | None
) -> Products:
    """Put products in order, with their shares of the published value of what is above them, or of their sum."""
    drawable = [each for each in sums.values() if 0 < each.value <= LARGEST]
    listed = sum(each.value for each in drawable)
    is_total = above is not None and 0 < listed <= above * _ROUNDED
    whole = max(above, listed) if is_total and above is not None else listed
    words = descriptions_of(store.database, cut.value.classification, sums)
    products = tuple(
        Product(
            each.code, words.get(each.code, ""), each.value, _before(before, each.code),
            each.value / whole if whole else 0.0, each.flows,
        )
        for each in sorted(drawable, key=lambda each: (-each.value, each.code))
    )  # fmt: skip
    return Products(cut, products, whole, is_total)


def _before(before: dict[str, CodeSum], code: str) -> float | None:
    """Return the value a year earlier: 0 where others were reported then, None where nothing was."""
    return (before[code].value if code in before else 0.0) if before else None


def _above(store: Store, query: FlowQuery, cut: Cut, lines: Lines) -> float | None:
    """Return the published value of all goods, or of the code that the products lie under."""
    level = len(cut.under)
    for line in lines.lines:
        is_above = line.who.level == level and series_name(line) == series_name(cut.line)
        if is_above and (at := line.at(cut.value.period)):
            if not level:
                return at.value
            parent = replace(cut, line=line, value=at, digits=level)
            return next((each.value for each in _sums(store, query, parent, at).values()), None)
    return None


def _shares_of(found: Products) -> list[str]:
    """Say what shares are of, and where that may be a choice of products."""
    under = found.cut.under
    above = f"the published value of {under}" if under else "the published total"
    what = above if found.is_total else f"the sum of what is listed{f' under {under}' if under else ''}"
    chapters = {product.code[:2] for product in found.products}
    if found.is_total or under or len(chapters) >= LEAST_CHAPTERS:
        return [f"Shares are of {what}"]
    listed = naming.counted(len(chapters), "chapter")
    return [f"Shares are of {what}", f"Only {listed} listed and no total: perhaps a choice of products"]


def _left_out(found: Products, lines: Lines, sums: int) -> list[str]:
    """Say what is not drawn, and what had to be added."""
    line, said = found.cut.line, []
    if len(found.products) < sums:
        said.append(f"{naming.counted(sums - len(found.products), 'product')} without a value not drawn")
    if line.who.level != found.cut.digits:
        said.append(f"Added from {naming.level_name(line.who.level)}")
    if line.origin == "months":
        said.append(f"Added from {len(found.cut.value.periods)} months")
    if len({series_name(line) for line in lines.lines if line.who.level > 0}) > 1:
        said.append("One series at a time; the others are in the list")
    return said


def _switches(
    store: Store, cut: Cut, series: dict[str, list[Line]], periods: list[str], able: list[int], text: str
) -> tuple[Switch, ...]:
    parents = [cut.under[:n] for n in DIGITS if len(text) <= n <= len(cut.under)]
    words = descriptions_of(store.database, cut.value.classification, parents)
    top = () if text else (("", "All products"),)
    ways = (*top, *((code, naming.code_label(code, words.get(code, ""))) for code in parents))
    offered = (
        Switch("series", "Series", series_options(series), series_name(cut.line)),
        Switch("period", "Period", tuple((p, naming.period_words(p)) for p in periods), cut.value.period),
        Switch("digits", "Level of codes", tuple((str(n), naming.level_name(n)) for n in able), str(cut.digits)),
        Switch("under", "Below", ways, cut.under),
    )
    return tuple(switch for switch in offered if len(switch.options) > 1)
