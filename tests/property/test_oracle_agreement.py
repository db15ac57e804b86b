"""The law: a classification is, in every part, the one that the naive evaluator of the tests finds."""

from __future__ import annotations

import json
from typing import Literal

from hypothesis import given, strategies as st

from tests import oracle
from tests.strategies import Data, facts, load, opened_at, over_both


def exactly(data: Data) -> str:
    """As JSON text: tells true from 1 and one order of keys from another, but not 1 from 1.0."""
    return json.dumps(json.loads(json.dumps(data), parse_int=float))


@over_both
@given(data=st.data())
def test_every_part_is_as_the_oracle_has_it(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    pack = load(doc)
    some, opening = data.draw(facts(doc)), data.draw(st.none() | opened_at())
    assumptions: tuple[Literal["known", "worst"], ...] = ("known", "worst")
    for assume in assumptions:
        found = pack.classify(some, opening, "T-17", assume=assume).model_dump()
        expected = oracle.classify(doc, some, opened_at=opening, id="T-17", assume=assume)
        expected["pack"]["digest"] = pack.digest
        assert found == expected
        assert exactly(found) == exactly(expected)
