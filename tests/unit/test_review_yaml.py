"""A review as YAML: what is written is read back, whatever its texts are."""

from __future__ import annotations

import pytest

from sevclass.insight.review import PostIncidentReview
from sevclass.insight.review_reading import ReadReview, read_review
from sevclass.insight.review_yaml import Comments, review_yaml, scalar, shown
from sevclass.source import Budget, read

HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \x1b[2J\u202e\x00\x85\u2028\U000e0001 \"a\" 'b' \\ # [x](y)\r\n\t- k: v"


def back(review: PostIncidentReview, comments: Comments | None = None) -> PostIncidentReview:
    found = read_review(review_yaml(review, comments).encode(), "x")
    assert isinstance(found, ReadReview), found
    return found.review


@pytest.mark.parametrize(
    ("text", "written"),
    [
        pytest.param("Fast detection, and escalation", "Fast detection, and escalation", id="words"),
        pytest.param("3 hours 42 minutes", "3 hours 42 minutes", id="digits-first"),
        pytest.param("INC-12345", "INC-12345", id="an-id"),
        pytest.param("Größer", "Größer", id="letters"),
        pytest.param("C# is fine", "C# is fine", id="a-hash-in-a-word"),
        pytest.param("a #b", '"a #b"', id="a-comment"),
        pytest.param("a: b", '"a: b"', id="a-colon"),
        pytest.param("a,b", '"a,b"', id="a-comma-alone"),
        pytest.param("a, ", '"a, "', id="a-space-at-the-end"),
        pytest.param("a,", '"a,"', id="a-comma-at-the-end"),
        pytest.param(" a", '" a"', id="a-space-at-the-start"),
        pytest.param("- a", '"- a"', id="a-dash"),
        pytest.param("12", '"12"', id="a-number"),
        pytest.param("1e5", '"1e5"', id="a-number-with-an-exponent"),
        pytest.param("0b1101", '"0b1101"', id="a-binary-number"),
        pytest.param("2026-03-09", '"2026-03-09"', id="a-day"),
        pytest.param("null", '"null"', id="null"),
        pytest.param("True", '"True"', id="true"),
        pytest.param("NO", '"NO"', id="a-norwegian"),
        pytest.param("", '""', id="nothing"),
        pytest.param('say "a\\b"', '"say \\"a\\\\b\\""', id="quotes"),
        pytest.param("a\nb\tc\rd", '"a\\nb\\tc\\rd"', id="lines"),
        pytest.param("a\x1b\x7f\u202e\U000e0001", '"a\\x1B\\x7F\\u202E\\U000E0001"', id="not-shown"),
        pytest.param("a" * 200, "a" * 200, id="long"),
        pytest.param("a" * 201, '"' + "a" * 201 + '"', id="longer"),
    ],
)
def test_a_text(text: str, written: str) -> None:
    assert scalar(text) == written
    root, problems = read(written.encode(), "x", Budget())
    assert (root and root.value, problems) == (text, [])


def test_a_comment_stays_on_its_line() -> None:
    assert shown("a\nb\u202e ü") == "a\\nb\\u202e ü"


def test_a_review_whole() -> None:
    review = PostIncidentReview.model_validate(
        {
            "incident_id": "T-1",
            "severity": "Sev 2",
            "customers_impacted": "At least 3",
            "business_impact": {"text": "Lost sales", "amount": 12000.5, "currency": "EUR"},
            "timeline": ["14:23 - First report", "14:30 - a, b"],
            "root_cause": {"what_happened": "It broke", "why_not_caught": "No test"},
            "contributing_factors": [],
            "action_items": [
                "Test it",
                "Watch it [Owner: SRE] [Due: 2026-03-09]",
                {"text": "a, b [Owner: c]", "for": "acme", "kind": "promise", "state": "done", "id": "A1"},
                {"text": "Ends [Owner: so]"},
            ],
            "similar_incidents": ["7"],
            "more": {"a": [1, True, None, "x, y", 0.5], "b,": {}},
        }
    )
    comments = {
        "incident_id": ("one", "two\nlines"),
        "root_cause": ("of all",),
        "root_cause.why_not_caught": ("of one",),
        "timeline[1]": ("of an item",),
        "nothing": ("never shown",),
    }

    assert (
        review_yaml(review, comments)
        == """\
post_incident_review:
  # one
  # two\\nlines
  incident_id: T-1
  severity: Sev 2
  customers_impacted: at least 3
  business_impact: {text: Lost sales, amount: 12000.5, currency: EUR}

  timeline:
    - "14:23 - First report"
    # of an item
    - "14:30 - a, b"

  # of all
  root_cause:
    what_happened: It broke
    # of one
    why_not_caught: No test

  contributing_factors: []

  action_items:
    - Test it
    - {text: Watch it, owner: SRE, due: "2026-03-09"}
    - {text: "a, b [Owner: c]", state: done, kind: promise, for: acme, id: A1}
    - {text: "Ends [Owner: so]"}

  similar_incidents:
    - "7"

  more: {a: [1, true, null, "x, y", 0.5], "b,": {}}
"""
    )
    assert back(review, comments) == review


@pytest.mark.parametrize(("amount", "written"), [(1e22, "1.0e+22"), (1e-7, "1.0e-7"), (1.5e22, "1.5e+22"), (7, "7")])
def test_a_number_is_one_to_older_readers_too(amount: float, written: str) -> None:
    review = PostIncidentReview.model_validate({"business_impact": {"text": "Lost", "amount": amount}})

    assert f"amount: {written}" in review_yaml(review)
    assert back(review) == review


def test_an_item_that_would_be_read_otherwise_is_written_in_brackets() -> None:
    review = PostIncidentReview.model_validate({"action_items": [{"text": "a [Owner: b]", "id": None}]})

    assert '- {text: "a [Owner: b]"}' in review_yaml(review)
    assert back(review) == review


def test_one_part_alone() -> None:
    assert review_yaml(PostIncidentReview.model_validate({"severity": 1})) == (
        "post_incident_review:\n  severity: Sev 1\n"
    )
    assert review_yaml(PostIncidentReview(timeline=["a"])) == "post_incident_review:\n  timeline:\n    - a\n"


def test_nothing_at_all() -> None:
    assert review_yaml(PostIncidentReview()) == "post_incident_review: {}\n"
    assert back(PostIncidentReview()) == PostIncidentReview()


def test_hostile_texts_come_back_as_they_were() -> None:
    texts = [HOSTILE, HOSTILE * 3, "x" * 1_000_000]
    review = PostIncidentReview.model_validate(
        {
            "incident_id": HOSTILE,
            "business_impact": HOSTILE,
            "timeline": texts,
            "root_cause": {"what_happened": HOSTILE},
            "action_items": [{"text": text, "owner": HOSTILE} for text in texts],
            "more": {"a": texts},
        }
    )

    found = back(review, {"timeline": texts, "incident_id": texts})
    assert found == review
    assert review_yaml(found).isascii() or all(c.isprintable() or c == "\n" for c in review_yaml(found))
