"""The war room: when there is one, its positions and who holds them, what the log has of it, and its cadence."""

from __future__ import annotations

from typing import Any

import pytest

from sevclass import FactsError, load_pack
from sevclass.covers import Covers
from sevclass.incident import replay
from sevclass.playbook.cadence import Cadence
from sevclass.playbook.positions import taker
from sevclass.playbook.room import Position, Protocol, room_for, room_of
from sevclass.playbook.room_log import Decision, Handover, Holder
from tests.unit.incidents import OPENED, Data, at, event, facts, opened, override, pack_with
from tests.unit.rooms import PACK, TEAM, pack, position, room, standing, team

SUPPORT = load_pack()
BAD = opened(impact="bad")
OPEN = event(10, "war_room", state="open", channel="#bad")


def closed(minute: float) -> Data:
    return event(minute, "war_room", state="closed")


def assigned(minute: float, role: str, person: str | None, **more: Any) -> Data:
    return event(minute, "assigned", role=role, person=person, **more)


# Whether there is one


def test_none_is_called_for() -> None:
    assert room_of(standing(opened(impact="poor"), now=5), PACK) is None
    assert room_for({"impact": "poor"}, PACK) is None


def test_called_for_and_not_open_yet() -> None:
    found = room(opened(impact="poor"), facts(7, impact="bad"), now=20)

    assert (found.state, found.because, found.channel, found.to_open) == (
        "called_for",
        ("severity-1",),
        None,
        "Open a channel",
    )
    assert (found.called_at, found.opened_at, found.closed_at) == (at(7), None, None)
    # What the SLA owes is due whether a room is open or not.
    assert found.cadence == cadence(next_update=at(67), update_limit_at=at(67))


def test_open() -> None:
    found = room(BAD, OPEN, now=20)

    assert (found.state, found.channel, found.called_at, found.opened_at) == ("open", "#bad", at(0), at(10))


def test_opened_though_nothing_calls_for_it() -> None:
    found = room(opened(), event(3, "war_room", state="open"), now=20)

    assert (found.state, found.because, found.called_at) == ("open", (), None)
    assert found.cadence == cadence(
        next_update=at(33), update_limit_at=at(63), next_rotation=at(243), next_handover=at(1443)
    )


def test_closed() -> None:
    found = room(BAD, OPEN, assigned(11, "lead", "Ann"), closed(30), now=40)

    assert (found.state, found.opened_at, found.closed_at) == ("closed", at(10), at(30))
    assert found.cadence == cadence()
    assert position(found, "head").relieve_at is None


def test_closed_before_it_was_opened() -> None:
    assert room(BAD, closed(5), now=9).state == "closed"


def test_opened_again() -> None:
    again = event(40, "war_room", state="open")

    assert (room(BAD, OPEN, closed(30), again, now=50).opened_at, room(BAD, OPEN, again, now=50).opened_at) == (
        at(40),
        at(10),
    )
    assert room(BAD, OPEN, closed(30), again, now=50).closed_at is None


def test_called_for_anew() -> None:
    events = (BAD, override(5, 3), override(9, None))

    assert room(*events, now=20).called_at == at(9)


def test_a_change_of_something_else_leaves_since_when_it_is_called_for() -> None:
    assert room(BAD, facts(9, lost=True), now=20).called_at == at(0)


# Positions


@pytest.mark.parametrize(
    ("said", "needed"),
    [
        pytest.param({"impact": "bad"}, ["head", "hand"], id="without-a-condition"),
        pytest.param({"impact": "bad", "lost": True}, ["head", "hand", "saver"], id="a-fact"),
        pytest.param({"impact": "bad", "shops": 1, "stores": 1}, ["head", "hand", "saver"], id="a-severity-and-a-sum"),
        pytest.param({"impact": "bad", "shops": 1}, ["head", "hand"], id="a-severity-without-its-sum"),
        pytest.param({"shops": 3}, ["head", "hand"], id="a-sum-without-its-severity"),
    ],
)
def test_who_is_needed(said: Data, needed: list[str]) -> None:
    by_facts = room_for(said, PACK)

    assert by_facts is not None
    assert [one.position for one in by_facts.positions] == needed
    assert [one.position for one in room(opened(**said), now=5).positions] == needed


def test_the_severity_in_force_decides() -> None:
    events = (opened(shops=2, impact="bad"), override(5, 2), event(6, "war_room", state="open"))

    assert [one.position for one in room(*events, now=9).positions] == ["head", "hand"]


COVERS = Covers({"a": ["b"], "b": ["c"], "d": ["c"]})


@pytest.mark.parametrize(
    ("roles", "roster", "found"),
    [
        pytest.param(["x", "y"], ["y", "x"], ("x", True), id="the-first-of-its-roles"),
        pytest.param(["x", "y"], ["y"], ("y", True), id="the-next-one"),
        pytest.param(["x", "y"], ["z"], ("y", False), id="none: the last one"),
        pytest.param(["x", "y"], [], ("y", False), id="nobody"),
        pytest.param(["c"], ["z", "a"], ("a", True), id="somebody-stands-in"),
        pytest.param(["c"], ["a", "c"], ("c", True), id="the-role-itself-first"),
        pytest.param(["c"], ["d", "a"], ("d", True), id="the-first-on-the-roster-who-stands-in"),
        pytest.param(["c", "x"], ["x", "a"], ("a", True), id="standing-in-goes-before-another-role"),
        pytest.param(["a"], ["b"], ("a", False), id="not-the-other-way-round"),
    ],
)
def test_who_takes_a_position(roles: list[str], roster: list[str], found: tuple[str, bool]) -> None:
    assert taker(roles, roster, COVERS) == found


@pytest.mark.parametrize(
    ("said", "takers"),
    [
        pytest.param({"impact": "bad"}, ["chief", "chief"], id="chief-covers-lead"),
        pytest.param({"shops": 3, "impact": "poor"}, ["lead", "aide"], id="on-the-roster-of-2"),
    ],
)
def test_who_takes_it_by_the_roster(said: Data, takers: list[str]) -> None:
    found = room_for(said, PACK)

    assert found is not None
    assert [one.role for one in found.positions[:2]] == takers


def test_who_is_not_on_the_roster_is_called_too() -> None:
    found = room(opened(lost=True), now=5)

    assert [(one.role, one.on_roster) for one in found.positions] == [
        ("chief", True),
        ("chief", True),
        ("keeper", False),
    ]


def test_the_default_pack_at_its_worst() -> None:
    worst = {
        "functionality": "down", "environment": "production", "performance": "significantly_degraded",
        "security": "breach", "data_loss": True, "regulatory_issue": True, "publicity": "crisis",
    }  # fmt: skip
    found = room_for(worst, SUPPORT)

    assert found is not None
    assert {one.position: (one.role, one.on_roster) for one in found.positions} == {
        "incident-commander": ("escalation-manager", True),
        "technical-lead": ("engineering-on-call", True),
        "customer-liaison": ("customer-success-manager", False),
        "executive": ("vp-customer-support", True),
        "scribe": ("support-analyst", False),
        "database-expert": ("database-administrator", False),
        "security-expert": ("security-team", False),
        "legal-expert": ("legal-counsel", False),
        "press-expert": ("press-office", False),
    }


@pytest.mark.parametrize(
    ("said", "lead", "positions"),
    [
        pytest.param({"other_customers": 2}, "technical-support-engineer", 4, id="severity-4"),
        pytest.param(
            {"functionality": "major", "other_customers": 2}, "technical-support-engineer", 4, id="support-alone"
        ),
        pytest.param(
            {"functionality": "major", "other_customers": 2, "engineering_needed": True}, "engineering", 4, id="engaged"
        ),
        pytest.param({"data_loss": True}, "engineering-on-call", 6, id="severity-1"),
    ],
)
def test_the_technical_lead_of_the_default_pack(said: Data, lead: str, positions: int) -> None:
    found = room_for(said, SUPPORT)
    assert found is not None
    assert (position(found, "technical-lead").role, len(found.positions)) == (lead, positions)


# Who holds them


def test_without_a_word_nobody_is_named() -> None:
    found = room(BAD, OPEN, now=20)

    assert position(found, "head") == Position(
        position="head",
        text="Decides",
        role="chief",
        role_text="Decides",
        on_roster=True,
        person=None,
        contact=None,
        zone=None,
        source=None,
        since=None,
        relieve_at=None,
        next=None,
    )
    assert found.unfilled == ("head", "hand")


def test_by_the_log_in_the_role() -> None:
    found = room(BAD, OPEN, assigned(12, "chief", "Eve"), now=20)

    for name in ("head", "hand"):
        one = position(found, name)
        assert (one.person, one.source, one.since, one.relieve_at) == ("Eve", "log", at(12), at(252))
    assert (found.unfilled, found.others) == ((), ())


def test_by_the_log_in_the_position_itself() -> None:
    found = room(BAD, OPEN, assigned(12, "chief", "Eve"), assigned(13, "hand", "Flo"), now=20)

    assert [(one.position, one.person) for one in found.positions] == [("head", "Eve"), ("hand", "Flo")]


def test_somebody_in_the_role_goes_before_nobody_in_the_position() -> None:
    found = room(BAD, OPEN, assigned(12, "chief", "Eve"), assigned(13, "hand", None), now=20)

    assert position(found, "hand").person == "Eve"
    assert found.others == ()


def test_whoever_is_in_no_position_is_shown_too() -> None:
    people = {"chief": "Eve", "aide": "Gil", "head": "Flo", "hand": "Hal"}
    events = [assigned(minute, role, person) for minute, (role, person) in enumerate(people.items(), 12)]
    found = room(BAD, OPEN, *events, assigned(16, "cook", "Ida"), assigned(17, "cook", None), now=20)

    assert found.others == (
        Holder(role="chief", person="Eve", since=at(12)),
        Holder(role="aide", person="Gil", since=at(13)),
        Holder(role="cook", person=None, since=at(17)),
    )


def test_relief_counts_from_the_opening_of_the_room() -> None:
    assert position(room(BAD, assigned(1, "chief", "Eve"), OPEN, now=20), "head").relieve_at == at(250)


def test_the_log_knows_how_somebody_is_reached_by_the_directory() -> None:
    events = (BAD, OPEN, assigned(12, "chief", "Ann"))

    assert position(room(*events, now=20, people=TEAM), "head").contact == "+1"
    assert position(room(*events, now=20), "head").contact is None


CHIEF = 'chief: {name: Cy, contact: "+2", zone: UTC, on_call: {mon: ["09:00-17:00"]}}\n'


def test_by_the_directory() -> None:
    one = position(room(BAD, OPEN, now=20, people=CHIEF), "head")

    assert (one.person, one.contact, one.zone, one.source) == ("Cy", "+2", "UTC", "directory")
    assert (one.since, one.relieve_at, one.next) == (None, None, None)


def test_who_could_be_next_by_the_directory() -> None:
    found = room(BAD, OPEN, now=9 * 60, people=CHIEF)

    one = position(found, "head")
    assert (one.person, one.source, found.unfilled) == (None, None, ("head", "hand"))
    assert one.next is not None
    assert (one.next.name, one.next.contact, one.next.from_at) == ("Cy", "+2", at(7 * 24 * 60))


def test_the_log_says_that_nobody_is_there_and_the_directory_who_could() -> None:
    one = position(room(BAD, OPEN, assigned(12, "chief", None), now=20, people=CHIEF), "head")

    assert (one.person, one.source, one.since, one.relieve_at) == (None, "log", at(12), None)
    assert one.next is not None
    assert (one.next.name, one.next.from_at, one.next.zone, one.next.role) == ("Cy", at(20), "UTC", "chief")
    later = position(room(BAD, OPEN, assigned(12, "chief", None), now=9 * 60, people=CHIEF), "head").next
    assert later is not None
    assert later.from_at == at(7 * 24 * 60)


def test_without_a_log_the_directory_is_asked_only_at_an_instant() -> None:
    asked, not_asked = (room_for({"impact": "bad"}, PACK, team(CHIEF), now) for now in (at(20), None))

    assert asked is not None
    assert not_asked is not None
    assert [one.person for one in asked.positions] == ["Cy", "Cy"]
    assert [one.person for one in not_asked.positions] == [None, None]


# What the log has of it


def test_decisions() -> None:
    found = room(
        BAD, OPEN, event(12, "decided", text="Roll back", by="ann"), event(14, "decided", text="Tell all"), now=20
    )

    assert found.decisions == (
        Decision(at=at(12), by="ann", text="Roll back"),
        Decision(at=at(14), by=None, text="Tell all"),
    )


def test_handovers() -> None:
    events = (
        assigned(11, "lead", "Ann"),
        assigned(12, "lead", "Ann"),
        assigned(13, "lead", "Bo", by="cy"),
        assigned(14, "lead", None),
        assigned(15, "lead", None),
        assigned(16, "lead", "Di"),
    )
    found = room(BAD, OPEN, *events, now=20)

    assert found.handovers == (
        Handover(at=at(13), role="lead", was="Ann", person="Bo", by="cy"),
        Handover(at=at(14), role="lead", was="Bo", person=None, by=None),
    )
    assert found.others == (Holder(role="lead", person="Di", since=at(16)),)


def test_who_is_there_since_when_is_not_begun_anew() -> None:
    assert position(
        room(BAD, OPEN, assigned(11, "chief", "Ann"), assigned(15, "chief", "Ann"), now=20), "head"
    ).since == at(11)


def test_protocols() -> None:
    assert room(BAD, now=5).protocols == (Protocol(id="one-voice", text="One decides"),)


# Cadence


def cadence(**more: Any) -> Cadence:
    due = dict.fromkeys(("next_update", "update_limit_at", "next_rotation", "next_handover"))
    return Cadence(**{"updates": "30m..60m", "rotate": "4h", "handover": "1d", **due, **more})


def test_what_is_due_from_the_opening_of_the_room() -> None:
    found = room(BAD, OPEN, now=20).cadence

    # The room asks for word sooner than the SLA does, which is an hour.
    assert found == cadence(next_update=at(40), update_limit_at=at(60), next_rotation=at(250), next_handover=at(1450))


@pytest.mark.parametrize("audience", ["customers", "executives", "internal"])
def test_word_to_anybody_counts_in_the_room(audience: str) -> None:
    found = room(opened(), event(3, "war_room", state="open"), event(20, "update_sent", audience=audience), now=30)

    assert (found.cadence.next_update, found.cadence.update_limit_at) == (at(50), at(80))


def test_word_before_the_room_was_opened_does_not_count_there() -> None:
    found = room(opened(), event(1, "update_sent"), event(3, "war_room", state="open"), now=30)

    assert found.cadence.next_update == at(33)


def test_the_sla_may_ask_for_word_sooner() -> None:
    of = pack(cadence={"updates": "3h"})
    found = room(BAD, OPEN, now=20, of=of).cadence

    assert (found.next_update, found.update_limit_at, found.rotate, found.next_rotation) == (at(60), at(60), None, None)
    assert found.next_handover is None


def test_a_pack_without_rotation_relieves_nobody() -> None:
    found = room(BAD, OPEN, assigned(30, "head", "Ann"), now=60, of=pack(cadence={"handover": "1d"}))

    assert (position(found, "head").relieve_at, found.cadence.next_rotation) == (None, None)
    assert found.cadence == cadence(
        updates=None, rotate=None, next_update=at(60), update_limit_at=at(60), next_handover=at(1450)
    )


def test_who_is_there_longest_is_relieved_next() -> None:
    found = room(BAD, OPEN, assigned(30, "head", "Ann"), assigned(20, "hand", "Bo"), now=60)

    assert found.cadence.next_rotation == at(260)


def test_one_who_should_have_been_relieved_stays_first() -> None:
    assert room(BAD, OPEN, assigned(30, "chief", "Ann"), now=900).cadence.next_rotation == at(270)


@pytest.mark.parametrize(
    ("now", "rotation", "handover"),
    [
        pytest.param(250, 250, 1450, id="at-the-first"),
        pytest.param(251, 490, 1450, id="past-it"),
        pytest.param(1451, 1690, 2890, id="past-a-day"),
        pytest.param(10, 250, 1450, id="at-the-opening"),
    ],
)
def test_from_round_to_round(now: float, rotation: float, handover: float) -> None:
    found = room(BAD, OPEN, now=now).cadence

    assert (found.next_rotation, found.next_handover) == (at(rotation), at(handover))


def test_nothing_is_due_once_it_is_resolved() -> None:
    found = room(BAD, OPEN, assigned(11, "chief", "Ann"), event(30, "resolved"), now=40)

    assert (found.state, found.cadence) == ("open", cadence())
    assert position(found, "head").relieve_at is None


def test_past_the_end_of_time() -> None:
    late = {"at": "9999-12-31T23:00:00Z"}
    events = (BAD | late, OPEN | late, assigned(0, "chief", "Ann") | late)

    found = room_of(replay(events, PACK, OPENED.replace(year=9999, month=12, day=31, hour=23, minute=30)), PACK)

    assert found is not None
    assert position(found, "head").relieve_at is None
    assert (found.cadence.next_rotation, found.cadence.next_handover) == (None, None)
    assert found.cadence.next_update is not None
    assert found.cadence.update_limit_at is None


def test_a_pack_that_says_nothing_of_a_room() -> None:
    found = room(BAD, OPEN, now=20, of=pack_with())

    assert (found.positions, found.protocols, found.to_open) == ((), (), None)
    assert found.cadence == cadence(
        updates=None, rotate=None, handover=None, next_update=at(60), update_limit_at=at(60)
    )


def test_a_pack_without_an_sla() -> None:
    of = pack_with(sla={})
    found = room_for({"impact": "bad"}, of, opened_at=OPENED)

    assert found is not None
    assert (found.cadence.next_update, found.called_at) == (None, OPENED)


def test_what_the_sla_owes_without_a_log() -> None:
    dated, undated = room_for({"impact": "bad"}, PACK, opened_at=OPENED), room_for({"impact": "bad"}, PACK)

    assert dated is not None
    assert undated is not None
    assert (dated.cadence.next_update, undated.cadence.next_update) == (at(60), None)
    assert (dated.state, dated.called_at) == ("called_for", OPENED)


def test_in_another_language() -> None:
    german = SUPPORT.in_language("de")
    found = room_for({"data_loss": True}, german)

    assert found is not None
    assert (found.positions[0].text, found.positions[0].role_text) == (
        "Leitet den Einsatz und trifft die Entscheidungen",
        "Leitet das Vorgehen bei einer Eskalation und hält alle auf dem Laufenden",
    )
    assert found.to_open == "Einen eigenen Chat-Kanal für diese Störung öffnen, dazu eine Telefonkonferenz"
    assert found.protocols[0].text == "Die Einsatzleitung allein entscheidet, alle anderen beraten sie"


def test_bad_facts() -> None:
    with pytest.raises(FactsError, match="unknown level `worse`"):
        room_for({"impact": "worse"}, PACK)
