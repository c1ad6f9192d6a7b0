"""Counts, units and ranges of four languages: read as meant, doubts said, and never a number that was not written."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from azcn_desktop.records import kinds, words
from azcn_desktop.records.amount_reading import other_reading, parse_amount
from azcn_desktop.records.amounts import CURRENCIES, Amount, exact_amount, format_amount, read_back
from azcn_desktop.records.number_words import lowered
from azcn_desktop.records.unit_words import COUNTED, LANGUAGES, PER_WORDS, UNIT_WORDS, plural

UNITS = tuple(UNIT_WORDS)
RATES = tuple(f"{unit}/{every}" for unit in UNIT_WORDS for every in PER_WORDS)
# How the languages set off thousands and fractions.
MARKS = {"en": (",", "."), "az": (".", ","), "ru": (" ", ","), "zh": (",", ".")}
FRAMES = {
    "en": (
        "{low} to {high} {unit}", "{low}-{high} {unit}", "between {low} and {high} {unit}",
        "from {low} to {high} {unit}",
    ),
    "az": ("{low}-{high} {unit}", "{low} ilə {high} {unit} arasında"),
    "ru": ("от {low} до {high} {unit}", "{low} – {high} {unit}", "между {low} и {high} {unit}"),
    "zh": ("{low}至{high}{unit}", "{low}到{high}{unit}", "{low}-{high}{unit}", "介于{low}和{high}{unit}之间"),
}  # fmt: skip
SPOKEN = st.sampled_from(
    [
        (language, unit, word)
        for unit, four in UNIT_WORDS.items()
        for language, listed in zip(LANGUAGES, four, strict=True)
        for word in listed.split("|")
    ]
)
COUNTS = st.integers(1, 999_999_999)


def grouped(number: int, language: str) -> str:
    """Write a whole number with the mark that a language sets between thousands."""
    return f"{number:,}".replace(",", MARKS[language][0])


def written(number: str, unit: str, language: str) -> str:
    return f"{number}{unit}" if language == "zh" else f"{number} {unit}"


def money_unit(language: str) -> str:
    return {"en": "bn USD", "az": "milyard dollar", "ru": "млрд долл.", "zh": "亿美元"}[language]


@given(SPOKEN, COUNTS)
def test_a_count_is_read_in_every_word_of_four_languages(spoken: tuple[str, str, str], count: int) -> None:
    language, unit, word = spoken
    for number in (str(count), grouped(count, language)):
        is_lone_mark = number.count(".") == 1
        assume(unit in COUNTED or not is_lone_mark)  # 1.500 t is a tonne and a half
        assert parse_amount(written(number, word, language), UNITS) == Amount(count, None, unit)


@given(SPOKEN, st.integers(1, 9_999), st.integers(1, 9))
def test_a_measure_with_a_fraction_is_read_in_four_languages(
    spoken: tuple[str, str, str], whole: int, tenth: int
) -> None:
    language, unit, word = spoken
    number = f"{whole}{MARKS[language][1]}{tenth}"
    assert parse_amount(written(number, word, language), UNITS) == Amount(float(f"{whole}.{tenth}"), None, unit)


@given(SPOKEN, st.sampled_from(tuple(PER_WORDS)), st.integers(1, 99_999), st.data())
def test_a_count_over_a_time_is_read_in_four_languages(
    spoken: tuple[str, str, str], every: str, count: int, data: st.DataObject
) -> None:
    language, unit, word = spoken
    time = data.draw(st.sampled_from(PER_WORDS[every][LANGUAGES.index(language)].split("|")))
    leads = language in ("az", "zh") and not time.startswith("/")
    text = written(str(count), word, language)
    text = f"{time}{' ' if language == 'az' else ''}{text}" if leads else f"{text}{'' if time[0] == '/' else ' '}{time}"
    assert parse_amount(text, RATES) == Amount(count, None, f"{unit}/{every}")


@given(st.sampled_from(LANGUAGES), st.integers(1, 999), st.integers(1, 999), st.integers(0, 9), st.data())
def test_a_range_of_money_is_read_in_four_languages(
    language: str, low: int, more: int, tenth: int, data: st.DataObject
) -> None:
    frame = data.draw(st.sampled_from(FRAMES[language]))
    text = frame.format(low=f"{low}{MARKS[language][1]}{tenth}", high=low + more, unit=money_unit(language))
    power = 8 if language == "zh" else 9
    read = parse_amount(text)
    assert (read.value, read.high) == (float(f"{low}.{tenth}e{power}"), float(f"{low + more}e{power}"))
    assert (read.bound, read.unit) == ("at_least", "USD")


@given(SPOKEN, st.integers(1, 999_999), st.integers(1, 999_999), st.data())
def test_a_range_of_counts_is_read_in_four_languages(
    spoken: tuple[str, str, str], low: int, more: int, data: st.DataObject
) -> None:
    language, unit, word = spoken
    assume(low + more <= 1_000 * low)
    frame = data.draw(st.sampled_from(FRAMES[language]))
    read = parse_amount(frame.format(low=low, high=low + more, unit=word), UNITS)
    assert read == Amount(low, "at_least", unit, low + more)


@given(
    st.floats(0.001, 1e12), st.floats(0.001, 1e12), st.sampled_from((None, *CURRENCIES, *UNITS, "bus/year")),
)  # fmt: skip
def test_a_range_is_read_back_from_what_an_editor_and_a_read_back_show(a: float, b: float, unit: str | None) -> None:
    low, high = sorted(round(end, 3) for end in (a, b))
    assume(low < high <= 1_000 * low)
    amount = Amount(low, "at_least", unit, high)
    assert parse_amount(exact_amount(amount), (*UNITS, "bus/year")) == amount
    words = read_back(amount).partition(" (")[0]
    assert parse_amount(words, (*UNITS, "bus/year")).high == high


@given(st.sampled_from(sorted(COUNTED)), st.integers(1, 999), st.integers(0, 999))
def test_what_is_counted_is_written_so_that_a_fraction_comes_back(unit: str, whole: int, thousandths: int) -> None:
    amount = Amount(float(f"{whole}.{thousandths:03}"), None, unit)
    for text in (exact_amount(amount), format_amount(amount)):
        assert parse_amount(text, UNITS) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("16 609 туристов", Amount(16_609, None, "visitor")),
        ("16609 turist", Amount(16_609, None, "visitor")),
        ("16.609 nəfər", Amount(16_609, None, "person")),
        ("16609人次", Amount(16_609, None, "visitor")),
        ("16,609 tourists", Amount(16_609, None, "visitor")),
        ("500辆", Amount(500, None, "vehicle")),
        ("500辆以上", Amount(500, "at_least", "vehicle")),
        ("500 avtobus", Amount(500, None, "bus")),
        ("300 avtobusdan çox", Amount(300, "more_than", "bus")),
        ("250-dən çox bank", Amount(250, "more_than", "bank")),
        ("250多家银行", Amount(250, "more_than", "bank")),
        ("свыше 250 банков", Amount(250, "over", "bank")),
        ("230 MVt", Amount(230, None, "MW")),
        ("230 МВт", Amount(230, None, "MW")),
        ("23万人", Amount(230_000, None, "person")),
        ("五十辆", Amount(50, None, "vehicle")),
        ("百分之77", Amount(77, None, "percent")),
        ("百分之七十七", Amount(77, None, "percent")),
        ("超过百分之77", Amount(77, "more_than", "percent")),
        ("77 faiz", Amount(77, None, "percent")),
        ("77 процентов", Amount(77, None, "percent")),
        ("57 min turist", Amount(57_000, None, "visitor")),
        ("5,7万人次", Amount(57_000, None, "visitor")),
        ("1,2 млн туристов", Amount(1_200_000, None, "visitor")),
        ("16.609 min nəfər", Amount(16_609, None, "person")),
        ("3.7 bn", Amount(3.7e9)),
        ("1.500 tonnes", Amount(1.5, None, "tonne")),
        ("1.5-2 bn USD", Amount(1.5e9, "at_least", "USD", 2e9)),
        ("$1.5–2 bn", Amount(1.5e9, "at_least", "USD", 2e9)),
        ("$1.5 bn - $2 bn", Amount(1.5e9, "at_least", "USD", 2e9)),
        ("от 1,5 до 2 млрд долл.", Amount(1.5e9, "at_least", "USD", 2e9)),
        ("1,5-dən 2 milyard dollara qədər", Amount(1.5e9, "at_least", "USD", 2e9)),
        ("1,5 milyarddan 2 milyard dollaradək", Amount(1.5e9, "at_least", "USD", 2e9)),
        ("15亿至20亿美元", Amount(1.5e9, "at_least", "USD", 2e9)),
        ("15～20亿美元", Amount(1.5e9, "at_least", "USD", 2e9)),
        ("十五亿至二十亿美元", Amount(1.5e9, "at_least", "USD", 2e9)),
        ("900 m to 1.2 bn USD", Amount(9e8, "at_least", "USD", 1.2e9)),
    ],
)  # fmt: skip
def test_counts_units_and_ranges_are_read_as_meant(text: str, amount: Amount) -> None:
    assert parse_amount(text, UNITS) == amount


@pytest.mark.parametrize(
    "text",
    [
        "до 500 автобусов", "500-ə qədər avtobus", "2-1 bn USD", "900-1.2 bn USD", "1.5 USD to 2 bn USD",
        "5 USD to 7 EUR", "1-2-3 bn", "3 buses a fortnight", "几十人", "三五人", "500 buses trains", "23万千瓦",
        "about 1.5 to 2 bn USD", "1.5 to over 2 bn USD",
    ],
)  # fmt: skip
def test_what_can_not_be_told_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_amount(text, UNITS)


@pytest.mark.parametrize(
    ("text", "held", "other"),
    [
        ("16.609 nəfər", None, 16.609), ("16.609", "visitor", 16.609), ("16.609 USD", None, 16_609),
        ("1.500 tonnes", None, 1_500), ("1,500 МВт", None, 1.5), ("1.234", None, 1_234),
        ("3.7 bn", None, None), ("3.744 bn USD", None, None), ("16,609 tourists", None, None), ("1,500 MW", None, None),
        ("16 609 туристов", None, None), ("41.125 %", None, None), ("1.234.567 nəfər", None, None),
        ("0.125 USD", None, None), ("1.5-2 bn USD", None, None),
    ],
)  # fmt: skip
def test_a_lone_mark_before_three_digits_tells_its_other_reading(
    text: str, held: str | None, other: float | None
) -> None:
    assert other_reading(text, UNITS, held) == other


FIGURE_VALUE = kinds.Amount(bound="bound", unit="unit", least="low", most="high", units=words.UNITS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("16.609 nəfər", "16,609 people, not 16.609"),
        ("16 609 туристов", "16,609 visitors"),
        ("23万人", "230 thousand people (230,000 people)"),
        ("1.234 tonne", "1.234 tonnes, not 1,234"),
        ("百分之77", "77 per cent"),
        ("每周3班", "3 flights per week"),
        ("15亿至20亿美元", "1.5 billion to 2 billion US dollars (1,500,000,000 to 2,000,000,000 USD)"),
        ("2-3 рейса в неделю", "2 to 3 flights per week"),
    ],
)
def test_counts_and_ranges_are_read_back_in_words(text: str, words: str) -> None:
    assert FIGURE_VALUE.read_back("value", text, {}) == words


def test_a_range_is_kept_with_both_ends_and_goes_with_them() -> None:
    kept = FIGURE_VALUE.read("value", "1.5-2 bn USD", {})
    assert kept == {"value": 1.5e9, "bound": "at_least", "unit": "USD", "low": 1.5e9, "high": 2e9}
    assert FIGURE_VALUE.show("value", kept) == "$1.5 bn to $2 bn"
    assert FIGURE_VALUE.edit_text("value", kept) == "1,500,000,000 to 2,000,000,000 USD"
    single = FIGURE_VALUE.read("value", "1.7 bn USD", kept)
    assert single == {"value": 1.7e9, "bound": "exact", "unit": "USD", "low": None, "high": None}
    assert FIGURE_VALUE.read("value", "", kept) == {"value": None, "low": None, "high": None}


def test_ends_that_stand_beside_another_number_stay() -> None:
    row = {"value": 1.7e9, "bound": "approx", "unit": "USD", "low": 1.5e9, "high": 2e9}
    assert FIGURE_VALUE.show("value", row) == "about $1.7 bn"
    assert "low" not in FIGURE_VALUE.read("value", "1.8 bn", row)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (
            kinds.Amount(bound="value_bound", unit="currency"),
            "“1.5-2 bn USD” is a range, and this field holds one number. "
            "Write “at least $1.5 bn” or “at most $2 bn”.",
        ),
        (
            kinds.Amount(unit="capacity_unit"),
            "“1.5-2 bn USD” is a range, and this field holds one number. "
            "Write $1.5 bn or $2 bn, and the range in Note.",
        ),
    ],
)  # fmt: skip
def test_a_field_of_one_number_says_what_to_type_for_a_range(kind: kinds.Amount, sentence: str) -> None:
    for read in (lambda: kind.parse("1.5-2 bn USD"), lambda: kind.read("value", "1.5-2 bn USD", {})):
        with pytest.raises(ValueError) as refused:
            read()
        assert str(refused.value) == sentence
    typed = sentence.partition("Write ")[2].strip("“.").partition("”")[0].partition(" or ")[0]
    assert parse_amount(typed).value == 1.5e9


def test_every_unit_of_the_table_is_offered_and_has_words_in_four_languages() -> None:
    bases = {unit.partition("/")[0] for unit in words.UNITS}
    assert set(UNIT_WORDS) <= bases
    assert bases - set(UNIT_WORDS) == {"rank", "ordinal", "calendar year"}
    assert set(UNIT_WORDS) >= COUNTED
    assert all(len(four) == len(LANGUAGES) and all(four) for four in (*UNIT_WORDS.values(), *PER_WORDS.values()))


def test_no_word_stands_for_two_units() -> None:
    spoken = {
        unit: {lowered(word) for four in listed for word in four.split("|")} for unit, listed in UNIT_WORDS.items()
    }
    everything = [word for own in spoken.values() for word in own]
    assert sorted(everything) == sorted(set(everything))


def test_several_of_a_unit_are_named_in_english() -> None:
    named = [plural(unit) for unit in ("bus", "person", "company", "MW", "TEU", "km", "percent", "mulberry seedling")]
    assert named == ["buses", "people", "companies", "MW", "TEU", "km", "per cent", "mulberry seedlings"]
