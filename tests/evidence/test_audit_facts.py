"""The acceptance list of audit and conflicts, on the shipped figures: what each line must come to.

`tests/data/audit_facts.csv` names the line, what is looked at (a check, a comparison of two figures, the cause of a
differing value or growth, a rank), the reference rows and the expected word. Lines that no figure expresses are not
there: the wording of the strategic partnership, the naming of the solar plant, trade houses before the fourth, dates of
a visit, titles and status of documents, spellings of names and the wind misprint are no figures; for January-November
2018 the Chinese year is not stored, so the doubt about its side can't be computed; TEU of block trains, Chinese
customs on exports of 2024 and three dollar values of one bond stand in notes only; that eleven months of 2023 were
published on the 23rd can't be shown, as the stored day is the month.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from azcn_desktop.evidence.audit import audit
from azcn_desktop.evidence.checks import KIND, REASON, ROLE, VERDICT, Check
from azcn_desktop.evidence.claim_rules import compare
from azcn_desktop.evidence.conflicts import Disagreement, conflicts
from azcn_desktop.evidence.figures import Figure, read_figures
from azcn_desktop.store.database import Database
from azcn_desktop.store.store import Store

with (Path(__file__).parent.parent / "data" / "audit_facts.csv").open(encoding="utf-8", newline="") as _file:
    FACTS = list(csv.DictReader(_file))


@dataclass(frozen=True)
class Shipped:
    """What was found in the shipped figures."""

    store: Store
    figures: dict[int, Figure]
    checks: list[Check]
    disagreements: list[Disagreement]

    def keys(self, references: str) -> tuple[int, ...]:
        """Return the keys behind reference ids."""
        found = [self.store.find_reference(reference) for reference in references.split()]
        assert None not in found
        return tuple(key for table, key in filter(None, found) if table == "figure")


@pytest.fixture(scope="module")
def shipped(reference_db: Path) -> Iterator[Shipped]:
    """Audit the shipped file once."""
    opened = Store(Database.open(reference_db, read_only=True))
    figures = read_figures(opened)
    unjudged = [replace(figure, cause="") for figure in figures]  # the suggestions are tested, not shipped judgements
    yield Shipped(opened, {f.key: f for f in figures}, audit(figures), conflicts(unjudged))
    opened.close()


def word_of(fact: dict[str, str], shipped: Shipped) -> list[tuple[str, str]]:
    """Return the words and reasons that are found for a line."""
    keys = shipped.keys(fact["figures"])
    if fact["looked_at"] == "check":
        of_kind = [c for c in shipped.checks if c.kind == fact["kind"] and set(c.subjects) == set(keys)]
        return [
            (check.verdict, check.reason) for check in of_kind if check.reason == fact["reason"] or len(of_kind) == 1
        ]
    if fact["looked_at"] == "compare":
        check = compare(*(shipped.figures[key] for key in keys))
        return [(check.verdict, check.reason)]
    if fact["looked_at"] == "rank":
        return [(shipped.figures[keys[0]].rank, "")]
    members = [
        member
        for found in shipped.disagreements
        if found.quantity == fact["looked_at"]
        for member in found.members
        if keys[0] in (member.key, *member.twins)
    ]
    return [(member.cause, "") for member in members]


@pytest.mark.parametrize(
    "fact", FACTS, ids=lambda fact: f"{fact['line']}-{fact['looked_at']}-{fact['figures']}-{fact['kind']}"
)
def test_line_of_the_acceptance_list_comes_to_its_verdict(fact: dict[str, str], shipped: Shipped) -> None:
    assert word_of(fact, shipped) == [(fact["expected"], fact["reason"])]


def test_every_preferred_figure_is_what_its_side_is_compared_with(shipped: Shipped) -> None:
    preferred = {key for fact in FACTS if fact["expected"] == "preferred" for key in shipped.keys(fact["figures"])}
    deprecated = {key for fact in FACTS if fact["expected"] == "deprecated" for key in shipped.keys(fact["figures"])}

    of_sides = {side.preferred for found in shipped.disagreements for side in found.sides}
    against = {member.against for found in shipped.disagreements for member in found.members}

    assert preferred <= of_sides
    assert not deprecated & (of_sides | against)


def test_conflicts_of_the_shipped_figures_are_those_looked_at_by_eye(shipped: Shipped) -> None:
    """A new row of the reference tables that adds a conflict is to be looked at before it is expected here."""
    listed = Counter(
        (fact["kind"], frozenset(shipped.keys(fact["figures"]))) for fact in FACTS if fact["expected"] == "conflicts"
    )
    found = Counter((c.kind, frozenset(c.subjects)) for c in shipped.checks if c.verdict == "conflicts")
    assert found == listed


def test_every_word_of_the_shipped_audit_is_in_its_list_and_every_check_is_complete(shipped: Shipped) -> None:
    for check in shipped.checks:
        assert check.kind in KIND.words
        assert check.verdict in VERDICT.words
        assert (check.reason in REASON.words) == (check.verdict == "cannot_be_checked")
        assert {linked.role for linked in check.linked} <= set(ROLE.words)
        assert set(check.keys) <= set(shipped.figures)
        assert check.subjects
        assert check.statement
        assert check.explanation
        assert check.calculation or check.verdict == "cannot_be_checked"


def test_calculation_is_written_out_as_a_reader_would_do_it(shipped: Shipped) -> None:
    (key,) = shipped.keys("T073")
    check = next(c for c in shipped.checks if c.kind == "growth" and c.subjects == (key,))
    assert check.statement == "Turnover 2024 (Azerbaijani statistics): $3.744 bn, +20.7 %"
    assert check.calculation == (
        "$3.744 bn / 1.207 = $3.102 bn ($3.1 bn to $3.104 bn); stated for the period before: $3.1 bn "
        "($3.05 bn to $3.15 bn). From the two values: +20.77 %; stated: +20.7 %."
    )


def test_a_derived_ratio_says_that_nobody_stated_it(shipped: Shipped) -> None:
    check = compare(*(shipped.figures[key] for key in shipped.keys("T019 T072")))
    assert check.calculation == "about $3.7 bn / $1.3 bn = 2.85, over 7 years +16.12 % a year."
    assert check.explanation == REASON.label("nothing_stated") + "."


@pytest.mark.parametrize("reference", ["X050", "X051"])
def test_a_rank_that_the_text_words_in_two_ways_says_so(shipped: Shipped, reference: str) -> None:
    (key,) = shipped.keys(reference)
    check = next(c for c in shipped.checks if c.kind == "measure" and c.subjects == (key,))
    assert check.explanation.startswith(f"{REASON.label('rank')}. ")
    assert "“one of the main import markets for Azerbaijan”" in check.explanation
