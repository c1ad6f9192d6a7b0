"""Text that a spreadsheet would run is harmless in every format."""

import html
import html.parser
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from azcn_desktop.exchange.exporting import TableRequest
from azcn_desktop.exchange.neutral import neutralise
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store
from tests.exchange.exporting.requests import read_csv, run

SHAPES = ["{}", "{}1+1", "{}cmd|' /C calc'!A0", "  {}SUM(A1)", "\u00a0{}x", "'{}1", "''{}1", '{}"a";b,c']
RISKY = [shape.format(sign) for sign in "=+-@\t\r\n＝＋－＠" for shape in SHAPES]


@pytest.fixture
def risky(store: Store) -> Store:
    """A tag for every text that a spreadsheet might run, in its note."""
    for number, text in enumerate(RISKY):
        store.apply(edits.create(store, "tag", {"name": f"{number:03}", "note": f"{text}."}))
    return store


def _notes_of_csv(path: Path) -> list[str]:
    return [row["note"] for row in read_csv(path)]


def _notes_of_workbook(path: Path) -> list[str]:
    return [row[2] for row in CalamineWorkbook.from_path(path).get_sheet_by_name("tag").to_python()[1:]]


def _notes_of_json(path: Path) -> list[str]:
    return [row["note"] for row in json.loads(path.read_text("utf-8"))["tables"]["tag"]]


def _notes_of_page(path: Path) -> list[str]:
    rows = path.read_bytes().decode().split("<tbody>")[1].split("</tbody>")[0].split("</tr>")[:-1]
    return [html.unescape(row.split("<td>")[3].removesuffix("</td>")) for row in rows]


READERS: dict[str, Callable[[Path], list[str]]] = {
    ".csv": _notes_of_csv, ".xlsx": _notes_of_workbook, ".json": _notes_of_json, ".html": _notes_of_page,
}  # fmt: skip


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("is_raw", [False, True])
def test_every_formula_is_harmless_where_a_spreadsheet_could_run_it_unless_raw_is_asked_for(
    risky: Store, tmp_path: Path, suffix: str, is_raw: bool
) -> None:
    run(risky, tmp_path / f"t{suffix}", TableRequest(Query("tag"), ("name", "note")), is_raw=is_raw)
    wanted = [f"{text}." if is_raw or suffix in (".json", ".html") else neutralise(f"{text}.") for text in RISKY]
    assert READERS[suffix](tmp_path / f"t{suffix}") == wanted
    assert sum(text.startswith("'") for text in wanted) >= (
        14 if is_raw or suffix in (".json", ".html") else len(RISKY)
    )


def test_a_markdown_cell_never_begins_like_a_formula(risky: Store, tmp_path: Path) -> None:
    run(risky, tmp_path / "t.md", TableRequest(Query("tag"), ("note",)))
    cells = [line.split(" | ", 1)[1] for line in (tmp_path / "t.md").read_text("utf-8").splitlines()[4:]]
    assert len(cells) == len(RISKY)
    assert all(cell.startswith("'") for cell in cells)
