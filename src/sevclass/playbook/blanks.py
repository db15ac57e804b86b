"""What a template prints that has to be noted: a gap where something is unknown, and a promise that is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sevclass.classification import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Part):
    """Something that a draft would say and nobody knows: its name in the template, and what is missing."""

    name: str
    hint: str


class Noted:
    """What was printed while a template was rendered, in its order: gaps, and the names of promises."""

    def __init__(self) -> None:
        self.gaps: dict[Gap, None] = {}
        self.made: dict[str, None] = {}


class Blank:
    """What is unknown: printed, it is a marked gap. It is false, unless something is owed in its place.

    It stands for a value, for a list of one, and for an item of a list.
    """

    __slots__ = ("_gap", "_is_owed", "_noted")

    def __init__(self, name: str, hint: str, noted: Noted, *, is_owed: bool = False) -> None:
        self._gap, self._noted, self._is_owed = Gap(name=name, hint=hint), noted, is_owed

    def __str__(self) -> str:
        self._noted.gaps[self._gap] = None
        return f"[… {self._gap.hint} …]"

    def __bool__(self) -> bool:
        return self._is_owed

    def __iter__(self) -> Iterator[Blank]:
        yield self

    def __getitem__(self, name: str) -> Blank:
        """What an item of a list has."""
        return self


class Pledge:
    """The instant of a promise: printed, the promise is made."""

    __slots__ = ("_name", "_noted", "_text")

    def __init__(self, name: str, text: str, noted: Noted) -> None:
        self._name, self._text, self._noted = name, text, noted

    def __str__(self) -> str:
        self._noted.made[self._name] = None
        return self._text
