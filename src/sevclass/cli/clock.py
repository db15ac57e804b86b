"""Show the clocks of an incident: what is owed, by when, and what is late.

TIMELINE is the event log of an incident, a folder in which to look for some,
a `.jsonl` file of many, or `-` for standard input. Without `--now` it is now.
Exit status 1: a limit has been passed, and it is not done yet. Events that
cannot be are set aside and told; with `--strict` that is exit status 2.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from sevclass.api import Pack
from sevclass.cli import formats, root, standing, streams, words
from sevclass.cli.arguments import Needed, UsageError, choice, instant
from sevclass.cli.statuses import BAD_INPUT, DONE, FOUND
from sevclass.cli.text import Row
from sevclass.cli.timelines import Reading
from sevclass.incident import IncidentState
from sevclass.incident.countdown import FAR
from sevclass.instants import instant_text
from sevclass.problems import Problem, SevclassError

_FORMAT_HELP = "text, the default on a terminal: for people; json, the default elsewhere"
_TIMELINE_HELP = "an event log, a folder, or `-` for standard input"
_TIMELINE_HINT = "name an event log, a folder of them, or `-` for standard input"
_EVERY_S = 1.0
"""How often `--watch` looks."""


def add_arguments(parser: ArgumentParser) -> None:
    """What `clock` takes."""
    add = parser.add_argument
    add("timeline", action=Needed, metavar="TIMELINE", help=_TIMELINE_HELP, hint=_TIMELINE_HINT)
    add("--now", type=instant, metavar="INSTANT", help="the instant to show, as 2026-03-02T14:23:00Z (default: now)")
    add("--pack", help="the pack to read it under (default: the one it was opened under)")
    add("--root", metavar="DIR", help=root.KNOWLEDGE_HELP)
    add("--format", **choice("format", "text", "json"), help=_FORMAT_HELP)
    add("--strict", action="store_true", help="events that cannot be, or are out of order, are bad input")
    add("--next", action="store_true", help="only the next instant, who must act, and on which clock")
    add("--watch", action="store_true", help="show it on the terminal, again and again")


def run(options: Namespace) -> int:
    """Show the clocks.

    Raises UsageError, or SevclassError where there is nothing to show.
    """
    if options.watch:
        _watch(options)
    found = _read(options, options.now or datetime.now(UTC), streams.tell)
    streams.tell([*found.reading.problems, *found.unknown])
    _print(found, options)
    if found.reading.is_bad or (options.strict and found.reading.problems):
        return BAD_INPUT
    is_late = any(clock.state == "breached" for state, _, _ in found.shown for clock in state.clocks)
    return FOUND if is_late else DONE


class _Found(NamedTuple):
    """What was read, and the incidents to show, each with what is wrong with its log."""

    reading: Reading
    shown: Sequence[tuple[IncidentState, Pack, Sequence[Problem]]]
    unknown: Sequence[Problem]
    """What is wrong with that which the team knows: it is left out, and changes no clock."""


def _read(options: Namespace, now: datetime, tell: Callable[[list[Problem]], None]) -> _Found:
    """Read the logs. What is wrong with the root of the environment is handed to `tell`.

    Raises UsageError, or SevclassError where there is nothing to read.
    """
    knowledge = root.knowledge_of(options.root, tell)
    reading = Reading(options.timeline, options.pack, now, knowledge=knowledge)
    shown = list(reading.states())
    reading.expect_some()
    return _Found(reading, shown, list(knowledge.problems) if knowledge else [])


def _print(found: _Found, options: Namespace) -> None:
    if formats.is_json(options.format):
        shapes = (
            map(_next, _by_next(found)) if options.next else [_shape(state, told) for state, _, told in found.shown]
        )
        for shape in shapes:
            formats.say_json(shape)
    elif options.next:
        # What a script reads must not depend on how many can be read.
        path = Path(options.timeline)
        is_one = path.suffix == ".yaml" and not path.is_dir()
        for state in _by_next(found):
            if line := _next_line(state, is_one=is_one):
                streams.say(line)
    elif found.shown:
        formats.Page(sys.stdout).show(_rows(found))


def _rows(found: _Found) -> Iterator[Row]:
    for number, (state, pack, _) in enumerate(found.shown):
        if number:
            yield Row()
        yield from standing.rows(state, pack.severities)


def _shape(state: IncidentState, problems: Sequence[Problem]) -> dict[str, Any]:
    return state.model_dump(include=state.CLOCK) | {"problems": [problem.model_dump() for problem in problems]}


def _by_next(found: _Found) -> list[IncidentState]:
    """What is due first, first; those of which nothing is owed last."""
    return sorted((state for state, _, _ in found.shown), key=lambda state: (state.next and state.next.due) or FAR)


def _next(state: IncidentState) -> dict[str, Any] | None:
    """What has to be done first, and who must do it; null if nothing is owed."""
    found = state.next
    return None if found is None else {"id": state.id, **found.model_dump(), "who": standing.owner(state)}


def _next_line(state: IncidentState, *, is_one: bool) -> str:
    """The same as words for a script, with the id where there may be several; nothing if nothing is owed."""
    found = state.next
    if found is None or found.due is None:
        return ""
    what = f"{found.clock}:{found.role}" if found.role else found.clock
    id_ = "" if is_one or state.id is None else f" {words.whose(state.id, 0)}"
    return f"{instant_text(found.due)} {standing.owner(state) or 'nobody'} {what}{id_}"


def _watch(options: Namespace) -> NoReturn:
    """Draw it every second, until somebody ends it.

    Raises UsageError where there is no terminal.
    """
    if options.format == "json" or options.next or options.now or options.timeline == "-":
        raise UsageError("`--watch` shows a file as it is now", "leave out `--now`, `--next`, `--format json` and `-`")
    if not streams.is_terminal(sys.stdout) or streams.is_dumb():
        raise UsageError("`--watch` needs a terminal", "leave it out to print the clocks once")
    from sevclass.cli.watching import Screen

    drawn = _drawn(options)
    with Screen(sys.stdout) as screen:
        while True:
            screen.draw(drawn)
            time.sleep(_EVERY_S)
            try:
                drawn = _drawn(options)
            except SevclassError as error:
                # Some editors take a file away for a moment when they write it.
                drawn = [*_told(error.problems)]
            except UsageError as error:
                drawn = [*_told([str(error)])]


def _drawn(options: Namespace) -> Sequence[Row]:
    """The page as it is now, what is wrong above, since a terminal may be too low for all.

    Raises UsageError, or SevclassError where there is nothing to read.
    """
    unknown: list[Problem] = []
    found = _read(options, datetime.now(UTC), unknown.extend)
    problems = [*_told([*found.reading.problems, *unknown, *found.unknown])]
    return [*problems, *([Row()] if problems and found.shown else []), *_rows(found)]


def _told(problems: Iterable[Problem | str]) -> Iterator[Row]:
    for problem in problems:
        yield from (Row(cells=(line,), style="yellow") for line in str(problem).split("\n"))
