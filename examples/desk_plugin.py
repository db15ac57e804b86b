"""A plugin for a support desk: a ticket event in, a comment and tags out.

The desk calls `on_ticket` for each event and puts the comment and the tags on the ticket itself. Nothing is read or
kept here: the pack comes as an argument, loaded once when the desk starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sevclass import Classification, FactsError, Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A comment in Markdown, and tags. Every tag starts with `sev-`, so that the desk can take the old ones off."""

    comment: str
    tags: tuple[str, ...]


def on_ticket(event: Mapping[str, Any], pack: Pack) -> Reply:
    """What to put on the ticket of an event; values that cannot be read are listed in the comment."""
    ticket = event["ticket"]
    record = {"id": str(ticket["id"]), "opened_at": ticket.get("created_at"), "facts": facts_of(ticket, pack)}
    try:
        found = pack.classify(record)
    except FactsError as error:
        # Indented by four, Markdown shows a line as it is, whatever somebody typed into a field.
        problems = "".join(f"\n    {problem}" for problem in error.problems)
        return Reply(comment=f"**Severity unknown.** Please mend:\n{problems}", tags=("sev-unknown",))
    return Reply(comment=comment(found, pack), tags=tuple(tags(found)))


def facts_of(ticket: Mapping[str, Any], pack: Pack) -> dict[str, Any]:
    """The custom fields that are facts: `cf_functionality` is `functionality`. An empty field is an unknown fact."""
    fields = ticket.get("custom_fields") or {}
    given = {fact: fields.get(f"cf_{fact}") for fact in pack.Facts.model_fields}
    return {fact: value for fact, value in given.items() if value not in (None, "")}


def comment(found: Classification, pack: Pack) -> str:
    """The classification in Markdown."""
    could_be = ""
    if found.could_be < found.severity:
        could_be = f", could be {found.could_be} {pack.severities[found.could_be]}"
    text = [f"**Severity {found.severity} {found.name}**{could_be}", ""]
    because = [f"- {met.text} (`{met.id}`)" for met in found.criteria if met.severity == found.severity]
    text += because or ["No criterion is met."]
    if (response := found.sla.initial_response) and response.limit_at:
        text += ["", f"First response by {response.limit_at:%Y-%m-%d %H:%M} UTC."]
    if first := found.questions[:3]:
        text += ["", "Please find out:", "", *(f"- {question.ask} (`{question.fact}`)" for question in first)]
    return "\n".join(text)


def tags(found: Classification) -> Iterable[str]:
    """Tags to sort and search by."""
    yield f"sev-{found.severity}"
    if found.could_be < found.severity:
        yield f"sev-could-be-{found.could_be}"
    if found.war_room.activate:
        yield "sev-war-room"
