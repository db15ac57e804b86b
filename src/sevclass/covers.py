"""Covers: which role stands in for which, and who is left when covered roles are taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


class Covers:
    """Role -> the roles it covers, at any remove."""

    __slots__ = ("_covered",)

    def __init__(self, covers: Mapping[str, Sequence[str]]) -> None:
        self._covered = {role: frozenset(_reach(covers, role)) for role in covers}

    def covers(self, role: str, other: str) -> bool:
        """Whether `role` stands in for `other`."""
        return other in self._covered.get(role, ())

    def standing(self, groups: Iterable[Iterable[str]]) -> list[tuple[int, str]]:
        """The roles of the groups in their order, less those already there or covered by one that is.

        Each role comes with the index of the group it is taken from.
        """
        there: list[tuple[int, str]] = []
        hidden: set[str] = set()
        for index, group in enumerate(groups):
            for role in group:
                if role not in hidden:
                    there.append((index, role))
                    hidden |= {role, *self._covered.get(role, ())}
        return there


def _reach(covers: Mapping[str, Sequence[str]], role: str) -> set[str]:
    """Every role reached from `role`; itself too where the covers run in a circle."""
    reached: set[str] = set()
    ahead = list(covers[role])
    while ahead:
        if (other := ahead.pop()) not in reached:
            reached.add(other)
            ahead.extend(covers.get(other, ()))
    return reached


def circles(covers: Mapping[str, Sequence[str]]) -> list[str]:
    """The roles that cover themselves, at any remove: no roster can tell who of them comes."""
    return [role for role in covers if role in _reach(covers, role)]
