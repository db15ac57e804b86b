"""The law: a worse incident has every step that a milder one has, each with an owner, and none due later.

Worse facts, a worse severity and a war room never take a step away; its owner may be another, who stands in or leads.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import event as counted, given, strategies as st

from sevclass.playbook import plan
from tests.plans import planned
from tests.strategies import Data, facts, learned, load, packs, worse

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def owners_of(doc: Data) -> dict[str, list[str]]:
    return {
        id_: action["owners"] for phase in doc["plan"]["phases"].values() for id_, action in phase["actions"].items()
    }


@given(st.data())
def test_worse_facts_never_take_a_step_away(data: st.DataObject) -> None:
    doc = data.draw(planned(packs()))
    some = data.draw(facts(doc))
    bad = data.draw(learned(doc, data.draw(worse(doc, some))))
    pack = load(doc)

    before, after = plan(pack, some, OPENED), plan(pack, bad, OPENED)

    ids, more = [item.id for item in before.items], [item.id for item in after.items]
    counted(f"severity worse: {after.severity < before.severity}")
    counted(f"steps: {len(ids)} and {len(more) - len(ids)} more")
    assert set(ids) <= set(more)
    assert more == [id_ for id_ in owners_of(doc) if id_ in more], "in the order of the pack"
    instants = {item.id: item for item in after.items}
    for item in before.items:
        other = instants[item.id]
        if item.limit_at is not None and item.due is not None:
            assert other.limit_at is not None
            assert other.due is not None
            # The instants of several notifications are those of the first: a new one may only bring it forward.
            assert other.limit_at <= item.limit_at
            assert item.clock == "notifications" or other.due <= item.due


@given(st.data())
def test_every_step_has_an_owner_who_takes_part(data: st.DataObject) -> None:
    doc = data.draw(planned(packs()))
    some = data.draw(facts(doc))
    pack = load(doc)
    present = [row.role for row in pack.classify(some).roster]

    found = plan(pack, some)

    for item in found.items:
        wanted = owners_of(doc)[item.id]
        if not present:
            assert item.owner == wanted[0]
            continue
        assert item.owner in present
        if first := next((role for role in wanted if role in present), None):
            counted("an owner takes part")
            # Unless somebody stands in for one who comes before.
            assert item.owner == first or wanted.index(first) > 0
        elif not stands_in(doc, item.owner, wanted):
            counted("who leads")
            assert item.owner == present[0]


def stands_in(doc: Data, role: str, others: list[str]) -> bool:
    covers: dict[str, list[str]] = doc.get("covers", {})
    reached: set[str] = set()
    ahead: list[Any] = [role]
    while ahead:
        for other in covers.get(ahead.pop(), ()):
            if other not in reached:
                reached.add(other)
                ahead.append(other)
    return not reached.isdisjoint(others)
