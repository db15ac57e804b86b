"""Facts as JSON text, pair by pair: `"security": "none"` says the same wherever it stands, so it is read once.

The text of an object without nesting, cut at its commas, is the pairs of it, if each piece by itself is one: a comma
within a string leaves pieces that are none. Incidents differ in their pairs, but the pairs are few.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from sevclass.scales import Facts, Value

MOST_KEPT = 20_000
"""The most pairs of a pack that are remembered."""
LONGEST_KEPT = 200
"""Those that take more bytes are not."""

Pair: TypeAlias = tuple[str, Value | None]

_ID = re.compile(rb'\{"id": ?"([ !#-\[\]-~]*)", ?')


def cut(data: bytes) -> tuple[str | None, list[bytes]] | None:
    """The id, and the facts cut at the commas, where both stand in an envelope as most programs write it."""
    head, found, rest = data.partition(b'"facts":')
    if not found or not rest.endswith(b"}}"):
        return None
    if head == b"{":
        id_ = None
    elif said := _ID.fullmatch(head):
        id_ = said[1].decode()
    else:
        return None
    if rest.startswith(b" {"):
        return id_, rest[2:-2].split(b",")
    return (id_, rest[1:-2].split(b",")) if rest.startswith(b"{") else None


class Pairs(dict[bytes, Pair]):
    """The text of a pair -> the fact and its value. What it has not met it reads, and remembers."""

    def __init__(self, read: Callable[[bytes], tuple[Facts, None, set[str]]]) -> None:
        """`read` reads an object of facts, and says which were given; it raises ValueError."""
        super().__init__()
        self._read = read

    def __missing__(self, text: bytes) -> Pair:
        """Raises ValueError if the text is no pair."""
        facts, _, given = self._read(b"{%b}" % text)
        # A pair has one colon, and no name and no level has one.
        if len(given) != 1 or text.count(b":") != 1:
            raise ValueError("not a pair")
        (fact,) = given
        pair = fact, facts[fact]
        if len(self) < MOST_KEPT and len(text) <= LONGEST_KEPT:
            self[text] = pair
        return pair
