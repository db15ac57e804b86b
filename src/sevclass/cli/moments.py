"""The instants of one page or table, written alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sevclass.cli import words


class Moments:
    """Writes instants in UTC, all with seconds or all without; those of the day of `now` without the date.

    Seconds are whole, rounded down.
    """

    def __init__(self, instants: Iterable[datetime | None], now: datetime | None = None) -> None:
        self._has_seconds = any(instant and instant.second for instant in instants)
        self._today = now and now.date()

    def __call__(self, instant: datetime) -> str:
        """An instant."""
        text = words.moment(instant.replace(second=instant.second if self._has_seconds else 0, microsecond=0))
        if self._has_seconds and not instant.second:
            text = text.removesuffix("Z") + ":00Z"
        return text.partition(" ")[2] if instant.date() == self._today else text


def moment(instant: datetime) -> str:
    """An instant that stands alone: in whole seconds, with seconds only where there are any."""
    return Moments([instant])(instant)
