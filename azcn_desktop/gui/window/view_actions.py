"""What the View and Help menus do: zoom, themes, columns, panes, help. Nothing here touches a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget

from azcn_desktop.gui.records.record_tab import RecordTab
from azcn_desktop.gui.theme import Mode

if TYPE_CHECKING:
    from azcn_desktop.gui.window.main_window import MainWindow


class ViewActions(QObject):
    """Handlers of the View and Help menus, and of what moves the keyboard."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.stack.currentChanged.connect(self.fit_inspector)

    def listen_to(self, tab: RecordTab) -> None:
        """Follow what is chosen on a page."""
        tab.density_changed.connect(self.take_density)
        tab.lens_changed.connect(self.fit_inspector)

    def on_filter(self) -> None:
        """Put the cursor into the filter field."""
        self._window.tab.focus_filter()

    def on_search(self) -> None:
        """Put the cursor into the search box."""
        self._window.top_bar.search.start()

    def on_copy(self) -> None:
        """Copy the selected rows."""
        self._window.tab.copy_rows()

    def on_next_pane(self) -> None:
        """Move the keyboard to the next of sidebar, table, what stands below it, and inspector."""
        lower = self._window.tab.chart
        below = [lower] if lower is not None and lower.isVisible() else []
        panes = [self._window.sidebar, self._window.tab.content, *below, self._window.room]
        focused = QApplication.focusWidget()
        at = next(
            (n for n, pane in enumerate(panes) if focused and (pane is focused or pane.isAncestorOf(focused))), -1
        )
        target = panes[(at + 1) % len(panes)]
        if target in below:
            target = _first_stop(target)
        (self._window.inspector.focus_first_field if target is panes[-1] else target.setFocus)()

    def on_zoom_in(self) -> None:
        """Make everything larger."""
        self._zoom(self._window.parts.theme.zoom + 0.1)

    def on_zoom_out(self) -> None:
        """Make everything smaller."""
        self._zoom(self._window.parts.theme.zoom - 0.1)

    def on_zoom_reset(self) -> None:
        """Go back to the designed size."""
        self._zoom(1.0)

    def _zoom(self, factor: float) -> None:
        self._window.parts.theme.set_zoom(round(factor, 1))
        self._window.parts.settings.keep("view/zoom", self._window.parts.theme.zoom)

    def on_theme_system(self) -> None:
        """Follow the system."""
        self._set_mode("system")

    def on_theme_light(self) -> None:
        """Use the light theme."""
        self._set_mode("light")

    def on_theme_dark(self) -> None:
        """Use the dark theme."""
        self._set_mode("dark")

    def _set_mode(self, mode: Mode) -> None:
        self._window.parts.theme.set_mode(mode)
        self._window.parts.settings.keep("view/theme", mode)
        self.mark_theme()

    def mark_theme(self) -> None:
        """Mark the theme that was chosen in the menu."""
        for mode in ("system", "light", "dark"):
            self._window.actions_table[f"theme-{mode}"].setChecked(self._window.parts.theme.mode == mode)

    def on_columns(self) -> None:
        """Open the menu of the columns."""
        self._window.tab.show_columns_menu()

    def on_density(self, is_compact: bool) -> None:
        """Choose between compact and usual rows, on every page."""
        for tab in self._window.pages.made:
            tab.set_compact(is_compact)
        self._window.parts.settings.keep("view/compact", int(is_compact))

    def take_density(self, is_compact: bool) -> None:
        """Follow the density button of one page on all others."""
        action = self._window.actions_table["density"]
        if action.isChecked() != is_compact:
            action.setChecked(is_compact)
            self.on_density(is_compact)

    def on_inspector(self, is_shown: bool) -> None:
        """Show or hide the inspector."""
        self.fit_inspector()

    def fit_inspector(self, *_ignored: object) -> None:
        """Show the inspector where it is wanted; it has nothing to say beside what is no record."""
        window = self._window
        if isinstance(page := window.stack.currentWidget(), RecordTab):  # else the first page is only being made
            window.room.setVisible(window.actions_table["inspector"].isChecked() and not page.is_apart)

    def on_full_screen(self, is_full: bool) -> None:
        """Fill the screen or go back."""
        (self._window.showFullScreen if is_full else self._window.showNormal)()

    def on_shortcuts(self) -> None:
        """Show all shortcuts."""
        self._window.dialogs.shortcuts(self._window.actions_table, self._window).open()

    def on_dictionary(self) -> None:
        """Show what every field means."""
        self._window.dialogs.dictionary(self._window).open()

    def on_about(self) -> None:
        """Show version and licences."""
        self._window.dialogs.about(self._window).open()

    def on_quit(self) -> None:
        """Close the window."""
        self._window.close()


def _first_stop(pane: QWidget) -> QWidget:
    """Return the first widget inside a pane that the Tab key stops at; the pane itself where there is none."""
    stop = pane.nextInFocusChain()
    while stop is not None and pane.isAncestorOf(stop):
        if stop.isVisible() and stop.isEnabled() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
            return stop
        stop = stop.nextInFocusChain()
    return pane
