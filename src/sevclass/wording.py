"""What pydantic finds wrong with a value, in the grammar of our messages."""

from __future__ import annotations

import re

from pydantic_core import ErrorDetails

from sevclass.problems import nearest, quote

_WHOLE = ("empty_floor", "no_zone", "not_an_instant", "out_of_range")
"""Those of our errors whose message says all."""
OURS = ("date", "duplicate_key", "duration", "goal", "level", "span", "zone", *_WHOLE)
"""The kinds of error that our models raise themselves; each is its own code."""

_KINDS = {
    "string_type": "text",
    "invalid_key": "text",
    "int_type": "a whole number",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "list_type": "a list",
    "float_type": "a number",
    "finite_number": "a finite number",
}

_QUOTED = re.compile(r"'([^']*)'")
_FEW = 6
"""So many names that fit are read in a message."""
_BOUNDS = {"greater_than_equal": "at least {ge}", "less_than_equal": "at most {le}"}


def worded(detail: ErrorDetails) -> tuple[str, str, str | None]:
    """Code, message and hint: our models say what a value is not, pydantic's own errors go by their kind."""
    kind, (message, _, hint) = detail["type"], detail["msg"].partition("\n")
    if kind in _BOUNDS:
        bound = _BOUNDS[kind].format(**detail.get("ctx", {}))
        return "out_of_range", f"{quote(detail['input'])} is out of range", f"it is {bound}"
    if kind == "bool_type":
        return "wrong_type", f"{quote(detail['input'])} is neither true nor false", None
    if kind == "literal_error":
        return _none_of(detail["input"], detail.get("ctx", {})["expected"])
    wanted = _KINDS.get(kind)
    shown = f"{quote(detail['input'])} {f'is not {wanted}' if wanted else message}"
    return kind if kind in OURS else "wrong_type", message if kind in _WHOLE else shown, hint or None


def _none_of(given: object, expected: str) -> tuple[str, str, str | None]:
    """That a value is none of those that fit; where they are many, in the hint."""
    names = _QUOTED.findall(expected)
    if len(names) <= _FEW:
        return "wrong_type", f"{quote(given)} is not {expected.replace(chr(39), '`')}", None
    near = nearest(given, names) if isinstance(given, str) else None
    return "wrong_type", f"{quote(given)} is none of those that fit", near or f"one of {', '.join(map(quote, names))}"


def wrong_length(detail: ErrorDetails, name: str) -> tuple[str, str, str]:
    """Code, message and hint for something that has too few entries, or too many."""
    context = detail.get("ctx", {})
    short = detail["type"] == "too_short"
    bound = f"at least {context['min_length']}" if short else f"at most {context['max_length']}"
    found = len(detail["input"])
    message = f"{quote(name)} has {found} {'entry' if found == 1 else 'entries'}"
    return "wrong_length", message, f"it needs {bound}"
