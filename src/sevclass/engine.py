"""A pack compiled, and the classification that is filled in from it, part by part."""

from __future__ import annotations

from typing import Any

from sevclass import calendars
from sevclass.classification import Classification, MetCriterion, PackRef, Question, RosterRow, Sla, WarRoom
from sevclass.covers import Covers
from sevclass.evaluate import Assume, Evaluator, MasksFactory
from sevclass.facts import Given
from sevclass.pack import PackSpec
from sevclass.problems import FactsError, Problem
from sevclass.questions import Questioner
from sevclass.scales import Masks, SumOf
from sevclass.sla import SlaTable


class Engine:
    """What a pack says, ready to answer. Immutable after construction, so threads may share it."""

    __slots__ = ("evaluator", "questioner", "ref", "sla")

    def __init__(self, spec: PackSpec, ref: PackRef, masks: MasksFactory = Masks) -> None:
        """`masks` compiles the floors: the usual masks, or those of another engine with the same meaning."""
        covers = Covers(spec.covers)
        self.ref = ref
        self.evaluator = Evaluator(spec, covers, masks)
        # Questions try many completions of the facts, so they always go by the usual masks.
        plain = self.evaluator if masks is Masks else Evaluator(spec, covers)
        scales = self.evaluator.scales
        asks = {name: str(fact.ask) for name, fact in spec.facts.items() if not isinstance(scales[name], SumOf)}
        self.questioner = Questioner(plain, asks)
        self.sla = SlaTable(spec, covers, calendars.DEFAULT)

    def classify(self, given: Given, assume: Assume) -> Classification:
        """Classify checked facts.

        Raises FactsError if an instant owed lies beyond the year 9999.
        """
        evaluator = self.evaluator
        severity = evaluator.severity(given.facts) if assume == "known" else evaluator.could_be(given.facts)
        if given.opened_at is not None:
            try:
                self.sla.at(severity, given.opened_at)
            except OverflowError:
                message, hint = "an instant owed lies beyond the year 9999", "check the opening"
                problem = Problem(path="opened_at", code="out_of_range", message=message, hint=hint)
                raise FactsError([problem]) from None
        return Classification(severity, _Parts(self, given, severity, assume))


class _Parts:
    """The parts of one classification, each worked out when it is asked for."""

    __slots__ = ("_assume", "_engine", "_given", "_severity")

    def __init__(self, engine: Engine, given: Given, severity: int, assume: Assume) -> None:
        self._engine, self._given, self._severity, self._assume = engine, given, severity, assume

    def part(self, name: str) -> Any:  # noqa: ANN401 - the parts differ in type
        return getattr(self, name)()

    def id(self) -> str | None:
        return self._given.id

    def name(self) -> str:
        return self._engine.evaluator.names[self._severity]

    def could_be(self) -> int:
        return self._engine.evaluator.could_be(self._given.facts)

    def criteria(self) -> tuple[MetCriterion, ...]:
        return tuple(self._engine.evaluator.met(self._given.facts, self._assume))

    def sla(self) -> Sla:
        return self._engine.sla.at(self._severity, self._given.opened_at)

    def roster(self) -> tuple[RosterRow, ...]:
        return self._engine.evaluator.roster(self._severity, self._given.facts, self._assume)

    def war_room(self) -> WarRoom:
        return self._engine.evaluator.war_room(self._severity, self._given.facts, self._assume)

    def questions(self) -> tuple[Question, ...]:
        return self._engine.questioner.questions(self._given.facts)

    def pack(self) -> PackRef:
        return self._engine.ref
