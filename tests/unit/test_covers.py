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
    covers = Covers(CHAIN)
    everybody = ["chief", "lead", "aide", "clerk", "trainee", "nobody"]
    assert {other for other in everybody if covers.covers(role, other)} == covered


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
        ({"lead": ["lead"]}, ["lead"]),
        ({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]}, ["a", "b", "c"]),
        ({"a": ["b", "c"], "b": ["d"], "c": ["d"]}, []),
    ],
    ids=["none", "chain", "itself", "three", "diamond"],
)
def test_circles_are_found(covers: Mapping[str, Sequence[str]], expected: list[str]) -> None:
    assert circles(covers) == expected


def test_a_circle_ends() -> None:
    assert Covers({"a": ["b"], "b": ["a"]}).covers("a", "a")
