"""List what is due, at risk or late over many incidents, and who is to be told.

FOLDER is a folder with the event logs of incidents, one log, or a `.jsonl`
file of many. Worst first: limits that have passed, then those that are near;
overdue actions and promises too. `--untold` leaves out what those who should
be told have been told: `sevclass incident notify ID ROLE --about CLOCK`.
Exit status 1: a limit has been passed.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from sevclass.cli import formats, standing, streams, words
from sevclass.cli.arguments import Needed, choice, instant
from sevclass.cli.moments import Moments
from sevclass.cli.statuses import BAD_INPUT, DONE, FOUND
from sevclass.cli.text import Row
from sevclass.cli.timelines import Reading
from sevclass.durations import length
from sevclass.incident.due import ActionRow, DueRow, worst_first

if TYPE_CHECKING:
    from sevclass.cli.progress import Bar  # it brings in rich

_FOLDER_HELP = "a folder of event logs, one log, or `-` for standard input"
_FOLDER_HINT = "name a folder of event logs, one of them, or `-` for standard input"
_FORMAT_HELP = "text, the default on a terminal: for people; json, the default elsewhere"


def add_arguments(parser: ArgumentParser) -> None:
    """What `due` takes."""
    add = parser.add_argument
    add("folder", action=Needed, metavar="FOLDER", help=_FOLDER_HELP, hint=_FOLDER_HINT)
    add("--now", type=instant, metavar="INSTANT", help="the instant to show, as 2026-03-02T14:23:00Z (default: now)")
    add("--pack", help="the pack to read them under (default: the one each was opened under)")
    add("--untold", action="store_true", help="leave out what those who should be told have been told")
    add("--strict", action="store_true", help="events that cannot be, or are out of order, are bad input")
    add("--format", **choice("format", "text", "json"), help=_FORMAT_HELP)


def run(options: Namespace) -> int:
    """List what is due.

    Raises SevclassError where there is nothing to read.
    """
    now = options.now or datetime.now(UTC)
    bar = _bar(options.folder)
    reading = Reading(options.folder, options.pack, now, progress=bar)
    try:
        rows = worst_first(row for state, _, _ in reading.states(skip_later=True) for row in state.due)
    finally:
        if bar:
            bar.clear()
    if options.untold:
        rows = [row for row in rows if row.is_untold]
    streams.tell(reading.problems)
    if reading.is_bad and reading.is_vain:
        return BAD_INPUT
    if formats.is_json(options.format):
        problems = [problem.model_dump() for problem in reading.problems]
        formats.say_json({"now": now, "rows": rows, "problems": problems})
    else:
        nothing = "nothing untold is due" if options.untold else "nothing is due"
        formats.Page(sys.stdout).show(_lines(rows) if rows else [Row(cells=(nothing,), style="bold green")])
    if reading.is_bad or (options.strict and reading.problems):
        return BAD_INPUT
    return FOUND if any(row.state == "breached" for row in rows) else DONE


def _bar(folder: str) -> Bar | None:
    """The progress bar, where a person can see one."""
    if not streams.is_terminal(sys.stderr) or streams.is_dumb():
        return None
    from sevclass.cli.progress import Bar

    return Bar(PurePath(folder).name, None, counts="incident")


def _lines(rows: Sequence[DueRow]) -> Iterator[Row]:
    time = Moments(row.limit_at for row in rows)
    columns: list[list[str]] = [
        [words.whose(row.id, 0) if row.id else "" for row in rows],
        [_what(row) for row in rows],
        [_when(row, time) for row in rows],
        [_told(row) for row in rows],
    ]
    widths = [max(map(len, column)) for column in columns]
    for row, texts in zip(rows, zip(*columns, strict=True), strict=True):
        id_, what, when, told = (f"{text:<{width}}  " for text, width in zip(texts, widths, strict=True))
        lead = f"{row.state.replace('_', ' '):<8}  "
        cells = (f"{row.severity}  {id_}{what}", when, told, _title(row))
        yield Row(lead=lead, lead_style=standing.STYLES[row.state], cells=cells, is_list=True)


def _what(row: DueRow) -> str:
    """What is due, and by whom."""
    if row.clock == "notification":
        return f"notify {row.role}"
    return f"{row.clock.replace('_', ' ')}{f', {row.role}' if row.role else ''}"


def _when(row: DueRow, time: Moments) -> str:
    """How long it is late, or by when it is owed."""
    if row.state == "breached":
        return f"{length(row.over_s)} past"
    return f"limit {time(row.limit_at)}"


def _told(row: DueRow) -> str:
    """Who is to be told, or was."""
    if row.is_untold:
        return f"tell {', '.join(row.tell)}"
    return f"told {', '.join(row.told)}" if row.told else ""


def _title(row: DueRow) -> str:
    """What the incident is called; before it, what is to be done."""
    title = words.whose(row.title or "", 0)
    if not isinstance(row, ActionRow):
        return title
    of = [*filter(None, (row.text, row.customer and f"for {row.customer}", row.action and f"({row.action})"))]
    return ": ".join(filter(None, (words.whose(" ".join(of), 0), title)))
