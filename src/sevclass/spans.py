"""Spans of working hours, as `09:00-12:30` is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

DAY_MINUTES = 24 * 60

PATTERN = r"^([01][0-9]|2[0-3]):([0-5][0-9])-(24:00|([01][0-9]|2[0-3]):([0-5][0-9]))$"
"""The spelling of a span, as a JSON Schema has it."""

_SPAN = re.compile(PATTERN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From `start` up to `end`, in minutes from the midnight that begins its day; past 1,440 on the next day."""

    start: int
    end: int

    def __str__(self) -> str:
        end = self.end if self.end <= DAY_MINUTES else self.end - DAY_MINUTES
        return f"{self.start // 60:02}:{self.start % 60:02}-{end // 60:02}:{end % 60:02}"


def parse(text: object) -> Span:
    """Read `09:00-12:30`; an end that is not after the start is on the next day: `22:00-06:00`.

    Raises ValueError; its message is a problem's text and, after a line break, a hint.
    """
    match = _SPAN.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise ValueError("is not a span of hours\nfor example `09:00-12:30`, or `22:00-06:00` into the next day")
    start = int(match[1]) * 60 + int(match[2])
    end = DAY_MINUTES if match[4] is None else int(match[4]) * 60 + int(match[5])
    if start == end:
        raise ValueError("has no length\na whole day is `00:00-24:00`")
    return Span(start=start, end=end if end > start else end + DAY_MINUTES)
