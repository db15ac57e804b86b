"""What the SLA of a pack is as written: the models of its figures and targets."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, model_serializer
from pydantic_core import PydanticCustomError

from sevclass import durations
from sevclass.floor_spec import Name
from sevclass.spec import Key, Spec


def _figure(value: object) -> durations.Target:
    if not isinstance(value, str):
        raise PydanticCustomError("duration", "is not a duration\nfor example `15m` or `2h..4h`")
    try:
        return durations.parse(value)
    except ValueError as error:
        raise PydanticCustomError("duration", "{reason}", {"reason": str(error)}) from None


def _length(value: object) -> durations.Target:
    figure = _figure(value)
    if figure.target != figure.limit:
        raise PydanticCustomError("duration", "is a range\none length of time, for example `2h`")
    return figure


def _as_target(value: object) -> object:
    return value if isinstance(value, dict) else {"within": value}


FigureText: TypeAlias = Annotated[
    durations.Target,
    BeforeValidator(_figure),
    PlainSerializer(str),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": r"^[0-9]+(m|h|d|w|bh|bd)(\.\.[0-9]+(m|h|d|w|bh|bd))?$",
            "examples": ["15m", "2h..4h", "2bd"],
        }
    ),
]
LengthText: TypeAlias = Annotated[
    durations.Target,
    BeforeValidator(_length),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(m|h|d|w|bh|bd)$", "examples": ["2h"]}),
]


class TargetSpec(Spec):
    """A target of the SLA that counts business time on a calendar of its own."""

    within: FigureText
    calendar: Name | None = Field(default=None, description="One of `calendars`.")

    @model_serializer
    def written(self) -> Any:  # noqa: ANN401 - text, or a mapping
        """As a pack has it: the bare figure, if no calendar is named."""
        figure = str(self.within)
        return figure if self.calendar is None else {"within": figure, "calendar": self.calendar}


TargetText: TypeAlias = Annotated[
    TargetSpec, BeforeValidator(_as_target, json_schema_input_type=FigureText | TargetSpec)
]


class CadenceSpec(TargetSpec):
    """How often updates are owed; with `for` and `then` it changes with the time since the severity was reached."""

    lasts: LengthText | None = Field(default=None, alias="for", description="How long it holds, from the severity on.")
    then: CadenceText | None = Field(default=None, description="What holds after it.")

    @model_serializer
    def written(self) -> Any:  # noqa: ANN401 - text, or a mapping
        """As a pack has it: the bare figure, if nothing else is said."""
        beside = {
            "calendar": self.calendar,
            "for": self.lasts and str(self.lasts),
            "then": self.then and self.then.written(),
        }
        said = {key: value for key, value in beside.items() if value is not None}
        return {"within": str(self.within), **said} if said else str(self.within)


CadenceText: TypeAlias = Annotated[
    CadenceSpec, BeforeValidator(_as_target, json_schema_input_type=FigureText | CadenceSpec)
]


class SlaSpec(Spec):
    """The targets of a severity; one that is left out is that of the next milder severity that has it."""

    calendar: Name | None = Field(default=None, description="One of `calendars`, for each target that names none.")

    initial_response: TargetText | None = None
    status_updates: CadenceText | None = Field(default=None, description="From one update to customers to the next.")
    notify: dict[Key, TargetText] = Field(default={}, description="Role -> when it must have been told.")
    resolution: TargetText | None = None
