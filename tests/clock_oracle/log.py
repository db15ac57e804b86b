"""Which entries of a log count, in what order, and which are set aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

Data = dict[str, Any]
Entry = tuple[int, Data]  # the place in the file, and the event


def instant(text: str) -> datetime:
    """The instant that RFC 3339 text names."""
    return datetime.fromisoformat(text)


def in_order(events: list[Data], now: datetime) -> list[Entry]:
    """The events up to `now`, by instant; equal instants keep the order of the file (12)."""
    written = [(place, event) for place, event in enumerate(events) if instant(event["at"]) <= now]
    return sorted(written, key=lambda entry: instant(entry[1]["at"]))


def taken_back(entries: list[Entry]) -> tuple[set[int], set[int]]:
    """The places of the struck entries, and of those `struck` that name no entry (15).

    The last `struck` is looked at first, so one that is struck itself takes nothing back.
    """
    places = {event["id"]: place for place, event in entries if "id" in event}
    struck: set[int] = set()
    idle: set[int] = set()
    for place, event in reversed(entries):
        if event["event"] == "struck" and place not in struck:
            named = places.get(event["entry"], place)
            (idle if named == place else struck).add(named)
    return struck, idle


class Course:
    """How far the incident has come: what may happen next depends on it."""

    def __init__(self) -> None:
        self.opened = self.acknowledged = self.resolved = self.closed = False
        self.waits: list[str | None] = []

    def allows(self, event: Data) -> bool:
        """Whether the event can be."""
        kind = event["event"]
        ended = self.resolved or self.closed
        if kind == "opened" or not self.opened:
            return kind == "opened" and not self.opened
        return {
            "acknowledged": not self.acknowledged,
            "resolved": not ended,
            "reopened": ended,
            "closed": not self.closed,
            "waiting": not ended and event.get("on") not in self.waits,
            "resumed": bool(self.waits),
        }.get(kind, True)

    def follow(self, event: Data) -> None:
        """Go on by an event that can be."""
        match event["event"]:
            case "opened":
                self.opened = True
            case "acknowledged":
                self.acknowledged = True
            case "resolved":
                self.resolved, self.waits = True, []
            case "closed":
                self.closed, self.waits = True, []
            case "reopened":
                self.resolved = self.closed = self.acknowledged = False
            case "waiting":
                self.waits = [*self.waits, event.get("on")]
            case "resumed":
                self.waits = after_resumed(self.waits, event.get("on"))


def after_resumed(waits: list[str | None], on: str | None) -> list[str | None]:
    """The waits that are left (8): all but the one on `on`, or none where nobody is waited for so."""
    return [other for other in waits if other != on] if on is not None and on in waits else []


def possible(events: list[Data], now: datetime) -> tuple[list[Entry], list[int]]:
    """The entries that count, in order, and the places of those that are set aside.

    Raises ValueError when the incident is not open by `now`.
    """
    entries = in_order(events, now)
    struck, aside = taken_back(entries)
    course = Course()
    kept = []
    for place, event in entries:
        if place in struck or place in aside:
            continue
        if course.allows(event):
            course.follow(event)
            kept.append((place, event))
        else:
            aside.add(place)
    if not course.opened:
        raise ValueError(f"not opened by {now}")
    return kept, sorted(aside)
