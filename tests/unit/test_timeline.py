"""Events in order: by time, without what was struck, from the opening up to `now`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

import pytest

from sevclass.incident import IncidentState, read_log, replay
from sevclass.incident.events import Acknowledged, Note, Opened
from sevclass.problems import IncidentError
from tests.unit.incidents import OPENED, PACK, Data, at, clock, event, facts, opened, pack_with, state, told

EARLY = "it is before the opening; strike it, or give the opening its true instant"
LATE = "it is read in its place; add `logged_at` if it was written later"


def refused(*events: Any, now: datetime) -> list[str]:
    with pytest.raises(IncidentError) as caught:
        replay(events, PACK, now)
    return [f"{problem.code}: {problem}" for problem in caught.value.problems]


def struck(minute: float, entry: str, **more: Any) -> Data:
    return event(minute, "struck", entry=entry, by="bob", reason="a slip") | more


def impact(found: IncidentState) -> object:
    return found.facts["impact"].value if "impact" in found.facts else None


# Order


def test_events_are_taken_by_time_and_what_stands_too_low_is_told() -> None:
    found = state(opened(), facts(20, impact="fine"), facts(10, impact="bad"), now=30)
    assert impact(found) == "fine"
    assert [change.at for change in found.history] == [at(0), at(10), at(20)]
    assert told(found) == [f"out_of_order: event 3: 2026-03-02T09:10:00Z is before the entry above; {LATE}"]


def test_each_event_is_compared_with_the_latest_above_it() -> None:
    found = state(opened(), event(20, "mitigated"), event(10, "fixed"), event(15, "mitigated"), now=30)
    assert [problem.path for problem in found.problems] == ["event 3", "event 4"]


def test_what_was_written_later_says_so_itself() -> None:
    found = state(opened(), event(20, "mitigated"), facts(10, impact="bad") | {"logged_at": at(25)}, now=30)
    assert told(found) == []
    assert found.severity.in_force == 1


def test_events_of_one_instant_keep_their_order() -> None:
    one, other = facts(10, impact="bad"), facts(10, impact="fine")
    assert impact(state(opened(), one, other, now=10)) == "fine"
    assert impact(state(opened(), other, one, now=10)) == "bad"
    assert told(state(opened(), one, other, now=10)) == []


def test_what_comes_after_now_has_not_happened() -> None:
    events = (opened(), facts(10, impact="bad"), facts(20, impact="fine"), event(5, "mitigated"))
    assert impact(state(*events, now=9)) is None
    assert impact(state(*events, now=10)) == "bad"
    assert impact(state(*events, now=20)) == "fine"
    assert told(state(*events, now=4)) == []
    # It stands below what happens later, but not below anything that has happened.
    assert told(state(*events, now=9)) == []


def test_the_opening_may_stand_anywhere() -> None:
    found = state(facts(10, impact="bad"), opened(), now=10)
    assert found.opened_at == OPENED
    assert found.severity.in_force == 1


# The opening


def test_what_comes_before_the_opening_is_set_aside() -> None:
    found = state(event(-5, "acknowledged"), facts(-3, impact="bad"), opened(), now=10)
    assert impact(found) is None
    assert told(found) == [
        f"cannot_be: event 1: `acknowledged` is set aside: {EARLY}",
        f"cannot_be: event 2: `facts` is set aside: {EARLY}",
    ]


def test_what_comes_before_the_opening_is_told_once() -> None:
    found = state(opened(), event(10, "mitigated"), event(-5, "acknowledged"), event(5, "fixed"), now=20)
    assert told(found) == [
        f"cannot_be: event 3: `acknowledged` is set aside: {EARLY}",
        f"out_of_order: event 4: 2026-03-02T09:05:00Z is before the entry above; {LATE}",
    ]


def test_what_was_struck_is_not_out_of_order() -> None:
    early, late = event(-5, "acknowledged", id="e2"), event(15, "fixed", id="e3")
    found = state(opened(), early, late, event(10, "mitigated"), struck(16, "e2"), struck(16, "e3"), now=20)
    assert told(found) == []


def test_at_the_instant_of_the_opening_the_order_counts() -> None:
    found = state(facts(0, impact="bad"), opened(), now=0)
    assert impact(found) is None
    assert [problem.code for problem in found.problems] == ["cannot_be"]


def test_a_log_without_an_opening_is_refused() -> None:
    expected = ["not_opened: the incident was never opened; the log of an incident has an event `opened`"]
    assert refused(now=OPENED) == expected
    assert refused(event(0, "acknowledged"), now=OPENED) == expected
    assert refused(opened() | {"id": "e1"}, struck(1, "e1"), now=at(2)) == expected
    assert refused(opened() | {"id": "e1"}, struck(0, "e1"), now=at(0)) == expected
    with pytest.raises(IncidentError) as caught:
        replay([], PACK, OPENED)
    assert [problem.path for problem in caught.value.problems] == [""]


@pytest.mark.parametrize(
    ("events", "pack", "told"),
    [
        pytest.param([], "support", "pack: `support` is not a pack; load it with `load_pack`", id="name"),
        pytest.param([], None, "pack: null is not a pack; load it with `load_pack`", id="no-pack"),
        *(
            pytest.param(
                given, PACK, "events: a log is not its events; give the `entries` of what `read_log` returns", id=kind
            )
            for kind, given in (("log", read_log(b"")), ("bytes", b"- {}"), ("text", "- {}"))
        ),
    ],
)
def test_what_is_not_loaded_or_not_read(events: object, pack: object, told: str) -> None:
    with pytest.raises(TypeError, match=re.escape(told) + r"\Z"):
        replay(events, pack, OPENED)  # type: ignore[arg-type]


def test_a_now_before_the_opening_is_refused() -> None:
    hint = "it was opened at 2026-03-02T09:00:00Z"
    expected = [f"before_opening: now: 2026-03-02T08:59:59Z is before the opening; {hint}"]
    assert refused(opened(), event(5, "opened"), now=at(-1 / 60)) == expected
    assert state(opened(), now=0).phase == "open"


def test_an_opening_whose_facts_do_not_fit_is_one_of_what_fits() -> None:
    wrong = event(0, "opened", facts={"impact": "dire", "shops": 4, "losst": True})
    found = state(wrong, event(20, "acknowledged"), now=30)
    assert told(found) == [
        "unknown_level: event 1: facts.impact: unknown level `dire`; it is one of `fine`, `poor`, `bad`",
        "unknown_fact: event 1: facts.losst: unknown fact `losst`; did you mean `lost`?",
    ]
    right = state(wrong | {"facts": {"shops": 4}}, event(20, "acknowledged"), now=30)
    assert (found.severity.in_force, found.clocks, found.history) == (1, right.clocks, right.history)


def test_one_opening_given_twice_is_one_too_many() -> None:
    (entry,) = read_log(b'- {"at": "2026-03-02T09:00:00Z", "event": "opened"}\n').entries
    found = replay([entry, entry], PACK, at(5))
    assert told(found) == [
        "cannot_be: line 1: `opened` is set aside: the incident is open already; strike one of the two"
    ]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (
            datetime(2026, 3, 2, 9),  # noqa: DTZ001
            "no_zone: now: `2026-03-02 09:00:00` has no time zone; give a datetime with a time zone",
        ),
        ("2026", "not_an_instant: now: `2026` is not an instant; for example `2026-03-02T14:23:00Z`"),
    ],
)
def test_a_now_that_is_no_instant_is_refused(now: Any, expected: str) -> None:  # noqa: ANN401
    assert refused(opened(), now=now) == [expected]


# What is given


def test_events_entries_and_mappings_are_taken() -> None:
    log = read_log(b'- {"at": "2026-03-02T09:05:00Z", "event": "facts", "facts": {"impact": "dire"}}\n')
    given: list[Any] = [
        Opened(at=OPENED),
        *log.entries,
        Acknowledged(at=at(6)),
        event(7, "closed"),
        Note(at=at(4), text="x"),
    ]
    found = replay(given, PACK, at(10))
    assert found.phase == "withdrawn"
    assert [problem.path for problem in found.problems] == ["line 1: facts.impact", "event 5"]


def test_every_mapping_that_is_no_event_is_told_at_once() -> None:
    assert refused(opened(), {"event": "note"}, event(0, "noet", text=""), 5, now=OPENED) == [
        "missing_key: event 2: missing key `at`",
        "missing_key: event 2: missing key `text`",
        "unknown_event: event 3: unknown event `noet`; did you mean `note`?",
        'not_an_event: event 4: 5 is not an event; as `{"at": "2026-03-02T14:23:00Z", "event": "acknowledged"}`',
    ]


@pytest.mark.parametrize(
    ("pack", "expected"),
    [
        ("small", []),
        ({"name": "small", "version": "1.0.0"}, []),
        ({"name": "small", "version": "1.0.0", "digest": PACK.digest}, []),
        ("other", ["it was opened under `other` and is read under `small`"]),
        ({"name": "small", "version": "0.9"}, ["it was opened under `small 0.9` and is read under `small 1.0.0`"]),
        (
            {"name": "small", "version": "1.0.0", "digest": "sha256:0"},
            ["it was opened under `small 1.0.0` and is read under `small 1.0.0` with other rules"],
        ),
    ],
)
def test_another_pack_is_told(pack: object, expected: list[str]) -> None:
    found = state(opened() | {"pack": pack}, now=0)
    assert told(found) == [f"other_pack: event 1: {message}; what is owed may differ" for message in expected]


def test_rules_that_differ_are_another_pack() -> None:
    given = opened() | {"pack": {"name": "small", "version": "1.0.0", "digest": PACK.digest}}
    assert [problem.code for problem in state(given, now=0, pack=pack_with(review=[2])).problems] == ["other_pack"]


# What was struck


def test_what_was_struck_counts_as_unwritten_and_stays_shown() -> None:
    slip = facts(10, impact="bad") | {"id": "e1", "by": "ann"}
    found = state(opened(), slip, struck(20, "e1"), now=30)
    assert (impact(found), found.severity.in_force) == (None, 3)
    assert clock(found, "initial_response").state == "not_owed"
    assert told(found) == []
    (one,) = found.struck
    assert (one.by, one.reason, one.at) == ("bob", "a slip", at(20))
    assert one.event == {
        "at": "2026-03-02T09:10:00Z",
        "event": "facts",
        "id": "e1",
        "by": "ann",
        "facts": {"impact": "bad"},
        "settles": False,
    }


def test_until_it_is_struck_it_counts() -> None:
    events = (opened(), facts(10, impact="bad") | {"id": "e1"}, struck(20, "e1"))
    assert state(*events, now=19).severity.in_force == 1
    assert state(*events, now=20).severity.in_force == 3


def test_to_strike_twice_is_idle() -> None:
    found = state(
        opened(), facts(10, impact="bad") | {"id": "e1"}, struck(20, "e1"), struck(25, "e1", by="eve"), now=30
    )
    assert told(found) == []
    assert [one.by for one in found.struck] == ["bob"]


def test_of_several_entries_with_an_id_each_strike_takes_back_another() -> None:
    action = event(5, "action", id="a1", text="Call them")
    done = event(10, "action", id="a1", state="done")
    strikes = (struck(15, "a1", by="ann"), struck(20, "a1", by="eve"), struck(25, "a1", by="bob"))
    states = [
        [one.state for one in state(opened(), action, done, *strikes[:many], now=30).actions] for many in range(4)
    ]
    assert states == [["done"], ["open"], [], []]
    found = state(opened(), action, done, *strikes, now=30)
    assert [(one.event.get("state"), one.by) for one in found.struck] == [(None, "eve"), ("done", "ann")]


def test_a_strike_before_the_opening_has_taken_back_another_opening() -> None:
    found = state(event(-20, "opened") | {"id": "o1"}, struck(-10, "o1"), opened(), now=30)
    assert (told(found), found.opened_at) == ([], at(0))


def test_a_strike_may_be_struck() -> None:
    events = (opened(), facts(10, impact="bad") | {"id": "e1"}, struck(20, "e1", id="e2"), struck(30, "e2", id="e3"))
    found = state(*events, now=30)
    assert impact(found) == "bad"
    assert [one.event["event"] for one in found.struck] == ["struck"]
    again = state(*events, struck(40, "e3"), now=40)
    assert impact(again) is None
    assert [one.event["event"] for one in again.struck] == ["facts", "struck"]


def test_a_strike_that_names_nothing_is_set_aside() -> None:
    events = (opened(), struck(5, "e9"), struck(6, "self", id="self"), struck(7, "late"), event(9, "fixed", id="late"))
    assert told(state(*events, now=8)) == [
        "cannot_be: event 2: `struck` is set aside: no entry has the id `e9`; an entry is struck by its `id`",
        "cannot_be: event 3: `struck` is set aside: no entry has the id `self`; an entry is struck by its `id`",
        "cannot_be: event 4: `struck` is set aside: no entry has the id `late`; an entry is struck by its `id`",
    ]


def test_of_several_with_an_id_the_last_before_it_is_struck() -> None:
    events = [opened(), facts(5, impact="poor"), facts(6, impact="bad"), struck(7, "e1"), facts(8, lost=True)]
    for place in (1, 2, 4):
        events[place]["id"] = "e1"
    found = state(*events, now=9)
    assert (impact(found), "lost" in found.facts) == ("poor", True)


def test_one_that_comes_after_it_may_be_struck() -> None:
    found = state(opened(), struck(5, "e1"), facts(6, impact="bad") | {"id": "e1"}, now=9)
    assert (impact(found), told(found)) == (None, [])


def test_a_struck_opening_leaves_another_to_open() -> None:
    found = state(opened(impact="bad") | {"id": "e1"}, event(1, "opened"), struck(2, "e1"), now=3)
    assert (found.opened_at, found.severity.in_force, told(found)) == (at(1), 3, [])
