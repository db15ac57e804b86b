"""Instants as a reader has them: in their time zone and the manner of their language. Needs the extra `messages`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sevclass.characters import printable
from sevclass.problems import MessageError, Problem, quote
from sevclass.templates import MISSING
from sevclass.zones import known_zone

UTC_NAME = "UTC"


class LocalTime:
    """Writes instants: day, time to the minute, and the zone with its difference from UTC, so that it means one."""

    def __init__(self, zone: str, locale: str) -> None:
        """Raises MessageError for a zone or a locale that there is not, or if Babel is not installed."""
        try:
            from babel import Locale, UnknownLocaleError, dates
        except ImportError:
            raise MessageError([MISSING]) from None
        problems: list[Problem] = []
        self._dates: Any = dates
        try:
            self._zone = ZoneInfo(known_zone(zone))
        except ValueError as error:
            message, _, hint = str(error).partition("\n")
            problems.append(Problem(path="", code="zone", message=f"{quote(zone)} {message}", hint=hint))
        try:
            self._locale = Locale.parse(locale, sep="-")
        except (UnknownLocaleError, ValueError, TypeError):
            message, hint = f"{quote(locale)} is not a locale", "for example `en-GB`, `de` or `de-AT`"
            problems.append(Problem(path="", code="locale", message=message, hint=hint))
        if problems:
            raise MessageError(problems)

    def __call__(self, instant: datetime) -> str:
        """An instant; what is less than a minute is left out."""
        try:
            return self._in(self._zone, instant)
        except OverflowError:  # within a day of the ends of time
            return self._in(ZoneInfo(UTC_NAME), instant)

    def _in(self, zone: ZoneInfo, instant: datetime) -> str:
        local = instant.astimezone(zone)
        day = self._dates.format_date(local, "full", locale=self._locale)
        time = self._dates.format_time(local, "short", locale=self._locale)
        form = str(self._dates.get_datetime_format("long", locale=self._locale)).replace("'", "")
        named = f"{time} {self._zone_of(zone, local)}"
        return printable(form.replace("{0}", named).replace("{1}", day))

    def _zone_of(self, zone: ZoneInfo, local: datetime) -> str:
        if zone.key == UTC_NAME:
            return UTC_NAME
        name = self._dates.get_timezone_name(local, width="long", locale=self._locale)
        offset = local.strftime("%z")
        return f"{name} (UTC{offset[:3]}:{offset[3:5]})"

    def day(self, due: date | datetime) -> str:
        """A day, or an instant."""
        return self(due) if isinstance(due, datetime) else printable(self._dates.format_date(due, "full", self._locale))
