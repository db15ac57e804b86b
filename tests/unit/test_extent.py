"""How far an incident went."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sevclass import load_pack
from sevclass.insight.extent import Extent, extent
from tests import outage
from tests.unit.incidents import DOCUMENT, PACK, Data, at, event, facts, opened, override, pack_with, state

COUNTED = pack_with(customers="places")
ALONE = pack_with(customers="shops")


def of(*events: Data, now: float = 600, pack: Any = PACK) -> Extent:  # noqa: ANN401
    return extent(state(*events, now=now, pack=pack), pack)


def test_the_payments_outage() -> None:
    found = extent(outage.state_of(), load_pack())

    assert found.severity == 1
    assert found.reported_at == datetime(2026, 3, 2, 14, 23, tzinfo=UTC)
    assert found.resolved_at == datetime(2026, 3, 2, 18, 5, tzinfo=UTC)
    assert found.length == timedelta(hours=3, minutes=42)
    assert (found.customers, found.at_least) == (87, False)
    assert (found.cause, found.known_issue) == ("performance", "KI-9")
    assert (("environment", "production"), ("functionality", "down")) in found.floors


def test_the_worst_severity_that_was_in_force() -> None:
    assert of(opened(impact="poor")).severity == 2
    assert of(opened(impact="poor"), facts(5, impact="bad"), facts(9, impact="fine")).severity == 1
    assert of(opened(impact="poor"), override(5, 1)).severity == 1
    assert of(opened(impact="bad"), override(0, 2)).severity == 1


def test_the_last_resolution_if_it_stands() -> None:
    first = [opened(impact="bad"), event(10, "resolved")]
    again = [*first, event(20, "reopened")]

    assert of(*first[:1]).resolved_at is None
    assert of(*first[:1]).length is None
    assert of(*first).resolved_at == at(10)
    assert of(*first, event(15, "closed")).resolved_at == at(10)
    assert of(*again).resolved_at is None
    assert of(*again, event(30, "resolved")).length == timedelta(minutes=30)
    assert of(*first[:1], event(15, "closed")).resolved_at is None


@pytest.mark.parametrize(
    ("events", "customers", "at_least"),
    [
        pytest.param([opened(shops=3, stores=4)], 7, False, id="known"),
        pytest.param([opened(shops=3)], 3, True, id="a-part-unknown"),
        pytest.param([opened(shops=0, stores=0)], 0, False, id="none"),
        pytest.param([opened()], None, True, id="nobody-says"),
        pytest.param([opened(shops=3, stores=4), facts(5, shops=1)], 7, False, id="the-most-at-once"),
        pytest.param([opened(shops=3), facts(5, shops=None)], 3, True, id="taken-back"),
        pytest.param([opened(shops=1, stores=0) | {"customers": ["a", "b"]}], 2, False, id="more-are-named"),
        pytest.param([opened() | {"customers": ["a"]}, facts(1) | {"customers": ["a", "c"]}], 2, True, id="named"),
    ],
)
def test_customers(events: list[Data], customers: int | None, at_least: bool) -> None:  # noqa: FBT001
    found = of(*events, pack=COUNTED)
    assert (found.customers, found.at_least) == (customers, at_least)


def test_customers_in_a_pack_that_counts_them_itself() -> None:
    assert of(opened(shops=4), facts(1, shops=None), pack=ALONE).customers == 4
    assert of(opened(shops=4), pack=ALONE).at_least is False
    assert (of(opened(), pack=ALONE).customers, of(opened(), pack=ALONE).at_least) == (None, True)


def test_customers_in_a_pack_that_does_not() -> None:
    assert (of(opened(shops=4)).customers, of(opened(shops=4)).at_least) == (None, True)
    assert of(opened() | {"customers": ["a"]}).customers == 1


def test_the_cause_is_that_of_the_last_word() -> None:
    found = of(
        opened(impact="bad"),
        event(1, "cause", category="x", known_issue="K"),
        event(2, "cause", category="y"),
        event(3, "note", text="so"),
    )
    assert (found.cause, found.known_issue) == ("y", None)
    assert (of(opened()).cause, of(opened()).known_issue) == (None, None)


def test_the_floors_that_were_reached_at_any_time() -> None:
    found = of(opened(impact="poor", kind="wish"), facts(5, lost=True), facts(9, impact="fine", lost=False))

    assert found.floors == {(("impact", "poor"),), (("lost", True),)}


def test_of_a_pack_with_two_severities_those_of_the_milder_do_not_count() -> None:
    pack = pack_with(
        severities={"1": "High", "2": "Low"},
        criteria={key: DOCUMENT["criteria"][key] for key in ("1", "2")},
        sla={},
        roster={},
    )
    assert of(opened(impact="bad"), pack=pack).floors == {(("impact", "bad"),)}


def test_of_a_pack_with_one_severity_its_floors_count() -> None:
    pack = pack_with(
        severities={"1": "All"},
        criteria={"1": {"bad": {"text": "It is bad", "when": [{"impact": "bad"}]}}},
        sla={},
        roster={},
        war_room={},
        review=[],
    )
    assert of(opened(impact="bad"), pack=pack).floors == {(("impact", "bad"),)}
