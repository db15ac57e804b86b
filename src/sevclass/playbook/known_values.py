"""What is known of an incident, as the values that a template's names stand for; what is not known is a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sevclass.characters import printable
from sevclass.document import FactDocument, PackDocument, scale_of
from sevclass.incident import IncidentState
from sevclass.incident.events import BaseEvent, Cause, Resolved
from sevclass.message_names import LISTS, VALUES
from sevclass.playbook.blanks import Blank, Noted
from sevclass.playbook.local_time import LocalTime
from sevclass.playbook.writer import Writer
from sevclass.playbook_document import MessageDocument
from sevclass.scales import Count, Flag, Levels, Measure, Value

MAX_VALUE = 500
"""The most characters of a value on one line."""
MAX_PROSE = 5_000
"""Of one over several lines."""
MAX_ITEMS = 500
"""The most items of a list."""
_UNSAID = "what only a person can say"


class Item:
    """An item of a list, with what a template may ask of it; what is not known of it is a gap."""

    __slots__ = ("_has", "_text")

    def __init__(self, text: object, has: Mapping[str, object]) -> None:
        self._text, self._has = text, has

    def __str__(self) -> str:
        return str(self._text)

    def __getitem__(self, name: str) -> object:
        return self._has[name]


class KnownValues:
    """The values of one message."""

    def __init__(self, state: IncidentState, document: PackDocument, time: LocalTime, noted: Noted) -> None:
        self._state, self._document, self._time, self._noted = state, document, time, noted

    def all(
        self, message: MessageDocument, writer: Writer, now: datetime, *, is_dated: bool, more: Iterable[str]
    ) -> dict[str, object]:
        """Each name that any template of the pack may use, and its value; `more` are those that the pack adds.

        Without `is_dated` nobody knows when the incident was opened, nor what is owed when.
        """
        found = {**self._incident(is_dated=is_dated), **self._told(message), **_written(writer), "now": self._time(now)}
        found |= {name: _line(text) for name, text in writer.said.items()}
        names = (*VALUES, *LISTS, *more)
        return {name: value if (value := found.get(name)) else self.blank(name) for name in names}

    def blank(self, name: str, *, is_owed: bool = False) -> Blank:
        """The gap of a name, with what the pack says is missing."""
        hint = self._document.get("blanks", {}).get(name) or VALUES.get(name) or name.replace("_", " ")
        return Blank(name, hint, self._noted, is_owed=is_owed)

    # What the incident says

    def _incident(self, *, is_dated: bool) -> dict[str, object]:
        state, names = self._state, self._document["severities"]
        severity = state.severity
        found: dict[str, object] = {
            "title": state.title and _line(state.title),
            "incident": state.id and _line(state.id),
            "severity": severity.in_force,
            "severity_name": names[str(severity.in_force)],
            "phase": state.phase,
        }
        if severity.could_be < severity.in_force:
            found |= {"could_be": severity.could_be, "could_be_name": names[str(severity.could_be)]}
        if is_dated:
            found |= {"opened_at": self._time(state.opened_at), **self._owed()}
        if state.phase in {"resolved", "closed"}:
            found["resolved_at"] = self._time(self._last(Resolved).at)
        cause = next((event for event in self._events() if isinstance(event, Cause)), None)
        if cause is not None:
            found["cause"] = self._document.get("causes", {}).get(cause.category, cause.category)
        if state.war_room_state and state.war_room_state.state == "open" and state.war_room_state.channel:
            found["channel"] = _line(state.war_room_state.channel)
        if state.roster:
            lead = state.roster[0].role
            found |= {"lead": lead, "lead_person": self._person(lead)}
        return found

    def _owed(self) -> dict[str, object]:
        upcoming = self._state.next
        if upcoming is None:
            return {}
        clock = next(c for c in self._state.clocks if (c.clock, c.role) == (upcoming.clock, upcoming.role))
        return {
            "owed": upcoming.clock,
            "owed_role": upcoming.role,
            "owed_by": clock.limit_at and self._time(clock.limit_at),
        }

    def _events(self) -> Iterator[BaseEvent]:
        """What has happened, the last first."""
        return (happening.event for happening in reversed(self._state.log))

    def _last(self, kind: type[Resolved]) -> Resolved:
        return next(event for event in self._events() if isinstance(event, kind))

    def _person(self, role: str) -> str | None:
        person = self._state.people.get(role)
        return person and _line(person)

    # Lists

    def _told(self, message: MessageDocument) -> dict[str, Sequence[object]]:
        state = self._state
        found: dict[str, Sequence[object]] = {
            "impact": list(self._impact(message.get("facts", ()))),
            "customers": [_line(customer) for customer in state.customers],
            "waiting": [_line(wait.on) if wait.on else self.blank("waiting") for wait in state.waiting],
            "workarounds": [_prose(one.workaround) for one in self._known() if one.workaround],
            "explanations": [_prose(one.customers_text) for one in self._known() if one.customers_text],
            "roster": [self._row(row.role, row.duty) for row in state.roster],
            "actions": list(self._actions()),
        }
        return {name: self._bounded(name, items) for name, items in found.items()}

    def _bounded(self, name: str, items: Sequence[object]) -> Sequence[object]:
        """Of a list that is too long the first ones, and a gap for the rest."""
        return items if len(items) <= MAX_ITEMS else [*items[:MAX_ITEMS], self.blank(name)]

    def _known(self) -> Sequence[Any]:
        return self._state.known_issues

    def _impact(self, facts: Sequence[str]) -> Iterator[Item]:
        for name in facts:
            said = self._state.facts.get(name)
            if said is not None and not _is_harmless(fact := self._document["facts"][name], said.value):
                text = _text_of(fact, said.value)
                yield Item(text, {"text": text, "ask": fact.get("ask", name)})

    def _row(self, role: str, duty: str) -> Item:
        person = self._person(role) or self.blank("lead_person")
        return Item(role, {"role": role, "duty": duty, "person": person})

    def _actions(self) -> Iterator[Item]:
        for action in self._state.actions:
            if action.state == "open":
                text = _line(action.text) if action.text else self.blank("actions")
                due = self._time.day(action.due) if action.due else self.blank("due")
                owner = _line(action.owner) if action.owner else self.blank("owner")
                yield Item(text, {"text": text, "owner": owner, "due": due})


def _written(writer: Writer) -> dict[str, object]:
    given = {"customer": writer.customer, "sender": writer.sender, "phone": writer.phone}
    return {name: _line(text) for name, text in given.items() if text}


def _line(text: str) -> str:
    """What somebody has written, as one line that is not too long."""
    shown = printable(text[: MAX_VALUE + 1])
    return shown if len(shown) <= MAX_VALUE else shown[: MAX_VALUE - 1] + "…"


def _prose(text: str) -> str:
    """The same over several lines."""
    shown = "\n".join(printable(line) for line in text[: MAX_PROSE + 1].strip().split("\n"))
    return shown if len(shown) <= MAX_PROSE else shown[: MAX_PROSE - 1] + "…"


def _is_harmless(fact: FactDocument, value: Value) -> bool:
    match scale_of(fact):
        case Levels(names=names):
            return value == names[0]
        case Flag() | Count():
            return not value
        case Measure() as measure:
            return value == (measure.low if measure.worse == "higher" else measure.high)
        case _:
            return False


def _text_of(fact: FactDocument, value: Value) -> str:
    """What a pack says of a value."""
    word = str(value).lower() if isinstance(value, bool) else str(value)
    match fact:
        case {"levels": texts} | {"label": texts}:
            return texts[word]
        case {"flag": texts}:
            return texts.get(word, word)
        case {"measure": {"unit": unit}}:
            return f"{word} {unit}"
        case _:
            return f"{word} {fact.get('count', '')}"
