"""A file of many incidents, one event a line in JSON, brought together by incident, wherever its lines stand.

Only the text of the lines is held: events take ten times as much.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO, NamedTuple, TypeAlias

from pydantic_core import from_json

from sevclass.cli import inputs
from sevclass.cli.timelines import Progress, Timeline, nameless, split
from sevclass.incident.disk import refusal
from sevclass.incident.events import Opened
from sevclass.incident.journal import MAX_BYTES as MOST_OF_FILE, TOO_MUCH
from sevclass.incident.log import MAX_BYTES, MAX_PROBLEMS, Entry, read_entry, too_many
from sevclass.problems import Problem

_Lines: TypeAlias = Iterator[tuple[int, bytes | None, int]]
"""Number, text without its end (None if it is too long), and size."""


class _Group(NamedTuple):
    """The lines of an incident, and their numbers."""

    texts: list[bytes]
    numbers: array[int]


def gathered(file: BinaryIO, name: str, reading: Progress | None, taking: Progress | None) -> Iterator[Timeline]:
    """The logs of the incidents in a file, or of the one that a YAML log has.

    `reading` is told of the bytes that were read, `taking` of the incidents that were given out.

    Raises FactsError or StoreError if it cannot be read.
    """
    lines = inputs.many_lines(file, name)
    head: list[tuple[int, bytes | None, int]] = []
    for line in lines:
        head.append(line)
        if line[1] is None or not _says_nothing(line[1]):
            break
    every = chain(head, lines)
    if head and (head[-1][1] or b"").lstrip().startswith(b"{"):
        yield from _together(every, name, reading, taking)
    else:
        yield from split(None, name, _whole(every, name))


def _says_nothing(text: bytes) -> bool:
    return not text.strip() or text.startswith((b"#", b"---"))


def _whole(lines: _Lines, name: str) -> bytes:
    """All of a log in YAML, which is read as a whole."""
    size, texts = 0, []
    for _, text, taken in lines:
        size += taken
        if text is None or size > MOST_OF_FILE:
            raise refusal(name, *TOO_MUCH)
        if taken:
            texts.append(text)
    return b"\n".join(texts)


def _together(lines: _Lines, name: str, reading: Progress | None, taking: Progress | None) -> Iterator[Timeline]:
    groups: dict[str | None, _Group] = {}
    problems: list[Problem] = []
    done = 0
    for number, text, size in lines:
        done += size
        if reading:
            reading.step(done, bad=False)
        if text is None:
            problems.append(_too_large(number, size))
        elif size and not _says_nothing(text):
            found = _incident(number, text)
            if isinstance(found, list):
                problems.extend(found)
            else:
                group = groups.get(found)
                if group is None:
                    group = groups[found] = _Group([], array("Q"))
                group.texts.append(text)
                group.numbers.append(number)
        if len(problems) >= MAX_PROBLEMS:
            problems.append(too_many(number))
            break
    yield from _given(groups, name, problems, taking)


def _incident(number: int, text: bytes) -> str | list[Problem] | None:
    """Which incident a line is of; what is wrong with it, if nobody can tell."""
    try:
        given = from_json(text)
        found = given.get("incident")
    except (ValueError, AttributeError):
        entry = read_entry(number, text)
        return entry.event.incident if isinstance(entry, Entry) else entry
    if found is None or isinstance(found, str):
        return found or None
    entry = read_entry(number, text)
    return entry if isinstance(entry, list) else None


def _given(
    groups: dict[str | None, _Group], name: str, problems: list[Problem], taking: Progress | None
) -> Iterator[Timeline]:
    if taking:
        taking.total = len(groups)
    several = len(groups) > 1
    if problems:
        yield Timeline(None, name, (), tuple(problems))
    for done, id_ in enumerate(list(groups), 1):
        group = groups.pop(id_)
        entries: list[Entry] = []
        bad: list[Problem] = []
        for number, text in zip(group.numbers, group.texts, strict=True):
            found = read_entry(number, text)
            if isinstance(found, Entry):
                entries.append(found)
            else:
                bad.extend(found)
        if id_ is None and several and not any(isinstance(entry.event, Opened) for entry in entries):
            yield Timeline(None, name, (), (*bad, *map(nameless, entries)))
        else:
            yield Timeline(id_, name, tuple(entries), tuple(bad), id_)
        if taking:
            taking.step(done, bad=bool(bad))


def _too_large(number: int, size: int) -> Problem:
    hint = f"at most {MAX_BYTES >> 20} MiB"
    return Problem(path=f"line {number}", code="too_large", message=f"{size} bytes are too many", hint=hint)
