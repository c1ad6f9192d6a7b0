"""The strip of a flow shows whole lines, however high the pane is and wherever it is scrolled to."""

import pytest
from PySide6.QtWidgets import QApplication

from azcn_desktop.gui.statistics.statistics_view import StatisticsView
from azcn_desktop.gui.theme import ThemeController
from tests.gui.statistics.flow_view import row_with


@pytest.fixture
def styled(light_theme: ThemeController, qapp: QApplication) -> None:
    """Dress the application before anything is shown."""
    light_theme.apply(qapp)


@pytest.mark.parametrize("height", [92, 97, 103, 140])
def test_no_line_of_a_flow_is_cut_by_the_edge_of_its_pane(styled: None, view: StatisticsView, height: int) -> None:
    view.table.setCurrentIndex(view.model.index(row_with(view, value=124.0), 0))
    view.table.rest()
    passport = view.passport
    passport.older.setText("\n".join(f"Older value: {n}" for n in range(12)))
    passport.older.show()
    passport.setFixedHeight(height)
    passport.resize(passport.width(), height)
    view.grab()
    line = passport.sentence.fontMetrics().lineSpacing()
    assert passport.viewport().height() % line == 0
    assert passport.viewport().height() > 4 * line
    for label in (passport.sentence, passport.origin, passport.formulas):
        assert label.y() % line == 0
    bar = passport.verticalScrollBar()
    assert bar.maximum() > 0
    for value in (5, line + 3, bar.maximum()):
        bar.setValue(value)
        assert bar.value() % line == 0
    assert bar.value() == bar.maximum()
