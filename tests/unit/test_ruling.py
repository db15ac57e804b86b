"""The severity in force: what the facts give, unless somebody decided on another."""

from __future__ import annotations

import pytest

from sevclass.incident import IncidentState
from tests.unit.incidents import Data, at, facts, opened, override, pack_with, state

BAD, POOR = opened(impact="bad"), opened(impact="poor")


def severities(found: IncidentState) -> tuple[int, int, int | None]:
    """In force, as the facts give it, and decided."""
    decided = found.severity.override
    return found.severity.in_force, found.severity.classified, decided.severity if decided else None


def lapsed(found: IncidentState) -> bool:
    return any(change.lapsed for change in found.history)


def test_a_milder_decision_is_a_ceiling() -> None:
    assert severities(state(BAD, override(5, 3), now=5)) == (3, 1, 3)
    # Facts that get better below it count.
    assert severities(state(BAD, override(5, 2), facts(6, impact="fine"), now=6)) == (3, 3, 2)


def test_another_decision_is_a_floor() -> None:
    assert severities(state(POOR, override(5, 1), now=5)) == (1, 2, 1)
    assert severities(state(POOR, override(5, 1), facts(6, impact="fine"), now=6)) == (1, 3, 1)
    # One on the same severity keeps it there, and never lapses.
    same = (POOR, override(5, 2))
    assert severities(state(*same, facts(6, impact="fine"), now=6)) == (2, 3, 2)
    assert severities(state(*same, facts(6, impact="bad"), now=6)) == (1, 1, 2)


def test_a_decision_says_who_why_and_when() -> None:
    found = state(BAD, override(5, 2), now=5)
    assert found.model_dump(include={"severity"}) == {
        "severity": {
            "in_force": 2,
            "classified": 1,
            "could_be": 1,
            "override": {"severity": 2, "by": "ann", "reason": "so it is", "at": "2026-03-02T09:05:00Z"},
        }
    }
    assert found.pending is None


def test_a_new_decision_replaces_the_old_and_null_lifts_it() -> None:
    assert severities(state(BAD, override(5, 3), override(6, 2), now=6)) == (2, 1, 2)
    assert severities(state(BAD, override(5, 3), override(6, None), now=6)) == (1, 1, None)
    assert severities(state(POOR, override(5, 1), override(6, None), now=6)) == (2, 2, None)
    assert severities(state(POOR, override(6, None), now=6)) == (2, 2, None)


# What ends a ceiling: the facts at the opening, those at minute 6 under a ceiling at 2, and whether it lapses.
CEILINGS: dict[str, tuple[Data, list[Data], bool]] = {
    "a criterion becomes met": (opened(impact="bad"), [facts(6, lost=True)], True),
    "one as mild as the ceiling becomes met": (opened(lost=True), [facts(6, impact="poor")], False),
    "the facts stay": (opened(impact="bad"), [facts(6, impact="bad")], False),
    "other facts become known": (opened(impact="bad"), [facts(6, kind="fault", shops=3)], False),
    "a fact gets better": (opened(impact="bad", lost=True), [facts(6, lost=False)], False),
    "a criterion is met again": (
        opened(impact="bad"),
        [facts(6, impact="poor"), facts(7, impact="bad")],
        True,
    ),
    "a reason gets worse": (opened(shops=4), [facts(6, shops=5)], True),
    "a reason was unknown": (opened(shops=4), [facts(6, stores=0)], False),
    "a sum gets worse by a part that was unknown": (opened(shops=4), [facts(6, stores=1)], True),
    "a part gets better and the sum worse": (opened(shops=4, stores=0), [facts(6, shops=3, stores=2)], True),
    "a part gets worse and the sum stays": (opened(shops=4, stores=1), [facts(6, shops=3, stores=2)], False),
    "a reason gets worse after it got better": (opened(shops=9), [facts(6, shops=5), facts(7, shops=6)], True),
    "a reason gets better twice": (opened(shops=9), [facts(6, shops=6), facts(7, shops=5)], False),
    "another source says so too": (opened(impact="bad"), [facts(6, "monitoring", impact="bad")], False),
}


@pytest.mark.parametrize("case", CEILINGS)
def test_what_ends_a_ceiling(case: str) -> None:
    opening, events, ends = CEILINGS[case]
    found = state(opening, override(5, 2), *events, now=9)
    classified = found.severity.classified
    assert severities(found) == ((1, 1, None) if ends else (max(2, classified), classified, 2))
    assert [change.at for change in found.history if change.lapsed] == ([events[-1]["at"]] if ends else [])


def test_a_new_ceiling_counts_from_the_facts_of_its_own_time() -> None:
    events = (opened(shops=4), override(5, 2), facts(6, shops=3), override(7, 3), facts(8, shops=4))
    assert severities(state(*events, now=7)) == (3, 3, 3)
    # Made when the facts gave no worse, it is a floor: nothing lapses.
    assert severities(state(*events, now=8)) == (1, 1, 3)
    assert not lapsed(state(*events, now=8))


def test_a_floor_never_lapses() -> None:
    found = state(POOR, override(5, 1), facts(6, impact="bad"), facts(7, lost=True), facts(8, impact="fine"), now=9)
    assert severities(found) == (1, 1, 1)
    assert not lapsed(found)


# Approval


APPROVED = pack_with(approve_downgrade=True)


def pending(found: IncidentState) -> int | None:
    return found.pending.severity if found.pending else None


def test_a_milder_decision_waits_for_approval() -> None:
    events = (BAD, override(5, 2), override(6, 2, approved_by="eve"))
    waiting = state(*events, now=5, pack=APPROVED)
    assert severities(waiting) == (1, 1, None)
    assert waiting.model_dump(include={"pending"}) == {
        "pending": {"severity": 2, "by": "ann", "reason": "so it is", "at": "2026-03-02T09:05:00Z"}
    }
    assert waiting.problems == ()
    done = state(*events, now=6, pack=APPROVED)
    assert (severities(done), pending(done)) == ((2, 1, 2), None)
    assert severities(state(*events, now=5)) == (2, 1, 2)


def test_nobody_approves_of_their_own_decision() -> None:
    found = state(BAD, override(5, 2, approved_by="ann"), now=5, pack=APPROVED)
    assert (severities(found), pending(found)) == ((1, 1, None), 2)


def test_to_lift_a_floor_waits_too() -> None:
    events = (POOR, override(5, 1), override(6, None), override(7, None, approved_by="eve"))
    found = state(*events, now=6, pack=APPROVED)
    assert (severities(found), found.pending is not None) == ((1, 2, 1), True)
    assert severities(state(*events, now=7, pack=APPROVED)) == (2, 2, None)


def test_what_makes_it_no_milder_needs_no_approval() -> None:
    assert severities(state(POOR, override(5, 1), now=5, pack=APPROVED)) == (1, 2, 1)
    assert severities(state(POOR, override(5, 2), now=5, pack=APPROVED)) == (2, 2, 2)
    ceiling = (BAD, override(5, 3, approved_by="eve"), override(6, 2), override(7, None))
    assert severities(state(*ceiling, now=6, pack=APPROVED)) == (2, 1, 2)
    assert severities(state(*ceiling, now=7, pack=APPROVED)) == (1, 1, None)


def test_a_decision_that_counts_takes_back_one_that_waits() -> None:
    found = state(POOR, override(5, 3), override(6, 1), now=6, pack=APPROVED)
    assert (severities(found), pending(found)) == ((1, 2, 1), None)


def test_what_waits_changes_nothing_that_is_owed() -> None:
    found = state(BAD, override(5, 2), now=5, pack=APPROVED)
    without = state(BAD, now=5, pack=APPROVED)
    assert found.clocks == without.clocks
    assert [(change.at, change.severity) for change in found.history] == [(at(0), 1), (at(5), 1)]
