"""What is said about the rows of the reference tables in small files of its own: homes, copies, causes, threads.

Kept apart from the tables because it is judged and not read off a page, and so that either can be edited without the
other. Knows ids and addresses, not records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import Struct

from azcn_desktop.exchange.reference_files import Row, read_rows, split


class Home(Struct, frozen=True):
    """Where a publisher is at home.

    Attributes:
        country: English short name; empty where it is not known, or where there is none.
        language: BCP 47 of its texts here; empty where it has several.
    """

    country: str
    language: str


class Check(Struct, frozen=True):
    """When a commitment was looked at.

    Attributes:
        checked_on: the day of the report that tells what became of it.
        addresses: the reports, where the table of commitments does not name one.
    """

    checked_on: str
    addresses: tuple[str, ...]


class Thread(Struct, frozen=True):
    """Records on one line over time.

    Attributes:
        reference: id of the dossier.
        title: what is followed.
        steps: id of each record and what step it is, in order.
    """

    reference: str
    title: str
    steps: tuple[tuple[str, str], ...]


class Additions(Struct, frozen=True):
    """All small files.

    Attributes:
        homes: publisher as printed in the tables to its home.
        origins: address of a copy to that of the text it repeats.
        due_meetings: commitment to the meeting it is tied to.
        checks: commitment to its check, where the table of commitments does not tell the day.
        causes: figure to the cause of its difference from the preferred one.
        threads: the dossiers.
    """

    homes: Mapping[str, Home]
    origins: Mapping[str, str]
    due_meetings: Mapping[str, str]
    checks: Mapping[str, Check]
    causes: Mapping[str, str]
    threads: tuple[Thread, ...]

    @classmethod
    def read(cls, folder: Path) -> Additions:
        """Read all small files of a folder. Raises UserError when one is missing or can't be read."""
        homes = read_rows(folder / "publishers.csv")
        checks = read_rows(folder / "checks.csv")
        return cls(
            homes={row["publisher"]: Home(row["country"], row["language"]) for row in homes},
            origins=_pairs(folder / "copies.csv", "source_url", "origin_url"),
            due_meetings=_pairs(folder / "due_meetings.csv", "commitment", "meeting"),
            checks={
                row["commitment"]: Check(row["checked_on"], tuple(split(row["source_url"], "|"))) for row in checks
            },
            causes=_pairs(folder / "conflict_causes.csv", "figure", "cause"),
            threads=_threads(read_rows(folder / "dossiers.csv")),
        )


def _pairs(path: Path, key: str, value: str) -> dict[str, str]:
    return {row[key]: row[value] for row in read_rows(path)}


def _threads(rows: Iterable[Row]) -> tuple[Thread, ...]:
    steps: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_position):
        steps[row["dossier"], row["title"]].append(row)
    return tuple(
        Thread(reference, title, tuple((row["record"], row["note"]) for row in part))
        for (reference, title), part in steps.items()
    )


def _position(row: Row) -> tuple[str, int]:
    return row["dossier"], int(row["position"])
