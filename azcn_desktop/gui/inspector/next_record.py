"""The record that the inspector shows next: beside rows that have just come, in the turns that follow these.

Table, chart and form together take longer than a key may wait, so the record that nobody has chosen by hand comes when
the rows have been painted, a part of it in each turn, and only the last one. Until it is whole its title stands there.
The inspector itself is made for the first record. Whoever asks the window for it gets it with the record that it is to
show. Knows no table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from azcn_desktop.errors import UserError
from azcn_desktop.gui.inspector.room import InspectorRoom
from azcn_desktop.gui.turns import Turns
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.store.records import TRASH_MARK, Record

if TYPE_CHECKING:
    from azcn_desktop.gui.inspector.inspector import Inspector


class NextRecord(QObject):
    """What one inspector is still to show."""

    def __init__(
        self,
        workspace: Workspace,
        room: InspectorRoom,
        make: Callable[[], Inspector],
        tell: Callable[[str, bool], None],
    ) -> None:
        """Show nothing yet.

        Args:
            workspace: when its file changes, what is half shown is begun anew; when it is closed, nothing comes.
            room: where the inspector stands; it owns this.
            make: makes the inspector in its room.
            tell: says a sentence to the person; True for a problem.
        """
        super().__init__(room)
        self._workspace, self._room, self._make, self._tell = workspace, room, make, tell
        self._made: Inspector | None = None
        self._wanted: tuple[str, int | None] | None = None
        self._parts: Iterator[None] | None = None
        self._is_begun = False
        self._turns = Turns(self)
        workspace.closing.connect(self._drop)
        workspace.changed.connect(self.begin_anew)
        workspace.busy_changed.connect(self.begin_anew)

    @property
    def inspector(self) -> Inspector:
        """The inspector as it stands."""
        return self._made or self._make_inspector()

    @property
    def shown(self) -> Record | None:
        """The record that stands in the inspector by now, whatever it is to show next."""
        return self._made.record if self._made is not None else None

    @property
    def is_coming(self) -> bool:
        """Tell whether the inspector is still to show something."""
        return self._wanted is not None

    def show(self, table: str, key: int | None, *, soon: bool) -> None:
        """Show a record, or none where the key is None: now, or in the next turns of the event loop.

        A record that is wanted while another one is under way takes its place and waits as that one did.
        """
        is_later = soon or self.is_coming
        self._drop()
        if key is None and self._made is None:
            self._room.clear()
            return
        self._wanted = table, key
        if key is None or not is_later:
            self.catch_up()
            return
        self._cover(table, key)
        if self._is_begun:
            self._turns.start(self._coming())

    def begin(self) -> None:
        """Show what is to be shown from the next turn on; until then the window is to be painted."""
        self._is_begun = True
        if self.is_coming:
            self._turns.start(self._coming())

    def catch_up(self) -> Inspector:
        """Return the inspector with what it is to show."""
        for _ in self._coming():
            pass
        self._turns.stop()
        self._room.uncover()
        return self.inspector

    def begin_anew(self, *_ignored: object) -> None:
        """Read what is half shown once more: something has changed."""
        self._parts = None

    def _cover(self, table: str, key: int) -> None:
        """Show the title of a record that comes in parts; one whose form is shown already comes in one turn."""
        form = self._made.form if self._made is not None else None
        if self._room.is_covered or form is None or form.record_type.name != table:
            with suppress(UserError):  # which will be told when the record is read
                title = self._workspace.store.titles(table, [key]).get(key, "")
                self._room.cover(title.removesuffix(TRASH_MARK))

    def _coming(self) -> Iterator[None]:
        """Show what is wanted, a part for each item."""
        while self._wanted is not None:
            yield
            if self._wanted is not None and self._take_part(*self._wanted):
                self._drop()
                self._room.uncover()

    def _take_part(self, table: str, key: int | None) -> bool:
        """Put in the next part of a record; tell whether it is whole."""
        if self._made is None:
            self._make_inspector()
            return False
        try:
            if self._parts is None:
                parts = self._made.showing(table, key)  # first writes what is being typed, which may lead elsewhere
                if self._wanted != (table, key):
                    return False
                self._parts = parts
            for _ in self._parts:
                if self._room.is_covered:
                    return False
        except UserError as error:  # the record before must not stay beside another row
            self._made.show_record(table, None)
            self._tell(str(error), True)
        return True

    def _make_inspector(self) -> Inspector:
        self._made = self._make()
        self._room.put(self._made)
        return self._made

    def _drop(self) -> None:
        self._turns.stop()
        self._wanted, self._parts = None, None
