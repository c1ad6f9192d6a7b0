"""Pictures of every tab in both themes, and of the states that need a look, by one command.

`.venv/bin/python tests/screenshots.py FOLDER` starts the application once for each picture, as a person would with
`main.py --screenshot`, on one database that it builds first.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from azcn_desktop.trade.shipped import build_database

TABS = {"meetings": "M063", "agreements": "A005", "projects": "P061", "trade": "T073", "commitments": "C006"}
EXTRA = {
    "person": ("--select", "H001"),
    "organisation": ("--select", "O003"),
    "merged": ("--select", "A067"),
    "chinese": ("--select", "O054"),
    "small": ("--tab", "meetings", "--select", "M003", "--size", "1100x700"),
    "small-trade": ("--tab", "trade", "--size", "1100x700"),
    "conflicts": ("--tab", "trade", "--view", "conflicts"),
    "audit": ("--tab", "trade", "--view", "audit"),
    "mirror": ("--tab", "trade", "--view", "mirror"),
    "small-mirror": ("--tab", "trade", "--view", "mirror", "--size", "1100x700"),
    "statistics": ("--tab", "trade", "--view", "statistics"),
    "small-statistics": ("--tab", "trade", "--view", "statistics", "--size", "1100x700"),
}


def main() -> None:
    """Make the pictures and name them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {name: ("--tab", name, "--select", key) for name, key in TABS.items()} | EXTRA
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "azcn.db"
        build_database(path)
        for name, arguments in pictures.items():
            for theme in ("light", "dark"):
                _take(folder / f"{name}-{theme}.png", path, ("--theme", theme, *arguments))
        _take(folder / "meetings-light-150.png", path, ("--theme", "light", *pictures["meetings"]), "1.5")


def _take(target: Path, path: Path, arguments: tuple[str, ...], scale: str = "1") -> None:
    environment = os.environ | {"QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "azcn_desktop", "--screenshot", str(target), "--db", str(path), *arguments]
    subprocess.run(command, check=True, env=environment)
    print(target)  # noqa: T201 - a command for the terminal


if __name__ == "__main__":
    main()
