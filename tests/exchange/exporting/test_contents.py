"""What stands in an exported file, in every format, and what is left out."""

import datetime
import html
import html.parser
import json
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.exporting import ExportRequest, TableRequest, chosen_fields, export
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store
from tests.exchange.exporting.requests import FORMULA, SUFFIXES, everything, read_csv, run


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


def test_a_computed_day_is_a_real_day_in_a_workbook(filled_store: Store, tmp_path: Path) -> None:
    run(filled_store, tmp_path / "m.xlsx", everything("meeting"))
    header, *rows = CalamineWorkbook.from_path(tmp_path / "m.xlsx").get_sheet_by_name("meeting").to_python()
    confirmed = [row[header.index("confirmed_on")] for row in rows]
    assert datetime.date(2026, 3, 16) in confirmed


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
    assert FORMULA in found.text
    assert "Trend" in found.text


def test_the_sources_of_a_page_stand_under_the_names_that_people_read(filled_store: Store, tmp_path: Path) -> None:
    run(filled_store, tmp_path / "a.html", everything("agreement"))
    found = _Tags()
    found.feed((tmp_path / "a.html").read_text("utf-8").partition('<table id="sources">')[2])
    heads = [text for text in found.text if text.strip()][:11]
    assert heads == [
        "Table", "Record", "Record, identity", "Publisher", "Title", "Published", "Address", "Quote", "Field",
        "Printed", "Role",
    ]  # fmt: skip
    assert {"Agreement", "Signed on", "Supports", "Contradicts"} <= set(found.text)
    assert not {"agreement", "signed_on", "supports", "contradicts"} & set(found.text)


def test_yes_and_no_are_truth_values_in_a_workbook(filled_store: Store, tmp_path: Path) -> None:
    run(filled_store, tmp_path / "f.xlsx", everything("figure"))
    header, *rows = CalamineWorkbook.from_path(tmp_path / "f.xlsx").get_sheet_by_name("figure").to_python()
    said = [row[header.index("is_cumulative")] for row in rows]
    assert {type(each) for each in said} == {bool}
    stored = filled_store.rows("figure", filled_store.keys(Query("figure")))
    assert said == [bool(record.values["is_cumulative"]) for record in stored]


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


def test_every_table_of_the_reference_data_is_exported_whole(filled_store: Store, tmp_path: Path) -> None:
    tables = tuple(everything(t.name) for t in SCHEMA)
    result = export(filled_store, ExportRequest(tables, tmp_path / "all.json"), Progress())
    content = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert {name: len(rows) for name, rows in content["tables"].items()} == result.counts
    assert (result.counts["meeting"], result.counts["agreement"], result.counts["figure"]) == (108, 70, 189)
    assert result.counts == {t.name: filled_store.count(Query(t.name)) for t in SCHEMA}
