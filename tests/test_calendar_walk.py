"""The oracle of business time and the changes it is asked about, held to answers worked out by hand."""

from __future__ import annotations

import struct
import zoneinfo
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.calendar_walk import SECOND, WEEKDAYS, Walk, open_minutes, spans_on
from tests.zone_changes import FIRST, LAST, Change, rules

Data = dict[str, Any]

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OFFICE: Data = {"zone": "UTC", "hours": {day: ["09:00-12:30", "13:30-17:00"] for day in WEEKDAYS[:5]}}
NIGHT: Data = {"zone": "Europe/Berlin", "hours": {day: ["22:00-06:00"] for day in WEEKDAYS}}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def walk(calendar: Data, first: str, last: str) -> Walk:
    return Walk(calendar, utc(first), utc(last))


# 2 March 2026 is a Monday.


def test_an_office_week() -> None:
    week = walk(OFFICE, "2026-02-28", "2026-03-10")

    assert week.elapsed(utc("2026-03-02"), utc("2026-03-09")) == 35 * HOUR
    assert week.elapsed(utc("2026-03-02 12:00"), utc("2026-03-02 13:31")) == 31 * MINUTE
    assert week.days(utc("2026-03-02 12:30"), utc("2026-03-03 09:00")) == Fraction(1, 2)
    assert [week.is_open(utc(f"2026-03-02 {at}")) for at in ("08:59", "09:00", "12:30", "16:59:59", "17:00")] == [
        False,
        True,
        False,
        True,
        False,
    ]


def test_two_days_from_a_saturday_end_on_tuesday_at_closing_time() -> None:
    week = walk(OFFICE, "2026-02-28", "2026-03-10")

    assert week.after_days(utc("2026-02-28 12:00"), Fraction(2)) == utc("2026-03-03 17:00")
    assert week.after(utc("2026-02-28 12:00"), 14 * HOUR) == utc("2026-03-03 17:00")
    assert week.before(utc("2026-03-09 03:00"), 14 * HOUR) == utc("2026-03-05 09:00")
    assert week.after(utc("2026-02-28 12:00"), timedelta()) == utc("2026-02-28 12:00")
    assert week.before(utc("2026-02-28 12:00"), timedelta()) == utc("2026-02-28 12:00")
    assert week.after_days(utc("2026-02-28 12:00"), Fraction()) == utc("2026-02-28 12:00")


def test_part_of_a_microsecond_is_rounded_up() -> None:
    week = walk(OFFICE, "2026-02-28", "2026-03-10")

    # A third of 7 hours is 8400 seconds; a seventh of a microsecond more takes a whole one.
    third = Fraction(1, 3)
    assert week.after_days(utc("2026-03-02"), third) == utc("2026-03-02 11:20")
    assert week.after_days(utc("2026-03-02"), third + Fraction(1, 10**12)) == utc("2026-03-02 11:20:00.000001")


def test_beyond_the_walk_there_is_no_answer() -> None:
    week = walk(OFFICE, "2026-02-28", "2026-03-10")

    assert week.after(utc("2026-03-02"), 1000 * HOUR) is None
    assert week.before(utc("2026-03-02"), 1000 * HOUR) is None
    assert week.after_days(utc("2026-03-02"), Fraction(100)) is None


def test_a_night_shift_belongs_to_the_day_it_starts_on() -> None:
    holiday = {**NIGHT, "holidays": {"dates": ["2026-03-03"]}}
    nights = walk(holiday, "2026-03-01", "2026-03-06")

    assert nights.elapsed(utc("2026-03-02 20:00"), utc("2026-03-03 20:00")) == 8 * HOUR
    assert nights.elapsed(utc("2026-03-03 20:00"), utc("2026-03-04 20:00")) == timedelta()


@pytest.mark.parametrize(
    ("start", "hours"),
    [
        pytest.param("2026-03-28 21:00", 7, id="an hour is skipped"),
        pytest.param("2026-10-24 20:00", 9, id="an hour comes twice"),
        pytest.param("2026-06-01 20:00", 8, id="a night like the others"),
    ],
)
def test_a_night_of_change(start: str, hours: int) -> None:
    begin = utc(start)
    nights = Walk(NIGHT, begin, begin + 12 * HOUR)

    assert nights.elapsed(begin, begin + 12 * HOUR) == hours * HOUR
    assert nights.days(begin, begin + HOUR) == Fraction(1, hours)


def test_steps_of_a_second_go_where_offsets_are_odd() -> None:
    # Monrovia was 44 minutes and 30 seconds behind until 7 January 1972.
    office = {"zone": "Africa/Monrovia", "hours": {day: ["00:00-01:00"] for day in WEEKDAYS}}
    begin, end = utc("1972-01-06 12:00"), utc("1972-01-07 12:00")

    with pytest.raises(ValueError, match=r"Africa/Monrovia, .*: smaller steps are needed"):
        Walk(office, begin, end)
    # Midnight came at 00:44:30 UTC, and at once it was 00:44:30.
    assert Walk(office, begin, end, step=SECOND).elapsed(begin, end) == timedelta(minutes=15, seconds=30)


def test_an_exception_beats_a_holiday_and_a_holiday_the_week() -> None:
    monday, tuesday, wednesday = (utc(f"2026-03-0{day}").date() for day in (2, 3, 4))
    odd: Data = {
        **OFFICE,
        "holidays": {"dates": [str(monday), str(tuesday)]},
        "exceptions": {str(monday): ["09:00-12:00"], str(wednesday): []},
    }

    assert [spans_on(odd, day) for day in (monday, tuesday, wednesday)] == [["09:00-12:00"], [], []]


def test_the_holidays_of_a_country() -> None:
    pytest.importorskip("holidays")
    womens_day = utc("2027-03-08").date()
    berlin = {**OFFICE, "holidays": {"country": "DE", "subdivision": "BE"}}
    bavaria = {**OFFICE, "holidays": {"country": "DE", "subdivision": "BY"}}

    assert (spans_on(berlin, womens_day), len(spans_on(bavaria, womens_day))) == ([], 2)


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param({"mon": ["09:00-12:00", "11:59-13:00"]}, id="on a day"),
        pytest.param({"mon": ["22:00-06:00"], "tue": ["05:59-07:00"]}, id="into the next day"),
        pytest.param({"mon": ["22:00-06:00", "05:00-07:00", "23:00-23:30"]}, id="within a night"),
    ],
)
def test_spans_that_overlap_are_noticed(hours: Data) -> None:
    with pytest.raises(ValueError, match="overlaps"):
        open_minutes({"hours": hours}, utc("2026-03-02").date(), utc("2026-03-09").date())


def test_spans_may_touch() -> None:
    hours = {"mon": ["09:00-12:00", "12:00-13:00", "22:00-06:00"], "tue": ["06:00-07:00"]}
    found = open_minutes({"hours": hours}, utc("2026-03-02").date(), utc("2026-03-03").date())

    assert len(found) == (4 + 8 + 1) * 60


# The changes


def of(zone: str) -> tuple[Change, ...]:
    return next(rule.changes for rule in rules() if zone in rule.names)


def test_the_changes_of_a_zone() -> None:
    berlin, apia = of("Europe/Berlin"), of("Pacific/Apia")

    assert len(berlin) == 2 * 38
    assert Change(utc("2026-03-29 01:00"), HOUR, 2 * HOUR) in berlin
    assert Change(utc("2011-12-30 10:00"), -10 * HOUR, 14 * HOUR) in apia
    assert berlin[0].walls == (datetime(2000, 3, 26, 2), datetime(2000, 3, 26, 3))  # noqa: DTZ001 - a wall clock
    assert berlin[1].walls == (datetime(2000, 10, 29, 2), datetime(2000, 10, 29, 3))  # noqa: DTZ001 - a wall clock
    assert of("Etc/UTC") == ()


def compiled(zone: str) -> bytes:
    """The compiled zone, from where `zoneinfo` takes it."""
    paths = (Path(folder) / zone for folder in zoneinfo.TZPATH)
    found = next((path for path in paths if path.is_file()), None)
    return found.read_bytes() if found else files("tzdata").joinpath("zoneinfo", zone).read_bytes()


def listed(zone: str) -> set[Change]:
    """The changes of offset from 2000 to 2037 that a compiled zone lists (RFC 8536, the second block)."""
    content = compiled(zone)
    counts = struct.Struct(">4s c 15x 6l")
    _, _, isut, isstd, leap, times, types, chars = counts.unpack_from(content)
    start = counts.size + times * 5 + types * 6 + chars + leap * 8 + isstd + isut
    *_, times, types, _ = counts.unpack_from(content, start)
    instants = struct.unpack_from(f">{times}q", content, start := start + counts.size)
    kinds = content[(start := start + times * 8) : (start := start + times)]
    offsets = [struct.unpack_from(">l", content, start + kind * 6)[0] for kind in kinds]
    return {
        Change(datetime.fromtimestamp(at, UTC), timedelta(seconds=before), timedelta(seconds=after))
        for at, before, after in zip(instants[1:], offsets, offsets[1:], strict=False)
        if before != after and FIRST.timestamp() < at < LAST.timestamp()
    }


def test_the_changes_are_those_that_the_compiled_zones_list() -> None:
    listed_ones = 0
    for rule in rules():
        for name in rule.names:
            found = listed(name)
            listed_ones += len(found)
            # A compiled zone may list them only up to its last rule.
            assert found <= set(rule.changes), name
            last = max((change.at for change in found), default=FIRST)
            assert {change for change in rule.changes if change.at <= last} == found, name
    assert listed_ones > 1000


def test_offsets_are_whole_minutes_since_2000() -> None:
    offsets = {offset for rule in rules() for change in rule.changes for offset in (change.before, change.after)}

    assert {offset % MINUTE for offset in offsets} == {timedelta()}
    assert {change.at.second for rule in rules() for change in rule.changes} == {0}
    assert max(offsets) - min(offsets) <= 27 * HOUR
