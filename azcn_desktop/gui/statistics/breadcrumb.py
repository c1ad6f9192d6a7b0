"""The way down to the products that are shown, as buttons that lead back: "All products › 27 Mineral fuels › 2709".

Knows codes with their words, no picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QWidget

from azcn_desktop.gui.widgets.elided_button import ElidedButton
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel

Crumb = tuple[str, str]
"""A code, empty for all products, and its words."""
_WIDEST = 260


class Breadcrumb(QWidget):
    """One button for each step above, the last one for what is shown.

    Signals:
        chosen(str): the code of a step.
        table_wanted(): the flows of what is shown shall be in the table.
    """

    chosen = Signal(str)
    table_wanted = Signal()

    def __init__(self, icons: Icons, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.crumbs: tuple[Crumb, ...] = ()
        self._parts: list[QWidget] = []
        self.setAccessibleName(self.tr("Way down the codes"))
        self._back = QToolButton(self)
        self._back.setObjectName(f"{name}-up")
        self._back.setAccessibleName(self.tr("One step up (Backspace)"))
        self._back.setToolTip(self.tr("One step up (Backspace)"))
        self._back.clicked.connect(self.go_up)
        icons.set(self._back, "back")
        self._narrow = QPushButton(self.tr("Show in the table"), self)
        self._narrow.setObjectName(f"{name}-narrow")
        self._narrow.setAccessibleName(self.tr("Show the flows of this code in the table"))
        self._narrow.setProperty("role", "link")
        self._narrow.clicked.connect(self.table_wanted)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addWidget(self._back)
        self._row.addStretch(1)
        self._row.addWidget(self._narrow)
        self.hide()

    def show_way(self, crumbs: Sequence[Crumb], chosen: str) -> None:
        """Show the steps down to the one that is shown; nothing where there is no way back."""
        steps = tuple(crumbs)
        codes = [code for code, _ in steps]
        steps = steps[: codes.index(chosen) + 1] if chosen in codes else ()
        self.setVisible(len(steps) > 1)
        if steps == self.crumbs:
            return
        had_focus = any(part.hasFocus() for part in self._parts)
        self.crumbs = steps
        for part in self._parts:
            part.hide()
            part.deleteLater()
        self._parts = []
        for place, (code, label) in enumerate(steps):
            if place:
                self._add(PlainLabel("›", self))
            self._add(self._step(code, label, is_last=place == len(steps) - 1))
        if had_focus and self.isVisible():
            self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_up(self) -> None:
        """Go to the step above, if there is one."""
        if len(self.crumbs) > 1:
            self.chosen.emit(self.crumbs[-2][0])

    def _add(self, part: QWidget) -> None:
        self._row.insertWidget(self._row.count() - 2, part)
        self._parts.append(part)
        part.show()

    def _step(self, code: str, label: str, is_last: bool) -> QWidget:
        button = ElidedButton(label, self)
        button.setObjectName(f"{self._name}-step-{code or 'all'}")
        button.setAccessibleName(self.tr("Shown: {}").format(label) if is_last else label)
        button.setProperty("role", "flat" if is_last else "link")
        button.setMaximumWidth(_WIDEST)
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self._on_step_clicked, code))
        return button

    def _on_step_clicked(self, code: str, is_checked: bool = False) -> None:
        self.chosen.emit(code)
