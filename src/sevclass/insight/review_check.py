"""What a review still lacks: gaps, owners, days, reasons; who is blamed; and what the log says otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sevclass.api import Pack
from sevclass.findings import Finding, finding
from sevclass.incident import IncidentState
from sevclass.incident.events import Action, Assigned
from sevclass.incident.readings import Clock
from sevclass.insight.blame import blamed
from sevclass.insight.empty_talk import repeats, says_nothing
from sevclass.insight.extent import Extent, extent
from sevclass.insight.gaps import gap_in, has_gap
from sevclass.insight.length import length_text, read_length
from sevclass.insight.review import PostIncidentReview
from sevclass.insight.review_reading import ReadReview
from sevclass.instants import instant_text
from sevclass.problems import nearest, quote

REVIEW_CODES = {
    "PR001": "a gap that is still to be filled",
    "PR002": "an action item without an owner",
    "PR003": "an action item without a day",
    "PR004": "a why that gives no reason",
    "PR005": "a person blamed by name",
    "PR006": "a part that is missing or empty",
    "PR007": "a figure that the log contradicts",
    "PR008": "a duration that cannot be read",
    "PR009": "a review that is late",
    "PR010": "a key that may be misspelt",
}
"""Code -> what is wrong, in a few words."""

_MAY_BE_EMPTY = {"similar_incidents"}
_WHERE_BLAME_IS = ("contributing_factors", "what_went_poorly")
_CAUSES = ("what_happened", "why_happened", "why_not_caught")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """The log that a review is compared with: how the incident stands, how far it went, and who is named there."""

    state: IncidentState
    extent: Extent
    people: frozenset[str]

    @classmethod
    def at(cls, state: IncidentState, pack: Pack) -> Looked:
        """The log up to `state.now`, by the pack that it is read under."""
        others = {*pack.model_dump().get("roles", {}), *(event.source for event, _ in state.log if event.source)}
        folded = {name.casefold() for name in others}
        people = {event.by for event, _ in state.log if event.by}
        people |= {event.person for event, _ in state.log if isinstance(event, Assigned) and event.person}
        people |= {event.owner for event, _ in state.log if isinstance(event, Action) and event.owner}
        known = frozenset(name for name in people if name.casefold() not in folded)
        return cls(state=state, extent=extent(state, pack), people=known)

    @property
    def clock(self) -> Clock:
        """The clock of the review."""
        return next(one for one in self.state.clocks if one.clock == "review")


def check_review(read: ReadReview, log: Looked | None = None) -> list[Finding]:
    """Everything that is found in a review, in the order of its lines; more where there is a log to compare with."""
    found = [
        *_missing(read),
        *_misspelt(read),
        *_gaps(read),
        *_reasons(read),
        *_action_items(read),
        *_blame(read, log.people if log else ()),
        *_duration(read),
    ]
    if log:
        found += [*_contradictions(read, log), *_late(read, log)]
    return sorted(found, key=lambda one: (one.line, one.column, one.code))


def _missing(read: ReadReview) -> Iterator[Finding]:
    for key in PostIncidentReview.model_fields:
        value = getattr(read.review, key)
        if value is None and key not in _MAY_BE_EMPTY:
            what = "says nothing" if read.has(key) else "is missing"
            yield finding(read.key_at(key), "PR006", f"{quote(key)} {what}", _HINTS.get(key))
        elif value == [] and key not in _MAY_BE_EMPTY:
            yield finding(read.key_at(key), "PR006", f"{quote(key)} is empty", _HINTS.get(key))


_HINTS = {
    "timeline": "what happened when, as `14:23 - First report`",
    "root_cause": "with `what_happened`, `why_happened` and `why_not_caught`",
    "contributing_factors": "what made it more likely, or worse, or longer",
    "what_went_well": "what should be done the same way again",
    "what_went_poorly": "what cost time, or trust",
    "action_items": "what is to be done so that it does not happen again, by whom and when",
    "prevention_confidence": "`low`, `medium` or `high`",
}


def _misspelt(read: ReadReview) -> Iterator[Finding]:
    known = [key for key in PostIncidentReview.model_fields if getattr(read.review, key) is None]
    for key in read.review.more:
        if hint := nearest(key, known):
            yield finding(read.key_at(key), "PR010", f"unknown key {quote(key)}", hint)


def _texts(read: ReadReview) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Each text of a review, and where it stands."""
    review = read.review
    for key in PostIncidentReview.model_fields:
        value = getattr(review, key)
        if isinstance(value, str):
            yield (key,), value
        elif isinstance(value, list):
            yield from (((key, number), item) for number, item in enumerate(value) if isinstance(item, str))
    if review.business_impact:
        is_text = isinstance(read.at("business_impact").value, str)
        path = ("business_impact",) if is_text else ("business_impact", "text")
        yield path, review.business_impact.text
    for key in _CAUSES:
        if review.root_cause and (text := getattr(review.root_cause, key)):
            yield ("root_cause", key), text
    for number, item in enumerate(review.action_items or ()):
        for field in ("text", "owner", "due"):
            if isinstance(text := getattr(item, field), str):
                yield ("action_items", number, field), text


def _gaps(read: ReadReview) -> Iterator[Finding]:
    for path, text in _texts(read):
        if found := gap_in(text):
            hint = "write what is known, or how it will be found out"
            yield finding(read.at(*path), "PR001", f"a gap is left: {quote(found)}", hint)


def _reasons(read: ReadReview) -> Iterator[Finding]:
    cause = read.review.root_cause
    if cause is None:
        return
    for key in _CAUSES:
        text: str | None = getattr(cause, key)
        if text is None:
            yield finding(read.key_at("root_cause"), "PR004", f"no {quote(key)}", _WHY[key])
        elif has_gap(text):
            continue  # told as such
        elif says_nothing(text):
            yield finding(
                read.at("root_cause", key), "PR004", f"{quote(key)} gives no reason: {quote(text)}", _WHY[key]
            )
        elif key != "what_happened" and cause.what_happened and repeats(text, cause.what_happened):
            message = f"{quote(key)} says again what happened"
            yield finding(read.at("root_cause", key), "PR004", message, _WHY[key])


_WHY = {
    "what_happened": "say what broke, so that somebody who was not there understands it",
    "why_happened": "ask what made it possible, and again of each answer",
    "why_not_caught": "which check should have found it first, and why did it not",
}


def _action_items(read: ReadReview) -> Iterator[Finding]:
    for number, item in enumerate(read.review.action_items or ()):
        if has_gap(item.text) or item.state == "dropped":
            continue
        place, named = read.at("action_items", number), quote(item.text)
        if item.owner is None:
            yield finding(place, "PR002", f"nobody has {named} to do", "name who does it, as `[Owner: SRE]`")
        if item.due is None and item.state != "done":
            yield finding(place, "PR003", f"no day for {named}", "by when, as `[Due: 2026-03-09]`")


def _blame(read: ReadReview, people: Iterable[str]) -> Iterator[Finding]:
    known = sorted(people)
    for path, text in _texts(read):
        if path[0] == "root_cause" or path[0] in _WHERE_BLAME_IS:
            for name in blamed(text, known):
                hint = "say what made it possible, whoever it was"
                yield finding(read.at(*path), "PR005", f"{quote(name)} is blamed", hint)


def _duration(read: ReadReview) -> Iterator[Finding]:
    text = read.review.duration
    if text is not None and not has_gap(text) and read_length(text) is None:
        hint = "as `3 hours 42 minutes`"
        yield finding(read.at("duration"), "PR008", f"{quote(text)} cannot be read as a duration", hint)


def _contradictions(read: ReadReview, log: Looked) -> Iterator[Finding]:
    review, far = read.review, log.extent
    if review.incident_id and log.state.id and review.incident_id != log.state.id and not has_gap(review.incident_id):
        yield _contradicts(read, "incident_id", f"the log is that of {quote(log.state.id)}")
    if review.severity is not None and review.severity != far.severity:
        yield _contradicts(read, "severity", f"the worst that was in force is Sev {far.severity}")
    length = read_length(review.duration) if review.duration else None
    if length and far.length is None:
        yield _contradicts(read, "duration", "by the log it is not resolved")
    elif length and far.length is not None and not length.fits(far.length):
        yield _contradicts(read, "duration", f"from the report to the resolution it took {length_text(far.length)}")
    if review.customers and far.customers is not None:
        count, _ = review.customers
        if count < far.customers or (count > far.customers and not far.at_least):
            least = "at least " if far.at_least else ""
            yield _contradicts(read, "customers_impacted", f"the log has {least}{far.customers}")


def _contradicts(read: ReadReview, key: str, what: str) -> Finding:
    node = read.at(key)
    hint = "put right what is wrong, here or in the log"
    return finding(node, "PR007", f"{quote(key)} is {quote(node.text)}, but {what}", hint)


def _late(read: ReadReview, log: Looked) -> Iterator[Finding]:
    clock = log.clock
    if clock.breached_at is None or clock.limit_at is None:
        return
    how = f"was held at {instant_text(clock.done_at)}" if clock.done_at else "is not held yet"
    message = f"the review {how}; it was owed by {instant_text(clock.limit_at)}"
    hint = None if clock.done_at else "hold it, and tell the log with `sevclass incident review`"
    yield finding(read.node, "PR009", message, hint)
