"""What an import keeps in the folder for temporary files goes with it, also when it is killed."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from azcn_desktop.store.flows.private_folder import PrivateFolder

_OWNER = """
import sys
from azcn_desktop.store.flows.private_folder import PrivateFolder
print(PrivateFolder().path, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_goes_when_it_is_closed() -> None:
    folder = PrivateFolder()
    (folder.path / "staging.db").write_bytes(b"x")
    folder.close()
    folder.close()
    assert not folder.path.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of POSIX")
def test_the_next_import_clears_what_a_killed_one_left_and_nothing_that_is_in_use(temporary: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", _OWNER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env=os.environ | {"TMPDIR": str(temporary)},
    )  # fmt: skip
    assert owner.stdin is not None
    assert owner.stdout is not None
    left = Path(owner.stdout.readline().strip())
    (left / "staging.db").write_bytes(b"x")
    own = PrivateFolder()
    for path in (left, own.path):
        _age(path, 3_600)
    PrivateFolder().close()
    assert (left / "staging.db").exists()
    assert own.path.exists()
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdin.close()
    owner.stdout.close()
    PrivateFolder().close()
    assert not left.exists()
    assert own.path.exists()
    own.close()


def test_a_folder_that_was_made_just_now_is_left_alone(temporary: Path) -> None:
    fresh = temporary / "azcn-import-fresh"
    fresh.mkdir()
    (fresh / "owner.lock").touch()
    PrivateFolder().close()
    assert fresh.exists()
    _age(fresh, 3_600)
    PrivateFolder().close()
    assert not fresh.exists()


def test_what_an_earlier_version_left_without_a_lock_is_cleared_after_a_day(temporary: Path) -> None:
    for name, age_s in (("of-today", 3_600), ("of-last-week", 7 * 86_400)):
        (temporary / f"azcn-import-{name}").mkdir()
        _age(temporary / f"azcn-import-{name}", age_s)
    PrivateFolder().close()
    assert [path.name for path in temporary.glob("azcn-import-*")] == ["azcn-import-of-today"]


def _age(path: Path, age_s: float) -> None:
    os.utime(path, (time.time() - age_s,) * 2)
