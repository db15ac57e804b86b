"""Explanations: what would change the answer, and why a criterion is not met."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sevclass import Explanation, FactsError, Pack, load_pack
from tests.unit.written import SMALL, loaded, write

FILES = SMALL | {
    "pack.yaml": "name: small\nversion: 1.0.0\nseverities: {1: High, 2: Middle, 3: Low}\n",
    "facts.yaml": """\
facts:
  speed: {ask: How fast?, levels: {fast: Fast, slow: Slow, dead: Dead}}
  lost: {ask: Lost?, flag: {}}
  users: {ask: How many users?, count: users}
  guests: {ask: How many guests?, count: guests}
  delay: {ask: How long?, measure: {unit: s, worse: higher}}
  rest: {ask: What is left?, measure: {unit: "%", worse: lower}}
  people: {sum_of: [users, guests]}
  kind: {ask: Which kind?, label: {wish: A wish, bug: A bug}}
""",
    "criteria.yaml": """\
criteria:
  1:
    gone: {text: Gone, when: [{lost: true}, {speed: dead, users: 5}]}
    many: {text: Many, when: {people: 10}}
  2:
    late: {text: Late, when: [{delay: 2.5}, {rest: 20}]}
    some: {text: Some, when: {users: 2, speed: slow}}
  3:
    wish: {text: A wish, when: {kind: wish, speed: slow}}
""",
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    return loaded(tmp_path_factory.mktemp("small"), FILES)


def sets(found: list[dict[str, Any]]) -> list[tuple[int, list[tuple[Any, ...]]]]:
    return [(one["to"], [tuple(change.values()) for change in one["changes"]]) for one in found]


def test_what_would_make_it_worse(pack: Pack) -> None:
    found = pack.explain({"speed": "slow", "users": 3, "guests": 4, "delay": 1}).model_dump()
    assert found["severity"] == 2
    assert sets(found["worse"]) == [
        (1, [("lost", None, True)]),
        (1, [("people", 7, 10)]),
        (1, [("speed", "slow", "dead"), ("users", 3, 5)]),
    ]


def test_what_would_make_it_milder(pack: Pack) -> None:
    found = pack.explain({"speed": "dead", "users": 6, "delay": 3, "rest": 10}).model_dump()
    assert found["severity"] == 1
    assert sets(found["milder"]) == [
        (2, [("speed", "dead", "slow")]),
        (2, [("users", 6, 4)]),
        (3, [("speed", "dead", "fast"), ("delay", 3, 2.5), ("rest", 10, 20)]),
        (3, [("users", 6, 1), ("delay", 3, 2.5), ("rest", 10, 20)]),
    ]
    assert [list(change) for change in found["milder"][2]["changes"]] == [
        ["fact", "was", "becomes"],
        ["fact", "was", "better_than"],
        ["fact", "was", "better_than"],
    ]


def test_a_flag_and_a_sum_that_improve(pack: Pack) -> None:
    found = pack.explain({"lost": True, "users": 4, "guests": 8}).model_dump()
    assert sets(found["milder"]) == [(n, [("lost", True, False), ("people", 12, 9)]) for n in (2, 3)]


def test_nothing_known_is_harmless_and_was_null(pack: Pack) -> None:
    found = pack.explain({}).model_dump()
    assert (found["severity"], found["milder"], found["truncated"], found["why_not"]) == (3, [], [], None)
    assert sets(found["worse"])[:3] == [
        (1, [("lost", None, True)]),
        (1, [("people", None, 10)]),
        (1, [("speed", None, "dead"), ("users", None, 5)]),
    ]


def test_why_not_is_nearest_first(pack: Pack) -> None:
    found = pack.explain({"speed": "slow", "users": 5}, "gone").model_dump()["why_not"]
    assert found == {
        "id": "gone",
        "floors": [
            [{"fact": "lost", "needs": True, "has": None, "steps": 1}],
            [
                {"fact": "speed", "needs": "dead", "has": "slow", "steps": 1},
                {"fact": "users", "needs": 5, "has": 5, "steps": 0},
            ],
        ],
    }


def test_fewer_facts_are_nearer_than_fewer_steps(tmp_path: Path) -> None:
    floors = ("{speed: dead, lost: true}", "{users: 9}", "{users: 1, lost: true, people: 1}", "{guests: 8, users: 2}")
    thresholds = "{text: T, when: [{users: 3}, {users: 4}, {users: 5}, {users: 6}]}"
    criteria = f"criteria:\n  1: {{far: {{text: Far, when: [{', '.join(floors)}]}}, other: {thresholds}}}\n"
    why_not = loaded(tmp_path, FILES | {"criteria.yaml": criteria}).explain({"users": 1}, why_not="far").why_not
    assert why_not is not None
    assert [[(short.fact, short.steps) for short in floor] for floor in why_not.floors] == [
        [("lost", 1), ("users", 0), ("people", 0)],
        [("users", 6)],
        [("users", 1), ("guests", 1)],
        [("speed", 2), ("lost", 1)],
    ]


@pytest.mark.parametrize(
    ("bound", "up", "down"),
    [(5_000_000, (), ()), (100, (), (3,)), (25, (2,), (2, 3)), (1, (1, 2), (2, 3))],
)
def test_the_searches_of_an_explanation_share_a_bound(
    pack: Pack, monkeypatch: pytest.MonkeyPatch, bound: int, up: tuple[int, ...], down: tuple[int, ...]
) -> None:
    monkeypatch.setattr("sevclass.explain.MOST_STEPS", bound)
    worst = {"lost": True, "speed": "dead", "users": 9, "guests": 9, "delay": 9, "rest": 0}
    assert pack.explain({}).truncated == up
    assert pack.explain(worst).truncated == down


@pytest.mark.parametrize(("kind", "steps"), [("wish", 0), ("bug", 1), (None, 1)])
def test_why_not_of_a_label(pack: Pack, kind: str | None, steps: int) -> None:
    why_not = pack.explain({"kind": kind, "speed": "slow"}, why_not="wish").why_not
    assert why_not is not None
    assert [[short.steps for short in floor] for floor in why_not.floors] == [[0, steps]]


def test_a_criterion_that_is_not_there_is_refused(pack: Pack) -> None:
    with pytest.raises(FactsError) as caught:
        pack.explain({}, why_not="gonne")
    assert str(caught.value) == "why_not: unknown criterion `gonne`; did you mean `gone`?"
    assert [problem.code for problem in caught.value.problems] == ["unknown_criterion"]


def test_the_criteria_are_listed_where_they_are_few(tmp_path: Path) -> None:
    forty = ", ".join(f"`c{number}`" for number in range(40))
    for count, hint in ((3, "; one of `c0`, `c1`, `c2`"), (40, f"; one of {forty}"), (41, "")):
        lines = [f"    c{number}: {{text: Slow, when: {{speed: slow}}}}\n" for number in range(count)]
        written = {"pack.yaml": FILES["pack.yaml"], "facts.yaml": FILES["facts.yaml"]}
        files = written | {"criteria.yaml": "criteria:\n  1:\n" + "".join(lines)}
        with pytest.raises(FactsError) as caught:
            load_pack(write(tmp_path / str(count), files)).explain({}, "x")
        assert str(caught.value) == f"why_not: unknown criterion `x`{hint}"


@pytest.mark.parametrize(("many", "truncated"), [(999, ()), (1_000, ()), (1_001, (1,)), (1_100, (1,))])
def test_severities_with_too_many_sets_are_listed(tmp_path: Path, many: int, truncated: tuple[int, ...]) -> None:
    names = [f"f{number}" for number in range(many)]
    facts = "".join(f"  {name}: {{ask: Is it?, flag: {{}}}}\n" for name in names)
    floors = ", ".join(f"{{{name}: true}}" for name in names)
    files = SMALL | {
        "pack.yaml": "name: large\nversion: 1.0.0\nseverities: {1: High, 2: Low}\n",
        "facts.yaml": f"facts:\n{facts}",
        "criteria.yaml": f"criteria: {{1: {{any: {{text: Any, when: [{floors}]}}}}}}\n",
    }
    found = loaded(tmp_path, files).explain({})
    assert (found.truncated, len(found.worse), found.milder) == (truncated, min(many, 1_000), ())


def test_an_explanation_is_a_classification_too() -> None:
    pack = load_pack()
    facts = {"functionality": "down", "environment": "production"}
    found = pack.explain(facts, "cosmetic", opened_at=None, id="T-1")
    plain = pack.classify(facts, id="T-1")
    assert {key: value for key, value in found.model_dump().items() if key in plain.model_dump()} == plain.model_dump()
    assert found != plain
    assert plain != found
    assert isinstance(found, Explanation)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 - our own
    assert hash(found) == hash(pack.explain(facts, "cosmetic", id="T-1"))
    jsonschema.Draft202012Validator(Explanation.model_json_schema()).validate(found.model_dump())
    assert repr(found).startswith("<Explanation severity=1 'Critical'")
