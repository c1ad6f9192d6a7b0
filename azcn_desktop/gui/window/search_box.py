"""The field on the top bar that searches all records and jumps to one.

It asks the store's search while a person types and shows what was found in a list under the field; the keyboard never
leaves the field. Where a jump leads is the window's affair.
"""

from __future__ import annotations

from functools import cached_property

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.gui.pages import BY_TABLE
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.visible_signs import visible
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.search import Hit, HitGroup, Search

SEARCH_PX = 264
_LEAST_PX = 140
_DELAY_MS = 120
_POPUP_PX = 500
_TALLEST_PX = 520
_HEADING_PX, _LINE_PX, _TWO_LINES_PX = 28, 30, 46
_HIT_ROLE = Qt.ItemDataRole.UserRole + 1

Index = QModelIndex | QPersistentModelIndex


class _Heading(Struct, frozen=True):
    text: str


class HitModel(QAbstractListModel):
    """Headings and hits, one after the other."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Heading | Hit] = []

    def set_groups(self, groups: list[HitGroup]) -> None:
        """Show these instead; without any, a sentence."""
        self.beginResetModel()
        nothing = QCoreApplication.translate("search", "Nothing found. All words must occur in one record.")
        self._rows = [] if groups else [_Heading(nothing)]
        for group in groups:
            self._rows += [_heading(group), *group.hits]
        self.endResetModel()

    def hit(self, index: Index) -> Hit | None:
        """Return the hit of a row, or None for a heading."""
        row = self._rows[index.row()] if index.isValid() else None
        return row if isinstance(row, Hit) else None

    def hit_rows(self) -> list[int]:
        """Return the rows that can be chosen."""
        return [number for number, row in enumerate(self._rows) if isinstance(row, Hit)]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - the signature of Qt
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _HIT_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text if isinstance(row, _Heading) else row.title
        if role == Qt.ItemDataRole.AccessibleTextRole and isinstance(row, Hit):
            return ", ".join(part for part in (row.title, row.detail, row.matched) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.hit(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class HitDelegate(QStyledItemDelegate):
    """Paint a hit: icon, title, detail at the right, and below where else the words stand."""

    def __init__(self, theme: ThemeController, icons: Icons, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(_HIT_ROLE)
        height = _HEADING_PX if isinstance(row, _Heading) else _TWO_LINES_PX if row.matched else _LINE_PX
        return QSize(self._theme.px(100), self._theme.px(height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, px, theme = index.data(_HIT_ROLE), self._theme.px, self._theme.theme
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, _Heading):
            painter.setFont(self._theme.font(11, 600))
            painter.setPen(QColor(theme.faint))
            room = area.adjusted(px(9), px(4), -px(9), 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, row.text)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.accent_tint))
                painter.drawRoundedRect(area.adjusted(0, 1, 0, -1), px(6), px(6))
            self._paint_hit(painter, area, row)
        painter.restore()

    def _paint_hit(self, painter: QPainter, area: QRect, hit: Hit) -> None:
        px, theme = self._theme.px, self._theme.theme
        first = QRect(area.left(), area.top(), area.width(), px(_LINE_PX))
        side = px(16)
        icon = self._icons.icon(BY_TABLE[hit.table].icon)
        icon.paint(painter, first.left() + px(9), first.top() + (first.height() - side) // 2, side, side)
        room = first.adjusted(px(34), 0, -px(10), 0)
        small = self._theme.font(12)
        detail = QFontMetrics(small).elidedText(hit.detail, Qt.TextElideMode.ElideRight, room.width() * 38 // 100)
        width = QFontMetrics(small).horizontalAdvance(detail)
        _line(painter, room, detail, small, theme.faint, Qt.AlignmentFlag.AlignRight)
        title_room = room.adjusted(0, 0, -(width + px(12) if detail else 0), 0)
        _line(painter, title_room, hit.title, self._theme.font(weight=500), theme.text)
        if hit.matched:
            second = QRect(room.left(), first.bottom() - px(5), room.width(), px(18))
            _line(painter, second, hit.matched, small, theme.muted)


class SearchBox(QLineEdit):
    """The search field with its list of hits.

    Signals:
        jump_requested(table, key): a person chose a record.
    """

    jump_requested = Signal(str, object)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._theme, self._icons = workspace, theme, icons
        self.setObjectName("search")
        self.setAccessibleName(self.tr("Search all records"))
        self.setPlaceholderText(self.tr("Search or jump to…"))
        self.setProperty("role", "search")
        self.setMaxLength(200)
        glass, key = QAction(self), QAction(self)
        icons.set(glass, "search", "muted")
        icons.set(key, "command", "faint")
        key.setToolTip(self.tr("Ctrl+K"))
        self.addAction(glass, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(key, QLineEdit.ActionPosition.TrailingPosition)
        for button, name in zip(self.findChildren(QToolButton), ("search-icon", "search-shortcut"), strict=True):
            button.setObjectName(name)
            button.setAccessibleName(self.tr("Search") if name == "search-icon" else self.tr("Shortcut: Ctrl+K"))
        self._later = QTimer(self, singleShot=True, interval=_DELAY_MS)
        self._later.timeout.connect(self.search_now)
        self.textEdited.connect(self.on_text_edited)
        workspace.closing.connect(self.close_popup)
        theme.changed.connect(self.on_theme_changed)
        self.on_theme_changed()

    @cached_property
    def _popup(self) -> _Popup:
        """The list with its frame, made for the first search."""
        popup = _Popup(self._theme, self._icons, self)
        popup.hit_clicked.connect(self._jump)
        return popup

    @property
    def popup(self) -> QListView:
        """The list of hits."""
        return self._popup.view

    @property
    def model(self) -> HitModel:
        """What the list shows."""
        return self._popup.model

    def start(self) -> None:
        """Take the keyboard, for Ctrl+K; what was typed before is selected."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()
        if self.text().strip():
            self.search_now()

    def search_now(self) -> None:
        """Search for what stands in the field and show what was found."""
        self._later.stop()
        text = self.text().strip()
        if not text or not self._workspace.is_open:
            self.close_popup()
            return
        self._popup.show_groups(Search(self._workspace.store).find(text))

    def close_popup(self) -> None:
        """Hide the list."""
        self._later.stop()
        if "_popup" in self.__dict__:
            self._popup.hide()

    def on_text_edited(self) -> None:
        """Search when the typing pauses."""
        self._later.start()

    def on_theme_changed(self) -> None:
        """Take the new sizes."""
        self.setMinimumWidth(self._theme.px(_LEAST_PX))
        self.setMaximumWidth(self._theme.px(SEARCH_PX))
        self.close_popup()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(SEARCH_PX), self._theme.px(30))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._escape()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._later.isActive() or not self._popup.isVisible():
                self.search_now()
            if hit := self._popup.chosen():
                self._jump(hit)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.close_popup()

    def _step(self, step: int) -> None:
        if self._popup.isVisible():
            self._popup.choose_next(step)
        else:
            self.search_now()

    def _escape(self) -> None:
        if self._popup.isVisible():
            self.close_popup()
        elif self.text():
            self.clear()
        else:
            self.clearFocus()

    def _jump(self, hit: Hit) -> None:
        self.close_popup()
        self.clear()
        self.jump_requested.emit(hit.table, hit.key)


class _Popup(QFrame):
    """The list under the field: a child of the window, so that it takes no focus and dies with it."""

    hit_clicked = Signal(object)

    def __init__(self, theme: ThemeController, icons: Icons, field: QLineEdit) -> None:
        super().__init__(field)
        self._theme, self._field = theme, field
        self.hide()
        self.setObjectName("search-popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.model = HitModel(self)
        self.view = QListView(self)
        self.view.setObjectName("search-hits")
        self.view.setAccessibleName(self.tr("Found records"))
        self.view.setProperty("role", "popup")
        self.view.setModel(self.model)
        self.view.setItemDelegate(HitDelegate(theme, icons, self))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMouseTracking(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.view.clicked.connect(self.on_view_clicked)
        self.view.entered.connect(self.on_view_entered)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        icons.changed.connect(self.view.viewport().update)

    def show_groups(self, groups: list[HitGroup]) -> None:
        """Show what was found, the first hit chosen; or that nothing was."""
        self.model.set_groups(groups)
        rows = self.model.hit_rows()
        if rows:
            self.view.setCurrentIndex(self.model.index(rows[0]))
        self._place()
        self.view.scrollToTop()
        self.show()
        self.raise_()

    def choose_next(self, step: int) -> None:
        """Choose the next or the previous hit."""
        rows = self.model.hit_rows()
        if not rows:
            return
        current = self.view.currentIndex().row()
        place = rows.index(current) + step if current in rows else 0
        self.view.setCurrentIndex(self.model.index(rows[place % len(rows)]))

    def chosen(self) -> Hit | None:
        """Return the chosen hit."""
        return self.model.hit(self.view.currentIndex()) if self.isVisible() else None

    def on_view_clicked(self, index: QModelIndex) -> None:
        """Tell which hit was clicked."""
        if hit := self.model.hit(index):
            self.hit_clicked.emit(hit)

    def on_view_entered(self, index: QModelIndex) -> None:
        """Choose what the pointer is on."""
        if self.model.hit(index):
            self.view.setCurrentIndex(index)

    def _place(self) -> None:
        window, px = self._field.window(), self._theme.px
        self.setParent(window)
        below = self._field.mapTo(window, QPoint(0, self._field.height() + px(4)))
        width = min(max(px(_POPUP_PX), self._field.width()), window.width() - px(16))
        left = max(px(8), min(below.x() + self._field.width() - width, window.width() - width - px(8)))
        rows = range(self.model.rowCount())
        wanted = sum(self.view.sizeHintForRow(row) for row in rows) + px(10)
        height = min(wanted, px(_TALLEST_PX), window.height() - below.y() - px(8))
        self.setGeometry(left, below.y(), width, max(height, px(_HEADING_PX)))


def _heading(group: HitGroup) -> _Heading:
    label = QCoreApplication.translate("catalogue", BY_TABLE[group.table].label)
    return _Heading(f"{label} ({group.total:,})" if group.total > len(group.hits) else label)


def _line(
    painter: QPainter,
    room: QRect,
    text: str,
    font: QFont,
    colour: str,
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    short = painter.fontMetrics().elidedText(visible(text), Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, short)
