"""The pane under the audit: one check in full, with the figures that it rests on as lines that lead there.

Shows words; asks by a signal. Knows no store.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from azcn_desktop.evidence.checks import KIND, Check, Linked
from azcn_desktop.gui.figures.audit_model import verdict_tone, verdict_words
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.cell_marks import MARK_PX, state_mark
from azcn_desktop.gui.widgets.elided_button import ElidedButton
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped

_MOST_LINES = 40
_LINK_PADDING = 7  # of a link on either side of its words; all other words stand above them


class AuditDetails(QScrollArea):
    """One check: verdict, statement, calculation, explanation, figures.

    Signals:
        figure_requested(key): a figure shall be shown.
    """

    figure_requested = Signal(object)

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._check: Check | None = None
        self._lines: list[QPushButton] = []
        self.setObjectName("audit-details")
        self.setAccessibleName(self.tr("The selected check"))
        self.setProperty("role", "divided")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget(self)
        self.setWidget(inner)
        self._mark = PlainLabel("", inner)
        self._verdict = PlainLabel("", inner)
        self._verdict.setProperty("role", "section")
        self._kind = PlainLabel("", inner)
        self._kind.setProperty("role", "muted")
        self._statement = wrapped("", "", inner)
        self._calculation = wrapped("", "muted", inner)
        self._calculation.setObjectName("audit-calculation")
        self._explanation = wrapped("", "", inner)
        head = QHBoxLayout()
        head.setContentsMargins(_LINK_PADDING, 0, 0, 0)
        head.setSpacing(7)
        for widget in (self._mark, self._verdict, self._kind):
            head.addWidget(widget)
        head.addStretch(1)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(16 - _LINK_PADDING, 10, 14, 10)
        self._column.setSpacing(5)
        self._column.addLayout(head)
        words = QVBoxLayout()
        words.setContentsMargins(_LINK_PADDING, 0, 0, 0)
        words.setSpacing(5)
        for label in (self._statement, self._calculation, self._explanation):
            words.addWidget(label)
        self._column.addLayout(words)
        self._records = QVBoxLayout()
        self._records.setContentsMargins(0, 2, 0, 0)
        self._records.setSpacing(0)
        self._column.addLayout(self._records)
        self._column.addStretch(1)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def lines(self) -> list[QPushButton]:
        """The lines of the figures."""
        return list(self._lines)

    def show_check(self, check: Check | None, name_of: Callable[[Linked], str]) -> None:
        """Show a check, or nothing."""
        self._check = check
        self.setVisible(check is not None)
        for line in self._lines:
            line.hide()
            line.deleteLater()
        self._lines = []
        if check is None:
            return
        self._show_mark()
        self._verdict.setText(verdict_words(check))
        self._kind.setText(KIND.label(check.kind))
        for label, text in (
            (self._statement, check.statement),
            (self._calculation, check.calculation),
            (self._explanation, check.explanation),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        for place, linked in enumerate(check.linked[:_MOST_LINES]):
            self._add_line(place, linked, name_of(linked))
        self.verticalScrollBar().setValue(0)

    def _add_line(self, place: int, linked: Linked, words: str) -> None:
        line = ElidedButton(words, self.widget())
        line.setObjectName(f"audit-record-{place}")
        line.setAccessibleName(words)
        line.setProperty("role", "link")
        line.clicked.connect(partial(self._on_line_clicked, linked.key))
        self._records.addWidget(line)
        self._lines.append(line)

    def _show_mark(self) -> None:
        if self._check is not None:
            tone = verdict_tone(self._check)
            colour, size = QColor(self._theme.theme.tone(tone)), self._theme.px(MARK_PX)
            self._mark.setPixmap(state_mark(tone, colour, size, self.devicePixelRatioF()))

    def _on_theme_changed(self) -> None:
        figures = self._theme.font()
        figures.setFeature(QFont.Tag("tnum"), 1)
        self._calculation.setFont(figures)
        self._show_mark()

    def _on_line_clicked(self, key: int, is_checked: bool = False) -> None:
        self.figure_requested.emit(key)
