"""What can happen to an incident: one model for each kind of event, told apart by `event`. Strict and frozen."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainSerializer,
    Tag,
    TypeAdapter,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from sevclass.instants import instant_text, read_instant
from sevclass.problems import Problem
from sevclass.spec import NAME_PATTERN

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _instant(value: object) -> datetime:
    found = read_instant(value, "")
    if isinstance(found, Problem):
        code: Any = found.code  # a literal text for pydantic
        raise PydanticCustomError(code, "{message}\n{hint}", {"message": found.message, "hint": found.hint or ""})
    return found


def _due(value: object) -> date | datetime:
    """A day, or an instant."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass  # then it is no instant either, which is told
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return _instant(value)


def _due_text(value: date | datetime) -> str:
    return instant_text(value) if isinstance(value, datetime) else value.isoformat()


_INSTANT_SCHEMA = WithJsonSchema({"type": "string", "format": "date-time"})
Instant: TypeAlias = Annotated[datetime, BeforeValidator(_instant), PlainSerializer(instant_text), _INSTANT_SCHEMA]
"""RFC 3339 with a time zone; in UTC once it is read."""
Due: TypeAlias = Annotated[
    date | datetime,
    BeforeValidator(_due),
    PlainSerializer(_due_text),
    WithJsonSchema({"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}),
]
Words: TypeAlias = Annotated[str, Field(min_length=1)]
Name: TypeAlias = Annotated[str, Field(pattern=NAME_PATTERN)]
Severity: TypeAlias = Annotated[int, Field(ge=1, le=99)]
Facts: TypeAlias = dict[str, Any]
"""Fact -> value, null if it is unknown (again); the pack says what fits."""


class PackOpened(BaseModel):
    """The pack that an incident was opened under."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    name: Words
    version: Words
    digest: Words | None = None


PackNamed: TypeAlias = Annotated[
    Annotated[PackOpened, Tag("mapping")] | Annotated[Words, Tag("text")],
    Discriminator(lambda given: "text" if isinstance(given, str) else "mapping"),
]
"""Or its name alone."""


class BaseEvent(BaseModel):
    """What every event has: the instant at which it happened, and where the word of it comes from."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    at: Instant
    by: Words | None = Field(default=None, description="Who wrote it.")
    id: Words | None = Field(default=None, description="So that a later event can name it.")
    source: Words | None = Field(default=None, description="Where it comes from; without one, the team.")
    ref: Words | None = Field(default=None, description="An id or a link elsewhere.")
    logged_at: Instant | None = Field(default=None, description="When it was written, if that was later.")
    incident: Words | None = Field(default=None, description="In a file of many incidents: the one it belongs to.")


class Opened(BaseEvent):
    """The incident was reported."""

    event: Literal["opened"] = "opened"
    title: Words | None = None
    facts: Facts = Field(default={})
    customers: list[Words] = Field(default=[], description="Ids of customers that are affected.")
    pack: PackNamed | None = None

    @property
    def pack_name(self) -> str | None:
        """The name of the pack that it was opened under."""
        return self.pack.name if isinstance(self.pack, PackOpened) else self.pack


class _Noted(BaseEvent):
    note: Words | None = None


class Acknowledged(_Noted):
    """Somebody has answered."""

    event: Literal["acknowledged"] = "acknowledged"


class Mitigated(_Noted):
    """It hurts less, and is not solved."""

    event: Literal["mitigated"] = "mitigated"


class Resolved(_Noted):
    """The customers can work again."""

    event: Literal["resolved"] = "resolved"


class Reopened(_Noted):
    """It was not solved after all."""

    event: Literal["reopened"] = "reopened"


class Fixed(_Noted):
    """The cause is gone for good, perhaps long after."""

    event: Literal["fixed"] = "fixed"


class Closed(_Noted):
    """Nothing more is owed; without a resolution it was a false alarm or a duplicate."""

    event: Literal["closed"] = "closed"


class FactsSaid(BaseEvent):
    """What became known: a patch of the facts."""

    event: Literal["facts"] = "facts"
    facts: Facts = Field(default={})
    customers: list[Words] = Field(default=[], description="Ids, added to those known.")
    settles: bool = Field(default=False, description="Drops what other sources said of these facts.")


class Override(BaseEvent):
    """Somebody decides on another severity; null lifts that."""

    event: Literal["override"] = "override"
    severity: Severity | None
    by: Words = Field(description="Who decides.")  # pyright: ignore[reportIncompatibleVariableOverride] - frozen
    reason: Words
    approved_by: Words | None = None


class UpdateSent(BaseEvent):
    """Word of how it stands was sent."""

    event: Literal["update_sent"] = "update_sent"
    audience: Literal["customers", "executives", "internal"] = "customers"
    customer: Words | None = None
    next: Instant | None = Field(default=None, description="When the following one was promised.")


class Notified(BaseEvent):
    """A role was told: of the incident, or of one of its clocks."""

    event: Literal["notified"] = "notified"
    role: Name
    about: Words | None = Field(default=None, description="The clock it tells of.")


class Reviewed(BaseEvent):
    """The review took place."""

    event: Literal["reviewed"] = "reviewed"


class Waiting(BaseEvent):
    """Work waits for somebody else."""

    event: Literal["waiting"] = "waiting"
    on: Words | None = None


class Resumed(BaseEvent):
    """A wait is over; without `on` all of them."""

    event: Literal["resumed"] = "resumed"
    on: Words | None = None


class Cause(BaseEvent):
    """What was behind it."""

    event: Literal["cause"] = "cause"
    category: Name
    known_issue: Words | None = None


class Satisfaction(BaseEvent):
    """A customer's answer: 4 and 5 are satisfied."""

    event: Literal["satisfaction"] = "satisfaction"
    score: Annotated[int, Field(ge=1, le=5)]
    customer: Words | None = None


class Action(BaseEvent):
    """Something to be done, or how it stands with it."""

    event: Literal["action"] = "action"
    text: Words | None = None
    owner: Words | None = None
    due: Due | None = None
    state: Literal["open", "done", "dropped"] = "open"
    kind: Literal["prevention", "promise", "request"] | None = None
    for_: Words | None = Field(default=None, alias="for", description="The customer.")


class Step(BaseEvent):
    """A step of the response plan is done."""

    event: Literal["step"] = "step"
    item: Words


class Assigned(BaseEvent):
    """Somebody fills a role, or nobody does."""

    event: Literal["assigned"] = "assigned"
    role: Name
    person: Words | None = None


class Decided(BaseEvent):
    """A decision."""

    event: Literal["decided"] = "decided"
    text: Words


class Note(BaseEvent):
    """Anything else worth keeping."""

    event: Literal["note"] = "note"
    text: Words


class WarRoomSet(BaseEvent):
    """The war room was opened or closed."""

    event: Literal["war_room"] = "war_room"
    state: Literal["open", "closed"]
    channel: Words | None = Field(default=None, description="A link, or a name.")


class Struck(BaseEvent):
    """An earlier event was a mistake: it counts as unwritten, and stays shown."""

    event: Literal["struck"] = "struck"
    entry: Words = Field(description="The id of that event.")
    reason: Words


Event: TypeAlias = (
    Opened
    | Acknowledged
    | Mitigated
    | Resolved
    | Reopened
    | Fixed
    | Closed
    | FactsSaid
    | Override
    | UpdateSent
    | Notified
    | Reviewed
    | Waiting
    | Resumed
    | Cause
    | Satisfaction
    | Action
    | Step
    | Assigned
    | Decided
    | Note
    | WarRoomSet
    | Struck
)
EVENTS: TypeAdapter[Event] = TypeAdapter(Annotated[Event, Field(discriminator="event")])
"""Reads an event of any kind."""
KINDS: dict[str, type[BaseEvent]] = {kind.model_fields["event"].default: kind for kind in Event.__args__}
"""`event` -> its model."""
