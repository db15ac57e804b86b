"""Every change of offset of every time zone from 2000 to 2037, found by asking `zoneinfo` day after day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

FIRST, LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

NAMES = sorted(available_timezones() - {"localtime"})
"""Every zone but that of the machine, which some systems list too and no calendar may have."""


class Change(NamedTuple):
    """The instant of a change, and the offsets before and from it."""

    at: datetime
    before: timedelta
    after: timedelta

    @property
    def shift(self) -> timedelta:
        """How far the wall clock is put forward; negative if back."""
        return self.after - self.before

    @property
    def walls(self) -> tuple[datetime, datetime]:
        """The wall clock at the instant by the old offset and by the new one, the earlier first."""
        naive = self.at.replace(tzinfo=None)
        one, other = sorted((naive + self.before, naive + self.after))
        return one, other


class Rule(NamedTuple):
    """The zones that go alike from 2000 to 2037, in alphabetical order, and their changes."""

    names: tuple[str, ...]
    changes: tuple[Change, ...]


def offset(zone: ZoneInfo, at: datetime) -> timedelta:
    """The offset from UTC at an instant."""
    found = at.astimezone(zone).utcoffset()
    assert found is not None
    return found


def between(zone: ZoneInfo, low: datetime, high: datetime) -> Iterator[Change]:
    """The changes after `low` and up to `high`, if they do not undo one another within it."""
    while (before := offset(zone, low)) != offset(zone, high):
        start, end = low, high
        while end - start > SECOND:
            middle = start + (end - start) // SECOND // 2 * SECOND
            start, end = (middle, end) if offset(zone, middle) == before else (start, middle)
        yield Change(end, before, offset(zone, end))
        low = end


@cache
def rules() -> tuple[Rule, ...]:
    """Every zone there is, those that go alike together."""
    days = [FIRST + number * DAY for number in range((LAST - FIRST) // DAY + 1)]
    groups: dict[tuple[timedelta, tuple[Change, ...]], list[str]] = defaultdict(list)
    for name in NAMES:
        zone = ZoneInfo(name)
        offsets = [offset(zone, day) for day in days]
        changes = tuple(
            change
            for place in range(len(days) - 1)
            if offsets[place] != offsets[place + 1]
            for change in between(zone, days[place], days[place + 1])
        )
        groups[offsets[0], changes].append(name)
    return tuple(Rule(tuple(names), changes) for (_, changes), names in groups.items())


@cache
def every_change() -> tuple[tuple[str, Change], ...]:
    """Every change of every rule, under the first name of the rule."""
    return tuple((rule.names[0], change) for rule in rules() for change in rule.changes)


@cache
def a_change_of_each_kind() -> tuple[tuple[str, Change], ...]:
    """One change for each rule, shift and time of day, and one for each shift, time of day and day of the week.

    They are taken from different years, the same ones in every run.
    """
    kinds: dict[tuple[object, ...], list[tuple[str, Change]]] = defaultdict(list)
    for zone, change in every_change():
        wall = change.at.replace(tzinfo=None) + change.before
        kinds[zone, change.shift, wall.time()].append((zone, change))
        kinds[wall.weekday(), change.shift, wall.time()].append((zone, change))
    taken = (alike[number % len(alike)] for number, alike in enumerate(kinds.values()))
    return tuple(dict.fromkeys(taken))
