"""The forms of the inspector, one for each record type, kept while another one is shown.

Making a form takes longer than all else that happens when a person goes from one page to another, so it is hidden and
not thrown away. While it is hidden it bears no names, so that each field is found once.
"""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from azcn_desktop.gui.inspector.form import RecordForm
from azcn_desktop.gui.inspector.lines import discard
from azcn_desktop.store.records import Record


class KeptForms:
    """The forms that have been made for a pane, none of which is shown."""

    def __init__(self) -> None:
        self._forms: dict[str, tuple[RecordForm, list[tuple[QWidget, str]]]] = {}

    def keep(self, form: RecordForm, pane: QVBoxLayout) -> None:
        """Take a form out of the pane; typing in it that was not accepted is dropped."""
        form.revert()
        pane.removeWidget(form)
        form.hide()
        names = [(widget, name) for widget in form.findChildren(QWidget) if (name := widget.objectName())]
        for widget, _ in names:
            widget.setObjectName("")
        self._forms[form.record_type.name] = (form, names)

    def take(self, record: Record, pane: QVBoxLayout) -> RecordForm | None:
        """Put the form for a record back into the pane and return it; None when there is none yet."""
        if record.table not in self._forms:
            return None
        form, names = self._forms.pop(record.table)
        for widget, name in names:
            widget.setObjectName(name)
        form.set_record(record)
        pane.insertWidget(0, form)
        form.show()
        return form

    def drop(self) -> None:
        """Throw all forms away: the file or the sizes are other ones now."""
        for form, _ in self._forms.values():
            discard(form)
        self._forms.clear()
