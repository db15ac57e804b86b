"""Show the war room of an incident: who holds what, what was decided, what is due.

TIMELINE is the event log of an incident, a folder in which to look for some,
a `.jsonl` file of many, or `-` for standard input. The channel, who holds what,
decisions and handovers come from the log; with `--directory` it is also said
who fills a position that the log names nobody for, or who could next.
`--handover` prints what whoever takes over has to know.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sevclass.api import Pack
from sevclass.cli import formats, inputs, people, room_page, sections, streams
from sevclass.cli.arguments import Needed, choice, instant
from sevclass.cli.statuses import BAD_INPUT, DONE
from sevclass.cli.text import Row
from sevclass.cli.timelines import Reading
from sevclass.incident import IncidentState
from sevclass.playbook.handover import Sheet, sheet_of
from sevclass.playbook.room import Room, room_of
from sevclass.problems import Problem

_FORMAT_HELP = "text, the default on a terminal: for people; json, the default elsewhere; markdown"
_TIMELINE_HELP = "an event log, a folder, or `-` for standard input"
_TIMELINE_HINT = "name an event log, a folder of them, or `-` for standard input"


def add_arguments(parser: ArgumentParser) -> None:
    """What `room` takes."""
    add = parser.add_argument
    add("timeline", action=Needed, metavar="TIMELINE", help=_TIMELINE_HELP, hint=_TIMELINE_HINT)
    add("--handover", action="store_true", help="the handover sheet")
    add("--directory", metavar="FILE", help=people.HELP)
    add("--now", type=instant, metavar="INSTANT", help="the instant to show, as 2026-03-02T14:23:00Z (default: now)")
    add("--pack", help="the pack to read it under (default: the one it was opened under)")
    add("--language", metavar="TAG", help=inputs.LANGUAGE_HELP)
    add("--format", **choice("format", *formats.NAMES), help=_FORMAT_HELP)
    add("--strict", action="store_true", help="events that cannot be, or are out of order, are bad input")


def run(options: Namespace) -> int:
    """Show it.

    Raises UsageError, or SevclassError where there is nothing to show.
    """
    directory = people.directory_of(options.directory)
    reading = Reading(options.timeline, options.pack, options.now or datetime.now(UTC))
    shown: list[_Shown] = []
    for state, pack, problems in reading.states():
        told = inputs.in_language(pack, options.language)
        found = (sheet_of if options.handover else room_of)(state, told, directory(pack))
        shown.append((state, told, found, problems))
    reading.expect_some()
    streams.tell(reading.problems)
    _print(shown, options.format or formats.usual())
    return BAD_INPUT if reading.is_bad or (options.strict and reading.problems) else DONE


_Shown = tuple[IncidentState, Pack, Sheet | Room | None, Sequence[Problem]]


def _print(shown: Sequence[_Shown], format_: str) -> None:
    for number, (state, pack, found, problems) in enumerate(shown):
        if format_ == "json":
            formats.say_json(_shape(state, found, problems))
        elif format_ == "text":
            formats.Page(sys.stdout).show([*([Row()] if number else []), *_rows(state, pack, found)])
        else:
            streams.say("\n".join([*([""] if number else []), *_lines(state, pack, found)]))


def _shape(state: IncidentState, found: Sheet | Room | None, problems: Sequence[Problem]) -> dict[str, Any]:
    head = {"schema": 1, "id": state.id, "pack": state.pack, "now": state.now, "severity": state.severity}
    body = {"sheet": found} if isinstance(found, Sheet) else {"room": found}
    return head | body | {"problems": [problem.model_dump() for problem in problems]}


def _rows(state: IncidentState, pack: Pack, found: Sheet | Room | None) -> Iterator[Row]:
    yield from room_page.head(state, pack)
    yield from sections.rows(room_page.page(found))


def _lines(state: IncidentState, pack: Pack, found: Sheet | Room | None) -> Iterator[str]:
    yield from room_page.title(state, pack)
    yield from sections.markdown(room_page.page(found))
