"""The JSON text of a classification, put together from pieces that are made once, without the parts themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from pydantic_core import to_json

from sevclass.classification import PackRef
from sevclass.evaluate import Evaluator
from sevclass.questions import Questioner
from sevclass.results import SCHEMA
from sevclass.scales import Facts, Flag, Label, Levels, SumOf, Value
from sevclass.sla import SlaTable

_MOST_KEPT = 100_000
"""The most criteria in the frames that are kept, all together."""
_MOST_TEXTS = 64
"""The most texts of a criterion that are kept."""


class _Frame(NamedTuple):
    """What follows from the floors reached, whatever the facts are, as pieces of text."""

    severity: int
    is_open: bool
    head: str
    """Up to `could_be`."""
    met: Sequence[Callable[[Facts], str]]
    """Each criterion, as text."""
    sla: str
    tail: str
    """From the roster up to the questions."""
    opening: str


class Renderer:
    """Renders what one pack says. Immutable after construction, but for pieces of text that it keeps."""

    __slots__ = ("_evaluator", "_frame", "_met", "_pack", "_question", "_questioner", "_sla")

    def __init__(self, evaluator: Evaluator, questioner: Questioner, sla: SlaTable, ref: PackRef) -> None:
        self._evaluator, self._questioner, self._sla = evaluator, questioner, sla
        self._pack = f'],"pack":{_json(ref)}}}'
        self._frame = lru_cache(maxsize=_MOST_KEPT // (len(evaluator.criteria) + 1))(self._framed)
        self._met = lru_cache(maxsize=4096)(self._because)
        self._question = lru_cache(maxsize=4096)(lambda key: _json(questioner.question(key)))

    def text(self, facts: Facts, id: str | None, opened_at: datetime | None) -> tuple[int, str]:
        """The severity, and the JSON of the classification, as `model_dump_json` has it."""
        return self.text_of(facts, _id(id), opened_at)

    def text_of(self, facts: Facts, id: str, opened_at: datetime | None = None) -> tuple[int, str]:
        """The same where the id is JSON text already."""
        evaluator = self._evaluator
        criteria, conditions, unblocked, _ = standing = evaluator.stand(facts)
        severity, is_open, head, met, sla, tail, _ = self._frame(criteria, conditions)
        could_be = evaluator.severity_of[(unblocked & -unblocked).bit_length()]
        asked = self._questioner.found(facts, severity, standing, is_open=is_open)
        text = "".join(
            (
                f'{{"schema":{SCHEMA},"id":{id}{head}{could_be},"criteria":[',
                ",".join([made_of(facts) for made_of in met]),
                sla if opened_at is None else f'],"sla":{_json(self._sla.at(severity, opened_at))}',
                tail,
                ",".join(map(self._question, asked)),
                self._pack,
            )
        )
        return severity, text

    def brief(self, facts: Facts, id: str | None) -> tuple[int, str]:
        """The severity, and what is brief of the classification."""
        evaluator = self._evaluator
        criteria, conditions, unblocked, _ = evaluator.stand(facts)
        severity, *_, opening = self._frame(criteria, conditions)
        return severity, self.brief_of(id, severity, evaluator.worst(unblocked), opening)

    def brief_of(self, id: str | None, severity: int, could_be: int, opening: str) -> str:
        """The same where all of it is known."""
        return f'{{"id":{_id(id)},"severity":{severity},"could_be":{could_be}{opening}}}'

    def opening(self, severity: int, conditions: int) -> str:
        """The text of the war room."""
        return f',"war_room":{_json(self._evaluator.war_room_at(severity, conditions))}'

    def _framed(self, criteria: int, conditions: int) -> _Frame:
        evaluator = self._evaluator
        severity = evaluator.worst(criteria)
        war_room = evaluator.war_room_at(severity, conditions)
        opening = self.opening(severity, conditions)
        return _Frame(
            severity=severity,
            is_open=war_room.activate,
            head=f',"severity":{severity},"name":{_json(evaluator.names[severity])},"could_be":',
            met=[self._met(place, hit) for place, hit in evaluator.hits(criteria)],
            sla=f'],"sla":{_json(self._sla.at(severity, None))}',
            tail=f',"roster":{_json(evaluator.roster_at(severity, conditions))}{opening},"questions":[',
            opening=opening,
        )

    def _because(self, place: int, hit: int) -> Callable[[Facts], str]:
        """What makes the text of a criterion by the facts, where those are the floors of it that are reached."""
        evaluator = self._evaluator
        criterion = evaluator.criteria[place]
        text = f'{{"id":"{criterion.id}","severity":{criterion.severity},"text":{_json(criterion.text)},"because":{{'
        names = evaluator.named(hit)
        scales = [evaluator.scales[fact] for fact in names]

        def made(*values: Value | None) -> str:
            because = ",".join([f'"{fact}":{_value(value)}' for fact, value in zip(names, values, strict=True)])
            return f"{text}{because}}}}}"

        def from_facts(facts: Facts) -> str:
            return made(
                *(s.known(facts) if isinstance(s, SumOf) else facts[f] for f, s in zip(names, scales, strict=True))
            )

        if not all(isinstance(scale, Levels | Flag | Label) for scale in scales):
            return from_facts
        # Of few values few texts are made.
        kept, given = lru_cache(maxsize=_MOST_TEXTS)(made), itemgetter(*names)
        return (lambda facts: kept(given(facts))) if len(names) == 1 else (lambda facts: kept(*given(facts)))


def _id(id: str | None) -> str:
    if id is None:
        return "null"
    # Nothing of it needs an escape.
    if id.isascii() and id.isprintable() and '"' not in id and "\\" not in id:
        return f'"{id}"'
    return _json(id)


def _json(value: Any) -> str:  # noqa: ANN401 - whatever JSON has
    return to_json(value, fallback=dict).decode()


def _value(value: Value | None) -> str:
    """A fact's value; the names of levels need no escapes."""
    if type(value) is str:
        return f'"{value}"'
    return str(value) if type(value) is int else _json(value)
