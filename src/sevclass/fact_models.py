"""The pydantic model of a pack's facts: imported when a model is asked for or given."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, WrapValidator, create_model

from sevclass.fact_schema import as_given
from sevclass.incident_facts import CountValue, FactsModel, IncidentFacts
from sevclass.scales import Flag, Label, Levels, Measure, Scale, SumOf


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
            return Annotated[float, ends, WrapValidator(as_given)]
        case _:
            return CountValue


def taken_apart(value: object) -> object:
    """What a model knows, as a dict; anything else as it is."""
    return {name: known for name, known in value if known is not None} if isinstance(value, BaseModel) else value
