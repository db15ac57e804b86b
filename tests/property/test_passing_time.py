"""As time passes without events, no breach is taken back and no instant moves but those of paused clocks.

A clock whose limit is used up exactly as the pause begins is paused at that instant, and breached right after it.
"""

from __future__ import annotations

from typing import Any

from hypothesis import event as counted, given, strategies as st

from sevclass.incident import replay
from tests.clock_oracle.log import instant
from tests.strategies import load
from tests.timelines import MINUTE, Data, cases

Case = tuple[Data, list[Data], Any]
LASTING = {"met", "missed", "not_owed", "breached"}


@given(cases(), st.integers(0, 6 * 24 * 60))
def test_time_alone_moves_paused_clocks_only(case: Case, minutes: int) -> None:
    doc, log, now = case
    past, pack = [event for event in log if instant(event["at"]) <= now], load(doc)
    earlier, later = replay(past, pack, now), replay(past, pack, now + minutes * MINUTE)
    for before, after in zip(earlier.clocks, later.clocks, strict=True):
        counted(f"{before.clock}: {before.state} to {after.state}")
        assert (before.clock, before.role, before.done_at) == (after.clock, after.role, after.done_at)
        if before.state == "paused":
            assert after.state == "paused" or (before.limit_at == now and after.state == "breached")
            assert before.limit_at is None or (after.limit_at is not None and before.limit_at <= after.limit_at)
        else:
            assert (before.due, before.limit_at) == (after.due, after.limit_at)
        if before.state in LASTING:
            assert after.state == before.state
        if before.breached_at is not None:
            assert after.breached_at == before.breached_at
        assert after.late[: len(before.late)] == before.late


@given(cases(), st.integers(0, 6 * 24 * 60))
def test_all_else_stays(case: Case, minutes: int) -> None:
    doc, log, now = case
    past, pack = [event for event in log if instant(event["at"]) <= now], load(doc)
    same = {
        "severity", "facts", "conflicts", "customers", "waiting", "war_room", "roster", "history", "phase", "pending",
        "problems", "struck",
    }  # fmt: skip
    earlier, later = replay(past, pack, now), replay(past, pack, now + minutes * MINUTE)
    assert earlier.model_dump(include=same) == later.model_dump(include=same)
