"""The documents that are written from the declarations say what the code says; a new field needs one line."""

import re
from pathlib import Path

import pytest
from msgspec import structs

from azcn_desktop import cli, describing
from azcn_desktop.exchange.exporting import FORMATS, ExportRequest, TableRequest, export
from azcn_desktop.exchange.importing import plan_import, to_change_set
from azcn_desktop.exchange.tabular import read_table
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Date, Text
from azcn_desktop.records.schema import Field, RecordType, Schema
from azcn_desktop.store import edits
from azcn_desktop.store.checking import check_database
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.opening import open_store
from azcn_desktop.store.query import Query, parse_query

ROOT = Path(__file__).parent.parent
STALE = "{} is not what the catalogue says. Run: .venv/bin/azcn-cli describe --write"


@pytest.mark.parametrize(
    ("name", "text"),
    [("DATA_DICTIONARY.md", describing.data_dictionary(SCHEMA)), ("schema.sql", describing.schema_script(SCHEMA))],
    ids=["DATA_DICTIONARY.md", "schema.sql"],
)
def test_the_generated_documents_are_fresh(name: str, text: str) -> None:
    assert (ROOT / "db" / name).read_text("utf-8") == text, STALE.format(name)


def test_schema_sql_is_what_a_new_file_has(tmp_path: Path) -> None:
    new = Database.create(tmp_path / "new.azcn")
    upgrade(new, SCHEMA)
    made = {sql for (sql,) in new.all("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
    new.close()
    script = (ROOT / "db" / "schema.sql").read_text("utf-8")
    statements = [part for part in re.sub(r"^--.*\n", "", script, flags=re.MULTILINE).split(";\n") if part.strip()]
    assert {_parts(sql) for sql in statements} <= {_parts(sql) for sql in made}


def _parts(sql: str) -> frozenset[str]:
    """Return what a statement makes: the table or index, and its columns in whatever order they came."""
    made, _, columns = re.sub(r"[\s\"]+", "", sql).removesuffix("STRICT").removesuffix(")").partition("(")
    return frozenset((made, *columns.split(",")))


def test_the_dictionary_names_every_table_field_and_stored_word() -> None:
    text = describing.data_dictionary(SCHEMA)
    for record_type in SCHEMA:
        part = text.split(f"\n## {record_type.name}\n")[1].split("\n## ")[0]
        assert record_type.help in part
        for field in record_type.fields:
            assert f"| `{field.name}` | {field.label} |" in part
            assert all(f"`{column}`" in part for column in field.kind.columns(field.name))
            assert all(f"`{word}`" in part for word in getattr(field.kind, "words", ()))


def test_the_dictionary_is_a_sound_table_of_six_columns() -> None:
    lines = describing.data_dictionary(SCHEMA).splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {7, 4}


def test_the_help_of_export_names_every_table_and_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["export", "--help"])
    assert left.value.code == 0
    words = capsys.readouterr().out
    assert all(record_type.name in words for record_type in SCHEMA)
    assert all(suffix in words for suffix in FORMATS)


def test_the_readme_names_every_command() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert ".venv/bin/azcn-cli" in readme
    assert r".venv\Scripts\azcn-cli" in readme
    assert all(f"azcn-cli {command}" in readme for command in ("export", "import", "bibliography", "check", "describe"))


@pytest.fixture
def grown() -> Schema:
    """The catalogue with two more lines in the declaration of a meeting."""
    more = (
        Field("weather", Text(100), "Weather", "What the sky was like.", is_searchable=True, aliases=("sky",)),
        Field("announced_on", Date(), "Announced on", "Day of the announcement."),
    )

    def with_more(record_type: RecordType) -> RecordType:
        is_meeting = record_type.name == "meeting"
        return structs.replace(record_type, fields=record_type.fields + more) if is_meeting else record_type

    return Schema(tuple(with_more(record_type) for record_type in SCHEMA))


def test_adding_an_optional_field_is_one_line(store_path: Path, grown: Schema, tmp_path: Path) -> None:
    def bring_up_to_date(path: Path) -> None:
        database = Database.open(path, any_version=True)
        upgrade(database, grown)
        database.close()

    store = open_store(store_path, False, bring_up_to_date, grown)
    try:
        (key,) = store.keys(Query("meeting"))
        before = store.get("meeting", key)
        assert before is not None
        assert (before.title, before.values["weather"]) == ("Talks in Bakı", None)

        store.apply(edits.edit_field(store, "meeting", key, "weather", {"weather": "Külək"}))
        store.apply(edits.edit_field(store, "meeting", key, "announced_on", {"announced_on": "2024-05"}))
        for text in ("kulek", "weather:kulek", "announced_on:>=2024-05-31", "announced_on:2024"):
            assert store.keys(parse_query(text, grown["meeting"])) == [key]
        assert store.keys(Query("meeting", sort="-weather")) == [key]

        target = tmp_path / "m.csv"
        export(store, ExportRequest((TableRequest(Query("meeting"), ("weather", "announced_on")),), target), Progress())
        header, line = target.read_text("utf-8-sig").splitlines()
        assert header == '"uid","weather","announced_on"'
        assert line.endswith('"Külək","2024-05"')

        target.write_text(target.read_text("utf-8-sig").replace("Külək", "Rain").replace("weather", "Sky"), "utf-8")
        store.apply(to_change_set(plan_import(store, read_table(target), grown["meeting"], Progress()), "m.csv"))
        after = store.get("meeting", key)
        assert after is not None
        assert after.show("weather") == "Rain"
        while store.journal.next_undo():
            store.undo()
        assert check_database(store.database, grown, Progress()).problems == ()
    finally:
        store.close()
    assert "| `weather` | Weather | text | `weather` TEXT | What the sky was like. Also read as sky. |" in (
        describing.data_dictionary(grown)
    )
    assert '"weather" TEXT' in describing.schema_script(grown)


@pytest.fixture
def store_path(tmp_path: Path) -> Path:
    """A file of today's catalogue with one meeting in it."""
    path = tmp_path / "old.azcn"
    database = Database.create(path)
    upgrade(database, SCHEMA)
    database.close()
    store = open_store(path, False, lambda _: None)
    store.apply(edits.create(store, "meeting", {"title": "Talks in Bakı", "status": "held"}))
    store.close()
    return path
