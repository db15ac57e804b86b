"""The incidents of a drawn week as the library takes them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from sevclass import Pack
from sevclass.incident import Entry
from sevclass.incident.events import EVENTS
from sevclass.insight.period import Period
from sevclass.insight.samples import Samples
from sevclass.insight.sampling import Sampler
from sevclass.problems import IncidentError
from tests.strategies import load
from tests.weeks import Week

Data = dict[str, Any]

TARGETS: Data = {
    "response_sla": "over 95%",
    "resolution_time": "falling",
    "satisfaction": "over 85%",
    "repeats": "down by 50%",
    "reviews_on_time": "at least 100%",
    "actions_on_time": "over 90%",
}


def pack_of(doc: Data) -> Pack:
    """The pack, with the targets of the default one."""
    return load(doc | {"targets": TARGETS})


def entries(log: Iterable[Data]) -> list[Entry]:
    """The events of a log, read."""
    return [Entry(line, EVENTS.validate_json(json.dumps(event))) for line, event in enumerate(log, 1)]


def samples(pack: Pack, week: Week, names: Iterable[str] | None = None) -> Samples:
    """The samples of a week's incidents, or of some of them, taken in that order."""
    sampler = Sampler(pack, Period(start=week.start, end=week.end, zone=week.zone), week.now)
    for name in week.world if names is None else names:
        with suppress(IncidentError):  # it is not opened yet, or its opening was struck
            sampler.take(entries(week.world[name]), name)
    return sampler.samples
