"""A pack compiled, and the classification that is filled in from it, part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from sevclass.classification import Classification, Context, PackRef, classified, classifier
from sevclass.covers import Covers
from sevclass.document import PackDocument
from sevclass.evaluate import Evaluator, MasksFactory
from sevclass.problems import FactsError, Problem
from sevclass.questions import Questioner
from sevclass.rendering import Renderer
from sevclass.scales import Facts, SumOf
from sevclass.sla import SlaTable
from sevclass.unrolled import UnrolledMasks

if TYPE_CHECKING:
    from sevclass.explain import Explainer


class Engine:
    """What a pack says, ready to answer. Immutable after construction, so threads may share it."""

    __slots__ = (
        "_explainer",
        "_plain",
        "classify_bare",
        "covers",
        "document",
        "evaluator",
        "questioner",
        "ref",
        "renderer",
        "sla",
    )

    def __init__(self, document: PackDocument, ref: PackRef, masks: MasksFactory = UnrolledMasks) -> None:
        """`masks` compiles the floors: the usual masks, or those of another engine with the same meaning."""
        self.document, self.ref = document, ref
        self.covers = covers = Covers(document.get("covers", {}))
        self.evaluator = Evaluator(document, covers, masks)
        # Questions try many completions of the facts, so they always go by the usual masks.
        plain = self.evaluator if masks is UnrolledMasks else Evaluator(document, covers)
        self._plain = plain
        self._explainer: Explainer | None = None
        scales, facts = self.evaluator.scales, document["facts"]
        asks = {
            name: fact["ask"] for name, fact in facts.items() if "ask" in fact and not isinstance(scales[name], SumOf)
        }
        self.questioner = Questioner(plain, asks)
        self.sla = SlaTable(document, covers)
        self.renderer = Renderer(self.evaluator, self.questioner, self.sla, ref)
        self.classify_bare = classifier(self.evaluator.criteria_masks.picking(self.evaluator.severity_of), self)
        """Classifies checked facts with nothing beside them."""

    @property
    def explainer(self) -> Explainer:
        """What explains classifications."""
        if self._explainer is None:
            from sevclass.explain import Explainer  # to classify need not wait for it

            self._explainer = Explainer(self._plain)
        return self._explainer

    def classify(self, facts: Facts, context: Context) -> Classification:
        """Classify checked facts.

        Raises FactsError if an instant owed lies beyond the year 9999, or over 400 years of business time away.
        """
        classification = classified(
            Classification, self.evaluator.severity(facts, context.assume), facts, context, self
        )
        if context.opened_at is not None:
            try:
                _ = classification.sla  # worked out and kept now, so that it cannot fail when it is read
            except OverflowError:
                message = "an instant owed lies too far away"
                hint = "check the opening and the SLA"
                problem = Problem(path="opened_at", code="out_of_range", message=message, hint=hint)
                raise FactsError([problem]) from None
        return classification

    def json(self, facts: Facts, context: Context, *, brief: bool) -> str | None:
        """A classification as JSON text, all of it or what is brief, where nothing is assumed."""
        if context.assume != "known":
            return None
        renderer = self.renderer
        rendered = renderer.brief(facts, context.id) if brief else renderer.text(facts, context.id, context.opened_at)
        return rendered[1]

    def part(self, name: str, severity: int, facts: Facts, context: Context) -> Any:  # noqa: ANN401 - they differ
        """A part of a classification."""
        return _PARTS[name](self, _Case(severity, facts, context))


class _Case(NamedTuple):
    severity: int
    facts: Facts
    context: Context


_PARTS: Mapping[str, Callable[[Engine, _Case], Any]] = {
    "id": lambda _, case: case.context.id,
    "name": lambda engine, case: engine.evaluator.names[case.severity],
    "could_be": lambda engine, case: engine.evaluator.severity(case.facts, "worst"),
    "criteria": lambda engine, case: tuple(engine.evaluator.met(case.facts, case.context.assume)),
    "sla": lambda engine, case: engine.sla.at(case.severity, case.context.opened_at),
    "roster": lambda engine, case: engine.evaluator.roster(case.severity, case.facts, case.context.assume),
    "war_room": lambda engine, case: engine.evaluator.war_room(case.severity, case.facts, case.context.assume),
    "questions": lambda engine, case: engine.questioner.questions(case.facts),
    "pack": lambda engine, _: engine.ref,
}
