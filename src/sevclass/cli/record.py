"""What is on record of an incident beside its clocks, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from sevclass.cli import words
from sevclass.cli.text import Row, columns, heading
from sevclass.incident import IncidentState
from sevclass.incident.records import ActionState


def rows(state: IncidentState) -> Iterator[Row]:
    """The facts and who said so, customers, people, what was to be done, and what was struck; what there is of it."""
    if state.facts:
        yield from heading("Facts")
        room = max(len(words.value(said.value)) for said in state.facts.values())
        said_by = [
            (fact, f"{words.value(said.value):<{room}}  {said.source}, {words.moment(said.at)}")
            for fact, said in state.facts.items()
        ]
        yield from columns(said_by)
    if state.customers:
        yield from heading("Customers")
        yield Row(lead="  ", cells=(", ".join(state.customers),))
    if state.people or state.war_room_state:
        yield from heading("People")
        yield from columns([*_people(state)])
    if state.actions:
        yield from heading("Actions")
        yield from columns([(action.id or "", _action(action)) for action in state.actions])
    if state.struck:
        yield from heading("Struck")
        yield from columns([(str(one.event["id"]), f"{one.event['event']}: {one.reason}") for one in state.struck])


def _people(state: IncidentState) -> Iterator[tuple[str, str]]:
    for role, person in state.people.items():
        yield role, person or "nobody"
    if room := state.war_room_state:
        yield "war room", f"{room.state}, {room.channel}" if room.channel else room.state


def _action(action: ActionState) -> str:
    owner = f", {action.owner}" if action.owner else ""
    by = f", by {words.day(action.due)}" if action.due else ""
    customer = f", for {action.customer}" if action.customer else ""
    return f"{action.state:<7}  {action.text or ''}{customer}{owner}{by}"
