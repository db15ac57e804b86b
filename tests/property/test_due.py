"""What is due: each clock that is at risk or breached, and no other, though most are not looked at closer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import event as counted, given, strategies as st

from sevclass.incident import replay
from sevclass.incident.due import DueRow
from sevclass.incident.readings import Clock
from tests.clock_oracle.log import instant
from tests.strategies import load
from tests.timelines import MINUTE, Data, cases

Case = tuple[Data, list[Data], Any]


def told(rows: Sequence[Clock | DueRow]) -> list[tuple[Any, ...]]:
    return sorted((row.clock, row.role or "", row.state, row.due, row.limit_at) for row in rows)


@given(cases(), st.integers(0, 6 * 24 * 60))
def test_what_is_due_are_the_clocks_at_risk_or_breached(case: Case, minutes: int) -> None:
    doc, log, now = case
    state = replay([event for event in log if instant(event["at"]) <= now], load(doc), now + minutes * MINUTE)
    pressing = [clock for clock in state.clocks if clock.state in {"at_risk", "breached"}]
    for clock in state.clocks:
        counted(clock.state)
    assert told([row for row in state.due if row.clock not in {"action", "promise"}]) == told(pressing)
