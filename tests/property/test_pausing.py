"""Pausing never brings an instant nearer, if the wait is on somebody whom nobody else waits for.

Exempt is a cadence that slows in a pack that pauses updates: `for` does not pass while it waits, so an interval may
begin with a figure that holds for longer, and is the shorter one. A notification is looked at while it is owed: a pause
may make earlier word count, and then it is done.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hypothesis import assume, event as counted, given, strategies as st

from sevclass.incident import IncidentState, replay
from tests.clock_oracle.log import instant
from tests.strategies import load
from tests.timelines import MINUTE, Data, cases

Case = tuple[Data, list[Data], Any]


def slows(doc: Data) -> bool:
    """Whether updates become rarer with time."""
    written = [row.get("status_updates") for row in doc.get("sla", {}).values()]
    return any(isinstance(one, dict) and "for" in one for one in written)


def waits(state: IncidentState) -> bool:
    return any(wait.on == "the law" for wait in state.waiting)


@given(cases(), st.integers(0, 6 * 24 * 60), st.integers(0, 3000))
def test_pausing_never_brings_an_instant_nearer(case: Case, minutes: int, length: int) -> None:
    doc, log, now = case
    pack, log = load(doc), sorted(log, key=lambda event: instant(event["at"]))
    begin = instant(log[0]["at"]) + minutes * MINUTE
    assume(begin <= now)
    end = begin + length * MINUTE
    pause = {"at": begin.isoformat(), "event": "waiting", "on": "the law"}
    paused = [*log, pause]
    assume(waits(replay(paused, pack, begin)))
    if end <= now and waits(replay(paused, pack, end)):
        # Only while it waits: on somebody that nobody waits for, `resumed` would end all waits.
        paused.append({"at": end.isoformat(), "event": "resumed", "on": "the law"})

    before, after = replay(log, pack, now), replay(paused, pack, now)

    exempt = slows(doc) and "status_update" in doc.get("pauses", [])
    for one, other in zip(before.clocks, after.clocks, strict=True):
        assert (one.clock, one.role) == (other.clock, other.role)
        told = one.clock == "notification" and (one.done_at or other.done_at)
        if one.limit_at is None or other.limit_at is None or told or (exempt and one.clock == "status_update"):
            continue
        assert one.due is not None
        assert other.due is not None
        assert one.due <= other.due
        assert one.limit_at <= other.limit_at
        counted(f"{one.clock} moved: {one.limit_at < other.limit_at}")


def test_the_exempt_case() -> None:
    doc = {
        "name": "slow",
        "version": "1",
        "severities": {"1": "High", "2": "Low"},
        "facts": {"bad": {"ask": "Is it bad?", "flag": {}}},
        "criteria": {"1": {"bad": {"text": "It is bad", "when": {"bad": True}}}},
        "sla": {"1": {"status_updates": {"within": "30m", "for": "1h", "then": "4h"}}},
        "pauses": ["status_update"],
    }
    hour = "2026-03-02T09:"
    log: list[Data] = [
        {"at": f"{hour}00:00Z", "event": "opened", "facts": {"bad": True}},
        {"at": f"{hour}59:00Z", "event": "update_sent"},
    ]
    pause: list[Data] = [
        {"at": f"{hour}10:00Z", "event": "waiting"},
        {"at": f"{hour}20:00Z", "event": "resumed"},
    ]
    begin = instant(log[0]["at"])
    log[1]["at"] = (begin + timedelta(minutes=65)).isoformat()
    now = begin + timedelta(minutes=70)

    def limit(events: list[Data]) -> timedelta:
        (clock,) = (one for one in replay(events, load(doc), now).clocks if one.clock == "status_update")
        assert clock.limit_at is not None
        return clock.limit_at - begin

    assert limit(log) == timedelta(minutes=65 + 240)
    assert limit([log[0], *pause, log[1]]) == timedelta(minutes=65 + 30)
