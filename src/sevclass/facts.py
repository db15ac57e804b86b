"""Facts at the edge: a dict, JSON text or a model, bare or in an envelope, checked once and then trusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, Field, ValidationError, ValidatorFunctionWrapHandler, WrapValidator, create_model

from sevclass.fact_problems import MOST_HINTS, fact_problems, path_of
from sevclass.incident_facts import CountValue, FactsModel, IncidentFacts
from sevclass.instants import read_instant
from sevclass.json_facts import QuickJson, not_a_mapping, read_json
from sevclass.problems import FactsError, Problem, nearest, quote
from sevclass.scales import Facts, Flag, Label, Levels, Measure, Scale, SumOf

_ENVELOPE = ("id", "opened_at", "facts")

FactsInput: TypeAlias = Mapping[str, Any] | BaseModel | str | bytes | bytearray


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Checked facts with what came in their envelope."""

    facts: Facts
    id: str | None
    opened_at: datetime | None


class FactsReader:
    """Reads the facts of one pack; `model` is their pydantic model."""

    __slots__ = ("_scales", "model", "quick")

    def __init__(self, scales: Mapping[str, Scale]) -> None:
        self._scales = dict(scales)
        self.model = facts_model(scales)
        self.quick = QuickJson(self.model)

    def read(self, source: FactsInput, *, id: str | None = None, opened_at: datetime | None = None) -> Given:
        """Check facts, bare or in an envelope; an id or opening beside an envelope must not differ from its own.

        Raises FactsError with every problem.
        """
        if type(source) is bytes and id is None and opened_at is None and (given := self._quickly(source)):
            return given
        problems: list[Problem] = []
        envelope: Mapping[str, Any] = {}
        data = source if type(source) is self.model else _data(source, problems)
        if isinstance(data, Mapping) and "facts" in data:
            envelope = data
            problems.extend(_envelope_problems(envelope))
            model = self._model(envelope["facts"], "facts.", problems)
        else:
            model = self._model(data, "", problems)
        ids = [_id(given, problems) for given in (envelope.get("id"), id)]
        openings = [_opening(given, problems) for given in (envelope.get("opened_at"), opened_at)]
        agreed_id, agreed_opening = _agreed("id", ids, problems), _agreed("opened_at", openings, problems)
        if problems or model is None:
            raise FactsError(problems)
        return Given(facts=model.__dict__, id=agreed_id, opened_at=agreed_opening)

    def _quickly(self, data: bytes) -> Given | None:
        """What JSON text gives, if it is in order."""
        found = self.quick.read(data)
        if found is None:
            return None
        facts, id_, opened_at = found
        opening = None if opened_at is None else read_instant(opened_at, "opened_at")
        return None if isinstance(opening, Problem) else Given(facts=facts, id=id_, opened_at=opening)

    def _model(self, facts: object, prefix: str, problems: list[Problem]) -> FactsModel | None:
        # A subclass may have other fields and types, so it is checked like any other model.
        if type(facts) is self.model:
            return facts
        if isinstance(facts, BaseModel):
            facts = _taken_apart(facts)
        if not isinstance(facts, Mapping):
            problems.append(not_a_mapping("facts", facts, "name each fact and its value"))
            return None
        try:
            return self.model.model_validate(dict(facts))
        except ValidationError:
            # The others are told by the keys themselves: a key that is no text pydantic may call otherwise, and where
            # it is a lone surrogate, pydantic looks at nothing else.
            wrong = self._wrong({key: value for key, value in facts.items() if key in self.model.model_fields})
        keys = [key for key in facts if key in wrong or key not in self.model.model_fields]
        problems.extend(fact_problems(self._scales, facts, keys, prefix))
        return None

    def _wrong(self, facts: Mapping[str, Any]) -> set[int | str]:
        """The names of the facts that have a wrong value, of facts that the pack has."""
        try:
            self.model.model_validate(facts)
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=False, include_input=False)
            return {detail["loc"][0] for detail in details}
        return set()


def facts_model(scales: Mapping[str, Scale]) -> type[FactsModel]:
    """The pydantic model of a pack's facts: `IncidentFacts` itself where the facts are those of the default pack."""
    return _model_of(tuple(scales.items()))


@lru_cache(maxsize=64)
def _model_of(scales: tuple[tuple[str, Scale], ...]) -> type[FactsModel]:
    """The same model for the same facts, so that models of one pack loaded twice, or unpickled, are alike."""
    fields: dict[str, Any] = {
        name: (_annotation(scale) | None, None) for name, scale in scales if not isinstance(scale, SumOf)
    }
    model = create_model("Facts", __base__=_MadeModel, **fields)
    if list(fields) == list(IncidentFacts.model_fields) and _shape(model) == _shape(IncidentFacts):
        return IncidentFacts
    model.__made_of__ = scales
    return model


class _MadeModel(FactsModel, frozen=True):
    """The base of the models that are made when a pack is loaded: pickle does not find them by name."""

    __made_of__: ClassVar[tuple[tuple[str, Scale], ...]] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpickled, (self.__made_of__, {name: getattr(self, name) for name in self.model_fields_set})


def _unpickled(scales: tuple[tuple[str, Scale], ...], facts: dict[str, Any]) -> FactsModel:
    return _model_of(scales).model_validate(facts)


def _shape(model: type[BaseModel]) -> object:
    """The types of the facts; as a schema, since `Literal` ignores the order of levels when it is compared."""
    return model.model_json_schema()["properties"]


def _annotation(scale: Scale) -> Any:  # noqa: ANN401 - a type made at run time
    match scale:
        case Levels() | Label():
            # Annotated with the names, since `Literal`s that differ only in their order are taken for each other.
            literal: Any = Literal
            names = scale.names
            return Annotated[literal[names], names]
        case Flag():
            return bool
        case Measure():
            ends = Field(ge=scale.low, le=scale.high, allow_inf_nan=False)
            return Annotated[float, ends, WrapValidator(_as_given)]
        case _:
            return CountValue


def _as_given(value: object, as_float: ValidatorFunctionWrapHandler) -> float:
    """The number as it is given; but a whole number that no double holds exactly as the double it is compared as."""
    number: float = as_float(value)
    return value if isinstance(value, int) and abs(value) <= 2**53 else number


def _data(source: FactsInput, problems: list[Problem]) -> Mapping[str, Any]:
    """The input as a mapping: JSON is read, another model is taken apart.

    Raises FactsError if there is no mapping.
    """
    if isinstance(source, str | bytes | bytearray):
        return read_json(source, problems)
    if isinstance(source, BaseModel):
        return _taken_apart(source)
    if isinstance(source, Mapping):
        return source
    raise FactsError([not_a_mapping("", source, "give a dict, JSON text or a model")])


def _taken_apart(model: BaseModel) -> dict[str, Any]:
    return {name: value for name, value in model if value is not None}


def _envelope_problems(envelope: Mapping[Any, Any]) -> Iterator[Problem]:
    for number, key in enumerate(key for key in envelope if key not in _ENVELOPE):
        near = nearest(str(key), _ENVELOPE) if number < MOST_HINTS else None
        hint = near or "beside `facts` stand only `id` and `opened_at`"
        yield Problem(path=path_of(key), code="unknown_key", message=f"unknown key {quote(key)}", hint=hint)


def _id(value: object, problems: list[Problem]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        problems.append(Problem(path="id", code="wrong_type", message=f"{quote(value)} is not text", hint="quote it"))
        return None
    try:
        value.encode()
    except UnicodeEncodeError:
        problems.append(Problem(path="id", code="wrong_type", message=f"{quote(value)} holds a lone surrogate"))
        return None
    return value


def _opening(value: object, problems: list[Problem]) -> datetime | None:
    if value is None:
        return None
    instant = read_instant(value, "opened_at")
    if isinstance(instant, Problem):
        problems.append(instant)
        return None
    return instant


def _agreed(path: str, given: list[Any], problems: list[Problem]) -> Any:  # noqa: ANN401 - text or an instant
    """What the envelope says, or what is given beside it."""
    inside, beside = given
    if inside is not None and beside is not None and inside != beside:
        message = f"the envelope's `{path}` differs from the one given beside it"
        problems.append(Problem(path=path, code="contradiction", message=message, hint="give it once"))
    return beside if inside is None else inside
