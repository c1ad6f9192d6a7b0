"""How tests call the command line, and what they compare."""

import csv
import hashlib
import io
import os
from collections.abc import Callable
from pathlib import Path

from azcn_desktop import cli

Run = Callable[..., tuple[int, str, str]]


def hashed(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def importable() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parents[1])}
