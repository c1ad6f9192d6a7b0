"""Exports: what stands in the files, what is left out, and that the old file stays until the new one is whole."""

import csv
import datetime
import errno
import html
import html.parser
import io
import json
import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from python_calamine import CalamineWorkbook

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.exchange import atomic_file
from azcn_desktop.exchange.exporting import DataMoved, ExportRequest, ExportResult, TableRequest, chosen_fields, export
from azcn_desktop.exchange.neutral import neutralise
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Party
from azcn_desktop.store import edits
from azcn_desktop.store.database import Database
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store

FORMULA = '=HYPERLINK("https://evil.example";"x")'
SUFFIXES = [".csv", ".xlsx", ".json", ".md", ".html"]


def run(store: Store, target: Path, *tables: TableRequest, is_raw: bool = False) -> ExportResult:
    return export(store, ExportRequest(tables, target, is_raw), Progress())


def everything(table: str) -> TableRequest:
    return TableRequest(Query(table))


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


@pytest.fixture
def meetings(store: Store) -> Store:
    """Three meetings with every difficulty: links, words, dates of all kinds, formulas, and one in the trash."""
    person = store.apply(edits.create(store, "person", {"name": "Şahin | Mustafayev", "country": "AZ"})).new_keys[-1]
    values = [
        {"title": FORMULA, "date": "2025-04-16", "status": "held", "ordinal": 10, "note": "two\nlines | <b>bold</b>"},
        {"title": "Talks in Bakı", "date": "2018-05-22?", "status": "held", "country": "AZ CN", "outcome": "-5"},
        {"title": "Thrown away", "date": "2020", "status": "cancelled"},
    ]
    keys = [store.apply(edits.create(store, "meeting", v)).new_keys[-1] for v in values]
    who = SCHEMA["participation"].field("who").kind
    assert isinstance(who, Party)
    store.apply(edits.add_member(store, "meeting", keys[1], "participants_az", who.assign("person", person)))
    words = who.assign(None, None, "Chinese officials")
    store.apply(edits.add_member(store, "meeting", keys[1], "participants_az", words))
    source = {"publisher": "Trend", "title": "=News", "url": "https://en.trend.az/1", "published": "2018-05"}
    store.apply(edits.cite(store, "meeting", keys[1], source, "met in Baku"))
    store.apply(edits.to_trash(store, "meeting", [keys[2]]))
    return store


def test_csv_holds_stored_values_with_identities_and_neutralised_formulas(meetings: Store, tmp_path: Path) -> None:
    run(meetings, tmp_path / "m.csv", everything("meeting"))
    first, second = read_csv(tmp_path / "m.csv")
    assert (first["title"], first["date"], first["ordinal"]) == ("'" + FORMULA, "2025-04-16", "10")
    assert first["note"] == "two\nlines | <b>bold</b>"
    assert (second["date"], second["country"], second["outcome"]) == ("2018-05-22?", "AZ CN", "-5")
    assert second["participants_az"] == "Şahin \\| Mustafayev | Chinese officials"
    uid = meetings.uids("person", meetings.keys(Query("person")))
    assert second["participants_az_uid"] == f"{next(iter(uid.values()))} | "
    assert len(second["uid"]) == 26


def test_csv_is_utf8_with_mark_all_quoted_with_crlf_and_raw_is_exact(meetings: Store, tmp_path: Path) -> None:
    run(meetings, tmp_path / "m.csv", everything("person"))
    content = (tmp_path / "m.csv").read_bytes()
    assert content.startswith(b'\xef\xbb\xbf"uid","name",')
    assert content.count(b"\r\n") == 2
    run(meetings, tmp_path / "raw.csv", everything("meeting"), is_raw=True)
    raw = (tmp_path / "raw.csv").read_bytes()
    assert raw.startswith(b'"uid"')
    assert FORMULA.replace('"', '""').encode() in raw
    assert b"'=" not in raw


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_lies_in_the_trash_is_left_out(meetings: Store, tmp_path: Path, suffix: str) -> None:
    result = run(meetings, tmp_path / f"m{suffix}", everything("meeting"))
    assert result.counts == {"meeting": 2}
    content = (tmp_path / f"m{suffix}").read_bytes()
    assert b"Thrown away" not in content


def test_selected_keys_in_the_trash_are_left_out_and_a_trash_filter_is_refused(meetings: Store, tmp_path: Path) -> None:
    every = tuple(range(1, 4))
    assert run(meetings, tmp_path / "m.csv", TableRequest(Query("meeting"), keys=every)).counts == {"meeting": 2}
    with pytest.raises(UserError, match="trash"):
        run(meetings, tmp_path / "t.csv", TableRequest(parse_query("is:trash", SCHEMA["meeting"])))


def test_selected_rows_come_in_the_order_of_the_selection(meetings: Store, tmp_path: Path) -> None:
    run(meetings, tmp_path / "m.csv", TableRequest(Query("meeting"), ("title",), keys=(2, 1)))
    assert [row["title"] for row in read_csv(tmp_path / "m.csv")] == ["Talks in Bakı", "'" + FORMULA]


def test_a_workbook_has_a_sheet_a_table_real_numbers_real_days_and_sources(meetings: Store, tmp_path: Path) -> None:
    run(meetings, tmp_path / "m.xlsx", everything("meeting"), everything("person"))
    book = CalamineWorkbook.from_path(tmp_path / "m.xlsx")
    assert book.sheet_names == ["meeting", "person", "Sources"]
    header, first, second = book.get_sheet_by_name("meeting").to_python()
    row = dict(zip(header, first, strict=True))
    assert row["date"] == datetime.date(2025, 4, 16)
    assert row["ordinal"] == 10.0
    assert row["title"] == "'" + FORMULA
    assert dict(zip(header, second, strict=True))["date"] == "2018-05-22?"
    sources = book.get_sheet_by_name("Sources").to_python()
    listed = dict(zip(sources[0], sources[1], strict=True))
    assert (listed["table"], listed["publisher"], listed["title"]) == ("meeting", "Trend", "'=News")
    assert listed["quote"] == "met in Baku"
    assert listed["published"] == "2018-05"


def test_the_sheet_of_sources_has_real_days(filled_store: Store, tmp_path: Path) -> None:
    run(filled_store, tmp_path / "m.xlsx", everything("meeting"))
    header, *rows = CalamineWorkbook.from_path(tmp_path / "m.xlsx").get_sheet_by_name("Sources").to_python()
    published = [row[header.index("published")] for row in rows]
    assert datetime.date(2026, 3, 16) in published
    assert [text for text in published if isinstance(text, str) and len(text) == 10 and text[:2] == "20"] == []


def test_a_workbook_has_no_formula_and_no_link(meetings: Store, tmp_path: Path) -> None:
    run(meetings, tmp_path / "m.xlsx", everything("meeting"), is_raw=True)
    with zipfile.ZipFile(tmp_path / "m.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"hyperlink" not in sheet


def test_numbers_keep_every_digit_in_every_format(store: Store, tmp_path: Path) -> None:
    values = [0.1 + 0.2, 942_000_000.0, 1e-7, 123_456_789_012_345_678.0, 5e299]
    for number, value in enumerate(values):
        store.apply(edits.create(store, "figure", {"measure": f"m{number}", "value": value}))
    for suffix in (".csv", ".json", ".xlsx"):
        run(store, tmp_path / f"f{suffix}", TableRequest(Query("figure", sort="measure"), ("measure", "value")))
    assert [float(row["value"]) for row in read_csv(tmp_path / "f.csv")] == values
    assert read_csv(tmp_path / "f.csv")[1]["value"] == "942000000"
    content = json.loads((tmp_path / "f.json").read_text("utf-8"))
    assert [row["value"] for row in content["tables"]["figure"]] == values
    cells = [row[2] for row in CalamineWorkbook.from_path(tmp_path / "f.xlsx").get_sheet_by_name("figure").to_python()]
    assert [float(cell) for cell in cells[1:]] == values
    assert isinstance(cells[2], float)


def test_units_stand_in_the_header_where_the_name_does_not_tell_them(store: Store, tmp_path: Path) -> None:
    store.apply(edits.create(store, "figure", {"measure": "m", "growth_multiple": 2.3, "growth_pct": 20.7}))
    run(store, tmp_path / "f.xlsx", everything("figure"))
    header = CalamineWorkbook.from_path(tmp_path / "f.xlsx").get_sheet_by_name("figure").to_python()[0]
    assert "growth_multiple [times]" in header
    assert "growth_pct" in header


def test_json_is_exact_and_says_its_schema(meetings: Store, tmp_path: Path) -> None:
    run(meetings, tmp_path / "m.json", everything("meeting"), everything("person"))
    content = json.loads((tmp_path / "m.json").read_text("utf-8"))
    assert content["schema"] == "azcn-export-1"
    assert list(content["tables"]) == ["meeting", "person"]
    assert content["tables"]["meeting"][0]["title"] == FORMULA
    assert content["tables"]["meeting"][0]["ordinal"] == 10
    assert content["tables"]["meeting"][0]["city"] is None
    assert content["sources"][0]["publisher"] == "Trend"


def test_several_tables_to_csv_and_markdown_are_a_file_each(meetings: Store, tmp_path: Path) -> None:
    for suffix in (".csv", ".md"):
        result = run(meetings, tmp_path / f"out{suffix}", everything("meeting"), everything("person"))
        assert result.files == (tmp_path / f"out.meeting{suffix}", tmp_path / f"out.person{suffix}")
        assert all(file.is_file() for file in result.files)
        assert not (tmp_path / f"out{suffix}").exists()


def test_markdown_keeps_each_record_on_a_line_and_no_markup_works(meetings: Store, tmp_path: Path) -> None:
    run(meetings, tmp_path / "m.md", TableRequest(Query("meeting"), ("title", "note", "status")))
    lines = (tmp_path / "m.md").read_text("utf-8").splitlines()
    assert lines[0] == "# Meetings"
    assert lines[2] == "| uid | title | note | status |"
    assert "two<br>lines \\| \\<b\\>bold\\</b\\>" in lines[4]
    assert len(lines) == 6


class _Tags(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def test_html_shows_words_escapes_everything_and_forbids_scripts(meetings: Store, tmp_path: Path) -> None:
    meetings.apply(edits.create(meetings, "meeting", {"title": "<script>alert(1)</script>", "status": "held"}))
    run(meetings, tmp_path / "m.html", everything("meeting"))
    page = (tmp_path / "m.html").read_text("utf-8")
    found = _Tags()
    found.feed(page)
    assert found.tags <= {
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "h1",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "small",
    }
    assert found.attributes <= {"lang", "charset", "http-equiv", "content", "id", "class"}
    assert "default-src 'none'; style-src 'unsafe-inline'" in page
    assert "<script>alert(1)</script>" in found.text
    assert "22 May 2018 (year inferred)" in found.text
    assert "'" + FORMULA in found.text
    assert "Trend" in found.text


def test_columns_are_named_by_name_label_or_alias_and_unknown_ones_refused(meetings: Store, tmp_path: Path) -> None:
    fields = chosen_fields(SCHEMA, ["meeting"], ["Meeting", "participants_az_uid", "status", "uid"])
    assert fields == {"meeting": ("title", "participants_az", "status", "uid")}
    run(meetings, tmp_path / "m.csv", TableRequest(Query("meeting"), fields["meeting"]))
    assert list(read_csv(tmp_path / "m.csv")[0]) == ["uid", "title", "participants_az", "participants_az_uid", "status"]
    with pytest.raises(UserError, match="no column “colour”"):
        chosen_fields(SCHEMA, ["meeting", "person"], ["title", "colour"])
    assert chosen_fields(SCHEMA, ["meeting", "person"], ["city", "name"])["person"] == ("name",)


def test_a_text_too_long_for_a_cell_is_refused_in_words_and_csv_takes_it(store: Store, tmp_path: Path) -> None:
    note = "ə" * 10_000_000
    store.apply(edits.create(store, "tag", {"name": "t", "note": note}))
    with pytest.raises(UserError, match="10,000,000 characters; a cell of a workbook holds 32,767"):
        run(store, tmp_path / "t.xlsx", everything("tag"))
    assert list(tmp_path.glob("*t.xlsx*")) == []
    run(store, tmp_path / "t.json", everything("tag"))
    assert json.loads((tmp_path / "t.json").read_text("utf-8"))["tables"]["tag"][0]["note"] == note


def test_source_texts_are_exported_whole(store: Store, tmp_path: Path) -> None:
    store.apply(edits.create(store, "source", {"title": "t", "text_raw": "x" * 3_000}))
    run(store, tmp_path / "s.csv", TableRequest(Query("source"), ("text_raw",)))
    assert read_csv(tmp_path / "s.csv")[0]["text_raw"] == "x" * 3_000


@pytest.mark.parametrize("name", ["out", "out.txt", "out.db"])
def test_an_unknown_format_is_refused(meetings: Store, tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"must end in one of \.csv"):
        run(meetings, tmp_path / name, everything("meeting"))


# -- files


def test_the_mode_of_the_old_file_and_a_link_to_it_are_kept(meetings: Store, tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    run(meetings, link, everything("meeting"))
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert len(read_csv(real)) == 2


def test_a_new_file_gets_the_usual_mode_and_the_temporary_one_is_private(
    meetings: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def watched(handle: int) -> BinaryIO:
        seen.append(stat.S_IMODE(os.fstat(handle).st_mode))
        return os.fdopen(handle, "wb")

    monkeypatch.setattr(atomic_file, "opened", watched)
    run(meetings, tmp_path / "m.csv", everything("meeting"))
    (tmp_path / "usual").touch()
    assert seen == [0o600]
    assert (tmp_path / "m.csv").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_the_database_that_is_read_is_never_the_target(filled_store: Store, tmp_path: Path) -> None:
    path = filled_store.database.path
    own, link = tmp_path / "own.csv", tmp_path / "link.csv"
    own.hardlink_to(path)
    link.symlink_to(path)
    before = path.read_bytes()
    for target in (own, link):
        with pytest.raises(UserError, match="is the database that is read"):
            run(filled_store, target, everything("meeting"))
    assert path.read_bytes() == before
    assert own.samefile(path)


def test_a_file_that_its_owner_has_protected_is_kept(
    meetings: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kept.csv"
    target.write_text("mine")
    # The superuser may write what is protected, so the system's answer is put in its place.
    monkeypatch.setattr(atomic_file.os, "access", lambda path, mode: Path(path) != target)
    with pytest.raises(UserError, match="is protected"):
        run(meetings, target, everything("meeting"))
    assert [(path.name, path.read_text()) for path in tmp_path.glob("*.csv")] == [("kept.csv", "mine")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_device_is_never_replaced(meetings: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.csv").symlink_to(tmp_path / "pipe")
    with pytest.raises(UserError, match="is a device"):
        run(meetings, tmp_path / "link.csv", everything("meeting"))
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_that_leads_to_itself_is_refused(meetings: Store, tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    with pytest.raises(UserError, match=r"loop\.csv can't be written: .*symbolic links"):
        run(meetings, tmp_path / "loop.csv", everything("meeting"))


def test_a_folder_and_a_missing_folder_are_refused(meetings: Store, tmp_path: Path) -> None:
    (tmp_path / "dir.csv").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        run(meetings, tmp_path / "dir.csv", everything("meeting"))
    with pytest.raises(UserError, match="does not exist"):
        run(meetings, tmp_path / "none" / "m.csv", everything("meeting"))


class FailingFile(io.RawIOBase):
    """A file whose N-th write finds the disk full."""

    def __init__(self, handle: int, budget: list[int]) -> None:
        super().__init__()
        self._file = os.fdopen(handle, "wb")
        self._budget = budget

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def write(self, data: Any) -> int:
        self._budget[0] -= 1
        if self._budget[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._file.write(data)

    def fileno(self) -> int:
        return self._file.fileno()

    def flush(self) -> None:
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        self._file.close()
        super().close()


def _opener(budget: list[int]) -> Callable[[int], Any]:
    def opened(handle: int) -> FailingFile:
        return FailingFile(handle, budget)

    return opened


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_full_disk_at_any_write_leaves_the_old_files_and_nothing_else(
    meetings: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    request = ExportRequest((everything("meeting"), everything("person")), tmp_path / f"out{suffix}")
    for file in request.files.values():
        file.write_text("old")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    sentences = []
    for nth in range(1, 10_000):
        monkeypatch.setattr(atomic_file, "opened", _opener([nth]))
        try:
            export(meetings, request, Progress())
        except UserError as error:
            sentences.append(str(error))
            left = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
            assert left == before
        else:
            break
    assert sentences
    assert all("disk is full" in sentence and "unchanged" in sentence for sentence in sentences)
    assert all(file.read_bytes() != b"old" for file in request.files.values())


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failure_while_the_file_takes_its_place_leaves_the_old_one(
    meetings: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (tmp_path / "m.csv").write_text("old")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os if step == "fsync" else Path, step, fail)
        with pytest.raises(UserError, match=r"m\.csv can't be written"):
            run(meetings, tmp_path / "m.csv", everything("meeting"))
    assert [file.read_text() for file in tmp_path.glob("*m.csv*")] == ["old"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_cancelled_export_leaves_nothing(meetings: Store, tmp_path: Path, suffix: str, nth: int) -> None:
    asked: list[int] = []

    def is_cancelled() -> bool:
        asked.append(1)
        return len(asked) >= nth

    target = tmp_path / f"m{suffix}"
    with pytest.raises(Cancelled):
        export(meetings, ExportRequest((everything("meeting"),), target), Progress(is_cancelled=is_cancelled))
    assert list(tmp_path.glob("*m.*")) == []


def test_ctrl_c_leaves_nothing(meetings: Store, tmp_path: Path) -> None:
    def interrupt(done: int, total: int, note: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(meetings, ExportRequest((everything("meeting"),), tmp_path / "m.csv"), Progress(on_report=interrupt))
    assert list(tmp_path.glob("*m.csv*")) == []


# -- somebody edits meanwhile


@pytest.fixture
def other(meetings: Store) -> Iterator[Store]:
    """A second connection to the same file."""
    opened = Store(Database.open(meetings.path))
    yield opened
    opened.close()


def _editing(other: Store, times: int) -> Progress:
    left = [times]

    def edit(done: int, total: int, note: str) -> None:
        if left[0] and note != "The data changed; starting again":
            left[0] -= 1
            other.apply(edits.create(other, "meeting", {"title": f"Edit {left[0]}", "status": "held"}))

    return Progress(on_report=edit)


def test_an_edit_during_the_export_starts_it_again_and_the_file_is_of_one_state(
    meetings: Store, other: Store, tmp_path: Path
) -> None:
    result = export(meetings, ExportRequest((everything("meeting"),), tmp_path / "m.csv"), _editing(other, 1))
    assert result.counts == {"meeting": 3}
    assert len(read_csv(tmp_path / "m.csv")) == 3


def test_edits_during_both_attempts_are_said_and_nothing_is_written(
    meetings: Store, other: Store, tmp_path: Path
) -> None:
    with pytest.raises(DataMoved, match="Try again"):
        export(meetings, ExportRequest((everything("meeting"),), tmp_path / "m.csv"), _editing(other, 2))
    assert list(tmp_path.glob("*m.csv*")) == []


def test_another_program_can_write_between_two_pages(filled_store: Store, tmp_path: Path) -> None:
    other = Store(Database.open(filled_store.path))
    try:
        with pytest.raises(DataMoved):
            export(filled_store, ExportRequest((everything("citation"),), tmp_path / "c.csv"), _editing(other, 99))
    finally:
        other.close()


def test_every_table_of_the_reference_data_is_exported_whole(filled_store: Store, tmp_path: Path) -> None:
    tables = tuple(everything(t.name) for t in SCHEMA)
    result = export(filled_store, ExportRequest(tables, tmp_path / "all.json"), Progress())
    content = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert {name: len(rows) for name, rows in content["tables"].items()} == result.counts
    assert (result.counts["meeting"], result.counts["agreement"], result.counts["figure"]) == (108, 70, 189)
    assert result.counts == {t.name: filled_store.count(Query(t.name)) for t in SCHEMA}


# -- formula-like text in every format

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
def test_every_formula_is_harmless_unless_raw_is_asked_for(
    risky: Store, tmp_path: Path, suffix: str, is_raw: bool
) -> None:
    run(risky, tmp_path / f"t{suffix}", TableRequest(Query("tag"), ("name", "note")), is_raw=is_raw)
    wanted = [f"{text}." if is_raw or suffix == ".json" else neutralise(f"{text}.") for text in RISKY]
    assert READERS[suffix](tmp_path / f"t{suffix}") == wanted
    assert sum(text.startswith("'") for text in wanted) >= (14 if is_raw or suffix == ".json" else len(RISKY))


def test_a_markdown_cell_never_begins_like_a_formula(risky: Store, tmp_path: Path) -> None:
    run(risky, tmp_path / "t.md", TableRequest(Query("tag"), ("note",)))
    cells = [line.split(" | ", 1)[1] for line in (tmp_path / "t.md").read_text("utf-8").splitlines()[4:]]
    assert len(cells) == len(RISKY)
    assert all(cell.startswith("'") for cell in cells)
