"""Say what in a pack can surely not be meant.

Criteria that can never decide, facts that nothing uses, cases that fail, and
more: every finding is proved, and each code has a page in the documentation.
PACK is a pack that ships, or the folder of one. The exit status is 1 if
anything is found.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import quote as quote_path

from pydantic_core import to_json

from sevclass import __version__, templates
from sevclass.cli import formats, inputs, streams
from sevclass.cli.arguments import UsageError, choice
from sevclass.cli.statuses import BAD_INPUT, DONE, FOUND
from sevclass.findings import CODES, Finding
from sevclass.lint import lint
from sevclass.problems import PackError, Problem, nearest, quote

_FORMAT_HELP = "text, the default on a terminal; json, the default elsewhere; github: annotations; sarif: SARIF 2.1.0"
# What GitHub reads as something else, in a message and in a property.
_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_MESSAGE, ":": "%3A", ",": "%2C"}


class Linted(NamedTuple):
    """A pack, what leads the paths of its files, and what was found in it, or why it cannot be read."""

    pack: str
    lead: str
    findings: Sequence[Finding]
    problems: Sequence[Problem] = ()

    def file(self, found: Finding) -> str:
        """The file of a finding; that of an inherited pack has the pack's name before it already."""
        return found.file if "/" in found.file else self.lead + found.file

    def path(self, found: Finding) -> str:
        """The place of a finding."""
        return f"{self.file(found)}:{found.line}:{found.column}"


def add_arguments(parser: ArgumentParser) -> None:
    """What `lint` takes."""
    add = parser.add_argument
    add("packs", nargs="*", metavar="PACK", help="a pack that ships, or the folder of one")
    add("--format", **choice("format", *_FORMATS), help=_FORMAT_HELP)
    add("--select", metavar="CODES", help="only these, such as SC001,SC002")
    add("--ignore", metavar="CODES", help="all but these")


def run(options: Namespace) -> int:
    """Look at each pack: 1 if anything is found, 2 if one of several cannot be read.

    Raises UsageError, or PackError with the problems of every pack if none can be read.
    """
    if not options.packs:
        raise UsageError("no PACK", "name a pack that ships, or the folder of one")
    select = list(CODES) if options.select is None else _codes(options.select)
    ignore = [] if options.ignore is None else _codes(options.ignore)
    linted: list[Linted] = []
    for word in options.packs:
        findings: Sequence[Finding] = ()
        problems: Sequence[Problem] = ()
        try:
            findings = inputs.told(word, lambda name: lint(name, select, ignore))
        except PackError as error:
            problems = error.problems
        linted.append(Linted(word, inputs.lead(word), findings, problems))
    told = [problem for one in linted for problem in one.problems]
    if all(one.problems for one in linted):
        raise PackError(told)
    _FORMATS[options.format or formats.usual()](linted)
    if "SC012" in select and "SC012" not in ignore and not templates.is_installed():
        streams.complain(f"SC012 is left out: {templates.MISSING}")
    streams.tell(told)
    return BAD_INPUT if told else FOUND if any(one.findings for one in linted) else DONE


def _codes(text: str) -> list[str]:
    codes = [code.strip().upper() for code in text.split(",")]
    for code in codes:
        if code not in CODES:
            hint = nearest(code, CODES) or f"known are {', '.join(map(quote, CODES))}"
            raise UsageError(f"unknown code {quote(code)}", hint)
    return codes


def _text(linted: Sequence[Linted]) -> None:
    for one in linted:
        for found in one.findings:
            streams.say(f"{one.path(found)}: {found.code} {_told(found)}")
    count = sum(len(one.findings) for one in linted)
    streams.say(f"{count} {'finding' if count == 1 else 'findings'}" if count else "no findings")


def _told(found: Finding) -> str:
    return found.message if found.hint is None else f"{found.message}; {found.hint}"


def _json(linted: Sequence[Linted]) -> None:
    packs = [
        {
            "pack": streams.printable(one.pack),
            "findings": [_placed(one, found) for found in one.findings],
            "problems": [problem.model_dump() for problem in one.problems],
        }
        for one in linted
    ]
    formats.say_json({"packs": packs})


def _placed(one: Linted, found: Finding) -> Mapping[str, str | None]:
    return {**found.model_dump(), "path": one.path(found)}


def _github(linted: Sequence[Linted]) -> None:
    for one in linted:
        for found in one.findings:
            file = _escaped(one.file(found), _PROPERTY)
            place = f"file={file},line={found.line},col={found.column},title={found.code}"
            streams.say(f"::warning {place}::{_escaped(_told(found), _MESSAGE)}")


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)


def _sarif(linted: Sequence[Linted]) -> None:
    rules = [{"id": code, "shortDescription": {"text": text}} for code, text in CODES.items()]
    driver = {"name": "sevclass", "version": __version__, "rules": rules}
    results = [_result(one, found) for one in linted for found in one.findings]
    runs = [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]
    streams.say_json(to_json({"version": "2.1.0", "runs": runs}, indent=2).decode())


def _result(one: Linted, found: Finding) -> Mapping[str, Any]:
    place = {
        "artifactLocation": {"uri": quote_path(PurePath(one.file(found)).as_posix())},
        "region": {"startLine": found.line, "startColumn": found.column},
    }
    return {
        "ruleId": found.code,
        "ruleIndex": list(CODES).index(found.code),
        "level": "warning",
        "message": {"text": _told(found)},
        "locations": [{"physicalLocation": place}],
    }


_FORMATS: Mapping[str, Callable[[Sequence[Linted]], None]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
}
