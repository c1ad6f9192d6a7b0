"""The head of the reader: who published what and when, through which outlets, and what can be done with the text.

Below it stand, when there is something to say, what is asked for, and which other text this one repeats.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.evidence.copies import Likeness
from azcn_desktop.evidence.repairs import Cleaned
from azcn_desktop.evidence.texts import SourceText
from azcn_desktop.gui.sources.reader_banner import Banner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.widgets.popup_menu import add_line
from azcn_desktop.gui.widgets.tool_button import tool_button
from azcn_desktop.gui.widgets.visible_signs import visible
from azcn_desktop.gui.widgets.web_address import AddressDialog
from azcn_desktop.store.passages import outlet_chain
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_SHOWN_FACTS = ("author", "published", "language", "country", "rights", "accessed_on")
_MOST_REPAIRS = 40
_AROUND = 18  # characters on either side of a repair that tell where it is


class ReaderHead(QWidget):
    """The head.

    Attributes:
        cite_button, cleaned_button, raw_button: what tests and the reader itself press.

    Signals:
        paste_requested(), open_requested(): a text is to be added.
        cite_requested(): the selection is to be attached to a record.
        raw_requested(bool): the text as stored is to be shown, or the cleaned one.
        clean_requested(), remove_requested(): the text is to be cleaned anew, or removed.
        copies_requested(): other texts are to be compared.
        copy_accepted(key): the source repeats another one.
        ask_dropped(): no passage is wanted any more.
        find_requested(str): the next place of some words is to be shown.
        place_requested(start, end): a repaired place is to be shown in the cleaned text.
        record_requested(table, key): another source of the chain was asked for.
    """

    paste_requested = Signal()
    open_requested = Signal()
    cite_requested = Signal()
    raw_requested = Signal(bool)
    clean_requested = Signal()
    remove_requested = Signal()
    copies_requested = Signal()
    copy_accepted = Signal(object)
    ask_dropped = Signal()
    find_requested = Signal(str)
    place_requested = Signal(object, object)
    record_requested = Signal(str, object)

    def __init__(self, theme: ThemeController, icons: Icons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icons = theme, icons
        self._likeness: Likeness[int] | None = None
        self._address = ""
        self._can_edit = False
        self.setObjectName("reader-head")
        self._title = wrapped("", "section", self)
        self._facts = wrapped("", "muted", self)
        self._make_buttons()
        self._asked = Banner("reader-asked", self.tr("Cancel"), "", theme, self)
        self._asked.refused.connect(self.ask_dropped)
        self._alike = Banner("reader-alike", self.tr("Not a copy"), self.tr("Mark as a copy"), theme, self)
        self._alike.accepted.connect(self.on_alike_accepted)
        self._alike.refused.connect(self._alike.hide)
        self._lay_out()

    def show_source(self, store: Store, record: Record | None, text: SourceText | None, can_edit: bool) -> None:
        """Show what is known of a source; None for no source."""
        self.setVisible(record is not None)
        if record is None:
            return
        self._can_edit = can_edit
        has_text = text is not None
        chain = "  ←  ".join(name for _, name in outlet_chain(store, record.key))
        title = record.show("title")
        self._title.setText(title or chain)
        facts = [chain] if title else []
        facts += [record.show(name) for name in _SHOWN_FACTS if record.values.get(name)]
        self._facts.setText("  ·  ".join(facts))
        self._facts.setVisible(bool(facts))
        self._address = str(record.values.get("url") or "")
        self._web.setVisible(bool(self._address))
        for widget in (self.cleaned_button, self.raw_button, self._find, self._repairs, self.cite_button):
            widget.setVisible(has_text)
        self.cite_button.setVisible(has_text and can_edit)
        self._show_repairs(text.repairs if text else Cleaned(""))
        self._fill_menu(has_text, can_edit)

    def allow_citing(self, has_selection: bool) -> None:
        """Let the selection be cited, when there is one."""
        self.cite_button.setEnabled(has_selection)

    def ask_for(self, what: str) -> None:
        """Say for which field a passage is wanted; nothing for none."""
        words = self.tr("Select the passage for “{}”, then press Cite (Ctrl+Enter).")
        self._asked.say(words.format(what) if what else "")

    def show_likeness(self, likeness: Likeness[int] | None, store: Store | None = None) -> None:
        """Say which other text this one repeats."""
        self._likeness = likeness
        if likeness is None or store is None:
            self._alike.say("")
            return
        title = store.titles("source", [likeness.key]).get(likeness.key, "")
        share = round(100 * likeness.share)
        words = self.tr("{} % of this text stands in “{}” too. A copy does not count as a second source.")
        self._alike.say(words.format(share, title))

    def on_alike_accepted(self) -> None:
        """Take the source for a copy."""
        if self._likeness is not None:
            self.copy_accepted.emit(self._likeness.key)

    def on_web_clicked(self) -> None:
        """Ask before the browser is opened."""
        self.dialog = AddressDialog(self._address, self)
        self.dialog.open()

    def on_find_entered(self) -> None:
        """Look for the next place."""
        self.find_requested.emit(self._find.text().strip())

    # -- parts

    def _make_buttons(self) -> None:
        self.cleaned_button = self._switch("reader-cleaned", self.tr("Cleaned"))
        self.raw_button = self._switch("reader-raw", self.tr("As stored"))
        self.cleaned_button.setChecked(True)
        group = QButtonGroup(self)
        group.addButton(self.cleaned_button)
        group.addButton(self.raw_button)
        self.raw_button.toggled.connect(self.raw_requested)
        self._find = QLineEdit(self)
        self._find.setObjectName("reader-find")
        self._find.setAccessibleName(self.tr("Find in the text"))
        self._find.setPlaceholderText(self.tr("Find in the text"))
        self._find.setProperty("role", "search")
        self._find.setClearButtonEnabled(True)
        self._find.setMaximumWidth(self._theme.px(170))
        self._find.returnPressed.connect(self.on_find_entered)
        self._repairs = QToolButton(self)
        self._repairs.setObjectName("reader-repairs")
        self._repairs.setAccessibleName(self.tr("Repairs of the text"))
        self._repairs.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._repairs_menu = QMenu(self._repairs)
        self._repairs_menu.setObjectName("reader-repairs-menu")
        self._repairs.setMenu(self._repairs_menu)
        self.cite_button = QPushButton(self.tr("Cite…"), self)
        self.cite_button.setObjectName("reader-cite")
        self.cite_button.setAccessibleName(self.tr("Cite the selected passage"))
        self.cite_button.setProperty("role", "primary")
        self.cite_button.setToolTip(self.tr("Attach the selected passage to a record or a field"))
        self.cite_button.setEnabled(False)
        self.cite_button.clicked.connect(self.cite_requested)
        self._web = tool_button(self, self._icons, "reader-web", "open-external", self.tr("Open the address"))
        self._web.clicked.connect(self.on_web_clicked)
        self._more = tool_button(self, self._icons, "reader-more", "more", self.tr("More"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self._more)
        self._menu.setObjectName("reader-menu")
        self._more.setMenu(self._menu)

    def _lay_out(self) -> None:
        px = self._theme.px
        top, row = QHBoxLayout(), QHBoxLayout()
        top.setContentsMargins(px(16), px(6), px(10), 0)
        row.setContentsMargins(px(16), 0, px(10), px(6))
        for line, words, tools in (
            (top, self._title, (self._web, self._more)),
            (row, self._facts, (self._repairs, self.cleaned_button, self.raw_button, self._find, self.cite_button)),
        ):
            line.setSpacing(px(6))
            line.addWidget(words, 1)
            for tool in tools:
                line.addWidget(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addLayout(row)
        column.addWidget(self._asked)
        column.addWidget(self._alike)

    def _show_repairs(self, cleaned: Cleaned) -> None:
        """Say what was repaired, and what only looks damaged and was left, a line each."""
        count = len(cleaned.repairs)
        self._repairs.setText(self.tr("1 repair") if count == 1 else self.tr("{} repairs").format(count))
        places = [(s.why, s.start, s.end) for s in cleaned.suspected if s.is_of_the_whole]
        places += [(r.why, r.clean_start, r.clean_end) for r in cleaned.repairs[:_MOST_REPAIRS]]
        places += [(s.why, s.start, s.end) for s in cleaned.suspected if not s.is_of_the_whole]
        self._repairs.setVisible(bool(places))
        self._repairs_menu.clear()
        for number, (why, start, end) in enumerate(places[:_MOST_REPAIRS], 1):
            around = " ".join(cleaned.text[max(0, start - _AROUND) : end + _AROUND].split())
            shown = partial(self._show_place, start, end)
            add_line(self._repairs_menu, f"{number}", visible(f"{why}  …{around}…"), shown)
        if len(places) > _MOST_REPAIRS:
            words = self.tr("and {} more").format(len(places) - _MOST_REPAIRS)
            add_line(self._repairs_menu, "more", words).setEnabled(False)

    def _show_place(self, start: int, end: int, _is_checked: bool = False) -> None:
        self.place_requested.emit(start, end)

    def _fill_menu(self, has_text: bool, can_edit: bool) -> None:
        self._menu.clear()
        entries = [
            ("paste", self.tr("Paste a text…"), self.paste_requested, not has_text),
            ("open", self.tr("Open a file…"), self.open_requested, not has_text),
            ("clean", self.tr("Clean the text again"), self.clean_requested, has_text),
            ("copies", self.tr("Look for copies"), self.copies_requested, has_text),
            ("remove", self.tr("Remove the text"), self.remove_requested, has_text),
        ]
        for name, words, signal, is_possible in entries:
            action = add_line(self._menu, name, words, partial(_emit, signal))
            action.setEnabled(is_possible and can_edit)

    def _switch(self, name: str, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setAccessibleName(words)
        button.setCheckable(True)
        button.setProperty("role", "chip")
        return button


def _emit(signal: SignalInstance, _is_checked: bool = False) -> None:
    signal.emit()
