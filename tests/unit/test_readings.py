"""How the clocks stand at an instant: each state, and what belongs to it."""

from __future__ import annotations

from typing import Any

import pytest

from sevclass import Pack
from sevclass.incident.readings import Clock, Late, Next
from tests.unit.incidents import Data, at, clock, event, facts, opened, override, pack_with, state

BAD, POOR = opened(impact="bad"), opened(impact="poor")
NEVER = pack_with(
    calendar={"zone": "UTC", "hours": {}, "exceptions": {"2026-03-02": ["09:00-09:10"]}},
    sla={"3": {"resolution": "1bh"}},
)
"""Its only working time is the first ten minutes."""


def read(kind: str, *events: Data, now: float, role: str | None = None, **more: Pack) -> Clock:
    return clock(state(*events, now=now, **more), kind, role)


def reading(kind: str, **said: Any) -> Clock:
    """A clock with this said of it, and nothing else."""
    usual = dict.fromkeys(("role", "due", "limit_at", "done_at", "breached_at", "left_s"))
    return Clock(**{"clock": kind, **usual, "backdated": False, "late": (), **said})


def test_on_track() -> None:
    assert read("resolution", BAD, now=119.5) == reading(
        "resolution", state="on_track", due=at(120), limit_at=at(240), left_s=7_230
    )


def test_at_risk_from_the_target_on() -> None:
    expected = {"due": at(120), "limit_at": at(240)}

    assert read("resolution", BAD, now=120) == reading("resolution", state="at_risk", left_s=7_200, **expected)
    assert read("resolution", BAD, now=240) == reading("resolution", state="at_risk", left_s=0, **expected)


@pytest.mark.parametrize(("minute", "found"), [(22.5, "on_track"), (22.51, "at_risk"), (30, "at_risk")])
def test_at_risk_with_less_than_a_quarter_left_where_the_target_is_the_limit(minute: float, found: str) -> None:
    assert read("initial_response", BAD, now=minute).state == found


def test_breached() -> None:
    assert read("resolution", BAD, now=240.01) == reading(
        "resolution", state="breached", due=at(120), limit_at=at(240), breached_at=at(240), left_s=-1
    )


def test_met_up_to_the_limit_itself() -> None:
    assert read("resolution", BAD, event(240, "resolved"), now=500) == reading(
        "resolution", state="met", due=at(120), limit_at=at(240), done_at=at(240)
    )


def test_missed() -> None:
    assert read("resolution", BAD, event(241, "resolved"), now=500) == reading(
        "resolution", state="missed", due=at(120), limit_at=at(240), done_at=at(241), breached_at=at(240)
    )


def test_paused() -> None:
    assert read("resolution", BAD, event(100, "waiting"), now=160) == reading(
        "resolution", state="paused", due=at(180), limit_at=at(300), left_s=8_400
    )


def test_breached_outranks_paused() -> None:
    assert read("resolution", BAD, event(250, "waiting"), now=260) == reading(
        "resolution", state="breached", due=at(120), limit_at=at(240), breached_at=at(240), left_s=-1_200
    )


def test_not_owed() -> None:
    assert read("review", BAD, now=5) == reading("review", state="not_owed")
    assert read("status_update", opened(), now=5) == reading("status_update", state="not_owed")


def test_what_is_not_owed_any_more_remembers_its_breach() -> None:
    assert read("initial_response", BAD, event(31, "override", severity=3, by="ann", reason="x"), now=40) == reading(
        "initial_response", state="not_owed", breached_at=at(30)
    )


def test_review_is_owed_after_the_resolution() -> None:
    resolved = event(60, "resolved")
    owed = {"due": at(60 + 48 * 60), "limit_at": at(60 + 48 * 60)}

    assert read("review", BAD, resolved, now=60) == reading("review", state="on_track", left_s=48 * 3_600, **owed)
    assert read("review", BAD, resolved, event(90, "reviewed"), now=100) == reading(
        "review", state="met", done_at=at(90), **owed
    )


def test_notification() -> None:
    told = event(10, "notified", role="chief")

    assert read("notification", BAD, told, now=50, role="chief") == reading(
        "notification", role="chief", state="met", due=at(30), limit_at=at(30), done_at=at(10)
    )


def test_backdated() -> None:
    written = event(20, "acknowledged") | {"logged_at": at(45)}

    assert read("initial_response", BAD, written, now=50) == reading(
        "initial_response", state="met", due=at(30), limit_at=at(30), done_at=at(20), backdated=True
    )


def test_updates_that_were_late() -> None:
    sent = [event(minute, "update_sent") for minute in (61, 100, 161)]

    assert read("status_update", BAD, *sent, now=222) == reading(
        "status_update",
        state="breached",
        due=at(221),
        limit_at=at(221),
        breached_at=at(221),
        left_s=-60,
        late=(
            Late(due=at(60), limit_at=at(60), done_at=at(61)),
            Late(due=at(160), limit_at=at(160), done_at=at(161)),
            Late(due=at(221), limit_at=at(221), done_at=None),
        ),
    )


def test_an_instant_that_never_comes_is_null() -> None:
    assert read("resolution", opened(), now=1_000, pack=NEVER) == reading("resolution", state="on_track")


# What has to be done first


def test_first_is_what_has_the_earliest_limit() -> None:
    assert state(BAD, now=0).next == Next(clock="initial_response", due=at(30), role=None)
    assert state(BAD, event(1, "acknowledged"), now=2).next == Next(clock="notification", due=at(30), role="chief")
    told = event(2, "notified", role="chief")
    assert state(BAD, event(1, "acknowledged"), told, now=3).next == Next(clock="status_update", due=at(60), role=None)


def test_what_stands_still_is_not_first() -> None:
    events = (opened(), event(1, "waiting"))

    assert state(events[0], now=2).next == Next(clock="resolution", due=at(4 * 1_440), role=None)
    assert state(*events, now=2).next is None


def test_what_never_ends_is_first_where_nothing_else_is() -> None:
    assert state(opened(), now=1_000, pack=NEVER).next == Next(clock="resolution", due=None, role=None)


# Closed


def test_closing_makes_a_breach_a_miss_and_ends_the_rest() -> None:
    found = state(BAD, event(20, "acknowledged"), event(61, "closed"), now=10_000)

    assert found.clocks == (
        reading("initial_response", state="met", due=at(30), limit_at=at(30), done_at=at(20)),
        reading("notification", role="chief", state="missed", due=at(30), limit_at=at(30), breached_at=at(30)),
        reading(
            "status_update",
            state="missed",
            due=at(60),
            limit_at=at(60),
            breached_at=at(60),
            late=(Late(due=at(60), limit_at=at(60), done_at=None),),
        ),
        reading("resolution", state="not_owed"),
        reading("review", state="not_owed"),
    )
    assert (found.next, found.due) == (None, ())


def test_closing_leaves_what_was_missed_as_it_was() -> None:
    missed = reading("resolution", state="missed", due=at(120), limit_at=at(240), done_at=at(250), breached_at=at(240))

    events = (BAD, event(250, "resolved"), event(260, "closed"))
    assert read("resolution", *events[:2], now=255) == read("resolution", *events, now=300) == missed


def test_a_milder_severity_gives_more_time_and_the_breach_stays() -> None:
    events = (BAD, override(241, 2))

    assert read("resolution", *events, now=242) == reading(
        "resolution", state="on_track", due=at(480), limit_at=at(1_440), breached_at=at(240), left_s=71_880
    )
    assert read("resolution", *events, event(300, "resolved"), now=301).state == "missed"


def test_a_severity_that_comes_late_is_breached_when_it_comes() -> None:
    assert read("resolution", POOR, facts(1_441, impact="bad"), now=1_442).breached_at == at(1_440)
    opening = pack_with(clocks_start="opening")
    assert read("resolution", POOR, facts(300, impact="bad"), now=301, pack=opening).breached_at == at(300)
