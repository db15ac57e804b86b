"""What is on record beside facts and clocks: actions, who fills which role, the war room, and who was told of what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from sevclass.classification import Part
from sevclass.incident import events as e
from sevclass.incident.countdown import FAR


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionState(Part):
    """Something to be done, as it stands; it is overdue after `limit_at`."""

    id: str | None
    text: str | None
    owner: str | None
    due: date | datetime | None
    state: str
    kind: str
    customer: str | None

    @property
    def limit_at(self) -> datetime | None:
        """The instant it is due at; of a day its end, in UTC."""
        if self.due is None or isinstance(self.due, datetime):
            return self.due
        if self.due == date.max:
            return FAR
        return datetime.combine(self.due, time(), UTC) + timedelta(days=1)


_NEW = ActionState(id=None, text=None, owner=None, due=None, state="open", kind="prevention", customer=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class WarRoomState(Part):
    """The war room itself, as the log has it."""

    state: str
    channel: str | None


class Acted(NamedTuple):
    """What became of an action: the last word of it, what that refers to, and when it was done."""

    at: datetime
    ref: str | None
    done_at: datetime | None


class Records:
    """What an incident's log has of it."""

    __slots__ = ("_acted", "_actions", "cause", "people", "told", "war_room")

    def __init__(self) -> None:
        self._actions: dict[str | int, ActionState] = {}
        self._acted: dict[str | int, Acted] = {}
        self.cause: e.Cause | None = None
        """What was behind it, by the last word."""
        self.people: dict[str, str | None] = {}
        """Role -> who fills it."""
        self.war_room: WarRoomState | None = None
        self.told: list[tuple[datetime, str, str]] = []
        """When a role was told of a clock: the instant, the clock and the role."""

    @property
    def actions(self) -> tuple[ActionState, ...]:
        """Everything that was to be done, in the order in which it came up."""
        return tuple(self._actions.values())

    @property
    def acted(self) -> Iterator[tuple[ActionState, Acted]]:
        """The same, each with what became of it."""
        return zip(self._actions.values(), self._acted.values(), strict=True)

    def act(self, event: e.Action) -> None:
        """Something is to be done, or something is new about it: what is not said stays."""
        key = event.id if event.id is not None else len(self._actions)
        old, acted = self._actions.get(key, _NEW), self._acted.get(key)
        done_at = acted.done_at if acted and old.state == "done" else event.at
        self._acted[key] = Acted(
            at=event.at,
            ref=event.ref or (acted.ref if acted else None),
            done_at=done_at if event.state == "done" else None,
        )
        self._actions[key] = ActionState(
            id=event.id,
            text=event.text or old.text,
            owner=event.owner or old.owner,
            due=event.due or old.due,
            state=event.state,
            kind=event.kind or old.kind,
            customer=event.for_ or old.customer,
        )

    def tell(self, at: datetime, about: str, role: str) -> None:
        """A role was told of a clock."""
        self.told.append((at, about, role))
