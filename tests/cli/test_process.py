"""The command as a process: usage, help, bugs, and an output that nobody reads."""

import subprocess
import sys
from pathlib import Path

import pytest

from azcn_desktop import cli
from azcn_desktop.errors import UserError
from azcn_desktop.store.store import Store
from tests.cli.running import Run, importable


@pytest.mark.parametrize(
    "arguments",
    [(), ("fly",), ("export",), ("export", "--db", "x"), ("check",), ("export", "--wher", "x"), ("import", "a", "b")],
    ids=" ".join,
)
def test_a_wrong_command_line_ends_with_1_and_the_usage(run: Run, arguments: tuple[str, ...]) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith("usage: azcn-cli")


@pytest.mark.parametrize("command", [(), ("export",), ("import",), ("check",), ("audit",), ("describe",)], ids=" ".join)
def test_help_is_complete_with_examples_and_ends_with_0(run: Run, command: tuple[str, ...]) -> None:
    code, out, _ = run(*command, "--help")
    assert code == 0
    assert "example" in out
    assert f"azcn-cli {command[0] if command else 'export'}" in out


def test_a_bug_is_no_sentence(db: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def bug(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Store, "whole_rows", bug)
    with pytest.raises(ZeroDivisionError):
        cli.main(["export", "--db", str(db), "--table", "tag", "--table", "meeting", "--to", str(tmp_path / "o.json")])
    assert not issubclass(ZeroDivisionError, UserError)
    assert [path.name for path in tmp_path.iterdir()] == ["azcn.db"]


def test_the_command_needs_no_qt_and_ends_quietly_when_its_reader_has_left(db: Path) -> None:
    script = "import sys; sys.modules['PySide6'] = None\nfrom azcn_desktop import cli\nsys.exit(cli.main())"
    found = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, "check", str(db)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stderr) == (0, "")
    reading = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", script, "describe"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert reading.stdout is not None
    assert reading.stderr is not None
    reading.stdout.read(10)
    reading.stdout.close()
    assert b"Traceback" not in reading.stderr.read()
    reading.stderr.close()
    assert reading.wait(30) in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [("describe",), ("check", "azcn.db"), ("--help",)])
def test_output_that_cannot_be_written_is_a_sentence(db: Path, arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-W", "error", "-m", "azcn_desktop.cli", *arguments]
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=db.parent, env=importable()
        )
    assert found.returncode == 1
    assert found.stderr == "azcn-cli: The output can't be written: No space left on device.\n"


def test_a_closed_output_is_no_error(db: Path) -> None:
    script = f"exec {sys.executable} -W error -m azcn_desktop.cli check azcn.db >&-"
    found = subprocess.run(
        ["/bin/sh", "-c", script], stderr=subprocess.PIPE, text=True, check=False, cwd=db.parent, env=importable()
    )
    assert (found.returncode, found.stderr) == (0, "")
