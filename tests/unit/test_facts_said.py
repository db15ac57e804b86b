"""Facts as several sources tell them: who is believed, and where they differ."""

from __future__ import annotations

from typing import Any

from sevclass.incident import IncidentState
from tests.unit.incidents import at, facts, opened, state


def known(found: IncidentState) -> dict[str, Any]:
    return {fact: said.value for fact, said in found.facts.items()}


def conflicts(found: IncidentState) -> dict[str, list[tuple[str, Any]]]:
    return {fact: [(one.source, one.value) for one in said] for fact, said in found.conflicts.items()}


def test_each_fact_says_who_said_so_and_when() -> None:
    events = (
        opened(impact="poor") | {"by": "ann"},
        facts(5, "monitoring", shops=2) | {"by": "bot"},
        facts(6, lost=False),
    )
    found = state(*events, now=9)
    assert {fact: (one.value, one.source, one.by, one.at) for fact, one in found.facts.items()} == {
        "impact": ("poor", "team", "ann", at(0)),
        "lost": (False, "team", None, at(6)),
        "shops": (2, "monitoring", "bot", at(5)),
    }
    assert list(found.facts) == ["impact", "lost", "shops"]


def test_within_a_source_the_latest_counts() -> None:
    assert known(state(opened(impact="bad"), facts(5, impact="fine"), now=5)) == {"impact": "fine"}
    both = state(opened(impact="bad") | {"by": "ann"}, facts(5, impact="fine") | {"by": "bob"}, now=5)
    assert (known(both), both.conflicts) == ({"impact": "fine"}, {})
    assert known(state(opened(), facts(5, "team", impact="bad"), facts(6, impact="fine"), now=6)) == {"impact": "fine"}


def test_null_takes_back_what_the_source_said() -> None:
    assert known(state(opened(impact="bad"), facts(5, impact=None), now=5)) == {}
    two = (opened(impact="bad"), facts(5, "monitoring", impact="poor"))
    assert known(state(*two, facts(6, impact=None), now=6)) == {"impact": "poor"}
    assert known(state(*two, facts(6, "monitoring", impact=None), now=6)) == {"impact": "bad"}
    assert known(state(*two, facts(6, "customer", impact=None), now=6)) == {"impact": "bad"}


def test_across_sources_the_worst_counts_and_they_are_in_conflict() -> None:
    found = state(opened(impact="bad", shops=1), facts(5, "monitoring", impact="fine", shops=3), now=5)
    assert known(found) == {"impact": "bad", "shops": 3}
    assert conflicts(found) == {
        "impact": [("team", "bad"), ("monitoring", "fine")],
        "shops": [("team", 1), ("monitoring", 3)],
    }
    assert found.severity.in_force == 1


def test_of_several_sources_the_worst_that_still_counts() -> None:
    three = (opened(impact="bad"), facts(5, "monitoring", impact="poor"), facts(6, "customer", impact="fine"))
    assert known(state(*three, now=6)) == {"impact": "bad"}
    for value in (None, "fine"):
        assert known(state(*three, facts(7, impact=value), now=7)) == {"impact": "poor"}
    assert known(state(*three, facts(7, impact="fine"), facts(8, "monitoring", impact=None), now=8)) == {
        "impact": "fine"
    }


def test_sources_that_agree_are_in_no_conflict_and_the_latest_is_named() -> None:
    found = state(opened(impact="bad", lost=True), facts(5, "monitoring", impact="bad", lost=True), now=5)
    assert found.conflicts == {}
    assert {fact: one.source for fact, one in found.facts.items()} == {"impact": "monitoring", "lost": "monitoring"}


def test_of_a_label_the_latest_counts() -> None:
    found = state(opened(kind="wish"), facts(5, "customer", kind="fault"), now=5)
    assert (known(found), list(found.conflicts)) == ({"kind": "fault"}, ["kind"])
    again = state(opened(kind="wish"), facts(5, "customer", kind="fault"), facts(6, kind="wish"), now=6)
    assert known(again) == {"kind": "wish"}
    assert conflicts(again) == {"kind": [("customer", "fault"), ("team", "wish")]}
    back = state(opened(kind="wish"), facts(5, "customer", kind="fault"), facts(6, "customer", kind=None), now=6)
    assert (known(back), back.conflicts) == ({"kind": "wish"}, {})


def test_what_settles_drops_the_others_of_the_facts_it_names() -> None:
    two = (opened(impact="bad", lost=True), facts(5, "monitoring", impact="poor", lost=True))
    found = state(*two, facts(6, "customer", settles=True, impact="fine"), now=6)
    assert known(found) == {"impact": "fine", "lost": True}
    assert found.conflicts == {}
    later = state(*two, facts(6, settles=True, impact="fine"), facts(7, "monitoring", impact="poor"), now=7)
    assert (known(later)["impact"], list(later.conflicts)) == ("poor", ["impact"])
    assert "impact" not in known(state(*two, facts(6, settles=True, impact=None), now=6))


def test_a_sum_is_of_what_is_believed() -> None:
    found = state(opened(shops=3, stores=0), facts(5, "monitoring", shops=1, stores=1), now=5)
    assert found.severity.in_force == 1
    assert known(found) == {"shops": 3, "stores": 1}
