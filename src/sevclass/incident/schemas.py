"""The JSON Schemas of what is printed of incidents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import make_dataclass
from datetime import datetime
from typing import Any, get_type_hints

from pydantic import TypeAdapter

from sevclass.classification import Part
from sevclass.incident.due import ActionRow, DueRow
from sevclass.problems import Problem

_shown = Problem(path="", code="", message="").model_dump()
_KEYS = [(key, kind) for key, kind in get_type_hints(Problem).items() if key in _shown]
_Shown: Any = make_dataclass(Problem.__name__, _KEYS)
PROBLEMS: Any = tuple[_Shown, ...]
"""The type of problems as they stand in JSON: without the excerpts of their sources."""


def schema_of(name: str, fields: Sequence[Any]) -> dict[str, Any]:
    """The schema of an object with these fields, each as `make_dataclass` takes it."""
    shape = make_dataclass(name, fields, bases=(Part,))
    return TypeAdapter(shape).json_schema(mode="serialization")


def due_schema() -> dict[str, Any]:
    """The schema of what `sevclass due` prints."""
    rows = tuple[ActionRow | DueRow, ...]
    return schema_of("Due", [("now", datetime), ("rows", rows), ("problems", PROBLEMS)])
