"""What a file is read into: nodes that know where they stand. A pack has thousands, so each is made in few steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file as text: its name as problems show it, and its lines without their breaks, from the line `first` on."""

    name: str
    lines: tuple[str, ...] = field(repr=False)
    first: int = 1


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Node:
    """A scalar, a list (a tuple of nodes) or a mapping (of text to entries, in the order of the file).

    `line` and `column` count from 1, in characters; `width` is how many characters to underline on that line.
    `text` is what stands in the file for a plain scalar, the content for a quoted one, and empty for a collection.
    """

    source: Source = field(repr=False)
    line: int
    column: int
    width: int
    value: bool | int | float | str | tuple[Node, ...] | Mapping[str, Entry] | None
    text: str

    def __init__(  # noqa: PLR0913 - one for each field
        self,
        *,
        source: Source,
        line: int,
        column: int,
        width: int,
        value: bool | float | str | tuple[Node, ...] | Mapping[str, Entry] | None = None,
        text: str = "",
    ) -> None:
        """What is left out is that of a scalar that is empty."""
        _set_source(self, source)
        _set_line(self, line)
        _set_column(self, column)
        _set_width(self, width)
        _set_value(self, value)
        _set_text(self, text)

    @property
    def place(self) -> str:
        """As `criteria.yaml:14:22`."""
        return f"{self.source.name}:{self.line}:{self.column}"


# A slot is filled through its descriptor: that is quicker than the way of a frozen dataclass.
_set_source = Node.__dict__["source"].__set__
_set_line = Node.__dict__["line"].__set__
_set_column = Node.__dict__["column"].__set__
_set_width = Node.__dict__["width"].__set__
_set_value = Node.__dict__["value"].__set__
_set_text = Node.__dict__["text"].__set__


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entry:
    """A key of a mapping, whose `value` is its text, and what it holds."""

    key: Node
    value: Node
