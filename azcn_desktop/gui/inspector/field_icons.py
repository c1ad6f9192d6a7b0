"""Which icon stands before a field in the inspector: by its name, else by its kind."""

from __future__ import annotations

from azcn_desktop.records.kinds import Amount, Country, Date, Link, Links, Number, Party, Text, Url
from azcn_desktop.records.schema import Field

_ICONS = {
    "city": "place", "place": "place", "level": "level", "status": "status", "sector": "sector", "topic": "topic",
    "statistics_side": "side", "flow": "side", "participants_az": "meetings", "participants_cn": "meetings",
    "participants_other": "meetings", "partners_az": "organisations", "partners_cn": "organisations",
    "partners_other": "organisations", "parties": "organisations", "signatories": "edit", "posts": "posts",
    "by": "people", "to": "people", "said_by": "people", "published_by": "sources", "publisher": "sources",
    "names": "title", "due_trigger": "calendar", "language": "text", "quote": "quote",
}  # fmt: skip
_ICONS_BY_KIND = (
    (Date, "calendar"),
    (Amount, "money"),
    (Number, "number"),
    (Country, "country"),
    (Url, "web"),
    (Link, "link"),
    (Links, "link"),
    (Party, "people"),
)


def field_icon(field: Field) -> str:
    """Return the name of the icon of a field."""
    if field.name in _ICONS:
        return _ICONS[field.name]
    found = (icon for kind, icon in _ICONS_BY_KIND if isinstance(field.kind, kind))
    return next(found, "topic" if not isinstance(field.kind, Text) else "text")
