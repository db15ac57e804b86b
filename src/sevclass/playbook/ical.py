"""What is owed as a calendar in the format of RFC 5545, by the extra `ical`. No clock is read: the log dates it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event

from sevclass.playbook.checklist import Item, Plan
from sevclass.playbook.updates import Instant
from sevclass.problems import printable

_SPACE = UUID("0b8a2f8e-0a3a-5d5c-9a35-6b1f6a5b2a55")
"""What the names of our entries are made in."""
_BEFORE = timedelta(minutes=5)
"""How long before it is due an alarm goes off."""
_SHORTEST = timedelta(minutes=1)
"""Clients show an entry without an end for an hour, and one without a length not at all."""
_WHAT = {
    "initial_response": "Answer",
    "status_update": "Status update",
    "resolution": "Resolution",
    "review": "Review",
}


def calendar(plans: Iterable[Plan]) -> bytes:
    """The calendar: an entry for each instant owed, from when it is due up to its limit."""
    found = Calendar()
    found.add("prodid", "-//sevclass//plan//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    for plan in plans:
        for event in _events(plan):
            found.add_component(event)
    data: bytes = found.to_ical()
    return data


def _events(plan: Plan) -> Iterator[Event]:
    for instant in plan.instants:
        name = _name(instant)
        event = Event()
        event.add("uid", f"{_uid(plan, instant)}@sevclass")
        event.add("dtstamp", plan.written_at)
        event.add("sequence", plan.events)
        event.add("dtstart", _whole(instant.due))
        event.add("dtend", max(_whole(instant.limit_at), _whole(instant.due) + _SHORTEST))
        event.add("summary", ": ".join(filter(None, (name, plan.id and printable(plan.id), _title(plan)))))
        event.add("description", _description(plan, instant))
        event.add("categories", [f"Severity {plan.severity} {plan.name}"])
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", name)
        alarm.add("trigger", -_BEFORE)
        event.add_component(alarm)
        yield event


def _name(instant: Instant) -> str:
    if instant.role:
        return f"Notify {instant.role}"
    return _WHAT[instant.clock]


def _title(plan: Plan) -> str | None:
    return printable(plan.title) if plan.title else None


def _uid(plan: Plan, instant: Instant) -> UUID:
    """The same whenever it is made for the same thing: which incident, and what of it."""
    whose = plan.id if plan.id is not None else f"{plan.opened_at} {plan.title}"
    return uuid5(_SPACE, repr((whose, instant.clock, instant.role, instant.number)))


def _whole(instant: datetime) -> datetime:
    """In whole seconds: the format has no smaller ones."""
    return instant.replace(microsecond=0)


def _description(plan: Plan, instant: Instant) -> str:
    lines = [f"Severity {plan.severity} {plan.name}"]
    if instant.limit_at != instant.due:
        lines.append(f"Not later than {instant.limit_at:%Y-%m-%d %H:%M:%S} UTC")
    lines.extend(_step(item) for item in plan.items if item.clock and _fits(item, instant) and not item.done)
    return "\n".join(lines)


def _fits(item: Item, instant: Instant) -> bool:
    return item.clock is not None and item.clock.removesuffix("s") == instant.clock


def _step(item: Item) -> str:
    person = f" ({printable(item.person)})" if item.person else ""
    return f"{item.text}: {item.owner}{person}"
