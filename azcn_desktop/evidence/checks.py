"""What an audit finds, as values: the closed lists of kinds, verdicts and reasons, and one check.

Knows no rules; `audit` makes these.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from azcn_desktop.records.kinds import Choice

KIND = Choice(
    (
        "growth", "increase", "implied_bases", "growth_of_parts", "parts", "part_of_year", "share", "comparison",
        "period", "publication", "measure",
    ),
    (
        ("growth", "Growth against the base"), ("increase", "Stated increase"),
        ("implied_bases", "Bases implied by growth"), ("growth_of_parts", "Growth of parts and total"),
        ("parts", "Parts against the total"), ("part_of_year", "Part against the longer period"),
        ("share", "Share against its parts"), ("publication", "Day of publication"),
        ("measure", "What is measured"),
    ),
)  # fmt: skip
VERDICT = Choice(
    ("agrees", "agrees_after_rounding", "conflicts", "cannot_be_checked"),
)
REASON = Choice(
    (
        "no_base", "no_value", "no_number", "no_period", "no_parts", "unlike_periods", "unlike_sides", "unlike_units",
        "unlike_measures", "stock_and_flow", "percent_for_times", "rank", "only_deprecated", "not_over_yet",
        "nothing_stated", "zero_base", "open_end", "hedged",
    ),
    (
        ("no_base", "The value of the period before is not known"),
        ("no_value", "Growth without a value"),
        ("no_number", "A claim without a number"),
        ("no_period", "No period is stated"),
        ("no_parts", "The values behind the share are not known"),
        ("unlike_periods", "Unlike periods are compared"),
        ("unlike_sides", "Only the other side's statistics are known"),
        ("unlike_units", "Unlike units are compared"),
        ("unlike_measures", "Unlike measures are compared"),
        ("stock_and_flow", "A stock is no flow, or which of them it is was not stated"),
        ("percent_for_times", "Per cent are printed for times"),
        ("rank", "A rank is no quantity"),
        ("only_deprecated", "Only deprecated figures speak against it"),
        ("not_over_yet", "Published before the period was over"),
        ("nothing_stated", "Computed here; nothing is stated to compare it with"),
        ("zero_base", "The period before counts nought, so no growth can be computed"),
        ("open_end", "Only a limit is stated, which fits many values"),
        ("hedged", "It hangs on the width assumed for “about”"),
    ),
)  # fmt: skip
ROLE = Choice(
    ("subject", "value", "base", "total", "part", "longer", "shorter", "same", "other"),
    (
        ("subject", "Checked"), ("base", "Period before"), ("longer", "Longer period"), ("shorter", "Shorter period"),
        ("same", "Same period"),
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Linked:
    """A figure that a check rests on, with a word of `ROLE`."""

    key: int
    role: str


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked.

    Attributes:
        kind: a word of `KIND`.
        verdict: a word of `VERDICT`.
        keys: the figures that it rests on, those that are checked first.
        roles: for each of them a word of `ROLE`; subject for those that are checked.
        write: writes statement, calculation and explanation, given whether it fits. Called when somebody reads them:
            words for ten thousand checks would cost more than the checks.
        reason: a word of `REASON` where the verdict is cannot_be_checked, else empty.
        is_settled: a person has deprecated all figures that are checked, so nothing is left to decide.
    """

    kind: str
    verdict: str
    keys: tuple[int, ...]
    roles: tuple[str, ...]
    write: Callable[[bool], tuple[str, str, str]] = field(compare=False, repr=False)
    reason: str = ""
    is_settled: bool = False

    @property
    def statement(self) -> str:
        """What is claimed, in words."""
        return self.write(self.fits)[0]

    @property
    def calculation(self) -> str:
        """The arithmetic written out, empty where there is none."""
        return self.write(self.fits)[1]

    @property
    def explanation(self) -> str:
        """The verdict in a sentence."""
        return self.write(self.fits)[2]

    @property
    def fits(self) -> bool:
        """Tell whether some reading of the numbers is possible, and more than a limit was checked."""
        return self.verdict in ("agrees", "agrees_after_rounding")

    @property
    def linked(self) -> tuple[Linked, ...]:
        """The figures that it rests on with their roles."""
        return tuple(map(Linked, self.keys, self.roles))

    @property
    def subjects(self) -> tuple[int, ...]:
        """The keys of the figures that are checked."""
        return tuple(key for key, role in zip(self.keys, self.roles, strict=True) if role == "subject")
