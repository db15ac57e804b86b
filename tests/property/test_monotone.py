"""The law: worse facts never give a milder severity, a later instant owed, a lost role or a cancelled war room."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from hypothesis import example, given, strategies as st

from sevclass import Classification, Pack
from tests import oracle
from tests.strategies import (
    CLOCKS,
    Data,
    facts,
    learned,
    load,
    opened_at,
    over_both,
    packs,
    packs_with_calendars,
    worse,
)

Owed = Any  # `Owed` and `Notification` have the same instants


def two(documents: st.SearchStrategy[Data], data: st.DataObject) -> tuple[Data, Classification, Classification]:
    """A pack, and two classifications by it, the second of facts that are worse or better known."""
    doc = data.draw(documents)
    some, opening = data.draw(facts(doc)), data.draw(opened_at())
    bad = data.draw(learned(doc, data.draw(worse(doc, some))))
    pack = load(doc)
    return doc, pack.classify(some, opening), pack.classify(bad, opening)


def is_no_later(one: Owed, other: Owed) -> bool:
    return bool(one.due <= other.due and one.limit_at <= other.limit_at)


def covering(doc: Data, role: str, notified: dict[str, Owed]) -> list[Owed]:
    """The notifications that reach the role: its own and those of the roles that stand in for it."""
    return [owed for other, owed in notified.items() if oracle.is_there(doc, role, [other])]


def assert_owes_no_less(doc: Data, mild: Classification, bad: Classification) -> None:
    for clock in CLOCKS:
        before, after = getattr(mild.sla, clock), getattr(bad.sla, clock)
        assert before is None or is_no_later(after, before)
    notified = {row.role: row for row in bad.sla.notifications}
    # By when: below. A role told sooner only because it stood in for another may go back to its own figure.
    assert [row.role for row in mild.sla.notifications if not covering(doc, row.role, notified)] == []


@over_both
@given(data=st.data())
def test_severity_and_criteria(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    _, mild, bad = two(documents, data)
    assert bad.severity <= mild.severity
    assert {criterion.id for criterion in mild.criteria} <= {criterion.id for criterion in bad.criteria}


@over_both
@given(data=st.data())
def test_could_be_when_what_is_known_gets_worse(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(facts(doc))
    bad = data.draw(worse(doc, some))
    pack = load(doc)
    assert pack.classify(bad).could_be <= pack.classify(some).could_be
    assert pack.classify(bad, assume="worst").severity <= pack.classify(some, assume="worst").severity


@over_both
@given(data=st.data())
def test_instants_owed(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    assert_owes_no_less(*two(documents, data))


@given(data=st.data())
def test_instants_owed_on_any_calendars(data: st.DataObject) -> None:
    assert_owes_no_less(*two(packs_with_calendars(), data))


@over_both
@given(data=st.data())
def test_roster_up_to_covers(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc, mild, bad = two(documents, data)
    roles = [row.role for row in bad.roster]
    assert [row.role for row in mild.roster if not oracle.is_there(doc, row.role, roles)] == []


@over_both
@given(data=st.data())
def test_war_room(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    _, mild, bad = two(documents, data)
    assert bad.war_room.activate >= mild.war_room.activate
    assert set(mild.war_room.because) <= set(bad.war_room.because)


def one_level_a_severity(doc: Data) -> Data:
    """The pack with one fact, a level of which makes each severity; what depends on other facts is left out."""
    numbers = list(doc["severities"])[::-1]
    facts = {"how_bad": {"ask": "How bad is it?", "levels": {f"s{number}": "So bad" for number in [*numbers, "0"]}}}
    criteria = {
        number: {f"c{number}": {"text": "It is so", "when": {"how_bad": f"s{number}"}}} for number in numbers[1:]
    }
    left_out = ("roster", "war_room")
    return {key: some for key, some in doc.items() if key not in left_out} | {"facts": facts, "criteria": criteria}


def every_severity(pack: Pack, opening: datetime) -> list[Classification]:
    """A classification at each severity, mildest first."""
    return [pack.classify({"how_bad": f"s{number}"}, opening) for number in sorted(pack.severities, reverse=True)]


STANDS_FOR_CHIEF: Data = {
    "name": "generated",
    "version": "1.0.0",
    "severities": {"1": "Critical", "2": "Low"},
    "sla": {"1": {"notify": {"chief": "15m"}}, "2": {"notify": {"lead": "30m", "chief": "15m"}}},
    "roles": {"lead": "Leads", "chief": "Is told"},
    "covers": {"lead": ["chief"]},
}
"""At severity 2 the lead is told within 15m, for the chief; at severity 1 the chief has a row of its own."""


@given(packs(), opened_at())
def test_instants_owed_at_every_severity(document: Data, opening: datetime) -> None:
    doc = one_level_a_severity(document)
    found = every_severity(load(doc), opening)
    assert [one.severity for one in found] == sorted(load(doc).severities, reverse=True)
    for mild, bad in pairwise(found):
        assert_owes_no_less(doc, mild, bad)


@given(packs(), opened_at())
@example(STANDS_FOR_CHIEF, datetime(2026, 3, 2, tzinfo=UTC))
def test_whoever_is_named_for_a_milder_severity_is_told_in_time(document: Data, opening: datetime) -> None:
    """By a row of its own or by that of a role that stands in for it."""
    doc = one_level_a_severity(document)
    for found in every_severity(load(doc), opening):
        notified = {row.role: row for row in found.sla.notifications}
        for number, row in doc.get("sla", {}).items():
            for role, figure in row.get("notify", {}).items() if int(number) >= found.severity else ():
                due, limit_at = (oracle.after(opening, duration) for duration in oracle.split_figure(figure))
                rows = covering(doc, role, notified)
                assert any(owed.due <= due and owed.limit_at <= limit_at for owed in rows)
