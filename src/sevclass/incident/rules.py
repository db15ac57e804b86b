"""What a pack says of an incident over time: the figures of each clock by severity, and how the clocks run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache, lru_cache
from typing import NamedTuple, cast

from sevclass.api import Pack, engine_of, reader_of
from sevclass.calendars import default_calendar
from sevclass.document import CadenceDocument
from sevclass.durations import parse
from sevclass.incident.countdown import Limits
from sevclass.incident.track import Kind
from sevclass.sla import Figure, SlaTable

REVIEW = Limits(parse("48h"), default_calendar())
"""How long after the resolution a review is owed."""


class Cadence(NamedTuple):
    """How often updates are owed: what holds up to each time since the severity was reached, and what after that."""

    up_to: Sequence[tuple[timedelta, Limits]]
    after: Limits

    def at(self, passed: timedelta) -> Limits:
        """What holds for an interval that begins then."""
        return next((limits for end, limits in self.up_to if passed < end), self.after)


class Rules:
    """One pack's rules over time. Immutable after construction."""

    def __init__(self, pack: Pack) -> None:
        engine = engine_of(pack)
        document, sla = engine.document, engine.sla
        self.evaluator, self.covers, self.ref = engine.evaluator, engine.covers, engine.ref
        self.reader = reader_of(pack)
        self.mildest = engine.evaluator.mildest
        self.starts_at_opening = document.get("clocks_start") == "opening"
        self.pauses = cast("frozenset[Kind]", frozenset(document.get("pauses", ["resolution"])))
        """The clocks that waiting stops."""
        self.review = frozenset(document.get("review", ()))
        """The severities after which a review is owed."""
        self.approve_downgrade = document.get("approve_downgrade", False)
        written = document.get("sla", {})
        self.initial_response = _by_severity(sla, "initial_response")
        self.resolution = _by_severity(sla, "resolution")
        self.updates = {
            s: _cadence(cadence, sla, written[str(s)].get("calendar"))
            for s in sla.rows
            if (cadence := written.get(str(s), {}).get("status_updates"))
        }
        self.notify = {s: {role: _limits(figure) for role, figure in row.notify.items()} for s, row in sla.rows.items()}
        self.standing = cache(self._standing)
        """By severity: the roles that have a row of their own there, in order."""

    def _standing(self, severity: int) -> tuple[str, ...]:
        groups = [self.notify[s] for s in range(severity, self.mildest + 1)]
        return tuple(role for _, role in self.covers.standing(groups))


@lru_cache(maxsize=64)
def rules_of(pack: Pack) -> Rules:
    """The rules of a pack, made once."""
    return Rules(pack)


def _limits(figure: Figure) -> Limits:
    return Limits(figure.target, figure.calendar)


def _by_severity(sla: SlaTable, clock: str) -> Mapping[int, Limits]:
    return {s: _limits(row.clocks[clock]) for s, row in sla.rows.items() if clock in row.clocks}


def _cadence(cadence: str | CadenceDocument, sla: SlaTable, calendar: str | None) -> Cadence:
    up_to: list[tuple[timedelta, Limits]] = []
    end = timedelta()
    while True:
        step: CadenceDocument = {"within": cadence} if isinstance(cadence, str) else cadence
        name = step.get("calendar", calendar)
        limits = Limits(parse(step["within"]), sla.calendars[name] if name else sla.calendar)
        if "then" not in step:
            return Cadence(up_to, limits)
        end += parse(step["for"]).limit.elapsed or timedelta()
        up_to.append((end, limits))
        cadence = step["then"]
