"""How many customers an incident reached: the most that its facts give at any time, or all named, if they are more."""

from __future__ import annotations

from sevclass.api import Pack
from sevclass.incident.course import Course
from sevclass.scales import Facts, SumOf


class Reach:
    """What one incident reached, as its facts change."""

    __slots__ = ("_count", "_is_open", "_parts")

    def __init__(self, pack: Pack) -> None:
        """The pack says in `customers` which fact counts them."""
        engine = pack._engine  # noqa: SLF001 - the package's own
        fact = engine.document.get("customers")
        scale = engine.evaluator.scales.get(fact) if fact else None
        self._parts = scale.parts if isinstance(scale, SumOf) else (fact,) if fact else ()
        self._count: int | None = None
        self._is_open = True

    def look(self, facts: Facts) -> None:
        """The facts have changed."""
        known = [int(value) for part in self._parts if (value := facts[part]) is not None]
        found, is_open = sum(known), len(known) < len(self._parts)
        if known and (self._count is None or (found, not is_open) > (self._count, not self._is_open)):
            self._count, self._is_open = found, is_open

    def of(self, course: Course) -> tuple[int | None, bool]:
        """How many they are, and whether there may be more; None if nobody says."""
        named = len(course.customers)
        return max(self._count or 0, named) if named or self._count is not None else None, self._is_open
