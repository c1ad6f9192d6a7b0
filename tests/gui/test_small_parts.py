"""Small parts of the window: arguments, navigation, settings, actions, messages."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import UserError
from azcn_desktop.gui.arguments import parse_arguments
from azcn_desktop.gui.inspector.lines import RecordLine
from azcn_desktop.gui.messages import CrashReporter
from azcn_desktop.gui.settings import Settings
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.window.actions import SPECS, Actions, plain_text
from azcn_desktop.gui.window.navigation import Place, Trail


def test_arguments_are_read_as_a_value() -> None:
    found = parse_arguments(["--db", "a.db", "--tab", "trade", "--theme", "dark", "--size", "1100x700", "--smoke"])
    assert (found.database, found.tab, found.theme, found.size) == (Path("a.db"), "trade", "dark", (1100, 700))
    assert found.is_unattended


@pytest.mark.parametrize("argv", [["--size", "wide"], ["--tab", "timeline"], ["--theme", "blue"]])
def test_bad_arguments_end_with_a_usage_text(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(argv)
    assert argv[1] in capsys.readouterr().err


def test_back_and_forward_walk_the_places_and_a_new_place_forgets_what_was_ahead() -> None:
    trail = Trail()
    for key in (1, 2, 2, 3):
        trail.visit(Place("meeting", key))
    assert trail.back() == Place("meeting", 2)
    assert trail.back() == Place("meeting", 1)
    assert trail.back() is None
    assert trail.forward() == Place("meeting", 2)
    trail.visit(Place("figure", 9))
    assert not trail.can_go_forward
    assert trail.back() == Place("meeting", 2)


def test_settings_survive_and_nonsense_in_them_gives_the_default(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.keep("view/zoom", 1.25)
    settings.keep("window/geometry", QByteArray(b"\x00\x01"))
    settings.keep("view/compact", "much")
    settings.sync()
    again = Settings(tmp_path / "settings.ini")
    assert again.number("view/zoom", 1.0) == 1.25
    assert again.state("window/geometry").data() == b"\x00\x01"
    assert again.number("view/compact", 0) == 0


def test_recent_files_are_those_that_exist_latest_first(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.ini")
    for name in ("a.db", "b.db", "a.db"):
        (tmp_path / name).touch()
        settings.remember_file(tmp_path / name)
    settings.remember_file(tmp_path / "gone.db")
    assert settings.recent_files() == [tmp_path / "a.db", tmp_path / "b.db"]


def test_without_a_file_nothing_is_remembered() -> None:
    settings = Settings(None)
    settings.keep("view/zoom", 2.0)
    assert settings.number("view/zoom", 1.0) == 1.0


def test_no_two_actions_share_a_shortcut_and_each_has_a_name(qtbot: QtBot) -> None:
    owner = QObject()
    actions = Actions(owner, Icons(ThemeController(parent=owner), owner))
    shortcuts = [keys.toString() for action in actions for keys in action.shortcuts()]
    assert len(shortcuts) == len(set(shortcuts))
    assert {action.objectName() for action in actions} == {f"action-{spec.name}" for spec in SPECS}
    assert all(plain_text(action) for action in actions)


def test_a_crash_is_told_once_for_each_place_and_a_sentence_every_time(qtbot: QtBot) -> None:
    reporter = CrashReporter()
    crashes, sentences = [], []
    reporter.crashed.connect(lambda *told: crashes.append(told))
    reporter.told.connect(sentences.append)
    for _ in range(3):
        try:
            raise ZeroDivisionError("bug")
        except ZeroDivisionError as error:
            reporter.handle(type(error), error, error.__traceback__)
    for _ in range(2):
        reporter.handle(UserError, UserError("The disk is full."), None)
    assert len(crashes) == 1
    assert "ZeroDivisionError" in crashes[0][0]
    assert sentences == ["The disk is full."] * 2


def test_a_view_of_the_trade_tab_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert parse_arguments(["--tab", "trade", "--view", "audit"]).view == "audit"
    with pytest.raises(SystemExit):
        parse_arguments(["--view", "timeline"])
    assert "conflicts" in capsys.readouterr().err


def test_a_line_to_a_record_breaks_its_text_once_for_each_width(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme = ThemeController("light")
    line = RecordLine("Intergovernmental commission, 10th session in Baku", "meetings", theme, Icons(theme))
    broken: list[int] = []
    whole = line._lines
    monkeypatch.setattr(line, "_lines", lambda width: (broken.append(width), whole(width))[1])
    heights = [line.heightForWidth(width) for width in (150, 600, 150, 600)]
    assert heights[0] > heights[1]
    assert heights[:2] == heights[2:]
    assert len(broken) == 2
    theme.set_zoom(1.5)
    assert line.heightForWidth(150) > heights[0]
