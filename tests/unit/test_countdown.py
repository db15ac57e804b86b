"""Time that runs down: what is reckoned of it at little cost is never on the wrong side of what it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from sevclass.calendars import Calendar
from sevclass.durations import parse
from sevclass.incident.countdown import FAR, Countdown, Limits, Measure
from sevclass.working_days import WEEKDAYS
from tests.unit.incidents import at

ALWAYS = Calendar(zone="UTC", hours={day: ["00:00-24:00"] for day in WEEKDAYS})
LUNCH = Calendar(zone="Europe/Berlin", hours={day: ["09:00-12:30", "13:30-17:00"] for day in WEEKDAYS[:5]})
EDGES = Calendar(zone="Europe/Berlin", hours={"sat": ["23:59-24:00"], "sun": ["10:00-11:00"], "mon": ["00:00-00:01"]})
SATURDAY = datetime(2026, 3, 28, 22, 59, tzinfo=UTC)
"""A minute before the Sunday on which the clocks go forward in Berlin."""
MONDAY = datetime(2026, 3, 29, 22, 1, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["bh", "bd"])
@given(
    calendar=st.sampled_from([ALWAYS, LUNCH, EDGES]),
    start=st.timedeltas(timedelta(days=-10), timedelta(days=10)).map(lambda passed: SATURDAY + passed),
    length=st.timedeltas(timedelta(), timedelta(days=20)),
)
def test_business_time_passes_no_faster_than_is_reckoned(
    kind: str, calendar: Calendar, start: datetime, length: timedelta
) -> None:
    measure, end = Measure(kind, calendar), start + length
    passed = measure.between(start, end)

    assert measure.at_most(start, end) >= passed
    assert measure.not_before(start, passed) <= measure.after(start, passed) <= end


def test_three_business_days_may_pass_in_less_than_a_day() -> None:
    measure = Measure("bd", EDGES)

    assert measure.between(SATURDAY, MONDAY) == 3
    assert measure.after(SATURDAY, Fraction(3)) == MONDAY
    assert measure.not_before(SATURDAY, Fraction(3)) == MONDAY - timedelta(hours=2, minutes=2)
    assert measure.at_most(SATURDAY, MONDAY) == pytest.approx(3.16, abs=0.01)


def test_many_business_days_may_pass_as_fast_as_days() -> None:
    measure, end = Measure("bd", ALWAYS), SATURDAY + timedelta(days=120)

    assert measure.at_most(SATURDAY, end) == pytest.approx(122.2)
    assert measure.not_before(SATURDAY, Fraction(120)) == SATURDAY + timedelta(days=118, hours=-3)


def test_few_business_days_pass_no_faster_than_on_the_shortest_day_around() -> None:
    measure, days = Measure("bd", LUNCH), timedelta(days=20)

    assert measure.at_most(SATURDAY, SATURDAY + days) == pytest.approx(22.2)  # seven hours a day would allow for more
    assert measure.at_most(SATURDAY, SATURDAY + timedelta(hours=14)) == pytest.approx(2)
    soon = measure.not_before(SATURDAY, Fraction(2))
    assert timedelta(hours=14, seconds=-1) < soon - SATURDAY <= timedelta(hours=14)
    assert measure.not_before(SATURDAY, Fraction(20)) == SATURDAY + timedelta(days=18, hours=-3)


def test_where_no_day_is_open_the_bounds_are_those_of_any_calendar() -> None:
    once = Calendar(zone="UTC", hours={}, exceptions={"2030-05-06": ["09:00-17:00"]})
    measure = Measure("bd", once)

    assert measure.at_most(SATURDAY, MONDAY) == pytest.approx((MONDAY - SATURDAY) / timedelta(days=1) + 2.2)
    assert measure.not_before(SATURDAY, Fraction(1)) == SATURDAY


@pytest.mark.parametrize("kind", ["elapsed", "bh"])
def test_other_time_passes_no_faster_than_time(kind: str) -> None:
    measure, hour = Measure(kind, LUNCH), timedelta(hours=1)

    assert measure.at_most(SATURDAY, MONDAY) == MONDAY - SATURDAY
    assert measure.not_before(SATURDAY, hour) == SATURDAY + hour


def test_what_lies_beyond_the_last_year_is_far() -> None:
    for kind, amount in (("elapsed", timedelta(days=4_000_000)), ("bd", Fraction(4_000_000))):
        assert Measure(kind, ALWAYS).not_before(SATURDAY, amount) == FAR
        assert Measure(kind, ALWAYS).after(SATURDAY, amount) == FAR


@pytest.mark.parametrize(("limit", "told"), [("40m", True), ("39m", False)])
def test_word_from_before_counts_for_as_long_as_the_limit_without_the_gaps(limit: str, *, told: bool) -> None:
    countdown = Countdown(Limits(parse(limit), ALWAYS), at(100))
    gaps = [(at(10), at(40)), (at(50), at(80)), (at(120), at(130))]

    # Ten minutes, ten and twenty.
    assert countdown.tells(at(0), gaps) is told
    assert countdown.tells(at(70), gaps) is True
    assert countdown.tells(at(100), gaps) is True
