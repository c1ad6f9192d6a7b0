"""The model of the conflicts: a line for each thing that figures differ on, and under it these figures.

It is given what was found and shows it; who stands behind a figure is read for the lines that come into view. Knows no
rules and writes nothing.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from azcn_desktop.evidence.conflicts import Disagreement, Member
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.phrasing import between, in_sentence, subject_of
from azcn_desktop.gui.figures.claim_bars import ClaimBar, claim_bars
from azcn_desktop.gui.figures.figure_words import FigureWords
from azcn_desktop.gui.presentation import tone_of
from azcn_desktop.gui.roles import KEY_ROLE, SECONDARY_ROLE, STYLE_ROLE, TONE_ROLE, UNRESOLVED_ROLE
from azcn_desktop.records import words

AnyIndex = QModelIndex | QPersistentModelIndex
Column = str
COLUMNS: Final = ("figure", "claim", "side", "rank", "cause")
GROUP_ROLE: Final = KEY_ROLE + 100
"""Disagreement: on the line of one."""
BAR_ROLE: Final = KEY_ROLE + 101
"""ClaimBar: on the claim of a figure that stands on the common scale."""
APART_ROLE: Final = KEY_ROLE + 102
"""str: how far a figure is from the one that it is compared with."""
_STYLES = {"figure": "title", "claim": "muted", "side": "pill", "rank": "status", "cause": "text"}
_DISPLAY, _TOOLTIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole
_ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole
_TOP = 0


class ConflictModel(QAbstractItemModel):
    """Conflicts and the figures in them.

    A line of a conflict has the internal number 0, a figure the number of its conflict's row and one more.
    """

    def __init__(self, figure_words: FigureWords, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = figure_words
        self._conflicts: Sequence[Disagreement] = ()
        self._figures: Mapping[int, Figure] = {}
        self._bars: dict[int, dict[int, ClaimBar]] = {}

    def show(self, conflicts: Sequence[Disagreement], figures: Mapping[int, Figure]) -> None:
        """Show other conflicts; where the lines are the same ones, only what they say is asked for again."""
        self._bars.clear()
        self._words.forget()
        if _lines(conflicts) == _lines(self._conflicts):
            changed = [
                row for row, pair in enumerate(zip(self._conflicts, conflicts, strict=True)) if pair[0] != pair[1]
            ]
            self._conflicts, self._figures = conflicts, figures
            for row in changed:
                self._tell_changed(row)
            return
        self.beginResetModel()
        self._conflicts, self._figures = conflicts, figures
        self.endResetModel()

    def _tell_changed(self, row: int) -> None:
        last = len(COLUMNS) - 1
        line = self.index(row, 0)
        self.dataChanged.emit(line, self.index(row, last))
        self.dataChanged.emit(self.index(0, 0, line), self.index(self.rowCount(line) - 1, last, line))

    # -- places

    @property
    def conflicts(self) -> Sequence[Disagreement]:
        """What is shown."""
        return self._conflicts

    def conflict_at(self, index: AnyIndex) -> Disagreement | None:
        """Return the conflict of a line or of a figure's line, or None."""
        if not index.isValid():
            return None
        return self._conflicts[index.row() if index.internalId() == _TOP else index.internalId() - 1]

    def member_at(self, index: AnyIndex) -> Member | None:
        """Return the figure of a line, or None on the line of a conflict."""
        if not index.isValid() or index.internalId() == _TOP:
            return None
        return self._conflicts[index.internalId() - 1].members[index.row()]

    def index_of(self, key: int, quantity: str = "") -> QModelIndex:
        """Return the line of a figure, in the conflict about a quantity if it stands in several; invalid if in none."""
        found = QModelIndex()
        for row, conflict in enumerate(self._conflicts):
            if key in conflict.keys and (not found.isValid() or conflict.quantity == quantity):
                place = next(n for n, m in enumerate(conflict.members) if key == m.key or key in m.twins)
                found = self.index(place, 0, self.index(row, 0))
        return found

    # -- what Qt asks

    def index(self, row: int, column: int, parent: AnyIndex = QModelIndex()) -> QModelIndex:  # noqa: B008
        """Return the index of a line."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else _TOP)

    def parent(self, index: AnyIndex) -> QModelIndex:  # type: ignore[override]  # the stubs know QObject's alone
        """Return the line of the conflict that a figure stands in."""
        if not index.isValid() or index.internalId() == _TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, _TOP)

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of conflicts, or of figures in one."""
        if not parent.isValid():
            return len(self._conflicts)
        is_group = parent.internalId() == _TOP and parent.column() == 0
        return len(self._conflicts[parent.row()].members) if is_group else 0

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns, the same on all lines."""
        return len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return the heading of a column, and what it means."""
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(COLUMNS):
            return None
        if role == _DISPLAY:
            return (
                self.tr("Figure"),
                self.tr("May mean"),
                self.tr("Side"),
                self.tr("Rank"),
                self.tr("Why it differs"),
            )[section]
        if role == _TOOLTIP:
            return (
                self.tr("The number as published, how far it is from the one it is compared with, and who says so"),
                self.tr("What the printed words leave open; the pale band is what the first figure may mean"),
                self.tr("Whose statistics"),
                self.tr("Preferred figures are drawn; deprecated ones never"),
                self.tr("The cause that is likely, or that a person judged"),
            )[section]
        return None

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        """Return what a cell says, means and looks like."""
        if not index.isValid():
            return None
        conflict = self.conflict_at(index)
        assert conflict is not None
        member = self.member_at(index)
        if member is None:
            return self._group_data(conflict, index.column(), role)
        return self._member_data(conflict, member, index, role)

    def _group_data(self, conflict: Disagreement, column: int, role: int) -> Any:
        if role == GROUP_ROLE:
            return conflict
        if column:
            return None
        if role in (_DISPLAY, _ACCESSIBLE):
            return ", ".join(
                part for part in (*heading(conflict), spread_words(conflict), cause_words(conflict)) if part
            )
        return _tip(conflict.why) if role == _TOOLTIP and conflict.why else None

    def _member_data(self, conflict: Disagreement, member: Member, index: AnyIndex, role: int) -> Any:
        column = COLUMNS[index.column()]
        if role == _DISPLAY:
            return self._text(conflict, member, column)
        if role == STYLE_ROLE:
            return _STYLES[column]
        if role == KEY_ROLE:
            return member.key
        if role == TONE_ROLE:
            return {"side": tone_of("statistics_side", member.side), "rank": tone_of("rank", member.rank)}.get(column)
        if role == UNRESOLVED_ROLE:
            return column == "cause" and bool(member.cause) and not member.is_judged
        if role == BAR_ROLE:
            return self._bar(conflict, member, index) if column == "claim" else None
        if role == APART_ROLE:
            return apart_words(conflict, member)
        if role == SECONDARY_ROLE and column == "figure":
            return self._behind(conflict, member)
        if role in (_TOOLTIP, _ACCESSIBLE):
            return self._explained(conflict, member, column, role)
        return None

    def _text(self, conflict: Disagreement, member: Member, column: Column) -> str:
        if column == "figure":
            return member.words
        if column == "claim":
            return between_words(conflict, member, self._figures.get(member.key))
        if column == "side":
            return words.STATISTICS_SIDE.label(member.side)
        if column == "rank":
            return words.RANK.label(member.rank)
        return words.CONFLICT_CAUSE.label(member.cause) if member.cause else ""

    def _behind(self, conflict: Disagreement, member: Member) -> str:
        """Return who stands behind a figure, and how many texts more give the same value."""
        behind = self._words.behind(member.key, (m.key for m in conflict.members))
        line, more = behind.line if behind else "", len(member.twins)
        if not more:
            return line
        same = self.tr("the same in 1 more text") if more == 1 else self.tr("the same in {} more texts").format(more)
        return f"{line} · {same}"

    def _bar(self, conflict: Disagreement, member: Member, index: AnyIndex) -> ClaimBar | None:
        group = index.internalId()
        if group not in self._bars:
            self._bars[group] = claim_bars(conflict, self._figures)
        return self._bars[group].get(member.key)

    def _explained(self, conflict: Disagreement, member: Member, column: Column, role: int) -> str | None:
        """Return a cell in full, for the pointer (marked up, so that Qt never guesses) or for a screen reader."""
        text = self._text(conflict, member, column)
        if column == "figure":
            apart = apart_words(conflict, member)
            text += (f", {apart}" if apart else "") + f"\n{self._behind(conflict, member)}"
        elif column == "claim" and (member.against is not None):
            text += f"\n{self.tr('fits the figure it is compared with') if member.agrees else self.tr('does not fit')}"
        elif column == "cause" and member.cause:
            judged = self.tr("judged by a person") if member.is_judged else self.tr("suggested")
            text += f" ({judged})\n{member.why}"
        if role == _ACCESSIBLE:
            return text.replace("\n", ", ")
        return _tip(text) if "\n" in text else None


def heading(conflict: Disagreement) -> tuple[str, str]:
    """Return what a conflict is about, and how many figures stand in it, in words."""
    subject = subject_of(conflict.topic, conflict.measure, conflict.flow, conflict.product)
    what = f"Growth of {in_sentence(subject)}" if conflict.quantity == "growth" else subject
    lines, count = len(conflict.members), len(conflict.keys)
    said = "1 figure" if count == 1 else f"{count} figures"
    return f"{what}, {conflict.period}", said if lines == count else f"{said} on {lines} lines"


def spread_words(conflict: Disagreement) -> str:
    """Return how far numbers are apart that can't be one, "compatible" where all may; empty where it can't be told."""
    if conflict.is_compatible:
        return "compatible"
    if not conflict.spread_pct:
        return ""
    if conflict.quantity == "growth":
        number = _short(conflict.spread_pct)
        return f"{number} point apart" if number == "1" else f"{number} points apart"
    if conflict.spread_pct >= _TIMES_FROM:
        return f"{_short(conflict.spread_pct / 100 + 1)} times apart"
    return f"{_short(conflict.spread_pct)} % apart"


def cause_words(conflict: Disagreement) -> str:
    """Return the likely cause in words, empty where there is none."""
    return words.CONFLICT_CAUSE.label(conflict.cause) if conflict.cause else ""


def apart_words(conflict: Disagreement, member: Member) -> str:
    """Return how far a figure is from the one that it is compared with."""
    if member.apart_pct is None or member.against is None:
        return ""
    unit = " pts" if conflict.quantity == "growth" else " %"
    number = _short(abs(member.apart_pct))
    if number == "0":
        return f"0{unit}"
    return f"{'−' if member.apart_pct < 0 else '+'}{number}{unit}"


def between_words(conflict: Disagreement, member: Member, figure: Figure | None) -> str:
    """Return what a figure may mean: "$3.65 bn to $3.75 bn", "at least +20 %"."""
    if conflict.quantity == "value":
        return between(member.meant, figure.unit if figure else conflict.unit)
    low, high = (_growth(end) for end in (member.meant.low, member.meant.high))
    if member.meant.is_bounded:
        return f"{low} to {high} %" if low != high else f"{low} %"
    return f"at most {high} %" if low == "−inf" else f"at least {low} %"


def sorted_conflicts(conflicts: Collection[Disagreement], by: str) -> list[Disagreement]:
    """Return conflicts by spread, widest first, or by period, latest first; values before growths in either."""
    latest = sorted(sorted(conflicts, key=_subject), key=_period, reverse=True)
    return latest if by == "period" else sorted(latest, key=_narrowness)


_TIMES_FROM = 900.0


def _lines(conflicts: Sequence[Disagreement]) -> list[tuple[str, tuple[int, ...]]]:
    """Return what tells lines apart: what is compared, and the figures in their order."""
    return [(c.quantity, tuple(member.key for member in c.members)) for c in conflicts]


def _period(conflict: Disagreement) -> tuple[str, str, bool]:
    return conflict.end, conflict.start, conflict.quantity == "value"


def _subject(conflict: Disagreement) -> tuple[str, str, str, str]:
    return conflict.measure, conflict.flow, conflict.product, conflict.unit


def _narrowness(conflict: Disagreement) -> tuple[bool, float]:
    return conflict.quantity == "growth", -(conflict.spread_pct if conflict.spread_pct is not None else -1.0)


def _short(number: float) -> str:
    """Return a number with three digits at most: 35, 2.33, 0.53, 212."""
    return f"{number:.0f}" if number >= 10 else f"{number:.2g}"


def _growth(factor: float) -> str:
    return f"{100 * (factor - 1):+.4g}".replace("-", "−")


def _tip(text: str) -> str:
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>'
