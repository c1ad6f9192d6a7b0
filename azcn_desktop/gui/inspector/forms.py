"""The forms of the inspector, one for each record type; one of them is shown, the others are kept.

Making a form takes longer than all else that happens when a person goes from one page to another, so it is hidden and
not thrown away, and serves the next file as well. While it is hidden it bears no names, so that each field is found
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QVBoxLayout, QWidget

from azcn_desktop.gui.inspector.form import RecordForm
from azcn_desktop.gui.inspector.lines import discard
from azcn_desktop.store.records import Record


class RecordForms:
    """Shows the form for a record at the head of a pane.

    Attributes:
        shown: the form that is shown; None without a record.
    """

    def __init__(self, pane: QVBoxLayout, make: Callable[[Record], RecordForm]) -> None:
        self._pane, self._make = pane, make
        self._kept: dict[str, tuple[RecordForm, list[tuple[QWidget, str]]]] = {}
        self._begun: tuple[RecordForm, Iterator[None]] | None = None
        self.shown: RecordForm | None = None

    def show(self, record: Record) -> Iterator[None]:
        """Show the form for a record, made when it is the first one of its type, some rows before each item.

        One that is begun and not whole yet is gone on with, unless another type of record is to be shown.
        """
        if self.shown is not None and self.shown.record_type is not record.record_type:
            self.put_away()
            yield
        if self.shown is not None:
            self.shown.set_record(record)
        elif record.table in self._kept:
            self.shown = self._take_out(record)
        else:
            yield from self._fill(record)

    def _fill(self, record: Record) -> Iterator[None]:
        if self._begun is None or self._begun[0].record_type is not record.record_type:
            self._drop_begun()
            form = self._make(record)
            self._begun = form, form.fill()
        form, rows = self._begun
        for _ in rows:  # not handed on by `yield from`, which would end the rows with whoever goes no further here
            yield
        self._begun = None
        if form.record is not record:
            form.set_record(record)
        self._put_first(form)
        self.shown = form

    def put_away(self) -> None:
        """Keep the form that is shown for the next record of its type; typing that was not accepted is dropped."""
        if (form := self.shown) is None:
            return
        form.revert()
        self._pane.removeWidget(form)
        form.hide()
        names = [(widget, name) for widget in form.findChildren(QWidget) if (name := widget.objectName())]
        for widget, _ in names:
            widget.setObjectName("")
        self._kept[form.record_type.name] = (form, names)
        self.shown = None

    def drop(self) -> None:
        """Throw all forms away: the sizes are other ones now."""
        self._drop_begun()
        for form, _ in self._kept.values():
            discard(form)
        self._kept.clear()
        if self.shown is not None:
            self._pane.removeWidget(self.shown)
            discard(self.shown)
            self.shown = None

    def _drop_begun(self) -> None:
        if self._begun is not None:
            discard(self._begun[0])
            self._begun = None

    def _take_out(self, record: Record) -> RecordForm:
        form, names = self._kept.pop(record.table)
        for widget, name in names:
            widget.setObjectName(name)
        form.set_record(record)
        self._put_first(form)
        return form

    def _put_first(self, form: RecordForm) -> None:
        self._pane.insertWidget(0, form)
        form.show()  # at once: a layout shows what it is given only with the next event
