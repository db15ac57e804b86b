"""Print a JSON Schema of facts, of a pack's files, or of what comes out."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Any

from pydantic_core import to_json

from sevclass.api import DEFAULT_PACK
from sevclass.classification import Classification
from sevclass.cli import inputs, streams
from sevclass.cli.arguments import UsageError, choice
from sevclass.cli.statuses import DONE
from sevclass.explain import Explanation
from sevclass.incident import IncidentState
from sevclass.incident.schemas import due_schema
from sevclass.incident_facts import FactsModel
from sevclass.pack import PackSpec

_KINDS = ("facts", "pack", "classification", "explanation", "clock", "due", "state", "report")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def add_arguments(parser: ArgumentParser) -> None:
    """What `schema` takes."""
    kind = choice("schema", *_KINDS)["type"]
    parser.add_argument("kind", nargs="?", type=kind, metavar="KIND", help=f"of what: {', '.join(_KINDS)}")
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
    if options.kind == "due":
        return due_schema()
    if options.kind == "report":
        from sevclass.insight.report import Report  # many modules, that no other schema needs

        return Report.model_json_schema()
    of: dict[str, type[PackSpec | Classification | IncidentState]]
    of = {"pack": PackSpec, "classification": Classification, "explanation": Explanation, "state": IncidentState}
    return of[options.kind].model_json_schema()
