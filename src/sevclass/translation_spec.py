"""What a translation of a pack is: the models that its YAML is checked against."""

from __future__ import annotations

from pydantic import Field

from sevclass.message_spec import GuideTranslation, MessageTranslation
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


class Translation(Spec):
    """The texts of a pack in another language; a text that is left out stays as the pack has it."""

    description: Text | None = None
    severities: dict[Number, Text] = Field(default={}, description="Number -> name.")
    facts: dict[Key, FactTranslation] = Field(default={}, description="Fact -> its texts.")
    criteria: dict[Key, CriterionTranslation] = Field(default={}, description="Id -> text, whatever the severity.")
    roles: dict[Key, Text] = Field(default={}, description="Role -> what it is.")
    causes: dict[Key, Text] = Field(default={}, description="Cause -> what was behind the incident.")
    messages: dict[Key, MessageTranslation] = Field(default={}, description="Kind -> its templates.")
    blanks: dict[Word, Text] = Field(default={}, description="Name in a template -> what is missing.")
    guides: dict[Key, GuideTranslation] = Field(default={}, description="Kind -> its texts.")
