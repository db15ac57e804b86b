"""What each event changed: the severity and why, who is newly needed and who may go, and the instants that moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, TypeAlias

from sevclass.classification import Part, RosterRow
from sevclass.incident.clocks import Clocks
from sevclass.incident.countdown import FAR
from sevclass.incident.course import Course, Phase
from sevclass.incident.events import BaseEvent, Event, Opened
from sevclass.incident.rules import Rules
from sevclass.incident.timeline import Item
from sevclass.incident.track import Kind, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Part):
    """A clock whose limit is another now; null where none is owed."""

    clock: Kind
    role: str | None
    was: datetime | None
    becomes: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Part):
    """What an event changed."""

    at: datetime
    event: str
    by: str | None
    phase: Phase
    severity: int
    """In force after it."""
    was: int | None
    """In force before it; null at the opening."""
    classified: int
    """What the facts give."""
    lapsed: bool
    """Whether an override lapsed by it."""
    gained: tuple[str, ...]
    """Criteria that are met by it."""
    lost: tuple[str, ...]
    needed: tuple[RosterRow, ...]
    """Who is newly needed."""
    stand_down: tuple[RosterRow, ...]
    """Who may go."""
    war_room: bool
    """Whether one is called for after it."""
    moved: tuple[Moved, ...]


class Happening(NamedTuple):
    """An event that counts, and what it changed; None: nothing."""

    event: Event
    change: Change | None


_Limits: TypeAlias = Mapping[tuple[Kind, str | None], datetime | None]


class _Standing(NamedTuple):
    severity: int
    classified: int
    phase: Phase
    waits: tuple[str, ...]
    is_pending: bool
    criteria: tuple[str, ...]
    roster: tuple[RosterRow, ...]
    war_room: bool
    limits: _Limits


def history(rules: Rules, opened: Opened, items: Sequence[Item]) -> Iterator[Happening]:
    """Go through the events once more, and tell what each that counts has changed."""
    course = Course(rules, opened)
    before: _Standing | None = None
    for place, event in items:
        if not course.take(event, place):
            continue
        after = _standing(course, event.at, before.limits if before else {})
        # Before the opening there is nothing of what is compared.
        was = before or after._replace(severity=0, criteria=(), roster=(), limits={})
        yield Happening(event, None if after == before else _change(course, event, was, after))
        before = after


def _standing(course: Course, at: datetime, limits: _Limits) -> _Standing:
    evaluator, facts, severity = course.rules.evaluator, course.said.facts, course.severity
    return _Standing(
        severity=severity,
        classified=course.in_force.classified,
        phase=course.phase,
        waits=tuple(course.waits),
        is_pending=course.in_force.pending is not None,
        criteria=tuple(evaluator.criteria[place].id for place, _ in evaluator.hits(course.in_force.reached)),
        roster=evaluator.roster(severity, facts),
        war_room=evaluator.war_room(severity, facts).activate,
        limits={(track.kind, track.role): _limit(course.clocks, track, at, limits) for track in course.clocks.tracks},
    )


def _limit(clocks: Clocks, track: Track, at: datetime, before: _Limits) -> datetime | None:
    """By when it is owed. While it stands still, as it was: it moves when it goes on."""
    if clocks.is_closed or not track.is_owed:
        return None
    if track.gate.shut_at is not None:
        return before.get((track.kind, track.role))
    limit_at = track.limit(at)
    return None if limit_at == FAR else limit_at


def _change(course: Course, event: BaseEvent, before: _Standing, after: _Standing) -> Change:
    was, is_ = {row.role: row for row in before.roster}, {row.role: row for row in after.roster}
    clocks = dict.fromkeys((*before.limits, *after.limits))
    return Change(
        at=event.at,
        event=getattr(event, "event"),  # noqa: B009 - each kind has its own
        by=event.by,
        phase=after.phase,
        severity=after.severity,
        was=before.severity or None,
        classified=after.classified,
        lapsed=course.lapsed,
        gained=tuple(id_ for id_ in after.criteria if id_ not in before.criteria),
        lost=tuple(id_ for id_ in before.criteria if id_ not in after.criteria),
        needed=tuple(row for role, row in is_.items() if role not in was),
        stand_down=tuple(row for role, row in was.items() if role not in is_),
        war_room=after.war_room,
        moved=tuple(
            Moved(clock=clock, role=role, was=old, becomes=new)
            for clock, role in clocks
            if (old := before.limits.get((clock, role))) != (new := after.limits.get((clock, role)))
        ),
    )
