"""All incidents below a folder, one row each."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sevclass.cli import formats, standing, streams, words
from sevclass.cli.statuses import BAD_INPUT, DONE
from sevclass.cli.text import Row, style_of
from sevclass.cli.timelines import Reading
from sevclass.incident import IncidentState
from sevclass.incident.disk import is_there
from sevclass.incident.store import Store
from sevclass.instants import instant_text
from sevclass.results import SCHEMA

_PARTS = frozenset({"id", "title", "opened_at", "phase", "severity", "next"})


class Listed(NamedTuple):
    """An incident, and the names of its pack's severities."""

    state: IncidentState
    names: Mapping[int, str]


def run(options: Namespace, store: Store, now: datetime) -> int:
    """List them: 0, or 2 if one cannot be read.

    Raises UsageError, or SevclassError if the folder cannot be read.
    """
    reading = Reading(str(store.root), options.pack, now)
    # Before the first incident there is no root yet.
    found = reading.states(skip_later=True) if is_there(store.root) else ()
    rows = [
        Listed(state, pack.severities)
        for state, pack, _ in found
        if options.state is None or state.phase == options.state
    ]
    streams.tell(reading.problems)
    if formats.is_json(options.format):
        shape = {
            "schema": SCHEMA,
            "now": instant_text(now),
            "rows": [row.state.model_dump(include=_PARTS) for row in rows],
            "problems": [problem.model_dump() for problem in reading.problems],
        }
        formats.say_json(shape)
    elif rows:
        formats.Page(sys.stdout).show(_table(rows))
    return BAD_INPUT if reading.is_bad else DONE


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
    clock = next(clock for clock in state.clocks if (clock.clock, clock.role) == (found.clock, found.role))
    return f"{words.moment(found.due)} {standing.label(clock)}"
