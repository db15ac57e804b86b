"""The facts of an incident as several sources tell them: what each says, who is believed, and who said so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple

from sevclass.scales import Facts, Scale, SumOf, Value

TEAM = "team"
"""The source of an event that names none."""


class Said(NamedTuple):
    """What a source said of a fact, when, and who wrote it."""

    value: Value
    source: str
    at: datetime
    by: str | None


class FactsSaid:
    """Within a source the latest value counts; across sources the worst, of a label the latest."""

    def __init__(self, scales: Mapping[str, Scale]) -> None:
        self._scales = scales
        self._said: dict[str, dict[str, Said]] = {}
        self._ranked: dict[str, list[tuple[float, int, Said]]] = {}
        """Fact -> a heap of what was said, the worst and of equals the latest first, with what counts no more."""
        self._count = 0
        self.facts: dict[str, Value | None] = {f: None for f, scale in scales.items() if not isinstance(scale, SumOf)}
        """Every fact of the pack; None is unknown."""

    def say(self, facts: Facts, source: str | None, at: datetime, by: str | None, *, settles: bool) -> None:
        """A source says of some facts what they are; null takes back what it said."""
        source = source or TEAM
        for fact, value in facts.items():
            said = self._said.setdefault(fact, {})
            if settles:
                said.clear()
            said.pop(source, None)  # the latest is the last
            if value is not None:
                self._count += 1
                said[source] = one = Said(value, source, at, by)
                ranked = self._ranked.setdefault(fact, [])
                if len(said) == 1:
                    ranked.clear()
                heappush(ranked, (-self._scales[fact].order(value), -self._count, one))
            self.facts[fact] = found.value if (found := self.believed(fact)) else None

    def believed(self, fact: str) -> Said | None:
        """Who is believed about a fact; None while it is unknown."""
        said = self._said.get(fact)
        if not said:
            return None
        if len(said) == 1:
            return next(iter(said.values()))
        ranked = self._ranked[fact]  # all labels are equally bad
        while said.get((worst := ranked[0][-1]).source) is not worst:
            heappop(ranked)
        return worst

    def conflicts(self) -> dict[str, tuple[Said, ...]]:
        """The facts of which sources say different things, and what each says."""
        said = {fact: tuple(self._said.get(fact, {}).values()) for fact in self.facts}
        return {fact: found for fact, found in said.items() if len({one.value for one in found}) > 1}
