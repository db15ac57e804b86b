"""The loops of `Masks` written out as one expression each, and facts joined where that is small: half the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from math import prod
from typing import Any, TypeAlias

from sevclass.scales import Facts, Floor, Masks, Scale, Steps, SumOf, Table, Value

MOST_FACTS = 64
"""The most facts that are written out: Python reads a long expression by recursion."""

MOST_JOINED = 100
"""The most combinations of values that one joined table holds."""
MOST_BITS = 100_000
"""The most bits that the masks of a joined table have together, about."""

Joined: TypeAlias = "Table | dict[Value | None, Joined]"
"""A table of the first fact that leads to a table of the next, and so on to the masks."""

Standing: TypeAlias = tuple[int, int, int, int]
"""The criteria reached and the conditions, then those of both that no known fact blocks."""

_Reading: TypeAlias = Callable[[Facts], int]


class UnrolledMasks(Masks):
    """The usual masks; where the floors name few facts, reading them is an expression made for the pack.

    The expressions hold nothing of the pack but the names of facts, as quoted text.
    """

    def __init__(self, scales: Mapping[str, Scale], floors: Sequence[Floor]) -> None:
        super().__init__(scales, floors)
        if 0 < len(self.naming) <= MOST_FACTS:
            # In the instance, where they come before the methods of the class.
            vars(self).update(
                reached=self._written_out(), unblocked=self._written_out(known=True), picking=self._picking
            )

    def _picking(self, values: Sequence[int]) -> _Reading:
        deciding = sum(1 << place for place, value in enumerate(values[1:]) if value != values[0])
        form = "values[((mask := {}) & -mask).bit_length()]"
        return self._written_out(form, values, deciding or self.every)

    def _written_out(
        self, form: str = "{}", values: Sequence[int] = (), within: int | None = None, *, known: bool = False
    ) -> _Reading:
        """The AND of the masks that the facts select, put into `form`.

        With `within` these floors alone, and no fact that only others name; with `known` the known facts alone.
        """
        given = [(fact, _open(table, self.every) if known else table) for fact, table in self.given]
        sums = [(scale, table, _blocking_nothing(self.every) if known else table) for scale, table in self.sums]
        if within is not None:
            given = [(fact, _narrowed(table, within)) for fact, table in given if self.naming[fact] & within]
            sums = [(scale, only := _narrowed(table, within), only) for scale, table, _ in sums]
        reading: _Reading = _expression(given, sums, form, {"values": values})
        return reading


def standing(
    scales: Mapping[str, Scale], criteria: Sequence[Floor], conditions: Sequence[Floor]
) -> Callable[[Facts], Standing] | None:
    """All that the masks of a pack tell, by one expression; None where the floors name too many facts for it.

    The floors stand in one number twice: the upper half tells those that no known fact blocks.
    """
    floors = [*criteria, *conditions]
    both = Masks(scales, floors * 2)
    if not 0 < len(both.naming) <= MOST_FACTS:
        return None
    free = Masks(scales, [*floors, *[{} for _ in floors]])  # nothing blocks the upper half
    given = [
        (fact, _open(table, other[None])) for (fact, table), (_, other) in zip(both.given, free.given, strict=True)
    ]
    sums = [(scale, table, other) for (scale, table), (_, other) in zip(both.sums, free.sums, strict=True)]
    sides = {"criteria": (1 << len(criteria)) - 1, "conditions": (1 << len(conditions)) - 1}
    first, second = len(criteria), len(floors)
    halves = f"(mask := {{}}) & criteria, mask >> {first} & conditions", f"(mask := mask >> {second}) & criteria"
    form = f"({', '.join(halves)}, mask >> {first})"
    stand: Callable[[Facts], Standing] = _expression(given, sums, form, sides)
    return stand


def _expression(
    given: Sequence[tuple[str, Table]], sums: Iterable[tuple[SumOf, Table, Table]], form: str, names: Mapping[str, Any]
) -> Any:  # noqa: ANN401 - a function of facts; `form` says what it gives
    """The AND of the masks that facts select, put into `form`; of a sum in the second table while a part is unknown."""
    known: dict[str, Any] = dict(names)
    factors = []

    def named(table: Joined) -> str:
        known[name := f"t{len(known)}"] = table
        return name

    for facts, table in joined(given):
        factors.append(named(table) + "".join(f"[facts[{fact!r}]]" for fact in facts))
    for scale, table, opened in sums:
        parts = [f"facts[{part!r}]" for part in scale.parts]
        total = f"[{' + '.join(f'({part} or 0)' for part in parts)}]"
        chosen = named(table)
        if opened is not table:
            unknown = " or ".join(f"{part} is None" for part in parts)
            chosen = f"({named(opened)} if {unknown} else {chosen})"
        factors.append(chosen + total)
    code = f"lambda {', '.join(known)}: lambda facts: {form.format(' & '.join(factors))}"
    make: Callable[..., Any] = eval(code, {"__builtins__": {}})  # noqa: S307 - of names, quoted
    return make(**known)


def joined(given: Sequence[tuple[str, Table]]) -> Iterator[tuple[list[str], Joined]]:
    """The tables of facts, those with few values joined: to look up a mask takes less time than an AND of two.

    A number has no end of values, so it can only come last.
    """
    numbers = [(fact, table) for fact, table in given if isinstance(table, Steps)]
    for group in _small(pair for pair in given if not isinstance(pair[1], Steps)):
        combinations = prod(len(table) for _, table in group)
        if numbers and _is_small(combinations * len(masks := numbers[-1][1].masks), masks):
            group.append(numbers.pop())
        yield [fact for fact, _ in group], _join([table for _, table in group])
    for fact, table in numbers:
        yield [fact], table


def _small(named: Iterable[tuple[str, Table]]) -> Iterator[list[tuple[str, Table]]]:
    """Tables in groups that have few combinations of values, each table in one of them."""
    group: list[tuple[str, Table]] = []
    size = 1
    for fact, table in named:
        size *= len(table)
        if group and (size > MOST_JOINED or not _is_small(size, table.values())):
            yield group
            group, size = [], len(table)
        group.append((fact, table))
    if group:
        yield group


def _is_small(combinations: int, masks: Iterable[int]) -> bool:
    """Whether so many masks of that length may be kept."""
    return combinations * max(mask.bit_length() for mask in masks) <= MOST_BITS


def _join(tables: Sequence[Table]) -> Joined:
    first, *others = tables
    if not others:
        return first
    return {value: _join([_narrowed(others[0], mask), *others[1:]]) for value, mask in first.items()}


def _narrowed(table: Table, mask: int) -> Table:
    """The same table, with the floors of the mask alone."""
    if isinstance(table, Steps):
        return table.narrowed(mask)
    return {value: other & mask for value, other in table.items()}


def _open(table: Table, unknown: int) -> Table:
    """The same table, but for what an unknown fact blocks."""
    opened = copy(table)
    opened[None] = unknown
    return opened


def _blocking_nothing(every: int) -> Table:
    return Steps([], [every], sign=1)
