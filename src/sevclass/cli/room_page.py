"""The war room and the handover sheet as pages for people: what stands in which section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sevclass.api import Pack
from sevclass.cli import people, standing, words
from sevclass.cli.markdown import code, plain
from sevclass.cli.moments import moment
from sevclass.cli.sections import Line, Section
from sevclass.cli.text import Row
from sevclass.incident import IncidentState
from sevclass.playbook.cadence import Cadence
from sevclass.playbook.handover import Sheet
from sevclass.playbook.room import Position, Room
from sevclass.playbook.room_log import Decision, Handover, Holder

_STATES = {"called_for": "called for, not open yet", "open": "open", "closed": "closed"}


def head(state: IncidentState, pack: Pack) -> Iterator[Row]:
    """The severity and what the incident is called."""
    return standing.head(state, pack.severities)


def title(state: IncidentState, pack: Pack) -> Iterator[str]:
    """The same as Markdown."""
    id_ = "" if state.id is None else f": {code(words.whose(state.id, 0))}"
    yield f"### Severity {plain(words.named(state.severity.in_force, pack.severities))}{id_}"
    yield ""
    called = f"{plain(words.cut(state.title))}. " if state.title else ""
    yield f"{called}{state.phase.capitalize()}, opened {moment(state.opened_at)}; at {moment(state.now)} (UTC)."


def page(found: Sheet | Room | None) -> Iterator[Section]:
    """The sections of what there is to show."""
    if isinstance(found, Sheet):
        yield from _sheet(found)
    elif found is None:
        yield Section(heading="War room", lines=[Line(said=["none is called for"])])
    else:
        yield from _room(found)


def _room(room: Room) -> Iterator[Section]:
    yield Section(heading="War room", lines=[*_standing(room)])
    yield from _filled("Positions", map(_position, room.positions))
    yield from _filled("Also there", map(_holder, room.others))
    yield from _filled("Decisions", map(_decision, room.decisions))
    yield from _filled("Handed over", map(_handed_over, room.handovers))
    yield from _filled("Cadence", _cadence(room.cadence))
    protocols = (Line(name=one.id, note=one.text, has_box=True) for one in room.protocols)
    yield from _filled("Protocols", protocols)


def _filled(heading: str, lines: Iterable[Line]) -> Iterator[Section]:
    """A section that has something in it."""
    if found := [*lines]:
        yield Section(heading=heading, lines=found)


def _standing(room: Room) -> Iterator[Line]:
    since = room.closed_at or room.opened_at or room.called_at
    yield Line(name="state", said=[_STATES[room.state] + (f" since {moment(since)}" if since else "")])
    called = ", ".join(room.because) or "nothing any more"
    yield Line(name="called for by", said=[called])
    if room.channel or room.to_open:
        yield Line(name="channel", said=[room.channel or f"not known; {room.to_open}"])


def _position(one: Position) -> Line:
    role = one.role if one.on_roster else f"{one.role} (not on the roster: called too)"
    return Line(name=one.position, said=[role, *_who(one)], note=one.text)


def _who(one: Position) -> Iterator[str]:
    if one.person is not None:
        yield people.reached(one.person, one.contact)
        if one.source == "directory":
            yield "by the directory"
        if one.since is not None:
            yield f"since {moment(one.since)}"
        if one.relieve_at is not None:
            yield f"to be relieved {moment(one.relieve_at)}"
    elif one.next is not None:
        yield people.coming(one.next)
    elif one.source == "log":
        yield f"nobody since {moment(one.since)}" if one.since else "nobody"
    else:
        yield "nobody is named"


def _holder(one: Holder) -> Line:
    return Line(name=one.role, said=[one.person or "nobody", f"since {moment(one.since)}"])


def _decision(one: Decision) -> Line:
    return Line(name=moment(one.at), said=[_by(one.by)], note=one.text)


def _handed_over(one: Handover) -> Line:
    return Line(name=moment(one.at), said=[f"{one.role}: {one.was} to {one.person or 'nobody'}", _by(one.by)])


def _by(person: str | None) -> str:
    return f"by {person}" if person else ""


def _cadence(found: Cadence) -> Iterator[Line]:
    if found.updates or found.next_update:
        every = f"every {found.updates}" if found.updates else ""
        yield Line(name="updates", said=[every, *_next(found.next_update, found.update_limit_at)])
    if found.rotate:
        yield Line(name="rotation", said=[f"after {found.rotate}", *_next(found.next_rotation)])
    if found.handover:
        yield Line(name="handover", said=[f"every {found.handover}", *_next(found.next_handover)])


def _next(due: datetime | None, limit_at: datetime | None = None) -> Iterator[str]:
    if due is not None:
        yield f"next {moment(due)}"
    if limit_at is not None and limit_at != due:
        yield f"limit {moment(limit_at)}"


def _sheet(sheet: Sheet) -> Iterator[Section]:
    parts = {
        "status": _status,
        "clocks": _clocks,
        "people": _people,
        "decisions": _decisions,
        "actions": _actions,
        "known": _known,
        "unknown": _unknown,
        "next": _upcoming,
    }
    for part, heading in sheet.headings.items():
        yield Section(heading=heading, lines=[*parts[part](sheet)] or [Line(said=["nothing"])])


def _status(sheet: Sheet) -> Iterator[Line]:
    yield Line(name="severity", said=[f"{sheet.severity} {sheet.severity_name}", *_could_be(sheet)])
    yield Line(name="phase", said=[sheet.phase, f"opened {moment(sheet.opened_at)}", f"at {moment(sheet.now)} (UTC)"])
    for wait in sheet.waiting:
        yield Line(name="waiting", said=[f"for {wait.on or 'somebody'}", f"since {moment(wait.since)}"])
    yield from () if sheet.room is None else _standing(sheet.room)


def _could_be(sheet: Sheet) -> Iterator[str]:
    if sheet.could_be < sheet.severity:
        yield f"could still be {sheet.could_be}"


def _clocks(sheet: Sheet) -> Iterator[Line]:
    for clock in sheet.clocks:
        told = [clock.state.replace("_", " "), *_due(clock.due, clock.limit_at)]
        yield Line(name=standing.label(clock), said=told)


def _due(due: datetime | None, limit_at: datetime | None) -> Sequence[str]:
    return standing.by(due, limit_at, moment)


def _people(sheet: Sheet) -> Iterator[Line]:
    if sheet.room is None:
        yield from (Line(name=role, said=[person or "nobody"]) for role, person in sheet.people.items())
    else:
        yield from map(_position, sheet.room.positions)
        yield from map(_holder, sheet.room.others)
        yield from map(_handed_over, sheet.room.handovers)


def _decisions(sheet: Sheet) -> Iterator[Line]:
    return map(_decision, sheet.decisions)


def _actions(sheet: Sheet) -> Iterator[Line]:
    for action in sheet.actions:
        due = "" if action.due is None else f"due {words.day(action.due)}"
        of = "" if action.customer is None else f"for {action.customer}"
        said = [action.kind, action.owner or "nobody owns it", due, of]
        yield Line(name=action.id or "", said=said, note=action.text or "", has_box=True)


def _known(sheet: Sheet) -> Iterator[Line]:
    for one in sheet.known:
        differs = f"but not {', '.join(one.differs)}" if one.differs else ""
        yield Line(name=one.fact, said=[words.value(one.value), f"says {one.source}", moment(one.at), differs])


def _unknown(sheet: Sheet) -> Iterator[Line]:
    return (Line(name=one.fact, note=one.ask) for one in sheet.unknown)


def _upcoming(sheet: Sheet) -> Iterator[Line]:
    for one in sheet.next:
        late = "overdue" if one.at < sheet.now else ""
        told = [f"notify {one.who}"] if one.what == "notification" else [one.what.replace("_", " "), one.who or ""]
        yield Line(name=moment(one.at), said=[*told, late])
