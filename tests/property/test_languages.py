"""A pack in another of its languages says the same in other words: nothing but the texts is different."""

from __future__ import annotations

from typing import Any

from hypothesis import given, strategies as st

from sevclass import Pack
from tests.strategies import Data, facts, load, opened_at, packs, support, translated

documents = st.builds(support) | translated(packs())


def in_words_of(found: Data, doc: Data, language: str) -> Data:
    """An answer with its texts replaced by those of the translation, where it has them."""
    texts = doc["translations"][language]
    names = {**doc["severities"], **texts.get("severities", {})}
    told = {**found, "name": names[str(found["severity"])]}
    told["criteria"] = [one | texts.get("criteria", {}).get(one["id"], {}) for one in found["criteria"]]
    asks = {name: fact["ask"] for name, fact in texts.get("facts", {}).items() if "ask" in fact}
    told["questions"] = [one | {"ask": asks.get(one["fact"], one["ask"])} for one in found["questions"]]
    return told


def languages(doc: Data) -> st.SearchStrategy[str]:
    return st.sampled_from(list(doc["translations"]))


def drawn(data: st.DataObject) -> tuple[Data, Pack, str, dict[str, Any]]:
    doc = data.draw(documents)
    return doc, load(doc), data.draw(languages(doc)), data.draw(facts(doc))


@given(st.data())
def test_a_classification_differs_in_its_texts_only(data: st.DataObject) -> None:
    doc, pack, language, some = drawn(data)
    opened, assume = data.draw(st.none() | opened_at()), data.draw(st.sampled_from(("known", "worst")))
    own = pack.classify(some, opened, "T-17", assume=assume)  # type: ignore[arg-type]
    other = pack.in_language(language).classify(some, opened, "T-17", assume=assume)  # type: ignore[arg-type]
    assert other.model_dump() == in_words_of(own.model_dump(), doc, language)


@given(st.data())
def test_an_explanation_differs_in_its_texts_only(data: st.DataObject) -> None:
    doc, pack, language, some = drawn(data)
    own, other = pack.explain(some).model_dump(), pack.in_language(language).explain(some).model_dump()
    assert other == in_words_of(own, doc, language)


@given(st.data())
def test_every_way_through_the_languages_leads_to_the_same(data: st.DataObject) -> None:
    doc, pack, language, some = drawn(data)
    there = pack.in_language(language)
    assert there.languages == pack.languages == (doc.get("language", "en"), *doc["translations"])
    for other in pack.languages:
        again = there.in_language(other)
        assert again == pack.in_language(other)
        assert again.model_dump() == pack.in_language(other).model_dump()
        assert again.classify(some) == pack.in_language(other).classify(some)


@given(st.data())
def test_what_is_written_in_another_language_is_a_pack(data: st.DataObject) -> None:
    _, pack, language, some = drawn(data)
    there = pack.in_language(language)
    alone = load(there.model_dump())
    assert (alone.languages, alone.model_dump()) == ((language,), there.model_dump())
    again, meant = alone.classify(some).model_dump(), there.classify(some).model_dump()
    assert again | {"pack": None} == meant | {"pack": None}
