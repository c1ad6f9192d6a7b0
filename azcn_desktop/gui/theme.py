"""Colours, fonts and style sheet of the window, light and dark, at any zoom.

One frozen `Theme` holds every colour by its meaning, and one `ThemeController` puts the chosen theme on the application
and tells everybody when it changed; it is handed down by constructor. Knows no widget of this program and stores no
preference: who asks for a mode or a zoom remembers it.
"""

import re
from functools import cache
from string import Template
from typing import Final, Literal

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from azcn_desktop.gui.roles import Tone
from azcn_desktop.resources_path import resource

Mode = Literal["system", "light", "dark"]

FAMILY: Final = "AZCN Sans"
"""Family name of the bundled Inter subset: Latin, Cyrillic and signs. Its own name keeps a system Inter out."""

HAN_FAMILY: Final = "AZCN Han"
"""Family name of the bundled subset of Noto Sans CJK SC: the 6 763 characters of GB 2312."""

FAMILIES: Final = (FAMILY, "PingFang SC", "Microsoft YaHei UI", "Noto Sans CJK SC", HAN_FAMILY)
"""Families in order of trial. Simplified Chinese is named so that no Japanese face is taken."""

TEXT_PX: Final = 13
ZOOM_RANGE: Final = (0.75, 2.0)

_FONT_FILES: Final = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf", "NotoSansSC-GB2312.ttf")
_SCALED_SIZE: Final = re.compile(r"(border-radius: )?\b(\d+)dp\b")


def mix(first: str, second: str, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way from `first` to `second`, all as `#rrggbb`."""
    channels = ((int(first[i : i + 2], 16), int(second[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in channels)


class Theme(Struct, frozen=True):
    """Name every colour by what it means, as `#rrggbb`.

    Attributes:
        window: behind side bar, status line and dialogs' edges.
        base: behind tables, inspector, menus and fields.
        line: hairlines. control_line: outlines of controls.
        text, muted, faint: three steps of emphasis; all are readable on `window`, `base` and `hover`, the first two
            also on `selection` and `accent_tint`.
        accent: the one accent; on_accent: text upon it; accent_tint: pale ground of what is switched on.
        selection: ground of selected rows; hover: ground under the pointer.
        blue, amber, red, green, violet: colours of meaning.
        is_dark: True for a dark theme.
    """

    window: str
    base: str
    line: str
    control_line: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str
    accent_tint: str
    selection: str
    hover: str
    blue: str
    amber: str
    red: str
    green: str
    violet: str
    is_dark: bool

    @property
    def accent_hover(self) -> str:
        """Return the accent under the pointer: a shade deeper, and still a good ground for `on_accent`."""
        return mix(self.accent, "#ffffff" if self.is_dark else "#000000", 0.12)

    @property
    def disabled(self) -> str:
        """Return the colour of what cannot be used now."""
        return mix(self.faint, self.base, 0.45)

    @property
    def warning_tint(self) -> str:
        """Return the ground of a warning banner."""
        return mix(self.base, self.amber, 0.12)

    @property
    def error_tint(self) -> str:
        """Return the ground of an error banner."""
        return mix(self.base, self.red, 0.10)

    def tone(self, tone: Tone) -> str:
        """Return the colour of a tone."""
        return self.muted if tone == "neutral" else str(getattr(self, tone))

    def pill(self, tone: Tone, ground: str) -> tuple[str, str]:
        """Return background and text colour of a pill that lies on `ground`."""
        colour = self.tone(tone)
        return mix(ground, colour, 0.13), mix(colour, self.text, 0.25 if ground == self.selection else 0.15)


LIGHT: Final = Theme(
    window="#f6f6f7",
    base="#ffffff",
    line="#e6e6e9",
    control_line="#d5d6da",
    text="#1a1c20",
    muted="#63676f",
    faint="#6a6f78",
    accent="#0b7a70",
    on_accent="#ffffff",
    accent_tint="#e5f2f0",
    selection="#ddefec",
    hover="#f1f2f4",
    blue="#2f6fdb",
    amber="#9a5b00",
    red="#c6362f",
    green="#1b8048",
    violet="#6b52c8",
    is_dark=False,
)
DARK: Final = Theme(
    window="#17181b",
    base="#1d1e22",
    line="#2b2d32",
    control_line="#3a3d44",
    text="#e8e9ec",
    muted="#a0a4ad",
    faint="#8d929c",
    accent="#43bfb0",
    on_accent="#0d1b19",
    accent_tint="#1d3633",
    selection="#203b38",
    hover="#25272c",
    blue="#7aa7f5",
    amber="#e0a24a",
    red="#ee7b74",
    green="#5cc48b",
    violet="#a796f2",
    is_dark=True,
)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21.

    Source: W3C, Web Content Accessibility Guidelines 2.1, "contrast ratio" and "relative luminance", 2018.
    """
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def palette(theme: Theme) -> QPalette:
    """Return the palette for what the style sheet does not reach, such as text documents and item views."""
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.window,
        role.Base: theme.base,
        role.AlternateBase: theme.window,
        role.Text: theme.text,
        role.WindowText: theme.text,
        role.ButtonText: theme.text,
        role.Button: theme.base,
        role.ToolTipBase: theme.text,
        role.ToolTipText: theme.base,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.on_accent,
        role.PlaceholderText: theme.faint,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.Light: theme.hover,
        role.Midlight: theme.hover,
        role.Mid: theme.line,
        role.Dark: theme.control_line,
        role.Accent: theme.accent,
    }
    result = QPalette()
    for each, colour in colours.items():
        result.setColor(each, QColor(colour))
    for each in (role.Text, role.WindowText, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, each, QColor(theme.disabled))
    return result


def style_sheet(template: str, theme: Theme, zoom: float) -> str:
    """Fill colours (`$accent`), icon folder (`$icons`) and scaled sizes (`12dp`) into a style sheet template.

    Raises:
        KeyError: the template names a colour that `Theme` does not have.
    """
    colours = {name: str(getattr(theme, name)) for name in Theme.__struct_fields__}
    for derived in ("accent_hover", "disabled", "warning_tint", "error_tint"):
        colours[derived] = getattr(theme, derived)
    filled = Template(template).substitute(
        colours, icons=resource("icon").as_posix(), shade="dark" if theme.is_dark else "light"
    )
    return _SCALED_SIZE.sub(lambda size: _scaled(size, zoom), filled)


def _scaled(size: re.Match[str], zoom: float) -> str:
    """Return a size in whole pixels; a radius is cut down, since Qt squares a box whose radius exceeds half of it."""
    radius, number = size[1], int(size[2]) * zoom
    return f"{radius}{int(number)}px" if radius else f"{round(number)}px"


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a dynamic property that the style sheet reads, and let the widget look it up again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


class ThemeController(QObject):
    """Choose the theme and the zoom, and put both on the application.

    Attributes:
        theme: the theme in force. mode: what was asked for. zoom: factor on every size.

    Signals:
        changed(): theme or zoom are different now; the application already wears them.
    """

    changed = Signal()

    def __init__(self, mode: Mode = "system", zoom: float = 1.0, parent: QObject | None = None) -> None:
        """Start with a wish; nothing is drawn before `apply`."""
        super().__init__(parent)
        self.mode: Mode = mode
        self.zoom = _clamped(zoom)
        self.theme = DARK if mode == "dark" else LIGHT
        self._app: QApplication | None = None
        self._template = ""
        self._fonts: dict[tuple[int, int], QFont] = {}

    def apply(self, app: QApplication) -> None:
        """Dress the application for the first time and follow the system's colour scheme from now on."""
        self._app = app
        self._template = resource("style.qss").read_text(encoding="utf-8")
        register_fonts()
        if not app.styleSheet():  # under our sheet lies Fusion already
            app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self.on_system_scheme_changed)
        self._ask_system_for_scheme()
        self.theme = self._wanted_theme()
        self._dress(app)

    def set_mode(self, mode: Mode) -> None:
        """Use the light or the dark theme, or whichever the system uses."""
        self.mode = mode
        self._ask_system_for_scheme()
        self._change(self._wanted_theme(), self.zoom)

    def set_zoom(self, zoom: float) -> None:
        """Scale every size; values outside `ZOOM_RANGE` are brought to its ends."""
        self._change(self.theme, _clamped(zoom))

    def px(self, size: float) -> int:
        """Return a size of the design in pixels at the present zoom, at least 1."""
        return max(1, round(size * self.zoom))

    def font(self, px: float = TEXT_PX, weight: int = 400) -> QFont:
        """Return the program's font at a size of the design (scaled here) and a weight of 400, 500 or 600."""
        wanted = self.px(px), weight
        if wanted not in self._fonts:  # a first paint asks for 250 fonts, all of a dozen kinds
            self._fonts[wanted] = _font(*wanted)
        return QFont(self._fonts[wanted])

    def on_system_scheme_changed(self) -> None:
        """Follow the system unless a person chose otherwise."""
        self._change(self._wanted_theme(), self.zoom)

    def _wanted_theme(self) -> Theme:
        if self.mode == "system":
            dark = self._app is not None and self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return DARK if dark else LIGHT
        return DARK if self.mode == "dark" else LIGHT

    def _ask_system_for_scheme(self) -> None:
        """Tell the platform as well, so that title bars and file dialogs match the choice."""
        if self._app is None:
            return
        schemes = {
            "light": Qt.ColorScheme.Light,
            "dark": Qt.ColorScheme.Dark,
            "system": Qt.ColorScheme.Unknown,
        }
        self._app.styleHints().setColorScheme(schemes[self.mode])

    def _change(self, theme: Theme, zoom: float) -> None:
        if (theme, zoom) == (self.theme, self.zoom):
            return
        self.theme, self.zoom = theme, zoom
        if self._app is not None:
            self._dress(self._app)
        self.changed.emit()

    def _dress(self, app: QApplication) -> None:
        app.setPalette(palette(self.theme))
        app.setFont(self.font())
        sheet = style_sheet(self._template, self.theme, self.zoom)
        if sheet != app.styleSheet():  # Qt styles every widget anew even where nothing changes
            app.setStyleSheet(sheet)


@cache
def register_fonts() -> None:
    """Make the bundled fonts known to Qt, once in a process: to ask Qt for a family costs more than to register it.

    Raises:
        FileNotFoundError: a font file is missing or unreadable.
    """
    for name in _FONT_FILES:
        path = resource("fonts", name)
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            raise FileNotFoundError(path)


def _font(pixels: int, weight: int) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _clamped(zoom: float) -> float:
    return min(max(zoom, ZOOM_RANGE[0]), ZOOM_RANGE[1])
