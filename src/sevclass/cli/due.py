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
from sevclass.cli.arguments import UsageError, choice, instant
from sevclass.cli.statuses import BAD_INPUT, DONE, FOUND
from sevclass.cli.text import Row
from sevclass.cli.timelines import Reading
from sevclass.incident.due import DueRow, worst_first

if TYPE_CHECKING:
    from sevclass.cli.progress import Bar  # it brings in rich

_FORMAT_HELP = "text, the default on a terminal: for people; json, the default elsewhere"


def add_arguments(parser: ArgumentParser) -> None:
    """What `due` takes."""
    add = parser.add_argument
    add("folder", nargs="?", metavar="FOLDER", help="a folder of event logs, one log, or `-` for standard input")
    add("--now", type=instant, metavar="INSTANT", help="the instant to show, as 2026-03-02T14:23:00Z (default: now)")
    add("--pack", help="the pack to read them under (default: the one each was opened under)")
    add("--untold", action="store_true", help="leave out what those who should be told have been told")
    add("--strict", action="store_true", help="events that cannot be, or are out of order, are bad input")
    add("--format", **choice("format", "text", "json"), help=_FORMAT_HELP)


def run(options: Namespace) -> int:
    """List what is due.

    Raises UsageError, or SevclassError where there is nothing to read.
    """
    if not options.folder:  # an empty word is a variable that was not set
        raise UsageError("no FOLDER", "name a folder of event logs, one of them, or `-` for standard input")
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
        formats.Page(sys.stdout).show(_lines(rows))
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
    if not rows:
        yield Row(cells=("nothing is due",), style="bold green")
        return
    ids, whats = [words.whose(row.id, 0) if row.id else "" for row in rows], [_what(row) for row in rows]
    id_room, room = max(map(len, ids)), max(map(len, whats))
    for row, id_, what in zip(rows, ids, whats, strict=True):
        lead = f"{row.state.replace('_', ' '):<8}  "
        past = f"{standing.length(row.over_s)} past" if row.over_s else f"by {words.moment(row.limit_at)}"
        tell = f"tell {', '.join(row.tell)}  " if row.is_untold else ""
        cells = (
            f"{row.severity}  {id_:<{id_room}}  {what:<{room}}  {past}  ",
            tell,
            words.whose(row.title or "", 0),
        )
        yield Row(lead=lead, lead_style=standing.STYLES[row.state], cells=cells)


def _what(row: DueRow) -> str:
    """What is due, and by whom."""
    if row.clock == "notification":
        return f"notify {row.role}"
    return f"{row.clock.replace('_', ' ')}{f', {row.role}' if row.role else ''}"
