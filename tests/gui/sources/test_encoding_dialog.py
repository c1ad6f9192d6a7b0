"""A file that does not say its encoding is shown before it is stored, and can be read in another one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.evidence.texts import text_of
from azcn_desktop.exchange.documents import read_document
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.sources.encoding_dialog import EncodingDialog
from azcn_desktop.gui.sources.source_reader import SourceReader
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits

RUSSIAN = "Товарооборот между Азербайджаном и Китаем вырос на 20,7%."


@pytest.fixture
def reader(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> Iterator[SourceReader]:
    """Show a reader with a source that has no text."""
    jobs = JobRunner()
    made = SourceReader(filled_workspace, light_theme, bare_icons, jobs, read_document)
    qtbot.addWidget(made)
    made.show()
    made.show_source(
        filled_workspace.apply(edits.create(filled_workspace.store, "source", {"title": "A report"})).new_keys[-1]
    )
    yield made
    jobs.stop()


def opened(reader: SourceReader, qtbot: QtBot, path: Path, data: bytes) -> EncodingDialog:
    """Open a file for the source and return the dialog that asks."""
    path.write_bytes(data)
    assert reader._key is not None
    reader.taking.open_document(reader._key, path)
    qtbot.waitUntil(lambda: reader.findChild(EncodingDialog) is not None, timeout=10_000)
    dialog: EncodingDialog = reader.findChild(EncodingDialog)
    return dialog


def choose(dialog: EncodingDialog, encoding: str) -> None:
    """Choose an encoding as a person would."""
    index = dialog.encoding.findData(encoding)
    dialog.encoding.setCurrentIndex(index)
    dialog.encoding.activated.emit(index)


def stored(reader: SourceReader, workspace: Workspace) -> str | None:
    assert reader._key is not None
    text = text_of(workspace.store, reader._key)
    return text.raw if text else None


def test_a_guess_is_shown_and_stored_only_when_it_is_accepted(
    reader: SourceReader, filled_workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(reader, qtbot, tmp_path / "a.txt", RUSSIAN.encode("koi8-r"))
    assert dialog.encoding.currentData() == "koi8-r"
    assert dialog.preview.toPlainText() == RUSSIAN
    assert stored(reader, filled_workspace) is None
    dialog.findChild(QPushButton, "encoding-accept").click()
    assert stored(reader, filled_workspace) == RUSSIAN


def test_another_encoding_reads_the_file_anew_before_it_is_stored(
    reader: SourceReader, filled_workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(reader, qtbot, tmp_path / "a.txt", "Да, 37 %".encode("cp1251"))  # also two Chinese bytes
    choose(dialog, "cp1251")
    accept = dialog.findChild(QPushButton, "encoding-accept")
    assert not accept.isEnabled()
    qtbot.waitUntil(accept.isEnabled, timeout=10_000)
    assert dialog.preview.toPlainText() == "Да, 37 %"
    accept.click()
    assert stored(reader, filled_workspace) == "Да, 37 %"


def test_an_encoding_that_does_not_fit_gives_a_sentence_and_stores_nothing(
    reader: SourceReader, filled_workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(reader, qtbot, tmp_path / "a.txt", RUSSIAN.encode("cp1251"))
    choose(dialog, "utf-8")
    qtbot.waitUntil(dialog.problem.isVisible, timeout=10_000)
    assert "can't be read as Unicode (UTF-8)" in dialog.problem.text()
    assert not dialog.findChild(QPushButton, "encoding-accept").isEnabled()
    choose(dialog, "cp1251")
    qtbot.waitUntil(lambda: dialog.preview.toPlainText() == RUSSIAN, timeout=10_000)
    dialog.reject()
    assert stored(reader, filled_workspace) is None


def test_unicode_is_stored_without_a_question(
    reader: SourceReader, filled_workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(RUSSIAN, encoding="utf-8")
    assert reader._key is not None
    reader.taking.open_document(reader._key, path)
    qtbot.waitUntil(lambda: stored(reader, filled_workspace) == RUSSIAN, timeout=10_000)
    assert reader.findChild(EncodingDialog) is None
