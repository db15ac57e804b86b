"""The report of a period: every figure, what is worth telling, and how it stands against the pack's targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set as AbstractSet
from dataclasses import dataclass, fields, make_dataclass
from datetime import datetime
from typing import Any, ClassVar, Literal, get_type_hints

from pydantic import TypeAdapter

from sevclass.api import Pack
from sevclass.classification import PackRef, Part
from sevclass.incident.schemas import PROBLEMS
from sevclass.insight import metrics
from sevclass.insight.figures import (
    Actions,
    Compliance,
    Customers,
    Flow,
    Highlight,
    Lacking,
    Month,
    NetTimes,
    OpenAction,
    Repeat,
    Reviews,
    Rising,
    Satisfaction,
    Share,
    Target,
    Times,
    Volume,
    Week,
)
from sevclass.insight.goals import Standing, goals
from sevclass.insight.highlights import highlights
from sevclass.insight.period import Period
from sevclass.insight.samples import Samples
from sevclass.insight.sampling import rising_levels
from sevclass.insight.trends import repeats, rising
from sevclass.insight.weeks import weeks
from sevclass.problems import Problem
from sevclass.results import Result


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Report(Result):
    """A report. Keys that are severities are text, the worst first."""

    PARTS: ClassVar[tuple[str, ...]] = (
        "pack",
        "period",
        "now",
        "volume",
        "weeks",
        "month",
        "open",
        "withdrawn",
        "customers_impacted",
        "time_to_acknowledge",
        "time_to_identify",
        "time_to_mitigate",
        "time_to_resolve",
        "time_to_permanent_fix",
        "compliance",
        "satisfaction",
        "causes",
        "lacking",
        "repeats",
        "actions",
        "reviews",
        "highlights",
        "rising",
        "open_actions",
        "targets",
        "problems",
    )

    pack: PackRef
    period: Period
    now: datetime
    volume: Volume
    weeks: tuple[Week, ...]
    """The last ones up to the end of the period, as far as the logs go back."""
    month: Month
    open: Flow
    withdrawn: int
    """Of the period's incidents, those closed without a resolution; no other figure has them."""
    customers_impacted: Customers
    time_to_acknowledge: Mapping[str, Times]
    time_to_identify: Mapping[str, Times]
    """To the first cause that was named."""
    time_to_mitigate: Mapping[str, Times]
    time_to_resolve: Mapping[str, NetTimes]
    time_to_permanent_fix: Mapping[str, Times]
    compliance: Mapping[str, Compliance]
    satisfaction: Satisfaction
    causes: Mapping[str, Share]
    lacking: Lacking
    repeats: tuple[Repeat, ...]
    actions: Actions
    reviews: Reviews
    highlights: tuple[Highlight, ...]
    rising: tuple[Rising, ...]
    open_actions: tuple[OpenAction, ...]
    targets: tuple[Target, ...]
    problems: tuple[Problem, ...]

    def __hash__(self) -> int:
        return hash((self.period, self.now, self.volume.total))

    @property
    def is_missed(self) -> bool:
        """Whether a target is missed."""
        return any(target.verdict == "missed" for target in self.targets)

    @classmethod
    def model_json_schema(cls) -> dict[str, Any]:
        """The JSON Schema of `model_dump`."""
        own = get_type_hints(cls, include_extras=True)
        kinds = {part: own[part] for part in cls.PARTS} | {"problems": PROBLEMS}
        shape = make_dataclass(cls.__name__, [("schema", Literal[1]), *kinds.items()], bases=(Part,))
        return TypeAdapter(shape).json_schema(mode="serialization")

    def _shape(self, include: AbstractSet[str] | None = None) -> dict[str, Any]:
        shape = super(Report, self)._shape(include)
        own = {
            "period": _renamed(self.period),
            "weeks": [_renamed(week) for week in self.weeks],
            "month": _renamed(self.month),
            "problems": [problem.model_dump() for problem in self.problems],
        }
        return {key: own.get(key, value) for key, value in shape.items()}


def _renamed(part: Period | Week | Month) -> dict[str, Any]:
    """The fields by the names that they have in JSON."""
    called = {field.name: field.name.replace("start", "from").replace("end", "to") for field in fields(part)}
    return {name: getattr(part, field) for field, name in called.items()}


def report_of(samples: Samples, pack: Pack, problems: Iterable[Problem] = ()) -> Report:
    """The report over samples that were taken by a pack; `problems` are what was wrong with the logs.

    Raises ValueError if they were taken by another pack.
    """
    if samples.pack != pack.digest:
        raise ValueError("the samples were taken by another pack")
    severities, document = tuple(pack.severities), pack._engine.document  # noqa: SLF001 - the package's own
    current, previous = metrics.counted(samples.current), metrics.counted(samples.previous)
    groups, groups_before = (metrics.by_severity(some, severities) for some in (current, previous))
    causes = tuple(document.get("causes", ()))
    again, actions = repeats(samples), metrics.actions(current)
    lacking = Lacking(
        cause=sum(sample.blamed is None for sample in current),
        known_issue=sum(not (sample.blamed and sample.blamed.known_issue) for sample in current),
    )
    standing = Standing(
        compliance=metrics.compliance(groups),
        satisfaction=metrics.satisfaction(current),
        repeats=again,
        without_issue=lacking.known_issue,
        actions=actions,
        times=(to_resolve := metrics.times_to_resolve(groups)),
        current=groups,
        previous=groups_before,
    )
    return Report(
        pack=pack._engine.ref,  # noqa: SLF001 - the package's own
        period=samples.period,
        now=samples.now,
        volume=metrics.volume(current, previous, severities),
        weeks=weeks(samples),
        month=metrics.month(samples),
        open=metrics.flow(samples),
        withdrawn=len(samples.current) - len(current),
        customers_impacted=metrics.customers(current),
        time_to_acknowledge=metrics.times(groups, lambda sample: sample.acknowledged_us),
        time_to_identify=metrics.times(groups, lambda sample: sample.identified_us),
        time_to_mitigate=metrics.times(groups, lambda sample: sample.mitigated_us),
        time_to_resolve=to_resolve,
        time_to_permanent_fix=metrics.times(groups, lambda sample: sample.fixed_us),
        compliance=standing.compliance,
        satisfaction=standing.satisfaction,
        causes=metrics.causes(current, causes),
        lacking=lacking,
        repeats=again.found,
        actions=actions,
        reviews=metrics.reviews(current),
        highlights=highlights(current, standing.compliance, standing.satisfaction),
        rising=rising(current, previous, causes, rising_levels(pack)),
        open_actions=tuple(metrics.open_actions(samples)),
        targets=tuple(goals(document.get("targets", {}), standing)),
        problems=tuple(problems),
    )
