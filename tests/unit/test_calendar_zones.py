"""Business time where zones are odd, worked out by hand from the history of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from sevclass import Calendar
from tests.calendar_comparison import differences
from tests.calendar_walk import MINUTE, SECOND, WEEKDAYS, Walk

Data = dict[str, Any]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def daily(*spans: str) -> dict[str, list[str]]:
    return {day: list(spans) for day in WEEKDAYS}


def weekdays(*spans: str) -> dict[str, list[str]]:
    return {day: list(spans) for day in WEEKDAYS[:5]}


def hourly(zone: str, *spans: str) -> Calendar:
    return Calendar(zone=zone, hours=daily(*spans))


@pytest.mark.parametrize(
    ("zone", "span", "interval", "minutes", "days"),
    [
        # Half an hour: 02:00 is 01:30 again at 15:00 UTC; 02:00 is 02:30 at 15:30 UTC.
        pytest.param(
            "Australia/Lord_Howe", "01:00-02:00", "2026-04-04 14 to 2026-04-04 16", 90, 1, id="Lord-Howe-back"
        ),
        pytest.param("Australia/Lord_Howe", "02:00-03:00", "2026-10-03 15 to 2026-10-03 16", 30, 1, id="Lord-Howe-on"),
        # A day that never was, at 10:00 UTC: 29 December ends and 31 December begins.
        pytest.param("Pacific/Apia", "00:00-24:00", "2011-12-29 10 to 2011-12-31 10", 48 * 60, 2, id="Samoa"),
        pytest.param("Pacific/Apia", "09:00-17:00", "2011-12-29 10 to 2011-12-31 10", 16 * 60, 2, id="Samoa-office"),
        pytest.param("Pacific/Kwajalein", "00:00-24:00", "1993-08-20 12 to 1993-08-22 12", 48 * 60, 2, id="Kwajalein"),
        # The night shift of 29 December is cut off after two hours; that of the 30th has the six of the 31st.
        pytest.param("Pacific/Apia", "22:00-06:00", "2011-12-30 08 to 2011-12-30 10", 120, 1, id="Samoa-night-before"),
        pytest.param("Pacific/Apia", "22:00-06:00", "2011-12-30 10 to 2011-12-30 16", 360, 1, id="Samoa-night-within"),
        # At midnight: the whole span is skipped on the last Friday of April, and 23:00 comes twice in October.
        pytest.param("Africa/Cairo", "00:00-01:00", "2026-04-23 12 to 2026-04-24 12", 0, 0, id="Cairo-on"),
        pytest.param("Africa/Cairo", "23:00-24:00", "2026-10-29 20 to 2026-10-29 22", 120, 1, id="Cairo-back"),
        # Summer time was put off for Ramadan, in Cairo from 27 June to 31 July 2014.
        pytest.param("Africa/Cairo", "23:00-24:00", "2014-06-26 20 to 2014-06-26 22", 120, 1, id="Cairo-Ramadan"),
        pytest.param("Africa/Cairo", "00:00-01:30", "2014-07-31 22 to 2014-07-31 23", 30, 1, id="Cairo-after-Ramadan"),
        pytest.param(
            "Africa/Casablanca", "02:00-03:00", "2025-02-23 01 to 2025-02-23 03", 120, 1, id="Casablanca-back"
        ),
        pytest.param("Africa/Casablanca", "02:00-03:00", "2025-04-05 12 to 2025-04-06 12", 0, 0, id="Casablanca-on"),
        pytest.param("America/Sao_Paulo", "00:00-02:00", "2018-11-04 03 to 2018-11-04 05", 60, 1, id="Sao-Paulo-on"),
        pytest.param("America/Sao_Paulo", "22:00-01:00", "2019-02-17 00 to 2019-02-17 04", 240, 1, id="Sao-Paulo-back"),
        pytest.param("Asia/Beirut", "00:00-01:00", "2022-03-26 12 to 2022-03-27 12", 0, 0, id="Beirut-on"),
        pytest.param("Asia/Beirut", "23:30-00:30", "2022-10-29 20 to 2022-10-29 23", 90, 1, id="Beirut-back"),
        pytest.param("Asia/Beirut", "23:30-00:30", "2022-10-29 20 to 2022-10-29 21", 30, "1/3", id="Beirut-first-part"),
        # Two hours.
        pytest.param("Antarctica/Troll", "01:00-03:00", "2026-03-28 12 to 2026-03-29 12", 0, 0, id="Troll-on"),
        pytest.param("Antarctica/Troll", "00:30-03:30", "2026-03-29 00 to 2026-03-29 02", 60, 1, id="Troll-over"),
        pytest.param("Antarctica/Troll", "01:00-03:00", "2026-10-24 23 to 2026-10-25 03", 240, 1, id="Troll-back"),
        # Changes for good.
        pytest.param("Africa/Juba", "00:00-24:00", "2021-01-30 21 to 2021-01-31 22", 25 * 60, 1, id="Juba"),
        pytest.param("Africa/Juba", "23:00-24:00", "2021-01-31 20 to 2021-01-31 22", 120, 1, id="Juba-evening"),
        pytest.param("Asia/Pyongyang", "23:30-24:00", "2015-08-14 14 to 2015-08-14 16", 60, 1, id="Pyongyang-back"),
        pytest.param("Asia/Pyongyang", "23:30-24:00", "2018-05-04 12 to 2018-05-05 12", 0, 0, id="Pyongyang-on"),
        # Here winter is what departs from the standard.
        pytest.param("Europe/Dublin", "01:00-02:00", "2026-10-25 00 to 2026-10-25 02", 120, 1, id="Dublin-back"),
        pytest.param("Europe/Dublin", "01:00-02:00", "2026-03-28 12 to 2026-03-29 12", 0, 0, id="Dublin-on"),
        # Beyond the years that compiled zones list.
        pytest.param("Europe/Berlin", "00:00-24:00", "2400-03-25 23 to 2400-03-26 22", 23 * 60, 1, id="far-on"),
        pytest.param("Europe/Berlin", "02:00-03:00", "2400-10-29 00 to 2400-10-29 02", 120, 1, id="far-back"),
    ],
)
def test_odd_days(zone: str, span: str, interval: str, minutes: int, days: int | str) -> None:
    calendar = hourly(zone, span)
    start, end = (utc(f"{hour}:00") for hour in interval.split(" to "))

    assert calendar.elapsed(start, end) == minutes * MINUTE
    assert calendar.days(start, end) == Fraction(days)


def test_a_skipped_day_is_no_business_day() -> None:
    office = Calendar(zone="Pacific/Apia", hours=weekdays("09:00-17:00"))

    # From Thursday 29 December at nine: Friday never came, so the second day is Monday.
    assert office.after_days(utc("2011-12-29 19:00"), 2) == utc("2012-01-02 03:00")
    assert office.after(utc("2011-12-29 19:00"), 16 * HOUR) == utc("2012-01-02 03:00")
    assert office.before(utc("2012-01-02 03:00"), 16 * HOUR) == utc("2011-12-29 19:00")


def test_an_hour_that_comes_twice_has_its_span_in_two_parts() -> None:
    # 23:30 to 00:30, and at midnight it is 23:00 again.
    calendar = hourly("Asia/Beirut", "23:30-00:30")
    start = utc("2022-10-29 20:30")

    assert [calendar.is_open(start + half * 30 * MINUTE) for half in range(-1, 5)] == [
        False,
        True,
        False,
        True,
        True,
        False,
    ]
    assert calendar.after(start, 30 * MINUTE) == utc("2022-10-29 21:00")
    assert calendar.after(start, 31 * MINUTE) == utc("2022-10-29 21:31")
    assert calendar.before(utc("2022-10-29 21:31"), 2 * MINUTE) == utc("2022-10-29 20:59")
    assert calendar.after_days(start, Fraction(1, 3)) == utc("2022-10-29 21:00")
    assert calendar.after_days(start, Fraction(1, 2)) == utc("2022-10-29 21:45")


def test_two_days_from_a_saturday_end_on_tuesday_at_closing_time() -> None:
    office = Calendar(zone="Europe/Berlin", hours=weekdays("09:00-12:30", "13:30-17:00"))

    assert office.after_days(utc("2026-02-28 11:00"), 2) == utc("2026-03-03 16:00")
    # Over the start of summer time on Sunday.
    assert office.after_days(utc("2026-03-28 11:00"), 2) == utc("2026-03-31 15:00")
    # Half a day more ends before lunch, that half being the morning.
    assert office.after_days(utc("2026-02-28 11:00"), Fraction(5, 2)) == utc("2026-03-04 11:30")
    assert office.before(utc("2026-03-04 08:00"), 14 * HOUR) == utc("2026-03-02 08:00")


def test_days_of_different_length_count_alike() -> None:
    short_friday = {**weekdays("08:00-16:00"), "fri": ["08:00-12:00"]}
    office = Calendar(zone="UTC", hours=short_friday)

    assert office.after_days(utc("2026-03-05 12:00"), 1) == utc("2026-03-06 10:00")
    assert office.days(utc("2026-03-05 12:00"), utc("2026-03-06 09:00")) == Fraction(3, 4)


def test_over_the_year_a_night_shift_runs_into_the_holiday() -> None:
    nights = Calendar(zone="Europe/Berlin", hours=daily("22:00-06:00"), holidays={"dates": ["2027-01-01"]})
    start = utc("2026-12-31 21:00")

    assert nights.after(start, 8 * HOUR) == utc("2027-01-01 05:00")
    assert nights.after(start, 9 * HOUR) == utc("2027-01-02 22:00")
    assert nights.days(start, utc("2027-01-02 21:00")) == 1


def test_a_leap_day() -> None:
    office = Calendar(zone="Asia/Kathmandu", hours=weekdays("09:00-17:00"), holidays={"dates": ["2024-03-01"]})

    # 29 February 2024 is a Thursday; Kathmandu is 5 hours and 45 minutes ahead.
    assert office.after_days(utc("2024-02-28 03:15"), 2) == utc("2024-02-29 11:15")
    assert office.after_days(utc("2024-02-28 03:15"), 3) == utc("2024-03-04 11:15")
    leap = Calendar(zone="UTC", hours={"mon": ["09:00-17:00"]}, exceptions={"2024-02-29": ["10:00-12:00"]})
    assert leap.after_days(utc("2024-02-27 00:00"), 1) == utc("2024-02-29 12:00")


def test_an_exception_beats_a_holiday() -> None:
    calendar = Calendar(
        zone="UTC",
        hours=daily("09:00-17:00"),
        holidays={"dates": ["2026-12-24", "2026-12-25"]},
        exceptions={"2026-12-24": ["09:00-12:00"], "2026-12-26": []},
    )

    assert calendar.elapsed(utc("2026-12-24"), utc("2026-12-27")) == 3 * HOUR
    assert calendar.days(utc("2026-12-24"), utc("2026-12-27")) == 1


def test_the_holidays_of_a_country_and_those_listed() -> None:
    pytest.importorskip("holidays")
    written: Data = {
        "zone": "Europe/Berlin",
        "hours": daily("09:00-12:30", "13:30-17:00"),
        "holidays": {"country": "DE", "subdivision": "BE", "dates": ["2026-12-31"]},
        "exceptions": {"2026-12-24": ["09:00-12:00"], "2026-12-26": ["10:00-11:00"]},
    }
    start, end = utc("2026-01-01"), utc("2028-01-01")

    # Two years of days: 8 and 9 March are told apart, and each holiday that moves is met.
    walk = Walk(written, start, end)
    calendar = Calendar(**written)
    assert calendar.elapsed(start, end) == walk.elapsed(start, end)
    assert calendar.days(start, end) == walk.days(start, end)
    assert walk.elapsed(utc("2027-03-08"), utc("2027-03-09")) == timedelta()
    assert differences(written, walk, [start, utc("2026-12-23 08:30:00.000001"), utc("2027-03-08 10:00"), end]) == []


@pytest.mark.parametrize(
    ("zone", "about", "step"),
    [
        pytest.param("Africa/Monrovia", "1972-01-07 00:44:30", SECOND, id="44 minutes and a half"),
        pytest.param("Europe/Dublin", "1916-10-01 02:25:21", SECOND, id="25 minutes and 21 seconds"),
        pytest.param("Asia/Manila", "1844-12-31 15:56:00", SECOND, id="a day skipped"),
        pytest.param("America/Juneau", "1867-10-19 00:31:13", SECOND, id="a day twice"),
        pytest.param("Europe/Berlin", "2500-03-28 01:00:00", MINUTE, id="far on"),
        pytest.param("America/New_York", "9998-11-01 06:00:00", MINUTE, id="far back"),
    ],
)
def test_the_oracle_agrees_where_zones_are_oddest(zone: str, about: str, step: timedelta) -> None:
    change = utc(about)
    asked = [change + hours * HOUR + hours * 7 * SECOND for hours in (-30, -2, -1, 0, 1, 5, 30)]
    hours: list[Any] = [
        daily("00:00-24:00"),
        daily("22:00-06:00", "09:00-17:00"),
        daily("00:10-00:20", "01:30-02:30", "23:50-00:05"),
    ]
    for written in ({"zone": zone, "hours": spans} for spans in hours):
        assert differences(written, Walk(written, asked[0], asked[-1], step), asked) == []


@pytest.mark.parametrize(
    ("zone", "year"),
    [
        pytest.param("Asia/Hong_Kong", 1974, id="on 29 December"),
        pytest.param("America/Argentina/Buenos_Aires", 2008, id="on 30 December"),
        pytest.param("Pacific/Apia", 2012, id="a day skipped, 30 December"),
        pytest.param("Pacific/Kiritimati", 1995, id="a day skipped, 31 December"),
        pytest.param("Africa/Casablanca", 1986, id="on 31 December"),
        pytest.param("Africa/Sao_Tome", 2018, id="at midnight, forward"),
        pytest.param("Africa/Sao_Tome", 2019, id="at midnight, back"),
        pytest.param("America/Lima", 1986, id="on 1 January"),
        pytest.param("America/Cancun", 1983, id="on 3 January"),
    ],
)
@pytest.mark.parametrize("spans", [["00:00-24:00"], ["11:59-12:00", "12:00-11:59"]], ids=["days", "from noon to noon"])
def test_what_is_always_open_is_open_over_a_change_at_new_year(zone: str, year: int, spans: list[str]) -> None:
    always = hourly(zone, *spans)

    # The years on either side are summed up whole.
    for before, after in ((2, 1), (2, 0), (1, 1)):
        first, last = datetime(year - before, 7, 1, tzinfo=UTC), datetime(year + after, 7, 1, tzinfo=UTC)
        assert always.elapsed(first, last) == last - first
        assert always.after(first, last - first) == last


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "America/New_York"])
def test_there_is_nothing_past_the_years_1_to_9999(zone: str) -> None:
    calendar = hourly(zone, "09:00-17:00")
    early, late = utc("0001-01-08"), utc("9999-12-24")

    with pytest.raises(OverflowError):
        calendar.before(early, 30 * DAY)
    with pytest.raises(OverflowError):
        calendar.after(late, 30 * DAY)
    with pytest.raises(OverflowError):
        calendar.after_days(late, 30)
    with pytest.raises(OverflowError):
        calendar.after(late, timedelta.max)
    with pytest.raises(OverflowError):
        calendar.after_days(late, 10**30)
    assert calendar.elapsed(calendar.before(late, 8 * HOUR), late) == 8 * HOUR
    assert calendar.elapsed(early, calendar.after(early, 8 * HOUR)) == 8 * HOUR


def test_a_calendar_whose_time_runs_out_says_so() -> None:
    once = Calendar(zone="Europe/Berlin", hours={}, exceptions={"2026-03-02": ["09:00-10:00"]})

    assert once.after(utc("2026-01-01"), HOUR) == utc("2026-03-02 09:00")
    assert once.before(utc("2027-01-01"), HOUR) == utc("2026-03-02 08:00")
    assert once.after_days(utc("2026-01-01"), 1) == utc("2026-03-02 09:00")
    with pytest.raises(OverflowError):
        once.after(utc("2026-03-02 08:30"), HOUR)
    with pytest.raises(OverflowError):
        once.before(utc("2026-03-02 08:30"), HOUR)
    with pytest.raises(OverflowError):
        once.after_days(utc("2026-03-02 08:30"), 1)
