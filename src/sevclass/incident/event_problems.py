"""What is wrong with an event, in our own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from sevclass.incident.events import KINDS
from sevclass.problems import Problem, nearest, quote
from sevclass.wording import worded


def event_problems(error: ValidationError, given: Mapping[str, Any], place: str) -> Iterator[Problem]:
    """The problems that pydantic found in an event; `place` says where it stands."""
    for detail in error.errors(include_url=False):
        # The first step is the kind of event.
        steps = [str(step) for step in detail["loc"][1:]]
        code, message, hint = _told(detail, steps, given)
        path = ".".join(step for step in steps if step != "[key]")
        named = path if code not in {"unknown_key", "missing_key"} else path.rpartition(".")[0]
        yield Problem(path=f"{place}: {named}" if named else place, code=code, message=message, hint=hint)


def _told(detail: ErrorDetails, steps: list[str], given: Mapping[str, Any]) -> tuple[str, str, str | None]:
    """Code, message and hint."""
    shown, told = quote(detail["input"]), _PLAIN.get(detail["type"])
    if told:
        code, message, hint = told
        return code, message.format(shown), hint
    match detail["type"]:
        case "union_tag_invalid":
            event = str(given.get("event"))
            return "unknown_event", f"unknown event {quote(event)}", nearest(event, KINDS) or _one_of(KINDS)
        case "extra_forbidden":
            fields = KINDS[str(given["event"])].model_fields
            known = [field.alias or name for name, field in fields.items()]
            return "unknown_key", f"unknown key {quote(steps[-1])}", nearest(steps[-1], known) or _one_of(known)
        case "missing":
            return "missing_key", f"missing key {quote(steps[-1])}", None
        case "literal_error":
            return "wrong_type", f"{shown} does not fit", f"it is {detail['ctx']['expected'].replace(chr(39), '`')}"
        case "greater_than_equal" | "less_than_equal":
            bounds = {"ge": "at least", "le": "at most"}
            ends = [f"it is {words} {detail['ctx'][end]}" for end, words in bounds.items() if end in detail["ctx"]]
            return "out_of_range", f"{shown} is out of range", ends[0]
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
    "int_type": ("wrong_type", "{} is not a whole number", None),
    "bool_type": ("wrong_type", "{} is neither true nor false", None),
}
