"""Incidents of a week told in short: the small pack with targets, events by the minute, and the samples of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sevclass import Pack
from sevclass.incident import Entry
from sevclass.incident.event_problems import read_event
from sevclass.insight.metrics import by_severity
from sevclass.insight.period import Period
from sevclass.insight.report import Report, report_of
from sevclass.insight.samples import Sample, Samples
from sevclass.insight.sampling import Sampler
from sevclass.problems import Problem
from tests.unit.incidents import Data, pack_with

WEEK = Period(start=date(2026, 3, 2), end=date(2026, 3, 9))
NOW = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
"""A week after its end, so that the week before is read as it stood when this one ended."""
TARGETS: Data = {
    "response_sla": "over 95%",
    "resolution_time": "falling",
    "satisfaction": "over 85%",
    "repeats": "down by 50%",
    "reviews_on_time": "at least 100%",
    "actions_on_time": "over 90%",
    "enough": 2,
}
CAUSES = {"bug": "A bug", "setup": "It was set up wrongly"}
PACK = pack_with(targets=TARGETS, causes=CAUSES, customers="places")
SEVERITIES = (1, 2, 3)


def instant(text: str) -> datetime:
    """`2 9:00` is the second of March, nine o'clock; a negative day lies in February."""
    day, clock = text.split(" ")
    hour, minute = clock.split(":")
    return datetime(2026, 3, 1, int(hour), int(minute), tzinfo=UTC) + timedelta(days=int(day) - 1)


def log(*events: tuple[Any, ...]) -> list[Entry]:
    """Each event is its instant, its kind, and perhaps its fields."""
    entries = []
    for line, (at, kind, *fields) in enumerate(events, 1):
        event = read_event({"at": instant(at), "event": kind, **(fields[0] if fields else {})}, "")
        assert not isinstance(event, list), event
        entries.append(Entry(line, event))
    return entries


class Taken:
    """The samples of some logs, and what was wrong with each."""

    def __init__(
        self, logs: Mapping[str, Sequence[Entry]], pack: Pack = PACK, period: Period = WEEK, now: datetime = NOW
    ) -> None:
        sampler = Sampler(pack, period, now)
        self.pack = pack
        self.problems: dict[str, Sequence[Problem]] = {id_: sampler.take(log, id_) for id_, log in logs.items()}
        self.samples: Samples = sampler.samples

    @property
    def report(self) -> Report:
        """The report over them."""
        return report_of(self.samples, self.pack)


def sample(*events: tuple[Any, ...], pack: Pack = PACK, now: datetime = NOW) -> Sample:
    """That of the only incident, which is one of the week."""
    [one] = Taken({"T-1": log(*events)}, pack, now=now).samples.current
    return one


def samples(logs: Mapping[str, Sequence[Entry]]) -> tuple[Sample, ...]:
    """Those of incidents of the week."""
    return Taken(logs).samples.current


def groups(*some: Sample) -> dict[str, tuple[Sample, ...]]:
    """By severity."""
    return by_severity(some, SEVERITIES)
