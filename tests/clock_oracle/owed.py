"""What a clock owes after some event, as it looks at some instant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from tests import oracle
from tests.clock_oracle.counted import ALWAYS, Figure, Gap, Time, figure
from tests.clock_oracle.log import instant
from tests.clock_oracle.moments import Moment, told_rows

Data = dict[str, Any]
Owing = tuple[int, datetime, Figure]  # a severity, its start or that of the interval, and its figure

MINUTE = timedelta(minutes=1)
REVIEW = Figure("48h", "48h", ALWAYS)


class Owed(NamedTuple):
    """The instants of a clock, and what binds it: when that began, its figure, and the share of it that is left."""

    due: datetime
    limit_at: datetime
    begin: datetime
    limit: str
    calendar: Data
    left: Fraction


def is_update(event: Data) -> bool:
    """Whether an event is an update to customers; no other audience counts (4)."""
    return bool(event["event"] == "update_sent") and event.get("audience", "customers") == "customers"


def target(pack: Data, severity: int, key: str) -> tuple[Data, Data | str] | None:
    """The row and figure of a target: of the severity, else of the next milder one that has it."""
    for number in range(severity, oracle.mildest(pack) + 1):
        row = (pack.get("sla") or {}).get(str(number), {})
        if key in row:
            return row, row[key]
    return None


class View:
    """An incident after its first events, seen at an instant `now` before anything else happens.

    A gap that is still open ends at `now`: all is as if the clock resumed then (8).
    """

    def __init__(self, pack: Data, past: list[Moment], now: datetime) -> None:
        self.pack, self.past, self.now = pack, past, now
        self.moment = past[-1]
        self.severities = range(self.moment.in_force, oracle.mildest(pack) + 1)
        self.times: dict[str, Time] = {}

    # Time that does not count

    def stretches(self) -> Iterator[tuple[Moment, datetime, datetime]]:
        """Each moment, from when until when it lasted."""
        ends = [moment.at for moment in self.past[1:]] + [self.now]
        for moment, end in zip(self.past, ends, strict=True):
            yield moment, moment.at, end

    def stands_still(self, clock: str, moment: Moment) -> bool:
        """Whether a clock that is not done stands still during a moment."""
        if clock == "review":
            return False
        if moment.resolved or moment.closed:  # (8) from resolved to reopened no clock runs
            return True
        if clock == "status_update" and target(self.pack, moment.in_force, "status_updates") is None:
            return True  # (4) time during which no update is owed
        return bool(moment.waits) and clock in self.pauses  # (8)

    @property
    def pauses(self) -> list[str]:
        """The clocks that waiting pauses."""
        found: list[str] = self.pack.get("pauses", ["resolution"])
        return found

    def time(self, clock: str) -> Time:
        """The time that counts for a clock."""
        if clock not in self.times:
            gaps: list[Gap] = [
                (start, end) for moment, start, end in self.stretches() if self.stands_still(clock, moment)
            ]
            self.times[clock] = Time(self.past[0].at, gaps)
        return self.times[clock]

    # What is owed

    def owed(self, clock: str, role: str | None) -> Owed | None:
        """What a clock that is not done owes; None if nothing."""
        if self.moment.closed:
            return None  # (9)
        resolved = self.moment.resolved
        if clock == "review":  # (5)
            owing = resolved is not None and self.moment.worst in self.pack.get("review", [])
            return self.earliest(clock, [(1, resolved, REVIEW)] if resolved and owing else [])
        if clock == "notification":
            owed = self.earliest(clock, list(self.of_role(role or "")))
            # (9) Unsent at the resolution: owed still if the limit had passed by then.
            return owed if owed and (resolved is None or owed.limit_at < resolved) else None
        if resolved:
            return None  # (9)
        if clock == "status_update":
            return self.promised(self.earliest(clock, list(self.of_updates())))
        return self.earliest(clock, list(self.of_target(clock)))

    def earliest(self, clock: str, owing: list[Owing]) -> Owed | None:
        """The earliest of the instants; what gives the limit binds, the worst severity on a tie (2)."""
        if not owing:
            return None
        time = self.time(clock)
        due = min(time.after(begin, own.target, own.calendar) for _, begin, own in owing)
        limits = [(time.after(begin, own.limit, own.calendar), place) for place, (_, begin, own) in enumerate(owing)]
        limit_at, place = min(limits)  # the worst severity stands first
        _, begin, own = owing[place]
        left = time.share(self.now, limit_at, own.limit, own.calendar)
        return Owed(due, limit_at, begin, own.limit, own.calendar, left)

    def of_target(self, clock: str) -> Iterator[Owing]:
        """What each severity asks of initial response or resolution (2)."""
        for number in self.severities:
            found = target(self.pack, number, clock)
            if found:
                yield number, self.moment.starts[number], figure(self.pack, *found)

    def of_role(self, role: str) -> Iterator[Owing]:
        """What each severity asks of a role that has a row (3). Nothing where none names it any more."""
        rows = [(number, (self.pack.get("sla") or {}).get(str(number), {})) for number in self.severities]
        if not any(role in row.get("notify", {}) for _, row in rows):
            return
        stands_for = {role} | (oracle.covered_by(self.pack, role) - set(self.moment.had))
        for number, row in rows:
            for other, written in row.get("notify", {}).items():
                if other in stands_for:
                    yield number, self.moment.starts[number], figure(self.pack, row, written)

    def of_updates(self) -> Iterator[Owing]:
        """What each severity asks of the interval that runs (4)."""
        for number in self.severities:
            found = target(self.pack, number, "status_updates")
            if found:
                start = self.moment.starts[number]
                begin = max(start, self.last_update["at"]) if self.last_update else start
                yield number, begin, self.cadence(*found, start, begin)

    def cadence(self, row: Data, written: Data | str, start: datetime, begin: datetime) -> Figure:
        """The figure with which an interval began that began at `begin` (16)."""
        own = figure(self.pack, row, written)
        if isinstance(written, str) or "for" not in written:
            return own
        slows = self.time("status_update").after(start, written["for"], own.calendar)
        return own if begin < slows else self.cadence(row, written["then"], slows, begin)

    @cached_property
    def last_update(self) -> Data | None:
        """The last update to customers: when it was sent, and the `next` that it promises."""
        sent = [moment for moment in self.past if is_update(moment.event)]
        return {"at": sent[-1].at, "next": sent[-1].event.get("next")} if sent else None

    def promised(self, owed: Owed | None) -> Owed | None:
        """What is owed where the last update promised the next one: that, if it is the earlier (4)."""
        if owed is None or not self.last_update or not self.last_update["next"]:
            return owed
        begin, promise = self.last_update["at"], instant(self.last_update["next"])
        due = min(owed.due, promise)
        if promise >= owed.limit_at:
            return owed._replace(due=due)
        left = Fraction((promise - self.now) // MINUTE, max((promise - begin) // MINUTE, 1))
        return Owed(due, promise, begin, "", ALWAYS, left)

    # Who was told

    def told(self, role: str, owed: Owed) -> Moment | None:
        """The first word that ends a notification (7)."""
        for moment in self.past:
            if moment.event["event"] == "notified" and "about" not in moment.event:
                to = moment.event["role"]
                if (to == role or self.covers(to, role, moment)) and self.in_time(moment.at, owed):
                    return moment
        return None

    def covers(self, other: str, role: str, moment: Moment) -> bool:
        """Whether a role was left out at a moment for another one that had a row there (3)."""
        rows = told_rows(self.pack, moment.in_force)
        return other in rows and role not in rows and role in oracle.covered_by(self.pack, other)

    def in_time(self, sent: datetime, owed: Owed) -> bool:
        """Whether word was sent after what binds had begun, or at most the limit before it (7)."""
        return sent >= owed.begin or self.time("notification").share(sent, owed.begin, owed.limit, owed.calendar) <= 1
