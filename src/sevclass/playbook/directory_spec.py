"""What a directory is as written: role -> the people who fill it, how they are reached, and when."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias, cast

from pydantic import BeforeValidator, ConfigDict, Field, RootModel

from sevclass.calendar_spec import DateText, HoursSpec, SpansOfDay, ZoneText
from sevclass.document import CalendarDocument
from sevclass.spec import Key, Spec, Text


def _as_people(value: object) -> object:
    return [value] if isinstance(value, dict) else value


class PersonSpec(Spec):
    """Somebody who fills a role."""

    name: Text
    contact: Text | None = Field(default=None, description="How to reach them: a number, an address, a handle.")
    zone: ZoneText | None = Field(
        default=None, description="A name of the tz database; the hours are local time there."
    )
    on_call: HoursSpec | None = Field(default=None, description="Without it, at any time.")
    exceptions: dict[DateText, SpansOfDay] = Field(
        default={}, description="Date -> its own hours, instead of those of the week; none with an empty list."
    )

    @property
    def calendar(self) -> CalendarDocument | None:
        """When they are on call; None: at any time."""
        if self.zone is None or (self.on_call is None and not self.exceptions):
            return None
        dump: dict[str, Any] = self.model_dump(mode="json", exclude_none=True)
        hours = dump.get("on_call", _ALWAYS)
        return cast("CalendarDocument", {"zone": self.zone, "hours": hours, "exceptions": dump["exceptions"]})


_ALWAYS = {day: ["00:00-24:00"] for day in HoursSpec.model_fields}
People: TypeAlias = Annotated[
    list[PersonSpec],
    Field(min_length=1),
    BeforeValidator(_as_people, json_schema_input_type=PersonSpec | Annotated[list[PersonSpec], Field(min_length=1)]),
]


class DirectorySpec(RootModel[dict[Key, People]]):
    """Role -> one person or more, those to be called first at the top."""

    model_config = ConfigDict(strict=True, frozen=True)
