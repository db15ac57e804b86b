"""Business time is what the clock on the wall shows: in every zone, over every change from 2000 to 2037."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import assume, given, strategies as st

from sevclass import Calendar
from tests.calendar_oracle import MINUTE, WEEKDAYS, Naive, utc

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
FIRST, LAST = utc("2000-01-01 00:00"), utc("2038-01-01 00:00")
GROUPS = 8

# Clocks are changed at night: here spans begin and end within the hours that are skipped or come twice.
NIGHT = ["23:15-00:05", "00:10-01:20", "01:40-02:30", "02:50-03:10", "03:10-05:00"]
BITING: Mapping[str, Any] = {"hours": dict.fromkeys(WEEKDAYS, NIGHT)}


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """The instants from 2000 to 2037 at which the offset of a zone changes."""

    def offset(at: datetime) -> timedelta | None:
        return at.astimezone(zone).utcoffset()

    at = FIRST
    while at < LAST:
        if offset(at) != offset(at + DAY):
            low, high = at, at + DAY
            while high - low > MINUTE:
                middle = low + (high - low) // (2 * MINUTE) * MINUTE
                low, high = (low, middle) if offset(middle) == offset(high) else (middle, high)
            yield high
        at += DAY


@cache
def zones() -> Sequence[tuple[str, tuple[datetime, ...]]]:
    """A zone for each way to change the clocks, with its changes: most names are other names of the same zone."""
    found: dict[object, tuple[str, tuple[datetime, ...]]] = {}
    for name in sorted(available_timezones()):
        zone = ZoneInfo(name)
        made = tuple(changes(zone))
        offsets = (FIRST.astimezone(zone).utcoffset(), *(at.astimezone(zone).utcoffset() for at in made))
        found.setdefault((made, offsets), (name, made))
    return list(found.values())


def test_there_are_zones_and_changes_enough() -> None:
    made = [change for _, found in zones() for change in found]

    assert len(available_timezones()) > 400
    assert len(zones()) > 150
    assert len(made) > 5_000
    assert all(change.second == 0 for change in made)


@pytest.mark.parametrize("group", range(GROUPS))
def test_around_every_change_it_is_what_the_wall_clock_shows(group: int) -> None:
    for name, made in zones()[group::GROUPS]:
        calendar = Calendar(zone=name, **BITING)
        for change in made:
            # A stretch of the minutes that matter; what is asked lies within it.
            naive = Naive(name, BITING, change - 3 * HOUR, change + 3 * HOUR)
            start = naive.start + 17 * MINUTE + timedelta(seconds=5)
            passed = timedelta()
            for number, (at, day) in enumerate(naive.minutes[18:], 1):
                if number % 29 == 0:
                    assert calendar.is_open(at) is (day is not None), (name, at)
                    assert calendar.elapsed(start, at) == naive.elapsed(start, at), (name, start, at)
            passed = calendar.elapsed(start, naive.end)
            for share in (passed / 3, passed * 3 / 4, passed):
                assert calendar.after(start, share) == naive.after(start, share), (name, start, share)
                assert calendar.before(naive.end, share) == naive.before(naive.end, share), (name, share)


def offsets_apart() -> Sequence[tuple[str, datetime]]:
    """A change for each way in which the clocks were ever moved: from which time of day, by how much."""
    found: dict[object, tuple[str, datetime]] = {}
    for name, made in zones():
        for change in made:
            before, after = (at.astimezone(ZoneInfo(name)) for at in (change - MINUTE, change))
            found.setdefault((before.time(), after.time()), (name, change))
    return list(found.values())


@pytest.mark.parametrize("group", range(GROUPS))
def test_the_days_around_a_change_are_measured_by_what_they_really_last(group: int) -> None:
    for name, change in offsets_apart()[group::GROUPS]:
        calendar = Calendar(zone=name, **BITING)
        naive = Naive(name, BITING, change - 5 * DAY, change + 5 * DAY)
        start, end = change - 2 * DAY + 31 * MINUTE, change + 2 * DAY - 47 * MINUTE
        days = calendar.days(start, end)

        assert days == naive.days(start, end), (name, change)
        for amount in (Fraction(1, 3), days / 2, days):
            assert calendar.after_days(start, amount) == naive.after_days(start, amount), (name, change, amount)


# --- any calendar -----------------------------------------------------------------------------------------------------

ODD = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Sao_Paulo")


def spans() -> st.SearchStrategy[list[str]]:
    """Spans of one day, which may touch."""

    def paired(ends: set[int]) -> list[str]:
        ordered = sorted(f"{5 * end // 60:02}:{5 * end % 60:02}" for end in ends)
        return [f"{start}-{end}" for start, end in zip(ordered[::2], ordered[1::2], strict=False)]

    return st.sets(st.integers(0, 24 * 60 // 5), max_size=6).map(paired)


@st.composite
def calendars(draw: st.DrawFn) -> tuple[str, dict[str, Any], datetime]:
    """A zone, a calendar there, and an instant that it is to be looked at around."""
    zone = draw(st.sampled_from(ODD))
    around = draw(st.sampled_from([*changes(ZoneInfo(zone))][-40:] or [utc("2026-03-29 01:00")]))
    hours = {day: draw(spans()) for day in draw(st.sets(st.sampled_from(WEEKDAYS), min_size=1))}
    dates = st.integers(-3, 3).map(lambda days: (around + days * DAY).date().isoformat())
    exceptions = draw(st.dictionaries(dates, spans(), max_size=2))
    holidays = {"dates": draw(st.lists(dates, max_size=2))}
    if draw(st.booleans()):
        # A night shift every day: what begins before its end would overlap.
        hours = {day: ["21:00-05:00"] for day in WEEKDAYS}
        exceptions = {day: ["06:00-20:30"] for day in exceptions}
    return zone, {"hours": hours, "holidays": holidays, "exceptions": exceptions}, around


@given(st.data())
def test_any_calendar_is_counted_as_a_clock_would(data: st.DataObject) -> None:
    zone, written, around = data.draw(calendars())
    assume(any(written["hours"].values()))
    calendar = Calendar(zone=zone, **written)
    naive = Naive(zone, written, around - 7 * DAY, around + 7 * DAY)
    within = st.timedeltas(-3 * DAY, 3 * DAY).map(lambda apart: around + apart)
    start, end = sorted((data.draw(within), data.draw(within)))
    elapsed, days = calendar.elapsed(start, end), calendar.days(start, end)

    assert calendar.is_open(start) == naive.is_open(start)
    assert elapsed == naive.elapsed(start, end)
    assert days == naive.days(start, end)
    share = data.draw(st.fractions(0, 1, max_denominator=1000))
    part = share.numerator * elapsed // share.denominator
    assert calendar.after(start, part) == naive.after(start, part)
    assert calendar.before(end, part) == naive.before(end, part)
    assert calendar.after_days(start, share * days) == naive.after_days(start, share * days)


@given(st.data())
def test_they_are_measures(data: st.DataObject) -> None:
    zone, written, around = data.draw(calendars())
    assume(any(written["hours"].values()))
    calendar = Calendar(zone=zone, **written)
    far = st.timedeltas(-900 * DAY, 900 * DAY).map(lambda apart: around + apart)
    a, b, c = sorted(data.draw(far) for _ in range(3))
    amount = data.draw(st.timedeltas(timedelta(), 60 * DAY))

    assert calendar.elapsed(a, b) + calendar.elapsed(b, c) == calendar.elapsed(a, c)
    assert calendar.days(a, b) + calendar.days(b, c) == calendar.days(a, c)
    later, earlier = calendar.after(a, amount), calendar.before(a, amount)
    assert calendar.elapsed(a, later) == calendar.elapsed(earlier, a) == amount
    if amount:
        assert calendar.elapsed(a, later - timedelta.resolution) < amount
        assert calendar.elapsed(earlier + timedelta.resolution, a) < amount
    assert calendar.after(a, amount) <= calendar.after(b, amount)
    assert calendar.after_days(a, calendar.days(a, b)) <= b
    assert calendar.after(a.astimezone(ZoneInfo("Asia/Tokyo")), amount) == later
    assert later.tzinfo is UTC
    assert pickle.loads(pickle.dumps(calendar)) == calendar  # noqa: S301 - our own bytes


# --- by hand ----------------------------------------------------------------------------------------------------------

ALWAYS = {day: ["00:00-24:00"] for day in WEEKDAYS}


@pytest.mark.parametrize(
    ("zone", "start", "end", "hours", "days"),
    [
        pytest.param("Europe/Berlin", "2026-03-28 23:00", "2026-03-29 22:00", 23, 1, id="a short day"),
        pytest.param("Europe/Berlin", "2026-10-24 22:00", "2026-10-25 23:00", 25, 1, id="a long day"),
        pytest.param("Australia/Lord_Howe", "2026-04-04 13:00", "2026-04-05 13:30", 24.5, 1, id="half an hour"),
        pytest.param("Antarctica/Troll", "2026-03-29 00:00", "2026-03-29 22:00", 22, 1, id="two hours"),
        pytest.param("Pacific/Apia", "2011-12-29 10:00", "2011-12-31 10:00", 48, 2, id="a day that never was"),
        pytest.param(
            "America/Sao_Paulo", "2018-11-03 03:00", "2018-11-04 02:00", 23, Fraction(23, 24), id="at midnight"
        ),
        pytest.param("Asia/Pyongyang", "2018-05-04 15:00", "2018-05-05 15:00", 24, Fraction(1), id="for good"),
        pytest.param("Europe/Dublin", "2026-10-24 23:00", "2026-10-26 00:00", 25, 1, id="the other way round"),
        pytest.param("Africa/Casablanca", "2026-02-14 23:00", "2026-02-16 00:00", 25, 1, id="Ramadan"),
        pytest.param("Asia/Kathmandu", "2024-02-28 18:15", "2024-02-29 18:15", 24, 1, id="a leap day"),
        pytest.param("Europe/Berlin", "2100-03-27 23:00", "2100-03-28 22:00", 23, 1, id="far away"),
    ],
)
def test_days_of_odd_length(zone: str, start: str, end: str, hours: float, days: Fraction) -> None:
    calendar = Calendar(zone=zone, hours=ALWAYS)

    assert calendar.elapsed(utc(start), utc(end)) == timedelta(hours=hours)
    assert calendar.days(utc(start), utc(end)) == days


def test_two_business_days_from_a_saturday_end_tuesday_at_closing_time() -> None:
    office = Calendar(zone="Europe/Berlin", hours={day: ["09:00-12:30", "13:30-17:00"] for day in WEEKDAYS[:5]})

    assert office.after_days(utc("2026-03-28 12:00"), 2) == utc("2026-03-31 15:00")
    assert office.after_days(utc("2026-12-31 16:00"), 1) == utc("2027-01-01 16:00")
