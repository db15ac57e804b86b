"""What an incident begins with: an envelope of facts that may have a title and customers too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sevclass.api import Pack
from sevclass.classification import Classification
from sevclass.cli import documents, inputs
from sevclass.cli.arguments import UsageError
from sevclass.facts import FactsInput
from sevclass.incident.event_problems import read_event
from sevclass.incident.events import Opened
from sevclass.incident.store import INSTRUCTION
from sevclass.instants import instant_text
from sevclass.json_facts import read_json
from sevclass.problems import FactsError, Problem

_BESIDE = ("title", "customers", "by", "source")
"""What may stand beside the facts, as in the event `opened`."""
_ANY = "2026-03-02T14:23:00Z"


def report(word: str, pack: Pack, id: str, *, at: datetime | None = None) -> dict[str, Any]:
    """The fields of an event `opened` that a file of facts gives: `facts` always, `at` if it is known.

    Raises UsageError for a stream of many incidents, and FactsError with every problem; the id and the opening in the
    file must not differ from those given beside it.
    """
    name, kind = inputs.name_of(word), inputs.kind_of(word)
    if kind == "jsonl":
        raise UsageError("`open` takes one incident", f"{name} is a stream of many")
    with inputs.opened(word) as file:
        data = inputs.document(file, name)
    return documents.answered(data, name, kind, lambda given: _read(given, pack, id, at))


def instruction(word: str, pack: Pack, id: str) -> dict[str, Any]:
    """The same of the file that an incident begins with where it has no log yet; it says when it was opened.

    Raises FactsError with every problem.
    """
    fields = report(word, pack, id)
    if "at" not in fields:
        hint = 'say when it was reported, as `opened_at: "2026-03-02T14:23:00Z"`'
        message = "missing key `opened_at`"
        raise FactsError([Problem(path=inputs.name_of(word), code="missing_key", message=message, hint=hint)])
    return fields


def instructed(word: str, pack: Pack, id: str) -> Opened:
    """The event itself.

    Raises FactsError with every problem.
    """
    fields = instruction(word, pack, id)
    event = {**fields, "at": instant_text(fields["at"]), "event": "opened", "ref": INSTRUCTION}
    return Opened.model_validate(event)


def _read(given: FactsInput, pack: Pack, id: str, at: datetime | None) -> dict[str, Any]:
    problems: list[Problem] = []
    mapping: Mapping[str, Any] = given if isinstance(given, Mapping) else read_json(given, problems)  # type: ignore[arg-type]
    beside = {key: mapping[key] for key in _BESIDE if key in mapping} if "facts" in mapping else {}
    facts = {key: value for key, value in mapping.items() if key not in beside}
    found: Classification | None = None
    try:
        found = pack.classify(facts, at, id)
    except FactsError as error:
        problems.extend(error.problems)
    problems.extend(_wrong(beside))
    if problems or found is None:
        raise FactsError(problems)
    fields = {**beside, "facts": pack.check(facts)["facts"]}
    return fields if found.sla.opened_at is None else {"at": found.sla.opened_at, **fields}


def _wrong(beside: Mapping[str, Any]) -> list[Problem]:
    event = {"at": _ANY, "event": "opened", **beside}
    found = read_event(event, "")
    return found if isinstance(found, list) else []
