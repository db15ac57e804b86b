"""Why this severity, what would change it, and why a criterion is not met. Exact: all the minimal sets of changes.

The facts of a record are coordinates that can be moved one by one; a sum is a coordinate of its own. An unknown fact
counts as its harmless end. A worse severity is reached by raising facts to what a floor asks for; a milder one by
lowering facts until every floor of the worse ones is blocked, and the smallest ways to do that are hitting sets.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sevclass.classification import Classification, Context, Filler, Part, classified
from sevclass.evaluate import Evaluator, positions
from sevclass.minimal import MOST_SETS, MOST_STEPS, Moves, Search, ways_down, ways_up
from sevclass.problems import FactsError, Problem, nearest, quote
from sevclass.scales import Facts, Flag, Floor, Label, Levels, Measure, Scale, SumOf, Value

_MOST_LISTED = 40
"""The most criteria that a hint lists."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Part):
    """A fact that moves: what it was (null if unknown) and what it becomes."""

    fact: str
    was: Value | None
    becomes: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Improvement(Part):
    """A measure that has to improve past a threshold: no number is the nearest to it."""

    fact: str
    was: Value | None
    better_than: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSet(Part):
    """Changes that together reach a severity: none can be left out, none made smaller."""

    to: int
    changes: tuple[Change | Improvement, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall(Part):
    """What a floor needs of a fact, what it has (null if unknown), and how many steps are missing (0: reached)."""

    fact: str
    needs: Value
    has: Value | None
    steps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot(Part):
    """Why a criterion is not met: each of its floors, nearest first, fact by fact."""

    id: str
    floors: tuple[tuple[Shortfall, ...], ...]


class Explanation(Classification):
    """A classification with what would change it, and why a criterion that was asked about is not met."""

    __slots__ = ("milder", "truncated", "why_not", "worse")

    PARTS = (*Classification.PARTS, "worse", "milder", "truncated", "why_not")

    worse: tuple[ChangeSet, ...]
    """All the minimal sets of changes that would reach each worse severity, or a worse one still."""
    milder: tuple[ChangeSet, ...]
    """All the minimal sets of improvements that would bring it down to each milder severity, or further."""
    truncated: tuple[int, ...]
    """The severities for which more sets may exist than are listed."""
    why_not: WhyNot | None


class Explainer:
    """Explains classifications by one pack. Immutable after construction.

    A value is ranked by how many of its scale's steps it has reached: the levels above the harmless one, or the
    thresholds that criteria name.
    """

    __slots__ = ("_evaluator", "_floors", "_order", "_steps")

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._order = {fact: index for index, fact in enumerate(evaluator.scales)}
        self._steps = {fact: _steps(fact, scale, evaluator.criteria_floors) for fact, scale in evaluator.scales.items()}
        self._floors = tuple(
            {fact: self._rank(fact, level) for fact, level in floor.items()} for floor in evaluator.criteria_floors
        )

    def explain(
        self, classification: Classification, facts: Facts, context: Context, filler: Filler, why_not: str | None
    ) -> Explanation:
        """Explain the classification of checked facts; `why_not` is the id of a criterion.

        Raises FactsError if the pack has no such criterion.
        """
        known = [criterion.id for criterion in self._evaluator.criteria]
        if why_not is not None and why_not not in known:
            message, hint = f"unknown criterion {quote(why_not)}", nearest(why_not, known) or _listed(known)
            raise FactsError([Problem(path="why_not", code="unknown_criterion", message=message, hint=hint)])
        return classified(Explanation, classification.severity, facts, context, _Filler(self, filler, why_not))

    def changes(self, facts: Facts, *, worse: bool) -> Iterator[tuple[int, list[ChangeSet], bool]]:
        """For each worse severity, or each milder one: all the minimal sets of changes, and whether some are left out.

        Worst first. Unknown counts as harmless, so the severity is that of the known facts.
        """
        severity = self._evaluator.severity(facts)
        now = {fact: self._rank(fact, self._has(fact, facts)) for fact in self._order}
        searches: dict[int, Search] = {}  # by the number of floors: the same floors give the same sets
        left = MOST_STEPS
        for to in range(1, severity) if worse else range(severity + 1, self._evaluator.mildest + 1):
            floors = self._worse_than(to + 1 if worse else to)
            if len(floors) not in searches:
                search = self._raising(floors, now, left) if worse else self._lowering(floors, now, left)
                searches[len(floors)], left = search, search.left
            search = searches[len(floors)]
            ordered = sorted(search.found, key=lambda moves: self._key(moves, now))
            cut = search.cut or len(ordered) > MOST_SETS
            yield to, [self._set(to, moves, facts, now) for moves in ordered[:MOST_SETS]], cut

    def why_not(self, id: str, facts: Facts) -> WhyNot:
        """Why the criterion of that id is not met, or how it is."""
        criterion = {criterion.id: criterion for criterion in self._evaluator.criteria}[id]
        floors = [self._shortfalls(self._evaluator.criteria_floors[bit], facts) for bit in positions(criterion.bits)]
        floors.sort(key=lambda short: (sum(s.steps > 0 for s in short), sum(s.steps for s in short)))
        return WhyNot(id=id, floors=tuple(floors))

    def _shortfalls(self, floor: Floor, facts: Facts) -> tuple[Shortfall, ...]:
        return tuple(
            Shortfall(fact=fact, needs=level, has=(has := self._has(fact, facts)), steps=self._short(fact, level, has))
            for fact, level in sorted(floor.items(), key=lambda item: self._order[item[0]])
        )

    def _short(self, fact: str, level: Value, has: Value | None) -> int:
        if isinstance(self._evaluator.scales[fact], Label):
            return int(has != level)
        return max(0, self._rank(fact, level) - self._rank(fact, has))

    def _has(self, fact: str, facts: Facts) -> Value | None:
        """The value of a fact; of a sum what its known parts make, None if none is known."""
        scale = self._evaluator.scales[fact]
        if isinstance(scale, SumOf):
            return None if all(facts[part] is None for part in scale.parts) else scale.known(facts)
        return facts[fact]

    def _rank(self, fact: str, value: Value | None) -> int:
        """How many steps a value has reached."""
        if value is None:
            return 0
        scale = self._evaluator.scales[fact]
        return bisect_right(self._steps[fact], scale.order(value), key=scale.order)

    def _raising(self, floors: Sequence[Moves], now: Moves, left: int) -> Search:
        """The least moves up that reach one of the floors."""
        goals = ({fact: rank for fact, rank in floor.items() if rank > now[fact]} for floor in floors)
        return ways_up(goals, lambda moves: self._key(moves, now), left)

    def _lowering(self, floors: Sequence[Moves], now: Moves, left: int) -> Search:
        """The least moves down that leave none of the floors standing."""
        return ways_down((f for f in floors if all(now[fact] >= rank for fact, rank in f.items())), left)

    def _worse_than(self, severity: int) -> Sequence[Moves]:
        """The floors of criteria worse than the severity, as ranks."""
        return self._floors[: bisect_left(self._evaluator.severity_of, severity, lo=1) - 1]

    def _key(self, moves: Moves, now: Moves) -> tuple[int, int, list[tuple[int, int]]]:
        """Fewer facts first, then fewer steps, then the pack's order."""
        steps = sum(abs(rank - now[fact]) for fact, rank in moves.items())
        return len(moves), steps, sorted((self._order[fact], rank) for fact, rank in moves.items())

    def _set(self, to: int, moves: Moves, facts: Facts, now: Moves) -> ChangeSet:
        ordered = sorted(moves.items(), key=lambda item: self._order[item[0]])
        return ChangeSet(to=to, changes=tuple(self._change(fact, rank, now[fact], facts) for fact, rank in ordered))

    def _change(self, fact: str, rank: int, now: int, facts: Facts) -> Change | Improvement:
        scale, was, steps = self._evaluator.scales[fact], self._has(fact, facts), self._steps[fact]
        if rank > now:
            return Change(fact=fact, was=was, becomes=steps[rank - 1])
        threshold = steps[rank]
        if isinstance(scale, Measure):
            return Improvement(fact=fact, was=was, better_than=threshold)
        return Change(fact=fact, was=was, becomes=_below(scale, threshold))


class _Filler:
    """Fills an explanation: what a classification has too from there, the rest from the explainer."""

    def __init__(self, explainer: Explainer, filler: Filler, why_not: str | None) -> None:
        self._explainer, self._filler, self._why_not = explainer, filler, why_not
        # Each search answers two parts: its sets, and whether it was cut short.
        self._found: dict[bool, list[tuple[int, list[ChangeSet], bool]]] = {}

    def _changes(self, facts: Facts, *, worse: bool) -> list[tuple[int, list[ChangeSet], bool]]:
        if worse not in self._found:
            self._found[worse] = list(self._explainer.changes(facts, worse=worse))
        return self._found[worse]

    def part(self, name: str, severity: int, facts: Facts, context: Context) -> Any:  # noqa: ANN401 - they differ
        match name:
            case "worse" | "milder":
                return tuple(one for _, sets, _ in self._changes(facts, worse=name == "worse") for one in sets)
            case "truncated":
                both = (*self._changes(facts, worse=True), *self._changes(facts, worse=False))
                return tuple(to for to, _, cut in both if cut)
            case "why_not":
                return None if self._why_not is None else self._explainer.why_not(self._why_not, facts)
            case _:
                return self._filler.part(name, severity, facts, context)

    def json(self, *_: object, **__: object) -> None:
        """No quicker way."""


def _steps(fact: str, scale: Scale, floors: Sequence[Floor]) -> Sequence[Value]:
    """The steps of a scale, mildest first: its levels but the harmless one, or the thresholds that floors name."""
    if isinstance(scale, Levels):
        return scale.names[1:]
    return sorted({floor[fact] for floor in floors if fact in floor}, key=scale.order)


def _below(scale: Scale, level: Value) -> Value:
    """The worst value that does not reach the level."""
    if isinstance(scale, Levels):
        return scale.names[scale.names.index(str(level)) - 1]
    return False if isinstance(scale, Flag) else int(level) - 1


def _listed(names: Sequence[str]) -> str | None:
    """The names, where they are few enough for a hint."""
    return f"one of {', '.join(map(quote, names))}" if names and len(names) <= _MOST_LISTED else None
