"""The lenses of a page: which one is shown in place of the table, and what of it reaches the page.

The page asks here what is current and what is selected wherever a lens may answer. Before the lenses are imported a
choice is only remembered. Knows no lens by name.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from azcn_desktop.gui.records.lens import Lens
from azcn_desktop.gui.records.lens_switch import LensSwitch
from azcn_desktop.store.query import Query


class PageLenses(QObject):
    """The table of a page and its lenses, of which one is shown.

    Attributes:
        switch: the segments.
        shown: the lens in place of the table; None while the table is shown.

    Signals:
        current_changed(key or None), open_requested(key), table_requested(key), message(str, bool), clear_requested():
            those of the lens that is shown.
    """

    current_changed = Signal(object)
    open_requested = Signal(object)
    table_requested = Signal(object)
    message = Signal(str, bool)
    clear_requested = Signal()

    def __init__(self, switch: LensSwitch, table: QWidget, column: QVBoxLayout, parent: QWidget) -> None:
        """Stand in the column of a page.

        Args:
            switch: says which lenses there are; the first is the table.
            table: what is hidden while a lens is shown.
            column: where lenses are put.
            parent: the page.
        """
        super().__init__(parent)
        self._table, self._column = table, column
        self._lenses: dict[str, Lens] = {}
        self._is_compact = False
        self._kept_states: dict[str, str] = {}
        self.shown: Lens | None = None
        self.switch = switch
        column.insertWidget(0, self.switch)

    def lens(self, name: str) -> Lens | None:
        """Return a lens that is there already."""
        return self._lenses.get(name)

    def attach(self, lenses: Mapping[str, Lens], key: int | None, want: Callable[[], None] | None) -> None:
        """Take lenses that are not there yet, and show the one that was chosen before they were.

        Args:
            lenses: by name.
            key: the record that is the current one.
            want: called whenever the page comes into view, so that there is something to count.
        """
        for name, lens in lenses.items():
            if name in self._lenses:
                continue
            lens.hide()
            self._lenses[name] = lens
            self._column.addWidget(lens, 1)
            lens.counted.connect(partial(self.switch.set_count, name))
            lens.summarised.connect(self._say_summary)
            lens.current_changed.connect(self.current_changed)
            lens.open_requested.connect(self.open_requested)
            lens.table_requested.connect(self.table_requested)
            lens.message.connect(self.message)
            lens.clear_requested.connect(self.clear_requested)
            lens.set_compact(self._is_compact)
            lens.restore_state(self._kept_states.get(name, ""))
        if want is not None:
            self.switch.shown.connect(want)
            if self.switch.isVisible():
                want()
        self.show_lens(self.switch.current, key)

    def show_lens(self, name: str, key: int | None) -> None:
        """Show a lens, or the table by its name, with a record as the current one where it is there."""
        if name not in self.switch.names:
            return
        self.switch.choose(name)
        lens = self._lenses.get(name)
        if lens is self.shown:
            return
        had_focus = self._has_focus()
        before, self.shown = self.shown or self._table, lens
        before.hide()
        if lens is not None and key is not None:
            lens.wanted_key = key
        content = lens or self._table
        content.show()
        self._say_summary()
        if had_focus:
            content.setFocus()

    def mark_shown(self) -> None:
        """Mark in the switch what is shown, where it could not be left."""
        self.switch.choose(next((n for n, lens in self._lenses.items() if lens is self.shown), self.switch.names[0]))

    def set_query(self, query: Query, is_filtered: bool) -> None:
        """Show what another query lets through."""
        for lens in self._lenses.values():
            lens.set_query(query, is_filtered)

    def set_compact(self, is_compact: bool) -> None:
        """Choose between low and usual lines."""
        self._is_compact = is_compact
        for lens in self._lenses.values():
            lens.set_compact(is_compact)

    def state(self) -> str:
        """Return what each lens wants to find again; what was kept for one that is not there yet stays."""
        states = self._kept_states | {name: lens.state() for name, lens in self._lenses.items()}
        return json.dumps({name: state for name, state in states.items() if state})

    def restore_state(self, state: str) -> None:
        """Take what `state` gave, for the lenses when they come; what can't be read is left out."""
        try:
            kept = json.loads(state or "{}")
        except ValueError:
            return
        if isinstance(kept, dict):
            self._kept_states = {str(name): value for name, value in kept.items() if isinstance(value, str)}

    def finish(self) -> None:
        """Do now what is still due in the lenses, if the page is seen."""
        if self.switch.isVisible():
            for lens in self._lenses.values():
                lens.finish()
                lens.refresh()

    def _say_summary(self) -> None:
        self.switch.say(self.shown.summary if self.shown else "")

    def _has_focus(self) -> bool:
        shown = self.shown or self._table
        focused = shown.window().focusWidget()
        return focused is not None and (focused is shown or shown.isAncestorOf(focused))
