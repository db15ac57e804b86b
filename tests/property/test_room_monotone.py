"""The law: a worse incident never loses a position of its war room, nor has it taken by a role further down."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from sevclass.playbook.room import Position, room_for
from tests import oracle
from tests.strategies import Data, facts, learned, load, packs_with_rooms, support, worse

over_both = pytest.mark.parametrize(
    "documents",
    [pytest.param(st.builds(support), id="support"), pytest.param(packs_with_rooms(), id="generated")],
)


def written(doc: Data) -> Data:
    """The positions of a pack, each with lists of roles and of floors."""
    return {
        name: {
            "roles": [position["roles"]] if isinstance(position["roles"], str) else position["roles"],
            "when": oracle.floors_of(position.get("when", {})),
        }
        for name, position in doc["war_room_setup"]["positions"].items()
    }


def is_needed(doc: Data, said: Data, severity: int, when: list[Data]) -> bool:
    """The rule, naively: any floor holds, of which `severity` asks for that one or worse."""
    return any(
        severity <= int(floor.get("severity", severity))
        and oracle.holds(doc, said, {fact: level for fact, level in floor.items() if fact != "severity"})
        for floor in when
    )


def preference(doc: Data, one: Position) -> int:
    """How far down in the list of roles the one stands that takes the position; past its end if it is called too."""
    roles: list[str] = written(doc)[one.position]["roles"]
    found = (n for n, role in enumerate(roles) if oracle.is_there(doc, role, [one.role]))
    return next(found) if one.on_roster else len(roles)


@over_both
@given(data=st.data())
def test_no_position_is_lost(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(facts(doc))
    bad = data.draw(learned(doc, data.draw(worse(doc, some))))
    pack = load(doc)

    mild_room, bad_room = room_for(some, pack), room_for(bad, pack)

    if mild_room is not None:
        assert bad_room is not None
        after = {one.position: one for one in bad_room.positions}
        assert [one.position for one in mild_room.positions if one.position not in after] == []
        further = [
            one.position for one in mild_room.positions if preference(doc, after[one.position]) > preference(doc, one)
        ]
        assert further == []


@over_both
@given(data=st.data())
def test_who_is_needed_as_the_rule_says(documents: st.SearchStrategy[Data], data: st.DataObject) -> None:
    doc = data.draw(documents)
    some = data.draw(facts(doc))
    pack = load(doc)
    found = pack.classify(some)

    room = room_for(some, pack)

    assert (room is not None) == found.war_room.activate
    if room is not None:
        needed = {name: p for name, p in written(doc).items() if is_needed(doc, some, found.severity, p["when"])}
        assert [one.position for one in room.positions] == list(needed)
        roster = [row.role for row in found.roster]
        for one in room.positions:
            roles = needed[one.position]["roles"]
            there = next((role for role in roles if oracle.is_there(doc, role, roster)), None)
            assert one.on_roster == (there is not None)
            if there is None:
                assert one.role == roles[-1]
            else:
                assert one.role in roster
                assert oracle.is_there(doc, there, [one.role])
                assert one.role == there or there not in roster
