"""Completions of an incident: what its unknown facts may turn out to be, as few of them as tell for all."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import product

from sevclass.evaluate import Evaluator
from sevclass.scales import COUNT_MAX, Facts, Floor, Label, SumOf, Value
from sevclass.shortcuts import Now

MOST_SHARES = 500
"""The most ways to share out a sum that are all tried; above it only those that go just up to a threshold."""
MOST_COMPLETIONS = 2_000
"""The most completions that are tried for one set of floors; what needs more is asked, whether it matters or not."""


class Completions:
    """The completions of one pack. Immutable after construction."""

    __slots__ = ("_labels", "_scales", "_sums", "_thresholds")

    def __init__(self, evaluator: Evaluator, sums: Mapping[str, Mapping[str, SumOf]]) -> None:
        """`sums`: for each input fact, the sums that it is part of."""
        self._scales, self._sums = evaluator.scales, sums
        tested = evaluator.conditions.naming
        self._labels = {n: s.names for n, s in self._scales.items() if isinstance(s, Label) and n in tested}
        floors = (*evaluator.criteria_floors, *evaluator.condition_floors)
        self._thresholds = {
            part: sorted({int(floor[part]) for floor in floors if part in floor}) for part in sums if sums[part]
        }

    def least(self, floor: Floor) -> Sequence[Facts] | None:
        """The least facts with which a floor is reached; None if there are too many to list."""
        nothing = dict.fromkeys(self._sums)
        try:
            return list(_few(self._all("", nothing, [floor], labels=False), [MOST_COMPLETIONS]))
        except _TooManyError:
            return None

    def any(
        self, fact: str, now: Now, needs: Iterable[Floor], is_so: Callable[[Facts], bool], *, labels: bool = False
    ) -> bool:
        """Whether it is so in one of the least completions, or they are too many to tell."""
        try:
            return any(map(is_so, _few(self._all(fact, now.facts, needs, labels=labels), now.left)))
        except _TooManyError:
            return True

    def _all(
        self, fact: str, facts: Facts, needs: Iterable[Floor], *, labels: bool
    ) -> Iterator[dict[str, Value | None]]:
        """The least completions of the other unknown facts with which a bad answer of `fact` reaches all of `needs`.

        Harmless is written as unknown, which is evaluated alike. Labels have no harmless end: with `labels` each name
        is tried, where the roster tests it; nothing else depends on one.
        """
        scales = self._scales
        rest = dict(facts)
        totals: list[tuple[SumOf, int]] = []
        for floor in needs:
            for name, level in floor.items():
                scale = scales[name]
                if isinstance(scale, SumOf):
                    if fact not in scale.parts:
                        totals.append((scale, int(level)))
                elif name != fact and facts[name] is None:
                    so_far = rest[name]
                    if isinstance(scale, Label) and so_far not in (None, level):
                        return
                    if so_far is None or scale.order(level) > scale.order(so_far):
                        rest[name] = level
        tested = self._labels if labels else {}
        names = {name: names for name, names in tested.items() if name != fact and rest[name] is None}
        for chosen in product(*names.values()):
            yield from self._shared_out(fact, facts, {**rest, **dict(zip(names, chosen, strict=True))}, totals)

    def _shared_out(
        self, fact: str, facts: Facts, rest: dict[str, Value | None], totals: Sequence[tuple[SumOf, int]]
    ) -> Iterator[dict[str, Value | None]]:
        """`rest` with the unknown parts of sums raised, in every way that may matter, until each total is reached."""
        if not totals:
            yield rest
            return
        (scale, level), *others = totals
        missing = level - scale.known(rest)
        if missing <= 0:
            yield from self._shared_out(fact, facts, rest, others)
            return
        parts = [part for part in scale.parts if facts[part] is None]
        for shares in self._shares(parts, missing, rest):
            raised = {part: int(rest[part] or 0) + share for part, share in zip(parts, shares, strict=True)}
            yield from self._shared_out(fact, facts, {**rest, **raised}, others)

    def _shares(self, parts: Sequence[str], missing: int, rest: Facts) -> Iterator[tuple[int, ...]]:
        """Ways to share `missing` out over the parts."""
        if math.comb(missing + len(parts) - 1, len(parts) - 1) <= MOST_SHARES:
            yield from _compositions(missing, len(parts))
            return
        # A part in a second sum would have to be weighed against that one too.
        if any(len(self._sums[part]) > 1 for part in parts):
            raise _TooManyError
        caps = [
            [t - 1 - int(rest[p] or 0) for t in self._thresholds[p] if t > int(rest[p] or 0)] + [COUNT_MAX]
            for p in parts
        ]
        for cap in product(*caps):
            if sum(cap) >= missing:
                yield _filled(missing, cap)


class _TooManyError(Exception):
    """There are more completions than can be tried."""


def _few(completions: Iterable[Facts], left: list[int]) -> Iterator[Facts]:
    for number, completion in enumerate(completions):
        if number == MOST_COMPLETIONS or not left[0]:
            raise _TooManyError
        left[0] -= 1
        yield completion


def _filled(missing: int, caps: Sequence[int]) -> tuple[int, ...]:
    """Fill the parts one after the other, each up to its cap."""
    shares = []
    for cap in caps:
        shares.append(min(missing, cap))
        missing -= shares[-1]
    return tuple(shares)


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to write `total` as an ordered sum of `parts` whole numbers."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *others) for others in _compositions(total - first, parts - 1))
