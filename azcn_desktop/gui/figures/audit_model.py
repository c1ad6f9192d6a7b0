"""The model of the audit: a line for each check, what matters most first.

It is given the checks and shows them; sorting and choosing are done here, since nothing of it is in the store. Knows no
rules.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from azcn_desktop.evidence.checks import KIND, ROLE, VERDICT, Check, Linked
from azcn_desktop.evidence.figures import Figure
from azcn_desktop.evidence.phrasing import claim
from azcn_desktop.gui.presentation import tone_of
from azcn_desktop.gui.roles import KEY_ROLE, SECONDARY_ROLE, STYLE_ROLE, TONE_ROLE, Tone
from azcn_desktop.records.text import fold

AnyIndex = QModelIndex | QPersistentModelIndex
COLUMNS: Final = ("verdict", "statement", "kind", "records")
CHECK_ROLE: Final = KEY_ROLE + 110
"""Check: on every cell of its line."""
_STYLES = {"verdict": "status", "kind": "muted", "statement": "title", "records": "text"}
_ORDER = {"conflicts": 0, "agrees_after_rounding": 1, "agrees": 2, "cannot_be_checked": 3}
_DISPLAY, _TOOLTIP = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole


class AuditModel(QAbstractTableModel):
    """Checks as lines of a table."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._given: Sequence[Check] = ()
        self._checks: list[Check] = []
        self._figures: Mapping[int, Figure] = {}
        self._sort: tuple[int, bool] = (-1, False)

    def show(self, checks: Collection[Check], figures: Mapping[int, Figure]) -> None:
        """Show other checks, in the order that was chosen last."""
        self.beginResetModel()
        self._given, self._figures = tuple(checks), figures
        self._checks = self._sorted(checks)
        self.endResetModel()

    @property
    def checks(self) -> Sequence[Check]:
        """What is shown, from the first line to the last."""
        return self._checks

    def check_at(self, index: AnyIndex) -> Check | None:
        """Return the check of a line, or None."""
        return self._checks[index.row()] if index.isValid() else None

    def row_of(self, check: Check) -> int:
        """Return the line of a check about the same figures, or -1."""
        same = (check.kind, check.subjects)
        return next((row for row, c in enumerate(self._checks) if (c.kind, c.subjects) == same), -1)

    def row_about(self, key: int) -> int:
        """Return the first line that checks a figure, else the first that rests on it, or -1."""
        checking = (row for row, check in enumerate(self._checks) if key in check.subjects)
        resting = (row for row, check in enumerate(self._checks) if key in check.keys)
        return next(checking, next(resting, -1))

    def linked_words(self, linked: Linked) -> str:
        """Name a figure that a check rests on: "Period before: Turnover 2023: $3.1 bn"."""
        figure = self._figures.get(linked.key)
        return f"{ROLE.label(linked.role)}: {claim(figure) if figure else self.tr('a figure that is gone')}"

    # -- what Qt asks

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of checks."""
        return 0 if parent.isValid() else len(self._checks)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        """Return the heading of a column."""
        if role != _DISPLAY or orientation is Qt.Orientation.Vertical or not 0 <= section < len(COLUMNS):
            return None
        headings = self.tr("Verdict"), self.tr("Statement and calculation"), self.tr("Kind"), self.tr("Records")
        return headings[section]

    def data(self, index: AnyIndex, role: int = _DISPLAY) -> Any:
        """Return what a cell says and looks like."""
        check = self.check_at(index)
        if check is None:
            return None
        column = COLUMNS[index.column()]
        if role == _DISPLAY:
            return self._text(check, column)
        if role == STYLE_ROLE:
            return _STYLES[column]
        if role == TONE_ROLE:
            return verdict_tone(check) if column == "verdict" else None
        if role == CHECK_ROLE:
            return check
        if role == SECONDARY_ROLE and column == "statement":
            return check.calculation or check.explanation
        if role == _TOOLTIP:
            return _tip(self._explained(check, column))
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by what stands in a column; -1 puts first what matters most."""
        self._sort = column, order is Qt.SortOrder.DescendingOrder
        self.show(self._given, self._figures)

    def _text(self, check: Check, column: str) -> str:
        if column == "verdict":
            return verdict_words(check)
        if column == "kind":
            return KIND.label(check.kind)
        if column == "statement":
            return check.statement
        count = len(set(check.keys))
        return self.tr("1 record") if count == 1 else self.tr("{} records").format(count)

    def _explained(self, check: Check, column: str) -> str:
        if column == "records":
            return "\n".join(self.linked_words(linked) for linked in check.linked)
        if column == "statement":
            return "\n".join(part for part in (check.statement, check.calculation, check.explanation) if part)
        return check.explanation if column == "verdict" else self._text(check, column)

    def _sorted(self, checks: Iterable[Check]) -> list[Check]:
        column, is_down = self._sort
        ordered = sorted(checks, key=_weight)
        if column < 0:
            return ordered
        name = COLUMNS[column]

        def key(check: Check) -> tuple[float, str]:
            if name == "records":
                return len(set(check.keys)), ""
            if name == "verdict":
                return _weight(check), ""
            return 0, fold(self._text(check, name))

        return sorted(ordered, key=key, reverse=is_down)


def verdict_words(check: Check) -> str:
    """Return the verdict in words, and whether a person has decided already."""
    words = VERDICT.label(check.verdict)
    return f"{words}, settled" if check.verdict == "conflicts" and check.is_settled else words


def verdict_tone(check: Check) -> Tone:
    """Return the tone of a verdict; what a person has settled alarms nobody."""
    return "neutral" if check.is_settled and check.verdict == "conflicts" else tone_of("verdict", check.verdict)


def is_open_conflict(check: Check) -> bool:
    """Tell whether a check conflicts and nobody has settled it."""
    return check.verdict == "conflicts" and not check.is_settled


def _weight(check: Check) -> float:
    """Return the place among the verdicts: conflicts first, those that are settled after the others."""
    return _ORDER[check.verdict] + (0.5 if check.verdict == "conflicts" and check.is_settled else 0.0)


def _tip(text: str) -> str:
    return f'<p style="white-space:pre-wrap">{html.escape(text)}</p>' if text else ""
