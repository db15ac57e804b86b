"""A naive account of the figures of a report, written from the words of their rules alone.

How an incident stands at an instant is taken from `sevclass.incident.replay`, which has an oracle of its own; all that
is figured from it is figured here, plainly and slowly. A pack is a plain document, as in `tests.oracle`; incidents are
their ids, each with its events in the order of their file. Shares, means and medians are exact fractions, seconds too:
how they are rounded where they are shown is no matter of this page. Numbers in comments are those of the rules.

Readings. Where the rules are silent, or two of them collide, this is what is taken:

1.  `from` and `to` begin at midnight in the zone; what is opened just then is opened on that day. The period before has
    as many days and ends where this one begins. It is read at `now` less the time that this period really takes: so
    both had the same time from their end on, also where the clocks were changed.
2.  What is not opened by `now` is not there. Whether an incident is withdrawn is seen at the `now` that it is read at.
3.  Every severity of the pack has an entry in each figure by severity. Figures of nothing are null.
4.  The median of an even number is the mean of the two in the middle. By nearest rank, the 90th percentile of n samples
    is the one at the place ceil(0.9 n) in their order, counted from 1.
5.  The initial response ends by 7 at the first event that can be of acknowledged, an update to customers and resolved,
    also in a pack that owes none. What came while the incident was closed ends nothing, also once it is reopened. A
    reopening changes nothing.
6.  Net of pauses: less the union of the waits, whether or not the pack pauses the resolution, as the figure is of
    waiting. The time from resolved to reopened is in both figures.
7.  Time to a permanent fix is by severity as well; of several `fixed` the last counts, also before a reopening.
8.  Entries of `compliance` are named as the kinds of clocks: `status_update` and `notification` in the singular, all
    five are there. Notifications count each, by role. `not_owed` after a breach is owed and not met.
9.  A status update counts on time where one was owed just before it and none was late, and it is to customers. What is
    late counts from the breach on. An interval that ends in another way (resolved, closed, Sev 4) counts for nothing.
10. Of satisfaction, a later answer of the same customer in the same incident replaces the earlier one; one without a
    customer replaces none. It counts in the period in which the incident was opened, not that of the answer.
11. Only causes that occur have an entry.
12. A repeat is an incident of the period whose known issue one had that was opened earlier, in whichever period; of two
    opened at one instant the one with the lesser id is earlier. The known issue is that of the last cause. What is
    withdrawn is no earlier one. An entry of `repeats` names every incident of the known issue up to the end of the
    period, also the first one, and all their customers; its cause is the last one's. By id of the known issue.
13. Actions are those of the incidents of the period, of every kind, less the dropped ones. Owed are those with a date
    that are done or past it (as in 19); on time those done by it; of a day by its end in UTC, just then is on time. The
    date is the last one given. Done is an action since the first of its last words that all say so. `done` counts
    also those without a date.
14. `reviews` are the clocks of reviews: owed, done, and on time if met.
15. `carried_over`: opened before the period, and open just before it begins. `opened`: the total. `resolved`: of these
    two, what is resolved or closed at `now`. `now_open`: all that is opened before the end of the period and is open
    at `now`, also what was resolved before the period and reopened in it. What is withdrawn is in none of them.
16. A fact rises by the incidents in which it ever reached the level, up to `now`. The level is the least that is a
    floor of its own, of whichever severity. A label has no levels, and does not rise. The level of a cause is null.
17. The action of what rises is the one last spoken of in its incidents of the period, dropped ones left out: its text.
    Of equal increases those with more come first, then causes before facts, then in the order of the pack.
18. Over 95 % is more than 95 %. What has a goal of 100 % is missed at the first miss, and met from five on.
19. Resolution time is the elapsed mean. Its fraction is of the severities with enough resolved incidents in both
    periods: how many fall. It is `too_few` where there is none. One that stays the same does not fall.
20. Repeats: those of this period over those of the period before. None now is met, whatever was before; else fewer than
    five before are too few; else half or less is met.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from tests.figure_oracle.groups import (
    actions,
    causes,
    compliance,
    open_ones,
    repeating,
    repeats,
    reviews,
    satisfaction,
    spread,
    taken,
    time_to_resolve,
)
from tests.figure_oracle.incidents import Incident, World, read
from tests.figure_oracle.rises import rising
from tests.figure_oracle.samples import TICK, fix, response
from tests.figure_oracle.verdicts import GOALS, falling, halved, verdict
from tests.strategies import load

Data = dict[str, Any]

KINDS = ("initial_response", "status_update", "notification", "resolution", "review")


def midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def figures(  # noqa: PLR0913 - what a report is made of
    world: World, doc: Data, start: date, end: date, now: datetime, *, zone: str = "UTC", goals: Data = GOALS
) -> Data:
    """The figures of the days from `start` up to and without `end`, as known at `now`."""
    pack, enough = load(doc), goals["enough"]
    begins, ends = midnight(start, zone), midnight(end, zone)
    was_begin, was_now = midnight(start - (end - start), zone), now - (ends - begins)
    severities = list(doc["severities"])

    def of(incidents: Iterable[Incident], first: datetime, last: datetime) -> list[Incident]:
        return [one for one in incidents if first <= one.opened_at < last]

    def split(incidents: Iterable[Incident]) -> dict[str, list[Incident]]:
        return {s: [one for one in incidents if one.severity == s] for s in severities}

    opened = read(world, pack, now)
    every = [one for one in opened if not one.is_withdrawn]
    every_before = [one for one in read(world, pack, was_now) if not one.is_withdrawn]
    some, before = of(every, begins, ends), of(every_before, was_begin, begins)
    by_severity = split(some)
    to_resolve = {s: time_to_resolve(group) for s, group in by_severity.items()}
    were_open = {one.id for one in read(world, pack, min(begins - TICK, now)) if one.is_open}
    answer: Data = {
        "period": {"from": start.isoformat(), "to": end.isoformat()},
        "volume": {
            "total": len(some),
            "by_severity": {s: len(group) for s, group in by_severity.items()},
            "previous_total": len(before),
            "withdrawn": len(of(opened, begins, ends)) - len(some),
        },
        "time_to_acknowledge": {s: spread([taken(o, response(o)) for o in group]) for s, group in by_severity.items()},
        "time_to_resolve": to_resolve,
        "time_to_permanent_fix": {s: spread([taken(o, fix(o)) for o in group]) for s, group in by_severity.items()},
        "compliance": {
            kind: compliance(some, kind)
            | {"by_severity": {s: compliance(group, kind) for s, group in by_severity.items()}}
            for kind in KINDS
        },
        "satisfaction": satisfaction(some),
        "causes": causes(some),
        "repeats": repeats(every, some, ends),
        "lacking": {
            "cause": sum(one.cause is None for one in some),
            "known_issue": sum(one.known_issue is None for one in some),
        },
        "actions": actions(some, now),
        "reviews": reviews(some),
        "open": open_ones(every, were_open, begins, ends),
        "rising": rising(doc, some, before),
    }
    response_sla, good = answer["compliance"]["initial_response"], answer["satisfaction"]
    before_resolved = {s: time_to_resolve(group) for s, group in split(before).items()}
    done, held = answer["actions"], answer["reviews"]
    again, was_again = len(repeating(every, some)), len(repeating(every_before, before))
    targets = {
        "response_sla": verdict(response_sla["met"], response_sla["owed"], goals["response_sla"], enough),
        "resolution_time": falling(to_resolve, before_resolved, enough),
        "satisfaction": verdict(good["satisfied"], good["answers"], goals["satisfaction"], enough),
        "repeats": halved(again, was_again, goals["repeats"], enough),
        "reviews_on_time": verdict(held["on_time"], held["owed"], goals["reviews_on_time"], enough),
        "actions_on_time": verdict(done["on_time"], done["owed"], goals["actions_on_time"], enough),
    }
    return answer | {"targets": [{"name": name} | found for name, found in targets.items()]}
