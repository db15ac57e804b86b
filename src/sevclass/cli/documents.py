"""One incident from a document of JSON or YAML, each problem told with its place in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import TypeVar

from sevclass.cli import inputs, places
from sevclass.facts import FactsInput
from sevclass.problems import FactsError, Problem, quote
from sevclass.source import Budget, plain, problem, read

_Answer = TypeVar("_Answer")

INSTRUCTION = "instruction.yaml"
"""What `incident.store` calls it; a start need not wait for that."""


def asking(word: str, ask: Callable[[FactsInput], _Answer]) -> Callable[[FactsInput], _Answer]:
    """`ask` for the file at `word`: an instruction may have a title and more, which have no part in the answer."""
    if PurePath(word).name != INSTRUCTION:
        return ask
    from sevclass.cli.envelope import apart

    return lambda given: apart(given, ask)[0]


def answered(data: bytes, name: str, kind: str | None, ask: Callable[[FactsInput], _Answer]) -> _Answer:
    """What `ask` says of the facts in a document of JSON, or of YAML where `kind` says so.

    Raises FactsError; its problems say where in the file they are.
    """
    if kind != "yaml":
        try:
            return ask(data)
        except FactsError as error:
            raise FactsError(_located(error.problems, data, name)) from None
    root, problems = read(data, name, Budget())
    if root is None or problems:
        raise FactsError(problems or [inputs.empty(name)])
    if not isinstance(root.value, Mapping):
        message = f"{quote(plain(root))} is not a mapping of facts"
        raise FactsError([problem(root, "not_a_mapping", message, "name each fact and its value")])
    try:
        return ask(plain(root))
    except FactsError as error:
        raise FactsError(places.in_yaml(error.problems, root, name)) from None


def _located(problems: Sequence[Problem], data: bytes, name: str) -> Iterable[Problem]:
    """The problems of a document of JSON; most JSON is YAML too, which knows where everything stands.

    But not which of two values JSON takes where a key stands twice.
    """
    root = None
    if not any(found.code in {"not_json", "duplicate_key"} for found in problems):
        root, _ = read(data, name, Budget())
    return places.in_yaml(problems, root, name) if root else places.in_json(problems, data, name)
