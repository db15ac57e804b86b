"""A breach is never forgotten: not by a milder severity, a reopening, a pause or whatever else may be logged.

Of updates each interval has its own; `late` lists those that once were too long. A log with a strike is left out: what
was struck counts as unwritten, and so does what it made late.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from hypothesis import assume, event as counted, given

from sevclass.incident import replay
from tests.clock_oracle.log import instant
from tests.strategies import load
from tests.timelines import Data, cases

Case = tuple[Data, list[Data], Any]


@given(cases())
def test_a_breach_is_never_forgotten(case: Case) -> None:
    doc, log, now = case
    pack, past = load(doc), [event for event in log if instant(event["at"]) <= now]
    assume(all(event["event"] != "struck" for event in past))
    opening = min(instant(event["at"]) for event in past if event["event"] == "opened")
    breached: dict[tuple[str, str | None], datetime] = {}
    late: list[tuple[datetime, datetime]] = []
    for at in sorted({instant(event["at"]) for event in past} | {now}):
        if at < opening:
            continue
        for clock in replay(past, pack, at).clocks:
            name = (clock.clock, clock.role)
            if clock.clock == "status_update":
                intervals = [(one.due, one.limit_at) for one in clock.late]
                assert intervals[: len(late)] == late
                late = intervals
            else:
                assert clock.breached_at == breached.get(name, clock.breached_at)
            if clock.breached_at is not None:
                breached[name] = clock.breached_at
                assert clock.state != "met"
                counted(f"{clock.clock} breached and {clock.state}")
