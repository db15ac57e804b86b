"""What a floor is as written: the models of names, roles, levels and floors, for every part of a pack that has some."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from sevclass.scales import Value
from sevclass.spec import NAME_PATTERN, Key


def _flag_as_text(value: object) -> object:
    """Names are read as text, and a level may well be called `true`."""
    return str(value).lower() if isinstance(value, bool) else value


def _level(value: object) -> Value:
    if not isinstance(value, str | bool | int | float):
        raise PydanticCustomError("level", "is not a level\na floor names the least level of each fact")
    return value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, dict) else value


def _as_roles(value: object) -> object:
    return [value] if isinstance(value, str | bool) else value


def _not_empty(floor: dict[str, Value]) -> dict[str, Value]:
    if not floor:
        raise PydanticCustomError("empty_floor", "an empty floor would always hold\nname at least one fact")
    return floor


Name: TypeAlias = Annotated[
    str, BeforeValidator(_flag_as_text, json_schema_input_type=Key), Field(pattern=NAME_PATTERN)
]
Roles: TypeAlias = Annotated[
    list[Name],
    Field(min_length=1),
    BeforeValidator(_as_roles, json_schema_input_type=Name | Annotated[list[Name], Field(min_length=1)]),
]
Level: TypeAlias = Annotated[Any, BeforeValidator(_level), WithJsonSchema({"type": ["string", "boolean", "number"]})]
FloorText: TypeAlias = Annotated[
    dict[Key, Level],
    AfterValidator(_not_empty),
    Field(description="Fact -> the least level it must reach.", json_schema_extra={"minProperties": 1}),
]
Floors: TypeAlias = Annotated[
    list[FloorText],
    Field(min_length=1),
    BeforeValidator(_as_list, json_schema_input_type=FloorText | Annotated[list[FloorText], Field(min_length=1)]),
]
