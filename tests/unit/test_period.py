"""`insight.period`: weeks and days, the period before, and the month as far as the period goes."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from sevclass import load_pack
from sevclass.insight.period import Period, day, last_week, week, zone_of
from tests.strategies import load
from tests.unit.incidents import DOCUMENT


def period(start: str, end: str, zone: str = "UTC") -> Period:
    return Period(start=date.fromisoformat(start), end=date.fromisoformat(end), zone=zone)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        pytest.param("2026-W10", "2026-03-02", "2026-03-09", id="in-march"),
        pytest.param("2026-W01", "2025-12-29", "2026-01-05", id="the-first-begins-in-the-old-year"),
        pytest.param("2026-W53", "2026-12-28", "2027-01-04", id="a-year-of-53"),
        pytest.param("1000-W01", "0999-12-30", "1000-01-06", id="the-first-year"),
        pytest.param("8999-W52", "8999-12-23", "8999-12-30", id="the-last-year"),
    ],
)
def test_a_week_is_monday_to_sunday(text: str, start: str, end: str) -> None:
    assert week(text, "UTC") == period(start, end)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("2026-10", "is not a week\nfor example `2026-W10`", id="a-month"),
        pytest.param("2026-W1", "is not a week\nfor example `2026-W10`", id="one-digit"),
        pytest.param("2026-W100", "is not a week\nfor example `2026-W10`", id="three-digits"),
        pytest.param("x2026-W10", "is not a week\nfor example `2026-W10`", id="something-before"),
        pytest.param("2026-W00", "is not a week\nthere is no such week in that year", id="none"),
        pytest.param("2025-W53", "is not a week\nthere is no such week in that year", id="a-year-of-52"),
        pytest.param("0999-W10", "is out of range\na report is of the years 1000 to 8999", id="too-early"),
        pytest.param("9000-W10", "is out of range\na report is of the years 1000 to 8999", id="too-late"),
    ],
)
def test_what_is_no_week_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is all there is
        week(text, "UTC")

    assert str(caught.value) == told


def test_a_day_is_read() -> None:
    assert [day("2026-03-02"), day("1000-01-01"), day("8999-12-31")] == [
        date(2026, 3, 2),
        date(1000, 1, 1),
        date(8999, 12, 31),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("2026-02-30", "is not a date\nfor example `2026-03-02`", id="not-on-the-calendar"),
        pytest.param("20260302", "is not a date\nfor example `2026-03-02`", id="without-hyphens"),
        pytest.param("2026-03-02T10:00:00Z", "is not a date\nfor example `2026-03-02`", id="an-instant"),
        pytest.param("0999-12-31", "is out of range\na report is of the years 1000 to 8999", id="too-early"),
        pytest.param("9000-01-01", "is out of range\na report is of the years 1000 to 8999", id="too-late"),
    ],
)
def test_what_is_no_day_is_refused(text: str, told: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the message is all there is
        day(text)

    assert str(caught.value) == told


def test_days_begin_at_midnight_in_the_zone() -> None:
    # Berlin is two hours ahead from 29 March on, and one before.
    found = period("2026-03-23", "2026-03-30", "Europe/Berlin")

    assert (found.starts_at, found.ends_at) == (
        datetime(2026, 3, 22, 23, tzinfo=UTC),
        datetime(2026, 3, 29, 22, tzinfo=UTC),
    )


def test_the_period_before_has_as_many_days_and_the_zone() -> None:
    assert period("2026-03-02", "2026-03-12", "Asia/Tokyo").before == period("2026-02-20", "2026-03-02", "Asia/Tokyo")


def test_the_period_before_is_read_as_long_after_its_end() -> None:
    # The week lasts 167 hours.
    found = period("2026-03-23", "2026-03-30", "Europe/Berlin")

    assert found.earlier(datetime(2026, 3, 30, 22, tzinfo=UTC)) == datetime(2026, 3, 23, 23, tzinfo=UTC)
    assert found.before.ends_at == datetime(2026, 3, 22, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "month", "before"),
    [
        pytest.param("2026-03-02", "2026-03-09", "2026-03-01", "2026-02-01 2026-02-09", id="a-week"),
        pytest.param("2026-03-01", "2026-04-01", "2026-03-01", "2026-02-01 2026-03-01", id="a-month"),
        pytest.param("2026-03-24", "2026-03-31", "2026-03-01", "2026-02-01 2026-03-01", id="a-shorter-one-before"),
        pytest.param("2025-12-29", "2026-01-05", "2026-01-01", "2025-12-01 2025-12-05", id="a-new-year"),
        pytest.param("2026-02-22", "2026-03-01", "2026-02-01", "2026-01-01 2026-02-01", id="the-end-of-a-month"),
    ],
)
def test_the_month_goes_as_far_as_the_period(start: str, end: str, month: str, before: str) -> None:
    found = period(start, end, "Europe/Berlin")

    assert found.month == period(month, end, "Europe/Berlin")
    assert found.month_before.zone == "Europe/Berlin"
    assert (found.month_before.start.isoformat(), found.month_before.end.isoformat()) == tuple(before.split(" "))


def test_a_week_is_told_from_other_periods() -> None:
    assert period("2026-03-02", "2026-03-09").is_week
    assert not period("2026-03-03", "2026-03-10").is_week
    assert not period("2026-03-02", "2026-03-16").is_week


@pytest.mark.parametrize(
    ("now", "zone", "start"),
    [
        pytest.param(datetime(2026, 3, 9, 0, 0, tzinfo=UTC), "UTC", "2026-03-02", id="just-over"),
        pytest.param(datetime(2026, 3, 8, 23, 59, tzinfo=UTC), "UTC", "2026-02-23", id="not-yet-over"),
        pytest.param(datetime(2026, 3, 8, 23, 59, tzinfo=UTC), "Europe/Berlin", "2026-03-02", id="over-elsewhere"),
        pytest.param(datetime(2026, 3, 15, 12, 0, tzinfo=UTC), "UTC", "2026-03-02", id="on-a-sunday"),
    ],
)
def test_the_last_whole_week(now: datetime, zone: str, start: str) -> None:
    found = last_week(now, zone)

    assert (found.start.isoformat(), found.is_week, found.zone) == (start, True, zone)


def test_days_begin_where_the_calendar_of_the_pack_is() -> None:
    calendar = {"zone": "Europe/Berlin", "hours": {"mon": ["09:00-17:00"]}}

    assert zone_of(load(DOCUMENT | {"calendar": calendar})) == "Europe/Berlin"
    assert zone_of(load_pack("support")) == "UTC"
