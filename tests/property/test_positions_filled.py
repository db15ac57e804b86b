"""The law: every position of a war room is filled, or it is reported, with who could fill it and from when."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given, strategies as st

from sevclass.incident import replay
from sevclass.playbook.directory_file import read_directory
from sevclass.playbook.room import room_of
from tests import oracle
from tests.directories import directories
from tests.strategies import POSITIONS, ROLES, Data, facts, load, packs_with_rooms

OPENED = datetime(2026, 3, 27, 9, tzinfo=UTC)


@st.composite
def happenings(draw: st.DrawFn, doc: Data) -> list[Data]:
    """An opening, and who was assigned to what."""
    events: list[Data] = [{"at": OPENED, "event": "opened", "facts": draw(facts(doc))}]
    assigned = st.tuples(st.sampled_from((*ROLES, *POSITIONS)), st.none() | st.sampled_from(("Eve", "Flo")))
    for number, (role, person) in enumerate(draw(st.lists(assigned, max_size=4)), 1):
        events.append({"at": OPENED + timedelta(minutes=number), "event": "assigned", "role": role, "person": person})
    if draw(st.booleans()):
        events.append({"at": OPENED + timedelta(minutes=9), "event": "war_room", "state": "open"})
    return events


@given(data=st.data())
def test_every_position_is_filled_or_reported(data: st.DataObject) -> None:
    doc = data.draw(packs_with_rooms())
    pack, written = load(doc), data.draw(directories(ROLES)) or {"lead": [{"name": "Di"}]}
    events: list[Any] = data.draw(happenings(doc))
    now = OPENED + timedelta(minutes=data.draw(st.integers(10, 20_000)))
    state = replay(events, pack, now)

    room = room_of(state, pack, read_directory(json.dumps(written).encode(), "d.yaml", pack))

    last = {event["role"]: event["person"] for event in events if event["event"] == "assigned"}
    is_open = events[-1]["event"] == "war_room"
    assert (room is not None) == (state.war_room.activate or is_open)
    if room is None:
        return
    assert room.unfilled == tuple(one.position for one in room.positions if one.person is None)
    for one in room.positions:
        named = [last[name] for name in (one.position, one.role) if name in last]
        assert one.source == "log" if named else one.source in {"directory", None}
        if any(named):
            assert one.person == next(filter(None, named))
        listed = any(oracle.is_there(doc, one.role, [role]) for role in written)
        # Each of them is there some time within a week.
        assert (one.person is None and listed) == (one.next is not None)
    shown = {one.person for one in room.positions} | {holder.person for holder in room.others}
    assert set(filter(None, last.values())) <= shown
