"""The history of an incident: what each event changed, and why."""

from __future__ import annotations

import pickle

from sevclass.incident import IncidentState
from sevclass.incident.history import Change
from tests.unit.incidents import at, event, facts, opened, override, pack_with, state


def at_minute(found: IncidentState, minute: float) -> Change:
    (one,) = (change for change in found.history if change.at == at(minute))
    return one


def moved(change: Change) -> dict[str, tuple[float | None, float | None]]:
    """Clock -> its limit before and after, in minutes after the opening."""
    return {
        one.role or one.clock: tuple(at_ and (at_ - at(0)).total_seconds() / 60 for at_ in (one.was, one.becomes))  # type: ignore[misc]
        for one in change.moved
    }


def roles(change: Change) -> tuple[list[str], list[str]]:
    """Those newly needed, and those who may go."""
    return [row.role for row in change.needed], [row.role for row in change.stand_down]


def test_the_opening() -> None:
    (change,) = state(opened(impact="poor") | {"by": "ann"}, now=0).history
    assert {key: said for key, said in change.model_dump().items() if key != "moved"} == {
        "at": "2026-03-02T09:00:00Z",
        "event": "opened",
        "by": "ann",
        "phase": "open",
        "severity": 2,
        "was": None,
        "classified": 2,
        "lapsed": False,
        "gained": ["poor"],
        "lost": [],
        "needed": [{"role": "lead", "duty": "leads"}, {"role": "aide", "duty": "handles"}],
        "stand_down": [],
        "war_room": False,
    }
    assert moved(change) == {
        "initial_response": (None, 120),
        "lead": (None, 60),
        "status_update": (None, 240),
        "resolution": (None, 1440),
    }


def test_a_worse_severity_and_back() -> None:
    found = state(
        opened(impact="poor"), facts(10, impact="bad", lost=True), facts(20, lost=False, impact="fine"), now=30
    )
    worse, milder = at_minute(found, 10), at_minute(found, 20)
    assert (worse.was, worse.severity, worse.war_room) == (2, 1, True)
    assert (worse.gained, worse.lost, roles(worse)) == (("bad", "lost"), (), (["chief"], ["lead"]))
    assert moved(worse) == {
        "initial_response": (120, 40),
        "status_update": (240, 70),
        "resolution": (1440, 250),
        "chief": (None, 40),
    }
    assert (milder.was, milder.severity, milder.war_room) == (1, 3, False)
    assert (milder.gained, milder.lost, roles(milder)) == ((), ("bad", "lost", "poor"), ([], ["chief"]))
    assert moved(milder) == {
        "initial_response": (40, None),
        "chief": (40, None),
        "lead": (60, None),
        "status_update": (70, None),
        "resolution": (250, 5760),
    }


def test_what_changes_nothing_is_not_in_it() -> None:
    found = state(
        opened(impact="poor"),
        event(5, "note", text="x"),
        facts(6, shops=1),
        event(7, "fixed"),
        override(8, None),
        now=9,
    )
    assert [change.event for change in found.history] == ["opened"]


def test_what_is_set_aside_is_not_in_it() -> None:
    events = (opened(), event(5, "resumed"), facts(6, impact="dire"))
    assert [change.event for change in state(*events, now=9).history] == ["opened"]
    later = state(*events, facts(7, impact="bad"), now=9)
    assert [change.event for change in later.history] == ["opened", "facts"]


def test_roles_and_the_war_room_may_depend_on_facts() -> None:
    roster = {"3": {"chief": {"duty": "handles"}, "aide": {"duty": "helps", "when": [{"shops": 2}]}}}
    pack = pack_with(roster=roster, covers={}, war_room={"several": [{"shops": 3}]})
    events = (opened(), facts(5, shops=2), facts(6, shops=3), facts(7, shops=1))
    found = state(*events, now=6, pack=pack)
    assert ([row.role for row in found.roster], found.war_room.because) == (["chief", "aide"], ("several",))

    found = state(*events, now=9, pack=pack)
    assert ([row.role for row in found.roster], found.war_room.because) == (["chief"], ())
    changes = [(roles(change), change.war_room) for change in found.history]
    assert changes == [
        ((["chief"], []), False),
        ((["aide"], []), False),
        (([], []), True),
        (([], ["aide"]), False),
    ]


def test_an_override_shows_the_severity_of_the_facts_beside_it() -> None:
    change = at_minute(state(opened(impact="bad"), override(5, 2) | {"by": "eve"}, now=9), 5)
    assert (change.event, change.by, change.severity, change.classified) == ("override", "eve", 2, 1)
    assert (change.gained, change.lost) == ((), ())
    assert (roles(change), change.war_room) == ((["lead"], ["chief"]), False)


def test_an_override_that_lapses_is_told() -> None:
    found = state(opened(impact="bad"), override(5, 2), facts(8, lost=True) | {"by": "bob"}, now=9)
    change = at_minute(found, 8)
    assert (change.lapsed, change.severity, change.was, change.gained) == (True, 1, 2, ("lost",))
    assert [one.lapsed for one in found.history] == [False, False, True]


def test_one_that_lapses_and_leaves_all_as_it_was_is_told_by_what_it_gained() -> None:
    found = state(opened(impact="bad"), override(5, 2), facts(6, impact="fine"), facts(8, impact="bad"), now=9)
    assert (at_minute(found, 6).severity, at_minute(found, 8).severity) == (3, 1)
    assert at_minute(found, 8).lapsed


def test_one_that_waits_for_approval_is_told() -> None:
    pack = pack_with(approve_downgrade=True)
    found = state(opened(impact="bad"), override(5, 2), override(7, 2, approved_by="eve"), now=9, pack=pack)
    assert [(change.event, change.severity, change.moved) for change in found.history[1:2]] == [("override", 1, ())]
    assert at_minute(found, 7).severity == 2


def test_a_pause_moves_an_instant_when_it_ends() -> None:
    found = state(opened(impact="poor"), event(10, "waiting"), event(40, "resumed"), now=50)
    assert moved(at_minute(found, 10)) == {}
    assert moved(at_minute(found, 40)) == {"resolution": (1440, 1470)}


def test_what_is_done_is_owed_no_more() -> None:
    found = state(
        opened(impact="poor"),
        event(5, "acknowledged"),
        event(6, "notified", role="lead"),
        event(10, "update_sent"),
        event(20, "resolved"),
        now=50,
    )
    assert moved(at_minute(found, 5)) == {"initial_response": (120, None)}
    assert moved(at_minute(found, 6)) == {"lead": (60, None)}
    assert moved(at_minute(found, 10)) == {"status_update": (240, 250)}
    assert moved(at_minute(found, 20)) == {"status_update": (250, None), "resolution": (1440, None)}


def test_the_resolution_takes_back_notifications_that_were_not_late() -> None:
    found = state(opened(impact="poor"), event(20, "resolved"), event(30, "reopened"), now=50)
    assert moved(at_minute(found, 20))["lead"] == (60, None)
    assert moved(at_minute(found, 30))["lead"] == (None, 70)
    late = state(opened(impact="poor"), event(70, "resolved"), event(80, "reopened"), now=90)
    assert "lead" not in moved(at_minute(late, 70))
    # Its hour was used up by then, so it stays where it was.
    assert "lead" not in moved(at_minute(late, 80))


def test_a_review_comes_with_the_resolution_and_goes_with_a_reopening() -> None:
    found = state(opened(impact="bad"), event(20, "resolved"), event(30, "reopened"), now=50)
    assert moved(at_minute(found, 20))["review"] == (None, 20 + 48 * 60)
    assert moved(at_minute(found, 30))["review"] == (20 + 48 * 60, None)


def test_when_it_is_closed_nothing_is_owed() -> None:
    found = state(opened(impact="poor"), event(20, "closed"), event(30, "reopened"), now=50)
    assert (at_minute(found, 20).phase, at_minute(found, 30).phase) == ("withdrawn", "open")
    before = {
        "initial_response": (120, None),
        "lead": (60, None),
        "status_update": (240, None),
        "resolution": (1440, None),
    }
    assert moved(at_minute(found, 20)) == before
    assert moved(at_minute(found, 30)) == {name: (None, limit + 10) for name, (limit, _) in before.items()}


def test_what_lies_beyond_the_calendar_has_no_instant() -> None:
    pack = pack_with(sla={"3": {"resolution": "999999w"}})
    found = state(opened(), now=0, pack=pack)
    assert found.history[0].moved == ()
    (resolution,) = (clock for clock in found.clocks if clock.clock == "resolution")
    assert (resolution.state, resolution.due, resolution.limit_at, resolution.left_s) == ("on_track", None, None, None)


# The log


def test_the_log_has_every_event_that_counts_with_what_it_changed() -> None:
    # Nothing waits, and no impact is dire.
    aside = (event(2, "resumed"), facts(2, impact="dire"))
    found = state(opened(impact="poor"), event(1, "note", text="a"), *aside, event(3, "resolved"), now=4)

    assert [(one.event.event, one.change and one.change.event) for one in found.log] == [
        ("opened", "opened"),
        ("note", None),
        ("resolved", "resolved"),
    ]
    assert found.history == tuple(one.change for one in found.log if one.change)
    assert pickle.loads(pickle.dumps(found)).log == found.log  # noqa: S301 - it was made here
