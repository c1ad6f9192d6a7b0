"""What could be done about an empty table of records, in two sentences."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from azcn_desktop.store.query import Query


def why_empty(plural: str, view: str, query: Query, is_filtering: bool, is_waiting: bool) -> tuple[str, str]:
    """Return why there is nothing, and what can be done.

    Args:
        plural: what is not there.
        view: the view that is shown, in words.
        query: the view with the filters.
        is_filtering: whether filters let only some records through.
        is_waiting: whether records are still looked for.
    """
    if is_waiting:
        words = _tr("Looking for {}…").format(plural), ""
    elif is_filtering:
        words = _tr("No {} match these filters").format(plural), _tr("Change or clear them to see more.")
    elif query.is_trash:
        words = _tr("The trash is empty"), _tr("What you delete is kept here until you empty it.")
    elif query.conditions:
        words = _tr("Nothing here now"), _tr("No record belongs to “{}” at the moment.").format(view)
    else:
        words = _tr("No {} yet").format(plural), _tr("Press Ctrl+N to make the first one.")
    return words


def _tr(words: str) -> str:
    return QCoreApplication.translate("RecordTab", words)
