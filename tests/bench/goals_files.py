"""Lines 9 to 11: files of statistics in and out, whole processes against the tools that people use for it."""

from __future__ import annotations

import sys
from pathlib import Path

from flow_database import flow_csv, flow_database
from goals_measuring import (
    AT_MOST,
    RATIO_AT_LEAST,
    NotMeasured,
    Ran,
    Setting,
    Verdict,
    alternating,
    median,
    run,
    tool,
)
from trade_import import CLI, GOAL_MIB, GOAL_OF_CLI, GOAL_OF_UTILS, OURS, UTILS, compare

_MILLION, _SHEET = 1_000_000, 100_000
_OPENPYXL = """
import sqlite3, sys, openpyxl
cursor = sqlite3.connect(sys.argv[1]).execute(
    "SELECT d.title, d.uid, t.* FROM trade_flow t JOIN dataset d ON d.id = t.dataset_id")
book = openpyxl.Workbook(write_only=True)
sheet = book.create_sheet("trade_flow")
sheet.append([column[0] for column in cursor.description])
for row in cursor:
    sheet.append(row)
book.save(sys.argv[2])
"""


def csv_import(setting: Setting) -> list[Verdict]:
    """Line 9: a million rows, every one validated, from the file to the last synced commit; best of the rounds."""
    source = flow_csv(flow_database(setting.folder, _MILLION))
    with source.open(encoding="utf-8") as file:
        rows = sum(1 for _ in file) - 1
    target = setting.folder / "imported.azcn"
    best, told = compare(setting.rounds, source, target)
    target.unlink()
    rate = {label: rows / seconds for label, seconds in best.items()}
    what = f"import of {rows:,} rows"
    return [
        Verdict(9, f"{what}, against .import", "rows/s", rate[OURS], rate.get(CLI), RATIO_AT_LEAST, GOAL_OF_CLI),
        Verdict(9, f"{what}, against sqlite-utils", "rows/s", rate[OURS], rate.get(UTILS), RATIO_AT_LEAST,
                GOAL_OF_UTILS, "sqlite-utils in one round"),
        Verdict(9, f"{what}, peak memory", "MiB", told[3], None, AT_MOST, GOAL_MIB),
    ]  # fmt: skip


def csv_export(setting: Setting) -> list[Verdict]:
    """Line 10: a million flows to CSV by the command line, against two command lines."""
    path, out = flow_database(setting.folder, _MILLION), setting.folder / "out.csv"
    sql = "SELECT * FROM trade_flow"
    ran = _alternated(setting, {
        "ours": (_export(path, out), setting.folder / "said.txt"),
        "cli": ([tool("sqlite3"), "-header", "-csv", str(path), sql], out),
        "utils": ([_sqlite_utils(setting), "rows", str(path), "trade_flow", "--csv"], out),
    })  # fmt: skip
    rows = _rows_of(path)
    rate = {name: rows / median([one.seconds for one in several]) for name, several in ran.items()}
    what = f"export of {rows:,} flows to CSV"
    peak = max(one.peak_mib for one in ran["ours"])
    return [
        Verdict(10, f"{what}, against sqlite3", "rows/s", rate["ours"], rate["cli"], RATIO_AT_LEAST, 0.45,
                f"at most {peak:.0f} MiB"),
        Verdict(10, f"{what}, against sqlite-utils", "rows/s", rate["ours"], rate["utils"], RATIO_AT_LEAST, 1.7),
    ]  # fmt: skip


def workbook_export(setting: Setting) -> list[Verdict]:
    """Line 11: a hundred thousand flows to a workbook, against openpyxl writing the same cells without our checks."""
    path, out = flow_database(setting.folder, _SHEET), setting.folder / "out.xlsx"
    python, said = setting.python_with("openpyxl"), setting.folder / "said.txt"
    ran = _alternated(setting, {
        "ours": (_export(path, out), said),
        "openpyxl": ([python, "-c", _OPENPYXL, str(path), str(out)], out.with_suffix(".txt")),
    })  # fmt: skip
    rows = _rows_of(path)
    rate = {name: rows / median([one.seconds for one in several]) for name, several in ran.items()}
    what = f"export of {rows:,} flows to XLSX"
    peak = max(one.peak_mib for one in ran["ours"])
    return [
        Verdict(11, f"{what}, against openpyxl", "rows/s", rate["ours"], rate["openpyxl"], RATIO_AT_LEAST, 1.3),
        Verdict(11, f"{what}, peak memory", "MiB", peak, max(one.peak_mib for one in ran["openpyxl"]), AT_MOST, 90),
    ]


def _alternated(setting: Setting, commands: dict[str, tuple[list[str], Path]]) -> dict[str, list[Ran]]:
    kept: dict[str, list[Ran]] = {name: [] for name in commands}

    def once(name: str) -> float:
        kept[name].append(run(*commands[name]))
        return kept[name][-1].seconds

    alternating(setting.rounds, {name: (lambda name=name: once(name)) for name in commands}, warm=0)
    return kept


def _export(path: Path, out: Path) -> list[str]:
    command = [sys.executable, "-m", "azcn_desktop.cli", "export", "--db", str(path), "--table", "trade_flow"]
    return [*command, "--to", str(out)]


def _rows_of(path: Path) -> int:
    said = path.with_name("said.txt").read_text(encoding="utf-8")
    return int(said.split()[0].replace(",", ""))


def _sqlite_utils(setting: Setting) -> str:
    for python in filter(None, (setting.peers, Path(sys.executable))):
        if (found := python.with_name("sqlite-utils")).is_file():
            return str(found)
    raise NotMeasured("peer not installed: sqlite-utils")
