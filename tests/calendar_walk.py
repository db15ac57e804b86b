"""A second, naive account of business time, written from the words of its rules: the library is held equal to it.

A calendar is plain data: the arguments of `Calendar`. Time is walked in small steps. At each, `zoneinfo` says what the
wall clock shows, and a table says to which day, if any, that minute of the wall clock belongs.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache, lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

Data = dict[str, Any]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MICROSECOND, SECOND, MINUTE = timedelta(microseconds=1), timedelta(seconds=1), timedelta(minutes=1)
MINUTES_A_DAY = 24 * 60
MARGIN = timedelta(days=4)
"""Further apart than any two instants of one day: its spans reach two days, and offsets differ by 27 hours at most."""


# The wall clock


def minute(text: str) -> int:
    """`HH:MM` as a number of minutes since midnight."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def span(text: str) -> range:
    """The minutes of a span since the midnight at which its day starts."""
    start, end = (minute(part) for part in text.split("-"))
    return range(start, end if end > start else end + MINUTES_A_DAY)


@cache
def is_public_holiday(country: str, subdivision: str | None, day: date) -> bool:
    """Whether the day is a public holiday there."""
    from holidays import country_holidays

    return day in country_holidays(country, subdiv=subdivision, years=day.year)


def is_holiday(calendar: Data, day: date) -> bool:
    """Whether the day is a holiday of the calendar, listed or by country."""
    holidays = calendar.get("holidays") or {}
    if day.isoformat() in holidays.get("dates", ()):
        return True
    return "country" in holidays and is_public_holiday(holidays["country"], holidays.get("subdivision"), day)


def spans_on(calendar: Data, day: date) -> list[str]:
    """The spans that start on a day."""
    exceptions: dict[str, list[str]] = calendar.get("exceptions") or {}
    if day.isoformat() in exceptions:
        return exceptions[day.isoformat()]
    if is_holiday(calendar, day):
        return []
    hours: dict[str, list[str]] = calendar["hours"]
    return hours.get(WEEKDAYS[day.weekday()], [])


def open_minutes(calendar: Data, first: date, last: date) -> dict[int, int]:
    """The open minutes of the wall clock, counted from the year 1, each with the day that it belongs to.

    They are those of the days from `first` to `last`. Raises ValueError where two spans overlap.
    """
    found: dict[int, int] = {}
    for day in range(first.toordinal(), last.toordinal() + 1):
        for text in spans_on(calendar, date.fromordinal(day)):
            for number in span(text):
                at = day * MINUTES_A_DAY + number
                if at in found:
                    raise ValueError(f"{date.fromordinal(day)}: {text} overlaps")
                found[at] = day
    return found


@lru_cache(4)
def wall_clock(zone: str, first: datetime, last: datetime, step: timedelta) -> list[int]:
    """What the wall clock shows at each step, as minutes from the year 1.

    Raises ValueError if a minute of the wall clock may begin within a step.
    """
    shown = []
    info, at = ZoneInfo(zone), first
    while at < last:
        wall = at.astimezone(info)
        if wall.microsecond or (wall.second and step > SECOND):
            raise ValueError(f"{zone}, {at}: smaller steps are needed")
        shown.append(wall.toordinal() * MINUTES_A_DAY + wall.hour * 60 + wall.minute)
        at += step
    return shown


# The measures


class Run(NamedTuple):
    """A stretch of open time, its end not included, and the day that it belongs to."""

    start: datetime
    end: datetime
    day: int

    def within(self, a: datetime, b: datetime) -> timedelta:
        """How much of it lies in [a, b)."""
        return max(min(self.end, b) - max(self.start, a), timedelta())


class Walk:
    """Business time between two instants, walked step by step. Every question must lie within them.

    The steps are MARGIN longer on both ends: the days that are met are then met whole.
    """

    def __init__(self, calendar: Data, first: datetime, last: datetime, step: timedelta = MINUTE) -> None:
        first, last = first.astimezone(UTC), last.astimezone(UTC)
        self.first = first.replace(second=0, microsecond=0) - MARGIN
        self.last = last.replace(second=0, microsecond=0) + MARGIN
        walls = wall_clock(calendar["zone"], self.first, self.last, step)
        days = [wall // MINUTES_A_DAY for wall in (min(walls), max(walls))]
        minutes = open_minutes(calendar, date.fromordinal(days[0] - 1), date.fromordinal(days[1]))
        self.runs: list[Run] = []
        self.whole: Counter[int] = Counter()
        """The open time of each day, in microseconds."""
        place = 0
        for day, steps in groupby(map(minutes.get, walls)):
            length = len(list(steps))
            if day is not None:
                run = Run(self.first + place * step, self.first + (place + length) * step, day)
                self.runs.append(run)
                self.whole[day] += (run.end - run.start) // MICROSECOND
            place += length

    def is_open(self, a: datetime) -> bool:
        """Whether an instant lies in a span."""
        return any(run.start <= a < run.end for run in self.runs)

    def elapsed(self, a: datetime, b: datetime) -> timedelta:
        """The open time in [a, b)."""
        return sum((run.within(a, b) for run in self.runs), timedelta())

    def after(self, a: datetime, amount: timedelta) -> datetime | None:
        """The earliest instant from `a` on by which the amount has elapsed, None if it is beyond the walk."""
        if not amount:
            return a
        for run in self.runs:
            here = run.within(a, self.last)
            if here >= amount:
                return run.end - here + amount
            amount -= here
        return None

    def before(self, b: datetime, amount: timedelta) -> datetime | None:
        """The latest instant up to `b` from which the amount elapses, None if it is beyond the walk."""
        if not amount:
            return b
        for run in reversed(self.runs):
            here = run.within(self.first, b)
            if here >= amount:
                return run.start + here - amount
            amount -= here
        return None

    def days(self, a: datetime, b: datetime) -> Fraction:
        """The working days in [a, b), a part of a day in proportion to its open time."""
        parts = ((run.within(a, b), self.whole[run.day]) for run in self.runs)
        return sum((Fraction(part // MICROSECOND, whole) for part, whole in parts if part), Fraction())

    def after_days(self, a: datetime, amount: Fraction) -> datetime | None:
        """The earliest instant from `a` on, to the microsecond, by which the days are over, None if beyond the walk."""
        if not amount:
            return a
        for run in self.runs:
            here = run.within(a, self.last)
            if not here:
                continue
            share = Fraction(here // MICROSECOND, self.whole[run.day])
            if share >= amount:
                exact = amount * self.whole[run.day]
                return run.end - here + -(-exact.numerator // exact.denominator) * MICROSECOND
            amount -= share
        return None
