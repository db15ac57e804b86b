"""Draws that are the same on every Python: of `random` only `random()` is promised to stay what it is."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """A seeded source of choices."""

    def __init__(self, seed: int) -> None:
        self._next = random.Random(seed).random

    def chance(self, probability: float) -> bool:
        """True as often as that."""
        return self._next() < probability

    def below(self, end: int) -> int:
        """A whole number from 0 up to below `end`."""
        return int(self._next() * end)

    def one(self, of: Sequence[T]) -> T:
        """One of these."""
        return of[self.below(len(of))]

    def some(self, of: Sequence[T], least: int, most: int) -> list[T]:
        """From `least` to `most` of these, each once, in any order."""
        left = list(of)
        size = least + self.below(min(most, len(left)) - least + 1)
        return [left.pop(self.below(len(left))) for _ in range(size)]
