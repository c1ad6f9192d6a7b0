"""A lens: another way to look at the records of a page, beside its table.

The page shows one at a time, tells each what its filter lets through, and hands on what is selected in it. A lens may
refuse nothing and write nothing by itself; what it changes goes through the workspace as any edit does.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from azcn_desktop.gui.messages import told_in_next_turn
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.query import Query

_COUNT_MS = 300


class ExportChoice(Struct, frozen=True):
    """What an export begins with.

    Attributes:
        table: whose rows.
        shown: the flows that are shown, in their order; None for all rows of the table.
        n_shown: how many they are.
        selected: ids of those that are selected.
    """

    table: str
    shown: FlowQuery | None
    n_shown: int
    selected: tuple[int, ...]


class Lens(QWidget):
    """What every lens answers; one that selects no records leaves the answers as they are.

    Attributes:
        IS_APART: it shows other things than the records of the page, with filters of its own; those of the page, and
            the inspector, are out of sight meanwhile.
        query: what the page lets through.
        is_filtered: whether a person has narrowed that down, and could clear it.
        wanted_key: the record to begin with, once there is something to show.
        summary: the state of things in a few words, for the line of the switch.

    Signals:
        current_changed(key or None): another record is the current one.
        open_requested(key): the record shall be shown for editing.
        table_requested(key): the record shall be shown in the table of the page.
        counted(int): how many things there are to look at, whatever the filter.
        summarised(str): the summary is another one.
        message(str, bool): a sentence for the status line; True for a problem.
        clear_requested(): take the filters of the page away.
    """

    IS_APART: ClassVar[bool] = False

    current_changed = Signal(object)
    open_requested = Signal(object)
    table_requested = Signal(object)
    counted = Signal(object)
    summarised = Signal(str)
    message = Signal(str, bool)
    clear_requested = Signal()

    def __init__(self, table: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.query = Query(table)
        self.is_filtered = False
        self.wanted_key: int | None = None
        self.summary = ""
        self._told: int | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(_COUNT_MS)
        self._later.timeout.connect(self.refresh)
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def set_query(self, query: Query, is_filtered: bool = False) -> None:
        """Show what belongs to the records of another query."""
        self.query, self.is_filtered = query, is_filtered
        self.follow()

    def follow(self) -> None:
        """Show what is there now; behind another lens only the number is of interest, and can wait for a pause."""
        if self.isVisible():
            self.refresh()
        else:
            self._later.start()

    def refresh(self) -> None:
        """Count what is there now, and show it if anybody looks."""

    def summarise(self, summary: str) -> None:
        """Say how things stand."""
        self.summary = summary
        self.summarised.emit(summary)

    def finish(self) -> None:
        """Do now what is still due."""

    def tell_current(self, key: int | None) -> None:
        """Tell which record is the current one, where that is news."""
        if self.isVisible() and key != self._told:
            self._told = key
            self.current_changed.emit(key)

    def current_key(self) -> int | None:
        """Return the id of the current record, or None."""
        return None

    def selected_keys(self) -> list[int]:
        """Return the ids of the selected records."""
        key = self.current_key()
        return [] if key is None else [key]

    def select_key(self, key: int) -> bool:
        """Make a record the current one; tell whether it is shown here."""
        return False

    def copy_rows(self) -> int | None:
        """Put the selected lines on the clipboard; return how many, or None where the lens tells it later."""
        return 0

    def focus_filter(self) -> None:
        """Put the cursor into the text field of a filter of its own."""

    def show_columns_menu(self) -> None:
        """Open the menu of its columns, where they can be chosen."""

    def commit_pending(self) -> bool:
        """Write what is being typed; tell whether nothing is left that was refused."""
        return True

    def refusals(self) -> list[str]:
        """Return what is being typed and why it was refused."""
        return []

    def why_nothing_new(self) -> str:
        """Return why no record can be made here; empty where one can."""
        return ""

    def export_choice(self) -> ExportChoice | None:
        """Return what an export begins with, where it is not the records of the page."""
        return None

    def state(self) -> str:
        """Return what the next start shall find again."""
        return ""

    def restore_state(self, state: str) -> None:
        """Take what `state` gave; what can't be read is left out."""

    def set_compact(self, is_compact: bool) -> None:
        """Choose between low and usual rows."""

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what has changed while nobody looked."""
        super().showEvent(event)
        self._told = None
        with told_in_next_turn(self):
            self.refresh()


def words_of(kept: object) -> dict[str, str]:
    """Return the words of a remembered state that are words; a settings file may hold anything."""
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {name: word for name, word in pairs if isinstance(name, str) and isinstance(word, str)}
