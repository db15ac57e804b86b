"""From samples to figures. Incidents that were withdrawn are left out of all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple, TypeAlias, TypeVar

from sevclass.incident.countdown import FAR
from sevclass.incident.track import CLOCKS
from sevclass.insight.figures import (
    Actions,
    Compliance,
    Customers,
    Flow,
    Met,
    Month,
    NetTimes,
    OpenAction,
    Reviews,
    Satisfaction,
    Share,
    Times,
    Volume,
    share,
)
from sevclass.insight.samples import Outline, Sample, Samples

_SECOND = 1_000_000
_TICK = timedelta(microseconds=1)
_SATISFIED = 4
"""The least score of a customer who is satisfied."""
_P90 = 90
_RESOLVED = ("resolved", "closed")

_Any = TypeVar("_Any", bound=Outline)
Length: TypeAlias = Callable[[Sample], int | None]
"""A length of time of an incident, in microseconds; None where it has none."""


def counted(incidents: Iterable[_Any]) -> tuple[_Any, ...]:
    """Those that count: not those that were withdrawn."""
    return tuple(incident for incident in incidents if incident.phase != "withdrawn")


def by_severity(samples: Iterable[Sample], severities: Iterable[int]) -> dict[str, tuple[Sample, ...]]:
    """The incidents of each severity, the worst first."""
    found: dict[int, list[Sample]] = {severity: [] for severity in severities}
    for sample in samples:
        found[sample.severity].append(sample)
    return {str(severity): tuple(some) for severity, some in found.items()}


def volume(current: Sequence[Sample], previous: Sequence[Sample], severities: Sequence[int]) -> Volume:
    """How many there were."""
    return Volume(
        total=len(current),
        by_severity={severity: len(some) for severity, some in by_severity(current, severities).items()},
        previous_total=len(previous),
        previous_by_severity={severity: len(some) for severity, some in by_severity(previous, severities).items()},
        change=len(current) - len(previous),
    )


def month(samples: Samples) -> Month:
    """How many there were in the month so far, and in as much of the month before."""
    outlines, this, last = counted(samples.outlines), samples.period.month, samples.period.month_before
    (this_start, this_end), (last_start, last_end) = ((span.starts_at, span.ends_at) for span in (this, last))
    total = sum(this_start <= outline.opened_at < this_end for outline in outlines)
    previous = sum(last_start <= outline.opened_at < last_end for outline in outlines)
    return Month(
        start=this.start,
        end=this.end,
        total=total,
        previous_start=last.start,
        previous_end=last.end,
        previous_total=previous,
        change=total - previous,
    )


def flow(samples: Samples) -> Flow:
    """What came in and what went."""
    eve, others, current = samples.period.starts_at - _TICK, counted(samples.others), counted(samples.current)
    carried_over = [outline for outline in others if outline.phase_at(eve) == "open"]
    back = [outline for outline in others if outline.phase_at(eve) != "open" and outline.phase == "open"]
    return Flow(
        carried_over=len(carried_over),
        opened=len(current),
        resolved=sum(outline.phase in _RESOLVED for outline in (*carried_over, *current)),
        reopened=len(back),
        now_open=sum(outline.phase == "open" for outline in (*others, *current)),
    )


def times(groups: Mapping[str, Sequence[Sample]], length: Length) -> dict[str, Times]:
    """A length of time by severity."""
    found = {}
    for severity, samples in groups.items():
        lengths = _lengths(samples, length)
        of = _averages(lengths)
        n, lacking = len(lengths), len(samples) - len(lengths)
        found[severity] = Times(mean_s=of.mean, median_s=of.median, p90_s=of.p90, n=n, lacking=lacking)
    return found


def times_to_resolve(groups: Mapping[str, Sequence[Sample]]) -> dict[str, NetTimes]:
    """From the opening to the resolution by severity, elapsed and net of pauses."""
    elapsed = times(groups, lambda sample: sample.resolved_us)
    net = times(groups, lambda sample: sample.net_us)
    return {
        severity: NetTimes(
            mean_s=found.mean_s,
            median_s=found.median_s,
            p90_s=found.p90_s,
            n=found.n,
            lacking=found.lacking,
            net_mean_s=net[severity].mean_s,
            net_median_s=net[severity].median_s,
            net_p90_s=net[severity].p90_s,
        )
        for severity, found in elapsed.items()
    }


def _lengths(samples: Iterable[Sample], length: Length) -> list[int]:
    return sorted(found for sample in samples if (found := length(sample)) is not None)


class _Averages(NamedTuple):
    mean: int | None
    median: int | None
    p90: int | None


def _averages(lengths: Sequence[int]) -> _Averages:
    """Of lengths in order, in seconds."""
    if not lengths:
        return _Averages(None, None, None)
    middle = (lengths[(len(lengths) - 1) // 2], lengths[len(lengths) // 2])
    return _Averages(mean_s(lengths), mean_s(middle), _rounded(nearest_rank(lengths, _P90), _SECOND))


def mean_s(lengths: Sequence[int]) -> int | None:
    """The mean of lengths in microseconds, in whole seconds; None of none."""
    return _rounded(sum(lengths), len(lengths) * _SECOND) if lengths else None


def nearest_rank(ordered: Sequence[int], percent: int) -> int:
    """The least of the values that so many percent of them do not pass."""
    return ordered[-(-percent * len(ordered) // 100) - 1]


def _rounded(amount: int, unit: int) -> int:
    """How many units that is, halves up."""
    return (2 * amount + unit) // (2 * unit)


def compliance(groups: Mapping[str, Sequence[Sample]]) -> dict[str, Compliance]:
    """Of each clock what was met, of all that is decided."""
    found: dict[str, Compliance] = {}
    for place, clock in enumerate(CLOCKS):
        each = {}
        for severity, samples in groups.items():
            kept = [sample.clocks[place] for sample in samples]
            each[severity] = met(sum(one.met for one in kept), sum(one.owed for one in kept))
        every = met(sum(one.met for one in each.values()), sum(one.owed for one in each.values()))
        found[clock] = Compliance(met=every.met, owed=every.owed, share=every.share, by_severity=each)
    return found


def met(part: int, owed: int) -> Met:
    """What was met of what was owed."""
    return Met(met=part, owed=owed, share=share(part, owed))


def satisfaction(samples: Iterable[Sample]) -> Satisfaction:
    """How customers answered."""
    answered = [sample.scores for sample in samples]
    scores = [score for some in answered for score in some]
    satisfied = sum(score >= _SATISFIED for score in scores)
    lacking = sum(not some for some in answered)
    return Satisfaction(satisfied=satisfied, answers=len(scores), share=share(satisfied, len(scores)), lacking=lacking)


def causes(samples: Iterable[Sample], known: Iterable[str]) -> dict[str, Share]:
    """The causes that there were, in the pack's order and then by name, each of all the incidents that have one."""
    found = Counter(sample.blamed.cause for sample in samples if sample.blamed)
    total = found.total()
    names = dict.fromkeys((*known, *sorted(found)))
    return {name: Share(n=found[name], share=share(found[name], total)) for name in names if found[name]}


def customers(samples: Iterable[Sample]) -> Customers:
    """How many customers were affected."""
    every = list(samples)
    known = [sample for sample in every if sample.customers is not None]
    return Customers(
        total=sum(sample.customers or 0 for sample in known),
        at_least=len(known) < len(every) or any(sample.at_least for sample in known),
        lacking=len(every) - len(known),
    )


def actions(samples: Iterable[Sample]) -> Actions:
    """How it stands with what was to be done."""
    deeds = [deed for sample in samples for deed in sample.actions]
    states = Counter(deed.state for deed in deeds)
    dated = [deed for deed in deeds if deed.due is not None and deed.state != "dropped"]
    owed = [deed for deed in dated if deed.is_late or deed.state == "done"]
    return Actions(
        total=len(deeds),
        done=states["done"],
        open=states["open"],
        dropped=states["dropped"],
        owed=len(owed),
        on_time=sum(not deed.is_late for deed in owed),
        lacking=sum(deed.state == "done" and deed.due is None for deed in deeds),
    )


def open_actions(samples: Samples) -> Iterator[OpenAction]:
    """What is still to be done, what is due first first."""
    outlines = counted(samples.outlines)
    found = [(deed, outline) for outline in outlines for deed in outline.actions if deed.state == "open"]
    for deed, outline in sorted(found, key=lambda one: one[0].limit_at or FAR):
        yield OpenAction(
            incident=outline.id,
            id=deed.id,
            text=deed.text,
            owner=deed.owner,
            due=deed.due,
            kind=deed.kind,
            overdue=deed.limit_at is not None and deed.limit_at < samples.now,
        )


def reviews(samples: Iterable[Sample]) -> Reviews:
    """How it stands with the reviews."""
    found = list(samples)
    kept = [one for sample in found for one in sample.clocks if one.clock == "review"]
    return Reviews(
        owed=sum(one.owed for one in kept),
        done=sum(sample.reviewed_at is not None for sample in found),
        on_time=sum(one.met for one in kept),
        pending=sum(sample.review_pending for sample in found),
    )
