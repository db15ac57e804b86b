"""Amounts of time that run out: a target and its limit, which what holds them up keeps from passing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any, TypeAlias

from sevclass.calendars import Calendar
from sevclass.durations import Duration, Target

FAR = datetime.max.replace(tzinfo=UTC)
"""After anything that is owed: no working time is left, or no year."""

Gaps: TypeAlias = Sequence[tuple[datetime, datetime]]
"""When time did not count, in order."""
Amount: TypeAlias = Any
"""Elapsed or open time as a timedelta, or business days as a Fraction."""


class Measure:
    """A way to measure time: as it passes, or by the hours or the days of a calendar."""

    __slots__ = ("_calendar", "_kind")

    def __init__(self, kind: str, calendar: Calendar) -> None:
        self._kind, self._calendar = kind, calendar

    def amount(self, duration: Duration) -> Amount:
        """A duration in this measure."""
        if duration.elapsed is not None:
            return duration.elapsed
        return Fraction(duration.amount) if self._kind == "bd" else timedelta(hours=duration.amount)

    def between(self, start: datetime, end: datetime) -> Amount:
        """How much passes from `start` up to `end`."""
        if self._kind == "elapsed":
            return end - start
        return self._calendar.days(start, end) if self._kind == "bd" else self._calendar.elapsed(start, end)

    def after(self, start: datetime, amount: Amount) -> datetime:
        """The earliest instant by which the amount has passed."""
        try:
            if self._kind == "elapsed":
                moved: datetime = start + amount
                return moved
            return (
                self._calendar.after_days(start, amount) if self._kind == "bd" else self._calendar.after(start, amount)
            )
        except OverflowError:
            return FAR


class Limits:
    """A target and its limit as amounts, made once for a pack."""

    __slots__ = ("limit", "measure", "target")

    def __init__(self, figure: Target, calendar: Calendar) -> None:
        self.measure = Measure(figure.limit.kind, calendar)
        self.target, self.limit = map(self.measure.amount, figure.figures)


class Countdown:
    """Runs from an instant on; what passes between `hold` and `go` does not count."""

    __slots__ = ("_is_held", "_limits", "_since", "due", "left", "limit_at", "start", "target_left")

    def __init__(self, limits: Limits, start: datetime) -> None:
        self._limits, self.start = limits, start
        self.target_left, self.left = limits.target, limits.limit
        """What is left of them since it last ran; None once they have run out."""
        self.go(start)

    def go(self, at: datetime) -> None:
        """Run from an instant on."""
        self._since, self._is_held = at, False
        after = self._limits.measure.after
        if self.target_left is not None:
            self.due = after(at, self.target_left)
        if self.left is not None:
            self.limit_at = after(at, self.left)

    def hold(self, at: datetime) -> None:
        """Stand still from an instant on. What has run out by then keeps its instant."""
        passed = self._limits.measure.between(self._since, at)
        self._is_held = True
        if self.target_left is not None:
            self.target_left = None if self.due <= at else self.target_left - passed
        if self.left is not None:
            self.left = None if self.limit_at <= at else self.left - passed

    def at(self, now: datetime) -> tuple[datetime, datetime]:
        """Both instants; while it stands still, as they would be if it ran from now on."""
        if self._is_held:
            after = self._limits.measure.after
            due = self.due if self.target_left is None else after(now, self.target_left)
            return due, self.limit_at if self.left is None else after(now, self.left)
        return self.due, self.limit_at

    def beyond(self, limit_at: datetime, times: int) -> datetime:
        """When its limit has passed so many times once more since an instant."""
        return self._limits.measure.after(limit_at, self._limits.limit * times)

    def is_nearly_over(self, now: datetime) -> bool:
        """Whether less than a quarter of the limit is left, in its own measure."""
        if self.left is None:
            return True
        left = self.left if self._is_held else self.left - self._limits.measure.between(self._since, now)
        return bool(left < self._limits.limit / 4)

    def tells(self, at: datetime, gaps: Gaps) -> bool:
        """Whether word at that instant is word of this: sent since the start, or at most the limit before it."""
        if at >= self.start:
            return True
        measure, first = self._limits.measure, at
        passed = self._limits.limit * 0
        for shut, opened in gaps:
            if at < opened and shut < self.start:
                passed += measure.between(first, max(first, shut))
                first = min(opened, self.start)
        return bool(passed + measure.between(first, self.start) <= self._limits.limit)
