"""All incidents below a folder, one row each."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from pydantic_core import to_json

from sevclass.cli import formats, streams, words
from sevclass.cli.logs import placed, read
from sevclass.cli.statuses import BAD_INPUT, DONE
from sevclass.cli.text import Row, style_of
from sevclass.incident import IncidentState, replay
from sevclass.incident.disk import name_of
from sevclass.incident.store import Store, find_timelines
from sevclass.instants import instant_text
from sevclass.problems import IncidentError, Problem, SevclassError

_PARTS = ("id", "title", "phase", "opened_at", "severity", "next")


class Listed(NamedTuple):
    """An incident, and the names of its pack's severities."""

    state: IncidentState
    names: Mapping[int, str]


def run(options: Namespace, store: Store, now: datetime) -> int:
    """List them: 0, or 2 if one cannot be read.

    Raises StoreError if the folder cannot be read.
    """
    unread: list[Problem] = []
    warnings: list[Problem] = []
    rows = [
        row
        for row in _listed(options, store, now, unread, warnings)
        if options.state is None or row.state.phase == options.state
    ]
    streams.tell((*warnings, *unread))
    if (options.format or formats.usual()) == "json":
        shape = {
            "schema": 1,
            "now": instant_text(now),
            "rows": [row.state.model_dump(include=set(_PARTS)) for row in rows],
            "problems": [problem.model_dump() for problem in (*warnings, *unread)],
        }
        streams.say_json(to_json(shape, indent=formats.indent()).decode())
    elif rows:
        formats.Page(sys.stdout).show(_table(rows))
    return BAD_INPUT if unread else DONE


def _listed(
    options: Namespace, store: Store, now: datetime, unread: list[Problem], warnings: list[Problem]
) -> Iterator[Listed]:
    for found in find_timelines(store.root, unread.append):
        name = name_of(found.path)
        try:
            log = read(found, options.pack)
        except SevclassError as error:
            unread.extend(error.problems)
            continue
        try:
            state = replay(log.entries, log.pack, now, id=found.id)
        except IncidentError as error:
            unread.extend((*log.problems, *placed(error.problems, name)))
        else:
            warnings.extend((*log.problems, *placed(state.problems, name)))
            yield Listed(state, log.pack.severities)


def _table(rows: Sequence[Listed]) -> Iterator[Row]:
    columns: list[list[str]] = [
        [words.named(row.state.severity.in_force, row.names) for row in rows],
        [words.whose(row.state.id, 0) for row in rows],
        [row.state.phase for row in rows],
        [_next(row.state) for row in rows],
    ]
    widths = [max(map(len, column)) for column in columns]
    for row, texts in zip(rows, zip(*columns, strict=True), strict=True):
        lead, *cells = (f"{text:<{width}}  " for text, width in zip(texts, widths, strict=True))
        style = style_of(row.state.severity.in_force, len(row.names))
        yield Row(lead=lead, lead_style=style, cells=(*cells, words.whose(row.state.title or "", 0)))


def _next(state: IncidentState) -> str:
    """What has to be done first, and when it is due."""
    found = state.next
    if found is None or found.due is None:
        return "nothing is owed"
    clock = f"notify {found.role}" if found.role else found.clock.replace("_", " ")
    return f"{words.moment(found.due)} {clock}"
