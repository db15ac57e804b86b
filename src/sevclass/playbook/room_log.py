"""What the log of an incident has of its war room: when it opened, who holds what since when, decisions, handovers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sevclass.classification import Part
from sevclass.incident import events as e
from sevclass.incident.history import Happening


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Part):
    """What was decided."""

    at: datetime
    by: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover(Part):
    """A role passed from one to another; null: nobody has it any more."""

    at: datetime
    role: str
    was: str
    person: str | None
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder(Part):
    """Who fills a role, since when; null: nobody does any more."""

    role: str
    person: str | None
    since: datetime


@dataclass(slots=True, kw_only=True)
class RoomLog:
    """All of it; nothing where there is no log."""

    called_at: datetime | None = None
    """Since when a war room is called for; None while none is."""
    opened_at: datetime | None = None
    closed_at: datetime | None = None
    updated_at: datetime | None = None
    """When word of how it stands was last sent to anybody."""
    holders: dict[str, Holder] = field(default_factory=dict)
    """Role, or position, -> who fills it."""
    decisions: list[Decision] = field(default_factory=list)
    handovers: list[Handover] = field(default_factory=list)


def room_log(happenings: Iterable[Happening]) -> RoomLog:
    """Read what happened."""
    log = RoomLog()
    for event, change in happenings:
        if change is not None:
            log.called_at = (log.called_at or change.at) if change.war_room else None
        match event:
            case e.WarRoomSet(state="open"):
                # To say so again moves nothing, unless it was closed.
                log.opened_at = log.opened_at if log.opened_at and not log.closed_at else event.at
                log.closed_at = None
            case e.WarRoomSet():
                log.closed_at = event.at
            case e.Assigned():
                _assign(log, event)
            case e.Decided():
                log.decisions.append(Decision(at=event.at, by=event.by, text=event.text))
            case e.UpdateSent():
                log.updated_at = event.at
            case _:
                pass
    return log


def _assign(log: RoomLog, event: e.Assigned) -> None:
    old = log.holders.get(event.role)
    if old is not None and old.person == event.person:
        return
    if old is not None and old.person is not None:
        handed = Handover(at=event.at, role=event.role, was=old.person, person=event.person, by=event.by)
        log.handovers.append(handed)
    log.holders[event.role] = Holder(role=event.role, person=event.person, since=event.at)
