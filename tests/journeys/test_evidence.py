"""A figure gets its sentence: text pasted, passage selected, field cited; edited away and back; all of it survives."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.sources.cite_dialog import CiteDialog
from azcn_desktop.gui.sources.paste_dialog import PasteDialog
from azcn_desktop.gui.window.main_window import MainWindow
from azcn_desktop.store import edits

SENTENCE = "turnover between the two countries reached approximately $3.7 billion last year"
ARTICLE = f"BAKU, Azerbaijan, April 16. The commission met today.\n\nThe {SENTENCE}, the minister said."


def proof(window: MainWindow, field: str) -> QToolButton | None:
    """Return the mark of proof beside a field of the inspector."""
    button = window.inspector.findChild(QToolButton, f"proof-{field}")
    return button if button is not None and not button.isHidden() else None


def paste(window: MainWindow, text: str) -> None:
    """Paste a text into the source that the reader shows."""
    QApplication.clipboard().setText(text)
    window.tab.chart.findChild(QPushButton, "reader-paste").click()
    window.findChild(PasteDialog).findChild(QPushButton, "paste-accept").click()


def test_a_field_is_cited_edited_away_and_back(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database), "--tab", "trade", "--select", "T072")
    store = window.workspace.store
    figure = store.find_reference("T072")
    assert figure is not None

    # from the field to the source, which has no text yet
    window.inspector.form.rows["value"].editor.setFocus(Qt.FocusReason.OtherFocusReason)
    window.evidence.ask_for_field("value")
    assert window.table == "source"
    reader = window.tab.chart
    paste(window, ARTICLE)
    assert reader.text.toPlainText() == ARTICLE

    # select the words and cite them
    reader.text.moveCursor(QTextCursor.MoveOperation.Start)
    assert reader.text.find("approximately $3.7 billion")
    reader.head.cite_button.click()
    dialog = window.findChild(CiteDialog)
    assert dialog.target().field_name == "value"
    dialog.findChild(QPushButton, "cite-accept").click()
    qtbot.waitUntil(lambda: not window.parts.jobs.running, timeout=10_000)

    # the mark beside the field leads to the words
    window.navigation.on_back()
    window.jump(*figure)
    mark = proof(window, "value")
    assert mark is not None
    assert "approximately $3.7 billion" in mark.accessibleName()
    mark.click()
    assert window.table == "source"
    assert reader.text.textCursor().position() == ARTICLE.index("approximately")

    # edited away from its quote the field says so; undo takes that back
    window.workspace.apply(edits.edit_field(store, *figure, "value", {"value": 3.5e9}))
    window.jump(*figure)
    assert "edited away" in proof(window, "value").accessibleName()
    window.record_actions.on_undo()
    assert "edited away" not in proof(window, "value").accessibleName()

    # everything is there after the next start
    window.close()
    again = open_window("--db", str(database), "--tab", "trade", "--select", "T072")
    assert "approximately $3.7 billion" in proof(again, "value").accessibleName()


def test_a_shipped_mark_opens_its_source_and_says_that_no_text_is_stored(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "trade", "--select", "T072")
    quote = "21 percent increase last year, reaching approximately $3.7 billion"
    for field in ("value", "growth-pct"):
        mark = proof(window, field)
        assert mark is not None
        assert quote in mark.accessibleName()
    mark.click()
    assert window.table == "source"
    welcome = window.tab.chart.welcome
    assert welcome.isVisible()
    assert any(label.text() == "No text stored yet" for label in welcome.findChildren(QLabel))
    said = [label.text() for label in window.status.findChildren(QLabel)]
    assert any(text.startswith("No text of this source is stored yet.") for text in said)


def test_quotes_that_a_text_does_not_hold_are_told_at_once(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "trade", "--select", "T072")
    window.evidence.ask_for_field("")
    paste(window, "Quite another article, about wine and pomegranates.")
    lost = [
        row for row in range(window.tab.chart.list.count()) if "Not found" in window.tab.chart.list.item(row).text()
    ]
    assert len(lost) > 20
    figure = window.workspace.store.find_reference("T072")
    window.jump(*figure)
    assert any("not found" in label.text() for label in window.inspector.sources.findChildren(QLabel))


def test_trust_stands_under_the_title_and_leads_to_what_is_missing(open_window, database: Path) -> None:
    window = open_window("--db", str(database), "--tab", "meetings", "--select", "M001")
    line = window.inspector.findChild(QLabel, "trust-glance")
    assert line.text() == "1 source · Azerbaijani source · 78 % complete"
    assert window.inspector.findChild(QLabel, "trust-missing").text() == "City, Country"
    window.inspector.findChild(QPushButton, "button-fill-missing").click()
    assert QApplication.focusWidget().objectName() == "field-city"
