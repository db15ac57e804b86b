"""Show the response plan of an incident: who does what by when, and what is done.

INCIDENT is a file of facts, as `sevclass classify` reads it, or the event log
of an incident, a folder in which to look for some, or a `.jsonl` file of many;
`-` is standard input. Which of them it is, its content tells. Facts are dated
by `--opened-at`, or by the `opened_at` beside them. Of a log, what is done is
ticked off as of `--now`.
"""

from __future__ import annotations

import codecs
import io
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path, PurePath

from pydantic_core import from_json

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import documents, formats, inputs, plan_markdown, plan_text, streams
from sevclass.cli.arguments import Needed, UsageError, choice, instant
from sevclass.cli.statuses import BAD_INPUT, DONE
from sevclass.cli.text import Row
from sevclass.cli.timelines import Given, Reading, streamed
from sevclass.facts import FactsInput
from sevclass.incident.disk import refusal
from sevclass.incident.journal import MAX_BYTES, TOO_MUCH
from sevclass.incident.store import TIMELINE
from sevclass.playbook import Plan, plan, plan_of
from sevclass.problems import quote

_INCIDENT_HINT = "name a file of facts, an event log, a folder of them, or `-` for standard input"
_FORMAT_HELP = (
    "text, the default on a terminal: for people; json, the default elsewhere; markdown: a task list and a diagram; "
    "ical: a calendar of what is owed"
)
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
    add("--out", metavar="FILE", help="write it to a new file; its suffix tells the format, if nothing else does")


def run(options: Namespace) -> int:
    """Show it: 0, or 2 if not all could be read.

    Raises UsageError, or SevclassError where there is nothing to show.
    """
    given = _given(options.incident)
    plans, is_bad = ([_of_facts(options, given)], False) if isinstance(given, bytes) else _of_log(options, given)
    by_suffix = _SUFFIXES.get(PurePath(options.out).suffix) if options.out else None
    _show(plans, options.format or by_suffix or formats.usual(), options.out)
    return BAD_INPUT if is_bad else DONE


# What it is


def _given(word: str) -> bytes | str | Given:
    """A document of facts, or the path of event logs, or a log that can be read only once.

    Raises FactsError and StoreError.
    """
    if word == "-":
        found = streamed()
        return found if _is_log(found.data) else inputs.document(io.BytesIO(found.data), found.name)
    path, name = Path(word), inputs.name_of(word)
    if path.is_dir() or inputs.kind_of(word) == "jsonl" or path.name == documents.INSTRUCTION:
        return word
    with inputs.opened(word) as file:
        data = inputs.whole(file, name, MAX_BYTES)
    if data is None:
        raise refusal(name, *TOO_MUCH)
    if _is_log(data):
        return word if path.is_file() else Given(name, data)
    return inputs.document(io.BytesIO(data), name)


def _is_log(data: bytes) -> bool:
    """Whether a document begins as a list does, or is a stream of events."""
    for line in data.removeprefix(codecs.BOM_UTF8).splitlines():
        found = line.strip()
        if found and found != b"---" and not found.startswith((b"#", b"%")):
            return found.startswith((b"-", b"[")) or (found.startswith(b"{") and _is_event(found))
    return False


def _is_event(line: bytes) -> bool:
    try:
        found = from_json(line)
    except ValueError:
        return False
    return isinstance(found, dict) and "event" in found


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
    plans = [plan_of(state, _planned(_in_language(pack, options.language))) for state, pack, _ in reading.states()]
    if reading.is_empty and not reading.problems:
        raise UsageError("no event log there", f"an incident has a file `{TIMELINE}`")
    streams.tell(reading.problems)
    return plans, reading.is_bad


def _planned(pack: Pack) -> Pack:
    """The pack, if it has a plan.

    Raises UsageError.
    """
    if "plan" not in pack.model_dump():
        raise UsageError(f"the pack {quote(pack.name)} has no plan", "write one under its key `plan`")
    return pack


def _in_language(pack: Pack, language: str | None) -> Pack:
    try:
        return pack if language is None else pack.in_language(language)
    except ValueError as error:
        raise UsageError(str(error)) from None


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
