"""A calendar in words, in one line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sevclass.calendar_spec import CalendarSpec
from sevclass.working_days import WEEKDAYS

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def words(spec: CalendarSpec) -> str:
    """As `Monday to Friday 09:00-17:00 (Europe/Berlin, public holidays of DE-BE)`."""
    return f"{'; '.join(_hours(spec)) or 'no weekly hours'} ({', '.join(_terms(spec))})"


def _hours(spec: CalendarSpec) -> Iterator[str]:
    week = [(name, tuple(map(str, getattr(spec.hours, day)))) for name, day in zip(_NAMES, WEEKDAYS, strict=True)]
    for spans, group in groupby(week, key=lambda day: day[1]):
        days = [name for name, _ in group]
        if spans:
            named = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
            yield f"{named} {' and '.join(spans)}"


def _terms(spec: CalendarSpec) -> Iterator[str]:
    yield spec.zone
    holidays = spec.holidays
    if holidays.country:
        yield f"public holidays of {'-'.join(filter(None, (holidays.country, holidays.subdivision)))}"
    if listed := len(set(holidays.dates)):
        yield f"{listed} {'holiday' if listed == 1 else 'holidays'} listed"
    if own := len(spec.exceptions):
        yield f"{own} {'day with hours of its own' if own == 1 else 'days with hours of their own'}"
