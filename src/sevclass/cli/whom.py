"""Say whom to turn to with what: to consult, to delegate to, or to escalate to.

TOPIC is an id, as `technical-investigation`, or its words; without one all are
listed. With `--directory` it is also said who fills the role at that instant,
or, if nobody does, who could next.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from sevclass.api import DEFAULT_PACK
from sevclass.cli import formats, inputs, people, sections, streams
from sevclass.cli.arguments import UsageError, choice, instant
from sevclass.cli.sections import Line, Section
from sevclass.cli.statuses import DONE
from sevclass.document import WAYS
from sevclass.playbook.paths import Path, Paths, paths_of
from sevclass.problems import quote

_FORMAT_HELP = "text, the default on a terminal: for people; json, the default elsewhere; markdown"
HEADINGS = {"consult": "Consult", "delegate": "Delegate to", "escalate": "Escalate to"}


def add_arguments(parser: ArgumentParser) -> None:
    """What `whom` takes."""
    add = parser.add_argument
    add("topic", nargs="*", metavar="TOPIC", help="an id, or its words (default: every topic)")
    add("--way", **choice("way", *WAYS), help="only topics to turn to somebody with in this way")
    add("--directory", metavar="FILE", help=people.HELP)
    add("--now", type=instant, metavar="INSTANT", help="the instant to look at, as 2026-03-02T14:23:00Z (default: now)")
    add("--pack", default=DEFAULT_PACK, help=f"a pack that ships, or the folder of one (default: {DEFAULT_PACK})")
    add("--language", metavar="TAG", help=inputs.LANGUAGE_HELP)
    add("--format", **choice("format", *formats.NAMES), help=_FORMAT_HELP)


def run(options: Namespace) -> int:
    """Say it.

    Raises UsageError, or SevclassError for a topic, a pack or a directory that cannot be read.
    """
    if options.now and options.directory is None:
        raise UsageError("`--now` goes with `--directory`", "who fills a role is asked of a directory")
    pack = inputs.pack(options.pack, options.language)
    directory = people.directory_of(options.directory)(pack)
    now = None if directory is None else options.now or datetime.now(UTC)
    if "paths" not in pack.model_dump():
        raise UsageError(f"the pack {quote(pack.name)} has no paths", "write some under its key `paths`")
    topic = " ".join(options.topic) if options.topic else None
    found = paths_of(pack, topic, options.way, directory, now)
    match options.format or formats.usual():
        case "json":
            streams.say_json(found.model_dump_json(indent=formats.indent()))
        case "text":
            formats.Page(sys.stdout).show([*sections.rows(_sections(found))][1:])
        case _:
            streams.say("\n".join([*sections.markdown(_sections(found))][1:]))
    return DONE


def _sections(found: Paths) -> Iterator[Section]:
    for way, paths in groupby(found.paths, key=lambda path: path.way):
        yield Section(heading=HEADINGS[way], lines=[*map(_line, paths)])


def _line(path: Path) -> Line:
    return Line(name=path.topic, said=[path.role, *_filled(path)], note=f"{path.text}: {path.role_text}")


def _filled(path: Path) -> Iterator[str]:
    """Who fills the role, if a directory says."""
    if path.people is None:
        return
    yield from (people.reached(one.name, one.contact) for one in path.people)
    if not path.people:
        yield people.coming(path.next)
