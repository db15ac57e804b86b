"""Minimal sets of moves: up to one of many goals, and down until none is reached."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import product

import pytest

from sevclass.minimal import MOST_SETS, Moves, Search, ways_down, ways_up


def by_size(moves: Moves) -> tuple[int, int, list[tuple[str, int]]]:
    return len(moves), sum(moves.values()), sorted(moves.items())


def test_a_goal_that_asks_for_more_is_needless() -> None:
    search = ways_up([{"a": 2, "b": 1}, {"a": 1, "b": 1}, {"b": 2}, {"a": 1, "b": 1}], by_size)
    assert search.found == [{"b": 2}, {"a": 1, "b": 1}]
    assert search.cut is False


def test_no_goal_no_way() -> None:
    assert ways_up([], by_size).found == []
    assert ways_down([]).found == [{}]


def test_each_goal_loses_one_of_its_facts() -> None:
    search = ways_down([{"a": 3, "b": 1}, {"a": 2}, {"a": 2, "c": 1}])
    assert search.found == [{"a": 1}]
    found = ways_down([{"a": 2, "b": 1}, {"b": 2, "c": 1}]).found
    assert sorted(found, key=by_size) == [{"b": 0}, {"a": 1, "c": 0}, {"a": 1, "b": 1}]


def test_a_fact_falls_as_far_as_any_goal_may_want() -> None:
    found = ways_down([{"a": 3, "b": 1}, {"a": 1, "c": 1}]).found
    assert sorted(found, key=by_size) == [{"a": 0}, {"b": 0, "c": 0}, {"a": 2, "c": 0}]


def test_no_set_is_missed_and_none_is_found_twice() -> None:
    found = ways_down([{"b": 3, "c": 2}, {"c": 3, "d": 3}, {"a": 3, "b": 2}]).found
    assert sorted(found, key=by_size) == [
        {"a": 2, "c": 1}, {"b": 1, "c": 2}, {"b": 1, "d": 2}, {"a": 2, "b": 2, "c": 2}, {"a": 2, "b": 2, "d": 2},
    ]  # fmt: skip
    found = ways_down([{"c": 2, "d": 2}, {"a": 3, "d": 1}, {"b": 3, "c": 1}]).found
    assert sorted(found, key=by_size) == [
        {"c": 0, "d": 0}, {"a": 2, "c": 0}, {"b": 2, "d": 0}, {"a": 2, "b": 2, "c": 1}, {"a": 2, "b": 2, "d": 1},
    ]  # fmt: skip


def test_too_many_ways_up_are_cut_short() -> None:
    goals = [{f"f{number:04}": 1} for number in range(MOST_SETS + 100)]
    search = ways_up(goals, by_size)
    assert search.cut
    assert search.found == goals[: MOST_SETS + 1]


def test_a_long_search_for_ways_down_is_cut_short_and_what_it_found_is_minimal() -> None:
    goals = [{f"a{number}": 1, f"b{number}": 1} for number in range(13)]
    search = ways_down(goals)
    assert search.cut
    every = {frozenset(dict.fromkeys(names, 0).items()) for names in product(*(goal for goal in goals))}
    assert search.found
    assert {frozenset(moves.items()) for moves in search.found} < every


def test_too_many_goals_are_cut_short_before_the_search() -> None:
    search = ways_down({f"f{number}": 1} for number in range(1_500))
    assert (search.cut, search.found) == (True, [])


def test_a_set_that_was_met_before_hides_no_later_one() -> None:
    found = ways_down([{"a": 1, "d": 1}, {"d": 1, "f": 1}, {"a": 2, "c": 1}]).found
    assert sorted(found, key=by_size) == [{"a": 0, "f": 0}, {"c": 0, "d": 0}, {"a": 1, "d": 0}]


@pytest.mark.parametrize(
    ("ways", "goals", "comparisons"),
    [
        (partial(ways_up, key=by_size), [{}], 1),
        (partial(ways_up, key=by_size), [{"a": 1}, {"b": 1}], 3),
        (partial(ways_up, key=by_size), [{"a": 1, "c": 1}, {"b": 1}], 5),
        (ways_down, [{"a": 1}], 2),
        (ways_down, [{"a": 1}, {"b": 2}], 9),
        (ways_down, [{"a": 1, "b": 1}], 6),
    ],
)
def test_a_search_that_needs_just_what_there_is_is_whole(
    ways: Callable[..., Search], goals: list[Moves], comparisons: int
) -> None:
    whole, short = ways(goals, left=comparisons), ways(goals, left=comparisons - 1)
    assert (whole.cut, short.cut) == (False, True)
    assert len(short.found) < len(whole.found)
