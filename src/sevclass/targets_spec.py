"""What the targets of a pack are as written: what the figures of a period are measured against."""

from __future__ import annotations

import re
from typing import Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from sevclass.document import ENOUGH
from sevclass.spec import Spec

SHARE_PATTERN = r"^(over [1-9]?[0-9]%|at least ([1-9]?[0-9]|100)%)$"
FALL_PATTERN = r"^down by ([1-9][0-9]?|100)%$"


def _share(value: object) -> str:
    return _matching(SHARE_PATTERN, value, "is not a share to reach\nfor example `over 95%` or `at least 100%`")


def _fall(value: object) -> str:
    return _matching(FALL_PATTERN, value, "is not a fall to reach\nfor example `down by 50%`")


def _matching(pattern: str, value: object, otherwise: str) -> str:
    if isinstance(value, str) and re.fullmatch(pattern, value):
        return value
    raise PydanticCustomError("goal", "{reason}", {"reason": otherwise})


ShareText: TypeAlias = Annotated[
    str, BeforeValidator(_share), WithJsonSchema({"type": "string", "pattern": SHARE_PATTERN, "examples": ["over 95%"]})
]
FallText: TypeAlias = Annotated[
    str,
    BeforeValidator(_fall),
    WithJsonSchema({"type": "string", "pattern": FALL_PATTERN, "examples": ["down by 50%"]}),
]


class TargetsSpec(Spec):
    """What a period is measured against; nothing, where a target is left out."""

    response_sla: ShareText | None = Field(default=None, description="Of the initial responses, those in time.")
    resolution_time: Literal["falling"] | None = Field(
        default=None, description="Of each severity, against the period before."
    )
    satisfaction: ShareText | None = Field(default=None, description="Of all answers, those with a 4 or a 5.")
    repeats: FallText | None = Field(default=None, description="Against the period before.")
    reviews_on_time: ShareText | None = Field(default=None, description="Of the reviews owed, those in time.")
    actions_on_time: ShareText | None = Field(default=None, description="Of the actions with a date, those in time.")
    enough: Annotated[int, Field(ge=1, le=1_000_000)] = Field(
        default=ENOUGH, description="Under so many it is too few to say."
    )
