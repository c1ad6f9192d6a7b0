"""The strip under the table: one flow as a sentence, where it comes from, what follows from it, what it was before.

Everything it says is plain text. Reads through the workspace and writes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFont, QResizeEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from azcn_desktop.gui.statistics import flow_words
from azcn_desktop.gui.statistics.flow_columns import column_named
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.dates import short_date_words
from azcn_desktop.store.flows.deriving import Derived
from azcn_desktop.store.flows.rows import Flow, vintages

_MOST_VALUES = 12
_TOP = 9


class FlowPassport(QScrollArea):
    """What is known of one flow."""

    def __init__(self, workspace: Workspace, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace, self._theme = workspace, theme
        self.setObjectName("passport-statistics")
        self.setAccessibleName(self.tr("The selected flow"))
        self.setProperty("role", "divided")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self._inner = inner = QWidget(self)
        self.setWidget(inner)
        self.sentence = wrapped("", "section", inner)
        self.origin = wrapped("", "muted", inner)
        self.flags = wrapped("", "muted", inner)
        self.formulas = wrapped("", "", inner)
        self.older = wrapped("", "", inner)
        for label, name in (
            (self.sentence, "sentence"), (self.origin, "origin"), (self.flags, "flags"), (self.formulas, "formulas"),
            (self.older, "older"),
        ):  # fmt: skip
            label.setObjectName(f"passport-{name}")
        self._column = column = QVBoxLayout(inner)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(16, 0, 14, 0)
        column.setSpacing(0)  # lines stand at multiples of their height, so that the edges of the pane cut none
        for label in (self.sentence, self.origin, self.flags, self.formulas, self.older):
            column.addWidget(label)
        column.addStretch(1)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.hide()

    def show_flow(self, flow: Flow | None, derived: Derived | None) -> None:
        """Show a flow and what follows from it, or nothing."""
        self.setVisible(flow is not None)
        if flow is None:
            return
        older = vintages(self._workspace.store.database, flow.id)
        for label, text in (
            (self.sentence, flow_words.sentence(flow)),
            (self.origin, self._origin(flow)),
            (self.flags, " ".join(flow_words.flags(flow))),
            (self.formulas, formula_lines(derived)),
            (self.older, _older_lines(older)),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._fit()
        self.verticalScrollBar().setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap at the width that there is."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the fonts of the labels, which come after a zoom."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        """Show whole lines, and give the words the height that they need: left to itself Qt keeps room for more."""
        line = self._line_height()
        top = self._theme.px(_TOP)
        room = self.contentsRect().height() - top
        self.setViewportMargins(0, top, 0, room - max(room // line, 1) * line)
        self._inner.setMinimumHeight(self._column.heightForWidth(self.viewport().width()))
        self.verticalScrollBar().setSingleStep(line)

    def _line_height(self) -> int:
        return max(label.fontMetrics().lineSpacing() for label in (self.sentence, self.origin, self.formulas))

    def _on_scrolled(self, value: int) -> None:
        """Rest between two lines."""
        line = self._line_height()
        self.verticalScrollBar().setValue(round(value / line) * line)

    def _origin(self, flow: Flow) -> str:
        """Say where a flow comes from: publisher, dataset, file and day of retrieval, and what else is known of it."""
        dataset = self._workspace.store.get("dataset", flow.dataset_id)
        values = dataset.values if dataset else {}
        retrieved = values.get("retrieved_on")
        parts = [
            flow.publisher or self.tr("Publisher not stated"),
            flow.dataset,
            self.tr("file {}").format(values["file_name"]) if values.get("file_name") else "",
            self.tr("retrieved {}").format(short_date_words(retrieved)) if isinstance(retrieved, str) else "",
            flow.classification or "",
            flow_words.amounts(flow),
        ]
        return " · ".join(part for part in parts if part)

    def _on_theme_changed(self) -> None:
        figures = self._theme.font()
        figures.setFeature(QFont.Tag("tnum"), 1)
        for label in (self.formulas, self.older):
            label.setFont(figures)


def formula_lines(derived: Derived | None) -> str:
    """Return the calculations of what follows from a flow, one a line."""
    if derived is None:
        return ""
    lines = [f"{column_named(name).label}: {words}" for name, words in derived.formulas.items()]
    if derived.balance_remark:
        lines.append(derived.balance_remark)
    return "\n".join(lines)


def _older_lines(older: Sequence[Flow]) -> str:
    """Return the other values that the publisher gave for the same flow, one a line."""
    lines = [
        f"{'Another value' if flow.counts else 'Older value'}: {flow_words.grouped(flow.value) or 'none'} "
        f"{flow.currency or ''} · {flow.dataset}"
        for flow in older[:_MOST_VALUES]
    ]
    if len(older) > _MOST_VALUES:
        lines.append(f"and {len(older) - _MOST_VALUES:,} more")
    return "\n".join(lines)
