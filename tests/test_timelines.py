"""The strategies for incidents over time: what they promise, that they make every construct, and laws of the oracle."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import Phase, assume, given, settings, strategies as st

from tests.calendar_walk import MICROSECOND, Walk
from tests.clock_oracle import clocks
from tests.clock_oracle.counted import Gap, Time, amount, is_days
from tests.clock_oracle.log import instant
from tests.strategies import load
from tests.timelines import CALENDARS, KINDS, LONGEST, MINUTE, OPENINGS, PAUSED, ROLES, cases, clock_packs

Data = dict[str, Any]
Case = tuple[Data, list[Data], datetime]

LATER = ("clocks_start", "pauses", "review", "approve_downgrade")
"""What of a pack is for its clocks alone."""


def plain(doc: Data) -> Data:
    """The pack without what is for its clocks alone, and with cadences that stay as they begin."""
    sla = {
        number: {
            name: figure["within"] if isinstance(figure, dict) and "for" in figure else figure
            for name, figure in row.items()
        }
        for number, row in doc["sla"].items()
    }
    return {key: value for key, value in doc.items() if key not in LATER} | {"sla": sla}


@given(clock_packs())
def test_a_pack_loads(doc: Data) -> None:
    load(plain(doc))


@given(cases())
def test_a_log_is_plain_and_keeps_to_its_bounds(case: Case) -> None:
    _, log, now = case
    assert json.loads(json.dumps(log)) == log
    ats = [instant(event["at"]) for event in log]
    opening = next(instant(event["at"]) for event in log if event["id"] == "e0")
    assert opening == min(ats)
    assert opening <= now <= opening + LONGEST * MINUTE
    assert max(ats) - opening <= LONGEST * MINUTE
    assert all(not at.second and not at.microsecond for at in [*ats, now])
    assert len({event["id"] for event in log}) == len(log)


@cache
def made() -> list[tuple[Case, Data]]:
    """Several hundred cases with what the oracle says of them."""
    found: list[tuple[Case, Data]] = []

    @settings(max_examples=600, database=None, derandomize=True, phases=[Phase.generate], deadline=None)
    @given(cases())
    def look(case: Case) -> None:
        found.append((case, clocks(*case)))

    look()
    return found


def test_every_construct_is_made() -> None:
    found = made()
    kinds = {event["event"] for (_, log, _), _ in found for event in log}
    assert kinds == set(KINDS)
    keys = {key for (doc, _, _), _ in found for key in doc}
    assert {*LATER, "calendar", "covers"} <= keys
    assert {kind for (doc, _, _), _ in found for kind in doc.get("pauses", [])} == set(PAUSED)
    fields = {(event["event"], key) for (_, log, _), _ in found for event in log for key in event}
    wanted = {
        ("facts", "settles"), ("facts", "source"), ("facts", "logged_at"), ("override", "approved_by"),
        ("update_sent", "next"), ("update_sent", "audience"), ("notified", "about"), ("waiting", "on"),
        ("resumed", "on"), ("struck", "entry"),
    }  # fmt: skip
    assert wanted <= fields
    text = json.dumps([doc["sla"] for (doc, _, _), _ in found])
    assert all(f'"{word}"' in text for word in ("for", "calendar", *CALENDARS, *ROLES))


def test_every_state_comes_up_and_most_events_are_possible() -> None:
    found = made()
    states: dict[str, Counter[str]] = {}
    for _, answer in found:
        for row in answer["clocks"]:
            states.setdefault(row["clock"], Counter())[row["state"]] += 1
    common = {"met", "missed", "not_owed", "breached", "paused", "at_risk", "on_track"}
    assert states["initial_response"].keys() == common
    assert states["notification"].keys() == common
    assert states["resolution"].keys() == common
    assert states["status_update"].keys() == common - {"met"}
    assert {"met", "not_owed", "breached", "at_risk", "on_track"} <= states["review"].keys()
    rows = [row for _, answer in found for row in answer["clocks"]]
    assert any(row["backdated"] for row in rows)
    assert any(entry["done_at"] for row in rows for entry in row["late"])
    assert any(row["limit_at"] == now for (_, _, now), answer in found for row in answer["clocks"])
    assert any(row["breached_at"] and row["state"] in {"on_track", "at_risk"} for row in rows)
    assert any(answer["severity"]["override"] for _, answer in found)
    assert any(answer["conflicts"] for _, answer in found)
    aside = sum(len(answer["set_aside"]) for _, answer in found)
    assert 0 < aside < sum(len(log) for (_, log, _), _ in found) / 10


def counts(calendar: Data, day_by_day: bool, start: datetime, gaps: list[Gap], most: Fraction) -> datetime:  # noqa: FBT001
    """The first minute by which so much has passed, counted minute by minute: hours, or days by their length."""
    walk = Walk(calendar, start, start + timedelta(days=12))
    passed, at = Fraction(0), start
    while passed < most:
        run = next((run for run in walk.runs if run.start <= at < run.end), None)
        if run and not any(begin <= at < end for begin, end in gaps):
            passed += Fraction(MINUTE // MICROSECOND, walk.whole[run.day]) if day_by_day else Fraction(1, 60)
        at += MINUTE
    return at


@given(
    st.sampled_from(list(CALENDARS.values())),
    st.sampled_from(OPENINGS),
    st.sampled_from(("1bh", "3bh", "8bh", "1bd", "2bd")),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 600)), max_size=3),
)
@settings(max_examples=30)
def test_the_time_of_the_oracle_is_that_of_a_count(
    calendar: Data, start: datetime, duration: str, pauses: list[tuple[int, int]]
) -> None:
    gaps = [(start + begin * MINUTE, start + (begin + length) * MINUTE) for begin, length in pauses]
    found = Time(start, gaps).after(start, duration, calendar)
    counted = counts(calendar, is_days(duration), start, gaps, amount(duration))
    assert found <= counted < found + MINUTE


# Laws of the oracle, as far as they need no second account


@given(cases(), st.integers(0, 2000))
def test_time_alone_moves_paused_clocks_only_and_takes_no_breach_back(case: Case, minutes: int) -> None:
    doc, log, now = case
    past = [event for event in log if instant(event["at"]) <= now]
    before = clocks(doc, past, now)["clocks"]
    after = clocks(doc, past, now + minutes * MINUTE)["clocks"]
    for earlier, later in zip(before, after, strict=True):
        assert (earlier["clock"], earlier["role"]) == (later["clock"], later["role"])
        if earlier["state"] == "paused":
            # In business time it moves by less than elapses.
            assert timedelta(0) <= later["limit_at"] - earlier["limit_at"]
        else:
            assert (earlier["due"], earlier["limit_at"]) == (later["due"], later["limit_at"])
        assert earlier["breached_at"] in {None, later["breached_at"]}


@given(cases())
def test_the_future_makes_no_difference(case: Case) -> None:
    doc, log, now = case
    past = [event for event in log if instant(event["at"]) <= now]
    whole, part = clocks(doc, log, now), clocks(doc, past, now)
    assert {key: value for key, value in whole.items() if key != "set_aside"} == {
        key: value for key, value in part.items() if key != "set_aside"
    }
    assert [log[place] for place in whole["set_aside"]] == [past[place] for place in part["set_aside"]]


@given(cases())
def test_a_breach_is_never_forgotten(case: Case) -> None:
    doc, log, now = case
    breached: dict[tuple[str, str | None], datetime] = {}
    past = [event for event in log if instant(event["at"]) <= now]
    # What is struck counts as unwritten, and with it what it made late.
    assume(all(event["event"] != "struck" for event in past))
    for at in sorted({instant(event["at"]) for event in past} | {now}):
        for row in clocks(doc, log, at)["clocks"]:
            name = (row["clock"], row["role"])
            if row["clock"] != "status_update":
                assert row["breached_at"] == breached.get(name, row["breached_at"])
            if row["breached_at"]:
                breached[name] = row["breached_at"]
                assert row["state"] != "met"
