"""The JSON text of a classification, put together from pieces that are made once, without the parts themselves."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from pydantic_core import to_json

from sevclass.classification import SCHEMA, Context, PackRef
from sevclass.evaluate import Evaluator
from sevclass.questions import Questioner
from sevclass.scales import Facts, SumOf, Value
from sevclass.sla import SlaTable

_MOST_KEPT = 4096


class Renderer:
    """Renders what one pack says. Immutable after construction, but for pieces of text that it keeps."""

    __slots__ = (
        "_criterion",
        "_evaluator",
        "_heads",
        "_question",
        "_questioner",
        "_roster",
        "_sla",
        "_tail",
        "_undated",
        "_war_room",
    )

    def __init__(self, evaluator: Evaluator, questioner: Questioner, sla: SlaTable, ref: PackRef) -> None:
        self._evaluator, self._questioner, self._sla = evaluator, questioner, sla
        self._heads = {s: f',"severity":{s},"name":{_json(name)},"could_be":' for s, name in evaluator.names.items()}
        self._undated = {severity: _json(sla.at(severity, None)) for severity in evaluator.names}
        self._tail = f',"pack":{_json(ref)}}}'
        self._criterion = lru_cache(maxsize=_MOST_KEPT)(self._beginning)
        self._roster = lru_cache(maxsize=_MOST_KEPT)(lambda s, mask: _json(evaluator.roster_at(s, mask)))
        self._war_room = lru_cache(maxsize=_MOST_KEPT)(lambda s, mask: _json(evaluator.war_room_at(s, mask)))
        self._question = cache(lambda fact, worst: _json(questioner.question(fact, worst)))

    def text(self, severity: int, facts: Facts, context: Context) -> str:
        """The JSON of a classification, as `model_dump_json` has it."""
        evaluator, question = self._evaluator, self._question
        criteria = evaluator.criteria_masks.reached(facts)
        conditions = evaluator.conditions.reached(facts)
        unblocked = evaluator.criteria_masks.unblocked(facts)
        opened_at = context.opened_at
        id_ = "null" if context.id is None else _json(context.id)
        is_open = evaluator.war_room_at(severity, conditions).activate
        asked = self._questioner.found(facts, severity, unblocked, is_open=is_open)
        return "".join(
            (
                f'{{"schema":{SCHEMA},"id":{id_}{self._heads[severity]}{evaluator.worst(unblocked)},"criteria":[',
                ",".join([self._met(place, hit, facts) for place, hit in evaluator.hits(criteria)]),
                f'],"sla":{self._undated[severity] if opened_at is None else _json(self._sla.at(severity, opened_at))}',
                f',"roster":{self._roster(severity, conditions & evaluator.conditional)}',
                f',"war_room":{self._war_room(severity, conditions & evaluator.opening)},"questions":[',
                ",".join([question(fact, worst) for fact, worst in asked]),
                f"]{self._tail}",
            )
        )

    def brief(self, severity: int, facts: Facts, context: Context) -> str:
        """What is brief of it."""
        evaluator = self._evaluator
        id_ = "null" if context.id is None else _json(context.id)
        could_be = evaluator.worst(evaluator.criteria_masks.unblocked(facts))
        war_room = self._war_room(severity, evaluator.conditions.reached(facts) & evaluator.opening)
        return f'{{"id":{id_},"severity":{severity},"could_be":{could_be},"war_room":{war_room}}}'

    def _met(self, place: int, hit: int, facts: Facts) -> str:
        beginning, named = self._criterion(place, hit)
        because = [f"{key}{_value(facts[fact] if total is None else total.known(facts))}" for fact, total, key in named]
        return f"{beginning}{','.join(because)}}}}}"

    def _beginning(self, place: int, hit: int) -> tuple[str, list[tuple[str, SumOf | None, str]]]:
        """Of a criterion all but its reason, and the facts that are that."""
        evaluator = self._evaluator
        criterion = evaluator.criteria[place]
        text = f'{{"id":"{criterion.id}","severity":{criterion.severity},"text":{_json(criterion.text)},"because":{{'
        named = []
        for fact in evaluator.named(hit):
            scale = evaluator.scales[fact]
            named.append((fact, scale if isinstance(scale, SumOf) else None, f'"{fact}":'))
        return text, named


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON has
    return to_json(value, fallback=dict).decode()


def _value(value: Value | None) -> str:
    """A fact's value; the names of levels need no escapes."""
    if type(value) is str:
        return f'"{value}"'
    return str(value) if type(value) is int else _json(value)
