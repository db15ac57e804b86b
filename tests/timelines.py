"""Hypothesis strategies for incidents over time: small packs with clocks, and logs that fall on their limits.

`clock_packs()` draws a pack as a plain document, `timelines(pack)` a log of it as `tests.clock_oracle` takes it, and a
`now`. A log is mostly possible. Its instants are whole minutes within six days, and many of them are those of other
events, of limits, of closing times and of the nights in which Berlin changes its clocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests import oracle
from tests.clock_oracle.log import Course

Data = dict[str, Any]

MINUTE = timedelta(minutes=1)
LONGEST = 6 * 24 * 60
"""How many minutes a log may last."""

# Packs

LEVELS = ("fine", "poor", "bad", "worst")
ROLES = ("chief", "lead", "deputy", "aide")
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CALENDARS: Data = {
    "lunch": {"zone": "Europe/Berlin", "hours": {day: ["09:00-12:30", "13:30-17:00"] for day in WEEK[:5]}},
    "nights": {"zone": "Europe/Berlin", "hours": {day: ["22:00-06:00"] for day in WEEK}},
    "gulf": {"zone": "Asia/Dubai", "hours": {day: ["08:00-16:00"] for day in ("sun", *WEEK[:4])}},
}
ELAPSED = ("15m", "30m", "30m..60m", "0m..15m", "1h", "2h", "2h..4h", "4h", "8h..24h", "1d", "1d..2d")
BUSINESS = ("1bh", "0bh..2bh", "2bh..4bh", "8bh", "1bd", "1bd..2bd", "2bd")
PAUSED = ("initial_response", "notification", "status_update", "resolution", "review")


def _some(names: Sequence[Any]) -> SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(names), unique=True)


_PLAIN = st.sampled_from(ELAPSED)
_BUSINESS = st.sampled_from(BUSINESS)
_ON_CALENDAR = st.fixed_dictionaries({"within": _BUSINESS, "calendar": st.sampled_from(list(CALENDARS))})
_THEN = _PLAIN | st.fixed_dictionaries({"within": _PLAIN, "for": st.sampled_from(("1h", "3h")), "then": _PLAIN})
_SLOWING = st.fixed_dictionaries(
    {"within": _PLAIN, "for": st.sampled_from(("30m", "1h", "2h", "1d", "2bh")), "then": _THEN}
)


def _row(figures: SearchStrategy[Any], slowing: SearchStrategy[Any]) -> SearchStrategy[Data]:
    """A row of the SLA."""
    targets = {
        "initial_response": figures,
        "status_updates": figures | slowing,
        "notify": st.dictionaries(st.sampled_from(ROLES), figures, min_size=1, max_size=2),
        "resolution": figures,
    }
    return st.fixed_dictionaries(targets) | st.fixed_dictionaries({}, optional=targets)


_ROWS = {
    False: _row(_PLAIN, _SLOWING),
    True: st.builds(
        lambda row, calendar: row | ({"calendar": calendar} if calendar and row else {}),
        _row(_PLAIN | _BUSINESS | _ON_CALENDAR, _SLOWING),
        st.none() | st.sampled_from(list(CALENDARS)),
    ),
}
_COVERS = st.sampled_from(
    ({}, {"chief": ["lead"]}, {"chief": ["lead"], "lead": ["aide"]}, {"lead": ["deputy", "aide"]})
)
_DUTIES = st.dictionaries(
    st.sampled_from(ROLES),
    st.sampled_from(("leads", "helps", {"duty": "helps", "when": {"lost": True}})),
    max_size=2,
)


@st.composite
def clock_packs(draw: DrawFn) -> Data:
    """A small pack of two to four severities, with any of what makes clocks differ."""
    mildest = draw(st.integers(2, 4))
    numbers = [str(number) for number in range(1, mildest + 1)]
    levels = LEVELS[:mildest]
    criteria: Data = {
        number: {f"impact-{number}": {"text": f"Impact {number}", "when": {"impact": levels[mildest - int(number)]}}}
        for number in numbers[:-1]
    }
    extra = st.sampled_from(numbers[:-1])
    criteria[draw(extra)]["lost"] = {"text": "Lost", "when": {"lost": True}}
    criteria[draw(extra)]["wide"] = {"text": "Wide", "when": [{"places": 2}, {"impact": levels[1], "shops": 1}]}
    business = draw(st.booleans())
    keys: Data = {
        "calendar": st.sampled_from(list(CALENDARS.values())) if business else st.nothing(),
        "clocks_start": st.sampled_from(("severity", "opening")),
        "pauses": st.just(list(PAUSED)) | _some(PAUSED),
        "review": st.just([int(number) for number in numbers]) | _some([1, 2]),
        "approve_downgrade": st.booleans(),
    }
    rows = {number: draw(_ROWS[business]) for number in numbers}
    duties = {number: draw(_DUTIES) for number in numbers}
    return {
        "name": "timed",
        "version": "1.0.0",
        "severities": {number: f"Severity {number}" for number in numbers},
        "facts": {
            "impact": {"ask": "How bad is it?", "levels": {level: f"It is {level}" for level in levels}},
            "lost": {"ask": "Is data lost?", "flag": {}},
            "shops": {"ask": "How many shops?", "count": "shops"},
            "stores": {"ask": "How many stores?", "count": "stores"},
            "places": {"sum_of": ["shops", "stores"]},
            "kind": {"ask": "Which kind?", "label": {"wish": "A wish", "defect": "A defect"}},
        },
        "criteria": criteria,
        "sla": {number: row for number, row in rows.items() if row},
        "roles": {role: f"Acts as {role}" for role in ROLES},
        "roster": {number: some for number, some in duties.items() if some},
        "covers": draw(_COVERS),
        "calendars": CALENDARS,
    } | {key: draw(values) for key, values in keys.items() if not values.is_empty and draw(st.booleans())}


# Instants

OPENINGS = tuple(
    datetime.fromisoformat(text)
    for text in (
        "2026-03-02T09:00Z",
        "2026-03-27T15:30Z",  # Berlin sets its clocks forward on the night of the 28th
        "2026-03-28T23:45Z",
        "2026-10-23T10:30Z",  # and back on the night of the 24th
        "2026-10-24T22:00Z",
    )
)
REVIEW = {36 * 60, 48 * 60}
"""When a review is at risk and when it is late, in minutes after the resolution."""
STEPS = (0, 0, 0, 1, 1, 2, 3, 5, 5, 10, 14, 15, 20, 30, 59, 60, 61, 90, 120, 240, 480, 720, 1440, 2161, 2880, 2881)


def written(at: datetime) -> str:
    """An instant as a log has it."""
    return oracle.instant(at)


def lengths(node: Any) -> set[int]:  # noqa: ANN401 - plain data of any shape
    """The length in minutes of every figure in a part of the SLA; a working day is taken for eight hours."""
    if isinstance(node, dict):
        return {length for key, value in node.items() if key != "calendar" for length in lengths(value)}
    units = {"m": 1, "h": 60, "d": 1440, "w": 10080, "bh": 60, "bd": 480}
    parts = [oracle.split_duration(part) for part in oracle.split_figure(node)]
    return {amount * units[unit] for amount, unit in parts}


@st.composite
def instants(draw: DrawFn, pack: Data, before: Sequence[datetime]) -> datetime:
    """An instant at or after the last of these: a step on, or where a figure ends that began with one of them."""
    opening, last = before[0], before[-1]
    ends = {at + length * MINUTE for at in before for length in lengths(pack["sla"]) | REVIEW}
    ahead = [end + off * MINUTE for end in sorted(ends) for off in (0, 0, 1) if end >= last]
    steps = [last + step * MINUTE for step in STEPS]
    # Of the ends mostly the next ones: else almost everything is late.
    choices = st.sampled_from(steps) | st.sampled_from(ahead[:12] or steps) | st.sampled_from(ahead[:12] or steps)
    return min(draw(choices | st.sampled_from(ahead or steps)), opening + LONGEST * MINUTE)


# Events

KINDS = (
    *("facts",) * 8,
    *("override",) * 3,
    *("update_sent",) * 5,
    *("notified",) * 6,
    *("waiting",) * 6,
    *("resumed",) * 5,
    *("acknowledged",) * 3,
    *("resolved",) * 4,
    *("reopened",) * 4,
    *("struck",) * 2,
    *("reviewed",) * 3,
    *("closed", "mitigated", "fixed", "note", "opened"),
)
_VALUES: Data = {
    "lost": st.sampled_from((True, False, None)),
    "shops": st.sampled_from((0, 1, 2, 3, None)),
    "stores": st.sampled_from((0, 1, 2, None)),
    "kind": st.sampled_from(("wish", "defect", None)),
}
_SOURCES = st.fixed_dictionaries({}, optional={"source": st.sampled_from(("monitoring", "customer"))})
_SETTLES = st.sampled_from(({}, {}, {"settles": True}))
_AUDIENCES = st.sampled_from(("customers", "customers", "executives", "internal"))
_ON = st.fixed_dictionaries({}, optional={"on": st.sampled_from(("customer", "vendor"))})
_ROLE = {"role": st.sampled_from(ROLES)}
_BY = {"by": st.just("ann"), "reason": st.just("so it is")}


def _patches(pack: Data, least: int) -> SearchStrategy[Data]:
    """A patch of facts, mostly of the one that alone decides."""
    impact = st.sampled_from((*pack["facts"]["impact"]["levels"], None))
    alone = st.fixed_dictionaries({"impact": impact})
    several = st.fixed_dictionaries({}, optional={"impact": impact} | _VALUES)
    return alone | several.filter(lambda patch: len(patch) >= least)


_FIELDS: dict[str, SearchStrategy[Data]] = {
    "notified": st.fixed_dictionaries(_ROLE) | st.fixed_dictionaries(_ROLE, optional={"about": st.just("resolution")}),
    "waiting": _ON,
    "resumed": _ON,
    "note": st.just({"text": "So it is"}),
}
"""What events have besides their instant, where that depends on nothing."""


@st.composite
def _fields(draw: DrawFn, pack: Data, kind: str, at: datetime, ids: Sequence[str]) -> Data:
    """What an event of a kind has besides its instant."""
    match kind:
        case "opened":
            return {"title": "It fails", "facts": draw(_patches(pack, 0))} | draw(_SOURCES)
        case "facts":
            return {"facts": draw(_patches(pack, 1))} | draw(_SOURCES) | draw(_SETTLES)
        case "override":
            severities = st.none() | st.integers(1, oracle.mildest(pack))
            return draw(st.fixed_dictionaries({"severity": severities} | _BY, optional={"approved_by": st.just("bob")}))
        case "update_sent":
            promised = st.sampled_from((10, 30, 60, 300)).map(lambda step: written(at + step * MINUTE))
            return draw(st.fixed_dictionaries({}, optional={"audience": _AUDIENCES, "next": promised}))
        case "struck":
            return draw(st.fixed_dictionaries({"entry": st.sampled_from((*ids, *ids, "nothing"))} | _BY))
        case _:
            return draw(_FIELDS.get(kind, st.just({})))


def likely(course: Course, kind: str) -> bool:
    """Whether an event of a kind can be here, and does something."""
    return course.allows({"event": kind}) and (kind != "reviewed" or course.resolved)


@st.composite
def events(draw: DrawFn, pack: Data, at: datetime, course: Course, ids: Sequence[str]) -> Data:
    """An event at an instant of an incident that has come so far: in one case of twelve perhaps an impossible one.

    `ids` are those of the entries that it may strike.
    """
    rash = draw(st.integers(0, 11)) == 11
    kind = draw(st.sampled_from([kind for kind in KINDS if rash or likely(course, kind)]))
    event = {"at": written(at), "event": kind} | draw(_fields(pack, kind, at, ids))
    if not rash and not course.allows(event):
        event["on"] = "somebody else"
    later = draw(st.sampled_from((None, None, None, None, 2, 60, 1440)))
    return event | ({"logged_at": written(at + later * MINUTE)} if later else {})


# Logs


@st.composite
def timelines(draw: DrawFn, pack: Data) -> tuple[list[Data], datetime]:
    """The log of an incident in the order of its file, and a `now` at or after its opening."""
    opening = draw(st.sampled_from(OPENINGS)) + draw(st.sampled_from((0, 0, 0, 1, 30, 90, 600))) * MINUTE
    first = {"at": written(opening), "event": "opened", "id": "e0"} | draw(_fields(pack, "opened", opening, ()))
    course = Course()
    course.follow(first)
    log, ats = [first], [opening]
    for place in range(1, draw(st.integers(0, 14)) + 1):
        ats.append(draw(instants(pack, ats)))
        event = draw(events(pack, ats[-1], course, [other["id"] for other in log[1:]])) | {"id": f"e{place}"}
        if course.allows(event):
            course.follow(event)
        log.append(event)
    now = draw(st.sampled_from(ats) | instants(pack, ats) | instants(pack, ats))
    if draw(st.integers(0, 4)) == 4:
        place, other = draw(st.tuples(*[st.integers(0, len(log) - 1)] * 2))
        log.insert(other, log.pop(place))
    return log, now


@st.composite
def cases(draw: DrawFn) -> tuple[Data, list[Data], datetime]:
    """A pack, a log and a `now`."""
    pack = draw(clock_packs())
    return pack, *draw(timelines(pack))
