"""`insight.highlights`: the worst incident and how it was resolved, and what all will ask about."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sevclass.insight import metrics
from sevclass.insight.figures import Highlight
from sevclass.insight.highlights import highlights
from sevclass.insight.samples import Sample
from tests.unit.insights import groups, log, sample, samples

HOUR = 3_600_000_000
PLAIN = sample(("2 9:00", "opened", {"title": "It fails"}))


def told(*some: Sample) -> list[Highlight]:
    return list(highlights(some, metrics.compliance(groups(*some)), metrics.satisfaction(some)))


def worst(*some: Sample) -> str:
    return told(*some)[0].text


def test_of_nothing_nothing_is_told() -> None:
    assert told() == []


def test_the_worst_is_told_with_how_it_was_resolved() -> None:
    some = replace(PLAIN, severity=1, resolved_us=HOUR * 37 // 10, customers=87, at_least=False)

    assert told(PLAIN, some) == [
        Highlight(
            kind="worst_incident",
            text="severity 1: It fails: resolved in 3h 42m, 87 customers affected",
            incident="T-1",
        )
    ]


@pytest.mark.parametrize(
    ("some", "text"),
    [
        pytest.param(PLAIN, "severity 3: It fails: not resolved yet", id="open"),
        pytest.param(replace(PLAIN, title=None), "severity 3: T-1: not resolved yet", id="without-a-title"),
        pytest.param(
            replace(PLAIN, title=None, id=None), "severity 3: without a title: not resolved yet", id="without-an-id"
        ),
        pytest.param(
            replace(PLAIN, customers=1),
            "severity 3: It fails: not resolved yet, at least 1 customer affected",
            id="one",
        ),
        pytest.param(
            replace(PLAIN, customers=0, at_least=False),
            "severity 3: It fails: not resolved yet, 0 customers affected",
            id="none",
        ),
        pytest.param(
            replace(PLAIN, title="\x1b[31m\u202e" + "x" * 100),
            "severity 3: \\x1b[31m\\u202e" + "x" * 65 + "…: not resolved yet",
            id="a-hostile-title",
        ),
    ],
)
def test_what_is_not_known_is_said_to_be(some: Sample, text: str) -> None:
    assert worst(some) == text


def test_of_several_the_one_with_most_customers_and_then_the_first_is_the_worst() -> None:
    few, many = replace(PLAIN, title="few", customers=1), replace(PLAIN, title="many", customers=2)
    first, later = samples({"a": log(("2 9:00", "opened")), "b": log(("3 9:00", "opened"))})

    assert worst(PLAIN, few, many).startswith("severity 3: many:")
    assert worst(later, first).startswith("severity 3: a:")


def test_shares_are_told_with_what_they_are_of() -> None:
    opened = ("2 9:00", "opened", {"facts": {"impact": "bad"}})
    good = sample(opened, ("2 9:10", "acknowledged"), ("2 9:11", "satisfaction", {"score": 5}))
    late = sample(opened, ("2 10:10", "acknowledged"), ("2 9:11", "satisfaction", {"score": 3}))

    assert [(one.kind, one.text, one.incident) for one in told(good, good, late)[1:]] == [
        ("response_sla", "2 of 3 initial responses were in time (66 %)", None),
        ("satisfaction", "2 of 3 customers that answered were satisfied (66 %)", None),
    ]
    assert [one.text for one in told(good)[1:]] == [
        "1 of 1 initial response was in time (100 %)",
        "1 of 1 customer that answered was satisfied (100 %)",
    ]
