"""From a record to the words that prove it, and from a field to the passage that shall: the ways into the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from azcn_desktop.gui.window.leaving import may_go_on

if TYPE_CHECKING:
    from azcn_desktop.gui.window.main_window import MainWindow


class EvidenceActions(QObject):
    """Shows passages in the reader of the sources, and asks for new ones there."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def show_passage(self, citation_key: int) -> None:
        """Open the source of a citation at the words that are cited."""
        window = self._window
        citation = window.workspace.store.get("citation", citation_key)
        if citation is None:
            return
        source = citation.values["source_id"]
        assert isinstance(source, int)
        window.jump("source", source)
        reader = self._reader()
        if window.table == "source" and not reader.show_passage(citation_key):
            window.status.tell(self._why_not(str(citation.values.get("anchor_state") or "")))

    def on_cite_field(self) -> None:
        """Ask for a passage for the field in which the keyboard is, or for the whole record."""
        form = self._window.inspector.form
        self.ask_for_field(form.focused_field() if form is not None else "")

    def ask_for_field(self, field_name: str) -> None:
        """Open the sources of the record that the inspector shows, and ask there for a passage."""
        window = self._window
        record = window.inspector.record
        if record is None or not window.workspace.can_edit or not may_go_on(window):
            return
        citations = window.workspace.store.citations(record.table, record.key)
        anchored = [c.source_key for c in citations if c.anchor_state == "anchored"]
        sources = anchored or [c.source_key for c in citations]
        if sources:
            window.jump("source", sources[0])
        else:
            window.show_page("source")
        if window.table == "source":
            self._reader().ask_for(record.table, record.key, field_name)

    def _reader(self) -> Any:
        """Return the reader, which comes with the other late parts."""
        self._window.load_late()
        return self._window.pages["source"].chart

    def _why_not(self, state: str) -> str:
        if state == "lost":
            return self.tr("These words are not found in the stored text.")
        return self.tr("No text of this source is stored yet. Paste it, and its quotes find their places.")
