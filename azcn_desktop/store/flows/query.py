"""What flows a person looks at: the one value that the table of statistics, its counts and its charts share.

It says what is wanted and knows no SQL; `selecting` translates it. Empty parts let everything through.
"""

from __future__ import annotations

from msgspec import Struct

TOTAL = "TOTAL"
"""The code of all goods together."""


class FlowQuery(Struct, frozen=True):
    """A choice of flows. All parts must hold; of several values in one part, one must.

    Attributes:
        text: digits find codes that begin with them; anything else finds codes whose description has all the words,
            whatever their case and accents.
        since, until: first and last period, YYYY, YYYYQn or YYYYMM, both included: until 2023 takes in 202312.
        frequencies: A, Q or M.
        reporters, partners: alpha-2, `WLD`, or the name of an area as the publisher writes it.
        flows: M, X, RM or RX.
        levels: 0 for all goods, 2, 4 or 6 digits; -1 for names of products.
        datasets: ids.
        publishers, valuations, currencies, classifications: words as stored.
        sort: a column of trade_flow, `id`, `description`, `dataset` (by title) or `publisher`, with a minus in front
            for falling. Ties stand by code, period and id, all goods before all codes, and what is empty stands last,
            in both directions; a period goes by its end. Empty for the order in which rows lie, or, where a text
            chooses codes, by code, period and id.
    """

    text: str = ""
    since: str = ""
    until: str = ""
    frequencies: tuple[str, ...] = ()
    reporters: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    flows: tuple[str, ...] = ()
    levels: tuple[int, ...] = ()
    datasets: tuple[int, ...] = ()
    publishers: tuple[str, ...] = ()
    valuations: tuple[str, ...] = ()
    currencies: tuple[str, ...] = ()
    classifications: tuple[str, ...] = ()
    sort: str = ""

    @property
    def is_code(self) -> bool:
        """Tell whether the text is the beginning of a code."""
        return self.text.strip().isdigit()
