"""The loops of `Masks` written out, fact by fact, as one expression each: that takes about half the time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from typing import Any, TypeAlias

from sevclass.scales import Facts, Floor, Masks, Scale, Steps, SumOf, Table

MOST_FACTS = 64
"""The most facts that are written out: Python reads a long expression by recursion."""

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
        return self._written_out("values[((mask := {}) & -mask).bit_length()]", values)

    def _written_out(self, form: str = "{}", values: Sequence[int] = (), *, known: bool = False) -> _Reading:
        """The AND of the masks that the facts select, or with `known` the known facts alone, put into `form`."""
        given = [(fact, _open(table, self.every) if known else table) for fact, table in self.given]
        sums = [(scale, table, _blocking_nothing(self.every) if known else table) for scale, table in self.sums]
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
    given: Iterable[tuple[str, Table]], sums: Iterable[tuple[SumOf, Table, Table]], form: str, names: Mapping[str, Any]
) -> Any:  # noqa: ANN401 - a function of facts; `form` says what it gives
    """The AND of the masks that facts select, put into `form`; of a sum in the second table while a part is unknown."""
    known: dict[str, Any] = dict(names)
    factors = []

    def named(table: Table) -> str:
        known[name := f"t{len(known)}"] = table
        return name

    for fact, table in given:
        factors.append(f"{named(table)}[facts[{fact!r}]]")
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


def _open(table: Table, unknown: int) -> Table:
    """The same table, but for what an unknown fact blocks."""
    opened = copy(table)
    opened[None] = unknown
    return opened


def _blocking_nothing(every: int) -> Table:
    return Steps([], [every], sign=1)
