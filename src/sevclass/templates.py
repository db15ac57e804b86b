"""Templates of messages: a name, `join`, `if`, and `for` over a list, not one in another.

So no pack can hang a program, fill its memory, or reach what it was not given. Needs the extra `messages`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Protocol

from sevclass.characters import printable
from sevclass.problems import MessageError, Problem

if TYPE_CHECKING:
    from sevclass.constructs import Fault

MAX_OUTPUT = 200_000
"""The most characters that may come of a template."""
MISSING = Problem(
    path="",
    code="extra_missing",
    message="messages need the extra `messages`",
    hint="install it: pip install 'sevclass[messages]'",
)


def faults(text: str, names: Collection[str]) -> list[Fault]:
    """Everything that is wrong with a template, in its order; `names` are those it may use beside the usual ones.

    Raises MessageError if Jinja2 is not installed.
    """
    return _engine().faults(text, names)


def used(text: str) -> frozenset[str]:
    """The names that a template uses; none of one that cannot be read.

    Raises MessageError if Jinja2 is not installed.
    """
    return _engine().used(text)


def render(text: str, values: Mapping[str, object]) -> str:
    """What a template without a fault says with these values; what nobody can see is written out.

    Raises MessageError if that is too long, or Jinja2 is not installed.
    """
    parts: list[str] = []
    size = 0
    for part in _engine().parts(text, values):
        size += len(part)
        if size > MAX_OUTPUT:
            message, hint = f"more than {MAX_OUTPUT} characters would come of it", "name less in the template"
            raise MessageError([Problem(path="", code="too_large", message=message, hint=hint)])
        parts.append(part)
    return "\n".join(printable(line).rstrip() for line in "".join(parts).split("\n"))


def is_installed() -> bool:
    """Whether there is Jinja2 to read templates with."""
    try:
        _engine()
    except MessageError:
        return False
    return True


class _Engine(Protocol):
    """What the module `constructs` offers."""

    def faults(self, text: str, names: Collection[str]) -> list[Fault]: ...
    def used(self, text: str) -> frozenset[str]: ...
    def parts(self, text: str, values: Mapping[str, object]) -> Iterator[str]: ...


def _engine() -> _Engine:
    try:
        from sevclass import constructs
    except ImportError:
        raise MessageError([MISSING]) from None
    return constructs
