"""What a translation of a pack is: the models that its YAML is checked against."""

from __future__ import annotations

from pydantic import Field

from sevclass.message_spec import GuideTranslation, MessageTranslation
from sevclass.paths_spec import PathsTranslation
from sevclass.room_spec import RoomTranslation
from sevclass.spec import FlagTexts, Key, Number, Spec, Text, Word


class MeasureTranslation(Spec):
    """The unit of a measure."""

    unit: Text | None = None


class FactTranslation(Spec):
    """The texts of a fact, under the keys that the fact has them under."""

    ask: Text | None = None
    levels: dict[Key, Text] = Field(default={}, description="Level -> text.")
    flag: FlagTexts | None = None
    count: Text | None = Field(default=None, description="The unit.")
    measure: MeasureTranslation | None = None
    label: dict[Key, Text] = Field(default={}, description="Name -> text.")


class CriterionTranslation(Spec):
    """The text of a criterion."""

    text: Text | None = None


class StepTranslation(Spec):
    """The text of a question or of an action of the plan."""

    text: Text | None = None


class PhaseTranslation(Spec):
    """The texts of a phase of the plan."""

    text: Text | None = None
    questions: dict[Key, StepTranslation] = Field(default={}, description="Question -> its text.")
    actions: dict[Key, StepTranslation] = Field(default={}, description="Action -> its text.")
    exit: dict[Key, Text] = Field(default={}, description="Condition -> its text.")


class PlanTranslation(Spec):
    """The texts of the plan."""

    tracks: dict[Key, Text] = Field(default={}, description="Track -> what it is.")
    phases: dict[Key, PhaseTranslation] = Field(default={}, description="Phase -> its texts.")
    customers: dict[Key, Text] = Field(default={}, description="Id -> what customers must be told.")


class Translation(Spec):
    """The texts of a pack in another language; a text that is left out stays as the pack has it."""

    description: Text | None = None
    severities: dict[Number, Text] = Field(default={}, description="Number -> name.")
    facts: dict[Key, FactTranslation] = Field(default={}, description="Fact -> its texts.")
    criteria: dict[Key, CriterionTranslation] = Field(default={}, description="Id -> text, whatever the severity.")
    roles: dict[Key, Text] = Field(default={}, description="Role -> what it is.")
    war_room_setup: RoomTranslation = Field(default=RoomTranslation(), description="The texts of the war room.")
    paths: PathsTranslation = Field(default={}, description="Way -> topic -> its text.")
    causes: dict[Key, Text] = Field(default={}, description="Cause -> what was behind the incident.")
    plan: PlanTranslation | None = None
    messages: dict[Key, MessageTranslation] = Field(default={}, description="Kind -> its templates.")
    blanks: dict[Word, Text] = Field(default={}, description="Name in a template -> what is missing.")
    guides: dict[Key, GuideTranslation] = Field(default={}, description="Kind -> its texts.")
