"""`azcn-cli bibliography`: the sources of records in every format."""

import json
from pathlib import Path

import pytest

from azcn_desktop.records.catalogue import SCHEMA
from tests.cli.running import Run


@pytest.mark.parametrize(
    ("name", "format", "start"),
    [("s.json", None, "["), ("s.bib", None, "% Encoding"), ("s.ris", None, "TY  - "), ("s.md", "text", "1905.az")],
)
def test_the_sources_of_all_records_are_written_in_the_format_asked_for(
    run: Run, db: Path, tmp_path: Path, name: str, format: str | None, start: str
) -> None:
    target = tmp_path / name
    code, out, err = run("bibliography", "--db", db, *(("--format", format) if format else ()), "--to", target)
    assert (code, out, err) == (0, f"236 sources: {target}\n", "")
    assert target.read_text("utf-8").startswith(start)


def test_a_bibliography_of_some_records_names_their_sources_only(run: Run, db: Path, tmp_path: Path) -> None:
    target = tmp_path / "s.json"
    where = ("--where", "year:2024")
    code, out, _ = run("bibliography", "--db", db, "--table", "figure", "--table", "agreement", *where, "--to", target)
    count = len(json.loads(target.read_text("utf-8")))
    assert (code, out) == (0, f"{count} sources: {target}\n")
    assert 0 < count < 60


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--to", "s.docx"), "must end in one of .json, .bib, .ris, .txt"),
        (("--table", "nothing", "--to", "s.bib"), "There is no table “nothing”"),
        (("--table", "figure", "--where", "colour:red", "--to", "s.bib"), "have no field “colour”"),
        (("--where", "year:2024", "--to", "s.bib"), "--where needs --table"),
        (("--to", "none/s.bib"), "does not exist"),
    ],
)
def test_a_bibliography_that_is_not_possible_is_refused_and_the_old_file_stays(
    run: Run, db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.bib").write_text("old")
    code, out, err = run("bibliography", "--db", db, *arguments)
    assert (code, out) == (1, "")
    assert sentence in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["azcn.db", "s.bib"]
    assert (tmp_path / "s.bib").read_text() == "old"


def test_the_help_of_bibliography_names_formats_endings_and_tables(run: Run) -> None:
    code, out, _ = run("bibliography", "--help")
    assert code == 0
    endings = (".json", ".bib", ".ris", ".txt", "csl-json", "bibtex", "--where", "--format", "--to", "--table", "--db")
    assert all(word in out for word in (*endings, *(t.name for t in SCHEMA if not t.is_part)))
