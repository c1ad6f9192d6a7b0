"""Editors: opened and closed they change nothing; what is typed is read, refused or written as one step."""

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import UserError
from azcn_desktop.gui.editors.editors import FieldEditor, commit, make_editor
from azcn_desktop.gui.editors.link_editors import LinkEditor, LinksEditor
from azcn_desktop.gui.editors.value_editors import LineEditor, ListEditor, TextEditor
from azcn_desktop.gui.widgets.callout import Callout
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.records.kinds import Links, Value
from azcn_desktop.store import edits

TABLES = ("meeting", "agreement", "project", "figure", "commitment", "person", "organisation", "source")
LONG_TEXTS = (
    "one\r\ntwo\r\n",
    "no\u00a0break",
    "line\u2028separator",
    "paragraph\u2029separator",
    "x" * 40_000,
    "  blanks around  ",
    "tab\tand\n\n\nempty lines\n",
    "İstanbul Bakı 中国 Встреча \U0001f600",
)


def make(workspace: Workspace, table: str, /, **values: Value) -> int:
    return workspace.apply(edits.create(workspace.store, table, values)).new_keys[-1]


class Desk:
    """A window with one editor on it."""

    def __init__(self, qtbot: QtBot, workspace: Workspace, table: str, key: int, name: str) -> None:
        self.workspace, self.table, self.key = workspace, table, key
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.window.resize(600, 400)
        record = workspace.store.get(table, key)
        self.editor: FieldEditor = make_editor(SCHEMA[table].field(name), self.window, workspace.store, record)
        self.editor.resize(300, 30)
        self.editor.step_requested.connect(workspace.apply)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.editor.setFocus()
        self.input = self.editor.focusProxy()
        self._qtbot = qtbot

    def type(self, text: str) -> None:
        self.editor.select_all()
        if not text.isascii():
            typed = QInputMethodEvent()  # as an input method sends them: QTest knows Latin keys only
            typed.setCommitString(text)
            QCoreApplication.sendEvent(self.input, typed)
        elif text:
            self._qtbot.keyClicks(self.input, text)
        else:
            self._qtbot.keyClick(self.input, Qt.Key.Key_Delete)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._qtbot.keyClick(self.input, key, modifiers)

    def values(self) -> dict[str, Value]:
        return dict(self.workspace.store.get(self.table, self.key).values)


@pytest.fixture
def desk(qtbot: QtBot, empty_workspace: Workspace) -> "type[Desk]":
    def opened(table: str, name: str, /, **values: Value) -> Desk:
        return Desk(qtbot, empty_workspace, table, make(empty_workspace, table, **values), name)

    return opened


@pytest.mark.parametrize(
    ("table", "name", "editor"),
    [
        ("meeting", "date", LineEditor),
        ("meeting", "title", LineEditor),
        ("meeting", "status", ListEditor),
        ("meeting", "country", ListEditor),
        ("meeting", "ordinal", LineEditor),
        ("meeting", "note", TextEditor),
        ("meeting", "participants_az", LinksEditor),
        ("agreement", "value", LineEditor),
        ("commitment", "by", LinkEditor),
        ("commitment", "is_measurable", ListEditor),
        ("organisation", "parent_id", LinkEditor),
        ("source", "url", LineEditor),
    ],
)
def test_every_kind_has_its_editor(filled_workspace: Workspace, table: str, name: str, editor: type) -> None:
    record = filled_workspace.store.get(table, 1)
    assert type(make_editor(SCHEMA[table].field(name), None, filled_workspace.store, record)) is editor


@pytest.mark.parametrize("table", TABLES)
def test_opening_and_closing_an_editor_changes_nothing(filled_workspace: Workspace, table: str) -> None:
    for key in range(1, 31):
        record = filled_workspace.store.get(table, key)
        for f in SCHEMA[table].fields:
            editor = make_editor(f, None, filled_workspace.store, record)
            assert not editor.is_modified(), f.name
            outcome = commit(editor, filled_workspace)
            assert (outcome.is_written, outcome.refusal) == (False, "")
        assert filled_workspace.store.get(table, key).values == record.values
    assert filled_workspace.store.journal.next_undo() is None


@pytest.mark.parametrize("note", LONG_TEXTS)
def test_a_long_text_keeps_every_byte_when_it_is_only_looked_at(empty_workspace: Workspace, note: str) -> None:
    key = make(empty_workspace, "meeting", title="Talks", note=note)
    editor = make_editor(
        SCHEMA["meeting"].field("note"), None, empty_workspace.store, empty_workspace.store.get("meeting", key)
    )
    assert not editor.is_modified()
    assert not commit(editor, empty_workspace).is_written
    assert empty_workspace.store.get("meeting", key).values["note"] == note


@pytest.mark.parametrize("value", [1234.56789012345, 1e-7, 2.0**31, 2.0**53, 0.1, 1e15 + 0.5])
def test_a_number_keeps_every_digit_when_it_is_only_looked_at(empty_workspace: Workspace, value: float) -> None:
    key = make(empty_workspace, "figure", measure="Count", value=value)
    record = empty_workspace.store.get("figure", key)
    editor = make_editor(SCHEMA["figure"].field("value"), None, empty_workspace.store, record)
    assert not commit(editor, empty_workspace).is_written
    assert empty_workspace.store.get("figure", key).values["value"] == value


def test_an_edited_long_text_keeps_its_line_breaks_and_blanks(desk: "type[Desk]") -> None:
    at = desk("meeting", "note", title="Talks", note="one\r\ntwo\u00a0three\r\n")
    assert isinstance(at.input, QPlainTextEdit)
    at.press(Qt.Key.Key_X)
    assert at.editor.is_modified()
    assert commit(at.editor, at.workspace).is_written
    assert at.values()["note"] == "xone\r\ntwo\u00a0three\r\n"


def test_enter_makes_a_line_in_a_long_text_and_ctrl_enter_commits(qtbot: QtBot, desk: "type[Desk]") -> None:
    at = desk("meeting", "note", title="Talks")
    with qtbot.assertNotEmitted(at.editor.committed):
        qtbot.keyClicks(at.input, "one")
        at.press(Qt.Key.Key_Return)
        qtbot.keyClicks(at.input, "two")
    with qtbot.waitSignal(at.editor.committed):
        at.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert at.editor.values() == {"note": "one\ntwo"}


def test_a_date_is_read_back_in_words_while_it_is_typed(desk: "type[Desk]") -> None:
    at = desk("meeting", "date", title="Talks")
    at.type("2023-09~")
    assert at.editor.problem == "= about September 2023"
    assert commit(at.editor, at.workspace).is_written
    assert at.values()["date"] == "2023-09~"
    assert at.editor.text() == "about September 2023"


def test_an_amount_is_read_back_with_its_hedge_and_doubts(desk: "type[Desk]") -> None:
    at = desk("agreement", "value", title="Loan")
    at.type("nearly $942 million")
    assert at.editor.problem == "= nearly 942 million US dollars (942,000,000 USD)"
    at.type("942 usd")
    assert "Less than a thousand" in at.editor.problem
    at.type("nearly 37亿美元")
    assert commit(at.editor, at.workspace).is_written
    values = at.values()
    assert (values["value"], values["value_bound"], values["currency"]) == (3.7e9, "nearly", "USD")


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("value", "37亿4400万美元", "= 3.744 billion US dollars (3,744,000,000 USD)"),
        ("value", "1,62 млрд долл.", "= 1.62 billion US dollars (1,620,000,000 USD)"),
        ("value", "942000000 USD", "= 942 million US dollars (942,000,000 USD)"),
        ("value", "27 buses", "= 27 buses"),
        ("value", "230", ""),
        ("value", "a great deal", "For instance nearly $942 million"),
        ("growth_pct", "増", "For instance over 21 % or 2.3 times"),
        ("growth_pct", "в 2,3 раза", "= 2.3 times as much (130 per cent more)"),
        ("growth_pct", "21", ""),
        ("growth_multiple", "on 21 %", "= growth of 21 per cent"),
        ("period", "2019年上半年", "= first half of 2019 (January 2019 to June 2019)"),
        ("period", "2025", ""),
        ("period", "some weeks", "= words only; first and last month stay as they are"),
    ],
)
def test_a_figure_is_read_back_in_words_while_it_is_typed(desk: "type[Desk]", name: str, text: str, words: str) -> None:
    at = desk("figure", name, measure="Goods trade", topic="trade")
    at.type(text)
    assert at.editor.problem == words
    assert at.input.accessibleDescription() == words


def test_a_read_back_follows_the_typing_and_goes_with_it(desk: "type[Desk]") -> None:
    at = desk("figure", "value", measure="Goods trade", topic="trade", value=5.0, unit="USD", bound="exact")
    for text, words in (("37", "Less than a"), ("37万", "= 370 thousand US"), ("37亿", "= 3.7 billion US")):
        at.type(text)
        assert at.editor.problem.startswith(words)
    at.type("5 USD")
    assert (at.editor.problem, at.input.accessibleDescription()) == ("", "")
    at.type("37亿")
    at.press(Qt.Key.Key_Escape)
    assert (at.editor.problem, at.input.accessibleDescription()) == ("", "")
    at.type("37亿")
    assert commit(at.editor, at.workspace).is_written
    assert (at.editor.problem, at.input.accessibleDescription()) == ("", "")
    assert at.editor.text() == "3,700,000,000 USD"


def test_a_multiple_typed_into_growth_goes_to_its_own_column_and_is_one_step(desk: "type[Desk]") -> None:
    at = desk("figure", "growth_pct", measure="Goods trade", topic="trade", growth_pct=21.0)
    at.type("more than 2.3 times")
    assert commit(at.editor, at.workspace).is_written
    values = at.values()
    assert (values["growth_pct"], values["growth_multiple"], values["growth_bound"]) == (None, 2.3, "more_than")
    assert at.editor.text() == "more than 2.3 times"
    at.workspace.undo()
    assert (at.values()["growth_pct"], at.values()["growth_multiple"]) == (21.0, None)


def test_first_last_and_kind_follow_a_typed_period(desk: "type[Desk]") -> None:
    at = desk("figure", "period", measure="Goods trade", topic="trade")
    at.type("2023-cü ilin yanvar-iyul ayları")
    assert commit(at.editor, at.workspace).is_written
    values = at.values()
    assert (values["period"], values["period_kind"]) == ("Jan–Jul 2023", "months")
    assert (values["period_start"], values["period_end"]) == ("2023-01", "2023-07")
    assert (values["period_start_lo"], values["period_end_hi"]) == ("2023-01-01", "2023-07-31")


def test_refused_typing_stays_with_the_reason_beside_it(desk: "type[Desk]") -> None:
    at = desk("meeting", "date", title="Talks", date="2024")
    at.type("31.02.2024")
    outcome = commit(at.editor, at.workspace)
    assert "not a day of the calendar" in outcome.refusal
    assert (at.editor.text(), at.editor.problem) == ("31.02.2024", outcome.refusal)
    assert at.input.property("invalid") == "true"
    assert at.values()["date"] == "2024"
    at.press(Qt.Key.Key_Backspace)
    assert at.input.property("invalid") == "false"


def test_escape_shows_the_stored_value_again(qtbot: QtBot, desk: "type[Desk]") -> None:
    at = desk("meeting", "title", title="Talks")
    at.type("Something else")
    with qtbot.waitSignal(at.editor.cancelled):
        at.press(Qt.Key.Key_Escape)
    assert at.editor.text() == "Talks"
    assert not at.editor.is_modified()


def test_leaving_a_field_commits_it(qtbot: QtBot, desk: "type[Desk]") -> None:
    at = desk("meeting", "title", title="Talks")
    other = QLineEdit(at.window)
    other.show()
    at.type("Consultations")
    with qtbot.waitSignal(at.editor.committed):
        other.setFocus()


@pytest.mark.parametrize(("typed", "stored"), [("can", "cancelled"), ("Held", "held"), ("postp", "postponed")])
def test_typing_a_part_picks_a_word_of_the_list(desk: "type[Desk]", typed: str, stored: str) -> None:
    at = desk("meeting", "status", title="Talks", status="planned")
    at.editor.committed.connect(lambda: commit(at.editor, at.workspace))
    at.type(typed)
    at.press(Qt.Key.Key_Return)
    assert at.values()["status"] == stored


def test_enter_in_an_untouched_list_changes_nothing(desk: "type[Desk]") -> None:
    at = desk("meeting", "level", title="Talks")
    at.editor.open_choices()
    at.press(Qt.Key.Key_Return)
    assert not at.editor.is_modified()
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    assert at.editor.text() == "Head of state"


def test_a_word_outside_the_list_is_refused_with_the_list(desk: "type[Desk]") -> None:
    at = desk("meeting", "status", title="Talks")
    at.type("bogus")
    assert "not in the list: Planned, Held" in commit(at.editor, at.workspace).refusal
    assert at.editor.text() == "bogus"


def test_several_countries_are_typed_one_after_the_other(desk: "type[Desk]") -> None:
    at = desk("organisation", "country", name="AIIB")
    at.type("azer")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Up)
    at.press(Qt.Key.Key_Return)
    assert at.editor.text() == "Azerbaijan"
    at.input.end(False)
    for text in ("; ", "chi"):
        QtBot.keyClicks(at.input, text)
    assert at.editor.line.suggestions[0].text in ("China", "Chile")
    at.editor.line.setText("Azerbaijan; China")
    assert commit(at.editor, at.workspace).is_written
    assert at.values()["country"] == "AZ CN"


def test_clearing_a_field_makes_it_empty(desk: "type[Desk]") -> None:
    at = desk("meeting", "level", title="Talks", level="minister")
    at.type("")
    assert commit(at.editor, at.workspace).is_written
    assert at.values()["level"] is None


def test_a_link_is_picked_by_a_part_of_the_name(desk: "type[Desk]", empty_workspace: Workspace) -> None:
    person = make(empty_workspace, "person", name="Şahin Mustafayev", country="AZ")
    at = desk("commitment", "by", what="Build a port")
    at.type("sahin")
    at.press(Qt.Key.Key_Return)
    assert at.editor.text() == "Şahin Mustafayev"
    assert commit(at.editor, at.workspace).is_written
    assert at.values()["by_person_id"] == person


def test_down_after_typing_arrives_at_the_first_match_and_never_skips_it(
    desk: "type[Desk]", empty_workspace: Workspace
) -> None:
    make(empty_workspace, "person", name="Wang Yi", country="CN")
    make(empty_workspace, "person", name="Wang Yiming", country="CN")
    at = desk("commitment", "by", what="Build a port")
    at.type("wang")
    shown = [at.editor.line.highlighted.text]
    for _ in range(3):
        at.press(Qt.Key.Key_Down)
        shown.append(at.editor.line.highlighted.text)
    assert shown == ["Wang Yi", "Wang Yi", "Wang Yiming", "Create person “wang”"]
    at.type("wang")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    assert at.editor.text() == "Wang Yi"
    assert at.editor.created() == ()


def test_a_list_opened_by_down_is_gone_into_at_once(desk: "type[Desk]", empty_workspace: Workspace) -> None:
    for name in ("Wang Yi", "Wang Yiming"):
        make(empty_workspace, "person", name=name, country="CN")
    at = desk("commitment", "by", what="Build a port")
    at.type("wang")
    at.editor.line.close_list()
    at.press(Qt.Key.Key_Down)
    assert at.editor.line.highlighted.text == "Wang Yi"
    at.press(Qt.Key.Key_Down)
    assert at.editor.line.highlighted.text == "Wang Yiming"


@pytest.mark.parametrize("top", [40, 0, 180, 365])
@pytest.mark.parametrize("is_list_first", [True, False])
def test_a_refusal_and_a_list_of_offers_never_cover_one_another(
    desk: "type[Desk]", empty_workspace: Workspace, top: int, is_list_first: bool
) -> None:
    for name in ("Wang Yi", "Wang Yiming"):
        make(empty_workspace, "person", name=name, country="CN")
    at = desk("commitment", "by", what="Build a port")
    at.editor.move(0, top)
    at.type("wang")
    if is_list_first:
        assert commit(at.editor, at.workspace).refusal
    else:
        at.editor.line.close_list()
        assert commit(at.editor, at.workspace).refusal
        at.editor.line.open_list("wang")
    callout = next(each for each in at.window.findChildren(Callout) if each.isVisible())
    field = at.editor.geometry()
    assert at.window.rect().contains(callout.geometry())
    assert not callout.geometry().intersects(at.editor.line.list_area)
    assert not callout.geometry().intersects(field)


def test_typing_without_picking_is_refused(desk: "type[Desk]") -> None:
    at = desk("commitment", "by", what="Build a port")
    at.type("Somebody")
    at.editor.line.close_list()
    assert "Pick a record from the list" in commit(at.editor, at.workspace).refusal
    assert at.editor.text() == "Somebody"


def test_a_record_made_while_picking_is_one_step_with_its_link(desk: "type[Desk]") -> None:
    at = desk("commitment", "by", what="Build a port")
    at.type("Ilham Newman")
    create = next(s for s in at.editor.line.suggestions if s.text.startswith("Create person"))
    at.editor.line.picked.emit(create)
    steps = len(at.workspace.store.journal.labels())
    assert commit(at.editor, at.workspace).is_written
    assert len(at.workspace.store.journal.labels()) == steps + 1
    person = at.values()["by_person_id"]
    assert at.workspace.store.get("person", person).title == "Ilham Newman"
    at.workspace.undo()
    assert at.workspace.store.get("person", person) is None
    assert at.values()["by_person_id"] is None
    at.workspace.redo()
    assert at.values()["by_person_id"] == person


def test_printed_words_are_kept_where_the_field_takes_them(desk: "type[Desk]") -> None:
    at = desk("commitment", "by", what="Build a port")
    at.type("an unnamed official")
    words = next(s for s in at.editor.line.suggestions if s.text.startswith("Use as printed words"))
    at.editor.line.picked.emit(words)
    assert commit(at.editor, at.workspace).is_written
    values = at.values()
    assert (values["by_text"], values["by_person_id"]) == ("an unnamed official", None)


def test_members_are_added_and_removed_step_by_step(desk: "type[Desk]", empty_workspace: Workspace) -> None:
    make(empty_workspace, "person", name="Wang Yi", country="CN")
    at = desk("meeting", "participants_cn", title="Talks")
    assert isinstance(at.editor, LinksEditor)
    at.type("wang")
    at.press(Qt.Key.Key_Return)
    assert [label.text for label in at.editor.labels] == ["Wang Yi"]
    at.type("Li New")
    at.press(Qt.Key.Key_Down)
    at.press(Qt.Key.Key_Return)
    assert [(label.text, label.table) for label in at.editor.labels] == [("Wang Yi", "person"), ("Li New", "person")]
    made = at.workspace.store.get("person", at.editor.labels[1].key)
    assert made.values["country"] == "CN"
    remove = next(b for b in at.editor.findChildren(QWidget) if b.accessibleName() == "Remove Wang Yi")
    remove.click()
    assert [label.text for label in at.editor.labels] == ["Li New"]
    at.workspace.undo()
    names = [label.text for label in at.workspace.store.get("meeting", at.key).labels["participants_cn"]]
    assert sorted(names) == ["Li New", "Wang Yi"]


def test_names_are_added_as_plain_text_with_their_script(desk: "type[Desk]") -> None:
    at = desk("person", "names", name="Xi Jinping")
    at.type("习近平")
    at.press(Qt.Key.Key_Return)
    parts = at.workspace.store.parts("person", at.key)["name"]
    assert [(part.values["text"], part.values["script"]) for part in parts] == [("习近平", "Hani")]


def test_a_refused_member_says_so_beside_the_line(qtbot: QtBot, desk: "type[Desk]") -> None:
    at = desk("person", "names", name="Xi Jinping")
    at.editor.step_requested.disconnect(at.workspace.apply)

    def refuse(_step: object) -> None:
        at.editor.show_problem("The file is read-only.")

    at.editor.step_requested.connect(refuse)
    at.type("习近平")
    at.press(Qt.Key.Key_Return)
    assert at.editor.problem == "The file is read-only."


def test_typing_stays_when_the_record_changes_elsewhere_and_a_conflict_is_told(desk: "type[Desk]") -> None:
    at = desk("meeting", "title", title="Talks")
    at.type("Consultations")
    at.workspace.apply(edits.edit_field(at.workspace.store, "meeting", at.key, "title", {"title": "Round table"}))
    at.editor.set_record(at.workspace.store.get("meeting", at.key))
    assert at.editor.text() == "Consultations"
    assert "was changed meanwhile" in commit(at.editor, at.workspace).refusal
    assert at.values()["title"] == "Round table"


def test_a_problem_of_another_field_names_that_field(desk: "type[Desk]") -> None:
    at = desk("meeting", "title", title="Talks", status="held")
    at.type("x" * 301)
    assert commit(at.editor, at.workspace).refusal.startswith("This text has 301 characters")


def test_links_are_no_single_value(filled_workspace: Workspace) -> None:
    for f in SCHEMA["meeting"].fields:
        if isinstance(f.kind, Links):
            editor = make_editor(f, None, filled_workspace.store, filled_workspace.store.get("meeting", 1))
            with pytest.raises((ValueError, UserError)):
                editor.values()
