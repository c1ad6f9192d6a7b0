"""The two buttons under a question: one that does what is asked, and Cancel."""

from __future__ import annotations

from PySide6 import QtWidgets
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialog


def decision_buttons(dialog: QDialog, name: str, words: str) -> QtWidgets.QDialogButtonBox:
    """Make the buttons of a dialog, which accept and reject it.

    Args:
        dialog: whose they are.
        name: of the accepting button, as in `rate-accept`; the other is then called `rate-cancel`.
        words: what the accepting button does.
    """
    buttons = QtWidgets.QDialogButtonBox(dialog)
    go = buttons.addButton(words, QtWidgets.QDialogButtonBox.ButtonRole.AcceptRole)
    go.setObjectName(name)
    go.setAccessibleName(words)
    go.setDefault(True)
    cancel = buttons.addButton(QtWidgets.QDialogButtonBox.StandardButton.Cancel)
    cancel.setObjectName(f"{name.rpartition('-')[0]}-cancel")
    cancel.setAccessibleName(QCoreApplication.translate("DecisionButtons", "Cancel"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
