"""What is typed is read back in words, and parts of a value follow each other."""

import pytest
from PySide6.QtCore import Qt

from azcn_desktop.gui.editors.editors import commit
from tests.gui.editors.desk import Desk


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
        ("value", "16.609 nəfər", "= 16,609 people, not 16.609"),
        ("value", "23万人", "= 230 thousand people (230,000 people)"),
        ("value", "от 2 до 3 рейсов в неделю", "= 2 to 3 flights per week"),
        ("value", "230", ""),
        ("value", "a great deal", "For instance nearly $942 million"),
        ("growth_pct", "増", "For instance over 21 % or 2.3 times"),
        ("growth_pct", "в 2,3 раза", "= 2.3 times as much (130 per cent more)"),
        ("growth_pct", "21", ""),
        ("growth_pct", "down 3 per cent year-on-year", "= a fall of 3 per cent"),
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


def test_a_range_is_kept_with_its_ends_and_is_one_step(desk: "type[Desk]") -> None:
    at = desk("figure", "value", measure="Goods trade", topic="trade", value=5e9, unit="USD", bound="exact")
    at.type("15亿至20亿美元")
    assert at.editor.problem == "= 1.5 billion to 2 billion US dollars (1,500,000,000 to 2,000,000,000 USD)"
    assert commit(at.editor, at.workspace).is_written
    kept = [at.values()[column] for column in ("value", "bound", "low", "high", "unit")]
    assert kept == [1.5e9, "at_least", 1.5e9, 2e9, "USD"]
    assert at.editor.text() == "1,500,000,000 to 2,000,000,000 USD"
    at.workspace.undo()
    assert [at.values()[column] for column in ("value", "bound", "low", "high")] == [5e9, "exact", None, None]


def test_a_field_of_one_number_refuses_a_range_and_says_what_to_type(desk: "type[Desk]") -> None:
    at = desk("agreement", "value", title="Loan")
    at.type("1.5-2 bn USD")
    assert not commit(at.editor, at.workspace).is_written
    assert at.editor.problem.endswith("Write “at least $1.5 bn” or “at most $2 bn”.")
    at.type("at least $1.5 bn")
    assert commit(at.editor, at.workspace).is_written


def test_a_capacity_is_typed_in_the_units_of_four_languages(desk: "type[Desk]") -> None:
    at = desk("project", "capacity", name="Plant")
    for text in ("230 MVt", "230 МВт", "230兆瓦", "230 megawatts"):
        at.type(text)
        assert at.editor.problem == "= 230 MW"
    assert commit(at.editor, at.workspace).is_written
    assert (at.values()["capacity"], at.values()["capacity_unit"]) == (230.0, "MW")


def test_a_due_date_takes_a_span_and_an_event_is_shown_its_field(desk: "type[Desk]") -> None:
    at = desk("commitment", "due", what="Finish the line")
    at.type("at the congress")
    assert not commit(at.editor, at.workspace).is_written
    assert "“Due when”" in at.editor.problem
    at.type("2026年底")
    assert at.editor.problem == "= late 2026 (September 2026 to December 2026)"
    assert commit(at.editor, at.workspace).is_written
    assert (at.values()["due"], at.values()["due_hi"]) == ("2026-09/2026-12", "2026-12-31")
    assert at.editor.text() == "late 2026"
