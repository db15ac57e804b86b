"""The course of an incident: its events in order, each taken up or set aside, and where it stands after the last.

An event that cannot be, such as a second resolution, changes nothing and is told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ClassVar, Literal, TypeAlias, get_args

from sevclass.incident import events as e
from sevclass.incident.clocks import Clocks
from sevclass.incident.event_problems import set_aside
from sevclass.incident.facts_said import FactsSaid
from sevclass.incident.readings import Clock, closed, read
from sevclass.incident.records import Records, WarRoomState
from sevclass.incident.rules import Rules
from sevclass.incident.ruling import InForce
from sevclass.problems import FactsError, Problem, nearest, quote
from sevclass.scales import Facts, Value

Phase: TypeAlias = Literal["open", "resolved", "closed", "withdrawn"]
PHASES: Sequence[Phase] = get_args(Phase)

NOBODY = ""
"""Whom an incident waits for that names nobody."""


class _CannotBeError(Exception):
    """Why, and the hint."""


class Course:
    """One incident as far as it has come."""

    def __init__(self, rules: Rules, opened: e.Opened) -> None:
        """`opened` is the first event that is to be taken."""
        self.rules, self.opened = rules, opened
        self.said = FactsSaid(rules.evaluator.scales)
        self.in_force = InForce(rules.evaluator, approve_downgrade=rules.approve_downgrade)
        self.phase: Phase = "open"
        self.is_acknowledged = False
        self.waits: dict[str, datetime] = {}
        """Whom it waits for, and since when."""
        self.customers: dict[str, None] = {}
        self.records = Records()
        self.severity = 0
        """In force; 0 before the opening."""
        self.spent: dict[int, timedelta] = {}
        """How long each severity was in force while the incident was open."""
        self.opened_at = self._since = opened.at
        self.clocks = Clocks(rules, opened.at)
        self.problems: list[Problem] = []
        self.at_closing: Sequence[Clock] = ()
        """How the clocks stood when it was last closed: so they stay."""
        self.lapsed = False
        """Whether an override has lapsed by the last event."""
        self._place = ""

    def take(self, event: e.BaseEvent, place: str) -> bool:
        """Take up the next event. False if it cannot be: then there are problems more, at that place."""
        self.clocks.pass_to(event.at)
        self.lapsed, self._place = False, place
        handler = self._HANDLERS.get(type(event))
        try:
            if handler is not None:
                handler(self, event)
        except _CannotBeError as error:
            self.problems.append(set_aside(event, place, *error.args))
            return False
        except FactsError as error:
            self._tell(error)
            return False
        return True

    def _tell(self, error: FactsError) -> None:
        """Facts of the event do not fit."""
        for p in error.problems:
            self.problems.append(Problem(path=f"{self._place}: {p.path}", code=p.code, message=p.message, hint=p.hint))

    def pass_to(self, now: datetime) -> None:
        """Time passes up to an instant."""
        self.clocks.pass_to(now)
        self._account(now)

    def _account(self, at: datetime) -> None:
        if self.phase == "open" and self.severity:
            self.spent[self.severity] = self.spent.get(self.severity, timedelta()) + (at - self._since)
        self._since = at

    def _rule(self, at: datetime) -> None:
        """The severity in force may be another now."""
        if self.in_force.severity != self.severity:
            self._account(at)
            self.severity = self.in_force.severity
            self.clocks.reach(self.severity, at)

    # What becomes known

    def _opened(self, event: e.Opened) -> None:
        if self.severity:
            raise _CannotBeError("the incident is open already", "strike one of the two")
        said: dict[str, Value | None] = {}
        for fact, value in event.facts.items():
            try:
                said |= self.rules.checked({fact: value})
            except FactsError as error:
                self._tell(error)  # the incident is there all the same, and the fact unknown
        self._say(event, said, settles=False)

    def _facts(self, event: e.FactsSaid) -> None:
        self._say(event, self.rules.checked(event.facts), settles=event.settles)

    def _say(self, event: e.Opened | e.FactsSaid, facts: Facts, *, settles: bool) -> None:
        self.said.say(facts, event.source, event.at, event.by, settles=settles)
        self.customers |= dict.fromkeys(event.customers)
        self.lapsed = self.in_force.classify(self.said.facts)
        self._rule(event.at)

    def _override(self, event: e.Override) -> None:
        if event.severity is not None and event.severity > self.rules.mildest:
            raise _CannotBeError(f"unknown severity {event.severity}", f"severities are 1 to {self.rules.mildest}")
        self.in_force.decide(event, self.said.facts)
        self._rule(event.at)

    # How it goes on

    def _acknowledged(self, event: e.Acknowledged) -> None:
        if self.is_acknowledged:
            raise _CannotBeError("the incident is acknowledged already", "once is enough, unless it was reopened")
        self.is_acknowledged = True
        self.clocks.acknowledged(event.at, event.logged_at)

    def _resolved(self, event: e.Resolved) -> None:
        if self.phase != "open":
            raise _CannotBeError(f"the incident is {self.phase} already", "reopen it first")
        self._account(event.at)
        self._stop_waiting(event.at)
        self.phase = "resolved"
        self.clocks.resolved(event.at, event.logged_at)

    def _reopened(self, event: e.Reopened) -> None:
        if self.phase == "open":
            raise _CannotBeError("the incident is open", "only what was resolved or closed can be reopened")
        self._account(event.at)
        self.phase, self.is_acknowledged = "open", False
        self.clocks.reopened(event.at)

    def _closed(self, event: e.Closed) -> None:
        if self.phase in {"closed", "withdrawn"}:
            raise _CannotBeError("the incident is closed already", "reopen it first")
        self._account(event.at)
        self.at_closing = closed(read(self.clocks, event.at))
        self._stop_waiting(event.at)
        self.phase = "closed" if self.phase == "resolved" else "withdrawn"
        self.clocks.closed(event.at)

    def _waiting(self, event: e.Waiting) -> None:
        if self.phase != "open":
            raise _CannotBeError(f"the incident is {self.phase}: nothing waits", "reopen it first")
        whom = event.on or NOBODY
        if whom in self.waits:
            named = f"on {quote(whom)} " if whom else ""
            raise _CannotBeError(f"it waits {named}already", "one wait ends before the next begins")
        if not self.waits:
            self.clocks.wait(event.at, holds=True)
        self.waits[whom] = event.at

    def _resumed(self, event: e.Resumed) -> None:
        if not self.waits:
            raise _CannotBeError("nothing waits", None)
        if event.on in self.waits:
            del self.waits[event.on]
        else:
            self.waits.clear()
        if not self.waits:
            self.clocks.wait(event.at, holds=False)

    def _stop_waiting(self, at: datetime) -> None:
        if self.waits:
            self.waits.clear()
            self.clocks.wait(at, holds=False)

    # What is said

    def _update_sent(self, event: e.UpdateSent) -> None:
        if event.audience == "customers":
            self.clocks.update_sent(event.at, event.next, event.logged_at)

    def _notified(self, event: e.Notified) -> None:
        if event.role not in self.rules.roles:
            raise _CannotBeError(*_unknown("role", event.role, self.rules.roles))
        if event.about is None:
            self.clocks.notified(event.role, event.at, event.logged_at)
        else:
            self.records.tell(event.at, event.about, event.role)

    def _cause(self, event: e.Cause) -> None:
        causes = self.rules.causes
        if causes and event.category not in causes:
            raise _CannotBeError(*_unknown("cause", event.category, causes))
        self.records.cause = event

    def _action(self, event: e.Action) -> None:
        self.records.act(event)

    def _assigned(self, event: e.Assigned) -> None:
        self.records.people[event.role] = event.person

    def _war_room(self, event: e.WarRoomSet) -> None:
        channel = event.channel or (self.records.war_room.channel if self.records.war_room else None)
        self.records.war_room = WarRoomState(state=event.state, channel=channel)

    def _reviewed(self, event: e.Reviewed) -> None:
        self.clocks.reviewed(event.at, event.logged_at)

    _HANDLERS: ClassVar[Mapping[type[e.BaseEvent], Callable[..., None]]] = {
        e.Opened: _opened,
        e.Acknowledged: _acknowledged,
        e.Resolved: _resolved,
        e.Reopened: _reopened,
        e.Closed: _closed,
        e.FactsSaid: _facts,
        e.Override: _override,
        e.UpdateSent: _update_sent,
        e.Notified: _notified,
        e.Reviewed: _reviewed,
        e.Waiting: _waiting,
        e.Resumed: _resumed,
        e.Cause: _cause,
        e.Action: _action,
        e.Assigned: _assigned,
        e.WarRoomSet: _war_room,
    }
    """What an event does; the others do nothing here."""


def _unknown(what: str, name: str, known: Sequence[str]) -> tuple[str, str]:
    """Message and hint for a name that the pack does not have."""
    return f"unknown {what} {quote(name)}", nearest(name, known) or f"one of {', '.join(map(quote, known))}"
