"""`insight.report`: the shape of a report, and the made-up week with its figures known beforehand."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sevclass import load_pack
from sevclass.incident import Entry
from sevclass.incident.event_problems import read_event
from sevclass.insight.period import Period
from sevclass.insight.report import Report, report_of
from sevclass.insight.sampling import Sampler
from sevclass.problems import Problem
from tests import made_week
from tests.unit.insights import NOW, WEEK, Taken, log

HOUR = 3_600


@cache
def made(week: str = "2026-03-02") -> Report:
    """The report over the made-up week."""
    logs: dict[str, list[Entry]] = {}
    for line, given in enumerate(made_week.lines(), 1):
        event = read_event(given, "")
        assert not isinstance(event, list)
        logs.setdefault(given["incident"], []).append(Entry(line, event))
    start = date.fromisoformat(week)
    pack, period = load_pack("support"), Period(start=start, end=date.fromordinal(start.toordinal() + 7))
    sampler = Sampler(pack, period, datetime(2026, 3, 9, 9, 0, tzinfo=UTC))
    told = [problem for id_, some in logs.items() for problem in sampler.take(some, id_)]
    return report_of(sampler.samples, pack, told)


def shape() -> dict[str, Any]:
    return made().model_dump()


def test_the_made_up_week_has_twelve_incidents() -> None:
    assert shape()["problems"] == []
    assert shape()["period"] == {"from": "2026-03-02", "to": "2026-03-09", "zone": "UTC"}
    assert shape()["volume"] == {
        "total": 12,
        "by_severity": {"1": 1, "2": 4, "3": 7, "4": 0},
        "previous_total": 9,
        "previous_by_severity": {"1": 0, "2": 3, "3": 6, "4": 0},
        "change": 3,
    }


def test_it_has_the_weeks_that_the_logs_know() -> None:
    assert shape()["weeks"] == [
        {"week": "2026-W09", "from": "2026-02-23", "to": "2026-03-02", "n": 9},
        {"week": "2026-W10", "from": "2026-03-02", "to": "2026-03-09", "n": 12},
    ]


def test_its_outage_took_three_hours_and_42_minutes() -> None:
    took = {"mean_s": 13_320, "median_s": 13_320, "p90_s": 13_320}

    assert shape()["time_to_resolve"]["1"] == {
        **took,
        "n": 1,
        "lacking": 0,
        **{f"net_{name}": value for name, value in took.items()},
    }
    assert [shape()[name]["1"]["mean_s"] for name in _TIMES] == [300, 1_740, None, 4_020]
    assert shape()["highlights"][0] == {
        "kind": "worst_incident",
        "text": "severity 1: No payment goes through: resolved in 3h 42m, 87 customers affected",
        "incident": "INC-12345",
    }


_TIMES = ("time_to_acknowledge", "time_to_identify", "time_to_mitigate", "time_to_permanent_fix")


def test_its_other_times_are_as_worked_out() -> None:
    # Severity 2: 5, 6, 9 and 12 hours; severity 3: 20 to 26 hours, of which the seventh is the 90th percentile.
    found = shape()["time_to_resolve"]

    assert [found["2"][name] // (HOUR // 2) / 2 for name in ("mean_s", "median_s", "p90_s")] == [8, 7.5, 12]
    assert [found["3"][name] // HOUR for name in ("mean_s", "median_s", "p90_s")] == [23, 23, 26]
    assert found["4"] == dict.fromkeys(found["4"], None) | {"n": 0, "lacking": 0}


def test_everybody_was_answered_in_time_and_ten_of_twelve_are_satisfied() -> None:
    response = shape()["compliance"]["initial_response"]

    assert (response["met"], response["owed"], response["share"]) == (12, 12, 1.0)
    assert response["by_severity"]["2"] == {"met": 4, "owed": 4, "share": 1.0}
    assert shape()["satisfaction"] == {"satisfied": 10, "answers": 12, "share": 0.833, "lacking": 0}
    assert {one["name"]: (one["verdict"], one["numerator"], one["denominator"]) for one in shape()["targets"]} == {
        "response_sla": ("met", 12, 12),
        "resolution_time": ("met", 1, 1),
        "satisfaction": ("missed", 10, 12),
        "repeats": ("too_few", 1, 0),
        "reviews_on_time": ("met", 5, 5),
        "actions_on_time": ("too_few", 1, 1),
    }


def test_performance_problems_rise_from_one_to_three() -> None:
    action = {"incident": "INC-12347", "id": "A1", "text": "Have engineering look into the API", "owner": "Engineering"}
    [cause] = [one for one in shape()["rising"] if one["cause"] == "performance"]
    [fact] = [one for one in shape()["rising"] if one["fact"] == "performance"]

    assert cause == {
        "fact": None,
        "cause": "performance",
        "level": None,
        "now": 3,
        "before": 1,
        "action": action | {"state": "done"},
    }
    assert fact == cause | {"fact": "performance", "cause": None, "level": "significantly_degraded"}


def test_its_open_actions_have_owners() -> None:
    assert [(one["text"], one["owner"], one["due"]) for one in shape()["open_actions"]] == [
        ("Set up the load balancer anew", "DevOps", "2026-03-13"),
        ("Watch the API more closely", "SRE", "2026-03-20"),
        ("Write a runbook for slowness", "Escalation-manager", "2026-03-27"),
    ]
    assert shape()["actions"] == {
        "total": 5,
        "done": 2,
        "open": 3,
        "dropped": 0,
        "owed": 1,
        "on_time": 1,
        "lacking": 1,
    }


def test_a_known_issue_came_again_and_causes_have_shares() -> None:
    assert shape()["repeats"] == [
        {
            "cause": "performance",
            "known_issue": "KI-7",
            "customers": ["alpha", "delta"],
            "incidents": ["INC-12301", "INC-12346"],
            "n": 1,
        }
    ]
    assert shape()["causes"]["configuration"] == {"n": 3, "share": 0.25}
    assert shape()["lacking"] == {"cause": 0, "known_issue": 10}
    assert shape()["customers_impacted"] == {"total": 98, "at_least": True, "lacking": 0}
    assert shape()["reviews"] == {"owed": 5, "done": 5, "on_time": 5, "pending": 0}


def test_the_week_before_is_a_report_of_its_own() -> None:
    found = made("2026-02-23")

    assert (found.volume.total, found.volume.previous_total, found.is_missed) == (9, 0, False)


def test_a_report_has_every_key_of_its_schema_and_no_other() -> None:
    schema = Report.model_json_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    assert list(shape()) == ["schema", *Report.PARTS] == list(schema["properties"])
    assert list(validator.iter_errors(shape())) == []
    assert list(validator.iter_errors(shape() | {"more": 1})) != []
    assert json.loads(made().model_dump_json()) == shape()
    assert made().model_dump(include={"volume"}) == {"volume": shape()["volume"]}


def test_a_report_on_nothing_has_every_key_too() -> None:
    empty = Taken({}).report

    assert list(Draft202012Validator(Report.model_json_schema()).iter_errors(empty.model_dump())) == []
    assert (empty.highlights, empty.rising, empty.repeats, empty.open_actions, empty.causes) == ((), (), (), (), {})
    assert {target.verdict for target in empty.targets} == {"met", "too_few"}


def test_a_report_is_a_frozen_value() -> None:
    report, same = Taken({"T-1": log(("2 9:00", "opened"))}).report, Taken({"T-1": log(("2 9:00", "opened"))}).report

    assert report == same == pickle.loads(pickle.dumps(report))  # noqa: S301 - our own
    assert hash(report) == hash(same)
    assert report != Taken({}).report
    assert (report.period, report.now) == (WEEK, NOW)
    with pytest.raises(AttributeError):
        report.withdrawn = 1  # type: ignore[misc]


def test_problems_of_the_logs_are_told() -> None:
    taken = Taken({})
    problem = Problem(path="line 1", code="torn", message="it is torn", hint=None)

    assert report_of(taken.samples, taken.pack, [problem]).model_dump()["problems"] == [problem.model_dump()]


def test_samples_of_another_pack_are_refused() -> None:
    taken = Taken({})

    with pytest.raises(ValueError, match=r"\Athe samples were taken by another pack\Z"):
        report_of(replace(taken.samples, pack="sha256:other"), taken.pack)
