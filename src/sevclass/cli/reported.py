"""One incident, whatever it is kept in: its event log, or a file of facts, with or without its opening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import documents, inputs
from sevclass.cli.arguments import UsageError
from sevclass.cli.envelope import apart
from sevclass.cli.facts_or_log import found_at
from sevclass.cli.timelines import HARMLESS, Given, Timeline, no_log, pack_named, pack_of, timelines
from sevclass.cli.whereabouts import file_of
from sevclass.facts import FactsInput
from sevclass.incident.events import Opened
from sevclass.incident.log import Entry
from sevclass.incident.store import Found, Store
from sevclass.problems import IncidentError, Problem, nearest, quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """An incident: its events, the pack that it is read under, and what is wrong with its log.

    Without `is_dated` nobody knows when it was opened: the opening stands at the present for its facts alone.
    """

    id: str | None
    entries: Sequence[Any]
    pack: Pack
    problems: Sequence[Problem] = ()
    is_dated: bool = True
    path: Path | None = None
    """The file of its log."""
    timeline: Timeline | None = None

    @property
    def is_bad(self) -> bool:
        """Whether something could not be read, but for a line that a crash has torn."""
        return any(problem.code not in HARMLESS for problem in self.problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asks for: a word for the incident, which one of several, the pack, and an opening beside facts."""

    word: str
    id: str | None
    pack: str | None
    opened_at: datetime | None
    now: datetime
    store: Store | None


def reported(wanted: Wanted) -> Reported:
    """The incident at a path, on standard input, or of that id below the root.

    Raises UsageError, and SevclassError with every problem, where there is none.
    """
    if wanted.store is not None and wanted.word != "-" and not Path(wanted.word).exists():
        return _of_log(wanted, file_of(wanted.store, wanted.word))
    found = found_at(wanted.word)
    return _of_facts(wanted, found) if isinstance(found, bytes) else _of_log(wanted, found)


def _of_log(wanted: Wanted, where: str | Found | Given) -> Reported:
    told: list[Problem] = []
    found = list(timelines(where, told.append, wanted.pack))
    path = where.path if isinstance(where, Found) else Path(where) if isinstance(where, str) else None
    return _chosen(wanted, found, told, path)


def _chosen(wanted: Wanted, found: Sequence[Timeline], told: Sequence[Problem], path: Path | None) -> Reported:
    """The one of several that is wanted."""
    if wanted.opened_at is not None:
        raise UsageError("`--opened-at` goes with facts", "a log says itself when it was opened")
    if wanted.id is not None:
        named = {one.id: one for one in found if one.id is not None}
        if wanted.id not in named:
            raise UsageError(f"no incident {quote(wanted.id)} there", nearest(wanted.id, named))
        found = [named[wanted.id]]
    if not found:
        if told:
            raise IncidentError(told)
        raise no_log()
    if len(found) > 1:
        listed = ", ".join(quote(one.id) for one in found[:5] if one.id is not None)
        raise UsageError(f"{len(found)} incidents are there", f"name one with `--incident`, such as {listed}")
    timeline = found[0]
    problems = [*told, *map(timeline.placed, timeline.problems)]
    pack = pack_of(timeline, wanted.pack)
    return Reported(
        id=timeline.id, entries=timeline.entries, pack=pack, problems=problems, path=path, timeline=timeline
    )


def _of_facts(wanted: Wanted, data: bytes) -> Reported:
    pack = pack_named(wanted.pack or DEFAULT_PACK)
    name, kind = inputs.name_of(wanted.word), inputs.kind_of(wanted.word)

    def read(facts: FactsInput) -> dict[str, Any]:
        found = pack.classify(facts, wanted.opened_at, wanted.id)
        return {"id": found.id, "at": found.sla.opened_at, "facts": pack.check(facts)["facts"]}

    fields, beside = documents.answered(data, name, kind, lambda given: apart(given, read))
    id_, at = fields.pop("id"), fields.pop("at")
    opened = Opened.model_validate({**beside, **fields, "event": "opened", "at": at or wanted.now})
    return Reported(id=id_, entries=[Entry(1, opened)], pack=pack, is_dated=at is not None)
