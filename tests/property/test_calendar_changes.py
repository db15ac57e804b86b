"""The law: business time is right over every change of offset of every time zone, from 2000 to 2037.

The profile `ci` takes one change for each rule, shift and time of day, and `deep` takes them all.
"""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings

from sevclass import Calendar
from tests.calendar_comparison import differences
from tests.calendar_walk import MICROSECOND, MINUTE, WEEKDAYS, Walk
from tests.zone_changes import NAMES, Change, a_change_of_each_kind, every_change, rules

Data = dict[str, Any]

PARTS = 8
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
AROUND = 2 * DAY


def daily(*spans: str) -> dict[str, list[str]]:
    return {day: list(spans) for day in WEEKDAYS}


def span(start: datetime, end: datetime) -> str:
    """A span of every day, by the time of day at its ends."""
    return f"{start:%H:%M}-{end:%H:%M}"


def biting(zone: str, change: Change) -> list[Data]:
    """Calendars whose spans begin, end or lie where the wall clock jumps."""
    low, high = change.walls
    middle = low + (high - low) // 2 // MINUTE * MINUTE
    eve, morrow = (str(low.date() + days * DAY) for days in (-1, 1))
    night = daily("22:00-06:00", "09:00-17:00")
    found: list[Data] = [
        {"hours": daily("00:00-24:00")},
        {"hours": night},
        {"hours": night, "holidays": {"dates": [str(low.date())]}, "exceptions": {eve: ["08:00-09:00", "23:00-02:30"]}},
        {"hours": night, "holidays": {"dates": [eve]}, "exceptions": {str(high.date()): [], morrow: ["06:00-06:01"]}},
        {"hours": daily(span(middle, middle + 6 * HOUR))},
        {"hours": daily(span(middle - 6 * HOUR, middle))},
        {"hours": daily(span(middle - 3 * HOUR, middle), span(middle, middle + 3 * HOUR))},
        {"hours": {WEEKDAYS[low.weekday()]: [span(middle, low - MINUTE)]}},
    ]
    if high - low < DAY:
        found += [
            {"hours": daily(span(low, high))},
            {"hours": daily(span(low - 2 * HOUR, high + 2 * HOUR))},
        ]
    return [{"zone": zone, **calendar} for calendar in found]


def instants_about(change: Change, seed: str) -> list[datetime]:
    """Instants at the change, a shift away, at the midnights about it, and anywhere, in order."""
    chance = random.Random(seed)
    shift, low = abs(change.shift), change.walls[0]
    midnight = datetime.combine(low.date(), datetime.min.time(), UTC)
    found = {
        *(change.at + step for step in (-AROUND, -shift, -shift // 2, timedelta(), shift // 2, shift, AROUND)),
        *(change.at + step * MICROSECOND for step in (-1, 1)),
        *(midnight + days * DAY - offset for days in (0, 1) for offset in (change.before, change.after)),
        *(change.at + chance.randrange(-AROUND // MICROSECOND, AROUND // MICROSECOND) * MICROSECOND for _ in range(2)),
    }
    return sorted(at for at in found if abs(at - change.at) <= AROUND)


def chosen() -> tuple[tuple[str, Change], ...]:
    """The changes that the profile asks for."""
    deep = settings().max_examples >= settings.get_profile("deep").max_examples
    return every_change() if deep else a_change_of_each_kind()


@pytest.mark.parametrize("part", range(PARTS))
def test_business_time_is_right_about_a_change(part: int) -> None:
    for zone, change in chosen()[part::PARTS]:
        instants = instants_about(change, f"{zone} {change.at}")
        for calendar in biting(zone, change):
            walk = Walk(calendar, instants[0], instants[-1])
            assert differences(calendar, walk, instants) == []


def test_every_zone_is_known_and_goes_as_its_rule_does() -> None:
    zones: list[str] = []
    hours = daily("01:00-02:30", "22:00-00:30")
    for rule in rules():
        about = rule.changes[-1].at if rule.changes else datetime(2026, 3, 2, tzinfo=UTC)
        start, end = about - AROUND, about + AROUND
        measures = {
            (calendar.elapsed(start, end), calendar.days(start, end), calendar.after(start, 5 * HOUR))
            for calendar in (Calendar(zone=name, hours=hours) for name in rule.names)
        }
        assert len(measures) == 1, rule.names
        zones += rule.names

    assert sorted(zones) == NAMES


def test_each_kind_of_change_is_met() -> None:
    every, taken = every_change(), a_change_of_each_kind()

    def kinds(changes: tuple[tuple[str, Change], ...]) -> set[tuple[object, ...]]:
        return {(zone, change.shift, (change.at + change.before).time()) for zone, change in changes}

    assert kinds(taken) == kinds(every)
    assert {change.at.year for _, change in taken} == set(range(2000, 2038))
    assert date(2011, 12, 30) in {change.at.date() for _, change in taken if change.shift == DAY}
