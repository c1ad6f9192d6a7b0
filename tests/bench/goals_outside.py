"""Windows watched from outside: a screen in memory whose pixels are compared, so that whoever draws is timed alike.

Needs Xvfb and openbox; clicks and keys need xdotool. DB Browser for SQLite is driven here.
"""

from __future__ import annotations

import mmap
import os
import struct
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from goals_measuring import NotMeasured, median, tool
from numpy.typing import NDArray

WIDTH, HEIGHT = 1440, 900
_POLL_S = 0.004
_LEAST_PIXELS = 1_000  # DB Browser turns a busy pointer of some 85 pixels
Region = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels."""


class Screen:
    """A screen that nobody sees.

    Attributes:
        environment: of processes that shall draw on it: without the person's settings, and with none that last.
    """

    def __init__(self, display: str, folder: Path) -> None:
        self.environment = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
        self.environment |= {"DISPLAY": display, "HOME": str(folder), "QT_LOGGING_RULES": "*=false"}
        for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
            self.environment[name] = str(folder)
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a person's Python keeps compiled modules
        self._pixels = _pixels(folder / "Xvfb_screen0")

    def start(self, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
        """Start a program that draws here."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(list(map(str, command)), env=self.environment, stdout=quiet, stderr=quiet)

    def act(self, *words: object) -> str:
        """Move and press with xdotool, and return what it prints."""
        done = subprocess.run(
            [tool("xdotool"), *map(str, words)], env=self.environment, capture_output=True, text=True, check=False
        )
        return done.stdout

    def settled(
        self, begun: float, regions: Mapping[str, Region], *, quiet: float, limit: float, least: int = _LEAST_PIXELS
    ) -> dict[str, float]:
        """Wait until nothing changes any more, and tell when each region changed for the last time.

        Args:
            begun: of `time.perf_counter`.
            regions: by name; the waiting is over when none of them has changed for long.
            quiet: seconds without a change that end the waiting.
            limit: seconds after which it ends in any case.
            least: how many pixels must differ at once to be a change.

        Returns:
            Milliseconds since `begun`, for each region that has changed.
        """
        parts = {name: self._pixels[top:bottom, left:right] for name, (left, top, right, bottom) in regions.items()}
        before = {name: part.copy() for name, part in parts.items()}
        found: dict[str, float] = {}
        last = begun
        while True:
            now = time.perf_counter()
            for name, part in parts.items():
                seen = part.copy()
                if np.count_nonzero(seen != before[name]) >= least:
                    before[name], found[name], last = seen, (now - begun) * 1000, now
            if now - begun > limit or (found and now - last > quiet):
                return found
            time.sleep(_POLL_S)


@contextmanager
def screen() -> Iterator[Screen]:
    """Make a screen with a window manager. Raises NotMeasured where that is not installed."""
    with TemporaryDirectory() as name:
        read, write = os.pipe()
        size = f"{WIDTH}x{HEIGHT}x24"
        server = subprocess.Popen(
            [tool("Xvfb"), "-displayfd", str(write), "-screen", "0", size, "-fbdir", name],
            pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write)
        with os.fdopen(read) as numbers:
            display = f":{numbers.readline().strip()}"
        try:
            made = Screen(display, Path(name))
            manager = made.start([tool("openbox")])
            time.sleep(0.7)
            yield made
            stop(manager)
        finally:
            stop(server)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process that was started here."""
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def resident_mib(process: int) -> float:
    """Return the memory of a process that is in use now."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


class Browser:
    """DB Browser for SQLite with a table open, at the size of its first start.

    Attributes:
        shown_ms: from the start to the painted rows.
    """

    ROWS: Region = (202, 290, 535, 760)  # but for what its own dialog covers
    _BAR, _BAR_TOP, _BAR_BOTTOM = 689, 275, 740

    def __init__(self, on: Screen, database: Path, table: str = "trade_flow") -> None:
        self._screen = on
        command = [tool("sqlitebrowser"), "-R", "-t", table, database]
        begun = time.perf_counter()
        self.process = on.start(command)
        found = on.settled(begun, {"rows": self.ROWS}, quiet=1.5, limit=40)
        if "rows" not in found:
            stop(self.process)
            raise NotMeasured("no rows of DB Browser were seen")
        self.shown_ms = found["rows"]

    def dismiss(self) -> None:
        """Say no to its question whether to stop reading, and let it read all it wants."""
        time.sleep(1.0)
        self._screen.act("key", "Return")  # its search by name does not find the question
        time.sleep(2.5)

    def jump(self, part: float) -> float | None:
        """Jump to a part of all rows by its scroll bar; return milliseconds, or None where nothing was seen to change.

        What it takes to start xdotool is not counted.
        """
        self._point(part)
        before = time.perf_counter()
        self._screen.act("getmouselocation")
        idle = (time.perf_counter() - before) * 1000
        begun = time.perf_counter()
        self._screen.act("click", 2)  # the middle button takes the bar to where it is pressed
        found = self._screen.settled(begun, {"rows": self.ROWS}, quiet=0.35, limit=1.0, least=120)
        return max(found["rows"] - idle, 0.0) if "rows" in found else None

    def press(self, part: float) -> None:
        """Jump, and look at nothing."""
        self._point(part)
        self._screen.act("click", 2)

    def _point(self, part: float) -> None:
        place = self._BAR_TOP + part * (self._BAR_BOTTOM - self._BAR_TOP)
        self._screen.act("mousemove", self._BAR, round(place))

    def jumps(self, parts: Sequence[float]) -> float:
        """Return the median of jumps. Raises NotMeasured when most of them changed nothing."""
        found = [ms for part in parts if (ms := self.jump(part)) is not None]
        if len(found) * 2 < len(parts):
            raise NotMeasured(f"only {len(found)} of {len(parts)} jumps of DB Browser were seen")
        return median(found)

    def close(self) -> None:
        """End it."""
        stop(self.process)


def _pixels(path: Path) -> NDArray[np.uint32]:
    """Return the pixels that Xvfb draws into; they change under the reader."""
    for _ in range(100):
        if path.is_file() and path.stat().st_size > 100:
            break
        time.sleep(0.05)
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    head = struct.unpack(">25I", mapped[:100])  # the head of an X window dump
    size, width, height, line_bytes, colours = head[0], head[4], head[5], head[12], head[19]
    flat = np.frombuffer(mapped, np.uint32, height * line_bytes // 4, size + colours * 12)
    return flat.reshape(height, -1)[:, :width]
