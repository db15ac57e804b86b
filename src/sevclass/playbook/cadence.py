"""The cadence of a war room: when word is sent next, somebody is relieved next, and all is handed over next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sevclass.classification import Part
from sevclass.durations import parse
from sevclass.playbook_document import RhythmDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence(Part):
    """How the work is paced, as the pack says it, and when the next things are due; null where nothing is."""

    updates: str | None
    rotate: str | None
    handover: str | None
    next_update: datetime | None
    update_limit_at: datetime | None
    next_rotation: datetime | None
    next_handover: datetime | None


class Rhythm:
    """The figures of a pack."""

    __slots__ = ("handover", "rotate", "updates", "written")

    def __init__(self, written: RhythmDocument) -> None:
        self.written = written
        self.updates = _amounts(written.get("updates"))
        self.rotate = _amounts(written.get("rotate"))
        self.handover = _amounts(written.get("handover"))

    def update_at(self, since: datetime) -> tuple[datetime | None, datetime | None]:
        """When word is due after that instant: what to aim for, and the limit."""
        return (None, None) if self.updates is None else (later(since, self.updates[0]), later(since, self.updates[1]))

    def relief_at(self, since: datetime) -> datetime | None:
        """When somebody is to be relieved who is there since that instant."""
        return None if self.rotate is None else later(since, self.rotate[1])


def round_at(opened_at: datetime, now: datetime, amounts: tuple[timedelta, timedelta] | None) -> datetime | None:
    """The first instant from now on, and after the opening, that is so many whole lengths after it."""
    if amounts is None:
        return None
    length = amounts[1]
    return later(opened_at, max(1, -((opened_at - now) // length)) * length)


def later(at: datetime, amount: timedelta) -> datetime | None:
    """An instant so much later; None past the year 9999."""
    try:
        return at + amount
    except OverflowError:
        return None


def earliest(*instants: datetime | None) -> datetime | None:
    """The earliest of those that there are."""
    return min((instant for instant in instants if instant is not None), default=None)


def _amounts(figure: str | None) -> tuple[timedelta, timedelta] | None:
    if figure is None:
        return None
    target, limit = (duration.elapsed or timedelta() for duration in parse(figure).figures)
    return target, limit
