"""What a message promises, and by when: never later than what is owed, and never the resolution."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from sevclass.classification import Part
from sevclass.durations import parse
from sevclass.incident.readings import Clock
from sevclass.playbook_document import MessageDocument, PromiseDocument

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Part):
    """A promise that a draft makes: its name in the template, what it is, and by when."""

    name: str
    text: str
    due: datetime
    clock: str | None
    """The clock that it goes by."""
    customer: str | None


class No(Enum):
    """Why there is nothing to promise."""

    NOT_OWED = auto()
    """The clock that it goes by is not owed."""
    UNKNOWN = auto()
    """It is owed, and nobody knows when, or it should have been done already."""


def dues(
    message: MessageDocument, now: datetime, clocks: Iterable[Clock], *, is_dated: bool
) -> Mapping[str, datetime | No]:
    """By when each promise of a message is kept, in whole minutes.

    `clocks`: as they stand once the message is sent; without `is_dated` nobody knows when the incident was opened.
    """
    by_kind = {clock.clock: clock for clock in clocks}
    found: dict[str, datetime | No] = {}
    for name, promise in message.get("promises", {}).items():
        clock = by_kind[promise["clock"]] if "clock" in promise else None
        found[name] = _due(promise, now, clock, is_dated=is_dated)
    return found


def _due(promise: PromiseDocument, now: datetime, clock: Clock | None, *, is_dated: bool) -> datetime | No:
    wanted = _wanted(promise, now)
    if clock is None:
        return No.UNKNOWN if wanted is None else wanted
    if clock.left_s is None:
        return No.NOT_OWED
    if not is_dated:
        return No.UNKNOWN
    # What is aimed for, or if that has passed the last instant that is in time.
    owed = next((at for at in _whole_ones(clock) if at > now), None)
    if owed is None or wanted is None:
        return No.UNKNOWN if owed is None else owed
    return min(owed, wanted)


def _wanted(promise: PromiseDocument, now: datetime) -> datetime | None:
    """So long after now; None if the promise does not say, or beyond the last year that there is."""
    length = parse(promise["within"]).limit.elapsed if "within" in promise else None
    try:
        return None if length is None else _whole(now + length)
    except OverflowError:
        return None


def _whole_ones(clock: Clock) -> Iterator[datetime]:
    yield from (_whole(at) for at in (clock.due, clock.limit_at) if at is not None)


def _whole(instant: datetime) -> datetime:
    """The minute that it is in, as it is shown."""
    return instant - (instant - datetime.min.replace(tzinfo=instant.tzinfo)) % _MINUTE
