"""What is wrong with facts: the words of each scale (with a pack's facts in `test_facts.py`)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sevclass.fact_problems import fact_problems
from sevclass.scales import Count, Flag, Label, Levels, Measure, Scale, SumOf

SCALES: Mapping[str, Scale] = {
    "speed": Levels(names=("fine", "slow")),
    "lost": Flag(),
    "users": Count(unit="users"),
    "people": SumOf(parts=("users",)),
    "kind": Label(names=("wish", "fault")),
    "delay": Measure(unit="seconds", worse="higher", low=0.5),
    "rest": Measure(unit="percent", worse="lower", high=1e6),
    "endless": Measure(unit="points", worse="higher"),
    "both": Measure(unit="points", worse="lower", low=-1, high=1),
}


@pytest.mark.parametrize(
    ("fact", "value", "expected"),
    [
        pytest.param("sped", 1, "sped: unknown fact `sped`; did you mean `speed`?", id="unknown"),
        pytest.param("peopel", 1, "peopel: unknown fact `peopel`", id="a sum is no hint"),
        pytest.param(7, 1, "7: unknown fact 7", id="no text"),
        pytest.param("", 1, "unknown fact ``", id="no name"),
        pytest.param("people", 1, "people: `people` is derived, never given; give its parts: `users`", id="sum"),
        pytest.param("speed", 1, "speed: 1 is not a level; it is one of `fine`, `slow`", id="level of a type"),
        pytest.param("speed", "slwo", "speed: unknown level `slwo`; did you mean `slow`?", id="near level"),
        pytest.param("speed", "wish", "speed: unknown level `wish`; `wish` is a level of `kind`", id="level elsewhere"),
        pytest.param("kind", "zzz", "kind: unknown level `zzz`; it is one of `wish`, `fault`", id="level nowhere"),
        pytest.param("lost", "no", "lost: `no` is neither true nor false", id="flag"),
        pytest.param("users", 0.5, "users: 0.5 is not a whole number; it is a count of users", id="count of a type"),
        pytest.param("users", -1, "users: -1 is out of range; a count is from 0 to 9007199254740991", id="count"),
        pytest.param("delay", 0.25, "delay: 0.25 is out of range; it is at least 0.5", id="low end"),
        pytest.param("rest", 1e7, "rest: 10000000.0 is out of range; it is at most 1e+06", id="high end"),
        pytest.param("both", 2, "both: 2 is out of range; it is at least -1 and at most 1", id="both ends"),
        pytest.param(
            "delay", "1", "delay: `1` is not a finite number; it is a number of seconds", id="measure of a type"
        ),
        pytest.param(
            "delay", False, "delay: false is not a finite number; it is a number of seconds", id="flag as a measure"
        ),
        pytest.param(
            "delay", float("inf"), "delay: inf is not a finite number; it is a number of seconds", id="infinity"
        ),
        pytest.param(
            "delay",
            10**400,
            "delay: a number of about 401 digits is out of range; it is at least 0.5",
            id="more than a double",
        ),
        pytest.param(
            "endless",
            -(10**400),
            "endless: a number of about 401 digits is out of range; it has at most 308 digits",
            id="more than a double without ends",
        ),
        pytest.param(
            "id", "T-17", "id: unknown fact `id`; beside `id` the facts stand under `facts`", id="id beside facts"
        ),
        pytest.param(
            "opened_at",
            None,
            "opened_at: unknown fact `opened_at`; beside `opened_at` the facts stand under `facts`",
            id="opening beside facts",
        ),
        pytest.param("fact", {}, "fact: unknown fact `fact`; did you mean `facts`?", id="misspelt envelope"),
        pytest.param("facts", {}, "facts: unknown fact `facts`", id="envelope in an envelope"),
        pytest.param("fact", 1, "fact: unknown fact `fact`", id="no envelope"),
    ],
)
def test_a_problem_is_in_the_words_of_the_scale(fact: object, value: object, expected: str) -> None:
    assert [str(problem) for problem in fact_problems(SCALES, {fact: value}, [fact], "")] == [expected]


def test_the_prefix_leads_to_the_fact() -> None:
    (problem,) = fact_problems(SCALES, {"lost": 1}, ["lost"], "facts.")
    assert problem.path == "facts.lost"


def test_the_first_fifty_unknown_facts_have_a_hint() -> None:
    names = [f"sped{number}" for number in range(52)]
    problems = list(fact_problems(SCALES, dict.fromkeys(names), names, ""))
    assert [problem.hint for problem in problems] == ["did you mean `speed`?"] * 50 + [None, None]
