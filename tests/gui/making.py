"""Making records in an open file as the window does, by an edit that is committed."""

from azcn_desktop.gui.workspace import Workspace
from azcn_desktop.records.kinds import Value
from azcn_desktop.store import edits


def make(workspace: Workspace, table: str, /, **values: Value) -> int:
    """Create a record and return its id."""
    return workspace.apply(edits.create(workspace.store, table, values)).new_keys[-1]
