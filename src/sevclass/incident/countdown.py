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

_FEW = 100
"""So many business days are worth a look at the calendar, to see how soon they may pass."""
_APART = 2.125
"""More than so many cannot pass at once, from within one day's spans to within another's."""
_ROUNDED = 1e-9
"""More than the part that is lost by rounding."""

Gaps: TypeAlias = Sequence[tuple[datetime, datetime]]
"""When time did not count, in order."""
Amount: TypeAlias = Any
"""Elapsed or open time as a timedelta, or business days as a Fraction."""


class Measure:
    """A way to measure time: as it passes, or by the hours or the days of a calendar."""

    __slots__ = ("_calendar", "_kind")

    def __init__(self, kind: str, calendar: Calendar) -> None:
        self._kind, self._calendar = kind, calendar

    def is_like(self, other: Measure) -> bool:
        """Whether both surely measure the same."""
        return self._kind == other._kind and (self._kind == "elapsed" or self._calendar is other._calendar)

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

    def at_most(self, start: datetime, end: datetime) -> Amount:
        """No less than what passes from `start` up to `end`: business time passes no faster than time itself."""
        if self._kind == "bd":
            time = end - start
            # From within one day's spans to within another's, and clocks may change.
            most = time / timedelta(days=1) + 2.2
            shortest = self._calendar.shortest_day(start.toordinal(), time.days) if time.days < _FEW else None
            return min(most, time / shortest * (1 + _ROUNDED)) if shortest else most
        return end - start

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

    def not_before(self, start: datetime, amount: Amount) -> datetime:
        """An instant that is not after that one: business time passes no faster than time itself."""
        try:
            if self._kind == "bd":
                days = amount.numerator / amount.denominator
                # From within one day's spans to within another's; they end within two days, and clocks may change.
                least = timedelta(days=days - 2, hours=-3) if days > _APART else timedelta()
                # No day is longer than two, so what is looked at goes on for longer than what comes out.
                looked_at = int(2 * days) + 1
                if days < _FEW and (shortest := self._calendar.shortest_day(start.toordinal(), looked_at)):
                    least = max(least, shortest * (days * (1 - _ROUNDED)))
                return start + least
            earliest: datetime = start + amount
        except OverflowError:
            return FAR
        return earliest


class Limits:
    """A target and its limit as amounts, made once for a pack."""

    __slots__ = ("limit", "measure", "target")

    def __init__(self, figure: Target, calendar: Calendar) -> None:
        self.measure = Measure(figure.limit.kind, calendar)
        self.target, self.limit = map(self.measure.amount, figure.figures)

    def outlasts(self, other: Limits) -> bool:
        """Whether, begun with the other and held up with it, neither target nor limit can be the earlier one."""
        return self.measure.is_like(other.measure) and self.target >= other.target and self.limit >= other.limit


class Runner:
    """An amount of time that runs down; the instant of its end is worked out when somebody asks for it."""

    __slots__ = ("_at", "_earliest", "_is_held", "_measure", "_since", "left")

    def __init__(self, measure: Measure, amount: Amount, start: datetime) -> None:
        self._measure, self.left = measure, amount
        """What is left of it; None once it had run out when it was held."""
        self._since, self._is_held = start, False
        self._at: datetime | None = None
        self._earliest: datetime | None = None
        """While it runs: an instant that is not after its end."""

    def at(self, now: datetime) -> datetime:
        """When it runs out; while it is held, when it would if it went on from now."""
        if self.left is not None and self._is_held:
            return self._measure.after(now, self.left)
        if self._at is None:
            self._at = self._measure.after(self._since, self.left)
        return self._at

    def earliest(self, now: datetime) -> datetime:
        """An instant that is not after that one, and costs nothing to find."""
        if self._at is not None:
            return self._at
        if self._is_held:
            return self._measure.not_before(now, self.left)
        if self._earliest is None:
            self._earliest = self._measure.not_before(self._since, self.left)
        return self._earliest

    def go(self, at: datetime) -> None:
        """Run on."""
        self._is_held = False
        if self.left is not None:
            self._since, self._earliest = at, None

    def hold(self, at: datetime, passed: Amount) -> None:
        """Stand still; so much has passed since it ran."""
        if self.left is not None and passed >= self.left:
            self._at, self.left = self.at(at), None
        elif self.left is not None:
            self.left, self._at = self.left - passed, None
        self._is_held = True


class Countdown:
    """A target and its limit, running from an instant on; what passes between `hold` and `go` does not count."""

    __slots__ = ("_since", "limit", "limits", "start", "target")

    def __init__(self, limits: Limits, start: datetime) -> None:
        self.limits, self.start, self._since = limits, start, start
        self.limit = Runner(limits.measure, limits.limit, start)
        is_one = limits.target == limits.limit
        self.target = self.limit if is_one else Runner(limits.measure, limits.target, start)

    def go(self, at: datetime) -> None:
        """Run from an instant on."""
        self._since = at
        self.limit.go(at)
        if self.target is not self.limit:
            self.target.go(at)

    def hold(self, at: datetime) -> None:
        """Stand still from an instant on. What has run out by then keeps its instant."""
        passed = self.limits.measure.between(self._since, at)
        self.limit.hold(at, passed)
        if self.target is not self.limit:
            self.target.hold(at, passed)

    def beyond(self, limit_at: datetime, times: int) -> datetime:
        """When its limit has passed so many times once more since an instant."""
        try:
            amount = self.limits.limit * times
        except OverflowError:
            return FAR
        return self.limits.measure.after(limit_at, amount)

    def is_nearly_over(self, now: datetime) -> bool:
        """Whether, while it runs, less than a quarter of the limit is left, in its own measure."""
        left = self.limit.left
        if left is not None:
            left -= self.limits.measure.between(self._since, now)
        return left is None or bool(left < self.limits.limit / 4)

    def is_surely_early(self, now: datetime) -> bool:
        """Whether, while it runs, the target and the last quarter of the limit lie ahead, by what costs little."""
        limits, left = self.limits, self.limit.left
        if left is None or self.target.earliest(now) <= now:
            return False
        return bool(left - limits.measure.at_most(self._since, now) >= limits.limit / 4)

    def tells(self, at: datetime, gaps: Gaps) -> bool:
        """Whether word at that instant is word of this: sent since the start, or at most the limit before it."""
        if at >= self.start:
            return True
        measure, first = self.limits.measure, at
        passed = self.limits.limit * 0
        for shut, opened in gaps:
            if at < opened and shut < self.start:
                passed += measure.between(first, max(first, shut))
                first = min(opened, self.start)
        return bool(passed + measure.between(first, self.start) <= self.limits.limit)
