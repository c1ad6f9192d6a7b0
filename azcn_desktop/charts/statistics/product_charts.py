"""Products of one period, drawn: ranked bars or a treemap, each with the way down to its finer codes."""

from __future__ import annotations

import numpy as np

from azcn_desktop.charts.counts import OTHERS
from azcn_desktop.charts.series import Chart, Glyph, Point, Role, Series
from azcn_desktop.charts.statistics import naming
from azcn_desktop.charts.statistics.picture_lines import Lines
from azcn_desktop.charts.statistics.products import DIGITS, Cut, Product, Products
from azcn_desktop.charts.statistics.totals import narrowing
from azcn_desktop.charts.statistics.treemap import Rect, Tile, Treemap, squarified
from azcn_desktop.records.amounts import money
from azcn_desktop.records.percentages import share_percent

MOST_BARS, MOST_TILES = 15, 60
_NONE = "Products"


def draw_bars(products: Products | None, lines: Lines) -> Chart:
    """Draw the largest products as bars, and all others as one; an empty chart of none."""
    if products is None:
        return Chart(
            title=_NONE, unit=_unit(lines, ""), kind="stacked_rows", axis="categories", scale=lines.currency,
            table="trade_flow", remarks=lines.remarks, switches=lines.switches,
        )  # fmt: skip
    shown = _shortened(products, MOST_BARS)
    heights = np.array([p.value for p in shown], dtype=np.float64)
    places = np.arange(len(shown), dtype=np.float64)
    nothing = np.zeros(len(shown))
    no = np.zeros(len(shown), dtype=np.bool_)
    points = tuple(_point(products, product, lines) for product in shown)
    plain: tuple[Glyph, ...] = tuple("exact" for _ in points)
    who, role = products.cut.line.who, _role(products.cut)
    series = Series(who.publisher, role, places, places, heights, nothing, heights, plain, no, no, points)
    return Chart(
        title=_title(products.cut), unit=_unit(lines, who.valuation), kind="stacked_rows", axis="categories",
        scale=lines.currency, table="trade_flow", series=(series,) if shown else (),
        categories=tuple(_short(naming.code_label(p.code, p.description) or OTHERS) for p in shown),
        switches=(*lines.switches, *products.switches), remarks=products.remarks,
    )  # fmt: skip


def draw_treemap(products: Products | None, lines: Lines) -> Treemap:
    """Draw products as tiles, and the smallest together as one; an empty map of none."""
    if products is None:
        return Treemap(_NONE, _unit(lines, ""), lines.currency, (), "", lines.switches, lines.remarks)
    shown = _shortened(products, MOST_TILES)
    rects = squarified([p.value for p in shown])
    tiles = tuple(
        _tile(products, product, lines, rect, number)
        for number, (product, rect) in enumerate(zip(shown, rects, strict=True))
    )
    return Treemap(
        _title(products.cut), _unit(lines, products.cut.line.who.valuation), lines.currency, tiles, products.cut.under,
        (*lines.switches, *products.switches), products.remarks,
    )  # fmt: skip


def _shortened(found: Products, most: int) -> tuple[Product, ...]:
    """Return the largest, and all others as one, up to the whole that shares are of."""
    shown = found.products[:most]
    rest = found.whole - sum(product.value for product in shown)
    hidden = found.products[most:]
    if rest > found.whole * 1e-9 and (hidden or found.is_total):
        known = [product.before for product in hidden]
        before = sum(b for b in known if b is not None) if known and not found.is_total else None
        return (*shown, Product("", "", rest, before, rest / found.whole, len(hidden)))
    return shown


def _point(found: Products, product: Product, lines: Lines) -> Point:
    cut = found.cut
    period = naming.period_words(cut.value.period)
    above = cut.under or ("the total" if found.is_total else "the listed sum")
    note = [f"{share_percent(100 * product.share)} of {above}"]
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
    note.append(f"{cut.line.who.words}, {period}")
    narrows = narrowing(cut.line.who, cut.value, product.code or cut.under)
    if _is_drillable(cut, product):
        narrows = (*narrows, ("under", product.code))
    label = naming.code_label(product.code, product.description) or OTHERS
    return Point((), money(product.value, lines.currency), label, tuple(note), narrows)


def _tile(found: Products, product: Product, lines: Lines, rect: Rect, number: int) -> Tile:
    role, tint = _shade(product, number)
    return Tile(
        product.code, naming.code_label(product.code, product.description) or OTHERS, product.description,
        product.value, product.share, rect, role, tint, _is_drillable(found.cut, product),
        _point(found, product, lines),
    )  # fmt: skip


def _shade(product: Product, number: int) -> tuple[Role, float]:
    if not product.code:
        return "muted", 1.0
    return naming.section_shade(product.code) if len(product.code) == DIGITS[0] else naming.nth_shade(number)


def _is_drillable(cut: Cut, product: Product) -> bool:
    return bool(product.code) and len(product.code) < cut.finest


def _title(cut: Cut) -> str:
    below = f" under {cut.under}" if cut.under else ""
    return f"{cut.line.who.words}, products{below}, {naming.period_words(cut.value.period)}"


def _unit(lines: Lines, valuation: str) -> str:
    return ", ".join(part for part in (naming.group_name(lines.group), valuation) if part)


def _role(cut: Cut) -> Role:
    return "amber" if cut.line.who.reporter == "CN" else "accent"


def _short(label: str) -> str:
    return label if len(label) <= 40 else f"{label[:39].rstrip(' ,;')}…"
