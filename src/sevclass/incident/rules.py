"""What a pack says of an incident over time: the figures of each clock by severity, and how the clocks run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple, cast

from sevclass.api import Pack
from sevclass.calendars import default_calendar
from sevclass.document import CadenceDocument
from sevclass.durations import parse
from sevclass.incident.countdown import Limits
from sevclass.incident.escalation import Escalation
from sevclass.incident.track import Gate, Kind
from sevclass.problems import FactsError
from sevclass.scales import Facts, Value
from sevclass.sla import Figure, SlaTable

REVIEW = Limits(parse("48h"), default_calendar())
"""How long after the resolution a review is owed."""
_FACTS_KEPT = 4096


class Cadence(NamedTuple):
    """How often updates are owed: what holds for how long since the severity was reached, and what after that."""

    steps: Sequence[tuple[Limits, Limits]]
    """How long, and what holds then."""
    after: Limits

    def at(self, begin: datetime, start: datetime, gate: Gate) -> Limits:
        """What holds for an interval that begins then, of a severity that was reached at `start`."""
        for length, limits in self.steps:
            start = gate.countdown(length, start).limit.at(begin)
            if begin < start:
                return limits
        return self.after


class Rules:
    """One pack's rules over time. Immutable after construction."""

    def __init__(self, pack: Pack) -> None:
        engine = pack._engine  # noqa: SLF001 - the package's own
        document, sla = engine.document, engine.sla
        self.evaluator, self.covers, self.ref = engine.evaluator, engine.covers, engine.ref
        self.reader = pack._reader  # noqa: SLF001 - the package's own
        self.mildest = engine.evaluator.mildest
        self.starts_at_opening = document.get("clocks_start") == "opening"
        self.pauses = cast("frozenset[Kind]", frozenset(document.get("pauses", ["resolution"])))
        """The clocks that waiting stops."""
        self.review = frozenset(document.get("review", ()))
        """The severities after which a review is owed."""
        self.causes = tuple(document.get("causes", ()))
        """What may be behind an incident; anything, if the pack has none."""
        self.roles = tuple(document.get("roles", ()))
        self.approve_downgrade = document.get("approve_downgrade", False)
        written = document.get("sla", {})
        self.initial_response = _by_severity(sla, "initial_response")
        self.resolution = _by_severity(sla, "resolution")
        self.updates: dict[int, Cadence] = {}
        """A severity that has none of its own has that of the next milder one, counted from its own start."""
        for s in reversed(sla.rows):
            row = written.get(str(s), {})
            if "status_updates" in row:
                self.updates[s] = _cadence(row["status_updates"], sla, row.get("calendar"))
            elif s + 1 in self.updates:
                self.updates[s] = self.updates[s + 1]
        self.updates = dict(sorted(self.updates.items()))
        self.notify = {s: {role: _limits(figure) for role, figure in row.notify.items()} for s, row in sla.rows.items()}
        self.escalation = Escalation(document, sla.calendar)
        self._fact = lru_cache(maxsize=_FACTS_KEPT, typed=True)(self._read)
        self.figures = cache(self._figures)
        """By severity: what each role is owed by it, and by each milder one."""
        self.standing = cache(self._standing)
        """By severity: the roles that have a row of their own there, in order."""
        self.left_out = cache(self._covered)
        """By severity and role: those that have no row there, since it stands in for them."""

    def checked(self, facts: Mapping[str, Any]) -> Facts:
        """Facts as somebody has said them.

        Raises FactsError with every problem.
        """
        try:
            return {fact: self._fact(fact, value) for fact, value in facts.items()}
        except (FactsError, TypeError):  # all the problems together; a list has no place among what is kept
            return {fact: value for fact, value in self.reader.read({"facts": facts}).facts.items() if fact in facts}

    def _read(self, fact: str, value: object) -> Value | None:
        return self.reader.read({"facts": {fact: value}}).facts[fact]

    def _figures(self, severity: int) -> Sequence[tuple[int, str, Limits]]:
        severities = range(severity, self.mildest + 1)
        return [(s, role, limits) for s in severities for role, limits in self.notify[s].items()]

    def _standing(self, severity: int) -> tuple[str, ...]:
        groups = [self.notify[s] for s in range(severity, self.mildest + 1)]
        return tuple(role for _, role in self.covers.standing(groups))

    def _covered(self, severity: int) -> Mapping[str, Sequence[str]]:
        standing = self.standing(severity)
        return {role: sorted(self.covers.covered_by(role) - {*standing}) for role in standing}


@lru_cache(maxsize=64)
def rules_of(pack: Pack) -> Rules:
    """The rules of a pack, made once."""
    return Rules(pack)


def _limits(figure: Figure) -> Limits:
    return Limits(figure.target, figure.calendar)


def _by_severity(sla: SlaTable, clock: str) -> Mapping[int, Limits]:
    return {s: _limits(row.clocks[clock]) for s, row in sla.rows.items() if clock in row.clocks}


def _cadence(cadence: str | CadenceDocument, sla: SlaTable, calendar: str | None) -> Cadence:
    steps: list[tuple[Limits, Limits]] = []
    while True:
        step: CadenceDocument = {"within": cadence} if isinstance(cadence, str) else cadence
        name = step.get("calendar", calendar)
        counted_on = sla.calendars[name] if name else sla.calendar
        limits = Limits(parse(step["within"]), counted_on)
        if "then" not in step or "for" not in step:
            return Cadence(steps, limits)
        steps.append((Limits(parse(step["for"]), counted_on), limits))
        cadence = step["then"]
