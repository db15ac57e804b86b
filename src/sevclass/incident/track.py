"""One clock of an incident: the countdowns of which the earliest is owed, what holds it up, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias, get_args

from sevclass.incident.countdown import FAR, Countdown, Gaps, Limits

Kind: TypeAlias = Literal["initial_response", "notification", "status_update", "resolution", "review"]
CLOCKS: Sequence[Kind] = get_args(Kind)


class Gate:
    """What holds up the clocks of a kind: shut while any reason for it stands. Remembers when it was shut."""

    __slots__ = ("_reasons", "gaps", "shut_at")

    def __init__(self) -> None:
        self._reasons: set[str] = set()
        self.shut_at: datetime | None = None
        self.gaps: list[tuple[datetime, datetime]] = []

    def set(self, reason: str, at: datetime, *, holds: bool) -> Literal["shut", "opened"] | None:
        """A reason begins to hold, or ends: what became of the gate."""
        was = bool(self._reasons)
        (self._reasons.add if holds else self._reasons.discard)(reason)
        if was == bool(self._reasons):
            return None
        if self._reasons:
            self.shut_at = at
            return "shut"
        if self.shut_at is not None and self.shut_at < at:
            self.gaps.append((self.shut_at, at))
        self.shut_at = None
        return "opened"

    def so_far(self, now: datetime) -> Gaps:
        """When it was shut up to now."""
        return [*self.gaps, (self.shut_at, now)] if self.shut_at is not None else self.gaps

    def countdown(self, limits: Limits, start: datetime) -> Countdown:
        """A countdown from an instant on, held up since then whenever this gate was shut."""
        found = Countdown(limits, start)
        if not self.gaps and self.shut_at is None:
            return found
        since = next((n for n in range(len(self.gaps), 0, -1) if self.gaps[n - 1][1] <= start), 0)
        for first, last in self.gaps[since:]:
            found.hold(max(first, start))
            found.go(last)
        if self.shut_at is not None:
            found.hold(max(self.shut_at, start))
        return found


class Track:
    """One clock: the countdowns of which the earliest is owed, and how far it has come."""

    __slots__ = (
        "backdated",
        "breached_at",
        "done_at",
        "gate",
        "in_time",
        "is_over",
        "is_suspended",
        "kept",
        "kind",
        "late",
        "limit_at",
        "owed",
        "promised",
        "role",
        "updated_at",
    )

    def __init__(self, kind: Kind, gate: Gate, role: str | None = None) -> None:
        self.kind: Kind = kind
        self.gate, self.role = gate, role
        self.owed: Sequence[Countdown] = ()
        """Of the severity in force and each milder one, worst first."""
        self.promised: datetime | None = None
        self.updated_at: datetime | None = None
        """The instant that the last update promised for the next, and when it was sent."""
        self.limit_at = FAR
        """The limit, if time passes on as it does now; or an instant before it, that cost less to find."""
        self.is_suspended = False
        """Whether it is not owed for now, whatever the severity asks for."""
        self.is_over = False
        """Whether it came to its end: done, or ended while it was not owed."""
        self.done_at: datetime | None = None
        self.kept: tuple[datetime, datetime] = FAR, FAR
        """What was owed when it was done."""
        self.breached_at: datetime | None = None
        self.backdated = False
        self.late: list[tuple[datetime, datetime, datetime | None]] = []
        """Of each interval that was too long what was owed, and the update that ended it."""
        self.in_time = 0
        """How many intervals ended by their limit."""

    @property
    def is_owed(self) -> bool:
        """Whether it is owed, and not over."""
        return bool(self.owed) and not self.is_over and not self.is_suspended

    def limit(self, now: datetime) -> datetime:
        """The earliest limit that is owed."""
        found = FAR if self.promised is None else self.promised
        for countdown in self.owed:
            if countdown.limit.earliest(now) < found:
                found = min(found, countdown.limit.at(now))
        return found

    def due(self, now: datetime) -> datetime:
        """The earliest target that is owed."""
        found = FAR if self.promised is None else self.promised
        for countdown in self.owed:
            if countdown.target.earliest(now) < found:
                found = min(found, countdown.target.at(now))
        return found

    def binding(self, now: datetime) -> Countdown:
        """The countdown that gives the limit, of the worst severity on a tie."""
        return min(self.owed, key=lambda countdown: countdown.limit.at(now))

    def beyond(self, limit_at: datetime, times: int) -> datetime:
        """When it is past its limit by as much as that again, so many times."""
        binding = self.binding(limit_at)
        if self.promised is not None and self.updated_at is not None and self.promised < binding.limit.at(limit_at):
            try:
                return limit_at + (self.promised - self.updated_at) * times
            except OverflowError:
                return FAR
        return binding.beyond(limit_at, times)

    def is_nearly_over(self, now: datetime) -> bool:
        """Whether, while it runs, less than a quarter of what gives the limit is left."""
        binding = self.binding(now)
        if self.promised is None or self.updated_at is None or self.promised >= binding.limit.at(now):
            return binding.is_nearly_over(now)
        return (self.promised - now) * 4 < self.promised - self.updated_at

    def is_surely_early(self, now: datetime) -> bool:
        """Whether it is not owed, or neither late nor at risk, as far as that costs little to find out."""
        if not self.is_owed:
            return True
        if self.promised is not None:
            return False
        if self.gate.shut_at is not None:
            return all(countdown.limit.left is not None for countdown in self.owed)
        return all(countdown.is_surely_early(now) for countdown in self.owed)

    def look(self, now: datetime) -> None:
        """Something has changed: see by when it is owed now, and whether it is too late for that."""
        if not self.is_owed:
            self.limit_at = FAR
            return
        # While it stands still, only what has run out can be past.
        runs = self.gate.shut_at is None
        found = FAR if self.promised is None else self.promised
        for countdown in self.owed:
            limit = countdown.limit
            if (runs or limit.left is None) and (earliest := limit.earliest(now)) < found:
                found = earliest
        self.limit_at = found
        self.pass_to(now, now)

    def pass_to(self, at: datetime, seen_at: datetime | None = None) -> None:
        """Time has passed up to an instant."""
        if self.limit_at < at and self.breached_at is None:
            # Now it is worth knowing exactly.
            self.limit_at = self.limit(at)
            if self.limit_at >= at:
                return
            self.breached_at = seen_at or self.limit_at
            if self.kind == "status_update":
                self.late.append((self.due(self.breached_at), self.limit(self.breached_at), None))

    def end(self, at: datetime, now: datetime, logged_at: datetime | None) -> None:
        """It ends, as of an instant; `now` is when that is known. What was not owed then is not done either."""
        self.is_over, self.limit_at = True, FAR
        if self.owed:
            self.kept, self.done_at = (self.due(now), limit_at := self.limit(now)), at
            self.backdated = logged_at is not None and logged_at > limit_at
            if at > limit_at and self.breached_at is None:
                self.breached_at = now

    def again(self) -> None:
        """It goes on, and does not forget that it once was past its limit."""
        self.is_over, self.done_at, self.backdated = False, None, False
        self.kept = FAR, FAR
