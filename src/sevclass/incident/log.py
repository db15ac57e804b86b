"""An event log as text: a YAML sequence, one event a line in JSON, or in block style where somebody wrote by hand."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic_core import from_json

from sevclass.incident.event_problems import read_event
from sevclass.incident.events import EVENTS, Event, FactsSaid, Opened, PackOpened
from sevclass.incident.journal import indent_of, split, torn_at
from sevclass.json_facts import keys_twice
from sevclass.problems import Problem, quote
from sevclass.source import Budget, plain, read

MAX_BYTES = 2**20
"""The most bytes of one entry."""

NEWLINE = b"\n"
_APART = re.compile(rb'"[ \t\r\n]+')
"""After the quotes of a key or a value; where this is nowhere, `":` stands after each key."""
_KEY = re.compile(rb'"[ \t\r\n]*:')
_BETWEEN = re.compile(rb"[ \t\r]*(#.*)?|---[ \t\r]*(#.*)?|\.\.\.[ \t\r]*", re.DOTALL)
"""A line that says nothing."""


class Entry(NamedTuple):
    """An event, and the line that it begins on."""

    line: int
    event: Event


class Log(NamedTuple):
    """What could be read, in the order of the file, and what is wrong with the rest."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def read_log(data: bytes) -> Log:
    """Read a log: `- {…}` a line, or block style; JSON lines are read too.

    What cannot be read is a problem with its line, and the rest is read all the same.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    data, torn = split(data)
    for number, text in _pieces(data.removeprefix(codecs.BOM_UTF8), indent_of(data)):
        try:
            entries.append(Entry(number, _quickly(text)))
        except ValueError:
            found = _carefully(number, text)
            if isinstance(found, Entry):
                entries.append(found)
            else:
                problems.extend(found)
    if torn is not None:
        problems.append(torn_at(f"line {data.count(NEWLINE) + 1}"))
    return Log(tuple(entries), tuple(problems))


def _pieces(data: bytes, indent: bytes) -> Iterator[tuple[int, bytes]]:
    """The entries as text, each with the number of its first line."""
    first, piece, between = 0, b"", b""
    for number, line in enumerate(data.split(NEWLINE), 1):
        text = line.removeprefix(indent)
        if not text.startswith(b"- ") and _BETWEEN.fullmatch(text):
            between += NEWLINE + text
        elif piece and text.startswith((b" ", b"\t")):
            piece += between + NEWLINE + text
            between = b""
        else:
            if piece:
                yield first, piece
            first, piece, between = number, text, b""
    if piece:
        yield first, piece


def _quickly(text: bytes) -> Event:
    """The event of the usual line.

    Raises ValueError if it has to be read with care.
    """
    event = EVENTS.validate_json(text.removeprefix(b"- "))
    keys = len(event.__pydantic_fields_set__)
    if isinstance(event, Opened | FactsSaid):
        keys += len(event.facts)
        if isinstance(event, Opened) and isinstance(event.pack, PackOpened):
            keys += len(event.pack.model_fields_set)
    # As many as there are colons after quotes: so none stands twice.
    colons = len(_KEY.findall(text)) if _APART.search(text) else text.count(b'":')
    if colons != keys or len(text) > MAX_BYTES:
        raise ValueError
    return event


def _carefully(number: int, text: bytes) -> Entry | list[Problem]:
    """The entry, or all that is wrong with it."""
    place = f"line {number}"
    if len(text) > MAX_BYTES:
        return [Problem(path=place, code="too_large", message=f"{len(text)} bytes are too many", hint="at most 1 MiB")]
    given, problems = _value(number, text)
    if problems:
        return problems
    event = read_event(given, place)
    return event if isinstance(event, list) else Entry(number, event)


def _value(number: int, text: bytes) -> tuple[Any, list[Problem]]:
    """What an entry says, as JSON or YAML."""
    try:
        given = from_json(text.removeprefix(b"- "))
    except ValueError:
        # The lines before it, empty, so that places are right.
        node, problems = read(b"\n" * (number - 1) + text, "", Budget())
        return _only(plain(node) if node else None), [_placed(found) for found in problems]
    _, twice = keys_twice(text.removeprefix(b"- "))
    return given, [
        Problem(path=f"line {number}", code="duplicate_key", message=f"{quote(key)} stands twice", hint="keep one")
        for _, key in twice
    ]


def _only(items: Any) -> Any:  # noqa: ANN401 - whatever YAML has
    return items[0] if isinstance(items, list) and len(items) == 1 else items


def _placed(found: Problem) -> Problem:
    """With `line 14, column 3` for `:14:3`."""
    _, line, column = found.path.split(":")
    path = f"line {line}, column {column}"
    return Problem(path=path, code=found.code, message=found.message, hint=found.hint, excerpt=found.excerpt)
