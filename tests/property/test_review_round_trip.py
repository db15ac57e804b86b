"""The law: a review is written and read again as it was, whatever its texts; and so is a draft of any incident."""

from __future__ import annotations

from typing import Any

from hypothesis import given, strategies as st

from sevclass.incident import replay
from sevclass.insight.review import PostIncidentReview
from sevclass.insight.review_draft import draft
from sevclass.insight.review_reading import ReadReview, read_review
from sevclass.insight.review_yaml import review_yaml
from tests.strategies import load
from tests.timelines import cases

HOSTILE = (
    "<script>",
    "{{ 7*7 }}",
    "\u202e",
    "\x1b[2J",
    "# x",
    "- y: z",
    "[Owner: a]",
    "[… a …]",
    "null",
    "1e3",
    "~",
    "a, b",
)
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30) | st.sampled_from(HOSTILE)
LISTS = st.lists(TEXTS, max_size=3)
ITEMS = st.fixed_dictionaries(
    {"text": TEXTS},
    optional={
        "owner": TEXTS,
        "due": st.dates().map(str) | st.just("2026-03-09T10:00:00Z"),
        "state": st.sampled_from(("open", "done", "dropped")),
        "kind": st.sampled_from(("prevention", "promise", "request")),
        "for": TEXTS,
        "id": TEXTS,
    },
)
IMPACTS = TEXTS | st.fixed_dictionaries(
    {"text": TEXTS},
    optional={
        "amount": st.integers(0, 10**20) | st.floats(0, allow_nan=False, allow_infinity=False),
        "currency": st.sampled_from(("EUR", "USD")),
    },
)
PLAIN: st.SearchStrategy[Any] = st.recursive(
    TEXTS | st.integers() | st.booleans() | st.none(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=5,
)
REVIEWS = st.fixed_dictionaries(
    {},
    optional={
        "incident_id": TEXTS,
        "severity": st.integers(1, 99),
        "duration": TEXTS,
        "customers_impacted": st.integers(0, 10**9) | st.just("at least 3") | st.just("[… how many …]"),
        "business_impact": IMPACTS,
        "timeline": LISTS,
        "root_cause": st.fixed_dictionaries({}, optional={"what_happened": TEXTS, "why_not_caught": TEXTS}),
        "contributing_factors": LISTS,
        "what_went_well": LISTS,
        "what_went_poorly": LISTS,
        "action_items": st.lists(ITEMS, max_size=3),
        "prevention_confidence": st.sampled_from(("low", "medium", "high")),
        "similar_incidents": LISTS,
        "of_our_own": PLAIN,
    },
)
COMMENTS = st.dictionaries(st.sampled_from(("timeline", "timeline[0]", "root_cause.what_happened")), LISTS)


def back(text: str) -> PostIncidentReview:
    found = read_review(text.encode(), "r")
    assert isinstance(found, ReadReview), found
    return found.review


@given(given_=REVIEWS, comments=COMMENTS)
def test_a_review(given_: dict[str, Any], comments: dict[str, list[str]]) -> None:
    review = PostIncidentReview.model_validate(given_)
    text = review_yaml(review, comments)

    assert back(text) == review
    assert review_yaml(back(text), comments) == text
    assert all(character.isprintable() or character == "\n" for character in text)


@given(case=cases())
def test_a_draft(case: tuple[Any, list[Any], Any]) -> None:
    document, log, now = case
    pack = load(document)
    found = draft(replay(log, pack, now, id="T-1"), pack)

    assert back(found.text) == found.review
    assert review_yaml(back(found.text), found.comments) == found.text
