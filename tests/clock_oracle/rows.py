"""The clocks of an incident: each is carried from event to event, up to now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from tests.clock_oracle.log import instant
from tests.clock_oracle.moments import Moment, told_rows
from tests.clock_oracle.owed import Owed, View, is_update

Data = dict[str, Any]

RESPONSES = ("acknowledged", "resolved")


@dataclass
class Row:
    """One clock, as far as it is not what the events of the moment say."""

    clock: str
    role: str | None = None
    breached_at: datetime | None = None
    done_at: datetime | None = None
    owed: Owed | None = None
    """What was owed when it was done, or ended without having been owed."""
    ended: bool = False
    backdated: bool = False
    late: list[Data] = field(default_factory=list)

    def end(self, at: datetime, by: Data, owed: Owed | None, seen: datetime) -> None:
        """Judge it by what is owed as it ends (11); `seen` is the event by which that is known."""
        self.ended, self.owed = True, owed
        if owed:
            self.done_at = at
            self.backdated = "logged_at" in by and instant(by["logged_at"]) > owed.limit_at  # (12)
            if at > owed.limit_at and self.breached_at is None:
                self.breached_at = seen

    def again(self) -> None:
        """Start again, without forgetting that it was once past its limit (10)."""
        self.ended, self.done_at, self.owed, self.backdated = False, None, None, False


class Clocks:
    """All clocks, carried through the moments of an incident."""

    def __init__(self, pack: Data, moments: list[Moment], now: datetime) -> None:
        self.pack, self.moments, self.now = pack, moments, now
        self.response, self.updates = Row("initial_response"), Row("status_update")
        self.resolution, self.review = Row("resolution"), Row("review")
        self.told: dict[str, Row] = {}
        for place, moment in enumerate(moments):
            if place:
                self.watch(View(pack, moments[:place], moment.at), None)
            view = View(pack, moments[: place + 1], moment.at)
            if not moment.closed:
                before = View(pack, moments[: max(place, 1)], moment.at)
                self.happen(moment, before, view)
            self.update(moment)
            self.watch(view, moment.at)
        self.watch(View(pack, moments, now), None)

    def rows(self, moment: Moment) -> list[Row]:
        """Every clock: those to be told now, in order of their roles, then the others that have had a row."""
        current = told_rows(self.pack, moment.in_force)
        roles = [role for role in current if role in self.told]
        roles += [role for role in self.told if role not in current]
        return [self.response, *(self.told[role] for role in roles), self.updates, self.resolution, self.review]

    def watch(self, view: View, event: datetime | None) -> None:
        """Note the clocks that are past their limit: by an event, or since the limit (10)."""
        for row in self.rows(view.moment):
            owed = None if row.ended or row.breached_at else view.owed(row.clock, row.role)
            if owed and owed.limit_at < view.now:
                row.breached_at = event or owed.limit_at
                if row.clock == "status_update":
                    row.late.append({"due": owed.due, "limit_at": owed.limit_at, "done_at": None})

    def happen(self, moment: Moment, before: View, view: View) -> None:
        """What an event does to the clocks. `before` is all as it was, at the instant of the event."""
        event, at = moment.event, moment.at
        if event["event"] == "reopened":
            self.resolution.again()
            self.review.again()
        if (event["event"] in RESPONSES or is_update(event)) and not self.response.ended:  # (7)
            self.response.end(at, event, before.owed("initial_response", None), at)
        if event["event"] == "resolved":  # (7)
            self.resolution.end(at, event, before.owed("resolution", None), at)
        for role in moment.had:
            self.tell(self.told.setdefault(role, Row("notification", role)), role, view)
        self.look_back(view)

    def update(self, moment: Moment) -> None:
        """End an interval, also one that ran when the incident was closed (4, 10)."""
        if is_update(moment.event):
            if self.updates.breached_at:
                self.updates.late[-1]["done_at"] = moment.at
            self.updates.breached_at = None

    def tell(self, row: Row, role: str, view: View) -> None:
        """End a notification if word was sent, now or before it was owed (7)."""
        owed = None if row.ended else view.owed("notification", role)
        word = view.told(role, owed) if owed else None
        if owed and word:
            row.end(word.at, word.event, owed, view.now)

    def look_back(self, view: View) -> None:
        """End the review if there was one since the last resolution (5)."""
        owed = None if self.review.ended else view.owed("review", None)
        since = max((place for place, moment in enumerate(view.past) if moment.event["event"] == "resolved"), default=0)
        held = [moment for moment in view.past[since:] if moment.event["event"] == "reviewed"]
        if owed and held:
            self.review.end(held[0].at, held[0].event, owed, view.now)

    # How they stand

    def answer(self) -> list[Data]:
        """Every clock as it stands now."""
        closing = [place for place, moment in enumerate(self.moments) if moment.closed]
        if self.moments[-1].closed:
            # (9) Closing ends the rest: all is as it was then.
            place = max(place for place in closing if self.moments[place].event["event"] == "closed")
            closed = self.moments[place]
            view = View(self.pack, self.moments[:place], closed.at)
            then = Clocks(self.pack, self.moments[:place], closed.at)
            return [then.stand(row, view, closed=True) for row in then.rows(self.moments[place - 1])]
        view = View(self.pack, self.moments, self.now)
        return [self.stand(row, view, closed=False) for row in self.rows(self.moments[-1])]

    def stand(self, row: Row, view: View, *, closed: bool) -> Data:
        """One clock. The states stand in their order of precedence."""
        owed = row.owed if row.ended else view.owed(row.clock, row.role)
        breached = owed is not None and not row.ended and view.now > owed.limit_at
        if closed and not row.ended and not breached:
            owed = None  # (9)
        state = "on_track"
        if row.done_at or (closed and breached):
            state = "missed" if row.breached_at else "met"
        elif owed is None:
            state = "not_owed"
        elif breached:
            state = "breached"
        elif view.moment.waits and row.clock in view.pauses:
            state = "paused"
        elif view.now >= owed.due or (owed.due == owed.limit_at and owed.left < Fraction(1, 4)):
            state = "at_risk"
        running = owed is not None and not row.ended and not closed
        return {
            "clock": row.clock,
            "role": row.role,
            "due": owed.due if owed else None,
            "limit_at": owed.limit_at if owed else None,
            "done_at": row.done_at,
            "breached_at": row.breached_at,
            "state": state,
            "left_s": (owed.limit_at - view.now) // timedelta(seconds=1) if owed and running else None,
            "backdated": row.backdated,
            "late": row.late,
        }
