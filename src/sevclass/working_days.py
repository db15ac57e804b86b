"""What a calendar says of each day: the spans in which work is done, in wall-clock time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sevclass.document import CalendarDocument
from sevclass.public_holidays import PublicHolidays, UnknownHolidaysError
from sevclass.spans import DAY_MINUTES, Span, parse

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week, as `datetime.weekday()` counts them."""

LAST_DAY = date.max.toordinal()

_OVERLAP_HINT = "spans may touch, but not overlap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a calendar beyond the shape of its parts, and the keys that lead there."""

    path: tuple[str | int, ...]
    code: str
    message: str
    hint: str


class WorkingDays:
    """The spans of each day, by its ordinal: day 1 is the first of the year 1, a Monday."""

    def __init__(self, calendar: CalendarDocument) -> None:
        """Raises UnknownHolidaysError if there are no holidays to be had for the country that it names."""
        holidays = calendar.get("holidays", {})
        self._week = _week(calendar)
        self.own = {_ordinal(text): _parsed(spans) for text, spans in calendar.get("exceptions", {}).items()}
        """The exceptions."""
        self._closed = set(map(_ordinal, holidays.get("dates", ())))
        country = holidays.get("country")
        public = None if country is None else PublicHolidays(country, holidays.get("subdivision"))
        self._public = public and lru_cache(maxsize=64)(lambda year: {day.toordinal() for day in public.of(year)})

    @property
    def weekly(self) -> bool:
        """Whether there are working hours in every week, holidays apart."""
        return any(self._week)

    def spans(self, day: int) -> tuple[Span, ...]:
        """The spans that start on a day. An exception beats a holiday, and that a day of the week."""
        if day in self.own:
            return self.own[day]
        if not 1 <= day <= LAST_DAY or day in self._closed:
            return ()
        if self._public and day in self._public(date.fromordinal(day).year):
            return ()
        return self._week[(day - 1) % len(WEEKDAYS)]

    def minutes(self, day: int) -> int:
        """How long the spans of a day are in wall-clock time."""
        return sum(span.end - span.start for span in self.spans(day))


def faults(calendar: CalendarDocument) -> Iterator[Fault]:
    """Everything that is wrong with a calendar beyond the shape of its parts, but for a lack of working time."""
    holidays = calendar.get("holidays", {})
    if "subdivision" in holidays and "country" not in holidays:
        message, hint = "a subdivision needs its country", "add `country`"
        yield Fault(path=("holidays", "subdivision"), code="no_country", message=message, hint=hint)
    try:
        days = WorkingDays(calendar)
    except UnknownHolidaysError as error:
        yield Fault(path=("holidays", error.key), code=error.code, message=str(error), hint=error.hint)
        days = WorkingDays({**calendar, "holidays": {"dates": holidays.get("dates", [])}})
    week = _week(calendar)
    for place, name in enumerate(WEEKDAYS):
        yield from _overlaps(("hours", name), week[place], week[place - 1])
    for text in calendar.get("exceptions", {}):
        day = _ordinal(text)
        spans = days.own[day]
        yield from _overlaps(("exceptions", text), spans, days.spans(day - 1))
        if day + 1 not in days.own:
            yield from _runs_on(("exceptions", text), spans, days.spans(day + 1))


def _overlaps(path: tuple[str | int, ...], spans: Sequence[Span], before: Sequence[Span]) -> Iterator[Fault]:
    """The spans of a day that share time with one that stands earlier in its list, or with one of the day before."""
    running = [(span.start - DAY_MINUTES, span.end - DAY_MINUTES, f"`{span}` of the day before") for span in before]
    for index, span in enumerate(spans):
        for start, end, name in running:
            if start < span.end and span.start < end:
                yield Fault(
                    path=(*path, index), code="overlap", message=f"`{span}` overlaps {name}", hint=_OVERLAP_HINT
                )
                break
        running.append((span.start, span.end, f"`{span}`"))


def _runs_on(path: tuple[str | int, ...], spans: Sequence[Span], after: Sequence[Span]) -> Iterator[Fault]:
    """The spans of a day that run on into one of the next day."""
    for index, span in enumerate(spans):
        clash = next((other for other in after if other.start + DAY_MINUTES < span.end), None)
        if clash:
            message = f"`{span}` overlaps `{clash}` of the day after"
            yield Fault(path=(*path, index), code="overlap", message=message, hint=_OVERLAP_HINT)


def _week(calendar: CalendarDocument) -> list[tuple[Span, ...]]:
    return [_parsed(calendar["hours"].get(day, ())) for day in WEEKDAYS]


def _parsed(spans: Sequence[str]) -> tuple[Span, ...]:
    return tuple(map(parse, spans))


def _ordinal(text: str) -> int:
    return date.fromisoformat(text).toordinal()
