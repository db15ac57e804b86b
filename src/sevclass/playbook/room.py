"""The war room of an incident: its channel, who holds which position, what was decided, its cadence and protocols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, TypeAlias

from sevclass.api import Pack
from sevclass.classification import Part, RosterRow, WarRoom, facts_of
from sevclass.facts import FactsInput
from sevclass.incident import IncidentState
from sevclass.incident.readings import Clock
from sevclass.playbook.cadence import Cadence, Rhythm, earliest, round_at
from sevclass.playbook.directory import Directory, Filling, NextPerson
from sevclass.playbook.positions import Needed, positions_of
from sevclass.playbook.room_log import Decision, Handover, Holder, RoomLog, room_log
from sevclass.scales import Facts

Standing: TypeAlias = Literal["called_for", "open", "closed"]
_NOBODY = Filling(people=(), next=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Part):
    """A position, the role that takes it, and who fills it: as the log says, or else the directory.

    `on_roster` is false for a role that is called too. `since` and `relieve_at` are known only from the log. Where
    nobody fills it, `next` is who could, and from when.
    """

    position: str
    text: str
    role: str
    role_text: str
    on_roster: bool
    person: str | None
    contact: str | None
    zone: str | None
    source: Literal["log", "directory"] | None
    since: datetime | None
    relieve_at: datetime | None
    next: NextPerson | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol(Part):
    """What everybody in the war room keeps to."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Room(Part):
    """A war room: called for, and for what reasons; open; or closed.

    `channel` is where it is, as the log says, and `to_open` what the pack says to open. `unfilled` are the positions
    that nobody is known to fill; `others` those whom the log has in a role without a position.
    """

    state: Standing
    because: tuple[str, ...]
    channel: str | None
    to_open: str | None
    called_at: datetime | None
    opened_at: datetime | None
    closed_at: datetime | None
    positions: tuple[Position, ...]
    unfilled: tuple[str, ...]
    others: tuple[Holder, ...]
    decisions: tuple[Decision, ...]
    handovers: tuple[Handover, ...]
    cadence: Cadence
    protocols: tuple[Protocol, ...]


class _Incident(NamedTuple):
    """What of an incident has a part in its war room."""

    severity: int
    facts: Facts
    roster: Sequence[RosterRow]
    war_room: WarRoom
    now: datetime | None
    is_open: bool
    """Whether the incident is: once it is resolved nothing is due in its room."""
    update: tuple[datetime | None, datetime | None]
    """When an update is owed by the SLA: what to aim for, and the limit."""
    log: RoomLog
    channel: str | None


def room_of(state: IncidentState, pack: Pack, directory: Directory | None = None) -> Room | None:
    """The war room of an incident with a log; None where none is called for and the log has none.

    `pack` is the one that the state was read under, in any of its languages.
    """
    found = state.war_room_state
    if not state.war_room.activate and found is None:
        return None
    incident = _Incident(
        severity=state.severity.in_force,
        facts={fact: said.value for fact, said in state.facts.items()},
        roster=state.roster,
        war_room=state.war_room,
        now=state.now,
        is_open=state.phase == "open",
        update=_owed(state.clocks),
        log=room_log(state.log),
        channel=found.channel if found else None,
    )
    return _room(incident, pack, directory)


def room_for(
    facts: FactsInput,
    pack: Pack,
    directory: Directory | None = None,
    now: datetime | None = None,
    *,
    opened_at: datetime | None = None,
) -> Room | None:
    """The war room that facts call for, without a log; None where they call for none.

    Who is there is asked of the directory only with `now`. Raises FactsError with every problem of the facts.
    """
    found = pack.classify(facts, opened_at)
    if not found.war_room.activate:
        return None
    sla = found.sla.status_updates
    incident = _Incident(
        severity=found.severity,
        facts=facts_of(found),
        roster=found.roster,
        war_room=found.war_room,
        now=now,
        is_open=True,
        update=(sla.due, sla.limit_at) if sla else (None, None),
        log=RoomLog(called_at=found.sla.opened_at),
        channel=None,
    )
    return _room(incident, pack, directory)


def _owed(clocks: Iterable[Clock]) -> tuple[datetime | None, datetime | None]:
    update = next(clock for clock in clocks if clock.clock == "status_update")
    return (None, None) if update.state in {"met", "missed", "not_owed"} else (update.due, update.limit_at)


def _room(incident: _Incident, pack: Pack, directory: Directory | None) -> Room:
    document = pack._engine.document  # noqa: SLF001 - the package's own
    setup = document.get("war_room_setup", {})
    rhythm = Rhythm(setup.get("cadence", {}))
    log = incident.log
    needed = positions_of(pack).needed(incident.severity, incident.facts, [row.role for row in incident.roster])
    filled = _Filled(incident, pack, directory, rhythm)
    positions = tuple(map(filled.position, needed))
    return Room(
        state=_standing(log),
        because=incident.war_room.because,
        channel=incident.channel,
        to_open=setup.get("channel"),
        called_at=log.called_at,
        opened_at=log.opened_at,
        closed_at=log.closed_at,
        positions=positions,
        unfilled=tuple(position.position for position in positions if position.person is None),
        others=tuple(filled.others(needed)),
        decisions=tuple(log.decisions),
        handovers=tuple(log.handovers),
        cadence=_cadence(incident, rhythm, positions),
        protocols=tuple(Protocol(id=id_, text=text) for id_, text in setup.get("protocols", {}).items()),
    )


def _standing(log: RoomLog) -> Standing:
    if log.closed_at is not None:
        return "closed"
    return "called_for" if log.opened_at is None else "open"


class _Filled:
    """Says who fills a position."""

    def __init__(self, incident: _Incident, pack: Pack, directory: Directory | None, rhythm: Rhythm) -> None:
        self._log, self._now, self._rhythm = incident.log, incident.now, rhythm
        self._runs = incident.is_open and _standing(incident.log) == "open"
        self._directory = directory
        self._roles = pack._engine.document.get("roles", {})  # noqa: SLF001 - the package's own
        self._covers = positions_of(pack).covers

    def position(self, needed: Needed) -> Position:
        """A position, and who fills it."""
        holder = self._holder(needed)
        filling = self._filling(needed.role)
        person = holder.person if holder else None
        there = filling.people[0] if filling.people else None
        contact, zone, coming = None, None, None
        if person is not None:
            contact = self._directory.contact(person) if self._directory else None
        elif holder is None and there:
            person, contact, zone = there.name, there.contact, there.zone
        else:
            coming = filling.next or self._at_once(filling)
        return Position(
            position=needed.position,
            text=needed.text,
            role=needed.role,
            role_text=self._roles[needed.role],
            on_roster=needed.on_roster,
            person=person,
            contact=contact,
            zone=zone,
            source="log" if holder else "directory" if there else None,
            since=holder.since if holder else None,
            relieve_at=self._relief(holder),
            next=coming,
        )

    def others(self, needed: Sequence[Needed]) -> Iterator[Holder]:
        """Whom the log has elsewhere. That nobody has what is a position is shown there."""
        shown = list(filter(None, map(self._holder, needed)))
        named = {name for one in needed for name in (one.position, one.role)}
        for holder in self._log.holders.values():
            if holder not in shown and (holder.person is not None or holder.role not in named):
                yield holder

    def _holder(self, needed: Needed) -> Holder | None:
        """Whom the log has in the position itself, or else in the role; somebody before nobody."""
        held = [self._log.holders[name] for name in (needed.position, needed.role) if name in self._log.holders]
        return next((holder for holder in held if holder.person is not None), held[0] if held else None)

    def _filling(self, role: str) -> Filling:
        if self._directory is None or self._now is None:
            return _NOBODY
        return self._directory.filling(role, self._now, self._covers)

    def _at_once(self, filling: Filling) -> NextPerson | None:
        """Somebody who could from now on: there is a word in the log that nobody fills the role."""
        if not filling.people or self._now is None:
            return None
        first = filling.people[0]
        return NextPerson(name=first.name, contact=first.contact, zone=first.zone, role=first.role, from_at=self._now)

    def _relief(self, holder: Holder | None) -> datetime | None:
        """When somebody is to be relieved: by how long they are there in an open room."""
        opened_at = self._log.opened_at
        if holder is None or holder.person is None or opened_at is None or not self._runs:
            return None
        return self._rhythm.relief_at(max(holder.since, opened_at))


def _cadence(incident: _Incident, rhythm: Rhythm, positions: Sequence[Position]) -> Cadence:
    log, now = incident.log, incident.now
    due, limit_at = incident.update
    next_rotation = next_handover = None
    if log.closed_at is not None or not incident.is_open:
        due = limit_at = None
    elif log.opened_at is not None and now is not None:
        own_due, own_limit = rhythm.update_at(max(log.updated_at or log.opened_at, log.opened_at))
        due, limit_at = earliest(due, own_due), earliest(limit_at, own_limit)
        relief = earliest(*(position.relieve_at for position in positions))
        next_rotation = relief or round_at(log.opened_at, now, rhythm.rotate)
        next_handover = round_at(log.opened_at, now, rhythm.handover)
    written = rhythm.written
    return Cadence(
        updates=written.get("updates"),
        rotate=written.get("rotate"),
        handover=written.get("handover"),
        next_update=due,
        update_limit_at=limit_at,
        next_rotation=next_rotation,
        next_handover=next_handover,
    )
