"""Who is meant by a printed name: organisations and people of the reference tables, with namesakes kept apart.

What can't be told stays printed words; nothing is guessed. Knows keys and names, not records.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from azcn_desktop.exchange.reference_draft import Who
from azcn_desktop.records.text import fold

UNNAMED = "unnamed"


class Directory:
    """Finds the record behind a printed name.

    Attributes:
        organisations: folded name or other name to key.
    """

    def __init__(self) -> None:
        self.organisations: dict[str, int] = {}
        self._people: dict[str, list[int]] = defaultdict(list)
        self._offices: dict[int, set[str]] = defaultdict(set)

    def add_organisation(self, key: int, names: Iterable[str]) -> None:
        """Enter an organisation under its names; a name already taken stays with the first."""
        for name in names:
            self.organisations.setdefault(fold(name), key)

    def add_person(self, key: int, name: str, offices: Iterable[str]) -> None:
        """Enter a person under the name in Latin letters, with the offices held."""
        self._people[fold(name)].append(key)
        self._offices[key] |= {fold(office) for office in offices}

    def organisation(self, name: str) -> int | None:
        """Return the organisation of this name, or None."""
        return self.organisations.get(fold(name))

    def person(self, name: str, among: Iterable[int] = (), office: str = "") -> int | None:
        """Return the person of this name.

        Args:
            name: as printed, in Latin letters.
            among: the people known to be at the place in question; tells namesakes apart.
            office: as printed; tells namesakes apart where the place does not.

        Returns:
            None when nobody has the name, or when namesakes can't be told apart.
        """
        found = self._people.get(fold(name), [])
        for narrowed in (
            found,
            [key for key in found if key in set(among)],
            [key for key in found if office and fold(office) in self._offices[key]],
        ):
            if len(narrowed) == 1:
                return narrowed[0]
        return None

    def who(self, name: str, among: Iterable[int] = (), office: str = "") -> Who:
        """Return the person or organisation of a name, else the printed words; nothing for an empty name."""
        if not name:
            return None, None, None
        if (person := self.person(name, among, office)) is not None:
            return "person", person, None
        if (organisation := self.organisation(name)) is not None:
            return "organisation", organisation, None
        return None, None, name

    def participant(self, text: str, among: Iterable[int]) -> tuple[Who, str | None]:
        """Return who a participant is, and the office or other words printed beside the name.

        Args:
            text: "Name (Office; Organisation)", "Organisation (unnamed)" or plain words.
            among: the people known to have attended.
        """
        match = re.fullmatch(r"(.+?) \((.+)\)", text)
        if not match:
            return self.who(text, among), None
        name, beside = match[1], match[2]
        office, _, place = (part.strip() for part in beside.partition(";"))
        if beside.startswith(UNNAMED):
            key = self.organisation(name)
            return (("organisation", key, None), beside) if key is not None else ((None, None, text), None)
        who = self.who(name, among, office)
        if who[2] is not None:
            return (None, None, text), None
        return who, office if not place or self.organisation(place) is not None else f"{office}, {place}"
