"""Cells of a table of records: what a cell says, means and looks like, by role.

Every answer is taken from a record and its column alone; formatting is what kinds do.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, Qt

from azcn_desktop.gui.presentation import badge_of, style_of, tone_of
from azcn_desktop.gui.roles import BADGE_ROLE, RAW_ROLE, SECONDARY_ROLE, TONE_ROLE, UNRESOLVED_ROLE, WARNING_ROLE, Style
from azcn_desktop.gui.widgets.visible_signs import visible
from azcn_desktop.records.dates import date_sign, is_plain
from azcn_desktop.records.figure_kinds import Period
from azcn_desktop.records.kinds import Amount, Computed, Date, Links, Party, Text, Value
from azcn_desktop.records.schema import Field, RecordType, Schema
from azcn_desktop.records.text import is_han
from azcn_desktop.store.records import Record

_TOOLTIP_FROM = 24
_TOOLTIP_MOST = 1200


class Column(Struct, frozen=True):
    """What is the same for all cells of a column.

    Attributes:
        field: the declaration.
        style: the manner of drawing.
        is_main_title: whether the Chinese name stands behind it.
        shows_printed: whether printed words in it stand for records that are not known.
    """

    field: Field
    style: Style
    is_main_title: bool
    shows_printed: bool


def column_of(schema: Schema, record_type: RecordType, f: Field) -> Column:
    """Return the column of a field."""
    kind = f.kind
    is_named = isinstance(kind, Links) and not isinstance(schema[kind.through].field(kind.member).kind, Text)
    return Column(f, style_of(record_type, f), f.name == record_type.title[0], is_named or isinstance(kind, Party))


def _shown(record: Record, column: Column) -> str:
    date = _date(record, column)
    return date_sign(date) if date else record.show(column.field.name)


def _date(record: Record, column: Column) -> str:
    """Return the date that a cell holds as it is stored; empty for none, and for columns of other kinds."""
    value = record.values.get(column.field.name)
    kind = column.field.kind.of if isinstance(column.field.kind, Computed) else column.field.kind
    return value if isinstance(kind, Date) and isinstance(value, str) else ""


def _edit_text(record: Record, column: Column) -> str:
    name = column.field.name
    return record.show(name) if name in record.labels else record.edit_text(name)


def _raw(record: Record, column: Column) -> Value:
    name = column.field.name
    return record.show(name) if name in record.labels else record.values.get(name)


def _tooltip(record: Record, column: Column) -> str | None:
    lines = []
    text = record.show(column.field.name)
    date = _date(record, column)
    if len(text) > _TOOLTIP_FROM or "\n" in text or (date and not is_plain(date)):
        lines.append(text[:_TOOLTIP_MOST])
    if _is_printed_only(record, column):
        lines.append(QCoreApplication.translate("RecordModel", "As printed; no record stands behind it."))
    if doubt := _doubt(record, column):
        lines.append(doubt)
    # Always marked up, so that Qt never guesses whether a value is rich text.
    return f'<p style="white-space:pre-wrap">{html.escape(visible(chr(10).join(lines)))}</p>' if lines else None


def _tone(record: Record, column: Column) -> str:
    return tone_of(column.field.name, record.values.get(column.field.name))


def _badge(record: Record, column: Column) -> str | None:
    return badge_of(column.field.name, record.values.get(column.field.name))


def _secondary(record: Record, column: Column) -> str | None:
    """Return the Chinese name of a record, to stand after its title."""
    if not column.is_main_title:
        return None
    names = record.labels.get("names", ())
    return next((label.text for label in names if any(map(is_han, label.text))), None)


def _is_printed_only(record: Record, column: Column) -> bool:
    return column.shows_printed and record.is_unresolved(column.field.name)


def _doubt(record: Record, column: Column) -> str | None:
    kind = column.field.kind
    return kind.warn(column.field.name, record.values) if isinstance(kind, Date | Amount | Period) else None


ANSWERS: Final[Mapping[int, Callable[[Record, Column], Any]]] = {
    int(Qt.ItemDataRole.DisplayRole): _shown,
    int(Qt.ItemDataRole.EditRole): _edit_text,
    int(Qt.ItemDataRole.ToolTipRole): _tooltip,
    RAW_ROLE: _raw,
    TONE_ROLE: _tone,
    BADGE_ROLE: _badge,
    SECONDARY_ROLE: _secondary,
    UNRESOLVED_ROLE: _is_printed_only,
    WARNING_ROLE: _doubt,
}
"""Role to the function that answers for it."""
