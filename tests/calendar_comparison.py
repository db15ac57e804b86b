"""A calendar of the library beside the oracle's: every measure between some instants, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any, NamedTuple

from sevclass import Calendar
from tests.calendar_walk import MICROSECOND, Walk

Data = dict[str, Any]


class Difference(NamedTuple):
    """One call that two calendars answer differently."""

    calendar: Data
    call: str
    arguments: tuple[object, ...]
    library: object
    oracle: object


def amounts(most: timedelta) -> Iterator[timedelta]:
    """All there is, about half of it, and next to nothing."""
    yield from {most, most // 2, min(most, MICROSECOND)}


def shares(most: Fraction) -> Iterator[Fraction]:
    """All there are, a whole one, and a part that ends between two microseconds."""
    yield from {most, most * Fraction(3, 7), min(most, Fraction(1))}


def calls(walk: Walk, instants: Sequence[datetime]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What is asked: `instants` are in order, and every answer lies between the first and the last."""
    first, last = instants[0], instants[-1]
    yield from (("is_open", (at,)) for at in instants)
    for a, b in (*pairwise(instants), (first, last), (last, last)):
        yield "elapsed", (a, b)
        yield "days", (a, b)
    for at in instants[:-1:3]:
        yield from (("after", (at, amount)) for amount in amounts(walk.elapsed(at, last)))
        yield from (("after_days", (at, share)) for share in shares(walk.days(at, last)))
    for at in instants[::3]:
        yield from (("before", (at, amount)) for amount in amounts(walk.elapsed(first, at)))


def differences(calendar: Data, walk: Walk, instants: Sequence[datetime]) -> list[Difference]:
    """Where the library and the oracle differ. An instant that is not in UTC differs."""
    asked = Calendar(**calendar)
    found = []
    for call, arguments in calls(walk, instants):
        library, oracle = getattr(asked, call)(*arguments), getattr(walk, call)(*arguments)
        in_utc = not isinstance(library, datetime) or library.tzinfo is UTC
        if type(library) is not type(oracle) or library != oracle or not in_utc:
            found.append(Difference(calendar, call, arguments, library, oracle))
    return found
