"""Scales, floors and masks: what a floor may ask for, and which floors a value reaches."""

from __future__ import annotations

import sys
from typing import Literal

import pytest

from sevclass.scales import COUNT_MAX, Count, Fault, Flag, Floor, Label, Levels, Masks, Measure, Scale, SumOf, Value
from sevclass.unrolled import UnrolledMasks

LEVELS = Levels(names=("fine", "slow", "dead"))
COUNT = Count(unit="users")
SUM = SumOf(parts=("users", "guests"))
HIGHER = Measure(unit="seconds", worse="higher", low=0, high=60)
LOWER = Measure(unit="percent", worse="lower", low=0, high=100)
OPEN = Measure(unit="points", worse="higher")
LABEL = Label(names=("wish", "fault"))
LARGEST = sys.float_info.max


@pytest.mark.parametrize(
    ("scale", "level", "fault"),
    [
        (LEVELS, "slow", None),
        (LEVELS, "dead", None),
        (LEVELS, "fine", "harmless"),
        (LEVELS, "gone", "unknown"),
        (LEVELS, 1, "type"),
        (Flag(), True, None),
        (Flag(), False, "harmless"),
        (Flag(), 1, "type"),
        (COUNT, 1, None),
        (COUNT, COUNT_MAX, None),
        (COUNT, 0, "harmless"),
        (COUNT, -1, "beyond"),
        (COUNT, COUNT_MAX + 1, "beyond"),
        (COUNT, True, "type"),
        (COUNT, 1.0, "type"),
        (SUM, 2, None),
        (SUM, 0, "harmless"),
        (SUM, "2", "type"),
        (HIGHER, 0.5, None),
        (HIGHER, 60, None),
        (HIGHER, 0, "harmless"),
        (HIGHER, 60.5, "beyond"),
        (HIGHER, -1, "beyond"),
        (HIGHER, True, "type"),
        (HIGHER, "1", "type"),
        (LOWER, 100, "harmless"),
        (LOWER, 0, None),
        (OPEN, -1e300, None),
        (OPEN, LARGEST, None),
        (OPEN, -LARGEST, None),
        (OPEN, 10**309, "beyond"),
        (LABEL, "wish", None),
        (LABEL, "praise", "unknown"),
        (LABEL, True, "type"),
    ],
)
def test_a_floor_asks_for_what_is_on_the_scale_but_its_harmless_end(
    scale: Scale, level: object, fault: Fault | None
) -> None:
    assert scale.fault(level) == fault


@pytest.mark.parametrize(
    ("scale", "ascending"),
    [
        (LEVELS, ["fine", "slow", "dead"]),
        (Flag(), [False, True]),
        (COUNT, [0, 1, COUNT_MAX]),
        (SUM, [0, 1, 4 * COUNT_MAX]),
        (HIGHER, [0, 0.5, 60]),
        (LOWER, [100, 0.5, 0]),
    ],
)
def test_worse_is_larger(scale: Scale, ascending: list[Value]) -> None:
    places = [scale.order(value) for value in ascending]
    assert places == sorted(set(places))


def test_labels_are_equally_bad() -> None:
    assert LABEL.order("wish") == LABEL.order("fault")


def test_a_table_adds_the_floors_a_value_reaches_to_those_that_are_free() -> None:
    assert LEVELS.table({"slow": 0b001, "dead": 0b010}, 0b100) == {
        None: 0b100,
        "fine": 0b100,
        "slow": 0b101,
        "dead": 0b111,
    }
    assert Flag().table({True: 0b01}, 0b10) == {None: 0b10, False: 0b10, True: 0b11}
    assert Flag().table({}, 0b10) == {None: 0b10, False: 0b10, True: 0b10}
    assert LABEL.table({"wish": 0b01}, 0b10) == {None: 0b10, "wish": 0b11, "fault": 0b10}


@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        (COUNT, {None: 0b100, 0: 0b100, 2: 0b101, 3: 0b101, 5: 0b111, COUNT_MAX: 0b111}),
        (SUM, {None: 0b100, 0: 0b100, 2: 0b101, 4: 0b101, 5: 0b111, 4 * COUNT_MAX: 0b111}),
        (HIGHER, {None: 0b100, 1.75: 0b100, 2: 0b101, 4.5: 0b101, 5.0: 0b111, 1e300: 0b111}),
        (LOWER, {None: 0b100, 5.25: 0b100, 5: 0b110, 2.5: 0b110, 2.0: 0b111, -1e300: 0b111}),
    ],
)
def test_a_number_reaches_every_threshold_up_to_it(scale: Scale, expected: dict[Value | None, int]) -> None:
    table = scale.table({5: 0b010, 2: 0b001}, 0b100)
    assert {value: table[value] for value in expected} == expected


def test_thresholds_may_be_whole_numbers_and_fractions() -> None:
    table = OPEN.table({1: 0b01, 0.5: 0b10}, 0)
    assert [table[value] for value in (0.25, 0.5, 1, 2.0)] == [0, 0b10, 0b11, 0b11]


@pytest.mark.parametrize("worse", ["higher", "lower"])
def test_the_largest_numbers_are_told_apart(worse: Literal["higher", "lower"]) -> None:
    sign = 1 if worse == "higher" else -1
    table = Measure(unit="points", worse=worse).table({sign * LARGEST: 1}, 0)
    assert (table[sign * LARGEST * 0.75], table[sign * LARGEST]) == (0, 1)


@pytest.mark.parametrize("scale", [COUNT, OPEN])
def test_a_table_of_numbers_stays_small(scale: Scale) -> None:
    table = scale.table({5: 1}, 0)
    for number in range(5_000):
        assert table[number] == table[number + 0.5] == (number >= 5)
    assert len(table) < 2_000


def test_a_sum_counts_what_is_known() -> None:
    assert (SUM.known({"users": 2, "guests": None}), SUM.open({"users": 2, "guests": None})) == (2, True)
    assert (SUM.known({"users": 2, "guests": 0}), SUM.open({"users": 2, "guests": 0})) == (2, False)
    assert (SUM.known({"users": COUNT_MAX, "guests": COUNT_MAX}), 2 * COUNT_MAX) == (2 * COUNT_MAX, 2 * COUNT_MAX)


SCALES: dict[str, Scale] = {
    "speed": LEVELS,
    "users": COUNT,
    "guests": Count(unit="guests"),
    "people": SUM,
    "kind": LABEL,
    "lost": Flag(),
}
FLOORS: list[Floor] = [
    {"speed": "slow", "people": 3},
    {"speed": "dead"},
    {"kind": "wish"},
    {"users": 2},
    {"speed": "dead", "users": 1},
]
UNKNOWN: dict[str, Value | None] = dict.fromkeys(name for name in SCALES if name != "people")


@pytest.mark.parametrize(
    ("facts", "reached", "unblocked", "at_worst"),
    [
        ({}, 0, 0b11111, 0b11011),
        ({"speed": "fine"}, 0, 0b01100, 0b01000),
        ({"speed": "slow"}, 0, 0b01101, 0b01001),
        ({"speed": "dead"}, 0b00010, 0b11111, 0b11011),
        ({"speed": "slow", "users": 1, "guests": 2}, 0b00001, 0b00101, 0b00001),
        ({"speed": "slow", "users": 1, "guests": 1}, 0, 0b00100, 0),
        ({"speed": "slow", "users": 1}, 0, 0b00101, 0b00001),
        ({"speed": "slow", "users": 3}, 0b01001, 0b01101, 0b01001),
        ({"kind": "wish"}, 0b00100, 0b11111, 0b11111),
        ({"kind": "fault"}, 0, 0b11011, 0b11011),
        ({"lost": True}, 0, 0b11111, 0b11011),
        ({"speed": "dead", "users": 2, "guests": 1, "kind": "wish"}, 0b11111, 0b11111, 0b11111),
    ],
)
@pytest.mark.parametrize("kind", [Masks, UnrolledMasks])
def test_masks_say_which_floors_hold_and_which_may(
    kind: type[Masks], facts: dict[str, Value], reached: int, unblocked: int, at_worst: int
) -> None:
    masks = kind(SCALES, FLOORS)
    given = UNKNOWN | facts
    assert (masks.reached(given), masks.unblocked(given), masks.at_worst(given)) == (reached, unblocked, at_worst)


@pytest.mark.parametrize("kind", [Masks, UnrolledMasks])
def test_the_first_floor_that_holds_picks_a_value(kind: type[Masks]) -> None:
    pick = kind(SCALES, FLOORS).picking([9, 1, 2, 3, 4, 5])
    assert pick(UNKNOWN) == 9
    assert pick(UNKNOWN | {"speed": "slow", "users": 3}) == 1
    assert pick(UNKNOWN | {"speed": "dead", "users": 1}) == 2
    assert pick(UNKNOWN | {"kind": "wish", "users": 2}) == 3
    assert pick(UNKNOWN | {"users": 2}) == 4


def test_masks_say_which_floors_name_a_fact() -> None:
    masks = Masks(SCALES, FLOORS)
    assert [masks.reached_by("speed", level) for level in ("fine", "slow", "dead")] == [0, 0b00001, 0b10011]
    assert [masks.reached_by("users", level) for level in (0, 1, 2)] == [0, 0b10000, 0b11000]
    assert masks.naming == {"speed": 0b10011, "people": 0b00001, "kind": 0b00100, "users": 0b11000}
    assert masks.every == 0b11111


def test_no_floors_are_never_reached() -> None:
    masks = Masks(SCALES, [])
    assert (masks.every, masks.naming, masks.reached(UNKNOWN), masks.unblocked(UNKNOWN)) == (0, {}, 0, 0)


def test_an_empty_floor_always_holds() -> None:
    assert Masks(SCALES, [{}, {"lost": True}]).reached(UNKNOWN) == 0b01


def test_there_may_be_many_floors() -> None:
    masks = Masks(SCALES, [{"users": level} for level in range(1, 10_001)])
    assert masks.reached(UNKNOWN | {"users": 5_000}) == (1 << 5_000) - 1
    assert masks.reached(UNKNOWN | {"users": COUNT_MAX}) == masks.every
