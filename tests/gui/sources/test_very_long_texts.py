"""Texts of hundreds of thousands of characters: shown in parts, written and read by the worker."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.errors import ReadOnly
from azcn_desktop.evidence.texts import add_text
from azcn_desktop.gui.sources.paste_dialog import PasteDialog
from azcn_desktop.gui.sources.reader_text import SHOWN_AT_ONCE
from azcn_desktop.gui.sources.source_reader import SourceReader
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store import edits
from azcn_desktop.store.passages import passages
from tests.gui.sources.reading_desk import LEAD, paste, stored_text


def test_words_behind_the_first_part_of_a_very_long_text_are_found(reader: SourceReader) -> None:
    long = "Words of no weight stand here.\n" * (SHOWN_AT_ONCE // 30) + LEAD
    reader.text.show_text(long)
    assert len(reader.text.toPlainText()) < len(long)
    assert reader.text.find_next("Both SIDES spoke")
    place = reader.text.selection()
    assert place is not None
    assert long[slice(*place)] == "both sides spoke"
    assert reader.text.textCursor().selectedText() == "both sides spoke"
    assert reader.text.document().characterCount() < 2 * SHOWN_AT_ONCE
    assert not reader.text.find_next("never written")


def test_all_of_a_very_long_text_is_copied_where_all_is_selected(reader: SourceReader) -> None:
    long = "Words of no weight stand here.\n" * (SHOWN_AT_ONCE // 10)
    reader.text.show_text(long)
    reader.text.selectAll()
    assert reader.text.createMimeDataFromSelection().text() == long
    reader.text.show_place(6, 8)
    assert reader.text.createMimeDataFromSelection().text() == "of"


def test_scrolling_reads_a_very_long_text_to_its_end_and_back(reader: SourceReader, qtbot: QtBot) -> None:
    long = "".join(f"Line {n} of the text.\n" for n in range(SHOWN_AT_ONCE // 8)) + "The end."
    reader.show()
    reader.text.show_text(long)
    bar, pages = reader.text.verticalScrollBar(), 0
    while not reader.text.toPlainText().endswith("The end."):
        bar.setValue(bar.maximum())
        qtbot.wait(1)
        pages += 1
        assert pages < 20
    while not reader.text.toPlainText().startswith("Line 0 "):
        bar.setValue(0)
        qtbot.wait(1)
        pages += 1
        assert pages < 40


def test_a_line_without_end_is_broken_on_the_screen_alone(reader: SourceReader) -> None:
    long = "\U0001f600x" * 30_000
    reader.text.show_text(long)
    lines = reader.text.toPlainText().split("\n")
    assert max(map(len, lines)) <= 5_000
    reader.text.show_place(4_000, 12_000)
    assert reader.text.selection() == (4_000, 12_000)
    assert reader.text.createMimeDataFromSelection().text() == long[4_000:12_000]


LONG = "Trade  of both sides grew by 21 per cent, as agreed.\n" * 5_000 + LEAD


def test_a_very_long_text_is_written_and_read_by_the_worker(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    reader.show_source(source)
    busy: list[bool] = []
    filled_workspace.busy_changed.connect(busy.append)
    paste(reader, LONG)
    assert stored_text(filled_workspace, source) is None
    qtbot.waitUntil(lambda: reader.text.text.endswith(LEAD), timeout=20_000)
    assert busy == [True, False]
    assert stored_text(filled_workspace, source) == LONG
    (passage,) = passages(filled_workspace.store, source)
    assert reader.show_passage(passage.citation_key)
    assert reader.text.textCursor().block().text().startswith("The commission met")
    step = filled_workspace.store.journal.next_undo()
    assert step is not None
    assert step[1] == "Add text to Trend, Commission meets, 16 April 2025"
    filled_workspace.undo()
    assert stored_text(filled_workspace, source) is None
    assert reader.welcome.isVisible()


def test_a_passage_of_a_very_long_text_is_shown_as_soon_as_the_text_is_read(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, LONG))
    reader.show_source(source)
    (passage,) = passages(filled_workspace.store, source)
    assert reader.text.text == ""
    assert reader.show_passage(passage.citation_key)
    qtbot.waitUntil(lambda: reader.text.textCursor().block().text().startswith("The commission met"), timeout=20_000)


def test_a_very_long_text_is_cleaned_again_and_removed_by_the_worker(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    filled_workspace.apply(add_text(filled_workspace.store, source, LONG))
    blanks = edits.edit_field(filled_workspace.store, "source", source, "title", {"title": "Met"})
    filled_workspace.apply(blanks)
    reader.show_source(source)
    qtbot.waitUntil(lambda: reader.text.text.endswith(LEAD), timeout=20_000)
    reader.head.clean_requested.emit()  # finds nothing new, so that there is no step
    reader.head.remove_requested.emit()
    qtbot.waitUntil(lambda: reader.welcome.isVisible(), timeout=20_000)
    assert stored_text(filled_workspace, source) is None
    assert filled_workspace.can_edit
    filled_workspace.undo()
    assert stored_text(filled_workspace, source) == LONG


def test_a_very_long_text_that_can_not_be_stored_stands_in_its_dialog_again(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot
) -> None:
    reader.show_source(source)
    paste(reader, f"{LONG}\x07")

    def refused() -> list[PasteDialog]:
        return [dialog for dialog in reader.findChildren(PasteDialog) if "no character" in dialog.problem.text()]

    qtbot.waitUntil(lambda: bool(refused()), timeout=20_000)
    refused()[0].reject()
    assert stored_text(filled_workspace, source) is None
    assert filled_workspace.can_edit


def test_no_other_file_is_opened_while_a_long_step_is_written(
    reader: SourceReader, source: int, filled_workspace: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    reader.show_source(source)
    path = filled_workspace.store.path
    with qtbot.waitSignal(filled_workspace.busy_changed, timeout=20_000):
        paste(reader, LONG)
    with pytest.raises(ReadOnly):
        filled_workspace.open(path)
    qtbot.waitUntil(lambda: filled_workspace.can_edit, timeout=20_000)
    assert stored_text(filled_workspace, source) == LONG
