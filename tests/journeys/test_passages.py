"""The passages beside a text: every line of an item has room once a scroll bar has taken its part of the width."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from azcn_desktop.evidence.texts import add_text
from azcn_desktop.store.passages import passages


def test_passages_of_a_new_text_stand_below_each_other(open_window, database: Path, qtbot: QtBot) -> None:
    window = open_window("--db", str(database))
    store, source = window.workspace.store, 2  # the source with the most quotes
    window.jump("source", source)
    text = "\n\n".join(dict.fromkeys(passage.quote for passage in passages(store, source)))
    window.workspace.apply(add_text(store, source, text))
    listed = window.tab.chart.list
    qtbot.waitUntil(lambda: listed.verticalScrollBar().isVisible())
    window.grab()
    indexes = [listed.model().index(row, 0) for row in range(listed.count())]
    needed = [listed.itemDelegate().sizeHint(QStyleOptionViewItem(), index).height() for index in indexes]
    tops = [listed.visualRect(index).top() for index in indexes]
    assert [below - above for above, below in pairwise(tops)] == needed[:-1]
