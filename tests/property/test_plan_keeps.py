"""The law: what is done of a plan stays done as time passes, and steps that were written down are never lost.

Exempt is what the log itself takes back: a reopening undoes the phases that begin again, a strike its entry, and a
notification that is owed anew opens the step that has all of them.
"""

from __future__ import annotations

from typing import Any

from hypothesis import event as counted, given, strategies as st

from sevclass.incident import IncidentState, events as e, replay
from sevclass.playbook import Plan, plan_of
from tests.plans import plans
from tests.strategies import load
from tests.timelines import MINUTE, Data, cases, written

Case = tuple[Data, list[Data], Any]


@st.composite
def stepped(draw: st.DrawFn) -> Case:
    """A pack with a plan, a log in which steps of it are done, and a `now`."""
    doc, log, now = draw(cases())
    doc = doc | {"plan": draw(plans(doc))}
    ids = [id_ for phase in doc["plan"]["phases"].values() for part in ("actions", "questions") for id_ in phase[part]]
    for number, item in enumerate(draw(st.lists(st.sampled_from([*ids, "unknown"]), max_size=4))):
        place = draw(st.integers(1, len(log)))
        log.insert(place, {"at": log[place - 1]["at"], "event": "step", "item": item, "id": f"s{number}"})
    return doc, log, now


def done(found: Plan) -> dict[str, Any]:
    return {item.id: item.done for item in found.items if item.done}


def takes_back(state: IncidentState, before: IncidentState) -> bool:
    """Whether what happened since says itself that something is not done."""
    new = [one.event for one in state.log if one.event.at > before.now]
    return any(isinstance(event, e.Reopened) for event in new) or state.struck != before.struck


@given(stepped(), st.sampled_from((0, 1, 15, 60, 600, 6000)))
def test_what_is_done_stays_done(case: Case, minutes: int) -> None:
    doc, log, now = case
    pack = load(doc)
    state, later = replay(log, pack, now), replay(log, pack, now + minutes * MINUTE)
    before, after = plan_of(state, pack), plan_of(later, pack)
    needed = {item.id for item in after.items}
    clocks = {id_: action.get("clock") for p in doc["plan"]["phases"].values() for id_, action in p["actions"].items()}

    if not takes_back(later, state):
        counted(f"done: {len(done(before))}, and later {len(done(after))}")
        for id_, how in done(before).items():
            if id_ in needed and (clocks[id_] != "notifications" or not done_by_clock(how.how)):
                assert done(after)[id_].at == how.at, id_


def done_by_clock(how: str) -> bool:
    return how == "notification"


@given(stepped())
def test_no_step_is_lost(case: Case) -> None:
    doc, log, now = case
    pack = load(doc)
    state = replay(log, pack, now)
    found = plan_of(state, pack)

    steps = [one.event for one in state.log if isinstance(one.event, e.Step)]
    shown = {item.id for item in found.items} | {one.id for phase in found.phases for one in phase.questions}
    assert [(one.item, one.at) for one in found.other_steps] == [
        (one.item, one.at) for one in steps if one.item not in shown
    ]
    reopened = [one.event.at for one in state.log if isinstance(one.event, e.Reopened)]
    for step in steps:
        if step.item in {item.id for item in found.items} and not reopened:
            assert done(found)[step.item].at <= step.at


@given(stepped())
def test_the_phase_of_now_has_begun_and_the_plan_is_the_same_again(case: Case) -> None:
    doc, log, now = case
    pack = load(doc)
    found = plan_of(replay(log, pack, now), pack)

    assert found == plan_of(replay(log, pack, now), pack)
    marked = [phase for phase in found.phases if phase.is_now]
    assert [phase.id for phase in marked] == ([found.phase] if found.phase else [])
    for phase in marked:
        counted(f"{phase.after}: {phase.id}")
        assert (phase.after == "opening") == (found.stands == "open")
    assert written(now)
    assert [(one.due, one.limit_at) for one in found.instants] == sorted((i.due, i.limit_at) for i in found.instants)
