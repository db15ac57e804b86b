"""What a pack is: the models that its YAML is checked against and that its JSON Schema is made from.

A model holds one pack as written, with nothing resolved; `docs/reference/packs.md` describes it for authors. What one
model alone cannot see, such as whether a named fact exists, is checked in `checks.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    WithJsonSchema,
    model_serializer,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import PydanticCustomError, core_schema

from sevclass import durations
from sevclass.calendar_spec import CalendarSpec
from sevclass.document import DEFAULT_LANGUAGE, FactDocument, PackDocument, scale_of
from sevclass.scales import Scale, Value
from sevclass.spec import NAME_PATTERN, FlagTexts, Key, Language, Number, Spec, Stage, Text
from sevclass.translation_spec import Translation

KINDS = ("levels", "flag", "count", "measure", "label", "sum_of")
"""The keys of a fact that say what scale it has."""
SEVERITIES_MAX = 99
"""The most severities that a pack has."""


def _flag_as_text(value: object) -> object:
    """Names are read as text, and a level may well be called `true`."""
    return str(value).lower() if isinstance(value, bool) else value


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


def _level(value: object) -> Value:
    if not isinstance(value, str | bool | int | float):
        raise PydanticCustomError("level", "is not a level\na floor names the least level of each fact")
    return value


def _as_list(value: object) -> object:
    return [value] if isinstance(value, dict) else value


def _not_empty(floor: dict[str, Value]) -> dict[str, Value]:
    if not floor:
        raise PydanticCustomError("empty_floor", "an empty floor would always hold\nname at least one fact")
    return floor


def _as_roles(value: object) -> object:
    return [value] if isinstance(value, str | bool) else value


def _as_row(value: object) -> object:
    return {"duty": value} if isinstance(value, str | bool) else value


def _as_target(value: object) -> object:
    return value if isinstance(value, dict) else {"within": value}


Name: TypeAlias = Annotated[
    str, BeforeValidator(_flag_as_text, json_schema_input_type=Key), Field(pattern=NAME_PATTERN)
]
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


class _FileSchema(GenerateJsonSchema):
    """The schema of one file of a pack that may extend another: null deletes, and nothing has to be said again."""

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A mapping has no keys but those that fit; any but a fact of a floor may be null."""
        made = super().dict_schema(schema)
        made["patternProperties"] = {
            pattern: value if isinstance(value.get("type"), list) else {"anyOf": [value, {"type": "null"}]}
            for pattern, value in made["patternProperties"].items()
        }
        return made | {"additionalProperties": False}

    def field_is_required(self, field: object, total: bool) -> bool:  # noqa: ARG002, FBT001 - pydantic's signature
        """No field: it may be inherited."""
        return False


class MeasureSpec(Spec):
    """A number with a unit, which way is worse, and its ends."""

    unit: Text
    worse: Literal["higher", "lower"]
    low: Annotated[float, Field(allow_inf_nan=False)] | None = Field(default=None, alias="from")
    high: Annotated[float, Field(allow_inf_nan=False)] | None = Field(default=None, alias="to")


_GIVEN: list[Any] = [{"required": [kind], "properties": {kind: {"not": {"type": "null"}}}} for kind in KINDS]


class FactSpec(Spec):
    """A fact: its question and exactly one scale."""

    # One scale at most: a pack that extends another may say only what is different.
    model_config = ConfigDict(json_schema_extra={"oneOf": [*_GIVEN, {"not": {"anyOf": _GIVEN}}]})

    ask: Text | None = Field(default=None, description="The question that finds it out; a sum needs none.")
    levels: dict[Key, Text] | None = Field(
        default=None, min_length=2, description="Name -> text, harmless first, worst last."
    )
    flag: FlagTexts | None = Field(default=None, description="False is harmless, true is worst.")
    count: Text | None = Field(default=None, description="A whole number of this unit; more is worse.")
    measure: MeasureSpec | None = None
    label: dict[Key, Text] | None = Field(default=None, min_length=1, description="Name -> text, without an order.")
    sum_of: list[Name] | None = Field(default=None, min_length=1, max_length=4, description="One to four counts.")

    @property
    def kinds(self) -> list[str]:
        """The scales given; a fact that can be used has exactly one."""
        return [kind for kind in KINDS if getattr(self, kind) is not None]

    @property
    def scale(self) -> Scale:
        """The fact's scale, if it has exactly one."""
        return scale_of(cast("FactDocument", self.model_dump(by_alias=True, exclude_none=True)))


class CriterionSpec(Spec):
    """A criterion: any of its floors is enough."""

    text: Text
    when: Floors


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


class RowSpec(Spec):
    """A row of the roster: a duty, and the floors on which it depends, if any."""

    duty: Name
    when: Floors | None = None


Roles: TypeAlias = Annotated[
    list[Name],
    Field(min_length=1),
    BeforeValidator(_as_roles, json_schema_input_type=Name | Annotated[list[Name], Field(min_length=1)]),
]
Row: TypeAlias = Annotated[RowSpec, BeforeValidator(_as_row, json_schema_input_type=Name | RowSpec)]


class PackSpec(Spec):
    """A whole pack: the top-level keys of all of its files."""

    name: Name | None = None
    version: Text | None = Field(default=None, examples=["1.0.0"])
    description: Text | None = None
    extends: Text | None = Field(
        default=None, description="The name of the shipped pack that this one changes.", examples=["support"]
    )
    language: Language = Field(default=DEFAULT_LANGUAGE, description="What the texts of the pack are written in.")
    severities: dict[Number, Text] = Field(
        default={}, description="Number -> name; 1 is the worst, and there is no gap."
    )
    facts: dict[Key, FactSpec] = Field(default={}, description="Name -> question and scale, in the pack's order.")
    criteria: dict[Number, dict[Key, CriterionSpec]] = Field(
        default={}, description="Severity -> id -> text and floors."
    )
    sla: dict[Number, SlaSpec] = Field(default={}, description="Severity -> its targets.")
    roles: dict[Key, Text] = Field(default={}, description="Role -> what it is.")
    roster: dict[Number, dict[Key, Row]] = Field(
        default={}, description="Severity -> role -> duty, or duty and floors."
    )
    covers: dict[Key, list[Name]] = Field(default={}, description="Role -> the roles it stands in for.")
    escalation: dict[Number, dict[Stage, Roles]] = Field(
        default={}, description="Severity -> how late a clock is -> who is told; `lead` is the first of the roster."
    )
    calendar: CalendarSpec | None = Field(
        default=None, description="When business time passes; without it Monday to Friday, 09:00 to 17:00 UTC."
    )
    calendars: dict[Key, CalendarSpec] = Field(
        default={}, max_length=100, description="Name -> a further calendar, for a severity or a target to name."
    )
    war_room: dict[Key, Floors] = Field(default={}, description="Reason -> floors; `severity: n` is n or worse.")
    causes: dict[Key, Text] = Field(default={}, description="Cause -> what was behind the incidents that have it.")
    clocks_start: Literal["severity", "opening"] = Field(
        default="severity", description="Whether a severity's clocks start when it is reached, or at the opening."
    )
    pauses: list[Literal["initial_response", "notification", "status_update", "resolution", "review"]] = Field(
        default=["resolution"], description="The clocks that stop while an incident waits for somebody."
    )
    review: list[Annotated[int, Field(ge=1, le=SEVERITIES_MAX)]] = Field(
        default=[], description="The severities after which a review is owed, within 48 hours of the resolution."
    )
    approve_downgrade: bool = Field(
        default=False, description="Whether an override to a milder severity waits until somebody approves it."
    )
    translations: dict[Language, Translation] = Field(
        default={}, max_length=100, description="Language -> the texts of the pack in it."
    )

    @classmethod
    def model_json_schema(cls, *_: Any, **__: Any) -> dict[str, Any]:
        """The JSON Schema of each file of a pack alone; the options of pydantic make no difference."""
        schema = super().model_json_schema(schema_generator=_FileSchema)
        for key in (
            "severities",
            "facts",
            "criteria",
            "sla",
            "roles",
            "roster",
            "covers",
            "escalation",
            "calendar",
            "calendars",
            "war_room",
            "causes",
            "translations",
        ):
            schema["properties"][key]["type"] = ["object", "null"]
        for key in ("clocks_start", "pauses", "review", "approve_downgrade"):
            described = schema["properties"][key]
            beside = {name: described.pop(name) for name in ("description", "title", "default") if name in described}
            schema["properties"][key] = {**beside, "anyOf": [described, {"type": "null"}]}
        return schema

    @property
    def document(self) -> PackDocument:
        """What the pack says, as plain data."""
        written = self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        return cast("PackDocument", written)
