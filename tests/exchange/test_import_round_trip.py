"""Importing an export changes nothing, and into a file without the records it makes them as they were."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from azcn_desktop.exchange.exporting import ExportRequest, TableRequest, export
from azcn_desktop.exchange.importing import plan_import, to_change_set
from azcn_desktop.exchange.tabular import read_table
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.records.countries import COUNTRIES
from azcn_desktop.records.kinds import (
    Amount,
    Choice,
    Computed,
    Country,
    Date,
    Integer,
    Kind,
    Link,
    Links,
    Number,
    Party,
    Text,
    Url,
)
from azcn_desktop.records.schema import Field, RecordType
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

TYPES = [t for t in SCHEMA if not t.is_bulk]
DATES = ["2018", "2018-05", "2018-05-22", "1899-12-31", "1900-02-28", "1900-03-01", "9999-12-31", "0001-01-01"]
DOUBTFUL = ["2018-05-22?", "2019-04-?24", "2025-11-12~", "2023-09-01/2023-09-10", "../2024", "2025-04-16/.."]
URLS = ["https://a.az/x?y=1|2&z=%20", "http://xn--e1afmkfd.example/=1", "https://azertag.az/en"]
SIGNS = st.sampled_from("aBəİışğ 'ʼ=+-@|\\\"<>&;,\t\n\r_x0041_\u00a0\u2028国际🎉0123456789")
TEXTS = st.text(SIGNS, max_size=30) | st.text(max_size=12)


def linked(kind: Kind, name: str, keys: dict[str, int]) -> st.SearchStrategy[dict[str, Any]]:
    if isinstance(kind, Link):
        return st.just({name: keys[kind.target]})
    assert isinstance(kind, Party)
    records = st.sampled_from([kind.assign(table, keys[table]) for table, _ in kind.targets])
    words = TEXTS.map(lambda t: " ".join(t.split())).filter(bool).map(lambda t: kind.assign(None, None, t))
    return records | words.filter(_is_storable) if kind.printed else records


def _is_storable(row: dict[str, Any]) -> bool:
    return all(Text(2_000).check(name, row) is None for name, value in row.items() if isinstance(value, str))


def values_of(f: Field) -> st.SearchStrategy[Any]:
    kind = f.kind
    if isinstance(kind, Url):
        return st.sampled_from(URLS)
    if isinstance(kind, Text):
        read = TEXTS.map(kind.parse)
        return read.filter(lambda v: v is not None and kind.check(f.name, {f.name: v}) is None)
    if isinstance(kind, Date):
        return st.sampled_from(DATES if kind.only_plain else DATES + DOUBTFUL)
    if isinstance(kind, Choice):
        return st.sampled_from(kind.words)
    if isinstance(kind, Country):
        return st.lists(st.sampled_from(sorted(COUNTRIES)), min_size=1, max_size=2, unique=True).map(" ".join)
    if isinstance(kind, Integer):
        return st.integers(kind.low, kind.high)
    assert isinstance(kind, Number | Amount)
    return st.floats(max(kind.low, -1e299), 1e299, allow_subnormal=False).map(lambda v: v + 0.0)


@st.composite
def rows(draw: st.DrawFn, record_type: RecordType, keys: dict[str, int], placeholder: int) -> list[Change]:
    row: dict[str, Any] = dict.fromkeys(record_type.value_columns())
    parts: list[Change] = []
    for f in record_type.fields:
        if isinstance(f.kind, Links):
            through = SCHEMA[f.kind.through]
            member = through.field(f.kind.member)
            for _ in range(draw(st.integers(0, 2))):
                if isinstance(member.kind, Link | Party):
                    who = draw(linked(member.kind, member.name, keys))
                else:
                    who = {member.name: draw(values_of(member))}
                part = through.new_row() | dict(f.kind.fixed) | {f.kind.owner: placeholder} | who
                parts.append(Change(through.name, placeholder * 1000 - len(parts), None, part))
        elif isinstance(f.kind, Computed):
            continue
        elif f.is_required or draw(st.booleans()):
            is_link = isinstance(f.kind, Link | Party)
            row |= draw(linked(f.kind, f.name, keys)) if is_link else {f.name: draw(values_of(f))}
    return [Change(record_type.name, placeholder, None, row), *parts]


def plain_value(f: Field, record_type: RecordType) -> str | float:
    """Return a value that any such field takes."""
    if isinstance(f.kind, Choice):
        return f.kind.words[0]
    if isinstance(f.kind, Date):
        return "2024"
    return 1.0 if isinstance(f.kind, Number) else f"{record_type.label} of the fixture"


def populate(store: Store) -> dict[str, int]:
    """Make one record of every type, so that there is something to link to."""
    keys: dict[str, int] = {}
    for record_type in TYPES:
        row = record_type.new_row()
        for f in record_type.fields:
            if not f.is_required:
                continue
            if isinstance(f.kind, Link):
                row[f.name] = keys[f.kind.target]
            elif isinstance(f.kind, Party):
                row |= f.kind.assign(f.kind.targets[0][0], keys[f.kind.targets[0][0]])
            elif row[f.name] is None:
                row[f.name] = plain_value(f, record_type)
        notice = store.apply(ChangeSet("Fixture", (Change(record_type.name, -1, None, row),)))
        keys[record_type.name] = notice.new_keys[-1]
    return keys


@pytest.fixture(scope="module")
def two_stores(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store, dict[str, int]]]:
    """Two files with the same few records; synced writing is switched off, since only the contents matter here."""
    folder = tmp_path_factory.mktemp("two")
    database = Database.create(folder / "one.azcn")
    upgrade(database, SCHEMA)
    first = Store(database)
    keys = populate(first)
    shutil.copyfile(folder / "one.azcn", folder / "two.azcn")
    second = Store(Database.open(folder / "two.azcn"))
    for store in (first, second):
        store.database.execute("PRAGMA synchronous = OFF")
    yield first, second, keys
    first.close()
    second.close()


def contents(store: Store, table: str) -> dict[str, dict[str, Any]]:
    """Return all values of a table by identity, with the names that its links show."""
    found = store.whole_rows(table, store.keys(Query(table)))
    columns = list(SCHEMA[table].value_columns())
    links = [f.name for f in SCHEMA[table].links()]
    return {
        r.uid: {c: r.values[c] for c in columns} | {n: [label.text for label in r.labels[n]] for n in links}
        for r in found
    }


@pytest.mark.parametrize("record_type", TYPES, ids=lambda t: t.name)
@given(data=st.data())
@settings(
    max_examples=25,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_export_then_import_is_an_empty_plan_and_elsewhere_the_same_records(
    record_type: RecordType,
    two_stores: tuple[Store, Store, dict[str, int]],
    tmp_path_factory: pytest.TempPathFactory,
    data: st.DataObject,
) -> None:
    first, second, keys = two_stores
    changes = [
        c for number in range(data.draw(st.integers(1, 3))) for c in data.draw(rows(record_type, keys, -1 - number))
    ]
    target = tmp_path_factory.getbasetemp() / f"round{data.draw(st.sampled_from(['.csv', '.xlsx', '.json']))}"
    first.apply(ChangeSet("Generated", tuple(changes)))
    try:
        export(first, ExportRequest((TableRequest(Query(record_type.name)),), target), Progress())
        table = read_table(target)
        plan = plan_import(first, table, record_type, Progress())
        assert plan.is_empty, plan
        assert plan.refused == ()
        elsewhere = plan_import(second, table, record_type, Progress())
        assert elsewhere.refused == ()
        second.apply(to_change_set(elsewhere, target.name))
        try:
            assert contents(second, record_type.name) == contents(first, record_type.name)
            assert plan_import(second, table, record_type, Progress()).is_empty
        finally:
            second.undo()
    finally:
        first.undo()
