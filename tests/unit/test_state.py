"""The state of an incident: its parts, its JSON, and that it stays what it is."""

from __future__ import annotations

import json
import pickle

import jsonschema
import pytest

from sevclass.incident import IncidentState, replay
from tests.unit.incidents import PACK, at, clock, event, facts, opened, override, pack_with, state

EVENTS = (
    opened(impact="poor", shops=1) | {"title": "It fails", "customers": ["acme"], "by": "ann"},
    facts(5, "monitoring", shops=4) | {"by": "bot"},
    event(6, "waiting", on="vendor"),
    event(7, "waiting"),
    override(8, 2),
    event(9, "note", text="a slip", id="e1"),
    event(10, "struck", entry="e1", by="bob", reason="wrong incident"),
    event(11, "reopened"),
)


def whole() -> IncidentState:
    return replay(EVENTS, PACK, at(15), id="T-17")


def test_the_parts() -> None:
    found = whole()
    assert (found.id, found.now, found.title, found.opened_at, found.phase) == (
        "T-17",
        at(15),
        "It fails",
        at(0),
        "open",
    )
    assert found.pack == PACK.classify({}).pack
    assert found.customers == ("acme",)
    assert [(wait.on, wait.since) for wait in found.waiting] == [("vendor", at(6)), (None, at(7))]
    assert (found.severity.in_force, found.severity.classified, found.severity.could_be) == (2, 1, 1)
    assert [(row.role, row.duty) for row in found.roster] == [("lead", "leads"), ("aide", "handles")]
    assert (found.war_room.activate, found.war_room.because) == (False, ())
    assert found.spent == {1: 180, 2: 720}
    assert [one.event["event"] for one in found.struck] == ["note"]
    assert [problem.path for problem in found.problems] == ["event 8"]
    assert found.next is not None
    assert (found.next.clock, found.next.role, found.next.due) == ("notification", "lead", at(60))


def test_the_json_has_every_part_in_its_order() -> None:
    found = whole()
    dumped = found.model_dump()
    assert list(dumped) == ["schema", *IncidentState.PARTS]
    assert dumped["schema"] == 1
    assert json.loads(found.model_dump_json()) == json.loads(json.dumps(dumped))
    assert json.loads(found.model_dump_json(indent=2)) == dumped
    assert dumped["now"] == "2026-03-02T09:15:00Z"
    assert dumped["waiting"][1] == {"on": None, "since": "2026-03-02T09:07:00Z"}
    assert dumped["problems"] == [
        {
            "path": "event 8",
            "code": "cannot_be",
            "message": "`reopened` is set aside: the incident is open",
            "hint": "only what was resolved or closed can be reopened",
        }
    ]
    assert dumped["conflicts"]["shops"][1] == {
        "value": 4,
        "source": "monitoring",
        "by": "bot",
        "at": "2026-03-02T09:05:00Z",
    }


def test_the_json_of_the_clocks() -> None:
    dumped = whole().model_dump(include=IncidentState.CLOCK)
    assert list(dumped) == [
        "schema", "id", "pack", "now", "severity", "clocks", "next", "war_room", "roster", "problems"
    ]  # fmt: skip
    assert list(dumped["clocks"][0]) == [
        "clock", "role", "due", "limit_at", "done_at", "breached_at", "state", "left_s", "backdated", "late"
    ]  # fmt: skip
    assert list(json.loads(whole().model_dump_json(include={"next", "id"}))) == ["id", "next"]


def test_the_schema_is_that_of_the_json() -> None:
    schema = IncidentState.model_json_schema()
    assert (schema["title"], schema["additionalProperties"]) == ("IncidentState", False)
    assert list(schema["properties"]) == ["schema", *IncidentState.PARTS, *IncidentState.KNOWN]
    assert schema["required"] == ["schema", *IncidentState.PARTS]
    assert schema["properties"]["schema"]["const"] == 1
    assert [schema["properties"][part]["default"] for part in IncidentState.KNOWN] == [[], []]
    # No excerpt of the source.
    assert schema["$defs"]["Problem"]["required"] == ["path", "code", "message", "hint"]
    assert schema["$defs"]["Problem"]["additionalProperties"] is False
    jsonschema.Draft202012Validator(schema).validate(whole().model_dump())


def test_the_schema_of_the_clocks_has_what_they_show() -> None:
    schema = IncidentState.model_json_schema(include=IncidentState.CLOCK)
    shown = [
        "schema", "id", "pack", "now", "severity", "clocks", "next", "war_room", "roster", "problems"
    ]  # fmt: skip
    assert (schema["title"], schema["required"]) == ("IncidentClocks", shown)
    assert list(schema["properties"]) == [*shown, *IncidentState.KNOWN]
    jsonschema.Draft202012Validator(schema).validate(whole().model_dump(include=IncidentState.CLOCK))


def test_what_was_taken_back_is_shown_as_it_was_written() -> None:
    action = event(1, "action", id="e1", text="Test it", due="2026-03-09") | {"for": "acme"}
    found = state(opened(), action, event(2, "struck", entry="e1", by="bob", reason="twice"), now=3)
    assert found.model_dump()["struck"] == [
        {
            "event": action | {"at": "2026-03-02T09:01:00Z"},
            "by": "bob",
            "reason": "twice",
            "at": "2026-03-02T09:02:00Z",
        }
    ]


def test_it_is_equal_to_what_says_the_same() -> None:
    assert whole() == whole()
    assert hash(whole()) == hash(whole())
    assert whole() != replay(EVENTS, PACK, at(15), id="T-18")
    assert whole() != replay(EVENTS, PACK, at(16), id="T-17")
    assert whole() != replay(EVENTS[:-1], PACK, at(15), id="T-17")
    assert whole() != replay(EVENTS, pack_with(version="1.0.1"), at(15), id="T-17")
    assert whole() != whole().model_dump()


def test_it_cannot_be_changed() -> None:
    found = whole()
    with pytest.raises(AttributeError, match="IncidentState is frozen: cannot set `now`"):
        found.now = at(0)
    with pytest.raises(AttributeError, match="IncidentState is frozen: cannot delete `clocks`"):
        del found.clocks
    with pytest.raises(AttributeError):
        found.clocks[0].state = "met"  # type: ignore[misc]


def test_it_can_be_pickled() -> None:
    again = pickle.loads(pickle.dumps(whole()))  # noqa: S301
    assert again == whole()
    assert again.model_dump_json() == whole().model_dump_json()


def test_it_is_shown_in_short() -> None:
    assert repr(whole()) == "<IncidentState 'T-17' severity=2 open at 2026-03-02 09:15:00+00:00>"


def test_what_it_has_not_is_null_or_empty() -> None:
    found = state(event(0, "opened"), now=0)
    kept = found.model_dump(include={"id", "title", "pending", "facts", "conflicts", "customers", "waiting", "struck"})
    assert kept == {
        "id": None, "title": None, "pending": None, "facts": {}, "conflicts": {}, "customers": [], "waiting": [],
        "struck": [],
    }  # fmt: skip


def test_what_could_be_comes_from_the_facts_alone() -> None:
    little = state(opened(impact="fine"), now=0)
    assert (little.severity.in_force, little.severity.could_be) == (3, 1)
    known = {"impact": "fine", "lost": False, "shops": 0, "stores": 0}
    found = state(opened(**known), override(5, 1), now=5)
    assert (found.severity.in_force, found.severity.could_be) == (1, 3)


def test_when_it_is_closed_the_clocks_stay_and_all_else_goes_on() -> None:
    events = (opened(impact="poor"), event(70, "closed"), facts(80, impact="bad"), event(90, "update_sent"))
    found = state(*events, now=9999)
    assert found.clocks == state(*events, now=70).clocks
    assert clock(found, "notification", "lead").state == "missed"
    assert (found.next, found.severity.in_force, found.war_room.activate) == (None, 1, True)
