"""Copies of a file: whole, checked, and in place only when they are good.

Uses SQLite's own backup, never a copy of the file, so that a copy made during an edit is whole.
"""

from __future__ import annotations

import os
import sqlite3
import tempfile
from pathlib import Path

from azcn_desktop.errors import UserError
from azcn_desktop.progress import Progress
from azcn_desktop.store.store import Store

_PAGES_A_STEP = 2_000


def save_copy(store: Store, target: Path, progress: Progress | None = None) -> Path:
    """Write a checked copy of the open file.

    Args:
        store: what is copied.
        target: where to; an existing file is replaced at the end, and only by a good copy.
        progress: reports pages and may cancel.

    Raises:
        UserError: the target can't be written, is the open file itself, or the copy is not sound.
    """
    report = progress or Progress()
    target = Path(os.path.realpath(target))  # the file behind a link is replaced, not the link
    if target.exists() and not target.is_file():
        raise UserError(f"{target} is no file. Choose another name for the copy.")
    if target.exists() and target.samefile(store.path):
        raise UserError("This is the open file itself. Choose another name for the copy.")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise UserError(f"{target.parent} can't be written: {error.strerror}. Choose another folder.") from error
    os.close(handle)
    temporary = Path(name)
    try:
        _copy(store, temporary, report)
        os.replace(temporary, target)
    except (OSError, sqlite3.Error) as error:
        raise UserError(f"The copy {target} could not be written: {error}. Nothing was changed.") from error
    finally:
        temporary.unlink(missing_ok=True)
    return target


def _copy(store: Store, temporary: Path, report: Progress) -> None:
    copy = sqlite3.connect(temporary)

    def on_step(_status: int, remaining: int, total: int) -> None:
        report.report(total - remaining, total, "Copying")

    try:
        store.database.connection.backup(copy, pages=_PAGES_A_STEP, progress=on_step)
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        copy.close()
    if sound != "ok":
        raise UserError(f"The copy is not sound: {sound}. The open file may be damaged; check it with azcn-cli check.")
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
