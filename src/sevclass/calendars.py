"""Business time: the calendar that a pack counts `bh` and `bd` on.

An instant is open when its wall-clock time in the calendar's zone lies in a span of working hours. Business hours
measure the open time of an interval; business days count each day with any as one, and part of it in proportion. A
span belongs to the day it starts on. All of it is exact, in whole microseconds of UTC.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR, datetime, timedelta
from fractions import Fraction
from functools import cache, lru_cache
from itertools import accumulate
from math import ceil
from typing import Any, NamedTuple, TypeAlias

from sevclass.calendar_words import words
from sevclass.document import CalendarDocument
from sevclass.openings import Openings, year_of
from sevclass.problems import CalendarError
from sevclass.working_days import WEEKDAYS, Fault, faults as faults_of_days
from sevclass.zones import DAY, microseconds, moment

_Number: TypeAlias = Fraction | int
"""Open time in microseconds, or in days."""
_TIME, _DAYS = 0, 1  # as the marks of a year have them
_FARTHEST = 400
"""In years: a search over all of time would take seconds."""
_WINDOW = (-6, 5)
"""The days around one that hold all the stretches in which the marks of that day can be reached."""
_WINDOWS_KEPT = 4096


class _Window(NamedTuple):
    """Some days: their open stretches, none of which overlap, and what has passed before each, and after the last."""

    stretches: Sequence[tuple[int, int, int]]
    """From an instant up to another, and the open time of the day."""
    marks: Sequence[_Number]


class Calendar:
    """When business time passes. Immutable, and safe to share between threads.

    Every instant given is an aware datetime in any zone, and every one that comes back is in UTC. Each method raises
    ValueError for a datetime without a zone; those that look for an instant raise OverflowError where it lies past the
    years 1 to 9999, or more than 400 years away.
    """

    __slots__ = ("_document", "_openings", "_stretches", "shortest_day")

    _document: CalendarDocument
    _openings: Openings
    _stretches: Callable[[int, int, int], _Window]
    shortest_day: Callable[[int, int], timedelta | None]
    """The least open time of a business day, from that of an ordinal on for so many days and longer; None: no day."""

    def __init__(
        self,
        zone: str,
        hours: Mapping[str, Sequence[str]],
        holidays: Mapping[str, Any] | None = None,
        exceptions: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        """A calendar.

        `zone`: a name of the tz database. `hours`: `mon` to `sun` -> spans of wall-clock time, as `09:00-12:30`; an end
        that is not after the start is on the next day. `holidays`: any of `country` and `subdivision` (ISO 3166; needs
        the extra `calendars`) and `dates`. `exceptions`: date -> its own spans; they beat a holiday.

        Raises CalendarError with every problem.
        """
        beside = {"holidays": holidays, "exceptions": exceptions}
        given = {"zone": zone, "hours": hours, **{key: value for key, value in beside.items() if value is not None}}
        from sevclass.calendar_problems import checked, problem_of  # a pack's calendars do without them

        document = checked(given)
        if problems := [problem_of(fault) for fault in faults(document)]:
            raise CalendarError(problems)
        self._compile(document)

    @classmethod
    def of(cls, document: CalendarDocument) -> Calendar:
        """The calendar of a document that has no faults."""
        calendar = cls.__new__(cls)
        cls._compile(calendar, document)
        return calendar

    def _compile(self, document: CalendarDocument) -> None:
        self._document, self._openings = document, Openings(document)
        self._stretches = lru_cache(maxsize=_WINDOWS_KEPT)(self._window)
        self.shortest_day = lru_cache(maxsize=_WINDOWS_KEPT)(self._shortest_day)

    def is_open(self, at: datetime) -> bool:
        """Whether work is done at that instant."""
        instant = _instant(at)
        today = instant // DAY + 1
        return any(start <= instant < end for start, end, _ in self._stretches(today - 2, today + 2, _TIME).stretches)

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time from `start` up to `end`.

        Raises ValueError if `end` is before `start`.
        """
        return int(self._between(start, end, _TIME)) * timedelta.resolution

    def days(self, start: datetime, end: datetime) -> Fraction:
        """The business days from `start` up to `end`: each counts as one, and part of it in proportion.

        Raises ValueError if `end` is before `start`.
        """
        return Fraction(self._between(start, end, _DAYS))

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant, not before `start`, by which `amount` of open time has passed since `start`.

        Raises ValueError if `amount` is negative.
        """
        return self._moved(start, amount // timedelta.resolution, _TIME, 1)

    def after_days(self, start: datetime, amount: int | Fraction) -> datetime:
        """The same for business days, rounded up to the microsecond.

        Raises ValueError if `amount` is negative.
        """
        return self._moved(start, amount, _DAYS, 1)

    def _shortest_day(self, day: int, days: int) -> timedelta | None:
        # A span ends within two days of its midnight, an offset is less than a day, and so may be that of `day`.
        years = range(year_of(day - 4), year_of(day + days + 4) + 1)
        found = min(filter(None, (self._openings.year(year).shortest for year in years)), default=None)
        return None if found is None else found * timedelta.resolution

    def before(self, end: datetime, amount: timedelta) -> datetime:
        """The latest instant, not after `end`, from which `amount` of open time passes up to `end`.

        Raises ValueError if `amount` is negative.
        """
        return self._moved(end, amount // timedelta.resolution, _TIME, -1)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Calendar) and self._document == other._document

    def __hash__(self) -> int:
        return hash(self._document["zone"])

    def __reduce__(self) -> tuple[Any, ...]:
        return Calendar.of, (self._document,)

    def __repr__(self) -> str:
        return f"<Calendar {self}>"

    def __str__(self) -> str:
        return words(self._document)

    def _between(self, start: datetime, end: datetime, measure: int) -> _Number:
        first, last = _instant(start), _instant(end)
        if last < first:
            raise ValueError("the end is before the start")
        today = first // DAY + 1
        if last // DAY + 1 == today:  # what was before it is the same for both
            window = self._stretches(today - 2, today + 2, measure)
            return _begun(window, last, measure) - _begun(window, first, measure)
        base = year_of(today)
        return self._passed(base, last, measure) - self._passed(base, first, measure)

    def _moved(self, at: datetime, amount: _Number, measure: int, direction: int) -> datetime:
        """The first instant that way by which the amount has passed."""
        if amount < 0:
            raise ValueError("the amount is negative")
        instant = _instant(at)
        if not amount:
            return moment(instant)
        base = year_of(instant // DAY + 1)
        goal = self._passed(base, instant, measure) + direction * amount
        # Where nothing passes for a while, the earliest instant is at its beginning, the latest at its end.
        bisect = bisect_left if direction > 0 else bisect_right
        # At the end of a day whole ones have passed, so a whole number is looked for; backwards it always is one.
        near = self._day(base, ceil(goal), measure, bisect)
        first, last = near + _WINDOW[0], near + _WINDOW[1]
        stretches, marks = self._stretches(first, last, measure)
        goal -= self._up_to(base, first, measure)
        reached = bisect(marks, goal) - 1
        start, _, length = stretches[reached]
        return moment(start + ceil((goal - marks[reached]) * (length if measure == _DAYS else 1)))

    def _passed(self, base: int, instant: int, measure: int) -> _Number:
        """What has passed from the beginning of the year `base` up to an instant; negative before it.

        A span ends within two days of its midnight, and an offset is less than a day: of all days only four around
        the instant's can be open both before and after it.
        """
        today = instant // DAY + 1
        window = self._stretches(today - 2, today + 2, measure)
        return self._up_to(base, today - 2, measure) + _begun(window, instant, measure)

    def _up_to(self, base: int, day: int, measure: int) -> int:
        """What the days before `day` count, from the beginning of the year `base`; negative before it."""
        year = year_of(day)
        first, marks, _ = self._openings.year(year)
        whole = sum(self._openings.totals(y)[measure] for y in range(base, year))
        whole -= sum(self._openings.totals(y)[measure] for y in range(year, base))
        return whole + marks[measure][max(0, day - first)]

    def _day(self, base: int, goal: int, measure: int, bisect: Callable[..., int]) -> int:
        """The first day at whose end `goal` is reached, or by `bisect_right` passed, from the beginning of `base`.

        Raises OverflowError if there is none.
        """
        year, passed = base, 0
        while bisect([passed], goal) == 0:
            year -= 1
            passed -= self._total(base, year, measure)
        while bisect([following := passed + self._total(base, year, measure)], goal) == 1:
            year, passed = year + 1, following
        first, marks, _ = self._openings.year(year)
        return first + bisect(marks[measure], goal - passed) - 1

    def _total(self, base: int, year: int, measure: int) -> int:
        if not max(MINYEAR, base - _FARTHEST) <= year <= min(MAXYEAR, base + _FARTHEST):
            raise OverflowError("the instant is out of range, or after the last working time")
        return self._openings.totals(year)[measure]

    def _window(self, first: int, last: int, measure: int) -> _Window:
        stretches = sorted(
            (start, end, self._openings.length(day))
            for day in range(first, last)
            for start, end in self._openings.of(day)
        )
        weights = (_weight(end - start, length, measure) for start, end, length in stretches)
        return _Window(stretches, list(accumulate(weights, initial=0)))


def faults(calendar: CalendarDocument) -> Iterator[Fault]:
    """Everything that is wrong with a calendar beyond the shape of its parts."""
    found = list(faults_of_days(calendar))
    yield from found
    if not found and not Openings(calendar).ever:
        message, hint = "a calendar needs some working time", 'for example `mon: ["09:00-17:00"]`'
        yield Fault(path=("hours",), code="no_working_time", message=message, hint=hint)


@cache
def default_calendar() -> Calendar:
    """The calendar of a pack that names none: Monday to Friday, 09:00 to 17:00 UTC."""
    return Calendar.of({"zone": "UTC", "hours": {day: ["09:00-17:00"] for day in WEEKDAYS[:5]}})


def _begun(window: _Window, instant: int, measure: int) -> _Number:
    """What has passed of a window up to an instant."""
    stretches, marks = window
    begun = bisect_left(stretches, (instant,))
    if not begun:
        return 0
    start, end, length = stretches[begun - 1]
    return marks[begun - 1] + _weight(min(end, instant) - start, length, measure)


def _weight(time: int, length: int, measure: int) -> _Number:
    """What open time counts, of a day that is open for `length`."""
    if measure == _TIME:
        return time
    return Fraction(time, length) if time % length else time // length  # whole numbers are added quickest


def _instant(at: datetime) -> int:
    if at.utcoffset() is None:
        raise ValueError("the datetime has no time zone")
    return microseconds(at)
