"""What rises against the period before, with what was done about it, and what comes again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sevclass.insight.figures import Repeat, Rising, Step
from sevclass.insight.metrics import counted
from sevclass.insight.samples import Outline, Sample, Samples
from sevclass.scales import Value

LEAST = 3
"""With fewer incidents nothing is said to rise."""


def rising(
    current: Sequence[Sample], previous: Sequence[Sample], causes: Iterable[str], levels: Mapping[str, Value]
) -> tuple[Rising, ...]:
    """The causes and facts that more incidents have than before, the largest increase first."""
    now, before = _causes(current), _causes(previous)
    found = [
        Rising(fact=None, cause=cause, level=None, now=now[cause], before=before[cause], action=_action(cause, some))
        for cause in dict.fromkeys((*causes, *sorted(now)))
        if _rises(now[cause], before[cause])
        for some in [[sample for sample in current if sample.blamed and sample.blamed.cause == cause]]
    ]
    now, before = _facts(current), _facts(previous)
    found += [
        Rising(fact=fact, cause=None, level=level, now=now[fact], before=before[fact], action=_action(fact, some))
        for fact, level in levels.items()
        if _rises(now[fact], before[fact])
        for some in [[sample for sample in current if fact in sample.reached]]
    ]
    return tuple(sorted(found, key=lambda one: (one.before - one.now, -one.now)))


def _rises(now: int, before: int) -> bool:
    return now >= LEAST and now > before


def _causes(samples: Iterable[Sample]) -> Counter[str]:
    return Counter(sample.blamed.cause for sample in samples if sample.blamed)


def _facts(samples: Iterable[Sample]) -> Counter[str]:
    return Counter(fact for sample in samples for fact in sample.reached)


def _action(name: str, samples: Sequence[Sample]) -> Step | None:
    """The last action that refers to it, or else the last one of these incidents; what was dropped is none."""
    found = [(deed, sample) for sample in samples for deed in sample.actions if deed.state != "dropped"]
    if not found:
        return None
    deed, sample = max(found, key=lambda one: (one[0].ref == name, one[0].at))
    return Step(incident=sample.id, id=deed.id, text=deed.text, owner=deed.owner, state=deed.state)


class Repeats(NamedTuple):
    """What came again, and how many incidents of the period, and of the one before, did."""

    found: tuple[Repeat, ...]
    now: int
    before: int


def repeats(samples: Samples) -> Repeats:
    """The incidents whose known issue an earlier one had."""
    now, before = samples.now, samples.period.earlier(samples.now)
    current, previous = counted(samples.current), counted(samples.previous)
    again = _again(current, samples.outlines, now)
    by_issue: dict[str, list[Outline]] = {}
    for outline in counted(samples.outlines):
        if (blamed := outline.blamed_at(now)) and blamed.known_issue:
            by_issue.setdefault(blamed.known_issue, []).append(outline)
    found = [_repeat(issue, n, by_issue[issue]) for issue, n in sorted(again.items())]
    earlier = _again(previous, samples.others, before)
    return Repeats(tuple(sorted(found, key=lambda one: -one.n)), again.total(), earlier.total())


def _again(those: Iterable[Sample], every: Iterable[Outline], at: datetime) -> Counter[str]:
    """Known issue -> how many of those incidents have it, and an earlier one had, as it was known at an instant."""
    first: dict[str, tuple[datetime, str, str]] = {}
    for outline in every:
        blamed = outline.blamed_at(at)
        if blamed and blamed.known_issue and outline.phase_at(at) != "withdrawn":
            first[blamed.known_issue] = min(first.get(blamed.known_issue, outline.key), outline.key)
    return Counter(
        issue
        for sample in those
        if sample.blamed and (issue := sample.blamed.known_issue) and first.get(issue, sample.key) < sample.key
    )


def _repeat(issue: str, n: int, outlines: Sequence[Outline]) -> Repeat:
    last = next(blamed for outline in reversed(outlines) for blamed in reversed(outline.causes))
    return Repeat(
        cause=last.cause,
        known_issue=issue,
        customers=tuple(sorted({name for outline in outlines for name in outline.named})),
        incidents=tuple(outline.id for outline in outlines),
        n=n,
    )
