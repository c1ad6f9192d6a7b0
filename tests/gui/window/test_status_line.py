"""The status line shows every sentence whole, however little room there is."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.callout import Callout
from azcn_desktop.gui.widgets.elided_label import ElidedLabel
from azcn_desktop.gui.window.status_line import StatusLine
from azcn_desktop.gui.workspace import Workspace

SHORT = "3 rows copied."
LONG = "Meetings can't be deleted while what is being typed is refused. Press Escape to give the typing up."
LONGEST = f"{LONG} {LONG}"


@pytest.fixture
def line(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, qapp: QApplication
) -> Iterator[StatusLine]:
    light_theme.apply(qapp)
    window = QMainWindow()
    qtbot.addWidget(window)
    made = StatusLine(filled_workspace, window)
    window.setStatusBar(made)
    window.resize(1100, 700)
    window.show()
    made.refresh()
    made.finish()
    yield made
    window.close()


def message(line: StatusLine) -> ElidedLabel:
    found = line.findChild(ElidedLabel, "status-message")
    assert found is not None
    return found


def file_is_shown(line: StatusLine) -> bool:
    found = line.findChild(QLabel, "status-file")
    assert found is not None
    return found.isVisible()


def boxed(line: StatusLine) -> str:
    return "".join(box.text for box in line.window().findChildren(Callout))


def test_a_short_sentence_stands_beside_the_counts(line: StatusLine, qapp: QApplication) -> None:
    line.tell(SHORT)
    qapp.processEvents()
    assert (message(line).shown, file_is_shown(line), boxed(line)) == (SHORT, True, "")


def test_a_long_sentence_takes_the_room_of_the_counts_until_it_goes(line: StatusLine, qapp: QApplication) -> None:
    line.tell(LONG, is_problem=True)
    qapp.processEvents()
    assert (message(line).shown, file_is_shown(line), boxed(line)) == (LONG, False, "")
    line.tell("")
    qapp.processEvents()
    assert file_is_shown(line)


def test_a_sentence_longer_than_the_line_is_whole_in_a_box_above_it(
    line: StatusLine, filled_workspace: Workspace, qapp: QApplication
) -> None:
    line.tell(LONGEST, is_problem=True)
    qapp.processEvents()
    assert boxed(line) == LONGEST
    box = next(box for box in line.window().findChildren(Callout) if box.text)
    assert box.geometry().bottom() < line.y() + message(line).y()
    line.window().resize(2400, 700)
    qapp.processEvents()
    assert (message(line).shown, boxed(line)) == (LONGEST, "")
    line.window().resize(900, 700)
    qapp.processEvents()
    assert boxed(line) == LONGEST
    line._fade.timeout.emit()
    qapp.processEvents()
    assert (message(line).shown, file_is_shown(line), boxed(line)) == ("", True, "")
