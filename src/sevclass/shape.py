"""The shape of a pack's document: checked by the models, each error told at its node.

What has an error is taken out and the rest is checked again, so that one mistake does not hide the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from sevclass.pack import NAME_PATTERN, NUMBER_PATTERN, CriterionSpec, FactSpec, FlagTexts, MeasureSpec, PackSpec, RowSpec, SlaSpec
from sevclass.problems import Problem, nearest, quote
from sevclass.source import Node, plain, problem

Path: TypeAlias = tuple[str | int, ...]

_NAME_HINT = "a name is lower-case letters, digits, `_` and `-`, and starts with a letter"
_KINDS = {
    "string_type": "text",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "list_type": "a list",
    "float_type": "a number",
}


def shaped(document: Node) -> tuple[PackSpec, list[Problem]]:
    """The specification of what is well formed, and the problems of the rest."""
    data = plain(document)
    problems: list[Problem] = []
    pruned: set[Path] = set()
    while True:
        try:
            return PackSpec.model_validate(data), problems
        except ValidationError as error:
            details = error.errors(include_url=False)
        located = [(_resolved(document, detail["loc"]), detail) for detail in details]
        for path, detail in located:
            # An entry that lost a part to an earlier error goes too, but nobody has to be told twice.
            if not any(other[: len(path)] == path for other in pruned):
                problems.append(_told(document, path, detail))
        paths = {path for path, _ in located}
        # Last first, so that the items of a list keep their places until it is their turn.
        for path in sorted(paths, key=lambda steps: [(isinstance(step, str), step) for step in steps], reverse=True):
            _prune(data, path)
        pruned |= paths


def at(document: Node, path: Sequence[str | int]) -> Node:
    """The node at a path.

    Where the models see a list of one, the file may have the bare item: then the index stays at the node.
    """
    node = document
    for step in path:
        node = _step(node, step) or node
    return node


def key_at(document: Node, path: Sequence[str | int]) -> Node:
    """The key that leads to the node at a path; the node itself if it stands in a list."""
    *steps, last = path
    parent = at(document, steps)
    return parent.value[str(last)].key if isinstance(parent.value, Mapping) and last in parent.value else at(document, path)


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(node.value, Mapping):
        return node.value[str(step)].value if step in node.value else None
    return node.value[step] if isinstance(node.value, tuple) and isinstance(step, int) else None


def _resolved(document: Node, loc: Sequence[str | int]) -> Path:
    """The path as far as the location leads through the document.

    Something missing leads to its entry, and so does a name that is none.
    """
    path: list[str | int] = []
    node = document
    for step in loc:
        if (following := _step(node, step)) is not None:
            node = following
            path.append(step)
    return tuple(path)


def _prune(data: Any, path: Path) -> None:  # noqa: ANN401 - plain data of any shape
    *steps, last = path
    for step in steps:
        if isinstance(data, dict) and step not in data:
            return
        data = data[step]
    if isinstance(data, list) or last in data:
        del data[last]


def _told(document: Node, path: Path, detail: ErrorDetails) -> Problem:
    """A validation error in our words, at the key or the value that it is about."""
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    here, key = at(document, path), key_at(document, path)
    if kind == "extra_forbidden":
        hint = nearest(key.text, _known_keys(path)) or f"known are {', '.join(f'`{known}`' for known in _known_keys(path))}"
        return problem(key, "unknown_key", f"unknown key {quote(key.text)}", hint)
    if kind == "missing":
        return problem(key, "missing_key", f"missing key `{detail['loc'][-1]}`")
    if detail["loc"][-1] == "[key]" or context.get("pattern") == NAME_PATTERN:
        place = key if detail["loc"][-1] == "[key]" else here
        if context.get("pattern") == NUMBER_PATTERN:
            return problem(place, "not_a_severity", f"{quote(place.text)} is not a severity", "a severity is a number from 1, the worst")
        return problem(place, "not_a_name", f"{quote(place.text)} is not a name", _NAME_HINT)
    if kind in ("string_pattern_mismatch", "string_too_short"):
        empty = value == ""
        message = "the text is empty" if empty else "the text holds a character that cannot be shown"
        return problem(here, "unprintable_text", message, None if empty else "keep to one line, without control characters")
    if kind in _KINDS:
        hint = "quote it" if kind == "string_type" and isinstance(value, bool | int | float) else None
        return problem(here, "wrong_type", f"{quote(value)} is not {_KINDS[kind]}", hint)
    if kind in ("too_short", "too_long"):
        bound = f"at least {context['min_length']}" if kind == "too_short" else f"at most {context['max_length']}"
        return problem(key, "wrong_length", f"{quote(key.text)} has {context['actual_length']} entries", f"it needs {bound}")
    if kind == "literal_error":
        return problem(here, "wrong_value", f"{quote(value)} is not one of {context['expected'].replace(chr(39), '`')}")
    message, _, hint = detail["msg"].partition("\n")
    return problem(here, kind, message if kind == "empty_floor" else f"{quote(value)} {message}", hint or None)


def _known_keys(path: Path) -> list[str]:
    """The keys that may stand where the unknown one does."""
    return [field.alias or name for name, field in _model(path).model_fields.items()]


def _model(path: Path) -> type[BaseModel]:
    match path:
        case (_,):
            return PackSpec
        case ("facts", _, "flag", _):
            return FlagTexts
        case ("facts", _, "measure", _):
            return MeasureSpec
        case ("facts", *_):
            return FactSpec
        case ("criteria", *_):
            return CriterionSpec
        case ("sla", *_):
            return SlaSpec
        case _:
            return RowSpec
