"""What a row of filters remembers between two starts: its text, and what its chips let through."""

from __future__ import annotations

import json
from collections.abc import Mapping

from azcn_desktop.gui.records.chip import FilterChip


def kept_filters(text: str, chips: Mapping[str, FilterChip]) -> str:
    """Return text and chips as text for `read_filters`."""
    kept = {name: chip.kept() for name, chip in chips.items() if chip.is_active}
    return json.dumps({"text": text, "chips": kept})


def read_filters(state: str) -> tuple[str, dict[str, list[str]]]:
    """Return the text, and by the names of chips what they let through; what can't be read is left out."""
    try:
        kept = json.loads(state or "{}")
    except ValueError:
        return "", {}
    if not isinstance(kept, dict):
        return "", {}
    chips = kept.get("chips")
    values = chips.items() if isinstance(chips, dict) else ()
    return str(kept.get("text", "")), {name: [str(v) for v in of] for name, of in values if isinstance(of, list)}
