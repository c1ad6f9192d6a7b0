"""Every action in one table: name, text, shortcut, icon, menu, and when it can be used.

Menus, tool buttons and the sheet of shortcuts are made from it. Knows no handler: the window connects them by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from azcn_desktop.gui.widgets.icons import Icons

Needs = Literal["nothing", "file", "edit", "record"]


class ActionSpec(Struct, frozen=True):
    """One action.

    Attributes:
        name: object name is `action-<name>`; the window's handler is `on_<name>`, with underscores.
        text: as in the menu.
        menu: the menu it stands in; a line is drawn between groups of one menu.
        group: number of the group within the menu.
        shortcuts: key sequences in portable text; the first is shown.
        icon: a name of `Icons`, or empty.
        needs: what must be there: an open file, one that can be edited, a selected record that can be edited.
        is_checkable: can be on or off.
    """

    name: str
    text: str
    menu: str
    group: int = 0
    shortcuts: tuple[str, ...] = ()
    icon: str = ""
    needs: Needs = "nothing"
    is_checkable: bool = False


SPECS = (
    ActionSpec("new-file", "&New…", "&File", 0, ("Ctrl+Shift+N",), "new-file"),
    ActionSpec("open", "&Open…", "&File", 0, ("Ctrl+O",), "open"),
    ActionSpec("save-copy", "Save a &Copy…", "&File", 0, ("Ctrl+Shift+S",), "save-copy", "file"),
    ActionSpec("import", "&Import…", "&File", 1, ("Ctrl+I",), "import", "edit"),
    ActionSpec("datasets", "&Datasets…", "&File", 1, (), "data", "file"),
    ActionSpec("export", "&Export…", "&File", 1, ("Ctrl+E",), "export", "file"),
    ActionSpec("bibliography", "Export &Bibliography…", "&File", 1, (), "quote", "file"),
    ActionSpec("quit", "&Quit", "&File", 2, ("Ctrl+Q",), "quit"),
    ActionSpec("undo", "&Undo", "&Edit", 0, ("Ctrl+Z",), "undo", "edit"),
    ActionSpec("redo", "&Redo", "&Edit", 0, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", "edit"),
    ActionSpec("new", "&New Record", "&Edit", 1, ("Ctrl+N",), "new", "edit"),
    ActionSpec("duplicate", "D&uplicate", "&Edit", 1, ("Ctrl+D",), "duplicate", "record"),
    ActionSpec("delete", "&Delete", "&Edit", 1, ("Ctrl+Backspace",), "delete", "record"),
    ActionSpec("restore", "Re&store from Trash", "&Edit", 1, (), "restore", "record"),
    ActionSpec("add-check", "Add Chec&k…", "&Edit", 1, ("Ctrl+Shift+K",), "check", "record"),
    ActionSpec("cite-field", "C&ite a Passage…", "&Edit", 1, ("Ctrl+Shift+Q",), "quote", "record"),
    ActionSpec("add-to-dossier", "Add to D&ossier…", "&Edit", 1, ("Ctrl+Shift+D",), "dossiers", "record"),
    ActionSpec("empty-trash", "Empty &Trash…", "&Edit", 2, (), "", "edit"),
    ActionSpec("copy", "&Copy Rows", "&Edit", 3, (), "copy", "file"),
    ActionSpec("copy-cited", "Copy as Cited Sen&tence", "&Edit", 3, ("Ctrl+Shift+C",), "quote", "file"),
    ActionSpec("filter", "&Filter", "&Edit", 3, ("Ctrl+F",), "filter", "file"),
    ActionSpec("search", "&Search or Jump", "&Edit", 3, ("Ctrl+K",), "search", "file"),
    ActionSpec("back", "&Back", "&View", 0, ("Alt+Left",), "back", "file"),
    ActionSpec("forward", "&Forward", "&View", 0, ("Alt+Right",), "forward", "file"),
    ActionSpec("next-pane", "Next &Pane", "&View", 0, ("F6",), "", "file"),
    ActionSpec("zoom-in", "Zoom &In", "&View", 1, ("Ctrl++", "Ctrl+="), "zoom-in"),
    ActionSpec("zoom-out", "Zoom &Out", "&View", 1, ("Ctrl+-",), "zoom-out"),
    ActionSpec("zoom-reset", "&Actual Size", "&View", 1, ("Ctrl+0",)),
    ActionSpec("theme-system", "&System Theme", "&View", 2, (), "", "nothing", True),
    ActionSpec("theme-light", "&Light Theme", "&View", 2, (), "", "nothing", True),
    ActionSpec("theme-dark", "&Dark Theme", "&View", 2, (), "", "nothing", True),
    ActionSpec("columns", "&Columns…", "&View", 3, (), "columns", "file"),
    ActionSpec("density", "C&ompact Rows", "&View", 3, (), "", "nothing", True),
    ActionSpec("inspector", "&Inspector", "&View", 3, ("Ctrl+Shift+I",), "", "nothing", True),
    ActionSpec("full-screen", "F&ull Screen", "&View", 4, ("F11",), "", "nothing", True),
    ActionSpec("shortcuts", "&Keyboard Shortcuts", "&Help", 0, ("F1",), "shortcuts"),
    ActionSpec("dictionary", "&Data Dictionary", "&Help", 0, (), "dictionary"),
    ActionSpec("about", "&About AZCN Desktop", "&Help", 1),
)


class Actions:
    """The actions of one window.

    Attributes:
        by_name: name to action.
    """

    def __init__(self, parent: QObject, icons: Icons) -> None:
        self.by_name: dict[str, QAction] = {spec.name: _make(spec, parent, icons) for spec in SPECS}

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self.by_name.values())

    def allow(self, available: set[Needs]) -> None:
        """Enable what can be used when these things are there."""
        for spec in SPECS:
            self.by_name[spec.name].setEnabled(spec.needs in available)

    def fill(self, bar: QMenuBar, following: Mapping[str, QMenu]) -> None:
        """Put the actions into the menus of a menu bar.

        Args:
            bar: the empty menu bar.
            following: menus to be put behind the action of a name.
        """
        menus: dict[str, QMenu] = {}
        groups: dict[str, int] = {}
        for spec in SPECS:
            if spec.menu not in menus:
                menus[spec.menu] = bar.addMenu(QCoreApplication.translate("actions", spec.menu))
                menus[spec.menu].setObjectName(f"menu-{spec.menu.replace('&', '').lower()}")
            elif groups[spec.menu] != spec.group:
                menus[spec.menu].addSeparator()
            groups[spec.menu] = spec.group
            menus[spec.menu].addAction(self.by_name[spec.name])
            if spec.name in following:
                menus[spec.menu].addMenu(following[spec.name])


def _make(spec: ActionSpec, parent: QObject, icons: Icons) -> QAction:
    action = QAction(QCoreApplication.translate("actions", spec.text), parent)
    action.setObjectName(f"action-{spec.name}")
    action.setShortcuts([QKeySequence.fromString(keys) for keys in spec.shortcuts])
    action.setCheckable(spec.is_checkable)
    if spec.icon:
        icons.set(action, spec.icon, "muted")
        action.setIconVisibleInMenu(True)
    return action


def plain_text(action: QAction) -> str:
    """Return the text of an action without the mark of its access key."""
    return action.text().replace("&", "").removesuffix("…")
