"""Time zones: the instants that a stretch of wall-clock time stands for, in microseconds since the year 1, UTC."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import MINYEAR, UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from sevclass.problems import nearest

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND

_START = datetime(MINYEAR, 1, 1, tzinfo=UTC)
_LAST = date.max.toordinal() * DAY - 1
_YEARS_KEPT = 64
# They say no place, or what the clocks of this machine show, or count leap seconds.
_OF_THE_MACHINE = re.compile(r"(localtime|Factory|posixrules|posix/.*|right/.*)\Z", re.DOTALL)
_EXAMPLE = "for example `Europe/Berlin`, or `UTC`; the package `tzdata` has them all"


def known_zone(name: object) -> str:
    """The name, if the tz database has a time zone of that name.

    Raises ValueError; its message is a problem's text and, after a line break, a hint.
    """
    hint: str | None = None
    if isinstance(name, str) and not _OF_THE_MACHINE.match(name):
        try:
            return ZoneInfo(name).key
        except (KeyError, ValueError, OSError):  # not there, no name of a zone, or a folder of them
            hint = nearest(name, available_timezones())
    raise ValueError(f"is not a time zone\n{hint or _EXAMPLE}")


def microseconds(instant: datetime) -> int:
    """An aware datetime as an instant."""
    return (instant - _START) // timedelta.resolution


def moment(instant: int) -> datetime:
    """An instant as a datetime in UTC.

    Raises OverflowError outside the years 1 to 9999.
    """
    return _START + timedelta(microseconds=instant)


class Zone:
    """A time zone as the stretches in which its offset from UTC stays the same."""

    def __init__(self, name: str) -> None:
        self._info = ZoneInfo(name)
        self._changes = lru_cache(maxsize=_YEARS_KEPT)(self._look_up)

    def changes(self, low: int, high: int) -> Iterator[int]:
        """The instants after `low` and before `high` at which the offset changes, earliest first."""
        for year in range(_year(low), _year(high) + 1):
            yield from (change for change in self._changes(year) if low < change < high)

    def instants(self, start: int, end: int) -> list[tuple[int, int]]:
        """The instants whose wall-clock time is from `start` up to `end` (microseconds since the year 1, too).

        Several stretches, earliest first, where the clock was changed then: an hour that comes twice is there twice,
        one that is skipped not at all.
        """
        # An offset is less than a day, either way.
        edges = [start - DAY, *self.changes(start - DAY, end + DAY), end + DAY]
        found: list[tuple[int, int]] = []
        for low, high in pairwise(edges):
            offset = self._offset(low)
            first, last = max(low, start - offset), min(high, end - offset)
            if first < last:
                found.append((first, last))
        return found

    def _offset(self, instant: int) -> int:
        """Wall-clock time less UTC; near the ends of time, where Python has no local time, that a day further in."""
        utc = moment(min(max(instant, DAY), _LAST - DAY)).replace(tzinfo=self._info)
        offset = self._info.fromutc(utc).utcoffset()
        return (offset or timedelta()) // timedelta.resolution

    def _look_up(self, year: int) -> tuple[int, ...]:
        """The changes within a year: looked for day by day, as none follow closer than that, then halved."""
        first = microseconds(datetime(year, 1, 1, tzinfo=UTC))
        days = datetime(year, 12, 31, tzinfo=UTC).timetuple().tm_yday
        found: list[int] = []
        before = self._offset(first - SECOND)
        for midnight in range(first, first + days * DAY, DAY):
            after = self._offset(midnight + DAY - SECOND)
            if after != before:
                found.append(self._halved(midnight - SECOND, midnight + DAY - SECOND, after))
            before = after
        return tuple(found)

    def _halved(self, low: int, high: int, after: int) -> int:
        """The instant at which the offset becomes `after`, on a whole second; at `low` it is another, at `high` not."""
        while high - low > SECOND:
            middle = low + (high - low) // (2 * SECOND) * SECOND
            low, high = (low, middle) if self._offset(middle) == after else (middle, high)
        return high


def _year(instant: int) -> int:
    return moment(min(max(instant, 0), _LAST)).year
