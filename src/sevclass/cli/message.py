"""Draft a message about an incident, or guide a hard conversation.

KIND is a message or a guide of the pack, such as status-update or
tense-customer. INCIDENT is its event log, a file of facts, `-` for standard
input, or with `--root` its id; a guide alone needs none. What nobody knows
is a marked gap in the text, listed on standard error; with `--strict` the exit
status is 1 while there is one. What the draft promises becomes an action of
the incident with `--record`.
"""

from __future__ import annotations

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import formats, inputs, root, streams
from sevclass.cli.arguments import UsageError, choice, instant
from sevclass.cli.statuses import BAD_INPUT, DONE, FOUND
from sevclass.problems import Problem, nearest, quote

if TYPE_CHECKING:
    from sevclass.playbook import Draft  # a start need not wait for it

_FORMAT_HELP = "text, the default on a terminal: as a mail; json, the default elsewhere; markdown; html: a page"
_SET_HELP = "what a template asks for, such as plan='…'; repeatable"
_RECORD_HELP = "write what it promises into the log of the incident below the root"
_SENT_HELP = "with `--record`: it was sent, which is written into the log too"
_OPTIONS = {"customer": "--customer", "sender": "--from", "phone": "--phone"}


def add_arguments(parser: ArgumentParser) -> None:
    """What `message` takes."""
    add = parser.add_argument
    add("kind", nargs="?", metavar="KIND", help="a message or a guide of the pack")
    add("incident", nargs="?", metavar="INCIDENT", help="an event log, facts, `-`, or an id below the root")
    add("--incident", dest="id", metavar="ID", help="which one, where there are several")
    add("--opened-at", type=instant, metavar="INSTANT", help="when it was opened, where facts do not say")
    add("--now", type=instant, metavar="INSTANT", help="the instant of writing (default: now)")
    add("--customer", metavar="NAME", help="whom it is written to")
    add("--from", dest="sender", metavar="NAME", help="who writes it")
    add("--phone", metavar="NUMBER", help="under which number they can be reached")
    add("--set", dest="said", type=_pair, action="append", default=[], metavar="NAME=TEXT", help=_SET_HELP)
    add("--language", metavar="TAG", help=inputs.LANGUAGE_HELP)
    add("--zone", default="UTC", metavar="ZONE", help="the time zone of the reader, as Europe/Berlin (default: UTC)")
    add("--locale", metavar="TAG", help="how the reader writes dates, as de-AT (default: the language)")
    add("--pack", help="the pack to read it under (default: the one it was opened under)")
    add("--root", metavar="DIR", help=root.HELP)
    add("--format", **choice("format", "text", "json", "markdown", "html"), help=_FORMAT_HELP)
    add("--strict", action="store_true", help="exit status 1 while there is a gap; then nothing is recorded")
    add("--record", action="store_true", help=_RECORD_HELP)
    add("--sent", action="store_true", help=_SENT_HELP)


def run(options: Namespace) -> int:
    """Draft it.

    Raises UsageError or SevclassError where nothing can be drafted.
    """
    from sevclass.playbook.messages import kinds

    if options.sent and not options.record:
        raise UsageError("`--sent` goes with `--record`", "it is written into the log")
    if options.incident is None:
        pack = inputs.pack(options.pack or DEFAULT_PACK, options.language)
        known = kinds(pack)
        if options.kind is None:
            raise UsageError("no KIND", _one_of(list(known)))
        options.kind = _kind(options.kind, list(known))
        return _alone(options, pack)
    return _drafted(options)


def _pair(text: str) -> tuple[str, str]:
    name, sign, said = text.partition("=")
    if not sign or not name or not said.strip():
        raise ArgumentTypeError(f"{quote(text)} is not NAME=TEXT")
    return name, said


def _one_of(names: Sequence[str]) -> str:
    return f"one of {', '.join(map(quote, names))}" if names else "the pack has no `messages` and no `guides`"


def _kind(word: str, known: Sequence[str]) -> str:
    """The kind that is meant: as the pack has it, or as words, `status update`.

    Raises UsageError if there is none.
    """
    alike = [kind for kind in known if word == kind] or [kind for kind in known if _words(word) == _words(kind)]
    if not alike:
        raise UsageError(f"unknown message {quote(word)}", nearest(word, known) or _one_of(known))
    return alike[0]


def _words(kind: str) -> Sequence[str]:
    return re.split(r"[\s_-]+", kind.strip().casefold())


def _alone(options: Namespace, pack: Pack) -> int:
    """A guide without an incident."""
    from sevclass.playbook.guides import guide
    from sevclass.playbook.messages import alone

    if guide(pack, options.kind) is None:
        raise UsageError("no INCIDENT", "name an event log or facts that the message is about, or `-`")
    _print(options, alone(options.kind, pack, options.now or datetime.now(UTC)), [], [])
    return DONE


def _drafted(options: Namespace) -> int:
    from sevclass.cli.promised import record
    from sevclass.cli.reported import Wanted, reported
    from sevclass.incident.store import Store
    from sevclass.playbook.local_time import LocalTime
    from sevclass.playbook.messages import Incident, alone, draft, kinds
    from sevclass.playbook.writer import Writer

    now = options.now or datetime.now(UTC)
    knowledge = root.knowledge_of(options.root)
    store = Store(root.root_of(options.root)) if knowledge else None
    found = reported(
        Wanted(
            word=options.incident,
            id=options.id,
            pack=options.pack,
            opened_at=options.opened_at,
            now=now,
            store=store,
        )
    )
    known = kinds(found.pack)
    options.kind = _kind(options.kind, list(known))
    pack = inputs.in_language(found.pack, options.language)
    matching = knowledge.of(found.pack) if knowledge else None
    if known[options.kind]:
        time = LocalTime(options.zone, options.locale or pack.language)
        writer = Writer(customer=options.customer, sender=options.sender, phone=options.phone, said=dict(options.said))
        incident = Incident(found.entries, now, found.id, matching, found.is_dated)
        made = draft(options.kind, incident, pack, writer, time)
    else:
        made = alone(options.kind, pack, now)
    placed = [found.timeline.placed(one) if found.timeline else one for one in made.problems]
    problems = [*found.problems, *placed, *(knowledge.problems if knowledge else ())]
    is_open = bool(options.strict and made.gaps)
    written: list[str] = []
    if options.record and not is_open:
        added = record(made, found, Store(root.root_of(options.root)), options)
        written = [str(event.id) for event in added.events] if added else []
    streams.tell(problems)
    with streams.after_writing(f"{found.id}: {', '.join(written)}") if written else nullcontext():
        _print(options, made, problems, written)
    _tell(made, is_dated=found.is_dated, is_recorded=options.record and not is_open)
    if found.is_bad:
        return BAD_INPUT
    return FOUND if is_open else DONE


def _tell(made: Draft, *, is_dated: bool, is_recorded: bool) -> None:
    """What is missing and how to say it, and how to write down what is promised."""
    from sevclass.cli.promised import commands

    for gap in made.gaps:
        option = _OPTIONS.get(gap.name) or (f"--set {gap.name}=" if gap.name in made.asked else None)
        if not is_dated and gap.name in made.dated:
            option = "--opened-at"
        streams.complain(f"missing: {gap.name}, {gap.hint}" + (f"; `{option}`" if option else ""))
    if not is_recorded:
        for command in commands(made):
            streams.complain(f"to record: {command}")


def _print(options: Namespace, made: Draft, problems: Sequence[Problem], written: Sequence[str]) -> None:
    from sevclass.cli import letters

    form = options.format or formats.usual()
    if form == "json":
        told = [problem.model_dump() for problem in problems]
        formats.say_json({**made.model_dump(), "written": list(written), "problems": told})
    elif form == "html":
        streams.say(letters.as_html(made))
    else:
        streams.say(letters.text(made) if form == "text" else letters.as_markdown(made))
