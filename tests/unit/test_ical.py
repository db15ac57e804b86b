"""The calendar of what is owed: read back as RFC 5545 wants it, the same whenever it is made, harmless always."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from icalendar import Calendar

from sevclass.playbook import Plan, plan_of
from sevclass.playbook.ical import calendar
from tests.plans import PLANNED
from tests.strategies import load
from tests.unit.incidents import OPENED, at, event, opened, state

PACK = load(PLANNED)
HOSTILE = "<script>alert(1)</script>\r\nBEGIN:VEVENT\n{{ 7*7 }};,\\ \u202e\x1b[31m"


def found(*events: Any, now: float = 0) -> Plan:
    return plan_of(state(opened(impact="bad"), *events, now=now, pack=PACK), PACK)


def read(*plans: Plan) -> list[Any]:
    (whole,) = Calendar.from_ical(calendar(plans), multiple=True)
    return list(whole.walk("VEVENT"))


def test_each_instant_is_an_entry() -> None:
    events = read(found())

    assert [(str(one["SUMMARY"]), one["DTSTART"].dt, one["DTEND"].dt) for one in events] == [
        ("Answer", at(30), at(31)),
        ("Notify chief", at(30), at(31)),
        ("Status update", at(60), at(61)),
        ("Status update", at(120), at(121)),
        ("Resolution", at(120), at(240)),
        ("Status update", at(180), at(181)),
    ]
    resolution = events[4]
    assert str(resolution["DESCRIPTION"]) == (
        "Severity 1 High\nNot later than 2026-03-02 13:00:00 UTC\nSolve it: chief"
    )
    assert str(resolution["CATEGORIES"].to_ical(), "utf-8") == "Severity 1 High"
    assert str(resolution["TRANSP"]) == "TRANSPARENT"
    for one in events:
        (alarm,) = one.walk("VALARM")
        assert (str(alarm["ACTION"]), alarm["TRIGGER"].dt) == ("DISPLAY", timedelta(minutes=-5))
        assert str(alarm["DESCRIPTION"]) == str(one["SUMMARY"])


def test_what_has_to_be_done_and_by_whom_stands_with_it() -> None:
    events = read(found(event(1, "assigned", role="chief", person="Ann"), now=2))
    described = {str(one["SUMMARY"]): str(one["DESCRIPTION"]) for one in events}

    assert described["Answer"] == "Severity 1 High\nAnswer: chief (Ann)"
    assert described["Notify chief"] == "Severity 1 High\nTell: chief (Ann)"
    assert described["Status update"] == "Severity 1 High\nSay how it stands: chief (Ann)"


def test_the_log_dates_it_and_the_same_thing_keeps_its_name() -> None:
    before, again, later = found(), found(now=0), found(event(10, "note", text="x"), now=20)

    assert calendar([before]) == calendar([again])
    assert {one["DTSTAMP"].dt for one in read(before)} == {OPENED}
    assert {one["DTSTAMP"].dt for one in read(later)} == {at(10)}
    assert ({one["SEQUENCE"] for one in read(before)}, {one["SEQUENCE"] for one in read(later)}) == ({1}, {2})
    names = [str(one["UID"]) for one in read(before)]
    assert names == [str(one["UID"]) for one in read(later)]
    assert len(set(names)) == len(names)
    assert all(name.endswith("@sevclass") for name in names)


def test_incidents_share_no_name() -> None:
    one, other = (plan_of(state(opened(impact="bad"), now=0, pack=PACK), PACK) for _ in range(2))
    vars(other)["id"] = "T-2"

    names = [str(event_["UID"]) for event_ in read(one, other)]
    assert len(set(names)) == len(names) == 2 * len(one.instants)


def test_an_update_keeps_its_number() -> None:
    before = {str(one["UID"]) for one in read(found()) if str(one["SUMMARY"]) == "Status update"}
    sent = read(found(event(50, "update_sent"), now=51))
    after = {str(one["UID"]) for one in sent if str(one["SUMMARY"]) == "Status update"}

    assert len(before - after) == 1, "the one that was sent"


def test_instants_are_whole_seconds() -> None:
    log = [{"at": "2026-03-02T09:00:00.5Z", "event": "opened", "facts": {"impact": "bad"}}]
    text = calendar([plan_of(state(*log, now=1, pack=PACK), PACK)])
    assert b"DTSTART:20260302T093000Z" in text


@pytest.mark.parametrize("title", [HOSTILE, "é" * 2**20, " "])
def test_hostile_text_is_harmless(title: str) -> None:
    log = {"at": OPENED, "event": "opened", "title": title, "facts": {"impact": "bad"}}
    shown = plan_of(state(log, now=0, pack=PACK), PACK)
    vars(shown)["id"] = title
    text = calendar([shown])

    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"\n" not in text.replace(b"\r\n", b"")
    assert "\u202e" not in text.decode()
    assert b"\x1b" not in text
    events = read(shown)
    assert len(events) == len(shown.instants)
    assert all(len(str(one["SUMMARY"])) < 200 for one in events)
    assert len(text) < 20_000
