"""What happened, as the lines of a review's timeline."""

from __future__ import annotations

import pytest

from sevclass import Pack, load_pack
from sevclass.incident.events import KINDS
from sevclass.insight.extent import extent
from sevclass.insight.happenings import _LEFT_OUT, _SAID, Words, clock, timeline
from tests import outage
from tests.unit.incidents import DOCUMENT, OPENED, PACK, Data, at, event, facts, opened, override, pack_with, state


def lines(*events: Data, now: float = 10_000, pack: Pack = PACK, issues: dict[str, str] | None = None) -> list[str]:
    found = state(*events, now=now, pack=pack)
    return timeline(found, extent(found, pack), Words.of(pack, issues or {}))


def test_the_payments_outage() -> None:
    found = outage.state_of()

    assert timeline(found, extent(found, load_pack()), Words.of(load_pack(), outage.ISSUES)) == [
        (
            "14:23 - First report: Payments fail; Sev 1 Critical (The live system does not work at all; "
            "Two or more enterprise customers are affected)"
        ),
        "14:28 - Acknowledged",
        "14:28 - War room opened, #inc-12345",
        "14:30 - executive-team told",
        "14:31 - vp-customer-support told",
        "14:35 - engineering-on-call: kim",
        "14:40 - Became known: enterprise_customers 12, tier_2_3_customers 30, other_customers 45",
        "14:50 - Update sent to customers",
        (
            "14:52 - Cause found: performance (The product was too slow, or ran out of something); "
            "known issue KI-9: The pool of database connections runs out under load"
        ),
        "15:30 - Mitigated: Fix deployed to production",
        "15:58 - Update sent to customers",
        "16:15 - All customers confirmed restored",
        "16:50 - Update sent to customers",
        "17:45 - Update sent to customers",
        "18:05 - Resolved: Monitoring confirmed stable",
    ]


def test_the_opening() -> None:
    assert lines(opened()) == ["09:00 - First report; Sev 3 Low"]
    assert lines(opened(impact="poor", lost=True) | {"title": "So"}) == [
        "09:00 - First report: So; Sev 1 High (Data is lost)"
    ]


@pytest.mark.parametrize(
    ("happened", "line"),
    [
        pytest.param(event(1, "acknowledged"), "Acknowledged", id="acknowledged"),
        pytest.param(event(1, "acknowledged", note="by phone"), "Acknowledged: by phone", id="noted"),
        pytest.param(event(1, "mitigated"), "Mitigated", id="mitigated"),
        pytest.param(event(1, "fixed"), "Fixed for good", id="fixed"),
        pytest.param(facts(1, shops=2), "Became known: shops 2", id="facts"),
        pytest.param(facts(1, "monitoring", lost=False), "Became known: lost false (from monitoring)", id="a-source"),
        pytest.param(facts(1, shops=None), "Became known: shops unknown again", id="taken-back"),
        pytest.param(
            facts(1, shops=2) | {"customers": ["a", "b"]},
            "Became known: shops 2, customer a, customer b",
            id="customers",
        ),
        pytest.param(facts(1), "Became known: nothing new", id="nothing"),
        pytest.param(
            facts(1, impact="bad"),
            "Became known: impact bad; Sev 1 High, was Sev 2 (It is bad)",
            id="worse",
        ),
        pytest.param(
            facts(1, impact="fine"),
            "Became known: impact fine; Sev 3 Low, was Sev 2",
            id="milder",
        ),
        pytest.param(override(1, 2), "Severity decided: Sev 2, by ann: so it is", id="override"),
        pytest.param(
            override(1, 1),
            "Severity decided: Sev 1, by ann: so it is; Sev 1 High, was Sev 2",
            id="override-that-counts",
        ),
        pytest.param(override(1, None), "Override lifted, by ann: so it is", id="lifted"),
        pytest.param(event(1, "update_sent"), "Update sent to customers", id="update"),
        pytest.param(event(1, "update_sent", audience="internal"), "Update sent to internal", id="internal"),
        pytest.param(
            event(1, "update_sent", customer="acme", next=at(70)),
            "Update sent to customer acme, the next one promised for 10:10",
            id="a-promise",
        ),
        pytest.param(event(1, "notified", role="lead"), "lead told", id="notified"),
        pytest.param(
            event(1, "notified", role="lead", about="resolution"), "lead told, of resolution", id="notified-about"
        ),
        pytest.param(event(1, "waiting"), "Waiting", id="waiting"),
        pytest.param(event(1, "waiting", on="the customer"), "Waiting for the customer", id="waiting-for"),
        pytest.param(event(1, "cause", category="x"), "Cause found: x", id="cause"),
        pytest.param(
            event(1, "cause", category="x", known_issue="K-1"), "Cause found: x; known issue K-1: It leaks", id="issue"
        ),
        pytest.param(
            event(1, "cause", category="x", known_issue="K-2"), "Cause found: x; known issue K-2", id="an-issue-unknown"
        ),
        pytest.param(event(1, "assigned", role="lead", person="kim"), "lead: kim", id="assigned"),
        pytest.param(event(1, "assigned", role="lead", person=None), "lead: nobody any more", id="nobody"),
        pytest.param(event(1, "decided", text="Roll back"), "Decided: Roll back", id="decided"),
        pytest.param(event(1, "note", text="It is the pool"), "It is the pool", id="note"),
        pytest.param(event(1, "war_room", state="open"), "War room opened", id="war-room"),
        pytest.param(event(1, "war_room", state="closed", channel="#a"), "War room closed, #a", id="war-room-closed"),
    ],
)
def test_an_event(happened: Data, line: str) -> None:
    assert lines(opened(impact="poor"), happened, issues={"K-1": "It leaks"})[1:] == [f"09:01 - {line}"]


def test_a_cause_in_the_words_of_the_pack() -> None:
    pack = pack_with(causes={"leak": "It leaked"})
    assert lines(opened(), event(1, "cause", category="leak"), pack=pack)[1:] == [
        "09:01 - Cause found: leak (It leaked)"
    ]


def test_waits_end_and_incidents_reopen() -> None:
    happened = [
        *(event(1, "waiting", on="acme"), event(2, "resumed", on="acme"), event(3, "waiting"), event(4, "resumed")),
        *(event(5, "resolved"), event(6, "reopened"), event(7, "resolved", note="now it is")),
    ]
    assert lines(opened(), *happened)[1:] == [
        "09:01 - Waiting for acme",
        "09:02 - No longer waiting for acme",
        "09:03 - Waiting",
        "09:04 - No longer waiting",
        "09:05 - Resolved",
        "09:06 - Reopened",
        "09:07 - Resolved: now it is",
    ]


def test_what_is_no_part_of_how_it_went_is_left_out() -> None:
    happened = [
        *(event(1, "action", text="a"), event(2, "satisfaction", score=4), event(3, "step", item="b")),
        *(event(4, "note", text="gone", id="n"), event(5, "struck", entry="n", reason="wrong")),
        *(event(6, "resolved"), event(6, "note", text="at once"), event(7, "note", text="later")),
        *(event(8, "decided", text="Keep it"), event(9, "reviewed"), event(10, "fixed"), event(11, "closed")),
    ]
    assert lines(opened(), *happened)[1:] == [
        "09:06 - Resolved",
        "09:06 - at once",
        "09:08 - Decided: Keep it",
        "09:10 - Fixed for good",
    ]


def test_every_kind_of_event_is_told_or_left_out() -> None:
    assert _SAID.keys() | _LEFT_OUT == KINDS.keys()
    assert not _SAID.keys() & _LEFT_OUT


def test_the_day_stands_where_it_is_another() -> None:
    assert clock(OPENED, OPENED) == "09:00"
    assert clock(at(0.99), OPENED) == "09:00"
    assert clock(at(15 * 60), OPENED) == "2026-03-03 00:00"
    assert lines(opened(), event(24 * 60, "note", text="still"))[1:] == ["2026-03-03 09:00 - still"]


def test_a_pack_without_criteria() -> None:
    pack = pack_with(criteria={})
    assert DOCUMENT["criteria"]
    assert lines(opened(impact="bad"), pack=pack) == ["09:00 - First report; Sev 3 Low"]
