"""The filter row of the statistics: a field for codes and words, and chips with counts of what the file holds.

It joins them into one FlowQuery, and counts nothing but what there is to choose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, cast

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from azcn_desktop.charts.statistics import naming
from azcn_desktop.gui.records.chip import FilterChip
from azcn_desktop.gui.records.filter_line import FilterLine
from azcn_desktop.gui.records.filter_popups import Option
from azcn_desktop.gui.records.filter_state import kept_filters, read_filters
from azcn_desktop.gui.statistics.flow_chips import PartChip, PeriodChip
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.flow_layout import FlowLayout
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.tool_button import tool_button
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records import words
from azcn_desktop.records.countries import area_name
from azcn_desktop.store.flows.facets import Facets, facets
from azcn_desktop.store.flows.query import FlowQuery

_DEBOUNCE_MS = 150
_TEXT_WIDTH = 212
_NUMBERS = ("levels", "datasets")
_FURTHER = ("publishers", "valuations", "currencies", "frequencies", "classifications")


class FlowFilterBar(QWidget):
    """Text field, chips, and the button of the columns.

    Attributes:
        line: the text field.
        chips: by part of the query; "period" is both its ends.

    Signals:
        query_changed(FlowQuery): another choice, without a sort.
        columns_requested(): the columns button was pressed.
    """

    query_changed = Signal(object)
    columns_requested = Signal()

    def __init__(self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._workspace, self._theme = workspace, theme
        self._facets: Facets | None = None
        self.setObjectName("filters-statistics")
        self.setAccessibleName(self.tr("Filters of the statistics"))
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(_DEBOUNCE_MS)
        self._debounce.timeout.connect(self._tell)
        self.line = self._filter_line()
        self.chips: dict[str, FilterChip] = self._make_chips()
        self._more = QPushButton(self.tr("More"), self)
        self._more.setObjectName("more-filters-statistics")
        self._more.setAccessibleName(self.tr("More filters"))
        self._more.setProperty("role", "chip")
        self._more.clicked.connect(self._on_more_clicked)
        self._before: FlowQuery | None = None
        tip = self.tr("Back to the filters before")
        self._back = tool_button(self, icons, "filters-before-statistics", "back", tip)
        self._back.clicked.connect(self.go_back)
        self._clear = tool_button(self, icons, "clear-all-statistics", "clear", self.tr("Clear all filters"))
        self._clear.clicked.connect(self.clear)
        self.columns_button = tool_button(self, icons, "columns-button-statistics", "columns", self.tr("Columns"))
        self.columns_button.clicked.connect(self.columns_requested)
        self._is_more_shown = False
        self._lay_out()
        self._show_state()
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _filter_line(self) -> FilterLine:
        line = FilterLine(self)
        line.setObjectName("filter-text-statistics")
        line.setAccessibleName(self.tr("Code, or words of the description"))
        line.setPlaceholderText(self.tr("Code, or words of what it is"))
        line.setToolTip(self.tr("27 finds all codes that begin so; pomegranate finds codes that are described so"))
        line.textEdited.connect(self._on_line_edited)
        line.accepted.connect(self._tell)
        line.escaped.connect(self._on_line_escaped)
        return line

    def _make_chips(self) -> dict[str, FilterChip]:
        chips: dict[str, FilterChip] = {"period": PeriodChip(self.tr("Period"), self._years, self)}
        for name, label, word_label in (
            ("reporters", self.tr("Reporter"), area_name),
            ("partners", self.tr("Partner"), area_name),
            ("flows", self.tr("Flow"), words.TRADE_FLOW.format),
            ("levels", self.tr("Level"), _level),
            ("datasets", self.tr("Dataset"), self._dataset),
            ("publishers", self.tr("Publisher"), str),
            ("valuations", self.tr("Valuation"), words.TRADE_VALUATION.format),
            ("currencies", self.tr("Currency"), str),
            ("frequencies", self.tr("Frequency"), words.FREQUENCY.format),
            ("classifications", self.tr("List"), str),
        ):
            named = cast(Callable[[str], str], word_label)
            chips[name] = PartChip(name, label, partial(self._options, name, named), named, self)
        for chip in chips.values():
            chip.changed.connect(self._tell)
        return chips

    def _lay_out(self) -> None:
        left = QWidget(self)
        flow = FlowLayout(left)
        for widget in (self.line, *self.chips.values(), self._more, self._back, self._clear):
            flow.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 10, 6)
        row.setSpacing(8)
        row.addWidget(left, 1)
        row.addWidget(self.columns_button, 0, Qt.AlignmentFlag.AlignTop)

    # -- what is asked for

    @property
    def query(self) -> FlowQuery:
        """What text and chips let through."""
        period = self.chips["period"]
        assert isinstance(period, PeriodChip)
        since, until = period.ends
        parts: dict[str, Any] = {
            name: tuple(int(word) for word in chip.chosen) if name in _NUMBERS else chip.chosen
            for name, chip in self.chips.items() if isinstance(chip, PartChip)
        }  # fmt: skip
        return replace(FlowQuery(text=self.line.text().strip(), since=since, until=until), **parts)

    @property
    def is_filtering(self) -> bool:
        """Tell whether only some flows are let through."""
        return self.query != FlowQuery()

    def clear(self) -> None:
        """Take all filters away."""
        self.line.clear()
        for chip in self.chips.values():
            chip.choose_quietly([])
        self._tell()

    def narrow(self, pairs: Iterable[tuple[str, object]]) -> None:
        """Set parts of the query, as a chart asks for that was clicked.

        Args:
            pairs: a part of `FlowQuery` and the one value that it shall have; "text" and a beginning of codes; "since"
                or "until" and a period. An empty value takes the part away.
        """
        before = self.query
        for part, value in pairs:
            text = "" if value is None else str(value)
            if part == "text":
                self.line.setText(text)
            elif part in ("since", "until"):
                period = self.chips["period"]
                assert isinstance(period, PeriodChip)
                since, until = period.ends
                period.choose_quietly([text, until] if part == "since" else [since, text])
            elif part in self.chips:
                self.chips[part].choose_quietly([text] if text else [])
        self._tell_led_from(before)

    def show_query(self, query: FlowQuery) -> None:
        """Let through what a query says and nothing else; its order is left as it is."""
        before = self.query
        self._show_parts(query)
        self._tell_led_from(before)

    def go_back(self) -> None:
        """Let through again what was let through before a chart or another view narrowed it."""
        if self._before is not None:
            had_focus = self._back.hasFocus()
            self._show_parts(self._before)
            self._tell()
            if had_focus:
                self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_parts(self, query: FlowQuery) -> None:
        self.line.setText(query.text)
        self.chips["period"].choose_quietly([query.since, query.until])
        for name, chip in self.chips.items():
            if isinstance(chip, PartChip):
                chip.choose_quietly([str(value) for value in getattr(query, name)])

    def forget_counts(self) -> None:
        """Count anew, when a chip is opened, what there is to choose."""
        self._facets = None

    # -- remembered state

    def state(self) -> str:
        """Return text and chips for the next start."""
        return kept_filters(self.line.text(), self.chips) if self.is_filtering else ""

    def restore_state(self, state: str) -> None:
        """Take what `state` gave; what can't be read is left out."""
        text, chips = read_filters(state)
        for name, values in chips.items():
            if name in self.chips and _is_possible(name, values):
                self.chips[name].choose_quietly(values)
        self.line.setText(text)
        self._tell()

    # -- what there is to choose

    def _found(self) -> Facets | None:
        if self._facets is None and self._workspace.is_open:
            self._facets = facets(self._workspace.store.database)
        return self._facets

    def _years(self) -> Sequence[str]:
        found = self._found()
        return [year for year, _ in found.years] if found else []

    def _options(self, name: str, word_label: Callable[[str], str]) -> Sequence[Option]:
        found = self._found()
        if found is None:
            return []
        if name == "datasets":
            return [Option(str(key), title, number) for key, title, number in found.datasets]
        counted = getattr(found, name)
        return [Option(str(word), word_label(str(word)) or self.tr("Not stated"), number) for word, number in counted]

    def _dataset(self, key: str) -> str:
        found = self._found()
        return next((title for known, title, _ in found.datasets if str(known) == key), key) if found else key

    # -- what happens

    def _on_line_edited(self) -> None:
        self._debounce.start()

    def _on_line_escaped(self) -> None:
        if self.line.text():
            self.line.clear()
            self._tell()

    def _on_more_clicked(self) -> None:
        self._is_more_shown = not self._is_more_shown
        self._show_state()

    def _on_theme_changed(self) -> None:
        self.line.setFixedWidth(self._theme.px(_TEXT_WIDTH))

    def _tell_led_from(self, before: FlowQuery) -> None:
        """Tell of filters that were set for a person, and keep the way back until a person sets another one."""
        self._tell()
        self._before = before if before != self.query else None
        self._show_state()

    def _tell(self) -> None:
        self._debounce.stop()
        self._before = None
        self._show_state()
        self.query_changed.emit(self.query)

    def _show_state(self) -> None:
        self._back.setVisible(self._before is not None)
        self._clear.setVisible(self.is_filtering)
        self._more.setText(self.tr("Fewer") if self._is_more_shown else self.tr("More"))
        for name in _FURTHER:
            self.chips[name].setVisible(self._is_more_shown or self.chips[name].is_active)


def _level(word: str) -> str:
    return naming.level_choice(int(word))


def _is_possible(name: str, values: Iterable[str]) -> bool:
    return name not in _NUMBERS or all(value.lstrip("-").isdigit() for value in values)
