"""From what a mark stands for to a choice of flows: the pairs of a `Point` as a `FlowQuery`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from azcn_desktop.store.flows.query import FlowQuery

_SINGLE = ("text", "since", "until")
_NO_PART = ("under",)


def narrowed(query: FlowQuery, narrows: Iterable[tuple[str, str]]) -> FlowQuery:
    """Return a query whose parts are those of a mark; parts that the mark does not name stay.

    Args:
        query: what is narrowed down.
        narrows: parts and their values; of several values of one part, one must hold.
    """
    values: dict[str, list[str]] = defaultdict(list)
    for part, value in narrows:
        if part not in _NO_PART and value not in values[part]:
            values[part].append(value)
    parts: dict[str, Any] = {}
    for part, of in values.items():
        if part in _SINGLE:
            parts[part] = of[-1]
        else:
            parts[part] = tuple(int(value) for value in of) if part in ("levels", "datasets") else tuple(of)
    return replace(query, **parts)
