"""The switches of a chart: segmented buttons for few options, a list for many, a chip for on and off.

Made from what the picture offers; kept as long as it offers the same. Knows neither data nor drawing.
"""

from __future__ import annotations

import html
from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QPushButton,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from azcn_desktop.charts.series import Switch

_MOST_BUTTONS = 5
_LIST_WIDTH = 230
_TIGHT_WIDTHS = (280, 240, 210, 190, 170, 150)
"""Widths that lists may have at most, from the first with which all switches stand in one row."""
_LONG = 20
_GAP = 5
_EDGE = 2
_BETWEEN = 16
_NARROW_GAP = 2
_NARROW_BETWEEN = 8


class SwitchRow(QWidget):
    """All switches of a chart in a row.

    Signals:
        chosen(str, str): name of a switch and its new value.
    """

    chosen = Signal(str, str)

    def __init__(
        self, prefix: str, parent: QWidget | None = None, most_buttons: int = _MOST_BUTTONS,
        lists: Collection[str] = (), is_tight: bool = False, has_menu: bool = True,
    ) -> None:  # fmt: skip
        """Offer nothing yet.

        Args:
            prefix: what object names begin with.
            parent: the owner.
            most_buttons: a switch of more options is a list.
            lists: names of switches that always are lists.
            is_tight: lists are no wider than what they hold, so that more of them stand in one row.
            has_menu: toggles stand in a menu as well, and are left out here where there is no room for them.
        """
        super().__init__(parent)
        self._prefix, self._most_buttons, self._as_lists = prefix, most_buttons, frozenset(lists)
        self._is_tight, self._widest = is_tight, _TIGHT_WIDTHS[0]
        self._has_menu = has_menu
        self._shown: tuple[Switch, ...] = ()
        self._buttons: dict[tuple[str, str], QPushButton] = {}
        self._lists: dict[str, QComboBox] = {}
        self._groups: list[list[QWidget]] = []
        self._n_toggles = 0

    def show_switches(self, switches: tuple[Switch, ...]) -> None:
        """Offer these switches, with what is in force checked."""
        if [(s.name, s.options) for s in switches] != [(s.name, s.options) for s in self._shown]:
            self._rebuild(switches)
        self._shown = switches
        for switch in switches:
            self._check(switch)
        self.setVisible(bool(switches))

    def sizeHint(self) -> QSize:
        return QSize(self._needed(self._groups), self._row_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(max((self._width(w) for group in self._groups for w in group), default=0), self._row_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # a switch wants another size: zoom or fonts have changed
            self._place()
        return super().event(event)

    @property
    def _row_height(self) -> int:
        return max((w.sizeHint().height() for group in self._groups for w in group), default=0)

    def _needed(self, groups: list[list[QWidget]], gap: int = _GAP, between: int = _BETWEEN) -> int:
        wide = sum(self._width(w) + gap for group in groups for w in group)
        return wide - gap + (between - gap) * max(0, len(groups) - 1)

    def _width(self, widget: QWidget) -> int:
        widest = self._widest if self._is_tight and isinstance(widget, QComboBox) else widget.maximumWidth()
        return min(widget.sizeHint().width(), widest)

    def _place(self) -> None:
        """Put groups beside each other, in more rows where one is too narrow; toggles give way, the menu has them."""
        shown = self._groups
        for widest in _TIGHT_WIDTHS if self._is_tight else ():
            self._widest = widest
            if self._needed(shown, _NARROW_GAP, _NARROW_BETWEEN) <= self.width():
                break
        if self._has_menu and self._n_toggles and self._needed(shown) > self.width():
            shown = shown[: -self._n_toggles]
        for group in self._groups:
            for widget in group:
                widget.setVisible(group in shown)
        inner, between = _GAP, _BETWEEN
        if self._needed(shown, _NARROW_GAP, _NARROW_BETWEEN) <= self.width() < self._needed(shown):
            inner, between = _NARROW_GAP, _NARROW_BETWEEN  # rather than a second row, which the picture would pay for
        x = y = 0
        for widget, gap in ((w, between if w is group[-1] else inner) for group in shown for w in group):
            width, height = self._width(widget), widget.sizeHint().height()
            if x and x + width > self.width():
                x, y = 0, y + self._row_height + _GAP
            widget.setGeometry(x, y + (self._row_height - height) // 2, width, height)
            x += width + gap
        self.setFixedHeight(y + self._row_height)

    def _rebuild(self, switches: tuple[Switch, ...]) -> None:
        for widget in (w for group in self._groups for w in group):
            widget.hide()
            widget.deleteLater()
        self._groups = []
        self._n_toggles = sum(switch.is_toggle for switch in switches)
        self._buttons.clear()
        self._lists.clear()
        for switch in sorted(switches, key=_is_toggle):
            self._groups.append([])
            if switch.is_toggle:
                self._add_button(switch, switch.options[1], None)
            elif self._is_list(switch):
                self._add_list(switch)
            else:
                group = QButtonGroup(self)
                for option in switch.options:
                    self._add_button(switch, option, group)
        self._place_in_tab_order()
        self._place()
        self.updateGeometry()

    def _place_in_tab_order(self) -> None:
        """Put the new switches where the row stands; Qt has put them last, behind all that was made before them."""
        before: QWidget = self
        policy = self.focusPolicy()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt puts nothing behind what can't have the keyboard
        for widget in (w for group in self._groups for w in group):
            QWidget.setTabOrder(before, widget)
            before = widget
        self.setFocusPolicy(policy)

    def _is_list(self, switch: Switch) -> bool:
        is_long = any(len(label) > _LONG for _, label in switch.options)
        return is_long or len(switch.options) > self._most_buttons or switch.name in self._as_lists

    def _add_button(self, switch: Switch, option: tuple[str, str], group: QButtonGroup | None) -> None:
        value, label = option
        button = QPushButton(label, self)
        button.setProperty("role", "chip")
        button.setCheckable(True)
        button.setObjectName(f"{self._prefix}-{switch.name}-{value.replace('_', '-') or 'on'}")
        button.setAccessibleName(f"{switch.label}: {label}")
        if group is not None:
            group.addButton(button)
            button.clicked.connect(partial(self._on_button_clicked, switch.name, value))
        else:
            button.setToolTip(f"<qt>{html.escape(switch.label)}</qt>")
            button.toggled.connect(partial(self._on_toggled, switch))
        self._buttons[switch.name, value] = button
        self._groups[-1].append(button)

    def _add_list(self, switch: Switch) -> None:
        box = _ElidedList(self)
        box.setObjectName(f"{self._prefix}-{switch.name}")
        box.setAccessibleName(switch.label)
        box.setToolTip(f"<qt>{html.escape(switch.label)}</qt>")
        box.setMaximumWidth(_TIGHT_WIDTHS[0] if self._is_tight else _LIST_WIDTH)
        if self._is_tight:
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        else:
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(min(24, max(len(label) for _, label in switch.options)))
        for value, label in switch.options:
            box.addItem(label, value)
        box.activated.connect(partial(self._on_activated, switch.name))
        self._lists[switch.name] = box
        self._groups[-1].append(box)

    def _check(self, switch: Switch) -> None:
        if switch.name in self._lists:
            box = self._lists[switch.name]
            box.setCurrentIndex(box.findData(switch.chosen))
            return
        for value, _ in switch.options:
            button = self._buttons.get((switch.name, value))
            if button is not None:
                button.blockSignals(True)
                button.setChecked(value == switch.chosen)
                button.blockSignals(False)
                if button.group() is not None and switch.chosen in dict(switch.options):
                    # Qt lets the Tab key meet the first button of a group until one has had the keyboard.
                    is_stop = value == switch.chosen
                    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def _on_button_clicked(self, name: str, value: str, is_checked: bool = True) -> None:
        self.chosen.emit(name, value)

    def _on_toggled(self, switch: Switch, is_on: bool) -> None:
        self.chosen.emit(switch.name, switch.options[1 if is_on else 0][0])

    def _on_activated(self, name: str, row: int) -> None:
        self.chosen.emit(name, str(self._lists[name].itemData(row)))


class _ElidedList(QComboBox):
    """A list whose present option ends in an ellipsis where it has no room; Qt cuts it in the middle of a letter."""

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        place = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, place, self).width()
        words = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room - _EDGE)
        option.currentText = words
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()


def _is_toggle(switch: Switch) -> bool:
    return switch.is_toggle
