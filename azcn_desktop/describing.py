"""The data dictionary: every table and field in words, from the declarations.

`db/DATA_DICTIONARY.md` and `db/schema.sql` are written from here and never by hand; a test compares them. Knows the
declarations only, no file and no database.
"""

from __future__ import annotations

from collections.abc import Iterator

from azcn_desktop.records.figure_kinds import Growth, Period
from azcn_desktop.records.kinds import Amount, Choice, Computed, Date, Kind, Link, Links, Number, Party, Scale
from azcn_desktop.records.schema import STANDARD_COLUMNS, Field, RecordType, Schema
from azcn_desktop.store.tables import schema_sql

REGENERATE = "azcn-cli describe --write"
_STANDARD_HELP = {
    "id": "Number of the row in this file.",
    "uid": "Stable identity (ULID), the same in every copy of the file.",
    "rev": "How often the record was written.",
    "created_at": "When it was made, UTC, ISO 8601.",
    "updated_at": "When it was last written, UTC, ISO 8601.",
    "deleted_at": "When it was put into the trash; empty for records in use.",
}
_INTRODUCTION = f"""# Data dictionary

Written by `{REGENERATE}` from `azcn_desktop/records/catalogue.py`; do not edit by hand.

The tables of an AZCN database (SQLite, STRICT). Dates are stored in EDTF (levels 0-1), countries as ISO 3166-1 alpha-2
joined by blanks, currencies as ISO 4217. A field called *virtual* is no column: it shows the rows of a joining table.
Export and import use the names of the fields; a field that links is two columns there, `<field>` and `<field>_uid`.
"""


def data_dictionary(schema: Schema) -> str:
    """Return the data dictionary as Markdown; the same text for the same declarations."""
    parts = [_INTRODUCTION, *_standard_part(), "## Tables\n"]
    parts += [f"- [{t.name}](#{t.name}): {t.help}" for t in schema]
    for record_type in schema:
        parts += ["", *_table_part(record_type)]
    return "\n".join(parts) + "\n"


def schema_script(schema: Schema) -> str:
    """Return the tables as one SQL script, with a line on where it comes from."""
    return f"-- Written by `{REGENERATE}` from azcn_desktop/records/catalogue.py; do not edit by hand.\n" + schema_sql(
        schema
    )


def kind_words(kind: Kind) -> str:
    """Return in a few words what a field of a kind holds."""
    if isinstance(kind, Choice):
        return "one of a list"
    if isinstance(kind, Amount):
        parts = [f"hedge in `{kind.bound}`" if kind.bound else "", f"unit in `{kind.unit}`" if kind.unit else ""]
        parts += [f"range in `{kind.least}` and `{kind.most}`"] if kind.most else []
        return f"amount ({', '.join(filter(None, parts))})"
    if isinstance(kind, Growth):
        return f"growth in {kind.unit} (other form in `{kind.other}`, hedge in `{kind.bound}`)"
    if isinstance(kind, Period):
        return f"period (fills {', '.join(f'`{column}`' for column in kind.beside())})"
    if isinstance(kind, Number):
        return f"number in {kind.unit}" if kind.unit else "number"
    if isinstance(kind, Link):
        return f"link to {kind.target}"
    if isinstance(kind, Party):
        return (
            f"link to {' or '.join(table for table, _ in kind.targets)}{', or printed words' if kind.printed else ''}"
        )
    if isinstance(kind, Links):
        fixed = "".join(f" with {column} {value}" for column, value in kind.fixed)
        return f"virtual: {kind.through}.{kind.member}{fixed}"
    if isinstance(kind, Computed):
        return f"virtual: computed, {kind_words(kind.of)}"
    if isinstance(kind, Date):
        return "date, plain" if kind.only_plain else "date, partial or uncertain"
    if isinstance(kind, Scale):
        return f"step from 0 to {len(kind.steps) - 1} ({', '.join(kind.steps).lower()})"
    return {
        "Integer": "whole number", "Flag": "yes or no (1 or 0)", "Url": "web address", "Words": "several of a list",
    }.get(type(kind).__name__, type(kind).__name__.lower())  # fmt: skip


def _standard_part() -> Iterator[str]:
    yield "## Columns of every table\n\nStatistics in bulk (commodity, trade_flow) have only `id`.\n"
    yield "| Column | SQL | Meaning |\n| --- | --- | --- |"
    yield from (f"| `{column}` | {sql} | {_STANDARD_HELP[column]} |" for column, sql in STANDARD_COLUMNS.items())
    yield "| `search_text` | TEXT NOT NULL DEFAULT '' | Computed: the folded text that is searched. |\n"


def _table_part(record_type: RecordType) -> Iterator[str]:
    yield f"## {record_type.name}\n"
    yield f"{record_type.plural}: {record_type.help} Named by {', '.join(record_type.title)}.\n"
    yield "| Field | Label | Kind | Columns | Meaning | Example |\n| --- | --- | --- | --- | --- | --- |"
    yield from (_field_line(field) for field in record_type.fields)
    lists = [field for field in record_type.fields if isinstance(field.kind, Choice)]
    if lists:
        yield "\nStored words:\n"
    for field in lists:
        assert isinstance(field.kind, Choice)
        words = ", ".join(f"`{word}` ({field.kind.label(word)})" for word in field.kind.words)
        yield f"- `{field.name}`: {words}"


def _field_line(field: Field) -> str:
    kind = field.kind
    columns = {**kind.columns(field.name), **kind.derived_columns(field.name)}
    listed = ", ".join(f"`{column}` {sql}" for column, sql in columns.items()) or "none"
    notes = [
        field.help,
        "Required." if field.is_required else "",
        f"Default {field.default}." if field.default is not None else "",
        "" if field.is_editable else "Kept by the program.",
        f"Also read as {', '.join(field.aliases)}." if field.aliases else "",
    ]
    meaning = " ".join(filter(None, notes)).replace("|", "\\|")
    example = (kind.words[0] if isinstance(kind, Choice) else kind.example).replace("|", "\\|")
    return f"| `{field.name}` | {field.label} | {kind_words(kind)} | {listed} | {meaning} | {example} |"
