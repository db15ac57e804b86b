"""Draft the review after an incident, check it, and show it.

  draft TIMELINE  what the log knows, and gaps with the question to answer
  check FILE      what is missing or empty talk, and what the log contradicts
  show FILE       the review as text, Markdown, HTML, JSON or YAML

A draft goes where the review of the incident is kept, or where `--out` says;
what is there already is never overwritten. `sevclass incident review` tells
the log that the review was held. `sevclass review VERB -h` has the help of a
verb.
"""

from __future__ import annotations

import sys
from argparse import REMAINDER, ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from os import environ
from pathlib import Path
from typing import Any, NamedTuple

from sevclass.api import Pack
from sevclass.cli import formats, review_shown, root, streams
from sevclass.cli.arguments import Needed, Parser, UsageError, choice, instant
from sevclass.cli.inputs import name_of
from sevclass.cli.review_file import reviewed
from sevclass.cli.statuses import DONE, FOUND
from sevclass.cli.text import Row
from sevclass.cli.timelines import Reading
from sevclass.findings import Finding
from sevclass.incident import IncidentState, disk
from sevclass.incident.knowledge import known_issues
from sevclass.incident.readings import Clock
from sevclass.incident.store import TIMELINE, Store, find_timelines
from sevclass.insight.extent import extent
from sevclass.insight.review import ROOT
from sevclass.insight.review_check import Looked, check_review
from sevclass.insight.review_draft import draft
from sevclass.insight.review_yaml import review_yaml
from sevclass.insight.similar import Past, Similar, similar
from sevclass.instants import instant_text
from sevclass.problems import IncidentError, Problem, StoreError, nearest, quote
from sevclass.results import SCHEMA

VERBS = {
    "draft": "what the log knows, and gaps with the question to answer",
    "check": "what is missing or empty talk, and what the log contradicts",
    "show": "the review as text, Markdown, HTML, JSON or YAML",
}
_TIMELINE_HELP = "the event log of the incident, or its folder"
_FORMATS = ("text", "markdown", "html", "json", "yaml")


def add_arguments(parser: ArgumentParser) -> None:
    """What `review` takes: a verb, and what that takes."""
    parser.add_argument("verb", nargs="?", metavar="VERB", help="one of those above")
    parser.add_argument("words", nargs=REMAINDER, metavar="...", help="what the verb takes")


def run(options: Namespace) -> int:
    """Do what the verb says.

    Raises UsageError, or SevclassError where nothing can be done.
    """
    if options.verb not in VERBS:
        if options.verb is None:
            raise UsageError("no VERB", "see `sevclass review -h`")
        hint = nearest(options.verb, VERBS) or "see `sevclass review -h`"
        raise UsageError(f"unknown verb {quote(options.verb)}", hint)
    found = parser_of(options.verb).read(options.words, mixed=True)
    if found is None:
        return DONE
    for option in ("out", "among", "timeline"):
        # An empty word is a variable that was not set.
        if vars(found).get(option) == "":
            raise UsageError(f"`--{option}` is empty", "name a file, or a folder")
    return _DO[options.verb](found)


def parser_of(verb: str) -> Parser:
    """The parser of what stands after a verb."""
    parser = Parser(f"review {verb}", f"{VERBS[verb][0].upper()}{VERBS[verb][1:]}.")
    add = parser.add_argument
    if verb == "draft":
        hint = "name the event log of an incident, or its folder"
        add("timeline", action=Needed, metavar="TIMELINE", help=_TIMELINE_HELP, hint=hint)
        add("--out", metavar="FILE", help="where to write it, `-` to print it (default: where it is kept)")
        add(
            "--among",
            metavar="FOLDER",
            help="where to look for similar incidents (default: the incident's root folder)",
        )
        add("--root", metavar="DIR", help=root.KNOWLEDGE_HELP)
    else:
        add("file", action=Needed, metavar="FILE", help="the review, or `-` for standard input", hint="name the review")
    if verb == "check":
        add("--timeline", metavar="TIMELINE", help=f"{_TIMELINE_HELP} (default: that of the incident it is kept with)")
    if verb != "show":
        add(
            "--now",
            type=instant,
            metavar="INSTANT",
            help="the instant to look at, as 2026-03-02T14:23:00Z (default: now)",
        )
        add("--pack", help="the pack to read the log under (default: the one it was opened under)")
    if verb == "check":
        add("--format", **choice("format", "text", "json"), help="text, on a terminal the default, or json, elsewhere")
    if verb == "show":
        add("--format", **choice("format", *_FORMATS), help="text, on a terminal the default; json, elsewhere")
    return parser


# The log


class _Log(NamedTuple):
    """How an incident stands, the pack it is read under, and the store that it is kept in, if it is."""

    state: IncidentState
    pack: Pack
    store: Store | None


def _log(word: str, options: Namespace) -> _Log:
    """The log of one incident.

    Raises UsageError if there is none or several, and SevclassError if not all of it can be read.
    """
    reading = Reading(word, options.pack, options.now or datetime.now(UTC))
    states = list(reading.states())
    if reading.is_bad:
        raise IncidentError(reading.problems)
    streams.tell(reading.problems)
    if len(states) != 1:
        what = "no event log" if not states else f"{len(states)} incidents"
        raise UsageError(f"{what} at {quote(word)}", f"name the log of one, or its folder, which has a `{TIMELINE}`")
    state, pack, _ = states[0]
    return _Log(state, pack, _store(word, state.id))


def _store(word: str, id_: str | None) -> Store | None:
    """The store that a log lies in as one does; None for any other file."""
    if word == "-" or not id_:
        return None
    path = next(iter(find_timelines(Path(word), lambda _: None))).path.absolute()
    folder = path.parent.parent if path.parent.name == "workflow" and path.name == TIMELINE else path.parent
    store = Store(folder.parent)
    try:
        return store if path in {store.timeline(id_), store.instruction(id_)} else None
    except StoreError:
        return None  # no name of an incident's folder


# Drafting


def _draft(options: Namespace) -> int:
    log = _log(options.timeline, options)
    if options.out is None and log.store is None:
        raise UsageError(
            "no `--out`", "the log lies in no incident's folder: say where to write the draft, `-` to print it"
        )
    found = draft(log.state, log.pack, _similar(log, options), _titles(log, options))
    if options.out == "-":
        streams.put(found.text)
        return DONE
    path = Path(options.out or "") if log.store is None or options.out else log.store.review(str(log.state.id))
    if not disk.create(path, found.text.encode()):
        hint = "look at it with `sevclass review check`; to begin anew move it away, or give another `--out`"
        raise disk.refusal(path, "file_exists", "there is a review already", hint)
    with streams.after_writing(disk.name_of(path)):
        streams.say(f"written: {disk.name_of(path)}")
    return DONE


def _similar(log: _Log, options: Namespace) -> Sequence[Similar]:
    """The incidents like it. What cannot be read among them is told.

    Raises SevclassError if there is no such folder.
    """
    if options.among is None and log.store is None:
        return ()
    folder = options.among if options.among is not None else str(log.store and log.store.root)
    past: list[Past] = []
    problems: list[Problem] = []
    for found in find_timelines(Path(folder), problems.append):
        if found.id == log.state.id:
            continue  # what is wrong with it was told
        reading = Reading(found, None, log.state.now)
        states = [(state, pack) for state, pack, _ in reading.states(skip_later=True) if state.phase != "withdrawn"]
        past.extend(_past(state, pack) for state, pack in states if state.id is not None)
        problems.extend(reading.problems)
    streams.tell(problems)
    scales = log.pack._engine.evaluator.scales  # noqa: SLF001 - the package's own
    return similar(_past(log.state, log.pack), past, scales)


def _past(state: IncidentState, pack: Pack) -> Past:
    return Past(id=state.id or "", title=state.title, extent=extent(state, pack))


def _titles(log: _Log, options: Namespace) -> Mapping[str, str]:
    """The titles of known issues, by their ids and other names."""
    knowledge: Store | None = log.store
    if options.root is not None or environ.get(root.VARIABLE):
        knowledge = Store(root.root_of(options.root))
    if knowledge is None:
        return {}
    found = known_issues(knowledge)
    streams.tell(found.problems)
    return {name: issue.title for issue in reversed(found.entries) for name in (*issue.ids, issue.id)}


# Checking


def _check(options: Namespace) -> int:
    read = reviewed(options.file)
    word = options.timeline or _beside(options.file)
    log = None if word is None else _log(word, options)
    looked = None if log is None else Looked.at(log.state, log.pack)
    findings = check_review(read, looked)
    name = name_of(options.file)
    if formats.is_json(options.format):
        owed = looked and looked.clock.model_dump()
        shape = {"schema": SCHEMA, "file": name, "findings": [one.model_dump() for one in findings], "clock": owed}
        formats.say_json(shape)
    else:
        formats.Page(sys.stdout).show(_lines(findings, looked))
    return FOUND if findings else DONE


def _beside(word: str) -> str | None:
    """The log of the incident that a review is kept with."""
    path = Path(word).absolute()
    if word == "-" or len(path.parents) < 4:  # noqa: PLR2004 - root, incident, outputs, final
        return None
    incident = path.parents[2]
    store = Store(incident.parent)
    try:
        is_kept = store.review(incident.name) == path
    except StoreError:
        return None  # no name of an incident's folder
    log = store.timeline(incident.name)
    return str(log) if is_kept and disk.is_there(log) else None


def _lines(findings: Sequence[Finding], looked: Looked | None) -> list[Row]:
    told = [
        Row(cells=(f"{one.path}: {one.code} ", f"{one.message}{f'; {one.hint}' if one.hint else ''}"))
        for one in findings
    ]
    count = len(findings)
    if looked and (owed := _owed(looked.clock)):
        told.append(Row(cells=(owed,)))
    told.append(
        Row(cells=(f"{count} {'finding' if count == 1 else 'findings'}" if count else "no findings",), style="bold")
    )
    return told


def _owed(clock: Clock) -> str | None:
    """Whether the review is on time."""
    if clock.limit_at is None:
        return "review: not owed"
    by = instant_text(clock.limit_at)
    if clock.done_at:
        return f"review: held at {instant_text(clock.done_at)}, owed by {by}"
    return f"review: owed by {by}"


# Showing


def _show(options: Namespace) -> int:
    read = reviewed(options.file)
    review = read.review
    match options.format or formats.usual():
        case "json":
            formats.say_json({ROOT: review.shape()})
        case "markdown":
            streams.say("\n".join(review_shown.markdown_of(review)))
        case "yaml":
            streams.put(read.text if read.is_block else review_yaml(review))
        case "html":
            streams.write(review_shown.html(review))
        case _:
            formats.Page(sys.stdout).show(review_shown.rows(review))
    return DONE


_DO: Mapping[str, Callable[[Any], int]] = {"draft": _draft, "check": _check, "show": _show}
