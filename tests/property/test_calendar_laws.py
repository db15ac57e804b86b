"""The laws of business time, for any calendar in any zone: it is what the oracle counts, and measures fit together."""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from functools import cache
from threading import Barrier
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sevclass import Calendar, CalendarError
from tests.calendar_comparison import differences
from tests.calendar_walk import MICROSECOND, WEEKDAYS, Walk, open_minutes
from tests.threads import thread_pool
from tests.zone_changes import NAMES, rules

Data = dict[str, Any]

MINUTES_A_DAY, MINUTES_A_WEEK = 24 * 60, 7 * 24 * 60
DAY = timedelta(days=1)
THREADS = 8
ZONES = NAMES


@cache
def changes() -> dict[str, list[datetime]]:
    """The instants at which the zones change, those zones that do."""
    return {rule.names[0]: [change.at for change in rule.changes] for rule in rules() if rule.changes}


# Calendars


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def minutes(most: int) -> SearchStrategy[int]:
    """Minutes of a day: often at a quarter of an hour, where zones change."""
    return st.integers(0, most // 15).map(lambda quarter: quarter * 15) | st.integers(0, most)


@st.composite
def spans(draw: DrawFn, most: int = 2) -> list[str]:
    """Spans of a day that do not overlap on it; they may touch, and the last may run into the next day."""
    ends = sorted(draw(st.lists(minutes(2 * MINUTES_A_DAY - 1), max_size=2 * most)))
    found = []
    for start, end in zip(ends[::2], ends[1::2], strict=False):
        # The end is within a day of the start, and only a whole day is as long as a day.
        longest = MINUTES_A_DAY if not start else start + MINUTES_A_DAY - 1
        if start < min(end, longest) and start < MINUTES_A_DAY:
            last = min(end, longest)
            if last == MINUTES_A_DAY and (not start or draw(st.booleans())):
                found.append(f"{clock(start)}-24:00")
            else:
                found.append(f"{clock(start)}-{clock(last % MINUTES_A_DAY)}")
    return found


def dates(about: datetime) -> SearchStrategy[str]:
    return st.integers(-5, 5).map(lambda days: str(about.date() + days * DAY))


def is_sound(calendar: Data, about: date) -> bool:
    """Whether no spans overlap, in a week without odd days or about a date."""
    try:
        open_minutes({"hours": calendar["hours"]}, date(2026, 3, 2), date(2026, 3, 9))
        open_minutes(calendar, about - 9 * DAY, about + 9 * DAY)
    except ValueError:
        return False
    return True


@st.composite
def written(draw: DrawFn) -> tuple[Data, datetime]:
    """A calendar, sound or not, and the instant that its odd days are about: often one at which its zone changes."""
    if draw(st.booleans()):
        zone = draw(st.sampled_from(sorted(changes())))
        about = draw(st.sampled_from(changes()[zone]))
    else:
        zone = draw(st.sampled_from(ZONES))
        about = draw(st.datetimes(datetime(2000, 2, 1), datetime(2060, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
    calendar: Data = {"zone": zone, "hours": draw(st.dictionaries(st.sampled_from(WEEKDAYS), spans(), min_size=1))}
    if draw(st.booleans()):
        calendar["holidays"] = {"dates": draw(st.lists(dates(about), max_size=3, unique=True))}
    if draw(st.booleans()):
        calendar["exceptions"] = draw(st.dictionaries(dates(about), spans(), max_size=3))
    return calendar, about


@st.composite
def calendars(draw: DrawFn) -> tuple[Data, datetime]:
    """One that is sound and has hours: odd days that do not fit into the week are left out."""
    calendar, about = draw(written())
    hours: dict[str, list[str]] = {}
    for day, found in calendar["hours"].items():
        if is_sound({"hours": {**hours, day: found}}, about.date()):
            hours[day] = found
    assume(any(hours.values()))
    calendar = {**calendar, "hours": hours}
    if not is_sound(calendar, about.date()):
        calendar.pop("holidays", None)
        exceptions = calendar.pop("exceptions", {})
        kept: dict[str, list[str]] = {}
        for day, found in exceptions.items():
            if is_sound({**calendar, "exceptions": {**kept, day: found}}, about.date()):
                kept[day] = found
        calendar["exceptions"] = kept
    return calendar, about


@st.composite
def instants(draw: DrawFn, about: datetime, apart: timedelta, number: int) -> list[datetime]:
    """Instants in UTC and in order."""
    return sorted(about + draw(st.timedeltas(-apart, apart)) for _ in range(number))


def far_instants() -> SearchStrategy[datetime]:
    """Instants of which a year is left on both sides."""
    return st.datetimes(datetime(3, 1, 1), datetime(9997, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


# The laws


@given(calendars(), st.data())
def test_it_is_what_the_oracle_counts(drawn: tuple[Data, datetime], data: st.DataObject) -> None:
    calendar, about = drawn
    asked = data.draw(instants(about, 3 * DAY, 5))
    walk = Walk(calendar, asked[0], asked[-1])

    assert differences(calendar, walk, asked) == []


@given(written())
# A night of its own runs into the hours of the next day, and the day after that has its own, too.
@example(
    (
        {
            "zone": "UTC",
            "hours": {day: ["05:00-17:00"] for day in WEEKDAYS},
            "exceptions": {"2026-03-02": ["22:00-06:00"], "2026-03-04": []},
        },
        datetime(2026, 3, 2, tzinfo=UTC),
    )
)
def test_spans_that_overlap_are_refused_and_no_others(drawn: tuple[Data, datetime]) -> None:
    calendar, about = drawn
    assume(any(calendar["hours"].values()))

    try:
        Calendar(**calendar)
    except CalendarError:
        accepted = False
    else:
        accepted = True

    assert accepted is is_sound(calendar, about.date())


@given(calendars(), st.data())
def test_elapsed_time_and_days_add_up(drawn: tuple[Data, datetime], data: st.DataObject) -> None:
    calendar, about = drawn
    a, b, c = data.draw(instants(about, 200 * DAY, 3))
    measure = Calendar(**calendar)

    assert measure.elapsed(a, b) + measure.elapsed(b, c) == measure.elapsed(a, c)
    assert measure.days(a, b) + measure.days(b, c) == measure.days(a, c)
    assert timedelta() <= measure.elapsed(a, b) <= b - a
    assert measure.elapsed(a, a) == timedelta()
    assert measure.days(a, a) == Fraction()
    if a < b:
        with pytest.raises(ValueError, match=r"\S"):
            measure.elapsed(b, a)


@given(calendars(), st.timedeltas(timedelta(), 30 * DAY), st.data())
def test_after_and_before_undo_elapsed_time_and_are_the_nearest(
    drawn: tuple[Data, datetime], amount: timedelta, data: st.DataObject
) -> None:
    calendar, about = drawn
    measure = Calendar(**calendar)
    (a,) = data.draw(instants(about, 200 * DAY, 1))
    later, earlier = measure.after(a, amount), measure.before(a, amount)

    assert earlier <= a <= later
    assert measure.elapsed(a, later) == amount == measure.elapsed(earlier, a)
    assert measure.after(earlier, amount) <= a <= measure.before(later, amount)
    if amount:
        assert measure.elapsed(a, later - MICROSECOND) == amount - MICROSECOND
        assert measure.elapsed(earlier + MICROSECOND, a) == amount - MICROSECOND
        assert measure.is_open(later - MICROSECOND)
        assert measure.is_open(earlier)
    else:
        assert earlier == a == later


@given(calendars(), st.data())
def test_a_later_start_or_more_of_it_is_not_over_earlier(drawn: tuple[Data, datetime], data: st.DataObject) -> None:
    calendar, about = drawn
    measure = Calendar(**calendar)
    a, b = data.draw(instants(about, 30 * DAY, 2))
    less, more = sorted(data.draw(st.timedeltas(timedelta(), 20 * DAY)) for _ in range(2))
    fewer, further = sorted(data.draw(st.fractions(0, 20, max_denominator=1000)) for _ in range(2))

    assert measure.after(a, less) <= measure.after(b, less) <= measure.after(b, more)
    assert measure.before(a, more) <= measure.before(a, less) <= measure.before(b, less)
    assert measure.after_days(a, fewer) <= measure.after_days(b, fewer) <= measure.after_days(b, further)


@given(calendars(), st.fractions(0, 12, max_denominator=10**9), st.data())
def test_after_days_is_the_first_microsecond(
    drawn: tuple[Data, datetime], amount: Fraction, data: st.DataObject
) -> None:
    calendar, about = drawn
    measure = Calendar(**calendar)
    a, b = data.draw(instants(about, 20 * DAY, 2))
    end, days = measure.after_days(a, amount), measure.days(a, b)

    assert measure.days(a, end) >= amount
    assert end == a or measure.days(a, end - MICROSECOND) < amount
    assert measure.after_days(a, days) <= b
    assert measure.days(a, measure.after_days(a, days)) == days
    assert measure.after_days(a, int(amount)) == measure.after_days(a, Fraction(int(amount)))


@given(calendars(), st.sampled_from(ZONES), st.integers(-1439, 1439), st.data())
def test_an_instant_is_the_same_in_any_zone(
    drawn: tuple[Data, datetime], other: str, minutes_east: int, data: st.DataObject
) -> None:
    calendar, about = drawn
    measure = Calendar(**calendar)
    a, b = data.draw(instants(about, DAY, 2))
    amount = measure.elapsed(a, b)
    # An hour that comes twice comes in the calendar's own zone too, where `fold` tells the two apart.
    for zone in (ZoneInfo(other), ZoneInfo(calendar["zone"]), timezone(timedelta(minutes=minutes_east))):
        here, there = a.astimezone(zone), b.astimezone(zone)

        assert measure.is_open(here) is measure.is_open(a)
        assert measure.elapsed(here, there) == amount
        assert measure.days(here, there) == measure.days(a, b)
        for found, expected in (
            (measure.after(here, amount), measure.after(a, amount)),
            (measure.before(there, amount), measure.before(b, amount)),
            (measure.after_days(here, 1), measure.after_days(a, 1)),
            (measure.after(here, timedelta()), a),
            (measure.before(there, timedelta()), b),
            (measure.after_days(here, 0), a),
        ):
            assert found == expected
            assert found.tzinfo is UTC


@given(calendars(), far_instants(), st.timedeltas(timedelta(), 20 * DAY), st.data())
def test_the_laws_hold_in_far_years(
    drawn: tuple[Data, datetime], a: datetime, amount: timedelta, data: st.DataObject
) -> None:
    # Offsets are odd before there was standard time; beyond 2037 a zone goes on by its last rule.
    measure = Calendar(**drawn[0])
    (b,) = data.draw(instants(a, DAY, 1))
    first, last = min(a, b), max(a, b)
    later, earlier = measure.after(a, amount), measure.before(a, amount)

    assert measure.elapsed(a, later) == amount == measure.elapsed(earlier, a)
    if amount:
        assert measure.is_open(later - MICROSECOND)
        assert measure.is_open(earlier)
    assert measure.days(first, last) + measure.days(last, last + DAY) == measure.days(first, last + DAY)
    assert measure.after_days(first, measure.days(first, last)) <= last


@given(calendars(), st.data())
def test_a_copy_measures_alike(drawn: tuple[Data, datetime], data: st.DataObject) -> None:
    calendar, about = drawn
    asked = data.draw(instants(about, 3 * DAY, 3))
    one = Calendar(**calendar)

    def measured(by: Calendar) -> tuple[object, ...]:
        a, b, c = asked
        return by.is_open(a), by.elapsed(a, b), by.days(a, c), by.after(b, DAY), by.before(b, DAY), by.after_days(c, 2)

    fresh = pickle.dumps(one)
    expected = measured(one)
    for other in (pickle.loads(fresh), pickle.loads(pickle.dumps(one)), copy.copy(one), copy.deepcopy(one)):  # noqa: S301
        assert other == one
        assert measured(other) == expected


@pytest.fixture(scope="module")
def threads() -> Iterator[ThreadPoolExecutor]:
    """Threads that take turns much more often than usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    with thread_pool(THREADS) as pool:
        yield pool
    sys.setswitchinterval(usual)


@given(drawn=calendars(), data=st.data())
def test_threads_share_a_calendar(
    drawn: tuple[Data, datetime], data: st.DataObject, threads: ThreadPoolExecutor
) -> None:
    calendar, about = drawn
    asked = data.draw(instants(about, 400 * DAY, 4))
    shared = Calendar(**calendar)
    barrier = Barrier(THREADS)

    def measures(by: Calendar, turn: int) -> list[tuple[object, ...]]:
        order = [(turn + place) % len(asked) for place in range(len(asked))]
        found = {
            place: (by.is_open(asked[place]), by.after(asked[place], DAY), by.days(asked[place], asked[-1]))
            for place in order
        }
        return [found[place] for place in range(len(asked))]

    def together(turn: int) -> list[tuple[object, ...]]:
        barrier.wait()
        return measures(shared, turn)

    alone = measures(Calendar(**calendar), 0)
    assert list(threads.map(together, range(THREADS))) == [alone] * THREADS
