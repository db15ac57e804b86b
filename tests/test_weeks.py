"""The strategies for weeks of incidents: what they promise, that they make every figure, and laws of the oracle."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from functools import cache
from typing import Any

from hypothesis import Phase, given, seed, settings, strategies as st

from tests.clock_oracle.log import instant
from tests.figure_oracle import KINDS as CLOCKS, figures
from tests.figure_oracle.incidents import read
from tests.figure_oracle.samples import response
from tests.figure_oracle.verdicts import GOALS
from tests.strategies import load, support
from tests.weeks import DAYS, FIRST, KINDS, LONGEST, Week, cases, packs, weeks

Data = dict[str, Any]
Case = tuple[Data, Week]

TIMES = ("time_to_acknowledge", "time_to_resolve", "time_to_permanent_fix")
few = settings(max_examples=25)


def report(doc: Data, week: Week, enough: int = 5, **more: Any) -> Data:
    """The figures of a week, or of other incidents in it."""
    asked = week._replace(**more)
    goals = GOALS | {"enough": enough}
    return figures(asked.world, doc, asked.start, asked.end, asked.now, zone=asked.zone, goals=goals)


@given(packs())
@few
def test_a_pack_loads(doc: Data) -> None:
    load(doc)


@given(cases())
@few
def test_a_week_is_plain_and_keeps_to_its_bounds(case: Case) -> None:
    doc, week = case
    assert json.loads(json.dumps(week.world)) == week.world
    assert 5 <= len(week.world) <= 30
    assert FIRST <= week.start < week.end <= FIRST + timedelta(days=DAYS)
    for log in week.world.values():
        assert 2 <= len(log) <= 16
        opening = next(instant(event["at"]) for event in log if event.get("id") == "e0")
        assert all(timedelta(0) <= instant(event["at"]) - opening <= LONGEST for event in log)
    assert len(read(week.world, load(doc), week.now + LONGEST * 3)) == len(week.world)


@cache
def made() -> list[tuple[Case, Data]]:
    """Some weeks with what the oracle says of them, where two are enough to say it."""
    found = []

    # Examples of one run are often alike: so there are several short ones.
    for number in range(10):

        @seed(number)
        @given(cases())
        @settings(max_examples=8, phases=[Phase.generate], deadline=None, database=None)
        def collect(case: Case) -> None:
            found.append((case, report(*case, enough=2)))

        collect()
    return found


def test_every_event_occurs() -> None:
    events = Counter(event["event"] for (_, week), _ in made() for log in week.world.values() for event in log)
    assert set(events) == {"opened", *KINDS}
    assert min(events.values()) >= 5


def test_every_figure_occurs() -> None:
    found = [answer for _, answer in made()]
    enough = len(found) // 20
    for clock in CLOCKS:
        entries = [answer["compliance"][clock] for answer in found]
        assert sum(0 < entry["met"] < entry["owed"] for entry in entries) > 0, clock
    for time in TIMES:
        entries = [entry for answer in found for entry in answer[time].values()]
        assert sum(entry["n"] > 1 for entry in entries) >= enough, time
        assert sum(entry["lacking"] > 0 for entry in entries) >= enough, time
    resolved = [entry for answer in found for entry in answer["time_to_resolve"].values() if entry["n"]]
    assert sum(entry["net_mean_s"] < entry["mean_s"] for entry in resolved) >= enough
    for name in ("actions", "reviews"):
        assert sum(0 < answer[name]["on_time"] < answer[name]["owed"] for answer in found) > 0, name
    for name in ("satisfaction", "causes", "repeats", "rising"):
        assert sum(bool(answer[name]) for answer in found) >= enough, name
    for name in ("carried_over", "opened", "resolved", "now_open"):
        assert sum(answer["open"][name] > 0 for answer in found) >= enough, name
    assert sum(answer["volume"]["withdrawn"] > 0 for answer in found) > 0
    assert {next(iter(row)) for answer in found for row in answer["rising"]} == {"cause", "fact"}
    assert any(row["action"] for answer in found for row in answer["rising"])


def test_every_verdict_occurs() -> None:
    verdicts = Counter((row["name"], row["verdict"]) for _, answer in made() for row in answer["targets"])
    names = ("response_sla", "resolution_time", "satisfaction", "repeats", "reviews_on_time", "actions_on_time")
    assert set(verdicts) == {(name, verdict) for name in names for verdict in ("met", "missed", "too_few")}


# Laws of the oracle, as far as they need no second account


@given(cases(most=12), st.randoms(use_true_random=False))
@few
def test_the_order_of_the_incidents_makes_no_difference(case: Case, random: Any) -> None:  # noqa: ANN401 - Hypothesis' own
    doc, week = case
    names = list(week.world)
    random.shuffle(names)
    assert report(doc, week, world={name: week.world[name] for name in names}) == report(doc, week)


@given(cases(most=12))
@few
def test_what_happens_later_makes_no_difference(case: Case) -> None:
    doc, week = case
    past = {name: [event for event in log if instant(event["at"]) <= week.now] for name, log in week.world.items()}
    assert report(doc, week, world=past) == report(doc, week)


@given(cases(most=12))
@few
def test_counts_add_up(case: Case) -> None:
    found = report(*case)
    total = found["volume"]["total"]
    assert sum(found["volume"]["by_severity"].values()) == found["open"]["opened"] == total
    for time in TIMES:
        for severity, entry in found[time].items():
            assert entry["n"] + entry["lacking"] == found["volume"]["by_severity"][severity]
    for entry in found["compliance"].values():
        for count in ("met", "owed"):
            assert entry[count] == sum(one[count] for one in entry["by_severity"].values())
        assert entry["met"] <= entry["owed"]
    assert found["compliance"]["review"]["owed"] == found["reviews"]["owed"]
    assert sum(entry["n"] for entry in found["causes"].values()) + found["lacking"]["cause"] == total
    assert found["open"]["resolved"] + found["open"]["now_open"] >= total + found["open"]["carried_over"]


@given(cases(most=12))
@few
def test_counts_of_parts_are_those_of_the_whole(case: Case) -> None:
    doc, week = case
    names = list(week.world)
    parts = [report(doc, week, world={name: week.world[name] for name in some}) for some in (names[::2], names[1::2])]
    whole = report(doc, week)

    def counts(figures: Data) -> Counter[str]:
        named = {"satisfaction", "actions", "reviews", "open", "lacking"}
        found = Counter({f"{name} {key}": n for name in named for key, n in figures[name].items() if key != "share"})
        found.update(
            {f"{clock} {key}": figures["compliance"][clock][key] for clock in CLOCKS for key in ("met", "owed")}
        )
        found.update({f"cause {name}": entry["n"] for name, entry in figures["causes"].items()})
        found.update({key: figures["volume"][key] for key in ("total", "previous_total", "withdrawn")})
        return found

    assert counts(parts[0]) + counts(parts[1]) == +counts(whole)


@given(st.builds(support).flatmap(lambda doc: weeks(doc, 12)))
@few
def test_the_response_ends_when_its_clock_does(week: Week) -> None:
    for incident in read(week.world, load(support()), week.now):
        (clock,) = [clock for clock in incident.state.clocks if clock.clock == "initial_response"]
        assert response(incident) == clock.done_at or incident.is_withdrawn
