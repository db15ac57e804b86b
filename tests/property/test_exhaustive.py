"""The law: the default pack gives what its words say, for every combination of facts that its floors can tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest

from sevclass import load_pack
from tests import oracle
from tests.strategies import Data, given_facts, support

# Of levels, the mildest of those that reach the same floors; of counts, the numbers that floors ask for.
FUNCTIONALITY = ("working", "cosmetic", "minor", "moderate", "major", "down")
ENVIRONMENT = ("non_production", "production")
REST: dict[str, Sequence[Any]] = {
    "performance": ("normal", "significantly_degraded"),
    "workaround": ("easy", "cumbersome"),
    "business_impact": ("none", "minor_inconvenience", "inconvenience", "revenue_loss"),
    "customer_impact": ("none", "significant"),
    "broken_feature": ("none", "important", "critical"),
    "security": ("none", "breach"),
    "data_loss": (False, True),
    "public_outage": (False, True),
    "publicity": ("none", "crisis"),
    "enterprise_customers": (0, 1, 2),
    "tier_2_3_customers": (0, 2),
}
OTHER_REQUESTS = ("question", "feature_request")
BY_SEVERITY: dict[int, Data] = {
    1: {"functionality": "down", "environment": "production"},
    2: {"functionality": "major", "environment": "production"},
    3: {"functionality": "moderate", "environment": "non_production"},
    4: {"functionality": "working", "environment": "non_production"},
}
CONDITIONS: dict[str, Sequence[Any]] = {
    "regulatory_issue": (False, True),
    "scope_unclear": (False, True),
    "timeline_unclear": (False, True),
    "strategic_account": (False, True),
    "engineering_needed": (False, True),
    "security": ("none", "issue"),
    "publicity": ("none", "media_attention"),
    "enterprise_customers": (0, 1, 2),
    "tier_2_3_customers": (0, 1, 2),
    "other_customers": (0, 1, 2),
}
HARMLESS: Data = {name: values[0] for name, values in (REST | CONDITIONS).items()} | {"request": "defect"}


def combinations(values: dict[str, Sequence[Any]]) -> Iterator[Data]:
    return (dict(zip(values, chosen, strict=True)) for chosen in product(*values.values()))


def distinguished(doc: Data, name: str, floors: list[Data]) -> set[tuple[bool, ...]]:
    """What the values of a fact reach of the levels that these floors ask of it."""
    scale = doc["facts"][name]
    levels = [floor[name] for floor in floors if name in floor]
    values = range(5) if "count" in scale else scale.get("levels", scale.get("label", (False, True)))
    return {tuple(oracle.reaches(scale, value, level) for level in levels) for value in values}


def test_the_values_tried_are_all_that_the_criteria_tell_apart() -> None:
    doc = support()
    floors = [floor for _, _, body in oracle.criteria_of(doc) for floor in oracle.floors_of(body["when"])]
    tried = {"functionality": FUNCTIONALITY, "environment": ENVIRONMENT, **REST, "request": ("defect", *OTHER_REQUESTS)}
    assert {name for floor in floors for name in floor} == set(tried)
    for name, values in tried.items():
        scale = doc["facts"][name]
        levels = [floor[name] for floor in floors if name in floor]
        reached = [tuple(oracle.reaches(scale, value, level) for level in levels) for value in values]
        assert set(reached) == distinguished(doc, name, floors)
        assert len(set(reached)) == len(values)
    assert set(HARMLESS) | {"functionality", "environment"} == set(given_facts(doc))


@pytest.mark.parametrize("environment", ENVIRONMENT)
@pytest.mark.parametrize("functionality", FUNCTIONALITY)
def test_severity_and_criteria(functionality: str, environment: str) -> None:
    pack, doc = load_pack(), support()
    seen = 0
    for rest in combinations(REST):
        some = HARMLESS | rest | {"functionality": functionality, "environment": environment}
        severity = oracle.severity(doc, some)
        # The label decides nothing above the mildest severity, where it names a criterion.
        for request in ("defect", *OTHER_REQUESTS) if severity == 4 else ("defect",):
            some["request"] = request
            found = pack.classify(some)
            met = [(one.id, one.severity, dict(one.because)) for one in found.criteria]
            expected = [(one["id"], one["severity"], one["because"]) for one in oracle.criteria_met(doc, some, some)]
            assert (found.severity, found.could_be, met) == (severity, severity, expected)
        seen += 1
    assert seen == 9_216  # times twelve: 110,592


@pytest.mark.parametrize("severity", BY_SEVERITY)
def test_roster_and_war_room(severity: int) -> None:
    pack, doc = load_pack(), support()
    # With two enterprise customers, or with one in production, the severity itself would be another.
    most = {1: 2, 2: 1, 3: 1, 4: 1}[severity]
    tried = dict(CONDITIONS, enterprise_customers=CONDITIONS["enterprise_customers"][: most + 1])
    tier = {"tier_2_3_customers": CONDITIONS["tier_2_3_customers"][: 3 if severity < 3 else 2]}
    seen = 0
    for conditions in combinations(tried | tier):
        some = HARMLESS | BY_SEVERITY[severity] | conditions
        found = pack.classify(some)
        assert found.severity == severity
        roster = [row.model_dump() for row in found.roster]
        assert roster == oracle.roster(doc, severity, oracle.rows_that_hold(doc, some))
        assert found.war_room.model_dump() == oracle.war_room(doc, some, severity)
        seen += 1
    assert seen == 128 * 3 * {1: 9, 2: 6, 3: 4, 4: 4}[severity]
