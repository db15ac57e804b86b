"""The schema that facts are checked against: strict, nothing but the pack's facts, and None for unknown.

The models of facts say the same for people and type checkers; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pydantic_core import CoreConfig, CoreSchema

from sevclass.scales import COUNT_MAX, Flag, Label, Levels, Measure, Scale, SumOf

STRICT = CoreConfig(strict=True, extra_fields_behavior="forbid")


def fields_schema(scales: Mapping[str, Scale]) -> CoreSchema:
    """Facts by name, each left out or null if it is unknown; what comes out names every fact of the pack."""
    fields = {name: _field(scale) for name, scale in scales.items() if not isinstance(scale, SumOf)}
    return {"type": "model-fields", "fields": fields}


def _field(scale: Scale) -> Any:  # noqa: ANN401 - pydantic's own types tell it no further
    nullable = {"type": "nullable", "schema": _value(scale)}
    return {"type": "model-field", "schema": {"type": "default", "schema": nullable, "default": None}}


def _value(scale: Scale) -> dict[str, Any]:
    match scale:
        case Levels() | Label():
            return {"type": "literal", "expected": list(scale.names)}
        case Flag():
            return {"type": "bool"}
        case Measure():
            ends = {"ge": scale.low, "le": scale.high}
            within = {end: value for end, value in ends.items() if value is not None}
            number = {"type": "float", "allow_inf_nan": False, **within}
            return {"type": "function-wrap", "function": {"type": "no-info", "function": as_given}, "schema": number}
        case _:
            return {"type": "int", "ge": 0, "le": COUNT_MAX}


def as_given(value: object, as_float: Callable[[object], float]) -> float:
    """The number as it is given; but a whole number that no double holds exactly as the double it is compared as."""
    number = as_float(value)
    return value if isinstance(value, int) and abs(value) <= 2**53 else number
