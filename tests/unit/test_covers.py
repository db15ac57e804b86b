"""Covers: who stands in for whom, and who is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from sevclass.covers import Covers, circles

CHAIN = {"chief": ["lead"], "lead": ["aide", "clerk"], "aide": ["trainee"]}


@pytest.mark.parametrize(
    ("role", "covered"),
    [
        ("chief", {"lead", "aide", "clerk", "trainee"}),
        ("lead", {"aide", "clerk", "trainee"}),
        ("aide", {"trainee"}),
        ("clerk", set()),
        ("nobody", set()),
    ],
)
def test_covering_is_transitive(role: str, covered: set[str]) -> None:
    assert Covers(CHAIN).covered_by(role) == covered


@pytest.mark.parametrize(
    ("groups", "left"),
    [
        ([], []),
        ([["lead"], ["clerk", "guest"]], [(0, "lead"), (1, "guest")]),
        ([["clerk"], ["lead"]], [(0, "clerk"), (1, "lead")]),
        ([["clerk", "lead"]], [(0, "clerk"), (0, "lead")]),
        ([["lead", "clerk"]], [(0, "lead")]),
        ([["chief"], [], ["trainee"]], [(0, "chief")]),
        ([["guest"], ["guest"]], [(0, "guest")]),
    ],
    ids=["none", "covered by a worse one", "order", "in one group", "covered in one group", "far", "twice"],
)
def test_who_is_there_or_covered_is_left_out(groups: list[list[str]], left: list[tuple[int, str]]) -> None:
    assert Covers(CHAIN).standing(groups) == left


@pytest.mark.parametrize(
    ("covers", "expected"),
    [
        ({}, []),
        (CHAIN, []),
        ({"lead": ["lead"]}, [["lead", "lead"]]),
        ({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}, [["a", "b", "c", "a"]]),
        ({"d": ["a"], "a": ["b"], "b": ["a"]}, [["a", "b", "a"]]),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, []),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["d", "c"]}, [["a", "b", "a"], ["d", "d"], ["c", "d", "c"]]),
        ({"a": ["b", "c"], "b": ["a"], "c": ["a"]}, [["a", "b", "a"], ["a", "c", "a"]]),
    ],
    ids=["none", "chain", "itself", "three", "led to", "diamond", "several", "through one"],
)
def test_circles_are_found_each_once(covers: Mapping[str, Sequence[str]], expected: list[list[str]]) -> None:
    assert list(circles(covers)) == expected


def test_a_circle_ends() -> None:
    assert Covers({"a": ["b"], "b": ["a"]}).covered_by("a") == {"a", "b"}
