"""How many flows the datasets hold, and how many of them count today. Reads the sums; touches no flow."""

from __future__ import annotations

from msgspec import Struct

from azcn_desktop.store.database import Database
from azcn_desktop.store.flows.summaries import SUM_COUNTS

_HELD = (
    f"SELECT s.dataset_id, sum(s.flows), sum(CASE WHEN {SUM_COUNTS} THEN s.flows ELSE 0 END) FROM trade_total s "
    "JOIN dataset d ON d.id = s.dataset_id GROUP BY 1"
)


class HeldFlows(Struct, frozen=True):
    """The flows of one dataset.

    Attributes:
        held: all of them.
        counting: those that no later dataset replaces; none while the dataset is not ready.
    """

    held: int = 0
    counting: int = 0


def held_flows(database: Database) -> dict[int, HeldFlows]:
    """Return what each dataset holds, by its id; datasets without flows are not there."""
    return {int(key): HeldFlows(int(held), int(counting)) for key, held, counting in database.all(_HELD)}
