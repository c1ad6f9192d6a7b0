"""Icons: every name leads to a glyph, and registered widgets follow loading, theme and life."""

import gc

import pytest
from PySide6.QtGui import QAction, QIcon, QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.theme import DARK, LIGHT, ThemeController
from azcn_desktop.gui.widgets.icon_font import IconFont
from azcn_desktop.gui.widgets.icons import ICONS, Icons


@pytest.fixture
def controller(qapp: QApplication) -> ThemeController:
    """Return a controller in the light theme."""
    controller = ThemeController("light")
    controller.apply(qapp)
    return controller


@pytest.fixture
def icons(controller: ThemeController) -> Icons:
    """Return icons before the font is loaded."""
    return Icons(controller)


def colours(icon: QIcon, icons: Icons) -> set[str]:
    """Return the colours of the fully opaque points of an icon."""
    image = icon.pixmap(icons.size, 3.0).toImage().convertToFormat(QImage.Format.Format_ARGB32)
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    return {point.name() for point in points if point.alpha() == 255}


def test_every_icon_named_in_the_table_exists_in_the_font(qapp: QApplication) -> None:
    glyphs = IconFont().glyphs
    assert {name: glyph for name, glyph in ICONS.items() if glyph not in glyphs} == {}


def test_before_loading_an_icon_is_empty_but_takes_its_room(icons: Icons) -> None:
    icon = icons.icon("meetings")
    assert icon.actualSize(icons.size) == icons.size
    assert colours(icon, icons) == set()


def test_loading_gives_registered_targets_their_icons(icons: Icons, qtbot: QtBot) -> None:
    button, label, bar, action = QPushButton(), QLabel(), QTabBar(), QAction("Undo")
    for widget in (button, label, bar):
        qtbot.addWidget(widget)
    tab = bar.addTab("Meetings")
    icons.set(button, "new", "accent")
    icons.set(label, "calendar")
    icons.set(action, "undo")
    icons.set_tab(bar, tab, "meetings")
    assert not icons.is_loaded
    icons.load(IconFont())
    assert icons.is_loaded
    assert colours(button.icon(), icons) == {LIGHT.accent}
    assert colours(action.icon(), icons) == {LIGHT.muted}
    assert colours(bar.tabIcon(tab), icons) == {LIGHT.muted}
    assert not label.pixmap().isNull()


def test_a_theme_change_recolours(icons: Icons, controller: ThemeController, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    icons.load(IconFont())
    icons.set(button, "warning", "amber")
    controller.set_mode("dark")
    assert colours(button.icon(), icons) == {DARK.amber}


def test_zoom_enlarges(icons: Icons, controller: ThemeController, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    icons.set(button, "search")
    controller.set_zoom(2.0)
    assert button.iconSize().width() == 36


def test_a_new_name_replaces_the_old_one(icons: Icons, controller: ThemeController, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    icons.load(IconFont())
    icons.set(button, "warning", "amber")
    icons.set(button, "ok", "green")
    controller.set_mode("dark")
    assert colours(button.icon(), icons) == {DARK.green}


def test_a_target_that_is_gone_is_forgotten(icons: Icons, controller: ThemeController) -> None:
    action = QAction("Short-lived")
    icons.set(action, "edit")
    del action
    gc.collect()
    controller.set_mode("dark")
    icons.load(IconFont())
    assert icons._wishes == {}


def test_a_disabled_button_has_a_disabled_icon(icons: Icons) -> None:
    icons.load(IconFont())
    image = icons.icon("undo").pixmap(icons.size, 3.0, QIcon.Mode.Disabled).toImage()
    points = (image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height()))
    assert {point.name() for point in points if point.alpha() == 255} == {LIGHT.disabled}


def test_an_unknown_name_is_a_bug(icons: Icons) -> None:
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")
