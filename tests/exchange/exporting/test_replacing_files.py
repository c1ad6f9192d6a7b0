"""The old file stays until the new one is whole, whatever fails."""

import errno
import io
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from azcn_desktop.errors import Cancelled, UserError
from azcn_desktop.exchange import atomic_file
from azcn_desktop.exchange.exporting import ExportRequest, export
from azcn_desktop.progress import Progress
from azcn_desktop.store.store import Store
from tests.exchange.exporting.requests import SUFFIXES, everything, read_csv, run


def test_the_mode_of_the_old_file_and_a_link_to_it_are_kept(meetings: Store, tmp_path: Path) -> None:
    real, link = tmp_path / "real.csv", tmp_path / "link.csv"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    run(meetings, link, everything("meeting"))
    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert len(read_csv(real)) == 2


def test_a_new_file_gets_the_usual_mode_and_the_temporary_one_is_private(
    meetings: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def watched(handle: int) -> BinaryIO:
        seen.append(stat.S_IMODE(os.fstat(handle).st_mode))
        return os.fdopen(handle, "wb")

    monkeypatch.setattr(atomic_file, "opened", watched)
    run(meetings, tmp_path / "m.csv", everything("meeting"))
    (tmp_path / "usual").touch()
    assert seen == [0o600]
    assert (tmp_path / "m.csv").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_the_database_that_is_read_is_never_the_target(filled_store: Store, tmp_path: Path) -> None:
    path = filled_store.database.path
    own, link = tmp_path / "own.csv", tmp_path / "link.csv"
    own.hardlink_to(path)
    link.symlink_to(path)
    before = path.read_bytes()
    for target in (own, link):
        with pytest.raises(UserError, match="is the database that is read"):
            run(filled_store, target, everything("meeting"))
    assert path.read_bytes() == before
    assert own.samefile(path)


def test_a_file_that_its_owner_has_protected_is_kept(
    meetings: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kept.csv"
    target.write_text("mine")
    # The superuser may write what is protected, so the system's answer is put in its place.
    monkeypatch.setattr(atomic_file.os, "access", lambda path, mode: Path(path) != target)
    with pytest.raises(UserError, match="is protected"):
        run(meetings, target, everything("meeting"))
    assert [(path.name, path.read_text()) for path in tmp_path.glob("*.csv")] == [("kept.csv", "mine")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_device_is_never_replaced(meetings: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link.csv").symlink_to(tmp_path / "pipe")
    with pytest.raises(UserError, match="is a device"):
        run(meetings, tmp_path / "link.csv", everything("meeting"))
    assert (tmp_path / "pipe").is_fifo()


def test_a_link_that_leads_to_itself_is_refused(meetings: Store, tmp_path: Path) -> None:
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    with pytest.raises(UserError, match=r"loop\.csv can't be written: .*symbolic links"):
        run(meetings, tmp_path / "loop.csv", everything("meeting"))


def test_a_folder_and_a_missing_folder_are_refused(meetings: Store, tmp_path: Path) -> None:
    (tmp_path / "dir.csv").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        run(meetings, tmp_path / "dir.csv", everything("meeting"))
    with pytest.raises(UserError, match="does not exist"):
        run(meetings, tmp_path / "none" / "m.csv", everything("meeting"))


class FailingFile(io.RawIOBase):
    """A file whose N-th write finds the disk full."""

    def __init__(self, handle: int, budget: list[int]) -> None:
        super().__init__()
        self._file = os.fdopen(handle, "wb")
        self._budget = budget

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def write(self, data: Any) -> int:
        self._budget[0] -= 1
        if self._budget[0] == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self._file.write(data)

    def fileno(self) -> int:
        return self._file.fileno()

    def flush(self) -> None:
        if not self._file.closed:
            self._file.flush()

    def close(self) -> None:
        self._file.close()
        super().close()


def _opener(budget: list[int]) -> Callable[[int], Any]:
    def opened(handle: int) -> FailingFile:
        return FailingFile(handle, budget)

    return opened


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_full_disk_at_any_write_leaves_the_old_files_and_nothing_else(
    meetings: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    request = ExportRequest((everything("meeting"), everything("person")), tmp_path / f"out{suffix}")
    for file in request.files.values():
        file.write_text("old")
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    sentences = []
    for nth in range(1, 10_000):
        monkeypatch.setattr(atomic_file, "opened", _opener([nth]))
        try:
            export(meetings, request, Progress())
        except UserError as error:
            sentences.append(str(error))
            left = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
            assert left == before
        else:
            break
    assert sentences
    assert all("disk is full" in sentence and "unchanged" in sentence for sentence in sentences)
    assert all(file.read_bytes() != b"old" for file in request.files.values())


@pytest.mark.parametrize("step", ["fsync", "replace", "chmod"])
def test_a_failure_while_the_file_takes_its_place_leaves_the_old_one(
    meetings: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    (tmp_path / "m.csv").write_text("old")

    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os if step == "fsync" else Path, step, fail)
        with pytest.raises(UserError, match=r"m\.csv can't be written"):
            run(meetings, tmp_path / "m.csv", everything("meeting"))
    assert [file.read_text() for file in tmp_path.glob("*m.csv*")] == ["old"]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("nth", [1, 2, 3])
def test_a_cancelled_export_leaves_nothing(meetings: Store, tmp_path: Path, suffix: str, nth: int) -> None:
    asked: list[int] = []

    def is_cancelled() -> bool:
        asked.append(1)
        return len(asked) >= nth

    target = tmp_path / f"m{suffix}"
    with pytest.raises(Cancelled):
        export(meetings, ExportRequest((everything("meeting"),), target), Progress(is_cancelled=is_cancelled))
    assert list(tmp_path.glob("*m.*")) == []


def test_ctrl_c_leaves_nothing(meetings: Store, tmp_path: Path) -> None:
    def interrupt(done: int, total: int, note: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(meetings, ExportRequest((everything("meeting"),), tmp_path / "m.csv"), Progress(on_report=interrupt))
    assert list(tmp_path.glob("*m.csv*")) == []
