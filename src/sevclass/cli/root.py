"""The folder that incidents are kept below, and what is known there."""

from __future__ import annotations

from collections.abc import Callable
from os import environ
from pathlib import Path
from typing import TYPE_CHECKING

from sevclass.cli import streams
from sevclass.cli.arguments import UsageError
from sevclass.problems import Problem, quote

if TYPE_CHECKING:
    from sevclass.incident.knowledge import Knowledge  # a start need not wait for its models

VARIABLE = "SEVCLASS_ROOT"
HELP = f"the folder that incidents are kept below (default: {VARIABLE} in the environment)"
KNOWLEDGE_HELP = f"the folder that has what the team knows, in `_knowledge` (default: {VARIABLE} in the environment)"


def root_of(word: str | None) -> Path:
    """The folder that was named, or else that of the environment.

    Raises UsageError if there is neither.
    """
    # An empty word is a variable that was not set: another folder than the one that was meant.
    root = environ.get(VARIABLE) if word is None else word
    if not root:
        raise UsageError("no root folder", f"give `--root DIR`, or set {VARIABLE}")
    return Path(root)


def no_folder(word: str) -> UsageError:
    """The error for what was named and is no folder."""
    return UsageError(f"no folder {quote(word)}", "`--root` names the one that incidents are kept below")


def knowledge_of(word: str | None, tell: Callable[[list[Problem]], None] = streams.tell) -> Knowledge | None:
    """What is known below that folder, or else below that of the environment; None if there is neither.

    Raises UsageError if what was named is no folder. One of the environment may be there for something else: if
    it is no folder that is handed to `tell`, and nothing is known.
    """
    if word is None and not environ.get(VARIABLE):
        return None
    root = root_of(word)
    if not root.is_dir():
        if word is not None:
            raise no_folder(word)
        message, hint = f"no folder {quote(str(root))}", "so nothing is known"
        tell([Problem(path=VARIABLE, code="not_a_directory", message=message, hint=hint)])
        return None
    from sevclass.incident.knowledge import Knowledge
    from sevclass.incident.store import Store

    return Knowledge(Store(root))
