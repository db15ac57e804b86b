"""The law: an explanation lists all the minimal sets of changes, and nothing else, in the order that is promised.

Three oracles, none of which knows how the library searches: every combination of ranks is gone through where they are
few; sets are put together floor by floor where they are many; and every listed set is applied, and made smaller.

A coordinate is a fact or a sum that a criterion's floor names; a label never changes, so it is none. Its rank is the
number of its thresholds that its value reaches, and an incident is the vector of its ranks.
"""

from __future__ import annotations

import copy
import json
import math
import pickle
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st
from jsonschema import Draft202012Validator

from sevclass import Explanation, FactsError, load_pack
from tests import oracle
from tests.strategies import (
    Data,
    Value,
    badness,
    facts,
    given_facts,
    kind_of,
    load,
    opened_at,
    over_both,
    packs,
    support,
    values,
)

Documents = st.SearchStrategy[Data]
Vector = tuple[int, ...]

MOST = 20_000
"""How many combinations of ranks are gone through."""
ADDED = {"worse", "milder", "truncated", "why_not"}
"""What an explanation has beside the keys of a classification."""


# Facts


def bad_facts(doc: Data) -> st.SearchStrategy[Data]:
    """Facts in the worse half of their values, one or the other unknown: there is much to make milder."""
    scales = doc["facts"]
    bad = {name: values(scales[name])[len(values(scales[name])) // 2 :] for name in given_facts(doc)}
    most = {name: st.sampled_from([*some * 4, None]) for name, some in bad.items()}
    return st.fixed_dictionaries(most)


def telling_facts(doc: Data) -> st.SearchStrategy[Data]:
    return facts(doc) | bad_facts(doc)


# Ranks


def floors(doc: Data) -> list[tuple[int, Data]]:
    """Severity and floor, of every criterion."""
    return [(number, floor) for number, _, body in oracle.criteria_of(doc) for floor in oracle.floors_of(body["when"])]


def coordinates(doc: Data) -> list[str]:
    """What can change, in the pack's order."""
    named = {name for _, floor in floors(doc) for name in floor}
    return [name for name, scale in doc["facts"].items() if name in named and "label" not in scale]


def thresholds(doc: Data, name: str) -> list[Value]:
    """The levels above the harmless one, or the numbers that criteria ask for, worst last."""
    scale = doc["facts"][name]
    if "levels" in scale:
        return list(scale["levels"])[1:]
    if "flag" in scale:
        return [True]
    return sorted({floor[name] for _, floor in floors(doc) if name in floor}, key=lambda level: badness(scale, level))


def rank(doc: Data, name: str, value: Value) -> int:
    return sum(oracle.reaches(doc["facts"][name], value, level) for level in thresholds(doc, name))


def shown(doc: Data, some: Data, name: str) -> Value:
    """The value of a fact, None if unknown; of a sum the sum of its known parts, None if there are none."""
    parts = doc["facts"][name].get("sum_of", [name])
    return None if all(some.get(part) is None for part in parts) else oracle.value_of(doc, some, name)


def ranks(doc: Data, some: Data) -> Vector:
    return tuple(rank(doc, name, shown(doc, some, name)) for name in coordinates(doc))


def needs(doc: Data) -> list[tuple[int, Vector]]:
    """Severity and least ranks of the floors worse than the mildest, which are those without labels."""
    names = coordinates(doc)
    return [
        (number, tuple(rank(doc, name, floor[name]) if name in floor else 0 for name in names))
        for number, floor in floors(doc)
        if number < oracle.mildest(doc)
    ]


def is_at_least(one: Vector, other: Vector) -> bool:
    return all(mine >= its for mine, its in zip(one, other, strict=True))


def with_rank(vector: Vector, place: int, new: int) -> Vector:
    return (*vector[:place], new, *vector[place + 1 :])


# The shape and the order


def change(doc: Data, some: Data, name: str, new: int, *, improves: bool) -> Data:
    scale, levels = doc["facts"][name], thresholds(doc, name)
    found = {"fact": name, "was": shown(doc, some, name)}
    if not improves:
        return found | {"becomes": levels[new - 1]}
    match kind_of(scale):
        case "levels":
            return found | {"becomes": list(scale["levels"])[new]}
        case "flag":
            return found | {"becomes": False}
        case "measure":
            return found | {"better_than": levels[new]}
        case _:
            return found | {"becomes": levels[new] - 1}


def listed(doc: Data, some: Data, to: int, vectors: set[Vector], *, improves: bool) -> list[Data]:
    """The sets that lead to these vectors, in the order of an explanation."""
    names, now = coordinates(doc), ranks(doc, some)
    order = list(doc["facts"])

    def key(vector: Vector) -> tuple[int, int, list[tuple[int, int]]]:
        changed = [place for place in range(len(names)) if vector[place] != now[place]]
        steps = sum(abs(vector[place] - now[place]) for place in changed)
        return len(changed), steps, sorted((order.index(names[place]), vector[place]) for place in changed)

    return [
        {
            "to": to,
            "changes": [
                change(doc, some, name, new, improves=improves)
                for name, new, old in zip(names, vector, now, strict=True)
                if new != old
            ],
        }
        for vector in sorted(vectors, key=key)
    ]


def both(doc: Data, some: Data, worse: list[set[Vector]], milder: list[set[Vector]]) -> tuple[list[Data], list[Data]]:
    """Both lists, from the vectors for each severity in turn."""
    current = oracle.severity(doc, some)
    return (
        [one for to, found in enumerate(worse, 1) for one in listed(doc, some, to, found, improves=False)],
        [one for to, found in enumerate(milder, current + 1) for one in listed(doc, some, to, found, improves=True)],
    )


# By going through every combination


def boxes(doc: Data, some: Data) -> tuple[list[range], list[range]]:
    """For each coordinate its ranks from now on to the worst, and from the harmless one to now."""
    tops = [len(thresholds(doc, name)) for name in coordinates(doc)]
    now = ranks(doc, some)
    up = [range(old, top + 1) for old, top in zip(now, tops, strict=True)]
    return up, [range(old + 1) for old in now]


def severities(doc: Data, box: Sequence[range]) -> dict[Vector, int]:
    """The severity at every vector of the box."""
    asked, mildest = needs(doc), oracle.mildest(doc)
    return {
        vector: min((number for number, need in asked if is_at_least(vector, need)), default=mildest)
        for vector in product(*box)
    }


def neighbours(vector: Vector, box: Sequence[range], step: int) -> Iterator[Vector]:
    """Those that are one step nearer in one coordinate, if that is in the box."""
    for place, its in enumerate(box):
        if vector[place] + step in its:
            yield with_rank(vector, place, vector[place] + step)


def by_enumeration(doc: Data, some: Data) -> tuple[list[Data], list[Data]]:
    current, mildest = oracle.severity(doc, some), oracle.mildest(doc)
    up, down = boxes(doc, some)
    above, below = severities(doc, up), severities(doc, down)
    worse = [
        {v for v, at in above.items() if at <= to and all(above[near] > to for near in neighbours(v, up, -1))}
        for to in range(1, current)
    ]
    milder = [
        {v for v, at in below.items() if at >= to and all(below[near] < to for near in neighbours(v, down, 1))}
        for to in range(current + 1, mildest + 1)
    ]
    return both(doc, some, worse, milder)


# By putting sets together floor by floor


def by_floors(doc: Data, some: Data) -> tuple[list[Data], list[Data]]:
    """Worse: what one floor lacks. Milder: every floor reached loses one of its facts, in each way there is."""
    current, mildest, now = oracle.severity(doc, some), oracle.mildest(doc), ranks(doc, some)
    asked = needs(doc)
    worse = []
    for to in range(1, current):
        reached = {tuple(map(max, now, need)) for number, need in asked if number <= to}
        worse.append({v for v in reached if not any(v != other and is_at_least(v, other) for other in reached)})
    milder = []
    for to in range(current + 1, mildest + 1):
        left = {now}
        for need in (need for number, need in asked if number < to):
            kept = {v for v in left if not is_at_least(v, need)}
            for v in left - kept:
                kept |= {with_rank(v, place, least - 1) for place, least in enumerate(need) if least}
            left = kept
        milder.append({v for v in left if not any(v != other and is_at_least(other, v) for other in left)})
    return both(doc, some, worse, milder)


# By applying what is listed


def values_now(doc: Data, some: Data) -> Data:
    """The value of every coordinate; a sum stands for itself."""
    return {name: shown(doc, some, name) for name in coordinates(doc)}


def severity_of(doc: Data, values: Data) -> int:
    """The severity by the values of the coordinates, labels left out."""
    for number, floor in floors(doc):
        if number < oracle.mildest(doc) and all(
            oracle.reaches(doc["facts"][name], values[name], level) for name, level in floor.items()
        ):
            return number
    return oracle.mildest(doc)


def applied(scale: Data, one: Data) -> Value:
    """The nearest value that a change asks for."""
    if "becomes" in one:
        return one["becomes"]
    return math.nextafter(one["better_than"], -math.inf if scale["measure"]["worse"] == "higher" else math.inf)


def made_smaller(scale: Data, one: Data, *, improves: bool) -> Value:
    """The value next to what a change asks for, on the side of what it was."""
    match kind_of(scale):
        case "levels":
            levels = list(scale["levels"])
            return levels[levels.index(one["becomes"]) + (1 if improves else -1)]
        case "flag":
            return improves
        case "measure" if improves:
            return one["better_than"]
        case "measure":
            return math.nextafter(one["becomes"], -math.inf if scale["measure"]["worse"] == "higher" else math.inf)
        case _:
            return one["becomes"] + (1 if improves else -1)


def explained(doc: Data, some: Data) -> Data:
    """The explanation as plain data; at this size nothing is cut short."""
    found = load(doc).explain(some).model_dump()
    assert found["truncated"] == []
    return found


@given(st.data(), packs())
def test_every_combination_of_ranks(data: st.DataObject, doc: Data) -> None:
    some = data.draw(telling_facts(doc))
    assume(all(math.prod(map(len, box)) <= MOST for box in boxes(doc, some)))
    found = explained(doc, some)
    expected = by_enumeration(doc, some)
    assert (found["worse"], found["milder"]) == expected
    # The other oracles are held to this one.
    assert by_floors(doc, some) == expected
    assert severity_of(doc, values_now(doc, some)) == oracle.severity(doc, some)


@over_both
@given(data=st.data())
def test_floor_by_floor(documents: Documents, data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(telling_facts(doc))
    found = explained(doc, some)
    assert (found["worse"], found["milder"]) == by_floors(doc, some)


@over_both
@given(data=st.data())
def test_each_set_suffices_and_no_smaller_one_does(documents: Documents, data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(telling_facts(doc))
    found, values = explained(doc, some), values_now(doc, some)
    for improves, sets in ((False, found["worse"]), (True, found["milder"])):
        for one in sets:

            def suffices(changed: Data, to: int = one["to"], *, improves: bool = improves) -> bool:
                at = severity_of(doc, values | changed)
                return at >= to if improves else at <= to

            names = [its["fact"] for its in one["changes"]]
            assert names == [name for name in doc["facts"] if name in names]
            changed = {its["fact"]: applied(doc["facts"][its["fact"]], its) for its in one["changes"]}
            assert suffices(changed)
            for its in one["changes"]:
                name, scale = its["fact"], doc["facts"][its["fact"]]
                assert (kind_of(scale) == "flag") == isinstance(applied(scale, its), bool)
                assert not suffices({other: value for other, value in changed.items() if other != name})
                assert not suffices(changed | {name: made_smaller(scale, its, improves=improves)})


@given(telling_facts(support()))
def test_the_default_pack_classifies_as_each_set_says(some: Data) -> None:
    pack = load_pack()
    found = pack.explain(some)
    dumped = found.model_dump()
    for improves, sets in ((False, dumped["worse"]), (True, dumped["milder"])):
        for one in sets:
            at = pack.classify(some | {its["fact"]: its["becomes"] for its in one["changes"]}).severity
            assert at >= one["to"] > found.severity if improves else at <= one["to"] < found.severity
    # Somewhere worse and somewhere milder is always to be reached in this pack.
    assert {one["to"] for one in dumped["worse"]} == set(range(1, found.severity))
    assert {one["to"] for one in dumped["milder"]} == set(range(found.severity + 1, 5))


# Why not


def distance(doc: Data, some: Data, floor: Data) -> list[Data]:
    """What each fact of a floor needs, in the pack's order."""

    def steps(name: str, level: Value) -> int:
        value = shown(doc, some, name)
        if "label" in doc["facts"][name]:
            return int(value != level)
        return max(rank(doc, name, level) - rank(doc, name, value), 0)

    return [
        {"fact": name, "needs": floor[name], "has": shown(doc, some, name), "steps": steps(name, floor[name])}
        for name in doc["facts"]
        if name in floor
    ]


def nearest_first(doc: Data, some: Data, body: Data) -> list[list[Data]]:
    def key(rows: list[Data]) -> tuple[int, int]:
        return sum(row["steps"] > 0 for row in rows), sum(row["steps"] for row in rows)

    return sorted((distance(doc, some, floor) for floor in oracle.floors_of(body["when"])), key=key)


@over_both
@given(data=st.data())
def test_why_not(documents: Documents, data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(telling_facts(doc))
    pack = load(doc)
    plain = pack.explain(some).model_dump()
    assert plain["why_not"] is None
    met = {criterion["id"] for criterion in plain["criteria"]}
    criteria = list(oracle.criteria_of(doc))
    assume(criteria)
    for _, id, body in data.draw(st.lists(st.sampled_from(criteria), min_size=1, max_size=3, unique_by=lambda c: c[1])):
        found = pack.explain(some, why_not=id).model_dump()
        assert found == plain | {"why_not": {"id": id, "floors": nearest_first(doc, some, body)}}
        assert (id in met) == all(row["steps"] == 0 for row in found["why_not"]["floors"][0])


@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("production-dwn", "why_not: unknown criterion `production-dwn`; did you mean `production-down`?"),
        (
            "zzz",
            "why_not: unknown criterion `zzz`; one of "
            + ", ".join(f"`{id_}`" for ids in support()["criteria"].values() for id_ in ids),
        ),
    ],
)
def test_a_criterion_that_the_pack_does_not_have(id: str, told: str) -> None:
    with pytest.raises(FactsError) as caught:
        load_pack().explain({}, why_not=id)
    assert str(caught.value) == told


# The whole


def drawn(documents: Documents, data: st.DataObject) -> tuple[Data, Data, Data, Explanation]:
    """A document, facts, the opening and the id, and the explanation, for one criterion or for none."""
    doc = data.draw(documents)
    some = data.draw(telling_facts(doc))
    ids = [id for _, id, _ in oracle.criteria_of(doc)]
    context: Data = {"opened_at": data.draw(st.none() | opened_at()), "id": data.draw(st.none() | st.just("T-17"))}
    why_not = data.draw(st.sampled_from([None, *ids]))
    return doc, some, context, load(doc).explain(some, why_not, **context)


@cache
def validator() -> Draft202012Validator:
    schema = Explanation.model_json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@over_both
@given(data=st.data())
def test_the_json_is_that_of_the_classification_and_more(documents: Documents, data: st.DataObject) -> None:
    doc, some, context, found = drawn(documents, data)
    dumped = found.model_dump()
    assert dumped.keys() >= ADDED
    own = {key: value for key, value in dumped.items() if key not in ADDED}
    assert own == load(doc).classify(some, **context).model_dump()
    assert json.loads(found.model_dump_json()) == dumped
    assert json.loads(found.model_dump_json(indent=2)) == dumped
    assert json.dumps(dumped, ensure_ascii=False, separators=(",", ":")) == found.model_dump_json()
    validator().validate(dumped)


def is_same(one: object, other: object) -> bool:
    return one == other and other == one and hash(one) == hash(other) and type(one) is type(other)


@over_both
@given(data=st.data())
def test_an_explanation_copied_or_pickled(documents: Documents, data: st.DataObject) -> None:
    *_, found = drawn(documents, data)
    pickled: list[Any] = [
        pickle.loads(pickle.dumps(found, protocol))  # noqa: S301 - our own bytes
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1)
    ]
    for again in (*pickled, copy.copy(found), copy.deepcopy(found)):
        assert is_same(again, found)
        assert again.model_dump_json() == found.model_dump_json()


# By hand


def test_one_enterprise_customer_more() -> None:
    found = load_pack().explain({"enterprise_customers": 1, "environment": "production"}).model_dump()
    expected = [
        ("data_loss", None, True),
        ("public_outage", None, True),
        ("enterprise_customers", 1, 2),
        ("security", None, "breach"),
        ("publicity", None, "crisis"),
        ("business_impact", None, "revenue_loss"),
        ("functionality", None, "down"),
    ]
    assert found["worse"] == [
        {"to": 1, "changes": [{"fact": fact, "was": was, "becomes": becomes}]} for fact, was, becomes in expected
    ]
    milder = [("environment", "production", "non_production"), ("enterprise_customers", 1, 0)]
    assert found["milder"] == [
        {"to": to, "changes": [{"fact": fact, "was": was, "becomes": becomes}]}
        for to in (3, 4)
        for fact, was, becomes in milder
    ]


def test_partly_repaired_and_a_way_round() -> None:
    some = {"functionality": "down", "environment": "production", "workaround": "cumbersome"}
    found = load_pack().explain(some, why_not="workaround-cumbersome").model_dump()
    to_minor = {"fact": "functionality", "was": "down", "becomes": "minor"}
    assert found["worse"] == []
    assert found["milder"] == [
        {"to": 2, "changes": [{"fact": "functionality", "was": "down", "becomes": "major"}]},
        {"to": 2, "changes": [{"fact": "environment", "was": "production", "becomes": "non_production"}]},
        {"to": 3, "changes": [to_minor]},
        {
            "to": 3,
            "changes": [
                {"fact": "functionality", "was": "down", "becomes": "moderate"},
                {"fact": "workaround", "was": "cumbersome", "becomes": "easy"},
            ],
        },
        {"to": 4, "changes": [to_minor]},
    ]
    workaround = {"fact": "workaround", "needs": "cumbersome", "has": "cumbersome", "steps": 0}
    assert found["why_not"] == {
        "id": "workaround-cumbersome",
        "floors": [
            [{"fact": "functionality", "needs": "moderate", "has": "down", "steps": 0}, workaround],
            [workaround, {"fact": "business_impact", "needs": "inconvenience", "has": None, "steps": 2}],
            [workaround, {"fact": "customer_impact", "needs": "significant", "has": None, "steps": 2}],
            [workaround, {"fact": "broken_feature", "needs": "important", "has": None, "steps": 2}],
        ],
    }
