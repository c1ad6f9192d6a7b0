"""A killed program: every edit that was acknowledged is there, none is half there, and undo goes on."""

import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from azcn_desktop.store.query import Query
from tests.store.builders import reopen

KILLS = 20
_EDITOR = """
import sys
from pathlib import Path
from azcn_desktop.records.changes import Change, ChangeSet
from azcn_desktop.store.database import Database
from azcn_desktop.store.store import Store

store = Store(Database.open(Path(sys.argv[1])))
number = int(sys.argv[2])
while True:
    meeting = Change("meeting", -1, None, {"title": f"Meeting {number}", "status": "held"})
    part = Change("participation", -2, None, {"meeting_id": -1, "side": "AZ", "printed": f"Somebody {number}"})
    store.apply(ChangeSet(f"New {number}", (meeting, part)))
    print(number, flush=True)
    number += 1
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a thing of POSIX")
def test_every_acknowledged_edit_survives_a_kill(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    path.write_bytes(template.read_bytes())
    chance = random.Random(7)
    acknowledged = 0
    for _ in range(KILLS):
        child = subprocess.Popen(
            [sys.executable, "-c", _EDITOR, str(path), str(acknowledged + 1)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        for _ in range(chance.randint(1, 6)):
            acknowledged = int(child.stdout.readline())
        child.send_signal(signal.SIGKILL)
        last = child.stdout.read().split()
        child.stdout.close()
        child.wait()
        acknowledged = int(last[-1]) if last else acknowledged
        store = reopen(path)
        assert store.database.one("PRAGMA integrity_check") == "ok"
        titles = list(store.titles("meeting", store.keys(Query("meeting"))).values())
        # The edit under way at the kill may be there or not, but never half.
        assert titles in ([f"Meeting {n}" for n in range(1, acknowledged + extra + 1)] for extra in (0, 1))
        assert store.count(Query("participation")) == len(titles)
        assert [label for _, label, _ in store.journal.labels(1)] == [f"New {len(titles)}"]
        acknowledged = len(titles)
        store.close()
    assert acknowledged >= KILLS
    store = reopen(path)
    store.undo()
    assert store.count(Query("meeting")) == store.count(Query("participation")) == acknowledged - 1
    store.close()
    assert list(tmp_path.iterdir()) == [path]
