"""From the log of an incident to its sample: followed event by event, as every reading of it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from itertools import chain
from typing import ClassVar

from sevclass.api import Pack
from sevclass.incident import events as e
from sevclass.incident.course import Course
from sevclass.incident.event_problems import in_order
from sevclass.incident.log import Entry
from sevclass.incident.readings import Clock
from sevclass.incident.replay import other_pack
from sevclass.incident.rules import Rules, rules_of
from sevclass.incident.timeline import Item, Timeline, timeline
from sevclass.incident.track import CLOCKS, Kind, Track
from sevclass.insight.period import Period
from sevclass.insight.reach import Reach
from sevclass.insight.samples import Blamed, Deed, Entered, Kept, Outline, Sample, Samples
from sevclass.problems import IncidentError, Problem
from sevclass.scales import Facts, Label, SumOf, Value

_NO_MATTER = "out_of_order"
_MICROSECOND = timedelta(microseconds=1)
_OUTLINE: tuple[type[e.BaseEvent], ...] = (e.Opened, e.Resolved, e.Reopened, e.Closed, e.Cause, e.Action)
"""What an outline is made of."""


class Sampler:
    """Takes incidents one by one, and keeps what a report of a period needs of them."""

    def __init__(self, pack: Pack, period: Period, now: datetime) -> None:
        """`now`: what comes later is left out."""
        self._pack, self._now = pack, now
        self._rules = rules_of(pack)
        self._levels = rising_levels(pack)
        self._period, self._earlier = period, period.earlier(now)
        self._start, self._end = period.starts_at, period.ends_at
        self._start_before = period.before.starts_at
        self._current: list[Sample] = []
        self._previous: list[Sample] = []
        self._others: list[Outline] = []

    @property
    def samples(self) -> Samples:
        """Those of all that was taken."""
        found = Samples(
            period=self._period,
            now=self._now,
            pack=self._pack.digest,
            current=tuple(self._current),
            previous=tuple(self._previous),
            others=tuple(self._others),
        )
        return found.merged()

    def take(self, entries: Sequence[Entry], id: str | None) -> Sequence[Problem]:
        """Take up an incident. What is wrong with its events, in their order.

        That lines are out of order is not told: a file of many may have them as it likes, and no figure depends on it.

        Raises IncidentError if it was not opened up to `now`.
        """
        found = timeline(entries, self._now)
        opened_at = found.opened.at
        if opened_at >= self._end:
            return ()
        course, story = self._course(found), _Story(self._pack, self._levels)
        if opened_at >= self._start:
            story.follow(course, found.items, self._now)
            self._current.append(_sample(story, course, id, self._now))
        else:
            story.follow(course, _outlined(found), self._now)
            self._others.append(_outline(story, course, id, self._now))
        if any(isinstance(entry.event, e.Opened) and self._is_before(entry.event.at) for entry in entries):
            self._take_earlier(entries, id)
        told = other_pack(found.items[0].place, found.opened, self._pack)
        return in_order((*told, *(one for one in found.problems if one.code != _NO_MATTER), *course.problems))

    def _is_before(self, instant: datetime) -> bool:
        """Whether an incident that was opened then is one of the period before."""
        return self._start_before <= instant < self._start and instant <= self._earlier

    def _take_earlier(self, entries: Sequence[Entry], id: str | None) -> None:
        """Take it up as one of the period before, if that is how it stood then."""
        try:
            found = timeline(entries, self._earlier)
        except IncidentError:
            return  # that opening was struck, and the other one came later
        if self._is_before(found.opened.at):
            course, story = self._course(found), _Story(self._pack, self._levels)
            story.follow(course, found.items, self._earlier)
            self._previous.append(_sample(story, course, id, self._earlier))

    def _course(self, found: Timeline) -> Course:
        return Course(self._rules, found.opened)


def rising_levels(pack: Pack) -> dict[str, Value]:
    """Fact -> the least level that alone meets a criterion; a label has no order, and so no least."""
    evaluator = pack._engine.evaluator  # noqa: SLF001 - the package's own
    found: dict[str, Value] = {}
    for floor in evaluator.criteria_floors:
        if len(floor) == 1:
            [(fact, level)] = floor.items()
            scale = evaluator.scales[fact]
            if not isinstance(scale, Label) and (fact not in found or scale.order(level) < scale.order(found[fact])):
                found[fact] = level
    return {fact: found[fact] for fact in evaluator.scales if fact in found}


def _outlined(found: Timeline) -> Iterator[Item]:
    """The events that an outline is made of; facts are left out, which take long and make no difference to it."""
    first, *rest = found.items
    opened = found.opened.model_copy(update={"facts": {}})
    return chain([first._replace(event=opened)], (item for item in rest if _counts(item.event)))


def _counts(event: e.BaseEvent) -> bool:
    return isinstance(event, _OUTLINE) or (isinstance(event, e.FactsSaid) and bool(event.customers))


class _Story:
    """What is told of an incident as its events are taken up."""

    def __init__(self, pack: Pack, levels: dict[str, Value]) -> None:
        self.reach, self.levels = Reach(pack), levels
        self.phases: list[Entered] = []
        self.causes: list[Blamed] = []
        self.identified_at: datetime | None = None
        self.mitigated_at: datetime | None = None
        self.fixed_at: datetime | None = None
        self.waited = timedelta()
        self._waits_since: datetime | None = None
        self.scores: dict[str | int, int] = {}
        self.reached: set[str] = set()

    def follow(self, course: Course, items: Iterable[Item], now: datetime) -> None:
        """Take up the events, and note what becomes of them."""
        for place, event in items:
            if course.take(event, place):
                self._note(course, event)
        course.pass_to(now)

    def _note(self, course: Course, event: e.Event) -> None:
        at = event.at
        if not self.phases or self.phases[-1].phase != course.phase:
            self.phases.append(Entered(at=at, phase=course.phase))
        if bool(course.waits) != (self._waits_since is not None):
            self._wait(at)
        if (noted := self._NOTED.get(type(event))) is not None:
            noted(self, course, event)

    def _facts(self, course: Course, _event: e.Event) -> None:
        self._look(course.rules, course.said.facts)

    def _cause(self, _course: Course, event: e.Cause) -> None:
        self.identified_at = self.identified_at or event.at
        self.causes.append(Blamed(at=event.at, cause=event.category, known_issue=event.known_issue))

    def _mitigated(self, _course: Course, event: e.Mitigated) -> None:
        self.mitigated_at = self.mitigated_at or event.at

    def _fixed(self, _course: Course, event: e.Fixed) -> None:
        self.fixed_at = event.at

    def _answered(self, _course: Course, event: e.Satisfaction) -> None:
        self.scores[event.customer if event.customer is not None else len(self.scores)] = event.score

    _NOTED: ClassVar[Mapping[type[e.BaseEvent], Callable[..., None]]] = {
        e.Opened: _facts,
        e.FactsSaid: _facts,
        e.Cause: _cause,
        e.Mitigated: _mitigated,
        e.Fixed: _fixed,
        e.Satisfaction: _answered,
    }

    def _wait(self, at: datetime) -> None:
        """A wait begins, or the last one ends."""
        if self._waits_since is None:
            self._waits_since = at
        else:
            self.waited += at - self._waits_since
            self._waits_since = None

    def _look(self, rules: Rules, facts: Facts) -> None:
        """Facts have changed: see what they reach."""
        scales = rules.evaluator.scales
        for fact, level in self.levels.items():
            scale = scales[fact]
            value = scale.known(facts) if isinstance(scale, SumOf) else facts[fact]
            if value is not None and scale.order(value) >= scale.order(level):
                self.reached.add(fact)
        self.reach.look(facts)


def _outline(story: _Story, course: Course, id: str | None, now: datetime) -> Outline:
    return Outline(
        id=id,
        title=course.opened.title,
        opened_at=course.opened_at,
        phases=tuple(story.phases),
        causes=tuple(story.causes),
        actions=tuple(_deeds(course, now)),
        named=tuple(course.customers),
    )


def _deeds(course: Course, now: datetime) -> Iterator[Deed]:
    for action, acted in course.records.acted:
        if action.kind == "promise":
            continue  # it is kept or broken during the incident, and nothing that a review asks for
        limit_at = action.limit_at
        until = now if action.state == "open" else acted.done_at
        yield Deed(
            id=action.id,
            text=action.text,
            owner=action.owner,
            due=action.due,
            limit_at=limit_at,
            state=action.state,
            kind=action.kind,
            customer=action.customer,
            ref=acted.ref,
            at=acted.at,
            is_late=limit_at is not None and until is not None and until > limit_at,
        )


def _sample(story: _Story, course: Course, id: str | None, now: datetime) -> Sample:
    outline, clocks, opened_at = _outline(story, course, id, now), course.clocks, course.opened_at
    review = next(row for kind, row in _rows(course) if kind == "review")
    resolved_us = _since(opened_at, clocks.resolved_at) if course.phase in {"resolved", "closed"} else None
    waited = story.waited // _MICROSECOND
    customers, at_least = story.reach.of(course)
    return Sample(
        **{field.name: getattr(outline, field.name) for field in fields(Outline)},
        severity=clocks.worst,
        acknowledged_us=_since(opened_at, clocks.answered_at),
        resolved_us=resolved_us,
        net_us=None if resolved_us is None else resolved_us - waited,
        identified_us=_since(opened_at, story.identified_at),
        mitigated_us=_since(opened_at, story.mitigated_at),
        fixed_us=_since(opened_at, story.fixed_at),
        clocks=tuple(_kept(course)),
        reviewed_at=review.done_at,
        review_pending=clocks.review.is_owed and review.breached_at is None and not clocks.is_closed,
        scores=tuple(story.scores.values()),
        customers=customers,
        at_least=at_least,
        reached=tuple(fact for fact in story.levels if fact in story.reached),
    )


def _since(opened_at: datetime, instant: datetime | None) -> int | None:
    return None if instant is None else (instant - opened_at) // _MICROSECOND


def _rows(course: Course) -> Iterator[tuple[Kind, Track | Clock]]:
    """Every clock; once the incident is closed, as they stood then."""
    if course.clocks.is_closed:
        return ((clock.clock, clock) for clock in course.at_closing)
    return ((track.kind, track) for track in course.clocks.tracks)


def _kept(course: Course) -> Iterator[Kept]:
    """Each update counts once, in time or late; of other clocks those that are done, or were ever past their limit."""
    met, owed = dict.fromkeys(CLOCKS, 0), dict.fromkeys(CLOCKS, 0)
    for kind, row in _rows(course):
        if kind == "status_update":
            met[kind] = course.clocks.update.in_time
            owed[kind] = met[kind] + len(row.late)
        elif row.done_at is not None or row.breached_at is not None:
            met[kind] += row.breached_at is None
            owed[kind] += 1
    return (Kept(clock=kind, met=met[kind], owed=owed[kind]) for kind in CLOCKS)
