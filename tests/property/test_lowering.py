"""To lower the severity and raise it again wins no time; for updates none beyond the time at which none was owed.

In business time that may be more than passes on the wall, so updates are held to it in packs without business time.
For notifications the reading of ADR 4 applies as it does to a worse severity: a role that gets a row of its own while
the severity is low is told for itself from then on.
"""

from __future__ import annotations

from typing import Any

from hypothesis import assume, event as counted, given, strategies as st

from sevclass.incident import replay
from tests import oracle
from tests.clock_oracle.log import instant
from tests.property.test_worse_severity import related, rows
from tests.strategies import load
from tests.timelines import MINUTE, Data, cases

Case = tuple[Data, list[Data], Any]


def owes_updates(doc: Data, severity: int) -> bool:
    """Whether a severity asks for updates, by a figure of its own or of a milder one."""
    return any("status_updates" in row for number, row in doc.get("sla", {}).items() if int(number) >= severity)


@given(cases(), st.integers(0, 6 * 24 * 60), st.integers(0, 600))
def test_lowering_and_raising_again_wins_no_time(case: Case, minutes: int, length: int) -> None:
    doc, log, now = case
    pack = load(doc)
    log = [event for event in log if event["event"] != "override"]
    begin = min(instant(event["at"]) for event in log if event["event"] == "opened") + minutes * MINUTE
    end = begin + length * MINUTE
    assume(end <= now)
    mildest = oracle.mildest(doc)
    said: Data = {"event": "override", "by": "the law", "reason": "so it is", "approved_by": "the law"}
    lowered: list[Data] = [
        {"at": begin.isoformat(), "severity": mildest} | said,
        {"at": end.isoformat(), "severity": None} | said,
    ]

    before, after = replay(log, pack, now), replay([*log, *lowered], pack, now)

    assert after.severity.in_force == before.severity.in_force
    business = "bh" in str(doc["sla"]) or "bd" in str(doc["sla"])
    found = rows(after)
    for (kind, role), one in rows(before).items():
        if one.limit_at is None or one.done_at:
            continue
        if kind == "notification":
            assert role is not None
            words = [found[kind, name] for name in related(doc, role) if (kind, name) in found]
            if after.phase == "open" and not any(word.done_at for word in words):
                assert min(word.limit_at for word in words if word.limit_at) <= one.limit_at
            continue
        other = found[kind, role]
        if other.limit_at is None or other.done_at:
            continue
        if kind == "status_update" and not owes_updates(doc, mildest):
            assert business or other.limit_at <= one.limit_at + (end - begin)
        else:
            assert other.limit_at <= one.limit_at
        counted(f"{kind} compared: {one.limit_at != other.limit_at}")
