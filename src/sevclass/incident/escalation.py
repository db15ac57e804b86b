"""Who is told that a clock is late, by how late it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sevclass.calendars import Calendar
from sevclass.document import LEAD, PackDocument
from sevclass.durations import parse
from sevclass.incident.countdown import Amount, Measure

_USUAL: Mapping[str, Sequence[str]] = {"at_risk": [LEAD], "breached": [LEAD]}
"""What a pack says that says nothing."""


class Step(NamedTuple):
    """So far past the limit, and who is told then: so many times the limit, or an amount of time."""

    times: int
    measure: Measure | None
    amount: Amount
    roles: Sequence[str]


class Stages(NamedTuple):
    """Who is told of a clock, at one severity."""

    at_risk: Sequence[str]
    breached: Sequence[str]
    past: Sequence[Step]


class Escalation:
    """What a pack says of it."""

    __slots__ = ("_calendar", "_mildest", "_names_lead", "_written", "at")

    def __init__(self, document: PackDocument, calendar: Calendar) -> None:
        self._written, self._mildest = document.get("escalation", {}), len(document["severities"])
        self._calendar = calendar
        self._names_lead = LEAD in document.get("roles", {})
        self.at = cache(self._at)
        """By severity; what it does not say, it has from the next milder one that does."""

    def _at(self, severity: int) -> Stages:
        said: dict[str, Sequence[str]] = {} if self._written else dict(_USUAL)
        for s in range(severity, self._mildest + 1):
            said = {**self._written.get(str(s), {}), **said}
        past = [self._step(stage.removeprefix("past_"), roles) for stage, roles in said.items() if stage[:5] == "past_"]
        return Stages(said.get("at_risk", ()), said.get("breached", ()), past)

    def _step(self, far: str, roles: Sequence[str]) -> Step:
        if far.endswith("x"):
            return Step(int(far[:-1]), None, None, roles)
        duration = parse(far).limit
        measure = Measure(duration.kind, self._calendar)
        return Step(0, measure, measure.amount(duration), roles)

    def named(self, roles: Sequence[str], lead: str | None) -> tuple[str, ...]:
        """The roles themselves, each once, with the one that leads in its place; none where nobody does."""
        found = (lead if role == LEAD and not self._names_lead else role for role in roles)
        return tuple(dict.fromkeys(role for role in found if role is not None))
