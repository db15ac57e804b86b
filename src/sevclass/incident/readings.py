"""How the clocks stand at an instant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from sevclass.classification import Part
from sevclass.incident.clocks import Clocks
from sevclass.incident.countdown import FAR
from sevclass.incident.track import Kind, Track

State: TypeAlias = Literal["on_track", "at_risk", "breached", "met", "missed", "paused", "not_owed"]


_ENDED = ("met", "missed", "not_owed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Late(Part):
    """An interval between updates that was too long: what was owed when it became so, and the update that ended it."""

    due: datetime
    limit_at: datetime
    done_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock(Part):
    """A clock: what is owed, by when, when it was done, and how it stands. `left_s` are seconds up to the limit."""

    clock: Kind
    role: str | None
    due: datetime | None
    limit_at: datetime | None
    done_at: datetime | None
    breached_at: datetime | None
    state: State
    left_s: int | None
    backdated: bool
    late: tuple[Late, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Next(Part):
    """What has to be done first."""

    clock: Kind
    due: datetime | None
    role: str | None


def read(clocks: Clocks, now: datetime) -> tuple[Clock, ...]:
    """Every clock as it stands."""
    return tuple(_clock(track, now) for track in clocks.tracks)


def pressing(clocks: Clocks, now: datetime) -> tuple[Clock, ...]:
    """Those that are at risk or breached."""
    # What is surely in time is not looked at closer: that takes as long as all the rest.
    found = (_clock(track, now) for track in clocks.tracks if not track.is_surely_early(now))
    return tuple(clock for clock in found if clock.state in {"at_risk", "breached"})


def first(clocks: Iterable[Clock]) -> Next | None:
    """What is not done, does not stand still, and has the earliest limit."""
    undone = [clock for clock in clocks if clock.state in {"on_track", "at_risk", "breached"}]
    found = min(undone, key=lambda clock: clock.limit_at or FAR, default=None)
    return None if found is None else Next(clock=found.clock, due=found.due, role=found.role)


def closed(clocks: Iterable[Clock]) -> tuple[Clock, ...]:
    """How clocks stay that stood so when the incident was closed: what was breached is missed, the rest is not owed."""
    return tuple(clock if clock.state in _ENDED else _ended(clock) for clock in clocks)


def _ended(clock: Clock) -> Clock:
    if clock.state == "breached":
        return replace(clock, state="missed", left_s=None)
    return replace(clock, state="not_owed", due=None, limit_at=None, left_s=None)


def _clock(track: Track, now: datetime) -> Clock:
    # Of what is over they are those that were kept; of what was never owed they are far away.
    due, limit_at = (track.due(now), track.limit(now)) if track.is_owed else track.kept
    state = _state(track, now, due, limit_at)
    return Clock(
        clock=track.kind,
        role=track.role,
        due=_shown(due),
        limit_at=_shown(limit_at),
        done_at=track.done_at,
        breached_at=track.breached_at,
        state=state,
        left_s=None if track.is_over or limit_at == FAR else (limit_at - now) // timedelta(seconds=1),
        backdated=track.backdated,
        late=tuple(Late(due=due, limit_at=limit, done_at=done) for due, limit, done in track.late),
    )


def _state(track: Track, now: datetime, due: datetime, limit_at: datetime) -> State:
    if track.done_at is not None:
        return "met" if track.breached_at is None else "missed"
    if not track.is_owed:
        return "not_owed"
    if now > limit_at:
        return "breached"
    if track.gate.shut_at is not None:
        return "paused"
    if now >= due if due != limit_at else track.is_nearly_over(now):
        return "at_risk"
    return "on_track"


def _shown(instant: datetime | None) -> datetime | None:
    return None if instant == FAR else instant
