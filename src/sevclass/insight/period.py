"""The time that a report is about: whole days, a week most often, and what it is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import Field

from sevclass.api import Pack
from sevclass.classification import Part

_WEEK = re.compile(r"([0-9]{4})-W([0-9]{2})", re.ASCII)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_ONE = timedelta(days=1)
UTC_NAME = "UTC"
FIRST_YEAR, LAST_YEAR = 1000, 8999
"""So that no zone and no comparison leads out of the calendar."""
_YEARS = f"a report is of the years {FIRST_YEAR} to {LAST_YEAR}"


Start: TypeAlias = Annotated[date, Field(serialization_alias="from")]
End: TypeAlias = Annotated[date, Field(serialization_alias="to")]
"""The first day after it; in JSON they are called `from` and `to`, which no field of ours can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Part):
    """Days from `start` on, without `end`, as a time zone has them."""

    start: Start
    end: End
    zone: str = UTC_NAME

    @property
    def starts_at(self) -> datetime:
        """The instant at which it begins, in UTC."""
        return _midnight(self.start, self.zone)

    @property
    def ends_at(self) -> datetime:
        """The first instant after it, in UTC."""
        return _midnight(self.end, self.zone)

    @property
    def is_week(self) -> bool:
        """Whether it is an ISO week, Monday to Sunday."""
        return self.start.weekday() == 0 and self.end - self.start == 7 * _ONE

    @property
    def before(self) -> Period:
        """As many days just before it."""
        return Period(start=self.start - (self.end - self.start), end=self.start, zone=self.zone)

    def earlier(self, instant: datetime) -> datetime:
        """An instant as far from the end of the period before as this one is from the end of the period."""
        return instant - (self.ends_at - self.starts_at)

    @property
    def month(self) -> Period:
        """The month of its last day, as far as this period goes."""
        return Period(start=(self.end - _ONE).replace(day=1), end=self.end, zone=self.zone)

    @property
    def month_before(self) -> Period:
        """As many days of the month before that, or all of them where the month is whole or there are no more."""
        month = self.month
        start = (month.start - _ONE).replace(day=1)
        is_whole = month.end.day == 1
        end = month.start if is_whole else min(month.start, start + (month.end - month.start))
        return Period(start=start, end=end, zone=self.zone)


def week(text: str, zone: str) -> Period:
    """The ISO week that a text names, Monday to Sunday.

    Raises ValueError; its message is a problem's text and, after a line break, a hint.
    """
    match = _WEEK.fullmatch(text)
    if match is None:
        raise ValueError("is not a week\nfor example `2026-W10`")
    try:
        start = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        raise ValueError("is not a week\nthere is no such week in that year") from None
    if not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        raise ValueError(f"is out of range\n{_YEARS}")
    return Period(start=start, end=start + 7 * _ONE, zone=zone)


def day(text: str) -> date:
    """The day that a text names.

    Raises ValueError; its message is a problem's text and, after a line break, a hint.
    """
    try:
        found = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None:
        raise ValueError("is not a date\nfor example `2026-03-02`")
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError(f"is out of range\n{_YEARS}")
    return found


def last_week(now: datetime, zone: str) -> Period:
    """The last whole ISO week before an instant."""
    today = now.astimezone(ZoneInfo(zone)).date()
    end = today - today.weekday() * _ONE
    return Period(start=end - 7 * _ONE, end=end, zone=zone)


def zone_of(pack: Pack) -> str:
    """Where the days of a pack begin: in the time zone of its calendar."""
    document = pack._engine.document  # noqa: SLF001 - the package's own
    return document["calendar"]["zone"] if "calendar" in document else UTC_NAME


def _midnight(day_: date, zone: str) -> datetime:
    return datetime.combine(day_, time(), ZoneInfo(zone)).astimezone(UTC)
