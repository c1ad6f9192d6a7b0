"""How far a record can be trusted, in the inspector: its sources, the sides that confirm it, and what is missing.

Everything here is computed by the store and only shown; a click on what is missing leads to the first empty field.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from azcn_desktop.gui.inspector.section import Section
from azcn_desktop.gui.theme import ThemeController, set_property
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.records.kinds import Computed
from azcn_desktop.records.schema import Field
from azcn_desktop.store.records import Record
from azcn_desktop.store.selecting import STALE_MONTHS

_LABEL_PX = 109
_MISSING = "missing"
_ICONS = {
    "independent_sources": "sources", "confirmed_by": "side", "confidence": "level", "completeness_pct": "ok",
    "missing": "needs-attention", "confirmed_on": "calendar", "months_unchecked": "overdue", "is_overdue": "upcoming",
}  # fmt: skip


def glance(record: Record) -> str:
    """Return the trust of a record in one line, to stand under its title; empty where nothing is computed of it."""
    if not record.record_type.has_field("independent_sources"):
        return ""
    sources = record.values.get("independent_sources")
    if not sources:
        return _tr("No source")
    count = _tr("1 source") if sources == 1 else _tr("{} independent sources").format(sources)
    rated = record.show("confidence")
    parts = [count, record.show("confirmed_by"), _tr("{} confidence").format(rated) if rated else ""]
    return " · ".join(filter(None, [*parts, _tr("{} complete").format(record.show("completeness_pct"))]))


class TrustSection(Section):
    """The computed fields of a record.

    Signals:
        field_requested(name): the first empty field was asked for.
    """

    field_requested = Signal(str)

    def __init__(self, theme: ThemeController, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("inspector", "Trust"), theme, icons, parent)
        self.set_count(0)
        self._record: Record | None = None
        self._rows: dict[str, tuple[QWidget, QLabel]] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(10))
        self._grid.setVerticalSpacing(theme.px(4))
        self._grid.setColumnMinimumWidth(0, theme.px(_LABEL_PX))
        self._grid.setColumnStretch(1, 1)
        self.body.addLayout(self._grid)
        self._fill = QPushButton(self)
        self._fill.setObjectName("button-fill-missing")
        self._fill.setAccessibleName(self.tr("Fill in what is missing"))
        self._fill.setProperty("role", "link")
        self._fill.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._fill.clicked.connect(self.on_fill_clicked)
        self.body.addWidget(self._fill, 0, Qt.AlignmentFlag.AlignLeft)

    def show_record(self, record: Record, can_edit: bool) -> None:
        """Show what is computed of a record; hide for records of which nothing is."""
        self._record = record
        computed = [f for f in record.record_type.fields if isinstance(f.kind, Computed) and f.name in _ICONS]
        self.setVisible(bool(computed))
        for name, widgets in self._rows.items():
            for widget in widgets:
                widget.setVisible(any(f.name == name for f in computed))
        for f in computed:
            self._show(f, record)
        missing = self._first_missing()
        self._fill.setVisible(bool(missing) and can_edit)
        if missing:
            label = QCoreApplication.translate("catalogue", record.record_type.field(missing).label)
            self._fill.setText(self.tr("Fill in: {}").format(label))
            self._fill.setAccessibleName(self._fill.text())

    def on_fill_clicked(self) -> None:
        """Lead to the first expected field that is empty."""
        if missing := self._first_missing():
            self.field_requested.emit(missing)

    def _show(self, f: Field, record: Record) -> None:
        label, words = self._row(f)
        text = self._words(f, record)
        words.setText(text)
        words.setAccessibleName(f"{QCoreApplication.translate('catalogue', f.label)}: {text}")
        for widget in (label, words):
            widget.setVisible(bool(text))
        set_property(words, "role", self._role(f, record))

    def _words(self, f: Field, record: Record) -> str:
        """Return what a field says; a record that rests on nothing says so, and what is not rated is said too."""
        value = record.values.get(f.name)
        if f.name == "independent_sources":
            several = _tr("{} independent sources").format(value)
            return self.tr("None") if not value else _tr("1 source") if value == 1 else several
        if f.name == "confidence":
            return record.show(f.name) or (self.tr("Not rated") if record.values.get("independent_sources") else "")
        if f.name == "months_unchecked" and value is not None:
            return self.tr("1 month") if value == 1 else self.tr("{} months").format(value)
        return record.show(f.name)

    def _role(self, f: Field, record: Record) -> str:
        value = record.values.get(f.name)
        if f.name == "months_unchecked" and isinstance(value, int) and value >= STALE_MONTHS:
            return "warning"
        if f.name == "independent_sources" and not value:
            return "warning"
        is_known = f.name != "confidence" or value is not None
        return "" if is_known and f.name != _MISSING else "faint"

    def _row(self, f: Field) -> tuple[QWidget, QLabel]:
        """Return label and words of a field, made when it is shown for the first time."""
        if f.name not in self._rows:
            label = QWidget(self)
            inner = QGridLayout(label)
            inner.setContentsMargins(self._theme.px(7), 0, 0, 0)
            inner.setHorizontalSpacing(self._theme.px(7))
            icon = PlainLabel("", label)
            self._icons.set(icon, _ICONS.get(f.name, "topic"), "faint")
            name = PlainLabel(QCoreApplication.translate("catalogue", f.label), label)
            name.setProperty("role", "muted")
            name.setToolTip(QCoreApplication.translate("catalogue", f.help))
            inner.addWidget(icon, 0, 0, Qt.AlignmentFlag.AlignTop)
            inner.addWidget(name, 0, 1)
            inner.setColumnStretch(1, 1)
            words = wrapped("", "", self)
            words.setObjectName(f"trust-{f.name.replace('_', '-')}")
            place = self._grid.rowCount()
            self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, place, 1, Qt.AlignmentFlag.AlignTop)
            self._rows[f.name] = (label, words)
        return self._rows[f.name]

    def _first_missing(self) -> str:
        missing = str(self._record.values.get(_MISSING) or "").split() if self._record else []
        return next((name for name in missing if self._record and self._record.record_type.has_field(name)), "")


def _tr(words: str) -> str:
    return QCoreApplication.translate("trust", words)
