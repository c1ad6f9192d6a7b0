"""A choice of flows as typed on the command line: `reporter:AZ partner:CN flow:M code:27 since:2015`.

Reads words and knows no store.
"""

from __future__ import annotations

import shlex
from typing import Any

from msgspec.structs import replace

from azcn_desktop.errors import UserError
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.trade.areas import area_of

_PARTS = {
    "frequency": "frequencies", "reporter": "reporters", "partner": "partners", "flow": "flows", "level": "levels",
    "publisher": "publishers", "valuation": "valuations", "currency": "currencies",
    "classification": "classifications",
}  # fmt: skip
_WORDS = ("code", "year", "since", "until", *_PARTS)


def parse_flow_filter(text: str) -> FlowQuery:
    """Read a filter: parts of the form `name:value`, all of which must hold; `value|value` is either.

    Raises:
        UserError: a part is none, or its value is of the wrong kind; with what is possible.
    """
    query = FlowQuery()
    try:
        parts = shlex.split(text)
    except ValueError:
        raise UserError(f"The filter {text} has a quotation mark without its other half.") from None
    for part in parts:
        name, sign, value = part.partition(":")
        if not sign or not value or name not in _WORDS:
            raise UserError(f"“{part}” is no filter of trade flows. Possible are {', '.join(_WORDS)}, as in flow:M.")
        query = replace(query, **_changes(name, value))
    return query


def _changes(name: str, value: str) -> dict[str, Any]:
    if name in ("year", "since", "until", "code"):
        if "|" in value:
            raise UserError(f"{name}:{value} names several; {name} takes one value.")
        return {"since": value, "until": value} if name == "year" else {"text" if name == "code" else name: value}
    values = value.split("|")
    try:
        if name in ("reporter", "partner"):
            return {_PARTS[name]: tuple(area_of(area) for area in values)}
        return {_PARTS[name]: tuple(map(int, values)) if name == "level" else tuple(values)}
    except ValueError as error:
        raise UserError(f"{name}:{value} can't be read: {error}") from error
