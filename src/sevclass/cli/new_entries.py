"""Entries that somebody wants added to what the team knows: from a file, or from the words of a command."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic_core import from_json, to_json

from sevclass.api import Pack
from sevclass.cli import inputs
from sevclass.cli.fact_words import values_said
from sevclass.incident.knowledge import NOUNS, Known, read_known
from sevclass.incident.known import KnownIssue, Runbook
from sevclass.problems import FactsError, Problem, StoreError

_Kind = TypeVar("_Kind", KnownIssue, Runbook)

# Beyond the first plane JSON needs two escapes for a character, which is no YAML: it stays as it is. So does a byte
# that is not UTF-8, which is then told.
_NOT_SHOWN = re.compile(r"[^\x20-\x7e\ud800-\udfff\U00010000-\U0010ffff]")


def from_file(word: str, model: type[_Kind], pack: Pack) -> Known[_Kind]:
    """The entries of a file of YAML or JSON: one, or a list of them.

    Raises SevclassError with every problem of them.
    """
    name = inputs.name_of(word)
    with inputs.opened(word) as file:
        try:
            data = inputs.document(file, name)
        except FactsError as error:
            raise StoreError(_of_entries(error.problems, model)) from None
    found = read_known(_as_yaml(data), name, model, pack)
    if found.problems:
        raise StoreError(found.problems)
    if not found.entries:
        raise StoreError([_empty(name, model)])
    return found


def from_options(given: Mapping[str, Any], model: type[_Kind], pack: Pack) -> Known[_Kind]:
    """The entry that options say, by the keys that they stand for.

    Raises UsageError, and SevclassError with every problem of it.
    """
    values = {**given}
    if "when" in values:
        values["when"] = _floors(values["when"], pack)
    # Each key on a line of its own, so that the line of a problem tells the option.
    lines = ",\n".join(f"{json.dumps(key)}: {_json(value)}" for key, value in values.items())
    found = read_known(f"{{{lines}}}".encode(errors="surrogateescape"), "", model, pack)
    if found.problems:
        options = [option_of(key) for key in values]
        raise StoreError(
            replace(one, path=options[int(one.path.split(":")[1]) - 1], excerpt=None) for one in found.problems
        )
    return found


def _floors(said: Iterable[Iterable[str]], pack: Pack) -> list[dict[str, Any]]:
    return [values_said(floor, pack, "--when") for floor in said]


def option_of(key: str) -> str:
    """The option that stands for a key."""
    return "--step" if key == "steps" else f"--{key.replace('_', '-')}"


def line_of(entry: KnownIssue | Runbook) -> str:
    """The entry as an item of a list, on one line."""
    return f"- {_json(entry.model_dump(mode='json', exclude_defaults=True))}"


def _json(value: Any) -> str:  # noqa: ANN401 - whatever an entry has
    """A value as JSON that is YAML too: characters that could end a line, or that nobody sees, are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    return _NOT_SHOWN.sub(lambda c: c[0] if c[0].isprintable() else json.dumps(c[0])[1:-1], text)


def _as_yaml(data: bytes) -> bytes:
    """JSON may write a character beyond the first plane as two escapes, which YAML does not know."""
    if b"\\ud" not in data.lower():
        return data
    try:
        return to_json(from_json(data))
    except ValueError:
        return data  # it is YAML, and what is wrong with it is told


def _of_entries(problems: Iterable[Problem], model: type[KnownIssue | Runbook]) -> Iterator[Problem]:
    """What is wrong with a file, with hints that fit one of entries."""
    for found in problems:
        if found.code == "empty":
            yield _empty(found.path, model)
        else:
            yield replace(found, hint="add what is in it in several steps") if found.code == "too_large" else found


def _empty(name: str, model: type[KnownIssue | Runbook]) -> Problem:
    hint = f"write a {NOUNS[model]} as `{{id: …, title: …}}`"
    return Problem(path=name, code="empty", message="is empty", hint=hint)
