"""Products of one period: ranked bars or a treemap, from chapters down to six digits, with the way back.

One series is taken apart: one publisher, reporter, partner and flow in one valuation and currency. Shares are of the
published total where there is one and it is not exceeded, else of the sum of what is listed; which, is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from azcn_desktop.charts.counts import OTHERS
from azcn_desktop.charts.series import LARGEST, Chart, Glyph, Point, Role, Series, Switch
from azcn_desktop.charts.statistics import naming
from azcn_desktop.charts.statistics.lines import Line, Lines, Value
from azcn_desktop.charts.statistics.totals import narrowing
from azcn_desktop.charts.statistics.treemap import Rect, Tile, Treemap, squarified
from azcn_desktop.records.amounts import money
from azcn_desktop.store.flows.commodity_names import descriptions_of
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.flows.sums import CodeSum, code_sums
from azcn_desktop.store.store import Store

MOST_BARS, MOST_TILES = 15, 60
DIGITS = (2, 4, 6)
# A published total may be rounded; a sum beyond it by more is of other goods.
_ROUNDED = 1.0005
_NEARLY_ALL = 0.95
LEAST_CHAPTERS = 20
"""A list of fewer chapters without a published total may be a choice of products."""
# Beyond this many flows in a period, finer codes are only looked at below a chapter.
_MOST_FLOWS = 12_000
_EMPTY: Rect = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Product:
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


@dataclass(slots=True)
class Products:
    """The products of one series and period below one code.

    Attributes:
        line: the series, at the level of the flows that are added; None where there is nothing.
        value: the period.
        digits: how many are told apart. under: the code above them. finest: how many digits the finest codes have.
        products: largest first; those that are none or negative are not among them.
        whole: what shares are of. is_total: whether that is a published value, not the sum of what is listed.
        switches, remarks: as of a chart.
    """

    line: Line | None = None
    value: Value | None = None
    digits: int = 2
    under: str = ""
    finest: int = 2
    products: list[Product] = field(default_factory=list)
    whole: float = 0.0
    is_total: bool = False
    switches: tuple[Switch, ...] = ()
    remarks: list[str] = field(default_factory=list)


def read_products(store: Store, query: FlowQuery, lines: Lines, choices: Mapping[str, str]) -> Products:
    """Read the products of one series and period.

    Args:
        store: the open file.
        query: what flows.
        lines: of every level.
        choices: values of the switches `series`, `period`, `digits` and `under`.
    """
    found = Products(remarks=list(lines.remarks))
    series = series_of_codes(lines.lines)
    if not series:
        return found
    wanted = choices.get("series", "")
    name = wanted if wanted in series else next(iter(series))
    periods = sorted({value.period for line in series[name] for value in line.values}, reverse=True)
    period = choices["period"] if choices.get("period", "") in periods else periods[0]
    there = [(line, value) for line in series[name] if (value := line.at(period))]
    text = query.text.strip() if query.is_code else ""
    under = choices.get("under", "")
    can_be = under.isdigit() and len(under) in DIGITS[:-1] and under.startswith(text)
    found.under = under if can_be else text[: len(text) // 2 * 2][:4]
    found.finest = min(DIGITS[-1], max(line.who.level for line, _ in there))
    able = _able(there, found.under)
    asked = int(choices["digits"]) if choices.get("digits", "").isdigit() else 0
    found.digits = asked if asked in able else able[0]
    line, value = _fitting(there, found.digits)
    found.line, found.value = line, value
    earlier = line.at(naming.year_before(value.period))
    sums, before = (_sums(store, query, found, line, each) for each in (value, earlier))
    _weigh(store, query, found, lines, sums, before)
    _tell(found, lines)
    found.switches = _switches(store, found, series, periods, able, text)
    return found


def draw_bars(products: Products, lines: Lines) -> Chart:
    """Draw the largest products as bars, and all others as one."""
    shown = _shortened(products, MOST_BARS)
    heights = np.array([p.value for p in shown], dtype=np.float64)
    places = np.arange(len(shown), dtype=np.float64)
    nothing = np.zeros(len(shown))
    no = np.zeros(len(shown), dtype=np.bool_)
    points = tuple(_point(products, product, lines) for product in shown)
    plain: tuple[Glyph, ...] = tuple("exact" for _ in points)
    series = Series(
        _series_label(products), _role(products), places, places, heights, nothing, heights, plain, no, no, points
    )
    return Chart(
        title=_title(products), unit=_unit(products, lines), kind="stacked_rows", axis="categories",
        scale=lines.currency, table="trade_flow", series=(series,) if shown else (),
        categories=tuple(_short(naming.code_label(p.code, p.description) or OTHERS) for p in shown),
        switches=products.switches, remarks=tuple(products.remarks),
    )  # fmt: skip


def draw_treemap(products: Products, lines: Lines) -> Treemap:
    """Draw products as tiles, and the smallest together as one."""
    shown = _shortened(products, MOST_TILES)
    rects = squarified([p.value for p in shown])
    tiles = tuple(
        _tile(products, product, lines, rect, number)
        for number, (product, rect) in enumerate(zip(shown, rects, strict=True))
    )
    return Treemap(
        _title(products), _unit(products, lines), lines.currency, tiles, products.under, products.switches,
        tuple(products.remarks),
    )  # fmt: skip


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
    return next(x for x in able if x[1].value >= most * _NEARLY_ALL)


def _sums(store: Store, query: FlowQuery, found: Products, line: Line, value: Value | None) -> dict[str, CodeSum]:
    if value is None:
        return {}
    of = line.who.key | {
        "classification": value.classification, "frequency": value.frequency, "is_cumulative": value.is_cumulative,
    }  # fmt: skip
    is_sum = len(value.periods) > 1  # of months, which come as one year
    sums = code_sums(
        store.database, query, of, found.digits, under=found.under, periods=value.periods, by_year=is_sum
    )  # fmt: skip
    return {each.code: each for each in sums}


def _weigh(
    store: Store, query: FlowQuery, found: Products, lines: Lines, sums: dict[str, CodeSum], before: dict[str, CodeSum]
) -> None:
    """Put products in order, with their shares of the published value of what is above them, or of their sum."""
    assert found.line is not None
    assert found.value is not None
    drawable = [each for each in sums.values() if 0 < each.value <= LARGEST]
    listed = sum(each.value for each in drawable)
    above = _above(store, query, found, lines)
    found.is_total = above is not None and 0 < listed <= above * _ROUNDED
    found.whole = max(above, listed) if found.is_total and above is not None else listed
    words = descriptions_of(store.database, found.value.classification, sums)
    found.products = [
        Product(
            each.code, words.get(each.code, ""), each.value, _before(before, each.code),
            each.value / found.whole if found.whole else 0.0, each.flows,
        )
        for each in sorted(drawable, key=lambda each: (-each.value, each.code))
    ]  # fmt: skip
    if len(drawable) < len(sums):
        found.remarks.append(f"{naming.counted(len(sums) - len(drawable), 'product')} without a value not drawn")


def _before(before: dict[str, CodeSum], code: str) -> float | None:
    """Return the value a year earlier: 0 where others were reported then, None where nothing was."""
    return (before[code].value if code in before else 0.0) if before else None


def _above(store: Store, query: FlowQuery, found: Products, lines: Lines) -> float | None:
    """Return the published value of all goods, or of the code that the products lie under."""
    assert found.line is not None
    assert found.value is not None
    level = len(found.under)
    for line in lines.lines:
        is_above = line.who.level == level and series_name(line) == series_name(found.line)
        if is_above and (at := line.at(found.value.period)):
            if not level:
                return at.value
            parent = Products(line, at, level, found.under)
            return next((each.value for each in _sums(store, query, parent, line, at).values()), None)
    return None


def _tell(found: Products, lines: Lines) -> None:
    assert found.line is not None
    level = found.line.who.level
    above = f"the published value of {found.under}" if found.under else "the published total"
    what = above if found.is_total else f"the sum of what is listed{f' under {found.under}' if found.under else ''}"
    found.remarks.insert(0, f"Shares are of {what}")
    chapters = {product.code[:2] for product in found.products}
    if not found.is_total and not found.under and len(chapters) < LEAST_CHAPTERS:
        listed = naming.counted(len(chapters), "chapter")
        found.remarks.insert(1, f"Only {listed} listed and no total: perhaps a choice of products")
    if level != found.digits:
        found.remarks.append(f"Added from {naming.level_name(level)}")
    if found.line.origin == "months":
        found.remarks.append(f"Added from {len(found.value.periods if found.value else ())} months")
    if len({series_name(line) for line in lines.lines if line.who.level > 0}) > 1:
        found.remarks.append("One series at a time; the others are in the list")


def _switches(
    store: Store, found: Products, series: dict[str, list[Line]], periods: list[str], able: list[int], text: str
) -> tuple[Switch, ...]:
    assert found.line is not None
    assert found.value is not None
    parents = [found.under[:n] for n in DIGITS if len(text) <= n <= len(found.under)]
    words = descriptions_of(store.database, found.value.classification, parents)
    top = () if text else (("", "All products"),)
    ways = (*top, *((code, naming.code_label(code, words.get(code, ""))) for code in parents))
    offered = (
        Switch("series", "Series", series_options(series), series_name(found.line)),
        Switch("period", "Period", tuple((p, naming.period_words(p)) for p in periods), found.value.period),
        Switch("digits", "Level of codes", tuple((str(n), naming.level_name(n)) for n in able), str(found.digits)),
        Switch("under", "Below", ways, found.under),
    )
    return tuple(switch for switch in offered if len(switch.options) > 1)


def _shortened(found: Products, most: int) -> list[Product]:
    """Return the largest, and all others as one, up to the whole that shares are of."""
    shown = found.products[:most]
    rest = found.whole - sum(product.value for product in shown)
    hidden = found.products[most:]
    if rest > found.whole * 1e-9 and (hidden or found.is_total):
        known = [product.before for product in hidden]
        before = sum(b for b in known if b is not None) if known and not found.is_total else None
        return [*shown, Product("", "", rest, before, rest / found.whole, len(hidden))]
    return shown


def _point(found: Products, product: Product, lines: Lines) -> Point:
    assert found.line is not None
    assert found.value is not None
    period = naming.period_words(found.value.period)
    above = found.under or ("the total" if found.is_total else "the listed sum")
    note = [f"{naming.share_words(product.share)} of {above}"]
    if product.before:
        growth = product.value / product.before - 1
        note.append(f"{'+' if growth >= 0 else ''}{100 * growth:.1f} % on the year before".replace("-", "−"))
    elif product.before == 0:
        note.append("Nothing reported the year before")
    if not product.code:
        note.append(f"{naming.counted(product.flows, 'product')} and what is not listed" if found.is_total else
                    naming.counted(product.flows, "product"))  # fmt: skip
    elif product.description:
        note.append(product.description)
    note.append(f"{found.line.who.words}, {period}")
    narrows = narrowing(found.line.who, found.value, product.code or found.under)
    if _is_drillable(found, product):
        narrows = (*narrows, ("under", product.code))
    label = naming.code_label(product.code, product.description) or OTHERS
    return Point((), money(product.value, lines.currency), label, tuple(note), narrows)


def _tile(found: Products, product: Product, lines: Lines, rect: Rect, number: int) -> Tile:
    role, tint = _shade(product, number)
    assert found.line is not None
    return Tile(
        product.code, naming.code_label(product.code, product.description) or OTHERS, product.description,
        product.value, product.share, rect, role, tint, _is_drillable(found, product),
        _point(found, product, lines),
    )  # fmt: skip


def _shade(product: Product, number: int) -> tuple[Role, float]:
    if not product.code:
        return "muted", 0.6
    return naming.section_shade(product.code) if len(product.code) == DIGITS[0] else naming.nth_shade(number)


def _is_drillable(found: Products, product: Product) -> bool:
    return bool(product.code) and len(product.code) < found.finest


def _title(found: Products) -> str:
    if found.line is None or found.value is None:
        return "Products"
    below = f" under {found.under}" if found.under else ""
    return f"{found.line.who.words}, products{below}, {naming.period_words(found.value.period)}"


def _unit(found: Products, lines: Lines) -> str:
    valuation = found.line.who.valuation if found.line else ""
    return ", ".join(part for part in (naming.group_name(lines.group), valuation) if part)


def _series_label(found: Products) -> str:
    return found.line.who.publisher if found.line else ""


def _role(found: Products) -> Role:
    return "amber" if found.line is not None and found.line.who.reporter == "CN" else "accent"


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39].rstrip(' ,;')}…"
