"""Directories of people for the tests: drawn by Hypothesis, and looked up minute by minute."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

Data = dict[str, Any]

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu")
SPANS: tuple[list[str], ...] = (["09:00-17:00"], ["00:00-06:00", "20:00-22:30"], ["22:00-24:00"], ["12:00-23:59"])
"""None of them runs into the next day, so that any may stand beside any; `NIGHTS` alone does."""
NIGHTS = {day: ["22:15-06:45"] for day in DAYS}
NAMES = ("Ann", "Bo", "Cy")
MINUTE = timedelta(minutes=1)


def weeks() -> SearchStrategy[Data]:
    """Hours of some days of the week."""
    some = st.dictionaries(st.sampled_from(DAYS), st.sampled_from(SPANS), min_size=1, max_size=3)
    return some | st.just(NIGHTS)


@st.composite
def person(draw: DrawFn, name: str) -> Data:
    """Somebody, who may be on call at some hours."""
    found: Data = {"name": name} | draw(st.fixed_dictionaries({}, optional={"contact": st.just("+1 555")}))
    if draw(st.integers(0, 5)):
        week = draw(weeks())
        found |= {"zone": draw(st.sampled_from(ZONES)), "on_call": week}
        if week is not NIGHTS and draw(st.booleans()):
            days = st.dates(date(2026, 3, 27), date(2026, 4, 6)).map(date.isoformat)
            found["exceptions"] = draw(st.dictionaries(days, st.just([]) | st.sampled_from(SPANS), max_size=2))
    return found


@st.composite
def directories(draw: DrawFn, roles: tuple[str, ...]) -> Data:
    """A directory of some of these roles."""
    found: Data = {}
    for role in draw(st.lists(st.sampled_from(roles), unique=True, max_size=4)):
        names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=1, max_size=2))
        found[role] = [draw(person(name)) for name in names]
    return found


def is_there(one: Data, at: datetime) -> bool:
    """Whether somebody is on call at an instant: a span of local time, of that day or of the one before, has it."""
    if "on_call" not in one:
        return True
    local = at.astimezone(ZoneInfo(one["zone"]))
    minute = local.hour * 60 + local.minute
    return any(
        start <= minute + 1440 * ago < end
        for ago in (0, 1)
        for start, end in _spans(one, local.date() - timedelta(days=ago))
    )


def _spans(one: Data, day: date) -> Iterator[tuple[int, int]]:
    own = one.get("exceptions", {}).get(day.isoformat())
    for span in one["on_call"].get(DAYS[day.weekday()], []) if own is None else own:
        start, end = ((int(text[:2]) * 60 + int(text[3:])) for text in span.split("-"))
        yield start, end if end > start else end + 1440


def first_minute(one: Data, at: datetime, most: int) -> datetime | None:
    """The first whole minute after an instant at which somebody is there; None if none of so many is one."""
    minute = at.astimezone(UTC).replace(second=0, microsecond=0)
    return next((then for n in range(1, most) if is_there(one, then := minute + n * MINUTE)), None)
