"""The mapping page: for each part of a flow a column or one value, tried at once on the first rows of the file.

Guesses fill it in; a person reads them beside the first rows and corrects them. Reads no file.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from azcn_desktop.gui.statistics_import.meaning import OPTIONAL, REQUIRED, MeaningLine
from azcn_desktop.gui.theme import ThemeController, set_property
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.gui.widgets.text_table import Column, TextTable
from azcn_desktop.records.kinds import Value
from azcn_desktop.trade.binding import Binding
from azcn_desktop.trade.guessing import problems, try_out, with_values
from azcn_desktop.trade.layout import Layout, Mapping, plain
from azcn_desktop.trade.layouts import MAPPED
from azcn_desktop.trade.recognising import Sample

_EXAMPLES = 4
_SHOWN = 8
_TYPED = ("publisher", "reporter", "partner", "period", "unit")


class MappingPage(QWidget):
    """Asks which column is what.

    Attributes:
        is_ready: nothing is missing, so that the file can be read.

    Signals:
        changed(): another column or value was chosen.
    """

    changed = Signal()

    def __init__(self, theme: ThemeController, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._sample, self._layout = Sample(), MAPPED
        self._kept = Mapping()
        self.is_ready = False
        self._area = QScrollArea(self)
        inner = QWidget()
        self._area.setWidget(inner)  # first: moving a finished tree makes Qt style all of it again
        self._lines = [
            MeaningLine(meaning, label, example, theme, inner) for meaning, label, example in (*REQUIRED, *OPTIONAL)
        ]
        for line in self._lines:
            line.changed.connect(self._on_changed)
        self._verdict = PlainLabel("", self)
        self._verdict.setObjectName("statistics-import-verdict")
        self._verdict.setWordWrap(True)
        self._first = QWidget(self)
        self._rows: TextTable | None = None
        self._lay_out(inner)

    def ask(self, sample: Sample, layout: Layout, mapping: Mapping) -> None:
        """Show a table and what its columns are taken for."""
        self._sample, self._layout, self._kept = sample, layout, mapping
        names = {plain(name): name for name in reversed(sample.header) if plain(name)}
        names = dict(reversed(names.items()))
        told = _told_by(layout, sample.header)
        columns, fixed = dict(mapping.columns), dict(mapping.fixed)
        if mapping.publisher:
            fixed["publisher"] = mapping.publisher
        if "currency" in fixed and "unit" not in fixed:
            fixed["unit"] = fixed["currency"]
        for line in self._lines:
            is_told = line.meaning in told
            line.offer(list(names.values()), is_told)
            # The values of a known layout have their own unit, which a unit beside it would multiply once more.
            line.source.setEnabled(layout is MAPPED or not is_told or line.meaning not in ("value", "unit"))
            # What no column tells is mostly typed once for all rows.
            is_typed = line.meaning in _TYPED and not is_told
            line.choose(columns.get(line.meaning, ""), fixed.get(line.meaning, "" if is_typed else None))
        self._show_first()
        self._judge()

    def mapping(self) -> Mapping:
        """Return what was chosen."""
        columns = tuple((line.meaning, line.column()) for line in self._lines if line.column())
        fixed: dict[str, Value] = {line.meaning: line.fixed() for line in self._lines}
        return with_values(Mapping(columns, licence=self._kept.licence), fixed)

    def focus_first_problem(self) -> None:
        """Go to the first line in which something is missing."""
        line = next((line for line in self._lines if line.source.accessibleDescription()), self._lines[0])
        line.input.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        self._judge()
        self.changed.emit()

    def _judge(self) -> None:
        """Say beside each line what is wrong, and below what becomes of the first rows."""
        mapping = self.mapping()
        wrong = problems(self._layout, self._sample.header, mapping)
        for line in self._lines:
            line.say(self._examples(line.column()), wrong.get(line.meaning, ""))
        self.is_ready = not wrong
        if wrong:
            count = len(wrong)
            say = (
                self.tr("One thing is still to be said.") if count == 1 else self.tr("{} things are still to be said.")
            )
            self._say(say.format(count), "warning")
            return
        trial = try_out(self._sample, self._layout, mapping)
        if trial.refused:
            first = trial.refused[0]
            where = ", ".join(part for part in (self.tr("line {}").format(first.line), first.column) if part)
            text = self.tr("{} of the first {} rows would be refused; {}: {}")
            self._say(text.format(len(trial.refused), trial.rows, where, first.reason), "warning")
        else:
            text = self.tr("The first {} rows give {} flows.").format(trial.rows, trial.flows)
            self._say(text, "ok" if trial.flows else "warning")

    def _say(self, sentence: str, role: str) -> None:
        self._verdict.setText(sentence)
        set_property(self._verdict, "role", role)

    def _examples(self, name: str) -> str:
        if not name:
            return ""
        place = next((at for at, found in enumerate(self._sample.header) if found.strip() == name), None)
        rows = self._sample.first.rows
        texts = [row[place].strip() for row in rows if place is not None and place < len(row)]
        return " · ".join(list(dict.fromkeys(text for text in texts if text))[:_EXAMPLES])

    def _show_first(self) -> None:
        """Show the first rows of the file under its own header."""
        header = self._sample.header
        columns = [Column(" ".join(name.split()) or "–", self._width(at)) for at, name in enumerate(header)]
        spoken = self.tr("The first rows of the file")
        rows = TextTable("statistics-import-first-rows", spoken, columns, self._theme, self)
        lines = self._sample.first.rows[:_SHOWN]
        rows.show_rows([[*row[: len(header)], *[""] * (len(header) - len(row))] for row in lines])
        old, self._rows = self._rows, rows
        layout = self._first.layout()
        assert layout is not None
        layout.addWidget(rows)
        if old is not None:
            layout.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _width(self, place: int) -> int:
        texts = [self._sample.header[place], *(row[place] for row in self._sample.first.rows if place < len(row))]
        return min(max(max(map(len, texts)) * 8 + 26, 70), 220)

    def _lay_out(self, inner: QWidget) -> None:
        px = self._theme.px
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, px(8), 0)
        grid.setHorizontalSpacing(px(12))
        grid.setVerticalSpacing(px(4))
        grid.setColumnStretch(2, 1)
        self._add_group(grid, self.tr("Needed"), self._lines[: len(REQUIRED)])
        self._add_group(grid, self.tr("If the file has it"), self._lines[len(REQUIRED) :])
        grid.setRowStretch(grid.rowCount(), 1)
        area = self._area
        area.setObjectName("statistics-import-map")
        area.setAccessibleName(self.tr("Columns of the file"))
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        held = QVBoxLayout(self._first)
        held.setContentsMargins(0, 0, 0, 0)
        self._first.setFixedHeight(px(140))
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(px(8))
        body.addWidget(area, 1)
        body.addWidget(self._verdict)
        body.addWidget(self._first)

    def _add_group(self, grid: QGridLayout, title: str, lines: Iterable[MeaningLine]) -> None:
        heading = PlainLabel(title, self._area.widget())
        heading.setProperty("role", "heading")
        grid.addWidget(heading, grid.rowCount(), 0, 1, 3)
        for line in lines:
            line.add_to(grid, grid.rowCount())


def _told_by(layout: Layout, header: tuple[str, ...]) -> set[str]:
    """Return what a layout tells without any mapping."""
    binding = Binding(layout, header, Mapping())
    told = {*binding.columns, *(meaning for meaning, value in binding.fixed.items() if value)}
    told |= {meaning for measure, _, _ in binding.measures for meaning, _ in measure.fixed}
    if binding.measures:
        told.add("value")
    return told | ({"unit"} if "currency" in told else set())
