"""Paths of the files that ship beside the code: fonts, style sheet, icons, reference tables.

In a checkout they lie at the top level, where a person looks for them; in an installed wheel the same two folders lie
inside the package. Everything else asks here, so that no other module knows the difference. Knows no file by name.
"""

from pathlib import Path
from typing import Final

_PACKAGE: Final = Path(__file__).resolve().parent
_ROOT: Final = _PACKAGE if (_PACKAGE / "resources").is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """Return the path of a file or folder under `resources/`; it is not checked for existence."""
    return _ROOT.joinpath("resources", *parts)


def shipped_data(*parts: str) -> Path:
    """Return the path of a file or folder under `db/reference/`; it is not checked for existence."""
    return _ROOT.joinpath("db", "reference", *parts)


def shipped_statistics(*parts: str) -> Path:
    """Return the path of a file or folder under `db/statistics/`; it is not checked for existence."""
    return _ROOT.joinpath("db", "statistics", *parts)
