"""Covers: which role stands in for which, and who is left when covered roles are taken out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence


class Covers:
    """Role -> the roles it covers; covering is transitive."""

    __slots__ = ("_covers",)

    def __init__(self, covers: Mapping[str, Sequence[str]]) -> None:
        self._covers = dict(covers)

    def covered_by(self, role: str) -> set[str]:
        """The roles that the role stands in for."""
        reached: set[str] = set()
        self._reach(role, reached)
        return reached

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
                    hidden.add(role)
                    self._reach(role, hidden)
        return there

    def _reach(self, role: str, reached: set[str]) -> None:
        """Add what the role covers. What has been reached before has had its own added, so it is not followed again."""
        ahead = list(self._covers.get(role, ()))
        while ahead:
            if (other := ahead.pop()) not in reached:
                reached.add(other)
                ahead.extend(self._covers.get(other, ()))


def circles(covers: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """The circles that covers run in, each from a role to itself: no roster can tell who of them comes."""
    done: set[str] = set()
    for start in covers:
        # The roles on the way, each with those it covers that are still to be looked at.
        way: dict[str, Iterator[str]] = {start: iter(covers[start])} if start not in done else {}
        while way:
            role, others = next(reversed(way.items()))
            other = next(others, None)
            if other is None:
                done.add(role)
                del way[role]
            elif other in way:
                roles = list(way)
                yield [*roles[roles.index(other) :], other]
            elif other not in done:
                way[other] = iter(covers.get(other, ()))
