"""The reference tables as they lie on disk, and how their cells read.

Every cell is text. Here it becomes a stored word, a date or a number; what a row means as a record is not known here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from azcn_desktop.errors import UserError
from azcn_desktop.records.kinds import Choice, Country

Row = Mapping[str, str]

FIGURE_FILES = ("trade_figures", "investment_figures", "transit_tourism_figures")
TABLES = {
    "organisations": "organisation",
    "people": "person",
    "meetings": "meeting",
    "agreements": "agreement",
    "projects": "project",
    **dict.fromkeys(FIGURE_FILES, "figure"),
    "commitments": "commitment",
}
_DAY_INFERRED = "Day inferred"


class ReferenceFiles(Struct, frozen=True):
    """All reference tables.

    Attributes:
        rows: file name without ending to its rows, in the order of the file.
        links: the rows of links.csv.
        seed_addresses: a key of the column `seed` to the address under which that text is published.
        published: address of a source to its date.
        quotes: id of a row and address of a further text that carries it, or its outcome, to the words there.
        inferred_days: dates of which a note says that the day, not the year, is inferred.
    """

    rows: Mapping[str, list[Row]]
    links: list[Row]
    seed_addresses: Mapping[str, str]
    published: Mapping[str, str]
    quotes: Mapping[tuple[str, str], str]
    inferred_days: frozenset[str]

    @classmethod
    def read(cls, folder: Path) -> ReferenceFiles:
        """Read all tables of a folder. Raises UserError when one is missing or can't be read."""
        rows = {name: read_rows(folder / f"{name}.csv") for name in TABLES}
        every = [row for table in rows.values() for row in table]
        seeds = {row["seed"]: row["source_url"] for row in every if row["seed"] and ";" not in row["seed"]}
        published = {row["source_url"]: row["source_date"] for row in every}
        quotes = {(row["id"], seeds[row["seed"]]): row["quote"] for row in read_rows(folder / "quotes.csv")}
        days = frozenset(
            value
            for row in every
            if _DAY_INFERRED in row["note"]
            for value in row.values()
            if re.fullmatch(r"\d{4}-\d{2}-\d{2}\?", value)
        )
        return cls(rows, read_rows(folder / "links.csv"), seeds, published, quotes, days)

    def date(self, text: str) -> str | None:
        """Return a stored date; `2019-04-24?` of which only the day is inferred becomes `2019-04-?24`."""
        return f"{text[:8]}?{text[8:10]}" if text in self.inferred_days else text or None

    def addresses(self, row: Row) -> list[str]:
        """Return the addresses of all texts that carry a row, its own first."""
        others = [self.seed_addresses[seed] for seed in split(row["seed"], ";") if seed in self.seed_addresses]
        return list(dict.fromkeys([row["source_url"], *others]))

    def linked(self, *relations: str) -> Iterator[Row]:
        """Yield the links of some relations."""
        return (link for link in self.links if link["relation"] in relations)


def split(text: str, mark: str) -> list[str]:
    """Return the parts of a cell that holds several values."""
    return [part.strip() for part in text.split(mark) if part.strip()]


def stored_word(kind: Choice, text: str) -> str | None:
    """Return the stored word for the word of a table: "half-year" gives "half_year".

    Raises:
        ValueError: the closed list of the catalogue lacks it.
    """
    wanted = re.sub(r"[ -]", "_", text.strip()).lower()
    if not wanted:
        return None
    for word in kind.words:
        if word.lower() == wanted:
            return word
    raise ValueError(f"“{text}” is in no closed list of the catalogue: {', '.join(kind.words)}")


def number(text: str) -> float | None:
    """Return a plain number of a table."""
    return float(text) if text else None


def country_codes(text: str) -> str | None:
    """Return ISO 3166-1 alpha-2 codes; "international" has none."""
    value = None if text == "international" else Country().parse(text)
    return str(value) if value else None


def read_rows(path: Path) -> list[Row]:
    """Return the rows of one file. Raises UserError when it is missing or can't be read."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(
            f"The reference table {path} can't be read: {error}. Install AZCN Desktop again, or restore that file."
        ) from error
