"""`targets` and `customers` of a pack: what they may be, and what is told of the rest."""

from __future__ import annotations

from typing import Any

import pytest

from sevclass import PackError, load_pack
from tests.strategies import load
from tests.unit.incidents import DOCUMENT


def told(**keys: Any) -> list[str]:
    with pytest.raises(PackError) as caught:
        load(DOCUMENT | keys)
    return [f"{problem.code}: {problem.message}; {problem.hint}" for problem in caught.value.problems]


def test_the_default_pack_has_the_targets_of_the_team() -> None:
    document = load_pack("support")._engine.document

    assert document["targets"] == {
        "response_sla": "over 95%",
        "resolution_time": "falling",
        "satisfaction": "over 85%",
        "repeats": "down by 50%",
        "reviews_on_time": "at least 100%",
        "actions_on_time": "over 90%",
    }
    assert document["customers"] == "customers_affected"


@pytest.mark.parametrize("share", ["over 0%", "over 99%", "over 5%", "at least 0%", "at least 100%", "at least 99%"])
def test_a_share_is_over_or_at_least_so_many_percent(share: str) -> None:
    assert load(DOCUMENT | {"targets": {"response_sla": share}})._engine.document["targets"] == {"response_sla": share}


@pytest.mark.parametrize(
    "share", ["over 100%", "over 95", "95%", "at least 101%", "at least 095%", "over  95%", "over 95%\n", " over 95%"]
)
def test_what_is_no_share_is_refused(share: str) -> None:
    hint = "for example `over 95%` or `at least 100%`"
    shown = share.replace("\n", "\\n")

    assert told(targets={"satisfaction": share}) == [f"goal: `{shown}` is not a share to reach; {hint}"]


@pytest.mark.parametrize("fall", ["down by 1%", "down by 50%", "down by 100%"])
def test_a_fall_is_by_so_many_percent(fall: str) -> None:
    assert load(DOCUMENT | {"targets": {"repeats": fall}})._engine.document["targets"] == {"repeats": fall}


@pytest.mark.parametrize("fall", ["down by 0%", "down by 101%", "down by 5", "by 50%", "down by 050%"])
def test_what_is_no_fall_is_refused(fall: str) -> None:
    assert told(targets={"repeats": fall}) == [f"goal: `{fall}` is not a fall to reach; for example `down by 50%`"]


def test_everything_wrong_with_targets_is_told_at_once() -> None:
    targets = {"resolution_time": "rising", "enough": 0, "reviews_on_time": 100, "actions": "over 90%"}

    assert told(targets=targets) == [
        "wrong_type: `rising` is not `falling`; None",
        "out_of_range: 0 is out of range; it is at least 1",
        "goal: 100 is not a share to reach; for example `over 95%` or `at least 100%`",
        "unknown_key: unknown key `actions`; did you mean `actions_on_time`?",
    ]


def test_targets_are_merged_one_by_one() -> None:
    document = load({"name": "ours", "version": "1", "extends": "support", "targets": {"response_sla": "over 99%"}})

    assert document._engine.document["targets"]["response_sla"] == "over 99%"
    assert document._engine.document["targets"]["satisfaction"] == "over 85%"


@pytest.mark.parametrize("fact", ["shops", "places"])
def test_customers_are_counted_or_summed_up(fact: str) -> None:
    assert load(DOCUMENT | {"customers": fact})._engine.document["customers"] == fact


def test_customers_are_a_count_that_the_pack_has() -> None:
    assert told(customers="impact") == ["not_a_count: `impact` is not a count; customers are counted, or summed up"]
    assert told(customers="shop") == ["unknown_fact: unknown fact `shop`; did you mean `shops`?"]
    assert told(customers=5) == ['wrong_type: 5 is not text; write `"5"`']
