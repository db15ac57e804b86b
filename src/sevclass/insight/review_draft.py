"""A draft of the review: what the log knows, and gaps with the question to answer for what it does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sevclass.api import Pack
from sevclass.incident import IncidentState
from sevclass.incident.events import UpdateSent
from sevclass.incident.readings import Clock
from sevclass.insight.extent import Extent, extent
from sevclass.insight.gaps import gap
from sevclass.insight.happenings import Words, clock, timeline
from sevclass.insight.length import length_text
from sevclass.insight.review import ActionItem, PostIncidentReview
from sevclass.insight.review_yaml import review_yaml
from sevclass.insight.similar import Similar

_HEAD = "Fill what stands in `[… …]`, and look with `sevclass review check` at what is still missing."
_QUESTIONS = {
    "business_impact": "What did it cost: revenue, work, trust? `{text: …, amount: 12000, currency: EUR}` if known.",
    "root_cause.what_happened": "What exactly broke?",
    "root_cause.why_happened": "Why could that happen? Ask again of each answer, until something can be changed.",
    "root_cause.why_not_caught": "Which check should have found it before the customers did, and why did it not?",
    "contributing_factors": "What made it more likely, or worse, or longer?",
    "what_went_well": "What should be done the same way again?",
    "what_went_poorly": "What cost time, or trust? Name what is to be changed, not who did it.",
    "action_items": "What keeps it from happening again? Each with an owner and a day.",
    "prevention_confidence": "How sure are you that it stays away once that is done: low, medium or high?",
}
_WHO, _WHEN = gap("who does it"), gap("by which day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A review to go on from, and the comments that stand above its parts."""

    review: PostIncidentReview
    comments: Mapping[str, Sequence[str]]

    @property
    def text(self) -> str:
        """The file."""
        return review_yaml(self.review, self.comments)


def draft(
    state: IncidentState, pack: Pack, found: Sequence[Similar] = (), known_issues: Mapping[str, str] | None = None
) -> Draft:
    """What the log knows of an incident up to `state.now`.

    `found`: incidents like it; `known_issues`: the titles of known issues, by the ids and names that they go by.
    """
    far, words = extent(state, pack), Words.of(pack, known_issues or {})
    shape: dict[str, Any] = {
        "incident_id": state.id or gap("the id of the incident"),
        "severity": far.severity,
        "duration": gap("how long it took: it is not resolved yet") if far.length is None else length_text(far.length),
        "customers_impacted": _customers(far),
        "business_impact": gap("what it meant for the business"),
        "timeline": timeline(state, far, words),
        "root_cause": {
            "what_happened": gap("what happened"),
            "why_happened": _why(far, words),
            "why_not_caught": gap("why it was not caught before"),
        },
        "contributing_factors": [gap("what contributed to it")],
        "what_went_well": list(_well(state, far)) or [gap("what went well")],
        "what_went_poorly": list(_poorly(state, far)) or [gap("what went poorly")],
        "action_items": _actions(state),
        "prevention_confidence": gap("low, medium or high"),
        "similar_incidents": [one.id for one in found],
    }
    review = PostIncidentReview.model_validate(shape)
    return Draft(review=review, comments=dict(_comments(far, words, found, state)))


def _customers(far: Extent) -> Any:  # noqa: ANN401 - as the model reads it
    if far.customers is None:
        return gap("how many customers")
    return f"at least {far.customers}" if far.at_least else far.customers


def _why(far: Extent, words: Words) -> str:
    missing = gap("why it happened")
    return f"The log has: {words.cause(far.cause, far.known_issue)}. {missing}" if far.cause else missing


# What the clocks prove


def _well(state: IncidentState, far: Extent) -> Iterator[str]:
    for one in state.clocks:
        if one.state == "met" and one.clock != "review" and one.done_at:
            limit = f", limit {clock(one.limit_at, far.reported_at)}" if one.limit_at else ""
            yield f"{_label(one)} in time: {clock(one.done_at, far.reported_at)}{limit}"
    sent = sum(isinstance(event, UpdateSent) and event.audience == "customers" for event, _ in state.log)
    owed = any(moved.clock == "status_update" and moved.becomes for change in state.history for moved in change.moved)
    if sent and owed and not any(one.late for one in state.clocks):
        yield f"{sent} {'update' if sent == 1 else 'updates'} to customers, none of them late"


def _poorly(state: IncidentState, far: Extent) -> Iterator[str]:
    for one in state.clocks:
        if one.clock == "review":
            continue
        if one.state in {"missed", "breached"} and one.clock != "status_update":
            done = clock(one.done_at, far.reported_at) if one.done_at else "not done"
            # A limit that was passed may have been put off since.
            limit = min(instant for instant in (one.limit_at, one.breached_at) if instant)
            yield f"{_label(one)} late: {done}, limit {clock(limit, far.reported_at)}"
        for late in one.late:
            sent = f"sent {clock(late.done_at, far.reported_at)}" if late.done_at else "not sent"
            yield f"Update to customers late: {sent}, limit {clock(late.limit_at, far.reported_at)}"


def _label(one: Clock) -> str:
    return f"Word to {one.role}" if one.role else one.clock.replace("_", " ").capitalize()


# What is to be done


def _actions(state: IncidentState) -> list[ActionItem]:
    """The actions of the log, promises apart; of those that are open, what they lack is a gap."""
    found = [ActionItem.of(action) for action in state.actions if action.kind != "promise"]
    asking = [_asking(item) for item in found if item is not None]
    return asking or [ActionItem(text=gap("what is to be done"), owner=_WHO, due=_WHEN)]


def _asking(item: ActionItem) -> ActionItem:
    missing: dict[str, str] = {}
    if item.owner is None:
        missing["owner"] = _WHO
    if item.due is None and item.state == "open":
        missing["due"] = _WHEN
    return item.model_copy(update=missing)


# What stands above the parts


def _comments(
    far: Extent, words: Words, found: Sequence[Similar], state: IncidentState
) -> Iterator[tuple[str, Sequence[str]]]:
    worst = min(change.classified for change in state.history)
    reached = words.deciding(state.history, worst)
    yield "incident_id", (_HEAD, *([f"Title: {state.title}"] if state.title else []))
    yield "severity", (f"The worst that was in force: {words.severity(far.severity)}",)
    yield "timeline", ("In UTC, as the log has it.",)
    for part, question in _QUESTIONS.items():
        told = [f"The log has: {'; '.join(reached)}"] if part == "business_impact" and reached else []
        yield part, (question, *told)
    if found:
        yield "similar_incidents", ("Proposed; take out what is not like it.",)
        for number, one in enumerate(found):
            title = f"{one.title}: " if one.title else ""
            yield f"similar_incidents[{number}]", (f"{title}{one.reason}",)
    else:
        yield "similar_incidents", ("Which earlier incidents were like it? None was found.",)
