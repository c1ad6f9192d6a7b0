"""Icons by the program's own names, in the colours of the theme.

The icon font takes a tenth of a second to load, so widgets exist and are laid out before it is there: each registers
the icon that it wants and gets an empty one of the right size, then the true one, then a recoloured one when the theme
changes. The font itself is in `gui.widgets.icon_font`, which only the application imports, after the first paint.
"""

import weakref
from typing import Final, Literal, Protocol

from msgspec import Struct
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QIcon, QPixmap
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar
from shiboken6 import isValid

from azcn_desktop.gui.theme import Theme, ThemeController

IconRole = Literal["muted", "text", "faint", "accent", "on_accent", "amber", "red", "green", "blue", "violet"]
"""Colour of an icon: the name of a colour of `Theme`."""

ICON_PX: Final = 18

ICONS: Final[dict[str, str]] = {
    # record types and lists
    "meetings": "users",
    "agreements": "file-text",
    "projects": "buildings",
    "trade": "chart-line",
    "commitments": "check-square-offset",
    "people": "user",
    "organisations": "bank",
    "sources": "newspaper",
    "posts": "identification-badge",
    "dossiers": "path",
    "investment": "currency-dollar",
    "transit": "train",
    # views
    "all": "tray",
    "upcoming": "clock",
    "overdue": "hourglass",
    "stale": "calendar-x",
    "promise": "handshake",
    "soft": "cloud",
    "speech": "chat-circle",
    "recent": "clock-counter-clockwise",
    "trash": "trash",
    "topic": "tag",
    "starred": "star",
    "saved-view": "bookmark",
    # actions
    "search": "magnifying-glass",
    "undo": "arrow-u-up-left",
    "redo": "arrow-u-up-right",
    "import": "download-simple",
    "export": "upload-simple",
    "theme": "moon",
    "theme-light": "sun",
    "theme-dark": "moon",
    "inspector": "layout",
    "new": "plus",
    "delete": "trash",
    "duplicate": "copy",
    "copy": "copy",
    "edit": "pencil-simple",
    "check": "checks",
    "earlier": "arrow-line-left",
    "later": "arrow-line-right",
    "restore": "arrow-counter-clockwise",
    "save-copy": "floppy-disk",
    "new-file": "file-plus",
    "open": "folder-open",
    "open-external": "arrow-square-out",
    "filter": "funnel",
    "clear": "x",
    "close": "x",
    "remove": "minus",
    "columns": "columns",
    "density": "rows",
    "back": "arrow-left",
    "forward": "arrow-right",
    "settings": "gear",
    "shortcuts": "keyboard",
    "command": "command",
    "quit": "sign-out",
    "more": "dots-three",
    "zoom-in": "magnifying-glass-plus",
    "zoom-out": "magnifying-glass-minus",
    "refresh": "arrows-clockwise",
    "expand": "caret-down",
    "collapse": "caret-up",
    "next": "caret-right",
    # fields
    "title": "text-aa",
    "text": "text-align-left",
    "calendar": "calendar-blank",
    "place": "map-pin",
    "level": "flag",
    "status": "circle",
    "country": "globe-hemisphere-east",
    "money": "currency-dollar",
    "number": "hash",
    "side": "arrows-left-right",
    "sector": "factory",
    "link": "link-simple",
    "note": "note",
    "history": "clock-counter-clockwise",
    "quote": "quotes",
    "web": "globe",
    # charts and states
    "chart": "chart-bar",
    "table": "table",
    "event": "calendar-check",
    "warning": "warning",
    "error": "x-circle",
    "ok": "check-circle",
    "planned": "circle-dashed",
    "needs-attention": "warning-circle",
    "info": "info",
    "help": "question",
    "locked": "lock",
    "data": "database",
    "dictionary": "book-open",
}
"""Our names to names of the Phosphor set (`ph.*` of QtAwesome)."""

IconTarget = QAbstractButton | QAction | QLabel
"""What an icon can be registered for; tabs have `set_tab`."""


class IconMaker(Protocol):
    """Draw glyphs of the icon font; `gui.widgets.icon_font.IconFont` is one."""

    def icon(self, glyph: str, px: int, colour: QColor, disabled: QColor) -> QIcon:
        """Return an icon of one glyph, `px` pixels wide."""
        ...


class _Wish(Struct, frozen=True):
    target: weakref.ref[QObject]
    name: str
    role: IconRole
    tab: int


class Icons(QObject):
    """Give icons by name and keep those of registered widgets right.

    Signals:
        changed(): icons asked for earlier are stale; item models that hand out icons ask again.
    """

    changed = Signal()

    def __init__(self, controller: ThemeController, parent: QObject | None = None) -> None:
        """Start without the icon font."""
        super().__init__(parent)
        self._controller = controller
        self._maker: IconMaker | None = None
        self._kept: dict[tuple[str, IconRole], QIcon] = {}
        self._wishes: dict[tuple[int, int], _Wish] = {}
        controller.changed.connect(self.on_controller_changed)

    @property
    def is_loaded(self) -> bool:
        """Return True once the icon font is there."""
        return self._maker is not None

    @property
    def size(self) -> QSize:
        """Return the usual icon size at the present zoom."""
        side = self._controller.px(ICON_PX)
        return QSize(side, side)

    def load(self, maker: IconMaker) -> None:
        """Take the icon font and give every registered widget its icon."""
        self._maker = maker
        self.on_controller_changed()

    def icon(self, name: str, role: IconRole = "muted") -> QIcon:
        """Return an icon by our name; before the font is loaded, an empty one of the usual size.

        Raises:
            KeyError: `ICONS` has no such name.
        """
        glyph = ICONS[name]
        if (name, role) not in self._kept:
            self._kept[name, role] = self._made(glyph, role)
        return self._kept[name, role]

    def set(self, target: IconTarget, name: str, role: IconRole = "muted") -> None:
        """Give a button, an action or a label an icon now and whenever it changes; a new name replaces the old."""
        self._wish(target, name, role, -1)

    def set_tab(self, bar: QTabBar, tab: int, name: str, role: IconRole = "muted") -> None:
        """Give a tab an icon, as `set` does."""
        self._wish(bar, name, role, tab)

    def on_controller_changed(self) -> None:
        """Draw all icons again in the colours and the size of now."""
        self._kept.clear()
        self._wishes = {key: wish for key, wish in self._wishes.items() if self._grant(wish)}
        self.changed.emit()

    def _wish(self, target: QObject, name: str, role: IconRole, tab: int) -> None:
        wish = _Wish(weakref.ref(target), name, role, tab)
        self._wishes[id(target), tab] = wish
        self._grant(wish)

    def _grant(self, wish: _Wish) -> bool:
        """Put an icon where it is wanted; return False if the widget is gone."""
        target = wish.target()
        if target is None or not isValid(target):
            return False
        icon = self.icon(wish.name, wish.role)
        if isinstance(target, QTabBar):
            target.setIconSize(self.size)
            target.setTabIcon(wish.tab, icon)
        elif isinstance(target, QLabel):
            target.setPixmap(icon.pixmap(self.size, target.devicePixelRatioF()))
        elif isinstance(target, QAbstractButton):
            target.setIconSize(self.size)
            target.setIcon(icon)
        elif isinstance(target, QAction):
            target.setIcon(icon)
        return True

    def _made(self, glyph: str, role: IconRole) -> QIcon:
        theme: Theme = self._controller.theme
        if self._maker is None:
            blank = QPixmap(self.size)
            blank.fill(Qt.GlobalColor.transparent)
            return QIcon(blank)
        return self._maker.icon(glyph, self.size.width(), QColor(getattr(theme, role)), QColor(theme.disabled))
