"""What the models of a pack's YAML have in common: how they are read, and the names and texts in them."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

NAME_PATTERN = r"^[a-z][a-z0-9_-]*$"
NUMBER_PATTERN = r"^[1-9][0-9]?$"
# One line, and nothing that could move a cursor or turn the writing direction where it is shown.
TEXT_PATTERN = r"^[^\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+$"
# The same over several lines.
TEMPLATE_PATTERN = r"^[^\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+$"
WORD_PATTERN = r"^[a-z][a-z0-9_]*$"
# BCP 47, of which a pack has language, script and region, in the usual case: so that no language stands twice.
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"
STAGE_PATTERN = r"^(at_risk|breached|past_[1-9][0-9]{0,5}(x|m|h|d|w|bh|bd))$"
Key: TypeAlias = Annotated[str, Field(pattern=NAME_PATTERN)]
Number: TypeAlias = Annotated[str, Field(pattern=NUMBER_PATTERN, description="A severity: 1 is the worst.")]
Text: TypeAlias = Annotated[str, Field(pattern=TEXT_PATTERN)]
Template: TypeAlias = Annotated[str, Field(pattern=TEMPLATE_PATTERN)]
Word: TypeAlias = Annotated[str, Field(pattern=WORD_PATTERN, description="A name that a template can use.")]
Stage: TypeAlias = Annotated[str, Field(pattern=STAGE_PATTERN, examples=["at_risk", "breached", "past_1x"])]
Language: TypeAlias = Annotated[str, Field(pattern=LANGUAGE_PATTERN, examples=["en", "de", "de-AT", "zh-Hant"])]


class Spec(BaseModel):
    """A part of a pack as written: strict, frozen, and with no key but its own."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=False
    )


class FlagTexts(Spec):
    """What the two answers mean."""

    harmless: Text | None = Field(default=None, alias="false")
    worst: Text | None = Field(default=None, alias="true")
