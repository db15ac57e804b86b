"""The clocks of an incident: what is owed, by when, and what was late. Carried on from event to event.

The numbers are those of the rules in `docs/reference/clocks.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sevclass.incident.countdown import FAR, Countdown, Limits
from sevclass.incident.rules import REVIEW, Rules
from sevclass.incident.track import Gate, Kind, Track


class Word(NamedTuple):
    """When something was said, and when that was written if it was later."""

    at: datetime
    logged_at: datetime | None


_BEFORE_THE_RESOLUTION: tuple[Kind, ...] = ("initial_response", "notification", "status_update", "resolution")


class Clocks:
    """All clocks of one incident."""

    def __init__(self, rules: Rules, opened_at: datetime) -> None:
        self._rules, self._opened_at = rules, opened_at
        self._gates: dict[Kind, Gate] = {kind: Gate() for kind in (*_BEFORE_THE_RESOLUTION, "review")}
        self.initial_response = Track("initial_response", self._gates["initial_response"])
        self.update = Track("status_update", self._gates["status_update"])
        self.resolution = Track("resolution", self._gates["resolution"])
        self.review = Track("review", self._gates["review"])
        self._notifications: dict[str, Track] = {}
        self.tracks: Sequence[Track] = ()
        """All in their order: notifications as the severity in force asks for them, then those that it does not."""
        self._told: dict[str, list[Word]] = {}
        """Role -> word that it was sent, or one that stood in for it then."""
        self.severity = self.worst = rules.mildest
        self.starts: dict[int, datetime] = {}
        """Severity -> the first instant at which it was in force, or a worse one."""
        self._countdowns: dict[tuple[Kind, int, str], Countdown] = {}
        self._intervals: dict[int, Countdown] = {}
        """Of the severities that ask for updates: from the last one, or from the start of the severity."""
        self.answered_at: datetime | None = None
        """When the initial response ended, whether one was owed or not."""
        self.resolved_at: datetime | None = None
        self._reviewed: Word | None = None
        """The first review since the resolution."""
        self.is_closed = False
        self._next = FAR

    # Time and severity

    def pass_to(self, at: datetime) -> None:
        """Time passes up to an instant: what was not done by its limit is breached."""
        if self._next < at and not self.is_closed:
            for track in self.tracks:
                track.pass_to(at)
            self._schedule()

    def reach(self, severity: int, at: datetime) -> None:
        """The severity in force becomes another."""
        rules = self._rules
        self.severity, self.worst = severity, min(severity, self.worst)
        start = self._opened_at if rules.starts_at_opening else at
        for reached in range(severity, rules.mildest + 1):
            self.starts.setdefault(reached, start)
        self.initial_response.owed = self._owed("initial_response", rules.initial_response)
        self.resolution.owed = self._owed("resolution", rules.resolution)
        self._owe_updates(at)
        self._owe_notifications(at)
        self.tracks = self._in_order()
        self._owe_review(at)
        self._look(at)

    def _owed(self, kind: Kind, figures: Mapping[int, Limits]) -> Sequence[Countdown]:
        owed: list[Countdown] = []
        for severity in range(self.severity, self._rules.mildest + 1):
            if (limits := figures.get(severity)) and not _outlasts(limits, self.starts[severity], owed):
                owed.append(self._countdown(kind, severity, "", limits))
        return owed

    def _countdown(self, kind: Kind, severity: int, role: str, limits: Limits) -> Countdown:
        key = kind, severity, role
        if (found := self._countdowns.get(key)) is None:
            found = self._countdowns[key] = self._gates[kind].countdown(limits, self.starts[severity])
        return found

    def _in_order(self) -> list[Track]:
        rows, standing = self._notifications, self._rules.standing(self.severity)
        first = [rows[role] for role in standing]
        others = [track for role, track in rows.items() if role not in standing]
        return [self.initial_response, *first, *others, self.update, self.resolution, self.review]

    def _look(self, at: datetime, changed: Iterable[Track] | None = None) -> None:
        if not self.is_closed:
            for track in self.tracks if changed is None else changed:
                track.look(at)
            self._schedule()

    def _schedule(self) -> None:
        """The next instant at which something may be breached."""
        self._next = min([track.limit_at for track in self.tracks if track.breached_at is None], default=FAR)

    # What stops them and sets them going

    def wait(self, at: datetime, *, holds: bool) -> None:
        """The incident waits for somebody, or no longer does."""
        pauses = self._rules.pauses
        self._hold("waiting", at, holds=holds, kinds=pauses)
        self._look(at, [track for track in self.tracks if track.kind in pauses])

    def _hold(self, reason: str, at: datetime, *, holds: bool, kinds: Iterable[Kind]) -> None:
        """For a reason, clocks of some kinds stand still from now on, or no longer do."""
        for kind in kinds:
            change = self._gates[kind].set(reason, at, holds=holds)
            for countdown in self._of(kind) if change else ():
                if change == "shut":
                    countdown.hold(at)
                else:
                    countdown.go(at)

    def _of(self, kind: Kind) -> Iterable[Countdown]:
        if kind == "status_update":
            return self._intervals.values()
        return [countdown for (other, _, _), countdown in self._countdowns.items() if other == kind]

    # Updates

    def _owe_updates(self, at: datetime) -> None:
        owed: list[Countdown] = []
        gate, updated_at = self._gates["status_update"], self.update.updated_at
        for severity, cadence in self._rules.updates.items():
            if severity < self.severity:
                continue
            if (interval := self._intervals.get(severity)) is None:
                start = self.starts[severity]
                begin = max(start, updated_at or start)
                limits = cadence.at(begin, start, gate)
                if _outlasts(limits, begin, owed):
                    continue
                interval = self._intervals[severity] = gate.countdown(limits, begin)
            owed.append(interval)
        self.update.owed = owed
        self._hold("not owed", at, holds=not owed, kinds=("status_update",))

    def update_sent(self, at: datetime, promised: datetime | None, logged_at: datetime | None) -> None:
        """Customers were told how it stands."""
        track = self.update
        track.in_time += track.is_owed and track.breached_at is None and not self.is_closed
        track.promised, track.updated_at = promised, at
        self._intervals.clear()
        self._answer(at, logged_at)
        if track.breached_at is not None:
            track.late[-1] = (*track.late[-1][:2], at)
        track.breached_at = None
        self._owe_updates(at)
        if not self.is_closed:
            track.look(at)
            self._schedule()

    # Notifications

    def _owe_notifications(self, at: datetime) -> None:
        rules, rows = self._rules, self._notifications
        standing = rules.standing(self.severity)
        for role in standing:
            if role not in rows:
                rows[role] = Track("notification", self._gates["notification"], role)
        figures = rules.figures(self.severity)
        named = {role for _, role, _ in figures}
        for role, track in rows.items():
            # For those too that it covers and that have had no row of their own.
            mine = {role, *(rules.covers.covered_by(role) - rows.keys())} if role in named else ()
            track.owed = [
                self._countdown("notification", severity, other, limits)
                for severity, other, limits in figures
                if other in mine
            ]
        self._suspend(at)
        self._hear(at)

    def _suspend(self, at: datetime) -> None:
        """After the resolution, what was not too late by then is not owed."""
        since = self.resolved_at
        for track in self._notifications.values():
            track.is_suspended = since is not None and bool(track.owed) and track.limit(at) >= since

    def notified(self, role: str, at: datetime, logged_at: datetime | None) -> None:
        """A role was told, and those for whom it stands in."""
        for other in (role, *self._rules.left_out(self.severity).get(role, ())):
            self._told.setdefault(other, []).append(Word(at, logged_at))
        if not self.is_closed:
            self._hear(at)
            self._schedule()

    def _hear(self, at: datetime) -> None:
        """End what word was sent of: since what binds began, or a little before."""
        gaps = self._gates["notification"].so_far(at)
        for role, track in self._notifications.items():
            told = self._told.get(role)
            if not told or not track.is_owed or self.is_closed:
                continue
            binding = track.binding(at)
            word = next((word for word in told if binding.tells(word.at, gaps)), None)
            if word is not None:
                track.end(word.at, at, word.logged_at)

    # The ends

    def _end(self, track: Track, at: datetime, logged_at: datetime | None) -> None:
        if not track.is_over and not self.is_closed:
            track.end(at, at, logged_at)

    def _answer(self, at: datetime, logged_at: datetime | None) -> None:
        if self.answered_at is None and not self.is_closed:
            self.answered_at = at
        self._end(self.initial_response, at, logged_at)

    def acknowledged(self, at: datetime, logged_at: datetime | None) -> None:
        """Somebody has answered."""
        self._answer(at, logged_at)
        self._schedule()

    def resolved(self, at: datetime, logged_at: datetime | None) -> None:
        """The customers can work again: no clock runs but that of the review."""
        self._answer(at, logged_at)
        self._end(self.resolution, at, logged_at)
        self.resolved_at, self.update.is_suspended = at, True
        self._hold("resolved", at, holds=True, kinds=_BEFORE_THE_RESOLUTION)
        self._suspend(at)
        self._owe_review(at)
        self._look(at)

    def _owe_review(self, at: datetime) -> None:
        if self.resolved_at is None or self.worst not in self._rules.review:
            self.review.owed = ()
        elif not self.review.owed:
            self.review.owed = [Countdown(REVIEW, self.resolved_at)]
        if self.review.owed and self._reviewed and not self.review.is_over:
            self.review.end(self._reviewed.at, at, self._reviewed.logged_at)

    def reviewed(self, at: datetime, logged_at: datetime | None) -> None:
        """The review took place."""
        if self.resolved_at is not None and not self.is_closed:
            self._reviewed = self._reviewed or Word(at, logged_at)
            self._owe_review(at)
            self._schedule()

    def reopened(self, at: datetime) -> None:
        """It goes on, without forgetting: what was done stays done, but for the resolution and its review."""
        self.is_closed = False
        for reason in ("resolved", "closed"):
            self._hold(reason, at, holds=False, kinds=_BEFORE_THE_RESOLUTION)
        self.resolved_at = self._reviewed = None
        self.update.is_suspended = False
        self.resolution.again()
        self.review.again()
        self.review.owed = ()
        self._suspend(at)
        self._hear(at)
        self._look(at)

    def closed(self, at: datetime) -> None:
        """Nothing more is owed."""
        self.is_closed = True
        self._hold("closed", at, holds=True, kinds=_BEFORE_THE_RESOLUTION)


def _outlasts(limits: Limits, start: datetime, owed: Sequence[Countdown]) -> bool:
    """Whether a countdown that starts then can never be the earliest beside those of worse severities."""
    return bool(owed) and owed[-1].start == start and limits.outlasts(owed[-1].limits)
