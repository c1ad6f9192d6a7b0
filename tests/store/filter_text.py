"""Reading the text of a filter field."""

import pytest

from azcn_desktop.errors import UserError
from azcn_desktop.records.catalogue import SCHEMA
from azcn_desktop.store.query import Query, parse_query


def parsed(text: str, table: str = "meeting") -> Query:
    """Read the text of a filter field."""
    return parse_query(text, SCHEMA[table])


def refusal(text: str, table: str = "meeting") -> str:
    """Return the sentence with which the text of a filter field is refused."""
    with pytest.raises(UserError) as refused:
        parsed(text, table)
    return str(refused.value)
