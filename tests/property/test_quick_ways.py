"""A quick way gives what the plain way gives: masks written out, JSON that is in order, JSON put together."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from hypothesis import assume, given, strategies as st
from pydantic_core import to_json

from sevclass import Classification, FactsError, Pack
from sevclass.classification import BRIEF
from sevclass.scales import Masks
from tests.strategies import Data, facts, load, opened_at, packs

Outcome: TypeAlias = tuple[int, str | None, Any] | list[dict[str, Any]]


@given(st.data())
def test_masks_written_out_read_as_the_loops_do(data: st.DataObject) -> None:
    pack = load(doc := data.draw(packs()))
    plain = pack.with_masks(Masks)
    known = data.draw(facts(doc))

    for taken in ("known", "worst"):
        assert pack.classify(known, assume=taken) == plain.classify(known, assume=taken)


@given(st.data())
def test_the_json_text_is_put_together_as_it_would_be_from_the_parts(data: st.DataObject) -> None:
    pack = load(doc := data.draw(packs()))
    known, at, id_ = data.draw(facts(doc)), data.draw(st.none() | opened_at()), data.draw(st.none() | st.text())
    assume(id_ is None or id_.isprintable())
    for taken in ("known", "worst"):
        found = pack.classify(known, at, id_, assume=taken)
        assert found.model_dump_json() == to_json(found._shape(), fallback=dict).decode()
        assert found.model_dump_json(indent=2) == to_json(found._shape(), indent=2, fallback=dict).decode()


@given(st.data())
def test_all_masks_at_once_are_those_of_each(data: st.DataObject) -> None:
    pack = load(doc := data.draw(packs()))
    evaluator = pack._engine.evaluator
    for known in data.draw(st.lists(facts(doc), min_size=1, max_size=5)):
        checked = pack._reader.read(known).facts
        criteria, conditions = evaluator.criteria_masks, evaluator.conditions

        assert evaluator.stand(checked) == (
            criteria.reached(checked),
            conditions.reached(checked),
            criteria.unblocked(checked),
            conditions.unblocked(checked),
        )


@given(st.data())
def test_from_text_to_text_is_what_comes_of_the_classification(data: st.DataObject) -> None:
    pack = load(doc := data.draw(packs()))
    text = data.draw(documents(doc)).encode()

    for keys in (None, BRIEF):
        rendered = told(partial(pack.render_json, text, brief=keys is not None))
        assert rendered == told(partial(shown, pack, text, keys))
        assert rendered == told(partial(pack.render_json, text.decode(), brief=keys is not None))


def shown(pack: Pack, text: bytes, keys: frozenset[str] | None) -> tuple[int, str]:
    found = pack.classify(text)
    return found.severity, to_json(found._shape(keys), fallback=dict).decode()


def told(ask: Callable[[], tuple[int, str]]) -> object:
    try:
        return ask()
    except FactsError as error:
        return [problem.model_dump() for problem in error.problems]


def outcome(classify: Callable[[], Classification]) -> Outcome:
    try:
        found = classify()
    except FactsError as error:
        return [problem.model_dump() for problem in error.problems]
    return found.severity, found.id, found.model_dump()


def both(pack: Pack, text: str) -> tuple[Outcome, Outcome]:
    """What bytes give, which are read the quick way where they are in order, and what text gives."""
    return outcome(lambda: pack.classify_json(text.encode())), outcome(lambda: pack.classify_json(text))


@st.composite
def documents(draw: st.DrawFn, doc: Data) -> str:
    """Bare facts or an envelope as JSON text, sometimes with a pair too many, or something else that is odd."""
    known = draw(facts(doc))
    pairs = [(name, json.dumps(value)) for name, value in known.items()]
    odd = st.sampled_from(["1", "true", '"a:b"', "null", "1.0", "-0", "1e3", "NaN", "[]", "{}", '"\\u003a"', "9" * 20])
    for place in draw(st.sets(st.integers(0, max(0, len(pairs) - 1)), max_size=min(2, len(pairs)))):
        pairs[place] = (pairs[place][0], draw(odd))
    for _ in range(draw(st.integers(0, 1))):
        names = st.sampled_from([*known, "nobody", "fa\\u0063ts"])
        pairs.insert(draw(st.integers(0, len(pairs))), (draw(names), draw(odd)))
    bare = "{" + ", ".join(f'"{name}": {value}' for name, value in pairs) + "}"
    if draw(st.booleans()):
        return bare
    texts = st.sampled_from(['"T-17"', '"a:b"', '"a\\u003ab"', '"\\\\:"', "7", "null", '""'])
    openings = st.sampled_from(['"2026-03-02T14:23:00Z"', '"2026\\u002d03-02T14\\u003a23:00Z"', '"today"', "null", "1"])
    beside = [("id", draw(texts))] * draw(st.integers(0, 2)) + [("opened_at", draw(openings))] * draw(st.integers(0, 1))
    parts = draw(st.permutations([*beside, ("facts", bare)]))
    return "{" + ",".join(f'"{name}": {value}' for name, value in parts) + "}"


@given(st.data())
def test_json_in_order_gives_what_any_json_gives(data: st.DataObject) -> None:
    pack = load(doc := data.draw(packs()))
    quick, plain = both(pack, data.draw(documents(doc)))

    assert quick == plain


@given(st.data())
def test_an_envelope_in_order_gives_its_id_and_its_opening(data: st.DataObject) -> None:
    pack = load(doc := data.draw(packs()))
    known, at = data.draw(facts(doc)), data.draw(opened_at())
    id_ = data.draw(st.text(st.characters(exclude_categories=["Cs"])))
    text = json.dumps({"id": id_, "opened_at": at.isoformat(), "facts": known}, ensure_ascii=data.draw(st.booleans()))
    quick, plain = both(pack, text)

    assert quick == plain == outcome(lambda: pack.classify(known, at, id_))
