"""Editors over an empty file."""

import pytest
from pytestqt.qtbot import QtBot

from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.kinds import Value
from tests.gui.editors.desk import Desk
from tests.gui.making import make


@pytest.fixture
def desk(qtbot: QtBot, empty_workspace: Workspace) -> "type[Desk]":
    def opened(table: str, name: str, /, **values: Value) -> Desk:
        return Desk(qtbot, empty_workspace, table, make(empty_workspace, table, **values), name)

    return opened
