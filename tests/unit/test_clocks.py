"""The clocks of an incident, worked out by hand: starts, figures, ends, pauses and states at their edges."""

from __future__ import annotations

import pytest

from sevclass import Pack
from sevclass.incident.readings import Clock
from tests.strategies import load
from tests.unit.incidents import Data, at, clock, event, facts, opened, override, pack_with, state

POOR, BAD = opened(impact="poor"), opened(impact="bad")


def instants(found: Clock) -> tuple[float | None, float | None]:
    """`due` and `limit_at`, in minutes after the opening."""
    due, limit_at = ((one - at(0)).total_seconds() / 60 if one else None for one in (found.due, found.limit_at))
    return due, limit_at


def read(*events: Data, now: float, kind: str, role: str | None = None, pack: Pack | None = None) -> Clock:
    return clock(state(*events, now=now, **({"pack": pack} if pack else {})), kind, role)


# The states, at their edges: the initial response at severity 2 aims at 60 and must not pass 120.


@pytest.mark.parametrize(
    ("now", "expected", "left_s"),
    [
        (0, "on_track", 7200),
        (59.99, "on_track", 3600),
        (60, "at_risk", 3600),
        (120, "at_risk", 0),
        (120 + 1e-6, "breached", -1),
    ],
)
def test_a_range_is_at_risk_from_its_target_on(now: float, expected: str, left_s: int) -> None:
    found = read(POOR, now=now, kind="initial_response")
    assert (found.state, found.left_s) == (expected, left_s)
    assert found.breached_at == (at(120) if expected == "breached" else None)


@pytest.mark.parametrize(
    ("now", "expected"), [(22.5, "on_track"), (22.6, "at_risk"), (30, "at_risk"), (31, "breached")]
)
def test_a_single_figure_is_at_risk_in_its_last_quarter(now: float, expected: str) -> None:
    assert read(BAD, now=now, kind="initial_response").state == expected


@pytest.mark.parametrize(("minute", "expected"), [(120, "met"), (121, "missed")])
def test_exactly_at_the_limit_is_met(minute: float, expected: str) -> None:
    found = read(POOR, event(minute, "acknowledged"), now=500, kind="initial_response")
    assert (found.state, found.done_at, found.left_s) == (expected, at(minute), None)
    assert instants(found) == (60, 120)
    assert found.breached_at == (at(120) if expected == "missed" else None)


@pytest.mark.parametrize("kind", ["acknowledged", "update_sent", "resolved"])
def test_the_first_answer_ends_the_initial_response(kind: str) -> None:
    found = read(POOR, event(10, kind), event(20, "update_sent"), event(200, "fixed"), now=300, kind="initial_response")
    assert (found.state, found.done_at) == ("met", at(10))


def test_word_to_others_does_not() -> None:
    found = read(POOR, event(10, "update_sent", audience="executives"), now=20, kind="initial_response")
    assert (found.state, found.done_at) == ("on_track", None)


def test_what_was_logged_after_the_limit_is_backdated() -> None:
    late = read(POOR, event(10, "acknowledged", logged_at=at(121)), now=200, kind="initial_response")
    early = read(POOR, event(10, "acknowledged", logged_at=at(120)), now=200, kind="initial_response")
    assert (late.state, late.backdated, early.backdated) == ("met", True, False)


@pytest.mark.parametrize("kind", ["acknowledged", "update_sent", "resolved"])
def test_whatever_answers_may_be_backdated(kind: str) -> None:
    found = read(POOR, event(10, kind, logged_at=at(121)), now=200, kind="initial_response")
    assert (found.state, found.backdated) == ("met", True)


def test_a_review_may_be_backdated() -> None:
    events = (BAD, event(10, "resolved"), event(20, "reviewed", logged_at=at(10 + 2881)))
    assert read(*events, now=9999, kind="review").backdated


def test_what_is_done_while_it_stands_still_is_judged_by_what_was_owed_then() -> None:
    pack = pack_with(pauses=["initial_response"])
    found = read(POOR, event(5, "waiting"), event(30, "acknowledged"), now=99, kind="initial_response", pack=pack)
    assert (found.state, instants(found)) == ("met", (30 + 55, 30 + 115))


# What is owed as the severity changes


def test_a_role_has_the_figures_of_those_for_whom_it_stands_in() -> None:
    sla = {"1": {"notify": {"chief": "30m"}}, "2": {"notify": {"lead": "1h", "aide": "10m"}}}
    pack = pack_with(sla=sla, covers={"chief": ["aide"], "lead": ["aide"]})
    events = (BAD, override(5, 2))
    for minute, role, limit in ((4, "chief", 10), (4, "lead", 10), (6, "lead", 10)):
        assert instants(read(*events, now=minute, kind="notification", role=role, pack=pack)) == (limit, limit)
    assert read(*events, now=6, kind="notification", role="chief", pack=pack).state == "not_owed"


def test_word_that_was_sent_while_it_stands_still_counts_for_what_begins_then() -> None:
    pack = pack_with(pauses=["notification"])
    events = (opened(), event(5, "waiting"), event(6, "notified", role="chief"), facts(90, impact="bad"))
    found = read(*events, now=95, kind="notification", role="chief", pack=pack)
    assert (found.state, found.done_at) == ("met", at(6))


def test_a_severity_keeps_its_start() -> None:
    # 2 from the start on, 1 at 100: 30 minutes from then, and 120 of the milder one.
    assert instants(read(POOR, facts(100, impact="bad"), now=100, kind="initial_response")) == (60, 120)
    assert instants(read(POOR, facts(80, impact="bad"), now=80, kind="initial_response")) == (60, 110)
    lowered = (BAD, facts(10, impact="poor"))
    assert instants(read(*lowered, now=10, kind="initial_response")) == (60, 120)
    assert instants(read(*lowered, facts(20, impact="bad"), now=20, kind="initial_response")) == (30, 30)


def test_a_limit_that_an_event_puts_into_the_past_is_breached_by_it() -> None:
    events = (BAD, facts(10, impact="poor"), facts(50, impact="bad"))
    found = read(*events, now=50, kind="initial_response")
    assert (found.state, found.breached_at, instants(found)) == ("breached", at(50), (30, 30))
    # One instant is long enough, and it is never forgotten.
    again = read(*events, facts(50, impact="poor"), event(55, "acknowledged"), now=60, kind="initial_response")
    assert (again.state, again.breached_at, instants(again)) == ("missed", at(50), (60, 120))


def test_what_is_done_is_judged_by_what_was_owed_then() -> None:
    found = read(POOR, event(100, "acknowledged"), facts(101, impact="bad"), now=200, kind="initial_response")
    assert (found.state, instants(found)) == ("met", (60, 120))


def test_what_ends_while_it_is_not_owed_is_not_owed_for_good() -> None:
    found = read(opened(), event(5, "acknowledged"), facts(10, impact="bad"), now=20, kind="initial_response")
    assert (found.state, found.done_at, instants(found)) == ("not_owed", None, (None, None))


# Notifications


def test_a_role_that_is_covered_is_told_with_its_cover() -> None:
    events = (POOR, facts(10, impact="bad"), event(15, "notified", role="chief"))
    found = state(*events, now=20)
    assert [(one.role, one.state) for one in found.clocks if one.clock == "notification"] == [
        ("chief", "met"),
        ("lead", "met"),
    ]


def test_a_role_that_is_not_named_any_more_is_not_owed() -> None:
    events = (BAD, facts(40, impact="fine"))
    found = state(*events, now=50)
    assert [(one.role, one.state, one.breached_at) for one in found.clocks if one.clock == "notification"] == [
        ("chief", "not_owed", at(30))
    ]
    back = clock(
        state(*events, facts(60, impact="bad"), event(61, "notified", role="chief"), now=70), "notification", "chief"
    )
    assert (back.state, back.breached_at) == ("missed", at(30))


def test_word_counts_if_it_came_at_most_the_limit_before() -> None:
    # The chief is owed word within 30 minutes once it is bad.
    for sent, told in ((9.99, False), (10, True), (40, True)):
        events = (opened(), event(sent, "notified", role="chief"), facts(40, impact="bad"))
        found = read(*events, now=41, kind="notification", role="chief")
        assert (found.state == "met", found.done_at) == (told, at(sent) if told else None)


def test_time_that_does_not_count_is_left_out_of_that() -> None:
    # From 5 to 40 nothing runs: so 10 minutes pass between the word and what it is of.
    events = (event(0, "opened"), event(1, "notified", role="chief"), event(5, "waiting"), event(40, "resumed"))
    paused = pack_with(pauses=["notification"])
    found = read(*events, facts(46, impact="bad"), now=46, kind="notification", role="chief", pack=paused)
    assert (found.state, found.done_at) == ("met", at(1))
    assert read(*events, facts(46, impact="bad"), now=46, kind="notification", role="chief").state != "met"
    later = read(*events, facts(67, impact="bad"), now=67, kind="notification", role="chief", pack=paused)
    assert later.state != "met"


def test_word_is_judged_by_what_is_owed_once_it_is() -> None:
    pack = pack_with(clocks_start="opening")
    events = (opened(), event(40, "notified", role="chief"), facts(50, impact="bad"))
    found = read(*events, now=50, kind="notification", role="chief", pack=pack)
    assert (found.state, found.done_at, found.breached_at, instants(found)) == ("missed", at(40), at(50), (30, 30))


def test_word_of_a_clock_is_no_word_of_the_incident() -> None:
    found = read(BAD, event(5, "notified", role="chief", about="resolution"), now=10, kind="notification", role="chief")
    assert found.done_at is None


@pytest.mark.parametrize(("minute", "expected"), [(30, "not_owed"), (31, "breached")])
def test_what_was_late_at_the_resolution_stays_so(minute: float, expected: str) -> None:
    found = read(BAD, event(minute, "resolved"), now=99, kind="notification", role="chief")
    assert found.state == expected
    after = read(
        BAD, event(minute, "resolved"), event(99, "notified", role="chief"), now=99, kind="notification", role="chief"
    )
    assert after.state == ("missed" if expected == "breached" else "not_owed")


def test_word_after_the_closing_ends_nothing() -> None:
    events = (BAD, event(31, "closed"))
    after = state(
        *events, event(40, "notified", role="chief"), event(41, "acknowledged"), event(42, "reviewed"), now=99
    )
    assert after.clocks == state(*events, now=99).clocks


def test_word_after_the_closing_counts_once_it_is_reopened() -> None:
    events = (BAD, event(10, "closed"), event(40, "notified", role="chief"), event(50, "reopened"))
    found = read(*events, now=60, kind="notification", role="chief")
    assert (found.state, found.done_at) == ("met", at(40))


# Updates


def test_an_update_begins_the_next_interval() -> None:
    found = read(BAD, event(20, "update_sent"), now=30, kind="status_update")
    assert (instants(found), found.state, found.late) == ((80, 80), "on_track", ())


def test_late_updates_are_listed_with_what_ended_them() -> None:
    events = (BAD, event(70, "update_sent"), event(140, "update_sent"))
    found = read(*events, now=150, kind="status_update")
    assert [(one.limit_at, one.done_at) for one in found.late] == [(at(60), at(70)), (at(130), at(140))]
    assert (found.breached_at, found.state) == (None, "on_track")
    running = read(*events, now=201, kind="status_update")
    assert (running.breached_at, running.late[-1].limit_at, running.late[-1].done_at) == (at(200), at(200), None)


def test_an_update_after_the_closing_has_ended_its_interval_once_it_is_reopened() -> None:
    events = (BAD, event(70, "resolved"), event(80, "closed"), event(90, "update_sent"), event(100, "reopened"))
    assert state(*events[:4], now=95).clocks == state(*events[:3], now=95).clocks
    found = read(*events, now=110, kind="status_update")
    assert [(one.limit_at, one.done_at) for one in found.late] == [(at(60), at(90))]
    assert (found.state, found.breached_at, instants(found)) == ("on_track", None, (160, 160))


def test_a_promise_counts_where_it_is_earlier() -> None:
    early = read(BAD, event(20, "update_sent", next=at(40)), now=30, kind="status_update")
    assert (instants(early), early.state) == ((40, 40), "on_track")
    # Half of the promised time is over, then more than three quarters.
    assert read(BAD, event(20, "update_sent", next=at(40)), now=35, kind="status_update").state == "on_track"
    assert read(BAD, event(20, "update_sent", next=at(40)), now=35.1, kind="status_update").state == "at_risk"
    late = read(BAD, event(20, "update_sent", next=at(99)), now=30, kind="status_update")
    assert (instants(late), late.state) == ((80, 80), "on_track")
    assert read(BAD, event(20, "update_sent", next=at(99)), now=66, kind="status_update").state == "at_risk"


def test_a_promise_does_not_wait() -> None:
    pack = pack_with(pauses=["status_update"])
    events = (BAD, event(20, "update_sent", next=at(40)), event(25, "waiting"))
    found = read(*events, now=41, kind="status_update", pack=pack)
    assert (found.state, instants(found)) == ("breached", (40, 40))
    other = (BAD, event(20, "update_sent"), event(25, "waiting"))
    paused = read(*other, now=41, kind="status_update", pack=pack)
    assert (paused.state, instants(paused)) == ("paused", (96, 96))


def test_time_without_a_cadence_does_not_count() -> None:
    # Ten minutes pass at severity 1, none at 3.
    found = read(BAD, facts(10, impact="fine"), facts(100, impact="bad"), now=100, kind="status_update")
    assert instants(found) == (150, 150)
    assert read(BAD, facts(10, impact="fine"), now=20, kind="status_update").state == "not_owed"


SLOWING = pack_with(
    sla={"1": {"status_updates": {"within": "30m", "for": "1h", "then": {"within": "1h", "for": "1h", "then": "4h"}}}}
)


@pytest.mark.parametrize(("sent", "limit"), [(0, 30), (59, 89), (60, 120), (119, 179), (120, 360)])
def test_a_cadence_that_slows_counts_from_the_start(sent: float, limit: float) -> None:
    found = read(BAD, event(sent, "update_sent"), now=sent, kind="status_update", pack=SLOWING)
    assert instants(found) == (limit, limit)


@pytest.mark.parametrize(("waits", "limit"), [(50, 140), (70, 170)])
def test_a_cadence_slows_by_the_time_that_counts(waits: float, limit: float) -> None:
    pack = load(SLOWING.model_dump() | {"pauses": ["status_update"]})
    events = (BAD, event(waits, "waiting"), event(100, "update_sent"), event(110, "resumed"))
    assert instants(read(*events, now=110, kind="status_update", pack=pack)) == (limit, limit)


def hours(span: str) -> Data:
    return {"zone": "UTC", "hours": {day: [span] for day in ("mon", "tue", "wed", "thu", "fri")}}


@pytest.mark.parametrize(("sent", "limit"), [(0, 120), (179, 239), (180, 360), (299, 419), (300, 720)])
def test_a_cadence_is_counted_on_the_calendar_of_its_row_or_its_own(sent: float, limit: float) -> None:
    slower = {"within": "2bh", "for": "1bh", "calendar": "noon", "then": "7bh"}
    row = {"status_updates": {"within": "1bh", "for": "2bh", "then": slower}, "calendar": "late"}
    calendars = {"late": hours("10:00-23:00"), "noon": hours("13:00-20:00")}
    pack = pack_with(sla={"1": row}, calendars=calendars)
    assert instants(read(BAD, event(sent, "update_sent"), now=sent, kind="status_update", pack=pack))[1] == limit


def test_exactly_at_the_limit_of_business_time_is_met() -> None:
    pack = pack_with(sla={"1": {"resolution": "2bh"}}, calendar=hours("10:00-17:00"))
    for minute, expected, breached in ((180, "met", None), (181, "missed", at(180))):
        found = read(BAD, event(minute, "resolved"), now=200, kind="resolution", pack=pack)
        assert (found.state, found.breached_at) == (expected, breached)


def test_a_cadence_that_is_taken_over_counts_from_its_own_start() -> None:
    sla = {"2": {"status_updates": {"within": "30m", "for": "1h", "then": "2h"}}}
    events = (POOR, facts(90, impact="bad"), event(100, "update_sent"))
    # By severity 2 it has slowed, by severity 1 not yet.
    assert instants(read(*events, now=100, kind="status_update", pack=pack_with(sla=sla))) == (130, 130)
    assert instants(read(*events, override(110, 2), now=110, kind="status_update", pack=pack_with(sla=sla))) == (
        220,
        220,
    )


# Resolution, pauses, reopening


def test_only_what_the_pack_says_waits() -> None:
    events = (BAD, event(10, "waiting"))
    found = state(*events, now=20)
    assert {(one.clock, one.role): one.state for one in found.clocks} == {
        ("initial_response", None): "on_track",
        ("notification", "chief"): "on_track",
        ("status_update", None): "on_track",
        ("resolution", None): "paused",
        ("review", None): "not_owed",
    }
    assert found.next is not None
    assert found.next.clock == "initial_response"
    every = pack_with(pauses=["initial_response", "notification", "status_update", "resolution", "review"])
    assert state(*events, now=20, pack=every).next is None
    none = state(*events, now=20, pack=pack_with(pauses=[]))
    assert clock(none, "resolution").state == "on_track"


def test_while_it_waits_it_shows_what_it_would_owe_from_now_on() -> None:
    events = (BAD, event(10, "waiting"))
    assert instants(read(*events, now=10, kind="resolution")) == (120, 240)
    assert instants(read(*events, now=100, kind="resolution")) == (210, 330)
    assert read(*events, now=100, kind="resolution").left_s == 230 * 60


def test_what_has_run_out_before_the_pause_keeps_its_instant() -> None:
    due = read(BAD, event(130, "waiting"), now=300, kind="resolution")
    assert (due.state, instants(due)) == ("paused", (120, 410))
    assert read(BAD, event(240, "waiting"), now=240, kind="resolution").state == "paused"
    exactly = read(BAD, event(240, "waiting"), now=300, kind="resolution")
    assert (exactly.state, instants(exactly)) == ("breached", (120, 240))
    after = read(BAD, event(240, "waiting"), event(300, "resumed"), now=301, kind="resolution")
    assert (after.state, after.breached_at, instants(after)) == ("breached", at(240), (120, 240))


def test_a_pause_in_the_last_quarter() -> None:
    pack = pack_with(sla={"1": {"resolution": "4h"}})
    events = (BAD, event(200, "waiting"), event(300, "resumed"))
    assert read(*events, now=250, kind="resolution", pack=pack).state == "paused"
    found = read(*events, now=300, kind="resolution", pack=pack)
    assert (found.state, instants(found)) == ("at_risk", (340, 340))


def test_a_severity_reached_during_a_pause_begins_when_it_ends() -> None:
    events = (POOR, event(10, "waiting"), facts(20, impact="bad"))
    assert instants(read(*events, now=30, kind="resolution")) == (150, 270)
    assert instants(read(*events, event(40, "resumed"), now=50, kind="resolution")) == (160, 280)


def test_reopening_goes_on_with_the_time_that_was_left() -> None:
    events = (BAD, event(200, "resolved"), event(1000, "reopened"))
    assert read(*events, now=500, kind="resolution").state == "met"
    found = read(*events, now=1000, kind="resolution")
    assert (found.state, found.done_at, instants(found)) == ("at_risk", None, (120, 1040))
    assert read(*events, event(1041, "resolved"), now=1050, kind="resolution").state == "missed"


def test_a_breach_before_the_resolution_is_not_forgotten() -> None:
    events = (BAD, event(250, "resolved"), event(260, "reopened"), facts(270, impact="fine"))
    found = read(*events, now=280, kind="resolution")
    assert (found.state, found.breached_at) == ("on_track", at(240))
    assert read(*events, event(280, "resolved"), now=280, kind="resolution").state == "missed"


# The review


def test_the_review_is_owed_by_the_worst_severity_that_was() -> None:
    events = (BAD, facts(5, impact="fine"), event(10, "resolved"))
    found = read(*events, now=20, kind="review")
    assert (found.state, instants(found)) == ("on_track", (10 + 2880, 10 + 2880))
    assert read(*events, now=10 + 2880 - 719, kind="review").state == "at_risk"
    assert read(*events, event(30, "reviewed", ref="r1"), now=40, kind="review").state == "met"
    assert read(*events, event(10 + 2881, "reviewed"), now=9999, kind="review").state == "missed"
    assert read(POOR, event(10, "resolved"), now=20, kind="review").state == "not_owed"


def test_a_review_is_of_the_last_resolution() -> None:
    events = (BAD, event(10, "resolved"), event(20, "reviewed"), event(30, "reopened"))
    assert read(*events, now=30, kind="review").state == "not_owed"
    again = read(*events, event(40, "resolved"), now=50, kind="review")
    assert (again.state, instants(again)) == ("on_track", (40 + 2880, 40 + 2880))


def test_a_review_that_took_place_before_it_was_owed_counts() -> None:
    events = (POOR, event(10, "resolved"), event(20, "reviewed"), facts(30, impact="bad"))
    found = read(*events, now=40, kind="review")
    assert (found.state, found.done_at) == ("met", at(20))
    assert (
        read(POOR, event(5, "reviewed"), event(10, "resolved"), facts(30, impact="bad"), now=40, kind="review").state
        == "on_track"
    )


def test_closing_ends_it() -> None:
    events = (BAD, event(10, "resolved"))
    assert read(*events, event(20, "closed"), now=30, kind="review").state == "not_owed"
    late = read(*events, event(10 + 2881, "closed"), now=9999, kind="review")
    assert (late.state, late.done_at, late.left_s, instants(late)) == ("missed", None, None, (2890, 2890))
    again = read(*events, event(20, "closed"), event(30, "reopened"), event(40, "resolved"), now=50, kind="review")
    assert again.state == "on_track"


# Business time


BUSINESS = pack_with(sla={"1": {"resolution": "2bh"}, "2": {"resolution": "2bd"}, "3": {"initial_response": "4bh"}})


def test_business_time_ends_at_closing_time() -> None:
    # A Monday from 09:00 UTC on: two days are over on Tuesday at 17:00.
    assert instants(read(POOR, now=0, kind="resolution", pack=BUSINESS)) == (32 * 60, 32 * 60)


def test_a_pause_in_business_time_counts_by_its_own_measure() -> None:
    events = (BAD, event(60, "waiting"), event(24 * 60, "resumed"))
    # An hour is left when it goes on on Tuesday at 09:00.
    assert instants(read(*events, now=24 * 60, kind="resolution", pack=BUSINESS)) == (25 * 60, 25 * 60)
    days = (POOR, event(4 * 60, "waiting"), event(28 * 60, "resumed"))
    # Half a day was used up, and one and a half are left from Tuesday noon.
    assert instants(read(*days, now=28 * 60, kind="resolution", pack=BUSINESS)) == (56 * 60, 56 * 60)


def test_the_last_quarter_is_of_business_time() -> None:
    assert read(POOR, now=27 * 60, kind="resolution", pack=BUSINESS).state == "on_track"
    assert read(POOR, now=28 * 60 + 1, kind="resolution", pack=BUSINESS).state == "at_risk"


def test_a_calendar_without_time_left_owes_no_instant() -> None:
    calendar = {"zone": "UTC", "hours": {}, "exceptions": {"2026-03-02": ["09:00-12:00"]}}
    pack = pack_with(calendar=calendar, sla={"1": {"resolution": "4bh"}, "2": {"resolution": "3bd"}})
    for events in ((BAD,), (POOR,), (BAD, event(10, "waiting")), (POOR, event(10, "waiting"), event(20, "resumed"))):
        found = read(*events, now=30, kind="resolution", pack=pack)
        assert (found.left_s, instants(found)) == (None, (None, None))


def test_what_lies_beyond_the_year_9999_owes_no_instant() -> None:
    pack = pack_with(sla={"1": {"resolution": "999999w"}})
    found = read(BAD, event(10, "waiting"), now=30, kind="resolution", pack=pack)
    assert (found.state, instants(found)) == ("paused", (None, None))


# Pauses at their edges


def test_a_limit_at_the_instant_of_a_pause_without_length_is_nearly_over() -> None:
    pack = pack_with(sla={"1": {"resolution": "4h"}})
    events = (BAD, event(240, "waiting"), event(240, "resumed"))
    assert read(*events, now=240, kind="resolution", pack=pack).state == "at_risk"
    assert read(*events, now=241, kind="resolution", pack=pack).state == "breached"
    assert instants(read(BAD, event(10, "waiting"), event(10, "resumed"), now=10, kind="resolution")) == (120, 240)


def test_clocks_that_start_at_the_opening_leave_out_earlier_pauses() -> None:
    pack = pack_with(clocks_start="opening")
    events = (opened(), event(10, "waiting"), event(40, "resumed"), event(45, "waiting"))
    assert instants(read(*events, facts(50, impact="bad"), now=50, kind="resolution", pack=pack)) == (155, 275)
    over = (*events, event(55, "resumed"), facts(60, impact="bad"))
    assert instants(read(*over, now=60, kind="resolution", pack=pack)) == (160, 280)


def test_pauses_before_word_was_sent_make_no_difference_to_it() -> None:
    pack = pack_with(pauses=["notification"])
    events = [event(0, "opened"), event(1, "waiting"), event(2, "resumed"), event(5, "notified", role="chief")]
    for minute, told in ((35, True), (36, False)):
        found = read(*events, facts(minute, impact="bad"), now=minute, kind="notification", role="chief", pack=pack)
        assert (found.state == "met") == told


def test_a_review_that_was_late_for_a_severity_reached_later_is_missed_from_then_on() -> None:
    hour = 60
    events = (POOR, event(10, "resolved"), event(49 * hour, "reviewed"), facts(50 * hour, impact="bad"))
    found = read(*events, now=51 * hour, kind="review")
    assert (found.state, found.done_at, found.breached_at) == ("missed", at(49 * hour), at(50 * hour))


def test_when_all_is_too_late_time_passes_on() -> None:
    events = (BAD, event(300, "resolved"), event(60 * 60, "note", text="nothing more"))
    found = state(*events, now=70 * 60)
    assert {one.clock: one.state for one in found.clocks} == {
        "initial_response": "missed",
        "notification": "breached",
        "status_update": "not_owed",
        "resolution": "missed",
        "review": "breached",
    }
    assert all(one.breached_at for one in found.clocks)
