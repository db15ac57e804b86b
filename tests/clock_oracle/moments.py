"""The incident after each of its events: facts, severity, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests import oracle
from tests.clock_oracle.log import Course, instant

Data = dict[str, Any]
Said = dict[str, dict[str, Any]]  # fact -> source -> what it says, the latest to speak last


@dataclass(frozen=True)
class Moment:
    """What is so from one event until the next."""

    at: datetime
    event: Data
    facts: Data
    conflicts: list[str]
    classified: int
    in_force: int
    override: Data | None
    starts: dict[int, datetime]
    worst: int
    waits: list[str | None]
    resolved: datetime | None
    closed: datetime | None
    had: list[str]
    """The roles that have had a row of their own, in the order of their first one."""


# Facts


def said_after(said: Said, event: Data) -> Said:
    """What each source says once an event has spoken (14)."""
    if event["event"] not in {"opened", "facts"}:
        return said
    source = event.get("source", "team")
    said = {fact: dict(by_source) for fact, by_source in said.items()}
    for fact, value in event.get("facts", {}).items():
        by_source = said.setdefault(fact, {})
        by_source.pop(source, None)
        if event.get("settles"):
            by_source.clear()
        if value is not None:
            by_source[source] = value
    return said


def badness(scale: Data, value: Any) -> float:  # noqa: ANN401 - a value of any scale
    """How bad a value is: more is worse. Of labels none is worse than another."""
    if "levels" in scale:
        return list(scale["levels"]).index(value)
    if "measure" in scale and scale["measure"]["worse"] == "lower":
        return -float(value)
    return 0 if "label" in scale else float(value)


def facts_in_force(pack: Data, said: Said) -> Data:
    """The worst that any source says; of a label the latest (14)."""
    facts = {}
    for fact, scale in pack["facts"].items():
        values = list(said.get(fact, {}).values())
        if values:
            facts[fact] = values[-1] if "label" in scale else max(values, key=lambda value: badness(scale, value))
    return facts


def conflicts(pack: Data, said: Said) -> list[str]:
    """The facts of which two sources say different things (14)."""
    return [fact for fact in pack["facts"] if len(set(said.get(fact, {}).values())) > 1]


# Severity


def shown(pack: Data, facts: Data) -> Data:
    """The value of every fact and sum."""
    return {name: oracle.value_of(pack, facts, name) for name in pack["facts"]}


def lapses(pack: Data, ceiling: int, before: Data, after: Data) -> bool:
    """Whether the step from some facts to others ends a ceiling (13)."""
    values, others = shown(pack, before), shown(pack, after)
    met = {criterion["id"] for criterion in oracle.criteria_met(pack, before, values)}
    for criterion in oracle.criteria_met(pack, after, others):
        if criterion["severity"] < ceiling:
            if criterion["id"] not in met:
                return True
            for fact, value in criterion["because"].items():
                scale = pack["facts"][fact]
                if values[fact] is None or badness(scale, value) > badness(scale, values[fact]):
                    return True
    return False


def in_force(classified: int, override: Data | None) -> int:
    """The severity in force: under a ceiling the milder of the two, above a floor the worse (13)."""
    if override is None:
        return classified
    own: int = override["severity"]
    return max(classified, own) if override["ceiling"] else min(classified, own)


def overridden(pack: Data, event: Data, classified: int, before: Data | None) -> Data | None:
    """The override once an event that sets or lifts one has been written (13)."""
    new = None
    if event["severity"] is not None:
        new = {key: event[key] for key in ("severity", "by", "reason")}
        new |= {"at": instant(event["at"]), "ceiling": event["severity"] > classified}
    milder = in_force(classified, new) > in_force(classified, before)
    pending = milder and pack.get("approve_downgrade", False) and not event.get("approved_by")
    return before if pending else new


# Roles that are told


def told_rows(pack: Data, at: int) -> list[str]:
    """The roles with a row at a severity: its own, then those of each milder one, less those there or covered (3)."""
    rows: list[str] = []
    for number in range(at, oracle.mildest(pack) + 1):
        for role in (pack.get("sla") or {}).get(str(number), {}).get("notify", {}):
            if not oracle.is_there(pack, role, rows):
                rows.append(role)
    return rows


# The whole


def moments(pack: Data, events: list[Data]) -> list[Moment]:
    """The incident after each event. They are possible, in order, and the first one opens it."""
    found: list[Moment] = []
    said: Said = {}
    course = Course()
    for event in events:
        said = said_after(said, event)
        course.follow(event)
        found.append(_next(pack, found, event, said, course))
    return found


def _next(pack: Data, found: list[Moment], event: Data, said: Said, course: Course) -> Moment:
    at = instant(event["at"])
    facts = facts_in_force(pack, said)
    classified = oracle.severity(pack, facts)
    last = found[-1] if found else None
    override = last.override if last else None
    if event["event"] == "override":
        override = overridden(pack, event, classified, override)
    elif last and override and override["ceiling"] and lapses(pack, override["severity"], last.facts, facts):
        override = None
    severity = in_force(classified, override)
    moment = Moment(
        at=at,
        event=event,
        facts=facts,
        conflicts=conflicts(pack, said),
        classified=classified,
        in_force=severity,
        override=override,
        starts=last.starts if last else {},
        worst=min(severity, last.worst) if last else severity,
        waits=list(course.waits),
        resolved=last.resolved if last else None,
        closed=last.closed if last else None,
        had=last.had if last else [],
    )
    match event["event"]:
        case "resolved":
            moment = replace(moment, resolved=at)
        case "closed":
            moment = replace(moment, closed=at)
        case "reopened":
            moment = replace(moment, resolved=None, closed=None)
    # (1) A start is kept for good.
    begin = found[0].at if found and pack.get("clocks_start") == "opening" else at
    starts = dict.fromkeys(range(severity, oracle.mildest(pack) + 1), begin) | moment.starts
    # After closing nobody gets a row any more.
    new = [] if moment.closed else [role for role in told_rows(pack, severity) if role not in moment.had]
    return replace(moment, starts=starts, had=moment.had + new)
