"""The events of an incident in order: by time, without those that were struck, and none before the opening."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias, cast

from sevclass.incident.event_problems import read_event
from sevclass.incident.events import BaseEvent, Event, Opened, Struck
from sevclass.incident.log import Entry
from sevclass.instants import instant_text
from sevclass.problems import IncidentError, Problem, quote

Events: TypeAlias = Iterable[Event | Entry | Mapping[str, Any]]
"""Events, entries of a log, or mappings of their JSON."""


class Item(NamedTuple):
    """An event and where it stands."""

    place: str
    event: Event


@dataclass(frozen=True, slots=True)
class Timeline:
    """What counts and what does not."""

    opened: Opened
    items: Sequence[Item]
    """The opening and what follows."""
    struck: Sequence[tuple[Item, Struck]]
    """What was taken back, and by what."""
    problems: Sequence[Problem]


def timeline(events: Events, now: datetime) -> Timeline:
    """Put events in order; those after `now` are left out.

    Raises IncidentError if one is no event, or if there is no opening up to `now`.
    """
    problems: list[Problem] = []
    every = _items(events)
    items = [item for item in every if item.event.at <= now]
    items = _sorted(items, problems)
    struck = _struck(items, problems)
    gone = {id(item) for item, _ in struck}
    items = [item for item in items if id(item) not in gone]
    for first, item in enumerate(items):
        if isinstance(item.event, Opened):
            return Timeline(item.event, items[first:], struck, problems)
        message = f"{quote(item.event.event)} before the opening"
        hint = "strike it, or give the opening its true instant"
        problems.append(Problem(path=item.place, code="cannot_be", message=message, hint=hint))
    raise _not_opened(every, now)


def _items(events: Events) -> list[Item]:
    items: list[Item] = []
    problems: list[Problem] = []
    for number, given in enumerate(events, 1):
        if isinstance(given, Entry):
            items.append(Item(f"line {given.line}", given.event))
        elif isinstance(given, BaseEvent):
            items.append(Item(f"event {number}", given))
        else:
            place = f"event {number}"
            event = read_event(given, place)
            if isinstance(event, list):
                problems.extend(event)
            else:
                items.append(Item(place, event))
    if problems:
        raise IncidentError(problems)
    return items


def _sorted(items: list[Item], problems: list[Problem]) -> list[Item]:
    """By time; of one instant as they stand. One that was written late says so itself, or is told."""
    latest = None
    for item in items:
        at = item.event.at
        if latest is not None and at < latest:
            if item.event.logged_at is None:
                message = f"{instant_text(at)} is before the entry above"
                hint = "it is read in its place; `logged_at` says that it was written later"
                problems.append(Problem(path=item.place, code="out_of_order", message=message, hint=hint))
        else:
            latest = at
    return sorted(items, key=lambda item: item.event.at)


def _struck(items: Sequence[Item], problems: list[Problem]) -> list[tuple[Item, Struck]]:
    """What was taken back. The last strike counts first: it may take back another."""
    strikes = [(place, item) for place, item in enumerate(items) if isinstance(item.event, Struck)]
    if not strikes:
        return []
    by_id: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        if item.event.id is not None:
            by_id.setdefault(item.event.id, []).append(place)
    found: dict[int, Struck] = {}
    nowhere: list[Problem] = []
    for place, item in reversed(strikes):
        strike = cast("Struck", item.event)
        if place in found:
            continue
        if named := [n for n in by_id.get(strike.entry, ()) if n != place]:
            # Of several with that id the last one before the strike.
            found.setdefault(max((n for n in named if n < place), default=named[0]), strike)
        else:
            message, hint = f"no entry has the id {quote(strike.entry)}", "an entry is struck by its `id`"
            nowhere.append(Problem(path=item.place, code="cannot_be", message=message, hint=hint))
    problems.extend(reversed(nowhere))
    return [(items[place], found[place]) for place in sorted(found)]


def _not_opened(items: Sequence[Item], now: datetime) -> IncidentError:
    opening = min((item.event.at for item in items if isinstance(item.event, Opened)), default=None)
    if opening is not None and opening > now:
        message = f"{instant_text(now)} is before the opening"
        hint = f"it was opened at {instant_text(opening)}"
        return IncidentError([Problem(path="now", code="before_opening", message=message, hint=hint)])
    hint = "the log of an incident has an event `opened`"
    return IncidentError([Problem(path="", code="not_opened", message="the incident was never opened", hint=hint)])
