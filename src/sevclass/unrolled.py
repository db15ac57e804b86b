"""The loops of `Masks` written out, fact by fact, as one expression each: that takes about half the time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from typing import TypeAlias

from sevclass.scales import Facts, Floor, Masks, Scale, SumOf, Table

MOST_FACTS = 64
"""The most facts that are written out: Python reads a long expression by recursion."""

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
        tables: dict[str, Table] = {}
        factors = []
        for fact, table in self._given:
            name = f"t{len(tables)}"
            tables[name] = _open(table, self.every) if known else table
            factors.append(f"{name}[facts[{fact!r}]]")
        for scale, table in self._sums:
            name = f"t{len(tables)}"
            tables[name] = table
            factors.append(_of_sum(scale, name, known=known))
        code = f"lambda every, values, {', '.join(tables)}: lambda facts: {form.format(' & '.join(factors))}"
        make: Callable[..., _Reading] = eval(code, {"__builtins__": {}})  # noqa: S307 - of names, quoted
        return make(self.every, values, *tables.values())


def _of_sum(scale: SumOf, table: str, *, known: bool) -> str:
    parts = [f"facts[{part!r}]" for part in scale.parts]
    if not known:
        return f"{table}[{' + '.join(f'({part} or 0)' for part in parts)}]"
    return f"(every if {' or '.join(f'{part} is None' for part in parts)} else {table}[{' + '.join(parts)}])"


def _open(table: Table, every: int) -> Table:
    """The same table, but that an unknown fact blocks nothing."""
    opened = copy(table)
    opened[None] = every
    return opened
