"""Questions that are answered without trying completions; where no shortcut applies, `questions.py` tries them.

Each shortcut is one completion, and what is known of it: the facts of one floor are just as it asks, and every other
unknown fact is harmless.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from sevclass.evaluate import Evaluator, positions
from sevclass.scales import Facts, Label, SumOf


class Now(NamedTuple):
    """Where an incident stands: its facts, the severity that they show, and masks.

    The conditions reached; the criteria that no known fact blocks, and the conditions.
    """

    facts: Facts
    severity: int
    reached: int
    criteria: int
    conditions: int
    left: list[int]
    """How many completions may still be tried, the only item."""


class Shortcuts:
    """The shortcuts of one pack. Immutable after construction."""

    __slots__ = (
        "_alone",
        "_conditional",
        "_differs",
        "_evaluator",
        "_labels",
        "_opening",
        "_totals",
        "_touches",
        "_ways",
        "plain",
        "seen",
        "up_to",
    )

    def __init__(self, evaluator: Evaluator, sums: Mapping[str, Mapping[str, SumOf]]) -> None:
        """`sums`: for each input fact, the sums that it is part of."""
        self._evaluator = evaluator
        self._totals = {fact: frozenset(totals) for fact, totals in sums.items()}
        made = evaluator.severity_of[1:]
        # Floors stand worst first, so those of a severity or worse are the lowest bits.
        self.up_to = [(1 << bisect_right(made, s)) - 1 for s in range(evaluator.mildest + 1)]
        """By severity: the floors of the criteria that make it that bad or worse."""
        rows = {bit for row in evaluator.rows for bit in positions(row.bits)}
        floors = {bit: floor for bit, floor in enumerate(evaluator.condition_floors) if bit in rows}
        named = {name for floor in floors.values() for name in floor}
        shared = {name for floor in floors.values() if len(floor) > 1 for name in floor}
        self._conditional = {fact for fact, totals in self._totals.items() if fact in named or totals & named}
        """The facts on which rows of the roster depend."""
        self._labels = [fact for fact in self._conditional if isinstance(evaluator.scales[fact], Label)]
        self._alone = {
            fact: sum(1 << bit for bit, floor in floors.items() if fact in floor)
            for fact in self._conditional - {*shared, *self._labels}
            if not self._totals[fact] & named
        }
        """Of facts that the roster names by themselves only: the mask of those floors."""
        self._opening = {
            fact: [
                (reason.bit, reason.severity)
                for reason in evaluator.reasons
                if evaluator.condition_floors[reason.bit.bit_length() - 1].keys() <= {fact, *totals}
            ]
            for fact, totals in self._totals.items()
        }
        """The floors that open the war room and name the fact alone, or sums that it is part of."""
        self._touches = cache(self._touched)
        self._ways = cache(self._to_become)
        self._differs = lru_cache(maxsize=4096)(self._differing)
        self.plain = cache(self._plain)
        """The floors of the criteria by which an answer surely raises the severity, whatever else is unknown."""
        self.seen = cache(lambda row, severity: not evaluator.never_seen(severity, evaluator.rows[row]))
        """Whether a row, by its place, can add something at a severity."""

    def raises(self, fact: str, bit: int, facts: Facts, unblocked: int) -> bool:
        """Whether an answer surely makes the severity of that floor, and another leaves it milder.

        So it does where neither this floor nor one as bad may be reached without the fact along with the others of it.
        """
        return self._only(bit, fact, facts, unblocked) and not self._reached_without(fact, bit, facts)

    def opens_alone(self, fact: str, severity: int) -> int:
        """The floors by which an answer alone opens the war room at a severity."""
        return sum(bit for bit, mildest in self._opening[fact] if severity <= mildest)

    def bringing_in(self, severity: int) -> int:
        """The conditions of rows that can add something to the roster, at that severity or at a worse one."""
        found = 0
        for place, row in enumerate(self._evaluator.rows):
            if any(self.seen(place, made) for made in range(1, min(severity, row.severity) + 1)):
                found |= row.bits
        return found

    def summons(self, fact: str, now: Now) -> bool:
        """Whether an answer surely changes the roster, at this severity or at a worse one that may come."""
        brought_in = self._alone.get(fact, 0) & now.conditions
        if not brought_in:
            return False
        for label in self._labels:
            if now.facts[label] is None:
                return False
        differing, free = self._differs(fact, now.severity, now.reached & self._evaluator.conditional, brought_in)
        if now.severity in differing or free & now.criteria:
            return True
        return any(self._may_become(made, fact, now) for made in differing)

    def _differing(self, fact: str, severity: int, reached: int, brought_in: int) -> tuple[Sequence[int], int]:
        """The severities, that one or worse, at which the roster is another where floors are brought in.

        With them the floors that make it so severe, if it is not yet, of which no fact matters otherwise.
        """
        differ = self._evaluator.differ
        found = [made for made in range(severity, 0, -1) if differ(made, reached, reached | brought_in)]
        free = 0
        for made in found:
            free |= self._ways(made, fact)[0] if made < severity else 0
        return found, free

    def _may_become(self, severity: int, fact: str, now: Now) -> bool:
        """Whether some floor surely makes just that severity, and changes nothing that the roster depends on."""
        facts, unblocked = now.facts, now.criteria
        worse = unblocked & self.up_to[severity - 1]
        for floor, depending, touches in self._ways(severity, fact)[1]:
            if (
                floor & unblocked
                and not any(facts[name] is None for name in depending)
                and not _help(touches, worse, facts)
            ):
                return True
        return False

    def _to_become(
        self, severity: int, fact: str
    ) -> tuple[int, Sequence[tuple[int, Sequence[str], Sequence[tuple[str, int]]]]]:
        """The floors of just that severity that may be reached without the fact.

        First those of which no fact matters otherwise. Each of the others with its facts on which the roster depends,
        and with the floors that reaching it helps to reach, by fact.
        """
        free, ways = 0, []
        for bit in positions(self.up_to[severity] & ~self.up_to[severity - 1]):
            named = self._evaluator.criteria_floors[bit]
            touches = self._touches(bit, None)
            if fact not in named and touches is not None:
                depending = [name for name in named if name in self._conditional]
                if depending or touches:
                    ways.append((1 << bit, depending, touches))
                else:
                    free |= 1 << bit
        return free, ways

    def _only(self, bit: int, fact: str | None, facts: Facts, unblocked: int) -> bool:
        """Whether the facts of a floor, but for `fact`, surely reach no other of the unblocked floors."""
        touches = self._touches(bit, fact)
        return touches is not None and not _help(touches, unblocked, facts)

    def _reached_without(self, fact: str, bit: int, facts: Facts) -> bool:
        """Whether the others of a floor reach it: it names a sum, and not the fact, and the other parts are enough."""
        evaluator = self._evaluator
        floor = evaluator.criteria_floors[bit]
        if fact in floor:
            return False
        others = {**facts, **{name: level for name, level in floor.items() if facts.get(name) is None}}
        sums = ((name, evaluator.scales[name]) for name in self._totals[fact] & floor.keys())
        return any(isinstance(total, SumOf) and total.known(others) >= int(floor[name]) for name, total in sums)

    def _plain(self, fact: str) -> int:
        masks = self._evaluator.criteria_masks
        return sum(1 << bit for bit in positions(masks.naming.get(fact, 0)) if self._touches(bit, fact) == [])

    def _touched(self, bit: int, fact: str | None) -> Sequence[tuple[str, int]] | None:
        """Each fact of a floor but `fact`, with the floors as bad that it helps to reach and that do not name `fact`.

        None if the floor names a sum that `fact` is not part of: it can be reached in several ways.
        """
        evaluator, masks = self._evaluator, self._evaluator.criteria_masks
        others = self.up_to[evaluator.severity_of[bit + 1]] & ~masks.naming.get(fact or "", 0) & ~(1 << bit)
        found = []
        for name, level in evaluator.criteria_floors[bit].items():
            if name not in self._totals:
                if fact is None or name not in self._totals[fact]:
                    return None
            elif name != fact:
                helped = masks.reached_by(name, level)
                for total in self._totals[name]:
                    helped |= masks.naming.get(total, 0)
                if helped & others:
                    found.append((name, helped & others))
        return found


def _help(touches: Sequence[tuple[str, int]], floors: int, facts: Facts) -> bool:
    """Whether an unknown fact helps to reach one of the floors."""
    return any(mask & floors and facts[name] is None for name, mask in touches)
