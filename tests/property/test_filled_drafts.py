"""The law: in a draft whose gaps are filled with real words the check finds nothing, and its figures are the log's."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from hypothesis import given

from sevclass.incident import replay
from sevclass.insight.gaps import GAP_PATTERN
from sevclass.insight.review_check import Looked, check_review
from sevclass.insight.review_draft import draft
from sevclass.insight.review_reading import ReadReview, read_review
from tests.strategies import load
from tests.timelines import cases

FILLED = {
    "how long it took: it is not resolved yet": "about to end",
    "how many customers": "12",
    "low, medium or high": "medium",
    "by which day": "2026-03-09",
    "what happened": "Pool of connections exhausted",
    "why it happened": "A release leaked handles",
    "why it was not caught before": "Load tests simulate too few users",
}
GAP = re.compile(GAP_PATTERN)


def filled(text: str) -> str:
    """The gaps with real words in their place."""
    return GAP.sub(lambda gap: FILLED.get(gap[0][2:-2].strip(), "Words that say something"), text)


def read(text: str) -> ReadReview:
    found = read_review(text.encode(), "r")
    assert isinstance(found, ReadReview), found
    return found


@given(case=cases())
def test_filled_drafts(case: tuple[Any, list[Any], datetime]) -> None:
    document, log, now = case
    pack = load(document)
    state = replay(log, pack, now, id="T-1")
    found = draft(state, pack)

    unfilled = {one.code for one in check_review(read(found.text), Looked.at(state, pack))}
    assert unfilled - {"PR009"} == {"PR001"}
    codes = {one.code for one in check_review(read(filled(found.text)), Looked.at(state, pack))}
    if state.phase not in {"resolved", "closed"}:
        codes -= {"PR008"}  # how long it took nobody can say yet
    assert codes <= {"PR009"}
    assert ("PR009" in codes) is any(one.clock == "review" and one.breached_at for one in state.clocks)
