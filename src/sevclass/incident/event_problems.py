"""What is wrong with an event, in our own words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, PydanticSerializationError, to_json

from sevclass.incident.events import EVENTS, KINDS, BaseEvent, Event, PackOpened
from sevclass.problems import Problem, nearest, quote
from sevclass.wording import worded

_PLACE = re.compile(r"(?:line|event) ([0-9]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside(Problem):
    """An event that cannot be where it stands; `why` is the reason alone."""

    why: str


def set_aside(event: BaseEvent, place: str, why: str, hint: str | None) -> SetAside:
    """What is to be told of an event that cannot be."""
    kind = getattr(event, "event")  # noqa: B009 - each kind has its own
    message = f"{quote(kind)} is set aside: {why}"
    return SetAside(path=place, code="cannot_be", message=message, hint=hint, why=why)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems of a log in the order of its lines; what has no line comes last."""
    return tuple(sorted(problems, key=_line))


def _line(found: Problem) -> float:
    place = _PLACE.match(found.path)
    return int(place[1]) if place else inf


def read_event(given: object, place: str) -> Event | list[Problem]:
    """The event that a mapping says, or all that is wrong with it; `place` says where it stands."""
    if not isinstance(given, Mapping):
        hint = 'as `{"at": "2026-03-02T14:23:00Z", "event": "acknowledged"}`'
        return [Problem(path=place, code="not_an_event", message=f"{quote(given)} is not an event", hint=hint)]
    try:
        # NaN stays what it is: as null it would be a fact that nobody knows.
        return EVENTS.validate_json(to_json(given, inf_nan_mode="constants", fallback=dict))
    except ValidationError as error:
        return list(_event_problems(error, given, place))
    except PydanticSerializationError:
        hint = "give text, numbers, true, false, null, lists and mappings of these"
        return [Problem(path=place, code="not_an_event", message="it cannot be written as JSON", hint=hint)]


def _event_problems(error: ValidationError, given: Mapping[str, Any], place: str) -> Iterator[Problem]:
    """The problems that pydantic found in an event."""
    for detail in error.errors(include_url=False):
        # The first step is the kind of event, and that after `pack` says as what it was read.
        steps = [str(step) for step in detail["loc"][1:]]
        del steps[1 : 2 if steps[:1] == ["pack"] else 1]
        code, message, hint = _told(detail, steps, given)
        path = ".".join(steps)
        named = path if code not in {"unknown_key", "missing_key"} else path.rpartition(".")[0]
        yield Problem(path=": ".join(filter(None, (place, named))), code=code, message=message, hint=hint)


def _told(detail: ErrorDetails, steps: list[str], given: Mapping[str, Any]) -> tuple[str, str, str | None]:
    """Code, message and hint."""
    shown, told = quote(detail["input"]), _PLAIN.get(detail["type"])
    if told:
        code, message, hint = told
        return code, message.format(shown), hint
    match detail["type"]:
        case "union_tag_invalid":
            event = given["event"]
            like = nearest(event, KINDS) if isinstance(event, str) else None
            return "unknown_event", f"unknown event {quote(event)}", like or _one_of(KINDS)
        case "extra_forbidden":
            fields = (KINDS[given["event"]] if len(steps) == 1 else PackOpened).model_fields
            known = [field.alias or name for name, field in fields.items()]
            return "unknown_key", f"unknown key {quote(steps[-1])}", nearest(steps[-1], known) or _one_of(known)
        case "missing":
            return "missing_key", f"missing key {quote(steps[-1])}", None
        case "literal_error":
            return (
                "wrong_type",
                f"{shown} does not fit",
                f"it is {detail.get('ctx', {})['expected'].replace(chr(39), '`')}",
            )
        case _:
            return worded(detail)


def _one_of(names: Iterable[str]) -> str:
    return f"one of {', '.join(map(quote, names))}"


_PLAIN = {
    "union_tag_not_found": ("missing_key", "missing key `event`", _one_of(KINDS)),
    "string_too_short": ("empty_text", "the text is empty", "write something, or leave it out"),
    "string_pattern_mismatch": (
        "not_a_name",
        "{} is not a name",
        "a name is lower-case letters, digits, `_` and `-`, and starts with a letter",
    ),
}
