"""Time that counts: elapsed or business time, less the gaps in which a clock stands still."""

from __future__ import annotations

import json
from copy import copy
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from tests import oracle
from tests.calendar_walk import WEEKDAYS, Run, Walk

Data = dict[str, Any]
Gap = tuple[datetime, datetime]

ALWAYS: Data = {"zone": "UTC", "hours": {day: ["00:00-24:00"] for day in WEEKDAYS}}
"""Elapsed time is business time of a calendar that never closes."""
OFFICE: Data = {"zone": "UTC", "hours": {day: ["09:00-17:00"] for day in WEEKDAYS[:5]}}
HORIZON = timedelta(days=70)


class Figure(NamedTuple):
    """A target and a limit, as text, with the calendar of their business time."""

    target: str
    limit: str
    calendar: Data


def figure(pack: Data, row: Data, written: Data | str) -> Figure:
    """A figure as it stands in a row of the SLA."""
    own = written if isinstance(written, dict) else {"within": written}
    name = own.get("calendar") or row.get("calendar")
    calendar = pack["calendars"][name] if name else pack.get("calendar") or OFFICE
    return Figure(*oracle.split_figure(own["within"]), calendar)


@lru_cache(maxsize=64)
def _walk(calendar: str, first: datetime) -> Walk:
    return Walk(json.loads(calendar), first, first + HORIZON)


def without(run: Run, gaps: list[Gap]) -> list[Run]:
    """What is left of a run without the gaps."""
    pieces = [run]
    for start, end in gaps:
        cut = [(Run(at, min(to, start), day), Run(max(at, end), to, day)) for at, to, day in pieces]
        pieces = [piece for pair in cut for piece in pair if piece.start < piece.end]
    return pieces


class Time:
    """The time of one clock, from the opening of its incident on, with its gaps."""

    def __init__(self, opening: datetime, gaps: list[Gap]) -> None:
        monday = opening.astimezone(UTC) - timedelta(days=opening.weekday())
        self.first = monday.replace(hour=0, minute=0)
        self.gaps = gaps
        self.walks: dict[str, Walk] = {}

    def walk(self, duration: str, calendar: Data) -> Walk:
        """The open time in which a duration counts, gaps taken out. A working day stays as long as it was."""
        text = json.dumps(calendar if oracle.seconds(duration) is None else ALWAYS)
        if text not in self.walks:
            walk = copy(_walk(text, self.first))
            walk.runs = [piece for run in walk.runs for piece in without(run, self.gaps)]
            self.walks[text] = walk
        return self.walks[text]

    def after(self, begin: datetime, duration: str, calendar: Data) -> datetime:
        """The earliest instant at which the duration has elapsed since `begin` (6).

        Raises ValueError if it is beyond the horizon.
        """
        walk = self.walk(duration, calendar)
        found = walk.after_days(begin, amount(duration)) if is_days(duration) else walk.after(begin, length(duration))
        if found is None:
            raise ValueError(f"{duration} from {begin} is beyond the horizon")
        return found

    def share(self, a: datetime, b: datetime, duration: str, calendar: Data) -> Fraction:
        """How much of a duration passes from a to b: 1 is all of it."""
        walk = self.walk(duration, calendar)
        if is_days(duration):
            return walk.days(a, b) / amount(duration)
        return Fraction(walk.elapsed(a, b) // timedelta(microseconds=1), length(duration) // timedelta(microseconds=1))


def is_days(duration: str) -> bool:
    """Whether a duration is one of business days."""
    return oracle.split_duration(duration)[1] == "bd"


def amount(duration: str) -> Fraction:
    """The number of a duration."""
    return Fraction(oracle.split_duration(duration)[0])


def length(duration: str) -> timedelta:
    """The length of a duration that is not one of business days."""
    seconds = oracle.seconds(duration)
    return timedelta(hours=int(amount(duration))) if seconds is None else timedelta(seconds=seconds)
