"""Business time: the calendar that a pack counts `bh` and `bd` on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_WORKDAYS = range(5)  # Monday to Friday, as datetime.weekday() counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Working hours in UTC, the same every Monday to Friday."""

    opens: time = time(9)
    closes: time = time(17)

    @property
    def day(self) -> timedelta:
        """The working time of a business day."""
        return timedelta(hours=self.closes.hour - self.opens.hour)

    def after(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant, not before `start`, by which `amount` of working time has passed since `start`.

        Raises OverflowError past the year 9999.
        """
        if not amount:
            return start
        week = len(_WORKDAYS) * self.day
        # Whole weeks count alike wherever they start; the last one is walked, so that its end is the earliest.
        weeks = (amount - timedelta.resolution) // week
        cursor, left = start.astimezone(UTC) + weeks * _WEEK, amount - weeks * week
        while True:
            midnight = cursor.replace(hour=0, minute=0, second=0, microsecond=0)
            if midnight.weekday() in _WORKDAYS:
                opens = max(cursor, datetime.combine(midnight, self.opens, UTC))
                open_for = max(datetime.combine(midnight, self.closes, UTC) - opens, timedelta())
                if left <= open_for:
                    return opens + left
                left -= open_for
            cursor = midnight + _DAY

    def after_days(self, start: datetime, days: int) -> datetime:
        """The same for business days: every one is as long as the other here, and part of it counts in proportion."""
        return self.after(start, days * self.day)

    def __str__(self) -> str:
        return f"Monday to Friday, {self.opens:%H:%M} to {self.closes:%H:%M} UTC"


DEFAULT = Calendar()
"""The calendar of a pack that names none."""
