"""The header of a table bears a name that follows that of the table, so that no two in a window are alike."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHeaderView, QTableView, QTreeView


def name_header(view: QTableView | QTreeView) -> QHeaderView:
    """Name the header of a view after it, as in `table-meetings-columns`, now and whenever it is named; return it."""
    header = view.header() if isinstance(view, QTreeView) else view.horizontalHeader()
    header.setAccessibleName(QCoreApplication.translate("NamedHeader", "Columns"))
    _follow(header, view.objectName())
    view.objectNameChanged.connect(partial(_follow, header))
    return header


def _follow(header: QHeaderView, name: str) -> None:
    header.setObjectName(f"{name}-columns")
