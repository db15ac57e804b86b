"""Asking about one incident: what was answered so far, and what to ask next."""

from __future__ import annotations

from collections.abc import Mapping

from sevclass.api import Pack
from sevclass.classification import Classification, Question
from sevclass.scales import Value


class Dialogue:
    """The facts of an incident as they are found out. An answer can be taken back."""

    def __init__(self, pack: Pack, known: Mapping[str, Value | None]) -> None:
        self._pack = pack
        self._known = {fact: value for fact, value in known.items() if value is not None}
        self._answered: list[tuple[str, Value | None]] = []

    @property
    def facts(self) -> dict[str, Value]:
        """What is known, in the pack's order."""
        answered = {fact: value for fact, value in self._answered if value is not None}
        known = {**self._known, **answered}
        return {fact: known[fact] for fact in self._pack.Facts.model_fields if fact in known}

    @property
    def classification(self) -> Classification:
        """The classification of what is known."""
        return self._pack.classify(self.facts)

    @property
    def question(self) -> Question | None:
        """The most useful question that was not asked yet; None if no further answer can change the result."""
        asked = {fact for fact, _ in self._answered}
        return next((question for question in self.classification.questions if question.fact not in asked), None)

    def answer(self, fact: str, value: Value | None) -> None:
        """Note an answer; None is one that nobody knows."""
        self._answered.append((fact, value))

    def back(self) -> bool:
        """Take the last answer back; False if there is none."""
        if self._answered:
            self._answered.pop()
            return True
        return False
