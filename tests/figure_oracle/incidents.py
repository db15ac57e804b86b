"""The incidents as they stand at an instant."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sevclass import Pack
from sevclass.incident import IncidentState, events as e, replay
from sevclass.problems import IncidentError

Data = dict[str, Any]
World = Mapping[str, Sequence[Data]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident as it stands at an instant, and the events that led there."""

    id: str
    pack: Pack
    state: IncidentState
    events: Sequence[e.Event]
    """Those that count, in order. What was struck is gone, and so are the strikes."""

    @property
    def opened_at(self) -> datetime:
        return self.state.opened_at

    @property
    def is_withdrawn(self) -> bool:
        return self.state.phase == "withdrawn"

    @property
    def is_open(self) -> bool:
        return self.state.phase == "open"

    @property
    def severity(self) -> str:
        """The worst that was in force (18)."""
        return str(min(change.severity for change in self.state.history))

    def of(self, kind: type[e.BaseEvent]) -> list[Any]:
        """The events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def before(self, place: int) -> IncidentState:
        """How it stood at the instant of an event, just before it."""
        return replay(self.events[:place], self.pack, self.events[place].at)

    @property
    def cause(self) -> e.Cause | None:
        return self.of(e.Cause)[-1] if self.of(e.Cause) else None

    @property
    def known_issue(self) -> str | None:
        return self.cause.known_issue if self.cause else None


def read(world: World, pack: Pack, now: datetime) -> list[Incident]:
    """The incidents that are opened by then, as they stand, in the order of their openings."""
    found = []
    for name, log in world.items():
        try:
            state = replay(log, pack, now, id=name)
        except IncidentError:  # it is not opened yet, or its opening was struck
            continue
        events = [happening.event for happening in state.log if not isinstance(happening.event, e.Struck)]
        found.append(Incident(id=name, pack=pack, state=state, events=events))
    return sorted(found, key=lambda incident: (incident.opened_at, incident.id))
