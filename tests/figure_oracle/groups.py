"""The figures of many incidents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from tests.figure_oracle.incidents import Incident
from tests.figure_oracle.samples import answers, deeds, kept, resolution, seconds, waited

Data = dict[str, Any]


def share(part: int, of: int) -> Fraction | None:
    return Fraction(part, of) if of else None


def mean(samples: Sequence[Fraction]) -> Fraction | None:
    return sum(samples, Fraction(0)) / len(samples) if samples else None


def median(samples: Sequence[Fraction]) -> Fraction | None:
    some = sorted(samples)
    return mean([some[(len(some) - 1) // 2], some[len(some) // 2]]) if some else None


def p90(samples: Sequence[Fraction]) -> Fraction | None:
    """The least sample that nine in ten are at or below."""
    return next((one for one in sorted(samples) if 10 * sum(s <= one for s in samples) >= 9 * len(samples)), None)


def spread(samples: Sequence[Fraction | None]) -> Data:
    some = [one for one in samples if one is not None]
    return {
        "mean_s": mean(some),
        "median_s": median(some),
        "p90_s": p90(some),
        "n": len(some),
        "lacking": len(samples) - len(some),
    }


def taken(incident: Incident, end: datetime | None) -> Fraction | None:
    return None if end is None else seconds(end - incident.opened_at)


def net(incident: Incident) -> Fraction | None:
    end = resolution(incident)
    return None if end is None else seconds(end - incident.opened_at - waited(incident))


def time_to_resolve(some: Sequence[Incident]) -> Data:
    less_waits = spread([net(one) for one in some])
    return spread([taken(one, resolution(one)) for one in some]) | {
        f"net_{name}": less_waits[name] for name in ("mean_s", "median_s", "p90_s")
    }


def compliance(some: Iterable[Incident], kind: str) -> Data:
    pairs = [kept(incident, kind) for incident in some]
    met, owed = sum(met for met, _ in pairs), sum(owed for _, owed in pairs)
    return {"met": met, "owed": owed, "share": share(met, owed)}


def satisfaction(some: Iterable[Incident]) -> Data:
    scores = [score for incident in some for score in answers(incident)]
    good = sum(score in {4, 5} for score in scores)
    return {"satisfied": good, "answers": len(scores), "share": share(good, len(scores))}


def causes(some: Iterable[Incident]) -> Data:
    found = [incident.cause.category for incident in some if incident.cause]
    return {name: {"n": found.count(name), "share": share(found.count(name), len(found))} for name in found}


def repeating(every: Sequence[Incident], some: Sequence[Incident]) -> list[Incident]:
    """Those of some whose known issue an earlier one of all had (20)."""
    return [
        incident
        for incident in some
        if incident.known_issue is not None
        and any(one.known_issue == incident.known_issue for one in every[: every.index(incident)])
    ]


def repeats(every: Sequence[Incident], some: Sequence[Incident], end: datetime) -> list[Data]:
    rows = []
    for issue in sorted({str(incident.known_issue) for incident in repeating(every, some)}):
        having = [one for one in every if one.known_issue == issue and one.opened_at < end]
        last = having[-1].cause
        rows.append(
            {
                "cause": last and last.category,
                "known_issue": issue,
                "customers": sorted({customer for one in having for customer in one.state.customers}),
                "incidents": [one.id for one in having],
            }
        )
    return rows


def actions(some: Iterable[Incident], now: datetime) -> Data:
    every = [deed for incident in some for deed in deeds(incident)]
    dated = [(deed, deed.limit_at) for deed in every if deed.limit_at is not None]
    return {
        "done": sum(deed.state == "done" for deed in every),
        "on_time": sum(deed.state == "done" and deed.since <= limit_at for deed, limit_at in dated),
        "owed": sum(deed.state == "done" or now > limit_at for deed, limit_at in dated),
    }


def reviews(some: Iterable[Incident]) -> Data:
    pairs = [(one, clock) for one in some for clock in one.state.clocks if clock.clock == "review"]
    kept_pairs = [kept(one, "review") for one, _ in pairs]
    return {
        "done": sum(clock.done_at is not None for _, clock in pairs),
        "on_time": sum(met for met, _ in kept_pairs),
        "owed": sum(owed for _, owed in kept_pairs),
    }


def open_ones(every: Sequence[Incident], were_open: set[str], begins: datetime, ends: datetime) -> Data:
    """What was open, what came, what went, and what is left."""
    carried = [one for one in every if one.opened_at < begins and one.id in were_open]
    came = [one for one in every if begins <= one.opened_at < ends]
    return {
        "carried_over": len(carried),
        "opened": len(came),
        "resolved": sum(not one.is_open for one in [*carried, *came]),
        "now_open": sum(one.is_open for one in every if one.opened_at < ends),
    }
