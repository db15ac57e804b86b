"""`insight.weeks`: how many incidents came in each of the last weeks."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from sevclass.insight.figures import Week
from sevclass.insight.period import Period
from sevclass.insight.weeks import MOST, weeks
from tests.unit.insights import WEEK, Taken, log


def counted(*opened: str, period: Period = WEEK) -> list[tuple[str, int]]:
    """Week by week, of incidents that were opened then."""
    found = weeks(Taken({f"T-{n}": log((at, "opened")) for n, at in enumerate(opened)}, period=period).samples)
    return [(week.week, week.n) for week in found]


def period(start: tuple[int, int, int], end: tuple[int, int, int], zone: str = "UTC") -> Period:
    return Period(start=date(*start), end=date(*end), zone=zone)


def test_of_nothing_there_are_none() -> None:
    assert weeks(Taken({}).samples) == ()


def test_a_week_has_its_days() -> None:
    [week] = weeks(Taken({"T-1": log(("2 9:00", "opened"))}).samples)

    assert week == Week(week="2026-W10", start=date(2026, 3, 2), end=date(2026, 3, 9), n=1)


def test_none_is_before_the_first_incident() -> None:
    assert counted("2 9:00", "-13 9:00", "8 23:59") == [
        ("2026-W07", 1),
        ("2026-W08", 0),
        ("2026-W09", 0),
        ("2026-W10", 2),
    ]


def test_there_are_at_most_eight() -> None:
    # The first of them begins on 12 January.
    found = counted("-48 23:59", "-47 0:00", "2 0:00")

    assert len(found) == MOST == 8
    assert [found[0], found[-1], sum(n for _, n in found)] == [("2026-W03", 1), ("2026-W10", 1), 2]


def test_they_may_all_be_empty() -> None:
    assert {n for _, n in counted("-60 9:00")} == {0}


def test_a_week_begins_at_midnight_on_monday() -> None:
    assert counted("1 23:59", "2 0:00") == [("2026-W09", 1), ("2026-W10", 1)]
    assert counted("2 0:00") == [("2026-W10", 1)]


def test_midnight_is_that_of_the_zone() -> None:
    there = period((2026, 3, 2), (2026, 3, 9), "Asia/Kolkata")

    assert counted("1 18:29", "1 18:30", period=there) == [("2026-W09", 1), ("2026-W10", 1)]


def test_an_incident_that_was_withdrawn_does_not_count() -> None:
    logs: dict[str, Any] = {
        "T-1": log(("-6 9:00", "opened"), ("-6 10:00", "closed")),
        "T-2": log(("3 9:00", "opened")),
        "T-3": log(("4 9:00", "opened"), ("4 10:00", "closed")),
    }

    assert [(week.week, week.n) for week in weeks(Taken(logs).samples)] == [("2026-W10", 1)]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        pytest.param(date(2026, 3, 3), date(2026, 3, 5), ("2026-W10", date(2026, 3, 2), 2), id="part"),
        pytest.param(date(2026, 2, 1), date(2026, 3, 2), ("2026-W09", date(2026, 2, 23), 1), id="sunday"),
        pytest.param(date(2026, 2, 1), date(2026, 3, 3), ("2026-W10", date(2026, 3, 2), 1), id="monday"),
    ],
)
def test_the_last_goes_as_far_as_the_period(start: date, end: date, found: tuple[str, date, int]) -> None:
    opened = ("-3 9:00", "2 9:00", "3 9:00", "5 9:00")
    logs = {f"T-{n}": log((at, "opened")) for n, at in enumerate(opened)}
    *_, last = weeks(Taken(logs, period=Period(start=start, end=end)).samples)

    assert (last.week, last.start, last.n, last.end) == (*found, end)


def test_a_year_of_weeks_is_that_of_the_iso_calendar() -> None:
    assert counted("-61 9:00", period=period((2025, 12, 29), (2026, 1, 5))) == [("2026-W01", 1)]
