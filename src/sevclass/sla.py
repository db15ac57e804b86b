"""What is owed and by when: the SLA of a severity, as durations and, with an opening, as instants.

A severity reached stays reached, so an incident owes the earliest of what its severity and every milder one ask for. At
the opening all of them start together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypedDict

from sevclass.calendars import Calendar
from sevclass.classification import Notification, Owed, Sla
from sevclass.covers import Covers
from sevclass.durations import Duration, Target
from sevclass.pack import PackSpec

_CLOCKS = ("initial_response", "status_updates", "resolution")


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """The figures printed for one target, and every figure whose instant may be the earliest."""

    printed: Target
    owed: tuple[Target, ...]


class _Figures(TypedDict):
    target: str
    limit: str
    target_s: int | None
    limit_s: int | None
    due: datetime | None
    limit_at: datetime | None


class SlaTable:
    """A pack's SLA, worked out for each severity."""

    __slots__ = ("_clocks", "_notify", "calendar")

    def __init__(self, spec: PackSpec, covers: Covers, calendar: Calendar) -> None:
        self.calendar = calendar
        severities = range(1, spec.mildest + 1)
        self._clocks: Mapping[int, Mapping[str, Promise | None]] = {
            c: {clock: _promise(spec, clock, c) for clock in _CLOCKS} for c in severities
        }
        self._notify: Mapping[int, tuple[tuple[str, Promise], ...]] = {
            c: tuple(_notify(spec, covers, c)) for c in severities
        }

    def at(self, severity: int, opened_at: datetime | None) -> Sla:
        """The SLA of an incident of that severity, opened at that instant.

        Raises OverflowError if an instant owed lies beyond the year 9999.
        """
        clocks = {
            clock: None if promise is None else Owed(**self._figures(promise, opened_at))
            for clock, promise in self._clocks[severity].items()
        }
        notifications = tuple(
            Notification(role=role, **self._figures(promise, opened_at)) for role, promise in self._notify[severity]
        )
        return Sla(opened_at=opened_at, notifications=notifications, **clocks)

    def _figures(self, promise: Promise, opened_at: datetime | None) -> _Figures:
        target, limit = promise.printed.figures
        return {
            "target": str(target),
            "limit": str(limit),
            "target_s": target.seconds,
            "limit_s": limit.seconds,
            "due": opened_at and self._earliest(opened_at, [figure.target for figure in promise.owed]),
            "limit_at": opened_at and self._earliest(opened_at, [figure.limit for figure in promise.owed]),
        }

    def _earliest(self, start: datetime, durations: Iterable[Duration]) -> datetime:
        """The first instant by which one of the durations has passed; one beyond the year 9999 is not the first."""
        ends: list[datetime] = []
        beyond: OverflowError | None = None
        for duration in durations:
            try:
                ends.append(self.after(start, duration))
            except OverflowError as error:
                beyond = error
        if beyond and not ends:
            raise beyond
        return min(ends)

    def after(self, start: datetime, duration: Duration) -> datetime:
        """The instant at which the duration has passed since `start`, in UTC.

        Raises OverflowError past the year 9999.
        """
        if duration.elapsed is not None:
            return start.astimezone(UTC) + duration.elapsed
        if duration.unit == "bh":
            return self.calendar.after(start, timedelta(hours=duration.amount))
        return self.calendar.after_days(start, duration.amount)


def _milder(spec: PackSpec, severity: int) -> Iterable[int]:
    """The severity and every milder one, worst first."""
    return range(severity, spec.mildest + 1)


def _promise(spec: PackSpec, clock: str, severity: int) -> Promise | None:
    """The severity's own figure, else that of the next milder one that has it."""
    rows = (spec.sla.get(str(s)) for s in _milder(spec, severity))
    owed = tuple(target for row in rows if row and (target := getattr(row, clock)))
    return Promise(printed=owed[0], owed=owed) if owed else None


def _notify(spec: PackSpec, covers: Covers, severity: int) -> Iterable[tuple[str, Promise]]:
    """The roles to be told: of this severity, then of each milder one, less those covered by one there.

    A role owes the earliest figure of those that name it or a role it covers that has no row of its own.
    """
    named = [row.notify if (row := spec.sla.get(str(s))) else {} for s in _milder(spec, severity)]
    rows = covers.standing(named)
    listed = {role for _, role in rows}
    for index, role in rows:
        mine = {role, *(covers.covered_by(role) - listed)}
        owed = (target for row in named for other, target in row.items() if other in mine)
        yield role, Promise(printed=named[index][role], owed=tuple(owed))
