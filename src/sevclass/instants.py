"""Instants: aware datetimes, as RFC 3339 text at the edges and in UTC inside."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sevclass.problems import Problem, quote

_RFC_3339 = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?P<fraction>\.\d+)?"
    r"(?P<zone>[Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)?",
    re.ASCII,
)
_EXAMPLE = "for example `2026-03-02T14:23:00Z`"


def instant_text(instant: datetime) -> str:
    """An instant in RFC 3339, UTC with `Z`; microseconds only where there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_instant(value: object, path: str) -> datetime | Problem:
    """An aware datetime, or RFC 3339 text with at most microseconds, as a datetime in UTC; or what is wrong with it."""

    def problem(code: str, message: str, hint: str) -> Problem:
        return Problem(path=path, code=code, message=message, hint=hint)

    instant: object = value
    if isinstance(value, str):
        match = _RFC_3339.fullmatch(value)
        if match is None:
            return problem("not_an_instant", f"{quote(value)} is not an instant", _EXAMPLE)
        if match["zone"] is None:
            return problem("no_zone", f"{quote(value)} has no time zone", f"write `{value}Z` if it is in UTC")
        if len(match["fraction"] or "") > len(".123456"):
            return problem("not_an_instant", f"{quote(value)} is too exact", "a second has at most six digits")
        try:
            instant = datetime.fromisoformat(value.upper())
        except ValueError:
            return problem("not_an_instant", f"{quote(value)} is not on any calendar", _EXAMPLE)
    if not isinstance(instant, datetime):
        return problem("not_an_instant", f"{quote(value)} is not an instant", _EXAMPLE)
    if instant.utcoffset() is None:
        return problem("no_zone", f"`{instant}` has no time zone", "give a datetime with a time zone")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return problem("out_of_range", f"`{instant}` is out of range", "in UTC, years are from 1 to 9999")
