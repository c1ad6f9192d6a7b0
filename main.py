#!/usr/bin/env python3
"""Start AZCN Desktop, or its tests, on a machine that has nothing but Python.

    python3 main.py [ARGUMENTS]         start the application (Windows: py main.py)
    python3 main.py test [ARGUMENTS]    run its tests, one process for each core; the arguments go to pytest

Exists so that one command is enough: it looks for the system libraries that Qt needs, keeps the environment
`.venv` beside this file complete, and hands over. It knows nothing of the application but its name, uses the
standard library only, and has to be readable by Python 3.8, so that an old Python can say that it is too old.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, NamedTuple

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent
CONSTRAINTS = ROOT / "resources" / "constraints.txt"
VENV = ROOT / ".venv"
VENV_PYTHON = VENV.joinpath(*(("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")))
STAMP = VENV / "azcn-stamp.json"
LOCK = ROOT / ".venv.lock"
# A process for each core; one that has run out of tests takes some from another. A typed `-n 0` comes later and wins.
IN_PARALLEL = ["-n", "auto", "--dist", "worksteal"]

# What Qt opens at run time and no Python package brings: the library and the Debian package that holds it.
DRAWING_LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libxkbcommon.so.0": "libxkbcommon0",
}
X11_LIBRARIES = {
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
WAYLAND_LIBRARIES = {
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
}
# One of these set means that Qt has somewhere to draw, or was told where.
DISPLAY_SETTINGS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")

# Words in the output of a failed installation, and what a person can do about them.
ADVICE = {
    "No space left on device": "The disk is full: about 450 MB are needed here.",
    "Temporary failure": "There is no network. It is needed once, for the first start.",
    "onnection": "The package index cannot be reached: check the network and the proxy.",
    "No matching distribution": "The package index has nothing that fits this system or this Python.",
}


class SetUpError(Exception):
    """Carry the sentence that tells a person why the start stopped and what to do."""


class Stamp(NamedTuple):
    """Tell what `.venv` was made for; written last, so a half-made one has none.

    Attributes:
        place: The Python and the folder it was made with; another one means to start anew.
        packages: Digest of what was asked for; another one means to install on top.
        has_tests: Whether the test tools are in.
        parts: How many things lay among its packages; fewer now means that some were lost.
    """

    place: str
    packages: str
    has_tests: bool
    parts: int = 0


def main(arguments: list[str]) -> int:
    """Make this machine ready and hand over to the application or to pytest.

    Returns:
        The exit code, where the process is not replaced.
    """
    for_tests = arguments[:1] == ["test"]
    try:
        require_python(sys.version_info[:2])
        provide_system_libraries(for_tests)
        provide_environment(for_tests)
    except SetUpError as error:
        say(str(error))
        return 1
    except OSError as error:
        say(f"{error}\nIs {ROOT} a folder of yours, and is no AZCN Desktop running from it?")
        return 1
    except KeyboardInterrupt:
        say("Stopped. The next start makes good what is missing.")
        return 130
    return hand_over(arguments)


def say(sentence: str) -> None:
    """Print a sentence of the set-up where it cannot mix with the application's own output."""
    print(sentence, file=sys.stderr, flush=True)


def require_python(version: Sequence[int]) -> None:
    """Refuse a Python that the application cannot run on."""
    if tuple(version) < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        found = ".".join(map(str, version))
        raise SetUpError(
            f"AZCN Desktop needs Python {wanted} or newer; {sys.executable} is Python {found}.\n"
            f"Install a newer one (python.org, or your system's packages), then type: python{wanted} main.py"
        )


def provide_system_libraries(for_tests: bool) -> None:
    """Install what Qt and venv need from the system, or say the one line that does it."""
    packages = missing_packages(for_tests)
    if not packages:
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise SetUpError(
            "System libraries are missing. Install them once and start again (elsewhere than on Debian and Ubuntu\n"
            "by the names that your system has for them):\n"
            f"    sudo apt-get install {' '.join(packages)}"
        )
    with only_one():
        say(f"Installing {len(packages)} system packages: {' '.join(packages)} ...")
        apt_get = ["apt-get", "-y", "-o", "DPkg::Lock::Timeout=300"]
        run([*apt_get, "update"], "apt-get update failed.")
        run([*apt_get, "install", "--no-install-recommends", *packages], "apt-get install failed.")
    if missing_packages(for_tests):
        raise SetUpError(f"apt-get succeeded, yet this Python cannot use {' '.join(missing_packages(for_tests))}.")


def missing_packages(for_tests: bool) -> list[str]:
    """List the Debian packages whose content this machine lacks; tests need none that show a window."""
    if sys.platform != "linux":
        return []
    libraries = dict(DRAWING_LIBRARIES)
    if os.environ.get("DISPLAY") and not for_tests:
        libraries.update(X11_LIBRARIES)
    if os.environ.get("WAYLAND_DISPLAY") and not for_tests:
        libraries.update(WAYLAND_LIBRARIES)
    missing = [package for library, package in libraries.items() if not can_load(library)]
    importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None:
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def can_load(library: str) -> bool:
    """Tell whether the system's loader finds a library and all that it needs itself."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def provide_environment(for_tests: bool) -> None:
    """Make `.venv` hold what pyproject.toml asks for; do nothing where it already does."""
    wanted = wanted_stamp(for_tests)
    if serves(read_stamp(), wanted):
        return
    with only_one():
        found = read_stamp()
        if serves(found, wanted):
            return  # the start that this one waited for has done it
        if VENV.is_symlink():
            raise SetUpError(f"{VENV} is a link to an environment of another folder. Remove the link, and start again.")
        began = time.monotonic()
        STAMP.unlink(missing_ok=True)
        if found is None or found.place != wanted.place or not is_whole(found):
            make_venv()
        elif found.has_tests:
            wanted = wanted._replace(has_tests=True)
        install(wanted.has_tests)
        STAMP.write_text(json.dumps(wanted._replace(parts=count_parts())), encoding="utf-8")
        say(f"Ready after {time.monotonic() - began:.0f} s.")


def wanted_stamp(for_tests: bool) -> Stamp:
    """Return the stamp of an environment that fits this Python, this folder and the packages asked for."""
    version = ".".join(map(str, sys.version_info[:2]))
    asked = (ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes()
    place = f"Python {version} of {sys.base_prefix} in {ROOT}"
    return Stamp(place, hashlib.sha256(asked).hexdigest(), for_tests)


def read_stamp() -> Stamp | None:
    """Read what `.venv` was made for; None where it was never finished."""
    try:
        return Stamp(*json.loads(STAMP.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def serves(found: Stamp | None, wanted: Stamp) -> bool:
    """Tell whether the environment can be used as it is."""
    if found is None or found[:2] != wanted[:2] or (wanted.has_tests and not found.has_tests):
        return False
    return is_whole(found)


def is_whole(found: Stamp) -> bool:
    """Tell whether nothing of the environment was lost since it was finished."""
    return count_parts() >= found.parts and python_runs()


def count_parts() -> int:
    """Count what lies among the packages of the environment."""
    packages = "Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"
    return sum(1 for _ in VENV.glob(f"{packages}/*"))


def python_runs() -> bool:
    """Tell whether the environment's Python starts, which it does not once its base was removed."""
    try:
        return subprocess.run([VENV_PYTHON, "-I", "-S", "-c", ""], capture_output=True).returncode == 0
    except OSError:
        return False


def make_venv() -> None:
    """Replace whatever stands at `.venv` by a new environment that holds pip alone."""
    if VENV.exists():
        say("The environment .venv is unfinished, broken or of another Python: making it anew ...")
        shutil.rmtree(VENV)
    else:
        say("First start: making the environment .venv ...")
    # The base Python, because `.venv/bin/python main.py` has just lost the one that it runs on.
    python = getattr(sys, "_base_executable", None) or sys.executable
    run([python, "-m", "venv", str(VENV)], "The environment could not be made.")


def install(with_tests: bool) -> None:
    """Install the application and its packages into `.venv`, by uv where there is one and it succeeds."""
    what = "packages and the test tools (about 160 MB" if with_tests else "packages (about 110 MB"
    say(f"Installing the {what}, only once) ...")
    asked = ["install", "--editable", ".[test]" if with_tests else ".", "--constraint", str(CONSTRAINTS)]
    uv = shutil.which("uv")
    if uv:
        with contextlib.suppress(SetUpError):  # uv does not read pip's settings: pip may yet succeed
            run([uv, "pip", *asked, "--python", str(VENV_PYTHON)], "uv failed.")
            return
    run([str(VENV_PYTHON), "-m", "pip", *asked], "The packages could not be installed.")


def run(command: list[str], complaint: str) -> None:
    """Run one step of the set-up and keep its output back.

    Raises:
        SetUpError: Where the step fails: the complaint, the last lines of the output, and advice.
    """
    quiet = ("PIP_NO_INPUT", "PIP_DISABLE_PIP_VERSION_CHECK")
    settings = {**dict.fromkeys(quiet, "1"), "PIP_USER": "0", "DEBIAN_FRONTEND": "noninteractive"}
    step = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **settings},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        close_fds=False,  # the step shares the lock, and holds it to its own end if this process is killed
    )
    if step.returncode != 0:
        last = [f"    {line}" for line in step.stdout.splitlines() if line.strip()][-6:]
        advice = [sentence for words, sentence in ADVICE.items() if words in step.stdout][:1]
        raise SetUpError("\n".join([complaint, *last, *advice]))


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Keep other starts out of the set-up, and wait where one is at it."""
    with LOCK.open("w") as lock:
        os.set_inheritable(lock.fileno(), True)
        if not has_taken(lock):
            say("Another start is busy with the set-up: waiting for it ...")
            while not has_taken(lock):
                time.sleep(0.3)
        yield


def has_taken(lock: IO[str]) -> bool:
    """Try to take the lock; the system frees it when the last process that holds it ends."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def hand_over(arguments: list[str]) -> int:
    """Become the application or pytest; on Windows, which cannot replace a process, wait for it."""
    command = [str(VENV_PYTHON), "-m", "azcn_desktop", *arguments]
    if arguments[:1] == ["test"]:
        command[2:] = ["pytest", *IN_PARALLEL, *arguments[1:]]
        os.chdir(ROOT)
    elif sys.platform == "linux" and not any(map(os.environ.get, DISPLAY_SETTINGS)):
        say("No display here: the window is drawn where nobody sees it (--screenshot OUT.png shows it).")
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if os.name == "nt":
        return subprocess.call(command)
    return os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
