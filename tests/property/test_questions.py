"""The law: a fact is asked if and only if, in some completion of the others, its answer matters; and in this order."""

from __future__ import annotations

import math
from itertools import groupby

from hypothesis import given, strategies as st

from sevclass import Classification
from tests import oracle
from tests.strategies import Data, every_completion, load, nearly_known_facts, over_both, unknown_facts

Outcome = tuple[int, tuple[tuple[str, str], ...], bool]


def outcome(found: Classification) -> Outcome:
    """What an answer may change."""
    roster = tuple((row.role, row.duty) for row in found.roster)
    return found.severity, roster, found.war_room.activate


@over_both
@given(data=st.data())
def test_questions_by_their_definition(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(nearly_known_facts(doc))
    pack = load(doc)
    every = [(completed, outcome(pack.classify(completed))) for completed in every_completion(doc, some)]
    expected = []
    for place, name in enumerate(unknown_facts(doc, some)):

        def others(pair: tuple[Data, Outcome], name: str = name) -> str:
            return repr([value for fact, value in pair[0].items() if fact != name])

        groups = [{result for _, result in group} for _, group in groupby(sorted(every, key=others), key=others)]
        raised = [min(severities) for group in groups if len(severities := {result[0] for result in group}) > 1]
        if any(len(group) > 1 for group in groups):
            could_raise_to = min(raised, default=None)
            order = (could_raise_to or math.inf, -oracle.unblocked_floors(doc, some, name), place)
            expected.append((order, name, could_raise_to))
    found = [(question.fact, question.could_raise_to) for question in pack.classify(some).questions]
    assert found == [(name, could_raise_to) for _, name, could_raise_to in sorted(expected, key=lambda one: one[0])]


@over_both
@given(data=st.data())
def test_without_a_question_every_completion_gives_the_same(
    documents: st.SearchStrategy[Data], data: st.DataObject
) -> None:
    doc = data.draw(documents)
    some = data.draw(nearly_known_facts(doc))
    pack = load(doc)
    found = pack.classify(some)
    outcomes = {outcome(pack.classify(completed)) for completed in every_completion(doc, some)}
    assert (len(outcomes) == 1) == (not found.questions)
    # An unknown label meets no rule, even where each of its names would meet one.
    if not found.questions and not any("label" in doc["facts"][name] for name in unknown_facts(doc, some)):
        assert outcomes == {outcome(found)}
    worst = min((question.could_raise_to or math.inf for question in found.questions), default=math.inf)
    assert worst == (found.could_be if found.could_be < found.severity else math.inf)
