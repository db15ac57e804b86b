"""A small pack with a war room, and who is there."""

from __future__ import annotations

from typing import Any

from sevclass import Pack
from sevclass.incident import IncidentState
from sevclass.playbook.directory import Directory
from sevclass.playbook.directory_file import read_directory
from sevclass.playbook.room import Position, Room, room_of
from tests.unit.incidents import Data, pack_with, state

SETUP: Data = {
    "channel": "Open a channel",
    "positions": {
        "head": {"text": "Decides", "roles": "lead"},
        "hand": {"text": "Does it", "roles": ["chief", "aide"]},
        "saver": {"text": "Saves data", "roles": "keeper", "when": [{"lost": True}, {"severity": 1, "places": 2}]},
    },
    "cadence": {"updates": "30m..60m", "rotate": "4h", "handover": "1d"},
    "protocols": {"one-voice": "One decides"},
    "handover": {"next": "What comes", "known": "What we know"},
}
ROLES = {"chief": "Decides", "lead": "Leads", "aide": "Helps", "keeper": "Keeps data"}
WAR_ROOM = {"severity-1": [{"severity": 1}], "wide": [{"places": 3}]}


def pack(**changes: Any) -> Pack:
    """The small pack, whose war room is set up as this says."""
    return pack_with(roles=ROLES, war_room=WAR_ROOM, war_room_setup=SETUP | changes)


PACK = pack()
TEAM = """\
lead: {name: Ann, contact: "+1", zone: UTC, on_call: {mon: ["09:00-17:00"]}}
aide: {name: Bo, zone: UTC, on_call: {tue: ["09:00-17:00"]}}
"""


def team(text: str = TEAM, of: Pack = PACK) -> Directory:
    """A directory of that pack's roles."""
    return read_directory(text.encode(), "team.yaml", of)


def room(*events: Data, now: float, people: str | None = None, of: Pack = PACK) -> Room:
    """The war room of an incident so many minutes after its opening."""
    found = room_of(state(*events, now=now, pack=of), of, None if people is None else team(people, of))
    assert found is not None
    return found


def standing(*events: Data, now: float, of: Pack = PACK) -> IncidentState:
    """How the incident stands."""
    return state(*events, now=now, pack=of)


def position(found: Room, name: str) -> Position:
    """One of its positions."""
    (one,) = (one for one in found.positions if one.position == name)
    return one
