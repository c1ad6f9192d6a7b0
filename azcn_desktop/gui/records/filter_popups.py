"""What opens under a filter chip: boxes to tick with counts, or a range of years.

A popup holds no filter: it is told what is chosen and says what has been chosen. Knows no store.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6 import QtCore, QtGui
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOption,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.records.text import fold

_SEARCH_FROM = 12
_MOST_HEIGHT = 330


class Option(Struct, frozen=True):
    """One thing to tick.

    Attributes:
        word: as stored.
        label: as shown.
        count: how many records there are.
    """

    word: str
    label: str
    count: int


class FilterPopup(QFrame):
    """A box under a chip that closes by a click elsewhere or by Escape."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setProperty("role", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    def open_under(self, widget: QWidget) -> None:
        """Show the box under a widget, on the screen it stands on."""
        self.adjustSize()
        screen = widget.screen().availableGeometry()
        corner = widget.mapToGlobal(QPoint(0, widget.height() + 4))
        corner.setX(max(screen.left(), min(corner.x(), screen.right() - self.width())))
        corner.setY(max(screen.top(), min(corner.y(), screen.bottom() - self.height())))
        self.move(corner)
        self.show()
        self.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint ground and border of the style sheet: Qt leaves them out of a window whose corners are see-through."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.end()


class ChoicePopup(FilterPopup):
    """Words to tick, with how often they occur.

    Signals:
        chosen(list): the stored words that are ticked now.
    """

    chosen = Signal(list)

    def __init__(self, options: Sequence[Option], ticked: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._boxes: list[tuple[QWidget, QCheckBox, Option]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.setSpacing(6)
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("Find"))
        self._search.setObjectName("find-option")
        self._search.setAccessibleName(self.tr("Find in this list"))
        self._search.setVisible(len(options) >= _SEARCH_FROM)
        self._search.textChanged.connect(self._on_search_changed)
        column.addWidget(self._search)
        column.addWidget(self._list(options, set(ticked)))
        clear = QPushButton(self.tr("Clear"), self)
        clear.setProperty("role", "link")
        clear.setObjectName("clear-filter")
        clear.setAccessibleName(self.tr("Clear this filter"))
        clear.clicked.connect(self._on_clear_clicked)
        column.addWidget(clear, 0, Qt.AlignmentFlag.AlignLeft)
        self.setFocusProxy(self._search if len(options) >= _SEARCH_FROM or not options else self._boxes[0][1])

    def ticked(self) -> list[str]:
        """Return the stored words that are ticked."""
        return [option.word for _, box, option in self._boxes if box.isChecked()]

    def box(self, word: str) -> QCheckBox:
        """Return the box of a stored word."""
        return next(box for _, box, option in self._boxes if option.word == word)

    def _list(self, options: Sequence[Option], ticked: set[str]) -> QWidget:
        inner = QWidget(self)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 6, 0)
        rows.setSpacing(2)
        for option in options:
            row = QWidget(inner)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            box = QCheckBox(option.label.replace("&", "&&"), row)
            box.setObjectName(f"option-{option.word.replace('_', '-').lower()}")
            box.setAccessibleName(f"{option.label}, {option.count}")
            box.setChecked(option.word in ticked)
            box.toggled.connect(self._on_box_toggled)
            line.addWidget(box, 1)
            count = PlainLabel(f"{option.count:,}", row)
            count.setProperty("role", "faint")
            line.addWidget(count)
            rows.addWidget(row)
            self._boxes.append((row, box, option))
        if not options:
            rows.addWidget(PlainLabel(self.tr("Nothing to choose here."), inner))
        area = QScrollArea(self)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumWidth(max(inner.sizeHint().width() + 18, 190))
        area.setFixedHeight(min(inner.sizeHint().height() + 2, _MOST_HEIGHT))
        return area

    def _on_box_toggled(self) -> None:
        self.chosen.emit(self.ticked())

    def _on_clear_clicked(self) -> None:
        for _, box, _option in self._boxes:
            box.blockSignals(True)
            box.setChecked(False)
            box.blockSignals(False)
        self.chosen.emit([])
        self.close()

    def _on_search_changed(self, text: str) -> None:
        for row, _box, option in self._boxes:
            row.setVisible(fold(text) in fold(option.label))


class YearPopup(FilterPopup):
    """A range of years; an empty end is open.

    Signals:
        chosen(str, str): first and last year as typed, either may be empty.
    """

    chosen = Signal(str, str)

    def __init__(self, first: str, last: str, this_year: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._from, self._to = self._line(self.tr("From year"), first), self._line(self.tr("To year"), last)
        self._from.setObjectName("year-from")
        self._to.setObjectName("year-to")
        self._from.setPlaceholderText(self.tr("earliest"))
        self._to.setPlaceholderText(self.tr("latest"))
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 12, 12, 10)
        grid.addWidget(PlainLabel(self.tr("From"), self), 0, 0)
        grid.addWidget(self._from, 0, 1)
        grid.addWidget(PlainLabel(self.tr("to"), self), 0, 2)
        grid.addWidget(self._to, 0, 3)
        self._problem = PlainLabel("", self)
        self._problem.setProperty("role", "error")
        self._problem.hide()
        grid.addWidget(self._problem, 1, 0, 1, 4)
        shortcuts = QHBoxLayout()
        shortcuts.setSpacing(0)
        for name, words, begin, end in (
            ("this-year", self.tr("This year"), this_year, this_year),
            ("last-years", self.tr("Last 5 years"), this_year - 4, this_year),
            ("all-years", self.tr("All"), None, None),
        ):
            button = QPushButton(words, self)
            button.setObjectName(name)
            button.setProperty("role", "link")
            button.setAccessibleName(words)
            button.setProperty("years", [str(begin or ""), str(end or "")])
            button.clicked.connect(self._on_shortcut_clicked)
            shortcuts.addWidget(button)
        grid.addLayout(shortcuts, 2, 0, 1, 4)
        self.setFocusProxy(self._from)

    @property
    def first(self) -> QLineEdit:
        """The line of the first year."""
        return self._from

    @property
    def last(self) -> QLineEdit:
        """The line of the last year."""
        return self._to

    def _line(self, name: str, text: str) -> QLineEdit:
        line = QLineEdit(text, self)
        line.setAccessibleName(name)
        line.setValidator(QtGui.QRegularExpressionValidator(QtCore.QRegularExpression(r"\d{0,4}"), line))
        line.setFixedWidth(line.fontMetrics().horizontalAdvance("earliest") + 30)
        line.textEdited.connect(self._on_line_edited)
        line.returnPressed.connect(self._on_return_pressed)
        return line

    def _on_line_edited(self) -> None:
        first, last = self._from.text(), self._to.text()
        if any(text and len(text) < 4 for text in (first, last)):
            return
        is_backward = bool(first and last and first > last)
        self._problem.setText(self.tr("The first year is after the last one.") if is_backward else "")
        self._problem.setVisible(is_backward)
        if not is_backward:
            self.chosen.emit(first, last)

    def _on_return_pressed(self) -> None:
        if self._problem.isHidden():
            self.close()

    def _on_shortcut_clicked(self) -> None:
        first, last = self.sender().property("years")
        self.chosen.emit(first, last)
        self.close()
