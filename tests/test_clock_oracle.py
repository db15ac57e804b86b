"""The oracle of the clocks, held to timelines whose answers were worked out by hand from the words of the rules.

The first word of a section is the number of the rule. 2026-03-02 is a Monday. Times are UTC, `9:30` on that day and
`4 9:30` on the fourth.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.clock_oracle import clocks

Data = dict[str, Any]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PACK: Data = {
    "name": "small",
    "version": "1.0.0",
    "severities": {"1": "Critical", "2": "High", "3": "Low"},
    "facts": {
        "impact": {"ask": "How bad?", "levels": {name: name for name in ("fine", "broken", "dead")}},
        "lost": {"ask": "Data lost?", "flag": {}},
        "stores": {"ask": "How many?", "count": "stores"},
        "shops": {"ask": "How many?", "count": "shops"},
        "places": {"sum_of": ["stores", "shops"]},
        "uptime": {"ask": "How much?", "measure": {"unit": "percent", "worse": "lower"}},
        "kind": {"ask": "Which?", "label": {"wish": "wish", "defect": "defect"}},
    },
    "criteria": {
        "1": {
            "dead": {"text": "Dead", "when": [{"impact": "dead"}, {"places": 5}]},
            "lost": {"text": "Lost", "when": {"lost": True}},
        },
        "2": {"broken": {"text": "Broken", "when": [{"impact": "broken"}, {"uptime": 90}]}},
        "3": {"wish": {"text": "A wish", "when": {"kind": "wish"}}},
    },
    "sla": {
        "1": {
            "initial_response": "15m",
            "status_updates": "30m..60m",
            "notify": {"chief": "0m..15m"},
            "resolution": "2h..4h",
        },
        "2": {"initial_response": "1h", "status_updates": "4h", "notify": {"lead": "1h"}, "resolution": "8h..24h"},
        "3": {"resolution": "2d..3d"},
    },
    "roles": {"chief": "Decides", "lead": "Leads", "aide": "Helps"},
    "covers": {"chief": ["lead"]},
}  # fmt: skip


def t(text: str) -> datetime:
    day, time = text.rsplit(" ", 1) if " " in text else ("2", text)
    hour, minute = time.split(":")
    month, _, day = day.rpartition("/")
    return datetime(2026, int(month or 3), int(day), int(hour), int(minute), tzinfo=UTC)


def event(at: str, kind: str, /, **fields: Any) -> Data:
    return {"at": t(at).isoformat().replace("+00:00", "Z"), "event": kind, **fields}


def opened(at: str, impact: str | None, **fields: Any) -> Data:
    return event(at, "opened", title="It fails", facts={"impact": impact}, **fields)


def impact(at: str, value: str | None, **fields: Any) -> Data:
    return event(at, "facts", facts={"impact": value}, **fields)


def override(at: str, severity: int | None, **fields: Any) -> Data:
    return event(at, "override", severity=severity, by="ann", reason="so", **fields)


def update(at: str, **fields: Any) -> Data:
    return event(at, "update_sent", **fields)


def told(at: str, role: str, **fields: Any) -> Data:
    return event(at, "notified", role=role, **fields)


def pack(**more: Any) -> Data:
    return PACK | more


def sla(**rows: Data) -> Data:
    """The pack with other rows of the SLA: `s1`, `s2`, `s3`."""
    return PACK | {"sla": PACK["sla"] | {name[1:]: row for name, row in rows.items()}}


def one_target(figure: Data | str, hours: Data | None = None, clock: str = "resolution", **more: Any) -> Data:
    """A pack that asks for one thing alone, of every severity, perhaps by a calendar."""
    calendar = {"calendar": {"zone": "UTC", "hours": hours}} if hours else {}
    return PACK | {"sla": {"3": {clock: figure}}} | calendar | more


def row(doc: Data, now: str, clock: str, *events: Data, role: str | None = None) -> Data:
    rows: list[Data] = clocks(doc, list(events), t(now))["clocks"]
    found = [one for one in rows if (one["clock"], one["role"]) == (clock, role)]
    assert len(found) == 1
    return found[0]


def look(doc: Data, now: str, clock: str, *events: Data, role: str | None = None) -> tuple[Any, ...]:
    """The state, `due` and `limit_at` of a clock."""
    found = row(doc, now, clock, *events, role=role)
    return found["state"], found["due"], found["limit_at"]


def severity(now: str, *events: Data, doc: Data = PACK) -> int:
    return int(clocks(doc, list(events), t(now))["severity"]["in_force"])


RESPONSE, UPDATE, RESOLUTION, NOTICE = "initial_response", "status_update", "resolution", "notification"
DEAD, BROKEN = opened("9:00", "dead"), opened("9:00", "broken")


# 1, 2: starts, and the earliest instants


def test_what_never_changes_owes_the_opening_and_its_limits() -> None:
    assert look(PACK, "9:10", RESPONSE, DEAD) == ("on_track", t("9:15"), t("9:15"))
    assert look(PACK, "9:10", RESOLUTION, DEAD) == ("on_track", t("11:00"), t("13:00"))
    assert look(PACK, "9:10", RESOLUTION, BROKEN) == ("on_track", t("17:00"), t("3 9:00"))


def test_a_worse_severity_counts_from_when_it_was_reached() -> None:
    assert look(PACK, "10:01", RESOLUTION, BROKEN, impact("10:00", "dead")) == ("on_track", t("12:00"), t("14:00"))


def test_a_milder_severity_reached_before_may_be_the_sooner() -> None:
    events = (BROKEN, impact("3 8:00", "dead"))
    # Sev 2 asked for 17:00 and for 9:00 on the third; Sev 1 asks for 10:00 and 12:00 there.
    assert look(PACK, "3 8:01", RESOLUTION, *events) == ("at_risk", t("17:00"), t("3 9:00"))


def test_lowering_relaxes_and_raising_again_wins_no_time() -> None:
    events = (DEAD, impact("10:00", "fine"), impact("12:00", "dead"))
    assert look(PACK, "10:00", RESOLUTION, *events) == ("on_track", t("4 9:00"), t("5 9:00"))
    assert look(PACK, "12:00", RESOLUTION, *events) == ("at_risk", t("11:00"), t("13:00"))


def test_clocks_may_start_at_the_opening() -> None:
    doc = pack(clocks_start="opening")
    assert look(doc, "10:30", RESOLUTION, BROKEN, impact("10:00", "dead")) == ("on_track", t("11:00"), t("13:00"))


def test_a_severity_that_lasted_no_time_has_begun() -> None:
    # Dead and broken again in the minute of 9:30, dead again at 10:30: its start is 9:30.
    events = (BROKEN, impact("9:30", "dead"), impact("9:30", "broken"), impact("10:30", "dead"))
    assert look(PACK, "10:30", RESOLUTION, *events) == ("on_track", t("11:30"), t("13:30"))


def test_the_worst_severity_binds_on_a_tie() -> None:
    # Both limits are at 13:00. The quarter is that of one hour, not of four: 13:00 less 15 minutes.
    doc = sla(s1={"resolution": "1h"}, s2={"resolution": "4h"})
    events = (BROKEN, impact("12:00", "dead"))
    assert look(doc, "12:45", RESOLUTION, *events) == ("on_track", t("13:00"), t("13:00"))
    assert look(doc, "12:46", RESOLUTION, *events) == ("at_risk", t("13:00"), t("13:00"))


def test_what_no_severity_asks_for_is_not_owed() -> None:
    assert row(PACK, "10:00", RESPONSE, opened("9:00", "fine")) == {
        "clock": "initial_response", "role": None, "due": None, "limit_at": None, "done_at": None,
        "breached_at": None, "state": "not_owed", "left_s": None, "backdated": False, "late": [],
    }  # fmt: skip


# 3: notifications


def roles(now: str, *events: Data, doc: Data = PACK) -> list[tuple[str, str]]:
    rows = clocks(doc, list(events), t(now))["clocks"]
    return [(one["role"], one["state"]) for one in rows if one["clock"] == NOTICE]


def test_a_cover_owes_what_the_covered_role_would_if_that_is_sooner() -> None:
    doc = sla(s1={"notify": {"chief": "2h"}})
    assert look(doc, "9:01", NOTICE, DEAD, role="chief") == ("on_track", t("10:00"), t("10:00"))
    assert roles("9:01", DEAD, doc=doc) == [("chief", "on_track")]


def test_covering_is_transitive() -> None:
    doc = sla(s1={"notify": {"chief": "2h"}}, s2={}, s3={"notify": {"aide": "1h"}})
    doc["covers"] = {"chief": ["lead"], "lead": ["aide"]}
    assert look(doc, "9:01", NOTICE, DEAD, role="chief") == ("on_track", t("10:00"), t("10:00"))


def test_a_role_that_had_a_row_keeps_it_and_its_cover_owes_its_own_only() -> None:
    events = (BROKEN, impact("9:50", "dead"))
    assert look(PACK, "9:50", NOTICE, *events, role="lead") == ("at_risk", t("10:00"), t("10:00"))
    assert look(PACK, "9:50", NOTICE, *events, role="chief") == ("at_risk", t("9:50"), t("10:05"))
    assert [role for role, _ in roles("9:50", *events)] == ["chief", "lead"]


def test_while_covered_a_row_ends_when_its_cover_is_told() -> None:
    events = (BROKEN, impact("9:50", "dead"), told("9:55", "chief"))
    assert roles("9:56", *events) == [("chief", "met"), ("lead", "met")]


def test_a_cover_that_has_no_row_tells_for_nobody() -> None:
    assert roles("9:30", BROKEN, told("9:20", "chief")) == [("lead", "on_track")]


def test_after_lowering_a_row_is_not_owed_unless_done() -> None:
    assert roles("9:12", DEAD, impact("9:10", "broken")) == [("lead", "on_track"), ("chief", "not_owed")]
    assert roles("9:12", DEAD, told("9:05", "chief"), impact("9:10", "fine")) == [("chief", "met")]


def test_a_row_that_was_lowered_and_raised_has_its_old_instants_and_its_breach() -> None:
    events = (DEAD, impact("9:20", "broken"), impact("9:50", "dead"))
    found = row(PACK, "9:51", NOTICE, *events, role="chief")
    assert (found["state"], found["limit_at"], found["breached_at"]) == ("breached", t("9:15"), t("9:15"))
    lowered = row(PACK, "9:30", NOTICE, *events, role="chief")
    assert (lowered["state"], lowered["limit_at"], lowered["breached_at"]) == ("not_owed", None, t("9:15"))


# 4: status updates


def test_an_interval_runs_from_the_last_update() -> None:
    events = (DEAD, update("9:20"), update("9:40"))
    assert look(PACK, "9:41", UPDATE, DEAD) == ("at_risk", t("9:30"), t("10:00"))
    assert look(PACK, "9:41", UPDATE, *events) == ("on_track", t("10:10"), t("10:40"))


def test_only_updates_to_customers_count() -> None:
    events = (DEAD, update("9:20", audience="internal"), update("9:25", audience="executives"))
    assert look(PACK, "9:26", UPDATE, *events) == ("on_track", t("9:30"), t("10:00"))
    assert look(PACK, "9:26", UPDATE, DEAD, update("9:20", audience="customers"))[2] == t("10:20")


def test_the_later_of_start_and_update_counts_and_the_earliest_over_the_severities() -> None:
    # Sev 2 asks for 13:10, from the update; Sev 1 began at 10:00.
    events = (BROKEN, update("9:10"), impact("10:00", "dead"))
    assert look(PACK, "10:01", UPDATE, *events) == ("on_track", t("10:30"), t("11:00"))


def test_time_at_a_severity_without_updates_does_not_count() -> None:
    events = (DEAD, impact("9:20", "fine"), impact("12:00", "dead"))
    assert look(PACK, "11:00", UPDATE, *events) == ("not_owed", None, None)
    assert look(PACK, "12:05", UPDATE, *events) == ("on_track", t("12:10"), t("12:40"))


def test_waiting_moves_the_instant_only_in_a_pack_that_pauses_updates() -> None:
    events = (DEAD, event("9:10", "waiting", on="them"), event("9:20", "resumed"))
    assert look(PACK, "9:21", UPDATE, *events) == ("on_track", t("9:30"), t("10:00"))
    assert look(pack(pauses=["status_update"]), "9:21", UPDATE, *events) == ("on_track", t("9:40"), t("10:10"))


def test_a_promise_is_owed_if_it_is_the_earlier() -> None:
    soon = (DEAD, update("9:10", next=event("9:30", "")["at"]))
    assert look(PACK, "9:25", UPDATE, *soon) == ("on_track", t("9:30"), t("9:30"))
    assert look(PACK, "9:26", UPDATE, *soon) == ("at_risk", t("9:30"), t("9:30"))  # under a quarter of 20 minutes
    assert look(PACK, "9:31", UPDATE, *soon) == ("breached", t("9:30"), t("9:30"))
    between = (DEAD, update("9:10", next=event("9:50", "")["at"]))
    assert look(PACK, "9:25", UPDATE, *between) == ("on_track", t("9:40"), t("9:50"))
    late = (DEAD, update("9:10", next=event("10:30", "")["at"]))
    assert look(PACK, "9:25", UPDATE, *late) == ("on_track", t("9:40"), t("10:10"))
    assert look(PACK, "9:25", UPDATE, *late, update("9:20")) == ("on_track", t("9:50"), t("10:20"))


def test_a_promise_alone_asks_for_nothing() -> None:
    events = (opened("9:00", "fine"), update("9:10", next=event("9:30", "")["at"]))
    assert look(PACK, "9:40", UPDATE, *events) == ("not_owed", None, None)


# 5: the review

RESOLVED = event("10:00", "resolved")


def test_a_review_is_owed_where_the_pack_says() -> None:
    doc = pack(review=[1, 2])
    assert look(doc, "10:01", "review", DEAD, RESOLVED) == ("on_track", t("4 10:00"), t("4 10:00"))
    assert look(doc, "9:59", "review", DEAD, RESOLVED) == ("not_owed", None, None)
    assert look(doc, "10:01", "review", opened("9:00", "fine"), RESOLVED) == ("not_owed", None, None)
    assert look(PACK, "10:01", "review", DEAD, RESOLVED) == ("not_owed", None, None)


def test_the_worst_severity_that_was_in_force_asks_for_the_review() -> None:
    assert look(pack(review=[1]), "10:01", "review", DEAD, impact("9:30", "fine"), RESOLVED)[0] == "on_track"


def test_reviewed_ends_it_and_reopening_withdraws_it() -> None:
    doc = pack(review=[1])
    held = (DEAD, RESOLVED, event("3 9:00", "reviewed"))
    assert row(doc, "3 9:01", "review", *held)["done_at"] == t("3 9:00")
    again = (*held, event("3 10:00", "reopened"), event("3 12:00", "resolved"))
    assert look(doc, "3 11:00", "review", *again) == ("not_owed", None, None)
    assert look(doc, "3 12:00", "review", *again) == ("on_track", t("5 12:00"), t("5 12:00"))


def test_a_review_that_was_late_once_is_missed_later() -> None:
    events = (DEAD, RESOLVED, event("5 10:00", "reopened"), event("5 11:00", "resolved"), event("5 12:00", "reviewed"))
    found = row(pack(review=[1]), "5 12:00", "review", *events)
    assert (found["state"], found["breached_at"], found["limit_at"]) == ("missed", t("4 10:00"), t("7 11:00"))


def test_a_review_held_before_it_was_owed_ends_it() -> None:
    events = (opened("9:00", "fine"), RESOLVED, event("11:00", "reviewed"), impact("12:00", "dead"))
    assert row(pack(review=[1]), "12:00", "review", *events)["done_at"] == t("11:00")


# 6: business time


def test_two_business_days_from_a_saturday_end_on_tuesday_at_closing_time() -> None:
    assert look(one_target("2bd"), "7 13:00", RESOLUTION, opened("7 12:00", "fine"))[2] == t("10 17:00")


def test_what_is_too_far_away_is_said() -> None:
    with pytest.raises(ValueError, match=r"11w from 2026-03-02 09:00:00\+00:00 is beyond the horizon"):
        look(one_target("11w"), "9:00", RESOLUTION, opened("9:00", "fine"))


def test_a_part_of_a_day_counts_in_proportion() -> None:
    # Half of Monday's eight hours is left at 13:00, and half of Tuesday's four is 11:00.
    doc = one_target("1bd", {"mon": ["09:00-17:00"], "tue": ["09:00-13:00"]})
    assert look(doc, "13:00", RESOLUTION, opened("13:00", "fine"))[2] == t("3 11:00")


def test_calendars_of_a_severity_and_of_a_target() -> None:
    early = {"zone": "UTC", "hours": {"mon": ["06:00-08:00"]}}
    wide = {"zone": "UTC", "hours": {"mon": ["00:00-24:00"]}}
    row_of_sla = {"calendar": "early", "resolution": "1bh", "initial_response": {"within": "1bh", "calendar": "wide"}}
    doc = pack(calendars={"early": early, "wide": wide}, sla={"3": row_of_sla})
    at_five = opened("5:00", "fine")
    assert look(doc, "5:00", RESOLUTION, at_five)[2] == t("7:00")
    assert look(doc, "5:00", RESPONSE, at_five)[2] == t("6:00")


# 7: what ends a clock


@pytest.mark.parametrize("ending", [event("9:10", "acknowledged"), update("9:10"), event("9:10", "resolved")])
def test_what_ends_the_initial_response(ending: Data) -> None:
    found = row(PACK, "12:00", RESPONSE, DEAD, ending, update("9:40"), event("9:50", "acknowledged"))
    assert (found["state"], found["done_at"], found["limit_at"], found["left_s"]) == ("met", t("9:10"), t("9:15"), None)


@pytest.mark.parametrize(
    "other", [update("9:10", audience="internal"), event("9:10", "mitigated"), told("9:10", "chief")]
)
def test_what_does_not_end_the_initial_response(other: Data) -> None:
    assert row(PACK, "9:11", RESPONSE, DEAD, other)["done_at"] is None


def test_word_ends_a_notification_but_not_word_of_a_clock() -> None:
    assert roles("9:11", DEAD, told("9:10", "chief")) == [("chief", "met")]
    assert roles("9:11", DEAD, told("9:10", "chief", about="resolution")) == [("chief", "at_risk")]
    assert roles("9:11", DEAD, told("9:10", "lead")) == [("chief", "at_risk")]


@pytest.mark.parametrize(("sent", "state"), [("9:44", "at_risk"), ("9:45", "met")])
def test_word_counts_if_sent_at_most_the_limit_before_what_binds(sent: str, state: str) -> None:
    found = row(PACK, "10:00", NOTICE, BROKEN, told(sent, "chief"), impact("10:00", "dead"), role="chief")
    assert found["state"] == state
    assert found["done_at"] == (t(sent) if state == "met" else None)


def test_word_that_was_early_counts_in_business_time() -> None:
    # From Friday 16:00 to Saturday one business hour passes.
    doc = sla(s1={"notify": {"chief": "1bh"}}, s2={})
    events = (opened("6 9:00", "broken"), told("6 16:00", "chief"), impact("7 12:00", "dead"))
    assert roles("7 12:00", *events, doc=doc) == [("chief", "met")]


def test_what_was_told_stays_told_when_it_gets_worse() -> None:
    doc = sla(s1={"notify": {"lead": "15m"}})
    events = (BROKEN, told("9:10", "lead"), impact("9:30", "dead"))
    assert roles("10:30", *events, doc=doc) == [("lead", "met")]


def test_fixed_and_mitigated_end_no_clock() -> None:
    events = (DEAD, event("9:10", "fixed"), event("9:11", "mitigated"))
    assert look(PACK, "9:12", RESOLUTION, *events)[0] == "on_track"


# 8: waiting


def wait(at: str, on: str | None = None) -> Data:
    return event(at, "waiting", **({"on": on} if on else {}))


def resume(at: str, on: str | None = None) -> Data:
    return event(at, "resumed", **({"on": on} if on else {}))


def test_while_paused_the_instants_are_as_if_it_resumed_now() -> None:
    events = (DEAD, wait("10:00"))
    assert look(PACK, "10:40", RESOLUTION, *events) == ("paused", t("11:40"), t("13:40"))
    assert row(PACK, "20:00", RESOLUTION, *events)["left_s"] == 3 * 3600
    assert look(PACK, "20:00", RESPONSE, *events)[0] == "breached"  # this pack does not pause it


def test_a_pause_that_is_over_is_taken_off_once() -> None:
    events = (DEAD, wait("10:00"), resume("10:40"))
    assert look(PACK, "10:50", RESOLUTION, *events) == ("on_track", t("11:40"), t("13:40"))
    assert look(PACK, "11:40", RESOLUTION, *events)[0] == "at_risk"


def test_overlapping_waits_count_once() -> None:
    events = (DEAD, wait("10:00", "a"), wait("10:30", "b"), resume("10:40", "a"), resume("11:00", "b"))
    assert look(PACK, "10:50", RESOLUTION, *events)[0] == "paused"
    assert look(PACK, "11:00", RESOLUTION, *events) == ("on_track", t("12:00"), t("14:00"))


@pytest.mark.parametrize(("on", "left"), [("a", ["b", None]), ("x", []), (None, [])])
def test_resumed_ends_its_wait_or_all_of_them(on: str | None, left: list[str | None]) -> None:
    events = [DEAD, wait("9:10", "a"), wait("9:11", "b"), wait("9:12"), resume("9:20", on)]
    assert clocks(PACK, events, t("9:30"))["waiting"] == left


def test_waits_that_cannot_be_are_set_aside() -> None:
    events = [
        DEAD, resume("9:05"), wait("9:10", "a"), wait("9:11", "a"), wait("9:12"), wait("9:13"),
        event("9:20", "resolved"), wait("9:30", "b"), resume("9:40"), event("9:50", "reopened"),
    ]  # fmt: skip
    found = clocks(PACK, events, t("10:00"))
    assert found["set_aside"] == [1, 3, 5, 7, 8]
    assert found["waiting"] == []
    # 9:00 to 9:10 and 9:50 to 10:00 count.
    assert look(PACK, "10:00", RESOLUTION, *events) == ("on_track", t("11:40"), t("13:40"))


def test_several_clocks_may_pause() -> None:
    doc = pack(pauses=["initial_response", "notification", "status_update", "resolution"])
    found = clocks(doc, [DEAD, wait("9:05")], t("12:00"))
    assert {one["state"] for one in found["clocks"] if one["clock"] != "review"} == {"paused"}
    assert found["next"] is None


# 9: after resolving and closing


def test_after_the_resolution_what_was_not_late_is_not_owed() -> None:
    assert roles("10:00", BROKEN, RESOLVED) == [("lead", "not_owed")]  # exactly at its limit
    assert roles("12:00", BROKEN, event("10:01", "resolved")) == [("lead", "breached")]
    late = (BROKEN, event("10:01", "resolved"), told("12:00", "lead"))
    assert roles("12:00", *late) == [("lead", "missed")]
    assert look(PACK, "20:00", UPDATE, BROKEN, RESOLVED) == ("not_owed", None, None)


def test_a_second_acknowledgement_after_reopening_changes_nothing() -> None:
    events = (DEAD, event("9:10", "acknowledged"), RESOLVED, event("11:00", "reopened"), event("11:30", "acknowledged"))
    assert clocks(PACK, list(events), t("12:00"))["set_aside"] == []
    assert row(PACK, "12:00", RESPONSE, *events)["done_at"] == t("9:10")


def test_closing_ends_the_rest() -> None:
    events = (DEAD, event("9:16", "closed"), impact("9:20", "fine"), told("9:30", "chief"), update("9:40"))
    found = clocks(PACK, list(events), t("20:00"))
    assert [(one["clock"], one["state"], one["limit_at"], one["left_s"]) for one in found["clocks"]] == [
        ("initial_response", "missed", t("9:15"), None),
        ("notification", "missed", t("9:15"), None),
        ("status_update", "not_owed", None, None),
        ("resolution", "not_owed", None, None),
        ("review", "not_owed", None, None),
    ]
    assert (found["next"], found["severity"]["in_force"]) == (None, 3)


def test_closing_exactly_at_the_limit_is_not_late() -> None:
    assert look(PACK, "20:00", RESPONSE, DEAD, event("9:15", "closed")) == ("not_owed", None, None)


def test_closing_withdraws_the_review() -> None:
    events = (DEAD, RESOLVED, event("11:00", "closed"))
    assert look(pack(review=[1]), "11:00", "review", *events) == ("not_owed", None, None)
    assert row(PACK, "11:00", RESOLUTION, *events)["state"] == "met"


def test_what_was_closed_may_be_reopened() -> None:
    events = (DEAD, event("9:10", "closed"), event("12:10", "reopened"))
    assert look(PACK, "12:11", RESOLUTION, *events) == ("on_track", t("14:00"), t("16:00"))


# 10, 11: breaches


def test_a_breach_begins_at_the_limit_and_is_seen_after_it() -> None:
    assert row(PACK, "9:15", RESPONSE, DEAD)["breached_at"] is None
    found = row(PACK, "9:16", RESPONSE, DEAD)
    assert (found["state"], found["breached_at"], found["left_s"]) == ("breached", t("9:15"), -60)


def test_an_event_may_put_the_limit_into_the_past() -> None:
    events = (DEAD, impact("10:00", "broken"), impact("15:00", "dead"))
    assert row(PACK, "14:59", RESOLUTION, *events)["breached_at"] is None
    assert row(PACK, "16:00", RESOLUTION, *events)["breached_at"] == t("15:00")


def test_a_breach_is_never_forgotten() -> None:
    events = (DEAD, impact("14:00", "broken"), event("14:30", "resolved"))
    lowered = row(PACK, "14:00", RESOLUTION, *events)
    assert (lowered["state"], lowered["limit_at"], lowered["breached_at"]) == ("on_track", t("3 9:00"), t("13:00"))
    done = row(PACK, "15:00", RESOLUTION, *events)
    assert (done["state"], done["limit_at"], done["breached_at"]) == ("missed", t("3 9:00"), t("13:00"))


def test_what_ends_exactly_at_its_limit_is_met() -> None:
    assert row(PACK, "9:20", RESPONSE, DEAD, event("9:15", "acknowledged"))["state"] == "met"
    assert row(PACK, "9:20", RESPONSE, DEAD, event("9:16", "acknowledged"))["state"] == "missed"


def test_late_updates_are_listed_with_what_they_passed_first() -> None:
    events = (DEAD, update("10:01"), update("11:01"), impact("12:02", "broken"), impact("12:10", "fine"))
    first = {"due": t("9:30"), "limit_at": t("10:00"), "done_at": t("10:01")}
    found = row(PACK, "12:03", UPDATE, *events)
    # The one from 11:01 passed 12:01; lowering to Sev 2 makes it 15:01.
    assert (found["state"], found["limit_at"], found["breached_at"]) == ("on_track", t("15:01"), t("12:01"))
    second = {"due": t("11:31"), "limit_at": t("12:01"), "done_at": None}
    assert found["late"] == [first, second]
    after = (*events, event("12:20", "resolved"), event("12:30", "reopened"), impact("12:40", "dead"))
    assert row(PACK, "15:00", UPDATE, *after)["late"] == [first, second]
    ended = row(PACK, "15:00", UPDATE, *after, update("14:00"))
    assert ended["late"] == [first, second | {"done_at": t("14:00")}]
    assert ended["breached_at"] is None


def test_what_is_done_is_judged_by_what_was_owed_then() -> None:
    events = (BROKEN, event("9:50", "acknowledged"), impact("10:00", "dead"))
    assert look(PACK, "12:00", RESPONSE, *events) == ("met", t("10:00"), t("10:00"))


def test_what_ends_before_it_is_owed_stays_not_owed() -> None:
    events = (opened("9:00", "fine"), event("9:10", "acknowledged"), impact("10:00", "dead"))
    assert look(PACK, "12:00", RESPONSE, *events) == ("not_owed", None, None)


def test_word_sent_while_it_was_not_owed_may_be_late() -> None:
    # Lowered before 9:15, told at 9:40, raised at 10:00: the row is owed again, and was told late.
    events = (DEAD, impact("9:10", "fine"), told("9:40", "chief"), impact("10:00", "dead"))
    found = row(PACK, "10:30", NOTICE, *events, role="chief")
    assert (found["state"], found["done_at"], found["breached_at"]) == ("missed", t("9:40"), t("10:00"))


# States


def test_a_target_before_the_limit_is_when_the_risk_begins() -> None:
    assert look(PACK, "10:59", RESOLUTION, DEAD)[0] == "on_track"
    assert look(PACK, "11:00", RESOLUTION, DEAD)[0] == "at_risk"
    assert look(PACK, "13:00", RESOLUTION, DEAD)[0] == "at_risk"
    assert look(PACK, "13:01", RESOLUTION, DEAD)[0] == "breached"


def test_a_single_figure_is_at_risk_in_its_last_quarter_by_its_own_measure() -> None:
    assert look(PACK, "9:45", RESPONSE, BROKEN)[0] == "on_track"
    assert look(PACK, "9:46", RESPONSE, BROKEN)[0] == "at_risk"
    # 8bh from Monday 13:00 end on Tuesday at 13:00; two hours are left on Tuesday at 11:00.
    monday = opened("13:00", "fine")
    assert look(one_target("8bh"), "3 11:00", RESOLUTION, monday)[0] == "on_track"
    assert look(one_target("8bh"), "3 11:01", RESOLUTION, monday)[0] == "at_risk"
    # 2bd end on Wednesday at 13:00; half a day is left on Wednesday at 9:00, and on Tuesday night.
    assert look(one_target("2bd"), "3 23:00", RESOLUTION, monday)[0] == "on_track"
    assert look(one_target("2bd"), "4 9:01", RESOLUTION, monday)[0] == "at_risk"


def test_next_is_the_earliest_limit_of_what_runs() -> None:
    assert clocks(PACK, [BROKEN], t("9:01"))["next"] == {"clock": RESPONSE, "due": t("10:00"), "role": None}
    acknowledged = [BROKEN, event("9:10", "acknowledged")]
    assert clocks(PACK, acknowledged, t("9:11"))["next"] == {"clock": NOTICE, "due": t("10:00"), "role": "lead"}


# 12: order, and events that cannot be


def test_events_are_sorted_and_those_after_now_are_ignored() -> None:
    events = [impact("9:30", "dead"), BROKEN, impact("11:00", "fine")]
    found = clocks(PACK, events, t("10:00"))
    assert (found["severity"]["in_force"], found["set_aside"]) == (1, [])
    assert found["spent"] == {1: 30, 2: 30}
    with pytest.raises(ValueError, match="not opened by 2026-03-02 08:59"):
        clocks(PACK, events, t("8:59"))


def test_equal_instants_keep_the_order_of_the_file() -> None:
    assert severity("9:30", DEAD, impact("9:30", "broken"), impact("9:30", "fine")) == 3
    assert severity("9:30", DEAD, impact("9:30", "fine"), impact("9:30", "broken")) == 2


def test_what_cannot_be_is_set_aside() -> None:
    events = [
        event("8:00", "resolved"), DEAD, opened("9:05", "fine"), event("9:10", "acknowledged"),
        event("9:11", "acknowledged"), event("9:12", "reopened"), event("9:20", "resolved"), event("9:21", "resolved"),
        event("9:30", "closed"), event("9:31", "closed"), event("9:32", "resolved"), wait("9:33"),
    ]  # fmt: skip
    found = clocks(PACK, events, t("10:00"))
    assert found["set_aside"] == [0, 2, 4, 5, 7, 9, 10, 11]
    assert found["severity"]["in_force"] == 1


@pytest.mark.parametrize(("logged", "backdated"), [("9:15", False), ("9:16", True)])
def test_an_entry_logged_after_the_limit_is_backdated(logged: str, backdated: bool) -> None:  # noqa: FBT001
    entry = event("9:10", "acknowledged", logged_at=event(logged, "")["at"])
    found = row(PACK, "12:00", RESPONSE, DEAD, entry)
    assert (found["state"], found["backdated"]) == ("met", backdated)


# 13: overrides


def test_a_ceiling_and_a_floor() -> None:
    found = clocks(PACK, [DEAD, override("9:30", 2)], t("9:40"))["severity"]
    assert found == {
        "in_force": 2, "classified": 1, "could_be": 1,
        "override": {"severity": 2, "by": "ann", "reason": "so", "at": t("9:30")},
    }  # fmt: skip
    assert severity("9:40", DEAD, override("9:30", 2), impact("9:35", "fine")) == 3
    assert severity("9:40", BROKEN, override("9:30", 1)) == 1
    assert severity("9:40", BROKEN, override("9:30", 2), impact("9:35", "fine")) == 2
    assert severity("9:40", BROKEN, override("9:30", 2), impact("9:35", "dead")) == 1


def test_a_new_override_replaces_the_old_one_and_null_lifts_it() -> None:
    assert severity("9:40", DEAD, override("9:10", 3), override("9:20", 2)) == 2
    assert severity("9:40", DEAD, override("9:10", 3), override("9:20", None)) == 1


def test_a_ceiling_lapses_when_a_worse_criterion_becomes_met_also_again() -> None:
    lost = event("9:40", "facts", facts={"lost": True})
    assert severity("9:40", DEAD, override("9:10", 2), lost) == 1
    assert severity("9:40", DEAD, override("9:10", 2), impact("9:20", "fine"), impact("9:30", "dead")) == 1
    assert severity("9:40", DEAD, override("9:10", 2), impact("9:20", "dead")) == 2
    assert severity("9:40", DEAD, override("9:10", 2), event("9:20", "facts", facts={"uptime": 80})) == 2


def test_a_ceiling_lapses_when_a_fact_of_a_worse_criterion_gets_worse() -> None:
    def stores(at: str, number: int) -> Data:
        return event(at, "facts", facts={"stores": number})

    five = (opened("9:00", None), stores("9:00", 5), override("9:10", 2))
    assert severity("9:40", *five, stores("9:20", 6)) == 1
    assert severity("9:40", *five, event("9:20", "facts", facts={"shops": 1})) == 1
    assert severity("9:40", *five, stores("9:20", 5)) == 2
    low = (opened("9:00", None), event("9:00", "facts", facts={"uptime": 80}), override("9:10", 3))
    assert severity("9:40", *low, event("9:20", "facts", facts={"uptime": 85})) == 3
    assert severity("9:40", *low, event("9:20", "facts", facts={"uptime": 75})) == 2
    # Broken was met by the uptime alone; that the impact is known now is worse.
    assert severity("9:40", *low, impact("9:20", "broken")) == 2


def test_a_floor_does_not_lapse() -> None:
    events = (opened("9:00", "fine"), override("9:10", 2), impact("9:20", "dead"), impact("9:30", "fine"))
    assert severity("9:40", *events) == 2


def test_lowering_may_need_an_approver() -> None:
    doc = pack(approve_downgrade=True)
    assert severity("9:40", DEAD, override("9:10", 2), doc=doc) == 1
    assert clocks(doc, [DEAD, override("9:10", 2)], t("9:40"))["severity"]["override"] is None
    assert severity("9:40", DEAD, override("9:10", 2, approved_by="bob"), doc=doc) == 2
    assert severity("9:40", DEAD, override("9:10", 2), override("9:20", 2, approved_by="bob"), doc=doc) == 2
    assert severity("9:40", BROKEN, override("9:10", 1), override("9:20", None), doc=doc) == 1
    assert severity("9:40", BROKEN, override("9:10", 1), override("9:20", None, approved_by="bob"), doc=doc) == 2
    assert severity("9:40", BROKEN, override("9:10", 1), doc=doc) == 1


# 14: sources


def facts(at: str, given: Data, **fields: Any) -> Data:
    return event(at, "facts", facts=given, **fields)


def test_the_worst_counts_across_sources_and_the_latest_within_one() -> None:
    events = [BROKEN, impact("9:10", "dead", source="monitoring"), impact("9:20", "fine", by="bob")]
    found = clocks(PACK, events, t("9:30"))
    assert (found["facts"], found["conflicts"]) == ({"impact": "dead"}, ["impact"])
    assert severity("9:30", *events, impact("9:25", "broken", source="monitoring")) == 2
    assert severity("9:30", *events, impact("9:25", None, source="monitoring")) == 3


def test_settling_drops_what_the_others_said() -> None:
    events = [BROKEN, impact("9:10", "dead", source="monitoring"), facts("9:15", {"lost": False}, source="a")]
    settled = clocks(PACK, [*events, impact("9:20", "fine", source="customer", settles=True)], t("9:30"))
    assert (settled["facts"], settled["conflicts"]) == ({"impact": "fine", "lost": False}, [])
    unknown = clocks(PACK, [*events, impact("9:20", None, settles=True)], t("9:30"))
    assert (unknown["facts"], unknown["severity"]["could_be"]) == ({"lost": False}, 1)


def test_of_a_label_the_latest_wins() -> None:
    events = [BROKEN, facts("9:10", {"kind": "wish"}), facts("9:20", {"kind": "defect"}, source="customer")]
    found = clocks(PACK, events, t("9:30"))
    assert (found["facts"]["kind"], found["conflicts"]) == ("defect", ["kind"])
    assert clocks(PACK, [*events, facts("9:25", {"kind": "wish"})], t("9:30"))["facts"]["kind"] == "wish"
    # A ceiling does not lapse by a label: none is worse.
    lifted = pack(criteria={"1": {"wish": {"text": "A wish", "when": {"kind": "wish"}}}})
    by_another = facts("9:40", {"kind": "wish"}, source="customer")
    assert severity("9:40", BROKEN, facts("9:10", {"kind": "wish"}), override("9:20", 2), by_another, doc=lifted) == 2


# 15: what is struck


def test_a_struck_entry_counts_as_unwritten() -> None:
    events = (DEAD, event("9:10", "acknowledged", id="e1"), event("9:20", "struck", entry="e1", by="ann", reason="no"))
    assert row(PACK, "9:15", RESPONSE, *events)["state"] == "met"  # not struck yet
    assert row(PACK, "9:21", RESPONSE, *events)["state"] == "breached"
    assert clocks(PACK, list(events), t("9:30"))["set_aside"] == []


def test_a_struck_may_be_struck_and_one_that_names_nothing_is_set_aside() -> None:
    def struck(at: str, entry: str, **fields: Any) -> Data:
        return event(at, "struck", entry=entry, by="ann", reason="no", **fields)

    events = (DEAD, event("9:10", "acknowledged", id="a"), struck("9:20", "a", id="b"), struck("9:30", "b"))
    assert row(PACK, "9:31", RESPONSE, *events)["done_at"] == t("9:10")
    assert clocks(PACK, [*events, struck("9:40", "x"), struck("9:50", "s", id="s")], t("10:00"))["set_aside"] == [4, 5]


# 16: a cadence that slows

SLOWING = {"within": "30m..60m", "for": "2h", "then": {"within": "2h", "for": "4h", "then": "6h"}}


def test_an_interval_keeps_the_figure_that_it_began_with() -> None:
    doc = one_target(SLOWING, clock="status_updates")
    begun = opened("9:00", "fine")
    assert look(doc, "9:01", UPDATE, begun)[1:] == (t("9:30"), t("10:00"))
    assert look(doc, "11:30", UPDATE, begun, update("10:59"))[1:] == (t("11:29"), t("11:59"))
    assert look(doc, "11:30", UPDATE, begun, update("11:00"))[1:] == (t("13:00"), t("13:00"))
    assert look(doc, "15:00", UPDATE, begun, update("14:59"))[1:] == (t("16:59"), t("16:59"))
    assert look(doc, "15:00", UPDATE, begun, update("15:00"))[1:] == (t("21:00"), t("21:00"))


def test_a_cadence_counts_from_the_start_of_its_severity() -> None:
    # Sev 2 began at 12:00 and takes the cadence of Sev 3, from then.
    doc = one_target(SLOWING, clock="status_updates")
    events = (opened("9:00", "fine"), update("11:30"), impact("12:00", "broken"))
    assert look(doc, "12:01", UPDATE, *events)[1:] == (t("12:30"), t("13:00"))


def test_a_cadence_does_not_slow_while_no_update_is_owed() -> None:
    doc = one_target(SLOWING, clock="status_updates")
    events = (opened("9:00", "fine"), event("9:30", "resolved"), event("15:30", "reopened"), update("15:40"))
    assert look(doc, "15:41", UPDATE, *events)[1:] == (t("16:10"), t("16:40"))


def test_a_cadence_may_count_in_business_time() -> None:
    figure = {"within": "1bh", "for": "2bh", "then": "1bd"}
    doc = one_target(figure, clock="status_updates")
    begun = opened("16:00", "fine")  # the two hours end on Tuesday at 10:00
    assert look(doc, "3 9:30", UPDATE, begun, update("3 9:30"))[2] == t("3 10:30")
    assert look(doc, "3 10:00", UPDATE, begun, update("3 10:00"))[2] == t("4 10:00")


# What other trackers get wrong

HOURS = {day: ["09:00-12:00", "13:00-17:00"] for day in WEEKDAYS[:5]}


def test_a_clock_does_not_go_on_while_paused() -> None:
    events = (DEAD, wait("9:30"))
    assert row(PACK, "9:30", RESOLUTION, *events)["left_s"] == row(PACK, "6 9:30", RESOLUTION, *events)["left_s"]


def test_an_instant_is_not_stale_after_a_pause() -> None:
    events = (DEAD, wait("9:30"), resume("10:00"), wait("10:30"), resume("11:30"))
    assert look(PACK, "11:30", RESOLUTION, *events)[1:] == (t("12:30"), t("14:30"))


def test_a_pause_is_neither_lost_nor_doubled_when_the_severity_changes_in_it() -> None:
    # Sev 2: from 9:00, less 9:30 to 10:30. Sev 1: from 10:00, less 10:00 to 10:30.
    events = (BROKEN, wait("9:30"), impact("10:00", "dead"), resume("10:30"))
    assert look(PACK, "10:31", RESOLUTION, *events)[1:] == (t("12:30"), t("14:30"))
    lowered = (*events, impact("10:40", "broken"))
    assert look(PACK, "10:41", RESOLUTION, *lowered)[1:] == (t("18:00"), t("3 10:00"))


def test_a_pause_may_begin_and_end_outside_working_hours() -> None:
    # Monday 16:00 to 17:00 counts; the pause from 20:00 to Tuesday 7:00 takes nothing off, one to 10:00 takes one hour.
    begun = opened("16:00", "fine")
    night = (begun, wait("20:00"), resume("3 7:00"))
    assert look(one_target("4bh", HOURS), "3 9:00", RESOLUTION, *night)[2] == t("3 12:00")
    longer = (begun, wait("20:00"), resume("3 10:00"))
    assert look(one_target("4bh", HOURS), "3 10:00", RESOLUTION, *longer)[2] == t("3 14:00")


def test_lunch_breaks_and_split_shifts() -> None:
    doc = one_target("2bh", HOURS)
    assert look(doc, "11:00", RESOLUTION, opened("11:00", "fine"))[2] == t("14:00")
    assert look(doc, "10:00", RESOLUTION, opened("10:00", "fine"))[2] == t("12:00")  # the earliest, not 13:00
    over_lunch = (opened("11:00", "fine"), wait("11:30"), resume("13:30"))
    assert look(doc, "13:30", RESOLUTION, *over_lunch)[2] == t("15:00")
    shifts = one_target("2bh", {"mon": ["00:00-01:00", "22:00-24:00"]})
    assert look(shifts, "0:30", RESOLUTION, opened("0:30", "fine"))[2] == t("23:30")


def test_a_week_need_not_start_on_monday() -> None:
    week = {day: ["08:00-16:00"] for day in ("sun", "mon", "tue", "wed", "thu")}
    # From Thursday 15:00: one hour there, then Sunday.
    assert look(one_target("3bh", week), "5 15:00", RESOLUTION, opened("5 15:00", "fine"))[2] == t("8 10:00")


@pytest.mark.parametrize(
    ("opening", "resumed", "limit"),
    [("3/27 15:00", "3/30 8:00", "3/30 9:00"), ("10/23 14:00", "10/26 9:00", "10/26 10:00")],
)
def test_a_change_of_the_clocks_within_a_pause(opening: str, resumed: str, limit: str) -> None:
    # Friday 16:00 in Berlin, one hour until closing; from Monday 10:00 there another one is left.
    doc = one_target("2bh", calendar={"zone": "Europe/Berlin", "hours": {day: ["09:00-17:00"] for day in WEEKDAYS[:5]}})
    friday = t(opening).replace(hour=t(opening).hour + 2)
    events = (
        opened(opening, "fine"),
        event(f"{friday.month}/{friday.day} {friday.hour}:00", "waiting"),
        resume(resumed),
    )
    assert look(doc, resumed, RESOLUTION, *events)[2] == t(limit)


def test_a_night_in_which_the_clocks_change_is_as_long_as_it_is() -> None:
    nights = {"zone": "Europe/Berlin", "hours": {day: ["00:00-06:00"] for day in WEEKDAYS}}
    doc = one_target("4bh", calendar=nights)
    # Midnight there is 23:00, five hours long; and 22:00, seven hours long.
    assert look(doc, "3/28 23:00", RESOLUTION, opened("3/28 23:00", "fine"))[2] == t("3/29 3:00")
    assert look(doc, "10/24 22:00", RESOLUTION, opened("10/24 22:00", "fine"))[2] == t("10/25 2:00")
    half = one_target("1bd", calendar=nights)
    assert look(half, "3/28 23:00", RESOLUTION, opened("3/28 23:00", "fine"))[2] == t("3/29 4:00")


def test_the_update_clock_leaves_the_first_response_alone() -> None:
    events = (DEAD, update("9:10"), update("9:50"))
    assert row(PACK, "9:51", RESPONSE, *events)["done_at"] == t("9:10")
    assert look(PACK, "9:51", UPDATE, *events)[2] == t("10:50")


def test_no_breach_is_reported_while_waiting() -> None:
    events = (DEAD, wait("12:59"), resume("20:00"))
    assert look(PACK, "19:00", RESOLUTION, *events) == ("paused", t("11:00"), t("19:01"))
    assert row(PACK, "20:01", RESOLUTION, *events)["breached_at"] is None
    assert row(PACK, "20:02", RESOLUTION, *events)["breached_at"] == t("20:01")


def test_what_was_late_before_the_pause_stays_late_in_it() -> None:
    found = row(PACK, "20:00", RESOLUTION, DEAD, wait("13:01"))
    assert (found["state"], found["limit_at"], found["breached_at"]) == ("breached", t("13:00"), t("13:00"))


def test_reopening_does_not_forget_the_time_already_used() -> None:
    events = (DEAD, RESOLVED, event("18:00", "reopened"))
    assert row(PACK, "17:00", RESOLUTION, *events)["state"] == "met"
    assert look(PACK, "18:01", RESOLUTION, *events) == ("on_track", t("19:00"), t("21:00"))
    again = row(PACK, "22:00", RESOLUTION, *events, event("21:01", "resolved"))
    assert (again["state"], again["done_at"], again["breached_at"]) == ("missed", t("21:01"), t("21:00"))


# Time spent


def test_the_minutes_at_each_severity() -> None:
    events = [BROKEN, impact("9:20", "dead"), impact("9:25", "dead"), override("10:00", 2), RESOLVED]
    assert clocks(PACK, events, t("11:00"))["spent"] == {1: 40, 2: 80}
