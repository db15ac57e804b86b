"""The oracle itself, held to answers worked out by hand from the words of the specification."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from tests.oracle import (
    classify,
    could_be,
    could_be_by_completions,
    questions_by_completions,
    questions_for,
    severity,
)

Data = dict[str, Any]


# Packs


def levels(*names: str) -> Data:
    return {"ask": "How bad is it?", "levels": {name: name for name in names}}


def flag() -> Data:
    return {"ask": "Is it so?", "flag": {}}


def count() -> Data:
    return {"ask": "How many?", "count": "customers"}


def label(*names: str) -> Data:
    return {"ask": "Which kind?", "label": {name: name for name in names}}


def measure(worse: str, **ends: float) -> Data:
    return {"ask": "How much?", "measure": {"unit": "seconds", "worse": worse, **ends}}


def sum_of(*parts: str) -> Data:
    return {"sum_of": list(parts)}


def criterion(*floors: Data) -> Data:
    """A criterion; one floor stands alone, several as a list."""
    return {"text": "It is so", "when": floors[0] if len(floors) == 1 else list(floors)}


def small_pack(facts: Data, criteria: Data, **more: Any) -> Data:
    """A pack of three severities."""
    names = {"1": "Critical", "2": "High", "3": "Low"}
    return {"name": "small", "version": "0.1.0", "severities": names, "facts": facts, "criteria": criteria, **more}


SUPPORT: Data = {
    "name": "support",
    "version": "1.0.0",
    "severities": {"1": "Critical", "2": "High", "3": "Medium", "4": "Low"},
    "facts": {
        "functionality": levels("working", "cosmetic", "minor", "moderate", "major", "down"),
        "performance": levels("normal", "degraded", "significantly_degraded"),
        "environment": levels("non_production", "production"),
        "workaround": levels("easy", "cumbersome", "unavailable"),
        "business_impact": levels("none", "minor_inconvenience", "inconvenience", "revenue_loss"),
        "customer_impact": levels("none", "noticeable", "significant"),
        "broken_feature": levels("none", "optional", "important", "critical"),
        "security": levels("none", "issue", "breach"),
        "data_loss": flag(),
        "public_outage": flag(),
        "publicity": levels("none", "media_attention", "crisis"),
        "enterprise_customers": count(),
        "tier_2_3_customers": count(),
        "other_customers": count(),
        "customers_affected": sum_of("enterprise_customers", "tier_2_3_customers", "other_customers"),
        "regulatory_issue": flag(),
        "scope_unclear": flag(),
        "timeline_unclear": flag(),
        "strategic_account": flag(),
        "engineering_needed": flag(),
        "request": label("question", "feature_request", "defect"),
    },
    "criteria": {
        "1": {
            "production-down": criterion({"functionality": "down", "environment": "production"}),
            "security-breach": criterion({"security": "breach"}),
            "data-loss": criterion({"data_loss": True}),
            "multiple-enterprise": criterion({"enterprise_customers": 2}),
            "revenue-loss": criterion({"business_impact": "revenue_loss"}),
            "public-outage": criterion({"public_outage": True}),
            "pr-crisis": criterion({"publicity": "crisis"}),
        },
        "2": {
            "major-functionality": criterion({"functionality": "major"}, {"broken_feature": "critical"}),
            "performance-significant": criterion({"performance": "significantly_degraded"}),
            "enterprise-production": criterion({"enterprise_customers": 1, "environment": "production"}),
            "workaround-cumbersome": criterion(
                {"workaround": "cumbersome", "functionality": "moderate"},
                {"workaround": "cumbersome", "business_impact": "inconvenience"},
                {"workaround": "cumbersome", "customer_impact": "significant"},
                {"workaround": "cumbersome", "broken_feature": "important"},
            ),
            "multiple-tier-2-3": criterion({"tier_2_3_customers": 2}),
        },
        "3": {
            "moderate-functionality": criterion({"functionality": "moderate"}),
            "inconvenience": criterion({"business_impact": "inconvenience"}),
            "customer-significant": criterion({"customer_impact": "significant"}),
            "important-feature": criterion({"broken_feature": "important"}),
        },
        "4": {
            "minor-issue": criterion({"functionality": "minor"}, {"business_impact": "minor_inconvenience"}),
            "cosmetic": criterion({"functionality": "cosmetic"}),
            "feature-request": criterion({"request": "feature_request"}),
            "question": criterion({"request": "question"}),
        },
    },
    "sla": {
        "1": {
            "initial_response": "15m",
            "status_updates": "30m..60m",
            "notify": {"executive-team": "0m..15m", "vp-customer-support": "0m..15m"},
            "resolution": "2h..4h",
        },
        "2": {
            "initial_response": "1h",
            "status_updates": "4h",
            "notify": {"support-manager": "1h"},
            "resolution": "8h..24h",
        },
        "3": {"initial_response": "4h", "status_updates": "1d", "resolution": "2bd..3bd"},
        "4": {"initial_response": "8h..24h", "resolution": "1w..2w"},
    },
    "roster": {
        "1": {
            "escalation-manager": "leads",
            "technical-support-engineer": "assigned",
            "engineering-on-call": "engaged",
            "vp-customer-support": "notified",
            "executive-team": "briefed",
        },
        "2": {
            "escalation-manager": "coordinates",
            "technical-support-engineer": "leads-investigation",
            "support-manager": "notified",
            "engineering": {"duty": "engaged", "when": {"engineering_needed": True}},
            "customer-success-manager": {"duty": "involved", "when": {"strategic_account": True}},
        },
        "3": {"technical-support-engineer": "handles", "escalation-manager": "monitors"},
        "4": {"support": "handles"},
    },
    "covers": {
        "engineering-on-call": ["engineering"],
        "vp-customer-support": ["support-manager"],
        "technical-support-engineer": ["support"],
    },
    "war_room": {
        "severity-1": {"severity": 1},
        "multi-customer": {"customers_affected": 2},
        "regulatory": {"regulatory_issue": True},
        "security": {"security": "issue"},
        "media": {"publicity": "media_attention"},
        "unclear-scope": {"scope_unclear": True},
        "unclear-timeline": {"timeline_unclear": True},
    },
}


def criteria_ids(pack: Data, facts: Data) -> list[str]:
    return [met["id"] for met in classify(pack, facts, questions=False)["criteria"]]


def roster_of(pack: Data, facts: Data) -> list[str]:
    return [f"{row['role']}: {row['duty']}" for row in classify(pack, facts, questions=False)["roster"]]


def asked(pack: Data, facts: Data) -> list[tuple[str, int | None]]:
    return [(question["fact"], question["could_raise_to"]) for question in classify(pack, facts)["questions"]]


HARMLESS: Data = {
    "functionality": "working",
    "performance": "normal",
    "environment": "non_production",
    "workaround": "easy",
    "business_impact": "none",
    "customer_impact": "none",
    "broken_feature": "none",
    "security": "none",
    "data_loss": False,
    "public_outage": False,
    "publicity": "none",
    "enterprise_customers": 0,
    "tier_2_3_customers": 0,
    "other_customers": 0,
    "regulatory_issue": False,
    "scope_unclear": False,
    "timeline_unclear": False,
    "strategic_account": False,
    "engineering_needed": False,
    "request": "defect",
}


# The default pack


@pytest.mark.parametrize(
    ("facts", "expected", "criteria"),
    [
        ({"functionality": "down", "environment": "production"}, 1, ["production-down", "major-functionality"]),
        ({"security": "breach"}, 1, ["security-breach"]),
        ({"data_loss": True}, 1, ["data-loss"]),
        ({"enterprise_customers": 2}, 1, ["multiple-enterprise"]),
        ({"business_impact": "revenue_loss"}, 1, ["revenue-loss", "inconvenience", "minor-issue"]),
        ({"public_outage": True}, 1, ["public-outage"]),
        ({"publicity": "crisis"}, 1, ["pr-crisis"]),
        ({"functionality": "down"}, 2, ["major-functionality"]),
        ({"functionality": "major", "environment": "production"}, 2, ["major-functionality"]),
        ({"broken_feature": "critical"}, 2, ["major-functionality"]),
        ({"performance": "significantly_degraded"}, 2, ["performance-significant"]),
        ({"enterprise_customers": 1, "environment": "production"}, 2, ["enterprise-production"]),
        ({"workaround": "cumbersome", "functionality": "moderate"}, 2, ["workaround-cumbersome"]),
        ({"workaround": "unavailable", "broken_feature": "important"}, 2, ["workaround-cumbersome"]),
        ({"workaround": "cumbersome", "customer_impact": "significant"}, 2, ["workaround-cumbersome"]),
        ({"workaround": "cumbersome", "business_impact": "inconvenience"}, 2, ["workaround-cumbersome"]),
        ({"tier_2_3_customers": 2}, 2, ["multiple-tier-2-3"]),
        ({"functionality": "moderate"}, 3, ["moderate-functionality"]),
        ({"business_impact": "inconvenience"}, 3, ["inconvenience"]),
        ({"customer_impact": "significant"}, 3, ["customer-significant"]),
        ({"broken_feature": "important"}, 3, ["important-feature"]),
        ({"functionality": "minor"}, 4, ["minor-issue"]),
        ({"business_impact": "minor_inconvenience"}, 4, ["minor-issue"]),
        ({"functionality": "cosmetic"}, 4, ["cosmetic"]),
        ({"request": "feature_request"}, 4, ["feature-request"]),
        ({"request": "question"}, 4, ["question"]),
        ({"workaround": "cumbersome", "functionality": "cosmetic"}, 4, ["cosmetic"]),
        ({"workaround": "unavailable"}, 4, []),
        ({"performance": "degraded", "security": "issue", "publicity": "media_attention"}, 4, []),
        ({"enterprise_customers": 1, "tier_2_3_customers": 1, "other_customers": 99}, 4, []),
        ({"request": "defect"}, 4, []),
        ({}, 4, []),
    ],
)
def test_default_criteria(facts: Data, expected: int, criteria: list[str]) -> None:
    """Each row of the table: the criterion is met first, and milder ones that follow from the same fact may be too."""
    result = classify(SUPPORT, HARMLESS | facts)
    assert (result["severity"], result["could_be"]) == (expected, expected)
    ids = [met["id"] for met in result["criteria"]]
    assert ids[: len(criteria[:1])] == criteria[:1]
    assert set(criteria) <= set(ids)
    assert classify(SUPPORT, facts, questions=False)["severity"] == expected


def test_every_criterion_met_worst_first() -> None:
    facts = {"functionality": "down", "environment": "production", "enterprise_customers": 2, "request": "question"}
    assert criteria_ids(SUPPORT, facts) == [
        "production-down",
        "multiple-enterprise",
        "major-functionality",
        "enterprise-production",
        "moderate-functionality",
        "minor-issue",
        "cosmetic",
        "question",
    ]


def test_because_names_the_facts_of_all_floors_reached_in_the_order_of_the_facts() -> None:
    facts = {"broken_feature": "important", "workaround": "unavailable", "functionality": "moderate"}
    met = classify(SUPPORT, facts)["criteria"][0]
    assert met["id"] == "workaround-cumbersome"
    assert list(met["because"].items()) == [
        ("functionality", "moderate"),
        ("workaround", "unavailable"),
        ("broken_feature", "important"),
    ]


def test_default_roster() -> None:
    assert roster_of(SUPPORT, {"data_loss": True, "engineering_needed": True, "strategic_account": True}) == [
        "escalation-manager: leads",
        "technical-support-engineer: assigned",
        "engineering-on-call: engaged",
        "vp-customer-support: notified",
        "executive-team: briefed",
        "customer-success-manager: involved",
    ]
    assert roster_of(SUPPORT, {"functionality": "major", "engineering_needed": True}) == [
        "escalation-manager: coordinates",
        "technical-support-engineer: leads-investigation",
        "support-manager: notified",
        "engineering: engaged",
    ]
    assert roster_of(SUPPORT, {"functionality": "moderate", "engineering_needed": True}) == [
        "technical-support-engineer: handles",
        "escalation-manager: monitors",
    ]
    assert roster_of(SUPPORT, {"strategic_account": True}) == ["support: handles"]


@pytest.mark.parametrize(
    ("facts", "because"),
    [
        ({"data_loss": True}, ["severity-1"]),
        ({"enterprise_customers": 1, "other_customers": 1}, ["multi-customer"]),
        ({"other_customers": 1}, []),
        ({"regulatory_issue": True}, ["regulatory"]),
        ({"security": "issue"}, ["security"]),
        ({"publicity": "media_attention"}, ["media"]),
        ({"scope_unclear": True}, ["unclear-scope"]),
        ({"timeline_unclear": True}, ["unclear-timeline"]),
        ({"timeline_unclear": True, "security": "breach"}, ["severity-1", "security", "unclear-timeline"]),
    ],
)
def test_default_war_room(facts: Data, because: list[str]) -> None:
    assert classify(SUPPORT, facts, questions=False)["war_room"] == {"activate": bool(because), "because": because}


def test_the_whole_shape() -> None:
    opened = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)
    facts = HARMLESS | {"performance": "significantly_degraded"}
    del facts["security"]
    result = classify(SUPPORT, facts, opened_at=opened, id="T-17")
    assert list(result) == [
        "schema",
        "id",
        "severity",
        "name",
        "could_be",
        "criteria",
        "sla",
        "roster",
        "war_room",
        "questions",
        "pack",
    ]
    assert result == {
        "schema": 1,
        "id": "T-17",
        "severity": 2,
        "name": "High",
        "could_be": 1,
        "criteria": [
            {
                "id": "performance-significant",
                "severity": 2,
                "text": "It is so",
                "because": {"performance": "significantly_degraded"},
            }
        ],
        "sla": {
            "opened_at": "2026-03-02T14:23:00Z",
            "initial_response": {
                "target": "1h",
                "limit": "1h",
                "target_s": 3600,
                "limit_s": 3600,
                "due": "2026-03-02T15:23:00Z",
                "limit_at": "2026-03-02T15:23:00Z",
            },
            "status_updates": {
                "target": "4h",
                "limit": "4h",
                "target_s": 14400,
                "limit_s": 14400,
                "due": "2026-03-02T18:23:00Z",
                "limit_at": "2026-03-02T18:23:00Z",
            },
            "notifications": [
                {
                    "role": "support-manager",
                    "target": "1h",
                    "limit": "1h",
                    "target_s": 3600,
                    "limit_s": 3600,
                    "due": "2026-03-02T15:23:00Z",
                    "limit_at": "2026-03-02T15:23:00Z",
                }
            ],
            "resolution": {
                "target": "8h",
                "limit": "24h",
                "target_s": 28800,
                "limit_s": 86400,
                "due": "2026-03-02T22:23:00Z",
                "limit_at": "2026-03-03T14:23:00Z",
            },
        },
        "roster": [
            {"role": "escalation-manager", "duty": "coordinates"},
            {"role": "technical-support-engineer", "duty": "leads-investigation"},
            {"role": "support-manager", "duty": "notified"},
        ],
        "war_room": {"activate": False, "because": []},
        "questions": [{"fact": "security", "ask": "How bad is it?", "could_raise_to": 1}],
        "pack": {"name": "support", "version": "1.0.0"},
    }


def test_without_questions_all_else_is_the_same() -> None:
    whole = classify(SUPPORT, {"functionality": "major"})
    del whole["questions"]
    assert classify(SUPPORT, {"functionality": "major"}, questions=False) == whole


def test_default_questions_with_nothing_known() -> None:
    """Counts of floors that name each fact, by hand from the table; the sum is never asked."""
    assert asked(SUPPORT, {}) == [
        ("functionality", 1),  # production-down, major, workaround, moderate, minor, cosmetic: 6
        ("business_impact", 1),  # revenue-loss, workaround, inconvenience, minor: 4
        ("environment", 1),  # production-down, enterprise-production: 2
        ("enterprise_customers", 1),  # multiple-enterprise, enterprise-production: 2
        ("security", 1),  # 1 each from here
        ("data_loss", 1),
        ("public_outage", 1),
        ("publicity", 1),
        ("workaround", 2),  # 4
        ("broken_feature", 2),  # major, workaround, important: 3
        ("customer_impact", 2),  # workaround, significant: 2
        ("performance", 2),  # 1 each
        ("tier_2_3_customers", 2),
        ("other_customers", None),  # 0, in the pack's order
        ("regulatory_issue", None),
        ("scope_unclear", None),
        ("timeline_unclear", None),
        ("strategic_account", None),
        ("engineering_needed", None),
    ]


def test_default_questions_at_severity_1() -> None:
    """No answer changes the severity, and the war room is open. engineering-on-call covers engineering."""
    assert asked(SUPPORT, {"data_loss": True}) == [("strategic_account", None)]


def test_default_questions_below_severity_1() -> None:
    """The environment alone decides between Sev 2 and Sev 1."""
    facts = HARMLESS | {"functionality": "down", "environment": None, "workaround": None, "customer_impact": None}
    assert asked(SUPPORT, facts) == [("environment", 1)]


# Severity, could_be and the scales


def test_levels_flags_and_counts() -> None:
    pack = small_pack(
        {"breadth": levels("one", "some", "all"), "lost": flag(), "calls": count()},
        {"1": {"a": criterion({"breadth": "all", "lost": True})}, "2": {"b": criterion({"calls": 3})}},
    )
    assert severity(pack, {"breadth": "all", "lost": True}) == 1
    assert severity(pack, {"breadth": "all", "lost": False, "calls": 2}) == 3
    assert severity(pack, {"breadth": "some", "lost": True, "calls": 3}) == 2
    assert severity(pack, {"calls": 4}) == 2
    assert could_be(pack, {"calls": 4}) == 1
    assert could_be(pack, {"lost": False, "calls": 4}) == 2
    assert could_be(pack, {"breadth": "some"}) == 2
    assert could_be(pack, {"breadth": "some", "calls": 0}) == 3


def test_measures_cut_at_the_level_whichever_way_is_worse() -> None:
    pack = small_pack(
        {"latency": measure("higher", **{"from": 0, "to": 60}), "uptime": measure("lower"), "rest": measure("lower")},
        {"1": {"a": criterion({"latency": 2.5})}, "2": {"b": criterion({"uptime": 99.5, "rest": -1})}},
    )
    assert severity(pack, {"latency": 2.5}) == 1
    assert severity(pack, {"latency": 2.4999}) == 3
    assert severity(pack, {"uptime": 99.5, "rest": -2}) == 2
    assert severity(pack, {"uptime": 99.6, "rest": -2}) == 3
    assert could_be(pack, {"latency": 0}) == 2
    assert could_be(pack, {"latency": 0, "uptime": 100}) == 3
    assert asked(pack, {"latency": 0}) == [("uptime", 2), ("rest", 2)]
    assert asked(pack, {"latency": 0, "uptime": 100}) == []


def test_severities_are_ordered_by_number() -> None:
    pack = small_pack({"lost": flag()}, {"2": {"b": criterion({"lost": True})}, "1": {"a": criterion({"lost": True})}})
    assert severity(pack, {"lost": True}) == 1
    assert criteria_ids(pack, {"lost": True}) == ["a", "b"]


def test_a_pack_without_criteria_or_anything_else() -> None:
    pack = {"name": "none", "version": "1.0.0", "severities": {"1": "Only"}, "facts": {"lost": flag()}}
    assert classify(pack, {}) == {
        "schema": 1,
        "id": None,
        "severity": 1,
        "name": "Only",
        "could_be": 1,
        "criteria": [],
        "sla": {
            "opened_at": None,
            "initial_response": None,
            "status_updates": None,
            "notifications": [],
            "resolution": None,
        },
        "roster": [],
        "war_room": {"activate": False, "because": []},
        "questions": [],
        "pack": {"name": "none", "version": "1.0.0"},
    }


SUMS = small_pack(
    {"big": count(), "small": count(), "all": sum_of("big", "small"), "live": flag()},
    {"1": {"many": criterion({"all": 4, "live": True})}, "2": {"few": criterion({"all": 3}, {"big": 2})}},
)


def test_unknown_parts_of_a_sum_count_nothing_for_severity_and_without_bound_for_could_be() -> None:
    assert severity(SUMS, {"big": 1, "small": 1}) == 3
    assert severity(SUMS, {"big": 1, "small": 2}) == 2
    assert severity(SUMS, {"small": 3}) == 2
    assert severity(SUMS, {"small": 4, "live": True}) == 1
    assert could_be(SUMS, {"small": 0}) == 1
    assert could_be(SUMS, {"small": 0, "live": False}) == 2
    assert could_be(SUMS, {"big": 1, "small": 1}) == 3
    assert could_be(SUMS, {"big": 1, "small": 2}) == 2
    assert could_be(SUMS, {"big": 2, "small": 2}) == 1


def test_because_of_a_sum_is_the_sum_of_its_known_parts() -> None:
    assert classify(SUMS, {"small": 3})["criteria"][0]["because"] == {"all": 3}
    assert list(classify(SUMS, {"small": 3, "big": 2})["criteria"][0]["because"].items()) == [("big", 2), ("all", 5)]


def test_questions_through_a_sum() -> None:
    """The floor on the sum names the sum: only `big` is named by a floor, once; `live` once; `small` never."""
    assert asked(SUMS, {}) == [("big", 1), ("live", 1), ("small", 1)]
    assert asked(SUMS, {"live": False}) == [("big", 2), ("small", 2)]
    assert asked(SUMS, {"live": False, "big": 1}) == [("small", 2)]
    assert asked(SUMS, {"live": False, "big": 2}) == []
    assert asked(SUMS, {"big": 2, "small": 1}) == []
    assert asked(SUMS, {"big": 2, "small": 2}) == [("live", 1)]


def test_labels_never_change_the_severity() -> None:
    pack = small_pack(
        {"kind": label("question", "wish"), "lost": flag()},
        {"1": {"a": criterion({"lost": True})}, "3": {"q": criterion({"kind": "question"})}},
        roster={"3": {"desk": {"duty": "answers", "when": {"kind": "wish"}}}},
    )
    assert criteria_ids(pack, {"kind": "question"}) == ["q"]
    assert roster_of(pack, {"kind": "wish"}) == ["desk: answers"]
    assert roster_of(pack, {"kind": "wish", "lost": True}) == ["desk: answers"]
    assert asked(pack, {}) == [("lost", 1), ("kind", None)]
    worst = classify(pack, {}, assume="worst")
    assert (worst["severity"], worst["roster"]) == (1, [])
    assert [met["id"] for met in worst["criteria"]] == ["a"]


def test_a_label_that_no_roster_row_tests_is_not_asked() -> None:
    pack = small_pack({"kind": label("question", "wish")}, {"3": {"q": criterion({"kind": "question"})}})
    assert asked(pack, {}) == []


# Assume the worst


def test_assume_worst() -> None:
    pack = small_pack(
        {
            "calm": flag(),
            "breadth": levels("one", "all"),
            "big": count(),
            "small": count(),
            "all": sum_of("big", "small"),
        },
        {
            "1": {"a": criterion({"breadth": "all", "all": 2})},
            "2": {"b": criterion({"breadth": "all"}, {"big": 1})},
            "3": {"c": criterion({"calm": True})},
        },
        sla={"1": {"initial_response": "5m"}, "3": {"initial_response": "1h"}},
        roster={"1": {"chief": "leads"}, "3": {"desk": {"duty": "helps", "when": {"small": 1}}}},
        war_room={"worst": {"severity": 1}, "calls": {"small": 9}},
    )
    facts = {"big": 1, "calm": False}
    known, worst = classify(pack, facts), classify(pack, facts, assume="worst")
    assert (known["severity"], known["could_be"], known["roster"]) == (2, 1, [])
    assert (worst["severity"], worst["could_be"], worst["name"]) == (1, 1, "Critical")
    assert [(met["id"], met["because"]) for met in worst["criteria"]] == [
        ("a", {"breadth": None, "all": None}),
        ("b", {"breadth": None, "big": 1}),
    ]
    assert worst["sla"]["initial_response"]["target"] == "5m"
    assert worst["roster"] == [{"role": "chief", "duty": "leads"}, {"role": "desk", "duty": "helps"}]
    assert worst["war_room"] == {"activate": True, "because": ["worst", "calls"]}
    assert worst["questions"] == known["questions"]
    assert asked(pack, facts) == [("breadth", 1), ("small", 1)]
    full = {"big": 1, "small": 2, "breadth": "all", "calm": True}
    assert classify(pack, full, assume="worst") == classify(pack, full)
    assert classify(pack, full)["criteria"][0]["because"] == {"breadth": "all", "all": 3}


# SLA


SLA = small_pack(
    {"grade": levels("low", "middle", "high")},
    {"1": {"a": criterion({"grade": "high"})}, "2": {"b": criterion({"grade": "middle"})}},
    sla={
        "1": {"resolution": "1bd..2bd", "notify": {"chief": "2h..3h"}},
        "2": {"initial_response": "30m..2h", "notify": {"guard": "1h", "clerk": "4h"}},
        "3": {"initial_response": "1h", "resolution": "10h..20h", "notify": {"aide": "0m..90m", "clerk": "1h..5h"}},
    },
    covers={"chief": ["deputy", "guard"], "deputy": ["aide"]},
)


def test_a_severity_without_a_target_has_that_of_the_next_milder_one() -> None:
    result = classify(SLA, {"grade": "high"})["sla"]
    assert result["initial_response"] == {
        "target": "30m",
        "limit": "2h",
        "target_s": 1800,
        "limit_s": 7200,
        "due": None,
        "limit_at": None,
    }
    assert result["status_updates"] is None
    assert (result["resolution"]["target"], result["resolution"]["limit"]) == ("1bd", "2bd")
    assert (result["resolution"]["target_s"], result["resolution"]["limit_s"]) == (None, None)
    assert classify(SLA, {"grade": "middle"})["sla"]["resolution"]["limit_s"] == 72000


def test_a_milder_severity_that_asks_for_more_is_owed_too() -> None:
    """Friday 15:00: one business day ends Monday 15:00, but the mildest severity's 10 and 20 hours end before."""
    opened = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
    result = classify(SLA, {"grade": "high"}, opened_at=opened)["sla"]
    assert (result["resolution"]["target"], result["resolution"]["due"]) == ("1bd", "2026-03-07T01:00:00Z")
    assert result["resolution"]["limit_at"] == "2026-03-07T11:00:00Z"
    assert result["initial_response"]["due"] == "2026-03-06T15:30:00Z"
    assert (result["initial_response"]["limit"], result["initial_response"]["limit_at"]) == (
        "2h",
        "2026-03-06T16:00:00Z",
    )


def test_notifications_add_up_and_a_cover_owes_what_it_covers() -> None:
    """The chief covers guard, and aide through deputy: it owes their figures beside its own."""
    opened = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
    rows = classify(SLA, {"grade": "high"}, opened_at=opened)["sla"]["notifications"]
    assert rows == [
        {
            "role": "chief",
            "target": "2h",
            "limit": "3h",
            "target_s": 7200,
            "limit_s": 10800,
            "due": "2026-03-06T15:00:00Z",
            "limit_at": "2026-03-06T16:00:00Z",
        },
        {
            "role": "clerk",
            "target": "4h",
            "limit": "4h",
            "target_s": 14400,
            "limit_s": 14400,
            "due": "2026-03-06T16:00:00Z",
            "limit_at": "2026-03-06T19:00:00Z",
        },
    ]
    assert [row["role"] for row in classify(SLA, {"grade": "middle"})["sla"]["notifications"]] == [
        "guard",
        "clerk",
        "aide",
    ]


def test_a_covered_role_with_a_row_of_its_own_keeps_its_figure_to_itself() -> None:
    pack = small_pack(
        {"lost": flag()},
        {"1": {"a": criterion({"lost": True})}},
        sla={"1": {"notify": {"guard": "1h"}}, "2": {"notify": {"chief": "8h"}}, "3": {"notify": {"aide": "4h"}}},
        covers={"chief": ["guard", "aide"]},
    )
    rows = classify(pack, {"lost": True}, opened_at=datetime(2026, 3, 6, tzinfo=UTC))["sla"]["notifications"]
    assert [(row["role"], row["limit"], row["limit_at"]) for row in rows] == [
        ("guard", "1h", "2026-03-06T01:00:00Z"),
        ("chief", "8h", "2026-03-06T04:00:00Z"),
    ]


def test_default_notifications_at_severity_1() -> None:
    opened = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
    rows = classify(SUPPORT, {"data_loss": True}, opened_at=opened, questions=False)["sla"]["notifications"]
    assert [(row["role"], row["due"], row["limit_at"]) for row in rows] == [
        ("executive-team", "2026-03-06T15:00:00Z", "2026-03-06T15:15:00Z"),
        ("vp-customer-support", "2026-03-06T15:00:00Z", "2026-03-06T15:15:00Z"),
    ]


def due_of(figure: str, opened_at: datetime) -> str | None:
    """When a resolution of this figure is due."""
    pack = small_pack({"lost": flag()}, {}, sla={"3": {"resolution": figure}})
    due: str | None = classify(pack, {}, opened_at=opened_at)["sla"]["resolution"]["due"]
    return due


@pytest.mark.parametrize(
    ("figure", "opened", "due"),
    [
        ("2bd", "2026-03-04T12:00:00Z", "2026-03-06T12:00:00Z"),  # Wednesday
        ("2bd", "2026-03-07T12:00:00Z", "2026-03-10T17:00:00Z"),  # Saturday
        ("1bd", "2026-03-06T09:00:00Z", "2026-03-06T17:00:00Z"),  # Friday at opening time
        ("1bd", "2026-03-06T17:00:00Z", "2026-03-09T17:00:00Z"),  # Friday at closing time
        ("1bd", "2026-03-06T03:00:00Z", "2026-03-06T17:00:00Z"),  # Friday before opening time
        ("1bd", "2026-03-06T16:59:59.999999Z", "2026-03-09T16:59:59.999999Z"),
        ("5bd", "2026-03-04T10:00:00Z", "2026-03-11T10:00:00Z"),
        ("1bh", "2026-03-06T16:30:00Z", "2026-03-09T09:30:00Z"),
        ("8bh", "2026-03-06T09:00:00Z", "2026-03-06T17:00:00Z"),
        ("9bh", "2026-03-06T09:00:00.000001Z", "2026-03-09T10:00:00.000001Z"),
        ("0bh..2bh", "2026-03-07T12:00:00Z", "2026-03-07T12:00:00Z"),
        ("90m", "2026-03-06T23:00:00.500000Z", "2026-03-07T00:30:00.500000Z"),
        ("1d..1w", "2026-02-28T00:00:00Z", "2026-03-01T00:00:00Z"),
        ("2w", "2026-03-07T01:02:03Z", "2026-03-21T01:02:03Z"),
    ],
)
def test_instants(figure: str, opened: str, due: str) -> None:
    assert due_of(figure, datetime.fromisoformat(opened)) == due


def test_business_time_is_utc_whatever_the_zone_of_the_opening() -> None:
    """Friday 23:00 at UTC-5 is Saturday 04:00 in UTC."""
    opened = datetime(2026, 3, 6, 23, 0, tzinfo=timezone(timedelta(hours=-5)))
    assert due_of("1bh", opened) == "2026-03-09T10:00:00Z"
    pack = small_pack({"lost": flag()}, {})
    assert classify(pack, {}, opened_at=opened)["sla"]["opened_at"] == "2026-03-07T04:00:00Z"


def test_an_instant_beyond_the_year_9999_is_refused_unless_an_earlier_one_is_owed() -> None:
    opened = datetime(9999, 12, 31, 23, 0, tzinfo=UTC)
    with pytest.raises(OverflowError):
        due_of("1d", opened)
    with pytest.raises(OverflowError):
        due_of("9007199254740991w", opened)
    pack = small_pack(
        {"lost": flag()},
        {"1": {"a": criterion({"lost": True})}},
        sla={"1": {"resolution": "1bd"}, "3": {"resolution": "30m"}},
    )
    result = classify(pack, {"lost": True}, opened_at=opened)
    assert result["sla"]["resolution"]["due"] == "9999-12-31T23:30:00Z"


# Roster and war room


def test_covering_is_transitive_and_comes_too_late_for_a_role_already_there() -> None:
    pack = small_pack(
        {"lost": flag(), "late": flag()},
        {"1": {"a": criterion({"lost": True})}, "2": {"b": criterion({"late": True})}},
        roster={
            "1": {"chief": "leads"},
            "2": {"aide": "helps", "deputy": "leads", "chief": "watches"},
            "3": {"aide": "sits", "guard": {"duty": "stands", "when": [{"late": True}, {"lost": True}]}},
        },
        covers={"chief": ["deputy"], "deputy": ["aide"]},
    )
    assert roster_of(pack, {"lost": True}) == ["chief: leads", "guard: stands"]
    assert roster_of(pack, {"late": True}) == ["aide: helps", "deputy: leads", "chief: watches", "guard: stands"]
    assert roster_of(pack, {}) == ["aide: sits"]


def test_a_row_that_does_not_hold_covers_nobody() -> None:
    pack = small_pack(
        {"late": flag()},
        {},
        roster={"3": {"chief": {"duty": "leads", "when": {"late": True}}, "aide": "helps"}},
        covers={"chief": ["aide"]},
    )
    assert roster_of(pack, {}) == ["aide: helps"]
    assert roster_of(pack, {"late": True}) == ["chief: leads"]
    assert asked(pack, {}) == [("late", None)]


def test_a_war_room_floor_may_name_severity_with_facts() -> None:
    pack = small_pack(
        {"grade": levels("low", "middle", "high"), "loud": flag()},
        {"1": {"a": criterion({"grade": "high"})}, "2": {"b": criterion({"grade": "middle"})}},
        war_room={"noise": [{"severity": 2, "loud": True}, {"severity": 1}], "worst": {"severity": 1}},
    )
    assert classify(pack, {"loud": True})["war_room"] == {"activate": False, "because": []}
    assert classify(pack, {"loud": True, "grade": "middle"})["war_room"]["because"] == ["noise"]
    assert classify(pack, {"loud": True, "grade": "high"})["war_room"]["because"] == ["noise", "worst"]
    assert asked(pack, {"grade": "middle"}) == [("loud", None)]
    assert asked(pack, {"grade": "high"}) == []
    assert asked(pack, {"grade": "low"}) == []
    assert asked(pack, {}) == [("grade", 1), ("loud", None)]


# Questions


def test_the_order_of_questions() -> None:
    """Worst first, null last; then the floors named that no known fact blocks; then the pack's order."""
    pack = small_pack(
        {"shut": flag(), "one": flag(), "two": flag(), "three": flag(), "four": flag(), "room": flag()},
        {
            "1": {"a": criterion({"four": True}), "b": criterion({"three": True})},
            "2": {
                "c": criterion({"one": True}),
                "d": criterion({"two": True}, {"two": True, "three": True}),
                "e": criterion({"one": True, "shut": True}),
                "f": criterion({"one": True, "shut": True, "two": True}),
                "g": criterion({"shut": True, "four": True}),
            },
        },
        war_room={"room": {"room": True}},
    )
    assert asked(pack, {}) == [
        ("three", 1),  # b, d: 2
        ("four", 1),  # a, g: 2
        ("one", 2),  # c, e, f: 3, as two has (d twice, f)
        ("two", 2),
        ("room", None),
    ]
    assert asked(pack, {"shut": False}) == [
        ("three", 1),
        ("four", 1),
        ("two", 2),  # d twice
        ("one", 2),  # c
        ("room", None),
    ]


def test_a_known_sum_blocks_a_floor_and_an_unknown_one_does_not() -> None:
    pack = small_pack(
        {"left": count(), "right": count(), "both": sum_of("left", "right"), "one": flag(), "two": flag()},
        {"2": {"a": criterion({"one": True}), "b": criterion({"two": True}), "c": criterion({"two": True, "both": 2})}},
    )
    assert asked(pack, {"left": 0}) == [("two", 2), ("one", 2)]
    assert asked(pack, {"left": 0, "right": 1}) == [("one", 2), ("two", 2)]


def test_could_raise_to_is_what_the_answer_itself_gives() -> None:
    """`part` decides between 3 and 2 only; that another fact may make it 1 is not its doing."""
    pack = small_pack(
        {"part": flag(), "other": flag(), "third": flag()},
        {
            "1": {"a": criterion({"other": True, "third": True})},
            "2": {"b": criterion({"part": True, "other": True})},
        },
    )
    assert asked(pack, {}) == [("other", 1), ("third", 1), ("part", 2)]
    assert asked(pack, {"other": True, "third": True}) == []
    assert asked(pack, {"other": False}) == []


def test_a_fact_hidden_behind_a_worse_floor_is_not_asked() -> None:
    """Whatever `late` says, `lost` has already decided."""
    pack = small_pack(
        {"lost": flag(), "late": flag()},
        {"1": {"a": criterion({"lost": True})}, "2": {"b": criterion({"late": True})}},
    )
    assert asked(pack, {"lost": True}) == []
    assert asked(pack, {"late": True}) == [("lost", 1)]


def test_one_order_of_the_same_roster_differs_from_another() -> None:
    """At 2 the chief stands first, at 3 the aide does: the severity changes the list though not its members."""
    pack = small_pack(
        {"late": flag(), "tired": flag()},
        {"2": {"a": criterion({"late": True})}},
        roster={"2": {"chief": {"duty": "on", "when": {"tired": True}}}, "3": {"aide": "on", "chief": "on"}},
    )
    assert asked(pack, {"late": True}) == [("tired", None)]
    assert asked(pack, {"late": False}) == []


def test_too_large_a_search_is_refused() -> None:
    big = 2**53 - 1
    pack = small_pack(
        {"left": count(), "right": count(), "both": sum_of("left", "right")}, {"1": {"a": criterion({"both": big})}}
    )
    assert could_be(pack, {}) == 1
    for search in (questions_for, questions_by_completions, could_be_by_completions):
        with pytest.raises(ValueError, match="too many completions"):
            search(pack, {})
    alone = small_pack({"left": count()}, {"1": {"a": criterion({"left": big})}})
    assert asked(alone, {}) == [("left", 1)]


# The two ways to find the same, over packs at random


def random_pack(rng: random.Random) -> Data:
    """A pack of a few facts of every scale, with floors at random."""
    facts: Data = {
        "grade": levels("low", "middle", "high"),
        "lost": flag(),
        "left": count(),
        "right": count(),
        "both": sum_of("left", "right"),
        "late": measure("higher", **({"from": 0} if rng.random() < 0.5 else {})),
        "free": measure("lower", **({"from": 0, "to": 9} if rng.random() < 0.5 else {})),
        "kind": label("question", "wish"),
    }
    names = rng.sample(list(facts), len(facts))
    facts = {name: facts[name] for name in names}

    def floor(*, mild: bool, war: bool = False) -> Data:
        chosen: Data = {}
        options: Data = {
            "grade": ["middle", "high"],
            "lost": [True],
            "left": [1, 2, 3],
            "right": [1, 2],
            "both": [1, 2, 3, 4],
            "late": [1, 2.5],
            "free": [8, 1],
        }
        if mild:
            options["kind"] = ["question", "wish"]
        if war:
            options["severity"] = [1, 2]
        for name in rng.sample(list(options), rng.choice([1, 1, 2, 3])):
            chosen[name] = rng.choice(options[name])
        return chosen

    def when(*, mild: bool, war: bool = False) -> Data | list[Data]:
        floors = [floor(mild=mild, war=war) for _ in range(rng.choice([1, 1, 2, 3]))]
        return floors[0] if len(floors) == 1 else floors

    roles = ["chief", "deputy", "guard", "aide"]
    roster: Data = {}
    criteria: Data = {}
    for number in ("1", "2", "3"):
        mild = number == "3"
        criteria[number] = {
            f"c{number}{place}": {"text": "It is so", "when": when(mild=mild)} for place in range(rng.randint(0, 2))
        }
        roster[number] = {
            role: "helps" if rng.random() < 0.4 else {"duty": "leads", "when": when(mild=mild)}
            for role in rng.sample(roles, rng.randint(0, 2))
        }
    reasons = {f"w{place}": when(mild=False, war=True) for place in range(rng.randint(0, 2))}
    covers = {"chief": ["deputy"], "deputy": ["aide"]} if rng.random() < 0.7 else {}
    return small_pack(facts, criteria, roster=roster, covers=covers, war_room=reasons)


def random_facts(rng: random.Random) -> Data:
    values: Data = {
        "grade": ["low", "middle", "high"],
        "lost": [False, True],
        "left": [0, 1, 2, 5],
        "right": [0, 1, 2],
        "late": [0, 1, 2, 3],
        "free": [0, 1, 5, 9],
        "kind": ["question", "wish"],
    }
    return {name: rng.choice([*some, None, None]) for name, some in values.items() if rng.random() < 0.7}


@pytest.mark.parametrize("seed", range(150))
def test_questions_and_could_be_agree_with_the_plain_definitions(seed: int) -> None:
    rng = random.Random(seed)
    pack, facts = random_pack(rng), random_facts(rng)
    assert could_be(pack, facts) == could_be_by_completions(pack, facts)
    assert questions_for(pack, facts) == questions_by_completions(pack, facts)
    assert classify(pack, facts, assume="worst")["severity"] == could_be(pack, facts)
