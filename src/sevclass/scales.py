"""Scales, floors and masks: the one idea of sevclass.

Every fact lies on an ordered *scale*, from harmless to worst. A *floor* names facts and the least level each must
reach; it holds when all of them are known and reached. There is no `not` and no `<`, so worse facts can only
reach more floors: everything built from floors alone is monotone.

Floors are compiled to *masks*. Each floor has a bit. A value of a fact selects the mask of the floors that it does
not block, and the AND of those masks over all facts leaves the floors reached. The cost grows with the number of
facts, not with the number of floors.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

COUNT_MAX = 2**53 - 1
"""The largest count: the last whole number that every language of the targets holds exactly."""

_LARGEST = (2 - 2**-52) * 2.0**1023  # the largest double

Value: TypeAlias = str | bool | int | float
Facts: TypeAlias = Mapping[str, Value | None]
"""Facts by name, every input fact of the pack present, None where unknown."""
Floor: TypeAlias = Mapping[str, Value]
Fault: TypeAlias = Literal["type", "unknown", "harmless", "beyond"]
"""Why a value cannot stand in a floor: wrong type, no such name, always reached, or outside the scale."""


Table: TypeAlias = dict["Value | None", int]
"""Value -> mask of the floors that it does not block."""

_MOST_KEPT = 1024


class Steps(Table):
    """Masks by number: `thresholds` ascend, and `masks[i]` is what a number that reaches i of them does not block.

    What is found for a small whole number is kept, as that of a level is; which numbers those are makes no difference.
    """

    __slots__ = ("_masks", "_sign", "_thresholds")

    def __init__(self, thresholds: Sequence[float], masks: Sequence[int], *, sign: Literal[1, -1]) -> None:
        super().__init__({None: masks[0]})
        self._thresholds, self._masks = thresholds, masks
        self._sign: Literal[1, -1] = sign

    def __missing__(self, value: Value | None) -> int:
        # Only numbers get here: the edge has checked the type, and None is in the mapping.
        mask = self._masks[bisect_right(self._thresholds, self._sign * value)]  # type: ignore[operator]
        if type(value) is int and 0 <= value < _MOST_KEPT:
            self[value] = mask
        return mask

    @property
    def masks(self) -> Sequence[int]:
        """The masks, from what reaches no threshold up to what reaches all."""
        return self._masks

    def narrowed(self, mask: int) -> Steps:
        """The same with the floors of `mask` alone."""
        found = Steps(self._thresholds, [own & mask for own in self._masks], sign=self._sign)
        found[None] = self[None] & mask
        return found


def _cumulative(free: int, needs: Iterable[int]) -> list[int]:
    """`free`, then `free` with the first of `needs`, with the first two, …."""
    masks = [free]
    for need in needs:
        masks.append(masks[-1] | need)
    return masks


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """Named levels, harmless first, worst last."""

    names: tuple[str, ...]

    def fault(self, level: object) -> Fault | None:
        """Say why a floor cannot ask for `level`, or None."""
        if not isinstance(level, str):
            return "type"
        if level not in self.names:
            return "unknown"
        return "harmless" if level == self.names[0] else None

    def order(self, value: Value) -> float:
        """The place of a value on the scale, worse is larger."""
        return self.names.index(str(value))

    def table(self, needs: Mapping[Value, int], free: int) -> Table:
        """Value -> mask of the floors it does not block; `needs` has the floors by the level they ask for."""
        masks = _cumulative(free, (needs.get(name, 0) for name in self.names))
        return {None: free, **{name: masks[place] for place, name in enumerate(self.names, 1)}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """False is harmless, true is worst."""

    def fault(self, level: object) -> Fault | None:
        """Say why a floor cannot ask for `level`, or None."""
        if not isinstance(level, bool):
            return "type"
        return None if level else "harmless"

    def order(self, value: Value) -> float:
        """The place of a value on the scale, worse is larger."""
        return int(value)

    def table(self, needs: Mapping[Value, int], free: int) -> Table:
        """Value -> mask of the floors it does not block; `needs` has the floors by the level they ask for."""
        return {None: free, False: free, True: free | needs.get(True, 0)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A whole number of `unit` from 0 to `COUNT_MAX`; more is worse."""

    unit: str

    def fault(self, level: object) -> Fault | None:
        """Say why a floor cannot ask for `level`, or None."""
        return _count_fault(level)

    def order(self, value: Value) -> float:
        """The place of a value on the scale, worse is larger."""
        return int(value)

    def table(self, needs: Mapping[Value, int], free: int) -> Table:
        """Value -> mask of the floors it does not block; `needs` has the floors by the level they ask for."""
        return _number_table(needs, free)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumOf:
    """The sum of counts: derived, never given. An unknown part counts 0, or without bound where the worst is asked."""

    parts: tuple[str, ...]

    def fault(self, level: object) -> Fault | None:
        """Say why a floor cannot ask for `level`, or None.

        No floor asks for more than `COUNT_MAX`, so one unknown part alone can reach any of them.
        """
        return _count_fault(level)

    def order(self, value: Value) -> float:
        """The place of a value on the scale, worse is larger."""
        return int(value)

    def table(self, needs: Mapping[Value, int], free: int) -> Table:
        """Value -> mask of the floors it does not block; `needs` has the floors by the level they ask for."""
        return _number_table(needs, free)

    def known(self, facts: Facts) -> int:
        """The sum of the known parts."""
        return sum(int(facts[part] or 0) for part in self.parts)

    def open(self, facts: Facts) -> bool:
        """Whether a part is unknown."""
        return any(facts[part] is None for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A finite number of `unit`; `worse` says which way. A value outside a declared end is refused."""

    unit: str
    worse: Literal["higher", "lower"]
    low: float | None = None
    high: float | None = None

    @property
    def _harmless(self) -> float | None:
        return self.low if self.worse == "higher" else self.high

    def fault(self, level: object) -> Fault | None:
        """Say why a floor cannot ask for `level`, or None."""
        if isinstance(level, bool) or not isinstance(level, int | float):
            return "type"
        if abs(level) > _LARGEST:
            return "beyond"
        if (self.low is not None and level < self.low) or (self.high is not None and level > self.high):
            return "beyond"
        return "harmless" if level == self._harmless else None

    def order(self, value: Value) -> float:
        """The place of a value on the scale, worse is larger."""
        return float(value) if self.worse == "higher" else -float(value)

    def table(self, needs: Mapping[Value, int], free: int) -> Table:
        """Value -> mask of the floors it does not block; `needs` has the floors by the level they ask for."""
        return _number_table(needs, free, 1 if self.worse == "higher" else -1, float)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """Names without an order; a floor tests for equality, and only rules of the mildest severity may."""

    names: tuple[str, ...]

    def fault(self, level: object) -> Fault | None:
        """Say why a floor cannot ask for `level`, or None."""
        if not isinstance(level, str):
            return "type"
        return None if level in self.names else "unknown"

    def order(self, value: Value) -> float:  # noqa: ARG002 - every value is as bad as any other
        """All labels are equally bad."""
        return 0

    def table(self, needs: Mapping[Value, int], free: int) -> Table:
        """Value -> mask of the floors it does not block; `needs` has the floors by the name they ask for."""
        return {None: free, **{name: free | needs.get(name, 0) for name in self.names}}


Scale: TypeAlias = Levels | Flag | Count | Measure | Label | SumOf


def _count_fault(level: object) -> Fault | None:
    if isinstance(level, bool) or not isinstance(level, int):
        return "type"
    if not 0 <= level <= COUNT_MAX:
        return "beyond"
    return "harmless" if level == 0 else None


def _number_table(
    needs: Mapping[Value, int], free: int, sign: Literal[1, -1] = 1, number: Callable[[Value], float] = int
) -> Steps:
    by_threshold = sorted((sign * number(level), mask) for level, mask in needs.items())
    return Steps([t for t, _ in by_threshold], _cumulative(free, (m for _, m in by_threshold)), sign=sign)


class Masks:
    """Floors compiled against scales. Bit i of every mask stands for `floors[i]`."""

    __slots__ = ("_labels", "_tables", "every", "given", "naming", "sums")

    def __init__(self, scales: Mapping[str, Scale], floors: Sequence[Floor]) -> None:
        self.every = (1 << len(floors)) - 1
        needs: dict[str, dict[Value, list[int]]] = {}
        for bit, floor in enumerate(floors):
            for fact, level in floor.items():
                needs.setdefault(fact, {}).setdefault(level, []).append(bit)
        self.naming = {fact: _bits(bit for bits in levels.values() for bit in bits) for fact, levels in needs.items()}
        """Fact -> mask of the floors that name it; facts that no floor names are left out."""
        tables = self._tables = {
            fact: scales[fact].table({level: _bits(bits) for level, bits in needs[fact].items()}, self.every & ~naming)
            for fact, naming in self.naming.items()
        }
        self.given = tuple((f, t) for f, t in tables.items() if not isinstance(scales[f], SumOf))
        """Each fact that is given and that a floor names, and the masks that its values select."""
        self.sums = tuple((s, tables[f]) for f in tables if isinstance(s := scales[f], SumOf))
        """The same of sums."""
        self._labels = tuple((f, t) for f, t in self.given if isinstance(scales[f], Label))

    def reached(self, facts: Facts) -> int:
        """The floors that hold; an unknown fact counts as harmless, an unknown part of a sum as 0."""
        mask = self.every
        for fact, table in self.given:
            mask &= table[facts[fact]]
        for scale, table in self.sums:
            mask &= table[scale.known(facts)]
        return mask

    def picking(self, values: Sequence[int]) -> Callable[[Facts], int]:
        """A function that picks a value by the first of the floors that hold, counted from 1; without any at 0."""

        def pick(facts: Facts) -> int:
            mask = self.reached(facts)
            return values[(mask & -mask).bit_length()]

        return pick

    def reached_by(self, fact: str, level: Value) -> int:
        """The floors that name the fact and ask for no more of it than the level."""
        return self.naming[fact] & self._tables[fact][level]

    def unblocked(self, facts: Facts) -> int:
        """The floors that no known fact blocks: those reached if every unknown fact turns out as each of them asks."""
        mask = self.every
        for fact, table in self.given:
            if (value := facts[fact]) is not None:
                mask &= table[value]
        for scale, table in self.sums:
            if not scale.open(facts):
                mask &= table[scale.known(facts)]
        return mask

    def at_worst(self, facts: Facts) -> int:
        """The floors that hold with every unknown fact at its worst; a label has no worst and stays unknown."""
        mask = self.unblocked(facts)
        for fact, table in self._labels:
            mask &= table[facts[fact]]
        return mask


def _bits(bits: Iterable[int]) -> int:
    """The mask of the bits given, one at least, in one go (setting them one by one copies a long mask each time)."""
    positions = list(bits)
    buffer = bytearray(max(positions) // 8 + 1)
    for bit in positions:
        buffer[bit >> 3] |= 1 << (bit & 7)
    return int.from_bytes(buffer, "little")
