"""What the messages and guides of a pack are as written: the models of templates, promises and steps."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from sevclass import durations
from sevclass.floor_spec import Name
from sevclass.spec import Key, Spec, Template, Text, Word


def _span(value: object) -> durations.Duration:
    try:
        figure = durations.parse(value) if isinstance(value, str) else None
    except ValueError:
        figure = None
    if figure is None or figure.target != figure.limit or figure.limit.elapsed is None:
        raise PydanticCustomError("duration", "is no length of elapsed time\nfor example `24h`")
    return figure.limit


Span: TypeAlias = Annotated[
    durations.Duration,
    BeforeValidator(_span),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]+(m|h|d|w)$", "examples": ["24h"]}),
]
"""A length of time that simply passes."""


class PromiseSpec(Spec):
    """What a message promises, and by when."""

    text: Text = Field(description="As it stands among the actions of the incident.")
    within: Span | None = Field(default=None, description="So long after the message is written.")
    clock: Literal["initial_response", "status_update", "review"] | None = Field(
        default=None, description="Not after this is owed; without `within` when it is. A resolution is never promised."
    )


class MessageSpec(Spec):
    """A message: templates, for whom it is, and what it promises."""

    audience: Literal["customers", "executives", "internal"]
    subject: Text = Field(description="A template on one line.")
    body: Template
    facts: list[Name] = Field(default=[], description="Of these it says what is known; the names `impact` has them.")
    promises: dict[Word, PromiseSpec] = Field(default={}, description="Name in the template -> what it promises.")
    sent: Literal["acknowledged", "update_sent"] | None = Field(
        default=None, description="The event that the sending of it is."
    )


class GuideStepSpec(Spec):
    """A step of a guide."""

    title: Text
    text: Template = Field(description="What to do, a line for each point.")
    say: Text | None = Field(default=None, description="Words that would do.")


class GuideSpec(Spec):
    """How to hold a conversation."""

    text: Text = Field(description="What the conversation is.")
    like: Name | None = Field(default=None, description="The guide that has the steps which this one does not write.")
    steps: dict[Key, GuideStepSpec] = Field(default={}, description="Name -> what to do, in order.")
    offers: dict[Key, Text] = Field(default={}, description="Name -> what can be offered.")


class PromiseTranslation(Spec):
    """The text of a promise."""

    text: Text | None = None


class MessageTranslation(Spec):
    """The templates of a message."""

    subject: Text | None = None
    body: Template | None = None
    promises: dict[Word, PromiseTranslation] = Field(default={}, description="Name -> its text.")


class GuideStepTranslation(Spec):
    """The texts of a step."""

    title: Text | None = None
    text: Template | None = None
    say: Text | None = None


class GuideTranslation(Spec):
    """The texts of a guide."""

    text: Text | None = None
    steps: dict[Key, GuideStepTranslation] = Field(default={}, description="Name -> its texts.")
    offers: dict[Key, Text] = Field(default={}, description="Name -> what can be offered.")
