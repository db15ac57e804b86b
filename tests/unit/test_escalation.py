"""Who is told that a clock is late: what a pack says of it, and what it says that says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sevclass import Pack, load_pack
from sevclass.incident.rules import rules_of
from tests.strategies import load
from tests.unit.incidents import DOCUMENT, at, clock, event, opened, pack_with, state
from tests.unit.written import CHILD, SMALL, loaded, refused

ROLES = {"chief": "Decides", "second": "Leads", "aide": "Helps"}
NAMELESS = {key: said for key, said in DOCUMENT.items() if key not in {"sla", "covers", "roster", "roles"}}
"""The small pack without its roles, so that none is called `lead`."""

LATE_RISERS = {"zone": "UTC", "hours": {day: ["10:00-17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}}


def pack_of(escalation: dict[str, Any], **changes: Any) -> Pack:
    """A pack of which a clock at severity 1 has an hour, with that escalation."""
    roster = {"1": {"second": {"duty": "leads"}}, "3": {"aide": {"duty": "handles"}}}
    sla = {"1": {"resolution": "1h"}}
    return load(NAMELESS | {"roles": ROLES, "roster": roster, "sla": sla, "escalation": escalation} | changes)


def stages(pack: Pack, severity: int) -> tuple[list[str], list[str], list[tuple[int, Any, list[str]]]]:
    """What counts at a severity: who is told at risk, who when breached, and so far past the limit."""
    found = rules_of(pack).escalation.at(severity)
    return [*found.at_risk], [*found.breached], [(step.times, step.amount, [*step.roles]) for step in found.past]


def told(pack: Pack, minute: float, *more: Any, **facts: Any) -> tuple[str, ...]:
    """Who is to be told of the resolution then."""
    found = state(opened(**(facts or {"impact": "bad"})), *more, now=minute, pack=pack)
    return next((row.tell for row in found.due if row.clock == "resolution"), ())


def test_the_default_pack() -> None:
    pack = load_pack()
    support = ["support-manager"]
    vice, chief = ["vp-customer-support"], ["cto"]

    assert stages(pack, 1) == (["lead"], vice, [(1, None, chief)])
    for severity in (2, 3, 4):
        assert stages(pack, severity) == (["lead"], support, [(1, None, vice)])


def test_a_pack_that_says_nothing_tells_who_leads() -> None:
    pack = pack_of({})

    assert stages(pack, 1) == stages(pack, 3) == (["lead"], ["lead"], [])
    assert [told(pack, minute) for minute in (45, 46, 60, 61, 600)] == [(), *[("second",)] * 4]


def test_what_a_severity_does_not_say_it_has_from_the_next_milder_one() -> None:
    pack = pack_of({
        "1": {"past_1x": ["chief"]},
        "2": {"at_risk": ["second"], "past_1x": ["second"], "past_30m": ["aide"]},
        "3": {"at_risk": ["aide"], "breached": ["aide"]},
    })  # fmt: skip

    assert stages(pack, 3) == (["aide"], ["aide"], [])
    half = rules_of(pack).escalation.at(2).past[1].amount
    assert stages(pack, 2) == (["second"], ["aide"], [(1, None, ["second"]), (0, half, ["aide"])])
    assert stages(pack, 1) == (["second"], ["aide"], [(1, None, ["chief"]), (0, half, ["aide"])])


def test_a_pack_that_says_something_says_it_all() -> None:
    pack = pack_of({"2": {"breached": ["chief"]}})

    assert stages(pack, 1) == stages(pack, 2) == ([], ["chief"], [])
    assert stages(pack, 3) == ([], [], [])


@pytest.mark.parametrize(
    ("stage", "begins"),
    [("past_1x", 120), ("past_3x", 240), ("past_30m", 90), ("past_2h", 180), ("past_1d", 60 + 1_440)],
)
def test_how_far_past_the_limit(stage: str, begins: int) -> None:
    pack = pack_of({"3": {"breached": ["aide"], stage: ["chief"]}})

    assert [told(pack, begins - 1), told(pack, begins)] == [("aide",), ("chief",)]


@pytest.mark.parametrize(
    ("stage", "begins"),
    [
        # Opened on Monday at nine; the calendar is of seven hours a day, from ten.
        ("past_2bh", 3 * 60),
        ("past_1bd", 8 * 60),
        ("past_2bd", (24 + 8) * 60),
    ],
)
def test_business_time_past_the_limit_is_counted_on_the_calendar_of_the_pack(stage: str, begins: int) -> None:
    pack = pack_of({"3": {"breached": ["aide"], stage: ["chief"]}}, calendar=LATE_RISERS)

    assert [told(pack, begins - 1), told(pack, begins)] == [("aide",), ("chief",)]


def test_as_much_again_is_in_the_measure_of_the_limit() -> None:
    sla = {"1": {"resolution": "7bh"}}
    pack = pack_of({"3": {"breached": ["aide"], "past_1x": ["chief"]}}, sla=sla, calendar=LATE_RISERS)

    # The limit is Monday at five in the afternoon, and as much again Tuesday at that hour.
    assert [told(pack, (24 + 8) * 60 - 1), told(pack, (24 + 8) * 60)] == [("aide",), ("chief",)]


def test_of_several_stages_the_last_that_has_come_counts() -> None:
    pack = pack_of({"3": {"breached": ["aide"], "past_2h": ["chief"], "past_1x": ["second"]}})

    assert [told(pack, minute) for minute in (61, 120, 179, 180)] == [("aide",), ("second",), ("second",), ("chief",)]


def test_of_two_stages_at_one_instant_that_of_the_worse_severity_counts() -> None:
    pack = pack_of({"1": {"past_1x": ["chief"]}, "3": {"past_60m": ["aide"]}})

    assert told(pack, 120) == ("chief",)


def test_a_promise_has_a_length_of_its_own() -> None:
    pack = pack_of({"3": {"past_1x": ["chief"], "breached": ["aide"]}}, sla={"1": {"status_updates": "4h"}})
    sent = event(10, "update_sent", next=at(30))

    def who(minute: float) -> tuple[str, ...]:
        return next(row.tell for row in state(opened(impact="bad"), sent, now=minute, pack=pack).due)

    assert [who(31), who(49), who(50)] == [("aide",), ("aide",), ("chief",)]


def test_a_promise_at_the_limit_leaves_that_to_count() -> None:
    sla = {"1": {"status_updates": "2bh"}}
    pack = pack_of({"3": {"past_1x": ["chief"], "breached": ["aide"]}}, sla=sla, calendar=LATE_RISERS)
    # Two hours from ten on, as was promised at ten past nine.
    events = (opened(impact="bad"), event(10, "update_sent", next=at(180)))

    assert [row.tell for minute in (299, 300) for row in state(*events, now=minute, pack=pack).due] == [
        ("aide",),
        ("chief",),
    ]
    # Less than a quarter of the two hours, and not of what was promised.
    assert [clock(state(*events, now=m, pack=pack), "status_update").state for m in (150, 151)] == [
        "on_track",
        "at_risk",
    ]


def test_what_was_too_late_before_a_pause_is_told_on_in_it() -> None:
    pack = pack_with(escalation={"3": {"breached": ["aide"], "past_1x": ["chief"]}})
    events = (opened(impact="bad"), event(250, "waiting"))

    assert [told(pack, minute, *events[1:]) for minute in (479, 480)] == [("aide",), ("chief",)]


def test_a_promise_that_is_broken_while_it_waits_is_told_on() -> None:
    escalation = {"3": {"past_1x": ["chief"], "breached": ["aide"]}}
    pack = pack_of(escalation, sla={"1": {"status_updates": "4h"}}, pauses=["status_update"])
    events = (opened(impact="bad"), event(20, "update_sent", next=at(40)), event(25, "waiting"))

    assert [row.tell for minute in (59, 60) for row in state(*events, now=minute, pack=pack).due] == [
        ("aide",),
        ("chief",),
    ]


@pytest.mark.parametrize(
    ("sla", "more"),
    [
        pytest.param({"resolution": "999999m"}, (), id="beyond-the-calendar"),
        pytest.param({"resolution": "9999d"}, (), id="beyond-any-length"),
        pytest.param({"status_updates": "9999d"}, (event(10, "update_sent", next=at(60 * 24 * 700)),), id="promise"),
        pytest.param({"status_updates": "9999d"}, (event(10, "update_sent", next=at(60 * 24 * 5_000)),), id="promised"),
    ],
)
def test_a_stage_beyond_any_date_never_comes(sla: dict[str, str], more: tuple[Any, ...]) -> None:
    pack = pack_of({"3": {"breached": ["aide"], "past_999999x": ["chief"]}}, sla={"1": sla})

    (row,) = state(opened(impact="bad"), *more, now=60 * 24 * 20_000, pack=pack).due
    assert (row.state, row.tell) == ("breached", ("aide",))


def test_several_roles_are_told_each_once() -> None:
    pack = pack_of({"3": {"breached": ["chief", "lead", "second", "chief"]}})

    assert told(pack, 61) == ("chief", "second")


def test_a_role_of_the_name_lead_is_that_role() -> None:
    found = state(opened(impact="bad"), now=241, pack=pack_with(escalation={"3": {"breached": ["lead"]}}))

    assert found.roster[0].role == "chief"
    assert {row.tell for row in found.due} == {("lead",)}


def test_nobody_is_told_where_nobody_leads() -> None:
    assert told(pack_of({}, roster={}), 61) == ()
    assert told(load(NAMELESS | {"sla": {"1": {"resolution": "1h"}}}), 61) == ()


# What is written


def written(escalation: str) -> dict[str, str]:
    return {**SMALL, "escalation.yaml": f"escalation:\n{escalation}"}


def test_a_role_alone_is_a_list_of_one(tmp_path: Path) -> None:
    pack = loaded(tmp_path, written("  2: {at_risk: lead, breached: [deputy], past_12bh: [deputy, lead]}\n"))

    assert stages(pack, 2)[:2] == (["lead"], ["deputy"])
    assert [[*step.roles] for step in rules_of(pack).escalation.at(1).past] == [["deputy", "lead"]]


@pytest.mark.parametrize(
    ("escalation", "told"),
    [
        pytest.param(
            "  1: {breached: deputi}\n",
            "escalation.yaml:2:17: unknown role `deputi`; did you mean `deputy`?\n"
            "      1: {breached: deputi}\n                    ^^^^^^",
            id="role",
        ),
        pytest.param(
            "  1: {past_1x: [deputy, boss]}\n",
            "escalation.yaml:2:25: unknown role `boss`; every role stands in `roles`\n"
            "      1: {past_1x: [deputy, boss]}\n                            ^^^^",
            id="role-in-a-list",
        ),
        pytest.param(
            "  3: {breached: deputy}\n",
            "escalation.yaml:2:3: unknown severity `3`; severities are 1 to 2\n      3: {breached: deputy}\n      ^",
            id="severity",
        ),
        pytest.param(
            "  1: {late: deputy}\n",
            "escalation.yaml:2:7: `late` is not a stage; a stage is `at_risk`, `breached`, or how far past "
            "the limit, as `past_1x` or `past_30m` say\n"
            "      1: {late: deputy}\n          ^^^^",
            id="stage",
        ),
        pytest.param(
            "  1: {past_0x: deputy}\n",
            "escalation.yaml:2:7: `past_0x` is not a stage; a stage is `at_risk`, `breached`, or how far past "
            "the limit, as `past_1x` or `past_30m` say\n"
            "      1: {past_0x: deputy}\n          ^^^^^^^",
            id="no-time",
        ),
        pytest.param(
            "  1: {past_1y: deputy}\n",
            "escalation.yaml:2:7: `past_1y` is not a stage; a stage is `at_risk`, `breached`, or how far past "
            "the limit, as `past_1x` or `past_30m` say\n"
            "      1: {past_1y: deputy}\n          ^^^^^^^",
            id="unit",
        ),
        pytest.param(
            "  1: {breached: []}\n",
            "escalation.yaml:2:7: `breached` has 0 entries; it needs at least 1\n"
            "      1: {breached: []}\n          ^^^^^^^^",
            id="nobody",
        ),
        pytest.param(
            "  1: {breached: 5}\n",
            "escalation.yaml:2:17: 5 is not a list\n      1: {breached: 5}\n                    ^",
            id="number",
        ),
        pytest.param(
            "  1: {breached: [Deputy]}\n",
            "escalation.yaml:2:18: `Deputy` is not a name; a name is lower-case letters, digits, `_` and `-`, "
            "and starts with a letter\n"
            "      1: {breached: [Deputy]}\n                     ^^^^^^",
            id="no-name",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, escalation: str, told: str) -> None:
    assert str(refused(tmp_path, written(escalation))) == told


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    error = refused(tmp_path, written("  1: {breached: boss, past_1x: [chief, deputy]}\n  7: {at_risk: nobody}\n"))

    assert [problem.code for problem in error.problems] == ["unknown_role"] * 2 + ["unknown_severity", "unknown_role"]


# `extends`


def test_a_pack_changes_what_it_inherits_stage_by_stage(tmp_path: Path) -> None:
    changes = "escalation:\n  1: {breached: [cto, support-manager], past_30m: executive-team}\n  4: {past_1x: null}\n"
    pack = loaded(tmp_path, {**CHILD, "x.yaml": changes})

    half = rules_of(pack).escalation.at(1).past[1].amount
    past = [(1, None, ["cto"]), (0, half, ["executive-team"])]
    assert stages(pack, 1) == (["lead"], ["cto", "support-manager"], past)
    assert stages(pack, 2) == (["lead"], ["support-manager"], [])


def test_a_pack_may_do_without(tmp_path: Path) -> None:
    assert stages(loaded(tmp_path, {**CHILD, "x.yaml": "escalation: null\n"}), 1) == (["lead"], ["lead"], [])


def test_a_role_that_is_deleted_is_not_told(tmp_path: Path) -> None:
    error = refused(tmp_path, {**CHILD, "x.yaml": "roles: {cto: null}\n"})

    assert str(error) == (
        "support/escalation.yaml:6:47: unknown role `cto`; it is deleted at x.yaml:1:9\n"
        f"      1: {{breached: vp-customer-support, past_1x: cto}}\n{' ' * 50}^^^\n"
        "support/paths.yaml:15:64: unknown role `cto`; it is deleted at x.yaml:1:9\n"
        f"        engineering-resources: {{text: Engineering resources, role: cto}}\n{' ' * 67}^^^"
    )
