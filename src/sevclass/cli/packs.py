"""List the packs that ship: name, version, severities, and what each is for."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from sevclass.api import load_pack
from sevclass.cli import formats, streams
from sevclass.cli.arguments import choice
from sevclass.cli.statuses import DONE
from sevclass.shipped import shipped_packs


def add_arguments(parser: ArgumentParser) -> None:
    """What `packs` takes."""
    help_ = "text, on a terminal the default, or json, elsewhere the default"
    parser.add_argument("--format", **choice("format", "text", "json"), help=help_)


def run(options: Namespace) -> int:
    """List them.

    Raises PackError if one is broken.
    """
    packs = [load_pack(name) for name in shipped_packs()]
    if formats.is_json(options.format):
        rows = [
            {"name": p.name, "version": p.version, "severities": len(p.severities), "description": p.description}
            for p in packs
        ]
        formats.say_json(rows)
        return DONE
    for pack in packs:
        severities = ", ".join(f"{number} {name}" for number, name in pack.severities.items())
        streams.say(f"{pack.name} {pack.version}, {len(pack.severities)} severities: {severities}")
        streams.say(f"  {pack.description or 'without a description'}")
    return DONE
