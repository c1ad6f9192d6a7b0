"""Chips over the table of flows: one part of the query each, with what occurs in the file to choose from.

Words and values are told apart by a callable that names them; a chip knows no store.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from azcn_desktop.charts.statistics.naming import period_words
from azcn_desktop.gui.records.chip import FilterChip
from azcn_desktop.gui.records.filter_popups import ChoicePopup, FilterPopup, Option
from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.widgets.plain_label import PlainLabel

_NAMED_WORDS = 2
_PERIOD = re.compile(r"(\d{4})(?:-?(0[1-9]|1[0-2])| ?Q([1-4]))?", re.ASCII | re.IGNORECASE)


class PartChip(FilterChip):
    """A filter on words that occur in one column of the flows."""

    def __init__(
        self,
        name: str,
        label: str,
        options: Callable[[], Sequence[Option]],
        word_label: Callable[[str], str],
        parent: QWidget,
    ) -> None:
        """Filter by some words.

        Args:
            name: the part of `FlowQuery`.
            label: as people read it.
            options: says what there is to choose, with counts.
            word_label: a stored word as people read it.
            parent: the bar.
        """
        self._chosen: list[str] = []
        self._options, self._word_label = options, word_label
        super().__init__(name, label, parent)
        self.setObjectName(f"chip-statistics-{name}")

    @property
    def is_active(self) -> bool:
        """Tell whether some words are chosen."""
        return bool(self._chosen)

    @property
    def words(self) -> str:
        """The label with the chosen words, or with their number when there are many."""
        labels = [self._word_label(word) or self.tr("not stated") for word in self._chosen]
        shown = ", ".join(labels) if len(labels) <= _NAMED_WORDS else self.tr("{} chosen").format(len(labels))
        return f"{self._label}: {shown}"

    @property
    def chosen(self) -> tuple[str, ...]:
        """The stored words that are chosen."""
        return tuple(self._chosen)

    def kept(self) -> list[str]:
        """Return the chosen words."""
        return list(self._chosen)

    def choose(self, values: Sequence[str]) -> None:
        """Choose stored words; nothing clears."""
        self._chosen = list(values)
        self._take_over()

    def _make_popup(self) -> FilterPopup:
        options = list(self._options())
        offered = {option.word for option in options}
        options += [Option(word, self._word_label(word), 0) for word in self._chosen if word not in offered]
        popup = ChoicePopup(options, self._chosen, self)
        popup.chosen.connect(self.choose)
        return popup


class PeriodChip(FilterChip):
    """A filter on the first and last period."""

    def __init__(self, label: str, years: Callable[[], Sequence[str]], parent: QWidget) -> None:
        """Filter by periods; `years` says which years occur, in order."""
        self._since, self._until = "", ""
        self._years = years
        super().__init__("period", label, parent)
        self.setObjectName("chip-statistics-period")

    @property
    def is_active(self) -> bool:
        """Tell whether either end is set."""
        return bool(self._since or self._until)

    @property
    def words(self) -> str:
        """The range in words."""
        if self._since == self._until:
            return period_words(self._since)
        if not self._until:
            return self.tr("since {}").format(period_words(self._since))
        until = period_words(self._until)
        return f"{period_words(self._since)} – {until}" if self._since else self.tr("until {}").format(until)

    @property
    def ends(self) -> tuple[str, str]:
        """First and last period as stored; either may be empty."""
        return self._since, self._until

    def kept(self) -> list[str]:
        """Return first and last period."""
        return [self._since, self._until] if self.is_active else []

    def choose(self, values: Sequence[str]) -> None:
        """Choose first and last period; what is no period is left open."""
        since, until = (*values, "", "")[:2]
        self._since, self._until = read_period(since) or "", read_period(until) or ""
        self._take_over()

    def _make_popup(self) -> FilterPopup:
        popup = PeriodPopup(self._since, self._until, self._years(), self)
        popup.chosen.connect(self._on_popup_chosen)
        return popup

    def _on_popup_chosen(self, since: str, until: str) -> None:
        self.choose([since, until])


class PeriodPopup(FilterPopup):
    """A range of periods; an empty end is open.

    Signals:
        chosen(str, str): first and last period as stored, either may be empty.
    """

    chosen = Signal(str, str)

    def __init__(self, since: str, until: str, years: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("statistics-period-popup")
        self.first = self._line("period-from", self.tr("From period"), since, self.tr("earliest"))
        self.last = self._line("period-to", self.tr("To period"), until, self.tr("latest"))
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 12, 12, 10)
        for place, widget in enumerate(
            (PlainLabel(self.tr("From"), self), self.first, PlainLabel(self.tr("to"), self), self.last)
        ):
            grid.addWidget(widget, 0, place)
        self._note = PlainLabel(self.tr("A year, a quarter or a month: 2024, 2024Q1, 202401"), self)
        self._note.setProperty("role", "faint")
        grid.addWidget(self._note, 1, 0, 1, 4)
        shortcuts = QHBoxLayout()
        shortcuts.setSpacing(0)
        last = years[-1] if years else ""
        since_5 = years[-5] if len(years) >= 5 else (years[0] if years else "")
        for name, words, ends in (
            ("period-last-year", last or self.tr("This year"), (last, last)),
            ("period-last-years", self.tr("Last 5 years"), (since_5, last)),
            ("period-all", self.tr("All"), ("", "")),
        ):
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setProperty("role", "link")
            button.setAccessibleName(words)
            button.setProperty("ends", list(ends))
            button.clicked.connect(self._on_shortcut_clicked)
            shortcuts.addWidget(button)
        shortcuts.addStretch(1)
        grid.addLayout(shortcuts, 2, 0, 1, 4)
        self.setFocusProxy(self.first)

    def _line(self, name: str, label: str, text: str, placeholder: str) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setObjectName(name)
        line.setAccessibleName(label)
        line.setPlaceholderText(placeholder)
        line.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,4}[-Qq ]{0,2}\d{0,2}"), line))
        line.setFixedWidth(line.fontMetrics().horizontalAdvance("January 2024") + 20)
        line.textEdited.connect(self._on_line_edited)
        line.returnPressed.connect(self._on_return_pressed)
        return line

    def _on_line_edited(self) -> None:
        ends = [read_period(line.text()) for line in (self.first, self.last)]
        bad = [line for line, end in zip((self.first, self.last), ends, strict=True) if end is None]
        is_backward = not bad and bool(ends[0] and ends[1] and str(ends[0])[:4] > str(ends[1])[:4])
        words = self.tr("The first period is after the last one.") if is_backward else ""
        self._note.setText(words or self.tr("A year, a quarter or a month: 2024, 2024Q1, 202401"))
        set_property(self._note, "role", "error" if is_backward else "faint")
        if not bad and not is_backward:
            self.chosen.emit(ends[0], ends[1])

    def _on_return_pressed(self) -> None:
        if all(read_period(line.text()) is not None for line in (self.first, self.last)):
            self.close()

    def _on_shortcut_clicked(self) -> None:
        self.chosen.emit(*self.sender().property("ends"))
        self.close()


def read_period(text: str) -> str | None:
    """Return a typed period as stored: 2024, 2024Q1 or 202401; empty for nothing, None for what is none."""
    if not text.strip():
        return ""
    match = _PERIOD.fullmatch(text.strip())
    if match is None:
        return None
    year, month, quarter = match.groups()
    return f"{year}Q{quarter}" if quarter else f"{year}{month or ''}"
