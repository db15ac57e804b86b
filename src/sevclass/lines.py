"""From the JSON text of an incident to that of its classification, pair by pair: the quickest way for many.

What is not as most programs write it is left to who reads it with care.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from sevclass.evaluate import Evaluator, positions
from sevclass.json_facts import MAX_BYTES, QuickJson
from sevclass.pairs import Pairs, cut
from sevclass.rendering import Renderer
from sevclass.scales import SumOf
from sevclass.tally import MOST_FACTS, MOST_FLOORS, Tally


class Lines:
    """Classifies the lines of one pack. What it remembers makes no difference to what it says."""

    __slots__ = ("_brief", "_pairs", "_renderer", "_unknown")

    def __init__(self, evaluator: Evaluator, renderer: Renderer, quick: QuickJson) -> None:
        self._renderer = renderer
        self._pairs = Pairs(quick.facts)
        self._unknown = dict.fromkeys(fact for fact, scale in evaluator.scales.items() if not isinstance(scale, SumOf))
        floors = len(evaluator.criteria_floors) + len(evaluator.condition_floors)
        few = floors <= MOST_FLOORS and len(self._unknown) <= MOST_FACTS
        self._brief = _Brief(evaluator, renderer, self._pairs) if few else None

    def answer(self, data: bytes, *, brief: bool) -> tuple[int, str] | None:
        """The severity, and what is said of an incident; None if it has to be read with care."""
        found = cut(data)
        if found is None or len(data) > MAX_BYTES:
            return None
        id_, pairs = found
        try:
            if brief and self._brief:
                return self._brief.text(id_, pairs)
            facts = dict(map(self._pairs.__getitem__, pairs))
        except ValueError:
            return None
        if len(facts) != len(pairs):
            return None
        known = {**self._unknown, **facts}
        if brief:
            return self._renderer.brief(known, id_)
        # Nothing of such an id needs an escape.
        return self._renderer.text_of(known, "null" if id_ is None else f'"{id_}"')


class _Brief:
    """What is brief of a classification, without the facts."""

    __slots__ = ("_blocked", "_could_be", "_met", "_open", "_opening", "_renderer", "_severity", "_tally")

    def __init__(self, evaluator: Evaluator, renderer: Renderer, pairs: Pairs) -> None:
        self._renderer = renderer
        criteria, conditions = evaluator.criteria_floors, evaluator.condition_floors
        self._tally = tally = Tally(evaluator.scales, [*criteria, *conditions], pairs.__getitem__)
        every = (1 << len(criteria)) - 1
        self._met, self._blocked = tally.reached(every), tally.blocked(every)
        # The lowest bit tells the severity, as it does of a mask.
        self._severity = {0: evaluator.mildest}
        self._could_be = {0: evaluator.mildest}
        for bit in range(len(criteria)):
            self._severity[tally.reached(1 << bit).bit_length()] = evaluator.severity_of[bit + 1]
            self._could_be[tally.blocked(1 << bit).bit_length()] = evaluator.severity_of[bit + 1]
        reasons = {bit: tally.reached(1 << bit + len(criteria)) for bit in positions(evaluator.opening)}
        self._opening = sum(reasons.values())

        def opening(severity: int, total: int) -> str:
            return renderer.opening(severity, sum(1 << bit for bit, mark in reasons.items() if mark & total))

        self._open: Callable[[int, int], str] = lru_cache(maxsize=1024)(opening)

    def text(self, id_: str | None, pairs: Sequence[bytes]) -> tuple[int, str] | None:
        """The severity and the text; None if a fact is named twice.

        Raises ValueError if something is no pair.
        """
        total = self._tally.total(pairs)
        if total is None:
            return None
        met, unblocked = total & self._met, ~total & self._blocked
        severity = self._severity[(met & -met).bit_length()]
        could_be = self._could_be[(unblocked & -unblocked).bit_length()]
        return severity, self._renderer.brief_of(id_, severity, could_be, self._open(severity, total & self._opening))
