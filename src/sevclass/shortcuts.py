"""Questions that are answered without trying completions; where no shortcut applies, `questions.py` tries them.

Each shortcut is one completion, and what is known of it: the facts of one floor are just as it asks, and every other
unknown fact is harmless.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

from sevclass.evaluate import Evaluator, positions
from sevclass.scales import Facts, Floor, Label, SumOf


class Shortcuts:
    """The shortcuts of one pack. Immutable after construction."""

    __slots__ = ("_alone", "_conditional", "_evaluator", "_labels", "_totals", "_touches", "plain", "seen", "up_to")

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
        self._touches = cache(self._touched)
        self.plain = cache(self._plain)
        """The floors of the criteria by which an answer surely raises the severity, whatever else is unknown."""
        self.seen = cache(lambda row, severity: not evaluator.never_seen(severity, evaluator.rows[row]))
        """Whether a row, by its place, can add something at a severity."""

    def raises(self, fact: str, bit: int, facts: Facts, unblocked: int) -> bool:
        """Whether an answer surely makes the severity of that floor, and another leaves it milder.

        So it does where no floor as bad, and without the fact, may be reached along with it.
        """
        return self._only(bit, fact, facts, unblocked)

    def opens(self, fact: str, floor: Floor) -> bool:
        """Whether an answer alone reaches the floor."""
        return floor.keys() <= {fact, *self._totals[fact]}

    def summons(self, fact: str, facts: Facts, severity: int, criteria: int, conditions: int) -> bool:
        """Whether an answer surely changes the roster, at this severity or at a worse one that may come.

        `criteria` and `conditions`: the floors that no known fact blocks.
        """
        brought_in = self._alone.get(fact, 0) & conditions
        if not brought_in or any(facts[label] is None for label in self._labels):
            return False
        evaluator = self._evaluator
        without = evaluator.conditions.reached(facts)
        return any(
            evaluator.differ(made, without, without | brought_in)
            for made in range(severity, 0, -1)
            if made == severity or self._may_become(made, fact, facts, criteria)
        )

    def _may_become(self, severity: int, fact: str, facts: Facts, unblocked: int) -> bool:
        """Whether some floor surely makes just that severity, and changes nothing that the roster depends on."""
        worse = unblocked & self.up_to[severity - 1]
        for bit in positions(unblocked & self.up_to[severity] & ~worse):
            floor = self._evaluator.criteria_floors[bit]
            free = all(name != fact and (name not in self._conditional or facts[name] is not None) for name in floor)
            if free and self._only(bit, None, facts, worse):
                return True
        return False

    def _only(self, bit: int, fact: str | None, facts: Facts, unblocked: int) -> bool:
        """Whether the facts of a floor, but for `fact`, surely reach no other of the unblocked floors."""
        touches = self._touches(bit, fact)
        return touches is not None and not any(mask & unblocked and facts[name] is None for name, mask in touches)

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
