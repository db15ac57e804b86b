"""What a calendar is, as written in a pack or given to `Calendar`: the models that it is checked against."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, TypeAlias, cast

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from sevclass import spans
from sevclass.document import CalendarDocument
from sevclass.spec import Spec
from sevclass.zones import known_zone

_DATE = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", re.ASCII)


def _zone(value: object) -> str:
    try:
        return known_zone(value)
    except ValueError as error:
        raise PydanticCustomError("zone", "{reason}", {"reason": str(error)}) from None


def _span(value: object) -> spans.Span:
    try:
        return spans.parse(value)
    except ValueError as error:
        raise PydanticCustomError("span", "{reason}", {"reason": str(error)}) from None


def _date(value: object) -> str:
    text = value.isoformat() if type(value) is date else value
    try:
        if isinstance(text, str) and _DATE.fullmatch(text):
            return date.fromisoformat(text).isoformat()
    except ValueError:
        pass  # no such day; told below like anything else that is no date
    raise PydanticCustomError("date", "is not a date\nfor example `2026-12-24`")


def _days_once(value: object) -> object:
    """In Python a day may be named as a date and as text, but once."""
    if isinstance(value, dict):
        texts = [key.isoformat() for key in value if type(key) is date]
        if twice := next((text for text in texts if text in value), None):
            raise PydanticCustomError("duplicate_key", "names {day} twice\nkeep one", {"day": f"`{twice}`"})
    return value


ZoneText: TypeAlias = Annotated[str, BeforeValidator(_zone), Field(examples=["Europe/Berlin", "UTC"])]
SpanText: TypeAlias = Annotated[
    spans.Span,
    BeforeValidator(_span),
    PlainSerializer(str),
    WithJsonSchema({"type": "string", "pattern": spans.PATTERN, "examples": ["09:00-12:30", "22:00-06:00"]}),
]
DateText: TypeAlias = Annotated[
    str, BeforeValidator(_date), WithJsonSchema({"type": "string", "format": "date", "pattern": _DATE.pattern})
]
# In Python a tuple will do as well.
SpansOfDay: TypeAlias = Annotated[list[SpanText], Field(max_length=48, strict=False)]


class HoursSpec(Spec):
    """The working hours of each day of the week; a day that is left out has none."""

    mon: SpansOfDay = Field(default=[])
    tue: SpansOfDay = Field(default=[])
    wed: SpansOfDay = Field(default=[])
    thu: SpansOfDay = Field(default=[])
    fri: SpansOfDay = Field(default=[])
    sat: SpansOfDay = Field(default=[])
    sun: SpansOfDay = Field(default=[])


class HolidaysSpec(Spec):
    """Days without working hours: the public holidays of a country or a part of it, and dates."""

    country: Annotated[str, Field(examples=["DE"])] | None = Field(
        default=None, description="ISO 3166 code; needs the extra `calendars`."
    )
    subdivision: Annotated[str, Field(examples=["BE"])] | None = Field(
        default=None, description="A part of the country, as ISO 3166-2 has it after the hyphen."
    )
    dates: Annotated[list[DateText], Field(strict=False)] = Field(default=[])


class CalendarSpec(Spec):
    """When business time passes."""

    zone: ZoneText = Field(description="A name of the tz database; the hours are wall-clock time there.")
    hours: HoursSpec
    holidays: HolidaysSpec = HolidaysSpec()
    exceptions: Annotated[dict[DateText, SpansOfDay], BeforeValidator(_days_once)] = Field(
        default={}, description="Date -> its own hours, which beat a holiday; none with an empty list."
    )

    @property
    def document(self) -> CalendarDocument:
        """The same as plain data."""
        return cast("CalendarDocument", self.model_dump(mode="json", exclude_none=True, exclude_defaults=True))
