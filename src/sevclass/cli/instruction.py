"""What an incident begins with: an envelope of facts that may have a title and customers too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sevclass.api import Pack
from sevclass.cli import documents, inputs
from sevclass.cli.arguments import UsageError
from sevclass.cli.envelope import apart
from sevclass.cli.kept import kept
from sevclass.facts import FactsInput
from sevclass.incident import Entry
from sevclass.incident.disk import is_there
from sevclass.incident.events import Opened, Struck
from sevclass.incident.store import INSTRUCTION, Found
from sevclass.incident.timeline import timeline
from sevclass.instants import instant_text
from sevclass.problems import FactsError, IncidentError, Problem

_EVER = datetime.max.replace(tzinfo=UTC)
"""The last instant that there is."""


# Whether it counts


def opening(entries: Sequence[Entry]) -> Opened | None:
    """The event that an incident was opened by, if it was not struck."""
    kinds = [type(entry.event) for entry in entries]
    found = [entry.event for entry in entries if isinstance(entry.event, Opened)] if Opened in kinds else []
    if not found or Struck not in kinds:
        return min(found, key=lambda event: event.at, default=None)
    try:
        return timeline(entries, _EVER).opened
    except IncidentError:
        return None


def needed(opened: Opened | None, log: Found) -> Path | None:
    """The instruction, where it is the opening: the log has none of its own, and the instruction is there.

    Raises StoreError if the system does not say.
    """
    path = log.instruction if opened is None else None
    return path if path and is_there(path) else None


# What it says


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
    return documents.answered(data, name, kind, lambda given: _fields(given, pack, id, at))


def reported(path: Path, pack: Pack, id: str, *, at: datetime | None = None) -> dict[str, Any]:
    """The same of an instruction.

    Raises StoreError if it cannot be read, and FactsError with every problem.
    """
    name = inputs.name_of(str(path))
    with kept(path) as file:
        data = inputs.document(file, name)
    return documents.answered(data, name, "yaml", lambda given: _fields(given, pack, id, at))


def instruction(path: Path, pack: Pack, id: str) -> dict[str, Any]:
    """The same where the instruction is the opening: it says when that was.

    Raises StoreError if it cannot be read, and FactsError with every problem.
    """
    fields = reported(path, pack, id)
    if "at" not in fields:
        hint = 'say when it was reported, as `opened_at: "2026-03-02T14:23:00Z"`'
        message = "missing key `opened_at`"
        raise FactsError([Problem(path=inputs.name_of(str(path)), code="missing_key", message=message, hint=hint)])
    return fields


def instructed(path: Path, pack: Pack, id: str, entries: Sequence[Entry] = ()) -> Entry:
    """The opening itself, as the next entry of a log: as if somebody had written it down there.

    Raises StoreError if it cannot be read, and FactsError with every problem.
    """
    fields = instruction(path, pack, id)
    at = instant_text(fields["at"])
    event = {**fields, "at": at, "event": "opened", "ref": INSTRUCTION, "logged_at": at if entries else None}
    return Entry(entries[-1].line + 1 if entries else 1, Opened.model_validate(event))


def _fields(given: FactsInput, pack: Pack, id: str, at: datetime | None) -> dict[str, Any]:
    def read(facts: FactsInput) -> dict[str, Any]:
        opened_at = pack.classify(facts, at, id).sla.opened_at
        return {"facts": pack.check(facts)["facts"]} | ({} if opened_at is None else {"at": opened_at})

    fields, beside = apart(given, read)
    return {**beside, **fields}
