"""What one incident gives to the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from sevclass.incident import events as e
from tests.figure_oracle.incidents import Incident

TICK = timedelta(microseconds=1)


def seconds(length: timedelta) -> Fraction:
    return Fraction(length // TICK, 10**6)


def response(incident: Incident) -> datetime | None:
    """The end of the initial response (7)."""
    is_closed = False
    for event in incident.events:
        match event:
            case e.Closed() | e.Reopened():
                is_closed = isinstance(event, e.Closed)
            case e.Acknowledged() | e.Resolved() | e.UpdateSent(audience="customers") if not is_closed:
                return event.at
    return None


def resolution(incident: Incident) -> datetime | None:
    """The last resolution, if it is not open again (18)."""
    resolved = incident.of(e.Resolved)
    return resolved[-1].at if resolved and not incident.is_open else None


def fix(incident: Incident) -> datetime | None:
    fixed = incident.of(e.Fixed)
    return fixed[-1].at if fixed else None


def waited(incident: Incident) -> timedelta:
    """The union of the waits (8)."""
    total, waits, since = timedelta(), set[str | None](), incident.opened_at
    for event in incident.events:
        if waits:
            total += event.at - since
        since = event.at
        match event:
            case e.Waiting():
                waits |= {event.on}
            case e.Resumed() if event.on in waits:
                waits -= {event.on}
            case e.Resumed() | e.Resolved() | e.Closed():
                waits = set()
    return total


def updates_on_time(incident: Incident) -> int:
    """How many updates ended an interval in time (4, 19)."""
    count = 0
    for place, event in enumerate(incident.events):
        if isinstance(event, e.UpdateSent) and event.audience == "customers":
            (clock,) = [clock for clock in incident.before(place).clocks if clock.clock == "status_update"]
            is_late = any(late.done_at is None for late in clock.late)
            count += clock.state in {"on_track", "at_risk", "paused"} and not is_late
    return count


def kept(incident: Incident, kind: str) -> tuple[int, int]:
    """Of the clocks of a kind: how many are met, of how many that count (19)."""
    clocks = [clock for clock in incident.state.clocks if clock.clock == kind]
    if kind == "status_update":
        met = updates_on_time(incident)
        return met, met + sum(len(clock.late) for clock in clocks)
    met = sum(clock.state == "met" for clock in clocks)
    return met, sum(clock.state in {"met", "missed", "breached"} or clock.breached_at is not None for clock in clocks)


def answers(incident: Incident) -> list[int]:
    """The scores that count (15)."""
    said: dict[str | int, int] = {}
    for place, event in enumerate(incident.of(e.Satisfaction)):
        said[place if event.customer is None else event.customer] = event.score
    return list(said.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """An action: what it says, since when it is done (or not), and when it was last spoken of."""

    text: str | None
    state: str
    limit_at: datetime | None
    since: datetime
    told_at: datetime


def deeds(incident: Incident) -> list[Deed]:
    """The actions, less promises to customers and the dropped ones."""
    words: dict[str | int, list[e.Action]] = {}
    for place, event in enumerate(incident.of(e.Action)):
        words.setdefault(place if event.id is None else event.id, []).append(event)
    found = []
    for said, standing in zip(words.values(), incident.state.actions, strict=True):
        others = [place for place, event in enumerate(said) if event.state != said[-1].state]
        since = said[others[-1] + 1 if others else 0].at
        found.append(
            Deed(
                text=standing.text,
                state=standing.state,
                limit_at=standing.limit_at,
                since=since,
                told_at=said[-1].at,
            )
        )
    kinds = [standing.kind for standing in incident.state.actions]
    asked = [deed for deed, kind in zip(found, kinds, strict=True) if kind != "promise"]
    return [deed for deed in asked if deed.state != "dropped"]
