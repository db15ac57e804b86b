"""What a plan looks like: the lines of the checklist, and all of it as one result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, get_type_hints

from sevclass.classification import PackRef, Part, WarRoom
from sevclass.incident.course import Phase
from sevclass.incident.records import WarRoomState
from sevclass.incident.schemas import schema_of
from sevclass.playbook.deeds import Done, OtherStep
from sevclass.playbook.updates import Instant
from sevclass.results import Result
from sevclass.scales import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Part):
    """An id and its text."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Part):
    """Something to do: on which track, who does it, by when, and that it is done (null: it is not)."""

    id: str
    text: str
    track: str
    owner: str
    person: str | None
    clock: str | None
    due: datetime | None
    limit_at: datetime | None
    done: Done | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Part):
    """A fact that answers a question: its value, what that means, and whether it may be more (of a sum)."""

    fact: str
    value: Value
    means: str | None
    at_least: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked(Part):
    """A question: whether it is answered, what is known so far, and the event that answers it."""

    id: str
    text: str
    answered: bool
    answers: tuple[Answer, ...]
    known: Done | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPhase(Part):
    """A phase: from when to when (null: not known, or open-ended), and what belongs to it."""

    id: str
    text: str
    after: Literal["opening", "resolution"]
    from_s: int
    to_s: int | None
    begins_at: datetime | None
    ends_at: datetime | None
    is_now: bool
    questions: tuple[Asked, ...]
    items: tuple[Item, ...]
    exit: tuple[Line, ...]


class Plan(Result):
    """What is done about an incident, phase by phase. Immutable; `==` compares all that `model_dump` shows."""

    PARTS: ClassVar[tuple[str, ...]] = (
        "id",
        "title",
        "severity",
        "name",
        "opened_at",
        "now",
        "stands",
        "phase",
        "war_room",
        "war_room_state",
        "tracks",
        "phases",
        "customers",
        "other_steps",
        "instants",
        "written_at",
        "events",
        "pack",
    )
    id: str | None
    title: str | None
    severity: int
    name: str
    """Of the severity."""
    opened_at: datetime | None
    now: datetime | None
    stands: Phase | None
    """How far the incident has come; null where only its facts are known."""
    phase: str | None
    """The phase it is in at `now`; null where that is not known, or none is left."""
    war_room: WarRoom
    war_room_state: WarRoomState | None
    tracks: tuple[Line, ...]
    phases: tuple[PlannedPhase, ...]
    customers: tuple[Line, ...]
    """What customers must be told at the resolution."""
    other_steps: tuple[OtherStep, ...]
    """Steps that were done and that are not in this plan."""
    instants: tuple[Instant, ...]
    """What is still owed, in the order of time."""
    written_at: datetime | None
    """When the last event happened."""
    events: int
    """How many events of the log count."""
    pack: PackRef

    def __init__(self, **parts: Any) -> None:
        vars(self).update(parts)

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything that is to be done."""
        return tuple(item for phase in self.phases for item in phase.items)

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """The JSON Schema of `model_dump`."""
        hints = get_type_hints(cls)
        return schema_of(cls.__name__, [("schema", Literal[1]), *((part, hints[part]) for part in cls.PARTS)])

    def __hash__(self) -> int:
        return hash((self.id, self.now, self.severity, self.phases))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restored, (dict(vars(self)),)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id!r} severity={self.severity} {self.phase} at {self.now}>"


def _restored(parts: Mapping[str, Any]) -> Plan:
    return Plan(**parts)
