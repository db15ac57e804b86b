"""The JSON Schemas of a directory, and of what is printed of war rooms and of paths."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import TypeAdapter

from sevclass.classification import PackRef
from sevclass.incident.schemas import PROBLEMS, schema_of
from sevclass.incident.state import Severities
from sevclass.playbook.directory_spec import DirectorySpec
from sevclass.playbook.handover import Sheet
from sevclass.playbook.paths import Paths
from sevclass.playbook.room import Room

_HEAD: list[tuple[str, Any]] = [
    ("schema", Literal[1]),
    ("id", str | None),
    ("pack", PackRef),
    ("now", datetime),
    ("severity", Severities),
]


def room_schema() -> dict[str, Any]:
    """The schema of what `sevclass room` prints of an incident."""
    return schema_of("IncidentRoom", [*_HEAD, ("room", Room | None), ("problems", PROBLEMS)])


def handover_schema() -> dict[str, Any]:
    """The same with `--handover`."""
    return schema_of("IncidentHandover", [*_HEAD, ("sheet", Sheet), ("problems", PROBLEMS)])


def whom_schema() -> dict[str, Any]:
    """The schema of what `sevclass whom` prints."""
    return TypeAdapter(Paths).json_schema(mode="serialization")


def directory_schema() -> dict[str, Any]:
    """The schema of a directory."""
    return DirectorySpec.model_json_schema()
