"""All incidents below a folder, one row each."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sevclass.cli import formats, root, standing, streams, words
from sevclass.cli.moments import Moments
from sevclass.cli.statuses import BAD_INPUT, DONE
from sevclass.cli.text import Row, style_of
from sevclass.cli.timelines import Reading
from sevclass.incident import IncidentState
from sevclass.incident.countdown import FAR
from sevclass.incident.course import PHASES
from sevclass.incident.disk import is_there
from sevclass.incident.due import ActionRow
from sevclass.incident.readings import Clock
from sevclass.incident.store import Store
from sevclass.instants import instant_text
from sevclass.results import SCHEMA

_PARTS = frozenset({"id", "title", "opened_at", "phase", "severity", "next"})


class Listed(NamedTuple):
    """An incident, and the names of its pack's severities."""

    state: IncidentState
    names: Mapping[int, str]


def run(options: Namespace, store: Store, now: datetime) -> int:
    """List them: 0, or 2 if one cannot be read, or is read under another pack.

    Raises UsageError, or SevclassError if the folder cannot be read.
    """
    if store.root.is_file():
        raise root.no_folder(str(store.root))
    reading = Reading(str(store.root), options.pack, now)
    # Before the first incident there is no root yet.
    states = reading.states(skip_later=True) if is_there(store.root) else ()
    found = (Listed(state, pack.severities) for state, pack, _ in states)
    rows = sorted((row for row in found if options.state in {None, row.state.phase}), key=_rank)
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


def _rank(row: Listed) -> tuple[object, ...]:
    """Worst first, as `due` goes; then what is on time, by what is owed first, and last what is over."""
    state = row.state
    if state.due:
        worst = state.due[0]
        return 0, worst.state != "breached", worst.severity, worst.limit_at
    first = standing.first(state)
    limit_at = first and first.limit_at
    return 1, PHASES.index(state.phase), state.severity.in_force, limit_at or FAR


def _table(rows: Sequence[Listed]) -> Iterator[Row]:
    firsts = [standing.first(row.state) for row in rows]
    time = Moments(instant for first in firsts if first for instant in (first.due, first.limit_at))
    columns: list[list[str]] = [
        [words.named(row.state.severity.in_force, row.names) for row in rows],
        [words.whose(row.state.id, 0) for row in rows],
        [", ".join(filter(None, (row.state.phase, _mark(row.state)))) for row in rows],
        [_next(first, time) for first in firsts],
    ]
    widths = [max(map(len, column)) for column in columns]
    for row, texts in zip(rows, zip(*columns, strict=True), strict=True):
        lead, *cells = (f"{text:<{width}}  " for text, width in zip(texts, widths, strict=True))
        style = style_of(row.state.severity.in_force, len(row.names))
        title = words.whose(row.state.title or "", 0)
        yield Row(lead=lead, lead_style=style, cells=("".join(cells[:2]), *cells[2:], title), is_list=True)


def _mark(state: IncidentState) -> str:
    """The worst that `due` tells of it."""
    found = {"overdue" if isinstance(row, ActionRow) else row.state for row in state.due}
    return next((mark.replace("_", " ") for mark in ("breached", "overdue", "at_risk") if mark in found), "")


def _next(first: Clock | None, time: Moments) -> str:
    """What has to be done first, and by when."""
    if first is None:
        return "nothing is owed"
    return ", ".join((standing.label(first), *standing.by(first.due, first.limit_at, time)))
