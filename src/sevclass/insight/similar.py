"""Incidents like another one: those with the same known issue or cause, or that reached the same floors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sevclass.classification import Part
from sevclass.insight.extent import Extent
from sevclass.scales import Scale, Value

MOST = 5
"""How many are proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An incident of which there is a log."""

    id: str
    title: str | None
    extent: Extent


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar(Part):
    """An incident like another one, and what they share."""

    id: str
    title: str | None
    known_issue: str | None
    """The one that was behind both."""
    cause: str | None
    facts: Mapping[str, Value]
    """Fact -> the level that both reached, of the floors of criteria that both reached."""

    @property
    def reason(self) -> str:
        """What they share, in a line."""
        shared: list[str] = []
        if self.known_issue is not None:
            shared.append(f"same known issue {self.known_issue}")
        if self.cause is not None:
            shared.append(f"same cause {self.cause}")
        if self.facts:
            shared.append(f"both {', '.join(f'{fact}{_least(level)}' for fact, level in self.facts.items())}")
        return "; ".join(shared)


def similar(own: Past, past: Iterable[Past], scales: Mapping[str, Scale], most: int = MOST) -> Sequence[Similar]:
    """The incidents most like one, never itself: the same known issue first, then the same cause, then by facts shared.

    Of equals the latest report comes first. `scales` are those of the pack that `own` is read under.
    """
    found = [(one, _shared(own.extent, one, scales)) for one in past if one.id != own.id]
    ranked = sorted(((one, shared) for one, shared in found if shared.reason), key=_rank)
    return [shared for _, shared in ranked[:most]]


def _rank(found: tuple[Past, Similar]) -> tuple[object, ...]:
    past, shared = found
    latest = -past.extent.reported_at.timestamp()
    return shared.known_issue is None, shared.cause is None, -len(shared.facts), latest, past.id


def _shared(own: Extent, past: Past, scales: Mapping[str, Scale]) -> Similar:
    other = past.extent
    reached = sorted(
        (level for floor in own.floors & other.floors for level in floor),
        key=lambda level: (level[0], scales[level[0]].order(level[1]), str(level[1])),
    )
    same_issue = own.known_issue is not None and own.known_issue == other.known_issue
    same_cause = own.cause is not None and own.cause == other.cause
    return Similar(
        id=past.id,
        title=past.title,
        known_issue=own.known_issue if same_issue else None,
        cause=own.cause if same_cause else None,
        facts=dict(reached),  # of several levels of a fact the worst is the last
    )


def _least(level: Value) -> str:
    return "" if level is True else f" {level} or worse"
