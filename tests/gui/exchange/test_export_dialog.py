"""The export dialog: what is chosen is what is written, and nothing happens behind the person's back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from azcn_desktop.exchange.exporting import DataMoved, ExportRequest
from azcn_desktop.gui.exchange import export_dialog
from azcn_desktop.gui.exchange.export_dialog import ExportDialog
from azcn_desktop.gui.job_runner import JobRunner
from azcn_desktop.gui.theme import ThemeController
from azcn_desktop.gui.widgets.check_list import CheckList
from azcn_desktop.gui.widgets.dialog_parts import DialogParts
from azcn_desktop.gui.widgets.icons import Icons
from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.progress import Progress
from azcn_desktop.store.flows.counting import count
from azcn_desktop.store.flows.query import FlowQuery
from azcn_desktop.store.query import Query, parse_query
from azcn_desktop.store.store import Store
from tests.trade.builders import line, take, written

Open = Callable[..., ExportDialog]


@pytest.fixture
def open_dialog(
    qtbot: QtBot, filled_workspace: Workspace, light_theme: ThemeController, bare_icons: Icons
) -> Iterator[Open]:
    """Open the dialog for the agreements with a filter and a selection."""
    jobs = JobRunner()
    opened: list[ExportDialog] = []

    def start(where: str = "", selected: tuple[int, ...] = (), table: str = "agreement") -> ExportDialog:
        query = parse_query(where, filled_workspace.schema[table])
        dialog = ExportDialog(DialogParts(filled_workspace, jobs, light_theme, bare_icons), table, query, selected)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.show()
        opened.append(dialog)
        return dialog

    yield start
    jobs.stop()
    for dialog in opened:
        dialog.close()


def write(qtbot: QtBot, dialog: ExportDialog, target: Path) -> dict[str, list[dict[str, object]]]:
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        dialog.start(target)
    return json.loads(target.read_text("utf-8"))["tables"]


def tick(dialog: ExportDialog, view: str, name: str, is_ticked: bool) -> None:
    parent = dialog.findChild(QListWidget, view).parent()
    assert isinstance(parent, CheckList)
    parent.tick(name, is_ticked)


def message(dialog: ExportDialog) -> str:
    return dialog.findChild(QLabel, "export-message").text()


def test_the_rows_of_the_filter_are_proposed_and_counted(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_dialog("year:2024", (1, 2))
    texts = {b.objectName(): (b.text(), b.isChecked()) for b in dialog.findChildren(QRadioButton)}
    assert texts["export-rows-all"] == ("All (70)", False)
    assert texts["export-rows-filtered"] == ("Shown by the filter (6)", True)
    assert texts["export-rows-selected"] == ("Selected (2)", False)
    assert len(write(qtbot, dialog, tmp_path / "a.json")["agreement"]) == 6
    assert message(dialog) == f"Exported 6 agreements to {tmp_path / 'a.json'}"


@pytest.mark.parametrize(("rows", "count"), [("all", 70), ("selected", 2)])
def test_all_or_the_selected_rows_are_written(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, rows: str, count: int
) -> None:
    dialog = open_dialog("year:2024", (1, 2))
    dialog.findChild(QRadioButton, f"export-rows-{rows}").click()
    assert len(write(qtbot, dialog, tmp_path / "a.json")["agreement"]) == count


def test_flows_that_were_taken_back_are_offered_nowhere(
    open_dialog: Open, filled_workspace: Workspace, tmp_path: Path
) -> None:
    database = filled_workspace.store.database
    take(filled_workspace.store, written(tmp_path / "flows.csv", line(code="27"), line(code="28")))
    shown, buttons = count(database, FlowQuery()), ("export-rows-all", "export-rows-filtered")
    for state, counting in (("ready", shown), ("removed", 0)):
        database.execute("UPDATE dataset SET state = ?", (state,))
        dialog = open_dialog(table="trade_flow")
        texts = {b.objectName(): b.text() for b in dialog.findChildren(QRadioButton)}
        assert [texts[name] for name in buttons] == [f"All ({counting:,})", f"Shown by the filter ({counting:,})"]
    assert shown == 2


def test_without_a_selection_it_cannot_be_chosen(open_dialog: Open) -> None:
    assert not open_dialog().findChild(QRadioButton, "export-rows-selected").isEnabled()


def test_a_filter_that_looks_into_the_trash_proposes_all_rows(open_dialog: Open) -> None:
    dialog = open_dialog("is:trash")
    assert dialog.findChild(QRadioButton, "export-rows-all").isChecked()
    assert not dialog.findChild(QRadioButton, "export-rows-filtered").isEnabled()


def test_columns_are_chosen_and_other_tables_are_whole(open_dialog: Open, qtbot: QtBot, tmp_path: Path) -> None:
    dialog = open_dialog("year:2024")
    dialog.findChild(QPushButton, "export-columns-none").click()
    tick(dialog, "export-columns", "title", True)
    tick(dialog, "export-columns", "parties", True)
    tick(dialog, "export-tables", "person", True)
    tables = write(qtbot, dialog, tmp_path / "a.json")
    assert list(tables["agreement"][0]) == ["uid", "title", "parties", "parties_uid"]
    assert len(tables["person"]) == 142
    assert "country" in tables["person"][0]


def test_a_box_is_ticked_by_the_keyboard(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog()
    view = dialog.findChild(QListWidget, "export-tables")
    view.setCurrentRow(1)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert len(dialog.request(Path("x.json")).tables) == 2


def test_no_table_is_no_export(open_dialog: Open) -> None:
    dialog = open_dialog()
    tick(dialog, "export-tables", "agreement", False)
    assert not dialog.findChild(QPushButton, "export-start").isEnabled()
    assert not dialog.findChild(QListWidget, "export-columns").isEnabled()


def test_format_and_ending_follow_each_other(open_dialog: Open) -> None:
    dialog = open_dialog()
    formats, target = dialog.findChild(QComboBox, "export-format"), dialog.findChild(QLineEdit, "export-target")
    assert (formats.currentData(), Path(target.text()).name) == (".xlsx", "agreements.xlsx")
    formats.setCurrentIndex(formats.findData(".csv"))
    assert Path(target.text()).name == "agreements.csv"
    target.setText("/tmp/report.html")
    assert formats.currentData() == ".html"


def test_an_existing_file_is_replaced_only_after_a_second_click(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog()
    target = tmp_path / "a.json"
    target.write_text("old")
    dialog.findChild(QLineEdit, "export-target").setText(str(target))
    go = dialog.findChild(QPushButton, "export-start")
    go.click()
    assert message(dialog) == f"{target} exists already. Replace it, or choose another name."
    assert (go.text(), target.read_text()) == ("Replace", "old")
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        go.click()
    assert target.read_text("utf-8").startswith("{")


def test_what_cannot_be_written_is_a_sentence_and_the_choices_stay(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = open_dialog("year:2024")
    dialog.start(tmp_path / "none" / "a.json")
    qtbot.waitUntil(lambda: "does not exist" in message(dialog))
    assert dialog.findChild(QLabel, "export-message").property("role") == "error"
    assert dialog.findChild(QPushButton, "export-start").isEnabled()
    assert dialog.findChild(QRadioButton, "export-rows-filtered").isChecked()


def test_a_cancelled_export_leaves_nothing_and_the_dialog_open(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(request: ExportRequest, store: Store, progress: Progress) -> None:
        while True:
            progress.report(1, 10, "Agreements")

    monkeypatch.setattr(export_dialog, "_export", endless)
    dialog = open_dialog()
    dialog.start(tmp_path / "a.json")
    bar = dialog.findChild(QProgressBar, "export-progress")
    qtbot.waitUntil(lambda: bar.isVisible() and bar.value() == 1)
    leave = dialog.findChild(QPushButton, "export-close")
    assert leave.text() == "Cancel"
    leave.click()
    qtbot.waitUntil(lambda: message(dialog) == "Cancelled. Nothing was written.")
    assert dialog.isVisible()
    assert not (tmp_path / "a.json").exists()


def test_data_that_move_are_asked_about(
    open_dialog: Open, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def moved(request: ExportRequest, store: Store, progress: Progress) -> None:
        raise DataMoved("The data were changed.")

    dialog = open_dialog()
    with monkeypatch.context() as patch:
        patch.setattr(export_dialog, "_export", moved)
        dialog.start(tmp_path / "a.json")
        qtbot.waitUntil(lambda: message(dialog) == "The data were changed.")
    go = dialog.findChild(QPushButton, "export-start")
    assert go.text() == "Try again"
    dialog.findChild(QLineEdit, "export-target").setText(str(tmp_path / "a.json"))
    with qtbot.waitSignal(dialog.exported, timeout=20_000):
        go.click()


def test_the_raw_switch_reaches_the_request(open_dialog: Open) -> None:
    dialog = open_dialog()
    assert not dialog.request(Path("x.csv")).is_raw
    dialog.findChild(QCheckBox, "export-raw").click()
    assert dialog.request(Path("x.csv")).is_raw


def test_every_interactive_widget_has_a_name_and_a_place_in_the_tab_order(open_dialog: Open) -> None:
    dialog = open_dialog("year:2024", (1,))
    interactive = [
        w for kind in (QAbstractButton, QComboBox, QLineEdit, QListWidget) for w in dialog.findChildren(kind)
    ]
    named: list[QWidget] = [w for w in interactive if not w.objectName().startswith("qt_")]
    assert len(named) >= 12
    assert all(w.accessibleName() and w.objectName() for w in named)
    assert all(w.focusPolicy() & Qt.FocusPolicy.TabFocus for w in named)


def test_labels_never_show_markup(open_dialog: Open) -> None:
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in open_dialog().findChildren(QLabel))


def test_a_table_of_figures_tells_columns_of_one_label_apart(open_dialog: Open) -> None:
    view = open_dialog(table="figure").findChild(QListWidget, "export-columns")
    texts = [view.item(row).text() for row in range(view.count())]
    assert len(set(texts)) == len(texts)


def test_a_sorted_table_is_written_in_its_order(open_dialog: Open) -> None:
    dialog = open_dialog()
    dialog._query = Query("agreement", sort="-title")
    dialog.findChild(QRadioButton, "export-rows-filtered").click()
    assert dialog.request(Path("x.csv")).tables[0].query.sort == "-title"
