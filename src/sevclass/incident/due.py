"""What is due, at risk or late of an incident, and who is to be told: clocks, actions and promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import NamedTuple

from sevclass.classification import Part
from sevclass.incident.course import Course
from sevclass.incident.escalation import Stages
from sevclass.incident.readings import pressing
from sevclass.incident.records import ActionState
from sevclass.incident.track import CLOCKS, Track


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRow(Part):
    """A clock that is at risk or late; what else is overdue is an `ActionRow`. `over_s`: seconds past the limit."""

    id: str | None
    title: str | None
    severity: int
    clock: str
    role: str | None
    state: str
    due: datetime | None
    limit_at: datetime
    over_s: int
    tell: tuple[str, ...]
    """Who is to be told now."""
    told: tuple[str, ...]
    """Who has been told of it."""

    @property
    def is_untold(self) -> bool:
        """Whether somebody is to be told who was not."""
        return not {*self.tell} <= {*self.told}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRow(DueRow):
    """An action or a promise that is overdue; `role` is who owns it."""

    action: str | None
    """Its id."""
    text: str | None
    customer: str | None


class _Late(NamedTuple):
    """What is due of an incident, by which roles it is to be told, and to whom it was."""

    clock: str
    role: str | None
    state: str
    due: datetime | None
    limit_at: datetime
    roles: Sequence[str]
    told: Sequence[str]
    action: ActionState | None = None


def due_rows(course: Course, id: str | None, now: datetime) -> Iterator[DueRow]:
    """The rows of one incident: its clocks in their order, then actions and promises."""
    late = [*_late_clocks(course, now), *_late_actions(course, now)]
    roster = course.rules.evaluator.roster(course.severity, course.said.facts) if late else ()
    lead = roster[0].role if roster else None
    for found in late:
        row = DueRow(
            id=id,
            title=course.opened.title,
            severity=course.severity,
            clock=found.clock,
            role=found.role,
            state=found.state,
            due=found.due,
            limit_at=found.limit_at,
            over_s=max(0, (now - found.limit_at) // timedelta(seconds=1)),
            tell=course.rules.escalation.named(found.roles, lead),
            told=tuple(dict.fromkeys(found.told)),
        )
        yield row if found.action is None else _action_row(row, found.action)


def _action_row(row: DueRow, action: ActionState) -> ActionRow:
    shared = {field.name: getattr(row, field.name) for field in fields(DueRow)}
    return ActionRow(**shared, action=action.id, text=action.text, customer=action.customer)


def _late_clocks(course: Course, now: datetime) -> Iterator[_Late]:
    if course.clocks.is_closed:
        return
    stages = course.rules.escalation.at(course.severity)
    tracks = {(track.kind, track.role): track for track in course.clocks.tracks}
    for clock in pressing(course.clocks, now):
        if clock.limit_at is None:
            continue
        track, names = tracks[clock.clock, clock.role], {clock.clock, f"{clock.clock}:{clock.role}"}
        roles = _roles(stages, track, clock.limit_at, now) if clock.state == "breached" else stages.at_risk
        # Word of an interval that is over is not word of the one that runs.
        since = track.updated_at or course.opened_at
        told = [role for at, about, role in course.records.told if about in names and at >= since]
        yield _Late(clock.clock, clock.role, clock.state, clock.due, clock.limit_at, roles, told)


def _late_actions(course: Course, now: datetime) -> Iterator[_Late]:
    roles = course.rules.escalation.at(course.severity).breached
    for action in course.records.actions:
        if action.state == "open" and action.limit_at is not None and action.limit_at < now:
            kind = "promise" if action.kind == "promise" else "action"
            # Word of all actions is word of those that were overdue then; what is called as a clock is that.
            told = [
                role
                for at, about, role in course.records.told
                if (about == action.id and about not in CLOCKS) or (about == kind and at > action.limit_at)
            ]
            yield _Late(kind, action.owner, "breached", action.limit_at, action.limit_at, roles, told, action)


def worst_first(rows: Iterable[DueRow]) -> list[DueRow]:
    """Late before at risk, then by severity, then what was or is owed first."""
    return sorted(rows, key=lambda row: (row.state != "breached", row.severity, row.limit_at))


def _roles(stages: Stages, track: Track, limit_at: datetime, now: datetime) -> Sequence[str]:
    """Who is told of a clock that is past its limit: by the last stage that it has come to."""
    found, latest = stages.breached, limit_at
    for step in stages.past:
        at = track.beyond(limit_at, step.times) if step.measure is None else step.measure.after(limit_at, step.amount)
        if latest <= at <= now:
            found, latest = step.roles, at
    return found
