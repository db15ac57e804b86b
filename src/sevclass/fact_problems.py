"""What is wrong with facts, in words: each bad value told by the scale that it does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import isfinite
from typing import Any

from sevclass.problems import Problem, nearest, printable, quote
from sevclass.scales import COUNT_MAX, Count, Flag, Label, Levels, Measure, Scale, SumOf

MOST_HINTS = 50
"""The most unknown facts for which the nearest name is looked up: a million of them would take a minute."""


def fact_problems(
    scales: Mapping[str, Scale], facts: Mapping[Any, Any], wrong: Iterable[object], prefix: str
) -> Iterator[Problem]:
    """A problem for each of the `wrong` keys of `facts`; `prefix` leads to the facts in an envelope."""
    givable = [name for name, scale in scales.items() if not isinstance(scale, SumOf)]
    hints = MOST_HINTS
    for fact in wrong:
        path = prefix + path_of(fact)
        scale = scales.get(fact) if isinstance(fact, str) else None
        if scale is None:
            hint = _meant(fact, facts[fact], givable) if hints > 0 else None
            hints -= 1
            yield Problem(path=path, code="unknown_fact", message=f"unknown fact {quote(fact)}", hint=hint)
        elif isinstance(scale, SumOf):
            parts = ", ".join(map(quote, scale.parts))
            message, hint = f"{quote(fact)} is derived, never given", f"give its parts: {parts}"
            yield Problem(path=path, code="derived_fact", message=message, hint=hint)
        else:
            code, message, hint = _wrong_value(scales, scale, facts[fact])
            yield Problem(path=path, code=code, message=message, hint=hint)


def path_of(key: object) -> str:
    """What a key is called in a path."""
    return printable(key) if isinstance(key, str) else quote(key)


def _meant(fact: object, value: object, givable: list[str]) -> str | None:
    if isinstance(fact, str) and fact in ("id", "opened_at"):
        return f"beside {quote(fact)} the facts stand under `facts`"
    return nearest(str(fact), [*givable, "facts"] if isinstance(value, Mapping) and fact != "facts" else givable)


def _wrong_value(scales: Mapping[str, Scale], scale: Scale, value: object) -> tuple[str, str, str | None]:
    """Code, message and hint for a value that is not one of the scale's."""
    match scale:
        case Levels() | Label():
            return _unknown_level(scales, scale.names, value)
        case Flag():
            return "wrong_type", f"{quote(value)} is neither true nor false", None
        case Measure():
            return _wrong_measure(scale, value)
        case _:
            return _wrong_count(scale.unit if isinstance(scale, Count) else "", value)


def _unknown_level(scales: Mapping[str, Scale], names: tuple[str, ...], value: object) -> tuple[str, str, str | None]:
    listed = f"it is one of {', '.join(map(quote, names))}"
    if not isinstance(value, str):
        return "wrong_type", f"{quote(value)} is not a level", listed
    owner = next((f for f, s in scales.items() if isinstance(s, Levels | Label) and value in s.names), None)
    elsewhere = f"{quote(value)} is a level of {quote(owner)}" if owner else None
    return "unknown_level", f"unknown level {quote(value)}", nearest(value, names) or elsewhere or listed


def _wrong_count(unit: str, value: object) -> tuple[str, str, str | None]:
    if isinstance(value, bool) or not isinstance(value, int):
        return "wrong_type", f"{quote(value)} is not a whole number", f"it is a count of {unit}"
    return "out_of_range", f"{quote(value)} is out of range", f"a count is from 0 to {COUNT_MAX}"


def _wrong_measure(scale: Measure, value: object) -> tuple[str, str, str | None]:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        or (isinstance(value, float) and not isfinite(value))
    ):
        return "wrong_type", f"{quote(value)} is not a finite number", f"it is a number of {scale.unit}"
    low = [f"at least {scale.low:g}"] if scale.low is not None else []
    high = [f"at most {scale.high:g}"] if scale.high is not None else []
    ends = " and ".join(low + high)
    # Without ends, what is out of range is a whole number that no double can hold.
    return "out_of_range", f"{quote(value)} is out of range", f"it is {ends}" if ends else "it has at most 308 digits"
