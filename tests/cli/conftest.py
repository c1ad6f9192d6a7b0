"""The command line, and a copy of the reference database."""

import shutil
from pathlib import Path

import pytest

from azcn_desktop import cli
from tests.cli.running import Run


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command; returns exit code, output and errors."""

    def run_command(*arguments: object) -> tuple[int, str, str]:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run_command


@pytest.fixture
def db(reference_db: Path, tmp_path: Path) -> Path:
    """A copy of the reference database."""
    return Path(shutil.copy(reference_db, tmp_path / "azcn.db"))
