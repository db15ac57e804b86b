"""The clocks of an incident: what is owed, by when, and what was late. Carried on from event to event.

The numbers are those of the rules in `docs/reference/clocks.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sevclass.incident.countdown import FAR, Countdown, Limits
from sevclass.incident.rules import REVIEW, Cadence, Rules
from sevclass.incident.track import Gate, Kind, Track

_BEFORE_THE_RESOLUTION: tuple[Kind, ...] = ("initial_response", "notification", "status_update", "resolution")


class Clocks:
    """All clocks of one incident."""

    def __init__(self, rules: Rules, opened_at: datetime) -> None:
        self._rules, self._opened_at = rules, opened_at
        kinds: tuple[Kind, ...] = ("initial_response", "notification", "status_update", "resolution", "review")
        self._gates: dict[Kind, Gate] = {kind: Gate() for kind in kinds}
        self.initial_response, self.update, self.resolution, self.review = (
            Track(kind, self._gates[kind]) for kind in kinds if kind != "notification"
        )
        self._notifications: dict[str, Track] = {}
        self.severity = rules.mildest + 1
        self.worst = rules.mildest
        self.starts: dict[int, datetime] = {}
        self._countdowns: dict[tuple[str, int, str], Countdown] = {}
        self._intervals: dict[int, Countdown] = {}
        """Of each severity reached: from the last update, or from the start of the severity."""
        self._updated_at: datetime | None = None
        self._told: dict[str, list[datetime]] = {}
        self.is_resolved = self.is_closed = False
        self._next = FAR

    # Time and severity

    def pass_to(self, at: datetime) -> None:
        """Time passes up to an instant: what was not done by its limit is breached."""
        if self._next < at:
            for track in self.tracks():
                track.pass_to(at)
            self._schedule()

    def reach(self, severity: int, at: datetime) -> None:
        """The severity in force becomes another."""
        self.severity, self.worst = severity, min(severity, self.worst)
        start = self._opened_at if self._rules.starts_at_opening else at
        for reached in range(severity, self._rules.mildest + 1):
            self.starts.setdefault(reached, start)
        self.initial_response.owed = self._owed("initial_response", self._rules.initial_response)
        self.resolution.owed = self._owed("resolution", self._rules.resolution)
        self._owe_updates(at)
        self._owe_notifications(at)
        self._look(at)

    def _owed(self, kind: Kind, figures: Mapping[int, Limits]) -> Sequence[Countdown]:
        severities = range(self.severity, self._rules.mildest + 1)
        return [self._countdown(kind, s, "", figures[s]) for s in severities if s in figures]

    def _countdown(self, kind: Kind, severity: int, role: str, limits: Limits) -> Countdown:
        key = kind, severity, role
        if (found := self._countdowns.get(key)) is None:
            found = self._countdowns[key] = self._gates[kind].countdown(limits, self.starts[severity])
        return found

    # What stops them and sets them going

    def hold(self, reason: str, at: datetime, *, holds: bool, kinds: Iterable[Kind]) -> None:
        """For a reason, clocks of some kinds stand still from now on, or no longer do."""
        for kind in kinds:
            change = self._gates[kind].set(reason, at, holds=holds)
            for countdown in self._of(kind) if change else ():
                if change == "shut":
                    countdown.hold(at)
                else:
                    countdown.go(at)

    def wait(self, at: datetime, *, holds: bool) -> None:
        """The incident waits for somebody, or no longer does."""
        self.hold("waiting", at, holds=holds, kinds=self._rules.pauses)
        self._look(at)

    def _of(self, kind: Kind) -> Iterable[Countdown]:
        if kind == "status_update":
            return self._intervals.values()
        if kind == "review":
            return self.review.owed
        return [countdown for (other, _, _), countdown in self._countdowns.items() if other == kind]

    def _look(self, at: datetime) -> None:
        for track in self.tracks():
            track.look(at)
        self._schedule()

    def _schedule(self) -> None:
        running = (t.limit_at for t in self.tracks() if t.done_at is None and t.breached_at is None)
        self._next = min(running, default=FAR)

    def tracks(self) -> Iterator[Track]:
        """The clocks in their order: notifications as the severity in force asks for them, then those it does not."""
        yield self.initial_response
        standing = self._rules.standing(self.severity)
        yield from (self._notifications[role] for role in standing)
        yield from (track for role, track in self._notifications.items() if role not in standing)
        yield self.update
        yield self.resolution
        yield self.review

    # Updates

    def _owe_updates(self, at: datetime) -> None:
        for severity, cadence in self._rules.updates.items():
            if severity in self.starts and severity not in self._intervals:
                self._intervals[severity] = self._interval(severity, cadence)
        self.update.owed = [self._intervals[s] for s in self._rules.updates if s >= self.severity]
        self.hold("not owed", at, holds=not self.update.owed, kinds=("status_update",))

    def _interval(self, severity: int, cadence: Cadence) -> Countdown:
        start = self.starts[severity]
        begin = max(start, self._updated_at or start)
        return self._gates["status_update"].countdown(cadence.at(begin - start), begin)

    def update_sent(self, at: datetime, promised: datetime | None, logged_at: datetime | None) -> None:
        """Customers were told how it stands."""
        if not self.is_closed:
            self._end(self.initial_response, at, logged_at)
        track = self.update
        if track.breached_at is not None:
            track.late[-1][2] = at
        track.breached_at, track.promised, self._updated_at = None, promised, at
        track.promised_on = at
        self._intervals.clear()
        self._owe_updates(at)
        track.look(at)
        self._schedule()

    # Notifications

    def _owe_notifications(self, at: datetime) -> None:
        rules, rows = self._rules, self._notifications
        standing = rules.standing(self.severity)
        for role in standing:
            if role not in rows:
                rows[role] = Track("notification", self._gates["notification"], role)
                rows[role].words.extend(self._told.get(role, ()))
        severities = range(self.severity, rules.mildest + 1)
        for role, track in rows.items():
            named = [role]
            if role in standing:
                named += sorted(rules.covers.covered_by(role) - rows.keys())
            elif not self._cover(role):
                named = []
            track.owed = [
                self._countdown("notification", s, other, rules.notify[s][other])
                for s in severities
                for other in named
                if other in rules.notify[s]
            ]
            self._hear(track, at, None)

    def _cover(self, role: str) -> set[str]:
        """Those who have a row now and stand in for the role."""
        rules = self._rules
        return {other for other in rules.standing(self.severity) if role in rules.covers.covered_by(other)}

    def notified(self, role: str, at: datetime, logged_at: datetime | None) -> None:
        """A role was told."""
        if self.is_closed:
            return
        self._told.setdefault(role, []).append(at)
        standing = self._rules.standing(self.severity)
        for other, track in self._notifications.items():
            if other == role or (other not in standing and role in self._cover(other)):
                track.words.append(at)
                self._hear(track, at, logged_at)
        self._schedule()

    def _hear(self, track: Track, at: datetime, logged_at: datetime | None) -> None:
        """Whether the role has been told of what binds now: word of a milder matter is not word of a worse one."""
        if not track.owed:
            return
        binding = track.binding(at)
        if track.done_at is not None and not binding.tells(track.done_at):
            track.done_at, track.backdated = None, False
        if track.done_at is None:
            word = next((word for word in track.words if binding.tells(word)), None)
            if word is not None:
                track.end(word, at, logged_at)

    # The ends

    def _end(self, track: Track, at: datetime, logged_at: datetime | None) -> None:
        if track.done_at is None:
            track.end(at, at, logged_at)

    def acknowledged(self, at: datetime, logged_at: datetime | None) -> None:
        """Somebody has answered."""
        self._end(self.initial_response, at, logged_at)
        self._schedule()

    def resolved(self, at: datetime, logged_at: datetime | None) -> None:
        """The customers can work again: no clock runs but that of the review."""
        self._end(self.initial_response, at, logged_at)
        self._end(self.resolution, at, logged_at)
        self.is_resolved, self.update.promised = True, None
        self.hold("resolved", at, holds=True, kinds=_BEFORE_THE_RESOLUTION)
        if self.worst in self._rules.review:
            self.review.owed = [Countdown(REVIEW, at)]
        self._look(at)

    def reopened(self, at: datetime) -> None:
        """It goes on, without forgetting: what was done stays done, but for the resolution and its review."""
        self.is_resolved = self.is_closed = False
        for reason in ("resolved", "closed"):
            self.hold(reason, at, holds=False, kinds=self._gates)
        self.resolution.done_at = self.review.done_at = None
        self.resolution.backdated = self.review.backdated = False
        self.review.owed = ()
        self._look(at)

    def reviewed(self, at: datetime, logged_at: datetime | None) -> None:
        """The review took place."""
        if self.review.owed:
            self._end(self.review, at, logged_at)
            self._schedule()

    def closed(self, at: datetime) -> None:
        """Nothing more is owed."""
        self.is_closed = True
        self.hold("closed", at, holds=True, kinds=self._gates)
        self._look(at)
