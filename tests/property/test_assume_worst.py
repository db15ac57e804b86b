"""The law: assuming the worst classifies as if each unknown fact were at its worst, and tells which were unknown."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from sevclass import Classification, load_pack
from tests import oracle
from tests.strategies import Data, facts, known_facts, load, opened_at, over_both, unknown_facts, values


def at_worst(doc: Data, some: Data) -> Data:
    """The facts with the worst answer for each unknown one; a label has none and stays unknown."""
    scales = {name: doc["facts"][name] for name in unknown_facts(doc, some)}
    return some | {name: values(scale)[-1] for name, scale in scales.items() if "label" not in scale}


def what_follows(found: Classification) -> tuple[object, ...]:
    """All that the facts decide, without the values that are shown and without what is still open."""
    criteria = [(criterion.id, list(criterion.because)) for criterion in found.criteria]
    return found.severity, found.name, criteria, found.sla, found.roster, found.war_room


@over_both
@given(data=st.data())
def test_it_is_the_classification_at_worst(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some, opening = data.draw(facts(doc)), data.draw(st.none() | opened_at())
    pack = load(doc)
    assumed = pack.classify(some, opening, assume="worst")
    assert what_follows(assumed) == what_follows(pack.classify(at_worst(doc, some), opening))


@over_both
@given(data=st.data())
def test_it_says_what_is_known_and_what_is_not(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(facts(doc))
    pack = load(doc)
    known, assumed = pack.classify(some), pack.classify(some, assume="worst")
    assert assumed.severity == known.could_be
    assert (assumed.could_be, assumed.questions, assumed.pack) == (known.could_be, known.questions, known.pack)
    for criterion in assumed.criteria:
        for name, value in criterion.because.items():
            parts = doc["facts"][name].get("sum_of", [name])
            if any(some.get(part) is None for part in parts):
                assert value is None
            else:
                assert value == oracle.value_of(doc, some, name)


@over_both
@given(data=st.data())
def test_it_makes_no_difference_to_known_facts(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(known_facts(doc))
    pack = load(doc)
    assert pack.classify(some, assume="worst") == pack.classify(some)


@given(st.text())
def test_there_is_no_other_assumption(text: str) -> None:
    if text not in ("known", "worst"):
        with pytest.raises(ValueError, match="`assume` is `known` or `worst`, not "):
            load_pack().classify({}, assume=text)  # type: ignore[arg-type]
