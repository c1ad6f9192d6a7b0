"""Importing statistics: a file of an office and what it would change; nothing is written before a person says so.

The dialog goes from file to preview, by way of the mapping page where a file does not say everything by itself. All
reading and writing is a job of the worker. While rows are written the dialog is out of the way, so that everything can
be looked at; it comes back when that failed.
"""

from __future__ import annotations

from functools import cached_property, partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.errors import Conflict, UserError
from azcn_desktop.exchange.cells import record_type_of
from azcn_desktop.gui.settings import Settings
from azcn_desktop.gui.statistics_import import work
from azcn_desktop.gui.statistics_import.mapping import MappingPage
from azcn_desktop.gui.statistics_import.preview import Preview
from azcn_desktop.gui.statistics_import.source import SourceHead
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.job_dialog import JobDialog
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.records.changes import ChangeNotice
from azcn_desktop.trade.guessing import guess
from azcn_desktop.trade.importing import ImportPlan
from azcn_desktop.trade.layout import Layout, Mapping
from azcn_desktop.trade.layouts import MAPPED
from azcn_desktop.trade.preview import summary
from azcn_desktop.trade.recognising import Sample, Untold, fitting
from azcn_desktop.trade.remembering import Remembered

MAPPINGS = "statistics/mappings"
_LONGEST_NAME = 40


class StatisticsImportDialog(JobDialog):
    """Asks for a file of statistics, shows what it would change, and changes it.

    Signals:
        planned(ImportPlan): the preview is shown.
        asked(Untold): the mapping page is shown.
        imported(str): the flows are written; a sentence about it.
        records_found(Path): the file is a table of records, or the person says so.
    """

    planned = Signal(object)
    asked = Signal(object)
    imported = Signal(str)
    records_found = Signal(object)

    def __init__(
        self,
        parts: DialogParts,
        settings: Settings,
        parent: QWidget | None = None,
    ) -> None:
        """Wait for a file.

        Args:
            parts: the open file, the worker and the look.
            settings: remembers mappings.
            parent: the window.
        """
        title = QCoreApplication.translate("StatisticsImportDialog", "Import statistics")
        super().__init__("statistics-import", title, parts, parent)
        self._settings = settings
        self._planned: work.Planned | None = None
        self._sample, self._untold_layout = Sample(), MAPPED
        self._layout: Layout | None = None
        self._mapping: Mapping | None = None
        self._is_writing = self._is_stale = False
        self._head = SourceHead(self._theme, self._icons, self)
        self._head.file_chosen.connect(self.choose)
        self._head.layout_chosen.connect(self._on_layout_chosen)
        self._head.columns_requested.connect(self._on_columns_requested)
        self._head.forget_requested.connect(self._on_forget_requested)
        self._head.records_requested.connect(self._hand_over)
        self._make_result()
        self._lay_out()
        self._go.clicked.connect(self.start)
        self._workspace.closing.connect(self._drop_plan)
        self._show_nothing()

    # -- building

    def _make_result(self) -> None:
        self._counts = PlainLabel("", self)
        self._counts.setObjectName("statistics-import-counts")
        self._counts.setProperty("role", "section")
        self._pages = QStackedWidget(self)
        self._pages.addWidget(QWidget(self._pages))
        self._skip = QCheckBox(self.tr("Leave out the refused rows"), self)
        self._skip.setObjectName("statistics-import-skip-bad")
        self._skip.setAccessibleName(self._skip.text())
        self._skip.toggled.connect(self._show_state)

    def _lay_out(self) -> None:
        px = self._theme.px
        body = QVBoxLayout(self)
        body.setContentsMargins(px(20), px(18), px(20), px(16))
        body.setSpacing(px(10))
        body.addWidget(self._title)
        body.addWidget(self._head)
        body.addWidget(self._counts)
        body.addWidget(self._pages, 1)
        body.addWidget(self._skip)
        body.addWidget(self._bar)
        body.addLayout(self._foot())
        self._fit(1060, 680)
        self._head.setFocus()

    @cached_property
    def _preview(self) -> Preview:
        """The preview, made when there is something to be seen in it: half of the dialog's widgets are there."""
        # Every part is made inside the one that holds it: moving a finished tree makes Qt style all of it again.
        preview = Preview(self._theme, self._pages)
        preview.sentence_chosen.connect(self._on_sentence_chosen)
        preview.facts.changed.connect(self._show_state)
        self._pages.addWidget(preview)
        return preview

    @cached_property
    def _map(self) -> MappingPage:
        """The mapping page, which most files never need."""
        page = MappingPage(self._theme, self._pages)
        page.changed.connect(self._show_state)
        self._pages.addWidget(page)
        return page

    @property
    def _is_mapping(self) -> bool:
        return isinstance(self._pages.currentWidget(), MappingPage)

    # -- reading

    def choose(self, path: Path) -> None:
        """Take a file and show what it would do, also when it is the same file again."""
        if self._job is not None:
            return
        self._head.show_file(path)
        self._layout = self._mapping = None
        self._sample = Sample()
        self._show_nothing()
        self._plan()

    def _plan(self) -> None:
        self._drop_plan()
        path = Path(self._head.path)
        planning = partial(work.plan, path, self._layout, self._mapping, self._remembered())
        label = self.tr("Reading {}").format(short_name(path))
        self._run(self._jobs.submit(label, planning, self._workspace.store.path))

    def _remembered(self) -> Remembered:
        return Remembered.from_text(self._settings.text(MAPPINGS))

    def _on_layout_chosen(self, name: str) -> None:
        chosen = next((layout for layout in self._offered() if layout.name == name), None)
        if chosen is MAPPED:
            self._ask_for_columns(MAPPED, self._mapping or guess(self._sample))
        elif chosen is not None:
            self._layout, self._mapping = chosen, None
            self._plan()

    def _on_columns_requested(self) -> None:
        plan = self._planned.plan if self._planned else None
        layout = plan.layout if plan else self._untold_layout
        given = (plan.mapping if plan else self._mapping) or Mapping()
        is_guessed = layout is MAPPED and not given.columns
        self._ask_for_columns(layout, guess(self._sample) if is_guessed else given)

    def _ask_for_columns(self, layout: Layout, mapping: Mapping) -> None:
        self._untold_layout = layout
        self._map.ask(self._sample, layout, mapping)
        self._pages.setCurrentWidget(self._map)
        self._counts.setText(self.tr("Which column is what?"))
        self._fill_layouts(layout)
        self._say("", "muted")
        self._show_state()

    def _on_forget_requested(self) -> None:
        self._settings.keep(MAPPINGS, self._remembered().without(self._sample.header).to_text())
        self._drop_plan()
        self._layout = self._mapping = None
        self._ask_for_columns(MAPPED, guess(self._sample))
        self._say(self.tr("Forgotten. The next file with these columns is asked for again."), "muted")

    def _hand_over(self) -> None:
        """Let the file be imported as records."""
        if self._job is None:
            self.records_found.emit(Path(self._head.path))
            self.reject()

    # -- showing

    def _show_nothing(self) -> None:
        self._pages.setCurrentIndex(0)
        self._counts.setText("")
        self._fill_layouts(None)
        self._skip.setChecked(False)
        self._show_state()

    def _show_plan(self, planned: work.Planned) -> None:
        plan = planned.plan
        self._planned, self._sample, self._is_stale = planned, plan.sample, False
        self._counts.setText(summary(plan))
        self._preview.show_plan(plan, planned.state[1])
        self._pages.setCurrentWidget(self._preview)
        self._fill_layouts(plan.layout)
        self._skip.setChecked(False)
        self._say("", "muted")
        self._show_state()
        (self._go if self._go.isEnabled() else self._preview).setFocus()
        if plan.is_empty:
            self._say(
                self.tr("There is nothing to import: {}").format(self._why_empty(plan)), "ok" if plan.same else "muted"
            )

    def _why_empty(self, plan: ImportPlan) -> str:
        if plan.same:
            return self.tr("everything in this file is there already.")
        return self.tr("no row of it is a flow.") if not plan.refusals else self.tr("every row of it is refused.")

    def _offered(self) -> list[Layout]:
        """Return the layouts that the present table could be read with."""
        return [*(layout for layout in fitting(self._sample.header) if not layout.refusal), MAPPED]

    def _fill_layouts(self, chosen: Layout | None) -> None:
        self._head.show_layouts(self._offered() if self._sample.header else (), chosen)

    def _show_state(self, *_: object) -> None:
        """Enable what can be done now, and name it."""
        is_mapping, is_idle = self._is_mapping, self._job is None
        plan = self._planned.plan if self._planned else None
        is_as_before = bool(self._planned and self._planned.is_as_before) and not is_mapping
        self._head.show_links(
            has_columns=plan is not None and plan.commodities is None and not is_mapping, is_as_before=is_as_before
        )
        self._skip.setVisible(bool(plan and plan.refusals and not plan.is_empty) and not is_mapping)
        self._head.setEnabled(is_idle)
        self._skip.setEnabled(is_idle)
        self._pages.setEnabled(is_idle)
        if is_mapping or self._is_stale:
            self._go.setText(self.tr("Show preview"))
            self._go.setEnabled(is_idle and (self._is_stale or self._map.is_ready))
            return
        self._go.setText(self.tr("Import"))
        may_write = plan is not None and not plan.is_empty and (not plan.refusals or self._skip.isChecked())
        may_write = may_write and (plan.commodities is not None or not self._preview.facts.problem()) if plan else False
        self._go.setEnabled(may_write and is_idle and self._workspace.can_edit)

    def _on_sentence_chosen(self, sentence: str) -> None:
        self._say(sentence, "muted")

    # -- going on

    def start(self) -> None:
        """Read the file with the chosen columns, or write what the preview says as one undo step."""
        if self._job is not None:
            return
        if self._is_mapping:
            self._layout, self._mapping = self._untold_layout, self._map.mapping()
            self._plan()
        elif self._is_stale:
            self._plan()
        elif self._planned is not None and self._workspace.can_edit:
            self._write(self._planned)

    def _write(self, planned: work.Planned) -> None:
        self._is_writing = True
        self._workspace.set_busy(True)
        label = self.tr("Importing {}").format(short_name(planned.plan.facts.path))
        writing = partial(work.write, planned, self._preview.facts.facts())
        self._run(self._jobs.submit(label, writing, self._workspace.store.path, read_only=False))
        self.hide()

    def show_running(self, is_running: bool) -> None:
        """Lock the choices while the worker reads or writes; nothing can be edited while it writes."""
        if not is_running and self._is_writing:
            self._is_writing = False
            self._workspace.set_busy(False)
        self._show_state()

    def take_result(self, result: object) -> None:
        """Show the plan, or that it was carried out."""
        if isinstance(result, work.Planned):
            self._show_plan(result)
            self.planned.emit(result.plan)
        elif isinstance(result, ChangeNotice) and self._planned is not None:
            sentence = self._sentence(self._planned.plan)
            self._remember(self._planned.plan)
            self._workspace.tell(result)
            self.imported.emit(sentence)
            self.accept()

    def _sentence(self, plan: ImportPlan) -> str:
        count = plan.new + plan.changed
        publishers = list(dict.fromkeys(part.publisher for part in plan.coverage)) or [plan.layout.publisher]
        what = (
            (self.tr("code") if count == 1 else self.tr("codes"))
            if plan.commodities is not None
            else (self.tr("flow") if count == 1 else self.tr("flows"))
        )
        return self.tr("Imported {} {} of {} (undo: Ctrl+Z).").format(f"{count:,}", what, ", ".join(publishers[:3]))

    def _remember(self, plan: ImportPlan) -> None:
        if plan.mapping.columns or plan.mapping.fixed or plan.mapping.publisher:
            kept = self._remembered().kept(plan.sample.header, plan.layout, plan.mapping)
            self._settings.keep(MAPPINGS, kept.to_text())

    def say_failure(self, error: UserError) -> None:
        """Ask for what a file leaves untold; else show the sentence, and everything stays as it was."""
        if isinstance(error, Untold) and error.sample.header:
            self._sample = error.sample
            is_new = error.layout is MAPPED and self._mapping is None
            if is_new and record_type_of(self._workspace.schema, error.sample.header):
                self._hand_over()
                return
            self._ask_for_columns(error.layout, self._mapping or guess(error.sample))
            self._map.focus_first_problem()
            self.asked.emit(error)
            return
        if isinstance(error, Conflict):
            self._is_stale = True
        self._show_state()
        super().say_failure(error)

    def _on_job_failed(self, error: object) -> None:
        self._come_back()
        super()._on_job_failed(error)

    def _come_back(self) -> None:
        """Stand before the person again after a write that failed."""
        if self.isHidden() and self._planned is not None and self._workspace.is_open:
            self.open()

    def done(self, result: int) -> None:
        """Close, and remove what was read."""
        self._drop_plan()
        super().done(result)

    def _drop_plan(self) -> None:
        planned, self._planned = self._planned, None
        if planned is not None:
            planned.plan.close()


def short_name(path: Path) -> str:
    """Return the name of a file, cut in its middle where it is long."""
    name = path.name if path.name.isprintable() else "".join(c if c.isprintable() else "?" for c in path.name)
    if len(name) <= _LONGEST_NAME:
        return name
    half = _LONGEST_NAME // 2
    return f"{name[:half]}…{name[-half + 1 :]}"
