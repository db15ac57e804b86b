"""Reading a command's words: argparse, with its errors in the grammar of every other message."""

from __future__ import annotations

import argparse
import inspect
import re
from argparse import ArgumentTypeError, Namespace
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, NoReturn, TypedDict

from sevclass.instants import read_instant
from sevclass.problems import Problem, nearest, quote

# argparse's own messages, as all supported versions of Python write them -> ours; the name stands in the group.
_OURS = (
    (re.compile(r"argument (\S+): expected (?:one|at least one) argument"), r"`\1` needs a value"),
    (re.compile(r"argument (\S+): ignored explicit argument .*", re.DOTALL), r"`\1` takes no value"),
    (re.compile(r"argument \S+: "), ""),
    (re.compile(r"the following arguments are required: "), "no "),
)


class UsageError(Exception):
    """The words of the command line make no sense; the text says why and, after a semicolon, what to do."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(f"{message}; {hint}" if hint else message)


class Needed(argparse.Action):
    """An argument that has to be there; the hint says what to name."""

    def __init__(self, *, hint: str, **options: Any) -> None:
        super().__init__(**options)
        self.hint = hint

    def __call__(self, _parser: object, namespace: Namespace, values: object, _option: object = None) -> None:
        """Keep the word."""
        setattr(namespace, self.dest, values)


class Parser(argparse.ArgumentParser):
    """The parser of one command."""

    def __init__(self, command: str, description: str | None) -> None:
        """`description`: the docstring of the command's module."""
        super().__init__(
            prog=f"sevclass {command}",
            description=inspect.cleandoc(description or ""),
            formatter_class=argparse.RawDescriptionHelpFormatter,
            allow_abbrev=False,  # an abbreviation would break when an option is added
        )

    def read(self, words: Sequence[str], *, mixed: bool = False) -> Namespace | None:
        """The options, or None if help was asked for and has been printed.

        With `mixed`, arguments that may be left out can stand after options too.

        Raises UsageError.
        """
        parse = self.parse_known_intermixed_args if mixed else self.parse_known_args
        try:
            options, rest = parse(words)
        except SystemExit:
            return None
        for word in rest:
            if word.startswith("-") and word.strip("-"):
                name = word.partition("=")[0]
                known = [option for action in self._actions for option in action.option_strings]
                raise UsageError(f"unknown option {quote(name)}", nearest(name, known) or f"see `{self.prog} -h`")
        if rest:
            raise UsageError(f"unexpected {quote(rest[0])}", f"see `{self.prog} -h`")
        return options

    def error(self, message: str) -> NoReturn:
        """Refuse the words.

        Raises UsageError.
        """
        for theirs, ours in _OURS:
            message = theirs.sub(ours, message, count=1)
        hints = {f"no {action.metavar}": action.hint for action in self._actions if isinstance(action, Needed)}
        raise UsageError(message, hints.get(message))


class Choice(TypedDict):
    """What makes an argument one of several names."""

    type: Callable[[str], str]
    metavar: str


def choice(what: str, *names: str) -> Choice:
    """For `add_argument`: the argument is one of the names."""

    def check(text: str) -> str:
        if text not in names:
            hint = nearest(text, names) or f"one of {', '.join(f'`{name}`' for name in names)}"
            raise ArgumentTypeError(f"unknown {what} {quote(text)}; {hint}")
        return text

    return {"type": check, "metavar": "|".join(names)}


def instant(text: str) -> datetime:
    """An argument's type: an instant in RFC 3339."""
    found = read_instant(text, "")
    if isinstance(found, Problem):
        raise ArgumentTypeError(str(found))
    return found
