"""Masks written out: which facts are joined to one table, and that it says what theirs said."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from sevclass.scales import Count, Facts, Flag, Floor, Label, Levels, Masks, Scale, SumOf, Table, Value
from sevclass.unrolled import MOST_BITS, MOST_JOINED, Joined, UnrolledMasks, joined

SPEED = Levels(names=("fine", "slow", "dead"))
SCALES: dict[str, Scale] = {
    "speed": SPEED,
    "users": Count(unit="users"),
    "lost": Flag(),
    "kind": Label(names=("wish", "fault")),
    "guests": Count(unit="guests"),
    "others": Count(unit="others"),
    "people": SumOf(parts=("users", "guests")),
}
FLOORS: list[Floor] = [
    {"speed": "dead", "users": 2},
    {"lost": True, "speed": "slow"},
    {"people": 3, "kind": "fault"},
    {"guests": 1, "lost": True},
    {"others": 1},
]
VALUES: dict[str, tuple[Value | None, ...]] = {
    "speed": (None, "fine", "slow", "dead"),
    "users": (None, 0, 2, 5_000),
    "lost": (None, False, True),
    "kind": (None, "wish", "fault"),
    "guests": (None, 0, 1),
    "others": (None, 0, 7),
}
EVERY = [dict(zip(VALUES, values, strict=True)) for values in product(*VALUES.values())]


def groups(given: list[tuple[str, Table]]) -> list[list[str]]:
    return [facts for facts, _ in joined(given)]


def test_facts_of_few_values_are_joined_and_a_number_comes_last() -> None:
    assert groups(list(Masks(SCALES, FLOORS).given)) == [["speed", "lost", "kind", "others"], ["users"], ["guests"]]


def test_a_joined_table_leads_from_fact_to_fact_to_the_mask() -> None:
    given = list(Masks(SCALES, FLOORS).given)
    (facts, table), *_ = joined(given)
    single = dict(given)
    for record in EVERY:
        expected = -1
        found: Any = table
        for fact in facts:
            expected &= single[fact][record[fact]]
            found = found[record[fact]]
        assert found == expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (MOST_JOINED // 10, [["a", "b"], ["c"]]),
        (MOST_JOINED // 10 + 1, [["a"], ["b"], ["c"]]),
    ],
)
def test_tables_are_joined_while_their_combinations_are_few(levels: int, expected: list[list[str]]) -> None:
    few: Table = {str(number): 1 for number in range(10)}
    many: Table = {str(number): 1 for number in range(levels)}
    assert groups([("a", few), ("b", many), ("c", few)]) == expected


@pytest.mark.parametrize(("bits", "expected"), [(MOST_BITS // 9, [["a", "b"]]), (MOST_BITS // 9 + 1, [["a"], ["b"]])])
def test_long_masks_are_joined_less(bits: int, expected: list[list[str]]) -> None:
    flag: Table = {None: 1, False: 1, True: 1 << bits - 1}
    assert groups([("a", flag), ("b", flag)]) == expected


def test_a_number_alone_is_not_joined() -> None:
    masks = Masks(SCALES, [{"users": 2}])
    found: list[tuple[list[str], Joined]] = list(joined(masks.given))
    assert found == [(["users"], masks.given[0][1])]


def test_nothing_is_joined_to_nothing() -> None:
    assert groups([]) == []


@pytest.mark.parametrize(
    "values",
    [[9, 1, 2, 3, 4, 5], [9, 1, 9, 3, 9, 9], [3, 1, 2, 3, 3, 3], [1, 1, 1, 1, 1, 1], [2, 2, 2, 1, 2, 2]],
)
def test_what_decides_nothing_changes_no_pick(values: list[int]) -> None:
    masks = Masks(SCALES, FLOORS)

    def distinct(facts: Facts) -> int:
        mask = masks.reached(facts)
        deciding = [value for bit, value in enumerate(values[1:]) if mask >> bit & 1 and value != values[0]]
        return deciding[0] if deciding else values[0]

    pick = UnrolledMasks(SCALES, FLOORS).picking(values)
    assert [pick(facts) for facts in EVERY] == [distinct(facts) for facts in EVERY]


def test_a_number_of_many_steps_is_not_joined() -> None:
    many: list[Floor] = [{"users": 1 + number, "lost": True} for number in range(200)]
    assert groups(list(Masks(SCALES, many).given)) == [["lost"], ["users"]]
    assert groups(list(Masks(SCALES, many[:150]).given)) == [["lost", "users"]]
