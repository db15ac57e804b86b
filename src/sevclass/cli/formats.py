"""How results are printed: text, JSON or Markdown, one incident or the records of a stream."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence, Set as AbstractSet
from os import environ
from typing import TYPE_CHECKING, Protocol, TextIO

from pydantic_core import to_json

from sevclass.api import Pack
from sevclass.classification import BRIEF, Assume, Classification, facts_of
from sevclass.cli import markdown, matches, streams, text
from sevclass.cli.matches import Matches
from sevclass.problems import Problem

if TYPE_CHECKING:
    from sevclass.incident.known import KnownIssues  # a start need not wait for its models

NAMES = ("text", "json", "markdown")


class Format(Protocol):
    """Prints results to standard output."""

    def one(self, found: Classification) -> None:
        """The only incident of an input."""

    def record(self, found: Classification, number: int) -> None:
        """The incident on a line of a stream."""

    def bad(self, number: int, id: str | None, problems: Sequence[Problem]) -> None:
        """A line of a stream that could not be classified."""


def usual() -> str:
    """Text where a person reads it, else JSON."""
    return "text" if streams.is_terminal(sys.stdout) else "json"


def is_json(word: str | None) -> bool:
    """Whether JSON is to be printed: as the word of `--format` says, or else as is usual."""
    return (word or usual()) == "json"


def say_json(shape: object) -> None:
    """Print plain data as JSON."""
    streams.say_json(to_json(shape, indent=indent()).decode())


def format_of(
    name: str, pack: Pack, assume: Assume, *, brief: bool = False, known: KnownIssues | None = None
) -> Format:
    """The format of that name; `brief` is of JSON. Of what is known, that which matches is shown."""
    if name == "json":
        return Json(BRIEF if brief else None, known)
    return Text(pack, assume, known) if name == "text" else Markdown(pack, assume, known)


def _matches(found: Classification, known: KnownIssues | None) -> Matches:
    """What of that which is known matches: the facts, or the id of the incident."""
    if known is None:
        return Matches()
    facts, named = facts_of(found), () if found.id is None else (found.id,)
    return Matches(known.matching(facts, named), known.runbooks(facts, named))


def indent() -> int | None:
    """How JSON is laid out: indented where a person reads it, else on one line."""
    return 2 if streams.is_terminal(sys.stdout) else None


class Json:
    """One line a result; on a terminal the only incident of an input is indented, if all of it is wanted."""

    def __init__(self, include: AbstractSet[str] | None, known: KnownIssues | None = None) -> None:
        self._include = include
        self._known = known if include is None else None

    @property
    def shows_known(self) -> bool:
        """Whether known issues stand beside the classification."""
        return self._known is not None

    def one(self, found: Classification) -> None:
        """The only incident of an input."""
        self._say(found, indent() if self._include is None else None)

    def record(self, found: Classification, number: int) -> None:  # noqa: ARG002 - its place in the output tells
        """The incident on a line of a stream."""
        self._say(found, None)

    def _say(self, found: Classification, laid_out: int | None) -> None:
        if self._known is None:
            streams.say_json(found.model_dump_json(indent=laid_out, include=self._include))
        else:
            shape = {**found.model_dump(), **_matches(found, self._known).model_dump()}
            streams.say_json(to_json(shape, indent=laid_out).decode())

    def bad(self, number: int, id: str | None, problems: Sequence[Problem]) -> None:
        """A line of a stream that could not be classified."""
        told = [problem.model_dump() for problem in problems]
        streams.say_json(to_json({"line": number, "id": id, "problems": told}).decode())


class Text:
    """For people."""

    def __init__(self, pack: Pack, assume: Assume, known: KnownIssues | None = None) -> None:
        self._pack, self._names, self._known = pack, pack.severities, known
        self._assume: Assume = assume
        self._page = Page(sys.stdout)

    def one(self, found: Classification) -> None:
        """The only incident of an input."""
        more = matches.rows(_matches(found, self._known))
        self._page.show(text.rows(found, self._pack, self._assume, more))

    def record(self, found: Classification, number: int) -> None:
        """The incident on a line of a stream."""
        self._page.show([text.row_of(found, number, self._names)])

    def bad(self, number: int, id: str | None, problems: Sequence[Problem]) -> None:  # noqa: ARG002 - told elsewhere
        """A line of a stream that could not be classified."""
        self._page.show([text.bad_row(id, number, self._names)])


class Page:
    """Standard output or standard error, for people: drawn where it is a terminal, or colour is asked for."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream
        self._drawing = None
        if stream and (environ.get("FORCE_COLOR") or streams.is_terminal(stream)):
            from sevclass.cli.drawing import Drawing

            self._drawing = Drawing(stream)

    def show(self, rows: Iterable[text.Row]) -> None:
        """Print the lines."""
        is_error = self._stream is sys.stderr
        if self._drawing:
            show = streams.complain_as_is if is_error else streams.write
            show(self._drawing.text(rows))
        else:
            say = streams.complain if is_error else streams.say
            # Line by line, so that no line end in a title begins a line of its own.
            say("\n".join(streams.printable(str(row)) for row in rows))


class Markdown:
    """For a ticket's comment."""

    def __init__(self, pack: Pack, assume: Assume, known: KnownIssues | None = None) -> None:
        self._pack, self._names, self._known = pack, pack.severities, known
        self._assume: Assume = assume
        self._begun = False

    def one(self, found: Classification) -> None:
        """The only incident of an input."""
        more = matches.lines(_matches(found, self._known))
        streams.say("\n".join(markdown.block(found, self._pack, self._assume, more)))

    def record(self, found: Classification, number: int) -> None:
        """The incident on a line of a stream."""
        self._row(markdown.row(found, number, self._names))

    def bad(self, number: int, id: str | None, problems: Sequence[Problem]) -> None:  # noqa: ARG002 - told elsewhere
        """A line of a stream that could not be classified."""
        self._row(markdown.bad_row(id, number))

    def _row(self, row: str) -> None:
        if not self._begun:
            streams.say(markdown.TABLE)
            self._begun = True
        streams.say(row)
