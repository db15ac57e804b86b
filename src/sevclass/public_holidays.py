"""The public holidays of a country, from the package `holidays`, which is imported only where a calendar names one."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

from sevclass.problems import nearest, quote

_YEARS_KEPT = 256


class UnknownHolidaysError(ValueError):
    """There are no such holidays to be had: `key` is the part of a calendar that asks for them."""

    def __init__(self, message: str, *, key: str, code: str, hint: str) -> None:
        super().__init__(message)
        self.key, self.code, self.hint = key, code, hint


class PublicHolidays:
    """The holidays of a country, or of a part of it, year by year."""

    def __init__(self, country: str, subdivision: str | None) -> None:
        """Raises UnknownHolidaysError if the package is not here, or does not have the country or the part of it."""
        self._country, self._subdivision = country, subdivision
        self._package = _package()
        known = _supported(self._package)
        if country not in known:
            hint = "the ISO 3166 code of a country, such as `DE`"
            raise UnknownHolidaysError(
                f"unknown country {quote(country)}", key="country", code="unknown_country", hint=hint
            )
        if subdivision is not None and subdivision not in known[country]:
            listed = ", ".join(map(quote, known[country])) or "none is known"
            hint = nearest(subdivision, known[country]) or f"of {quote(country)}: {listed}"
            raise UnknownHolidaysError(
                f"unknown subdivision {quote(subdivision)}", key="subdivision", code="unknown_subdivision", hint=hint
            )

    def of(self, year: int) -> frozenset[date]:
        """The holidays of a year; none where the package knows none."""
        return _holidays(self._package, self._country, self._subdivision, year)


@cache
def _supported(package: Any) -> Mapping[str, Sequence[str]]:  # noqa: ANN401 - a module
    found: Mapping[str, Sequence[str]] = package.list_supported_countries(include_aliases=True)
    return found


@lru_cache(maxsize=_YEARS_KEPT)
def _holidays(package: Any, country: str, subdivision: str | None, year: int) -> frozenset[date]:  # noqa: ANN401
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of years that it knows in part: it gives what it knows
        return frozenset(package.country_holidays(country, subdiv=subdivision, years=year, expand=False))


def _package() -> Any:  # noqa: ANN401 - a module
    try:
        import holidays
    except ImportError:
        hint = "install them: pip install 'sevclass[calendars]'"
        message = "the holidays of a country need the extra `calendars`"
        raise UnknownHolidaysError(message, key="country", code="extra_missing", hint=hint) from None
    return holidays
