"""Show the response plan of an incident: who does what by when, and what is done.

INCIDENT is a file of facts, as `sevclass classify` reads it, or the event log
of an incident, a folder in which to look for some, or a `.jsonl` file of many;
`-` is standard input. Which of them it is, its content tells. Facts are dated
by `--opened-at`, or by the `opened_at` beside them. Of a log, what is done is
ticked off as of `--now`.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import PurePath

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import documents, formats, inputs, plan_markdown, plan_text, streams
from sevclass.cli.arguments import Needed, UsageError, choice, instant
from sevclass.cli.facts_or_log import found_at
from sevclass.cli.statuses import BAD_INPUT, DONE
from sevclass.cli.text import Row
from sevclass.cli.timelines import Given, Reading
from sevclass.facts import FactsInput
from sevclass.playbook import Plan, plan, plan_of
from sevclass.problems import quote

_INCIDENT_HINT = "name a file of facts, an event log, a folder of them, or `-` for standard input"
_FORMAT_HELP = (
    "text, the default on a terminal: for people; json, the default elsewhere; markdown: a task list and a diagram; "
    "ical: a calendar of what is owed"
)
_OUT_HELP = "write it to a new file; its suffix tells the format, if nothing else does; `-` prints it"
_SUFFIXES = {".json": "json", ".md": "markdown", ".ics": "ical", ".txt": "text"}


def add_arguments(parser: ArgumentParser) -> None:
    """What `plan` takes."""
    add = parser.add_argument
    add("incident", action=Needed, metavar="INCIDENT", help="facts, or an event log", hint=_INCIDENT_HINT)
    add("--opened-at", type=instant, metavar="INSTANT", help="when it was opened, as 2026-03-02T14:23:00Z; of facts")
    add("--id", help="the incident's id; of facts")
    add("--now", type=instant, metavar="INSTANT", help="the instant to show (default: now; of facts the opening)")
    add("--pack", help="a pack that ships, or the folder of one (default: the one it was opened under, else support)")
    add("--language", metavar="TAG", help=inputs.LANGUAGE_HELP)
    add("--format", **choice("format", "text", "markdown", "json", "ical"), help=_FORMAT_HELP)
    add("--out", metavar="FILE", help=_OUT_HELP)


def run(options: Namespace) -> int:
    """Show it: 0, or 2 if not all could be read.

    Raises UsageError, or SevclassError where there is nothing to show.
    """
    given = found_at(options.incident)
    plans, is_bad = ([_of_facts(options, given)], False) if isinstance(given, bytes) else _of_log(options, given)
    out = None if options.out == "-" else options.out
    by_suffix = _SUFFIXES.get(PurePath(out).suffix) if out else None
    _show(plans, options.format or by_suffix or formats.usual(), out)
    return BAD_INPUT if is_bad else DONE


# What it says


def _of_facts(options: Namespace, data: bytes) -> Plan:
    """The plan of an incident of which only facts are known.

    Raises UsageError, PackError, FactsError and IncidentError.
    """
    pack = _planned(inputs.pack(options.pack or DEFAULT_PACK, options.language))

    def ask(given: FactsInput) -> Plan:
        return plan(pack, given, options.opened_at, options.id, now=options.now)

    word = options.incident
    return documents.answered(data, inputs.name_of(word), inputs.kind_of(word), ask)


def _of_log(options: Namespace, where: str | Given) -> tuple[Sequence[Plan], bool]:
    """The plans of the incidents there, and whether something could not be read.

    Raises UsageError, or SevclassError where there is nothing to read.
    """
    for name in ("opened_at", "id"):
        if getattr(options, name) is not None:
            raise UsageError(f"`--{name.replace('_', '-')}` goes with facts", "an event log has its own")
    reading = Reading(where, options.pack, options.now or datetime.now(UTC))
    plans = [
        plan_of(state, _planned(inputs.in_language(pack, options.language))) for state, pack, _ in reading.states()
    ]
    reading.expect_some()
    streams.tell(reading.problems)
    return plans, reading.is_bad


def _planned(pack: Pack) -> Pack:
    """The pack, if it has a plan.

    Raises UsageError.
    """
    if "plan" not in pack.model_dump():
        raise UsageError(f"the pack {quote(pack.name)} has no plan", "write one under its key `plan`")
    return pack


# How it is shown


def _show(plans: Sequence[Plan], form: str, out: str | None) -> None:
    """Print them, or write them to a new file.

    Raises UsageError.
    """
    if form == "ical":
        data = _calendar(plans)
    elif out is None:
        _print(plans, form)
        return
    else:
        data = "".join(f"{line}\n" for line in _lines(plans, form)).encode()
    if out is None:
        streams.write_bytes(data)
    elif data:
        _write(out, data)


def _print(plans: Sequence[Plan], form: str) -> None:
    if form == "json":
        for one in plans:
            streams.say_json(one.model_dump_json(indent=formats.indent()))
    elif plans and form == "text":
        formats.Page(sys.stdout).show(_rows(plans))
    elif plans:
        streams.say("\n".join(_lines(plans, form)))


def _lines(plans: Sequence[Plan], form: str) -> list[str]:
    """The lines of a file."""
    match form:
        case "json":
            return [streams.json_text(one.model_dump_json(indent=2)) for one in plans]
        case "text":
            return [streams.printable(str(row)) for row in _rows(plans)]
        case _:
            blocks = ("\n".join(plan_markdown.lines(one)) for one in plans)
            return ["\n\n".join(blocks)] if plans else []


def _rows(plans: Sequence[Plan]) -> Iterator[Row]:
    for number, one in enumerate(plans):
        if number:
            yield Row()
        yield from plan_text.rows(one)


def _calendar(plans: Sequence[Plan]) -> bytes:
    """What is owed, as a calendar.

    Raises UsageError if that is nothing, or if the extra is not there.
    """
    if plans and not any(one.instants for one in plans):
        undated = all(one.opened_at is None for one in plans)
        hint = "say when it was opened with `--opened-at`" if undated else "nothing more is owed"
        raise UsageError("there is nothing to put into a calendar", hint)
    try:
        from sevclass.playbook.ical import calendar
    except ImportError:
        raise UsageError("a calendar needs the extra `ical`", "install it: pip install 'sevclass[ical]'") from None
    return calendar(plans) if plans else b""


def _write(out: str, data: bytes) -> None:
    """Write a file that is not there yet.

    Raises UsageError.
    """
    try:
        with open(out, "xb") as file:  # noqa: PTH123 - `out` as it is given
            file.write(data)
    except FileExistsError:
        raise UsageError(f"{quote(out)} is there already", "it is not overwritten: name another file") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"{quote(out)} cannot be written: {reason}") from None
