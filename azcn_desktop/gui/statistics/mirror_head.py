"""What stands above the mirror: its switches, the factor from FOB to CIF with its source, and the line about rates.

Shows what it is given and asks for the rest by signals. Knows no store.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from azcn_desktop.charts.mirror import MirrorPicture
from azcn_desktop.charts.series import Switch
from azcn_desktop.charts.trade import unit_name
from azcn_desktop.gui.charts.switches import SwitchRow
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.elided_label import ElidedLabel
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.trade.exchange_rates import Rate, Rates, rates_in_use, years_in_part
from azcn_desktop.trade.mirror import DIRECTIONS, FACTOR, FACTOR_SOURCE, LEAST_FACTOR, MOST_FACTOR

_FACTOR = "factor"
_STEP = 0.01
_TYPING_MS = 120
_NAME = "mirror"
_SOURCES = {"source_az": "Azerbaijan", "source_cn": "China"}


class MirrorHead(QWidget):
    """The rows above the charts.

    Attributes:
        factor: the spin box.
        rates: the line about rates.
        year: what both sides report in the year that is selected.

    Signals:
        chosen(str, str): a switch or the factor was set: its name and the value.
        rate_wanted(): a person wants to give a rate.
        rate_toggled(object, bool): a stated rate (its id) shall be accepted, or no longer.
    """

    chosen = Signal(str, str)
    rate_wanted = Signal()
    rate_toggled = Signal(object, bool)

    def __init__(self, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._switches = SwitchRow(_NAME, self, 4, _SOURCES, is_tight=True, has_menu=False)
        self._switches.chosen.connect(self.chosen)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_TYPING_MS)
        self._later.timeout.connect(self._tell_factor)
        self.factor = self._made_factor()
        self._factor_words = PlainLabel(self.tr("CIF = FOB ×"), self)
        self._source = ElidedLabel("", self)
        self._source.setProperty("role", "faint")
        self._source.setAccessibleName(self.tr("Source of the factor"))
        self._source.setText(FACTOR_SOURCE)
        self._source.setAccessibleDescription(FACTOR_SOURCE)
        self.year = ElidedLabel("", self)
        self.year.setObjectName(f"{_NAME}-year")
        self.year.setProperty("role", "muted")
        self.rates = ElidedLabel("", self)
        self.rates.setObjectName(f"{_NAME}-rates")
        self._give = self._button("rate-give", self.tr("Give a rate…"))
        self._give.clicked.connect(self.rate_wanted)
        self._stated = self._button("rates-stated", self.tr("Rates"))
        self._menu = QMenu(self)
        self._menu.setObjectName(f"{_NAME}-rates-menu")
        self._stated.setMenu(self._menu)
        self._lay_out()

    def show_state(self, picture: MirrorPicture, factor: float, rates: Sequence[Rate], known: Rates) -> None:
        """Show what can be chosen, and which rates there are."""
        switches = picture.charts[0].switches
        self._switches.show_switches(tuple(_named(s) for s in switches if s.name != _FACTOR))
        direction = next((s.chosen for s in switches if s.name == "direction"), "")
        for widget in (self._factor_words, self.factor, self._source):
            widget.setVisible(direction in DIRECTIONS)
        with QSignalBlocker(self.factor):
            if not self._later.isActive():
                self.factor.setValue(factor)
        self._show_rates(picture, rates, known)

    def show_year(self, year: int | None, values: Sequence[str]) -> None:
        """Say what both sides report in a year."""
        self.year.setText(f"{year}   {' · '.join(values)}" if year and values else "")
        self.year.setVisible(bool(year and values))

    def _show_rates(self, picture: MirrorPicture, rates: Sequence[Rate], known: Rates) -> None:
        accepted = [rate for rate in rates if rate.is_accepted]
        used, waiting = rates_in_use(known), years_in_part(known)
        names = [unit_name(chart.scale) for chart in picture.charts]
        # What is to be done comes first: of a long source the end may have no room.
        parts = [self._apart(names)] if len(names) > 1 else []
        parts += [self.tr("Compared at {}").format(rate.words) for rate in used[:2]]
        if len(used) > 2:
            parts.append(self.tr("and {} more").format(len(used) - 2))
        words = self.tr("{} of 12 months of {} have a rate of {}: with all of them the year is compared")
        parts += [words.format(months, year, currency) for currency, year, months in waiting[:2]]
        has_values = any(not chart.is_empty for chart in picture.charts)
        plain = self.tr("All values are in {}.").format(names[0]) if has_values else self.tr("There are no values yet.")
        self.rates.setText(" · ".join(parts) or plain)
        self._menu.clear()
        for rate in rates:
            action = self._menu.addAction(rate.words.replace("&", "&&"))
            action.setObjectName(f"{_NAME}-rate-{rate.key}")
            action.setCheckable(True)
            action.setChecked(rate.is_accepted)
            action.triggered.connect(partial(self._on_rate_triggered, rate))
        self._stated.setVisible(bool(rates))
        words = self.tr("Rates ({} accepted)").format(len(accepted))
        self._stated.setText(words)
        self._stated.setAccessibleName(words)

    def _apart(self, names: Sequence[str]) -> str:
        words = " and ".join((", ".join(names[:-1]), names[-1]))
        return self.tr("{} are shown apart. To compare: give a rate.").format(words[:1].upper() + words[1:])

    def _made_factor(self) -> QDoubleSpinBox:
        box = QDoubleSpinBox(self)
        box.setObjectName(f"{_NAME}-factor")
        box.setAccessibleName(self.tr("Factor from FOB to CIF"))
        box.setAccessibleDescription(FACTOR_SOURCE)
        box.setToolTip(f"<qt>{html.escape(FACTOR_SOURCE)}</qt>")
        box.setRange(LEAST_FACTOR, MOST_FACTOR)
        box.setSingleStep(_STEP)
        box.setDecimals(2)
        box.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        box.setValue(FACTOR)
        box.setFixedWidth(self._theme.px(74))
        box.valueChanged.connect(self._on_factor_changed)
        return box

    def _button(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(f"{_NAME}-{name}")
        button.setAccessibleName(words)
        button.setProperty("role", "chip")
        return button

    def _lay_out(self) -> None:
        second = QHBoxLayout()
        second.setSpacing(8)
        for widget, stretch in ((self._factor_words, 0), (self.factor, 0), (self._source, 1)):
            second.addWidget(widget, stretch)
        third = QHBoxLayout()
        third.setSpacing(8)
        third.addWidget(self.rates, 1, Qt.AlignmentFlag.AlignVCenter)
        third.addWidget(self._stated)
        third.addWidget(self._give)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 14, 6)
        column.setSpacing(5)
        column.addWidget(self._switches)
        column.addLayout(second)
        column.addLayout(third)
        column.addWidget(self.year)

    def _on_factor_changed(self, value: float) -> None:
        self._later.start()

    def _tell_factor(self) -> None:
        self.chosen.emit(_FACTOR, f"{self.factor.value():.2f}")

    def _on_rate_triggered(self, rate: Rate, is_checked: bool = False) -> None:
        self.rate_toggled.emit(rate.key, not rate.is_accepted)


def _named(switch: Switch) -> Switch:
    """Say in the options of a source whose it is: "China: best source"."""
    who = _SOURCES.get(switch.name)
    if who is None:
        return switch
    options = tuple(
        (value, f"{who}: {label if value else label[:1].lower() + label[1:]}") for value, label in switch.options
    )
    return replace(switch, options=options)
