"""The goals of the performance table, line by line, each beside its peer in one run.

Makes the databases (`flow_database.py`) unless they are there, runs each line in a process of its own, alternating
with its peer, and prints one table: `line | ours | peer | ratio | goal | reached`. What can't be measured says why: a
peer that is not installed, a part of the program that is not there. Nothing here fails on a time.

    .venv/bin/python tests/bench/goals.py --peers VENV [--lines 4,5,7] [--rows 7200000] [--rounds 5] [--json OUT.json]
    .venv/bin/python tests/bench/goals.py --rows 1000000,7200000,20000000 --plot growth.svg

Peers: `apt-get install sqlitebrowser xvfb openbox xdotool sqlite3`; VENV is an environment with `pip install duckdb
openpyxl sqlite-utils`. Line 10 and 11 have databases of a million and of a hundred thousand flows of their own.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import goals_growth
from flow_database import WHOLE, flow_database
from goals_measuring import NotMeasured, Setting, Verdict

ROOT = Path(__file__).parents[2]
# Which function of which module measures a line, and what it measures.
LINES = {
    1: ("goals_start", "start_on_flows", "start to the painted trade table"),
    2: ("goals_start", "start_on_shipped_records", "start on the shipped records"),
    3: ("goals_scrolling", "scroll_jumps", "random scroll jump"),
    4: ("goals_browsing", "prefix_filter", "prefix filter"),
    5: ("goals_browsing", "description_filter", "words in the description"),
    6: ("goals_browsing", "unindexed_sort", "sort by value, full order"),
    7: ("goals_totals", "annual_totals", "totals for a chart"),
    8: ("goals_edits", "edit_to_chart", "edit to repainted chart"),
    9: ("goals_files", "csv_import", "import of CSV"),
    10: ("goals_files", "csv_export", "export to CSV"),
    11: ("goals_files", "workbook_export", "export to XLSX"),
    12: ("goals_scrolling", "memory", "memory"),
    13: ("goals_charts", "long_line", "line of 10^6 points"),
    14: ("goals_blocks", "longest_blocks", "longest block of the window's thread"),
}
HEAD = ("line", "ours", "peer", "ratio", "goal", "reached")


def measure(number: int, setting: Setting) -> list[Verdict]:
    """Measure one line in this process."""
    module, function, what = LINES[number]
    try:
        return getattr(importlib.import_module(module), function)(setting)
    except ModuleNotFoundError as error:
        return [Verdict(number, what, note=f"not there yet: {error.name}")]
    except NotMeasured as reason:
        return [Verdict(number, what, note=str(reason))]


def measure_apart(number: int, setting: Setting) -> list[Verdict]:
    """Measure one line in a process of its own, so that none has the memory, the caches or the crash of another."""
    command = [
        sys.executable, __file__, "--lines", str(number), "--rows", str(setting.rows), "--folder", setting.folder,
        "--rounds", str(setting.rounds), "--worker", *(["--peers", setting.peers] if setting.peers else []),
    ]  # fmt: skip
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, env=environment)
    answer = next((line for line in done.stdout.splitlines() if line.startswith("[{")), None)
    if answer is None:
        last = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
        return [Verdict(number, LINES[number][2], note=f"failed: {last[:160]}")]
    kept = ("line", "what", "unit", "ours", "peer", "rule", "limit", "note")
    return [Verdict(**{name: found[name] for name in kept}) for found in json.loads(answer)]


def main() -> None:
    """Measure and print."""
    given = _arguments()
    given.folder.mkdir(parents=True, exist_ok=True)
    peers = given.peers / "bin" / "python" if given.peers and given.peers.is_dir() else given.peers
    found: dict[int, list[Verdict]] = {}
    for rows in given.rows:
        setting = Setting(flow_database(given.folder, rows), rows, given.folder, given.rounds, peers)
        if given.worker:
            print(json.dumps([verdict.as_json() for verdict in measure(given.lines[0], setting)]))
            return
        found[rows] = _table(setting, given.lines)
    if len(found) > 1:
        print(goals_growth.table(found))
    if given.plot:
        given.plot.write_text(goals_growth.picture(found), encoding="utf-8")
    if given.json:
        figures = {str(rows): [v.as_json() for v in verdicts] for rows, verdicts in found.items()}
        given.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


def _table(setting: Setting, lines: list[int]) -> list[Verdict]:
    print(f"\n{setting.rows:,} flows, {setting.database.stat().st_size / 1e6:,.0f} MB\n")
    print(f"| {' | '.join(HEAD)} |\n|{'---|' * len(HEAD)}", flush=True)
    verdicts = []
    for number in lines:
        for verdict in measure_apart(number, setting):
            print(f"| {' | '.join(verdict.cells())} |", flush=True)
            verdicts.append(verdict)
    return verdicts


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    numbers = lambda text: [int(word) for word in text.split(",")]  # noqa: E731 - argparse names it in its errors
    parser.add_argument("--lines", type=numbers, default=list(LINES), metavar="1,2", help="only these")
    parser.add_argument("--rows", type=numbers, default=[WHOLE], metavar="N,N", help="flows, or several for growth")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=Path, metavar="VENV", help="environment, or its Python, that has the peers")
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "azcn-bench")
    parser.add_argument("--json", type=Path, metavar="OUT.json")
    parser.add_argument("--plot", type=Path, metavar="OUT.svg", help="how cost grows, for several --rows")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
