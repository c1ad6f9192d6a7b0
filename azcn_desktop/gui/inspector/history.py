"""The history of a record in the inspector: what was changed, when, from what to what, in words."""

from __future__ import annotations

import html
import re
from functools import partial

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale, Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from azcn_desktop.gui.inspector.lines import clear
from azcn_desktop.gui.inspector.section import Section
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.reading import Reading
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.widgets.plain_label import wrapped
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import Change
from azcn_desktop.records.dates import short_date_words
from azcn_desktop.records.kinds import Row, Value
from azcn_desktop.records.schema import RecordType
from azcn_desktop.store.journal import Step
from azcn_desktop.store.records import Record
from azcn_desktop.store.store import Store

_MOST_STEPS = 4
_CUT = 90
_TEXTS = ("text_raw", "text_clean", "text_repairs")
_HASH = re.compile(r"\b([0-9a-f]{12})[0-9a-f]{52}\b")
_LONG_WORD = re.compile(r"\S{30}(?=\S)")


class RevisionSection(Section):
    """What was changed, when, from what to what.

    Signals:
        read(Record): the history of this record is known.
    """

    read = Signal(object)

    def __init__(
        self, workspace: Workspace, theme: ThemeController, icons: Icons, parent: QWidget | None = None,
        jobs: JobRunner | None = None,
    ) -> None:  # fmt: skip
        super().__init__(QCoreApplication.translate("inspector", "Revisions"), theme, icons, parent)
        self._workspace = workspace
        self._reading = Reading(workspace, jobs, self.tr("Read the history"), self)
        self._reading.answered.connect(self._take)
        self._steps: list[Step] = []
        self._record: Record | None = None
        self._is_unfolded = False

    @property
    def count(self) -> int:
        """How many steps touched the record."""
        return len(self._steps)

    def show_record(self, record: Record) -> None:
        """Show the history of a record."""
        if self._record is None or (record.table, record.key) != (self._record.table, self._record.key):
            self._is_unfolded = False
            self.hide()
        self._record = record
        is_long = self._workspace.store.journal.is_long_history(record.table, record.key)
        self._reading.ask(partial(_history, record.table, record.key), at_once=not is_long)

    def _take(self, steps: list[Step]) -> None:
        self._steps = steps
        self.set_count(len(steps))
        self.setVisible(bool(steps))
        self._rebuild()
        self.read.emit(self._record)

    def on_all_clicked(self) -> None:
        """Show the older steps too."""
        self._is_unfolded = True
        self._rebuild()

    def _rebuild(self) -> None:
        clear(self.body)
        assert self._record is not None
        shown = self._steps if self._is_unfolded else self._steps[:_MOST_STEPS]
        for step in shown:
            self.body.addWidget(self._step(step))
        if len(shown) < len(self._steps):
            more = QPushButton(self.tr("All {}").format(len(self._steps)), self)
            more.setObjectName("button-all-steps")
            more.setAccessibleName(self.tr("Show all {} steps").format(len(self._steps)))
            more.setProperty("role", "link")
            more.clicked.connect(self.on_all_clicked)
            self.body.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _step(self, step: Step) -> QWidget:
        assert self._record is not None
        block = QWidget(self)
        column = QVBoxLayout(block)
        column.setContentsMargins(self._theme.px(8), self._theme.px(3), 0, self._theme.px(5))
        column.setSpacing(self._theme.px(1))
        column.addWidget(wrapped(local_time(step.at), "faint"))
        for line in step_lines(self._workspace.store, self._record, step):
            label = wrapped(_breakable(_HASH.sub(r"\1…", line)))
            if _HASH.search(line):
                label.setToolTip(f"<qt>{html.escape(_breakable(line))}</qt>")
            column.addWidget(label)
        return block


def _history(table: str, key: int, store: Store, progress: Progress) -> list[Step]:
    progress.check()
    return store.history(table, key)


def _breakable(line: str) -> str:
    """Let a word that is wider than the pane go on in the next line."""
    return _LONG_WORD.sub("\\g<0>\u200b", line)


def local_time(at: str) -> str:
    """Write a moment of UTC as local day and time: "12 Nov 2026, 09:41"."""
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODate).toLocalTime()
    if not moment.isValid():
        return at
    return f"{local_day(at)}, {QLocale.c().toString(moment.time(), 'HH:mm')}"


def local_day(at: str) -> str:
    """Write the local day of a moment of UTC: "12 Nov 2026"."""
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODate).toLocalTime()
    return short_date_words(moment.date().toString(Qt.DateFormat.ISODate)) if moment.isValid() else at


def step_lines(store: Store, record: Record, step: Step) -> list[str]:
    """Put a recorded step into words, one line for each field or member that it changed, and one for a text."""
    lines = [line for change in step.change_set.changes for line in _change_lines(store, record, change)]
    return lines or [step.label]


def _change_lines(store: Store, record: Record, change: Change) -> list[str]:
    record_type = store.schema[change.table]
    is_own = change.table == record.table
    if change.before is None or change.after is None:
        if is_own:
            return [_tr("Created") if change.before is None else _tr("Removed")]
        image = change.after if change.before is None else change.before
        words = _tr("{} added: {}") if change.before is None else _tr("{} removed: {}")
        return [words.format(record_type.label, _part_words(store, record_type, record, image or {}))]
    if "deleted_at" in change.after:
        return [_tr("Moved to the trash") if change.after["deleted_at"] else _tr("Restored from the trash")]
    prefix = "" if is_own else f"{record_type.label}, "
    lines = _field_lines(store, record_type, record if is_own else None, change)
    return [prefix + line for line in [*_text_lines(change), *lines]]


def _text_lines(change: Change) -> list[str]:
    """Say what became of the text of a source, which a history tells as numbers."""
    before, after = change.before or {}, change.after or {}
    if "text_raw" not in after and "text_clean" not in after and "text_repairs" not in after:
        return []
    which = "text_raw" if "text_raw" in after else "text_clean"
    repairs = _from_to(before.get("text_repairs"), after.get("text_repairs"))
    length = _from_to(before.get(which), after.get(which))
    if which == "text_clean":
        words = _tr("Text cleaned again")
    elif after.get(which) is None:
        words = _tr("Text removed")
    else:
        words = _tr("Text added") if before.get(which) is None else _tr("Text replaced")
    told = [_tr("{} characters").format(length)] if length else []
    told += [_tr("repairs: {}").format(repairs)] if repairs else []
    return [f"{words}: {', '.join(told)}" if told else words]


def _from_to(old: Value, new: Value) -> str:
    """Write "1,200 → 1,310", or the one number there is, or nothing."""
    numbers = [f"{number:,}" for number in (old, new) if isinstance(number, int)]
    return " → ".join(dict.fromkeys(numbers))


def footer_text(store: Store, record: Record, revisions: int) -> str:
    """Say when a record was edited last, and how often; or that it is as it was shipped."""
    if not revisions and store.shipped_values(record.table, record.key) is not None:
        return _tr("As shipped")
    if not revisions:
        return _tr("Added {}").format(local_day(str(record.values.get("created_at"))))
    count = _tr("1 revision") if revisions == 1 else _tr("{:,} revisions").format(revisions)
    return _tr("Edited {} · {}").format(local_day(str(record.values.get("updated_at"))), count)


def _field_lines(store: Store, record_type: RecordType, record: Record | None, change: Change) -> list[str]:
    """Write "Status: Planned → Held" for every field; the unit of an amount is told with the amount."""
    before, after = dict(change.before or {}), dict(change.after or {})
    now = dict(record.values) if record else {}
    columns = (column for column in after if column not in _TEXTS)
    fields = dict.fromkeys(f.name for column in columns if (f := record_type.field_of_column(column)))
    lines = []
    for name in fields:
        old = store.label_of(record_type, name, now | before)
        new = store.label_of(record_type, name, now | after)
        label = QCoreApplication.translate("catalogue", record_type.field(name).label)
        lines.append(f"{label}: {_cut(old)} → {_cut(new)}")
    return lines


def _part_words(store: Store, part: RecordType, record: Record, image: Row) -> str:
    """Name a member: what its fields say, without the record that it belongs to."""
    own = {column for column, target in part.references().items() if target == record.table}
    words = []
    for f in part.fields:
        columns = set(f.kind.columns(f.name))
        if columns and not (columns <= own) and any(image.get(column) is not None for column in columns):
            words.append(store.label_of(part, f.name, image))
    return _cut(", ".join(word for word in words if word)) or _tr("one")


def _cut(text: str) -> str:
    line = " ".join(text[: 4 * _CUT].split())
    return "–" if not line else line if len(line) <= _CUT else f"{line[:_CUT]}…"


def _tr(text: str) -> str:
    return QCoreApplication.translate("inspector", text)
