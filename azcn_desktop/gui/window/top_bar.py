"""The top bar: name, tabs, search, tool buttons and the one filled button."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QTabBar, QToolButton, QWidget

from azcn_desktop.gui.pages import TABS
from azcn_desktop.gui.theme import ThemeController, set_property
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.gui.window.actions import Actions, plain_text
from azcn_desktop.gui.window.search_box import SearchBox
from azcn_desktop.gui.workspace import Workspace

_BUTTONS = ("undo", "redo", "import", "export")
_HEIGHT = 48
_ROOM_FOR_NAME = 1_270
_ROOM_FOR_WORDS = 1_040


class TopBar(QWidget):
    """What stands above the panes.

    Attributes:
        search: the search box.

    Signals:
        page_chosen(str): the record type of the tab that a person chose.
    """

    page_chosen = Signal(str)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, actions: Actions, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "top-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._icons = icons
        self.search = SearchBox(workspace, theme, icons, self)
        self._tabs = self._tab_bar()
        self._logo = self._logo_labels()
        self._new = self._new_button(actions)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 0, 12, 0)
        row.setSpacing(4)
        for label in self._logo:
            row.addWidget(label)
        row.addSpacing(28)
        row.addWidget(self._tabs)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addSpacing(8)
        for name in _BUTTONS:
            row.addWidget(self._tool_button(name, actions))
        row.addWidget(self._theme_button(actions))
        row.addSpacing(6)
        row.addWidget(self._new)
        theme.changed.connect(self._scale)
        self._scale()

    def show_page(self, table: str) -> None:
        """Mark the tab of a record type; while a reference list is shown no tab is marked."""
        set_property(self._tabs, "idle", all(page.table != table for page in TABS))
        for number, page in enumerate(TABS):
            if page.table == table and self._tabs.currentIndex() != number:
                self._tabs.blockSignals(True)
                self._tabs.setCurrentIndex(number)
                self._tabs.blockSignals(False)

    def _tab_bar(self) -> QTabBar:
        tabs = QTabBar(self)
        tabs.setObjectName("tab-bar")
        tabs.setAccessibleName(self.tr("Tabs"))
        tabs.setElideMode(Qt.TextElideMode.ElideNone)
        tabs.setUsesScrollButtons(False)
        tabs.setDrawBase(False)
        tabs.setExpanding(False)
        for number, page in enumerate(TABS):
            tabs.addTab(self.tr(page.label))
            tabs.setTabToolTip(number, f"{self.tr(page.label)} (Ctrl+{number + 1})")
            tabs.setAccessibleTabName(number, self.tr(page.label))
            self._icons.set_tab(tabs, number, page.icon)
        tabs.currentChanged.connect(self._on_tab)
        # A click on the tab that is current leads back from a reference list.
        tabs.tabBarClicked.connect(self._on_tab)
        return tabs

    def _logo_labels(self) -> tuple[QLabel, QLabel]:
        name, rest = PlainLabel("AZCN", self), PlainLabel("Desktop", self)
        rest.setProperty("role", "muted")
        return name, rest

    def _tool_button(self, name: str, actions: Actions) -> QToolButton:
        button = QToolButton(self)
        button.setDefaultAction(actions[name])
        button.setObjectName(f"button-{name}")
        button.setAccessibleName(plain_text(actions[name]))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setAutoRaise(True)
        return button

    def _theme_button(self, actions: Actions) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("button-theme")
        button.setAccessibleName(self.tr("Light or dark theme"))
        button.setToolTip(self.tr("Light or dark theme"))
        button.setAutoRaise(True)
        self._icons.set(button, "theme")
        button.clicked.connect(self._on_theme)
        self._actions = actions
        return button

    def _new_button(self, actions: Actions) -> QPushButton:
        button = QPushButton(self.tr("New"), self)
        button.setObjectName("button-new")
        button.setAccessibleName(self.tr("New record"))
        button.setToolTip(self.tr("New record (Ctrl+N)"))
        button.setProperty("role", "primary")
        self._icons.set(button, "new", "on_accent")
        button.clicked.connect(actions["new"].trigger)
        actions["new"].enabledChanged.connect(button.setEnabled)
        return button

    def _on_tab(self, number: int) -> None:
        if number >= 0:
            self.page_chosen.emit(TABS[number].table)

    def _on_theme(self) -> None:
        self._actions["theme-light" if self._theme.theme.is_dark else "theme-dark"].trigger()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give up the name, then the words of the tabs, before one of them is cut off."""
        super().resizeEvent(event)
        room = self.width() / self._theme.zoom
        for label in self._logo:
            label.setVisible(room >= _ROOM_FOR_NAME)
        for number, page in enumerate(TABS):
            self._tabs.setTabText(number, self.tr(page.label) if room >= _ROOM_FOR_WORDS else "")

    def _scale(self) -> None:
        self.setFixedHeight(self._theme.px(_HEIGHT))
        self._logo[0].setFont(self._theme.font(15, 600))
        self._logo[1].setFont(self._theme.font(15, 400))
        self._new.setFixedHeight(self._theme.px(30))
        for button in self.findChildren(QToolButton):
            button.setIconSize(QSize(self._icons.size))
