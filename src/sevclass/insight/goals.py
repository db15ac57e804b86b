"""How the figures of a period stand against the targets of the pack: met, missed, or too few to say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sevclass.document import ENOUGH, TargetsDocument
from sevclass.insight.figures import Actions, Compliance, Fall, Satisfaction, Target, Times, Verdict, share
from sevclass.insight.metrics import mean_s
from sevclass.insight.samples import Sample
from sevclass.insight.trends import Repeats

_WHOLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The figures that targets are about."""

    compliance: Mapping[str, Compliance]
    satisfaction: Satisfaction
    repeats: Repeats
    without_issue: int
    actions: Actions
    times: Mapping[str, Times]
    current: Mapping[str, Sequence[Sample]]
    previous: Mapping[str, Sequence[Sample]]


def goals(targets: TargetsDocument, found: Standing) -> Iterator[Target]:
    """How each target that the pack has stands, in one order for all packs."""
    enough = targets.get("enough", ENOUGH)
    shares = {
        "response_sla": (found.compliance["initial_response"].met, found.compliance["initial_response"].owed, 0),
        "satisfaction": (found.satisfaction.satisfied, found.satisfaction.answers, found.satisfaction.lacking),
        "reviews_on_time": (found.compliance["review"].met, found.compliance["review"].owed, 0),
        "actions_on_time": (found.actions.on_time, found.actions.owed, found.actions.lacking),
    }
    for name in ("response_sla", "resolution_time", "satisfaction", "repeats", "reviews_on_time", "actions_on_time"):
        target = targets.get(name)
        if not isinstance(target, str):
            continue
        if name == "resolution_time":
            yield _falling(name, target, enough, found)
        elif name == "repeats":
            now, before, lacking = found.repeats.now, found.repeats.before, found.without_issue
            yield _target(name, target, enough, _halved(target, now, before, enough), (now, before, lacking))
        else:
            part, whole, lacking = shares[name]
            yield _target(name, target, enough, reached(target, part, whole, enough), (part, whole, lacking))


def _target(name: str, target: str, enough: int, verdict: Verdict, counts: tuple[int, int, int]) -> Target:
    part, whole, lacking = counts
    return Target(
        name=name,
        verdict=verdict,
        numerator=part,
        denominator=whole,
        share=share(part, whole),
        target=target,
        enough=enough,
        lacking=lacking,
        by_severity={},
    )


def reached(target: str, part: int, whole: int, enough: int) -> Verdict:
    """Whether a share is `over` so many percent, or `at least` so many."""
    *how, figure = target.removesuffix("%").split()
    least = int(figure)
    if least == _WHOLE and part < whole:  # nothing is over that
        return "missed"  # one miss is enough to know
    if whole < enough:
        return "too_few"
    is_met = part * _WHOLE > least * whole if how == ["over"] else part * _WHOLE >= least * whole
    return "met" if is_met else "missed"


def _halved(target: str, now: int, before: int, enough: int) -> Verdict:
    """Whether there are fewer than before by so many percent; none at all is always enough."""
    fall = int(target.removesuffix("%").rpartition(" ")[2])
    if now == 0:
        return "met"
    if before < enough:
        return "too_few"
    return "met" if now * _WHOLE <= before * (_WHOLE - fall) else "missed"


def _falling(name: str, target: str, enough: int, found: Standing) -> Target:
    """Whether the mean time to resolve falls, of each severity that has enough in both periods."""
    falls = {severity: _fall(some, found.previous[severity], enough) for severity, some in found.current.items()}
    judged = [fall for fall in falls.values() if fall.verdict != "too_few"]
    fell = sum(fall.verdict == "met" for fall in judged)
    verdict: Verdict = "too_few" if not judged else "met" if fell == len(judged) else "missed"
    lacking = sum(times.lacking for times in found.times.values())
    return Target(
        name=name,
        verdict=verdict,
        numerator=fell,
        denominator=len(judged),
        share=share(fell, len(judged)),
        target=target,
        enough=enough,
        lacking=lacking,
        by_severity=falls,
    )


def _fall(current: Sequence[Sample], previous: Sequence[Sample], enough: int) -> Fall:
    now = [sample.resolved_us for sample in current if sample.resolved_us is not None]
    before = [sample.resolved_us for sample in previous if sample.resolved_us is not None]
    verdict: Verdict = "met" if sum(now) * len(before) < sum(before) * len(now) else "missed"
    return Fall(
        now=mean_s(now),
        before=mean_s(before),
        n=len(now),
        previous_n=len(before),
        verdict=verdict if min(len(now), len(before)) >= enough else "too_few",
    )
