"""The theme: readable colours, complete fonts, a style sheet without holes, and change on demand."""

import re

import pytest
from msgspec import structs
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QFontInfo, QFontMetrics, QRawFont
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui import theme as theme_module
from azcn_desktop.gui.roles import TONES
from azcn_desktop.gui.theme import DARK, LIGHT, Theme, ThemeController, contrast, mix, set_property, style_sheet
from azcn_desktop.resources_path import resource, shipped_data

READABLE = 4.5
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])

LETTERS = {
    "Azerbaijani": "ABCÇDEƏFGĞHXIİJKQLMNOÖPRSŞTUÜVYZabcçdeəfgğhxıijkqlmnoöprsştuüvyz",
    "Russian": "АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "English and signs": "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789$€£¥%–—…·“”‘’«»→≈≥≤№",
}


@pytest.fixture
def controller(qapp: QApplication) -> ThemeController:
    """Return a controller that has dressed the application in the light theme at normal size."""
    controller = ThemeController("light")
    controller.apply(qapp)
    return controller


@THEMES
def test_every_text_colour_is_readable_on_every_ground(theme: Theme) -> None:
    grounds = {name: getattr(theme, name) for name in ("window", "base", "hover", "selection", "accent_tint")}
    texts = {name: getattr(theme, name) for name in ("text", "muted", "faint")}
    poor = {
        (text, ground): round(contrast(colour, behind), 2)
        for text, colour in texts.items()
        for ground, behind in grounds.items()
        if contrast(colour, behind) < READABLE and not (text == "faint" and ground in ("selection", "accent_tint"))
    }
    assert poor == {}


@THEMES
def test_colours_of_meaning_are_readable_where_they_are_used(theme: Theme) -> None:
    pairs = {
        "accent on base": (theme.accent, theme.base),
        "accent on window": (theme.accent, theme.window),
        "accent on its tint": (theme.accent, theme.accent_tint),
        "button text": (theme.on_accent, theme.accent),
        "button text under the pointer": (theme.on_accent, theme.accent_hover),
        "error": (theme.red, theme.base),
        "error in its banner": (theme.red, theme.error_tint),
        "text in a wrong field": (theme.text, theme.error_tint),
        "warning": (theme.amber, theme.base),
        "warning in its banner": (theme.amber, theme.warning_tint),
        "warning in the status line": (theme.amber, theme.window),
        "error in the status line": (theme.red, theme.window),
        "success": (theme.green, theme.base),
        "tool tip": (theme.base, theme.text),
    }
    assert {name: round(contrast(*pair), 2) for name, pair in pairs.items() if contrast(*pair) < READABLE} == {}


@THEMES
@pytest.mark.parametrize("ground", ["base", "selection"])
def test_pills_are_readable_in_every_tone(theme: Theme, ground: str) -> None:
    pills = {tone: theme.pill(tone, getattr(theme, ground)) for tone in TONES}
    assert {tone: round(contrast(*pill), 2) for tone, pill in pills.items() if contrast(*pill) < READABLE} == {}


@THEMES
def test_marks_of_state_stand_out_from_every_ground(theme: Theme) -> None:
    grounds = (theme.base, theme.selection, theme.hover)
    assert all(contrast(theme.tone(tone), ground) >= 3 for tone in TONES for ground in grounds)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_mixing_by_half_lies_in_the_middle() -> None:
    assert mix("#000000", "#ff8000", 0.5) == "#804000"


@THEMES
@pytest.mark.parametrize("zoom", [0.75, 1.0, 1.5])
def test_the_style_sheet_has_no_hole_and_names_only_files_that_exist(theme: Theme, zoom: float) -> None:
    template = resource("style.qss").read_text(encoding="utf-8")
    rules = re.sub(r"/\*.*?\*/", "", style_sheet(template, theme, zoom), flags=re.DOTALL)
    assert re.findall(r"\$\w+|\b\d+dp\b", rules) == []
    images = set(re.findall(r'url\("([^"]+)"\)', rules))
    assert len(images) >= 6
    assert [image for image in images if not resource("icon", image).is_file()] == []


def test_every_colour_of_the_light_theme_has_its_own_value_in_the_dark_one() -> None:
    colours = [field.name for field in structs.fields(Theme) if field.name != "is_dark"]
    assert [name for name in colours if getattr(LIGHT, name) == getattr(DARK, name)] == []
    assert DARK.is_dark
    assert not LIGHT.is_dark


@pytest.mark.parametrize("language", LETTERS)
@pytest.mark.usefixtures("qapp")
def test_the_bundled_fonts_have_every_letter(language: str) -> None:
    for name in ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf"):
        font = QRawFont(str(resource("fonts", name)), 13)
        assert [letter for letter in LETTERS[language] if not font.supportsCharacter(ord(letter))] == []


@pytest.mark.usefixtures("qapp")
def test_the_bundled_chinese_font_has_all_of_gb_2312() -> None:
    font = QRawFont(str(resource("fonts", "NotoSansSC-GB2312.ttf")), 13)
    rows = range(0xB0, 0xF8)
    codes = [bytes((row, cell)) for row in rows for cell in range(0xA1, 0xFF)]
    characters = [text for code in codes if (text := code.decode("gb2312", errors="ignore"))]
    assert len(characters) == 6763
    assert [text for text in characters if not font.supportsCharacter(ord(text))] == []


def test_the_four_alphabets_are_drawn_from_the_families_of_the_theme(controller: ThemeController) -> None:
    metrics = QFontMetrics(controller.font())
    text = "".join(LETTERS.values()) + "政府间经贸合作委员会第十一次会议"
    assert [letter for letter in text if not metrics.inFontUcs4(ord(letter))] == []


@pytest.mark.parametrize(("weight", "style"), [(400, "Regular"), (500, "Medium"), (600, "SemiBold")])
def test_the_three_weights_are_three_faces(controller: ThemeController, weight: int, style: str) -> None:
    info = QFontInfo(controller.font(13, weight))
    assert info.family().startswith(theme_module.FAMILY)
    assert QRawFont.fromFont(controller.font(13, weight)).styleName() in {style, "Regular"}
    assert QRawFont.fromFont(controller.font(13, weight)).weight() == weight


def test_fonts_are_registered_only_once(controller: ThemeController, qapp: QApplication) -> None:
    before = QFontDatabase.styles(theme_module.FAMILY)
    ThemeController("dark").apply(qapp)
    assert QFontDatabase.styles(theme_module.FAMILY) == before


def test_a_chosen_mode_is_worn_and_told(controller: ThemeController, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controller.changed):
        controller.set_mode("dark")
    assert controller.theme is DARK
    assert qapp.palette().base().color().name() == DARK.base
    assert DARK.window in qapp.styleSheet()


def test_the_same_dress_is_not_put_on_twice(controller: ThemeController, qapp: QApplication, qtbot: QtBot) -> None:
    styled: list[QEvent.Type] = []

    class Styled(QLabel):
        def changeEvent(self, event: QEvent) -> None:
            styled.append(event.type())
            super().changeEvent(event)

    label = Styled("Talks")
    qtbot.addWidget(label)
    label.ensurePolished()
    styled.clear()
    ThemeController("light").apply(qapp)
    assert QEvent.Type.StyleChange not in styled
    ThemeController("dark").apply(qapp)
    assert QEvent.Type.StyleChange in styled


def test_the_same_mode_again_tells_nobody(controller: ThemeController, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(controller.changed):
        controller.set_mode("light")


def test_a_system_without_opinion_is_light(controller: ThemeController, qapp: QApplication) -> None:
    controller.set_mode("dark")
    controller.set_mode("system")
    expected = DARK if qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    assert controller.theme is expected is LIGHT


def test_zoom_scales_fonts_and_sizes_and_keeps_hairlines(controller: ThemeController, qapp: QApplication) -> None:
    controller.set_zoom(1.5)
    assert qapp.font().pixelSize() == 20
    assert controller.px(34) == 51
    assert "border-bottom: 1px solid" in qapp.styleSheet()
    assert "font-size: 26px" in qapp.styleSheet()


def test_zoom_stays_within_its_range(controller: ThemeController) -> None:
    controller.set_zoom(50)
    assert controller.zoom == 2.0
    controller.set_zoom(0)
    assert controller.zoom == 0.75


def test_a_changed_role_is_looked_up_again(controller: ThemeController, qtbot: QtBot) -> None:
    label = QLabel("text")
    qtbot.addWidget(label)
    label.ensurePolished()
    set_property(label, "role", "error")
    assert label.palette().windowText().color().name() == LIGHT.red


@pytest.mark.parametrize("zoom", [0.75, 1.0, 1.25, 1.5, 2.0])
def test_a_chip_is_high_enough_for_its_round_ends(controller: ThemeController, qtbot: QtBot, zoom: float) -> None:
    controller.set_zoom(zoom)
    chip = QPushButton("2025 – 2026")
    chip.setProperty("role", "chip")
    qtbot.addWidget(chip)
    chip.ensurePolished()
    assert chip.sizeHint().height() >= 2 * int(11 * zoom)


def test_shipped_folders_are_found() -> None:
    assert resource("style.qss").is_file()
    assert resource("icon", "azcn.svg").is_file()
    assert shipped_data().name == "reference"
