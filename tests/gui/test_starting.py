"""Starts from the command line, as a person or a script makes them: pictures, exit codes, and sentences."""

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import UserError
from azcn_desktop.gui import application
from azcn_desktop.gui.arguments import parse_arguments
from azcn_desktop.gui.unattended import save_picture
from azcn_desktop.store.database import Database
from azcn_desktop.store.store import Store
from tests.store.flow_builders import fill, flow_row, with_lists

ROOT = Path(application.__file__).parents[2]


def start(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start the application with folders of its own and wait until it ends."""
    return run_python(home, "-m", "azcn_desktop", *arguments)


def run_python(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python beside the application, with folders of its own, and wait until it ends."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("DATA", "CONFIG", "STATE", "CACHE")}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **folders, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_picture_without_a_database_leaves_the_picture_and_no_state(tmp_path: Path) -> None:
    target = tmp_path / "a picture #1?.png"
    found = start(tmp_path, "--screenshot", str(target), "--tab", "trade", "--theme", "dark", "--size", "1100x700")
    assert (found.returncode, found.stdout, found.stderr) == (0, "", "")
    image = QImage(str(target))
    assert (image.width(), image.height()) == (1100, 700)
    assert image.pixelColor(1090, 690).lightness() < 64
    assert files_in(tmp_path) == [target.name, "state/azcn-desktop/azcn.log"]


def test_a_picture_of_the_users_database_leaves_it_byte_for_byte(tmp_path: Path, reference_db: Path) -> None:
    own = tmp_path / "data" / "azcn-desktop" / "azcn.db"
    own.parent.mkdir(parents=True)
    own.write_bytes(reference_db.read_bytes())
    found = start(tmp_path, "--screenshot", str(tmp_path / "out.png"), "--select", "M001")
    assert (found.returncode, found.stderr) == (0, "")
    assert own.read_bytes() == reference_db.read_bytes()
    assert [path.name for path in own.parent.iterdir()] == ["azcn.db"]


def test_a_picture_of_no_known_format_is_a_sentence(tmp_path: Path, reference_db: Path) -> None:
    found = start(tmp_path, "--screenshot", str(tmp_path / "out.doc"), "--db", str(reference_db))
    assert found.returncode == 1
    assert found.stderr.startswith(f"{tmp_path / 'out.doc'} can't be written: ")
    assert not (tmp_path / "out.doc").exists()


def test_a_picture_that_cannot_be_written_is_a_sentence_and_the_old_one_stays(tmp_path: Path, qtbot: QtBot) -> None:
    image = QImage(2_000, 2_000, QImage.Format.Format_RGB32)
    assert save_picture(image, tmp_path / "new.png") == ""
    assert QImage(str(tmp_path / "new.png")).width() == 2_000
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.png")
        assert "is a device" in save_picture(image, tmp_path / "pipe.png")
        (tmp_path / "pipe.png").unlink()
    assert "Unsupported image format" in save_picture(image, tmp_path / "new.txt")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.png"]


@pytest.mark.parametrize(("name", "words"), [("", "is a folder"), ("nowhere/out.png", "does not exist")])
def test_an_impossible_place_of_a_picture_is_refused_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, words: str
) -> None:
    code = application.run(["--db", str(tmp_path / "new.db"), "--screenshot", str(tmp_path / name)])
    assert code == 1
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["1440", "0x0", "99x900", "10000x900", "1440x-900", "axb"])
def test_an_impossible_size_is_refused_with_an_example(capsys: pytest.CaptureFixture[str], text: str) -> None:
    with pytest.raises(SystemExit):
        parse_arguments(["--size", text])
    assert "write it as 1440x900" in capsys.readouterr().err


def test_a_data_folder_that_cannot_be_made_is_a_sentence(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "taken" / name.lower()))
    with pytest.raises(UserError, match=r"can't be made: .* start with --db\."):
        application.create([])


def test_the_slower_of_two_first_starts_opens_what_the_other_has_made(
    qtbot: QtBot, tmp_path: Path, reference_db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "new.db"
    build = application.build_database

    def build_late(target: Path) -> None:
        target.write_bytes(reference_db.read_bytes())
        build(target)

    monkeypatch.setattr(application, "build_database", build_late)
    window = application.create(["--db", str(path)])
    assert window.workspace.store.path == path
    window.close()
    window.deleteLater()
    with contextlib.closing(Database.open(path)) as database:
        assert database.one("SELECT count(*) FROM meeting") == 108


AFTER_THE_START = """
import sys
from PySide6.QtTest import QTest
from azcn_desktop.gui.application import begin
from azcn_desktop.gui.arguments import parse_arguments

def imported(*names):
    return sorted(name for name in sys.modules if name.startswith(tuple(f"azcn_desktop.gui.{part}" for part in names)))

window = begin(parse_arguments(["--smoke", "--db", sys.argv[1]]))
window.show()
outside = {"numpy", "pyqtgraph", "qtawesome"} & {*sys.modules}
print(imported("statistics_import.dialog", "inspector.inspector"), *outside)
while "azcn_desktop.gui.statistics_import.dialog" not in sys.modules:
    QTest.qWait(10)
there = {*sys.modules}
dialog = window.dialogs.statistics(window.parts.for_dialogs, window.parts.settings, window)
print(type(dialog).__name__, {*sys.modules} - there)
print(imported("exchange.", "window.help_dialogs", "following.check_dialog"))
window.close()
"""


def test_of_what_no_first_paint_needs_the_import_of_statistics_alone_is_imported_before_it_is_asked_for(
    tmp_path: Path, reference_db: Path
) -> None:
    database = shutil.copyfile(reference_db, tmp_path / "azcn.db")
    found = run_python(tmp_path, "-c", AFTER_THE_START, str(database))
    assert (found.stdout.splitlines(), found.returncode) == (["[]", "StatisticsImportDialog set()", "[]"], 0)


CHOICE_BEFORE_THE_LENSES = """
import sys
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from azcn_desktop.gui.application import create

window = create(["--db", sys.argv[1], "--tab", "trade"])
window.show()
window.findChild(QAbstractButton, "trade-view-statistics").click()
for _ in range(2_000):
    if window.tab.lens and window.tab.lens.chart and window.tab.lens.chart.chart:
        break
    QTest.qWait(10)
print(window.tab.lens.objectName(), len(window.tab.lens.chart.chart.series))
window.close()
"""


def test_statistics_chosen_before_they_are_there_show_a_remembered_product_of_many_lines(
    tmp_path: Path, reference_db: Path
) -> None:
    path = Path(shutil.copyfile(reference_db, tmp_path / "azcn.db"))
    with contextlib.closing(Database.open(path)) as database:
        partners = ("AZ", "CN", "DE", "IR", "IT", "RU", "TR")
        with_lists(Store(database))
        fill(database, [flow_row(reporter="KZ", partner=each) for each in partners])
    lenses = {"statistics": json.dumps({"chart": {"view": "product", "code": "270900"}}), "mirror": "{}"}
    folder = tmp_path / "config" / "azcn-desktop"
    folder.mkdir(parents=True)
    settings = QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat)
    for name, value in (("view", "trade"), ("lens", "mirror"), ("lenses", json.dumps(lenses))):
        settings.setValue(f"trade/{name}", value)
    settings.sync()
    found = run_python(tmp_path, "-c", CHOICE_BEFORE_THE_LENSES, str(path))
    assert (found.stdout, found.returncode) == ("trade-statistics 6\n", 0)
