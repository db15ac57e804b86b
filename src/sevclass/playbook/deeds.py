"""What the log of an incident says is done, and how that is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sevclass.classification import Part
from sevclass.incident import events as e
from sevclass.incident.readings import Clock
from sevclass.playbook.protocol import Action, Phase, Question

_KINDS: Mapping[str, str] = {
    "initial_response": "initial_response",
    "notifications": "notification",
    "status_updates": "status_update",
    "resolution": "resolution",
    "review": "review",
}
"""What a plan calls a clock -> what a log does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done(Part):
    """That something is done: since when, by which event or clock that is known, and who wrote it (null: nobody)."""

    at: datetime
    how: str
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherStep(Part):
    """A step that was done and that the plan of this incident does not have."""

    item: str
    at: datetime
    by: str | None


class Deeds:
    """What has been done of a plan by the events of a log."""

    def __init__(self, phases: Iterable[Phase], events: Iterable[e.Event]) -> None:
        self.resolved_at: datetime | None = None
        """When it was last resolved, if it was not reopened since."""
        self.done: dict[str, Done] = {}
        """Action or question -> the first event that did or answered it."""
        self.steps: list[OtherStep] = []
        """Every step, whether the plan has it or not."""
        self._phases = tuple(phases)
        self._kinds: dict[str, str] = {}
        """Id of an action -> its kind, which a later word of it need not say again."""
        self._known = {one.id for phase in self._phases for one in _both(phase)}
        for event in events:
            self._take(event)

    def _take(self, event: e.Event) -> None:
        if isinstance(event, e.Reopened):
            self._reopen()
        elif isinstance(event, e.Step):
            self.steps.append(OtherStep(item=event.item, at=event.at, by=event.by))
            if event.item in self._known:
                self.done.setdefault(event.item, Done(at=event.at, how="step", by=event.by))
        if isinstance(event, e.Resolved):
            self.resolved_at = event.at
        if isinstance(event, e.Action) and event.id is not None and event.kind is not None:
            self._kinds[event.id] = event.kind
        if deed := self._deed(event):
            self._note(deed, Done(at=event.at, how=event.event, by=event.by))

    def _deed(self, event: e.Event) -> str | None:
        """What a plan calls an event, if one can do something by itself."""
        match event:
            case e.Action():
                kind = event.kind or (self._kinds.get(event.id) if event.id is not None else None)
                return f"{event.event}:{kind or 'prevention'}"
            case e.UpdateSent():
                return f"{event.event}:{event.audience}"
            case e.WarRoomSet():
                return f"{event.event}:{event.state}"
            case e.Assigned(person=None):
                return None
            case _:
                return event.event

    def _note(self, deed: str, done: Done) -> None:
        """What does or answers something by itself has happened."""
        for phase in self._phases:
            for one in _both(phase):
                if deed in one.deeds:
                    self.done.setdefault(one.id, done)

    def _reopen(self) -> None:
        """It was not solved after all: what was done in some phases is to be done again."""
        self.resolved_at = None
        for phase in self._phases:
            for one in _both(phase) if phase.again else ():
                self.done.pop(one.id, None)


def _both(phase: Phase) -> Sequence[Action | Question]:
    return (*phase.questions, *phase.actions)


def clocks_of(name: str, clocks: Sequence[Clock]) -> list[Clock]:
    """The clocks that a plan calls so, as far as anything is or was owed."""
    return [clock for clock in clocks if clock.clock == _KINDS[name] and clock.limit_at is not None]


def by_clock(found: Sequence[Clock]) -> Done | None:
    """That all of these clocks are done, if they are."""
    ends = list(_ends(found))
    if not ends or len(ends) < len(found):
        return None
    return Done(at=max(ends), how=found[0].clock, by=None)


def pressing(found: Sequence[Clock]) -> Clock | None:
    """The clock that says by when: of those that are not done the one with the earliest limit, else the last."""
    undone = [clock for clock in found if clock.done_at is None]
    pick = (min, undone) if undone else (max, found)
    return pick[0](pick[1], key=_limit) if found else None


def _ends(found: Sequence[Clock]) -> Iterator[datetime]:
    return (clock.done_at for clock in found if clock.done_at is not None)


def _limit(clock: Clock) -> datetime:
    assert clock.limit_at is not None  # noqa: S101 - as `clocks_of` gives them
    return clock.limit_at
