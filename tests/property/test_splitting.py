"""A log may be split anywhere: to replay its first part, look, and go on with the rest gives what the whole gives.

And what is later than `now` makes no difference, so the state at an instant is that of the log as it was then.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given, strategies as st

from sevclass.incident import IncidentState, replay
from sevclass.incident.course import Course
from sevclass.incident.readings import read
from sevclass.incident.rules import rules_of
from sevclass.incident.timeline import timeline
from tests.clock_oracle.log import instant
from tests.strategies import load
from tests.timelines import MINUTE, Data, cases

Case = tuple[Data, list[Data], Any]


@given(cases(), st.data())
def test_to_stop_and_look_changes_nothing(case: Case, data: st.DataObject) -> None:
    doc, log, now = case
    pack = load(doc)
    found = timeline(log, now)
    split = data.draw(st.integers(0, len(found.items)))
    course = Course(rules_of(pack), found.opened)
    for number, (place, event) in enumerate(found.items):
        if number == split:
            seen = found.items[number - 1].event.at if number else event.at
            between = seen + data.draw(st.integers(0, (event.at - seen) // MINUTE)) * MINUTE
            course.pass_to(between)
            read(course.clocks, between)
        course.take(event, place)
    course.pass_to(now)

    state, whole = IncidentState(course, found, now, None), replay(log, pack, now)

    assert state.model_dump(include=PARTS) == whole.model_dump(include=PARTS)


PARTS = {*IncidentState.PARTS} - {"problems"}


@given(cases())
def test_what_comes_later_makes_no_difference(case: Case) -> None:
    doc, log, now = case
    past = [event for event in log if instant(event["at"]) <= now]
    whole, part = replay(log, load(doc), now), replay(past, load(doc), now)
    assert whole.model_dump(include=PARTS) == part.model_dump(include=PARTS)
    assert [problem.message for problem in whole.problems] == [problem.message for problem in part.problems]


@given(cases(), st.data())
def test_in_order_a_first_part_is_the_past(case: Case, data: st.DataObject) -> None:
    doc, log, _ = case
    log = sorted(log, key=lambda event: instant(event["at"]))
    first = next(place for place, event in enumerate(log) if event["event"] == "opened")
    split = data.draw(st.integers(first, len(log) - 1))
    now = instant(log[split]["at"])
    past = [event for event in log if instant(event["at"]) <= now]
    assert replay(past, load(doc), now) == replay(log, load(doc), now)
