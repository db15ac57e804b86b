"""A review as sections, of which text, Markdown and HTML are made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic_core import to_json

from sevclass.cli import words
from sevclass.insight.review import ActionItem, BusinessImpact, PostIncidentReview

_CAUSES = {
    "what_happened": "What happened",
    "why_happened": "Why it happened",
    "why_not_caught": "Why it was not caught",
}
_LISTS = {
    "contributing_factors": "Contributing factors",
    "what_went_well": "What went well",
    "what_went_poorly": "What went poorly",
}
_ITEM = ("what", "owner", "due", "state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A title and what stands below it: of three kinds what there is."""

    title: str
    pairs: Sequence[tuple[str, str]] = ()
    items: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    """A table, its head first."""


def title(review: PostIncidentReview) -> str:
    """What the page is called."""
    return f"Post-incident review{f' of {review.incident_id}' if review.incident_id else ''}"


def sections(review: PostIncidentReview) -> Iterator[Section]:
    """The parts that a review has, in their order."""
    if pairs := list(_figures(review)):
        yield Section(title="In short", pairs=pairs)
    if review.timeline:
        yield Section(title="Timeline", items=review.timeline)
    if review.root_cause:
        told = review.root_cause.model_dump(exclude_none=True)
        yield Section(title="Root cause", pairs=[(_CAUSES[key], text) for key, text in told.items()])
    for key, name in _LISTS.items():
        if items := getattr(review, key):
            yield Section(title=name, items=items)
    if review.action_items:
        yield Section(title="Action items", rows=[_ITEM, *map(_row, review.action_items)])
    if review.similar_incidents:
        yield Section(title="Similar incidents", items=review.similar_incidents)
    if review.more:
        yield Section(title="More", pairs=list(_more(review.more)))


def _figures(review: PostIncidentReview) -> Iterator[tuple[str, str]]:
    told = {
        "Severity": None if review.severity is None else f"Sev {review.severity}",
        "Duration": review.duration,
        "Customers impacted": None if review.customers_impacted is None else str(review.customers_impacted),
        "Business impact": _impact(review.business_impact),
        "Prevention confidence": review.prevention_confidence,
    }
    yield from ((name, text) for name, text in told.items() if text is not None)


def _impact(impact: BusinessImpact | None) -> str | None:
    if impact is None:
        return None
    amount = "" if impact.amount is None else f" ({impact.amount:,}{f' {impact.currency}' if impact.currency else ''})"
    return f"{impact.text}{amount}"


def _row(item: ActionItem) -> Sequence[str]:
    due = "" if item.due is None else item.due if isinstance(item.due, str) else words.day(item.due)
    for_ = f" (for {item.for_})" if item.for_ else ""
    return f"{item.text}{for_}", item.owner or "", due, item.state or "open"


def _more(more: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in more.items():
        yield key, value if isinstance(value, str) else to_json(value).decode()
