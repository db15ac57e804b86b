"""Problems: what is wrong with an input, where, and what to do about it.

Messages share one grammar: lower case, no full stop, names in backticks, the hint apart.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

QUOTED_CHARACTERS = 80
"""The most a message quotes of the input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong: `path` says where, `code` what kind, `hint` what to do.

    `excerpt` is the source line with a caret under the place, where there is a source; it is for
    people and not part of the JSON form.
    """

    path: str
    code: str
    message: str
    hint: str | None = None
    excerpt: str | None = None

    def model_dump(self) -> dict[str, str | None]:
        """The JSON shape: `path`, `code`, `message` and `hint`."""
        return {"path": self.path, "code": self.code, "message": self.message, "hint": self.hint}

    def __str__(self) -> str:
        place = f"{self.path}: " if self.path else ""
        hint = f"; {self.hint}" if self.hint else ""
        excerpt = f"\n{self.excerpt}" if self.excerpt else ""
        return f"{place}{self.message}{hint}{excerpt}"


class SevclassError(ValueError):
    """Bad input. `problems` lists everything that is wrong with it, in the order of the input."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

    def __reduce__(self) -> tuple[type[SevclassError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class FactsError(SevclassError):
    """The facts of an incident, or what comes with them, cannot be read."""


class PackError(SevclassError):
    """A pack cannot be loaded."""


class IncidentError(SevclassError):
    """The event log of an incident cannot be replayed, or stored."""


class CalendarError(SevclassError):
    """A calendar makes no sense."""


class DirectoryError(SevclassError):
    """A directory of people cannot be read."""


class TopicError(SevclassError):
    """No escalation path has that topic."""


class StoreError(SevclassError):
    """A file of an incident cannot be read or written, or an id cannot name one."""


class MessageError(SevclassError):
    """A message cannot be written."""


def quote(value: object) -> str:
    """Show an input value in a message: at most 80 characters of it, on one line.

    Text and keys stand in backticks; a container is named, not shown, since it may be huge or deep.
    """
    if isinstance(value, str):
        return f"`{printable(value)}`"
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        # Past a few thousand digits Python refuses to print an integer at all.
        digits = int(value.bit_length() * math.log10(2)) + 1
        return str(value) if digits <= QUOTED_CHARACTERS else f"a number of about {digits} digits"
    if isinstance(value, float):
        return str(value)
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return f"a value of type `{printable(type(value).__name__)}`"


def printable(text: str) -> str:
    """The first 80 characters of a text, with everything that could move a cursor escaped."""
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:QUOTED_CHARACTERS])
    whole = len(shown) <= QUOTED_CHARACTERS and len(text) <= QUOTED_CHARACTERS
    return shown if whole else shown[: QUOTED_CHARACTERS - 1] + "…"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The hint that names the known name most like `name` (ignoring case), or None if none is close."""
    folded = {candidate.lower(): candidate for candidate in known}
    # A name is at most as long as we quote: difflib is quadratic.
    close = difflib.get_close_matches(
        name[:QUOTED_CHARACTERS].lower().replace("-", "_"), [c.replace("-", "_") for c in folded], n=1
    )
    if not close:
        return None
    found = next(original for lower, original in folded.items() if lower.replace("-", "_") == close[0])
    return f"did you mean {quote(found)}?"
