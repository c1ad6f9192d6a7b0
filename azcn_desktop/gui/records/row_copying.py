"""Rows of a table for the clipboard: tab-separated text and an HTML table.

Numbers and dates go as they are stored, so that a spreadsheet can reckon with them; words go as they are shown.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData

from azcn_desktop.records.kinds import Choice, Country, Flag, Value
from azcn_desktop.records.schema import Field
from azcn_desktop.store.records import Record


def mime_data(records: Sequence[Record], fields: Sequence[Field]) -> QMimeData:
    """Return the given fields of records with a line of headings."""
    return lines_data([f.label for f in fields], ([_text(record, f) for f in fields] for record in records))


def lines_data(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> QMimeData:
    """Return lines of cells with a line of headings."""
    lines = CopiedLines(headings)
    lines.add(rows)
    return lines.data()


class CopiedLines:
    """Lines of cells that are gathered, under a line of headings; `len` of it is their number."""

    def __init__(self, headings: Sequence[str]) -> None:
        self._text = ["\t".join(headings)]
        self._table = [_cells(headings).replace("td>", "th>")]

    def __len__(self) -> int:
        return len(self._text) - 1

    def add(self, rows: Iterable[Sequence[str]]) -> None:
        """Take some more lines."""
        for row in rows:
            line = list(map(_plain, row))
            self._text.append("\t".join(line))
            self._table.append(_cells(line))

    def data(self) -> QMimeData:
        """Return all lines as text and as a table of HTML."""
        data = QMimeData()
        data.setText("\n".join(self._text) + "\n")
        table = "".join(f"<tr>{line}</tr>" for line in self._table)
        data.setHtml(f'<meta charset="utf-8"><table>{table}</table>')
        return data


def exact(value: Value) -> str:
    """Return a stored value so that a spreadsheet can reckon with it."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value)


def _text(record: Record, f: Field) -> str:
    if f.name in record.labels:
        return " | ".join(label.text for label in record.labels[f.name])
    if isinstance(f.kind, Choice | Country | Flag):
        return record.show(f.name)
    return exact(record.values.get(f.name))


def _cells(line: Iterable[str]) -> str:
    return "".join(f"<td>{html.escape(cell)}</td>" for cell in line)


def _plain(text: str) -> str:
    """Return a text as one cell: tabs and line breaks would begin another one."""
    return " ".join(text.split()) if any(c in text for c in "\t\r\n\u2028\u2029") else text
