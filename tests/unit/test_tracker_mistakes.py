"""What other trackers of incidents get wrong, each with the reason why it matters, worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sevclass import Pack, load_pack
from sevclass.incident import IncidentState, replay
from sevclass.incident.readings import Clock
from tests.unit.incidents import Data, at, clock, event, facts, opened, override, pack_with, state

DOWN = {"functionality": "down", "environment": "production"}
SUPPORT = load_pack()


def when(text: str) -> datetime:
    """As `3-02 14:30`, in the year 2026 and UTC; the second of March is a Monday."""
    return datetime.strptime(f"2026-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def said(text: str, kind: str, **more: Any) -> Data:
    return {"at": when(text), "event": kind} | more


def resolution(pack: Pack, now: str, *events: Data) -> Clock:
    """Of an incident whose opening is the first event."""
    return clock(replay(events, pack, when(now)), "resolution")


def working(hours: Data, figure: str, zone: str = "Europe/Berlin") -> Pack:
    """A pack whose resolution counts on a calendar."""
    return pack_with(calendar={"zone": zone, "hours": hours}, sla={"3": {"resolution": figure}})


WEEK = {day: ["09:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


# A clock goes on while it is paused: the team is blamed for the time that the customer took to answer.


def test_a_paused_clock_stands_still() -> None:
    events = (opened(impact="bad"), event(60, "waiting", on="customer"), event(600, "resumed", on="customer"))
    waiting = clock(state(*events, now=599), "resolution")
    assert (waiting.state, waiting.left_s) == ("paused", 3 * 3600)
    assert clock(state(*events, now=600), "resolution").limit_at == at(600 + 180)
    assert clock(state(*events, event(700, "resolved"), now=700), "resolution").state == "met"


def test_what_the_pack_does_not_pause_goes_on() -> None:
    # Customers want to hear from us while we wait for a vendor, too.
    found = state(opened(impact="bad"), event(5, "waiting", on="vendor"), now=61)
    assert clock(found, "status_update").state == "breached"


# A due instant is stale after a pause: it was worked out at the opening, stored, and never again.


def test_both_instants_move_by_the_pause() -> None:
    before = clock(state(opened(impact="bad"), now=10), "resolution")
    after = clock(state(opened(impact="bad"), event(20, "waiting"), event(65, "resumed"), now=70), "resolution")
    assert (before.due, before.limit_at) == (at(120), at(240))
    assert (after.due, after.limit_at) == (at(165), at(285))


# A pause is lost when the severity changes during it: the new figure is counted as if nobody had waited.


def test_a_pause_is_not_lost_when_the_severity_changes_during_it() -> None:
    events = (opened(impact="poor"), event(60, "waiting"), facts(120, impact="bad"), event(180, "resumed"))
    # At severity 1 from 120 on, but nothing ran before 180.
    assert clock(state(*events, now=180), "resolution").limit_at == at(180 + 240)
    # The hour that was over at severity 2 is not forgotten either.
    again = clock(state(*events, override(200, 2), now=200), "resolution")
    assert again.limit_at == at(1440 + 120)


# A pause is counted twice: two people were waited for at once, or each change of the severity adds it again.


def test_a_pause_is_counted_once_whoever_is_waited_for() -> None:
    events = (
        opened(impact="bad"),
        event(10, "waiting", on="customer"),
        event(20, "waiting", on="vendor"),
        facts(25, impact="poor"),
        facts(30, impact="bad"),
        event(40, "resumed", on="customer"),
        event(50, "resumed", on="vendor"),
    )
    assert clock(state(*events, now=45), "resolution").state == "paused"
    assert clock(state(*events, now=60), "resolution").limit_at == at(240 + 40)


# A pause starts or ends outside working hours: nights are taken off twice, once by the calendar and once by the pause.


def test_only_working_time_is_taken_off_by_a_pause() -> None:
    pack = working(WEEK, "8bh", zone="UTC")
    opening = said("3-02 13:00", "opened")
    # From Monday evening to Tuesday morning nobody would have worked.
    night = (opening, said("3-02 20:00", "waiting"), said("3-03 06:00", "resumed"))
    assert resolution(pack, "3-03 06:00", *night).limit_at == when("3-03 13:00")
    # From Monday evening to Tuesday 11:00 two hours were lost, and from Friday 16:00 to Monday one.
    morning = (opening, said("3-02 20:00", "waiting"), said("3-03 11:00", "resumed"))
    assert resolution(pack, "3-03 11:00", *morning).limit_at == when("3-03 15:00")
    weekend = (said("3-06 13:00", "opened"), said("3-06 16:00", "waiting"), said("3-08 12:00", "resumed"))
    assert resolution(pack, "3-08 12:00", *weekend).limit_at == when("3-09 14:00")


# Lunch breaks and split shifts: the day is taken for one stretch from the first hour to the last.


def test_a_lunch_break_does_not_count() -> None:
    split = {"mon": ["09:00-12:30", "13:30-17:00"], "tue": ["09:00-12:30", "13:30-17:00"]}
    opening = said("3-02 12:00", "opened")
    pack = working(split, "2bh", zone="UTC")
    assert resolution(pack, "3-02 12:00", opening).limit_at == when("3-02 15:00")
    # To wait over lunch takes off nothing but the half hour before it.
    lunch = (opening, said("3-02 12:00", "waiting"), said("3-02 13:15", "resumed"))
    assert resolution(pack, "3-02 13:15", *lunch).limit_at == when("3-02 15:30")


def test_a_shift_over_midnight_is_one() -> None:
    pack = working({"mon": ["22:00-06:00"], "tue": ["22:00-06:00"]}, "6bh", zone="UTC")
    night = (said("3-02 23:00", "opened"), said("3-03 01:00", "waiting"), said("3-03 03:00", "resumed"))
    # Five hours are over at six, the last one comes on the next evening.
    assert resolution(pack, "3-03 04:00", *night).limit_at == when("3-03 23:00")


# The working week does not start on Monday: Sunday is a day off by assumption.


def test_a_week_may_start_on_sunday() -> None:
    gulf = {day: ["08:00-16:00"] for day in ("sun", "mon", "tue", "wed", "thu")}
    pack = working(gulf, "1bd", zone="Asia/Dubai")
    # Thursday at noon in Dubai: half a day is left of it, and the other half is on Sunday.
    assert resolution(pack, "3-05 08:00", said("3-05 08:00", "opened")).limit_at == when("3-08 08:00")


# The clocks are changed within a pause: wall-clock times are subtracted, and an hour is won or lost.


def test_a_change_of_the_clocks_within_a_pause_wins_no_hour() -> None:
    every_day = {day: ["00:00-24:00"] for day in (*WEEK, "sat", "sun")}
    for pack in (working(every_day, "8bh"), pack_with(sla={"3": {"resolution": "8h"}})):
        # Berlin goes from 02:00 to 03:00 on the 29th of March, which is 01:00 UTC: three hours of waiting are three.
        spring = (said("3-28 23:00", "opened"), said("3-29 00:00", "waiting"), said("3-29 03:00", "resumed"))
        assert resolution(pack, "3-29 03:00", *spring).limit_at == when("3-29 10:00")
        # And from 03:00 back to 02:00 on the 25th of October.
        autumn = (said("10-24 23:00", "opened"), said("10-25 00:00", "waiting"), said("10-25 03:00", "resumed"))
        assert resolution(pack, "10-25 03:00", *autumn).limit_at == when("10-25 10:00")


def test_the_next_working_day_begins_by_the_new_time() -> None:
    pack = working(WEEK, "2bh")
    # Friday 16:00 in Berlin is 15:00 UTC, Monday 10:00 there is 08:00 UTC.
    assert resolution(pack, "3-27 15:00", said("3-27 15:00", "opened")).limit_at == when("3-30 08:00")


# The update clock overwrites the first response: one field "next due" serves both.


def test_an_update_keeps_the_initial_response_and_begins_an_interval_of_its_own() -> None:
    found = replay(
        [
            said("3-02 14:00", "opened", facts=DOWN),
            said("3-02 14:10", "update_sent"),
            said("3-02 14:50", "update_sent"),
        ],
        SUPPORT,
        when("3-02 15:00"),
    )
    first, update = clock(found, "initial_response"), clock(found, "status_update")
    assert (first.state, first.done_at, first.limit_at) == ("met", when("3-02 14:10"), when("3-02 14:15"))
    assert (update.due, update.limit_at) == (when("3-02 15:20"), when("3-02 15:50"))


def test_an_answer_is_no_update() -> None:
    found = replay(
        [said("3-02 14:00", "opened", facts=DOWN), said("3-02 14:10", "acknowledged")], SUPPORT, when("3-02 14:40")
    )
    assert clock(found, "status_update").limit_at == when("3-02 15:00")


# A breach is reported while it waits: the check runs on the stored instant, and wakes somebody for nothing.


def test_nothing_is_breached_while_it_waits() -> None:
    events = (opened(impact="bad"), event(10, "waiting"))
    for now in (241, 1000, 100_000):
        found = clock(state(*events, now=now), "resolution")
        assert (found.state, found.breached_at) == ("paused", None)
    resumed = clock(state(*events, event(1000, "resumed"), now=1001), "resolution")
    assert (resumed.state, resumed.breached_at) == ("on_track", None)


def test_what_was_breached_before_it_waited_stays_so() -> None:
    found = clock(state(opened(impact="bad"), event(250, "waiting"), now=300), "resolution")
    assert (found.state, found.breached_at) == ("breached", at(240))


# Reopening forgets time already used: the clock starts afresh, so a fix that does not hold buys a whole limit.


def test_reopening_goes_on_where_it_stopped() -> None:
    events = (opened(impact="bad"), event(200, "resolved"), event(500, "reopened"))
    found = clock(state(*events, now=500), "resolution")
    assert (found.limit_at, found.left_s) == (at(540), 40 * 60)
    assert clock(state(*events, event(541, "resolved"), now=600), "resolution").state == "missed"


def test_reopening_forgets_no_breach() -> None:
    events = (opened(impact="bad"), event(300, "resolved"), event(301, "reopened"), event(302, "resolved"))
    found = clock(state(*events, now=400), "resolution")
    assert (found.state, found.breached_at) == ("missed", at(240))


def test_reopening_asks_for_no_second_answer() -> None:
    events = (opened(impact="bad"), event(10, "acknowledged"), event(20, "resolved"), event(500, "reopened"))
    again = state(*events, event(900, "acknowledged"), now=900)
    assert (clock(again, "initial_response").state, clock(again, "initial_response").done_at) == ("met", at(10))
    assert again.problems == ()


# Lowering the severity and raising it again starts the clocks anew: a way to win time that nobody sees.


def test_lowering_and_raising_again_wins_no_time() -> None:
    def limit(found: IncidentState) -> object:
        return clock(found, "resolution").limit_at

    events = (opened(impact="bad"), override(10, 3), override(200, None))
    assert limit(state(*events[:1], now=200)) == limit(state(*events, now=200)) == at(240)
    assert clock(state(*events, now=241), "resolution").state == "breached"
