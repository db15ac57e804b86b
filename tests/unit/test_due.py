"""What is due, at risk or late of an incident, in which order, and who is to be told."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest

from sevclass import load_pack
from sevclass.incident import replay
from sevclass.incident.due import ActionRow, DueRow, worst_first
from sevclass.incident.schemas import due_schema
from tests.unit.incidents import Data, at, event, opened, override, pack_with, state
from tests.unit.test_escalation import pack_of

DOWN = opened(functionality="down", environment="production") | {"title": "Payments fail"}
"""Severity 1 of the default pack."""
SUPPORT = load_pack()


def due(*events: Data, now: float, **more: Any) -> tuple[DueRow, ...]:
    return state(*events, now=now, pack=more.get("pack", SUPPORT)).due


def row(clock: str, *tell: str, **said: Any) -> DueRow:
    """A row of an incident of severity 1 that has that title."""
    usual = {"id": None, "title": "Payments fail", "severity": 1, "role": None, "state": "breached", "over_s": 0}
    return DueRow(**{**usual, "clock": clock, "tell": tell, "told": (), **said})


def action_row(action: str | None, text: str | None, *tell: str, **said: Any) -> DueRow:
    """The row of an action that was promised to nobody."""
    return ActionRow(**as_keys(row("action", *tell, **said)), action=action, text=text, customer=None)


def as_keys(found: DueRow) -> dict[str, Any]:
    return {field.name: getattr(found, field.name) for field in fields(found)}


def told(minute: float, role: str, about: str) -> Data:
    return event(minute, "notified", role=role, about=about)


def of(clock: str, *events: Data, now: float, **more: Any) -> list[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """Of each row of a clock: who is to be told, who was, and whether somebody is still to be told."""
    return [(one.tell, one.told, one.is_untold) for one in due(*events, now=now, **more) if one.clock == clock]


def test_nothing_is_due_at_the_beginning() -> None:
    assert due(opened(functionality="major"), now=0) == ()


def test_at_risk() -> None:
    lead = "escalation-manager"

    assert due(DOWN, now=12) == (
        row("initial_response", lead, state="at_risk", due=at(15), limit_at=at(15)),
        row("notification", lead, state="at_risk", role="executive-team", due=at(0), limit_at=at(15)),
        row("notification", lead, state="at_risk", role="vp-customer-support", due=at(0), limit_at=at(15)),
    )


def test_at_risk_from_its_target_on() -> None:
    pack = pack_of({}, sla={"1": {"resolution": "1h..2h"}})

    assert [[one.state for one in due(opened(impact="bad"), now=now, pack=pack)] for now in (59.9, 60)] == [
        [],
        ["at_risk"],
    ]


def test_breached_and_past_its_limit_by_as_much_again() -> None:
    told_now = event(1, "notified", role="executive-team"), event(1, "notified", role="vp-customer-support")

    def initial(minute: float) -> DueRow:
        (found,) = (one for one in due(DOWN, *told_now, now=minute) if one.clock == "initial_response")
        return found

    owed = {"due": at(15), "limit_at": at(15)}
    assert initial(15).state == "at_risk"
    assert initial(15.01) == row("initial_response", "vp-customer-support", over_s=0, **owed)
    assert initial(29) == row("initial_response", "vp-customer-support", over_s=840, **owed)
    assert initial(30) == row("initial_response", "cto", over_s=900, **owed)


def test_who_is_told_at_a_milder_severity() -> None:
    events = (opened(functionality="major"), event(1, "notified", role="support-manager"))

    assert of("initial_response", *events, now=50) == [(("escalation-manager",), (), True)]
    assert of("initial_response", *events, now=61) == [(("support-manager",), (), True)]
    assert of("initial_response", *events, now=120) == [(("vp-customer-support",), (), True)]
    mild = opened(functionality="minor")
    assert of("initial_response", mild, now=23 * 60) == [(("support",), (), True)]


def test_what_is_done_paused_or_not_owed_is_not_due() -> None:
    events = (DOWN, event(10, "acknowledged"), event(11, "notified", role="executive-team"), event(12, "waiting"))

    assert [one.clock for one in due(*events, event(13, "update_sent"), now=40)] == ["notification"]
    assert [one.clock for one in due(*events, event(13, "resolved"), now=14)] == []


def test_a_promise_is_at_risk_while_there_is_much_time_left_for_the_update() -> None:
    pack = pack_of({}, sla={"1": {"status_updates": "4h"}})
    (found,) = due(opened(impact="bad"), event(10, "update_sent", next=at(30)), now=26, pack=pack)

    assert (found.clock, found.state, found.limit_at, found.tell) == (
        "status_update",
        "at_risk",
        at(30),
        ("second",),
    )


def test_what_has_no_limit_is_not_due_and_hides_nothing() -> None:
    pack = pack_of({}, sla={"1": {"initial_response": "1h..999999w", "resolution": "1h"}})
    (found,) = due(opened(impact="bad"), now=61, pack=pack)

    assert (found.clock, found.state) == ("resolution", "breached")


def test_each_row_has_the_id_of_the_incident() -> None:
    found = replay([DOWN], SUPPORT, at(12), id="T-17").due

    assert {one.id for one in found} == {"T-17"}


# Who was told


def test_what_has_no_limit_in_all_time_is_not_due() -> None:
    pack = pack_with(sla={"1": {"resolution": "1h..999999w"}})
    found = state(opened(impact="bad"), now=90, pack=pack)
    (clock,) = (one for one in found.clocks if one.clock == "resolution")
    assert (clock.state, clock.limit_at, found.due) == ("at_risk", None, ())


def test_told_counts_for_the_clock_it_names() -> None:
    vice = "vp-customer-support"
    word = told(20, vice, "initial_response")

    assert of("initial_response", DOWN, word, now=21) == [((vice,), (vice,), False)]
    assert of("initial_response", DOWN, word, now=31) == [(("cto",), (vice,), True)]
    assert of("initial_response", DOWN, word, told(31, "cto", "initial_response"), now=32) == [
        (("cto",), (vice, "cto"), False)
    ]
    assert of("notification", DOWN, word, now=21) == [((vice,), (), True)] * 2


def test_who_was_told_twice_stands_once() -> None:
    words = (told(20, "cto", "initial_response"), told(21, "cto", "initial_response"))

    assert of("initial_response", DOWN, *words, now=40) == [(("cto",), ("cto",), False)]


@pytest.mark.parametrize(
    ("about", "untold"),
    [
        ("notification", [False, False]),
        ("notification:executive-team", [False, True]),
        ("notification:vp-customer-support", [True, False]),
        ("executive-team", [True, True]),
    ],
)
def test_told_of_one_notification_or_of_all(about: str, untold: list[bool]) -> None:
    found = due(DOWN, told(20, "vp-customer-support", about), now=21)

    assert [one.is_untold for one in found if one.clock == "notification"] == untold


def test_told_of_an_update_counts_until_the_next_one_is_sent() -> None:
    vice = "vp-customer-support"
    events = (DOWN, told(61, vice, "status_update"))

    assert of("status_update", *events, now=62) == [((vice,), (vice,), False)]
    sent = event(62, "update_sent")
    assert of("status_update", *events, sent, now=123) == [((vice,), (), True)]
    assert of("status_update", *events, sent, told(62, vice, "status_update"), now=123) == [((vice,), (vice,), False)]
    internal = event(62, "update_sent", audience="internal")
    assert of("status_update", *events, internal, now=63) == [((vice,), (vice,), False)]


def test_nobody_to_tell_is_nobody_untold() -> None:
    pack = pack_of({"3": {"breached": ["aide"]}})

    assert of("resolution", opened(impact="bad"), now=50, pack=pack) == [((), (), False)]


# Actions and promises


def test_an_action_is_overdue_after_its_instant() -> None:
    events = (opened(), event(1, "action", id="A1", text="Add a test", owner="ann", due=at(60)))

    assert due(*events, now=60) == ()
    (found,) = due(*events, now=61)
    assert found == action_row(
        *("A1", "Add a test", "support-manager"),
        title=None,
        severity=4,
        role="ann",
        due=at(60),
        limit_at=at(60),
        over_s=60,
    )


def test_an_action_that_is_due_on_a_day() -> None:
    events = (DOWN, event(1, "action", id="A1", due="2026-03-02"), event(2, "closed"))
    end = datetime(2026, 3, 3, tzinfo=UTC)

    assert due(*events, now=15 * 60) == ()
    assert due(*events, now=15 * 60 + 0.5) == (
        action_row("A1", None, "vp-customer-support", due=end, limit_at=end, over_s=30),
    )


@pytest.mark.parametrize("kind", [None, "prevention", "request", "promise"])
def test_promises_are_told_apart(kind: str | None) -> None:
    events = (opened(), event(1, "action", due=at(2)) | {"kind": kind})

    assert [one.clock for one in due(*events, now=3)] == ["promise" if kind == "promise" else "action"]


def test_what_is_done_dropped_or_never_due_is_not_overdue() -> None:
    states = [event(1, "action", due=at(2), state=one) for one in ("done", "dropped")]

    assert due(opened(), *states, event(1, "action"), now=3) == ()


def test_told_of_an_action_by_its_id_or_of_all_of_its_kind() -> None:
    one, other = (event(1, "action", id=id_, due=at(2)) | {"kind": "promise"} for id_ in ("A1", "A2"))
    manager = "support-manager"

    def untold(*words: Data) -> list[bool]:
        return [found.is_untold for found in due(opened(), one, other, *words, now=60)]

    assert untold() == [True, True]
    assert untold(told(3, manager, "A2")) == [True, False]
    assert untold(told(3, manager, "promise")) == [False, False]
    assert untold(told(3, manager, "action")) == [True, True]
    assert untold(told(3, "cto", "A1")) == [True, True]
    # Word of all of them was word of those that were overdue then.
    assert untold(told(2, manager, "promise")) == [True, True]
    assert untold(told(1, manager, "A1")) == [False, True]


def test_word_of_a_clock_is_no_word_of_an_action_called_like_it() -> None:
    action = event(1, "action", id="resolution", due=at(2))
    (found,) = due(opened(), action, told(3, "support-manager", "resolution"), now=60)
    assert (found.clock, found.told) == ("action", ())


# In which order


def test_worst_first() -> None:
    def one(severity: int, limit: int, state: str = "breached") -> DueRow:
        return row("resolution", severity=severity, state=state, due=None, limit_at=at(limit))

    expected = [one(1, 5), one(1, 9), one(2, 1), one(4, 0), one(1, 7, "at_risk"), one(1, 8, "at_risk")]
    for rows in (expected, expected[::-1], expected[2:] + expected[:2]):
        assert worst_first(rows) == expected
    clocks = [row(clock, due=None, limit_at=at(5)) for clock in ("b", "a")]
    assert worst_first(clocks) == clocks  # else as they came


def test_the_rows_of_an_incident_are_sorted() -> None:
    found = due(DOWN, event(1, "action", due=at(5)), event(2, "update_sent"), now=40)

    assert [(one.state, one.clock) for one in found] == [
        ("breached", "action"),
        ("breached", "notification"),
        ("breached", "notification"),
        ("at_risk", "status_update"),
    ]


def test_the_severity_is_the_one_in_force() -> None:
    pack = pack_with()
    found = due(opened(impact="bad"), override(31, 2), now=61, pack=pack)

    assert {one.severity for one in found} == {2}


def test_a_row_as_json() -> None:
    found = state(DOWN, told(16, "vp-customer-support", "initial_response"), now=17, pack=SUPPORT).due[0]

    assert found.model_dump() == {
        "id": None,
        "title": "Payments fail",
        "severity": 1,
        "clock": "initial_response",
        "role": None,
        "state": "breached",
        "due": "2026-03-02T09:15:00Z",
        "limit_at": "2026-03-02T09:15:00Z",
        "over_s": 120,
        "tell": ["vp-customer-support"],
        "told": ["vp-customer-support"],
    }


def test_the_schema_of_what_is_due() -> None:
    schema = due_schema()
    assert (schema["title"], schema["required"]) == ("Due", ["now", "rows", "problems"])
    assert list(schema["$defs"]["Problem"]["properties"]) == ["path", "code", "message", "hint"]
    rows = [one.model_dump() for one in due(DOWN, event(1, "action", due=at(5)), now=40)]
    shown = {"now": "2026-03-02T09:40:00Z", "rows": rows, "problems": []}
    jsonschema.Draft202012Validator(schema).validate(shown)
    assert {row["clock"] for row in rows} > {"action", "notification"}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(shown | {"rows": [{"clock": "resolution"}]})


def test_an_overdue_action_says_whom_it_is_for() -> None:
    (found,) = due(opened(), event(1, "action", id="A1", text="Call", due=at(2)) | {"for": "acme"}, now=3)

    assert isinstance(found, ActionRow)
    assert (found.action, found.text, found.customer) == ("A1", "Call", "acme")
