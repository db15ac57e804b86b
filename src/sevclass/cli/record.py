"""What is on record of an incident beside its clocks, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator

from sevclass.cli import event_words, words
from sevclass.cli.moments import Moments
from sevclass.cli.text import Row, columns, heading
from sevclass.incident import IncidentState
from sevclass.incident.events import EVENTS
from sevclass.incident.records import ActionState


def rows(state: IncidentState) -> Iterator[Row]:
    """The facts and who said so, customers, people, what was to be done, and what was struck; what there is of it."""
    if state.facts:
        yield from heading("Facts")
        room = max(len(words.value(said.value)) for said in state.facts.values())
        time = Moments(said.at for said in state.facts.values())
        said_by = [
            (fact, f"{words.value(said.value):<{room}}  {said.source}, {time(said.at)}")
            for fact, said in state.facts.items()
        ]
        yield from columns(said_by)
    if state.customers:
        yield from heading("Customers")
        yield Row(lead="  ", cells=(", ".join(state.customers),))
    if state.people:
        yield from heading("People")
        yield from columns([(role, person or "nobody") for role, person in state.people.items()])
    if state.actions:
        yield from heading("Actions")
        yield from columns([(action.id or "", _action(action)) for action in state.actions])
    if state.struck:
        yield from heading("Struck")
        yield from _struck(state)


def _struck(state: IncidentState) -> Iterator[Row]:
    """What each entry said, and who took it back, when and why."""
    time, room = Moments(one.at for one in state.struck), max(len(one.event["id"]) for one in state.struck)
    for one in state.struck:
        said, by = event_words.said(EVENTS.validate_python(one.event)), f" by {one.by}" if one.by else ""
        cells = (f"{said}; ", f"struck {time(one.at)}{by}: {one.reason}")
        yield Row(lead=f"  {one.event['id']:<{room}}  ", cells=cells)


def _action(action: ActionState) -> str:
    owner = f", {action.owner}" if action.owner else ""
    by = f", by {words.day(action.due)}" if action.due else ""
    customer = f", for {action.customer}" if action.customer else ""
    return f"{action.state:<7}  {action.text or ''}{customer}{owner}{by}"
