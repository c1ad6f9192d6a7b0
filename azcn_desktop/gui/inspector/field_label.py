"""What stands before a field in the inspector: an icon, by its name or else by its kind, and the words of its label."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QWidget

from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel, wrapped
from azcn_desktop.records.kinds import Amount, Country, Date, Link, Links, Number, Party, Text, Url
from azcn_desktop.records.schema import Field

_ICONS = {
    "city": "place", "place": "place", "level": "level", "status": "status", "sector": "sector", "topic": "topic",
    "statistics_side": "side", "flow": "side", "participants_az": "meetings", "participants_cn": "meetings",
    "participants_other": "meetings", "partners_az": "organisations", "partners_cn": "organisations",
    "partners_other": "organisations", "parties": "organisations", "signatories": "edit", "posts": "posts",
    "by": "people", "to": "people", "said_by": "people", "published_by": "sources", "publisher": "sources",
    "names": "title", "due_trigger": "calendar", "language": "text", "quote": "quote",
}  # fmt: skip
_ICONS_BY_KIND = (
    (Date, "calendar"),
    (Amount, "money"),
    (Number, "number"),
    (Country, "country"),
    (Url, "web"),
    (Link, "link"),
    (Links, "link"),
    (Party, "people"),
)
_WIDEST_PX = 109
_MARGIN_PX = 36  # the icon and what is free around it


class FieldLabel(QWidget):
    """The label of a field; it asks for a menu of its own where it is clicked with the right button."""

    def __init__(self, field: Field, theme: ThemeController, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*(theme.px(side) for side in (7, 5, 0, 3)))
        layout.setSpacing(theme.px(7))
        icon = PlainLabel("", self)
        icons.set(icon, _icon(field), "faint")
        words = wrapped(QCoreApplication.translate("catalogue", field.label), "muted", self)
        words.setToolTip(QCoreApplication.translate("catalogue", field.help))
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(words, 1)


def common_width(fields: Iterable[Field], theme: ThemeController) -> int:
    """Return the width of labels under one another: no more than the longest takes, so that values get the rest."""
    metrics = QFontMetrics(theme.font())
    labels = (QCoreApplication.translate("catalogue", f.label) for f in fields)
    words = max((metrics.horizontalAdvance(label) for label in labels), default=0)
    return min(theme.px(_WIDEST_PX), words + theme.px(_MARGIN_PX))


def _icon(field: Field) -> str:
    if field.name in _ICONS:
        return _ICONS[field.name]
    found = (icon for kind, icon in _ICONS_BY_KIND if isinstance(field.kind, kind))
    return next(found, "topic" if not isinstance(field.kind, Text) else "text")
