"""A calendar in words, in one line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from sevclass.document import CalendarDocument
from sevclass.working_days import WEEKDAYS

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def words(calendar: CalendarDocument) -> str:
    """As `Monday to Friday 09:00-17:00 (Europe/Berlin, public holidays of DE-BE)`."""
    return f"{'; '.join(_hours(calendar)) or 'no weekly hours'} ({', '.join(_terms(calendar))})"


def _hours(calendar: CalendarDocument) -> Iterator[str]:
    week = [(name, tuple(calendar["hours"].get(day, ()))) for name, day in zip(_NAMES, WEEKDAYS, strict=True)]
    for spans, group in groupby(week, key=lambda day: day[1]):
        days = [name for name, _ in group]
        if spans:
            named = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
            yield f"{named} {' and '.join(spans)}"


def _terms(calendar: CalendarDocument) -> Iterator[str]:
    yield calendar["zone"]
    holidays = calendar.get("holidays", {})
    if country := holidays.get("country"):
        part = f"-{holidays['subdivision']}" if "subdivision" in holidays else ""
        yield f"public holidays of {country}{part}"
    if listed := len(set(holidays.get("dates", ()))):
        yield f"{listed} {'holiday' if listed == 1 else 'holidays'} listed"
    if own := len(calendar.get("exceptions", ())):
        yield f"{own} {'day with hours of its own' if own == 1 else 'days with hours of their own'}"
