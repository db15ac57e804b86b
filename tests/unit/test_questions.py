"""What to ask next: exactly the facts whose answer can change something, most useful first."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from sevclass import Pack
from sevclass.completions import MOST_COMPLETIONS, MOST_SHARES
from sevclass.questions import MOST_TRIES
from sevclass.unrolled import UnrolledMasks
from tests.oracle import questions_by_completions
from tests.unit.written import SMALL, loaded

PACK = """\
name: small
version: 1.0.0
severities: {1: High, 2: Middle, 3: Low}
"""
FACTS = """\
facts:
  speed: {ask: How fast is it?, levels: {fine: Fine, slow: Slow, dead: Dead}}
  users: {ask: How many users?, count: users}
  guests: {ask: How many guests?, count: guests}
  others: {ask: How many others?, count: others}
  people: {sum_of: [users, guests]}
  all: {sum_of: [users, guests, others]}
  delay: {ask: How long?, measure: {unit: seconds, worse: higher, from: 0}}
  lost: {ask: Is it lost?, flag: {}}
  loud: {ask: Is it loud?, flag: {}}
  kind: {ask: Which kind?, label: {wish: A wish, fault: A fault}}
  mood: {ask: Which mood?, label: {good: Good, bad: Bad}}
"""
ROLES = "roles: {lead: Leads, deputy: Helps, aide: Aids, guest: Looks on}\n"


def pack(tmp_path: Path, rules: str, facts: str = FACTS) -> Pack:
    return loaded(tmp_path, {"pack.yaml": PACK, "facts.yaml": facts, "roles.yaml": ROLES, "rules.yaml": rules})


def unchecked(pack: Pack, facts: dict[str, Any]) -> list[tuple[str, int | None]]:
    """The questions, where there are too many completions for the plain definition."""
    return [(question.fact, question.could_raise_to) for question in pack.classify(facts).questions]


def asked(pack: Pack, facts: dict[str, Any]) -> list[tuple[str, int | None]]:
    """The questions, which are those of the plain definition too."""
    found = pack.classify(facts).questions
    expected = questions_by_completions(pack.model_dump(), facts)
    assert [question.model_dump() for question in found] == expected
    return [(question.fact, question.could_raise_to) for question in found]


CRITERIA = """\
criteria:
  1:
    dead: {text: It is dead, when: {speed: dead, lost: true}}
    many: {text: Many are hit, when: {people: 3}}
  2:
    slow: {text: It is slow, when: [{speed: slow}, {delay: 2.5}]}
    lost: {text: It is lost, when: {lost: true}}
"""


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, [("speed", 1), ("lost", 1), ("users", 1), ("guests", 1), ("delay", 2)]),
        ({"speed": "fine"}, [("users", 1), ("guests", 1), ("delay", 2), ("lost", 2)]),
        ({"lost": False}, [("users", 1), ("guests", 1), ("speed", 2), ("delay", 2)]),
        ({"lost": True}, [("speed", 1), ("users", 1), ("guests", 1)]),
        ({"lost": True, "speed": "slow"}, [("users", 1), ("guests", 1)]),
        ({"users": 2, "lost": False, "speed": "fine", "delay": 0}, [("guests", 1)]),
        ({"users": 2, "guests": 0, "lost": False, "speed": "fine"}, [("delay", 2)]),
        ({"users": 3}, []),
        ({"speed": "dead", "lost": True}, []),
        ({"speed": "fine", "lost": False, "users": 0, "guests": 0, "delay": 2}, []),
    ],
)
def test_a_fact_is_asked_for_if_it_can_raise_the_severity(
    tmp_path: Path, facts: dict[str, Any], expected: list[tuple[str, int | None]]
) -> None:
    assert asked(pack(tmp_path, CRITERIA), facts) == expected


@pytest.mark.parametrize(
    ("floor", "facts", "expected"),
    [
        ("{people: 2, users: 3}", {}, ["users"]),
        ("{people: 3, users: 3}", {}, ["users"]),
        ("{people: 4, users: 3}", {}, ["users", "guests"]),
        ("{people: 2, users: 1}", {"users": 1}, ["guests"]),
        ("{people: 2, users: 1}", {"users": 2}, []),
        ("{people: 2, lost: true}", {"users": 2}, ["lost"]),
        ("{people: 2, lost: true}", {"users": 1}, ["lost", "guests"]),
        ("{all: 4, users: 1, others: 3}", {}, ["users", "others"]),
        ("{all: 5, users: 1, others: 3}", {}, ["users", "others", "guests"]),
    ],
)
def test_a_part_is_not_asked_for_where_the_others_of_a_floor_make_the_sum(
    tmp_path: Path, floor: str, facts: dict[str, Any], expected: list[str]
) -> None:
    rules = f"criteria: {{1: {{many: {{text: Many are hit, when: {floor}}}}}}}"
    assert asked(pack(tmp_path, rules), facts) == [(fact, 1) for fact in expected]


def test_more_floors_come_first_and_then_the_order_of_the_pack(tmp_path: Path) -> None:
    rules = """\
criteria:
  1:
    a: {text: a, when: [{loud: true}, {lost: true, delay: 1}, {lost: true, speed: slow}, {delay: 9}]}
"""
    assert [fact for fact, _ in asked(pack(tmp_path, rules), {})] == ["delay", "lost", "speed", "loud"]


def test_a_floor_that_a_known_fact_blocks_does_not_count(tmp_path: Path) -> None:
    rules = """\
criteria:
  1:
    a: {text: a, when: [{loud: true}, {lost: true, delay: 1}, {lost: true, speed: slow}]}
    b: {text: b, when: {lost: true, delay: 2, speed: dead}}
"""
    assert [fact for fact, _ in asked(pack(tmp_path, rules), {"speed": "fine"})] == ["delay", "lost", "loud"]


def test_a_fact_that_only_opens_the_war_room_comes_last(tmp_path: Path) -> None:
    rules = """\
criteria:
  1: {dead: {text: It is dead, when: {speed: dead}}}
war_room:
  loud: {loud: true}
  crowd: {all: 2}
  bad: {severity: 1, lost: true}
"""
    small = pack(tmp_path, rules)
    assert asked(small, {}) == [
        ("speed", 1), ("users", None), ("guests", None), ("others", None), ("lost", None), ("loud", None),
    ]  # fmt: skip
    assert asked(small, {"speed": "fine"}) == [
        ("users", None), ("guests", None), ("others", None), ("loud", None),
    ]  # fmt: skip
    assert asked(small, {"loud": True}) == [("speed", 1)]
    assert asked(small, {"speed": "dead", "users": 1, "loud": False}) == [
        ("guests", None), ("others", None), ("lost", None),
    ]  # fmt: skip


def test_a_war_room_that_is_open_anyway_asks_nothing(tmp_path: Path) -> None:
    rules = """\
criteria:
  1: {dead: {text: It is dead, when: {speed: dead}}}
war_room:
  high: {severity: 1}
  bad: {severity: 1, lost: true}
  worse: {speed: dead, loud: true}
"""
    assert asked(pack(tmp_path, rules), {}) == [("speed", 1)]


def test_a_fact_that_only_changes_the_roster_is_asked_for(tmp_path: Path) -> None:
    rules = """\
criteria:
  1: {dead: {text: It is dead, when: {speed: dead}}}
roster:
  1:
    lead: leads
    aide: {duty: aids, when: [{lost: true}, {people: 4}]}
  2:
    deputy: {duty: helps, when: {delay: 3}}
  3:
    guest: {duty: looks-on, when: {kind: fault}}
covers: {lead: [deputy]}
"""
    small = pack(tmp_path, rules)
    assert asked(small, {}) == [
        ("speed", 1), ("users", None), ("guests", None), ("lost", None), ("kind", None),
    ]  # fmt: skip
    assert asked(small, {"speed": "fine"}) == [("kind", None)]
    assert asked(small, {"speed": "dead", "lost": True}) == [("kind", None)]
    assert asked(small, {"speed": "dead", "lost": False, "users": 4, "kind": "wish"}) == []
    assert asked(small, {"speed": "dead", "lost": False, "users": 3, "kind": "wish"}) == [("guests", None)]


def test_a_row_that_is_never_seen_asks_nothing(tmp_path: Path) -> None:
    rules = """\
criteria: {}
roster:
  3:
    lead: leads
    deputy: {duty: helps, when: {lost: true}}
    aide: {duty: aids, when: {loud: true}}
covers: {lead: [deputy]}
"""
    assert asked(pack(tmp_path, rules), {}) == [("loud", None)]


def test_two_rows_of_one_role_compete(tmp_path: Path) -> None:
    rules = """\
criteria:
  1: {dead: {text: It is dead, when: {speed: dead}}}
roster:
  1:
    lead: {duty: leads, when: {lost: true}}
  2:
    lead: {duty: follows, when: {loud: true}}
  3:
    deputy: {duty: helps, when: [{delay: 1}, {kind: wish, mood: bad}]}
covers: {lead: [deputy]}
"""
    small = pack(tmp_path, rules)
    assert asked(small, {"speed": "dead"}) == [
        ("delay", None), ("lost", None), ("loud", None), ("kind", None), ("mood", None),
    ]  # fmt: skip
    assert asked(small, {"speed": "dead", "lost": True}) == []
    assert asked(small, {"speed": "dead", "lost": False, "loud": False, "kind": "wish", "delay": 0}) == [("mood", None)]


def test_a_label_that_two_floors_want_otherwise_stands_in_the_way(tmp_path: Path) -> None:
    rules = """\
criteria: {}
roster:
  3:
    lead: {duty: leads, when: {kind: wish, lost: true}}
    deputy: {duty: helps, when: {kind: fault, loud: true}}
"""
    assert asked(pack(tmp_path, rules), {}) == [("lost", None), ("loud", None), ("kind", None)]


def test_labels_that_exclude_each_other_are_not_tried_together(tmp_path: Path) -> None:
    rules = """\
criteria: {}
roster:
  3:
    lead: {duty: leads, when: {loud: true}}
    deputy: {duty: helps, when: {kind: wish, lost: true}}
    aide: {duty: aids, when: {kind: fault}}
covers: {lead: [deputy]}
"""
    assert asked(pack(tmp_path, rules), {"loud": True}) == [("kind", None)]


def test_a_sum_is_shared_out_over_its_unknown_parts(tmp_path: Path) -> None:
    rules = """\
criteria:
  1:
    both: {text: Many and lost, when: {all: 4, lost: true}}
    users: {text: Users, when: [{users: 2}, {guests: 2}]}
    others: {text: Others, when: {others: 3}}
"""
    small = pack(tmp_path, rules)
    assert asked(small, {}) == [("users", 1), ("guests", 1), ("others", 1), ("lost", 1)]
    # One user, one guest and two others are four, and none of them alone is enough.
    assert asked(small, {"users": 1, "guests": 1}) == [("others", 1), ("lost", 1)]
    assert asked(small, {"users": 1, "guests": 0}) == [("others", 1)]


LARGE = """\
criteria:
  1:
    both: {{text: Many and lost, when: {{all: {total}, lost: true}}}}
    each: {{text: Many of one kind, when: [{{users: 400}}, {{guests: 400}}, {{others: 202}}]}}
"""
ONE_SUM = FACTS.replace("  people: {sum_of: [users, guests]}\n", "")


@pytest.mark.parametrize(
    ("facts", "total", "lost"),
    [
        # 399 + 399 + 201 is one too few: with a thousand, one of the three is reached alone.
        pytest.param(ONE_SUM, 1000, [], id="above the thresholds"),
        pytest.param(ONE_SUM, 999, [("lost", 1)], id="just below the thresholds"),
        # Whether it matters is not worked out where a part stands in a second sum.
        pytest.param(FACTS, 1000, [("lost", 1)], id="two sums above the thresholds"),
        pytest.param(FACTS, 999, [("lost", 1)], id="two sums just below the thresholds"),
    ],
)
def test_a_large_sum_is_shared_out_up_to_the_thresholds(
    tmp_path: Path, facts: str, total: int, lost: list[tuple[str, int]]
) -> None:
    small = pack(tmp_path, LARGE.format(total=total), facts)
    assert unchecked(small, {}) == [("users", 1), ("guests", 1), ("others", 1), *lost]


@pytest.mark.parametrize(
    ("facts", "total", "lost"),
    [
        pytest.param(FACTS, MOST_SHARES, [], id="two sums and as many shares as are tried"),
        pytest.param(FACTS, MOST_SHARES + 1, [("lost", 1)], id="two sums and one share more"),
        pytest.param(ONE_SUM, MOST_SHARES, [], id="one sum and as many shares as are tried"),
        pytest.param(ONE_SUM, MOST_SHARES + 1, [], id="one sum and one share more"),
    ],
)
def test_up_to_a_number_of_shares_two_sums_are_weighed(
    tmp_path: Path, facts: str, total: int, lost: list[tuple[str, int]]
) -> None:
    rules = f"""\
criteria:
  1:
    both: {{text: Many and lost, when: {{all: {total}, lost: true}}}}
    each: {{text: Some of one kind, when: [{{users: 1}}, {{guests: 1}}]}}
"""
    # Over two unknown parts the `total - 1` that are missing can be shared out in `total` ways.
    found = unchecked(pack(tmp_path, rules, facts), {"others": 1})
    assert found == [("users", 1), ("guests", 1), *lost]


def test_a_large_sum_starts_from_what_other_floors_need(tmp_path: Path) -> None:
    rules = """\
criteria:
  1:
    each: {text: Many of one kind, when: [{users: 400}, {guests: 400}, {others: 202}]}
war_room:
  crowd: {severity: 1, all: 2000, loud: true}
"""
    # The users that make the severity count.
    assert unchecked(pack(tmp_path, rules, ONE_SUM), {}) == [
        ("users", 1), ("guests", 1), ("others", 1), ("loud", None),
    ]  # fmt: skip


HIDDEN = """\
criteria: {}
roster:
  3:
    guest: {duty: looks-on, when: {loud: true}}
    lead: {duty: leads, when: {lost: true}}
    aide: {duty: aids, when: %s}
covers: {guest: [lead]}
"""


@pytest.mark.parametrize(("names", "lost"), [(12, []), (13, [("lost", None)])])
def test_too_many_completions_are_not_tried(tmp_path: Path, names: int, lost: list[tuple[str, None]]) -> None:
    assert 12**3 < MOST_COMPLETIONS < 13**3
    label = f"label: {{{', '.join(f'l{number}: L' for number in range(names))}}}"
    labels = "".join(f"  k{number}: {{ask: Which?, {label}}}\n" for number in range(3))
    small = pack(tmp_path, HIDDEN % "{k0: l0, k1: l0, k2: l0}", FACTS + labels)
    # The lead is covered, whether it is lost or not.
    assert unchecked(small, {"loud": True}) == [*lost, ("k0", None), ("k1", None), ("k2", None)]


@pytest.mark.parametrize(
    ("floors", "lost"),
    [(MOST_COMPLETIONS - 2, []), (MOST_COMPLETIONS - 1, [("lost", None)])],
    ids=["as many as are tried", "one more"],
)
def test_too_many_reasons_are_not_tried(tmp_path: Path, floors: int, lost: list[tuple[str, None]]) -> None:
    # Each floor of the aide, that of the guest, and none: these may stand beside that of the lead.
    when = f"[{', '.join(f'{{users: {number}}}' for number in range(1, floors + 1))}]"
    found = unchecked(pack(tmp_path, HIDDEN % when), {"loud": True})
    assert found == [("users", None), *lost]


def test_two_sums_are_reached_together(tmp_path: Path) -> None:
    rules = """\
criteria:
  1:
    crowd: {text: A crowd, when: {people: 2}}
war_room:
  loud: {severity: 1, all: 3, loud: true}
roster:
  1:
    lead: {duty: leads, when: {all: 4, lost: true}}
"""
    small = pack(tmp_path, rules)
    assert asked(small, {}) == [
        ("users", 1), ("guests", 1), ("others", None), ("lost", None), ("loud", None),
    ]  # fmt: skip
    assert asked(small, {"users": 2, "guests": 0, "others": 0}) == []
    assert asked(small, {"users": 2, "guests": 1, "others": 0}) == [("loud", None)]


def test_a_sum_that_is_reached_already_asks_for_nothing(tmp_path: Path) -> None:
    rules = """\
criteria: {1: {crowd: {text: A crowd, when: {people: 2}}}}
roster:
  1:
    guest: {duty: looks-on, when: {loud: true}}
    lead: {duty: leads, when: {all: 4, lost: true}}
covers: {guest: [lead]}
"""
    small = pack(tmp_path, rules)
    four = {"users": 4, "guests": 0, "others": 0}
    assert asked(small, four | {"loud": True}) == []
    assert asked(small, four | {"loud": False}) == [("lost", None)]


def test_a_known_fact_is_never_asked_for(tmp_path: Path) -> None:
    known = {"speed": "dead", "users": 0, "guests": 0, "delay": 0, "rest": 1, "lost": True, "kind": "wish"}
    assert loaded(tmp_path, SMALL).classify(known).questions == ()


def test_a_question_comes_with_its_words(tmp_path: Path) -> None:
    (question,) = loaded(tmp_path, SMALL).classify({}).questions
    assert question.model_dump() == {"fact": "speed", "ask": "How fast is it?", "could_raise_to": 1}


def test_questions_are_those_of_the_facts_whatever_is_assumed(tmp_path: Path) -> None:
    small = pack(tmp_path, CRITERIA)
    assert small.classify({}, assume="worst").questions == small.classify({}).questions


def test_the_tries_of_all_questions_are_bounded_together(tmp_path: Path) -> None:
    # No flag matters, since the sum alone is as bad; but it takes all ways to share it out to know that of each floor.
    parts = ["a", "b", "c", "d"]
    flags = [f"f{number}" for number in range(40)]
    facts = "".join(f"  {name}: {{ask: How many?, count: users}}\n" for name in parts)
    facts += "".join(f"  {name}: {{ask: Is it so?, flag: {{}}}}\n" for name in flags)
    floors = "".join(f"    c{n}: {{text: Both, when: {{sum: 11, {name}: true}}}}\n" for n, name in enumerate(flags))
    rules = f"criteria:\n  1:\n    base: {{text: Many, when: {{sum: 11}}}}\n{floors}"
    small = pack(tmp_path, rules, f"facts:\n{facts}  sum: {{sum_of: [a, b, c, d]}}\n")

    told = unchecked(small, {})
    ways = math.comb(11 + 3, 3)
    assert MOST_TRIES // ways < len(flags)
    assert told == [(name, 1) for name in [*flags[MOST_TRIES // ways :], *parts]]


def test_what_is_remembered_is_bounded_and_makes_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plenty = pack(tmp_path, CRITERIA)
    monkeypatch.setattr("sevclass.questions.MOST_BYTES", 300)
    little = plenty.with_masks(UnrolledMasks)
    for known in ({}, {"speed": "slow"}, {"users": 2}, {"lost": True, "loud": False}, {"delay": 3, "guests": 1}, {}):
        assert asked(little, known) == asked(plenty, known)
