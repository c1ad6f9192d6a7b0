"""What goes into a wheel: every package, and the folders at the top level that the program reads."""

import tomllib
from pathlib import Path

from azcn_desktop.resources_path import resource, shipped_data

ROOT = Path(__file__).resolve().parent.parent
SETUP = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]


def test_every_package_is_named_for_the_wheel() -> None:
    folders = [path.parent for path in (ROOT / "azcn_desktop").rglob("__init__.py")]
    found = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert found <= set(SETUP["packages"])


def test_resources_and_reference_tables_are_named_for_the_wheel() -> None:
    assert SETUP["package-dir"] == {"azcn_desktop.resources": "resources", "azcn_desktop.db": "db"}
    assert resource("style.qss").is_file()
    assert shipped_data("meetings.csv").is_file()
    assert set(SETUP["package-data"]) >= {"azcn_desktop.store", "azcn_desktop.resources", "azcn_desktop.db"}
