"""A naive account of the clocks of an incident, written from the words of their rules: the library is held equal to it.

A pack is a plain document, as in `tests.oracle`. Events are plain data too, in the order of their file. Everything is
gone through event by event from the opening on, and each instant is looked for from the start. Numbers in comments are
those of the rules.

Readings. Where the rules are silent, or two of them collide, this is what is taken:

1.  Events after `now` are dropped first: a `struck` that is written later has not happened yet, and one that names an
    entry after `now` names none. A `struck` that names none, or itself, is set aside. One may strike another. To strike
    an entry twice is idle, and not set aside. A struck entry is not set aside.
2.  Set aside besides what rule 8 and the examples name: anything before the opening, a second `opened`, `resolved` of
    what is resolved or closed, `reopened` of what is neither, a second `closed`, `waiting` when closed. Not set aside:
    `acknowledged`, `notified`, `reviewed` or an update that ends nothing, and an override that lifts none.
3.  A wait without `on` is a wait on nobody: a second one is set aside, and `resumed` without `on` ends all.
4.  Events at the same instant count one after the other: a severity that lasted no time has a start, and a limit that
    an event put into the past is a breach, even if the next event of that instant takes it back.
5.  A clock that is not owed has `due`, `limit_at`, `done_at` and `left_s` null, but keeps `breached_at` and `late`:
    rule 10 goes before the words on null instants.
6.  Initial response, status update, resolution and review always have a row, `not_owed` where the pack asks nothing.
7.  A figure that a severity inherits counts from its own start. That matters only where a cadence slows.
8.  A clock that ends while it is not owed (initial response, resolution) is `not_owed`, also if it would be owed later.
9.  Rows of roles stand in the order of rule 3 for the severity in force, then the others that have had a row, in the
    order of their first one. "Already there" means there by the severity in force, not kept from before.
10. A kept row is owed while a severity from the one in force on names its role, covered or not. It is
    covered while it is left out for a role that has a row; one that stands before its cover is told for itself.
11. Once done a notification stays done (11), also when a worse severity comes to bind (7). Word that was sent when
    there was no row, or none was owed, is looked for when the row is owed, by the test of rule 7 in the time that
    counts for the clock. So is word to a role that covered it then. Such a row is judged by what is owed when it is.
    If that makes it late without a breach before, `breached_at` is that later instant.
12. A limit used up exactly when a pause begins, or at closing time, lies in the past during the pause: `breached`.
13. A promise is an instant: it does not move with pauses, and counts for nothing where no severity asks for updates. It
    binds only if it is before the limit of the figure. For the last quarter its span from the update is taken, elapsed.
14. `breached_at` of the status update is that of the interval which runs.
15. A cadence that slows: `for` is counted in the time that counts for updates; an interval that begins just when it is
    over has the next figure; the `for` of a `then` begins where the one before it ended.
16. After the resolution no update is owed, even if it was late by then.
17. The review is owed while the incident is resolved, by the worst severity in force up to now, also a later one. A
    `reviewed` since the last resolution ends it, even if it was not owed yet. After another resolution it is owed anew.
18. When closed, all clocks are as they were at the closing and stay so: later events do nothing to them, severity and
    facts go on. What is breached is `missed` with `done_at` null. What once was but no longer is, is `not_owed`. A
    closed incident may be reopened; the time in between counts as that from resolved to reopened does. Then an update
    that was sent in between has ended its interval (4, 10), and word to a role is looked for as in 11.
19. A pending override is not kept: only a later override event, with `approved_by`, takes effect. Whether it is milder
    is seen when it is made.
20. The `because` of a criterion that ends a ceiling is that after the event. A fact that was unknown before gets worse.
21. Labels that differ between sources are a conflict too.
22. `spent` counts from the opening to now, whatever happened, and lists the severities with at least a minute.
23. `left_s` is rounded down. Of clocks with the same limit, `next` is the first in the order of the rows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests import oracle
from tests.clock_oracle.log import possible
from tests.clock_oracle.moments import Moment, moments
from tests.clock_oracle.rows import Clocks

Data = dict[str, Any]

RUNNING = ("breached", "at_risk", "on_track")


def spent(course: list[Moment], now: datetime) -> dict[int, int]:
    """The minutes at each severity."""
    minutes: dict[int, int] = {}
    ends = [moment.at for moment in course[1:]] + [now]
    for moment, end in zip(course, ends, strict=True):
        minutes[moment.in_force] = minutes.get(moment.in_force, 0) + (end - moment.at) // timedelta(minutes=1)
    return {severity: some for severity, some in sorted(minutes.items()) if some}


def first_due(rows: list[Data]) -> Data | None:
    """The clock that is neither done nor paused and has the earliest limit."""
    running = [row for row in rows if row["state"] in RUNNING]
    if not running:
        return None
    row = min(running, key=lambda row: row["limit_at"])
    return {"clock": row["clock"], "due": row["due"], "role": row["role"]}


def clocks(pack: Data, events: list[Data], now: datetime) -> Data:
    """The clocks of an incident at `now`, and what they follow from.

    Raises ValueError if the incident is not open by then.
    """
    kept, aside = possible(events, now)
    course = moments(pack, [event for _, event in kept])
    last = course[-1]
    rows = Clocks(pack, course, now).answer()
    override = {key: last.override[key] for key in ("severity", "by", "reason", "at")} if last.override else None
    return {
        "severity": {
            "in_force": last.in_force,
            "classified": last.classified,
            "could_be": oracle.could_be(pack, last.facts),
            "override": override,
        },
        "clocks": rows,
        "next": first_due(rows),
        "set_aside": aside,
        "facts": last.facts,
        "conflicts": last.conflicts,
        "waiting": last.waits,
        "spent": spent(course, now),
    }
