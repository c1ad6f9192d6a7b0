"""Back and forward over the places a person has been, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass

_MOST = 100


@dataclass(frozen=True, slots=True)
class Place:
    """A record on a page; key None is the page without a selection."""

    table: str
    key: int | None = None


class Trail:
    """The places visited and where one stands among them."""

    def __init__(self) -> None:
        self._places: list[Place] = []
        self._at = -1

    def visit(self, place: Place) -> None:
        """Go to a new place; what was ahead is forgotten. The same place again is no step."""
        if self._places and self._places[self._at] == place:
            return
        self._places = [*self._places[: self._at + 1], place][-_MOST:]
        self._at = len(self._places) - 1

    def back(self) -> Place | None:
        """Step back and return the place, or None at the start."""
        if self._at <= 0:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place | None:
        """Step forward and return the place, or None at the end."""
        if self._at + 1 >= len(self._places):
            return None
        self._at += 1
        return self._places[self._at]

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is a place behind."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Tell whether there is a place ahead."""
        return self._at + 1 < len(self._places)

    def forget(self) -> None:
        """Forget everything: another file is open."""
        self._places, self._at = [], -1
