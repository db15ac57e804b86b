"""Say what would change a severity, and why a criterion is not met.

FACTS is a file of JSON or YAML (`.yaml`), or `-` for standard input, as
`sevclass classify` reads it. The answer is that of `classify`, and more: for
each worse severity every smallest set of changes that would reach it, and for
each milder one every smallest set of improvements that would bring it down. An
unknown fact counts as harmless here.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import documents, explained, formats, inputs, markdown, streams, text
from sevclass.cli.arguments import Needed, UsageError, choice, instant
from sevclass.cli.statuses import DONE
from sevclass.explain import Explanation
from sevclass.problems import FactsError

_FACTS_HELP = "a file, or `-` for standard input"
_FORMAT_HELP = "text, the default on a terminal: for people; json, the default elsewhere; markdown: for a ticket"


def add_arguments(parser: ArgumentParser) -> None:
    """What `explain` takes."""
    add = parser.add_argument
    add("facts", action=Needed, metavar="FACTS", help=_FACTS_HELP, hint=f"name {_FACTS_HELP}")
    add("--why-not", metavar="ID", help="a criterion: how far each of its floors is from being reached")
    add("--pack", default=DEFAULT_PACK, help=f"a pack that ships, or the folder of one (default: {DEFAULT_PACK})")
    add("--language", metavar="TAG", help=inputs.LANGUAGE_HELP)
    add("--opened-at", type=instant, metavar="INSTANT", help="when it was opened, as 2026-03-02T14:23:00Z")
    add("--id", help="the incident's id, given back")
    add("--format", **choice("format", *formats.NAMES), help=_FORMAT_HELP)
    add("--input", **choice("input", "json", "yaml"), help="what FACTS is, whatever its name")


def run(options: Namespace) -> int:
    """Explain one incident.

    Raises UsageError, or SevclassError where nothing can be explained.
    """
    kind = options.input or inputs.kind_of(options.facts)
    if kind == "jsonl":
        raise UsageError("`explain` takes one incident", f"{inputs.name_of(options.facts)} is a stream of many")
    pack = inputs.pack(options.pack, options.language)
    why_not = _criterion(options.why_not, pack)
    name = inputs.name_of(options.facts)
    with inputs.opened(options.facts) as file:
        data = inputs.document(file, name)
    ask = documents.asking(
        options.facts, lambda facts: pack.explain(facts, why_not, opened_at=options.opened_at, id=options.id)
    )
    found = documents.answered(data, name, kind, ask)
    _print(found, pack, options.format or formats.usual())
    return DONE


def _criterion(id_: str | None, pack: Pack) -> str | None:
    """The criterion that `--why-not` names, looked up before any facts are read."""
    try:
        pack.explain({}, id_)
    except FactsError as error:
        raise UsageError(error.problems[0].message, error.problems[0].hint or "see the pack's criteria") from None
    return id_


def _print(found: Explanation, pack: Pack, form: str) -> None:
    if form == "json":
        streams.say_json(found.model_dump_json(indent=formats.indent()))
    elif form == "markdown":
        streams.say("\n".join(markdown.block(found, pack, "known", explained.lines(found, pack))))
    else:
        formats.Page(sys.stdout).show(text.rows(found, pack, "known", explained.rows(found, pack)))
