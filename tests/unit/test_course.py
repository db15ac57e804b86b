"""The course of an incident: what can be, what cannot, and where it stands then."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.incidents import Data, at, clock, event, facts, opened, override, pack_with, state, told

RESOLVED, CLOSED, REOPENED = event(10, "resolved"), event(20, "closed"), event(15, "reopened")

# The events after the opening, and what is said of the last one.
CANNOT_BE: dict[str, tuple[list[Data], str]] = {
    "opened twice": ([event(5, "opened")], "the incident is open already; strike one of the two"),
    "acknowledged twice": (
        [event(5, "acknowledged"), event(6, "acknowledged")],
        "the incident is acknowledged already; once is enough, unless it was reopened",
    ),
    "resolved twice": ([RESOLVED, event(11, "resolved")], "the incident is resolved already; reopen it first"),
    "resolved when closed": (
        [RESOLVED, CLOSED, event(21, "resolved")],
        "the incident is closed already; reopen it first",
    ),
    "resolved when withdrawn": ([CLOSED, event(21, "resolved")], "the incident is withdrawn already; reopen it first"),
    "reopened when open": (
        [event(5, "reopened")],
        "the incident is open; only what was resolved or closed can be reopened",
    ),
    "reopened twice": (
        [RESOLVED, REOPENED, event(16, "reopened")],
        "the incident is open; only what was resolved or closed can be reopened",
    ),
    "closed twice": ([RESOLVED, CLOSED, event(21, "closed")], "the incident is closed already; reopen it first"),
    "closed when withdrawn": ([CLOSED, event(21, "closed")], "the incident is closed already; reopen it first"),
    "waiting when resolved": (
        [RESOLVED, event(11, "waiting")],
        "the incident is resolved: nothing waits; reopen it first",
    ),
    "waiting when closed": (
        [RESOLVED, CLOSED, event(21, "waiting", on="vendor")],
        "the incident is closed: nothing waits; reopen it first",
    ),
    "waiting when withdrawn": (
        [CLOSED, event(21, "waiting")],
        "the incident is withdrawn: nothing waits; reopen it first",
    ),
    "waiting twice on one": (
        [event(5, "waiting", on="vendor"), event(6, "waiting", on="vendor")],
        "it waits on `vendor` already; one wait ends before the next begins",
    ),
    "waiting twice on nobody": (
        [event(5, "waiting"), event(6, "waiting")],
        "it waits already; one wait ends before the next begins",
    ),
    "resumed without a wait": ([event(5, "resumed")], "nothing waits"),
    "resumed twice": ([event(5, "waiting"), event(6, "resumed"), event(7, "resumed", on="vendor")], "nothing waits"),
    "resumed after the resolution": ([event(5, "waiting"), RESOLVED, event(11, "resumed")], "nothing waits"),
    "notified of no role": (
        [event(5, "notified", role="led")],
        "unknown role `led`; did you mean `lead`?",
    ),
    "told of a clock, and no role": (
        [event(5, "notified", role="nobody-here", about="review")],
        "unknown role `nobody-here`; one of `chief`, `lead`, `aide`",
    ),
    "override beyond the pack": ([override(5, 4)], "unknown severity 4; severities are 1 to 3"),
}


@pytest.mark.parametrize("case", CANNOT_BE)
def test_what_cannot_be_is_told_and_changes_nothing(case: str) -> None:
    events, message = CANNOT_BE[case]
    before, after = state(opened(), *events[:-1], now=30), state(opened(), *events, now=30)

    assert told(before) == []
    kind = events[-1]["event"]
    assert told(after) == [f"cannot_be: event {len(events) + 1}: `{kind}` is set aside: {message}"]
    assert after.model_dump(include={*after.PARTS} - {"problems"}) == before.model_dump(
        include={*before.PARTS} - {"problems"}
    )


CAN_BE: dict[str, list[Data]] = {
    "acknowledged again after a reopening": [
        event(5, "acknowledged"),
        RESOLVED,
        REOPENED,
        event(16, "acknowledged"),
    ],
    "reopened when closed": [RESOLVED, CLOSED, event(21, "reopened"), event(22, "resolved")],
    "reopened when withdrawn": [CLOSED, event(21, "reopened"), event(22, "waiting")],
    "waiting on two": [event(5, "waiting", on="vendor"), event(6, "waiting", on="customer"), event(7, "waiting")],
    "waiting again": [event(5, "waiting"), event(6, "resumed"), event(7, "waiting")],
    "waiting after a reopening": [event(5, "waiting"), RESOLVED, REOPENED, event(16, "waiting")],
    "an override that lifts none": [override(5, None)],
    "words that end nothing": [
        event(5, "notified", role="aide"),
        event(6, "reviewed"),
        event(7, "update_sent", audience="internal"),
        event(8, "fixed"),
        RESOLVED,
        event(11, "mitigated"),
        event(12, "acknowledged"),
    ],
    "what is only kept": [
        event(1, "cause", category="other"),
        event(1, "satisfaction", score=5),
        event(1, "action", text="Test it"),
        event(1, "step", item="call"),
        event(1, "assigned", role="lead", person=None),
        event(1, "decided", text="We wait"),
        event(1, "note", text="So it is"),
        event(1, "war_room", state="open"),
    ],
}


@pytest.mark.parametrize("case", CAN_BE)
def test_what_can_be_is_taken(case: str) -> None:
    assert told(state(opened(), *CAN_BE[case], now=30)) == []


def test_facts_that_do_not_fit_are_set_aside_whole() -> None:
    found = state(opened(impact="poor"), facts(5, impact="bad", lostt=True, shops=-1), now=10)
    assert told(found) == [
        "unknown_fact: event 2: facts.lostt: unknown fact `lostt`; did you mean `lost`?",
        "out_of_range: event 2: facts.shops: -1 is out of range; a count is from 0 to 9007199254740991",
    ]
    assert {fact: said.value for fact, said in found.facts.items()} == {"impact": "poor"}


# The phases


@pytest.mark.parametrize(
    ("events", "phases"),
    [
        ([RESOLVED, REOPENED, CLOSED], ["open", "resolved", "open", "withdrawn"]),
        ([RESOLVED, CLOSED, event(30, "reopened")], ["open", "resolved", "closed", "open"]),
    ],
)
def test_the_phases(events: list[Data], phases: list[str]) -> None:
    found = [state(opened(), *events[:many], now=30).phase for many in range(len(events) + 1)]
    assert found == phases


def test_waits_end_by_whom_they_are_on() -> None:
    events = [
        opened(),
        event(1, "waiting", on="vendor"),
        event(2, "waiting", on="customer"),
        event(3, "waiting"),
        event(4, "resumed", on="vendor"),
        event(5, "waiting", on="vendor"),
        event(6, "resumed", on="nobody we know"),
        event(7, "waiting", on="vendor"),
        event(8, "waiting"),
        event(9, "resumed"),
        event(10, "waiting", on="vendor"),
        event(11, "resolved"),
    ]

    def waits(now: float) -> list[tuple[str | None, float]]:
        found = state(*events, now=now)
        return [(wait.on, (wait.since - at(0)).total_seconds() / 60) for wait in found.waiting]

    assert waits(3) == [("vendor", 1), ("customer", 2), (None, 3)]
    assert waits(4) == [("customer", 2), (None, 3)]
    assert waits(5) == [("customer", 2), (None, 3), ("vendor", 5)]
    assert waits(6) == []
    assert waits(8) == [("vendor", 7), (None, 8)]
    assert waits(9) == []
    assert waits(11) == []
    assert told(state(*events, now=11)) == []


def test_closing_ends_waits_too() -> None:
    found = state(opened(), event(5, "waiting"), event(6, "closed"), event(7, "reopened"), now=8)
    assert (found.waiting, clock(found, "resolution").state) == ((), "on_track")


# The time spent


def test_time_is_spent_at_the_severity_in_force_while_it_is_open() -> None:
    events = [
        opened(),
        facts(10, impact="bad"),
        override(25, 2),
        event(30, "resolved"),
        event(50, "reopened"),
        override(60, None),
        event(70, "closed"),
    ]
    assert state(*events, now=0).spent == {3: 0}
    assert state(*events, now=10).spent == {1: 0, 3: 600}
    assert state(*events, now=40).spent == {1: 900, 2: 300, 3: 600}
    assert state(*events, now=65).spent == {1: 1200, 2: 900, 3: 600}
    assert state(*events, now=999).spent == {1: 1500, 2: 900, 3: 600}


def test_customers_add_up() -> None:
    found = state(
        opened() | {"customers": ["acme", "bolt"]}, facts(5, lost=None) | {"customers": ["core", "acme"]}, now=6
    )
    assert found.customers == ("acme", "bolt", "core")


# What is asked for when


def test_clocks_may_all_start_at_the_opening() -> None:
    events = (opened(), facts(20, impact="bad"))
    by_severity = clock(state(*events, now=20), "initial_response")
    by_opening = clock(state(*events, now=20, pack=pack_with(clocks_start="opening")), "initial_response")
    assert (by_severity.limit_at, by_opening.limit_at) == (at(50), at(30))


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("configuration", []),
        (
            "product_bog",
            ["cannot_be: event 2: `cause` is set aside: unknown cause `product_bog`; did you mean `product_bug`?"],
        ),
        (
            "zzz",
            ["cannot_be: event 2: `cause` is set aside: unknown cause `zzz`; one of `product_bug`, `configuration`"],
        ),
    ],
)
def test_a_cause_is_one_of_those_of_the_pack(category: str, expected: list[str]) -> None:
    pack = pack_with(causes={"product_bug": "A bug", "configuration": "A setting"})
    assert told(state(opened(), event(5, "cause", category=category), now=6, pack=pack)) == expected
    assert told(state(opened(), event(5, "cause", category=category), now=6)) == []


@pytest.mark.parametrize(
    ("fact", "fits", "does_not", "why"),
    [
        ("shops", 1, True, "wrong_type: event 3: facts.shops: true is not a whole number; it is a count of shops"),
        ("lost", True, 1, "wrong_type: event 3: facts.lost: 1 is neither true nor false"),
    ],
)
def test_what_equals_a_value_that_fits_may_not_fit(fact: str, fits: Any, does_not: Any, why: str) -> None:  # noqa: ANN401 - of any scale
    assert told(state(opened(), facts(5, **{fact: fits}), facts(6, **{fact: does_not}), now=6)) == [why]
