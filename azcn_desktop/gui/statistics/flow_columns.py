"""The columns of the table of flows, as data: what a cell says, how it is drawn, and where its calculation comes from.

Another column is one more line here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Struct

from azcn_desktop.gui.records.table_columns import ColumnPlan
from azcn_desktop.gui.roles import Style, Tone
from azcn_desktop.gui.statistics import flow_words
from azcn_desktop.records import words
from azcn_desktop.records.catalogue import TRADE_FLOW
from azcn_desktop.records.countries import area_name
from azcn_desktop.records.percentages import share_percent, signed_percent
from azcn_desktop.store.flows.deriving import Derived
from azcn_desktop.store.flows.rows import Flow

FLOW_TONES: Final[dict[str, Tone]] = {"M": "blue", "X": "amber", "RM": "violet", "RX": "green"}


class FlowColumn(Struct, frozen=True):
    """One column.

    Attributes:
        name: of the field, of the derived value, or of what the flow shows beside its fields.
        label, help: over the column.
        style: the manner of drawing.
        width: at first, in pixels of the design.
        text: what a cell says; of derived columns None.
        derived: what a cell says of a derived value; of the others None.
        is_shown: whether it is shown at first.
    """

    name: str
    label: str
    help: str
    style: Style
    width: int
    text: Callable[[Flow], str] | None = None
    derived: Callable[[Derived, Flow], str] | None = None
    is_shown: bool = True

    @property
    def is_editable(self) -> bool:
        """Tell whether the column is a field that a person can edit."""
        return TRADE_FLOW.has_field(self.name) and TRADE_FLOW.field(self.name).is_editable

    @property
    def sort(self) -> str:
        """The word by which flows are sorted by this column; empty for what is computed when it is looked at."""
        return "" if self.derived else self.name


def _reporter(flow: Flow) -> str:
    return area_name(flow.reporter)


def _partner(flow: Flow) -> str:
    return area_name(flow.partner)


def _code(flow: Flow) -> str:
    return flow.code


def _value(flow: Flow) -> str:
    return flow_words.grouped(flow.value)


def _weight(flow: Flow) -> str:
    return flow_words.grouped(flow.net_weight_kg)


def _quantity(flow: Flow) -> str:
    return flow_words.grouped(flow.quantity)


def _valuation(flow: Flow) -> str:
    return words.TRADE_VALUATION.format(flow.valuation)


def _stored(name: str) -> Callable[[Flow], str]:
    def text(flow: Flow) -> str:
        value = getattr(flow, name)
        return "" if value is None else str(value)

    return text


def _growth(derived: Derived, _flow: Flow) -> str:
    return "" if derived.growth_pct is None else signed_percent(derived.growth_pct)


def _share(derived: Derived, _flow: Flow) -> str:
    return "" if derived.share_pct is None else share_percent(derived.share_pct, 2)


def _unit_value(derived: Derived, flow: Flow) -> str:
    text = flow_words.unit_value(derived.unit_value)
    if not text:
        return ""
    return f"{text} {flow.currency}/kg" if flow.currency else f"{text} per kg"


def _sum(derived: Derived, _flow: Flow) -> str:
    return flow_words.grouped(derived.sum_12m)


def _balance(derived: Derived, _flow: Flow) -> str:
    return flow_words.grouped(derived.balance)


COLUMNS: Final = (
    FlowColumn("period", "Period", "Year, quarter or month.", "muted", 124, flow_words.short_period),
    FlowColumn("reporter", "Reporter", "Who reports.", "text", 98, _reporter),
    FlowColumn("partner", "Partner", "With whom.", "text", 98, _partner),
    FlowColumn("flow", "Flow", "As the reporter sees it.", "pill", 86, flow_words.direction),
    FlowColumn("code", "Code", "Leading zeros count; TOTAL for all goods.", "muted", 80, _code),
    FlowColumn("description", "Description", "What the code stands for.", "title", 260, flow_words.description),
    FlowColumn("value", "Value", "As published, in the currency beside it.", "number", 142, _value),
    FlowColumn("currency", "Currency", "ISO 4217.", "muted", 88, _stored("currency")),
    FlowColumn("valuation", "Valuation", "What the value is; unlike ones are never added.", "text", 96, _valuation),
    FlowColumn("growth_pct", "Growth", "Against the same flow one year before.", "number", 106, derived=_growth),
    FlowColumn("share_pct", "Share", "Of all goods of the same flow.", "number", 92, derived=_share),
    FlowColumn("unit_value", "Per kg", "Value of a kilogram.", "number", 126, derived=_unit_value),
    FlowColumn("net_weight_kg", "Net weight, kg", "In kilograms.", "number", 122, _weight),
    FlowColumn("quantity", "Quantity", "In its own unit.", "number", 110, _quantity, is_shown=False),
    FlowColumn("quantity_unit", "Unit", "Of the quantity.", "muted", 70, _stored("quantity_unit"), is_shown=False),
    FlowColumn(
        "sum_12m", "12-month sum", "This month and the eleven before.", "number", 130, derived=_sum, is_shown=False
    ),
    FlowColumn(
        "balance", "Balance", "Exports less imports of the reporter.", "number", 136, derived=_balance, is_shown=False
    ),
    FlowColumn("classification", "List", "HS edition.", "muted", 64, _stored("classification"), is_shown=False),
    FlowColumn("dataset", "Dataset", "Where it came from.", "muted", 220, _stored("dataset"), is_shown=False),
    FlowColumn("publisher", "Publisher", "Whose statistics they are.", "text", 150, _stored("publisher")),
)  # fmt: skip
_BY_NAME: Final = {column.name: column for column in COLUMNS}


def column_named(name: str) -> FlowColumn:
    """Return the column of a name."""
    return _BY_NAME[name]


# A column, and the part of the query that narrows flows down to its value.
_PARTS: Final = {
    "reporter": "reporters", "partner": "partners", "flow": "flows", "valuation": "valuations",
    "currency": "currencies", "classification": "classifications", "publisher": "publishers",
}  # fmt: skip


def narrowing(name: str, flow: Flow) -> tuple[tuple[str, object], ...]:
    """Return the parts of a query, with values, that leave the flows which have the same in a column; maybe none."""
    if name == "period":
        return ("since", flow.period), ("until", flow.period)
    if name in ("code", "description"):
        return (("text", flow.code),)
    if name == "dataset":
        return (("datasets", flow.dataset_id),)
    return ((_PARTS[name], getattr(flow, name)),) if name in _PARTS else ()


def _width_of(name: str) -> int:
    return _BY_NAME[name].width


PLAN: Final = ColumnPlan(
    tuple(_BY_NAME), frozenset(c.name for c in COLUMNS if c.is_shown), _width_of, "description", 178, 10
)
