"""What is worth telling first of a period, in words: its worst incident, and what all will ask about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from sevclass.durations import length
from sevclass.insight.figures import Compliance, Highlight, Satisfaction, percent
from sevclass.insight.samples import Sample
from sevclass.problems import printable

_SECOND = 1_000_000


def highlights(
    samples: Iterable[Sample], compliance: Mapping[str, Compliance], satisfaction: Satisfaction
) -> tuple[Highlight, ...]:
    """All that there are, in order."""
    return tuple(chain(_worst(samples), _in_time(compliance["initial_response"]), _satisfied(satisfaction)))


def _worst(samples: Iterable[Sample]) -> Iterator[Highlight]:
    """The incident of the worst severity; of several the one with most customers, and then the first."""
    found = min(samples, key=lambda sample: (sample.severity, -(sample.customers or 0), sample.key), default=None)
    if found is None:
        return
    # Cut short: whoever wants the whole title has the id.
    name = printable(found.title or found.id or "without a title")
    text = f"severity {found.severity}: {name}: {_ended(found)}"
    yield Highlight(kind="worst_incident", text=f"{text}{_affected(found)}", incident=found.id)


def _ended(sample: Sample) -> str:
    if sample.resolved_us is None:
        return "not resolved yet"
    return f"resolved in {length(sample.resolved_us // _SECOND)}"


def _affected(sample: Sample) -> str:
    if sample.customers is None:
        return ""
    least = "at least " if sample.at_least else ""
    return f", {least}{sample.customers} {'customer' if sample.customers == 1 else 'customers'} affected"


def _in_time(found: Compliance) -> Iterator[Highlight]:
    if found.owed:
        what = "initial response was" if found.owed == 1 else "initial responses were"
        text = f"{found.met} of {found.owed} {what} in time ({percent(found.met, found.owed)})"
        yield Highlight(kind="response_sla", text=text, incident=None)


def _satisfied(found: Satisfaction) -> Iterator[Highlight]:
    if found.answers:
        what = "customer that answered was" if found.answers == 1 else "customers that answered were"
        text = f"{found.satisfied} of {found.answers} {what} satisfied ({percent(found.satisfied, found.answers)})"
        yield Highlight(kind="satisfaction", text=text, incident=None)
