"""The events of an incident in order: by time, without those that were struck, and none before the opening."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias, cast

from sevclass.incident.event_problems import read_event, set_aside
from sevclass.incident.events import BaseEvent, Event, Opened, Struck
from sevclass.incident.log import Entry
from sevclass.instants import instant_text
from sevclass.problems import IncidentError, Problem, quote

Events: TypeAlias = Iterable[Event | Entry | Mapping[str, Any]]
"""Events, entries of a log, or mappings of their JSON."""

TOO_EARLY = ("it is before the opening", "strike it, or give the opening its true instant")
"""Why what comes before the opening is set aside, and the hint."""
_AT = attrgetter("event.at")


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
    happened = [item for item in every if item.event.at <= now]
    items = sorted(happened, key=_AT)  # of one instant as they stand
    is_in_order = items == happened
    struck = _struck(items, problems)
    gone, strikes = {id(item) for item, _ in struck}, [strike for _, strike in struck]
    if gone:
        items = [item for item in items if id(item) not in gone]
    for first, item in enumerate(items):
        event = item.event
        if isinstance(event, Opened):
            if not is_in_order:
                problems.extend(_out_of_order(other for other in happened if id(other) not in gone))
            return Timeline(event, items[first:], struck, problems)
        if item.event not in strikes:
            problems.append(set_aside(item.event, item.place, *TOO_EARLY))
        gone.add(id(item))
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


def _out_of_order(items: Iterable[Item]) -> Iterator[Problem]:
    """What stands below a later event and does not say itself that it was written late."""
    latest = None
    for item in items:
        at = item.event.at
        if latest is not None and at < latest:
            if item.event.logged_at is None:
                message = f"{instant_text(at)} is before the entry above"
                hint = "it is read in its place; add `logged_at` if it was written later"
                yield Problem(path=item.place, code="out_of_order", message=message, hint=hint)
        else:
            latest = at


def _struck(items: Sequence[Item], problems: list[Problem]) -> list[tuple[Item, Struck]]:
    """What was taken back. The last strike counts first: it may take back another.

    Of several entries with an id a strike takes back the last one before it that still counts.
    """
    # Models make `isinstance` slow, and no event has a kind below its own.
    strikes = [(place, item) for place, item in enumerate(items) if type(item.event) is Struck]
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
            found.setdefault(max((n for n in named if n < place), default=named[0]), strike)
        else:
            why, hint = f"no entry has the id {quote(strike.entry)}", "an entry is struck by its `id`"
            nowhere.append(set_aside(strike, item.place, why, hint))
    problems.extend(reversed(nowhere))
    counting = [(place, cast("Struck", item.event)) for place, item in strikes if place not in found]
    found = {}
    for place, strike in counting:
        named = [n for n in by_id.get(strike.entry, ()) if n != place and n not in found]
        if named:  # else it was taken back already
            found[max((n for n in named if n < place), default=named[0])] = strike
    return [(items[place], found[place]) for place in sorted(found)]


def _not_opened(items: Sequence[Item], now: datetime) -> IncidentError:
    opening = min((item.event.at for item in items if isinstance(item.event, Opened)), default=None)
    if opening is not None and opening > now:
        message = f"{instant_text(now)} is before the opening"
        hint = f"it was opened at {instant_text(opening)}"
        return IncidentError([Problem(path="now", code="before_opening", message=message, hint=hint)])
    hint = "the log of an incident has an event `opened`"
    return IncidentError([Problem(path="", code="not_opened", message="the incident was never opened", hint=hint)])
