"""What to ask where masks alone decide: the cases of a fact are few, so each is worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_RANK = 20  # bits; a pack has at most 500,000 nodes
_COUNT = 20
_FLOORS = (1 << _COUNT) - 1
_NOT_THE_SEVERITY = 100  # after each of them
_AN_ENTRY = 120  # bytes, but for the key's own

NOTHING = 0
"""No answer makes a difference."""


def told(key: int) -> tuple[int, int | None]:
    """The rank of the fact, and what an answer could raise the severity to."""
    worst = key >> _COUNT + _RANK
    return key & (1 << _RANK) - 1, None if worst == _NOT_THE_SEVERITY else worst


@dataclass(frozen=True, slots=True, kw_only=True)
class Helped:
    """The floors that a fact helps to reach, or that name it; those of the conditions stand above the criteria's."""

    rank: int
    naming: int
    """Of the criteria, those that name it."""
    raising: int
    """Those that would make the incident worse than it is."""
    plain: int
    """Of them those by which it surely does."""
    opening: int
    """Of the conditions those that would open the war room; none if it is open."""
    alone: int
    """Of them those that need nothing more."""
    summoning: int
    """Those on which rows of the roster depend."""

    @property
    def mask(self) -> int:
        """All of them."""
        return self.naming | self.raising | self.opening | self.summoning


class Asking(dict[int, int]):
    """Those of a fact's floors that are not blocked -> the question, as a number.

    Below zero where the facts themselves have to be looked at: the question if an answer does not raise the severity.
    """

    __slots__ = ("_room", "_severity_of", "fact", "helped")

    def __init__(self, fact: str, helped: Helped, severity_of: Sequence[int], room: list[int]) -> None:
        """`severity_of`: the severity by the position of a floor, counted from 1.

        `room`: how many bytes all of a pack may still take, about; the only item.
        """
        super().__init__()
        self.fact, self.helped, self._severity_of, self._room = fact, helped, severity_of, room

    def __missing__(self, unblocked: int) -> int:
        helped = self.helped
        found = NOTHING
        first = (floors := unblocked & helped.raising) & -floors
        if first & helped.plain:
            found = self.key(self._severity_of[first.bit_length()], unblocked)
        elif not first and unblocked & helped.alone:
            found = self.key(None, unblocked)
        elif first or unblocked & (helped.opening | helped.summoning):
            found = -self.key(None, unblocked)
        if self._room[0] > 0:
            self._room[0] -= _AN_ENTRY + unblocked.bit_length() // 8
            self[unblocked] = found
        return found

    def key(self, worst: int | None, unblocked: int) -> int:
        """The question about the fact as a number; the most useful comes first.

        `worst`: what an answer could raise the severity to, None if not that.
        """
        floors = (unblocked & self.helped.naming).bit_count()
        return ((worst or _NOT_THE_SEVERITY) << _COUNT | _FLOORS - floors) << _RANK | self.helped.rank
