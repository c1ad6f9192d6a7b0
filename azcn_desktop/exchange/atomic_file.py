"""Writing files so that a reader sees the old one or the new one, never a part.

Everything goes to a private temporary file beside the target; only when all of it is on the disk it takes the target's
place. Whatever stops the work, an error, a full disk, Ctrl+C, leaves the old file byte for byte and nothing beside it.
Knows nothing of what is written.
"""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from msgspec import Struct

from azcn_desktop.errors import UserError

UMASK = os.umask(0o077)
os.umask(UMASK)  # There is no other way to ask; done once, before any thread is started.


class _Pending(Struct, frozen=True):
    target: Path
    temporary: Path
    mode: int
    file: BinaryIO


class AtomicFiles:
    """Files that take their places together when the `with` block ends well, and vanish when it does not.

    A symbolic link stays a link: the file that it points to is replaced. The mode of an existing file is kept.
    """

    def __init__(self) -> None:
        self._pending: list[_Pending] = []

    def __enter__(self) -> AtomicFiles:
        return self

    def open(self, target: Path) -> BinaryIO:
        """Return a file to write into, which becomes the target in the end.

        Raises:
            UserError: the target is a folder, its folder is missing, or nothing can be written there.
        """
        with as_sentence(target):
            place = Path(os.path.realpath(target))  # Path.resolve raises of its own kind where links run in a circle
            if place.is_symlink():
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            if place.is_dir():
                raise UserError(f"{target} is a folder. Give the name of a file.")
            if place.exists() and not place.is_file():
                raise UserError(f"{target} is a device, not a file. Give the name of a file.")
            if not place.parent.is_dir():
                raise UserError(f"The folder {place.parent} does not exist. Make it first, or choose another one.")
            if place.exists() and not os.access(place, os.W_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # its owner has protected it
            mode = place.stat().st_mode & 0o7777 if place.exists() else 0o666 & ~UMASK
            handle, name = tempfile.mkstemp(prefix=f".{place.name[:40]}.", suffix=".tmp", dir=place.parent)
            try:
                file = opened(handle)
            except BaseException:
                Path(name).unlink()
                raise
        self._pending.append(_Pending(place, Path(name), mode, file))
        return file

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._put_in_place()
            elif isinstance(error, OSError) and self._pending:
                # Files are written one after the other, so it was the last one that could not go on.
                raise UserError(_sentence(self._pending[-1].target, error)) from error
        finally:
            self._discard()

    def _put_in_place(self) -> None:
        for pending in self._pending:
            with as_sentence(pending.target):
                pending.file.flush()
                os.fsync(pending.file.fileno())
                pending.file.close()
                pending.temporary.chmod(pending.mode)
        for pending in self._pending:
            with as_sentence(pending.target):
                pending.temporary.replace(pending.target)
        for folder in {pending.target.parent for pending in self._pending}:
            sync_folder(folder)

    def _discard(self) -> None:
        for pending in self._pending:
            with contextlib.suppress(OSError):
                pending.file.close()
            with contextlib.suppress(OSError):
                pending.temporary.unlink(missing_ok=True)
        self._pending.clear()


def opened(handle: int) -> BinaryIO:
    """Return the file behind a handle, for writing; tests put a failing one in its place."""
    return os.fdopen(handle, "wb")


class as_sentence(contextlib.AbstractContextManager[None]):  # noqa: N801, reads as a word at its place of use
    """Turn what the system says into a sentence that names the target."""

    def __init__(self, target: Path) -> None:
        self._target = target

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if isinstance(error, OSError):
            raise UserError(_sentence(self._target, error)) from error


def _sentence(target: Path, error: OSError) -> str:
    kept = "What was there before is unchanged."
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full; {target} was not written. {kept} Free some space, or choose another place."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{target} can't be written: its folder or the file is protected. Choose another place."
    if error.errno == errno.ENAMETOOLONG:
        return f"The name of the file is too long for this disk. Choose a shorter one than {target.name[:40]}…"
    return f"{target} can't be written: {error.strerror or error}. {kept}"


def sync_folder(folder: Path) -> None:
    """Make the new name itself safe from a power cut, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
