"""The model of a table: what it shows, what it reads, and how it follows what is written."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import UserError
from azcn_desktop.gui.records.record_model import PAGE_ROWS, RecordModel
from azcn_desktop.gui.roles import KEY_ROLE, RAW_ROLE, STYLE_ROLE, TONE_ROLE, UNRESOLVED_ROLE, WARNING_ROLE
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Links, Party
from azcn_desktop.store import edits
from azcn_desktop.store.query import Query, parse_query
from tests.gui.making import make

TABLES = ("meeting", "agreement", "project", "figure", "commitment", "person", "organisation", "source", "dossier")


def shown(workspace: Workspace, table: str, text: str = "") -> RecordModel:
    model = RecordModel(workspace, table)
    model.set_query(parse_query(text, workspace.schema[table]))
    return model


def cell(model: RecordModel, row: int, name: str, role: int = Qt.ItemDataRole.DisplayRole) -> object:
    return model.index(row, model.column_of(name)).data(role)


@pytest.fixture
def meetings(filled_workspace: Workspace) -> RecordModel:
    return shown(filled_workspace, "meeting")


@pytest.mark.parametrize("table", TABLES)
def test_every_table_passes_the_model_tester(filled_workspace: Workspace, table: str) -> None:
    if table == "dossier":
        make(filled_workspace, table, title="Electric buses")
    model = shown(filled_workspace, table)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert isinstance(tester.model(), QAbstractItemModel)
    model.sort(0)
    key = model.keys[0]
    filled_workspace.apply(edits.to_trash(filled_workspace.store, table, [key]))
    assert model.row_of(key) == -1
    filled_workspace.undo()
    assert model.row_of(key) >= 0


def test_every_field_is_a_column_with_label_and_help(meetings: RecordModel) -> None:
    fields = SCHEMA["meeting"].fields
    header = [meetings.headerData(n, Qt.Orientation.Horizontal) for n in range(meetings.columnCount())]
    assert header == [f.label for f in fields]
    tips = [
        meetings.headerData(n, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
        for n in range(meetings.columnCount())
    ]
    assert tips == [f.help for f in fields]


def test_a_cell_says_the_value_in_short_words_and_keeps_it_raw(empty_workspace: Workspace) -> None:
    key = make(empty_workspace, "meeting", title="Talks in Bakı", date="2018-05-22?", status="held")
    model = shown(empty_workspace, "meeting")
    assert cell(model, 0, "date") == "22 May 2018?"
    assert "22 May 2018 (year inferred)" in str(cell(model, 0, "date", Qt.ItemDataRole.ToolTipRole))
    assert cell(model, 0, "date", Qt.ItemDataRole.EditRole) == "22 May 2018 (year inferred)"
    assert cell(model, 0, "date", RAW_ROLE) == "2018-05-22?"
    assert (cell(model, 0, "status"), cell(model, 0, "status", RAW_ROLE)) == ("Held", "held")
    assert (cell(model, 0, "status", STYLE_ROLE), cell(model, 0, "status", TONE_ROLE)) == ("status", "green")
    assert cell(model, 0, "title", KEY_ROLE) == key
    assert cell(model, 0, "title", STYLE_ROLE) == "title"


def test_numbers_stand_at_the_right_and_doubts_are_marked(empty_workspace: Workspace) -> None:
    make(empty_workspace, "figure", measure="Goods trade", value=942.0, unit="USD", bound="nearly")
    model = shown(empty_workspace, "figure")
    assert cell(model, 0, "value") == "nearly $942"
    assert cell(model, 0, "value", Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert "million may be missing" in str(cell(model, 0, "value", WARNING_ROLE))
    assert cell(model, 0, "growth_pct", WARNING_ROLE) is None


def test_printed_words_without_a_record_are_marked(empty_workspace: Workspace) -> None:
    key = make(empty_workspace, "meeting", title="Round table")
    kind = empty_workspace.schema["participation"].field("who").kind
    assert isinstance(kind, Party)
    for words in (kind.assign(None, None, "Azerbaijani delegation (unnamed)"),):
        empty_workspace.apply(edits.add_member(empty_workspace.store, "meeting", key, "participants_az", words))
    model = shown(empty_workspace, "meeting")
    assert cell(model, 0, "participants_az") == "Azerbaijani delegation (unnamed)"
    assert cell(model, 0, "participants_az", UNRESOLVED_ROLE) is True
    assert cell(model, 0, "title", UNRESOLVED_ROLE) is False


def test_names_of_a_person_are_no_unresolved_links(filled_workspace: Workspace) -> None:
    model = shown(filled_workspace, "person")
    rows = [row for row in range(model.rowCount()) if cell(model, row, "names")]
    assert rows
    assert not any(cell(model, row, "names", UNRESOLVED_ROLE) for row in rows)


def test_data_is_never_rich_text_in_a_tooltip(empty_workspace: Workspace) -> None:
    make(empty_workspace, "meeting", title="<b>Talks</b> & <img src='file:///etc/passwd'> about the corridor")
    tip = str(cell(shown(empty_workspace, "meeting"), 0, "title", Qt.ItemDataRole.ToolTipRole))
    assert "<b>" not in tip
    assert "&lt;img" in tip


def test_rows_are_read_by_pages_when_they_are_looked_at(
    empty_workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make(empty_workspace, "tag", name=f"tag {number}")
    model = shown(empty_workspace, "tag")
    keys = model.keys
    # Seven million rows of a table that holds three: only the number of ids matters here.
    monkeypatch.setattr(empty_workspace.store, "keys", lambda _query: keys + list(range(10, 7_000_007)))
    read: list[int] = []
    rows = empty_workspace.store.rows
    monkeypatch.setattr(
        empty_workspace.store, "rows", lambda table, wanted: (read.append(len(wanted)), rows(table, wanted))[1]
    )
    model.set_query(Query("tag"))
    assert model.rowCount() == 7_000_000
    assert cell(model, 0, "name") == "tag 0"
    assert cell(model, 6_999_999, "name") is None
    assert read == [PAGE_ROWS, 6_999_999 % PAGE_ROWS + 1]


def test_sorting_asks_the_store_and_clearing_it_gives_the_first_order_back(meetings: RecordModel) -> None:
    first = list(meetings.keys)
    meetings.sort(meetings.column_of("title"))
    titles = [str(cell(meetings, row, "title")) for row in range(5)]
    assert meetings.query.sort == "title"
    assert titles == sorted(titles, key=str.lower)
    meetings.sort(meetings.column_of("title"), Qt.SortOrder.DescendingOrder)
    assert meetings.query.sort == "-title"
    meetings.sort(-1)
    assert meetings.keys == first


def test_a_bad_filter_keeps_what_is_shown(meetings: RecordModel) -> None:
    before = list(meetings.keys)
    with pytest.raises(UserError):
        meetings.set_query(parse_query("status:bogus", SCHEMA["meeting"]))
    assert (meetings.keys, meetings.query) == (before, Query("meeting"))


def test_an_edit_elsewhere_changes_the_row_without_a_reset(
    qtbot: QtBot, filled_workspace: Workspace, meetings: RecordModel
) -> None:
    key = meetings.keys[3]
    with qtbot.assertNotEmitted(meetings.modelReset), qtbot.waitSignal(meetings.dataChanged) as told:
        filled_workspace.apply(edits.edit_field(filled_workspace.store, "meeting", key, "city", {"city": "Şamaxı"}))
    assert (told.args[0].row(), told.args[1].row()) == (3, 3)
    assert cell(meetings, 3, "city") == "Şamaxı"


def test_a_moved_date_sorts_the_row_to_its_new_place(filled_workspace: Workspace, meetings: RecordModel) -> None:
    key = meetings.keys[3]
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "meeting", key, "date", {"date": "1992"}))
    assert meetings.row_of(key) > 3
    filled_workspace.undo()
    assert meetings.row_of(key) == 3


def test_a_row_leaves_the_filter_that_it_no_longer_fits(filled_workspace: Workspace) -> None:
    model = shown(filled_workspace, "meeting", "status:held")
    key = model.keys[0]
    filled_workspace.apply(edits.edit_field(filled_workspace.store, "meeting", key, "status", {"status": "cancelled"}))
    assert model.row_of(key) == -1


def test_a_renamed_person_is_renamed_in_the_meetings(filled_workspace: Workspace, meetings: RecordModel) -> None:
    row = next(r for r in range(meetings.rowCount()) if meetings.record(r).labels["participants_az"])
    person = meetings.record(row).labels["participants_az"][0]
    assert person.table == "person"
    step = edits.edit_field(filled_workspace.store, "person", person.key, "name", {"name": "Renamed Person"})
    filled_workspace.apply(step)
    assert "Renamed Person" in str(cell(meetings, row, "participants_az"))


def test_a_new_participant_appears_in_its_row(filled_workspace: Workspace, meetings: RecordModel) -> None:
    kind = filled_workspace.schema["participation"].field("who").kind
    assert isinstance(kind, Party)
    step = edits.add_member(
        filled_workspace.store, "meeting", meetings.keys[0], "participants_cn", kind.assign(None, None, "Mr Wang")
    )
    assert isinstance(filled_workspace.schema["meeting"].field("participants_cn").kind, Links)
    filled_workspace.apply(step)
    assert "Mr Wang" in str(cell(meetings, 0, "participants_cn"))


def test_rows_stay_in_place_while_somebody_types(filled_workspace: Workspace, meetings: RecordModel) -> None:
    key, other = meetings.keys[0], meetings.keys[5]
    meetings.hold()
    filled_workspace.apply(edits.to_trash(filled_workspace.store, "meeting", [key]))
    meetings.set_query(parse_query("status:held", SCHEMA["meeting"]))
    assert (meetings.row_of(key), meetings.row_of(other)) == (0, 5)
    meetings.release()
    assert meetings.row_of(key) == -1
    assert meetings.query.conditions


def test_commit_writes_typed_text_as_one_step(filled_workspace: Workspace, meetings: RecordModel) -> None:
    key = meetings.keys[2]
    outcome = meetings.commit(meetings.index(2, meetings.column_of("date_end")), "30 January 2026")
    assert (outcome.is_written, outcome.refusal) == (True, "")
    assert filled_workspace.store.get("meeting", key).values["date_end"] == "2026-01-30"
    assert filled_workspace.store.journal.next_undo()[1].startswith("Edit until of ")


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("date", "31 February 2024", "not a day of the calendar"),
        ("date", "soon", "not a date"),
        ("status", "nearly held", "not in the list"),
        ("title", "", "can't be empty"),
        ("title", "x" * 301, "at most 300"),
        ("ordinal", "tenth", "not a whole number"),
        ("ordinal", "0", "between 1 and 10,000"),
        ("country", "Atlantis", "not a country"),
    ],
)
def test_impossible_typing_is_refused_in_words_and_writes_nothing(
    qtbot: QtBot, filled_workspace: Workspace, meetings: RecordModel, name: str, typed: str, words: str
) -> None:
    before = filled_workspace.store.get("meeting", meetings.keys[0])
    with qtbot.waitSignal(meetings.edit_refused) as told:
        meetings.commit(meetings.index(0, meetings.column_of(name)), typed)
    assert told.args[:2] == [before.key, name]
    assert words in told.args[2]
    assert filled_workspace.store.get("meeting", before.key).values == before.values
    assert filled_workspace.store.journal.next_undo() is None


def test_unlikely_values_are_written_and_warned_about(qtbot: QtBot, filled_workspace: Workspace) -> None:
    model = shown(filled_workspace, "agreement")
    with qtbot.waitSignal(model.edit_warned) as told:
        model.commit(model.index(0, model.column_of("value")), "942 USD")
    assert "million may be missing" in told.args[2]
    assert filled_workspace.store.get("agreement", model.keys[0]).values["value"] == 942


def test_typing_what_is_there_writes_nothing(filled_workspace: Workspace, meetings: RecordModel) -> None:
    for row in range(10):
        for f in SCHEMA["meeting"].fields:
            if not isinstance(f.kind, Links):
                record = filled_workspace.store.get("meeting", meetings.keys[row])
                outcome = meetings.commit(meetings.index(row, meetings.column_of(f.name)), record.edit_text(f.name))
                assert (f.name, outcome.refusal, outcome.is_written) == (f.name, "", False)
    assert filled_workspace.store.journal.next_undo() is None


def test_trash_and_read_only_files_cannot_be_edited(filled_workspace: Workspace, meetings: RecordModel) -> None:
    index = meetings.index(0, meetings.column_of("title"))
    assert meetings.flags(index) & Qt.ItemFlag.ItemIsEditable
    filled_workspace.set_busy(True)
    assert not meetings.flags(index) & Qt.ItemFlag.ItemIsEditable
    filled_workspace.set_busy(False)
    filled_workspace.apply(edits.to_trash(filled_workspace.store, "meeting", [meetings.keys[0]]))
    trash = shown(filled_workspace, "meeting", "is:trash")
    assert trash.rowCount() == 1
    assert not trash.flags(trash.index(0, 1)) & Qt.ItemFlag.ItemIsEditable
    assert not trash.flags(QModelIndex()) & Qt.ItemFlag.ItemIsEditable


def test_closing_the_file_empties_the_table(filled_workspace: Workspace, meetings: RecordModel) -> None:
    filled_workspace.close()
    assert meetings.rowCount() == 0
