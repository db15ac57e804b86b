"""The default pack's severity as somebody would write it by hand: the baseline for the evaluator."""

from __future__ import annotations

from sevclass import IncidentFacts


def severity(facts: IncidentFacts) -> int:  # noqa: PLR0911 - that is what rules by hand look like
    """The severity alone: nothing is explained, and nothing is said of unknown facts."""
    if facts.functionality == "down" and facts.environment == "production":
        return 1
    if facts.security == "breach" or facts.data_loss:
        return 1
    if facts.enterprise_customers is not None and facts.enterprise_customers >= 2:  # noqa: PLR2004 - as the rule has it
        return 1
    if facts.business_impact == "revenue_loss" or facts.public_outage or facts.publicity == "crisis":
        return 1
    if facts.functionality in {"major", "down"} or facts.broken_feature == "critical":
        return 2
    if facts.performance == "significantly_degraded":
        return 2
    if facts.enterprise_customers is not None and facts.enterprise_customers >= 1 and facts.environment == "production":
        return 2
    felt = (
        facts.functionality == "moderate"
        or facts.business_impact == "inconvenience"
        or facts.customer_impact == "significant"
        or facts.broken_feature == "important"
    )
    if felt and facts.workaround in {"cumbersome", "unavailable"}:
        return 2
    if facts.tier_2_3_customers is not None and facts.tier_2_3_customers >= 2:  # noqa: PLR2004 - as the rule has it
        return 2
    return 3 if felt else 4
