"""How an incident stands at an instant: every part worked out when it is first read, and then kept."""

from __future__ import annotations

from collections.abc import Mapping, Set as AbstractSet
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Literal, get_type_hints

from sevclass.classification import PackRef, Part, RosterRow, WarRoom
from sevclass.incident.course import NOBODY, Course, Phase
from sevclass.incident.due import DueRow, due_rows, worst_first
from sevclass.incident.event_problems import in_order
from sevclass.incident.facts_said import Said
from sevclass.incident.history import Change, Happening, history
from sevclass.incident.readings import Clock, Next, first, read
from sevclass.incident.records import ActionState, WarRoomState
from sevclass.incident.timeline import Timeline
from sevclass.problems import Problem
from sevclass.results import Result
from sevclass.scales import Value

if TYPE_CHECKING:
    from sevclass.incident.known import KnownIssue, KnownIssues, Runbook  # a start need not wait for its models


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideInForce(Part):
    """A decision on the severity: who made it, why and when."""

    severity: int | None
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Severities(Part):
    """The severity in force, what the facts give and could still give, and the decision that overrides them."""

    in_force: int
    classified: int
    could_be: int
    override: OverrideInForce | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSaid(Part):
    """A fact, and who is believed about it."""

    value: Value
    source: str
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait(Part):
    """A wait that is going on: whom for (null: nobody is named), and since when."""

    on: str | None
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StruckEvent(Part):
    """An event that was taken back: it counts as unwritten, and stays shown."""

    event: Mapping[str, Any]
    by: str | None
    reason: str
    at: datetime


class IncidentState(Result):
    """How an incident stands at `now`. Immutable; `==` compares all that `model_dump` shows."""

    PARTS: ClassVar[tuple[str, ...]] = (
        "id",
        "pack",
        "now",
        "title",
        "opened_at",
        "phase",
        "severity",
        "pending",
        "facts",
        "conflicts",
        "customers",
        "waiting",
        "clocks",
        "next",
        "war_room",
        "war_room_state",
        "roster",
        "people",
        "actions",
        "spent",
        "history",
        "struck",
        "problems",
    )
    """The parts, in the order of the JSON."""
    KNOWN: ClassVar[tuple[str, ...]] = ("known_issues", "runbooks")
    """The parts that follow where it was told what is known."""
    CLOCK: ClassVar = frozenset(
        {"schema", "id", "pack", "now", "severity", "clocks", "next", "war_room", "roster", "problems", *KNOWN}
    )
    """Those that `sevclass clock` shows."""

    def __init__(
        self, course: Course, timeline: Timeline, now: datetime, id: str | None, known: KnownIssues | None = None
    ) -> None:
        parts = self.PARTS if known is None else (*self.PARTS, *self.KNOWN)
        vars(self).update(_course=course, _timeline=timeline, now=now, id=id, _known=known, _parts=parts)

    id: str | None
    now: datetime
    _course: Course
    _timeline: Timeline
    _known: KnownIssues | None
    _parts: tuple[str, ...]

    @cached_property
    def pack(self) -> PackRef:
        """Which pack it is read under."""
        return self._course.rules.ref

    @cached_property
    def title(self) -> str | None:
        """What it is called."""
        return self._course.opened.title

    @cached_property
    def opened_at(self) -> datetime:
        """When it was opened."""
        return self._course.opened_at

    @cached_property
    def phase(self) -> Phase:
        """`open`, `resolved`, `closed`, or `withdrawn`: closed without a resolution."""
        return self._course.phase

    @cached_property
    def severity(self) -> Severities:
        """The severity in force, with what the facts give beside it."""
        in_force, ruling = self._course.in_force, self._course.in_force.ruling
        override = ruling and OverrideInForce(
            severity=ruling.severity, by=ruling.by, reason=ruling.reason, at=ruling.at
        )
        return Severities(
            in_force=in_force.severity,
            classified=in_force.classified,
            could_be=self._course.rules.evaluator.severity(self._course.said.facts, "worst"),
            override=override,
        )

    @cached_property
    def pending(self) -> OverrideInForce | None:
        """A decision that waits until somebody approves it."""
        found = self._course.in_force.pending
        if found is None:
            return None
        return OverrideInForce(severity=found.severity, by=found.by, reason=found.reason, at=found.at)

    @cached_property
    def facts(self) -> Mapping[str, FactSaid]:
        """The facts that are known, in the pack's order, and who said so."""
        said = self._course.said
        believed = ((fact, said.believed(fact)) for fact in said.facts)
        return {fact: _said(found) for fact, found in believed if found}

    @cached_property
    def conflicts(self) -> Mapping[str, tuple[FactSaid, ...]]:
        """The facts of which sources say different things, and what each says."""
        return {fact: tuple(map(_said, said)) for fact, said in self._course.said.conflicts().items()}

    @cached_property
    def customers(self) -> tuple[str, ...]:
        """The customers that are known to be affected."""
        return tuple(self._course.customers)

    @cached_property
    def waiting(self) -> tuple[Wait, ...]:
        """The waits that are going on."""
        return tuple(Wait(on=None if on == NOBODY else on, since=since) for on, since in self._course.waits.items())

    @cached_property
    def clocks(self) -> tuple[Clock, ...]:
        """Every clock: what is owed, by when, and how it stands."""
        return tuple(self._course.at_closing) if self._course.clocks.is_closed else read(self._course.clocks, self.now)

    @cached_property
    def next(self) -> Next | None:
        """What has to be done first."""
        return first(self.clocks)

    @cached_property
    def due(self) -> tuple[DueRow, ...]:
        """What is at risk, late or overdue, worst first, and who is to be told."""
        return tuple(worst_first(due_rows(self._course, self.id, self.now)))

    @cached_property
    def actions(self) -> tuple[ActionState, ...]:
        """What is to be done, or was."""
        return self._course.records.actions

    @cached_property
    def people(self) -> Mapping[str, str | None]:
        """Role -> who fills it; null where nobody does any more."""
        return dict(self._course.records.people)

    @cached_property
    def war_room_state(self) -> WarRoomState | None:
        """The war room itself: open or closed, and its channel; null if the log says nothing of it."""
        return self._course.records.war_room

    @cached_property
    def war_room(self) -> WarRoom:
        """Whether a war room is called for, and why."""
        return self._course.rules.evaluator.war_room(self._course.severity, self._course.said.facts)

    @cached_property
    def roster(self) -> tuple[RosterRow, ...]:
        """Who must come."""
        return self._course.rules.evaluator.roster(self._course.severity, self._course.said.facts)

    @cached_property
    def spent(self) -> Mapping[int, int]:
        """Severity -> the seconds that it was in force while the incident was open."""
        return {severity: int(time.total_seconds()) for severity, time in sorted(self._course.spent.items())}

    @cached_property
    def log(self) -> tuple[Happening, ...]:
        """Every event that counts, in order, and what it changed. The JSON has only the changes, as `history`."""
        return tuple(history(self._course.rules, self._course.opened, self._timeline.items))

    @cached_property
    def history(self) -> tuple[Change, ...]:
        """Every change, and what it changed."""
        return tuple(change for _, change in self.log if change)

    @cached_property
    def struck(self) -> tuple[StruckEvent, ...]:
        """What was taken back, by whom and why."""
        return tuple(
            StruckEvent(
                event=item.event.model_dump(mode="json", by_alias=True, exclude_unset=True),
                by=strike.by,
                reason=strike.reason,
                at=strike.at,
            )
            for item, strike in self._timeline.struck
        )

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What was set aside or is out of order, in the order of the log."""
        return in_order((*self._timeline.problems, *self._course.problems))

    @cached_property
    def known_issues(self) -> tuple[KnownIssue, ...]:
        """The known issues that the facts reach, or that the incident or its cause names."""
        return self._known.matching(self._course.said.facts, self._named) if self._known else ()

    @cached_property
    def runbooks(self) -> tuple[Runbook, ...]:
        """The runbooks of these known issues, and those that the facts reach."""
        return self._known.runbooks(self._course.said.facts, self._named) if self._known else ()

    @property
    def _named(self) -> set[str]:
        """The id of the incident, and that of the known issue that was last said to be behind it."""
        cause = self._course.records.cause
        return {id_ for id_ in (self.id, cause.known_issue if cause else None) if id_ is not None}

    @classmethod
    def model_json_schema(cls, *, include: AbstractSet[str] | None = None) -> dict[str, Any]:
        """The JSON Schema of `model_dump`, with the same `include`."""
        from sevclass.incident import known, schemas

        own = get_type_hints(cls, localns=vars(known))
        parts = (*cls.PARTS, *cls.KNOWN)
        found = {p: own.get(p) or get_type_hints(vars(cls)[p].func, localns=vars(known))["return"] for p in parts}
        found["problems"] = schemas.PROBLEMS
        whole = {"schema": Literal[1], **found}
        # What is known is there only where somebody has said where to look.
        fields: list[Any] = [
            (key, kind, field(default=())) if key in cls.KNOWN else (key, kind)
            for key, kind in whole.items()
            if include is None or key in include
        ]
        return schemas.schema_of("IncidentClocks" if include else cls.__name__, fields)

    def _keys(self) -> tuple[str, ...]:
        return self._parts

    def __hash__(self) -> int:
        return hash((self.id, self.now, self.severity, self.clocks))

    def __reduce__(self) -> tuple[Any, ...]:
        kept = ("_parts", *self.PARTS, *self.KNOWN, "due", "log")
        return _restored, ({part: getattr(self, part) for part in kept},)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id!r} severity={self.severity.in_force} {self.phase} at {self.now}>"

    def _shape(self, include: AbstractSet[str] | None = None) -> dict[str, Any]:
        shape = super()._shape(include)
        return shape | {"problems": [p.model_dump() for p in self.problems]} if "problems" in shape else shape


def _restored(parts: Mapping[str, Any]) -> IncidentState:
    state = IncidentState.__new__(IncidentState)
    vars(state).update(parts)
    return state


def _said(said: Said) -> FactSaid:
    return FactSaid(value=said.value, source=said.source, by=said.by, at=said.at)
