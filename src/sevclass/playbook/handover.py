"""The handover sheet: what whoever takes over an incident has to know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sevclass.api import Pack
from sevclass.classification import Part
from sevclass.incident import IncidentState
from sevclass.incident.readings import Clock
from sevclass.incident.records import ActionState
from sevclass.incident.state import FactSaid, Wait
from sevclass.playbook.directory import Directory
from sevclass.playbook.room import Room, room_of
from sevclass.playbook.room_log import Decision, room_log
from sevclass.scales import SumOf, Value

SECTIONS: Mapping[str, str] = {
    "status": "Status",
    "clocks": "Clocks",
    "people": "People",
    "decisions": "Decisions",
    "actions": "Open actions and promises",
    "known": "Known",
    "unknown": "Unknown",
    "next": "Next",
}
"""The parts of the sheet, and their headings where a pack has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFact(Part):
    """A fact that is known: its value, who says so and when; others may say something else."""

    fact: str
    value: Value
    source: str
    at: datetime
    differs: tuple[str, ...]
    """The sources that say something else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownFact(Part):
    """A fact that is not known, and the question that finds it out."""

    fact: str
    ask: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upcoming(Part):
    """Something that is due, and when: a clock (with its role), an action (with its owner), or the room's cadence."""

    at: datetime
    what: str
    who: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet(Part):
    """A handover sheet; `headings` are in the order in which the parts are to be read."""

    id: str | None
    title: str | None
    now: datetime
    opened_at: datetime
    phase: str
    severity: int
    severity_name: str
    could_be: int
    waiting: tuple[Wait, ...]
    clocks: tuple[Clock, ...]
    room: Room | None
    people: Mapping[str, str | None]
    decisions: tuple[Decision, ...]
    actions: tuple[ActionState, ...]
    known: tuple[KnownFact, ...]
    unknown: tuple[UnknownFact, ...]
    next: tuple[Upcoming, ...]
    headings: Mapping[str, str]


def sheet_of(state: IncidentState, pack: Pack, directory: Directory | None = None) -> Sheet:
    """The sheet of an incident. `pack` is the one that the state was read under, in any of its languages."""
    document = pack._engine.document  # noqa: SLF001 - the package's own
    room = room_of(state, pack, directory)
    written = document.get("war_room_setup", {}).get("handover", {})
    return Sheet(
        id=state.id,
        title=state.title,
        now=state.now,
        opened_at=state.opened_at,
        phase=state.phase,
        severity=state.severity.in_force,
        severity_name=pack.severities[state.severity.in_force],
        could_be=state.severity.could_be,
        waiting=state.waiting,
        clocks=state.clocks,
        room=room,
        people=state.people,
        decisions=room.decisions if room else tuple(room_log(state.log).decisions),
        actions=tuple(action for action in state.actions if action.state == "open"),
        known=tuple(_known(fact, said, state) for fact, said in state.facts.items()),
        unknown=tuple(
            UnknownFact(fact=fact, ask=document["facts"][fact].get("ask", fact))
            for fact, scale in pack._engine.evaluator.scales.items()  # noqa: SLF001 - the package's own
            if fact not in state.facts and not isinstance(scale, SumOf)
        ),
        next=tuple(sorted(_upcoming(state, room), key=lambda found: found.at)),
        headings={**written, **_missing(written)},
    )


def _missing(written: Mapping[str, str]) -> Mapping[str, str]:
    """The headings that a pack does not have: no part is left out."""
    return {part: text for part, text in SECTIONS.items() if part not in written}


def _known(fact: str, said: FactSaid, state: IncidentState) -> KnownFact:
    others = tuple(one.source for one in state.conflicts.get(fact, ()) if one.value != said.value)
    return KnownFact(fact=fact, value=said.value, source=said.source, at=said.at, differs=others)


def _upcoming(state: IncidentState, room: Room | None) -> Iterator[Upcoming]:
    for clock in state.clocks:
        if clock.state in {"on_track", "at_risk", "breached"} and clock.due is not None:
            yield Upcoming(at=clock.due, what=clock.clock, who=clock.role)
    for action in state.actions:
        if action.state == "open" and action.limit_at is not None:
            yield Upcoming(at=action.limit_at, what=action.text or action.id or action.kind, who=action.owner)
    if room is not None:
        found = (("rotation", room.cadence.next_rotation), ("handover", room.cadence.next_handover))
        yield from (Upcoming(at=at, what=what, who=None) for what, at in found if at is not None)
        update = room.cadence.next_update
        if update is not None and all(c.due != update for c in state.clocks if c.clock == "status_update"):
            yield Upcoming(at=update, what="war_room_update", who=None)
