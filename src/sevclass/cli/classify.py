"""Say how severe an incident is, why, what is owed by when, and who must come.

FACTS is a file of JSON, YAML (`.yaml`) or JSON lines (`.jsonl`), or `-` for
standard input. Facts come bare, `{"functionality": "down"}`, or with more:
`{"id": "T-17", "opened_at": "2026-03-02T14:23:00Z", "facts": {...}}`.

Of JSON lines each is an incident of its own, and for each one line comes out,
in order. A line that is bad input is told on standard error too; the others
go on, and the exit status is 2 at the end.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial
from math import inf
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Protocol

from pydantic_core import from_json

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.classification import Assume, Classification
from sevclass.cli import documents, formats, inputs, places, root, streams
from sevclass.cli.arguments import Needed, UsageError, choice, instant
from sevclass.cli.statuses import BAD_INPUT, DONE, FOUND
from sevclass.facts import FactsInput
from sevclass.problems import FactsError, Problem, quote

if TYPE_CHECKING:
    from sevclass.cli.progress import Bar  # it brings in rich
    from sevclass.incident.known import KnownIssues  # a start need not wait for its models


_FACTS_HELP = "a file, or `-` for standard input: JSON, or JSON lines if more follow"
_OPENED_HELP = "when it was opened, as 2026-03-02T14:23:00Z; dates the SLA"
_FORMAT_HELP = (
    "text, the default on a terminal: for people, and of JSON lines one line each; json, the default elsewhere: one "
    "line each, but indented for a single incident on a terminal; markdown: for a ticket, and of JSON lines a table"
)
_ASSUME_HELP = "how unknown facts count: as harmless (known, the default), or as their worst"
_ENGINE_HELP = "python, the default; or durable: durable-rules, an extra, with the same answers"

_TOGETHER = 64
"""The most answers that are printed together."""


class Engine(Protocol):
    """What classifies: a pack, or the same pack on another rule engine."""

    def classify(
        self, facts: FactsInput, opened_at: datetime | None = None, id: str | None = None, *, assume: Assume = "known"
    ) -> Classification:
        """Classify an incident.

        Raises FactsError.
        """
        ...


def add_arguments(parser: ArgumentParser) -> None:
    """What `classify` takes."""
    add = parser.add_argument
    add("facts", action=Needed, metavar="FACTS", help=_FACTS_HELP, hint="name a file, or `-` for standard input")
    add("--pack", default=DEFAULT_PACK, help=f"a pack that ships, or the folder of one (default: {DEFAULT_PACK})")
    add("--language", metavar="TAG", help=inputs.LANGUAGE_HELP)
    add("--opened-at", type=instant, metavar="INSTANT", help=_OPENED_HELP)
    add("--id", help="the incident's id, given back")
    add("--format", **choice("format", *formats.NAMES), help=_FORMAT_HELP)
    add("--brief", action="store_true", help="of JSON only id, severity, could_be and war_room, on one line")
    add("--fail-at", metavar="SEV", help="exit with 1 if this severity or a worse one is reached")
    add("--assume", **choice("assumption", "known", "worst"), default="known", help=_ASSUME_HELP)
    add("--input", **choice("input", *inputs.KINDS), help="what FACTS is, whatever its name")
    add("--root", metavar="DIR", help=root.KNOWLEDGE_HELP)
    add("--engine", **choice("engine", "python", "durable"), default="python", help=_ENGINE_HELP)


def run(options: Namespace) -> int:
    """Classify: 0, or 1 if `--fail-at` was reached, or 2 if a line was bad input.

    Raises UsageError, or SevclassError where nothing can be classified.
    """
    pack = inputs.pack(options.pack, options.language)
    fail_at = _severity(options.fail_at, pack)
    classify = partial(_engine(options.engine, pack).classify, opened_at=options.opened_at, assume=options.assume)
    known = _known(options.root, pack)
    name = inputs.name_of(options.facts)
    kind = options.input or inputs.kind_of(options.facts)
    with inputs.opened(options.facts) as file:
        content = _content(file, name, kind)
        form = _format(options, pack, known)
        if isinstance(content, bytes):
            ask = documents.asking(options.facts, partial(classify, id=options.id))
            found = documents.answered(content, name, kind, ask)
            form.one(found)
            return FOUND if found.severity <= fail_at else DONE
        if options.id is not None:
            raise UsageError("`--id` names one incident", f"{name} is a stream of many")
        worst, bad = _stream(content, name, _answers(options, pack, classify, form), form, _bar(file, name))
        return BAD_INPUT if bad else FOUND if worst <= fail_at else DONE


def _known(word: str | None, pack: Pack) -> KnownIssues | None:
    """What is known below the root, if there is one; what is wrong with it is told and changes no answer."""
    knowledge = root.knowledge_of(word)
    if knowledge is None:
        return None
    known = knowledge.of(pack)
    streams.tell(knowledge.problems)
    return known


def _format(options: Namespace, pack: Pack, known: KnownIssues | None) -> formats.Format:
    if options.brief and options.format not in {None, "json"}:
        raise UsageError("`--brief` is JSON", f"leave out `--format {options.format}`")
    name = "json" if options.brief else options.format or formats.usual()
    return formats.format_of(name, pack, options.assume, brief=options.brief, known=known)


def _content(file: BinaryIO, name: str, kind: str | None) -> bytes | Iterable[inputs.Line]:
    if kind == "jsonl":
        return inputs.many_lines(file, name)
    return inputs.document(file, name) if kind else inputs.sniffed(file, name)


def _severity(text: str | None, pack: Pack) -> int:
    """The severity that `--fail-at` names; 0, which none is as bad as, without it."""
    if text is None:
        return 0
    known = {str(severity): severity for severity in pack.severities}
    if text not in known:
        raise UsageError(f"unknown severity {quote(text)}", f"one of {', '.join(f'`{number}`' for number in known)}")
    return known[text]


def _engine(name: str, pack: Pack) -> Engine:
    if name == "python":
        return pack
    from sevclass.targets.durable import DurableEngine

    return DurableEngine(pack)


class Answers(Protocol):
    """Classifies lines, and prints the answers."""

    def answer(self, data: bytes, number: int) -> int:
        """Classify the line of that number: the severity.

        Raises FactsError.
        """
        ...

    def settle(self) -> None:
        """Print what waits."""


class _InAnyForm:
    """One answer at a time."""

    def __init__(self, classify: Callable[[bytes], Classification], form: formats.Format) -> None:
        self._classify, self._form = classify, form

    def answer(self, data: bytes, number: int) -> int:
        found = self._classify(data)
        self._form.record(found, number)
        return found.severity

    def settle(self) -> None:
        pass


class _AsJson:
    """From text to text, which is the usual case; where nobody looks on, some answers are printed together."""

    def __init__(self, pack: Pack, *, brief: bool) -> None:
        self._render = partial(pack.render_json, brief=brief)
        self._together = 1 if streams.is_terminal(sys.stdout) else _TOGETHER
        self._waiting: list[str] = []

    def answer(self, data: bytes, number: int) -> int:  # noqa: ARG002 - its place in the output tells
        severity, text = self._render(data)
        self._waiting.append(text)
        if len(self._waiting) >= self._together:
            self.settle()
        return severity

    def settle(self) -> None:
        waiting, self._waiting = self._waiting, []  # an interrupt must not print them twice
        if waiting:
            streams.say_json("\n".join(waiting))


def _answers(
    options: Namespace, pack: Pack, classify: Callable[[bytes], Classification], form: formats.Format
) -> Answers:
    usual = options.opened_at is None and options.assume == "known" and options.engine == "python"
    if usual and isinstance(form, formats.Json) and not form.shows_known:
        return _AsJson(pack, brief=options.brief)
    return _InAnyForm(classify, form)


def _stream(
    lines: Iterable[inputs.Line], name: str, answers: Answers, form: formats.Format, bar: Bar | None
) -> tuple[float, bool]:
    """Classify each line: the worst severity (infinity if there is none), and whether a line was bad."""
    worst, bad, done = inf, False, 0
    clear = bar.clear if bar else _nothing
    clear_for_output = clear if streams.is_terminal(sys.stdout) else _nothing
    answer = answers.answer
    try:
        for number, data, size in lines:
            if not size:  # who reads them may be waiting too
                answers.settle()
                streams.flush()
                continue
            done += size
            is_bad = False
            clear_for_output()
            try:
                if data is None:
                    raise inputs.too_long()
                severity = answer(data, number)
            except FactsError as error:
                if inputs.is_blank(data):
                    continue
                bad = is_bad = True
                clear()
                answers.settle()
                _tell_bad(number, data or b"", name, error.problems, form)
            else:
                worst = min(worst, severity)
            if bar:
                bar.step(done, bad=is_bad)
    finally:
        clear()
        answers.settle()
    if bar:
        bar.finish()
    return worst, bad


def _tell_bad(number: int, line: bytes, name: str, problems: Sequence[Problem], form: formats.Format) -> None:
    data = line.rstrip(b"\r\n")
    problems = list(places.in_line(problems, data))
    form.bad(number, _id(data), problems)
    for found in problems:
        streams.complain(f"{name}:{number}: {found}")


def _id(data: bytes) -> str | None:
    """The id of a record that is bad otherwise, if it can be read."""
    try:
        record = from_json(data)
    except ValueError:
        return None
    id_ = record.get("id") if isinstance(record, dict) else None
    return id_ if isinstance(id_, str) else None


def _bar(file: BinaryIO, name: str) -> Bar | None:
    """The progress bar, where a person can see one."""
    if not streams.is_terminal(sys.stderr) or streams.is_dumb():
        return None
    from sevclass.cli.progress import Bar, size

    return Bar(PurePath(name).name, size(file))


def _nothing() -> None:
    """No bar, nothing to clear."""
