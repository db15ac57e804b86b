"""The strategies: what they promise, and that they really make every construct of the pack format."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import UTC, timedelta
from functools import partial
from typing import Any

from hypothesis import Phase, given, settings, strategies as st

from sevclass import load_pack
from tests import oracle
from tests.strategies import (
    CLOCKS,
    FIGURES,
    KINDS,
    Data,
    answers,
    badness,
    completions,
    every_completion,
    facts,
    given_facts,
    kind_of,
    known_facts,
    learned,
    levels_to_ask,
    load,
    nearly_known_facts,
    opened_at,
    over_both,
    packs,
    support,
    unknown_facts,
    values,
    worse,
)


def measures(doc: Data) -> Iterator[Data]:
    return (scale["measure"] for scale in doc["facts"].values() if "measure" in scale)


def sums(doc: Data) -> list[list[str]]:
    return [scale["sum_of"] for scale in doc["facts"].values() if "sum_of" in scale]


def whens(doc: Data) -> Iterator[Any]:
    """What stands under every `when`, and the floors of the war room."""
    yield from (body["when"] for some in doc["criteria"].values() for body in some.values())
    yield from (row["when"] for rows in doc.get("roster", {}).values() for row in rows.values() if "when" in row)
    yield from doc.get("war_room", {}).values()


def criteria_floors(doc: Data) -> list[Data]:
    return [floor for _, _, body in oracle.criteria_of(doc) for floor in oracle.floors_of(body["when"])]


def roster_floors(doc: Data) -> list[Data]:
    return [floor for _, _, _, floors in oracle.roster_rows(doc) for floor in floors]


def names_kind(doc: Data, floors: list[Data], kind: str) -> bool:
    return any(kind_of(doc["facts"][name]) == kind for floor in floors for name in floor)


def sla_texts(doc: Data) -> list[str]:
    rows = doc.get("sla", {}).values()
    return [row[clock] for row in rows for clock in CLOCKS if clock in row]


def has_sla_hole(doc: Data) -> bool:
    """Whether some target is named at two severities with one between them that does not name it."""
    rows = [doc.get("sla", {}).get(number, {}) for number in doc["severities"]]
    named = [[place for place, row in enumerate(rows) if clock in row] for clock in CLOCKS]
    return any(places and places[-1] - places[0] >= len(places) for places in named)


def covers_at_a_remove(doc: Data) -> bool:
    covers = doc.get("covers", {})
    return any(oracle.covered_by(doc, role) - set(others) for role, others in covers.items())


def criterion_on(kind: str, doc: Data) -> bool:
    return names_kind(doc, criteria_floors(doc), kind)


def roster_row_on(kind: str, doc: Data) -> bool:
    return names_kind(doc, roster_floors(doc), kind)


def severities(number: int, doc: Data) -> bool:
    return len(doc["severities"]) == number


def sum_of(size: int, doc: Data) -> bool:
    return any(len(parts) == size for parts in sums(doc))


CONSTRUCTS: dict[str, Callable[[Data], bool]] = {
    **{f"criterion on {kind}": partial(criterion_on, kind) for kind in (*KINDS, "sum_of")},
    **{f"roster row on {kind}": partial(roster_row_on, kind) for kind in (*KINDS, "sum_of")},
    **{f"{number} severities": partial(severities, number) for number in range(1, 6)},
    **{f"sum of {size}": partial(sum_of, size) for size in range(1, 5)},
    "measure worse higher": lambda doc: any(some["worse"] == "higher" for some in measures(doc)),
    "measure worse lower": lambda doc: any(some["worse"] == "lower" for some in measures(doc)),
    "overlapping sums": lambda doc: (
        len(some := sums(doc)) == 2 and len({*some[0]} & {*some[1]}) > 0 and some[0] != some[1]
    ),
    "sum before its parts": lambda doc: "sum_of" in next(iter(doc["facts"].values())),
    "measure without ends": lambda doc: any(not {"from", "to"} & some.keys() for some in measures(doc)),
    "measure with both ends": lambda doc: any({"from", "to"} <= some.keys() for some in measures(doc)),
    "measure with its worst end only": lambda doc: any(
        some["worse"] == "higher" and "to" in some and "from" not in some for some in measures(doc)
    ),
    "level called true": lambda doc: any("true" in scale.get("levels", {}) for scale in doc["facts"].values()),
    "floor with several facts": lambda doc: any(len(floor) > 1 for floor in criteria_floors(doc)),
    "criterion with several floors": lambda doc: any(isinstance(when, list) and len(when) > 1 for when in whens(doc)),
    "severity without a criterion": lambda doc: len(doc["criteria"]) < len(doc["severities"]),
    "no criterion at all": lambda doc: not doc["criteria"],
    "war room on a severity alone": lambda doc: any(
        floor.keys() == {"severity"} for when in doc.get("war_room", {}).values() for floor in oracle.floors_of(when)
    ),
    "war room on a severity and a fact": lambda doc: any(
        "severity" in floor and len(floor) > 1
        for when in doc.get("war_room", {}).values()
        for floor in oracle.floors_of(when)
    ),
    "no war room": lambda doc: "war_room" not in doc,
    "range": lambda doc: any(".." in text for text in sla_texts(doc)),
    "single figure": lambda doc: any(".." not in text for text in sla_texts(doc)),
    "target of nothing": lambda doc: any(text.startswith("0") for text in sla_texts(doc)),
    "elapsed time": lambda doc: any(
        text.endswith(("m", "h", "w")) and not text.endswith("bh") for text in sla_texts(doc)
    ),
    "business hours": lambda doc: any(text.endswith("bh") for text in sla_texts(doc)),
    "business days": lambda doc: any(text.endswith("bd") for text in sla_texts(doc)),
    "hole in the SLA": has_sla_hole,
    "notification": lambda doc: any("notify" in row for row in doc.get("sla", {}).values()),
    "no SLA": lambda doc: "sla" not in doc,
    "covers at a remove": covers_at_a_remove,
    "row with a condition": lambda doc: any(roster_floors(doc)),
    "row without a condition": lambda doc: {} in roster_floors(doc),
    "role at two severities": lambda doc: (
        len(rows := [role for _, role, _, _ in oracle.roster_rows(doc)]) > len(set(rows))
    ),
}


def sample(strategy: st.SearchStrategy[Any], size: int) -> list[Any]:
    """What the strategy makes, the same every time."""
    made: list[Any] = []

    @settings(max_examples=size, derandomize=True, phases=[Phase.generate])
    @given(strategy)
    def collect(one: object) -> None:
        made.append(one)

    collect()
    return made


def test_every_construct_is_generated() -> None:
    docs = sample(packs(), 500)
    assert len(docs) >= 500
    assert [name for name, made in CONSTRUCTS.items() if not any(map(made, docs))] == []


@given(packs())
def test_every_generated_pack_loads_and_keeps_the_promised_bounds(doc: Data) -> None:
    pack = load(doc)
    assert load(doc) is pack
    assert list(pack.model_dump()["facts"]) == list(doc["facts"])
    assert 1 <= len(given_facts(doc)) <= 6
    assert len(doc["facts"]) <= 8
    floors = oracle.all_floors(doc)
    assert all(level <= 4 for floor in floors for level in floor.values() if isinstance(level, int | float))
    for floor in floors:
        assert sum("sum_of" in doc["facts"][name] for name in floor) <= 1


@given(packs())
def test_only_the_mildest_severity_tests_a_label(doc: Data) -> None:
    mildest = str(oracle.mildest(doc))
    floors = [
        (number, floor) for number, _, body in oracle.criteria_of(doc) for floor in oracle.floors_of(body["when"])
    ]
    floors += [(number, floor) for number, _, _, some in oracle.roster_rows(doc) for floor in some]
    floors += [(0, floor) for _, _, floor in oracle.war_room_floors(doc)]
    assert {str(number) for number, floor in floors if names_kind(doc, [floor], "label")} <= {mildest}


def test_the_default_pack_is_read_as_the_library_reads_it() -> None:
    assert load(support()) == load_pack()
    assert len(list(oracle.criteria_of(support()))) == 20


@over_both
@given(data=st.data())
def test_facts_are_valid_and_hold_no_sum(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    model = load(doc).Facts
    for some in (data.draw(facts(doc)), data.draw(known_facts(doc)), data.draw(nearly_known_facts(doc))):
        assert model(**some).model_dump(exclude_none=True) == {
            name: value for name, value in some.items() if value is not None
        }


@given(st.data())
def test_unknown_facts_are_absent_or_null_and_some_facts_are_all_known(data: st.DataObject) -> None:
    doc = data.draw(packs().filter(lambda some: len(given_facts(some)) > 1))
    assert not unknown_facts(doc, data.draw(known_facts(doc)))
    assert data.draw(known_facts(doc)).keys() == set(given_facts(doc))


SHAPES: dict[str, Callable[[Data, Data], bool]] = {
    "all known": lambda doc, some: not unknown_facts(doc, some),
    "null": lambda doc, some: None in some.values(),
    "absent": lambda doc, some: len(some) < len(given_facts(doc)),
    "the largest count": lambda doc, some: 2**53 - 1 in some.values(),
    "nothing": lambda doc, some: not some,
}


def test_facts_of_every_shape_are_generated() -> None:
    pairs = sample(packs().flatmap(lambda doc: st.tuples(st.just(doc), facts(doc))), 100)
    assert [name for name, made in SHAPES.items() if not any(made(*pair) for pair in pairs)] == []


@given(packs())
def test_values_of_every_scale_go_from_harmless_to_worst(doc: Data) -> None:
    for name in given_facts(doc):
        scale = doc["facts"][name]
        ranks = [badness(scale, value) for value in values(scale)]
        assert ranks == sorted(ranks)
        assert "label" in scale or len(set(ranks)) == len(values(scale)) > 1
        assert set(levels_to_ask(scale)) <= set(values(scale))


@over_both
@given(data=st.data())
def test_worse_facts_reach_every_floor_that_the_others_do(
    documents: st.SearchStrategy[Data], data: st.DataObject
) -> None:
    doc = data.draw(documents)
    some = data.draw(facts(doc))
    bad = data.draw(worse(doc, some))
    assert unknown_facts(doc, bad) == unknown_facts(doc, some)
    for name, value in some.items():
        scale = doc["facts"][name]
        assert value is None or (
            bad[name] == value if "label" in scale else badness(scale, bad[name]) >= badness(scale, value)
        )
    for floor in oracle.all_floors(doc):
        assert oracle.holds(doc, bad, floor) or not oracle.holds(doc, some, floor)


@given(st.data())
def test_something_learned_leaves_what_was_known(data: st.DataObject) -> None:
    doc = data.draw(packs())
    some = data.draw(facts(doc))
    more, all_of_it = data.draw(learned(doc, some)), data.draw(completions(doc, some))
    assert set(unknown_facts(doc, more)) <= set(unknown_facts(doc, some))
    assert not unknown_facts(doc, all_of_it)
    for name, value in some.items():
        assert value is None or value == more[name] == all_of_it[name]
    load(doc).Facts(**all_of_it)


@over_both
@given(data=st.data())
def test_few_completions_are_left_and_answers_stand_for_all(
    documents: st.SearchStrategy[Data], data: st.DataObject
) -> None:
    doc = data.draw(documents)
    some = data.draw(nearly_known_facts(doc, most=100))
    every = list(every_completion(doc, some))
    assert 1 <= len(every) == math.prod(len(answers(doc, name)) for name in unknown_facts(doc, some)) <= 100
    floors = oracle.all_floors(doc)
    any_of_them = data.draw(completions(doc, some))
    reached = [oracle.holds(doc, any_of_them, floor) for floor in floors]
    assert reached in [[oracle.holds(doc, one, floor) for floor in floors] for one in every]


@given(st.data())
def test_openings_are_aware_and_figures_readable(data: st.DataObject) -> None:
    opening, figure = data.draw(opened_at()), data.draw(FIGURES)
    assert opening.utcoffset() is not None
    assert opening.astimezone(UTC) - opening == timedelta()
    target, limit = oracle.split_figure(figure)
    assert oracle.after(opening, target) <= oracle.after(opening, limit) > opening
