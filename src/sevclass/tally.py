"""Which floors are reached and which are blocked, by adding up one number for each fact.

A fact adds 1 to a counter of every floor that names it: to that of what is reached, or to that of what is blocked. All
counters stand in one number, so a whole record is one sum. A counter of what is reached starts as far below its highest
bit as the floor names facts, one of what is blocked just below it: in the end that bit tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from sevclass.evaluate import positions
from sevclass.pairs import LONGEST_KEPT, MOST_KEPT, Pair
from sevclass.scales import COUNT_MAX, Floor, Masks, Scale, SumOf, Value

MOST_FACTS = 64
MOST_FLOORS = 256
"""The most that are counted: a pair that is remembered has two counters for each floor."""

_FACT = 8
"""The bits of the counter of a fact, which may be named more than once."""
_PARTS = 3
_TOTAL = (4 * COUNT_MAX).bit_length()
_SUM = (1 << _PARTS + _TOTAL) - 1


class Tally(dict[bytes, int]):
    """The text of a pair -> the number that it adds. Reads what it has not met, and remembers it."""

    def __init__(self, scales: Mapping[str, Scale], floors: Sequence[Floor], read: Callable[[bytes], Pair]) -> None:
        """`read` reads the text of a pair."""
        super().__init__()
        self._read, self._masks = read, Masks(scales, floors)
        facts = [name for name, scale in scales.items() if not isinstance(scale, SumOf)]
        self._place = {name: _FACT * place for place, name in enumerate(facts)}
        self._twice = sum((1 << _FACT) - 2 << place for place in self._place.values())
        highest = max(map(len, floors), default=0).bit_length()
        self._width = highest + 1
        self._reached = _FACT * len(facts)
        self._blocked = self._reached + len(floors) * self._width
        end = self._blocked + len(floors) * self._width
        below = sum((1 << highest) - len(floor) << bit * self._width for bit, floor in enumerate(floors))
        just_below = ((1 << highest) - 1) * self._spread(self._masks.every)
        self._start = (below << self._reached) + (just_below << self._blocked)
        named = self._masks.naming
        sums = {name: scale for name, scale in scales.items() if isinstance(scale, SumOf) and name in named}
        self._parts: dict[str, list[int]] = {}
        self._sums: list[tuple[int, Callable[[int], int]]] = []
        """Where a sum is counted (how many parts are known, then how much they are), and what it adds by that."""
        for place, (name, scale) in enumerate(sums.items()):
            shift = end + place * (_PARTS + _TOTAL)
            for part in scale.parts:
                self._parts.setdefault(part, []).append(shift)
            self._sums.append((shift, lru_cache(maxsize=1024)(partial(self._summed, name, len(scale.parts)))))

    def __missing__(self, text: bytes) -> int:
        """Raises ValueError if the text is no pair."""
        fact, value = self._read(text)
        added = 1 << self._place[fact]
        if value is not None:
            added += self._said(fact, value)
            for shift in self._parts.get(fact, ()):
                added += (int(value) << _PARTS) + 1 << shift
        if len(self) < MOST_KEPT and len(text) <= LONGEST_KEPT:
            self[text] = added
        return added

    def total(self, pairs: Sequence[bytes]) -> int | None:
        """What pairs add up to; None if a fact is named twice.

        Raises ValueError if one is no pair.
        """
        total = sum(map(self.__getitem__, pairs), self._start)
        if total & self._twice or len(pairs) > MOST_FACTS:
            return None
        for shift, adds in self._sums:
            total += adds(total >> shift & _SUM)
        return total

    def reached(self, mask: int) -> int:
        """The bits of a total that are set where a floor of the mask is reached."""
        return self._spread(mask) << self._reached + self._width - 1

    def blocked(self, mask: int) -> int:
        """The bits of a total that are set where a floor of the mask is blocked by a known fact."""
        return self._spread(mask) << self._blocked + self._width - 1

    def _spread(self, mask: int) -> int:
        return sum(1 << bit * self._width for bit in positions(mask))

    def _said(self, fact: str, value: Value, *, blocks: bool = True) -> int:
        naming = self._masks.naming.get(fact)
        if naming is None:
            return 0
        reached = self._masks.reached_by(fact, value)
        added = self._spread(reached) << self._reached
        return added + (self._spread(naming ^ reached) << self._blocked) if blocks else added

    def _summed(self, name: str, parts: int, counted: int) -> int:
        every = (1 << _PARTS) - 1
        return self._said(name, counted >> _PARTS, blocks=counted & every == parts)
