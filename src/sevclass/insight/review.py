"""The review after an incident, as a typed model: what `post_incident_review.yaml` holds.

Every part may be left out, since a review grows; `review_check` says what it lacks. What else stands in the file is
the team's own, and kept.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, TypeAdapter, model_serializer
from pydantic_core import PydanticCustomError

from sevclass.incident.events import Due, Words
from sevclass.incident.records import ActionState
from sevclass.insight.gaps import has_gap
from sevclass.instants import instant_text

ROOT = "post_incident_review"
"""The key that all of it stands below."""

_SEVERITY = re.compile(r"(?:sev(?:erity)?[ -]?)?([1-9][0-9]?)", re.IGNORECASE | re.ASCII)
_CUSTOMERS = re.compile(r"(at least )?(0|[1-9][0-9]{0,15})", re.IGNORECASE | re.ASCII)
_IN_BRACKETS = re.compile(r"\s*\[(?P<key>owner|due):\s*(?P<value>[^\]]*[^\]\s])\s*\]\s*\Z", re.IGNORECASE)
_SHORT = 2_000
"""How far from the end of an action item brackets are looked for."""
_DUE: TypeAdapter[date | datetime] = TypeAdapter(Due)


def _refused(wanted: str, hint: str) -> PydanticCustomError:
    return PydanticCustomError("wrong_type", "is not {wanted}\n{hint}", {"wanted": wanted, "hint": hint})


def _as_severity(value: object) -> object:
    match = _SEVERITY.fullmatch(str(value).strip()) if type(value) in {int, str} else None
    if match is None:
        raise _refused("a severity", "as `Sev 1`")
    return int(match[1])


def _as_customers(value: object) -> object:
    if isinstance(value, str) and has_gap(value):
        return value
    match = _CUSTOMERS.fullmatch(str(value).strip()) if type(value) in {int, str} else None
    if match is None:
        raise _refused("a number of customers", "as `87`, or `at least 87` where more is unknown")
    return f"at least {match[2]}" if match[1] else int(match[2])


def _as_confidence(value: object) -> object:
    if isinstance(value, str) and has_gap(value):
        return value
    folded = value.strip().casefold() if isinstance(value, str) else None
    if folded not in {"low", "medium", "high"}:
        raise _refused("`low`, `medium` or `high`", "how sure you are that it stays away")
    return folded


def _as_due(value: object) -> object:
    return value if isinstance(value, str) and has_gap(value) else _DUE.validate_python(value)


def _due_text(value: date | datetime | str) -> str:
    if isinstance(value, str):
        return value
    return instant_text(value) if isinstance(value, datetime) else value.isoformat()


def _as_impact(value: object) -> object:
    return {"text": value} if isinstance(value, str) else value


def _as_item(value: object) -> object:
    return of_text(value) if isinstance(value, str) else value


def of_text(text: str) -> dict[str, Any]:
    """The owner and the day that stand in brackets at the end of a text, and what stands before."""
    fields: dict[str, Any] = {}
    head, tail = text[:-_SHORT], text[-_SHORT:]
    while match := _IN_BRACKETS.search(tail):
        fields.setdefault(match["key"].lower(), match["value"])
        tail = tail[: match.start()]
    return {"text": head + tail, **fields}


class _ReviewPart(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class BusinessImpact(_ReviewPart):
    """What it meant for the business; with an amount, in a currency, where one is known."""

    text: Words
    amount: Annotated[int | float, Field(ge=0, allow_inf_nan=False)] | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["EUR", "USD"])] | None = None

    @model_serializer(mode="wrap")
    def _short(self, handler: Any) -> Any:  # noqa: ANN401 - as pydantic has it
        """A text alone where there is nothing else."""
        full = handler(self)
        return self.text if self.amount is None and self.currency is None else full


class RootCause(_ReviewPart):
    """What happened, why it did, and why nobody saw it coming."""

    what_happened: Words | None = None
    why_happened: Words | None = None
    why_not_caught: Words | None = None


class ActionItem(_ReviewPart):
    """Something that is to be done so that it does not happen again."""

    text: Words
    owner: Words | None = None
    due: (
        Annotated[
            date | datetime | str,
            BeforeValidator(_as_due, json_schema_input_type=str),
            PlainSerializer(_due_text),
        ]
        | None
    ) = Field(default=None, description="A day, or an instant.")
    state: Literal["open", "done", "dropped"] | None = None
    kind: Literal["prevention", "promise", "request"] | None = None
    for_: Words | None = Field(default=None, alias="for", description="The customer.")
    id: Words | None = Field(default=None, description="By which the log names it.")

    @classmethod
    def of(cls, action: ActionState) -> ActionItem | None:
        """An action of a log; None if it says nothing."""
        if action.text is None:
            return None
        given = {
            "text": action.text,
            "owner": action.owner,
            "due": action.due,
            "state": action.state,
            "kind": None if action.kind == "prevention" else action.kind,
            "for": action.customer,
            "id": action.id,
        }
        return cls.model_validate(given)


_Severity: TypeAlias = Annotated[
    int,
    BeforeValidator(_as_severity, json_schema_input_type=int | str),
    PlainSerializer(lambda severity: f"Sev {severity}", return_type=str),
]
_Customers: TypeAlias = Annotated[int | str, BeforeValidator(_as_customers, json_schema_input_type=int | str)]
_Confidence: TypeAlias = Annotated[str, BeforeValidator(_as_confidence, json_schema_input_type=str)]
_Impact: TypeAlias = Annotated[BusinessImpact, BeforeValidator(_as_impact, json_schema_input_type=str | BusinessImpact)]
_Item: TypeAlias = Annotated[ActionItem, BeforeValidator(_as_item, json_schema_input_type=str | ActionItem)]


class PostIncidentReview(BaseModel):
    """A review. None: the part is not there."""

    model_config = ConfigDict(strict=True, extra="allow", frozen=True)

    incident_id: Words | None = None
    severity: _Severity | None = Field(default=None, description="The worst that was in force, as `Sev 1`.")
    duration: Words | None = Field(default=None, description="From the first report to the last resolution.")
    customers_impacted: _Customers | None = Field(default=None, description="A number, or `at least` one.")
    business_impact: _Impact | None = None
    timeline: list[Words] | None = Field(default=None, description="Each as `14:23 - what happened`.")
    root_cause: RootCause | None = None
    contributing_factors: list[Words] | None = None
    what_went_well: list[Words] | None = None
    what_went_poorly: list[Words] | None = None
    action_items: list[_Item] | None = None
    prevention_confidence: _Confidence | None = Field(default=None, description="`low`, `medium` or `high`.")
    similar_incidents: list[Words] | None = Field(default=None, description="Their ids.")

    @property
    def customers(self) -> tuple[int, bool] | None:
        """How many customers, and whether that is the least; None while nobody says."""
        match = _CUSTOMERS.fullmatch(str(self.customers_impacted))
        return None if match is None else (int(match[2]), match[1] is not None)

    @property
    def more(self) -> dict[str, Any]:
        """What else stands there, which is the team's own."""
        return dict(self.model_extra or {})

    def shape(self) -> dict[str, Any]:
        """The review as plain data, as it stands in the file, without what it does not have."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True) | self.more


class ReviewFile(BaseModel):
    """The file of a review."""

    post_incident_review: PostIncidentReview
