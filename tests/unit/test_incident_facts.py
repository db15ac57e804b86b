"""`IncidentFacts`: the typed model is the default pack's, to the letter, and cannot hold anything else."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import ValidationError

from sevclass import IncidentFacts, classify, load_pack
from sevclass.shipped import shipped_packs


def test_it_is_the_model_of_the_default_pack() -> None:
    assert load_pack("support").Facts is IncidentFacts


def test_it_says_what_the_facts_of_the_pack_say() -> None:
    facts = yaml.safe_load((shipped_packs()["support"] / "facts.yaml").read_text())["facts"]
    given = {name: fact for name, fact in facts.items() if "sum_of" not in fact}
    assert list(IncidentFacts.model_fields) == list(given)
    for name, fact in given.items():
        kind = get_args(IncidentFacts.model_fields[name].annotation)[0]
        if "flag" in fact:
            assert kind is bool
        elif "count" in fact:
            assert get_args(kind)[0] is int
        else:
            assert list(get_args(kind)) == list(fact.get("levels") or fact["label"])


def test_another_order_of_levels_makes_another_model(tmp_path: Path) -> None:
    document = load_pack().model_dump()
    levels = document["facts"]["customer_impact"]["levels"]
    document["facts"]["customer_impact"]["levels"] = {
        name: levels[name] for name in ("noticeable", "none", "significant")
    }
    document["name"] = "other"
    (tmp_path / "pack.yaml").write_text(yaml.safe_dump(document, sort_keys=False))
    assert load_pack(tmp_path).Facts is not IncidentFacts


def test_a_pack_with_the_same_facts_shares_the_model(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: child\nversion: 1.0.0\nextends: support\nsla:\n")
    assert load_pack(tmp_path).Facts is IncidentFacts


@pytest.mark.parametrize(
    ("facts", "where", "kind"),
    [
        ({"functionality": "broken"}, "functionality", "literal_error"),
        ({"functionality": 1}, "functionality", "literal_error"),
        ({"data_loss": 1}, "data_loss", "bool_type"),
        ({"data_loss": "true"}, "data_loss", "bool_type"),
        ({"enterprise_customers": True}, "enterprise_customers", "int_type"),
        ({"enterprise_customers": "3"}, "enterprise_customers", "int_type"),
        ({"enterprise_customers": 3.0}, "enterprise_customers", "int_type"),
        ({"enterprise_customers": -1}, "enterprise_customers", "greater_than_equal"),
        ({"enterprise_customers": 2**53}, "enterprise_customers", "less_than_equal"),
        ({"customers_affected": 1}, "customers_affected", "extra_forbidden"),
        ({"functonality": "down"}, "functonality", "extra_forbidden"),
    ],
)
@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda facts: IncidentFacts(**facts), id="made"),
        pytest.param(lambda facts: IncidentFacts.model_construct(**facts), id="constructed"),
        pytest.param(lambda facts: IncidentFacts().model_copy(update=facts), id="copied"),
        pytest.param(lambda facts: IncidentFacts().copy(update=facts), id="copied by the old name"),
    ],
)
def test_it_holds_no_wrong_value(
    make: Callable[[dict[str, Any]], IncidentFacts], facts: dict[str, Any], where: str, kind: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        make(facts)
    assert [(error["loc"], error["type"]) for error in caught.value.errors()] == [((where,), kind)]


def test_it_is_frozen() -> None:
    facts = IncidentFacts(functionality="down")
    with pytest.raises(ValidationError, match="frozen"):
        facts.functionality = "working"  # type: ignore[misc]
    with pytest.raises(ValidationError, match="frozen"):
        del facts.functionality


def test_a_copy_differs_where_it_is_told_to() -> None:
    facts = IncidentFacts(functionality="down", data_loss=None)
    copy = facts.model_copy(update={"environment": "production"})
    assert copy == IncidentFacts(functionality="down", environment="production")
    assert copy.model_fields_set == {"functionality", "data_loss", "environment"}
    assert facts.model_copy() == facts
    assert facts.model_copy(deep=True) == facts
    assert facts.copy() == facts
    assert facts.copy(update={"environment": "production"}, deep=True) == copy


def test_a_model_constructed_is_a_model_checked() -> None:
    assert IncidentFacts.model_construct(functionality="down") == IncidentFacts(functionality="down")


def test_it_survives_json_and_pickle() -> None:
    facts = IncidentFacts(functionality="down", enterprise_customers=2, data_loss=False)
    assert IncidentFacts.model_validate_json(facts.model_dump_json()) == facts
    assert pickle.loads(pickle.dumps(facts)) == facts  # noqa: S301 - what was just pickled
    assert classify(facts.model_dump_json()) == classify(facts)
