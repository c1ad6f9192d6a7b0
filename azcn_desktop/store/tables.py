"""SQL of the tables, derived from the declarations.

Names come only from the checked schema, never from data. Knows how a table is written down, not when it is made.
"""

from __future__ import annotations

from collections.abc import Sized

from azcn_desktop.records.schema import SEARCH_COLUMN, STANDARD_COLUMNS, RecordType, Schema

JOURNAL_TABLES = {
    "journal_set": """CREATE TABLE journal_set (
  id INTEGER PRIMARY KEY,
  label TEXT NOT NULL,
  origin TEXT NOT NULL,
  at TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT 'done'
) STRICT""",
    "journal": """CREATE TABLE journal (
  id INTEGER PRIMARY KEY,
  set_id INTEGER NOT NULL REFERENCES journal_set(id) ON DELETE CASCADE,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  before_image TEXT,
  after_image TEXT
) STRICT""",
    "shipped": """CREATE TABLE shipped (
  reference_id TEXT PRIMARY KEY,
  table_name TEXT NOT NULL,
  row_id INTEGER NOT NULL,
  image TEXT
) STRICT""",
}
JOURNAL_INDEXES = {
    "journal_by_set": "CREATE INDEX journal_by_set ON journal (set_id)",
    "journal_by_row": "CREATE INDEX journal_by_row ON journal (table_name, row_id)",
    "shipped_by_row": "CREATE INDEX shipped_by_row ON shipped (table_name, row_id)",
}
# Sums of the trade flows, kept equal to them by `summaries.py`. A flow that a later dataset replaced is summed apart.
_GROUP = """dataset_id INTEGER NOT NULL,
  replaced_by INTEGER NOT NULL,
  frequency TEXT NOT NULL,
  is_cumulative INTEGER NOT NULL,
  period TEXT NOT NULL,
  reporter TEXT NOT NULL,
  partner TEXT NOT NULL,
  flow TEXT NOT NULL,
  classification TEXT NOT NULL,
  valuation TEXT NOT NULL,
  currency TEXT NOT NULL,
  level INTEGER NOT NULL"""
_SUMS = """flows INTEGER NOT NULL,
  value REAL NOT NULL,
  net_weight_kg REAL NOT NULL"""
_GROUP_KEY = (
    "dataset_id, replaced_by, frequency, is_cumulative, period, reporter, partner, flow, classification, valuation, "
    "currency, level"
)
SUMMARY_TABLES = {
    "trade_total": f"""CREATE TABLE trade_total (
  {_GROUP},
  {_SUMS},
  PRIMARY KEY ({_GROUP_KEY})
) STRICT, WITHOUT ROWID""",
    "trade_chapter": f"""CREATE TABLE trade_chapter (
  {_GROUP},
  chapter TEXT NOT NULL,
  {_SUMS},
  PRIMARY KEY ({_GROUP_KEY}, chapter)
) STRICT, WITHOUT ROWID""",
    "trade_code": """CREATE TABLE trade_code (
  dataset_id INTEGER NOT NULL,
  replaced_by INTEGER NOT NULL,
  classification TEXT NOT NULL,
  code TEXT NOT NULL,
  flows INTEGER NOT NULL,
  PRIMARY KEY (dataset_id, replaced_by, classification, code)
) STRICT, WITHOUT ROWID""",
}
# Flows come sorted by code, so this index grows at its end; a prefix of a code is a range in it.
BULK_INDEXES = {
    "trade_flow_by_code": "CREATE INDEX trade_flow_by_code ON trade_flow (code, period)",
    "trade_flow_by_replaced_by": "CREATE INDEX trade_flow_by_replaced_by ON trade_flow (replaced_by, dataset_id) "
    "WHERE replaced_by IS NOT NULL",
    "commodity_by_code": "CREATE INDEX commodity_by_code ON commodity (classification, code)",
}
OTHER_TABLES = JOURNAL_TABLES | SUMMARY_TABLES
OTHER_INDEXES = JOURNAL_INDEXES | BULK_INDEXES


def column_definitions(record_type: RecordType) -> dict[str, str]:
    """Return every column of a table with type and references, in the order in which it is made."""
    standard = {"id": "INTEGER PRIMARY KEY"} if record_type.is_bulk else dict(STANDARD_COLUMNS)
    references = record_type.references()
    values = {
        column: f"{sql} REFERENCES {references[column]}(id)" if column in references else sql
        for column, sql in record_type.value_columns().items()
    }
    return standard | values | record_type.derived_columns()


def table_sql(record_type: RecordType) -> str:
    """Return the statement that makes a table."""
    lines = (f"  {quoted(column)} {sql}" for column, sql in column_definitions(record_type).items())
    return f"CREATE TABLE {quoted(record_type.name)} (\n" + ",\n".join(lines) + "\n) STRICT"


def index_sql(record_type: RecordType) -> dict[str, str]:
    """Return the indexes of a table: one for each column that refers to another table."""
    return {
        f"{record_type.name}_by_{column}": f"CREATE INDEX {record_type.name}_by_{column} "
        f"ON {quoted(record_type.name)} ({quoted(column)})"
        for column in record_type.references()
    }


def schema_sql(schema: Schema) -> str:
    """Return the whole schema as one script: `db/schema.sql`."""
    statements = [table_sql(t) for t in schema] + [sql for t in schema for sql in index_sql(t).values()]
    return ";\n".join(statements + list(OTHER_TABLES.values()) + list(OTHER_INDEXES.values())) + ";\n"


def quoted(name: str) -> str:
    """Quote a declared name; some of them (`to`, `text`) are words of SQL."""
    return f'"{name}"'


def marks(values: Sized) -> str:
    """Return a placeholder for each of some values."""
    return ", ".join("?" * len(values))


def stored_columns(record_type: RecordType) -> list[str]:
    """Return the names of all columns of a table without the search key."""
    return [column for column in column_definitions(record_type) if column != SEARCH_COLUMN]
