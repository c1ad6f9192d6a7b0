"""How goals are measured and told: verdicts, alternating rounds, peers in processes of their own. Knows no line."""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

RATIO_AT_MOST, RATIO_AT_LEAST, AT_MOST = "ratio at most", "ratio at least", "at most"
Rule = Literal["ratio at most", "ratio at least", "at most"]


class NotMeasured(Exception):
    """A line can't be measured here; the text says why."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is measured on.

    Attributes:
        database: of ours, with the generated flows.
        rows: how many six-digit flows it was made for.
        folder: for kept databases and scratch files.
        rounds: how often each is repeated.
        peers: the Python of an environment with duckdb, openpyxl and sqlite-utils; None where there is none.
    """

    database: Path
    rows: int
    folder: Path
    rounds: int
    peers: Path | None

    def python_with(self, library: str) -> str:
        """Return the Python that has a library of the peers. Raises NotMeasured when none has."""
        for python in filter(None, (self.peers, Path(sys.executable))):
            if not subprocess.run([python, "-c", f"import {library}"], capture_output=True, check=False).returncode:
                return str(python)
        raise NotMeasured(f"peer not installed: {library}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One measured goal.

    Attributes:
        line: number of the goal.
        what: is measured.
        unit: of `ours` and `peer`.
        ours, peer: medians, or the best where the text says so; None where not measured.
        rule, limit: what the goal asks of the ratio of ours to the peer, or of ours.
        note: why it was not measured, or what else should be known.
    """

    line: int
    what: str
    unit: str = ""
    ours: float | None = None
    peer: float | None = None
    rule: Rule = RATIO_AT_MOST
    limit: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours as a part of the peer."""
        return self.ours / self.peer if self.ours is not None and self.peer else None

    @property
    def is_reached(self) -> bool | None:
        """Tell whether the goal is reached; None where that is not known."""
        judged = self.ours if self.rule == AT_MOST else self.ratio
        if judged is None:
            return None
        return judged >= self.limit if self.rule == RATIO_AT_LEAST else judged <= self.limit

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the table."""
        goal = {
            RATIO_AT_MOST: f"<= {self.limit:g} x", RATIO_AT_LEAST: f">= {self.limit:g} x",
            AT_MOST: f"<= {self.limit:.4g} {self.unit}",
        }[self.rule]  # fmt: skip
        verdict = {True: "yes", False: "NO", None: "not measured"}[self.is_reached]
        return (
            f"{self.line} {self.what}", _number(self.ours, self.unit), _number(self.peer, self.unit),
            f"{self.ratio:.3g} x" if self.ratio is not None else "-", goal if self.limit else "-",
            f"{verdict}: {self.note}" if self.note else verdict,
        )  # fmt: skip

    def as_json(self) -> Mapping[str, object]:
        """Return all of it for --json."""
        names = ("line", "what", "unit", "ours", "peer", "ratio", "rule", "limit", "is_reached", "note")
        return {name: getattr(self, name) for name in names}


def alternating(rounds: int, ways: Mapping[str, Callable[[], float]], warm: int = 1) -> dict[str, list[float]]:
    """Measure each way in turn, again and again; the first `warm` rounds fill caches and are left out."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds + warm):
        for name, way in ways.items():
            value = way()
            if number >= warm:
                found[name].append(value)
    return found


def median(values: Sequence[float]) -> float:
    """Return the median."""
    return statistics.median(values)


def quantile(values: Sequence[float], part: float) -> float:
    """Return the value that a part of all does not exceed; the largest for few values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def elapsed_ms(work: Callable[[], object]) -> float:
    """Return how long something takes."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


@dataclass(frozen=True, slots=True)
class Ran:
    """A process that has ended: seconds from its start to its end, peak memory in MiB, and what it printed."""

    seconds: float
    peak_mib: float
    printed: str


_TIMED = """
import json, resource, subprocess, sys, time
begun = time.monotonic()
with open(sys.argv[1], "wb") as out:
    code = subprocess.run(sys.argv[2:], stdout=out).returncode
seconds = time.monotonic() - begun
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, code]))
"""


def run(command: Sequence[str | Path], output: Path) -> Ran:
    """Run a command, its output into a file, and tell time and peak memory, which only a parent of its own sees.

    Raises:
        RuntimeError: it failed.
    """
    timed = [sys.executable, "-c", _TIMED, str(output), *map(str, command)]
    done = subprocess.run(timed, capture_output=True, text=True, check=True)
    seconds, peak, code = json.loads(done.stdout.splitlines()[-1])
    if code:
        raise RuntimeError(f"{command[0]} failed: {done.stderr[-300:]}")
    return Ran(seconds, peak, "")


def tool(name: str) -> str:
    """Return the path of a program. Raises NotMeasured when it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise NotMeasured(f"peer not installed: {name}")
    return found


@contextmanager
def answering(command: Sequence[str | Path]) -> Iterator[Callable[[str], float]]:
    """Start a peer that answers each line with a number, so that its own start is not measured each time.

    It prints "ready" first, when it has prepared what it needs.
    """
    process = subprocess.Popen(list(map(str, command)), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    sent, received = process.stdin, process.stdout

    def ask(line: str) -> float:
        sent.write(line + "\n")
        sent.flush()
        answer = received.readline()
        if not answer:
            raise RuntimeError(f"{command[0]} ended")
        return float(answer)

    try:
        while (line := received.readline()) and line.strip() != "ready":
            pass
        yield ask
    finally:
        sent.close()
        process.wait(timeout=30)
        received.close()


def _number(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    digits = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{digits} {unit}".strip()
