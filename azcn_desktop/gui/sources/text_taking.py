"""How the text of a source comes in: pasted or opened, cleaned, stored, and compared with all others.

Whatever takes long is done on the worker, and what was pasted is never lost: a text that can't be stored stands in its
dialog again, with the reason. What a text means is the core's.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from shiboken6 import isValid

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.evidence.copies import Likeness
from azcn_desktop.evidence.texts import (
    MOST_CHARACTERS,
    add_text,
    clean_again,
    copies_of,
    refuse_bad_text,
    remove_text,
    text_of,
)
from azcn_desktop.gui.job_runner import Job, JobRunner, Work
from azcn_desktop.gui.messages import plain_box
from azcn_desktop.gui.sources.encoding_dialog import EncodingDialog
from azcn_desktop.gui.sources.paste_dialog import PasteDialog
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.records.changes import ChangeNotice, ChangeSet
from azcn_desktop.store.journal import LONG
from azcn_desktop.store.passages import passages
from azcn_desktop.store.store import Store

if TYPE_CHECKING:
    from azcn_desktop.exchange.documents import Document

DOCUMENTS = (".txt", ".html", ".htm", ".md", ".pdf")
_AT_ONCE = 20_000  # characters that are cleaned while nobody notices


class TextTaking(QObject):
    """Takes texts for sources.

    Signals:
        message(str, bool): a sentence for the status line; True for a problem.
        compared(key, list): which other texts the text of a source repeats, most alike first.
    """

    message = Signal(str, bool)
    compared = Signal(object, object)

    def __init__(
        self, workspace: Workspace, jobs: JobRunner, read_document: Callable[[Path, str], Document], owner: QWidget
    ) -> None:
        super().__init__(owner)
        self._workspace, self._jobs, self._read_document, self._owner = workspace, jobs, read_document, owner

    def ask_to_paste(self, key: int) -> None:
        """Ask for the text of a source; the field begins with what is on the clipboard."""
        self._ask(key, QApplication.clipboard().text())

    def ask_to_open(self, key: int) -> None:
        """Ask for a file with the text of a source."""
        patterns = self.tr("Documents ({})").format(" ".join(f"*{suffix}" for suffix in DOCUMENTS))
        title = self.tr("Open the text of the source")
        name, _ = QFileDialog.getOpenFileName(self._owner, title, "", patterns)
        if name:
            self.open_document(key, Path(name))

    def open_document(self, key: int, path: Path) -> None:
        """Read a document on the worker and store its text with a source; ask before another text is replaced."""
        if self._workspace.store.column("source", [key], "sha256").get(key) and not self._may_replace():
            return
        job = self._reading(path)
        job.succeeded.connect(partial(self._if_there, self._on_document_read, key, path))
        self._follow(job)

    def _may_replace(self) -> bool:
        question = self.tr("This source has a text already. Replace it? Its quotes are looked for in the new one.")
        box = plain_box(self._owner, self.tr("Replace the text"), question)
        box.setObjectName("confirm-replace-text")
        replace = box.addButton(self.tr("Replace it"), QMessageBox.ButtonRole.AcceptRole)
        replace.setObjectName("confirm-replace")
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.exec()
        return box.clickedButton() is replace

    def look_for_copies(self, key: int) -> None:
        """Compare the text of a source with all others, on the worker."""
        job = self._jobs.submit(self.tr("Comparing texts"), partial(_copies, key), self._workspace.store.path)
        job.succeeded.connect(partial(self._if_there, self._on_compared, key))
        self._follow(job)

    def _ask(self, key: int, text: str) -> PasteDialog:
        dialog = PasteDialog(text, partial(self._take, key), self._owner)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def _take(self, key: int, raw: str) -> None:
        """Store a text; a long one is cleaned on the worker, and looked at there. Raises UserError."""
        if len(raw) <= LONG or len(raw) > MOST_CHARACTERS:
            refuse_bad_text(raw)
        if len(raw) <= _AT_ONCE:
            self._workspace.apply(add_text(self._workspace.store, key, raw))
            self._on_stored(key)
            return
        then, ask_again = partial(self._on_stored, key), partial(self._ask_again, key, raw)
        self._change(self.tr("Cleaning the text"), partial(_cleaned, key, raw), then, ask_again)

    def clean_again(self, key: int) -> None:
        """Clean the text of a source anew; on the worker unless it is short. Raises UserError."""
        self._change_text(key, self.tr("Cleaning the text"), clean_again)

    def remove(self, key: int) -> None:
        """Take the text off a source; on the worker if it is long. Raises UserError."""
        self._change_text(key, self.tr("Removing the text"), _removed)

    def _change_text(self, key: int, label: str, make: Callable[[Store, int, Progress], ChangeSet]) -> None:
        store = self._workspace.store
        if store.database.size("source", "text_raw", key) <= _AT_ONCE:
            self._workspace.apply(make(store, key, Progress()))
        else:
            self._change(label, partial(_made, key, make), self._done, self._say)

    def _change(self, label: str, make: Work, then: Callable[[], None], refused: Callable[[str], None]) -> None:
        """Let the worker make a step of a text, and write it: the worker too, if it is long."""
        job = self._jobs.submit(label, make, self._workspace.store.path)
        job.succeeded.connect(partial(self._if_there, self._write, then, refused))
        job.failed.connect(partial(self._if_there, self._on_failed, refused))

    def _write(self, then: Callable[[], None], refused: Callable[[str], None], step: ChangeSet) -> None:
        try:
            if not _is_long(step):
                self._workspace.apply(step)
                then()
                return
            job = self._workspace.write_on(self._jobs, self.tr("Storing the text"), partial(_applied, step))
        except UserError as error:
            refused(str(error))
            return
        job.succeeded.connect(partial(self._if_there, _without_notice, then))
        job.failed.connect(partial(self._if_there, self._on_failed, refused))

    def _done(self) -> None:
        """Say nothing: the text is seen."""

    def _on_stored(self, key: int) -> None:
        states = [passage.anchor_state for passage in passages(self._workspace.store, key)]
        words = self.tr("Text stored. {} quotes found their places.").format(states.count("anchored"))
        if lost := states.count("lost"):
            words += " " + self.tr("{} are not in it; they are marked in the list.").format(lost)
        self.message.emit(words, bool(lost))
        self.look_for_copies(key)

    def _if_there(self, then: Callable[..., None], *arguments: Any) -> None:
        """Go on with a result, unless the window was closed meanwhile: Qt can't tell whom a partial belongs to."""
        if isValid(self):
            then(*arguments)

    def _on_compared(self, key: int, found: list[Likeness[int]]) -> None:
        self.compared.emit(key, found)

    def _reading(self, path: Path, encoding: str = "") -> Job:
        work = partial(_read, self._read_document, path, encoding)
        return self._jobs.submit_without_store(self.tr("Reading {}").format(path.name), work)

    def _on_document_read(self, key: int, path: Path, document: Document) -> None:
        if document.guess:
            self._ask_for_encoding(key, path, document)
        else:
            self._take_document(key, document)

    def _ask_for_encoding(self, key: int, path: Path, document: Document) -> None:
        dialog = EncodingDialog(path.name, document, self._owner)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(partial(self._read_again, dialog, path))
        dialog.accepted.connect(partial(self._take_chosen, key, dialog))
        dialog.open()

    def _read_again(self, dialog: EncodingDialog, path: Path, encoding: str) -> None:
        job = self._reading(path, encoding)
        job.succeeded.connect(partial(self._if_chosen, dialog, encoding, dialog.show_document))
        job.failed.connect(partial(self._if_chosen, dialog, encoding, partial(self._say_in, dialog)))

    def _if_chosen(self, dialog: EncodingDialog, encoding: str, then: Callable[[Any], None], result: object) -> None:
        """Go on, unless the dialog was closed or another encoding chosen meanwhile."""
        if isValid(dialog) and dialog.encoding.currentData() == encoding:
            then(result)

    def _say_in(self, dialog: EncodingDialog, error: Exception) -> None:
        if isinstance(error, UserError):
            dialog.say(str(error))
        elif not isinstance(error, Cancelled):
            raise error

    def _take_chosen(self, key: int, dialog: EncodingDialog) -> None:
        """Store what the dialog showed; the person has seen the encoding and needs no note on it."""
        document = dialog.document
        self._take_document(key, replace(document, notes=document.notes[1:] if document.guess else document.notes))

    def _take_document(self, key: int, document: Document) -> None:
        try:
            self._take(key, document.text)
        except UserError as error:
            self.message.emit(str(error), True)
            return
        if document.notes:
            self.message.emit(" ".join(document.notes), True)

    def _ask_again(self, key: int, raw: str, problem: str) -> None:
        self._ask(key, raw).say(problem)

    def _say(self, problem: str) -> None:
        self.message.emit(problem, True)

    def _follow(self, job: Job) -> None:
        job.failed.connect(partial(self._if_there, self._on_failed, self._say))

    def _on_failed(self, refused: Callable[[str], None], error: Exception) -> None:
        if isinstance(error, UserError):
            refused(str(error))
        elif not isinstance(error, Cancelled):
            raise error


def _read(read_document: Callable[[Path, str], Document], path: Path, encoding: str, progress: Progress) -> Document:
    progress.check()
    return read_document(path, encoding)


def _cleaned(key: int, raw: str, store: Store, progress: Progress) -> ChangeSet:
    progress.check()
    return add_text(store, key, raw, progress)


def _made(
    key: int, make: Callable[[Store, int, Progress], ChangeSet], store: Store, progress: Progress
) -> ChangeSet:  # fmt: skip
    return make(store, key, progress)


def _removed(store: Store, key: int, _progress: Progress) -> ChangeSet:
    return remove_text(store, key)


def _applied(step: ChangeSet, store: Store, progress: Progress) -> ChangeNotice:
    progress.check()
    return store.apply(step)


def _without_notice(then: Callable[[], None], _notice: ChangeNotice) -> None:
    then()


def _is_long(step: ChangeSet) -> bool:
    values = (
        value for change in step.changes for side in (change.before, change.after) for value in (side or {}).values()
    )
    return any(isinstance(value, str) and len(value) > LONG for value in values)


def _copies(key: int, store: Store, progress: Progress) -> list[Likeness[int]]:
    progress.check()
    text = text_of(store, key)
    return copies_of(store, text.clean, key) if text else []
