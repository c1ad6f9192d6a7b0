"""Asking why a figure is preferred or not to be used, before it is ranked so.

The reason is required, since another reader must be able to follow the choice. Writes nothing: whoever opens it takes
the reason.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from azcn_desktop.gui.theme import set_property
from azcn_desktop.gui.widgets.decision_buttons import decision_buttons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.records.catalogue import FIGURE

_WIDTH = 460
_HEIGHT = 92


class RankDialog(QDialog):
    """A written reason for a rank.

    Attributes:
        rank: the word that the figure is to be ranked by.
        reason: the text field.

    Signals:
        decided(str): the reason, once it can be stored.
    """

    decided = Signal(str)

    def __init__(self, rank: str, figure: str, parent: QWidget | None = None) -> None:
        """Ask for a reason.

        Args:
            rank: "preferred" or "deprecated".
            figure: the figure in words.
            parent: the owner.
        """
        super().__init__(parent)
        self.rank = rank
        is_preferred = rank == "preferred"
        self.setObjectName("dialog-rank")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Prefer this figure") if is_preferred else self.tr("Deprecate this figure"))
        self.setMinimumWidth(_WIDTH)
        what = (
            self.tr(
                "Charts draw it from now on; what was preferred for the same side becomes normal. Undo takes it back."
            )
            if is_preferred
            else self.tr("It stays beside the others and is never drawn. Undo takes it back.")
        )
        self.reason = QPlainTextEdit(self)
        self.reason.setObjectName("rank-reason")
        self.reason.setAccessibleName(self.tr("Reason"))
        self.reason.setPlaceholderText(
            self.tr("Why this one, with the arithmetic") if is_preferred else self.tr("What is wrong with it")
        )
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(_HEIGHT)
        self.problem = wrapped("", "error", self)
        self.problem.setObjectName("rank-problem")
        self.problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(8)
        column.addWidget(wrapped(figure, "section", self))
        column.addWidget(wrapped(what, "muted", self))
        column.addSpacing(4)
        label = PlainLabel(self.tr("Reason"), self)
        label.setProperty("role", "heading")
        column.addWidget(label)
        column.addWidget(self.reason)
        column.addWidget(self.problem)
        column.addWidget(
            decision_buttons(self, "rank-accept", self.tr("Prefer") if is_preferred else self.tr("Deprecate"))
        )
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Close with a reason that can be stored; else say what is missing."""
        reason = self.reason.toPlainText().strip()
        problem = FIGURE.field("rank_reason").kind.check("rank_reason", {"rank_reason": reason or None})
        if not reason:
            problem = self.tr("Write why, so that others can follow the choice.")
        set_property(self.reason, "invalid", "true" if problem else "false")
        self.problem.setText(problem or "")
        self.problem.setVisible(bool(problem))
        if problem:
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.decided.emit(reason)
        super().accept()
