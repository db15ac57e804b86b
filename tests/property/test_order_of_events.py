"""What is set aside changes nothing; events count by their instants, those of one instant as they stand.

So a log may be shuffled as long as lines of one instant keep their order: only the problems say that it was.
"""

from __future__ import annotations

from typing import Any

from hypothesis import event as counted, given, strategies as st

from sevclass.incident import IncidentState, replay
from tests.clock_oracle.log import instant
from tests.strategies import load
from tests.timelines import Data, cases

Case = tuple[Data, list[Data], Any]
PARTS = {*IncidentState.PARTS} - {"problems"}


@given(cases())
def test_what_is_set_aside_changes_nothing(case: Case) -> None:
    doc, log, now = case
    whole = replay(log, load(doc), now)
    aside = {int(p.path.removeprefix("event ")) - 1 for p in whole.problems if p.code == "cannot_be"}
    kept = [event for place, event in enumerate(log) if place not in aside]
    counted(f"set aside: {len(aside)}")

    part = replay(kept, load(doc), now)

    assert part.model_dump(include=PARTS) == whole.model_dump(include=PARTS)
    assert all(problem.code == "out_of_order" for problem in part.problems)


IMPOSSIBLE: tuple[Data, ...] = (
    {"event": "facts", "facts": {"impact": "dire"}},
    {"event": "notified", "role": "nobody-there"},
    {"event": "override", "severity": 9, "by": "ann", "reason": "so it is"},
    {"event": "struck", "entry": "no such entry", "by": "ann", "reason": "so it is"},
)


@given(cases(), st.sampled_from(IMPOSSIBLE), st.data())
def test_what_cannot_be_changes_nothing_wherever_it_stands(case: Case, said: Data, data: st.DataObject) -> None:
    doc, log, now = case
    at = data.draw(st.sampled_from(sorted({event["at"] for event in log})))
    more = list(log)
    more.insert(data.draw(st.integers(0, len(log))), {"at": at} | said)

    without, with_it = replay(log, load(doc), now), replay(more, load(doc), now)

    assert with_it.model_dump(include=PARTS) == without.model_dump(include=PARTS)
    assert len(with_it.problems) > len(without.problems) or instant(at) > now


@given(cases(), st.randoms(use_true_random=False))
def test_a_log_may_be_shuffled(case: Case, random: Any) -> None:  # noqa: ANN401 - Hypothesis has a class of its own
    doc, log, now = case
    places = {at: random.random() for at in sorted({instant(event["at"]) for event in log})}
    shuffled = sorted(log, key=lambda event: places[instant(event["at"])])

    whole, other = replay(log, load(doc), now), replay(shuffled, load(doc), now)

    assert other.model_dump(include=PARTS) == whole.model_dump(include=PARTS)
    told = [sorted(p.message for p in state.problems if p.code == "cannot_be") for state in (whole, other)]
    assert told[0] == told[1]
