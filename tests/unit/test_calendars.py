"""Business time: on the calendar of a pack that names none, and on others."""

from __future__ import annotations

import pickle
import warnings
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from sevclass.calendars import Calendar, default_calendar
from sevclass.problems import CalendarError
from sevclass.working_days import WEEKDAYS
from tests.unit.written import SMALL, refused

DEFAULT = default_calendar()
OFFICE = Calendar(
    zone="Europe/Berlin",
    hours={"thu": ["09:00-12:30", "13:30-17:00"], "fri": ["22:00-06:00"]},
    holidays={"dates": ["2026-12-25"]},
    exceptions={"2026-12-24": ["09:00-12:00"], "2026-12-28": ["00:00-24:00"], "2027-01-07": []},
)

# 2 March 2026 is a Monday.


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        pytest.param("2026-03-02 09:00", 1, "2026-03-02 10:00", id="from the opening"),
        pytest.param("2026-03-02 16:30", 0.5, "2026-03-02 17:00", id="to closing time"),
        pytest.param("2026-03-02 16:30", 1, "2026-03-03 09:30", id="over night"),
        pytest.param("2026-03-02 03:00", 1, "2026-03-02 10:00", id="before the opening"),
        pytest.param("2026-03-02 17:00", 1, "2026-03-03 10:00", id="at closing time"),
        pytest.param("2026-03-02 22:00", 8, "2026-03-03 17:00", id="a day from the evening"),
        pytest.param("2026-03-06 16:00", 2, "2026-03-09 10:00", id="over the weekend"),
        pytest.param("2026-03-07 12:00", 1, "2026-03-09 10:00", id="from a Saturday"),
        pytest.param("2026-03-08 23:59", 8, "2026-03-09 17:00", id="from a Sunday"),
        pytest.param("2026-03-02 09:00", 40, "2026-03-06 17:00", id="a week, not the next Monday"),
        pytest.param("2026-03-02 09:00", 40.5, "2026-03-09 09:30", id="over a week"),
        pytest.param("2026-03-04 12:00", 40, "2026-03-11 12:00", id="a week from the middle"),
        pytest.param("2026-03-07 00:00", 400, "2026-05-15 17:00", id="ten weeks from a Saturday"),
        pytest.param("2026-03-07 12:00", 0, "2026-03-07 12:00", id="nothing"),
        pytest.param("0001-01-01 00:00", 8, "0001-01-01 17:00", id="the first day of all, a Monday"),
    ],
)
def test_business_hours_pass_in_working_hours(start: str, hours: float, end: str) -> None:
    assert DEFAULT.after(instant(start), timedelta(hours=hours)) == instant(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        pytest.param("2026-03-02 09:00", 1, "2026-03-02 17:00", id="a whole day"),
        pytest.param("2026-03-02 13:00", 1, "2026-03-03 13:00", id="from noon to noon"),
        pytest.param("2026-03-06 13:00", 2, "2026-03-10 13:00", id="over the weekend"),
        pytest.param("2026-03-07 10:00", 2, "2026-03-10 17:00", id="two days from a Saturday end Tuesday"),
        pytest.param("2026-03-02 09:00", 5, "2026-03-06 17:00", id="a week"),
        pytest.param("2026-03-02 09:00", 0, "2026-03-02 09:00", id="nothing"),
    ],
)
def test_business_days_count_in_proportion(start: str, days: int, end: str) -> None:
    assert DEFAULT.after_days(instant(start), days) == instant(end)


def test_the_start_may_be_in_any_zone() -> None:
    start = datetime(2026, 3, 2, 17, 30, tzinfo=timezone(timedelta(hours=1)))
    assert DEFAULT.after(start, timedelta(hours=1)) == instant("2026-03-03 09:30")


def test_a_microsecond_counts() -> None:
    assert DEFAULT.after(instant("2026-03-02 17:00"), timedelta.resolution) == instant("2026-03-03 09:00:00.000001")
    week = timedelta(hours=40) + timedelta.resolution
    assert DEFAULT.after(instant("2026-03-02 09:00"), week) == instant("2026-03-09 09:00:00.000001")


@pytest.mark.parametrize(
    ("start", "hours"),
    [("9999-12-31 16:30", 1), ("9999-12-31 23:59", 0.5), ("2026-03-02 09:00", 999_999 * 24), ("9999-12-20 09:00", 81)],
)
def test_there_is_nothing_past_the_year_9999(start: str, hours: float) -> None:
    with pytest.raises(OverflowError):
        DEFAULT.after(instant(start), timedelta(hours=hours))


def test_the_last_working_hour_of_all_can_be_reached() -> None:
    assert DEFAULT.after(instant("9999-12-31 16:00"), timedelta(hours=1)) == instant("9999-12-31 17:00")


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-03-06 20:59:59.999999", False),
        ("2026-03-06 21:00", True),
        ("2026-03-07 04:59:59.999999", True),
        ("2026-03-07 05:00", False),
        ("2026-12-24 07:59", False),
        ("2026-12-24 10:59", True),
        ("2026-12-24 11:00", False),
        ("2026-12-25 21:00", False),
        ("2026-12-27 23:00", True),
        ("2026-12-28 22:59", True),
        ("2026-12-28 23:00", False),
        ("2027-01-07 10:00", False),
    ],
)
def test_it_is_open_from_the_start_of_a_span_up_to_its_end(at: str, *, is_open: bool) -> None:
    assert OFFICE.is_open(instant(at)) is is_open


@pytest.mark.parametrize(
    ("start", "end", "elapsed", "days"),
    [
        pytest.param("2026-03-05 08:00", "2026-03-05 16:00", 7, Fraction(1), id="a day"),
        pytest.param("2026-03-05 12:00", "2026-03-05 12:00", 0, Fraction(0), id="nothing"),
        pytest.param("2026-03-05 12:00", "2026-03-05 14:00", 1.5, Fraction(3, 14), id="over a break"),
        pytest.param("2026-03-06 23:00", "2026-03-07 00:00", 1, Fraction(1, 8), id="past midnight"),
        pytest.param(
            "2026-12-24 10:00", "2026-12-29 00:00", 25, Fraction(4, 3), id="a short day, a holiday, a long day"
        ),
        pytest.param("2025-12-31 00:00", "2027-01-01 00:00", 7 * 52 + 3 + 8 * 51 + 24, Fraction(105), id="a year"),
        pytest.param("2026-03-27 21:00", "2026-03-28 05:00", 8, Fraction(1), id="the night before the change"),
    ],
)
def test_an_interval_is_measured(start: str, end: str, elapsed: float, days: Fraction) -> None:
    assert OFFICE.elapsed(instant(start), instant(end)) == timedelta(hours=elapsed)
    assert OFFICE.days(instant(start), instant(end)) == days


def test_an_hour_that_comes_twice_counts_twice_and_a_skipped_one_not_at_all() -> None:
    night = Calendar(zone="Europe/Berlin", hours={"sun": ["02:00-03:00"]})
    spring, autumn = instant("2026-03-29 00:00"), instant("2026-10-25 00:00")
    day = timedelta(days=1)

    assert night.elapsed(spring, spring + day) == timedelta(0)
    assert night.days(spring, spring + day) == 0
    assert night.elapsed(autumn, autumn + day) == timedelta(hours=2)
    assert night.days(autumn, autumn + timedelta(hours=1)) == Fraction(1, 2)
    assert night.days(autumn, autumn + day) == 1
    assert night.after_days(autumn, 1) == instant("2026-10-25 02:00")


@pytest.mark.parametrize(
    ("end", "hours", "start"),
    [
        pytest.param("2026-03-05 15:00", 1, "2026-03-05 14:00", id="within a span"),
        pytest.param("2026-03-05 16:00", 3.5, "2026-03-05 12:30", id="the latest, after the break"),
        pytest.param("2026-03-05 16:00", 4, "2026-03-05 11:00", id="over the break"),
        pytest.param("2026-03-09 12:00", 8, "2026-03-06 21:00", id="over night"),
        pytest.param("2026-03-09 12:00", 0, "2026-03-09 12:00", id="nothing"),
        pytest.param("2027-01-02 12:00", 1, "2027-01-02 04:00", id="into the year"),
        pytest.param("2027-01-01 12:00", 30, "2026-12-28 00:00", id="into the year before"),
    ],
)
def test_before_is_the_latest_instant(end: str, hours: float, start: str) -> None:
    assert OFFICE.before(instant(end), timedelta(hours=hours)) == instant(start)


def test_part_of_a_business_day_can_be_asked_for_and_is_rounded_up() -> None:
    assert OFFICE.after_days(instant("2026-12-24 00:00"), Fraction(1, 2)) == instant("2026-12-24 09:30")
    assert OFFICE.after_days(instant("2026-12-24 00:00"), Fraction(1, 7)) == instant("2026-12-24 08:25:42.857143")


@pytest.mark.parametrize("sign", [1, -1])
def test_no_search_goes_further_than_400_years(sign: int) -> None:
    rare = Calendar(zone="UTC", hours={}, exceptions={"2026-03-02": ["09:00-10:00"], "2027-03-01": ["09:00-10:00"]})
    start = instant("2026-03-02 09:30")
    move, far = (rare.after, instant("2427-01-01 00:00")) if sign > 0 else (rare.before, instant("1625-01-01 00:00"))

    assert rare.elapsed(min(start, far), max(start, far)) == timedelta(hours=1.5 if sign > 0 else 0.5)
    with pytest.raises(OverflowError, match=r"^the instant is out of range, or after the last working time$"):
        move(start, timedelta(hours=2))
    assert rare.before(far, timedelta(hours=0.5)) == instant("2027-03-01 09:30") if sign > 0 else True


@pytest.mark.parametrize("off", range(4))
@pytest.mark.parametrize("odd", range(4))
def test_every_microsecond_counts_over_centuries(off: int, odd: int) -> None:
    always = Calendar(zone="UTC", hours={day: ["00:00-24:00"] for day in WEEKDAYS})
    start = instant("2026-03-02 09:00") + timedelta(microseconds=off)
    span = timedelta(days=120_000, microseconds=odd)

    assert always.after(start, span) == start + span
    assert always.before(start + span, span) == start


def every(weekday: int) -> list[str]:
    """That day of each week from 2000 to 2037."""
    days = (date(2000, 1, 1) + timedelta(days=number) for number in range(13_880))
    return [day.isoformat() for day in days if day.weekday() == weekday]


def test_a_calendar_is_open_if_it_is_on_a_day_from_2000_to_2037() -> None:
    saturdays: dict[str, list[str]] = {day: [] for day in every(5)}
    fridays: dict[str, list[str]] = {day: [] for day in every(4)}
    for name, closed in (("sat", saturdays), ("fri", fridays)):
        with pytest.raises(CalendarError, match=r"^hours: a calendar needs some working time"):
            Calendar(zone="UTC", hours={name: ["09:00-17:00"]}, exceptions=closed)
    del saturdays["2000-01-01"]
    open_once = Calendar(zone="UTC", hours={"sat": ["09:00-17:00"]}, exceptions=saturdays)
    assert open_once.is_open(instant("2000-01-01 10:00"))


def test_a_search_goes_400_years_far() -> None:
    once = Calendar(zone="UTC", hours={}, exceptions={"2026-03-02": ["09:00-10:00"]})
    hour = timedelta(hours=1)

    assert once.after(instant("1626-01-01 00:00"), hour) == instant("2026-03-02 10:00")
    assert once.before(instant("2426-12-31 00:00"), hour) == instant("2026-03-02 09:00")
    with pytest.raises(OverflowError):
        once.after(instant("1625-12-31 00:00"), hour)
    with pytest.raises(OverflowError):
        once.before(instant("2427-01-01 00:00"), hour)


def test_before_time_begins_there_is_nothing() -> None:
    assert DEFAULT.before(instant("0001-01-01 10:00"), timedelta(hours=1)) == instant("0001-01-01 09:00")
    with pytest.raises(OverflowError):
        DEFAULT.before(instant("0001-01-01 10:00"), timedelta(hours=1, microseconds=1))


def test_time_that_goes_backwards_is_refused() -> None:
    early, late = instant("2026-03-02 09:00"), instant("2026-03-02 10:00")
    for measure in (DEFAULT.elapsed, DEFAULT.days):
        with pytest.raises(ValueError, match=r"^the end is before the start$"):
            measure(late, early)
    for move in (DEFAULT.after, DEFAULT.before):
        with pytest.raises(ValueError, match=r"^the amount is negative$"):
            move(early, -timedelta.resolution)
    with pytest.raises(ValueError, match=r"^the amount is negative$"):
        DEFAULT.after_days(early, -1)


def test_a_datetime_without_a_zone_is_refused() -> None:
    naive = datetime(2026, 3, 2, 9)  # noqa: DTZ001 - that is what is tested
    with pytest.raises(ValueError, match=r"^the datetime has no time zone$"):
        DEFAULT.is_open(naive)


def test_a_day_stands_once_whether_as_a_date_or_as_text() -> None:
    hours = {"2026-12-24": ["09:00-12:00"], date(2026, 12, 24): ["13:00-14:00"]}
    with pytest.raises(CalendarError) as caught:
        Calendar(zone="UTC", hours={"mon": ["09:00-17:00"]}, exceptions=hours)  # type: ignore[arg-type]
    assert str(caught.value) == "exceptions: a mapping names `2026-12-24` twice; keep one"


@pytest.mark.parametrize("part", ["holidays", "exceptions"])
def test_nothing_but_none_is_left_out(part: str) -> None:
    with pytest.raises(CalendarError) as caught:
        Calendar(zone="UTC", hours={"mon": ["09:00-17:00"]}, **{part: False})  # type: ignore[arg-type]
    assert str(caught.value) == f"{part}: false is not a mapping"


def test_holidays_that_are_known_in_part_warn_nobody() -> None:
    hours = {"sat": ["09:00-10:00"]}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        india = Calendar(zone="UTC", hours=hours, holidays={"country": "IN"})
        assert india.days(instant("2040-01-01 00:00"), instant("2041-01-01 00:00")) > 0


def test_the_holidays_of_a_country() -> None:
    hours = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    berlin = Calendar(zone="Europe/Berlin", hours=hours, holidays={"country": "DE", "subdivision": "BE"})
    munich = Calendar(zone="Europe/Berlin", hours=hours, holidays={"country": "DE", "subdivision": "BY"})
    womens_day, epiphany = instant("2027-03-08 12:00"), instant("2027-01-06 12:00")

    assert (berlin.is_open(womens_day), munich.is_open(womens_day)) == (False, True)
    assert (berlin.is_open(epiphany), munich.is_open(epiphany)) == (True, False)
    assert berlin.days(instant("2027-01-01 00:00"), instant("2028-01-01 00:00")) == 365 - 10


def test_an_exception_beats_a_holiday() -> None:
    calendar = Calendar(
        zone="UTC",
        hours={"fri": ["09:00-17:00"]},
        holidays={"country": "DE", "dates": ["2026-12-18"]},
        exceptions={"2026-12-25": ["10:00-11:00"], "2026-12-18": ["12:00-13:00"]},
    )
    assert calendar.elapsed(instant("2026-12-14 00:00"), instant("2026-12-28 00:00")) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("calendar", "shown"),
    [
        (DEFAULT, "Monday to Friday 09:00-17:00 (UTC)"),
        (
            OFFICE,
            (
                "Thursday 09:00-12:30 and 13:30-17:00; Friday 22:00-06:00 "
                "(Europe/Berlin, 1 holiday listed, 3 days with hours of their own)"
            ),
        ),
        (
            Calendar("UTC", {}, {"country": "DE"}, {"2026-03-02": ["00:00-24:00"]}),
            "no weekly hours (UTC, public holidays of DE, 1 day with hours of its own)",
        ),
        (
            Calendar(
                "UTC", {"mon": ["00:00-24:00"]}, {"country": "DE", "subdivision": "BE", "dates": ["2026-03-02"] * 2}
            ),
            "Monday 00:00-24:00 (UTC, public holidays of DE-BE, 1 holiday listed)",
        ),
        (
            Calendar("UTC", {"mon": ["00:00-24:00"]}, {"dates": ["2026-03-02", "2026-03-09"]}),
            "Monday 00:00-24:00 (UTC, 2 holidays listed)",
        ),
    ],
)
def test_a_calendar_says_what_it_is(calendar: Calendar, shown: str) -> None:
    assert str(calendar) == shown
    assert repr(calendar) == f"<Calendar {shown}>"


def test_calendars_are_compared_by_what_they_say() -> None:
    again = Calendar(zone="UTC", hours=dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), ("09:00-17:00",)))
    assert again == DEFAULT
    assert hash(again) == hash(DEFAULT)
    assert again != OFFICE
    assert again != "UTC"
    assert pickle.loads(pickle.dumps(OFFICE)) == OFFICE  # noqa: S301 - our own bytes


def test_dates_may_be_dates() -> None:
    calendar = Calendar("UTC", {"mon": ["09:00-17:00"]}, {"dates": (date(2026, 3, 2),)}, {date(2026, 3, 3): []})  # type: ignore[dict-item]
    assert calendar == Calendar("UTC", {"mon": ["09:00-17:00"]}, {"dates": ["2026-03-02"]}, {"2026-03-03": []})


HOURS = {"mon": ["09:00-17:00"]}
TOUCH = "; spans may touch, but not overlap"
NO_SPAN = "is not a span of hours; for example `09:00-12:30`, or `22:00-06:00` into the next day"
NO_ZONE = "is not a time zone; for example `Europe/Berlin`, or `UTC`; the package `tzdata` has them all"


@pytest.mark.parametrize(
    ("given", "problems"),
    [
        pytest.param(
            {"zone": "Europe/Berln", "hours": {"monday": [], "tue": ["9-17", "09:00-09:00", 9], "wed": "09:00-17:00"}},
            [
                "zone: `Europe/Berln` is not a time zone; did you mean `Europe/Berlin`?",
                f"hours.tue[0]: `9-17` {NO_SPAN}",
                "hours.tue[1]: `09:00-09:00` has no length; a whole day is `00:00-24:00`",
                f"hours.tue[2]: 9 {NO_SPAN}",
                "hours.wed: `09:00-17:00` is not a list",
                "hours.monday: unknown key `monday`; did you mean `mon`?",
            ],
            id="shapes",
        ),
        pytest.param(
            {"zone": 1, "hours": [], "holidays": {"day": 1, "country": 49, "dates": ["2026-02-30", "soon", 3]}},
            [
                f"zone: 1 {NO_ZONE}",
                "hours: a list is not a mapping",
                "holidays.country: 49 is not text",
                "holidays.dates[0]: `2026-02-30` is not a date; for example `2026-12-24`",
                "holidays.dates[1]: `soon` is not a date; for example `2026-12-24`",
                "holidays.dates[2]: 3 is not a date; for example `2026-12-24`",
                "holidays.day: unknown key `day`; known are `country`, `subdivision`, `dates`",
            ],
            id="more shapes",
        ),
        pytest.param(
            {"zone": "UTC", "hours": {"mon": [f"{h:02}:00-{h:02}:01" for h in range(24)] * 3}, "exceptions": {"x": []}},
            [
                "hours.mon: `mon` has 72 entries; it needs at most 48",
                "exceptions.x: `x` is not a date; for example `2026-12-24`",
            ],
            id="too many spans",
        ),
        pytest.param(
            {
                "zone": "UTC",
                "hours": {
                    "mon": ["05:30-07:00"],
                    "wed": ["09:00-12:00", "11:00-13:00", "23:00-10:00", "11:30-11:45"],
                    "thu": ["09:00-10:00"],
                    "sun": ["22:00-06:00"],
                },
                "exceptions": {
                    "2026-12-01": ["12:00-13:00"],
                    "2026-12-02": ["00:00-10:00", "22:00-10:00"],
                    "2026-12-07": ["06:00-12:00"],
                    "2026-12-14": ["05:00-12:00"],
                    "2026-12-15": ["10:00-12:00", "23:00-02:00"],
                    "2026-12-16": ["01:00-02:00"],
                    "2026-12-22": ["23:00-02:00"],
                    "2026-12-23": ["01:00-02:00"],
                },
            },
            [
                f"hours.mon[0]: `05:30-07:00` overlaps `22:00-06:00` of the day before{TOUCH}",
                f"hours.wed[1]: `11:00-13:00` overlaps `09:00-12:00`{TOUCH}",
                f"hours.wed[3]: `11:30-11:45` overlaps `09:00-12:00`{TOUCH}",
                f"hours.thu[0]: `09:00-10:00` overlaps `23:00-10:00` of the day before{TOUCH}",
                f"exceptions.2026-12-02[1]: `22:00-10:00` overlaps `09:00-10:00` of the day after{TOUCH}",
                f"exceptions.2026-12-14[0]: `05:00-12:00` overlaps `22:00-06:00` of the day before{TOUCH}",
                f"exceptions.2026-12-16[0]: `01:00-02:00` overlaps `23:00-02:00` of the day before{TOUCH}",
                f"exceptions.2026-12-23[0]: `01:00-02:00` overlaps `23:00-02:00` of the day before{TOUCH}",
            ],
            id="overlaps",
        ),
        pytest.param({"zone": "UTC", "hours": {1: []}}, ["hours[1]: 1 is not text"], id="a key that is no text"),
        pytest.param(
            {"zone": "UTC", "hours": HOURS, "holidays": {"subdivision": "BE"}},
            ["holidays.subdivision: a subdivision needs its country; add `country`"],
            id="no country",
        ),
        pytest.param(
            {"zone": "UTC", "hours": HOURS, "holidays": {"country": "Germany", "subdivision": "BE"}},
            ["holidays.country: unknown country `Germany`; the ISO 3166 code of a country, such as `DE`"],
            id="unknown country",
        ),
        pytest.param(
            {"zone": "UTC", "hours": HOURS, "holidays": {"country": "MC", "subdivision": "BE"}},
            ["holidays.subdivision: unknown subdivision `BE`; of `MC`: none is known"],
            id="no subdivisions",
        ),
        pytest.param(
            {"zone": "UTC", "hours": HOURS, "holidays": {"country": "DE", "subdivision": "BEE"}},
            ["holidays.subdivision: unknown subdivision `BEE`; did you mean `BE`?"],
            id="unknown subdivision",
        ),
        pytest.param(
            {
                "zone": "UTC",
                "hours": {"mon": ["22:00-06:00"]},
                "holidays": {"country": "Germany", "dates": ["2026-12-14"]},
                "exceptions": {"2026-12-08": ["05:00-12:00"], "2026-12-15": ["05:00-12:00"]},
            },
            [
                "holidays.country: unknown country `Germany`; the ISO 3166 code of a country, such as `DE`",
                f"exceptions.2026-12-08[0]: `05:00-12:00` overlaps `22:00-06:00` of the day before{TOUCH}",
            ],
            id="an unknown country, and overlaps but where a day is a listed holiday",
        ),
        pytest.param(
            {"zone": "UTC", "hours": {"mon": []}},
            ['hours: a calendar needs some working time; for example `mon: ["09:00-17:00"]`'],
            id="never open",
        ),
        pytest.param(
            {"zone": "Europe/Berlin", "hours": {}, "exceptions": {"2026-03-29": ["02:00-03:00"]}},
            ['hours: a calendar needs some working time; for example `mon: ["09:00-17:00"]`'],
            id="open only in a skipped hour",
        ),
    ],
)
def test_a_bad_calendar_is_refused_with_all_its_problems(given: dict[str, Any], problems: list[str]) -> None:
    with pytest.raises(CalendarError) as raised:
        Calendar(**given)
    assert str(raised.value).split("\n") == problems


@pytest.mark.parametrize(
    ("parts", "codes"),
    [
        ({"holidays": {"subdivision": "BE"}, "hours": {"mon": []}}, ["no_country"]),
        ({"holidays": {"country": "Germany"}}, ["unknown_country"]),
        ({"holidays": {"country": "DE", "subdivision": "BEE"}}, ["unknown_subdivision"]),
        ({"hours": {"mon": ["09:00-17:00", "12:00-13:00"]}}, ["overlap"]),
        ({"exceptions": {"2026-12-06": ["22:00-10:00"]}}, ["overlap"]),
        ({"hours": {"mon": []}}, ["no_working_time"]),
    ],
)
def test_a_problem_of_a_calendar_has_a_code(parts: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(CalendarError) as raised:
        Calendar(**{"zone": "UTC", "hours": HOURS, **parts})
    assert [problem.code for problem in raised.value.problems] == codes


def test_spans_may_touch_in_any_order_and_over_midnight() -> None:
    touching = Calendar(
        "UTC",
        {"mon": ["12:00-13:00", "09:00-12:00"], "tue": ["09:00-10:00"]},
        exceptions={"2026-03-09": ["22:00-09:00"], "2026-03-15": ["22:00-09:00"]},
    )

    assert touching.elapsed(instant("2026-03-02T00:00"), instant("2026-03-03T00:00")) == timedelta(hours=4)
    assert touching.elapsed(instant("2026-03-09T00:00"), instant("2026-03-11T00:00")) == timedelta(hours=12)
    assert touching.elapsed(instant("2026-03-15T00:00"), instant("2026-03-17T00:00")) == timedelta(hours=15)


NO_NAMES = ["", ".", "..", "../UTC", "/etc/localtime", "Europe", "UTC\0", "\ud800", "x" * 10_000]
OF_THE_MACHINE = ["localtime", "posixrules", "posix/UTC", "right/UTC"]


@pytest.mark.parametrize("zone", [*NO_NAMES, *OF_THE_MACHINE])
def test_what_is_no_name_of_a_zone_is_refused(zone: str) -> None:
    with pytest.raises(CalendarError) as raised:
        Calendar(zone, HOURS)
    assert [problem.code for problem in raised.value.problems] == ["zone"]


def test_a_pack_has_at_most_a_hundred_further_calendars(tmp_path: Path) -> None:
    lines = "".join(f'  c{number}: {{zone: UTC, hours: {{mon: ["09:00-17:00"]}}}}\n' for number in range(101))
    (problem,) = refused(tmp_path, SMALL | {"calendars.yaml": f"calendars:\n{lines}"}).problems

    assert str(problem).split("\n")[0] == "calendars.yaml:1:1: `calendars` has 101 entries; it needs at most 100"
