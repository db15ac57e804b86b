"""The law: what is written and read again, copied or pickled is what it was."""

from __future__ import annotations

import copy
import json
import pickle
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

import pytest
import yaml
from hypothesis import given, strategies as st
from jsonschema import Draft202012Validator, ValidationError

from sevclass import Classification, IncidentFacts, load_pack
from tests.strategies import Data, facts, load, opened_at, over_both, packs, support

Documents = st.SearchStrategy[Data]


@cache
def validator() -> Draft202012Validator:
    schema = Classification.model_json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def classified(documents: Documents, data: st.DataObject) -> Classification:
    doc = data.draw(documents)
    opening, id = data.draw(st.none() | opened_at()), data.draw(st.none() | st.text(st.characters(codec="utf-8")))
    assume: Literal["known", "worst"] = data.draw(st.sampled_from(("known", "worst")))
    return load(doc).classify(data.draw(facts(doc)), opening, id, assume=assume)


@over_both
@given(data=st.data())
def test_the_json_of_a_classification(documents: Documents, data: st.DataObject) -> None:
    found = classified(documents, data)
    dumped = found.model_dump()
    assert json.loads(found.model_dump_json()) == dumped
    assert json.loads(found.model_dump_json(indent=2)) == dumped
    assert json.dumps(dumped, ensure_ascii=False, separators=(",", ":")) == found.model_dump_json()
    validator().validate(dumped)


@over_both
@given(data=st.data())
def test_the_schema_asks_for_every_key_and_no_other(documents: Documents, data: st.DataObject) -> None:
    dumped = classified(documents, data).model_dump()
    places = [dumped, dumped["sla"], dumped["war_room"], dumped["pack"], *dumped["criteria"], *dumped["questions"]]
    place = data.draw(st.sampled_from(places))
    key = data.draw(st.sampled_from(sorted(place)))
    kept = place.pop(key)
    with pytest.raises(ValidationError, match=f"'{key}' is a required property"):
        validator().validate(dumped)
    place |= {key: kept, "more": 1}
    with pytest.raises(ValidationError, match="'more' was unexpected"):
        validator().validate(dumped)


def is_same(one: object, other: object) -> bool:
    return one == other and other == one and hash(one) == hash(other) and type(one) is type(other)


@over_both
@given(data=st.data())
def test_a_classification_copied_or_pickled(documents: Documents, data: st.DataObject) -> None:
    found = classified(documents, data)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(found, protocol))  # noqa: S301 - our own bytes
        assert is_same(again, found)
        assert again.model_dump_json() == found.model_dump_json()
    for again in (copy.copy(found), copy.deepcopy(found)):
        assert is_same(again, found)
        assert again.model_dump_json() == found.model_dump_json()


@over_both
@given(data=st.data())
def test_a_pack_copied_or_pickled(documents: Documents, data: st.DataObject) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    some = data.draw(facts(doc))
    unpickled = pickle.loads(pickle.dumps(pack))  # noqa: S301 - our own bytes
    for again in (unpickled, copy.copy(pack), copy.deepcopy(pack)):
        assert is_same(again, pack)
        assert again.model_dump() == pack.model_dump()
        assert again.classify(some) == pack.classify(some)


@over_both
@given(data=st.data())
def test_a_pack_written_as_yaml(documents: Documents, data: st.DataObject) -> None:
    pack = load(data.draw(documents))
    dumped = pack.model_dump()
    flow = data.draw(st.sampled_from((None, False, True)))
    text = yaml.dump(dumped, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, default_flow_style=flow)
    with TemporaryDirectory() as folder:
        Path(folder, "all.yaml").write_text(text, encoding="utf-8")
        again = load_pack(folder)
    assert is_same(again, pack)
    assert again.digest == pack.digest
    assert again.model_dump() == dumped


@given(packs(), st.data())
def test_a_pack_that_says_something_else_is_another(doc: Data, data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(("name", "version", "ask")))
    fact = next(name for name, scale in doc["facts"].items() if "ask" in scale)
    facts_section = doc["facts"] | {fact: doc["facts"][fact] | {"ask": "Another question"}}
    other = load(doc | ({"facts": facts_section} if place == "ask" else {place: "another"}))
    assert other.digest != load(doc).digest
    assert other != load(doc)


@over_both
@given(data=st.data())
def test_facts_as_a_model(documents: Documents, data: st.DataObject) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    some = data.draw(facts(doc))
    model = pack.Facts(**some)
    assert pack.Facts.model_validate(model.model_dump()) == model
    assert pack.Facts.model_validate_json(model.model_dump_json()) == model
    expected = pack.classify(some)
    for given_as in (model, model.model_dump(), model.model_dump_json(), model.model_dump_json().encode()):
        assert is_same(pack.classify(given_as), expected)
    assert pack.classify_json(json.dumps({"facts": some})) == expected


@given(facts(support()))
def test_the_model_of_the_default_pack(some: Data) -> None:
    assert load_pack().Facts is IncidentFacts
    assert load_pack().classify(IncidentFacts(**some)) == load_pack().classify(some)


@over_both
@given(data=st.data())
def test_equal_means_the_same_in_every_part(documents: Documents, data: st.DataObject) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    some = data.draw(st.lists(facts(doc), min_size=2, max_size=4))
    found = [pack.classify(one) for one in some]
    for one in found:
        for other in found:
            assert (one == other) == (one.model_dump() == other.model_dump())
            assert one != other or hash(one) == hash(other)
    assert len(set(found)) == len({one.model_dump_json() for one in found})
    assert found[0] != found[0].model_dump()
