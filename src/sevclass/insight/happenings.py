"""What happened to an incident, event by event, as the lines of a review's timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sevclass.api import Pack
from sevclass.incident import IncidentState, events as e
from sevclass.incident.history import Change
from sevclass.insight.extent import Extent

_NOTED = {
    "acknowledged": "Acknowledged",
    "mitigated": "Mitigated",
    "resolved": "Resolved",
    "reopened": "Reopened",
    "fixed": "Fixed for good",
}
_LEFT_OUT = {"action", "satisfaction", "reviewed", "step", "closed", "struck"}
"""What is no part of how the incident went; actions have a place of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The words of a pack, and those of the known issues that an incident may name."""

    severities: Mapping[int, str]
    criteria: Mapping[str, tuple[int, str]]
    """Criterion -> its severity and its text."""
    causes: Mapping[str, str]
    known_issues: Mapping[str, str]

    @classmethod
    def of(cls, pack: Pack, known_issues: Mapping[str, str]) -> Words:
        """Those of a pack; known issues by the ids and names that they go by."""
        document = pack.model_dump()
        criteria = {
            id_: (int(number), criterion["text"])
            for number, some in document.get("criteria", {}).items()
            for id_, criterion in some.items()
        }
        causes: Mapping[str, str] = document.get("causes", {})
        return cls(severities=pack.severities, criteria=criteria, causes=causes, known_issues=known_issues)

    def severity(self, number: int) -> str:
        """`Sev 1 Critical`."""
        return f"Sev {number} {self.severities[number]}"

    def cause(self, category: str, known_issue: str | None) -> str:
        """What a cause is called, and the known issue that it was."""
        text = f"{category} ({self.causes[category]})" if category in self.causes else category
        return f"{text}; {self.issue(known_issue)}" if known_issue else text

    def deciding(self, changes: Iterable[Change], severity: int) -> list[str]:
        """The texts of the criteria of a severity that became met by changes, each once."""
        gained = (self.criteria[id_] for change in changes for id_ in change.gained)
        return list(dict.fromkeys(text for number, text in gained if number == severity))

    def issue(self, id_: str) -> str:
        """A known issue, with its title where the team keeps it."""
        title = self.known_issues.get(id_)
        return f"known issue {id_}: {title}" if title else f"known issue {id_}"


def timeline(state: IncidentState, found: Extent, words: Words) -> list[str]:
    """A line for each event that is part of how it went, in the form `14:23 - what happened`; instants in UTC.

    Of another day than that of the report the day stands too. What comes after the resolution is left out, but that it
    was fixed for good, or what else was decided.
    """
    told: list[str] = []
    for event, change in state.log:
        is_after = found.resolved_at is not None and event.at > found.resolved_at
        if event.event in _LEFT_OUT or (is_after and event.event not in {"fixed", "decided"}):
            continue
        told.extend(f"{clock(event.at, found.reported_at)} - {text}" for text in _texts(event, change, words))
    return told


def clock(at: datetime, reported_at: datetime) -> str:
    """The time of day, rounded down to the minute; the day before it, if it is not that of the report."""
    return f"{at:%H:%M}" if at.date() == reported_at.date() else f"{at:%Y-%m-%d %H:%M}"


def _texts(event: e.Event, change: Change | None, words: Words) -> Iterator[str]:
    said = ", ".join(filter(None, _said(event, words)))
    if change and change.was is not None and change.severity != change.was:
        became = f"{words.severity(change.severity)}, was Sev {change.was}"
        yield f"{said}; {became}{_because(change, words)}"
    elif isinstance(event, e.Opened) and change:
        yield f"{said}; {words.severity(change.severity)}{_because(change, words)}"
    else:
        yield said


def _because(change: Change, words: Words) -> str:
    """The criteria that are met by it and decide."""
    texts = words.deciding([change], change.classified)
    return f" ({'; '.join(texts)})" if texts else ""


def _said(event: e.Event, words: Words) -> Sequence[str | None]:
    """What the event says, in parts; None is none."""
    return _SAID[event.event](event, words)


def _opened(event: e.Opened, _: Words) -> Sequence[str | None]:
    return [f"First report: {event.title}" if event.title else "First report"]


def _noted(event: e.Acknowledged | e.Mitigated | e.Resolved | e.Reopened | e.Fixed, _: Words) -> Sequence[str | None]:
    return [f"{_NOTED[event.event]}: {event.note}" if event.note else _NOTED[event.event]]


def _facts(event: e.FactsSaid, _: Words) -> Sequence[str | None]:
    known = [f"{fact} {_value(value)}" for fact, value in event.facts.items()]
    names = [f"customer {customer}" for customer in event.customers]
    source = f" (from {event.source})" if event.source else ""
    return [f"Became known: {', '.join((*known, *names)) or 'nothing new'}{source}"]


def _override(event: e.Override, _: Words) -> Sequence[str | None]:
    decided = "Override lifted" if event.severity is None else f"Severity decided: Sev {event.severity}"
    return [f"{decided}, by {event.by}: {event.reason}"]


def _update(event: e.UpdateSent, _: Words) -> Sequence[str | None]:
    to = f"customer {event.customer}" if event.customer else event.audience
    return [f"Update sent to {to}", f"the next one promised for {event.next:%H:%M}" if event.next else None]


def _waiting(event: e.Waiting | e.Resumed, _: Words) -> Sequence[str | None]:
    began = "Waiting" if event.event == "waiting" else "No longer waiting"
    return [f"{began} for {event.on}" if event.on else began]


def _war_room(event: e.WarRoomSet, _: Words) -> Sequence[str | None]:
    return [f"War room {'opened' if event.state == 'open' else 'closed'}", event.channel]


_SAID: Mapping[str, Callable[[Any, Words], Sequence[str | None]]] = {
    **dict.fromkeys(_NOTED, _noted),
    "opened": _opened,
    "facts": _facts,
    "override": _override,
    "update_sent": _update,
    "notified": lambda event, _: [f"{event.role} told", event.about and f"of {event.about}"],
    "waiting": _waiting,
    "resumed": _waiting,
    "cause": lambda event, words: [f"Cause found: {words.cause(event.category, event.known_issue)}"],
    "assigned": lambda event, _: [f"{event.role}: {event.person or 'nobody any more'}"],
    "decided": lambda event, _: [f"Decided: {event.text}"],
    "war_room": _war_room,
    "note": lambda event, _: [event.text],
}
"""What an event of a kind says; those that are no part of the course, and strikes, which count nowhere, have none."""


def _value(value: object) -> str:
    if value is None:
        return "unknown again"
    return str(value).lower() if isinstance(value, bool) else str(value)
