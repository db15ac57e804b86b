"""Events: what each kind has, and what is said of one that is wrong."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import ValidationError

from sevclass.incident.event_problems import SetAside, in_order, read_event, set_aside
from sevclass.incident.events import EVENTS, KINDS, Acknowledged, Action, Opened, PackOpened
from sevclass.problems import Problem

AT = "2026-03-02T14:23:00Z"
EVERY = (
    "`opened`, `acknowledged`, `mitigated`, `resolved`, `reopened`, `fixed`, `closed`, `facts`, `override`, "
    "`update_sent`, `notified`, `reviewed`, `waiting`, `resumed`, `cause`, `satisfaction`, `action`, `step`, "
    "`assigned`, `decided`, `note`, `war_room`, `struck`"
)
NAME = "a name is lower-case letters, digits, `_` and `-`, and starts with a letter"
INSTANT = "for example `2026-03-02T14:23:00Z`"
EMPTY = "the text is empty; write something, or leave it out"

# What stands beside `at`, and everything that is said of it.
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no kind": ({"text": "x"}, f"missing_key: here: missing key `event`; one of {EVERY}"),
    "kind misspelt": ({"event": "opend"}, "unknown_event: here: unknown event `opend`; did you mean `opened`?"),
    "kind unlike any": ({"event": "xyz"}, f"unknown_event: here: unknown event `xyz`; one of {EVERY}"),
    "kind a number": ({"event": 5}, f"unknown_event: here: unknown event 5; one of {EVERY}"),
    "kind null": ({"event": None}, f"unknown_event: here: unknown event null; one of {EVERY}"),
    "kind a list": ({"event": ["note"]}, f"unknown_event: here: unknown event a list; one of {EVERY}"),
    "key missing": ({"event": "note"}, "missing_key: here: missing key `text`"),
    "several keys missing": (
        {"event": "override"},
        """\
missing_key: here: missing key `by`
missing_key: here: missing key `severity`
missing_key: here: missing key `reason`""",
    ),
    "key misspelt": (
        {"event": "note", "text": "a", "txet": "b"},
        "unknown_key: here: unknown key `txet`; did you mean `text`?",
    ),
    "key of another kind": (
        {"event": "reviewed", "zzz": 5},
        """\
unknown_key: here: unknown key `zzz`; one of `at`, `by`, `id`, `source`, `ref`, `logged_at`, `incident`, `event`""",
    ),
    "key as Python calls it": (
        {"event": "action", "for_": "acme"},
        "unknown_key: here: unknown key `for_`; did you mean `for`?",
    ),
    "text empty": ({"event": "note", "text": ""}, f"empty_text: here: text: {EMPTY}"),
    "text a number": ({"event": "note", "text": 5}, "wrong_type: here: text: 5 is not text"),
    "text null": ({"event": "step", "item": None}, "wrong_type: here: item: null is not text"),
    "what every event has": (
        {"event": "resolved", "by": "", "id": 7, "source": [], "ref": {}, "logged_at": "later", "incident": False},
        f"""\
empty_text: here: by: {EMPTY}
wrong_type: here: id: 7 is not text
wrong_type: here: source: a list is not text
wrong_type: here: ref: a mapping is not text
not_an_instant: here: logged_at: `later` is not an instant; {INSTANT}
wrong_type: here: incident: false is not text""",
    ),
    "at is none": (
        {"at": "today", "event": "closed"},
        f"not_an_instant: here: at: `today` is not an instant; {INSTANT}",
    ),
    "at null": ({"at": None, "event": "fixed"}, f"not_an_instant: here: at: null is not an instant; {INSTANT}"),
    "at without a zone": (
        {"at": "2026-03-02T14:23:00", "event": "mitigated"},
        "no_zone: here: at: `2026-03-02T14:23:00` has no time zone; write `2026-03-02T14:23:00Z` if it is in UTC",
    ),
    "at out of range": (
        {"at": "0001-01-01T00:00:00+12:00", "event": "reopened"},
        "out_of_range: here: at: `0001-01-01 00:00:00+12:00` is out of range; in UTC, years are from 1 to 9999",
    ),
    "promise none": (
        {"event": "update_sent", "audience": "all", "next": 5},
        f"""\
wrong_type: here: audience: `all` does not fit; it is `customers`, `executives` or `internal`
not_an_instant: here: next: 5 is not an instant; {INSTANT}""",
    ),
    "severity too low": (
        {"event": "override", "severity": 0, "by": "ann", "reason": "so"},
        "out_of_range: here: severity: 0 is out of range; it is at least 1",
    ),
    "severity too high": (
        {"event": "override", "severity": 100, "by": "ann", "reason": "so"},
        "out_of_range: here: severity: 100 is out of range; it is at most 99",
    ),
    "severity no number": (
        {"event": "override", "severity": "1", "by": None, "reason": "so"},
        """\
wrong_type: here: by: null is not text
wrong_type: here: severity: `1` is not a whole number""",
    ),
    "severity a flag": (
        {"event": "override", "severity": True, "by": "ann", "reason": "so"},
        "wrong_type: here: severity: true is not a whole number",
    ),
    "severity a fraction": (
        {"event": "override", "severity": 1.5, "by": "ann", "reason": "so"},
        "wrong_type: here: severity: 1.5 is not a whole number",
    ),
    "role no name": (
        {"event": "notified", "role": "Big Boss", "about": ""},
        f"""\
not_a_name: here: role: `Big Boss` is not a name; {NAME}
empty_text: here: about: {EMPTY}""",
    ),
    "person empty": (
        {"event": "assigned", "role": "lead", "person": ""},
        f"empty_text: here: person: {EMPTY}",
    ),
    "category no name": (
        {"event": "cause", "category": "Bug", "known_issue": 4},
        f"""\
not_a_name: here: category: `Bug` is not a name; {NAME}
wrong_type: here: known_issue: 4 is not text""",
    ),
    "score": (
        {"event": "satisfaction", "score": 6, "customer": 1},
        """\
out_of_range: here: score: 6 is out of range; it is at most 5
wrong_type: here: customer: 1 is not text""",
    ),
    "facts": (
        {"event": "facts", "facts": [], "customers": ["a", 5, ""], "settles": "yes"},
        f"""\
wrong_type: here: facts: a list is not a mapping
wrong_type: here: customers.1: 5 is not text
empty_text: here: customers.2: {EMPTY}
wrong_type: here: settles: `yes` is neither true nor false""",
    ),
    "facts null": (
        {"event": "opened", "facts": None, "customers": "acme", "title": ""},
        f"""\
empty_text: here: title: {EMPTY}
wrong_type: here: facts: null is not a mapping
wrong_type: here: customers: `acme` is not a list""",
    ),
    "pack a number": ({"event": "opened", "pack": 5}, "wrong_type: here: pack: 5 is not a mapping"),
    "pack empty": ({"event": "opened", "pack": ""}, f"empty_text: here: pack: {EMPTY}"),
    "pack half": ({"event": "opened", "pack": {"name": "a"}}, "missing_key: here: pack: missing key `version`"),
    "pack with more": (
        {"event": "opened", "pack": {"name": "a", "version": 1, "diget": "b"}},
        """\
wrong_type: here: pack.version: 1 is not text
unknown_key: here: pack: unknown key `diget`; did you mean `digest`?""",
    ),
    "action": (
        {"event": "action", "due": "2026-02-30", "state": "late", "kind": "wish", "for": "", "owner": 1},
        f"""\
wrong_type: here: owner: 1 is not text
not_an_instant: here: due: `2026-02-30` is not an instant; {INSTANT}
wrong_type: here: state: `late` does not fit; it is `open`, `done` or `dropped`
wrong_type: here: kind: `wish` does not fit; it is `prevention`, `promise` or `request`
empty_text: here: for: {EMPTY}""",
    ),
    "war room": (
        {"event": "war_room", "state": "half", "channel": 3},
        """\
wrong_type: here: state: `half` does not fit; it is `open` or `closed`
wrong_type: here: channel: 3 is not text""",
    ),
    "struck": ({"event": "struck", "entry": "e1"}, "missing_key: here: missing key `reason`"),
}


def told(given: object) -> str:
    found = read_event(given, "here")
    assert isinstance(found, list), found
    return "\n".join(f"{problem.code}: {problem}" for problem in found)


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_event_is_told(case: str) -> None:
    given, expected = WRONG[case]
    assert told({"at": AT} | given) == expected


def test_an_event_without_an_instant_is_told() -> None:
    assert told({"event": "reviewed"}) == "missing_key: here: missing key `at`"


@pytest.mark.parametrize(("given", "shown"), [(5, "5"), ("opened", "`opened`"), (None, "null"), ([{}], "a list")])
def test_what_is_no_mapping_is_no_event(given: object, shown: str) -> None:
    hint = 'as `{"at": "2026-03-02T14:23:00Z", "event": "acknowledged"}`'
    assert told(given) == f"not_an_event: here: {shown} is not an event; {hint}"


@pytest.mark.parametrize("value", [object(), "\ud800"])
def test_what_cannot_be_written_is_no_event(value: object) -> None:
    message = "it cannot be written as JSON; give text, numbers, true, false, null, lists and mappings of these"
    assert told({"at": AT, "event": "note", "text": value}) == f"not_an_event: here: {message}"


def test_a_mapping_within_itself_is_no_event() -> None:
    facts: dict[str, Any] = {}
    facts["facts"] = facts
    assert told({"at": AT, "event": "facts", "facts": facts}).startswith("not_an_event: here: it cannot be written")


def test_a_fact_that_is_no_number_does_not_become_unknown() -> None:
    found = read_event({"at": AT, "event": "facts", "facts": {"latency": math.nan}}, "here")
    assert not isinstance(found, list)
    assert str(found.model_dump()["facts"]) == "{'latency': nan}"


# One of each kind, with all that it can have.
WHOLE: dict[str, dict[str, Any]] = {
    "opened": {
        "title": "It fails",
        "facts": {"functionality": "down"},
        "customers": ["acme"],
        "pack": {"name": "support", "version": "1.0.0", "digest": "d"},
    },
    **{kind: {"note": "so it is"} for kind in ("acknowledged", "mitigated", "resolved", "reopened", "fixed", "closed")},
    "facts": {"facts": {"functionality": None}, "customers": ["acme"], "settles": True},
    "override": {"severity": None, "by": "ann", "reason": "so", "approved_by": "bob"},
    "update_sent": {"audience": "executives", "customer": "acme", "next": "2026-03-02T15:00:00Z"},
    "notified": {"role": "cto", "about": "resolution"},
    "reviewed": {},
    "waiting": {"on": "vendor"},
    "resumed": {"on": "vendor"},
    "cause": {"category": "product_bug", "known_issue": "K-1"},
    "satisfaction": {"score": 5, "customer": "acme"},
    "action": {
        "text": "Test it",
        "owner": "ann",
        "due": "2026-03-09",
        "state": "done",
        "kind": "promise",
        "for": "acme",
    },
    "step": {"item": "call"},
    "assigned": {"role": "lead", "person": None},
    "decided": {"text": "We roll back"},
    "note": {"text": "It is dark"},
    "war_room": {"state": "open", "channel": "#war"},
    "struck": {"entry": "e1", "reason": "a slip"},
}
BESIDE = {"id": "e1", "source": "monitoring", "ref": "T-17", "logged_at": "2026-03-02T14:30:00Z", "incident": "T-17"}


@pytest.mark.parametrize("kind", WHOLE)
def test_an_event_is_written_as_it_was_read(kind: str) -> None:
    given = {"at": AT, "event": kind, "by": "ann"} | BESIDE | WHOLE[kind]

    found = read_event(given, "here")

    assert isinstance(found, KINDS[kind])
    assert found.model_dump(mode="json", by_alias=True, exclude_unset=True) == given
    assert set(given) == {field.alias or name for name, field in type(found).model_fields.items()}
    assert read_event(json.loads(found.model_dump_json(by_alias=True, exclude_unset=True)), "") == found


def test_every_kind_is_tried() -> None:
    assert list(WHOLE) == list(KINDS)


def test_what_is_left_out() -> None:
    opened = Opened.model_validate({"at": AT})
    assert opened.model_dump(exclude={"at"}) == {
        "by": None, "id": None, "source": None, "ref": None, "logged_at": None, "incident": None,
        "event": "opened", "title": None, "facts": {}, "customers": [], "pack": None,
    }  # fmt: skip


# What each kind needs, and what it has without it being said.
LEAST: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "opened": ({}, {"title": None, "facts": {}, "customers": [], "pack": None}),
    **{kind: ({}, {"note": None}) for kind in ("acknowledged", "mitigated", "resolved", "reopened", "fixed", "closed")},
    "facts": ({}, {"facts": {}, "customers": [], "settles": False}),
    "override": ({"severity": 1, "by": "ann", "reason": "so"}, {"approved_by": None}),
    "update_sent": ({}, {"audience": "customers", "customer": None, "next": None}),
    "notified": ({"role": "cto"}, {"about": None}),
    "reviewed": ({}, {}),
    "waiting": ({}, {"on": None}),
    "resumed": ({}, {"on": None}),
    "cause": ({"category": "other"}, {"known_issue": None}),
    "satisfaction": ({"score": 3}, {"customer": None}),
    "action": ({}, {"text": None, "owner": None, "due": None, "state": "open", "kind": None, "for": None}),
    "step": ({"item": "call"}, {}),
    "assigned": ({"role": "lead"}, {"person": None}),
    "decided": ({"text": "We wait"}, {}),
    "note": ({"text": "So it is"}, {}),
    "war_room": ({"state": "open"}, {"channel": None}),
    "struck": ({"entry": "e1", "by": "ann", "reason": "a slip"}, {}),
}


@pytest.mark.parametrize("kind", KINDS)
def test_what_an_event_has_that_says_no_more_than_it_must(kind: str) -> None:
    needed, left_out = LEAST[kind]
    found = read_event({"at": AT, "event": kind} | needed, "here")
    assert not isinstance(found, list)
    every = dict.fromkeys(("by", "id", "source", "ref", "logged_at", "incident"))
    assert found.model_dump(mode="json", by_alias=True) == every | {"at": AT, "event": kind} | left_out | needed


@pytest.mark.parametrize(
    ("pack", "name"), [(None, None), ("support", "support"), ({"name": "shop", "version": "1.0.0"}, "shop")]
)
def test_the_pack_of_an_opening_has_a_name(pack: object, name: str | None) -> None:
    assert Opened.model_validate({"at": AT, "pack": pack}).pack_name == name


def test_the_pack_of_an_opening_is_strict_and_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="valid string"):
        PackOpened.model_validate({"name": b"support", "version": "1.0.0"})
    pack = PackOpened(name="support", version="1.0.0")
    with pytest.raises(ValidationError, match="frozen"):
        pack.name = "other"


def test_instants_are_in_utc_once_read() -> None:
    found = Acknowledged.model_validate({"at": "2026-03-02T15:23:00.5+01:00"})
    assert found.at == datetime(2026, 3, 2, 14, 23, 0, 500_000, tzinfo=UTC)
    assert found.at.utcoffset() == timedelta(0)
    local = datetime(2026, 3, 2, 15, 23, tzinfo=timezone(timedelta(hours=1)))
    assert Acknowledged(at=local).model_dump(mode="json")["at"] == AT


@pytest.mark.parametrize(
    ("due", "read", "written"),
    [
        ("2026-03-09", date(2026, 3, 9), "2026-03-09"),
        (date(2026, 3, 9), date(2026, 3, 9), "2026-03-09"),
        ("2026-03-09T10:00:00+01:00", datetime(2026, 3, 9, 9, tzinfo=UTC), "2026-03-09T09:00:00Z"),
        (datetime(2026, 3, 9, 9, tzinfo=UTC), datetime(2026, 3, 9, 9, tzinfo=UTC), "2026-03-09T09:00:00Z"),
    ],
)
def test_an_action_is_due_on_a_day_or_at_an_instant(due: object, read: object, written: str) -> None:
    found = Action.model_validate({"at": AT, "due": due})
    assert (found.due, found.model_dump(mode="json")["due"]) == (read, written)


@pytest.mark.parametrize("due", ["20260302zz", "2026W101!!", "20260302T1", "2026-W10-1", "2026-061  "])
def test_a_day_is_written_in_one_way(due: str) -> None:
    problems = read_event({"at": AT, "event": "action", "due": due}, "here")
    assert isinstance(problems, list)
    assert [str(problem) for problem in problems] == [
        f"here: due: `{due}` is not an instant; for example `2026-03-02T14:23:00Z`"
    ]


def test_an_event_cannot_be_changed() -> None:
    event = Acknowledged.model_validate({"at": AT})
    with pytest.raises(ValidationError, match="frozen"):
        event.note = "other"


def test_a_mapping_of_any_kind_is_read() -> None:
    pack = PackOpened(name="support", version="1.0.0")
    given = MappingProxyType(
        {
            "at": datetime(2026, 3, 2, 14, 23, tzinfo=UTC),
            "event": "opened",
            "facts": MappingProxyType({"a": 1}),
            "pack": pack,
        }
    )
    assert read_event(given, "") == Opened.model_validate({"at": AT, "facts": {"a": 1}, "pack": pack})


def test_the_schema_is_that_of_the_json() -> None:
    schema = EVENTS.json_schema()
    assert set(schema["discriminator"]["mapping"]) == set(KINDS)
    action, opened = schema["$defs"]["Action"]["properties"], schema["$defs"]["Opened"]["properties"]
    assert action["at"] == {"type": "string", "format": "date-time", "title": "At"}
    assert [one.get("format") for one in action["due"]["anyOf"]] == ["date", "date-time", None]
    assert opened["pack"]["anyOf"][0]["oneOf"] == [{"$ref": "#/$defs/PackOpened"}, {"minLength": 1, "type": "string"}]


# What the schema says of keys that not every event has, and of those.
DESCRIBED = {
    "opened": {"customers": "Ids of customers that are affected."},
    "facts": {"customers": "Ids, added to those known.", "settles": "Drops what other sources said of these facts."},
    "override": {"by": "Who decides."},
    "update_sent": {"next": "When the following one was promised."},
    "notified": {"about": "The clock it tells of."},
    "action": {"for": "The customer."},
    "war_room": {"channel": "A link, or a name."},
    "struck": {"entry": "The id of that event."},
}
DESCRIBED_OF_EVERY = {
    "by": "Who wrote it.",
    "id": "So that a later event can name it.",
    "source": "Where it comes from; without one, the team.",
    "ref": "An id or a link elsewhere.",
    "logged_at": "When it was written, if that was later.",
    "incident": "In a file of many incidents: the one it belongs to.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_says_what_the_keys_of_an_event_hold(kind: str) -> None:
    keys = EVENTS.json_schema()["$defs"][KINDS[kind].__name__]["properties"]
    found = {key: said["description"] for key, said in keys.items() if "description" in said}
    assert found == DESCRIBED_OF_EVERY | DESCRIBED.get(kind, {})


def test_a_problem_has_its_place() -> None:
    assert read_event({"at": AT, "event": "step"}, "line 7") == [
        Problem(path="line 7", code="missing_key", message="missing key `item`")
    ]


def test_what_is_set_aside_says_why() -> None:
    event = Acknowledged.model_validate({"at": AT})
    assert set_aside(event, "line 7", "it is done", "once is enough") == SetAside(
        path="line 7",
        code="cannot_be",
        message="`acknowledged` is set aside: it is done",
        hint="once is enough",
        why="it is done",
    )


def test_problems_stand_in_the_order_of_their_lines() -> None:
    paths = ("now", "line 10: at", "line 9, column 3", "", "event 2", "line 9")
    found = in_order(Problem(path=path, code="x", message="y") for path in paths)
    assert [problem.path for problem in found] == ["event 2", "line 9, column 3", "line 9", "line 10: at", "now", ""]
