"""The handover sheet: what whoever takes over has to know."""

from __future__ import annotations

import pytest

from sevclass.incident.readings import Clock
from sevclass.incident.records import ActionState
from sevclass.incident.state import Wait
from sevclass.playbook.handover import SECTIONS, KnownFact, Sheet, UnknownFact, Upcoming, sheet_of
from sevclass.playbook.room_log import Decision
from tests.unit.incidents import Data, at, event, facts, opened, pack_with
from tests.unit.rooms import PACK, TEAM, pack, position, standing, team

BAD = opened(impact="bad") | {"title": "It is bad"}
OPEN = event(10, "war_room", state="open")


def sheet(*events: Data, now: float) -> Sheet:
    return sheet_of(standing(*events, now=now), PACK)


def test_where_it_stands() -> None:
    found = sheet(BAD, event(5, "waiting", on="acme"), now=20)

    assert (found.id, found.title, found.now, found.opened_at, found.phase) == (
        None,
        "It is bad",
        at(20),
        at(0),
        "open",
    )
    assert (found.severity, found.severity_name, found.could_be) == (1, "High", 1)
    assert found.waiting == (Wait(on="acme", since=at(5)),)
    assert all(isinstance(clock, Clock) for clock in found.clocks)
    assert [clock.clock for clock in found.clocks][:2] == ["initial_response", "notification"]


def test_who_holds_what() -> None:
    events = (BAD, OPEN, event(11, "assigned", role="chief", person="Ann"))
    found = sheet_of(standing(*events, now=20), PACK, team(TEAM))

    assert found.room is not None
    assert position(found.room, "head").contact == "+1"
    assert found.people == {"chief": "Ann"}


def test_without_a_room() -> None:
    found = sheet(
        opened(impact="poor"), event(3, "assigned", role="lead", person="Ann"), event(4, "decided", text="Wait"), now=5
    )

    assert (found.room, found.people) == (None, {"lead": "Ann"})
    assert found.decisions == (Decision(at=at(4), by=None, text="Wait"),)


def test_open_actions_and_promises() -> None:
    actions = (
        event(2, "action", id="A1", text="Add a test", owner="ann", due="2026-03-09"),
        event(3, "action", id="P1", due="2026-03-02T10:00:00Z") | {"kind": "promise"},
        event(4, "action", id="A2", text="Done already", state="done"),
        event(5, "action", id="A3", text="Not done", state="dropped"),
        event(6, "action") | {"kind": "request"},
    )
    found = sheet(BAD, *actions, now=20)

    assert [action.id for action in found.actions] == ["A1", "P1", None]
    assert isinstance(found.actions[0], ActionState)
    due = [one for one in found.next if one.what in {"Add a test", "P1", "Done already", "Not done", "request"}]
    assert due == [
        Upcoming(at=at(60), what="P1", who=None),
        Upcoming(at=at(7 * 1440 + 900), what="Add a test", who="ann"),
    ]


def test_an_action_that_has_no_name_is_called_by_its_kind() -> None:
    found = sheet(BAD, event(6, "action", due="2026-03-02T09:30:00Z") | {"kind": "request"}, now=20)

    assert Upcoming(at=at(30), what="request", who=None) in found.next


def test_what_is_known_and_what_is_not() -> None:
    found = sheet(BAD, facts(3, "monitoring", impact="poor", shops=2), facts(4, "shop", impact="bad"), now=20)

    assert found.known == (
        KnownFact(fact="impact", value="bad", source="shop", at=at(4), differs=("monitoring",)),
        KnownFact(fact="shops", value=2, source="monitoring", at=at(3), differs=()),
    )
    # A sum is never asked for.
    assert found.unknown == (
        UnknownFact(fact="lost", ask="Is data lost?"),
        UnknownFact(fact="stores", ask="How many stores?"),
        UnknownFact(fact="kind", ask="Which kind?"),
    )


def test_what_comes_next() -> None:
    found = sheet(BAD, OPEN, event(11, "acknowledged"), now=20)

    assert found.next == (
        Upcoming(at=at(30), what="notification", who="chief"),
        Upcoming(at=at(40), what="war_room_update", who=None),
        Upcoming(at=at(60), what="status_update", who=None),
        Upcoming(at=at(120), what="resolution", who=None),
        Upcoming(at=at(250), what="rotation", who=None),
        Upcoming(at=at(1450), what="handover", who=None),
    )


def test_an_update_that_the_sla_asks_for_stands_once() -> None:
    found = sheet_of(standing(BAD, OPEN, now=20), pack(cadence={"updates": "2h"}))

    assert [one.what for one in found.next if one.what.endswith("update")] == ["status_update"]


@pytest.mark.parametrize("kind", ["waiting", "resolved", "closed"])
def test_what_stands_still_or_is_over_does_not_come(kind: str) -> None:
    found = sheet(BAD, OPEN, event(15, kind), now=20)

    assert [one.what for one in found.next if one.what == "resolution"] == []


def test_the_headings_of_the_pack_and_then_the_others() -> None:
    assert list(sheet(BAD, now=5).headings.items()) == [
        ("next", "What comes"),
        ("known", "What we know"),
        ("status", "Status"),
        ("clocks", "Clocks"),
        ("people", "People"),
        ("decisions", "Decisions"),
        ("actions", "Open actions and promises"),
        ("unknown", "Unknown"),
    ]


def test_the_headings_of_a_pack_that_has_none() -> None:
    of = pack_with()

    assert sheet_of(standing(BAD, now=5, of=of), of).headings == SECTIONS
