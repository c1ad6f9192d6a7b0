"""The left side of the window: the views of the present page with counts, its topics, and the reference lists.

It shows what can be chosen and says what was chosen; the window decides what that does. Counts follow every change,
gathered into one look at the file after the tables and charts had theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from azcn_desktop.gui.job_runner import JobRunner, Urgency
from azcn_desktop.gui.pages import LISTS, Page
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.one_stop import OneStop
from azcn_desktop.gui.window.line_counts import LineCounts, count_lines, counted_tables, line_name
from azcn_desktop.gui.window.side_item import SIDEBAR_PX, SideItem
from azcn_desktop.gui.window.views import BUILT_IN, FACETS, View, first_view
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.changes import ChangeNotice

_MOST_TOPICS = 8
_COUNT_DELAY_MS = 60


class Sidebar(OneStop):
    """The left pane.

    Signals:
        view_chosen(View): a person chose a view of a record table.
        list_chosen(str): a person chose a reference list, by its record table.
    """

    view_chosen = Signal(object)
    list_chosen = Signal(str)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None,
        jobs: JobRunner | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._workspace, self._theme, self._icons = workspace, theme, icons
        self._reading = Reading(workspace, jobs, self.tr("Count records"), self, Urgency.COUNTED)
        self._reading.answered.connect(self._on_reading_answered)
        self._page: Page | None = None
        self._query = ""
        self._shows_all_topics = False
        self._counts = LineCounts()
        self._items: list[SideItem] = []
        self.setObjectName("sidebar")
        self.setAccessibleName(self.tr("Views and lists"))
        self.setProperty("role", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._count_later = QTimer(self, singleShot=True, interval=_COUNT_DELAY_MS)
        self._count_later.timeout.connect(self.refresh)
        workspace.opened.connect(self.on_workspace_opened)
        workspace.changed.connect(self.on_workspace_changed)
        workspace.closing.connect(self.on_workspace_closing)
        theme.changed.connect(self.on_theme_changed)
        icons.changed.connect(self.on_icons_changed)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(SIDEBAR_PX), self._theme.px(600))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(150), self._theme.px(120))

    @property
    def items(self) -> list[SideItem]:
        """The lines from top to bottom."""
        return list(self._items)

    def show_page(self, page: Page, query: str = "") -> None:
        """Show the views of a page and mark the one whose filter is in force.

        Args:
            page: the page that is in front.
            query: the text of its filter field.
        """
        if page != self._page:
            self._page, self._shows_all_topics = page, False
            self._query = query
            self._begin_anew()
        else:
            self.mark(query)

    def mark(self, query: str) -> None:
        """Mark the view whose filter is this text; none when no view has it."""
        self._query = query.strip()
        for item in self._items:
            item.setChecked(self._is_current(item.item))
        self._set_tab_stop()

    def refresh(self) -> None:
        """Count everything anew; topics that came or went are added or dropped."""
        self._count_later.stop()
        if self._workspace.is_open:
            is_quick = not self._workspace.store.is_large(*counted_tables(self._page))
            self._reading.ask(partial(count_lines, self._page), at_once=is_quick)

    def finish(self) -> None:
        """Count now what is still to be counted."""
        self._reading.finish()

    def move_focus(self, item: SideItem, step: int) -> None:
        """Hand the keyboard to the line that lies `step` lines further, or to the last one that way."""
        place = min(max(self._items.index(item) + step, 0), len(self._items) - 1)
        self._items[place].setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self._items[place])

    def on_workspace_opened(self) -> None:
        """Count the new file."""
        self._begin_anew()

    def on_workspace_changed(self, notice: ChangeNotice) -> None:
        """Count again soon, once for all changes that come together."""
        if self._workspace.schema.has_records(notice.tables):
            self._count_later.start()

    def on_workspace_closing(self) -> None:
        """Forget the counts."""
        self._count_later.stop()
        self._counts = LineCounts(self._counts.topics)
        self._show_counts()

    def on_theme_changed(self) -> None:
        """Take the new sizes."""
        for item in self._items:
            item.updateGeometry()
        self._rebuild()

    def on_icons_changed(self) -> None:
        """Draw the icons again."""
        for item in self._items:
            item.update()

    def on_item_clicked(self) -> None:
        """Tell what was chosen."""
        item = self.sender()
        if not isinstance(item, SideItem):
            return
        chosen = item.item
        if isinstance(chosen, View):
            self.mark(chosen.query)
            self.view_chosen.emit(chosen)
        elif isinstance(chosen, Page) and chosen == self._page:
            self.mark("")
            self.view_chosen.emit(first_view(chosen.table))
        elif isinstance(chosen, Page):
            self.mark(self._query)
            self.list_chosen.emit(chosen.table)
        else:
            self._shows_all_topics = not self._shows_all_topics
            self._rebuild()

    # -- counting

    def _begin_anew(self) -> None:
        """Show the lines of another page or file, with their counts as soon as these are there."""
        self._counts = LineCounts()
        self.refresh()
        if self._reading.is_busy or not self._workspace.is_open or not self._counts.numbers:
            self._rebuild()

    def _on_reading_answered(self, counts: LineCounts) -> None:
        is_new = counts.topics != self._counts.topics or not self._counts.numbers
        self._counts = counts
        if is_new:
            self._rebuild()
        else:
            self._show_counts()

    def _show_counts(self) -> None:
        for item in self._items:
            item.set_count(self._counts.numbers.get(line_name(item.item)))

    # -- making the lines

    def _rebuild(self) -> None:
        place, focused = self.verticalScrollBar().value(), self._focused_key()
        pane = QWidget()
        pane.setObjectName("sidebar-pane")
        layout = QVBoxLayout(pane)
        layout.setContentsMargins(*(self._theme.px(side) for side in (10, 12, 10, 10)))
        layout.setSpacing(self._theme.px(1))
        self._items = []
        if self._page:
            # Of a reference list, the line of the list itself is the view of all.
            views = BUILT_IN[self._page.table]
            self._add_items(pane, layout, views[1:] if self._page in LISTS else views)
            self._add_topics(pane, layout, self._page.table)
        self._add_heading(layout, self.tr("Reference"))
        self._add_items(pane, layout, LISTS)
        layout.addStretch(1)
        # Not setWidget alone: it deletes the old lines at once, one of which may be handling its click.
        if old := self.takeWidget():
            old.deleteLater()
        self.setWidget(pane)
        self.verticalScrollBar().setValue(place)
        self.mark(self._query)
        self._show_counts()
        for item in self._items:
            if focused is not None and line_name(item.item) == focused:
                item.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focused_key(self) -> str | None:
        return next((line_name(item.item) for item in self._items if item.hasFocus()), None)

    def _add_topics(self, pane: QWidget, layout: QVBoxLayout, table: str) -> None:
        topics = self._counts.topics
        if not topics:
            return
        self._add_heading(layout, QCoreApplication.translate("views", FACETS[table].heading))
        shown = topics if self._shows_all_topics else topics[:_MOST_TOPICS]
        self._add_items(pane, layout, shown)
        if len(topics) > _MOST_TOPICS:
            label = self.tr("Fewer") if self._shows_all_topics else self.tr("All {}").format(len(topics))
            self._add_item(pane, layout, None, label, "collapse" if self._shows_all_topics else "expand")

    def _add_heading(self, layout: QVBoxLayout, text: str) -> None:
        heading = QLabel(text, layout.parentWidget())
        heading.setTextFormat(Qt.TextFormat.PlainText)
        heading.setProperty("role", "heading")
        heading.setContentsMargins(*(self._theme.px(side) for side in (9, 11, 0, 5)))
        layout.addWidget(heading)

    def _add_items(self, pane: QWidget, layout: QVBoxLayout, chosen: Sequence[View | Page]) -> None:
        for item in chosen:
            self._add_item(pane, layout, item, QCoreApplication.translate("views", item.label), item.icon)

    def _add_item(self, pane: QWidget, layout: QVBoxLayout, item: View | Page | None, label: str, icon: str) -> None:
        line = SideItem(item, label, icon, self._theme, self._icons, pane)
        line.setObjectName(f"side-{_object_name(item)}")
        line.clicked.connect(self.on_item_clicked)
        line.step_requested.connect(partial(self.move_focus, line))
        layout.addWidget(line)
        self._items.append(line)

    def _set_tab_stop(self) -> None:
        """Let the Tab key stop once, at the chosen line; from there the arrows lead on."""
        self.set_stop(next((item for item in self._items if item.isChecked()), self._items[0]))

    def _is_current(self, item: View | Page | None) -> bool:
        if isinstance(item, Page):
            return item == self._page and not self._query
        return isinstance(item, View) and item.query == self._query


def _object_name(item: View | Page | None) -> str:
    return (item.name if item else "more").replace(":", "-").replace("_", "-").lower()
