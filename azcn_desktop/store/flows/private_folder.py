"""A folder for temporary files that goes with its owner, and the clearing of those whose owner was killed.

The owner holds SQLite's lock on a file in it. The system lets go of that lock however the owner ends, so a lock that
can be had tells on every platform that nobody needs the folder any more. A number of a process would not: it is given
again, and can't be asked for everywhere. Knows nothing of what lies in the folder.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path

_PREFIX = "azcn-import-"
_LOCK = "owner.lock"
_LEAST_AGE_S = 60  # a folder that was made just now may not be locked yet
_AGE_WITHOUT_LOCK_S = 86_400  # made by a version that took none


class PrivateFolder:
    """A folder that nobody else uses.

    Attributes:
        path: where it lies.
    """

    def __init__(self) -> None:
        clear_abandoned()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._owner = _connect(self.path / _LOCK, "rwc")
        self._owner.execute("BEGIN EXCLUSIVE")

    def close(self) -> None:
        """Remove it with all that lies in it; may be called twice."""
        self._owner.close()
        shutil.rmtree(self.path, ignore_errors=True)


def clear_abandoned() -> None:
    """Remove the folders whose owners are gone; what can't be removed stays."""
    now = time.time()
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            age = now - folder.stat().st_mtime
        except OSError:
            continue  # it went meanwhile
        if age > _LEAST_AGE_S and _is_abandoned(folder, age):
            shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path, age_s: float) -> bool:
    if not (folder / _LOCK).exists():
        return age_s > _AGE_WITHOUT_LOCK_S
    try:
        with closing(_connect(folder / _LOCK, "rw")) as lock:
            lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error:
        return False
    return True


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=0, check_same_thread=False)
