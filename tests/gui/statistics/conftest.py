"""The statistics over ten flows."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.database import Database
from azcn_desktop.store.migrations import upgrade
from azcn_desktop.store.store import Store
from tests.trade.builders import line, take, written

CODES = ("270900", "271000", "200980", "081090")
LINES = [
    line(period=str(year), code=code, value=100 * place + year - 2000, net_weight_kg=10)
    for year in (2023, 2024)
    for place, code in enumerate(CODES, 1)
]


@pytest.fixture(scope="module")
def ten_flows_db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a file with ten flows, which each test copies."""
    folder = tmp_path_factory.mktemp("flows")
    database = Database.create(folder / "flows.azcn")
    upgrade(database, SCHEMA)
    store = Store(database)
    more = [line(code="TOTAL", value=5_000), line(code="270900", value=77, flow="X", valuation="FOB")]
    take(store, written(folder / "flows.csv", *LINES, *more))
    store.close()
    return folder / "flows.azcn"


@pytest.fixture
def filled(qtbot: QtBot, ten_flows_db: Path, tmp_path: Path) -> Iterator[Workspace]:
    """Open a copy of the file with ten flows."""
    opened = Workspace(Path.unlink)  # nothing has to be brought up to date
    opened.open(Path(shutil.copy(ten_flows_db, tmp_path / "filled.azcn")))
    yield opened
    opened.close()


@pytest.fixture
def view(
    qtbot: QtBot, filled: Workspace, light_theme: ThemeController, bare_icons: Icons, jobs: JobRunner
) -> StatisticsView:
    """Show the view with all of its flows."""
    made = StatisticsView(filled, light_theme, bare_icons, jobs)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.finish()
    return made
