"""YAML text as nodes that know their line and column: strict, without recursion, all problems at once.

Scalars follow the core schema of YAML 1.2 (section 10.3.2). Anchors, aliases, tags, directives, second documents,
duplicate keys and keys that are not text are refused.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from types import MappingProxyType
from typing import Any, NoReturn, TypeAlias

import yaml

# Required, without a fallback to PyYAML's own parser: that one accepts half surrogates, and fails in other words.
from yaml import CSafeLoader

from sevclass.nodes import Entry, Node, Source
from sevclass.problems import Problem, quote
from sevclass.yaml_errors import MAX_DEPTH, REFUSED, TOO_DEEP, explain
from sevclass.yaml_scalars import NULLS, resolve

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_NODES", "Budget", "Entry", "Node", "Source", "plain", "problem", "read"]

MAX_BYTES = 8 * 1024 * 1024
"""The largest file."""
MAX_NODES = 500_000
"""The most nodes, keys included, in all the files that share a budget."""
MAX_PROBLEMS = 1_000
"""Where reading a file stops: each problem quotes its line, and there could be one for each node."""
EXCERPT = 100
"""The most characters of a line that an excerpt shows."""

# PyYAML's stubs allow an event without marks; the parser makes none.
_Event: TypeAlias = Any
_Mark: TypeAlias = Any

_BREAK = re.compile(r"\r\n?|\n")
_DIRECTIVE = re.compile(r"(?:\A|(?<=[\r\n]))%")
_PREAMBLE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n)|%[^\r\n]*(?:\r\n?|\n)?)*+")
_NEXT_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*+%")
_PROPERTY = re.compile(r"!<[^>\s]*>|[&!][^\s,\[\]{}]*")
# What YAML allows, but for U+0085, U+2028 and U+2029, which libyaml takes for line breaks (1.2 does not), and U+FEFF.
_NOT_ALLOWED = re.compile("[^\t\n\r -~\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Budget:
    """How many nodes may still be read; shared by files that belong together."""

    limit: int = MAX_NODES
    spent: int = 0

    def spend(self) -> bool:
        """Take one node; False if there was none left."""
        self.spent += 1
        return self.spent <= self.limit


def read(data: bytes, name: str, budget: Budget, first: int = 1) -> tuple[Node | None, list[Problem]]:
    """Read the bytes of a file: its node, and all problems in the order of the file.

    A part of a file that begins in the line `first` is read alone, and its places are those in the file.
    The node is None if the document is empty, or cannot be read to its end: then there is a problem. With other
    problems the node is there, without the entries that have no usable key and with text for what is no value.
    """
    if len(data) > MAX_BYTES:
        return None, [Problem(path=name, code="too_large", message=f"the file is larger than {MAX_BYTES >> 20} MiB")]
    if first == 1:
        data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        message = f"byte 0x{data[error.start]:02X} is not UTF-8"
        hint = "save the file as UTF-8" + (", not UTF-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "")
        place = _Reader(data.decode(errors="replace"), name, budget, first).at(len(data[: error.start].decode()))
        return None, [problem(place, "encoding", message, hint)]
    reader = _Reader(text, name, budget, first)
    if found := _NOT_ALLOWED.search(text):
        code = f"{ord(found[0]):04X}"
        hint = f"delete it, or write it as `\\u{code}` in double quotes"
        return None, [problem(reader.at(found.start()), "character", f"character U+{code} is not allowed", hint)]
    return reader.read(), reader.problems


def plain(node: Node) -> Any:  # noqa: ANN401  whatever YAML can say
    """The node as ordinary data: dict, list, text, number, bool or None."""
    if isinstance(node.value, tuple):
        return [plain(item) for item in node.value]
    if isinstance(node.value, Mapping):
        return {key: plain(entry.value) for key, entry in node.value.items()}
    return node.value


def problem(node: Node, code: str, message: str, hint: str | None = None) -> Problem:
    """A problem at a node: its path is `criteria.yaml:14:22`, its excerpt the line with carets under the node."""
    path = node.place
    return Problem(path=path, code=code, message=message, hint=hint, excerpt=_excerpt(node))


def _excerpt(node: Node) -> str:
    """The line of the node, or the part of a long one around it, and below it as many carets as the node is wide."""
    line = node.source.lines[node.line - node.source.first]
    start = max(0, min(node.column - 1 - EXCERPT // 3, len(line) - EXCERPT))
    shown = [_printable(character) for character in line[start : start + EXCERPT]]
    place = node.column - 1 - start
    before = "…" if start else ""
    after = "…" if start + EXCERPT < len(line) else ""
    indent = len(before) + sum(map(_cells, shown[:place]))
    carets = max(1, sum(map(_cells, shown[place : place + node.width])))
    return f"    {before}{''.join(shown)}{after}\n    {' ' * indent}{'^' * carets}"


def _printable(character: str) -> str:
    """The character, or what stands for one that could move the cursor."""
    return character if character.isprintable() else " " if character.isspace() else "\ufffd"


def _cells(character: str) -> int:
    """How many columns of a terminal a printable character takes."""
    if unicodedata.category(character) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


class _StopError(Exception):
    """The rest of the file cannot be read; the problem is noted."""


@dataclass(slots=True)
class _Open:
    """A collection whose end is still to come; `entries` is None for a list. `key` waits for its value."""

    start: _Mark
    items: list[Node]
    entries: dict[str, Entry] | None
    expects_key: bool
    key: Node | None = None


class _Reader:
    """Builds the nodes of one file from the events of the parser, on a stack of its own."""

    def __init__(self, text: str, name: str, budget: Budget, first: int) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._source = Source(name=name, lines=tuple(_BREAK.split(text)), first=first)
        self._first = first
        self._budget = budget
        self._last = len(self._source.lines) - 1
        while self._last > 0 and not self._source.lines[self._last].strip():
            self._last -= 1
        self._open: list[_Open] = []
        self._root: Node | None = None

    def at(self, index: int) -> Node:
        """The place of a character."""
        lines = _BREAK.split(self._text[:index])
        return Node(source=self._source, line=len(lines) - 1 + self._first, column=len(lines[-1]) + 1, width=1)

    def read(self) -> Node | None:
        """The root; None if there is none, or with a problem if the file cannot be read to its end."""
        preamble = next(_PREAMBLE.finditer(self._text))[0]
        if directive := _DIRECTIVE.search(preamble):
            self._refuse(self.at(directive.start()), "directive")
        # As comments they keep every position, and libyaml does not compare each one with all before it.
        text = _DIRECTIVE.sub("#", preamble) + self._text[len(preamble) :]
        try:
            for event in yaml.parse(text, Loader=CSafeLoader):
                self._take(event)
        except _StopError:
            return None
        except yaml.MarkedYAMLError as error:
            mark, code, message, hint = explain(error, self._first)
            self._report(self._node(mark, mark), code, message, hint)
            return None
        empty = self._root is not None and self._root.value is None and not self._root.text
        return None if empty else self._root

    def _take(self, event: _Event) -> None:
        if len(self.problems) >= MAX_PROBLEMS:
            self._stop(self._place(event), "too_many_problems", "too many problems", "the rest of the file is not read")
        match event:
            case yaml.ScalarEvent():
                self._begin(event)
                self._scalar(event)
            case yaml.CollectionStartEvent():
                self._begin(event)
                self._collection(event)
            case yaml.CollectionEndEvent():
                opened = self._open.pop()
                value = tuple(opened.items) if opened.entries is None else MappingProxyType(opened.entries)
                self._add(self._node(opened.start, event.end_mark, value))
            case yaml.AliasEvent():
                self._count(event)
                node = self._node(event.start_mark, event.end_mark, f"*{event.anchor}", f"*{event.anchor}")
                self._refuse(node, "alias")
                self._add(node)
            case yaml.DocumentEndEvent():
                end: _Mark = event.end_mark
                # Before the next event libyaml would read all its directives, each against all before it.
                if directive := _NEXT_DIRECTIVE.match(self._text, end.index):
                    self._stop(self.at(directive.end() - 1), "second_document", *REFUSED["second_document"])
            case yaml.DocumentStartEvent() if self._root:
                self._stop(self._place(event), "second_document", *REFUSED["second_document"])

    def _begin(self, event: _Event) -> None:
        """Count a node, and refuse its anchor and its tag."""
        self._count(event)
        if event.anchor is not None or event.tag is not None:
            start, properties = event.start_mark, (event.anchor is not None) + (event.tag is not None)
            for found in islice(_PROPERTY.finditer(self._source.lines[start.line], start.column), properties):
                line, column = start.line + self._first, found.start() + 1
                place = Node(source=self._source, line=line, column=column, width=len(found[0]))
                self._refuse(place, "anchor" if found[0].startswith("&") else "tag")

    def _count(self, event: _Event) -> None:
        if not self._budget.spend():
            limit = f"more than {self._budget.limit:,} values and keys in all"
            self._stop(self._place(event), "too_many_nodes", limit)

    def _scalar(self, event: _Event) -> None:
        text, bare = event.value, not event.style
        if self._expects_key:
            key = self._node(event.start_mark, event.end_mark, text, text)
            self._add(key, self._usable(key, bare=bare))
            return
        value, trouble = resolve(text) if bare else (text, None)
        node = self._node(event.start_mark, event.end_mark, value, text)
        if trouble:
            self._report(node, "number", trouble, "if it is text, quote it")
        self._add(node)

    def _usable(self, key: Node, *, bare: bool) -> Node | None:
        """The key, if it is one; else the problem is noted, and its value is read for problems only."""
        entries = self._open[-1].entries or {}
        if not key.text:
            self._report(key, "key", "a key cannot be empty")
        elif bare and key.text in NULLS:
            self._report(key, "key", "a key cannot be null", "if it is text, quote it")
        elif key.text in entries:
            first = entries[key.text].key.line
            self._report(key, "duplicate_key", f"duplicate key {quote(key.text)}", f"the first is in line {first}")
        else:
            return key
        return None

    def _collection(self, event: _Event) -> None:
        is_mapping = isinstance(event, yaml.MappingStartEvent)
        if len(self._open) == MAX_DEPTH:
            self._stop(self._place(event), *TOO_DEEP)
        if self._expects_key:
            kind = "mapping" if is_mapping else "list"
            self._report(self._place(event), "key", f"a key must be text, not a {kind}")
        self._open.append(_Open(event.start_mark, [], {} if is_mapping else None, expects_key=is_mapping))

    @property
    def _expects_key(self) -> bool:
        return bool(self._open) and self._open[-1].expects_key

    def _add(self, node: Node, key: Node | None = None) -> None:
        """Hang a node into the collection that is open; where a key is due, `key` is the node if it can be one."""
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if parent.entries is None:
            parent.items.append(node)
        elif parent.expects_key:
            parent.key, parent.expects_key = key, False
        else:
            if parent.key:
                parent.entries[parent.key.text] = Entry(key=parent.key, value=node)
            parent.expects_key = True

    def _node(self, start: _Mark, end: _Mark, value: Any = None, text: str = "") -> Node:  # noqa: ANN401
        """A node between two marks; one of several lines is underlined to the end of the first."""
        line, column, lines = start.line, start.column, self._source.lines
        if line > self._last:
            # The end of the file is shown behind the last line that has something to show.
            line, column, width = self._last, len(lines[self._last]), 1
        else:
            width = (end.column if end.line == line else len(lines[line].rstrip())) - column
        width = width if width > 1 else 1  # noqa: FURB136 - quicker than `max`, and done for each node
        line += self._first
        return Node(source=self._source, line=line, column=column + 1, width=width, value=value, text=text)

    def _place(self, event: _Event) -> Node:
        return self._node(event.start_mark, event.end_mark)

    def _report(self, place: Node, code: str, message: str, hint: str | None = None) -> None:
        self.problems.append(problem(place, code, message, hint))

    def _refuse(self, place: Node, what: str) -> None:
        self._report(place, what, *REFUSED[what])

    def _stop(self, place: Node, code: str, message: str, hint: str | None = None) -> NoReturn:
        self._report(place, code, message, hint)
        raise _StopError
