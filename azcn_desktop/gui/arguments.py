"""The command line of the application, as a value."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from azcn_desktop import __version__
from azcn_desktop.gui.pages import FIGURE_LENSES, TABS

_TAB_NAMES = tuple(page.name for page in TABS)
_VIEW_NAMES = tuple(lens.name for lens in FIGURE_LENSES)


class Arguments(Struct, frozen=True):
    """What a start was asked for.

    Attributes:
        database: the file to open; None for the user's own.
        tab: the tab to show; None for the last one.
        view: what to show of it in place of the table, such as "conflicts"; None for the table.
        theme: None for the remembered one.
        size: width and height of the window in pixels; None for the remembered one.
        select: uid or reference id of the record to show.
        screenshot: where to save a picture of the window before ending.
        is_smoke: open, paint, close.
    """

    database: Path | None = None
    tab: str | None = None
    view: str | None = None
    theme: Literal["light", "dark"] | None = None
    size: tuple[int, int] | None = None
    select: str | None = None
    screenshot: Path | None = None
    is_smoke: bool = False

    @property
    def is_unattended(self) -> bool:
        """Tell whether nobody sits in front of it: nothing is asked, and no state is kept."""
        return self.is_smoke or self.screenshot is not None


def parse_arguments(argv: Sequence[str]) -> Arguments:
    """Read the command line; ends the program with a usage text when it can't be read."""
    parser = argparse.ArgumentParser(
        prog="main.py", description="AZCN Desktop: records of Azerbaijan-China economic relations, offline."
    )
    parser.add_argument(
        "--db", type=Path, metavar="FILE", help="database to open; made from the reference data if missing"
    )
    parser.add_argument("--tab", choices=_TAB_NAMES, help="tab to show")
    parser.add_argument("--view", choices=_VIEW_NAMES, help="view of the Trade tab to show")
    parser.add_argument("--theme", choices=("light", "dark"), help="theme to use")
    parser.add_argument("--size", type=_size, metavar="1440x900", help="size of the window")
    parser.add_argument("--select", metavar="ID", help="record to show: uid or reference id such as M001")
    parser.add_argument("--screenshot", type=Path, metavar="OUT.png", help="save a picture of the window and end")
    parser.add_argument("--smoke", action="store_true", help="open, paint, close: shows that everything is there")
    parser.add_argument("--version", action="version", version=f"AZCN Desktop {__version__}")
    found = parser.parse_args(list(argv))
    return Arguments(
        found.db, found.tab, found.view, found.theme, found.size, found.select, found.screenshot, found.smoke
    )


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{3,4})x(\d{3,4})", text)
    if not match:
        raise argparse.ArgumentTypeError(f"“{text}” is not a size; write it as 1440x900")
    return int(match[1]), int(match[2])
