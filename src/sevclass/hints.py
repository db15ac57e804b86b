"""Hints for names that a pack does not have: deleted further up, or near to one that it has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sevclass.problems import nearest
from sevclass.source import Node

_MOST = 20
"""The most unknown names for which the nearest one is looked up."""


class Hints:
    """The hints of one round of checks."""

    def __init__(self, deleted: Mapping[tuple[str, ...], Node]) -> None:
        """`deleted`: what the pack deleted of the one it extends, by its place."""
        self._deleted, self._left = deleted, _MOST

    def gone(self, place: tuple[str, ...]) -> str | None:
        """Where what stood there was deleted; None if nothing was."""
        node = self._deleted.get(place)
        return None if node is None else f"it is deleted at {node.place}"

    def nearest(self, name: str, known: Iterable[str]) -> str | None:
        """The known name that may be meant, while any more are looked up."""
        self._left -= 1
        return nearest(name, known) if self._left >= 0 else None
