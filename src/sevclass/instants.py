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
_is_usual = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z").fullmatch
_EXAMPLE = "for example `2026-03-02T14:23:00Z`"


def instant_text(instant: datetime) -> str:
    """An instant in RFC 3339, UTC with `Z`; microseconds only where there are any."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def read_instant(value: object, path: str) -> datetime | Problem:
    """An aware datetime, or RFC 3339 text with at most microseconds, as a datetime in UTC; or what is wrong with it."""
    if type(value) is str and _is_usual(value):
        try:
            return datetime.fromisoformat(value)
        except ValueError:
            pass  # it is on no calendar, which is told below
    instant: object = value
    if isinstance(value, str):
        instant = _read(value, path)
        if isinstance(instant, Problem):
            return instant
    if not isinstance(instant, datetime):
        return _refused(path, f"{quote(value)} is not an instant", _EXAMPLE, code="not_an_instant")
    if instant.utcoffset() is None:
        return _refused(path, f"`{instant}` has no time zone", "give a datetime with a time zone", code="no_zone")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return _refused(path, f"`{instant}` is out of range", "in UTC, years are from 1 to 9999", code="out_of_range")


def _read(text: str, path: str) -> datetime | Problem:
    match = _RFC_3339.fullmatch(text)
    if match is None:
        return _refused(path, f"{quote(text)} is not an instant", _EXAMPLE, code="not_an_instant")
    if match["zone"] is None:
        return _refused(path, f"{quote(text)} has no time zone", f"write `{text}Z` if it is in UTC", code="no_zone")
    if len(match["fraction"] or "") > len(".123456"):
        return _refused(path, f"{quote(text)} is too exact", "a second has at most six digits", code="not_an_instant")
    return _parsed(text, path)


def _parsed(text: str, path: str) -> datetime | Problem:
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return _refused(path, f"{quote(text)} is not on any calendar", _EXAMPLE, code="not_an_instant")


def _refused(path: str, message: str, hint: str, *, code: str) -> Problem:
    return Problem(path=path, code=code, message=message, hint=hint)
