"""Minimal sets of moves: the least ways up to one of many goals, and the least ways down that block all of them.

A move takes a fact to a rank. Ways up are the goals themselves, without those that another one makes needless. Ways
down are hitting sets: each goal has to lose at least one of its facts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

MOST_SETS = 1_000
"""The most sets that are looked for on the way up."""
MOST_STEPS = 5_000_000
"""The most comparisons of ranks that the searches of one explanation make, upwards or downwards."""

Moves: TypeAlias = Mapping[str, int]
"""Fact -> the rank that it has to reach, or to fall to."""


@dataclass(slots=True)
class Search:
    """The sets found, and how much longer to look."""

    left: int
    found: list[Moves] = field(default_factory=list)
    size: int = field(init=False)
    """How many ranks the goals ask for, all together, on the way down."""
    cut: bool = False

    def step(self, comparisons: int) -> bool:
        """Spend some comparisons; False when there are none left, and then the search has been cut short."""
        self.left -= comparisons
        self.cut = self.cut or self.left < 0
        return not self.cut


def ways_up(goals: Iterable[Moves], key: Callable[[Moves], Any], left: int = MOST_STEPS) -> Search:
    """The goals that no other one makes needless. By `key` whatever makes one needless comes before it.

    `left`: how many comparisons it may make.
    """
    search = Search(left=left)
    for goal in sorted(_distinct(goals), key=key):
        if len(search.found) > MOST_SETS or not search.step((len(search.found) + 1) * max(1, len(goal))):
            search.cut = True
            break
        if not any(_within(kept, goal) for kept in search.found):
            search.found.append(goal)
    return search


def ways_down(goals: Iterable[Moves], left: int = MOST_STEPS) -> Search:
    """The least moves down after which none of the goals is reached.

    `left`: how many comparisons it may make.
    """
    search = Search(left=left)
    # Blocking a goal blocks every one that asks for more.
    least: list[Moves] = []
    for goal in sorted(_distinct(goals), key=lambda goal: (len(goal), sum(goal.values()))):
        if not search.step((len(least) + 1) * len(goal)):
            return search
        if not any(_within(kept, goal) for kept in least):
            least.append(goal)
    search.size = sum(map(len, least))
    caps: dict[str, set[int]] = {}
    for goal in least:
        for fact, rank in goal.items():
            caps.setdefault(fact, set()).add(rank - 1)
    _block(least, {fact: sorted(found) for fact, found in caps.items()}, {}, search, set())
    return search


def _block(
    goals: Sequence[Moves],
    caps: Mapping[str, Sequence[int]],
    moves: Moves,
    search: Search,
    seen: set[frozenset[tuple[str, int]]],
) -> None:
    """Find the least moves down, beyond those made, that block the goals that are left.

    Take the first goal that stands; one of its facts has to fall below what it asks, as far as any goal may want.
    Moves of which one is needless stay so whatever is added, so they are given up: what is found is minimal.
    """
    standing = next((goal for goal in goals if not _blocked(goal, moves)), None)
    if standing is None:
        search.found.append(moves)
        return
    for fact, rank in standing.items():
        for cap in caps[fact] if fact not in moves else ():
            more = {**moves, fact: cap}
            key = frozenset(more.items())
            if cap >= rank or key in seen:
                continue
            seen.add(key)
            if not search.step(search.size * len(more)):
                return
            if all(_needed(moved, goals, caps[moved], more) for moved in more):
                _block(goals, caps, more, search, seen)


def _needed(fact: str, goals: Sequence[Moves], caps: Sequence[int], moves: Moves) -> bool:
    """Whether there is a goal that is blocked only because the fact falls this far."""
    higher = caps[bisect_right(caps, moves[fact]) :]
    less = {**moves, fact: higher[0]} if higher else {other: cap for other, cap in moves.items() if other != fact}
    return any(_blocked(goal, moves) and not _blocked(goal, less) for goal in goals)


def _blocked(goal: Moves, moves: Moves) -> bool:
    return any(moves.get(fact, rank) < rank for fact, rank in goal.items())


def _within(less: Moves, more: Moves) -> bool:
    """Whether every move of `less` is in `more`, as far or further up."""
    return all(fact in more and more[fact] >= rank for fact, rank in less.items())


def _distinct(many: Iterable[Moves]) -> list[Moves]:
    return list({frozenset(moves.items()): moves for moves in many}.values())
