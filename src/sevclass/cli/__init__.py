"""The command line: the one place that reads files and clocks, or prints.

Each command is a module of this folder with `add_arguments` and `run`, imported when it is called.
"""

from __future__ import annotations

import errno
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from sevclass import __version__
from sevclass.cli import streams
from sevclass.cli.arguments import Parser, UsageError
from sevclass.cli.statuses import BAD_INPUT, DONE, INTERRUPTED, PIPE_CLOSED, Stopped
from sevclass.problems import SevclassError, nearest, quote

COMMANDS = {
    "classify": "how severe an incident is, why, what is owed by when, and who must come",
    "explain": "what would make it worse or milder, and why a criterion is not met",
    "triage": "asks about an incident, one question at a time",
    "incident": "keeps the log of an incident: what happens, and how it stands",
    "clock": "what is owed for an incident, by when, and what is late",
    "due": "what is due or late over many incidents, and who is to be told",
    "whom": "whom to turn to with what, and who fills that role now",
    "room": "the war room of an incident: who holds what, what is due; the handover sheet",
    "review": "drafts the review after an incident, checks it and shows it",
    "plan": "what is done about an incident: who does what by when, and what is done",
    "message": "drafts what is written about an incident, and guides hard conversations",
    "report": "figures of a week, what rises, and what is still to be done",
    "known-issue": "keeps what is known to go wrong, and what helps",
    "runbook": "keeps what to do, step by step",
    "lint": "what in a pack can surely not be meant",
    "packs": "the packs that ship",
    "schema": "the JSON Schema of facts, of packs, or of what a command prints as JSON",
}
"""Command -> what it shows; its module has the same name, with `_` for `-`."""

_HELP = f"""\
usage: sevclass FACTS             classify the incident in a file; `-` is standard input
       sevclass COMMAND ...

commands:
{"".join(f"  {name:<13}{summary}" + chr(10) for name, summary in COMMANDS.items())}
options:
  -h, --help  this help; `sevclass COMMAND -h` has that of a command
  --version   the version

exit status: 0 done; 1 done, and something was found; 2 bad input or usage
"""
_WORD = re.compile(r"[A-Za-z][A-Za-z_-]{2,39}", re.ASCII)


class Command(Protocol):
    """What the module of a command offers; its docstring is its help."""

    __doc__: str | None

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Tell the parser what the command takes."""

    def run(self, options: Namespace) -> int:
        """Do it: the exit status.

        Raises UsageError or SevclassError where nothing can be done.
        """
        ...


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line: the exit status. `argv`: the words after the program's name, by default the process's."""
    try:
        try:
            status = _run(list(sys.argv[1:] if argv is None else argv))
        except (UsageError, SevclassError) as error:
            _tell(error)
            status = BAD_INPUT
        streams.flush()
    except Stopped as signal:
        status = signal.status
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        # A pipe closed by its reader; Windows calls it an invalid argument.
        if error.errno in {errno.EPIPE, errno.EINVAL}:
            status = PIPE_CLOSED
        else:
            streams.settle()  # else what could not be written is tried again
            streams.complain(f"sevclass: error: cannot write: {error.strerror}")
            status = BAD_INPUT
    streams.settle()
    return status


def _run(words: list[str]) -> int:
    match words:
        case []:
            streams.complain(_HELP.rstrip("\n"))
            return BAD_INPUT
        case ["-h" | "--help", *_]:
            streams.say(_HELP.rstrip("\n"))
            return DONE
        case ["--version", *_]:
            streams.say(f"sevclass {__version__}")
            return DONE
        case [name, *rest] if name in COMMANDS:
            return _call(name, rest)
        case _:
            _refuse_mistyped(words[0])
            return _call("classify", words)


def _call(name: str, words: Sequence[str]) -> int:
    command = cast("Command", import_module(f"{__name__}.{name.replace('-', '_')}"))
    parser = Parser(name, command.__doc__)
    command.add_arguments(parser)
    options = parser.read(words)
    return DONE if options is None else command.run(options)


def _refuse_mistyped(word: str) -> None:
    """Refuse a word that is no file and looks like a command: it would be told as a missing file."""
    hint = nearest(word, COMMANDS) if _WORD.fullmatch(word) else None
    if hint and not Path(word).exists():
        raise UsageError(f"unknown command {quote(word)}", hint)


def _tell(error: UsageError | SevclassError) -> None:
    if isinstance(error, UsageError):
        streams.complain(f"sevclass: error: {error}")
    else:
        streams.tell(error.problems)
