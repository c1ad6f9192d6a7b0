"""What the mirror remembers between two starts: switches, factor and year, as one text. What can't be read is left out.

A source may be gone by then; who draws finds that out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from azcn_desktop.charts.mirror import SHOWN, choice_of
from azcn_desktop.errors import UserError
from azcn_desktop.gui.records.lens import words_of


def kept_mirror(choices: Mapping[str, str], year: int | None) -> str:
    """Return choices of switches, and the year that is selected, as text."""
    return json.dumps({"choices": dict(choices), "year": year})


def read_mirror(state: str) -> tuple[dict[str, str], int | None]:
    """Return choices and year of what `kept_mirror` gave; none of them where it says nothing that is possible."""
    try:
        kept = json.loads(state or "{}")
    except ValueError:
        kept = {}
    kept = kept if isinstance(kept, dict) else {}
    choices, year = words_of(kept.get("choices")), kept.get("year")
    try:
        choice_of(choices)
    except UserError:
        del choices["factor"]
    if choices.get("direction", "") not in dict(SHOWN):
        choices.pop("direction", None)
    return choices, year if isinstance(year, int) else None
