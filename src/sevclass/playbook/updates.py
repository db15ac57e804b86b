"""When something is to be said or done next: the instants of an incident that belong in a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sevclass.classification import Part
from sevclass.incident import IncidentState, events as e
from sevclass.incident.countdown import FAR
from sevclass.incident.readings import Clock
from sevclass.incident.track import Gate

MOST_UPDATES = 24
"""How many updates are looked ahead at most."""
_DONE = ("met", "missed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instant(Part):
    """Something that is owed: which clock, for updates the how many-th, for notifications who is to be told."""

    clock: str
    role: str | None
    number: int | None
    due: datetime
    limit_at: datetime


def instants(state: IncidentState) -> tuple[Instant, ...]:
    """What is still owed, in the order of time; of the updates each up to the resolution, if all are sent in time."""
    found = list(_owed(state))
    return tuple(sorted(found, key=lambda one: (one.due, one.limit_at)))


def _owed(state: IncidentState) -> Iterator[Instant]:
    running = [clock for clock in state.clocks if clock.state not in _DONE]
    end = max((clock.limit_at for clock in running if clock.clock == "resolution" and clock.limit_at), default=None)
    for clock in running:
        if clock.due is None or clock.limit_at is None:
            continue
        if clock.clock == "status_update":
            yield from _updates(state, clock, clock.due, clock.limit_at, end)
        else:
            yield Instant(clock=clock.clock, role=clock.role, number=None, due=clock.due, limit_at=clock.limit_at)


def _updates(
    state: IncidentState, clock: Clock, due: datetime, limit_at: datetime, end: datetime | None
) -> Iterator[Instant]:
    sent = sum(isinstance(one.event, e.UpdateSent) and one.event.audience == "customers" for one in state.log)
    for number in range(sent + 1, sent + 1 + MOST_UPDATES):
        yield Instant(clock=clock.clock, role=None, number=number, due=due, limit_at=limit_at)
        due, limit_at = _next(state, max(due, state.now))
        if end is None or due >= end:
            return


def _next(state: IncidentState, sent_at: datetime) -> tuple[datetime, datetime]:
    """When the following update is owed after one at that instant."""
    course = state._course  # noqa: SLF001 - the package's own
    ends: Sequence[tuple[datetime, datetime]] = [
        (limits.measure.after(begin, limits.target), limits.measure.after(begin, limits.limit))
        for severity, cadence in course.rules.updates.items()
        if severity >= course.severity
        for begin in (max(sent_at, course.clocks.starts[severity]),)
        for limits in (cadence.at(begin, course.clocks.starts[severity], Gate()),)
    ]
    return min((due for due, _ in ends), default=FAR), min((limit for _, limit in ends), default=FAR)
