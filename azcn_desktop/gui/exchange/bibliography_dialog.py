"""The bibliography dialog: the sources of which records, which format, where to.

Asks and shows; what a bibliography is, and which sources records rest on, is known to `exchange.bibliography` and
`store.citing`, run on the worker with its own connection.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from azcn_desktop.exchange.bibliography import FORMATS, Format, format_of, write_bibliography
from azcn_desktop.gui.exchange.target_dialog import TargetDialog
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.plain_label import PlainLabel
from azcn_desktop.progress import Progress
from azcn_desktop.store import citing
from azcn_desktop.store.query import Query
from azcn_desktop.store.store import Store

_SHOWN, _SELECTED, _ALL = range(3)


class BibliographyDialog(TargetDialog):
    """Asks whose sources to write and shows how it goes.

    Signals:
        exported(Path): the file is in its place.
    """

    exported = Signal(object)

    def __init__(
        self,
        parts: DialogParts,
        query: Query,
        selected: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        """Show what can be written.

        Args:
            parts: the open file, the worker and the look.
            query: what the page shows.
            selected: the ids of its selected records.
            parent: the window.
        """
        title = QCoreApplication.translate("BibliographyDialog", "Export bibliography")
        super().__init__("bibliography", title, parts, parent)
        self._go.setText(self.tr("Export"))
        self._query = query
        store = self._workspace.store
        self._sources = {
            _SHOWN: citing.sources_used(store, query),
            _SELECTED: citing.sources_of(store, query.table, selected),
            _ALL: citing.all_sources_used(store),
        }
        self._make_scope(len(selected))
        self._make_target("bibliography", FORMATS.items(), next(iter(FORMATS)), "sources")
        self._lay_out()
        self._scope.button(_SHOWN if self._sources[_SHOWN] else _ALL).setFocus()

    # -- building

    def _make_scope(self, selected: int) -> None:
        store = self._workspace.store
        plural = QCoreApplication.translate("catalogue", store.schema[self._query.table].plural).lower()
        names = (
            self.tr("The {} shown here").format(plural),
            self.tr("The selected ones ({:,})").format(selected),
            self.tr("All records"),
        )
        self._scope = QButtonGroup(self)
        for number, (name, what) in enumerate(zip(names, ("shown", "selected", "all"), strict=True)):
            count = len(self._sources[number])
            sources = self.tr("1 source") if count == 1 else self.tr("{:,} sources").format(count)
            button = QRadioButton(f"{name}: {sources}", self)
            button.setObjectName(f"bibliography-{what}")
            button.setAccessibleName(self.tr("Sources of: {}").format(button.text()))
            button.setEnabled(count > 0)
            self._scope.addButton(button, number)
        first = next((n for n in (_SHOWN, _ALL) if self._sources[n]), None)
        self._go.setEnabled(first is not None)
        if first is not None:
            self._scope.button(first).setChecked(True)

    def _lay_out(self) -> None:
        px = self._theme.px
        form = QGridLayout()
        form.setHorizontalSpacing(px(16))
        form.setVerticalSpacing(px(10))
        form.addWidget(PlainLabel(self.tr("Sources of"), self), 0, 0)
        for row, button in enumerate(self._scope.buttons()):
            form.addWidget(button, row, 1)
        self._lay_out_target(form, 3)
        form.setColumnStretch(1, 1)
        hint = PlainLabel(
            self.tr("For Zotero, EndNote, LaTeX or a footnote. What a source lacks is left out."),
            self,
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        body = QVBoxLayout(self)
        body.setContentsMargins(px(20), px(18), px(20), px(16))
        body.setSpacing(px(14))
        body.addWidget(self._title)
        body.addWidget(hint)
        body.addLayout(form)
        body.addStretch(1)
        body.addWidget(self._bar)
        body.addLayout(self._foot())
        self._fit(600, 320)

    # -- what was chosen

    @property
    def format(self) -> Format:
        """The format that is chosen."""
        return format_of(Path(), str(self._format.currentData()))

    @property
    def source_keys(self) -> list[int]:
        """The sources that are chosen."""
        return self._sources[max(self._scope.checkedId(), _SHOWN)]

    # -- running

    def start(self, target: Path) -> None:
        """Write what is chosen to a file on the worker."""
        if self._job is not None:
            return
        work = partial(_write, self.source_keys, self.format, target)
        self._run(self._jobs.submit(self.tr("Writing the bibliography"), work, self._workspace.store.path))

    def show_running(self, is_running: bool) -> None:
        """Lock the choices while it runs; the keyboard goes to the button that can be used."""
        if is_running:
            self._leave.setFocus()
        for widget in (self._format, self._target, self._browse, self._go):
            widget.setEnabled(not is_running)
        for number, button in enumerate(self._scope.buttons()):
            button.setEnabled(not is_running and bool(self._sources[number]))
        if not is_running:
            self._go.setFocus()

    def take_result(self, result: object) -> None:
        """Say what was written, and where."""
        assert isinstance(result, Path)
        count = len(self.source_keys)
        sources = self.tr("1 source") if count == 1 else self.tr("{:,} sources").format(count)
        self._say(self.tr("Exported {} to {}").format(sources, result), "ok")
        self._reset_confirmation()
        self.exported.emit(result)


def _write(source_keys: list[int], format: Format, target: Path, store: Store, _progress: Progress) -> Path:
    write_bibliography(store, source_keys, format, target)
    return target
