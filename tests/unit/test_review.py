"""A review read: every part typed, every problem with its place."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from sevclass.insight.review import ActionItem, BusinessImpact, PostIncidentReview, ReviewFile, of_text
from sevclass.insight.review_reading import ReadReview, read_review
from sevclass.insight.review_yaml import review_yaml
from tests.unit.incidents import event, opened, state

TEMPLATE = """\
post_incident_review:
  incident_id: INC-12345
  severity: Sev 1
  duration: 3 hours 42 minutes
  customers_impacted: 87
  business_impact: $estimated_revenue_loss

  timeline:
    - "14:23 - First word from a customer"
    - "14:52 - Cause found: no connections left"

  root_cause:
    what_happened: "The pool of connections ran out"
    why_happened: "A change leaked connections"
    why_not_caught: "The load test had too few users"

  contributing_factors:
    - The threshold of the alert was too high

  what_went_well:
    - Found fast

  what_went_poorly:
    - The first guess was wrong

  action_items:
    - "Watch the pool [Owner: SRE]"
    - "Update the runbook [Owner: Escalation-manager]"

  prevention_confidence: High
  similar_incidents: [INC-11203, INC-9876]
"""


def read(text: str, id_: str | None = None) -> ReadReview:
    found = read_review(text.encode(), "r.yaml", id_)
    assert isinstance(found, ReadReview), found
    return found


def told(text: str, id_: str | None = None) -> list[str]:
    found = read_review(text.encode(), "r.yaml", id_)
    assert isinstance(found, list)
    return [str(problem).split("\n")[0] for problem in found]


def test_the_template_is_read() -> None:
    review = read(TEMPLATE).review

    assert review.severity == 1
    assert review.customers == (87, False)
    assert review.business_impact == BusinessImpact(text="$estimated_revenue_loss")
    assert review.prevention_confidence == "high"
    assert review.similar_incidents == ["INC-11203", "INC-9876"]
    assert [(item.text, item.owner) for item in review.action_items or ()] == [
        ("Watch the pool", "SRE"),
        ("Update the runbook", "Escalation-manager"),
    ]
    assert review.more == {}


def test_the_template_comes_out_again() -> None:
    found = read(TEMPLATE)

    assert read(review_yaml(found.review)).review == found.review
    assert found.review.shape() == {
        "incident_id": "INC-12345",
        "severity": "Sev 1",
        "duration": "3 hours 42 minutes",
        "customers_impacted": 87,
        "business_impact": "$estimated_revenue_loss",
        "timeline": ["14:23 - First word from a customer", "14:52 - Cause found: no connections left"],
        "root_cause": {
            "what_happened": "The pool of connections ran out",
            "why_happened": "A change leaked connections",
            "why_not_caught": "The load test had too few users",
        },
        "contributing_factors": ["The threshold of the alert was too high"],
        "what_went_well": ["Found fast"],
        "what_went_poorly": ["The first guess was wrong"],
        "action_items": [
            {"text": "Watch the pool", "owner": "SRE"},
            {"text": "Update the runbook", "owner": "Escalation-manager"},
        ],
        "prevention_confidence": "high",
        "similar_incidents": ["INC-11203", "INC-9876"],
    }


@pytest.mark.parametrize(
    ("given", "severity"),
    [("Sev 1", 1), ("1", 1), (2, 2), ("SEV-3", 3), ("severity 4", 4), ("sev12", 12), (" Sev 1 ", 1)],
)
def test_a_severity(given: Any, severity: int) -> None:  # noqa: ANN401
    review = PostIncidentReview.model_validate({"severity": given})
    assert (review.severity, review.shape()) == (severity, {"severity": f"Sev {severity}"})


@pytest.mark.parametrize(
    ("given", "kept", "customers"),
    [
        pytest.param(0, 0, (0, False), id="none"),
        pytest.param("87", 87, (87, False), id="as-text"),
        pytest.param("At Least 12", "at least 12", (12, True), id="at-least"),
        pytest.param("[… how many …]", "[… how many …]", None, id="a-gap"),
    ],
)
def test_customers(given: Any, kept: Any, customers: tuple[int, bool] | None) -> None:  # noqa: ANN401
    review = PostIncidentReview.model_validate({"customers_impacted": given})
    assert (review.customers_impacted, review.customers) == (kept, customers)


def test_an_action_item_of_every_kind() -> None:
    items = (
        read(
            "action_items:\n"
            "  - {action: a, due: '2026-03-09'}\n"
            "  - {text: b, due: '2026-03-09T10:00:00+01:00', state: done, kind: promise, for: acme, id: A1}\n"
            "  - {text: c, due: '[… by when …]', owner: '[… who …]'}\n"
            "  - 'd [due: 2026-03-10] [OWNER: ann]'\n"
        ).review.action_items
        or []
    )

    assert [item.due for item in items] == [
        date(2026, 3, 9),
        datetime(2026, 3, 9, 9, tzinfo=UTC),
        "[… by when …]",
        date(2026, 3, 10),
    ]
    _, second, *_ = items
    assert (second.state, second.kind, second.for_, second.id) == ("done", "promise", "acme", "A1")
    assert [item.model_dump(mode="json", exclude_none=True).get("due") for item in items] == [
        *("2026-03-09", "2026-03-09T09:00:00Z", "[… by when …]", "2026-03-10")
    ]


def test_actions_are_events_without_what_is_still_a_gap() -> None:
    found = read(
        "action_items:\n"
        "  - {text: a, due: '[… by when …]', owner: TBD}\n"
        "  - '[… what is to be done …]'\n"
        "  - {text: b, kind: request, state: done, owner: ann}\n"
    )
    assert found.actions == [
        {"kind": "prevention", "text": "a"},
        {"kind": "request", "text": "b", "state": "done", "owner": "ann"},
    ]
    assert read("{}").actions == []


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        pytest.param("a", {"text": "a"}, id="bare"),
        pytest.param("a [Owner: b c ] ", {"text": "a", "owner": "b c"}, id="owner"),
        pytest.param("a [Owner: b] [Owner: c]", {"text": "a", "owner": "c"}, id="the-last-counts"),
        pytest.param("a [Owner: b] c", {"text": "a [Owner: b] c"}, id="not-at-the-end"),
        pytest.param("a [Owner: ]", {"text": "a [Owner: ]"}, id="no-owner"),
        pytest.param("[Owner: b]", {"text": "", "owner": "b"}, id="no-text"),
        pytest.param("x" * 5_000 + " [Due: y]", {"text": "x" * 5_000, "due": "y"}, id="long"),
    ],
)
def test_brackets_at_the_end(text: str, fields: dict[str, str]) -> None:
    assert of_text(text) == fields


def test_brackets_are_looked_for_in_no_time() -> None:
    text = "a" + " " * 1_000_000 + "[Owner: b"
    assert of_text(text) == {"text": text}


def test_numbers_stand_for_themselves_where_a_text_belongs() -> None:
    review = read(
        "incident_id: 0012\nduration: 90\nbusiness_impact: 1e3\ntimeline: [7, true]\nroot_cause: {what_happened: 3}\n"
        "similar_incidents: [9876]\n"
    ).review

    assert review.shape() == {
        "incident_id": "0012",
        "duration": "90",
        "business_impact": "1e3",
        "timeline": ["7", "true"],
        "root_cause": {"what_happened": "3"},
        "similar_incidents": ["9876"],
    }


def test_an_amount_is_a_number() -> None:
    impact = read("business_impact: {text: 3, amount: 12000, currency: EUR}").review.business_impact
    assert impact == BusinessImpact(text="3", amount=12000, currency="EUR")
    assert impact is not None
    assert impact.model_dump() == {"text": "3", "amount": 12000, "currency": "EUR"}


def test_what_is_the_teams_own_is_kept() -> None:
    review = read("summary: {a: [1, null]}\nseverity:\n").review
    assert review.more == {"summary": {"a": [1, None]}}
    assert review.shape() == {"summary": {"a": [1, None]}}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("", "r.yaml: is empty; name what is to be done, or `{}`", id="empty"),
        pytest.param("a: [", "r.yaml:1:5: expected a value", id="no-yaml"),
        pytest.param("- a", "r.yaml:1:1: a list is not a review; as `action_items: […]`", id="a-list"),
        pytest.param("severity: high", "r.yaml:1:11: `high` is not a severity; as `Sev 1`", id="severity"),
        pytest.param("severity: 1.0", "r.yaml:1:11: 1.0 is not a severity; as `Sev 1`", id="a-broken-severity"),
        pytest.param("severity: true", "r.yaml:1:11: true is not a severity; as `Sev 1`", id="a-true-severity"),
        pytest.param(
            "customers_impacted: many",
            "r.yaml:1:21: `many` is not a number of customers; as `87`, or `at least 87` where more is unknown",
            id="customers",
        ),
        pytest.param(
            "customers_impacted: -1",
            "r.yaml:1:21: -1 is not a number of customers; as `87`, or `at least 87` where more is unknown",
            id="fewer-than-none",
        ),
        pytest.param(
            "prevention_confidence: 3",
            "r.yaml:1:24: 3 is not `low`, `medium` or `high`; how sure you are that it stays away",
            id="confidence",
        ),
        pytest.param("duration: [a]", "r.yaml:1:11: a list is not text", id="a-list-for-text"),
        pytest.param(
            "timeline: [{a: b}]",
            "r.yaml:1:12: a mapping is not text; put it in double quotes if it has a colon",
            id="a-line-with-a-colon",
        ),
        pytest.param("timeline: a", "r.yaml:1:11: `a` is not a list; write `- ` before each", id="no-list"),
        pytest.param(
            "timeline: ['']", "r.yaml:1:12: the text is empty; write something, or leave it out", id="nothing"
        ),
        pytest.param("timeline: [null]", "r.yaml:1:12: null is not text", id="null"),
        pytest.param("root_cause: a", "r.yaml:1:13: `a` is not a mapping; name each part", id="no-mapping"),
        pytest.param(
            "root_cause: {why: a}",
            "r.yaml:1:14: unknown key `why`; one of `what_happened`, `why_happened`, `why_not_caught`",
            id="unknown-part",
        ),
        pytest.param(
            "root_cause: {why_hapened: a}",
            "r.yaml:1:14: unknown key `why_hapened`; did you mean `why_happened`?",
            id="misspelt-part",
        ),
        pytest.param("business_impact: {amount: 3}", "r.yaml:1:18: missing key `text`", id="an-amount-of-what"),
        pytest.param(
            "business_impact: {text: a, amount: -3}", "r.yaml:1:36: -3 is out of range; it is at least 0", id="amount"
        ),
        pytest.param(
            "business_impact: {text: a, currency: eur}",
            "r.yaml:1:38: `eur` is not a currency; three letters, as `EUR`",
            id="currency",
        ),
        pytest.param("business_impact: {text: a, amount: b}", "r.yaml:1:36: `b` is not a whole number", id="no-amount"),
        pytest.param("business_impact: [a]", "r.yaml:1:18: a list is not a mapping; name each part", id="impact"),
        pytest.param(
            "action_items: [{text: a, state: opn}]",
            "r.yaml:1:33: state: `opn` does not fit; it is `open`, `done` or `dropped`",
            id="state",
        ),
    ],
)
def test_what_is_no_review(text: str, problem: str) -> None:
    assert told(text)[0] == problem


def test_every_problem_is_told_in_the_order_of_the_file() -> None:
    text = "action_items: [3]\nseverity: a\nincident_id: b\nroot_cause: c\naction_itms: 1\n"
    assert [line.split(": ")[0] for line in told(text, "T-1")] == [
        *("r.yaml:1:16", "r.yaml:2:11", "r.yaml:3:14", "r.yaml:4:13")
    ]


def test_the_review_of_another_incident() -> None:
    assert told("incident_id: T-18", "T-17") == [
        "r.yaml:1:14: it is the review of `T-18`, not of `T-17`; name the review of this incident"
    ]
    for text in ("incident_id: T-17", "incident_id:", "incident_id: '[… which …]'", "{}"):
        read(text, "T-17")


def test_where_parts_stand() -> None:
    found = read("post_incident_review:\n  timeline:\n    - a\n  severity:\n")

    assert found.at("timeline", 0).place == "r.yaml:3:7"
    assert found.key_at("severity").place == "r.yaml:4:3"
    assert found.key_at("duration").place == found.node.place == "r.yaml:2:3"
    assert (found.has("severity"), found.has("duration")) == (True, False)


@pytest.mark.parametrize(
    ("text", "is_block"),
    [("a: 1", True), ("# {\na: 1", True), (" \n# a\r\n {}", False), ('{"a": 1}', False), ("\ufeff{}", False)],
)
def test_whether_it_is_written_line_by_line(text: str, is_block: bool) -> None:  # noqa: FBT001
    assert read(text).is_block is is_block


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert read("\ufeffa: 1").text == "a: 1"


def test_an_action_of_a_log() -> None:
    found = state(
        opened(impact="bad"),
        event(1, "action", id="A1", text="Test it", owner="ann", due="2026-03-09"),
        event(2, "action", id="A2", text="Say sorry") | {"kind": "promise", "for": "acme"},
        event(3, "action", id="A3"),
        now=5,
    )
    assert [ActionItem.of(action) for action in found.actions] == [
        ActionItem(text="Test it", owner="ann", due=date(2026, 3, 9), state="open", id="A1"),
        ActionItem.model_validate({"text": "Say sorry", "state": "open", "kind": "promise", "for": "acme", "id": "A2"}),
        None,
    ]


def test_it_is_frozen() -> None:
    review = PostIncidentReview()
    with pytest.raises(ValidationError):
        review.severity = 3


def test_the_schema_tells_how_a_file_may_be_written() -> None:
    schema = ReviewFile.model_json_schema()

    assert schema["required"] == ["post_incident_review"]
    parts = schema["$defs"]["PostIncidentReview"]["properties"]
    assert list(parts) == list(PostIncidentReview.model_fields)
    assert parts["severity"]["anyOf"] == [{"type": "integer"}, {"type": "string"}, {"type": "null"}]
    assert parts["business_impact"]["anyOf"][:2] == [{"type": "string"}, {"$ref": "#/$defs/BusinessImpact"}]
    assert parts["action_items"]["anyOf"][0]["items"]["anyOf"] == [
        {"type": "string"},
        {"$ref": "#/$defs/ActionItem"},
    ]
    assert "for" in schema["$defs"]["ActionItem"]["properties"]
