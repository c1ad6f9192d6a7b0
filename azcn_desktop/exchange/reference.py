"""The first build: a new database with everything that the reference tables hold.

Goes through the same store as everything else: one step, checked row by row, that is no undo step. What was shipped is
remembered, so that a changed record shows it and can be set back. A build that is killed leaves no half database.
"""

from __future__ import annotations

import contextlib
import glob
import os
import time
from collections.abc import Callable
from pathlib import Path

from azcn_desktop.errors import AlreadyThere, UserError
from azcn_desktop.exchange.reference_draft import Plan
from azcn_desktop.exchange.reference_plan import plan_reference
from azcn_desktop.progress import Progress
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.resources_path import shipped_data
from azcn_desktop.store import migrations
from azcn_desktop.store.database import Database, is_there
from azcn_desktop.store.store import Store

__all__ = ["Plan", "build_reference", "plan_reference", "upgrade_file"]

_STEPS = 5
_UNFINISHED = ".new"
_ABANDONED_S = 600  # a build takes well under a second


def build_reference(
    path: Path,
    progress: Progress = Progress(),  # noqa: B008 - a frozen value
    then: Callable[[Store, Progress], None] | None = None,
) -> None:
    """Make a new database of the shipped reference tables.

    Args:
        path: the new file; its folder exists.
        progress: where to report to.
        then: fills in more before the file gets its name.

    Raises:
        AlreadyThere: the file exists, or somebody else made it meanwhile.
        UserError: its folder is missing or can't be written, or a reference table can't be read.
        Cancelled: the person stopped it; nothing remains.
    """
    if is_there(path):
        raise AlreadyThere(f"{path} exists already. Choose another name, or open it.")
    unfinished = path.with_name(f".{path.name}.{os.getpid()}{_UNFINISHED}")
    _clear_leftovers(path)
    try:
        progress.report(0, _STEPS, "Reading the reference tables")
        plan = plan_reference(shipped_data(), SCHEMA)
        _fill(unfinished, plan, progress, then)
        _move_into_place(unfinished, path)
    except AlreadyThere:
        raise
    except UserError as error:  # a person knows the name that was asked for, not that of the unfinished file
        raise UserError(str(error).replace(str(unfinished), str(path))) from error
    finally:
        _remove(unfinished)


def upgrade_file(path: Path) -> None:
    """Bring the tables of an older file up to the catalogue; its records stay as they are.

    Raises:
        UserError: it can't be opened or brought up to date, and was left as it was.
    """
    database = Database.open(path, any_version=True)
    try:
        migrations.upgrade(database, SCHEMA)
    finally:
        database.close()


def _fill(path: Path, plan: Plan, progress: Progress, then: Callable[[Store, Progress], None] | None) -> None:
    database = Database.create(path)
    try:
        progress.report(1, _STEPS, "Making the tables")
        migrations.upgrade(database, SCHEMA)
        store = Store(database)
        progress.report(2, _STEPS, "Filling them")
        notice = store.apply(plan.change_set())
        progress.report(3, _STEPS, "Keeping what was shipped")
        store.remember_shipped(plan.remembered(SCHEMA, notice.new_keys))
        if then is not None:
            progress.report(4, _STEPS, "Loading the statistics")
            then(store, progress)
        progress.report(_STEPS, _STEPS)
    finally:
        database.close()


def _move_into_place(unfinished: Path, path: Path) -> None:
    """Give the finished file its name; link() refuses to replace what another start has put there meanwhile."""
    try:
        os.link(unfinished, path)
    except FileExistsError:
        raise AlreadyThere(f"{path} was made by another program meanwhile. Open that one.") from None
    except OSError:  # a file system without hard links
        unfinished.rename(path)


def _clear_leftovers(path: Path) -> None:
    """Remove what killed builds left beside the target; a young file may be the work of another start."""
    for leftover in path.parent.glob(f".{glob.escape(path.name)}.*{_UNFINISHED}*"):
        with contextlib.suppress(OSError):
            if time.time() - leftover.stat().st_mtime > _ABANDONED_S:
                leftover.unlink()


def _remove(unfinished: Path) -> None:
    for leftover in (unfinished, unfinished.with_name(unfinished.name + "-journal")):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            leftover.unlink()
