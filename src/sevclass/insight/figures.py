"""What is counted of a period: the parts of a report. A share is of what has a figure; what has none is `lacking`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from sevclass.classification import Part
from sevclass.insight.period import End, Start
from sevclass.scales import Value

Verdict: TypeAlias = Literal["met", "missed", "too_few"]
BySeverity: TypeAlias = Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume(Part):
    """How many incidents were opened, and in the period before; every severity of the pack has its number."""

    total: int
    by_severity: BySeverity
    previous_total: int
    previous_by_severity: BySeverity
    change: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Week(Part):
    """An ISO week, without its end, and how many incidents were opened in it."""

    week: str
    """As `2026-W10`."""
    start: Start
    end: End
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month(Part):
    """The month as far as the period goes, without its end, and as much of the month before."""

    start: Start
    end: End
    total: int
    previous_start: Annotated[date, Field(serialization_alias="previous_from")]
    previous_end: Annotated[date, Field(serialization_alias="previous_to")]
    previous_total: int
    change: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow(Part):
    """What came in and what went: of those carried over or opened, those that are resolved; and what is open now."""

    carried_over: int
    opened: int
    resolved: int
    reopened: int
    """Those that were resolved before the period, and are open now."""
    now_open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Times(Part):
    """Lengths of time in whole seconds; the 90th percentile by nearest rank. Null where there is none."""

    mean_s: int | None
    median_s: int | None
    p90_s: int | None
    n: int
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NetTimes(Times):
    """The same net of waiting beside it."""

    net_mean_s: int | None
    net_median_s: int | None
    net_p90_s: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Met(Part):
    """Of what was owed, what was met; null where nothing was."""

    met: int
    owed: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance(Met):
    """The same by severity beside it."""

    by_severity: Mapping[str, Met]


@dataclass(frozen=True, slots=True, kw_only=True)
class Satisfaction(Part):
    """Of all answers those with a 4 or a 5; `lacking` are the incidents that have no answer."""

    satisfied: int
    answers: int
    share: float | None
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Part):
    """How many, and which share of all that have a figure."""

    n: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Customers(Part):
    """How many customers the incidents affected, one that two affected counted twice; whether there may be more."""

    total: int
    at_least: bool
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat(Part):
    """A known issue that came again: every incident that had it so far, in order, and the customers that they named."""

    cause: str
    known_issue: str
    customers: tuple[str, ...]
    incidents: tuple[str | None, ...]
    n: int
    """How many of the period had an earlier one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking(Part):
    """How many incidents of the period have no cause, and no known issue."""

    cause: int
    known_issue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions(Part):
    """Actions of the period's incidents: of those that are owed, done with a date or past it, those that were in time.

    `total` and what it consists of leave none out; `lacking` are done, and had no date.
    """

    total: int
    done: int
    open: int
    dropped: int
    owed: int
    on_time: int
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews(Part):
    """Reviews: of those that are owed, done or past their limit, those in time; `pending` have time left."""

    owed: int
    done: int
    on_time: int
    pending: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight(Part):
    """What is worth telling first, in words."""

    kind: Literal["worst_incident", "response_sla", "satisfaction"]
    text: str
    incident: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Part):
    """An action that was taken."""

    incident: str | None
    id: str | None
    text: str | None
    owner: str | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rising(Part):
    """A cause, or a fact at the least level that alone meets a criterion, that more incidents have than before."""

    fact: str | None
    cause: str | None
    level: Value | None
    now: int
    before: int
    action: Step | None
    """The last one recorded for it: one that refers to it by `ref`, else one of its incidents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAction(Part):
    """What is still to be done, also for incidents from before the period."""

    incident: str | None
    id: str | None
    text: str | None
    owner: str | None
    due: date | datetime | None
    kind: str
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall(Part):
    """The mean time to resolve of a severity, in seconds, now and before, of so many each."""

    now: int | None
    before: int | None
    n: int
    previous_n: int
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Target(Part):
    """What the pack aims at, as it says that, and how it stands."""

    name: str
    verdict: Verdict
    numerator: int
    denominator: int
    share: float | None
    target: str
    enough: int
    lacking: int
    by_severity: Mapping[str, Fall]
    """Of the time to resolve; else empty."""


def share(part: int, whole: int) -> float | None:
    """A share to three digits, which never reads as all or nothing where it is not; null of nothing."""
    if whole == 0:
        return None
    return part / whole if part in {0, whole} else min(max(round(part / whole, 3), 0.001), 0.999)


def percent(part: int, whole: int) -> str:
    """The same for people, rounded down, so that what was missed never reads as reached."""
    return f"{part * 100 // whole} %"
