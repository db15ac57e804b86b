"""Print a JSON Schema of facts, of a file that is read, or of what comes out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from importlib import import_module
from typing import Any

from pydantic_core import to_json

from sevclass.api import DEFAULT_PACK
from sevclass.cli import inputs, streams
from sevclass.cli.arguments import UsageError, choice
from sevclass.cli.statuses import DONE
from sevclass.incident import IncidentState
from sevclass.incident_facts import FactsModel

_MADE: Mapping[str, tuple[str, str]] = {
    "pack": ("pack", "PackSpec"),
    "classification": ("classification", "Classification"),
    "explanation": ("explain", "Explanation"),
    "due": ("incident.schemas", "due_schema"),
    "state": ("incident", "IncidentState"),
    "plan": ("playbook", "Plan"),
    "message": ("playbook", "Draft"),
    "room": ("playbook.schemas", "room_schema"),
    "handover": ("playbook.schemas", "handover_schema"),
    "whom": ("playbook.schemas", "whom_schema"),
    "directory": ("playbook.schemas", "directory_schema"),
    "review": ("insight.review", "ReviewFile"),
    "report": ("insight.report", "Report"),
}
"""Kind -> the module that has it, and what in it has the schema, or makes it."""
_KINDS = ("facts", "clock", *_MADE)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def add_arguments(parser: ArgumentParser) -> None:
    """What `schema` takes."""
    named = choice("schema", *_KINDS)["type"]
    parser.add_argument("kind", nargs="?", type=named, metavar="KIND", help=f"of what: {', '.join(_KINDS)}")
    parser.add_argument(
        "--pack", help=f"whose facts: a pack that ships, or the folder of one (default: {DEFAULT_PACK})"
    )


def run(options: Namespace) -> int:
    """Print it.

    Raises UsageError, or PackError if the pack cannot be loaded.
    """
    if options.kind is None:
        raise UsageError("no kind of schema", f"one of {', '.join(f'`{kind}`' for kind in _KINDS)}")
    if options.pack is not None and options.kind != "facts":
        raise UsageError("`--pack` goes with `schema facts`", f"the schema `{options.kind}` is the same for every pack")
    streams.say_json(to_json({"$schema": _DIALECT, **_schema(options)}, indent=2).decode())
    return DONE


def _schema(options: Namespace) -> dict[str, Any]:
    if options.kind == "facts":
        facts: type[FactsModel] = inputs.pack(options.pack or DEFAULT_PACK).Facts
        return facts.model_json_schema()
    if options.kind == "clock":
        return IncidentState.model_json_schema(include=IncidentState.CLOCK)
    module, name = _MADE[options.kind]
    made: Any = getattr(import_module(f"sevclass.{module}"), name)
    schema: dict[str, Any] = getattr(made, "model_json_schema", made)()
    return schema
