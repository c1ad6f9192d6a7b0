"""A button that is an icon: its words are said by the tool tip and to who listens."""

from __future__ import annotations

import html

from PySide6.QtWidgets import QToolButton, QWidget

from azcn_desktop.gui.widgets.icons import Icons


def tool_button(parent: QWidget, icons: Icons, name: str, icon: str, words: str) -> QToolButton:
    """Make a button.

    Args:
        parent: the owner.
        icons: draws it and follows the theme.
        name: of the object.
        icon: as of `Icons.set`.
        words: what it does; may hold data, which is shown as it is.
    """
    button = QToolButton(parent)
    button.setObjectName(name)
    button.setAccessibleName(words)
    button.setToolTip(f"<qt>{html.escape(words)}</qt>")
    icons.set(button, icon)
    return button
