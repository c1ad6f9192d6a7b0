"""What widgets need in tests: an open file with the shipped records, a theme, icons without their font."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.store import Store
from tests.trade.builders import line, take, written


def _refuse_upgrade(path: Path) -> None:
    raise AssertionError(f"{path} needs no upgrade")


@pytest.fixture
def filled_workspace(qtbot: QtBot, reference_db: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Open a copy of the file that a first start makes."""
    path = Path(shutil.copy(reference_db, tmp_path / "filled.azcn"))
    opened = Workspace(_refuse_upgrade)
    opened.open(path)
    yield opened
    opened.close()


@pytest.fixture
def empty_workspace(qtbot: QtBot, store: object, tmp_path: Path) -> Iterator[Workspace]:
    """Open a new file without any record."""
    opened = Workspace(_refuse_upgrade)
    opened.open(tmp_path / "empty.azcn")
    yield opened
    opened.close()


@pytest.fixture
def jobs(qtbot: QtBot) -> Iterator[JobRunner]:
    """Start the worker, and stop it in the end."""
    runner = JobRunner()
    yield runner
    runner.stop()


_GOODS = {
    "27": "Mineral fuels, mineral oils and products of their distillation", "2709": "Petroleum oils, crude",
    "270900": "Petroleum oils, crude", "2710": "Petroleum oils, not crude", "271019": "Neft yağları; 石油 not light",
    "85": "Electrical machinery", "8517": "Telephone sets", "851713": "Smartphones", "87": "Vehicles",
    "8703": "Motor cars", "870323": "Motor cars, 1500 to 3000 cm3",
}  # fmt: skip
_SIDES = (("AZ", "CN", "M", "CIF", 1.1), ("CN", "AZ", "X", "FOB", 1.0), ("CN", "AZ", "M", "CIF", 0.5))


@pytest.fixture(scope="session")
def flows_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a file with three years of both sides by products; China of 2024 stands in yuan as well."""
    folder = tmp_path_factory.mktemp("flows")
    database = Database.create(folder / "flows.azcn")
    upgrade(database, SCHEMA)
    with database.transaction():
        database.connection.executemany(
            "INSERT INTO commodity (classification, code, level, description) VALUES ('H6', ?1, length(?1), ?2)",
            _GOODS.items(),
        )
    values = {"270900": 8_000, "271019": 900, "851713": 5_000, "870323": 2_000}
    lines = []
    for reporter, partner, flow, valuation, share in _SIDES:
        place = {"reporter": reporter, "partner": partner, "flow": flow, "valuation": valuation}
        publisher = "Baku office" if reporter == "AZ" else "Beijing office"
        for n, year in enumerate(("2022", "2023", "2024")):
            coded = {code: round(value * share * (1 + n / 2)) for code, value in values.items()}
            every = {**coded, "TOTAL": sum(coded.values())}
            lines += [
                line(publisher=publisher, period=year, code=code, value=value * 1_000_000, **place)
                for code, value in every.items()
            ]
    yuan = {"reporter": "CN", "partner": "AZ", "flow": "X", "valuation": "FOB", "currency": "CNY"}
    lines.append(line(publisher="Yuan office", period="2024", code="TOTAL", value=120_000_000_000, **yuan))
    take(Store(database), written(folder / "flows.csv", *lines))
    database.close()
    return folder / "flows.azcn"


@pytest.fixture
def flows_workspace(qtbot: QtBot, flows_db: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Open a copy of the file with three years of both sides."""
    opened = Workspace(_refuse_upgrade)
    opened.open(Path(shutil.copy(flows_db, tmp_path / "flows.azcn")))
    yield opened
    opened.close()


@pytest.fixture
def light_theme(qtbot: QtBot) -> ThemeController:
    """Return the light theme, not put on the application."""
    return ThemeController("light")


@pytest.fixture
def bare_icons(light_theme: ThemeController) -> Icons:
    """Return icons before their font is loaded."""
    return Icons(light_theme)
