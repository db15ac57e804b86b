"""Known issues and runbooks: which of them facts reach, or ids name, and how a state shows them."""

from __future__ import annotations

import json
import pickle
from typing import Any

import pytest

from sevclass.incident import IncidentState, replay
from sevclass.incident.known import KnownIssue, KnownIssues, Runbook
from tests.strategies import load
from tests.unit.incidents import DOCUMENT, PACK, at, event, facts, opened


def issue(id_: str, *when: dict[str, Any], **more: Any) -> KnownIssue:
    return KnownIssue.model_validate({"id": id_, "title": f"About {id_}"} | ({"when": [*when]} if when else {}) | more)


def runbook(id_: str, *when: dict[str, Any]) -> Runbook:
    said = {"id": id_, "title": f"About {id_}", "steps": ["Look", "Act"]}
    return Runbook.model_validate(said | ({"when": [*when]} if when else {}))


KNOWN = KnownIssues(
    [
        issue("KI-1", {"impact": "bad", "lost": True}, {"places": 3}, runbook="restore"),
        issue("KI-2", {"impact": "poor"}),
        issue("KI-3", ids=["T-17", "BUG-9"], runbook="nowhere"),
        issue("KI-4", {"kind": "fault"}, runbook="restore"),
    ],
    PACK,
    [runbook("call", {"lost": True}), runbook("restore"), runbook("wait", {"shops": 2})],
)


def ids(found: tuple[KnownIssue, ...] | tuple[Runbook, ...]) -> list[str]:
    return [entry.id for entry in found]


@pytest.mark.parametrize(
    ("given", "issues", "runbooks"),
    [
        pytest.param({}, [], [], id="nothing-is-known"),
        pytest.param({"impact": "poor"}, ["KI-2"], [], id="at-the-floor"),
        pytest.param({"impact": "bad"}, ["KI-2"], [], id="half-a-floor"),
        pytest.param({"impact": "bad", "lost": True}, ["KI-1", "KI-2"], ["restore", "call"], id="one-of-two-floors"),
        pytest.param({"shops": 1, "stores": 2}, ["KI-1"], ["restore"], id="a-sum"),
        pytest.param({"shops": 3}, ["KI-1"], ["restore", "wait"], id="a-sum-with-an-unknown-part"),
        pytest.param({"kind": "fault", "shops": 3}, ["KI-1", "KI-4"], ["restore", "wait"], id="a-label"),
        pytest.param({"kind": "wish"}, [], [], id="another-label"),
        pytest.param({"impact": None, "lost": None}, [], [], id="null-is-unknown"),
    ],
)
def test_what_facts_reach(given: dict[str, Any], issues: list[str], runbooks: list[str]) -> None:
    assert (ids(KNOWN.matching(given)), ids(KNOWN.runbooks(given))) == (issues, runbooks)


@pytest.mark.parametrize(
    ("named", "issues"),
    [
        pytest.param(["KI-2"], ["KI-2"], id="its-own-id"),
        pytest.param(["BUG-9"], ["KI-3"], id="another-name"),
        pytest.param(["T-17"], ["KI-3"], id="an-incident"),
        pytest.param(["KI-4", "BUG-9"], ["KI-3", "KI-4"], id="several"),
        pytest.param(["ki-2", "T-1"], [], id="none"),
    ],
)
def test_what_ids_name(named: list[str], issues: list[str]) -> None:
    assert ids(KNOWN.matching({}, named)) == issues


def test_a_runbook_that_is_not_there_is_not_shown() -> None:
    assert KNOWN.runbooks({}, ["KI-3"]) == ()
    assert ids(KNOWN.runbooks({}, ["KI-4"])) == ["restore"]


def test_nothing_known_matches_nothing() -> None:
    nothing = KnownIssues([], PACK)
    assert (nothing.matching({"lost": True}, ["KI-1"]), nothing.runbooks({"lost": True})) == ((), ())


def test_a_level_may_be_called_true() -> None:
    doc = DOCUMENT | {"facts": DOCUMENT["facts"] | {"alive": {"ask": "Does it?", "levels": {"true": "Y", "no": "N"}}}}
    known = KnownIssues([issue("KI-1", {"alive": "no"}), issue("KI-2", {"kind": "fault"})], load(doc))
    assert ids(known.matching({"alive": "no"})) == ["KI-1"]


def test_steps_may_be_one_text() -> None:
    assert Runbook.model_validate({"id": "a", "title": "A", "steps": "Wait\nand see"}).steps == ["Wait\nand see"]


@pytest.mark.parametrize(
    ("model", "described"),
    [
        (
            KnownIssue,
            {
                "when": "Any of these floors.",
                "ids": "Other names of it, and incidents that it was behind.",
                "runbook": "The id of a runbook.",
                "customers_text": "What customers may be told.",
            },
        ),
        (Runbook, {"when": "Any of these floors."}),
    ],
)
def test_the_schema_says_what_its_keys_hold(model: type[KnownIssue | Runbook], described: dict[str, str]) -> None:
    keys = model.model_json_schema()["properties"]
    assert {key: said["description"] for key, said in keys.items() if "description" in said} == described


# --- in a state -------------------------------------------------------------------------------------------------------


def whole(*events: dict[str, Any], known: KnownIssues | None = KNOWN, id_: str | None = "T-1") -> IncidentState:
    return replay([opened(impact="poor"), *events], PACK, at(60), id=id_, known=known)


def test_a_state_shows_what_matches() -> None:
    found = whole(facts(5, lost=True, impact="bad"))
    assert (ids(found.known_issues), ids(found.runbooks)) == (["KI-1", "KI-2"], ["restore", "call"])
    assert ids(whole().known_issues) == ["KI-2"]


def test_a_state_goes_by_its_id_and_by_the_causes_that_were_named() -> None:
    cause = event(5, "cause", category="product_bug", known_issue="BUG-9") | {"id": "e1"}
    assert ids(whole(id_="T-17").known_issues) == ["KI-2", "KI-3"]
    assert ids(whole(id_=None).known_issues) == ["KI-2"]
    assert ids(whole(cause).known_issues) == ["KI-2", "KI-3"]
    assert ids(whole(event(5, "cause", category="product_bug")).known_issues) == ["KI-2"]
    later = event(6, "cause", category="product_bug", known_issue="KI-9")
    assert ids(whole(cause, later).known_issues) == ["KI-2"]
    assert ids(whole(later, cause | {"at": at(7)}).known_issues) == ["KI-2", "KI-3"]
    assert ids(whole(cause, event(6, "struck", entry="e1", reason="wrong")).known_issues) == ["KI-2"]
    assert ids(whole(cause | {"at": at(61)}).known_issues) == ["KI-2"]


def test_a_state_has_the_runbooks_of_what_is_named() -> None:
    found = whole(event(5, "cause", category="product_bug", known_issue="KI-4"))
    assert (ids(found.known_issues), ids(found.runbooks)) == (["KI-2", "KI-4"], ["restore"])


def test_without_what_is_known_nothing_of_it_is_shown() -> None:
    found = whole(known=None)
    assert (found.known_issues, found.runbooks) == ((), ())
    assert list(found.model_dump()) == ["schema", *IncidentState.PARTS]
    assert not {*IncidentState.KNOWN} & found.model_dump(include=IncidentState.CLOCK).keys()
    assert found != whole()
    assert found == whole(known=None)


def test_the_json_has_the_entries_at_its_end() -> None:
    found = whole(id_="T-17")
    dumped = found.model_dump()
    assert list(dumped) == ["schema", *IncidentState.PARTS, *IncidentState.KNOWN]
    assert dumped["known_issues"] == [
        {
            "id": "KI-2",
            "title": "About KI-2",
            "when": [{"impact": "poor"}],
            "ids": [],
            "workaround": None,
            "runbook": None,
            "customers_text": None,
        },
        {
            "id": "KI-3",
            "title": "About KI-3",
            "when": [],
            "ids": ["T-17", "BUG-9"],
            "workaround": None,
            "runbook": "nowhere",
            "customers_text": None,
        },
    ]
    assert json.loads(found.model_dump_json()) == json.loads(json.dumps(dumped))
    assert list(found.model_dump(include=IncidentState.CLOCK))[-2:] == ["known_issues", "runbooks"]


@pytest.mark.parametrize("known", [pytest.param(KNOWN, id="known"), pytest.param(None, id="nothing-known")])
def test_a_pickled_state_has_all_it_had(known: KnownIssues | None) -> None:
    found = whole(facts(5, lost=True), known=known)
    again = pickle.loads(pickle.dumps(found))  # noqa: S301
    assert again == found
    assert again.model_dump_json() == found.model_dump_json()
    assert (again.known_issues, again.runbooks, again.due) == (found.known_issues, found.runbooks, found.due)
