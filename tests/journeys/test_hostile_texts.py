"""Journey: hostile texts come into the reader by paste, drop and opening; what is shown is plain text or a sentence."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from azcn_desktop.evidence.passages import drifted_fields
from azcn_desktop.evidence.texts import text_of
from azcn_desktop.gui.sources.encoding_dialog import EncodingDialog
from azcn_desktop.gui.sources.paste_dialog import PasteDialog
from azcn_desktop.gui.widgets.visible_signs import visible
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.store import edits

WAIT_MS = 60_000


@pytest.fixture
def window(open_window: Callable[..., MainWindow], database: Path) -> MainWindow:
    """Open the window at a source without a text."""
    made = open_window("--db", str(database))
    values = {"publisher": "Trend", "title": "Hostile"}
    step = edits.cite(made.workspace.store, "meeting", 1, values, "met in Baku")
    made.jump("source", made.workspace.apply(step).new_keys[-1])
    return made


def key_of(window: MainWindow) -> int:
    key = window.tab.current_key()
    assert key is not None
    return key


def stored(window: MainWindow) -> str | None:
    found = text_of(window.workspace.store, key_of(window))
    return found.raw if found else None


def said(window: MainWindow) -> str:
    return window.status.findChild(QLabel, "status-message").text()


def paste(window: MainWindow, text: str) -> PasteDialog:
    reader = window.tab.chart
    QApplication.clipboard().setText(text)
    reader.on_paste_requested()
    dialog = reader.findChildren(PasteDialog)[-1]
    dialog.findChild(QPushButton, "paste-accept").click()
    return dialog


def drop(window: MainWindow, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    window.tab.chart.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, buttons, keys))


def test_a_page_with_scripts_and_remote_images_becomes_its_words(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<html><head><script>alert(1)</script><style>p{background:url(http://x.example/a.png)}</style></head>"
        "<body onload=alert(2)><img src='http://x.example/b.png' alt='x'><iframe src='file:///etc/passwd'></iframe>"
        "<p>They met in Baku &lt;b&gt;today&lt;/b&gt;.</p><svg><script>alert(3)</script></svg></body></html>",
        encoding="utf-8",
    )
    drop(window, page)
    qtbot.waitUntil(lambda: stored(window) is not None, timeout=WAIT_MS)
    shown = window.tab.chart.text.toPlainText()
    assert "They met in Baku <b>today</b>." in shown
    assert "alert" not in shown
    assert "http" not in shown


@pytest.mark.parametrize("piece", ["x", "\u0301", "\u202e", "a\u200d", "שלום "])
def test_a_line_without_end_is_stored_and_shown(window: MainWindow, qtbot: QtBot, piece: str) -> None:
    text = "They met in Baku. " + piece * (300_000 // len(piece))
    paste(window, text)
    reader = window.tab.chart
    qtbot.waitUntil(lambda: reader.text.text.startswith("They met in Baku."), timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not window.parts.jobs.running, timeout=WAIT_MS)
    assert stored(window) == text
    reader.text.grab()
    assert reader.text.toPlainText().replace("\n", "")[:1000] == visible(text)[:1000]
    window.actions_table["undo"].trigger()
    qtbot.waitUntil(lambda: stored(window) is None and window.workspace.can_edit, timeout=WAIT_MS)


@pytest.mark.parametrize("bad", ["a\x00b", "half \ud83d", "bell \x07"])
def test_characters_that_no_text_has_are_refused_beside_the_typing(window: MainWindow, bad: str) -> None:
    dialog = PasteDialog(bad, lambda raw: window.tab.chart.taking._take(key_of(window), raw), window)
    dialog.accept()
    assert "no character of a text" in dialog.problem.text()
    assert stored(window) is None
    dialog.deleteLater()


def _pdf(protected: bool) -> bytes:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    if protected:
        writer.encrypt("secret")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (_pdf(True), "protected"),
        (_pdf(False), "pictures without text"),
        (b"%PDF-1.7 and nothing", "damaged"),
        (b"", "can't be read as PDF"),
    ],
)
def test_a_pdf_without_words_is_refused_with_a_sentence(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, data: bytes, words: str
) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    drop(window, path)
    qtbot.waitUntil(lambda: words in said(window), timeout=WAIT_MS)
    assert stored(window) is None


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["They met in Baku and spoke of trade.", "两国贸易增长了百分之二十一。" * 4, "Торговля выросла. " * 4]
)
def test_a_text_in_utf_16_without_a_mark_is_read(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, encoding: str, text: str
) -> None:
    path = tmp_path / "page.txt"
    path.write_bytes(text.encode(encoding))
    drop(window, path)
    reader = window.tab.chart

    def settled() -> bool:
        return stored(window) is not None or bool(reader.findChildren(EncodingDialog)) or bool(said(window))

    qtbot.waitUntil(settled, timeout=WAIT_MS)
    for dialog in reader.findChildren(EncodingDialog):
        dialog.accept()
    assert stored(window) == text


def test_a_text_that_is_replaced_after_citing_marks_what_is_lost(window: MainWindow, qtbot: QtBot) -> None:
    paste(window, "They met in Baku. Trade grew.")
    reader = window.tab.chart
    assert [item.text() for item in map(reader.list.item, range(reader.list.count()))] == ["“met in Baku”"]
    paste(window, "They met in Ganja. Trade grew.")
    assert reader.list.item(0).text() == "Not found in the text: “met in Baku”"
    assert reader.text.extraSelections() == []
    assert drifted_fields(window.workspace.store, "meeting", 1) == set()
