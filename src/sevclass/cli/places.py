"""Where in its file a problem of an incident's facts is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sevclass.problems import Problem
from sevclass.source import Node, Source, problem

_PLACE = re.compile(r" at line (\d+) column (\d+)$", re.ASCII)


def in_json(problems: Iterable[Problem], data: bytes, name: str) -> Iterator[Problem]:
    """The problems of a document: what is no JSON with its line and column, what is no fact with its path."""
    for found in problems:
        cause, place = _cause(found, data)
        if place:
            row, column = place
            text = data.decode(errors="replace").split("\n")
            node = Node(source=Source(name=name, lines=tuple(text)), line=row, column=column, width=1)
            yield problem(node, cause.code, cause.message, cause.hint)
        else:
            yield replace(cause, path=f"{name}: {cause.path}" if cause.path else name)


def in_line(problems: Iterable[Problem], data: bytes) -> Iterator[Problem]:
    """The problems of one line of a stream: the number of the line is told beside them."""
    for found in problems:
        cause, place = _cause(found, data)
        yield replace(cause, message=f"{cause.message} at column {place[1]}") if place else cause


def in_yaml(problems: Iterable[Problem], root: Node, name: str) -> Iterator[Problem]:
    """The problems of a document of YAML: at the value, or at the key if that is what is wrong."""
    for found in problems:
        node = _at(root, found)
        if node:
            yield problem(node, found.code, f"{found.path}: {found.message}", found.hint)
        else:
            yield replace(found, path=f"{name}: {found.path}" if found.path else name)


def _cause(found: Problem, data: bytes) -> tuple[Problem, tuple[int, int] | None]:
    """The problem without the place in its message, and that place: line and column, both from 1, in characters."""
    place = _PLACE.search(found.message) if found.code == "not_json" else None
    if place is None:
        return found, None
    try:
        data.decode()
    except UnicodeDecodeError as error:
        hint = "save the file as UTF-8" + (", not UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "")
        cause = replace(found, code="encoding", message=f"byte 0x{data[error.start]:02X} is not UTF-8", hint=hint)
        before = data[: error.start].decode().split("\n")
        return cause, (len(before), len(before[-1]) + 1)
    row, column = map(int, place.groups())
    before_it = data.split(b"\n")[row - 1][: max(0, column - 1)]
    return replace(found, message=found.message[: place.start()]), (row, len(before_it.decode(errors="ignore")) + 1)


def _at(root: Node, found: Problem) -> Node | None:
    inside = root
    entries = root.value if isinstance(root.value, Mapping) else {}
    key = found.path
    if "facts" in entries and key.startswith("facts."):
        inside, key = entries["facts"].value, key.removeprefix("facts.")
        entries = inside.value if isinstance(inside.value, Mapping) else {}
    entry = entries.get(key)
    if entry is None:
        return None
    return entry.key if found.code in {"unknown_fact", "unknown_key", "derived_fact"} else entry.value
