"""Filter chips: one field each, saying in words what it lets through.

A chip knows its field and makes a condition of it; it counts through the store what there is to choose.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from azcn_desktop.gui.records.chip import FilterChip
from azcn_desktop.gui.records.filter_popups import ChoicePopup, FilterPopup, Option, YearPopup
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.kinds import Choice, Country
from azcn_desktop.records.schema import RecordType
from azcn_desktop.store.query import YEAR, Condition, Query

_NAMED_WORDS = 2


class Chip(FilterChip):
    """A filter on one field of a record type.

    Attributes:
        base: the query that the chip narrows down, by which it counts what there is to choose.
    """

    def __init__(self, workspace: Workspace, record_type: RecordType, name: str, parent: QWidget, page: str) -> None:
        self._workspace = workspace
        self._record_type = record_type
        self.base = Query(record_type.name)
        label = "Year" if name == YEAR else record_type.field(name).label
        super().__init__(name, QCoreApplication.translate("catalogue", label), parent, page)

    @property
    def condition(self) -> Condition | None:
        """What it lets through; None lets everything through."""
        raise NotImplementedError

    @property
    def is_active(self) -> bool:
        """Tell whether it lets only some records through."""
        return self.condition is not None


class ChoiceChip(Chip):
    """A filter on a closed list or on countries."""

    def __init__(self, workspace: Workspace, record_type: RecordType, name: str, parent: QWidget, page: str) -> None:
        self._chosen: list[str] = []
        self._kind = record_type.field(name).kind
        super().__init__(workspace, record_type, name, parent, page)

    @property
    def condition(self) -> Condition | None:
        """The chosen words."""
        return Condition(self.name, "in", tuple(self._chosen)) if self._chosen else None

    @property
    def words(self) -> str:
        """The label with the chosen words, or with their number when there are many."""
        labels = [self._kind.format(word) for word in self._chosen]
        shown = ", ".join(label if self._is_name(label) else label[:1].lower() + label[1:] for label in labels)
        if len(labels) > _NAMED_WORDS:
            shown = self.tr("{} chosen").format(len(labels))
        return f"{self._label}: {shown}"

    def kept(self) -> list[str]:
        """Return the chosen words."""
        return list(self._chosen)

    def choose(self, values: Sequence[str]) -> None:
        """Choose stored words; unknown ones are left out."""
        possible = self._kind.words if isinstance(self._kind, Choice) else None
        self._chosen = [word for word in values if possible is None or word in possible]
        self._take_over()

    def _make_popup(self) -> FilterPopup:
        popup = ChoicePopup(self._options(), self._chosen, self)
        popup.chosen.connect(self.choose)
        return popup

    def _options(self) -> list[Option]:
        """Return what occurs in the view, and what is chosen, in the order of the list; countries by number."""
        counts: Counter[str] = Counter()
        for stored, count in self._workspace.store.facet(self.base, self.name):
            for word in stored.split() if isinstance(self._kind, Country) else [stored]:
                counts[word] += count
        for word in self._chosen:
            counts[word] += 0
        order = list(self._kind.words) if isinstance(self._kind, Choice) else [word for word, _ in counts.most_common()]
        return [Option(word, self._kind.format(word), counts[word]) for word in order if word in counts]

    def _is_name(self, label: str) -> bool:
        """Tell whether a label keeps its capital letter within a sentence."""
        return isinstance(self._kind, Country) or self.name in ("statistics_side", "flow") or label[1:2].isupper()


class YearChip(Chip):
    """A filter on the year of the main date."""

    def __init__(self, workspace: Workspace, record_type: RecordType, name: str, parent: QWidget, page: str) -> None:
        self._first, self._last = "", ""
        super().__init__(workspace, record_type, name, parent, page)

    @property
    def condition(self) -> Condition | None:
        """The range of years."""
        return Condition(YEAR, "range", (self._first, self._last)) if self._first or self._last else None

    @property
    def words(self) -> str:
        """The years in words."""
        if self._first == self._last:
            return self._first
        if not self._last:
            return self.tr("since {}").format(self._first)
        return f"{self._first} – {self._last}" if self._first else self.tr("until {}").format(self._last)

    def kept(self) -> list[str]:
        """Return first and last year."""
        return [self._first, self._last] if self.is_active else []

    def choose(self, values: Sequence[str]) -> None:
        """Choose first and last year; either may be empty."""
        self._first, self._last = (*values, "", "")[:2]
        self._take_over()

    def _make_popup(self) -> FilterPopup:
        this_year = datetime.datetime.now().astimezone().year
        popup = YearPopup(self._first, self._last, this_year, self)
        popup.chosen.connect(self._on_popup_chosen)
        return popup

    def _on_popup_chosen(self, first: str, last: str) -> None:
        self.choose([first, last])


def make_chip(workspace: Workspace, record_type: RecordType, name: str, parent: QWidget, page: str) -> Chip:
    """Return the chip of a field, or of the year."""
    made = YearChip if name == YEAR else ChoiceChip
    return made(workspace, record_type, name, parent, page)
