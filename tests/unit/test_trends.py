"""`insight.trends`: what rises, the action recorded for it, and what comes again."""

from __future__ import annotations

from typing import Any

import pytest

from sevclass.incident import Entry
from sevclass.insight.figures import Repeat, Rising, Step
from sevclass.insight.samples import Sample
from sevclass.insight.sampling import rising_levels
from sevclass.insight.trends import repeats, rising
from tests.unit.insights import CAUSES, NOW, PACK, Taken, log, sample

LEVELS = rising_levels(PACK)


def some(count: int, cause: str | None = None, *actions: dict[str, Any], **facts: Any) -> tuple[Sample, ...]:
    events: list[tuple[Any, ...]] = [("2 9:00", "opened", {"facts": facts})]
    if cause:
        events.append(("2 9:10", "cause", {"category": cause}))
    events += [(f"2 9:{20 + place}", "action", action) for place, action in enumerate(actions)]
    return (sample(*events),) * count


def found(current: tuple[Sample, ...], previous: tuple[Sample, ...] = ()) -> list[tuple[str | None, int, int]]:
    return [(one.cause or one.fact, one.now, one.before) for one in rising(current, previous, CAUSES, LEVELS)]


@pytest.mark.parametrize(
    ("now", "before", "rises"),
    [
        pytest.param(3, 2, True, id="more"),
        pytest.param(3, 0, True, id="from-nothing"),
        pytest.param(2, 0, False, id="too-few"),
        pytest.param(3, 3, False, id="as-many"),
        pytest.param(4, 5, False, id="fewer"),
    ],
)
def test_what_rises_has_three_or_more_and_more_than_before(now: int, before: int, rises: bool) -> None:  # noqa: FBT001
    assert found(some(now, "bug"), some(before, "bug")) == ([("bug", now, before)] if rises else [])
    assert found(some(now, lost=True), some(before, lost=True)) == ([("lost", now, before)] if rises else [])


def test_the_largest_increase_comes_first_then_the_larger_number_then_causes_then_the_order_of_the_pack() -> None:
    current = (*some(3, "setup"), *some(3, "bug"), *some(4, lost=True), *some(5, impact="bad"), *some(3, places=None))
    previous = (*some(1, lost=True), *some(1, impact="poor"))

    assert found(current, previous) == [("impact", 5, 1), ("lost", 4, 1), ("bug", 3, 0), ("setup", 3, 0)]


def test_a_cause_has_no_level_and_a_fact_has_the_least() -> None:
    action = {"id": "A", "text": "Mend it", "owner": "ann", "state": "done"}
    step = Step(incident="T-1", id="A", text="Mend it", owner="ann", state="done")

    assert rising(some(3, "bug", action, impact="bad"), (), CAUSES, LEVELS) == (
        Rising(fact=None, cause="bug", level=None, now=3, before=0, action=step),
        Rising(fact="impact", cause=None, level="poor", now=3, before=0, action=step),
    )


def test_a_cause_that_the_pack_does_not_have_comes_after_its_own() -> None:
    current = some(3, "setup") + some(3, "bug")

    assert [one.cause for one in rising(current, (), ["setup"], {})] == ["setup", "bug"]
    assert [one.cause for one in rising(current, (), [], {})] == ["bug", "setup"]


@pytest.mark.parametrize(
    ("actions", "text"),
    [
        pytest.param([], None, id="none"),
        pytest.param([{"text": "a"}, {"text": "b"}], "b", id="the-last"),
        pytest.param([{"text": "a"}, {"text": "b", "state": "dropped"}], "a", id="not-dropped"),
        pytest.param([{"text": "a", "ref": "bug"}, {"text": "b"}], "a", id="one-that-refers-to-it"),
        pytest.param([{"text": "a", "ref": "bug"}, {"text": "b", "ref": "bug"}], "b", id="the-last-of-those"),
        pytest.param([{"text": "a", "ref": "setup"}, {"text": "b"}], "b", id="another-reference"),
    ],
)
def test_the_action_is_the_last_one_recorded_for_it(actions: list[dict[str, Any]], text: str | None) -> None:
    [one] = rising(some(3, "bug", *actions), (), CAUSES, LEVELS)

    assert (one.action and one.action.text) == text


def test_actions_of_other_incidents_are_not_taken() -> None:
    current = (*some(3, "bug"), *some(1, "setup", {"text": "a"}), *some(1, None, {"text": "b"}))

    assert [one.action for one in rising(current, (), CAUSES, LEVELS)] == [None]


def having(at: str, issue: str | None, *customers: str, then: tuple[tuple[Any, ...], ...] = ()) -> list[Entry]:
    cause = {"category": "bug"} | ({"known_issue": issue} if issue else {})
    return log((at, "opened", {"customers": customers}), (at, "cause", cause), *then)


def test_a_repeat_has_the_known_issue_of_an_earlier_one() -> None:
    taken = Taken(
        {
            "T-1": having("-20 9:00", "KI-1", "crane"),
            "T-2": having("2 9:00", "KI-1", "acme"),
            "T-3": having("3 9:00", "KI-1", "bolt", "acme"),
            "T-4": having("3 9:00", "KI-2", "acme"),
            "T-5": having("4 9:00", "KI-3", "acme"),
            "T-6": having("5 9:00", "KI-3"),
            "T-7": having("6 9:00", None),
            "T-8": having("7 9:00", None),
            "T-9": having("9 9:00", "KI-2"),
        }
    )

    again = repeats(taken.samples)

    assert (again.now, again.before) == (3, 0)
    assert again.found == (
        Repeat(
            cause="bug",
            known_issue="KI-1",
            customers=("acme", "bolt", "crane"),
            incidents=("T-1", "T-2", "T-3"),
            n=2,
        ),
        Repeat(cause="bug", known_issue="KI-3", customers=("acme",), incidents=("T-5", "T-6"), n=1),
    )


def test_those_of_the_period_before_are_counted_as_they_were_known_then() -> None:
    # The week before is read at the ninth, nine o'clock.
    late = (("9 9:01", "cause", {"category": "setup", "known_issue": "KI-2"}),)
    taken = Taken(
        {
            "T-1": having("-20 9:00", "KI-1"),
            "T-2": having("-3 9:00", "KI-1", then=late),
            "T-3": having("-2 9:00", "KI-2"),
            "T-4": having("-1 9:00", "KI-1", then=(("-1 10:00", "closed"),)),
            "T-5": having("3 9:00", "KI-2"),
        }
    )

    again = repeats(taken.samples)

    assert (again.now, again.before) == (1, 1)
    assert [one.incidents for one in again.found] == [("T-2", "T-3", "T-5")]


def test_what_was_withdrawn_is_no_earlier_one_once_it_was() -> None:
    # Withdrawn after the instant at which the week before is read.
    gone = (("9 9:01", "closed"),)
    taken = Taken(
        {
            "T-1": having("-20 9:00", "KI-1", then=gone),
            "T-2": having("-3 9:00", "KI-1", then=gone),
            "T-3": having("3 9:00", "KI-1"),
        }
    )

    again = repeats(taken.samples)

    assert (again.now, again.before, again.found) == (0, 1, ())


def test_of_two_opened_at_one_instant_the_lesser_id_is_the_earlier() -> None:
    taken = Taken({"T-2": having("3 9:00", "KI-1"), "T-1": having("3 9:00", "KI-1")})

    again = repeats(taken.samples)

    assert (again.now, [one.incidents for one in again.found]) == (1, [("T-1", "T-2")])
    assert taken.samples.now == NOW


def test_the_last_cause_names_the_issue() -> None:
    other = (("4 9:00", "cause", {"category": "setup", "known_issue": "KI-9"}),)
    taken = Taken({"T-1": having("2 9:00", "KI-1"), "T-2": having("3 9:00", "KI-1", then=other)})

    assert repeats(taken.samples).found == ()


def test_the_cause_is_that_of_the_last_incident() -> None:
    other = (("4 9:00", "cause", {"category": "setup", "known_issue": "KI-1"}),)
    taken = Taken({"T-1": having("2 9:00", "KI-1"), "T-2": having("3 9:00", "KI-1", then=other)})

    assert [one.cause for one in repeats(taken.samples).found] == ["setup"]
