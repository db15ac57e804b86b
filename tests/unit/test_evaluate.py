"""The evaluator: criteria met and their reasons, the roster and the war room, as known and at the worst."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sevclass import Classification, classify, load_pack
from sevclass.evaluate import MasksFactory, positions
from sevclass.scales import Facts, Masks
from sevclass.shipped import shipped_packs
from sevclass.unrolled import UnrolledMasks
from tests.unit.written import SMALL, loaded

CASES = [json.loads(line) for line in (shipped_packs()["support"] / "cases.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_the_cases_of_the_default_pack(case: dict[str, Any]) -> None:
    found = load_pack("support").classify(case["facts"])
    shown = {
        "severity": found.severity,
        "could_be": found.could_be,
        "criteria": [criterion.id for criterion in found.criteria],
        "roster": [f"{row.role}: {row.duty}" for row in found.roster],
        "war_room": list(found.war_room.because),
        "notifications": [row.role for row in found.sla.notifications],
        "questions": [question.fact for question in found.questions],
    }
    assert {key: shown[key] for key in case["expected"]} == case["expected"]


# A pack of three severities

FILES = SMALL | {
    "pack.yaml": "name: small\nversion: 1.0.0\nseverities: {1: High, 2: Middle, 3: Low}\n",
    "criteria.yaml": """\
criteria:
  3:
    wish: {text: A wish, when: {kind: wish}}
    slow-wish: {text: A wish for speed, when: [{kind: wish, speed: slow}, {rest: 50}]}
  1:
    dead: {text: It is dead, when: {speed: dead}}
    many: {text: Many are hit, when: [{people: 5}, {users: 2, delay: 10}, {users: 2, lost: true}]}
  2:
    some: {text: Some are hit, when: {people: 1}}
""",
    "roles.yaml": """\
roles: {lead: Leads, deputy: Helps, aide: Aids, guest: Looks on}
covers: {lead: [deputy]}
roster:
  1:
    lead: {duty: leads, when: [{lost: true}, {people: 8}]}
    aide: aids
  2:
    deputy: helps
    aide: watches
  3:
    guest: {duty: looks-on, when: {kind: fault}}
    deputy: waits
""",
    "war_room.yaml": """\
war_room:
  high: {severity: 1}
  crowd: [{people: 5}, {users: 3}]
  bad-loss: {severity: 2, lost: true}
""",
}


@pytest.fixture
def classified(tmp_path: Path) -> Callable[..., Classification]:
    """Classifies facts by the pack of three severities."""
    return loaded(tmp_path, FILES).classify


def met(found: Classification) -> list[tuple[str, int, dict[str, Any]]]:
    return [(criterion.id, criterion.severity, dict(criterion.because)) for criterion in found.criteria]


def test_nothing_known_is_the_mildest_and_could_be_the_worst(classified: Callable[..., Classification]) -> None:
    found = classified({})
    assert (found.severity, found.name, found.could_be, met(found)) == (3, "Low", 1, [])


def test_everything_harmless_is_and_stays_the_mildest(classified: Callable[..., Classification]) -> None:
    facts = {"speed": "fine", "users": 0, "guests": 0, "delay": 0, "rest": 100, "lost": False, "kind": "fault"}
    found = classified(facts)
    assert (found.severity, found.could_be, met(found)) == (3, 3, [])


def test_criteria_come_worst_first_in_the_order_of_the_pack(classified: Callable[..., Classification]) -> None:
    facts = {"speed": "dead", "users": 2, "guests": 3, "delay": 10, "kind": "wish", "rest": 50, "lost": False}
    assert met(classified(facts)) == [
        ("dead", 1, {"speed": "dead"}),
        ("many", 1, {"users": 2, "people": 5, "delay": 10}),
        ("some", 2, {"people": 5}),
        ("wish", 3, {"kind": "wish"}),
        ("slow-wish", 3, {"speed": "dead", "rest": 50, "kind": "wish"}),
    ]


def test_only_the_floors_reached_are_the_reason(classified: Callable[..., Classification]) -> None:
    assert met(classified({"users": 2, "delay": 11}))[0] == ("many", 1, {"users": 2, "delay": 11})


def test_an_unknown_part_of_a_sum_counts_nothing_and_could_be_anything(
    classified: Callable[..., Classification],
) -> None:
    found = classified({"users": 1, "speed": "fine", "delay": 0, "lost": False})
    assert (found.severity, found.could_be) == (2, 1)
    assert met(found) == [("some", 2, {"people": 1})]
    found = classified({"users": 1, "guests": 3, "speed": "fine", "delay": 0, "lost": False})
    assert (found.severity, found.could_be) == (2, 2)


def test_at_the_worst_what_is_assumed_has_no_value(classified: Callable[..., Classification]) -> None:
    found = classified({"users": 1, "speed": "fine", "lost": True}, assume="worst")
    assert (found.severity, found.could_be) == (1, 1)
    assert met(found) == [
        ("many", 1, {"people": None}),
        ("some", 2, {"people": None}),
        ("slow-wish", 3, {"rest": None}),
    ]
    known = {"users": 1, "guests": 0, "speed": "fine", "lost": False, "rest": 60}
    assert met(classified(known, assume="worst")) == [("some", 2, {"people": 1})]


def test_a_label_has_no_worst(classified: Callable[..., Classification]) -> None:
    known = {"users": 0, "guests": 0, "speed": "fine", "lost": False, "rest": 60, "delay": 0}
    assert met(classified(known, assume="worst")) == []
    assert met(classified(known | {"kind": "wish"}, assume="worst")) == [("wish", 3, {"kind": "wish"})]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"speed": "dead"}, ["aide: aids", "deputy: helps"]),
        ({"speed": "dead", "lost": True}, ["lead: leads", "aide: aids"]),
        ({"users": 4, "guests": 4}, ["lead: leads", "aide: aids"]),
        ({"users": 1}, ["deputy: helps", "aide: watches"]),
        ({"users": 1, "lost": True}, ["deputy: helps", "aide: watches"]),
        ({"users": 1, "kind": "fault"}, ["deputy: helps", "aide: watches", "guest: looks-on"]),
        ({}, ["deputy: waits"]),
        ({"kind": "fault"}, ["guest: looks-on", "deputy: waits"]),
        ({"kind": "wish"}, ["deputy: waits"]),
    ],
)
def test_the_roster_adds_up_and_leaves_out_who_is_covered(
    classified: Callable[..., Classification], facts: dict[str, Any], expected: list[str]
) -> None:
    assert [f"{row.role}: {row.duty}" for row in classified(facts).roster] == expected


def test_the_roster_at_the_worst(classified: Callable[..., Classification]) -> None:
    assert [row.role for row in classified({}, assume="worst").roster] == ["lead", "aide"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"speed": "dead"}, ["high"]),
        ({"users": 3}, ["crowd"]),
        ({"users": 3, "guests": 2}, ["high", "crowd"]),
        ({"lost": True}, []),
        ({"lost": True, "users": 1}, ["bad-loss"]),
        ({"lost": True, "speed": "dead"}, ["high", "bad-loss"]),
    ],
)
def test_the_war_room_opens_for_its_reasons_each_once(
    classified: Callable[..., Classification], facts: dict[str, Any], expected: list[str]
) -> None:
    found = classified(facts).war_room
    assert (found.activate, list(found.because)) == (bool(expected), expected)


def test_the_war_room_at_the_worst(classified: Callable[..., Classification]) -> None:
    assert classified({}, assume="worst").war_room.because == ("high", "crowd", "bad-loss")


def test_a_row_that_is_there_or_covered_anyway_is_never_seen(tmp_path: Path) -> None:
    roster = """\
roles: {lead: Leads, deputy: Helps, aide: Aids}
covers: {lead: [deputy]}
roster:
  1: {lead: leads}
  2: {deputy: helps, aide: {duty: aids, when: {lost: true}}}
  3: {deputy: waits, aide: watches, lead: sleeps}
"""
    evaluator = loaded(tmp_path, FILES | {"roles.yaml": roster})._engine.evaluator
    never = {
        f"{row.role} of {row.severity}": [s for s in range(1, row.severity + 1) if evaluator.never_seen(s, row)]
        for row in evaluator.rows
    }
    assert never == {
        "lead of 1": [],
        "deputy of 2": [1],
        "aide of 2": [],
        "deputy of 3": [1, 2],
        "aide of 3": [],
        "lead of 3": [1],
    }


@pytest.mark.parametrize("masks", [Masks, UnrolledMasks])
def test_all_that_the_masks_tell_is_told_at_once(tmp_path: Path, masks: MasksFactory) -> None:
    pack = loaded(tmp_path, FILES).with_masks(masks)
    evaluator = pack._engine.evaluator
    unknown: Facts = dict.fromkeys(name for name in evaluator.scales if name not in {"people", "visits"})
    known: tuple[Facts, ...] = ({}, {"users": 2, "lost": True}, {"kind": "fault", "guests": 5, "lost": False})
    for given in known:
        facts = {**unknown, **given}
        criteria, conditions = evaluator.criteria_masks, evaluator.conditions
        assert evaluator.stand(facts) == (
            criteria.reached(facts), conditions.reached(facts), criteria.unblocked(facts), conditions.unblocked(facts),
        )  # fmt: skip


def test_a_pack_may_have_one_severity_and_nothing_else(tmp_path: Path) -> None:
    files = {"pack.yaml": "name: one\nversion: 1.0.0\nseverities: {1: Only}\ncriteria: {}\n"}
    found = loaded(tmp_path, files | {"facts.yaml": "facts: {lost: {ask: Is it lost?, flag: {}}}\n"}).classify({})
    assert (found.severity, found.could_be, found.criteria, found.roster) == (1, 1, (), ())
    assert (found.war_room.activate, found.questions) == (False, ())


def test_one_fact_of_the_default_pack_is_worse_than_nothing_known() -> None:
    assert classify({"security": "issue"}).war_room.because == ("security",)


@pytest.mark.parametrize(("mask", "expected"), [(0, []), (1, [0]), (0b1011, [0, 1, 3]), (1 << 5_000, [5_000])])
def test_positions_of_bits(mask: int, expected: list[int]) -> None:
    assert list(positions(mask)) == expected
