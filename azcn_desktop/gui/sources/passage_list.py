"""The cited passages of a source, beside its text: the words, and the records that rest on them.

What is no longer found in the text stands here with a warning instead of vanishing.
"""

from __future__ import annotations

import html
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from azcn_desktop.gui.sources.passage_delegate import LOST_ROLE, USES_ROLE, PassageDelegate
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.popup_menu import add_line, popup_menu
from azcn_desktop.gui.widgets.visible_signs import visible
from azcn_desktop.records.schema import Schema
from azcn_desktop.records.words import CITATION_ROLE, CONFIDENCE
from azcn_desktop.store.passages import Passage, Use

_KEY_ROLE = Qt.ItemDataRole.UserRole
_QUOTE = 140


class PassageList(QListWidget):
    """The list.

    Signals:
        passage_chosen(key): a passage is to be shown in the text.
        record_requested(table, key): a record that rests on it was asked for.
        confidence_requested(key, step or None): a passage is to be rated.
    """

    passage_chosen = Signal(object)
    record_requested = Signal(str, object)
    confidence_requested = Signal(object, object)

    def __init__(self, schema: Schema, theme: ThemeController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._schema = schema
        self._passages: dict[int, Passage] = {}
        self._can_edit = False
        self.setObjectName("reader-passages")
        self.setAccessibleName(self.tr("Cited passages"))
        self.setProperty("role", "passages")
        self.setItemDelegate(PassageDelegate(theme, self))
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setWordWrap(True)  # else a change of the width alone lays out nothing anew
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.currentItemChanged.connect(self._on_current_item_changed)
        self.activated.connect(self._on_activated)
        self.customContextMenuRequested.connect(self._on_custom_context_menu_requested)

    def show_passages(self, passages: Sequence[Passage], can_edit: bool) -> None:
        """Show other passages; the chosen one stays chosen where it is still there."""
        chosen = self.current_key()
        self._can_edit = can_edit
        self._passages = {passage.citation_key: passage for passage in passages}
        self.blockSignals(True)
        self.clear()
        for passage in passages:
            quote, lines = visible(self._quote(passage)), list(map(visible, self._lines(passage)))
            item = QListWidgetItem(quote, self)
            item.setData(_KEY_ROLE, passage.citation_key)
            item.setData(USES_ROLE, lines)
            item.setData(LOST_ROLE, passage.anchor_state == "lost")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, "; ".join([quote, *lines]))
            item.setToolTip(f"<qt>{html.escape(visible(passage.quote))}</qt>" if len(passage.quote) > _QUOTE else "")
        if chosen is not None:
            self.choose(chosen)
        self.blockSignals(False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the keyboard without choosing a passage, which would drop what is selected in the text."""
        was_blocked = self.blockSignals(True)
        super().focusInEvent(event)
        self.blockSignals(was_blocked)

    def current_key(self) -> int | None:
        """Return the citation that is chosen."""
        item = self.currentItem()
        return item.data(_KEY_ROLE) if item else None

    def choose(self, key: int) -> None:
        """Choose a passage without saying so."""
        was_blocked = self.blockSignals(True)
        for row in range(self.count()):
            if self.item(row).data(_KEY_ROLE) == key:
                self.setCurrentRow(row)
        self.blockSignals(was_blocked)

    def _quote(self, passage: Passage) -> str:
        quote = passage.quote if len(passage.quote) <= _QUOTE else f"{passage.quote[: _QUOTE - 1].rstrip()}…"
        first = f"“{quote}”" if quote else self.tr("The source as a whole")
        return self.tr("Not found in the text: {}").format(first) if passage.anchor_state == "lost" else first

    def _lines(self, passage: Passage) -> list[str]:
        """Return what stands below the quote: the records that rest on it with the fields, and how sure one is."""
        rated = CONFIDENCE.format(passage.confidence)
        fields: dict[tuple[str, int, str], list[str]] = {}
        titles = {(use.table, use.key, use.role): use.title for use in passage.uses}
        for use in passage.uses:
            fields.setdefault((use.table, use.key, use.role), []).extend(self._field(use))
        lines = [self._use(titles[record], fields[record], record[2]) for record in fields]
        return [*lines, *([self.tr("Confidence: {}").format(rated.lower())] if rated else [])]

    def _field(self, use: Use) -> list[str]:
        """Return the label of the field that a use is for; nothing for the whole record."""
        record_type = self._schema[use.table]
        is_known = bool(use.field_name) and record_type.has_field(use.field_name)
        return [QCoreApplication.translate("catalogue", record_type.field(use.field_name).label)] if is_known else []

    def _use(self, title: str, labels: list[str], role: str) -> str:
        said = [CITATION_ROLE.label(role).lower()] if role != "supports" else []
        return f"→ {' · '.join(part for part in (title, ', '.join(dict.fromkeys(labels)), *said) if part)}"

    def _on_current_item_changed(self, item: QListWidgetItem | None, _before: object = None) -> None:
        if item is not None:
            self.passage_chosen.emit(item.data(_KEY_ROLE))

    def _on_activated(self, index: QModelIndex) -> None:
        records = _records(self._passages[index.data(_KEY_ROLE)])
        if len(records) == 1:
            self.record_requested.emit(*next(iter(records)))
        else:
            self._offer(self.visualRect(index).center())

    def _on_custom_context_menu_requested(self, place: QPoint) -> None:
        if self.itemAt(place) is not None:
            self._offer(place)

    def _offer(self, place: QPoint) -> None:
        """Offer the records that rest on a passage, and the steps of confidence."""
        item = self.itemAt(place) or self.currentItem()
        passage = self._passages[item.data(_KEY_ROLE)]
        menu = popup_menu(self, "reader-passage-menu")
        for (table, key), title in _records(passage).items():
            action = add_line(menu, f"{table}-{key}", self.tr("Go to: {}").format(title))
            action.setData((table, key))
        if self._can_edit:
            rating = menu.addMenu(self.tr("Confidence"))
            rating.setObjectName("reader-confidence")
            rating.menuAction().setObjectName("reader-passage-menu-confidence")
            for step, word in [(None, self.tr("Not rated")), *enumerate(CONFIDENCE.steps)]:
                action = add_line(rating, "none" if step is None else f"{step}", word)
                action.setCheckable(True)
                action.setChecked(step == passage.confidence)
                action.setData((passage.citation_key, step, "confidence"))
        menu.triggered.connect(self._on_menu_triggered)
        menu.popup(self.viewport().mapToGlobal(place))

    def _on_menu_triggered(self, action: QAction) -> None:
        data = action.data()
        if len(data) == 3:
            self.confidence_requested.emit(data[0], data[1])
        else:
            self.record_requested.emit(*data)


def _records(passage: Passage) -> dict[tuple[str, int], str]:
    """Return the records that rest on a passage, each once whatever fields it proves, with their titles."""
    return {(use.table, use.key): use.title for use in passage.uses}
