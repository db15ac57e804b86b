"""Samples: what the figures need of each incident, and nothing else. Those of several logs can be put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from pydantic import TypeAdapter

from sevclass.classification import Part
from sevclass.incident.course import Phase
from sevclass.incident.events import Due
from sevclass.incident.track import Kind
from sevclass.insight.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Entered(Part):
    """A phase, and when it began."""

    at: datetime
    phase: Phase


@dataclass(frozen=True, slots=True, kw_only=True)
class Blamed(Part):
    """What was said to be behind an incident, and when."""

    at: datetime
    cause: str
    known_issue: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed(Part):
    """An action as it stands. `is_late`: it is open past the date that was last given, or was done after it."""

    id: str | None
    text: str | None
    owner: str | None
    due: Due | None
    limit_at: datetime | None
    state: str
    kind: str
    customer: str | None
    ref: str | None
    at: datetime
    """When the last word of it was."""
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept(Part):
    """Of the clocks of a kind those that are decided, and those of them that were met."""

    clock: Kind
    met: int
    owed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline(Part):
    """An incident that was opened before the period: what is carried over, and what comes again."""

    id: str | None
    title: str | None
    opened_at: datetime
    phases: tuple[Entered, ...]
    causes: tuple[Blamed, ...]
    actions: tuple[Deed, ...]
    named: tuple[str, ...]
    """The customers that are known to be affected."""

    @property
    def key(self) -> tuple[datetime, str, str]:
        """Puts incidents in their order."""
        return self.opened_at, self.id or "", self.title or ""

    @property
    def phase(self) -> Phase:
        """Which it is in now."""
        return self.phases[-1].phase

    def phase_at(self, instant: datetime) -> Phase:
        """Which it was in then, as it is known now; `open` before the opening too."""
        found = next((entered for entered in reversed(self.phases) if entered.at <= instant), None)
        return found.phase if found else "open"

    def blamed_at(self, instant: datetime) -> Blamed | None:
        """What was said to be behind it by then."""
        return next((blamed for blamed in reversed(self.causes) if blamed.at <= instant), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(Outline):
    """An incident of the period, or of the one before. Lengths of time are microseconds from the opening on."""

    severity: int
    """The worst that was in force."""
    acknowledged_us: int | None
    resolved_us: int | None
    """To the last resolution; null where it does not stand."""
    net_us: int | None
    """The same without the time in which the incident waited for somebody."""
    identified_us: int | None
    mitigated_us: int | None
    fixed_us: int | None
    clocks: tuple[Kept, ...]
    reviewed_at: datetime | None
    review_pending: bool
    """Whether a review is owed for which there is time left."""
    scores: tuple[int, ...]
    """The last answer of each customer, and of each that nobody named."""
    customers: int | None
    """How many were affected at the worst; null if nothing is known of it."""
    at_least: bool
    """Whether there may have been more."""
    reached: tuple[str, ...]
    """The facts that reached the least level that alone meets a criterion."""

    @property
    def blamed(self) -> Blamed | None:
        """What is behind it, by the last word."""
        return self.causes[-1] if self.causes else None


_Any = TypeVar("_Any", bound=Outline)


@dataclass(frozen=True, kw_only=True)
class Samples(Part):
    """All that a report is made of, read at `now`."""

    period: Period
    now: datetime
    pack: str
    """The digest of the pack that they were taken by."""
    current: tuple[Sample, ...] = ()
    """Those opened in the period."""
    previous: tuple[Sample, ...] = ()
    """Those opened in the period before it, read as far back from `now` as one begins before the other."""
    others: tuple[Outline, ...] = ()
    """Those opened before the period, read at `now`."""

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """Every incident opened before the end of the period, in order."""
        return _ordered((*self.others, *self.current))

    def merged(self, *others: Samples) -> Samples:
        """Those of several logs as if all had stood in one.

        Raises ValueError if they are of other periods, or read at other instants or by other packs.
        """
        for other in others:
            if (other.period, other.now, other.pack) != (self.period, self.now, self.pack):
                raise ValueError("samples of one period, read at one instant by one pack, can be merged")
        every = (self, *others)
        return replace(
            self,
            current=_ordered(sample for each in every for sample in each.current),
            previous=_ordered(sample for each in every for sample in each.previous),
            others=_ordered(outline for each in every for outline in each.others),
        )

    @classmethod
    def model_validate_json(cls, data: str | bytes) -> Samples:
        """Read what `model_dump_json` wrote.

        Raises pydantic's ValidationError.
        """
        return TypeAdapter(cls).validate_json(data)


def _ordered(samples: Iterable[_Any]) -> tuple[_Any, ...]:
    return tuple(sorted(samples, key=lambda sample: sample.key))
