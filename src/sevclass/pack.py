"""What a pack is: the models that its YAML is checked against and that its JSON Schema is made from.

A model holds one pack as written, with nothing resolved; `docs/reference/packs.md` describes it for authors. What one
model alone cannot see, such as whether a named fact exists, is checked in `checks.py`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias, cast

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from sevclass.calendar_spec import CalendarSpec
from sevclass.document import DEFAULT_LANGUAGE, FactDocument, PackDocument, scale_of
from sevclass.floor_spec import Floors, Name, Roles
from sevclass.message_spec import GuideSpec, MessageSpec
from sevclass.paths_spec import Paths
from sevclass.plan_spec import PlanSpec
from sevclass.room_spec import RoomSpec
from sevclass.scales import Scale
from sevclass.sla_spec import SlaSpec
from sevclass.spec import FlagTexts, Key, Language, Number, Spec, Stage, Text, Word
from sevclass.targets_spec import TargetsSpec
from sevclass.translation_spec import Translation

KINDS = ("levels", "flag", "count", "measure", "label", "sum_of")
"""The keys of a fact that say what scale it has."""
SEVERITIES_MAX = 99
"""The most severities that a pack has."""
_TOLD = ("name", "version", "description", "extends", "language")
"""What a pack says of itself; any other key may be null, so that what is inherited is deleted."""


def _as_row(value: object) -> object:
    return {"duty": value} if isinstance(value, str | bool) else value


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


class RowSpec(Spec):
    """A row of the roster: a duty, and the floors on which it depends, if any."""

    duty: Name
    when: Floors | None = None


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
    war_room_setup: RoomSpec | None = Field(default=None, description="Who and what is needed in a war room.")
    paths: Paths = Field(default={}, description="Way -> topic -> whom to turn to with it.")
    causes: dict[Key, Text] = Field(default={}, description="Cause -> what was behind the incidents that have it.")
    plan: PlanSpec | None = Field(default=None, description="What is done about an incident: phase by phase, by whom.")
    messages: dict[Key, MessageSpec] = Field(default={}, description="Kind -> its templates, and what it promises.")
    blanks: dict[Word, Text] = Field(
        default={}, description="Name in a template -> what is missing where nobody has said it."
    )
    guides: dict[Key, GuideSpec] = Field(default={}, description="Kind -> how to hold such a conversation.")
    customers: Name | None = Field(
        default=None, description="The count of the customers affected, for figures of many incidents."
    )
    targets: TargetsSpec = Field(
        default=TargetsSpec(), description="What the figures of a period are measured against."
    )
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
        for key, described in schema["properties"].items():
            if key in _TOLD or {"type": "null"} in described.get("anyOf", ()):
                continue
            if described.get("type", "object") == "object" and "enum" not in described:
                described["type"] = ["object", "null"]
                continue
            beside = {name: described.pop(name) for name in ("description", "title", "default") if name in described}
            schema["properties"][key] = {**beside, "anyOf": [described, {"type": "null"}]}
        return schema

    @property
    def document(self) -> PackDocument:
        """What the pack says, as plain data."""
        written = self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        return cast("PackDocument", written)
