"""Writing a folder of files so that a reader sees all of it or nothing.

Everything goes to a private folder beside the target, which takes its place when the work has ended well. Whatever
stops it leaves nothing. A folder that holds something is never replaced. Knows nothing of what is written.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from azcn_desktop.errors import UserError
from azcn_desktop.exchange.atomic_file import UMASK, as_sentence, sync_folder


class AtomicFolder:
    """A folder that takes its place when the `with` block ends well, and vanishes when it does not."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self._place = Path(os.path.realpath(target))
        self._temporary = Path()

    def __enter__(self) -> Path:
        """Return the private folder to write into.

        Raises:
            UserError: the target is no folder or not empty, or its own folder is missing or can't be written.
        """
        with as_sentence(self._target):
            self._refuse_taken()
            if not self._place.parent.is_dir():
                raise UserError(f"The folder {self._place.parent} does not exist. Make it first, or choose another.")
            name = tempfile.mkdtemp(prefix=f".{self._place.name[:40]}.", suffix=".tmp", dir=self._place.parent)
        self._temporary = Path(name)
        return self._temporary

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Put the folder in its place, or remove it."""
        try:
            with as_sentence(self._target):
                if error is None:
                    self._put_in_place()
                elif isinstance(error, OSError):
                    raise error
        finally:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def _refuse_taken(self) -> None:
        if not os.path.lexists(self._place):
            return
        if not self._place.is_dir():
            raise UserError(f"{self._target} is a file. Give the name of a new folder.")
        if any(self._place.iterdir()):
            raise UserError(f"{self._target} is not empty. Give the name of a new folder; nothing is ever mixed.")

    def _put_in_place(self) -> None:
        for place, _, names in os.walk(self._temporary):
            for name in names:
                with Path(place, name).open("rb+") as file:
                    os.fsync(file.fileno())
            sync_folder(Path(place))
        self._temporary.chmod(0o777 & ~UMASK)
        self._refuse_taken()
        if self._place.is_dir():
            self._place.rmdir()  # empty; some systems rename over nothing only
        self._temporary.rename(self._place)
        sync_folder(self._place.parent)
