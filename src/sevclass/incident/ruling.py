"""The severity in force: what the facts give, unless somebody decided on another."""

from __future__ import annotations

from datetime import datetime
from math import inf
from typing import NamedTuple

from sevclass.evaluate import Evaluator
from sevclass.incident.events import Override
from sevclass.scales import Facts, SumOf


class Ruling(NamedTuple):
    """A decision on the severity that is in force."""

    severity: int
    by: str
    reason: str
    at: datetime
    is_ceiling: bool
    """Milder than the facts gave when it was made: in force is the milder of the two; else the worse."""


class InForce:
    """The severity classified and the one in force, as facts and decisions come in."""

    def __init__(self, evaluator: Evaluator, *, approve_downgrade: bool) -> None:
        self._evaluator, self._approve_downgrade = evaluator, approve_downgrade
        self.reached = 0
        """The floors of the criteria that the facts reach."""
        self.classified = self.severity = evaluator.mildest
        """What the facts give, and what is in force."""
        self.ruling: Ruling | None = None
        self.pending: Override | None = None
        """A decision that waits for approval."""
        self._seen: Facts = {}
        """The facts under a ceiling."""

    def classify(self, facts: Facts) -> bool:
        """Take up facts. True if a ceiling has lapsed by them."""
        self.reached = self._evaluator.criteria_masks.reached(facts)
        self.classified = self._evaluator.worst(self.reached)
        ruling, lapsed = self.ruling, False
        if ruling is not None and ruling.is_ceiling:
            if lapsed := self._is_worse(ruling.severity, facts):
                self.ruling = None
            self._seen = dict(facts)
        self.severity = self._with(self.ruling)
        return lapsed

    def decide(self, override: Override, facts: Facts) -> None:
        """Take up a decision, or have it wait for approval."""
        ruling = None
        if override.severity is not None:
            is_ceiling = override.severity > self.classified
            ruling = Ruling(override.severity, override.by, override.reason, override.at, is_ceiling)
        made = self._with(ruling)
        # Nobody approves of their own decision.
        is_approved = override.approved_by not in {None, override.by}
        if made > self.severity and self._approve_downgrade and not is_approved:
            self.pending = override
            return
        self.ruling, self.pending, self.severity = ruling, None, made
        self._seen = dict(facts)

    def _with(self, ruling: Ruling | None) -> int:
        if ruling is None:
            return self.classified
        return (max if ruling.is_ceiling else min)(self.classified, ruling.severity)

    def _is_worse(self, ceiling: int, facts: Facts) -> bool:
        """Whether a reason of a criterion worse than the ceiling gets worse, as one does by which it becomes met."""
        evaluator = self._evaluator
        for place, hit in evaluator.hits(self.reached):
            criterion = evaluator.criteria[place]
            if criterion.severity >= ceiling:
                return False  # the worst come first
            if any(self._rank(fact, facts) > self._rank(fact, self._seen) for fact in evaluator.named(hit)):
                return True
        return False

    def _rank(self, fact: str, facts: Facts) -> float:
        scale = self._evaluator.scales[fact]
        value = scale.known(facts) if isinstance(scale, SumOf) else facts[fact]
        return -inf if value is None else scale.order(value)
