"""A worse severity never gives a later instant, whenever it was reached.

Exempt are updates in a pack with a cadence that slows: an interval that begins later has the later figure. For
notifications ADR 4 says what holds: a role that stands in for another gives back its figure once the other is named
itself, but word to the role or to one that covers it is never owed later. Overrides are left out of the history: they
are there to break the law.
"""

from __future__ import annotations

from typing import Any

from hypothesis import assume, event as counted, given, strategies as st

from sevclass.incident import IncidentState, replay
from sevclass.incident.readings import Clock
from tests import oracle
from tests.clock_oracle.log import instant
from tests.property.test_pausing import slows
from tests.strategies import load
from tests.timelines import MINUTE, Data, cases

Case = tuple[Data, list[Data], Any]


def rows(state: IncidentState) -> dict[tuple[str, str | None], Clock]:
    return {(clock.clock, clock.role): clock for clock in state.clocks}


def related(doc: Data, role: str) -> set[str]:
    """A role, those that cover it and those that it covers."""
    above = {other for other in doc["roles"] if role in oracle.covered_by(doc, other)}
    return {role} | above | oracle.covered_by(doc, role)


def never_later(doc: Data, before: IncidentState, after: IncidentState, *, updates: bool = True) -> None:
    """No instant that is owed in both is later after it than before."""
    found = rows(after)
    for (kind, role), one in rows(before).items():
        if one.limit_at is None or one.due is None or (kind == "status_update" and not updates):
            continue
        if kind != "notification":
            other = found[kind, role]
            if other.limit_at is not None and other.due is not None and (not one.done_at) == (not other.done_at):
                assert other.due <= one.due, kind
                assert other.limit_at <= one.limit_at, kind
                counted(f"{kind} sooner: {other.limit_at < one.limit_at}")
        elif not one.done_at:
            assert role is not None
            words = [found[kind, name] for name in related(doc, role) if (kind, name) in found]
            if any(word.done_at for word in words) or after.phase != "open":
                continue
            assert min(word.limit_at for word in words if word.limit_at) <= one.limit_at


@given(cases(), st.integers(0, 6 * 24 * 60), st.sampled_from(({"impact": "poor"}, {"lost": True}, {"shops": 9})))
def test_worse_facts_from_any_instant_on_bring_no_instant_later(case: Case, minutes: int, worse: Data) -> None:
    doc, log, now = case
    pack = load(doc)
    log = [event for event in log if event["event"] != "override"]
    at = min(instant(event["at"]) for event in log if event["event"] == "opened") + minutes * MINUTE
    assume(at <= now)
    said = {"at": at.isoformat(), "event": "facts", "facts": worse, "source": "the law"}

    before, after = replay(log, pack, now), replay([*log, said], pack, now)

    assert after.severity.in_force <= before.severity.in_force
    never_later(doc, before, after, updates=not slows(doc))


@given(cases(), st.integers(1, 4))
def test_a_worse_severity_now_brings_no_instant_later(case: Case, severity: int) -> None:
    doc, log, now = case
    pack = load(doc)
    before = replay(log, pack, now)
    assume(severity < before.severity.in_force)
    decided = {"at": now.isoformat(), "event": "override", "severity": severity, "by": "the law", "reason": "so it is"}

    after = replay([*log, decided], pack, now)

    assert after.severity.in_force == severity
    never_later(doc, before, after)
