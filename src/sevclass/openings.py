"""The stretches of UTC in which a calendar is open, day by day. Instants are microseconds since the year 1."""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache
from itertools import accumulate, chain
from typing import NamedTuple, TypeAlias

from sevclass.document import CalendarDocument
from sevclass.working_days import LAST_DAY, WorkingDays
from sevclass.zones import DAY, MINUTE, Zone

Stretch: TypeAlias = tuple[int, int]
"""From an instant up to another."""

_DAYS_KEPT, _YEARS_KEPT = 4096, 64
_SEARCHED = range(730_120, 744_000)  # 2000 to 2037


class Year(NamedTuple):
    """How much a calendar is open in a year: before its first day, before its second, … and before the next year's."""

    first: int
    marks: tuple[tuple[int, ...], tuple[int, ...]]
    """In microseconds, and in days that are open at all."""
    shortest: int | None
    """How long it is really open on the day on which that is the least, of those that are open at all."""


class Openings:
    """When a calendar is open. A day is its ordinal, and has the stretches that belong to the spans it starts."""

    def __init__(self, calendar: CalendarDocument) -> None:
        self._days = WorkingDays(calendar)
        self._zone = Zone(calendar["zone"])
        self.of = lru_cache(maxsize=_DAYS_KEPT)(self._of)
        self.year = lru_cache(maxsize=_YEARS_KEPT)(self._year)
        self.totals = cache(self._totals)  # two numbers a year, of at most 9999

    @property
    def ever(self) -> bool:
        """Whether it is open at all: on one of the days that are searched, or on one with hours of its own."""
        return any(map(self.length, chain(_SEARCHED if self._days.weekly else (), self._days.own)))

    def length(self, day: int) -> int:
        """How long it is really open in the spans of a day."""
        return sum(end - start for start, end in self.of(day))

    def _of(self, day: int) -> tuple[Stretch, ...]:
        midnight = (day - 1) * DAY
        return tuple(
            stretch
            for span in self._days.spans(day)
            for stretch in self._zone.instants(midnight + span.start * MINUTE, midnight + span.end * MINUTE)
        )

    def _year(self, year: int) -> Year:
        first, following = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1
        # A span ends within two days and an offset is less than one, so a change touches only the days around it.
        changes = self._zone.changes((first - 3) * DAY, (following + 3) * DAY)
        touched = {day for change in changes for day in range(change // DAY - 2, change // DAY + 3)}
        lengths = [
            self.length(day) if day in touched else self._days.minutes(day) * MINUTE for day in range(first, following)
        ]
        marks = tuple(accumulate(lengths, initial=0)), tuple(accumulate(map(bool, lengths), initial=0))
        return Year(first, marks, min(filter(None, lengths), default=None))

    def _totals(self, year: int) -> tuple[int, int]:
        """The open time of a year in microseconds, and its open days."""
        time, days = self.year(year).marks
        return time[-1], days[-1]


def year_of(day: int) -> int:
    """The year of a day; past the ends of time that of the last day there."""
    return date.fromordinal(min(max(day, 1), LAST_DAY)).year
