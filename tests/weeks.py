"""Hypothesis strategies for many incidents over three weeks, and the report of a period that is asked for.

`weeks(doc)` draws a `Week` for a pack as a plain document: incidents of all its severities with whatever gives a
figure, few known issues, customers and actions, so that they meet again, and instants that fall on limits and on the
edges of days in the zone of the report. Logs are mostly possible, and mostly in the order of time. In a good week most
is done soon and most customers are satisfied.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from tests import oracle
from tests.clock_oracle.log import Course
from tests.strategies import given_facts, support, values
from tests.timelines import MINUTE, REVIEW, clock_packs, lengths, likely, written

Data = dict[str, Any]


class Week(NamedTuple):
    """What a report is asked of: incidents, the days of the period, what is now, and the zone."""

    world: dict[str, list[Data]]
    start: date
    end: date
    now: datetime
    zone: str


FIRST = date(2026, 2, 23)
"""A Monday. On 8 March New York sets its clocks forward."""
DAYS = 21
ZONES = ("UTC", "UTC", "America/New_York", "Europe/Berlin", "Asia/Kolkata")
PERIODS = ((7, 14), (7, 14), (14, 21), (13, 14), (7, 21))
"""Days after the first: the second week, the third, one Sunday, and two weeks."""
DAYS_LEFT = (0, 0, 1, 3, 14, -2)
"""How long after the end of a period it is asked for."""
SOON = (0, 1, 5, 10, 15, 30)
STEPS = (0, 1, 5, 10, 30, 120, 720, 2160, 4320)
LONGEST = 12 * 24 * 60 * MINUTE
CUSTOMERS = ("acme", "bolt", "crane")
KINDS = (
    *("facts",) * 3,
    "override",
    *("acknowledged",) * 4,
    *("update_sent",) * 4,
    *("notified",) * 2,
    *("waiting",) * 2,
    *("resumed",) * 3,
    *("resolved",) * 6,
    "reopened",
    *("reviewed",) * 5,
    "closed",
    *("fixed",) * 3,
    *("cause",) * 3,
    *("satisfaction",) * 6,
    *("action",) * 5,
    "struck",
)
FIRST_STEPS = ("acknowledged", "notified")
"""With what most incidents of a good week begin."""


def packs() -> SearchStrategy[Data]:
    """The default pack, or a small one that has causes."""
    small = {"causes": {"bug": "A bug", "setup": "It was set up wrongly"}}
    return st.builds(support) | clock_packs().map(lambda doc: doc | small)


# What events say


def patches(doc: Data) -> list[Data]:
    """Facts by which a criterion is met, the worst ones last."""
    found = []
    for _, _, criterion in oracle.criteria_of(doc):
        for floor in oracle.floors_of(criterion["when"]):
            facts = dict(floor)
            for name in floor:
                parts = doc["facts"][name].get("sum_of")
                if parts:
                    facts[parts[0]] = facts.pop(name)
            found.append(facts)
    return found[::-1]


def better(doc: Data) -> list[Data]:
    """Facts that are at their best or unknown again."""
    return [{name: value} for name in given_facts(doc) for value in (values(doc["facts"][name])[0], None)]


_MINUTES = st.sampled_from((0, 0, 200, 471))
_CUSTOMER = st.sampled_from((*CUSTOMERS, None))
_ISSUES = st.sampled_from((None, "KI-1", "KI-1", "KI-2"))
_ACTIONS = st.sampled_from(("a1", "a1", "a2", None))
_STATES = st.sampled_from(("open", "done", "done", "dropped"))
_BY = {"by": "ann", "reason": "so it is"}


def said(**fields: Any) -> Data:
    """Fields without those that are left out."""
    return {name: value for name, value in fields.items() if value is not None}


@st.composite
def dues(draw: DrawFn, at: datetime) -> str | None:
    """By when an action is due: a day, an instant, or not said."""
    days = draw(st.sampled_from((None, 0, 1, 3)))
    if days is None:
        return None
    due = at + timedelta(days=days)
    return due.date().isoformat() if draw(st.booleans()) else written(due)


_FIELDS: dict[str, SearchStrategy[Data]] = {
    "update_sent": st.sampled_from(({}, {}, {}, {"audience": "internal"})),
    "waiting": st.builds(said, on=st.sampled_from((None, "customer", "vendor"))),
    "resumed": st.builds(said, on=st.sampled_from((None, "customer", "vendor"))),
}
"""What events have besides their instant, where that depends on nothing."""


@st.composite
def _fields(draw: DrawFn, doc: Data, kind: str, at: datetime, *, good: bool) -> Data:
    """What an event of a kind has besides its instant."""
    match kind:
        case "opened" | "facts":
            facts = draw(st.sampled_from([*patches(doc), *([{}] if kind == "opened" else better(doc))]))
            return {"facts": facts, "customers": draw(st.sampled_from(([], ["acme"], ["bolt", "crane"])))}
        case "override":
            return {"severity": draw(st.none() | st.integers(1, oracle.mildest(doc)))} | _BY
        case "notified":
            named = [role for row in doc["sla"].values() for role in row.get("notify", {})]
            return {"role": draw(st.sampled_from([*named, *named, *doc["roles"]]))}
        case "cause":
            return said(
                category=draw(st.sampled_from([*list(doc["causes"])[:1] * 3, *doc["causes"]])),
                known_issue=draw(_ISSUES),
            )
        case "satisfaction":
            scores = (5, 4, 4, 5, 3) if good else (1, 2, 3, 4, 5)
            return said(score=draw(st.sampled_from(scores)), customer=draw(_CUSTOMER))
        case "action":
            id_, state = draw(_ACTIONS), draw(_STATES)
            return said(id=id_, state=state, text=draw(st.sampled_from((None, "Mend it"))), due=draw(dues(at)))
        case _:
            return draw(_FIELDS.get(kind, st.just({})))


# Logs


@st.composite
def logs(draw: DrawFn, doc: Data, edges: Sequence[datetime], *, good: bool) -> list[Data]:
    """The log of an incident, in the order of its file."""
    soon = good or draw(st.booleans())
    limits = {some + off for some in lengths(doc["sla"]) | REVIEW for off in (0, 1)}
    steps = SOON if soon else sorted({*STEPS, *limits})
    days = [datetime.combine(FIRST + timedelta(days=day), time(9), UTC) for day in range(DAYS)]
    inside = [day for day in days if min(edges) <= day < max(edges)]
    opening = draw(st.sampled_from(days) | st.sampled_from(inside) | st.sampled_from(edges)) + draw(_MINUTES) * MINUTE
    log = [{"at": written(opening), "event": "opened", "id": "e0"} | draw(_fields(doc, "opened", opening, good=good))]
    course, last = Course(), opening
    course.follow(log[0])
    for place in range(1, draw(st.integers(1, 14)) + 1):
        since = draw(st.sampled_from((last, last, opening)))
        at = min(max(since + draw(st.sampled_from(steps)) * MINUTE, last), opening + LONGEST)
        rash = draw(st.integers(0, 15)) == 15
        kind = draw(st.sampled_from([kind for kind in KINDS if rash or likely(course, kind)]))
        if good and place <= len(FIRST_STEPS) and draw(st.integers(0, 7)):
            kind = FIRST_STEPS[place - 1]
        event = {"at": written(at), "event": kind, "id": f"e{place}"} | draw(_fields(doc, kind, at, good=good))
        if kind == "action" and event["id"] == f"e{place}":
            del event["id"]  # it is one of its own
        if kind == "struck":
            entry = draw(st.sampled_from((*(other["id"] for other in log[1:] if "id" in other), "nothing")))
            event |= {"entry": entry} | _BY
        if course.allows(event):
            course.follow(event)
        log.append(event)
        last = at
    if good and course.resolved and draw(st.integers(0, 3)):
        log.append({"at": written(last), "event": "reviewed", "id": "review"})
    if draw(st.integers(0, 5)) == 5:
        place, other = draw(st.tuples(*[st.integers(0, len(log) - 1)] * 2))
        log.insert(other, log.pop(place))
    return log


@st.composite
def weeks(draw: DrawFn, doc: Data, most: int = 30) -> Week:
    """Five incidents or more, and a period that is reported on."""
    zone = draw(st.sampled_from(ZONES))
    first, last = draw(st.sampled_from(PERIODS))
    start, end = FIRST + timedelta(days=first), FIRST + timedelta(days=last)
    before = start - (end - start)
    edges = [datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) for day in (before, start, end)]
    around = [edge + off * MINUTE for off in (0, -1) for edge in edges]
    count = draw(st.integers(5, most))
    names = draw(st.permutations([f"T-{number}" for number in range(1, count + 1)]))
    good = draw(st.booleans())
    world = {name: draw(logs(doc, around, good=good)) for name in names}
    now = edges[-1] + timedelta(days=draw(st.sampled_from(DAYS_LEFT))) + draw(st.sampled_from((0, 0, 61))) * MINUTE
    return Week(world, start, end, now, zone)


@st.composite
def cases(draw: DrawFn, most: int = 30) -> tuple[Data, Week]:
    """A pack and a week of it."""
    doc = draw(packs())
    return doc, draw(weeks(doc, most))
