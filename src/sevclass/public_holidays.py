"""The public holidays of a country, from the package `holidays`, which is imported only where a calendar names one."""

from __future__ import annotations

from datetime import date
from typing import Any

from sevclass.problems import nearest, quote


class UnknownHolidaysError(ValueError):
    """There are no such holidays to be had: `key` is the part of a calendar that asks for them."""

    def __init__(self, key: str, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.key, self.code, self.hint = key, code, hint


class PublicHolidays:
    """The holidays of a country, or of a part of it, year by year."""

    def __init__(self, country: str, subdivision: str | None) -> None:
        """Raises UnknownHolidaysError if the package is not here, or does not have the country or the part of it."""
        self._country, self._subdivision = country, subdivision
        self._package = _package()
        known = self._package.list_supported_countries(include_aliases=True)
        if country not in known:
            hint = nearest(country, known) or "the ISO 3166 code of a country: `DE`"
            raise UnknownHolidaysError("country", "unknown_country", f"unknown country {quote(country)}", hint)
        if subdivision is not None and subdivision not in known[country]:
            listed = ", ".join(map(quote, known[country])) or "none is known"
            hint = nearest(subdivision, known[country]) or f"of {quote(country)}: {listed}"
            message = f"unknown subdivision {quote(subdivision)}"
            raise UnknownHolidaysError("subdivision", "unknown_subdivision", message, hint)

    def of(self, year: int) -> frozenset[date]:
        """The holidays of a year; none where the package knows none."""
        found = self._package.country_holidays(self._country, subdiv=self._subdivision, years=year, expand=False)
        return frozenset(found)


def _package() -> Any:  # noqa: ANN401 - a module
    try:
        import holidays
    except ImportError:
        hint = "install them: pip install 'sevclass[calendars]'"
        message = "the holidays of a country need the extra `calendars`"
        raise UnknownHolidaysError("country", "extra_missing", message, hint) from None
    return holidays
