"""The plan of one incident: what it needs, who does it, by when, and what is done."""

from __future__ import annotations

import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema
import pytest

from sevclass import FactsError, IncidentError, Pack, load_pack
from sevclass.playbook import Plan, plan, plan_of
from sevclass.playbook.checklist import Item, PlannedPhase
from tests.plans import PLANNED, SMALL
from tests.strategies import load
from tests.unit.incidents import OPENED, Data, at, event, facts, opened, pack_with, state

PACK = load(PLANNED)
SUPPORT = load_pack()


def planned(*events: Any, now: float, pack: Pack = PACK) -> Plan:
    return plan_of(state(*events, now=now, pack=pack), pack)


def item(found: Plan, id_: str) -> Item:
    (one,) = (item for item in found.items if item.id == id_)
    return one


def phase(found: Plan, id_: str) -> PlannedPhase:
    (one,) = (phase for phase in found.phases if phase.id == id_)
    return one


def ids(found: Plan) -> list[str]:
    return [item.id for item in found.items]


def changed(phase_: str, **more: Any) -> Pack:
    """The small pack with another phase."""
    phases = SMALL["phases"]
    return load(PLANNED | {"plan": SMALL | {"phases": phases | {phase_: phases[phase_] | more}}})


# What is needed


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({}, "answer think mend solve write", id="mildest"),
        pytest.param({"impact": "poor"}, "answer think tell mend updates solve write", id="worse"),
        pytest.param({"shops": 2}, "answer think mend solve write", id="a-floor-without-its-severity"),
        pytest.param({"shops": 2, "impact": "poor"}, "answer think tell search mend updates solve write", id="with-it"),
        pytest.param({"impact": "bad"}, "answer think tell room mend updates solve review write", id="worst"),
        pytest.param({"lost": True}, "answer think tell room search mend updates solve review write", id="other-floor"),
    ],
)
def test_only_what_the_incident_needs(given: dict[str, Any], expected: str) -> None:
    assert ids(plan(PACK, given)) == expected.split()
    assert ids(plan(PACK, given, OPENED)) == expected.split()


def test_a_room_that_was_opened_has_to_be_run_and_one_that_was_closed_has_not() -> None:
    room = event(1, "war_room", state="open", channel="#x")
    assert "room" in ids(planned(opened(), room, now=2))
    assert "room" not in ids(planned(opened(), room, event(2, "war_room", state="closed"), now=2))
    assert item(planned(opened(), room, now=2), "room").done is not None


def test_the_severity_in_force_counts() -> None:
    decided = event(1, "override", severity=2, by="ann", reason="so it is")
    found = planned(opened(), decided, now=2)

    assert (found.severity, found.name) == (2, "Middle")
    assert "tell" in ids(found)


def test_a_pack_without_a_plan() -> None:
    found = plan(pack_with(), {"impact": "bad"}, OPENED)

    assert (found.phases, found.items, found.phase, found.tracks, found.customers) == ((), (), None, (), ())
    assert found.instants


# By when


def test_without_an_opening_nothing_is_dated() -> None:
    found = plan(PACK, {"impact": "bad"}, id="T-1")

    assert (found.id, found.opened_at, found.now, found.stands, found.phase, found.title) == ("T-1", *[None] * 5)
    assert {(one.due, one.limit_at, one.done) for one in found.items} == {(None, None, None)}
    assert [(one.begins_at, one.ends_at, one.is_now) for one in found.phases] == [(None, None, False)] * 3
    assert [(one.after, one.from_s, one.to_s) for one in found.phases] == [
        ("opening", 0, 900),
        ("opening", 900, None),
        ("resolution", 3600, 172800),
    ]
    assert (found.instants, found.written_at, found.events) == ((), None, 0)


def test_clocks_and_phases_date_what_is_done() -> None:
    found = plan(PACK, {"impact": "bad"}, OPENED)
    dated = {one.id: (one.due, one.limit_at) for one in found.items}

    assert dated == {
        "answer": (at(30), at(30)),
        "think": (at(15), at(15)),
        "tell": (at(30), at(30)),
        "room": (at(15), at(15)),
        "mend": (None, None),
        "updates": (at(60), at(60)),
        "solve": (at(120), at(240)),
        "review": (None, None),
        "write": (None, None),
    }
    assert (phase(found, "look").begins_at, phase(found, "look").ends_at) == (at(0), at(15))
    assert (phase(found, "work").begins_at, phase(found, "work").ends_at) == (at(15), None)
    assert (phase(found, "learn").begins_at, phase(found, "learn").ends_at) == (None, None)


def test_a_phase_dates_only_what_is_severe_enough() -> None:
    assert item(plan(PACK, {"impact": "poor"}, OPENED), "think").due == at(15)
    assert item(plan(PACK, {}, OPENED), "think").due is None
    look = {key: value for key, value in SMALL["phases"]["look"].items() if key != "dated"}
    undated = load(PLANNED | {"plan": SMALL | {"phases": SMALL["phases"] | {"look": look}}})
    assert item(plan(undated, {}, OPENED), "think").due == at(15)


def test_what_comes_after_the_resolution_is_dated_by_it() -> None:
    found = planned(opened(impact="bad"), event(100, "resolved"), now=200)

    assert (phase(found, "learn").begins_at, phase(found, "learn").ends_at) == (at(160), at(100 + 2880))
    assert item(found, "write").limit_at == at(100 + 2880)
    assert item(found, "review").limit_at == at(100 + 2880)


def test_an_instant_beyond_the_last_year_is_none() -> None:
    late = datetime(9999, 12, 31, 23, 50, tzinfo=UTC)
    found = plan(PACK, {}, late)

    assert (phase(found, "look").begins_at, phase(found, "look").ends_at) == (late, None)
    assert phase(found, "work").begins_at is None


def test_of_several_notifications_the_first_that_is_not_sent_counts() -> None:
    pack = load(PLANNED | {"covers": {}})
    events = opened(impact="poor"), facts(50, impact="bad")
    both = item(planned(*events, now=51, pack=pack), "tell")
    one = item(planned(*events, event(55, "notified", role="lead"), now=56, pack=pack), "tell")
    done = planned(
        *events, *(event(n, "notified", role=role) for n, role in ((55, "lead"), (57, "chief"))), now=58, pack=pack
    )

    assert (both.due, both.done) == (at(60), None)
    assert (one.due, one.done) == (at(80), None)
    told = item(done, "tell")
    assert told.due == at(80)
    assert told.done
    assert (told.done.at, told.done.how, told.done.by) == (at(57), "notification", None)


# Who


def test_an_owner_takes_part_or_somebody_stands_in_or_who_leads_does_it() -> None:
    worst, middle, mild = (plan(PACK, {"impact": level}) for level in ("bad", "poor", "fine"))

    assert item(worst, "answer").owner == "chief"  # covers lead, which stands first
    assert item(middle, "answer").owner == "lead"
    assert item(mild, "answer").owner == "aide"  # neither is there: who handles it
    assert item(worst, "think").owner == "aide"
    nobody = load({**PLANNED, "roster": {}})
    assert item(plan(nobody, {}), "answer").owner == "lead"


def test_the_person_is_the_one_of_the_log() -> None:
    named = event(1, "assigned", role="aide", person="Ann")
    assert item(planned(opened(), named, now=2), "think").person == "Ann"
    assert item(planned(opened(), now=2), "think").person is None
    assert item(planned(opened(), named, event(2, "assigned", role="aide", person=None), now=2), "think").person is None


# What is done


def test_a_step_an_event_and_a_clock_tick_off() -> None:
    events = (
        opened(impact="bad"),
        event(5, "acknowledged", by="ann"),
        event(6, "step", item="think", by="bob"),
        event(7, "step", item="think"),
        event(8, "mitigated"),
        event(9, "resolved", by="ann"),
    )
    found = planned(*events, now=10)
    how = {one.id: (one.done.at, one.done.how, one.done.by) for one in found.items if one.done}

    assert how == {
        "answer": (at(5), "acknowledged", "ann"),
        "think": (at(6), "step", "bob"),
        "mend": (at(8), "mitigated", None),
        "updates": (at(9), "resolved", "ann"),
        "solve": (at(9), "resolution", None),
    }
    assert item(found, "answer").limit_at == at(30)


def test_what_happens_first_counts() -> None:
    sent = event(3, "update_sent", by="ann")
    found = planned(opened(), sent, event(5, "acknowledged", by="ann"), now=10, pack=changed("look"))
    done = item(plan_of(state(opened(impact="poor"), sent, now=10, pack=PACK), PACK), "answer").done

    assert done
    assert (done.at, done.how, done.by) == (at(3), "initial_response", None)
    assert found.events == 3


def test_a_reopening_undoes_the_phases_that_begin_again() -> None:
    events = (
        opened(impact="bad"),
        event(1, "step", item="think"),
        event(2, "fixed"),
        event(3, "step", item="write"),
        event(3, "action", text="Watch it") | {"kind": "prevention"},
        event(4, "resolved"),
    )
    before, after = planned(*events, now=4), planned(*events, event(5, "reopened"), now=6)

    assert {one.id for one in before.items if one.done} == {"answer", "think", "mend", "updates", "solve", "write"}
    assert {one.id for one in after.items if one.done} == {"answer", "think"}
    assert phase(before, "learn").questions[0].answered
    assert not phase(after, "learn").questions[0].answered
    assert phase(after, "learn").begins_at is None


def test_a_later_word_of_an_action_is_of_the_same_kind() -> None:
    kept = (
        event(1, "action", text="Write", id="p") | {"kind": "promise"},
        event(2, "action", id="p", state="done"),
    )
    made = (event(3, "action", text="Watch it", id="w"), event(4, "action", id="w", state="done"))

    assert not phase(planned(opened(), *kept, event(5, "resolved"), now=6), "learn").questions[0].answered
    known = phase(planned(opened(), *kept, *made, event(5, "resolved"), now=6), "learn").questions[0].known
    assert known
    assert known.at == at(3)


def test_a_step_that_is_struck_is_not_done() -> None:
    struck = event(2, "struck", entry="s", reason="not yet")
    assert item(planned(opened(), event(1, "step", item="think", id="s"), struck, now=3), "think").done is None


def test_a_phase_of_which_nothing_is_needed_asks_nothing() -> None:
    actions = {"search": SMALL["phases"]["look"]["actions"]["search"]}
    pack = changed("look", actions=actions)
    mild, bad = (phase(planned(opened(**facts_), now=2, pack=pack), "look") for facts_ in ({}, {"lost": True}))

    assert (mild.items, mild.questions, mild.exit) == ((), (), ())
    assert [len(part) for part in (bad.items, bad.questions, bad.exit)] == [1, 4, 1]
    alone = phase(planned(opened(), now=2, pack=changed("look", actions={})), "look")
    assert [len(part) for part in (alone.items, alone.questions, alone.exit)] == [0, 4, 1]


def test_steps_beside_the_plan_are_not_lost() -> None:
    events = (
        opened(),
        event(1, "step", item="old", by="ann"),
        event(2, "step", item="tell"),
        event(3, "step", item="why"),
    )
    found = planned(*events, now=5)

    assert [(one.item, one.at, one.by) for one in found.other_steps] == [("old", at(1), "ann"), ("tell", at(2), None)]
    assert phase(found, "look").questions[3].known is not None


@pytest.mark.parametrize(
    ("deed", "does", "does_not"),
    [
        pytest.param(
            "assigned", event(1, "assigned", role="lead", person="A"), event(1, "assigned", role="lead"), id="assigned"
        ),
        pytest.param(
            "update_sent:executives",
            event(1, "update_sent", audience="executives"),
            event(1, "update_sent"),
            id="executives",
        ),
        pytest.param(
            "war_room:open", event(1, "war_room", state="open"), event(1, "war_room", state="closed"), id="war-room"
        ),
        pytest.param(
            "action:prevention",
            event(1, "action", text="x"),
            event(1, "action", text="x") | {"kind": "promise"},
            id="action",
        ),
        pytest.param("decided", event(1, "decided", text="x"), event(1, "note", text="x"), id="decided"),
    ],
)
def test_an_event_does_what_it_says(deed: str, does: Data, does_not: Data) -> None:
    action = SMALL["phases"]["look"]["actions"]["think"] | {"done_by": [deed]}
    pack = changed("look", actions={"think": action})

    done = item(planned(opened(), does, now=2, pack=pack), "think").done
    assert done
    assert (done.at, done.how) == (at(1), does["event"])
    assert item(planned(opened(), does_not, now=2, pack=pack), "think").done is None


# Questions


def answered(found: Plan) -> dict[str, bool]:
    return {one.id: one.answered for one in found.phases[0].questions}


def test_a_question_is_answered_when_its_facts_are_known() -> None:
    found = plan(PACK, {"impact": "bad", "shops": 3})
    bad, many, lost, why = found.phases[0].questions

    assert answered(found) == {"how-bad": True, "how-many": False, "lost": False, "why": False}
    assert [one.model_dump() for one in bad.answers] == [
        {"fact": "impact", "value": "bad", "means": "Bad", "at_least": False}
    ]
    assert [(one.fact, one.value, one.means, one.at_least) for one in many.answers] == [
        ("places", 3, None, True),
        ("shops", 3, None, False),
    ]
    assert (lost.answers, why.answers, why.known) == ((), (), None)
    assert answered(plan(PACK, {"shops": 3, "stores": 0}))["how-many"]
    assert not answered(plan(PACK, {"stores": 2}))["how-many"]


def test_an_event_answers_too_and_so_does_a_step() -> None:
    found = planned(opened(), event(1, "cause", category="x", by="ann"), event(2, "step", item="why"), now=3)
    _, _, lost, why = found.phases[0].questions

    assert lost.known
    assert (lost.answered, lost.known.how, lost.known.by, lost.known.at) == (True, "cause", "ann", at(1))
    assert why.known
    assert (why.answered, why.known.how) == (True, "step")


def test_what_an_answer_means_stands_beside_it() -> None:
    found = plan(SUPPORT, {"engineering_needed": True, "workaround": "easy"})
    means = {one.fact: one.means for asked in found.phases[0].questions for one in asked.answers}

    assert means == {
        "engineering_needed": "Yes, engineers have to look into it or change something",
        "workaround": "Yes, with little or no extra effort",
    }


# The phase of now


@pytest.mark.parametrize(
    ("events", "now", "expected"),
    [
        pytest.param([], 0, "look", id="the-first"),
        pytest.param([], 14.99, "look", id="just-before-it-ends"),
        pytest.param([], 15, "work", id="the-next-begins"),
        pytest.param([], 9999, "work", id="open-ended"),
        pytest.param([event(1, "step", item="think"), event(1, "acknowledged")], 2, "work", id="all-is-done"),
        pytest.param([event(1, "resolved")], 2, None, id="none-has-begun"),
        pytest.param([event(1, "resolved")], 61, "learn", id="after-the-resolution"),
        pytest.param([event(1, "resolved"), event(2, "closed")], 61, "learn", id="closed"),
        pytest.param([event(1, "resolved"), event(2, "reopened")], 61, "work", id="reopened"),
        pytest.param([event(1, "closed")], 61, None, id="withdrawn"),
        pytest.param([event(1, "mitigated"), event(2, "step", item="solve")], 20, "work", id="the-last-stays"),
    ],
)
def test_the_phase_that_it_is_in(events: list[Any], now: float, expected: str | None) -> None:
    found = planned(opened(), *events, now=now)

    assert found.phase == expected
    assert [one.id for one in found.phases if one.is_now] == ([expected] if expected else [])


# Input and output


def test_facts_come_as_they_do_elsewhere() -> None:
    envelope = {"id": "T-1", "opened_at": "2026-03-02T09:00:00Z", "facts": {"impact": "bad"}}
    found = plan(PACK, envelope)

    assert (found.id, found.opened_at, found.now, found.stands) == ("T-1", OPENED, OPENED, "open")
    assert found == plan(PACK, {"impact": "bad"}, OPENED, "T-1")
    assert plan(PACK, envelope, now=at(15)).phase == "work"
    with pytest.raises(FactsError, match="unknown fact"):
        plan(PACK, {"impakt": "bad"})
    with pytest.raises(IncidentError, match="before the opening"):
        plan(PACK, envelope, now=at(-1))


def test_it_is_a_result_like_others() -> None:
    found = planned(opened(impact="bad"), event(1, "step", item="old"), event(2, "war_room", state="open"), now=3)

    jsonschema.validate(found.model_dump(), Plan.model_json_schema())
    jsonschema.validate(plan(PACK, {}).model_dump(), Plan.model_json_schema())
    assert list(found.model_dump()) == ["schema", *Plan.PARTS]
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - made here
    assert hash(found) == hash(
        planned(opened(impact="bad"), event(1, "step", item="old"), event(2, "war_room", state="open"), now=3)
    )
    assert repr(found) == f"<Plan None severity=1 look at {at(3)}>"
    with pytest.raises(AttributeError, match="Plan is frozen: cannot set `phase`"):
        found.phase = "work"


def test_the_plan_that_ships_in_german() -> None:
    german = plan(SUPPORT.in_language("de"), {"functionality": "down", "environment": "production"}, OPENED)
    english = plan(SUPPORT, {"functionality": "down", "environment": "production"}, OPENED)

    assert ids(german) == ids(english)
    assert item(german, "review").text == "Die Nachbetrachtung abhalten, ohne einen Schuldigen zu suchen"
    texts = [(one.text, other.text) for one, other in zip(german.items, english.items, strict=True)]
    assert all(one != other for one, other in texts)


# When


def upcoming(found: Plan) -> list[tuple[str, str | None, int | None, timedelta, timedelta]]:
    return [(i.clock, i.role, i.number, i.due - OPENED, i.limit_at - OPENED) for i in found.instants]


MINUTES = timedelta(minutes=1)


def test_what_is_owed_is_looked_ahead_up_to_the_resolution() -> None:
    found = plan(PACK, {"impact": "bad"}, OPENED)

    assert [(what, number, due // MINUTES, limit // MINUTES) for what, _, number, due, limit in upcoming(found)] == [
        ("initial_response", None, 30, 30),
        ("notification", None, 30, 30),
        ("status_update", 1, 60, 60),
        ("status_update", 2, 120, 120),
        ("resolution", None, 120, 240),
        ("status_update", 3, 180, 180),
    ]


def test_updates_that_were_sent_are_counted_and_one_that_is_late_is_followed_from_now() -> None:
    sent = event(50, "update_sent"), event(55, "update_sent", audience="internal")
    found = planned(opened(impact="bad"), *sent, now=130)

    updates = [(number, due // MINUTES) for what, _, number, due, _ in upcoming(found) if what == "status_update"]
    assert updates == [(2, 110), (3, 190)]


def test_without_a_resolution_only_the_next_update_is_there() -> None:
    sla = {"1": {"status_updates": "1h"}}
    assert [one.number for one in plan(load(PLANNED | {"sla": sla}), {"impact": "bad"}, OPENED).instants] == [1]


def test_only_the_resolution_ends_the_updates() -> None:
    sla = {"1": {"status_updates": "30m", "resolution": "1h", "notify": {"chief": "5h"}}}
    found = plan(load(PLANNED | {"sla": sla}), {"impact": "bad"}, OPENED).instants
    assert [one.number for one in found if one.clock == "status_update"] == [1]


def test_no_more_updates_than_somebody_wants_to_see() -> None:
    sla = {"1": {"status_updates": "1m", "resolution": "4d"}}
    found = plan(load(PLANNED | {"sla": sla}), {"impact": "bad"}, OPENED).instants
    assert [one.number for one in found if one.clock == "status_update"] == list(range(1, 25))


def test_a_cadence_that_slows_is_followed() -> None:
    sla = {"1": {"status_updates": {"within": "30m", "for": "1h", "then": "2h"}, "resolution": "6h"}}
    found = plan(load(PLANNED | {"sla": sla}), {"impact": "bad"}, OPENED).instants
    updates = [(one.due - OPENED) // MINUTES for one in found if one.clock == "status_update"]
    assert updates == [30, 60, 180, 300]


def test_what_is_done_is_owed_no_more_even_if_it_was_late() -> None:
    for minute in (10, 40):
        found = planned(opened(impact="bad"), event(minute, "acknowledged"), now=50)
        assert "initial_response" not in [one.clock for one in found.instants]


def test_nothing_is_owed_after_the_end() -> None:
    assert planned(opened(), event(1, "closed"), now=2).instants == ()
    after = planned(opened(impact="bad"), event(1, "resolved"), now=2)
    assert [(one.clock, one.due) for one in after.instants] == [("review", at(1 + 2880))]
