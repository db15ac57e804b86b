"""Business time counted minute by minute: nothing is known here but what the clock on the wall shows.

Spans begin and end on whole minutes, and since 2000 the offsets of all time zones are whole minutes: within a minute of
UTC nothing opens or closes. A calendar here is plain data, as it is given to `Calendar`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias
from zoneinfo import ZoneInfo

Data: TypeAlias = Mapping[str, Mapping[str, Sequence[str]]]

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Naive:
    """A calendar in a stretch of UTC: which day each of its minutes belongs to, if any."""

    def __init__(self, zone: str, calendar: Data, start: datetime, end: datetime) -> None:
        self._zone, self._calendar = ZoneInfo(zone), calendar
        self.start, self.end = start, end

    @cached_property
    def minutes(self) -> list[tuple[datetime, date | None]]:
        """Every minute from `start` up to `end`, with the day whose span it lies in."""
        found = []
        at = self.start
        while at < self.end:
            found.append((at, self._day(at.astimezone(self._zone).replace(tzinfo=None))))
            at += MINUTE
        return found

    @cached_property
    def lengths(self) -> dict[date, int]:
        """How many minutes belong to each day."""
        counted: dict[date, int] = {}
        for _, day in self.minutes:
            if day:
                counted[day] = counted.get(day, 0) + 1
        return counted

    def _day(self, wall: datetime) -> date | None:
        """The day that a wall-clock time belongs to: its own, or the one before if a span of that one runs on."""
        for day in (wall.date(), wall.date() - DAY):
            since = (wall - datetime.combine(day, datetime.min.time())) // MINUTE
            if any(start <= since < end for start, end in self._spans(day)):
                return day
        return None

    def _spans(self, day: date) -> Iterator[tuple[int, int]]:
        exceptions = self._calendar.get("exceptions", {})
        if day.isoformat() in exceptions:
            written = exceptions[day.isoformat()]
        elif day.isoformat() in self._calendar.get("holidays", {}).get("dates", ()):
            written = []
        else:
            written = self._calendar["hours"].get(WEEKDAYS[day.weekday()], [])
        for span in written:
            start, end = (int(time[:2]) * 60 + int(time[3:]) for time in span.split("-"))
            yield start, end if end > start else end + 24 * 60

    def is_open(self, at: datetime) -> bool:
        """Whether the minute of an instant is open."""
        return self.minutes[(at - self.start) // MINUTE][1] is not None

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """The open time from `start` up to `end`."""
        return sum((self._part(at, start, end) for at, day in self.minutes if day), timedelta())

    def days(self, start: datetime, end: datetime) -> Fraction:
        """The business days from `start` up to `end`."""
        parts = ((self._part(at, start, end), day) for at, day in self.minutes if day)
        return sum(
            (Fraction(part // timedelta.resolution, 60_000_000 * self.lengths[day]) for part, day in parts), Fraction()
        )

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant by which the amount has passed."""
        for at, day in self.minutes:
            part = self._part(at, start, self.end) if day else timedelta()
            if amount <= part:
                return max(at, start) + amount if amount else start
            amount -= part
        raise AssertionError("the stretch is too short")

    def before(self, end: datetime, amount: timedelta) -> datetime:
        """The latest instant from which the amount passes."""
        for at, day in reversed(self.minutes):
            part = self._part(at, self.start, end) if day else timedelta()
            if amount <= part:
                return min(at + MINUTE, end) - amount if amount else end
            amount -= part
        raise AssertionError("the stretch is too short")

    def after_days(self, start: datetime, amount: Fraction) -> datetime:
        """The earliest instant by which so many business days have passed, rounded up to the microsecond."""
        if not amount:
            return start
        for at, day in self.minutes:
            if day:
                length = 60_000_000 * self.lengths[day]
                part = Fraction(self._part(at, start, self.end) // timedelta.resolution, length)
                if amount <= part:
                    return max(at, start) + -int(-amount * length // 1) * timedelta.resolution
                amount -= part
        raise AssertionError("the stretch is too short")

    @staticmethod
    def _part(at: datetime, start: datetime, end: datetime) -> timedelta:
        """How much of a minute lies between two instants."""
        return max(min(at + MINUTE, end) - max(at, start), timedelta())


def utc(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
