"""The optional extra `[parquet]`: which files need it, and its module, imported when the first of them is met.

Its library takes 170 MB and most people never see such a file, so nothing else imports it. Reads no file.
"""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import Any

from azcn_desktop.errors import UserError

MAGIC = b"PAR1"
_ENDINGS = (".parquet", ".parq")
_MAX_FILES = 10_000


def parquet() -> Any:
    """Return the module `trade.parquet`. Raises UserError where its library is not installed."""
    try:
        return importlib.import_module("azcn_desktop.trade.parquet")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "pyarrow":
            raise
        raise UserError(
            "Parquet files need the library pyarrow, which is not installed here. Install it with "
            "“pip install pyarrow”, or this program with its extra: “pip install azcn-desktop[parquet]”."
        ) from error


def parquet_files(folder: Path) -> list[Path]:
    """Return the Parquet files of a folder and the folders in it, sorted by their paths.

    What begins with a dot or an underscore is the bookkeeping of the program that wrote the folder. Links to folders
    are not followed.

    Raises:
        UserError: there are more than a table ever has.
    """
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name[0] not in "._"]
        found += [Path(place, name) for name in names if name[0] not in "._" and name.lower().endswith(_ENDINGS)]
        if len(found) > _MAX_FILES:
            raise UserError(f"{folder} holds more than {_MAX_FILES:,} Parquet files. Choose a part of it.")
    return sorted(found, key=lambda path: path.relative_to(folder).parts)
