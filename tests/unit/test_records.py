"""What is on record beside facts and clocks: actions, people, the war room, and who was told of what."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from sevclass.incident.records import ActionState, WarRoomState
from tests.unit.incidents import Data, at, event, opened, state


def actions(*events: Data) -> tuple[ActionState, ...]:
    return state(opened(), *events, now=60).actions


def action(**fields: object) -> ActionState:
    usual = {"id": None, "text": None, "owner": None, "due": None, "state": "open", "kind": "prevention"}
    return ActionState(**{**usual, "customer": None, **fields})  # type: ignore[arg-type]


def test_an_action_with_nothing_said_is_open_and_is_to_prevent() -> None:
    assert actions(event(1, "action")) == (action(),)


def test_an_action_with_everything_said() -> None:
    said = {"id": "A1", "text": "Add a test", "owner": "ann", "due": "2026-03-09", "state": "done", "kind": "promise"}
    said["for"] = "acme"

    assert actions(event(1, "action") | said) == (
        ActionState(
            id="A1",
            text="Add a test",
            owner="ann",
            due=date(2026, 3, 9),
            state="done",
            kind="promise",
            customer="acme",
        ),
    )


def test_what_is_not_said_again_stays() -> None:
    said = {"text": "Add a test", "owner": "ann", "due": "2026-03-09T12:00:00+01:00", "kind": "request", "for": "acme"}
    found = actions(
        event(1, "action", id="A1") | said,
        event(2, "action", id="A2", text="Another"),
        event(3, "action", id="A1", owner="bob"),
        event(4, "action", id="A1", state="dropped"),
    )

    due = datetime(2026, 3, 9, 11, tzinfo=UTC)
    first = action(id="A1", text="Add a test", owner="bob", due=due, state="dropped", kind="request", customer="acme")
    assert found == (first, action(id="A2", text="Another"))


def test_what_is_done_is_open_again_when_it_is_named_again() -> None:
    found = actions(event(1, "action", id="A1", text="x", state="done"), event(2, "action", id="A1", text="y"))

    assert found == (action(id="A1", text="y"),)


def test_actions_without_an_id_are_each_one_of_its_own() -> None:
    found = actions(event(1, "action", text="x"), event(2, "action", id="0", text="y"), event(3, "action", text="z"))

    assert found == (action(text="x"), action(id="0", text="y"), action(text="z"))


@pytest.mark.parametrize(
    ("due", "limit_at"),
    [
        (None, None),
        (at(5), at(5)),
        (date(2026, 3, 2), datetime(2026, 3, 3, tzinfo=UTC)),
        (date(2026, 12, 31), datetime(2027, 1, 1, tzinfo=UTC)),
        (date.max, datetime.max.replace(tzinfo=UTC)),
    ],
    ids=["never", "instant", "day", "year", "last-day"],
)
def test_a_day_lasts_to_its_end(due: date | None, limit_at: datetime | None) -> None:
    assert action(due=due).limit_at == limit_at


def test_when_it_is_due_is_written_as_it_was() -> None:
    found = state(opened(), event(1, "action", due="2026-03-09"), event(2, "action", due=at(5)), now=60)

    assert [one["due"] for one in found.model_dump()["actions"]] == ["2026-03-09", "2026-03-02T09:05:00Z"]


def test_people_fill_roles_until_somebody_else_does() -> None:
    found = state(
        opened(),
        event(1, "assigned", role="chief", person="ann"),
        event(2, "assigned", role="aide", person="bob"),
        event(3, "assigned", role="chief", person="eve"),
        event(4, "assigned", role="aide"),
        now=60,
    )
    assert found.people == {"chief": "eve", "aide": None}


def test_the_war_room_keeps_its_channel() -> None:
    events = [opened(), event(1, "war_room", state="open", channel="#a"), event(2, "war_room", state="closed")]

    assert state(*events[:1], now=60).war_room_state is None
    assert state(*events[:2], now=60).war_room_state == WarRoomState(state="open", channel="#a")
    assert state(*events, now=60).war_room_state == WarRoomState(state="closed", channel="#a")
    assert state(events[0], events[2], now=60).war_room_state == WarRoomState(state="closed", channel=None)


def test_word_of_a_clock_is_no_word_of_the_incident() -> None:
    events = (opened(impact="bad"), event(5, "notified", role="chief", about="resolution"))
    found = state(*events, now=60)

    assert [(clock.role, clock.state) for clock in found.clocks if clock.role] == [("chief", "breached")]
    assert [row.told for row in found.due if row.clock == "resolution"] == []
    assert [row.told for row in state(*events, now=200).due if row.clock == "resolution"] == [("chief",)]


def test_a_day_is_overdue_only_after_it() -> None:
    events = (opened(), event(1, "action", id="A1", due=(at(0) + timedelta(days=1)).date()))
    end = 39 * 60  # of the next day

    assert [row.clock for row in state(*events, now=end).due] == []
    assert [row.clock for row in state(*events, now=end + 1).due] == ["action"]
