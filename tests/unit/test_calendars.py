"""Business time, Monday to Friday, 09:00 to 17:00 UTC."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone

import pytest

from sevclass.calendars import DEFAULT, Calendar

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


def test_a_calendar_may_have_other_hours() -> None:
    early = Calendar(opens=time(6), closes=time(8))
    assert early.day == timedelta(hours=2)
    assert early.after_days(instant("2026-03-02 07:00"), 1) == instant("2026-03-03 07:00")


def test_a_calendar_says_what_it_is() -> None:
    assert str(DEFAULT) == "Monday to Friday, 09:00 to 17:00 UTC"
