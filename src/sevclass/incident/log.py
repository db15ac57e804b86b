"""An event log as text: a YAML sequence, one event a line in JSON, or in block style where somebody wrote by hand."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic_core import from_json

from sevclass.incident.event_problems import in_order, read_event
from sevclass.incident.events import EVENTS, Event, FactsSaid, Opened, PackOpened
from sevclass.incident.journal import indent_of, split, torn_at
from sevclass.json_facts import keys_twice
from sevclass.problems import Problem, quote
from sevclass.source import Budget, plain, read

MAX_BYTES = 2**20
"""The most bytes of one entry."""
MAX_PROBLEMS = 10_000
"""Where reading stops: what has more is no log, and each problem is held."""

NEWLINE = b"\n"
_KEY = re.compile(rb'"[ \t\r\n]*:')
_BETWEEN = re.compile(rb"[ \t\r]*(#.*)?|---[ \t\r]*(#.*)?|\.\.\.[ \t\r]*", re.DOTALL)
"""A line that says nothing."""
_COMMENT = re.compile(rb"[ \t]+#")
_FLOW = re.compile(rb" {0,99}(- {1,99})?[{\[]")
"""How an entry in brackets begins."""
_CLOSED = (b"}", b"]", b"}\r", b"]\r")
"""How it ends."""
_ONE_A_LINE = re.compile(rb"(?:- \{[^\n]*\}\n)*+(?:- \{[^\n]*\})?")
"""A log that was only ever written by a program: an entry a line, and nothing else."""


class Entry(NamedTuple):
    """An event, and the line that it begins on."""

    line: int
    event: Event


class Log(NamedTuple):
    """What could be read, in the order of the file, and what is wrong with the rest."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    def of(self, id: str) -> Log:
        """The log as that of one incident: an entry that names another one is left out, and is a problem."""
        others = [entry for entry in self.entries if entry.event.incident not in {None, id}]
        if not others:
            return self
        own = tuple(entry for entry in self.entries if entry.event.incident in {None, id})
        return Log(own, in_order((*self.problems, *(_strange(entry, id) for entry in others))))


def read_log(data: bytes) -> Log:
    """Read a log: `- {…}` a line, or block style; JSON lines are read too.

    What cannot be read is a problem with its line, and the rest is read all the same.

    Raises TypeError for what is not bytes.
    """
    if not isinstance(data, bytes):
        raise TypeError(f"data: {quote(data)} is not bytes; read the file in binary mode, or encode the text")
    entries: list[Entry] = []
    problems: list[Problem] = []
    data, torn = split(data)
    indent = indent_of(data)
    for number, text in _pieces(data.removeprefix(codecs.BOM_UTF8), indent):
        found = read_entry(number, text, indent)
        if isinstance(found, Entry):
            entries.append(found)
            continue
        problems.extend(found)
        if len(problems) >= MAX_PROBLEMS:
            problems.append(too_many(number))
            break
    if torn is not None:
        problems.append(torn_at(f"line {data.count(NEWLINE) + 1}"))
    return Log(tuple(entries), tuple(problems))


def read_entry(number: int, text: bytes, indent: bytes = b"") -> Entry | list[Problem]:
    """The entry that begins on a line, or all that is wrong with it."""
    try:
        return Entry(number, _quickly(text.removeprefix(indent)))
    except ValueError:
        return _carefully(number, text, indent)


def too_many(number: int) -> Problem:
    """That a log has more problems than are worth telling."""
    hint = "the rest of the log is not read"
    return Problem(path=f"line {number}", code="too_many_problems", message="too many problems", hint=hint)


def _strange(entry: Entry, id: str) -> Problem:
    message = f"{quote(entry.event.event)} is of incident {quote(entry.event.incident)}, and left out"
    hint = f"this is the log of {quote(id)}: move it to its own"
    return Problem(path=f"line {entry.line}", code="other_incident", message=message, hint=hint)


def _pieces(data: bytes, indent: bytes) -> Iterator[tuple[int, bytes]]:
    """The entries as text, each with the number of its first line."""
    if not indent and _ONE_A_LINE.fullmatch(data):
        yield from enumerate(data.removesuffix(NEWLINE).split(NEWLINE) if data else (), 1)
        return
    number = first = start = end = line = 0  # the piece began in line `first`, and is what stands from start to end
    while line < len(data):
        number += 1
        found = data.find(NEWLINE, line)
        line_end = len(data) if found < 0 else found
        text = data[line:line_end].removeprefix(indent)
        if not text.startswith(b"- ") and _BETWEEN.fullmatch(text):
            is_closed = _FLOW.match(data, start) and data.endswith(_CLOSED, start, end)
            # At the end of a text of several lines it is content; YAML knows whether there is one.
            goes_on = bool(_COMMENT.match(text)) and not is_closed
        else:
            goes_on = text.startswith((b" ", b"\t"))
            if not (first and goes_on):
                if first:
                    yield first, data[start:end]
                first, start, end = number, line, line_end
        if goes_on:
            end = line_end
        line = line_end + 1
    if first:
        yield first, data[start:end]


def _quickly(text: bytes) -> Event:
    """The event of the usual line.

    Raises ValueError if it has to be read with care.
    """
    if len(text) > MAX_BYTES:
        raise ValueError
    event = EVENTS.validate_json(text.removeprefix(b"- "))
    keys = len(event.__pydantic_fields_set__)
    if type(event) is Opened or type(event) is FactsSaid:  # models make `isinstance` slow
        keys += len(event.facts)
        if isinstance(event, Opened) and isinstance(event.pack, PackOpened):
            keys += len(event.pack.model_fields_set)
    # As many as there are colons after quotes: so none stands twice.
    # Where no quotes have space after them, `":` stands after each key.
    is_apart = b'" ' in text or b"\t" in text or b"\r" in text or NEWLINE in text
    colons = len(_KEY.findall(text)) if is_apart else text.count(b'":')
    if colons != keys:
        raise ValueError
    return event


def _carefully(number: int, text: bytes, indent: bytes) -> Entry | list[Problem]:
    """The entry, or all that is wrong with it."""
    place, size = f"line {number}", len(text.removeprefix(indent))
    if size > MAX_BYTES:
        return [Problem(path=place, code="too_large", message=f"{size} bytes are too many", hint="at most 1 MiB")]
    given, problems = _value(number, text, indent)
    if problems:
        return problems
    event = read_event(given, place)
    return event if isinstance(event, list) else Entry(number, event)


def _value(number: int, text: bytes, indent: bytes) -> tuple[Any, list[Problem]]:
    """What an entry says, as JSON or YAML."""
    json = text.removeprefix(indent).removeprefix(b"- ")
    try:
        given = from_json(json)
    except ValueError:
        node, problems = read(text, "", Budget(), number)
        return _only(plain(node) if node else None), [_placed(found, number) for found in problems]
    _, twice = keys_twice(json)
    return given, [
        Problem(path=f"line {number}", code="duplicate_key", message=f"{quote(key)} stands twice", hint="keep one")
        for _, key in twice
    ]


def _only(items: Any) -> Any:  # noqa: ANN401 - whatever YAML has
    return items[0] if isinstance(items, list) and len(items) == 1 else items


def _placed(found: Problem, number: int) -> Problem:
    """With `line 14, column 3` for `:14:3`; without a column where it is the whole entry of that number."""
    _, *place = found.path.split(":")
    path = "line {}, column {}".format(*place) if place else f"line {number}"
    return Problem(path=path, code=found.code, message=found.message, hint=found.hint, excerpt=found.excerpt)
