"""A draft of the review: what the log knows, and gaps for the rest."""

from __future__ import annotations

from typing import Any

from sevclass import load_pack
from sevclass.insight.gaps import has_gap
from sevclass.insight.review import PostIncidentReview
from sevclass.insight.review_draft import Draft, draft
from sevclass.insight.similar import Similar
from tests import outage
from tests.unit.incidents import PACK, Data, at, event, facts, opened, pack_with, state

FOUND = (
    Similar(id="INC-11203", title="Checkout is down", known_issue="KI-9", cause="performance", facts={}),
    Similar(id="INC-9876", title=None, known_issue=None, cause=None, facts={"functionality": "major"}),
)
OUTAGE = """\
post_incident_review:
  # Fill what stands in `[… …]`, and look with `sevclass review check` at what is still missing.
  # Title: Payments fail
  incident_id: INC-12345
  # The worst that was in force: Sev 1 Critical
  severity: Sev 1
  duration: 3 hours 42 minutes
  customers_impacted: 87
  # What did it cost: revenue, work, trust? `{text: …, amount: 12000, currency: EUR}` if known.
  # The log has: The live system does not work at all; Two or more enterprise customers are affected
  business_impact: "[… what it meant for the business …]"

  # In UTC, as the log has it.
  timeline:
"""
AFTER_TIMELINE = """\

  root_cause:
    # What exactly broke?
    what_happened: "[… what happened …]"
    # Why could that happen? Ask again of each answer, until something can be changed.
    why_happened: "The log has: performance (The product was too slow, or ran out of something); known issue KI-9. \
[… why it happened …]"
    # Which check should have found it before the customers did, and why did it not?
    why_not_caught: "[… why it was not caught before …]"

  # What made it more likely, or worse, or longer?
  contributing_factors:
    - "[… what contributed to it …]"

  # What should be done the same way again?
  what_went_well:
    - "Initial response in time: 14:28, limit 14:38"
    - "Word to executive-team in time: 14:30, limit 14:38"
    - "Word to vp-customer-support in time: 14:31, limit 14:38"
    - "Resolution in time: 18:05, limit 18:23"

  # What cost time, or trust? Name what is to be changed, not who did it.
  what_went_poorly:
    - "Update to customers late: sent 15:58, limit 15:50"

  # What keeps it from happening again? Each with an owner and a day.
  action_items:
    - {text: Watch the pool of connections, owner: SRE, due: "2026-03-09", state: open, id: A1}
    - {text: Look for leaks of connections, owner: "[… who does it …]", due: "[… by which day …]", state: open, id: A2}

  # How sure are you that it stays away once that is done: low, medium or high?
  prevention_confidence: "[… low, medium or high …]"

  # Proposed; take out what is not like it.
  similar_incidents:
    # Checkout is down: same known issue KI-9; same cause performance
    - INC-11203
    # both functionality major or worse
    - INC-9876
"""

NOTHING_TO_DO = {"text": "[… what is to be done …]", "owner": "[… who does it …]", "due": "[… by which day …]"}


def of(*events: Data, now: float = 10_000) -> PostIncidentReview:
    return drafted(*events, now=now).review


def drafted(*events: Data, now: float = 10_000, **more: Any) -> Draft:
    return draft(state(*events, now=now), PACK, **more)


def test_the_payments_outage() -> None:
    text = draft(outage.state_of(), load_pack(), FOUND).text
    head, timeline, tail = text[: len(OUTAGE)], text[len(OUTAGE) : -len(AFTER_TIMELINE)], text[-len(AFTER_TIMELINE) :]

    assert (head, tail) == (OUTAGE, AFTER_TIMELINE)
    assert [line[7:12] for line in timeline.splitlines()] == [
        *("14:23", "14:28", "14:28", "14:30", "14:31", "14:35", "14:40", "14:50", "14:52", "15:30", "15:58", "16:15"),
        *("16:50", "17:45", "18:05"),
    ]


def test_the_titles_of_known_issues() -> None:
    review = draft(outage.state_of(), load_pack(), known_issues=outage.ISSUES).review
    assert review.root_cause is not None
    assert review.root_cause.why_happened == (
        "The log has: performance (The product was too slow, or ran out of something); known issue KI-9: "
        "The pool of database connections runs out under load. [… why it happened …]"
    )


def test_what_the_log_does_not_know_is_a_gap() -> None:
    review = of(opened(), now=1)

    assert review.shape() == {
        "incident_id": "[… the id of the incident …]",
        "severity": "Sev 3",
        "duration": "[… how long it took: it is not resolved yet …]",
        "customers_impacted": "[… how many customers …]",
        "business_impact": "[… what it meant for the business …]",
        "timeline": ["09:00 - First report; Sev 3 Low"],
        "root_cause": {
            "what_happened": "[… what happened …]",
            "why_happened": "[… why it happened …]",
            "why_not_caught": "[… why it was not caught before …]",
        },
        "contributing_factors": ["[… what contributed to it …]"],
        "what_went_well": ["[… what went well …]"],
        "what_went_poorly": ["[… what went poorly …]"],
        "action_items": [NOTHING_TO_DO],
        "prevention_confidence": "[… low, medium or high …]",
        "similar_incidents": [],
    }
    assert has_gap(str(review.duration))


def test_its_comments_where_nothing_is_known() -> None:
    text = drafted(opened(), now=1).text

    assert "  # Title" not in text
    assert "  # The log has" not in text
    assert "  # Which earlier incidents were like it? None was found.\n  similar_incidents: []\n" in text


def test_customers_of_whom_a_part_is_unknown() -> None:
    assert of(opened() | {"customers": ["a", "b"]}).customers_impacted == "at least 2"


def test_the_criteria_of_the_worst_severity_that_the_facts_gave() -> None:
    text = drafted(opened(impact="poor"), facts(1, impact="bad"), facts(2, lost=True), facts(3, impact="fine")).text
    assert "  # The log has: It is bad; Data is lost\n" in text


def test_clocks_that_were_kept_and_clocks_that_were_not() -> None:
    review = of(
        opened(impact="bad"),
        event(20, "acknowledged"),
        event(40, "notified", role="chief"),
        event(70, "update_sent"),
        event(200, "update_sent"),
        event(300, "resolved"),
        event(310, "reviewed"),
    )
    assert review.what_went_well == ["Initial response in time: 09:20, limit 09:30"]
    assert review.what_went_poorly == [
        "Word to chief late: 09:40, limit 09:30",
        "Update to customers late: sent 10:10, limit 10:00",
        "Update to customers late: sent 12:20, limit 11:10",
        "Update to customers late: not sent, limit 13:20",
        "Resolution late: 14:00, limit 13:00",
    ]


def test_clocks_that_are_still_late() -> None:
    review = of(opened(impact="bad"), now=10 * 60)
    assert review.what_went_poorly == [
        "Initial response late: not done, limit 09:30",
        "Word to chief late: not done, limit 09:30",
        "Update to customers late: not sent, limit 10:00",
        "Resolution late: not done, limit 13:00",
    ]


def test_a_limit_that_was_passed_before_it_was_put_off() -> None:
    review = of(opened(impact="bad"), facts(250, impact="fine"), event(260, "resolved"))
    assert (review.what_went_poorly or [])[-1] == "Resolution late: 13:20, limit 13:00"


def test_a_limit_that_an_event_put_into_the_past() -> None:
    pack = pack_with(clocks_start="opening")
    found = state(opened(impact="poor"), facts(300, lost=True), event(301, "resolved"), now=400, pack=pack)
    assert (draft(found, pack).review.what_went_poorly or [])[-1] == "Resolution late: 14:01, limit 13:00"


def test_updates_that_all_came_in_time() -> None:
    first = [opened(impact="bad"), event(10, "update_sent"), event(20, "update_sent", audience="internal")]

    assert (of(*first, event(30, "resolved")).what_went_well or [])[-1] == "1 update to customers, none of them late"
    more = [*first, event(60, "update_sent"), event(70, "resolved")]
    assert (of(*more).what_went_well or [])[-1] == "2 updates to customers, none of them late"


def test_updates_that_nobody_owed_prove_nothing() -> None:
    assert of(opened(), event(10, "update_sent"), event(20, "resolved")).what_went_well == [
        "Resolution in time: 09:20, limit 2026-03-06 09:00"
    ]


def test_actions_of_the_log() -> None:
    review = of(
        opened(),
        event(1, "action", id="A1", text="Test it", owner="ann", due="2026-03-09"),
        event(2, "action", id="A2", text="Watch it"),
        event(3, "action", id="A3", text="Tell them", owner="bob"),
        event(4, "action", id="A2", state="done"),
        event(5, "action", id="A4"),
    )
    assert review.shape()["action_items"] == [
        {"text": "Test it", "owner": "ann", "due": "2026-03-09", "state": "open", "id": "A1"},
        {"text": "Watch it", "owner": "[… who does it …]", "state": "done", "id": "A2"},
        {"text": "Tell them", "owner": "bob", "due": "[… by which day …]", "state": "open", "id": "A3"},
    ]


def test_promises_to_customers_are_no_action_items() -> None:
    promise = event(1, "action", text="Write", id="P1", due="2026-03-02") | {"kind": "promise"}
    assert of(opened(), promise).shape()["action_items"] == [NOTHING_TO_DO]


def test_actions_without_a_text_are_none() -> None:
    assert of(opened(), event(1, "action", id="A1")).shape()["action_items"] == [NOTHING_TO_DO]


def test_a_draft_up_to_an_instant() -> None:
    events = [opened(impact="bad"), event(10, "resolved"), event(20, "reopened"), event(60, "resolved")]

    assert of(*events, now=15).duration == "10 minutes"
    assert of(*events, now=30).duration == "[… how long it took: it is not resolved yet …]"
    assert of(*events).duration == "1 hour"
    assert at(60).hour == 10
