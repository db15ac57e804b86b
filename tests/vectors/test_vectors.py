"""The vectors are those of the oracle, the library gives just what they say, and they hold what they claim."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from sevclass import classify
from tests.strategies import Data, load
from tests.vectors.cases import Case
from tests.vectors.draws import Draws
from tests.vectors.files import FOLDER, README, cases_text, checked_in, pack_text, readme_text
from tests.vectors.packs import documents
from tests.vectors.parts import PARTS, counted

EVERY = checked_in()
MADE = documents()
ANEW = "run `python -m tests.vectors` and look at what has changed"
LEAST, ALL, DEFAULT, BYTES = 12, 500, 150, 3_000_000

every_pack = pytest.mark.parametrize("name", list(MADE))


def exactly(data: Data) -> str:
    """As JSON text: tells true from 1 and -0.0 from 0.0, and one order of keys from another, but not 1 from 1.0."""
    return json.dumps(json.loads(json.dumps(data), parse_int=float))


def envelope(case: Case) -> Data:
    return {"id": case["id"], "opened_at": case["opened_at"], "facts": case["facts"]}


@every_pack
def test_the_files_are_what_is_made(name: str) -> None:
    assert (FOLDER / "packs" / f"{name}.json").read_bytes().decode() == pack_text(MADE[name]), ANEW
    assert (FOLDER / "cases" / f"{name}.jsonl").read_bytes().decode() == cases_text(MADE[name]), ANEW


def test_there_are_no_other_files_and_they_are_small() -> None:
    files = [path for path in FOLDER.rglob("*") if path.is_file()]
    wanted = {f"packs/{name}.json" for name in MADE} | {f"cases/{name}.jsonl" for name in MADE} | {"README.md"}

    assert {path.relative_to(FOLDER).as_posix() for path in files} == wanted, ANEW
    assert sum(path.stat().st_size for path in files) < BYTES


@every_pack
def test_the_library_gives_what_is_expected(name: str) -> None:
    doc, cases = EVERY[name]
    pack = load(doc)
    for case in cases:
        expected = case["expected"] | {"pack": case["expected"]["pack"] | {"digest": pack.digest}}

        found = pack.classify(envelope(case), assume=case["assume"]).model_dump()

        assert found == expected, case["case"]
        assert exactly(found) == exactly(expected), case["case"]


@every_pack
def test_the_library_gives_it_from_json_text_too(name: str) -> None:
    doc, cases = EVERY[name]
    pack = load(doc)
    for case in cases:
        if case["assume"] == "known":
            found: Any = json.loads(pack.classify_json(json.dumps(envelope(case))).model_dump_json())
            del found["pack"]["digest"]

            assert exactly(found) == exactly(case["expected"]), case["case"]


def test_the_default_pack_is_the_one_of_the_vectors() -> None:
    facts = EVERY["support"][1][-1]["facts"]

    assert load(EVERY["support"][0]).digest == classify({}).pack.digest
    assert classify(facts) == load(EVERY["support"][0]).classify(facts)


def test_the_names_of_cases_are_distinct() -> None:
    names = [case["case"] for _, cases in EVERY.values() for case in cases]

    assert len(set(names)) == len(names)


def test_they_hold_what_they_claim() -> None:
    numbers = counted(EVERY)

    assert {part: number for part, number in numbers.items() if number < LEAST} == {}
    assert numbers["a case"] >= ALL
    assert numbers["of the default pack"] >= DEFAULT
    assert README.read_text(encoding="utf-8") == readme_text(EVERY), ANEW
    assert set(re.findall(r"^\| (.+) \| \d+ \|$", README.read_text(encoding="utf-8"), re.MULTILINE)) == set(PARTS)


def test_draws_are_those_of_the_generator_alone() -> None:
    # Written down: whatever `random` may become, the vectors stay.
    draws = Draws(7)

    assert [draws.below(100) for _ in range(6)] == [32, 15, 65, 7, 53, 36]
    assert draws.some("abcdef", 2, 4) == ["d", "a"]
    assert [draws.chance(0.4) for _ in range(6)] == [False, True, True, False, False, True]
