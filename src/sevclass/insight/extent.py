"""How far an incident went: its worst severity, how long it took, whom it reached, and what it met on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sevclass.api import Pack
from sevclass.classification import Part
from sevclass.incident import IncidentState
from sevclass.incident.course import Course
from sevclass.incident.events import Cause, Opened, Resolved
from sevclass.incident.rules import rules_of
from sevclass.insight.reach import Reach
from sevclass.scales import Floor, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent(Part):
    """What is to be said of an incident as a whole."""

    severity: int
    """The worst that was in force."""
    reported_at: datetime
    resolved_at: datetime | None
    """The last resolution, if it stands."""
    customers: int | None
    """How many were impaired at once at most, or are named if those are more; None: nobody says."""
    at_least: bool
    """Whether a part of them is unknown."""
    cause: str | None
    known_issue: str | None
    floors: frozenset[tuple[tuple[str, Value], ...]]
    """Every floor of the criteria that was reached, but for those of the mildest severity: nearly all reach them."""

    @property
    def length(self) -> timedelta | None:
        """From the first report to the last resolution."""
        return None if self.resolved_at is None else self.resolved_at - self.reported_at


def extent(state: IncidentState, pack: Pack) -> Extent:
    """How far the incident went up to `state.now`, by the pack that it is read under."""
    rules = rules_of(pack)
    evaluator = rules.evaluator
    events = [event for event, _ in state.log]
    cause = next((event for event in reversed(events) if isinstance(event, Cause)), None)
    resolved = next((event for event in reversed(events) if isinstance(event, Resolved)), None)
    mask, reach, course = 0, Reach(pack), _course(state, pack)
    for event in events:
        course.take(event, "")
        mask |= evaluator.criteria_masks.reached(course.said.facts)
        reach.look(course.said.facts)
    customers, at_least = reach.of(course)
    floors = evaluator.criteria_floors
    mildest = sum(criterion.bits for criterion in evaluator.criteria if criterion.severity == evaluator.mildest)
    told = mask & ~mildest if evaluator.mildest > 1 else mask
    return Extent(
        severity=min(change.severity for change in state.history),
        reported_at=state.opened_at,
        resolved_at=resolved.at if resolved and state.phase in {"resolved", "closed"} else None,
        customers=customers,
        at_least=at_least,
        cause=cause.category if cause else None,
        known_issue=cause.known_issue if cause else None,
        floors=frozenset(_sorted(floor) for place, floor in enumerate(floors) if told >> place & 1),
    )


def _course(state: IncidentState, pack: Pack) -> Course:
    return Course(rules_of(pack), next(event for event, _ in state.log if isinstance(event, Opened)))


def _sorted(floor: Floor) -> tuple[tuple[str, Value], ...]:
    return tuple(sorted(floor.items()))
