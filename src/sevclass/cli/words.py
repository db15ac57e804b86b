"""The words that text and Markdown share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from sevclass.api import Pack
from sevclass.classification import Classification, MetCriterion, Notification, Owed, Question, Sla
from sevclass.cli.streams import printable
from sevclass.instants import instant_text
from sevclass.problems import QUOTED_CHARACTERS
from sevclass.scales import Value

LONGEST = 500
"""The most characters that a page shows of a text that people wrote."""


def moment(instant: datetime) -> str:
    """An instant in UTC, with seconds only where there are any: `2026-03-02 14:23Z`."""
    text = instant_text(instant).replace("T", " ")
    return text.removesuffix(":00Z") + "Z" if text.endswith(":00Z") else text


def day(due: date | datetime) -> str:
    """A day, or an instant."""
    return moment(due) if isinstance(due, datetime) else due.isoformat()


def whose(id: str | None, number: int) -> str:
    """What a record of a stream is called: its id, cut short where it is long, or its line."""
    if id is None:
        return f"line {number}"
    return printable(id if len(id) <= QUOTED_CHARACTERS else id[: QUOTED_CHARACTERS - 1] + "…")


def cut(text: str, most: int = LONGEST) -> str:
    """Words of people, printable and cut short where they are long."""
    return printable(text if len(text) <= most else text[: most - 1] + "…")


def value(given: Value | None) -> str:
    """A fact's value as a pack or an input writes it; None is one that was assumed."""
    if given is None:
        return "unknown"
    return str(given).lower() if isinstance(given, bool) else str(given)


def named(severity: int, names: Mapping[int, str]) -> str:
    """A severity's number and name."""
    return f"{severity} {names[severity]}"


def outlook(found: Classification, names: Mapping[int, str], assume: str) -> str:
    """What the severity could still be."""
    if assume == "worst":
        return "each unknown fact is taken at its worst"
    if found.could_be < found.severity:
        return f"could still be {named(found.could_be, names)}"
    return "no unknown fact can change the severity"


def owed(sla: Sla) -> Iterator[tuple[str, Owed | Notification | None]]:
    """What is owed, each with what it is called."""
    yield "initial response", sla.initial_response
    yield "status updates, every", sla.status_updates
    yield from ((f"notify {told.role}", told) for told in sla.notifications)
    yield "resolution", sla.resolution


def notes(found: Classification, pack: Pack) -> list[str]:
    """What else there is to know of the SLA: figures that are not the ones that hold, and how business time counts."""
    opened = found.sla.opened_at
    sooner = pack.sooner(found.severity, opened) if opened else {}
    told = [f"{_label(owed)}: sooner, by {figure}" for owed, figure in sooner.items()]
    return [*told, *_business_time(pack.business_time(found.severity))]


def _label(owed: str) -> str:
    return owed.replace("_", " ")


def _business_time(counted: Mapping[str, str]) -> list[str]:
    """The calendar that business time is counted on; where there are several, each with what is counted on it."""
    calendars = list(dict.fromkeys(counted.values()))
    if len(calendars) == 1:
        return [f"business time: {calendars[0]}"]
    return [f"business time, {_label(owed)}: {calendar}" for owed, calendar in counted.items()]


def deciding(found: Classification) -> list[MetCriterion]:
    """The criteria that make the severity what it is."""
    return [criterion for criterion in found.criteria if criterion.severity == found.severity]


def milder(found: Classification) -> dict[int, list[str]]:
    """The ids of the other criteria met, by severity."""
    others: dict[int, list[str]] = {}
    for criterion in found.criteria:
        if criterion.severity != found.severity:
            others.setdefault(criterion.severity, []).append(criterion.id)
    return others


def worth(question: Question, names: Mapping[int, str], assume: str) -> str:
    """What an answer could do."""
    if question.could_raise_to is None:
        return "could change the roster or the war room"
    if assume == "worst":
        return "decides the severity"
    return f"could raise it to {named(question.could_raise_to, names)}"
