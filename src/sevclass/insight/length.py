"""How long something took, in words and from words."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

_UNITS = {
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}
_WEEK = timedelta(weeks=1)
_SPELLINGS = {
    "w": _WEEK,
    "week": _WEEK,
    "d": _UNITS["day"],
    "day": _UNITS["day"],
    "h": _UNITS["hour"],
    "hr": _UNITS["hour"],
    "hour": _UNITS["hour"],
    "m": _UNITS["minute"],
    "min": _UNITS["minute"],
    "minute": _UNITS["minute"],
    "s": _UNITS["second"],
    "sec": _UNITS["second"],
    "second": _UNITS["second"],
}
_PART = r"([0-9]{1,6})\s*([a-z]+)"
_WHOLE = re.compile(rf"{_PART}(?:(?:\s*,)?(?:\s+and)?\s*{_PART})*")
_EACH = re.compile(_PART)


class Length(NamedTuple):
    """A length of time, and the smallest unit it was given in."""

    length: timedelta
    exact_to: timedelta

    def fits(self, other: timedelta) -> bool:
        """Whether the other one is the same, as exactly as this one was given."""
        return abs(other - self.length) < self.exact_to


def length_text(length: timedelta) -> str:
    """`3 hours 42 minutes`: whole minutes; of less than one, seconds."""
    left = length
    parts: list[str] = []
    for unit, size in _UNITS.items():
        amount, left = divmod(left, size)
        if amount and not (unit == "second" and parts):
            parts.append(f"{amount} {unit}{'' if amount == 1 else 's'}")
    return " ".join(parts) or "0 minutes"


def read_length(text: str) -> Length | None:
    """The length that a text gives, as `3 hours 42 minutes`, `3h 42m` or `90 min`; None if it gives none."""
    given = text.strip().lower()
    if not _WHOLE.fullmatch(given):
        return None
    found = [(int(amount), _spelt(unit)) for amount, unit in _EACH.findall(given)]
    sizes = [size for _, size in found if size is not None]
    if len(sizes) < len(found):
        return None
    return Length(sum((amount * size for amount, size in found if size), timedelta()), min(sizes))


def _spelt(unit: str) -> timedelta | None:
    return _SPELLINGS.get(unit) or _SPELLINGS.get(unit.removesuffix("s"))
