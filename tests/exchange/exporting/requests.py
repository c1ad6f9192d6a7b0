"""Exports as tests ask for them, and a table read back."""

import csv
import io
from pathlib import Path

from azcn_desktop.exchange.exporting import ExportRequest, ExportResult, TableRequest, export
from azcn_desktop.progress import Progress
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

FORMULA = '=HYPERLINK("https://evil.example";"x")'
SUFFIXES = [".csv", ".xlsx", ".json", ".md", ".html"]


def run(store: Store, target: Path, *tables: TableRequest, is_raw: bool = False) -> ExportResult:
    return export(store, ExportRequest(tables, target, is_raw), Progress())


def everything(table: str) -> TableRequest:
    return TableRequest(Query(table))


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
