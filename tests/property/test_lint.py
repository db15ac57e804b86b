"""What lint says is proved: nothing it says is wrong, and of small packs it says all there is to say."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

from hypothesis import assume, given, strategies as st

from sevclass.lint import lint
from tests import oracle
from tests.strategies import Data, given_facts, levels_to_ask, packs

MOST = 4_000


def linted(doc: Data, *codes: str) -> list[tuple[str, str]]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "pack.yaml").write_text(json.dumps(doc, ensure_ascii=False), encoding="utf-8")
        return [(one.code, one.message) for one in lint(folder, select=codes)]


def records(doc: Data) -> Iterator[dict[str, Any]] | None:
    """Every record that differs for some floor: each fact unknown, or at a level or number that could matter."""
    floors = [floor for _, _, criterion in oracle.criteria_of(doc) for floor in oracle.floors_of(criterion["when"])]
    choices: dict[str, list[Any]] = {}
    for fact in {fact for floor in floors for fact in floor}:
        scale = doc["facts"][fact]
        parts = scale.get("sum_of", [fact])
        if "sum_of" in scale or "count" in scale:
            sums = [name for name, other in doc["facts"].items() if {*parts} & {*other.get("sum_of", ())}]
            most = max(floor[name] for floor in floors for name in (fact, *parts, *sums) if name in floor)
            for part in parts:
                most = max(most, len(choices.get(part, [None])) - 1)
                choices[part] = [None, *range(1, most + 1)]
        else:
            choices[fact] = [None, *levels_to_ask(scale)]
        if prod(map(len, choices.values())) > MOST:
            return None
    return (dict(zip(choices, values, strict=True)) for values in product(*choices.values()))


@given(st.data())
def test_a_criterion_never_decides_exactly_if_lint_says_so(data: st.DataObject) -> None:
    doc = data.draw(packs())
    tried = records(doc)
    said = {message.split("`")[1] for code, message in linted(doc, "SC001") if code == "SC001"}
    assume(tried is not None)
    assert tried is not None
    deciding: set[str] = set()
    ids = {id_: int(severity) for severity, criteria in doc["criteria"].items() for id_ in criteria}
    for facts in tried:
        given = {**dict.fromkeys(given_facts(doc)), **facts}
        met = {id_ for _, id_, criterion in oracle.criteria_of(doc) if _met(doc, given, criterion)}
        worst = min((ids[id_] for id_ in met), default=0)
        deciding |= {id_ for id_ in met if ids[id_] == worst}

    assert said == ids.keys() - deciding


def _met(doc: Data, facts: Data, criterion: Data) -> bool:
    return any(oracle.holds(doc, facts, floor) for floor in oracle.floors_of(criterion["when"]))


@given(st.data())
def test_lint_says_something_of_every_pack_that_loads(data: st.DataObject) -> None:
    assert all(message for _, message in linted(data.draw(packs())))
