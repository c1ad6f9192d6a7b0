"""Bibliographies: each format is read back by a strict reader, and a hostile title comes back as it went in."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.bibliography import FORMATS, Format, bibliography, format_of, write_bibliography
from azcn_desktop.exchange.bibliography_formats import (
    CSL_TYPES,
    RIS_TYPES,
    Reference,
    bibtex,
    csl_json,
    plain_text,
    ris,
)
from azcn_desktop.records import words
from azcn_desktop.records.text import fold
from azcn_desktop.store import citing, edits
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store
from tests.store.builders import add, make

HOSTILE = "Braces { and }\\ 100 % of $5 #1 a_b & c~d^e “x” \u202e\u200fمرحبا\u202c 中国与阿塞拜疆 Bakı"
# The types of csl-data.json 1.0.2 and the reference types of RIS that are used here.
CSL_KNOWN = {"article", "article-newspaper", "interview", "document", "speech", "dataset", "book", "webpage"}
RIS_KNOWN = {"ELEC", "NEWS", "DATA", "BOOK", "UNPB", "GEN"}


# -- strict readers, of what the formats say and not of what the program happens to write


def read_bibtex(text: str) -> list[dict[str, str]]:
    """Read BibTeX: braces count whatever stands before them, as BibTeX itself counts them."""
    text = re.sub(r"^%.*\n", "", text, flags=re.MULTILINE)
    entries, place = [], 0
    while match := re.compile(r"\s*@([a-z]+)\{([a-z0-9-]+),\s*").match(text, place):
        entry, place = {"type": match[1], "key": match[2]}, match.end()
        while field := re.compile(r"([a-z]+) = \{").match(text, place):
            start = place = field.end()
            depth = 1
            while depth:
                depth += {"{": 1, "}": -1}.get(text[place], 0)
                place += 1
            assert field[1] not in entry, f"{field[1]} twice"
            entry[field[1]] = text[start : place - 1]
            place = re.compile(r",\s*").match(text, place).end()  # type: ignore[union-attr]
        assert text[place] == "}"
        place += 1
        entries.append(entry)
    assert text[place:].strip() == ""
    return entries


def from_latex(text: str) -> str:
    """Return what LaTeX would print, and refuse a sign that would mean something else."""
    names = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~",
             "textasciicircum": "^"}  # fmt: skip
    inner = text[1:-1] if text.startswith("{") else text
    parts = re.split(r"(\\[a-z]+\{\}|\\[%$#_&])", inner)
    assert not any(re.search(r"[\\{}%$#_&~^]", part) for part in parts[::2]), inner
    signs = [names[part[1:-2]] if part.endswith("{}") else part[1] for part in parts[1::2]]
    return "".join(a + b for a, b in zip(parts[::2], [*signs, ""], strict=True))


def read_ris(text: str) -> list[dict[str, str]]:
    """Read RIS: lines of tag, two blanks, hyphen, blank; each record from TY to ER; CR and LF after each line."""
    assert text == "" or text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert "\r" not in text.replace("\r\n", "")
    records: list[dict[str, str]] = []
    is_open = False
    for line in text.split("\r\n"):
        if not line:
            continue
        match = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line)
        assert match, line
        if match[1] == "TY":
            assert not is_open
            records.append({})
        if match[1] == "ER":
            assert is_open
        is_open = match[1] != "ER"
        assert match[1] not in records[-1]
        records[-1][match[1]] = match[2]
    assert not is_open
    return records


def visible(text: str) -> str:
    return " ".join(re.sub("[\u202a-\u202e\u200e\u200f\u2066-\u2069]", "", text).split())


def reference(**values: object) -> Reference:
    empty = dict.fromkeys(("kind", "title", "publisher", "author", "published", "accessed", "url", "language"), "")
    return Reference(**({"uid": "01KDVDNA00Y4VJXXB2VFP7XKYQ"} | empty | values))  # type: ignore[arg-type]


# -- every shipped source in each format


def test_every_shipped_source_is_a_csl_item(filled_store: Store) -> None:
    keys = filled_store.keys(Query("source"))
    items = json.loads(bibliography(filled_store, keys, "csl-json"))
    rows = filled_store.rows("source", keys)
    assert [item["id"] for item in items] == [row.uid for row in rows]
    for item, row in zip(items, rows, strict=True):
        assert item["type"] in CSL_KNOWN
        assert item.get("title") == row.values["title"]
        assert item.get("container-title", item.get("publisher")) == row.values["publisher"]
        assert item.get("URL") == row.values["url"]
        assert item.get("language") == row.values["language"]
        published = str(row.values["published"] or "")
        (parts,) = item.get("issued", {}).get("date-parts", [[]])
        assert "-".join(f"{part:02}" for part in parts) == published.rstrip("?")
        assert ("circa" in item.get("issued", {})) == published.endswith("?")
        assert all(value for value in item.values())


def test_every_shipped_source_is_a_bibtex_entry_with_a_key_of_its_own(filled_store: Store) -> None:
    keys = filled_store.keys(Query("source"))
    text = bibliography(filled_store, keys, "bibtex")
    assert text.startswith("% Encoding: UTF-8\n")
    entries = read_bibtex(text)
    rows = filled_store.rows("source", keys)
    assert len({entry["key"] for entry in entries}) == len(rows)
    for entry, row in zip(entries, rows, strict=True):
        assert from_latex(entry.get("title", "")) == visible(str(row.values["title"] or ""))
        assert from_latex(entry["howpublished"]) == row.values["publisher"]
        assert entry["url"] == row.values["url"]
        assert entry.get("year", "") == str(row.values["published"] or "")[:4]


def test_every_shipped_source_is_a_ris_record(filled_store: Store) -> None:
    keys = filled_store.keys(Query("source"))
    records = read_ris(bibliography(filled_store, keys, "ris"))
    for found, row in zip(records, filled_store.rows("source", keys), strict=True):
        assert found["TY"] in RIS_KNOWN
        assert found.get("TI", "") == visible(str(row.values["title"] or ""))
        assert (found["T2"], found["UR"]) == (row.values["publisher"], row.values["url"])
        published = str(row.values["published"] or "")
        assert found.get("PY", "") == published[:4]
        assert not published or re.fullmatch(r"\d{4}/(?:\d\d)?/(?:\d\d)?/", found["DA"])


def test_every_shipped_source_is_one_line_of_text(filled_store: Store) -> None:
    keys = filled_store.keys(Query("source"))
    lines = bibliography(filled_store, keys, "text").splitlines()
    rows = filled_store.rows("source", keys)
    assert len(lines) == len(rows)
    for line, row in zip(lines, rows, strict=True):
        assert str(row.values["publisher"]) in line
        assert str(row.values["url"]) in line
        assert re.search(r"https?://\S+[^.]$", line)
        assert ("; first published as: " in line) == (row.values["origin_source_id"] is not None)


@pytest.mark.parametrize("format", FORMATS)
def test_of_no_source_there_is_an_empty_list(store: Store, format: Format) -> None:
    text = bibliography(store, [], format)
    assert text.removeprefix("% Encoding: UTF-8").strip() == ("[]" if format == "csl-json" else "")


# -- hostile and partial ones


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")) | st.sampled_from("{}\\%$#_&~^\"',@-")))
def test_any_title_comes_back_from_bibtex_ris_and_json(title: str) -> None:
    title = " ".join(title.split())
    one = reference(title=title, publisher=title, author=title)
    entry = read_bibtex(bibtex([one]))[0]
    assert [from_latex(entry.get(name, "")) for name in ("title", "howpublished", "author")] == [title] * 3
    assert read_ris(ris([one]))[0].get("TI", "") == title
    assert json.loads(csl_json([one]))[0].get("title", "") == title


def test_a_hostile_title_keeps_its_signs_and_loses_only_what_nobody_sees(store: Store) -> None:
    key = make(store, "source", title=HOSTILE, publisher="Line\nbreak}", url="https://a.az/{x}?y=1%20&z=#_")
    entry = read_bibtex(bibliography(store, [key], "bibtex"))[0]
    assert from_latex(entry["title"]) == visible(HOSTILE)
    assert from_latex(entry["howpublished"]) == "Line break}"
    assert entry["url"] == "https://a.az/%7Bx%7D?y=1%20&z=#_"
    found = read_ris(bibliography(store, [key], "ris"))[0]
    assert (found["TI"], found["T2"]) == (visible(HOSTILE), "Line break}")
    assert json.loads(bibliography(store, [key], "csl-json"))[0]["title"] == HOSTILE
    assert len(bibliography(store, [key], "text").splitlines()) == 1


@pytest.mark.parametrize(
    ("published", "csl", "year", "day"),
    [
        ("2018", {"date-parts": [[2018]]}, "2018", "2018///"),
        ("2018-05", {"date-parts": [[2018, 5]]}, "2018", "2018/05//"),
        ("2018-05-22", {"date-parts": [[2018, 5, 22]]}, "2018", "2018/05/22/"),
        ("2018-05-22?", {"date-parts": [[2018, 5, 22]], "circa": True}, "2018", "2018/05/22/"),
        ("2019-04-?24", {"date-parts": [[2019, 4, 24]], "circa": True}, "2019", "2019/04/24/"),
        ("2025-11~", {"date-parts": [[2025, 11]], "circa": True}, "2025", "2025/11//"),
        ("2023-09-01/2023-09-10", {"date-parts": [[2023, 9, 1], [2023, 9, 10]]}, "2023", None),
        ("2023/2024", {"date-parts": [[2023], [2024]]}, None, None),
        ("../2024", {"literal": "by 2024"}, None, None),
        ("", None, None, None),
    ],
)
def test_partial_and_doubtful_dates_are_kept(
    published: str, csl: dict[str, object] | None, year: str | None, day: str | None
) -> None:
    one = reference(title="T", published=published)
    assert json.loads(csl_json([one]))[0].get("issued") == csl
    entry, found = read_bibtex(bibtex([one]))[0], read_ris(ris([one]))[0]
    assert (entry.get("year"), found.get("PY"), found.get("DA")) == (year, year, day)
    is_doubtful = any(sign in published for sign in "?~/")
    assert ("note" in entry) == ("N1" in found) == is_doubtful
    assert plain_text([one]).startswith("“T”, " + ("undated" if not published else ""))


@pytest.mark.parametrize("kind", words.SOURCE_KIND.words)
def test_each_kind_of_source_has_its_type(kind: str) -> None:
    one = reference(kind=kind, title="T", publisher="P", accessed="2026-01-05", language="az", author="A. Writer")
    (item,) = json.loads(csl_json([one]))
    assert item["type"] == CSL_TYPES[kind]
    assert CSL_TYPES[kind] in CSL_KNOWN
    assert item["author"] == [{"literal": "A. Writer"}]
    assert (item["language"], item["accessed"]) == ("az", {"date-parts": [[2026, 1, 5]]})
    assert item.get("container-title", item.get("publisher")) == "P"
    assert read_ris(ris([one]))[0]["TY"] == RIS_TYPES.get(kind, "GEN")
    assert read_bibtex(bibtex([one]))[0]["urldate"] == "2026-01-05"


def test_keys_of_one_publisher_and_year_differ_and_stay() -> None:
    same = [reference(uid=f"01KDVDNA00Y4VJXXB{n}2VFP7XKYQ", publisher="Trend", published="2025") for n in range(3)]
    keys = [entry["key"] for entry in read_bibtex(bibtex(same))]
    assert len(set(keys)) == 3
    assert read_bibtex(bibtex(same[:1]))[0]["key"] == keys[0] == "trend-2025-p7xkyq"


def test_what_a_copy_repeats_stands_in_its_note(store: Store) -> None:
    first = make(store, "source", publisher="Xinhua", title="Talks", published="2025-04-16", url="https://x.cn/1")
    copy = make(store, "source", publisher="People’s Daily", origin_source_id=first)
    third = make(store, "source", publisher="MENAFN", origin_source_id=copy)
    said = "First published as: People’s Daily, undated; itself first published as “Talks”, Xinhua, 16 April 2025"
    (item,) = json.loads(bibliography(store, [third], "csl-json"))
    assert item["note"] == f"{said}, https://x.cn/1"
    assert said in from_latex(read_bibtex(bibliography(store, [third], "bibtex"))[0]["note"])
    assert said in read_ris(bibliography(store, [third], "ris"))[0]["N1"]
    assert (
        bibliography(store, [third], "text") == f"MENAFN, undated; {said.replace('First', 'first')}, https://x.cn/1\n"
    )


def test_a_chain_in_a_circle_comes_to_an_end(store: Store) -> None:
    one = make(store, "source", publisher="One")
    other = make(store, "source", publisher="Other", origin_source_id=one)
    store.apply(edits.edit_field(store, "source", one, "origin_source_id", {"origin_source_id": other}))
    assert bibliography(store, [one], "text") == "One, undated; first published as: Other, undated.\n"


# -- which sources


def test_the_sources_of_a_query_are_those_that_its_records_show(filled_store: Store) -> None:
    for table in ("meeting", "figure", "person"):
        query = parse_query("year:2024" if table != "person" else "a", filled_store.schema[table])
        shown = {c.source_key for key in filled_store.keys(query) for c in filled_store.citations(table, key)}
        assert shown
        assert shown <= set(citing.sources_used(filled_store, query))
        if table != "person":  # a person also rests on the sources of the offices
            assert shown == set(citing.sources_used(filled_store, query))
    everything = citing.all_sources_used(filled_store)
    assert len(everything) == len(set(everything)) == 236
    names = [filled_store.rows("source", [key])[0].values["publisher"] for key in everything[:20]]
    assert names == sorted(names, key=lambda name: fold(str(name)))


def test_of_sources_the_sources_themselves_and_none_from_the_trash(filled_store: Store) -> None:
    keys = filled_store.keys(Query("source"))[:3]
    assert set(citing.sources_of(filled_store, "source", keys)) == set(keys)
    filled_store.apply(edits.to_trash(filled_store, "source", keys[:1]))
    assert set(citing.sources_of(filled_store, "source", keys)) == set(keys[1:])
    assert keys[0] not in citing.all_sources_used(filled_store)


def test_the_sources_of_a_check_are_those_of_its_commitment(store: Store) -> None:
    key = make(store, "commitment", what="Build", statement_class="plan")
    check = add(store, "commitment_check", commitment_id=key, status="kept", checked_on="2025-01-01")
    store.apply(edits.cite(store, "commitment_check", check, {"publisher": "Trend"}, ""))
    assert len(citing.sources_of(store, "commitment", [key])) == 1
    assert len(citing.all_sources_used(store)) == 1


# -- files


def test_the_ending_tells_the_format_unless_it_is_named() -> None:
    assert [format_of(Path(f"a{suffix.upper()}")) for suffix, _ in FORMATS.values()] == list(FORMATS)
    assert format_of(Path("a.json"), "ris") == "ris"
    with pytest.raises(UserError, match=r"must end in one of \.json, \.bib, \.ris, \.txt"):
        format_of(Path("a.docx"))


def test_a_file_is_written_whole_in_utf_8_and_never_over_the_database(filled_store: Store, tmp_path: Path) -> None:
    keys = citing.all_sources_used(filled_store)
    target = tmp_path / "s.ris"
    assert write_bibliography(filled_store, keys, "ris", target) == 236
    assert target.read_bytes().decode("utf-8") == bibliography(filled_store, keys, "ris")
    with pytest.raises(UserError, match="is the database"):
        write_bibliography(filled_store, keys, "ris", filled_store.path)
    assert filled_store.count(Query("source")) == 236
    with pytest.raises(UserError, match="does not exist"):
        write_bibliography(filled_store, keys, "ris", tmp_path / "none" / "s.ris")
    assert list(tmp_path.glob(".*")) == []
