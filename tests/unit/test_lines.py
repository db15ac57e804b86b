"""From text to text, pair by pair: what is as usual is read so, and the rest is left to who reads it with care."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sevclass import FactsError, Pack, load_pack
from sevclass.json_facts import MAX_BYTES
from sevclass.lines import Lines
from sevclass.pairs import Pairs, cut
from sevclass.tally import MOST_FACTS, MOST_FLOORS, Tally
from tests.unit.written import SMALL, loaded

DOWN = '"functionality": "down", "environment": "production"'


@pytest.fixture
def pack() -> Pack:
    return load_pack()


@pytest.mark.parametrize("brief", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        '{"id": "T-1", "facts": {' + DOWN + "}}",
        '{"id":"T-1","facts":{"functionality":"down","environment":"production"}}',
        '{"facts": {' + DOWN + "}}",
        '{"id": "", "facts": {"enterprise_customers": 9007199254740991, "other_customers": 0}}',
        '{"id": "T-1", "facts": {"data_loss": null, "public_outage": true}}',
        '{"id": "T-1", "facts": {"enterprise_customers": 1, "tier_2_3_customers": 1, "other_customers": null}}',
        '{"id": "T-1", "facts": {"enterprise_customers": 0, "tier_2_3_customers": 0, "other_customers": 1}}',
        '{"id": "T-1", "facts": { "security" : "none" ,\t"data_loss" :false}}',
    ],
)
def test_what_is_as_usual_is_read_pair_by_pair(pack: Pack, text: str, *, brief: bool) -> None:
    answer = pack._made_lines().answer(text.encode(), brief=brief)
    assert answer is not None
    assert answer == pack.render_json(text, brief=brief) == pack.render_json(text.encode(), brief=brief)


@pytest.mark.parametrize("brief", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        "{" + DOWN + "}",
        '{"facts": {}}',
        '{"facts": {' + DOWN + '}, "id": "T-1"}',
        '{"id": "T-1", "facts":  {' + DOWN + "}}",
        '{"id": "T-1", "facts": {' + DOWN + "}} ",
        '{"id": "T\\u002d1", "facts": {' + DOWN + "}}",
        '{"id": "Tü", "facts": {' + DOWN + "}}",
        '{"id": "\\"facts\\":", "facts": {' + DOWN + "}}",
        '{"id": "T-1", "opened_at": "2026-03-02T14:23:00Z", "facts": {' + DOWN + "}}",
        '{"id": null, "facts": {' + DOWN + "}}",
    ],
)
def test_what_is_in_order_but_not_as_usual_is_read_all_the_same(pack: Pack, text: str, *, brief: bool) -> None:
    assert pack._made_lines().answer(text.encode(), brief=brief) is None
    assert pack.render_json(text.encode(), brief=brief) == pack.render_json(text, brief=brief)


@pytest.mark.parametrize("brief", [False, True])
@pytest.mark.parametrize(
    "text",
    [
        '{"id": "T-1", "facts": {"security": "none", "security": "none"}}',
        '{"id": "T-1", "facts": {"security": "none", "security": null}}',
        '{"id": "T-1", "facts": {' + ", ".join(['"security": "none"'] * 257) + "}}",
        '{"id": "T-1", "id": "T-2", "facts": {' + DOWN + "}}",
        '{"id": "T-1", "facts": {"security": "none"}, "facts": {' + DOWN + "}}",
        '{"id": "T-1", "facts": {"security": "none"}}}',
        '{"id": "T-1", "facts": {"security": "none",}}',
        '{"id": "T-1", "facts": {,"security": "none"}}',
        '{"id": "T-1", "facts": {"security": "none", "who": 1}}',
        '{"id": "T-1", "facts": {"security": "no,ne"}}',
        '{"id": "T-1", "facts": {"security": {"security": "none"}}}',
        '{"id": "T-1", "facts": {"data_loss": 1}}',
        '{"id": "T-1", "facts": {"enterprise_customers": true}}',
        '{"id": "T-1", "facts": {"enterprise_customers": 1.5}}',
        '{"id": "T-1", "facts": {"enterprise_customers": -1}}',
        '{"id": "T-1", "facts": {"enterprise_customers": 9007199254740992}}',
        '{"id": "T-1", "facts": ["security": "none"}}',
        '{"id": "T-1" "facts": {"security": "none"}}',
        '{"id": "' + "x" * MAX_BYTES + '", "facts": {"security": "none"}}',
    ],
)
def test_what_is_bad_is_refused_as_ever(pack: Pack, text: str, *, brief: bool) -> None:
    assert pack._made_lines().answer(text.encode(), brief=brief) is None
    with pytest.raises(FactsError) as quick:
        pack.render_json(text.encode(), brief=brief)
    with pytest.raises(FactsError) as plain:
        pack.render_json(text, brief=brief)
    assert quick.value.problems == plain.value.problems


def test_what_was_read_before_makes_no_difference(pack: Pack) -> None:
    lines = [f'{{"id": "{n}", "facts": {{"enterprise_customers": {n}, "data_loss": false}}}}' for n in (2, 0, 2, 1)]
    for text in [*lines, *reversed(lines)]:
        for brief in (False, True):
            assert pack.render_json(text.encode(), brief=brief) == pack.render_json(text, brief=brief)


@pytest.mark.parametrize(
    ("facts", "floors"), [(MOST_FACTS, 1), (MOST_FACTS + 1, 1), (3, MOST_FLOORS), (3, MOST_FLOORS + 1)]
)
def test_a_large_pack_is_brief_too(tmp_path: Path, facts: int, floors: int) -> None:
    names = "".join(f"  f{number}: {{ask: How many?, count: things}}\n" for number in range(facts))
    when = ", ".join(f"{{f{number % facts}: {number + 1}}}" for number in range(floors))
    files = {
        "facts.yaml": f"facts:\n{names}",
        "criteria.yaml": f"criteria: {{1: {{any: {{text: Any, when: [{when}]}}}}}}\n",
    }
    large = loaded(tmp_path, SMALL | files)
    assert (large._made_lines()._brief is None) == (facts > MOST_FACTS or floors > MOST_FLOORS)
    for known in ({}, {"f0": 1}, {"f1": 2, "f2": 0}, dict.fromkeys((f"f{n}" for n in range(facts)), 0)):
        text = json.dumps({"id": "T-1", "facts": known})
        assert answers(large, text.encode()) == answers(large, text)


def answers(pack: Pack, text: bytes | str) -> list[tuple[int, str]]:
    return [pack.render_json(text, brief=brief) for brief in (False, True)]


def test_only_so_many_pairs_are_remembered(pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("pairs", "tally"):
        monkeypatch.setattr(f"sevclass.{module}.MOST_KEPT", 3)
        monkeypatch.setattr(f"sevclass.{module}.LONGEST_KEPT", 30)
    lines = Lines(pack._engine.evaluator, pack._engine.renderer, pack._reader.quick)
    assert lines._brief is not None
    for number in range(6):
        pairs = f'"enterprise_customers": {number}, "other_customers": {number}, "data_loss"{" " * 30}: true'
        text = f'{{"facts": {{{pairs}}}}}'
        for brief in (False, True):
            assert lines.answer(text.encode(), brief=brief) == pack.render_json(text, brief=brief)
    kept: list[Pairs | Tally] = [lines._pairs, lines._brief._tally]
    assert [sorted(map(len, pairs)) for pairs in kept] == [[21, 25, 25]] * 2


def test_a_line_is_cut_where_its_pairs_end() -> None:
    assert cut(b'{"id": "T-1", "facts": {"a": 1, "b":2}}') == ("T-1", [b'"a": 1', b' "b":2'])
    assert cut(b'{"facts":{"a":1}}') == (None, [b'"a":1'])
    assert cut(b'{"id": "T-1", "facts": "a": 1}}') is None
    assert cut(b"{}") is None


def test_a_pair_is_one_pair(pack: Pack) -> None:
    read = Pairs(pack._reader.quick.facts).__getitem__
    assert read(b' "security" :"none"') == ("security", "none")
    for text in (
        b"",
        b" ",
        b'"security":"none","data_loss":true',
        b'"security":"none","security":"none"',
        b"1",
        b'"x":1',
    ):
        with pytest.raises(ValueError, match=r"pair|validation error"):
            read(text)
