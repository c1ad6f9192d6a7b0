"""Columns and cells of an exchanged table: how a record lies in a row, for export and import alike.

A value is written as it is stored. A field that links is two columns, `<field>` with names and `<field>_uid` with
stable identities; several are joined by ` | ` and a bar inside a name is escaped. Knows neither file formats nor SQL.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from azcn_desktop.errors import UserError
from azcn_desktop.records.kinds import Computed, Flag, Kind, Link, Links, Number, Party, Text, Value
from azcn_desktop.records.schema import Field, RecordType, Schema
from azcn_desktop.store.records import TRASH_MARK, LinkLabel, Record
from azcn_desktop.store.store import Store

UID = "uid"
UID_SUFFIX = "_uid"
SEPARATOR = " | "
_UNIT_ENDINGS = {"%": "_pct", "USD": "_usd", "kg": "_kg"}
_MOST_NAMES = 200  # more than any record type has columns

Uids = Mapping[tuple[str, int], str]


class Column(Struct, frozen=True):
    """One column of an exchanged table.

    Attributes:
        name: as in the header.
        field: the field it belongs to; None for the identity of the record.
        is_uid: the identities of linked records instead of their names.
        is_link: the field is two columns.
        part_table: for identities of plain texts (names, offices), the table whose rows hold them; else empty.
    """

    name: str
    field: Field | None = None
    is_uid: bool = False
    is_link: bool = False
    part_table: str = ""

    @property
    def header(self) -> str:
        """The name, with the unit where the name does not tell it: "growth_multiple [times]"."""
        unit = self.field.kind.unit if self.field and isinstance(self.field.kind, Number) else ""
        return f"{self.name} [{unit}]" if unit and not self.name.endswith(_UNIT_ENDINGS.get(unit, "?")) else self.name

    @property
    def plain_kind(self) -> Kind | None:
        """The kind of what stands in the column, also where it is computed; None for the identity of the record."""
        kind = self.field.kind if self.field else None
        return kind.of if isinstance(kind, Computed) else kind

    @property
    def is_flag(self) -> bool:
        """Whether the column says yes or no."""
        return isinstance(self.plain_kind, Flag)

    @property
    def label(self) -> str:
        """What people read above the column."""
        if self.field is None:
            return "Identity"
        return f"{self.field.label}, identity" if self.is_uid else self.field.label


def is_uid(text: str) -> bool:
    """Tell whether a text has the form of an identity (ULID)."""
    return re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", text) is not None


def is_linking(field: Field) -> bool:
    """Tell whether a field is two columns."""
    return isinstance(field.kind, Link | Party | Links)


def columns_of(schema: Schema, record_type: RecordType, names: Sequence[str] = ()) -> list[Column]:
    """Return the columns of a table: all of them, or those of the named fields; the identity comes first."""
    fields = record_type.fields if not names else [record_type.field(n) for n in dict.fromkeys(names) if n != UID]
    columns = [] if record_type.is_bulk else [Column(UID)]
    for field in fields:
        columns.append(Column(field.name, field, is_link=is_linking(field)))
        if is_linking(field):
            columns.append(_uid_column(schema, field))
    return columns


def known_names(record_type: RecordType, wanted: Iterable[str]) -> dict[str, str | None]:
    """Return for each wanted column the field that it names, by name, label or alias; None where there is none."""
    found: dict[str, str | None] = {}
    for name in wanted:
        plain = name.strip()
        found[plain] = UID if plain == UID else _field_named(record_type, plain)
        if found[plain] is None and plain.endswith(UID_SUFFIX):
            found[plain] = _field_named(record_type, plain.removesuffix(UID_SUFFIX))
    return found


def header_columns(schema: Schema, record_type: RecordType, header: Sequence[str]) -> list[Column | None]:
    """Return what each column of a foreign table means; None where no field has that name.

    Raises:
        UserError: two columns mean the same, or none means anything.
    """
    found = [_column_named(schema, record_type, title) for title in header]
    names = [column.name for column in found if column]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UserError(f"Several columns of the file mean {', '.join(twice)}. Leave one of each.")
    if not names:
        possible = ", ".join(column.name for column in columns_of(schema, record_type) if not column.is_uid)
        raise UserError(
            f"No column of the file belongs to {record_type.plural.lower()}. "
            f"The first line must hold names such as {possible}."
        )
    return found


def read_uids(store: Store, records: Iterable[Record], columns: Iterable[Column]) -> Uids:
    """Return the identities of what records show in the columns of identities."""
    asked = [column for column in columns if column.is_uid]
    wanted: dict[str, set[int]] = defaultdict(set)
    for record in records:
        for column in asked:
            assert column.field is not None
            for label in record.labels.get(column.field.name, ()):
                table, key = behind(column, label)
                if key:
                    wanted[table].add(key)
    return {(table, key): uid for table, keys in wanted.items() for key, uid in store.uids(table, keys).items()}


def cell(record: Record, column: Column, uids: Uids) -> Value:
    """Return what stands in one cell: the stored value, or the names or identities of links."""
    if column.field is None:
        return record.uid
    if not column.is_link:
        return record.values.get(column.name)
    labels = record.labels.get(column.field.name, ())
    if not labels:
        return None
    if column.is_uid:
        found = [uids.get(behind(column, label), "") for label in labels]
        return SEPARATOR.join(found) if any(found) else None
    names = [shown_name(label) for label in labels]
    return join_names(names) if isinstance(column.field.kind, Links) else names[0]


def row(record: Record, columns: Sequence[Column], uids: Uids) -> list[Value]:
    """Return the cells of a record."""
    return [cell(record, column, uids) for column in columns]


def behind(column: Column, label: LinkLabel) -> tuple[str, int]:
    """Return table and id of the row whose identity stands for a label; id 0 for printed words."""
    return (column.part_table, label.part_key or 0) if column.part_table else (label.table or "", label.key or 0)


def shown_name(label: LinkLabel) -> str:
    """Return the name that stands for a label, whether or not its record lies in the trash."""
    return label.text.removesuffix(TRASH_MARK)


def plain_text(value: Value) -> str:
    """Write a stored value without loss and without decoration: 942000000.0 gives "942000000"."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def join_names(names: Iterable[str]) -> str:
    """Join names by bars; a bar inside a name is written as `\\|`."""
    return SEPARATOR.join(name.replace("\\", "\\\\").replace("|", "\\|") for name in names)


def split_names(text: str) -> list[str]:
    """Return the names that `join_names` was given; blanks around a bar don't count."""
    names, name, is_escaped = [], "", False
    for character in text:
        if is_escaped or character not in "\\|":
            name, is_escaped = name + character, False
        elif character == "\\":
            is_escaped = True
        else:
            names.append(name.strip())
            name = ""
    return [*names, name.strip()] if text.strip() else []


def record_type_of(schema: Schema, header: Sequence[str]) -> RecordType | None:
    """Return the record type that a header is most like; None unless it names an identity, or most of its names fit."""
    names = [name for name in header if name.strip()]
    if len(names) > _MOST_NAMES:
        return None
    best, most = None, 0
    for record_type in schema:
        fitting = sum(_column_named(schema, record_type, name) is not None for name in names)
        if not record_type.is_bulk and fitting > most:
            best, most = record_type, fitting
    has_identity = any(name.strip().lstrip("\ufeff").lower() == UID for name in names)
    return best if has_identity or (most >= 2 and most * 5 >= len(names) * 4) else None


def _uid_column(schema: Schema, field: Field) -> Column:
    kind = field.kind
    is_text = isinstance(kind, Links) and isinstance(schema[kind.through].field(kind.member).kind, Text)
    part_table = kind.through if isinstance(kind, Links) and is_text else ""
    return Column(field.name + UID_SUFFIX, field, is_uid=True, is_link=True, part_table=part_table)


def _column_named(schema: Schema, record_type: RecordType, title: str) -> Column | None:
    wanted = re.sub(r"\s*\[[^\]]*\]\s*$", "", title.strip().lstrip("\ufeff")).strip()
    if wanted.lower() == UID and not record_type.is_bulk:
        return Column(UID)
    if name := _field_named(record_type, wanted):
        return Column(name, record_type.field(name), is_link=is_linking(record_type.field(name)))
    match = re.fullmatch(r"(.+?)(?:_uid|,? identity| uid)", wanted, re.IGNORECASE)
    name = _field_named(record_type, match[1]) if match else None
    return _uid_column(schema, record_type.field(name)) if name and is_linking(record_type.field(name)) else None


def _field_named(record_type: RecordType, wanted: str) -> str | None:
    folded = wanted.lower()
    if record_type.has_field(folded):
        return folded
    same = [f.name for f in record_type.fields if folded in (f.label.lower(), *(alias.lower() for alias in f.aliases))]
    return same[0] if len(same) == 1 else None
