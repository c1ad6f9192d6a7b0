"""Hold main.py to its promise: one command makes a bare machine ready, and a broken set-up is made good.

Every test runs a copy of main.py in a folder of its own. Only the steps that would reach the network or replace
this process are recorded instead of done; stamp, lock and checks are real.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
WORKING_PYTHON = "#!/bin/sh\nexit 0\n"
BROKEN_PYTHON = "#!/nowhere/python\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for the environment's Python is a shell script")


class Machine:
    """Stand in for what main.py does to the machine.

    Attributes:
        steps: What was run: `venv`, `pip app`, `pip test`, `uv app` or `apt-get install ...`.
        handed_over: The command that took the place of main.py, without its Python; None where nothing did.
        failing: Names of the steps that fail, as in `steps`.
        lacking: Libraries that cannot be loaded until apt-get has run.
    """

    def __init__(self, start: ModuleType) -> None:
        self.start = start
        self.steps: list[str] = []
        self.handed_over: list[str] | None = None
        self.failing: set[str] = set()
        self.lacking: set[str] = set()

    def run(self, command: list[str], complaint: str) -> None:
        """Record a step of the set-up, and fake what it leaves behind."""
        step = self._name(command)
        self.steps.append(step)
        if step in self.failing:
            raise self.start.SetUpError(complaint)
        if step == "venv":
            self.put_python(WORKING_PYTHON)
        if step.startswith("apt-get install"):
            self.lacking.clear()

    def _name(self, command: list[str]) -> str:
        if command[0] == "apt-get":
            return " ".join(["apt-get", *command[4:]])
        if command[1:3] == ["-m", "venv"]:
            return "venv"
        assert command[command.index("--constraint") + 1] == str(self.start.CONSTRAINTS)
        tool = "uv" if command[0].endswith("uv") else "pip"
        return f"{tool} test" if ".[test]" in command else f"{tool} app"

    def put_python(self, script: str) -> None:
        """Place a Python in `.venv`."""
        python: Path = self.start.VENV_PYTHON
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text(script)
        python.chmod(0o755)

    def execv(self, program: str, command: list[str]) -> int:
        """Record what main.py became."""
        assert program == command[0] == str(self.start.VENV_PYTHON)
        self.handed_over = command[1:]
        return 0

    def starts(self, *arguments: str) -> list[str]:
        """Run main.py, which has to succeed, and return the steps that this start took."""
        self.steps.clear()
        assert self.start.main(list(arguments)) == 0
        return self.steps


@pytest.fixture
def start(tmp_path: Path) -> ModuleType:
    """Load a copy of main.py whose checkout is a folder of its own."""
    (tmp_path / "resources").mkdir()
    for name in ("main.py", "pyproject.toml", "resources/constraints.txt"):
        shutil.copy(CHECKOUT / name, tmp_path / name)
    spec = importlib.util.spec_from_file_location("start_under_test", tmp_path / "main.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def machine(start: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Return a machine without display and without uv, on which every library is there."""
    machine = Machine(start)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.chdir(start.ROOT)
    monkeypatch.setattr(start, "run", machine.run)
    monkeypatch.setattr(start, "can_load", lambda library: library not in machine.lacking)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(os, "execv", machine.execv)
    return machine


# Python


def test_main_can_be_read_by_python_3_8() -> None:
    ast.parse((CHECKOUT / "main.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_main_imports_the_standard_library_only() -> None:
    tree = ast.parse((CHECKOUT / "main.py").read_text(encoding="utf-8"))
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    imported |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_an_old_python_is_named_with_what_to_do(start: ModuleType) -> None:
    with pytest.raises(start.SetUpError, match=r"needs Python 3\.11 or newer; .* is Python 3\.8\.\n.*python3\.11 main"):
        start.require_python((3, 8))


def test_the_oldest_python_that_pyproject_allows_is_accepted(start: ModuleType) -> None:
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    start.require_python(start.OLDEST_PYTHON)
    assert project["requires-python"] == ">=" + ".".join(map(str, start.OLDEST_PYTHON))


# The environment


def test_the_first_start_makes_the_environment_and_becomes_the_application(machine: Machine) -> None:
    assert machine.starts("--smoke", "--tab", "trade") == ["venv", "pip app"]
    assert machine.handed_over == ["-m", "azcn_desktop", "--smoke", "--tab", "trade"]


def test_a_later_start_installs_nothing(machine: Machine) -> None:
    machine.starts()
    assert machine.starts() == []


def test_the_test_tools_are_added_on_top_and_serve_the_application_too(machine: Machine) -> None:
    machine.starts()
    assert machine.starts("test", "-x", "tests/gui") == ["pip test"]
    assert machine.handed_over == ["-m", "pytest", "-n", "auto", "--dist", "worksteal", "-x", "tests/gui"]
    assert machine.starts() == []


def test_tests_run_in_the_checkout_wherever_they_are_started(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    machine.starts("test")
    assert Path.cwd() == machine.start.ROOT


def test_changed_requirements_are_installed_on_top_with_the_test_tools_kept(machine: Machine) -> None:
    machine.starts("test")
    machine.start.CONSTRAINTS.write_text("numpy==2.0\n")
    assert machine.starts() == ["pip test"]
    assert machine.starts("test") == []


@pytest.mark.parametrize("stamp", [None, "", "{", "7", '["one"]', '{"place": 1}'])
def test_an_environment_without_a_sound_stamp_is_made_anew(machine: Machine, stamp: str | None) -> None:
    machine.starts()
    leftover = machine.start.VENV / "half of a package"
    leftover.touch()
    machine.start.STAMP.unlink() if stamp is None else machine.start.STAMP.write_text(stamp)
    assert machine.starts() == ["venv", "pip app"]
    assert not leftover.exists()


@pytest.mark.parametrize("for_tests", [True, False])
def test_an_environment_whose_python_does_not_run_is_made_anew(machine: Machine, for_tests: bool) -> None:
    machine.starts()
    machine.put_python(BROKEN_PYTHON)
    assert machine.starts(*["test"] * for_tests) == ["venv", "pip test" if for_tests else "pip app"]


def test_an_environment_that_lost_a_package_is_made_anew(machine: Machine) -> None:
    machine.starts()
    packages = machine.start.VENV / ("Lib" if os.name == "nt" else "lib/python3.11") / "site-packages"
    (packages / "numpy").mkdir(parents=True)
    machine.start.STAMP.write_text(json.dumps(machine.start.read_stamp()._replace(parts=1)))
    assert machine.starts() == []
    (packages / "numpy").rmdir()
    assert machine.starts() == ["venv", "pip app"]


def test_an_environment_without_any_python_is_made_anew(machine: Machine) -> None:
    machine.starts()
    machine.start.VENV_PYTHON.unlink()
    assert machine.starts() == ["venv", "pip app"]


def test_an_environment_of_another_python_is_made_anew(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.starts()
    monkeypatch.setattr(sys, "base_prefix", "/opt/another")
    assert machine.starts() == ["venv", "pip app"]


def test_a_failed_installation_is_told_and_made_good_by_the_next_start(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.failing.add("pip app")
    assert machine.start.main([]) == 1
    assert "The packages could not be installed." in capsys.readouterr().err
    assert machine.handed_over is None
    machine.failing.clear()
    assert machine.starts() == ["venv", "pip app"]


def test_a_failed_addition_of_the_test_tools_leaves_no_stamp(machine: Machine) -> None:
    machine.starts()
    machine.failing.add("pip test")
    assert machine.start.main(["test"]) == 1
    assert machine.start.read_stamp() is None


def test_uv_installs_where_it_is_there(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert machine.starts() == ["venv", "uv app"]


def test_pip_installs_where_uv_fails(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    machine.failing.add("uv app")
    assert machine.starts() == ["venv", "uv app", "pip app"]


def test_stopping_the_set_up_by_hand_ends_it_quietly(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(command: list[str], complaint: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(machine.start, "run", interrupt)
    assert machine.start.main([]) == 130
    assert capsys.readouterr().err.endswith("Stopped. The next start makes good what is missing.\n")


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.start.LOCK.mkdir()
    assert machine.start.main([]) == 1
    assert f"Is {machine.start.ROOT} a folder of yours" in capsys.readouterr().err


def test_the_environment_of_another_folder_behind_a_link_is_left_alone(
    machine: Machine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / machine.start.STAMP.name).write_text("theirs")
    machine.start.VENV.symlink_to(other, target_is_directory=True)
    assert machine.start.main([]) == 1
    assert "is a link to an environment of another folder" in capsys.readouterr().err
    assert [path.read_text() for path in other.iterdir()] == ["theirs"]
    assert machine.steps == []


def test_every_dependency_is_pinned_once_by_name_and_version() -> None:
    lines = (CHECKOUT / "resources/constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.partition("==") for line in lines if not line.startswith("#")]
    names = [name.lower().replace("_", "-") for name, _, _ in pins]
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["test"]]
    assert all(version and version.strip("0123456789.") == "" for _, _, version in pins)
    assert len(names) == len(set(names))
    assert {line.partition(">=")[0].lower() for line in asked} <= set(names)


# System libraries


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes these libraries from packages")
def test_missing_libraries_stop_an_ordinary_user_at_once_with_the_one_line(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.lacking = {"libGL.so.1", "libxcb-cursor.so.0"}
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert machine.start.main([]) == 1
    assert capsys.readouterr().err.splitlines()[-1] == "    sudo apt-get install libgl1 libxcb-cursor0"
    assert machine.steps == []
    assert not machine.start.VENV.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes these libraries from packages")
def test_root_gets_missing_libraries_installed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.lacking = {"libEGL.so.1", "libfontconfig.so.1"}
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", {"apt-get": "/usr/bin/apt-get"}.get)
    assert machine.starts()[:2] == [
        "apt-get update",
        "apt-get install --no-install-recommends libegl1 libfontconfig1",
    ]
    assert machine.handed_over == ["-m", "azcn_desktop"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes these libraries from packages")
@pytest.mark.parametrize(
    ("display", "arguments", "packages"),
    [
        (None, False, ["libgl1"]),
        ("DISPLAY", False, ["libgl1", "libxcb-cursor0"]),
        ("WAYLAND_DISPLAY", False, ["libgl1", "libwayland-egl1"]),
        ("DISPLAY", True, ["libgl1"]),
    ],
)
def test_only_libraries_of_the_display_at_hand_are_asked_for(
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    display: str | None,
    arguments: bool,
    packages: list[str],
) -> None:
    machine.lacking = {"libGL.so.1", "libxcb-cursor.so.0", "libwayland-egl.so.1"}
    if display:
        monkeypatch.setenv(display, ":0")
    assert machine.start.missing_packages(for_tests=arguments) == packages


def test_a_python_without_ensurepip_asks_for_its_venv_package(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    version = ".".join(map(str, sys.version_info[:2]))
    assert machine.start.missing_packages(for_tests=True) == [f"python{version}-venv"]


def test_a_library_that_nobody_has_cannot_be_loaded(start: ModuleType) -> None:
    assert not start.can_load("libazcn-there-is-none.so.0")


# One step, and one start at a time


def test_a_failed_step_shows_its_last_lines_and_advice(start: ModuleType) -> None:
    script = "for n in range(20): print('line', n)\nprint('[Errno 28] No space left on device')\nraise SystemExit(1)"
    with pytest.raises(start.SetUpError) as caught:
        start.run([sys.executable, "-c", script], "It failed.")
    lines = str(caught.value).splitlines()
    assert [lines[0], lines[1], lines[-2]] == [
        "It failed.",
        "    line 15",
        "    [Errno 28] No space left on device",
    ]
    assert lines[-1].startswith("The disk is full")


def test_a_step_that_succeeds_says_nothing(start: ModuleType, capfd: pytest.CaptureFixture[str]) -> None:
    start.run([sys.executable, "-c", "print('noise')"], "It failed.")
    assert capfd.readouterr() == ("", "")


def test_only_one_start_at_a_time_sets_up(start: ModuleType) -> None:
    with start.LOCK.open("w") as other:
        with start.only_one():
            assert not start.has_taken(other)
        assert start.has_taken(other)


def test_a_step_that_outlives_its_start_keeps_the_lock(start: ModuleType) -> None:
    with start.only_one():
        step = subprocess.Popen(["cat"], stdin=subprocess.PIPE, close_fds=False)
    with start.LOCK.open("w") as other:
        assert not start.has_taken(other)
        step.communicate()
        assert start.has_taken(other)


# Handing over


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_without_a_display_the_window_is_drawn_offscreen_and_it_says_so(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    machine.starts("--smoke")
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "No display here" in capsys.readouterr().err


@pytest.mark.parametrize("setting", ["DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"])
def test_a_display_or_a_chosen_platform_is_left_alone(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], setting: str
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv(setting, "vnc")
    machine.starts()
    assert os.environ.get("QT_QPA_PLATFORM") == ("vnc" if setting == "QT_QPA_PLATFORM" else None)
    assert "No display" not in capsys.readouterr().err


def test_windows_waits_for_the_application_and_returns_its_exit_code(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []

    def call(command: list[str]) -> int:
        called.append(command)
        return 7

    with monkeypatch.context() as windows:
        windows.setattr(os, "name", "nt")
        windows.setattr(subprocess, "call", call)
        code = machine.start.hand_over(["--smoke"])
    assert code == 7
    assert called == [[str(machine.start.VENV_PYTHON), "-m", "azcn_desktop", "--smoke"]]
    assert machine.handed_over is None
