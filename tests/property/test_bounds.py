"""The law: severity and could_be are exactly the bounds over all that the unknown facts may turn out to be."""

from __future__ import annotations

from hypothesis import given, strategies as st

from tests.strategies import (
    Data,
    completions,
    every_completion,
    facts,
    learned,
    load,
    nearly_known_facts,
    over_both,
    unknown_facts,
)


@over_both
@given(data=st.data())
def test_every_completion_lies_between_and_both_bounds_are_reached(
    documents: st.SearchStrategy[Data], data: st.DataObject
) -> None:
    doc = data.draw(documents)
    some = data.draw(nearly_known_facts(doc))
    pack = load(doc)
    found = pack.classify(some)
    severities = {pack.classify(completed).severity for completed in every_completion(doc, some)}
    assert (max(severities), min(severities)) == (found.severity, found.could_be)


@over_both
@given(data=st.data())
def test_any_completion_lies_between_however_much_is_unknown(
    documents: st.SearchStrategy[Data], data: st.DataObject
) -> None:
    doc = data.draw(documents)
    some = data.draw(facts(doc))
    pack = load(doc)
    found, completed = pack.classify(some), pack.classify(data.draw(completions(doc, some)))
    assert found.could_be <= completed.severity <= found.severity
    assert completed.could_be == completed.severity
    assert completed.questions == ()


@over_both
@given(data=st.data())
def test_the_bounds_only_narrow_as_more_is_known(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(facts(doc))
    more = data.draw(learned(doc, some))
    pack = load(doc)
    before, after = pack.classify(some), pack.classify(more)
    assert before.could_be <= after.could_be <= after.severity <= before.severity
    assert {question.fact for question in after.questions} <= set(unknown_facts(doc, more))
