"""What every table model that can be edited tells of an edit: that it was refused, or that it is doubtful.

A model shows rows of one kind; how a value is written is for it to say.
"""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, Signal

from azcn_desktop.gui.editors.field_writing import Outcome


class EditingModel(QAbstractTableModel):
    """A table whose cells can be written.

    Signals:
        edit_refused(key, field, sentence): a value can't be taken; nothing was written.
        edit_warned(key, field, sentence): a value was written, and is unlikely.
    """

    edit_refused = Signal(object, str, str)
    edit_warned = Signal(object, str, str)

    def report(self, key: int | None, field_name: str, outcome: Outcome) -> None:
        """Tell of a refusal or a doubt."""
        if outcome.refusal:
            self.edit_refused.emit(key, field_name, outcome.refusal)
        elif outcome.warning:
            self.edit_warned.emit(key, field_name, outcome.warning)
