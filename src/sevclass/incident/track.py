"""One clock of an incident: the countdowns of which the earliest is owed, what holds it up, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, TypeAlias

from sevclass.incident.countdown import FAR, Countdown, Limits

Kind: TypeAlias = Literal["initial_response", "notification", "status_update", "resolution", "review"]


class Gate:
    """What holds up the clocks of a kind: shut while any reason for it stands. Remembers when it was shut."""

    __slots__ = ("_reasons", "clocks", "gaps", "shut_at")

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

    def countdown(self, limits: Limits, start: datetime) -> Countdown:
        """A countdown from an instant on, held up since then whenever this gate was shut."""
        found = Countdown(limits, start)
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
        "kept",
        "kind",
        "late",
        "limit_at",
        "owed",
        "promised",
        "promised_on",
        "role",
        "words",
    )

    def __init__(self, kind: Kind, gate: Gate, role: str | None = None) -> None:
        self.kind, self.gate, self.role = kind, gate, role
        self.owed: Sequence[Countdown] = ()
        """Of the severity in force and each milder one, worst first."""
        self.promised: datetime | None = None
        """When an update was promised."""
        self.promised_on = FAR
        self.limit_at = FAR
        """The limit, if time passes on as it does now."""
        self.done_at: datetime | None = None
        self.kept: tuple[datetime, datetime] = FAR, FAR
        """What was owed when it was done."""
        self.breached_at: datetime | None = None
        self.backdated = False
        self.words: list[datetime] = []
        """When the role was told."""
        self.late: list[list[datetime | None]] = []

    @property
    def is_owed(self) -> bool:
        """Whether there is a figure for it."""
        return bool(self.owed) or self.promised is not None

    def instants(self, now: datetime) -> tuple[datetime, datetime]:
        """What is owed: the earliest instants."""
        due = limit_at = self.promised or FAR
        for countdown in self.owed:
            first, last = countdown.at(now)
            due, limit_at = min(due, first), min(limit_at, last)
        return due, limit_at

    def binding(self, now: datetime) -> Countdown:
        """The countdown that gives the limit, of the worst severity on a tie."""
        return min(self.owed, key=lambda countdown: countdown.at(now)[1])

    def is_nearly_over(self, now: datetime) -> bool:
        """Whether less than a quarter of what gives the limit is left."""
        binding = self.binding(now) if self.owed else None
        if self.promised is not None and (binding is None or self.promised < binding.at(now)[1]):
            return (self.promised - now) * 4 < self.promised - self.promised_on
        return binding is not None and binding.is_nearly_over(now)

    def look(self, now: datetime) -> None:
        """Something has changed: see by when it is owed now, and whether it is too late for that."""
        if self.done_at is None:
            if self.gate.shut_at is None:
                self.limit_at = self.instants(now)[1]
            else:
                self.limit_at = min((c.limit_at for c in self.owed if c.left is None), default=FAR)
                if self.promised is not None:
                    self.limit_at = min(self.limit_at, self.promised)
            self.pass_to(now, now)

    def pass_to(self, at: datetime, seen_at: datetime | None = None) -> None:
        """Time has passed up to an instant."""
        if self.limit_at < at and self.breached_at is None and self.done_at is None:
            self.breached_at = seen_at or self.limit_at
            if self.kind == "status_update":
                self.late.append([*self.instants(self.breached_at), None])

    def end(self, at: datetime, now: datetime, logged_at: datetime | None) -> None:
        """It is done, as of an instant; `now` is when that is known."""
        self.kept = self.instants(now)
        self.done_at = at
        self.backdated = logged_at is not None and logged_at > self.kept[1]
