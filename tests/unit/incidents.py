"""Incidents told in short: a small pack, events by the minute, and the state that comes of them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sevclass import Pack
from sevclass.incident import IncidentState, replay
from sevclass.incident.readings import Clock
from tests.strategies import load

Data = dict[str, Any]

OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday, as business time begins."""

DOCUMENT: Data = {
    "name": "small",
    "version": "1.0.0",
    "severities": {"1": "High", "2": "Middle", "3": "Low"},
    "facts": {
        "impact": {"ask": "How bad is it?", "levels": {"fine": "Fine", "poor": "Poor", "bad": "Bad"}},
        "lost": {"ask": "Is data lost?", "flag": {}},
        "shops": {"ask": "How many shops?", "count": "shops"},
        "stores": {"ask": "How many stores?", "count": "stores"},
        "places": {"sum_of": ["shops", "stores"]},
        "kind": {"ask": "Which kind?", "label": {"wish": "A wish", "fault": "A fault"}},
    },
    "criteria": {
        "1": {
            "bad": {"text": "It is bad", "when": [{"impact": "bad"}]},
            "lost": {"text": "Data is lost", "when": [{"lost": True}]},
            "many": {"text": "Many places", "when": [{"places": 4}]},
        },
        "2": {"poor": {"text": "It is poor", "when": [{"impact": "poor"}]}},
        "3": {"wish": {"text": "It is a wish", "when": [{"kind": "wish"}]}},
    },
    "roles": {"chief": "Decides", "lead": "Leads", "aide": "Helps"},
    "sla": {
        "1": {"initial_response": "30m", "status_updates": "1h", "notify": {"chief": "30m"}, "resolution": "2h..4h"},
        "2": {"initial_response": "1h..2h", "status_updates": "4h", "notify": {"lead": "1h"}, "resolution": "8h..24h"},
        "3": {"resolution": "4d"},
    },
    "roster": {"1": {"chief": {"duty": "leads"}}, "2": {"lead": {"duty": "leads"}}, "3": {"aide": {"duty": "handles"}}},
    "covers": {"chief": ["lead"]},
    "war_room": {"severity-1": [{"severity": 1}]},
    "review": [1],
}
PACK = load(DOCUMENT)


def pack_with(**changes: Any) -> Pack:
    """The small pack with other keys."""
    return load(DOCUMENT | changes)


def at(minute: float) -> datetime:
    """So many minutes after the opening."""
    return OPENED + timedelta(minutes=minute)


def event(minute: float, kind: str, **fields: Any) -> Data:
    """An event so many minutes after the opening."""
    return {"at": at(minute), "event": kind} | fields


def opened(**facts: Any) -> Data:
    """The opening, with these facts."""
    return event(0, "opened", facts=facts)


def facts(minute: float, source: str | None = None, /, *, settles: bool = False, **said: Any) -> Data:
    """A patch of facts."""
    return event(minute, "facts", facts=said, settles=settles) | ({"source": source} if source else {})


def override(minute: float, severity: int | None, **more: Any) -> Data:
    """A decision on the severity."""
    return event(minute, "override", severity=severity, by="ann", reason="so it is") | more


def state(*events: Mapping[str, Any], now: float, pack: Pack = PACK) -> IncidentState:
    """How an incident stands so many minutes after its opening."""
    return replay(events, pack, at(now))


def clock(found: IncidentState, kind: str, role: str | None = None) -> Clock:
    """One of its clocks."""
    (one,) = (clock for clock in found.clocks if (clock.clock, clock.role) == (kind, role))
    return one


def told(found: IncidentState) -> list[str]:
    """What was set aside or is out of order."""
    return [f"{problem.code}: {problem}" for problem in found.problems]
