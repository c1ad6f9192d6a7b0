"""The filter bar over a table: chips, a text field, and how many records there are.

It joins the view that the sidebar chose, the chips and the text into one Query. A text that can't be read is answered
beside the field, and the last readable one stays in force.
"""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from azcn_desktop.errors import UserError
from azcn_desktop.gui.job_runner import JobRunner, Urgency
from azcn_desktop.gui.pages import Page
from azcn_desktop.gui.presentation import PRESENTATIONS
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.records.filter_chips import Chip, make_chip
from azcn_desktop.gui.records.filter_line import FilterLine
from azcn_desktop.gui.records.filter_state import kept_filters, read_filters
from azcn_desktop.gui.theme import ThemeController, set_property
from azcn_desktop.gui.widgets.elided_label import ElidedLabel
from azcn_desktop.gui.widgets.flow_layout import FlowLayout
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.gui.widgets.short_label import ShortLabel
from azcn_desktop.gui.widgets.tool_button import tool_button
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.kinds import Choice, Country, Value
from azcn_desktop.store.query import Condition, Query, parse_query
from azcn_desktop.store.store import Store

_DEBOUNCE_MS = 150
_TEXT_WIDTH = 190
_PROBLEM_LINES = 2


class FilterBar(QWidget):
    """Chips, text field, count and two buttons.

    Attributes:
        chips: by name of the field.
        columns_button, density_button: the buttons at the right.

    Signals:
        query_changed(Query): view, chips and text joined, checked against the store.
        columns_requested(): the columns button was pressed.
        density_requested(bool): the density button was switched.
    """

    query_changed = Signal(object)
    columns_requested = Signal()
    density_requested = Signal(bool)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, page: Page, parent: QWidget,
        jobs: JobRunner | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._workspace = workspace
        self._theme = theme
        self._page = page
        self._record_type = workspace.schema[page.table]
        self._base = Query(page.table)
        self._typed = Query(page.table)
        self._reading = Reading(workspace, jobs, self.tr("Count records"), self, Urgency.COUNTED)
        self._reading.answered.connect(self._show_counts)
        self.setObjectName(f"filters-{page.name}")
        self.setAccessibleName(self.tr("Filters"))
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._debounce = QTimer(self)
        self._debounce.setSingleShot(True)
        self._debounce.setInterval(_DEBOUNCE_MS)
        self._debounce.timeout.connect(self._on_debounce_timeout)
        self._line = self._filter_line(icons)
        self.chips: dict[str, Chip] = {}
        self._count = PlainLabel("", self)
        self._count.setProperty("role", "muted")
        self._clear = tool_button(self, icons, f"clear-all-{self._page.name}", "clear", self.tr("Clear all filters"))
        self.columns_button = tool_button(
            self, icons, f"columns-button-{self._page.name}", "columns", self.tr("Columns")
        )
        self.density_button = tool_button(
            self, icons, f"density-button-{self._page.name}", "density", self.tr("Compact rows")
        )
        self.density_button.setCheckable(True)
        self._problem = ShortLabel(_PROBLEM_LINES, self)
        self._problem.setProperty("role", "error")
        self._problem.hide()
        self._stale = ElidedLabel(self.tr("The rows are those of the last filter that could be read."), self)
        self._stale.setObjectName(f"stale-{self._page.name}")
        self._stale.setProperty("role", "muted")
        self._stale.hide()
        self._lay_out()
        self._clear.clicked.connect(self.clear)
        self.columns_button.clicked.connect(self.columns_requested)
        self.density_button.toggled.connect(self.density_requested)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def _filter_line(self, icons: Icons) -> QLineEdit:
        line = FilterLine(self)
        line.setObjectName(f"filter-text-{self._page.name}")
        line.setAccessibleName(self.tr("Filter {}").format(self._page.label.lower()))
        line.setPlaceholderText(self.tr("Filter"))
        line.setClearButtonEnabled(False)
        line.setToolTip(self.tr("Words, or field:value, for instance year:2024 status:{}").format(self._example_word()))
        line.textEdited.connect(self._on_line_edited)
        line.accepted.connect(self._on_debounce_timeout)
        line.escaped.connect(self._on_line_escaped)
        return line

    def _example_word(self) -> str:
        kinds = (f.kind for f in self._record_type.fields if f.name == "status")
        return next((kind.words[0] for kind in kinds if isinstance(kind, Choice)), "held")

    def _lay_out(self) -> None:
        left = QWidget(self)
        flow = FlowLayout(left)
        flow.addWidget(self._line)
        presentation = PRESENTATIONS.get(self._page.table)
        for name in presentation.chips if presentation else ():
            chip = make_chip(self._workspace, self._record_type, name, left, self._page.name)
            chip.changed.connect(self._on_chip_changed)
            self.chips[name] = chip
            flow.addWidget(chip)
        flow.addWidget(self._clear)
        right = QHBoxLayout()
        right.setSpacing(4)
        for widget in (self._count, self.columns_button, self.density_button):
            right.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(left, 1)
        row.addLayout(right)
        row.setAlignment(right, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 10, 6)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._problem)
        column.addWidget(self._stale)

    # -- what is asked for

    @property
    def line(self) -> QLineEdit:
        """The text field."""
        return self._line

    @property
    def problem(self) -> str:
        """Why the text can't be read; empty when all is well."""
        return "" if self._problem.isHidden() else self._problem.text()

    @property
    def query(self) -> Query:
        """View, chips and text joined."""
        return self._joined(self._typed)

    @property
    def is_filtering(self) -> bool:
        """Tell whether chips or text let only some records of the view through."""
        return bool(self._line.text().strip()) or any(chip.is_active for chip in self.chips.values())

    def set_base(self, base: Query) -> None:
        """Take the query of another view; chips and text stay in force upon it."""
        self._base = base
        self._tell()

    def clear(self) -> None:
        """Take all filters away, but not the view."""
        self._line.clear()
        self._typed = Query(self._page.table)
        self._show_problem("")
        for chip in self.chips.values():
            chip.choose_quietly([])
        self._tell()

    def refresh_count(self) -> None:
        """Count again after records were written."""
        if self._workspace.is_open:
            is_quick = not self._workspace.store.is_large(self._page.table)
            self._reading.ask(partial(_counts, self.query, self._base), at_once=is_quick)

    def finish(self) -> None:
        """Count now what is still to be counted."""
        self._reading.finish()

    def _show_counts(self, counts: tuple[int, int]) -> None:
        shown, total = counts
        words = self.tr("{} of {}").format(f"{shown:,}", f"{total:,}") if self.is_filtering else f"{total:,}"
        self._count.setText(words)
        self._count.setAccessibleName(self.tr("{} records shown").format(words))

    def new_values(self) -> dict[str, Value]:
        """Return what a new record must hold to appear here: single words that view and chips ask for."""
        found: dict[str, Value] = {}
        for condition in self.query.conditions:
            is_single = condition.operator in ("is", "in") and len(condition.values) == 1 and not condition.is_negated
            if not is_single or not self._record_type.has_field(condition.field):
                continue
            kind = self._record_type.field(condition.field).kind
            if isinstance(kind, Choice | Country):
                found[condition.field] = kind.parse(condition.values[0])
        return found

    # -- remembered state

    def state(self) -> str:
        """Return text and chips for the next start."""
        return kept_filters(self._line.text(), self.chips) if self.is_filtering else ""

    def restore_state(self, state: str) -> None:
        """Take what `state` gave; what can't be read is left out."""
        text, chips = read_filters(state)
        for name, values in chips.items():
            if name in self.chips:
                self.chips[name].choose_quietly(values)
        self._line.setText(text)
        self._on_debounce_timeout()

    # -- what happens

    def _on_line_edited(self) -> None:
        self._debounce.start()

    def _on_line_escaped(self) -> None:
        if self._line.text():
            self._line.clear()
            self._on_debounce_timeout()

    def _on_debounce_timeout(self) -> None:
        """Read the text; if that fails say why, and keep the last result."""
        self._debounce.stop()
        try:
            typed = parse_query(self._line.text(), self._record_type)
            self._workspace.store.check(self._joined(typed))
        except UserError as error:
            self._show_problem(str(error))
            return
        self._typed = typed
        self._show_problem("")
        self._tell()

    def _on_chip_changed(self) -> None:
        self._tell()

    def _on_theme_changed(self) -> None:
        self._line.setFixedWidth(self._theme.px(_TEXT_WIDTH))

    def _joined(self, typed: Query) -> Query:
        conditions = tuple(c for chip in self.chips.values() if (c := chip.condition))
        return self._base.joined(replace(typed, conditions=(*conditions, *typed.conditions)))

    def _tell(self) -> None:
        self._clear.setVisible(self.is_filtering)
        for name, chip in self.chips.items():
            chip.base = self._without(chip.condition, name)
        self.refresh_count()
        self.query_changed.emit(self.query)

    def _without(self, condition: Condition | None, name: str) -> Query:
        """Return the query without one chip, which counts what it could let through."""
        query = self.query
        if condition is None or name not in self.chips:
            return query
        kept = list(query.conditions)
        kept.remove(condition)
        return replace(query, conditions=tuple(kept))

    def _show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._stale.setVisible(bool(sentence))
        set_property(self._line, "invalid", "true" if sentence else "false")


def _counts(query: Query, base: Query, store: Store, _progress: Progress) -> tuple[int, int]:
    """Return how many records are shown, and how many the view has."""
    total = store.count(base)
    return total if query == base else store.count(query), total
