"""`IncidentFacts`: the facts of the default pack as a typed model, for editors and type checkers.

Held equal to `rules/support/facts.yaml` by a test.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, TypeAlias

from pydantic import BaseModel, Field

from sevclass.scales import COUNT_MAX

CountValue: TypeAlias = Annotated[int, Field(ge=0, le=COUNT_MAX)]


class FactsModel(BaseModel, strict=True, extra="forbid", frozen=True):
    """The base of every pack's model of facts: strict, frozen, and nothing but the pack's facts; None is unknown."""

    # Ways around validation that pydantic leaves open; a model of facts is trusted, so they check as well.

    @classmethod
    def model_construct(cls, /, _fields_set: set[str] | None = None, **values: Any) -> Self:
        """A checked model, like the class itself.

        Raises pydantic's ValidationError.
        """
        return cls.model_validate(values)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:  # noqa: ARG002
        """A copy with some facts changed, checked like any other.

        Raises pydantic's ValidationError.
        """
        given = {name: getattr(self, name) for name in self.model_fields_set}
        return type(self).model_validate({**given, **(update or {})})

    def copy(self, **changes: Any) -> Self:
        """Pydantic's old name for `model_copy`, without its `include` and `exclude`.

        Raises pydantic's ValidationError.
        """
        return self.model_copy(**changes)


class IncidentFacts(FactsModel, frozen=True):
    """What is known of an incident, for the pack `support`. None, or leaving a fact out, means unknown.

    Raises pydantic's ValidationError on anything that is not a value of the fact's scale.
    """

    functionality: Literal["working", "cosmetic", "minor", "moderate", "major", "down"] | None = None
    performance: Literal["normal", "degraded", "significantly_degraded"] | None = None
    environment: Literal["non_production", "production"] | None = None
    workaround: Literal["easy", "cumbersome", "unavailable"] | None = None
    business_impact: Literal["none", "minor_inconvenience", "inconvenience", "revenue_loss"] | None = None
    customer_impact: Literal["none", "noticeable", "significant"] | None = None
    broken_feature: Literal["none", "optional", "important", "critical"] | None = None
    security: Literal["none", "issue", "breach"] | None = None
    data_loss: bool | None = None
    public_outage: bool | None = None
    publicity: Literal["none", "media_attention", "crisis"] | None = None
    enterprise_customers: CountValue | None = None
    tier_2_3_customers: CountValue | None = None
    other_customers: CountValue | None = None
    regulatory_issue: bool | None = None
    scope_unclear: bool | None = None
    timeline_unclear: bool | None = None
    strategic_account: bool | None = None
    engineering_needed: bool | None = None
    request: Literal["question", "feature_request", "defect"] | None = None
