"""Where the texts for people stand: in a pack, and in each of its translations.

The place of a text is its path in a translation. It is that in the pack, but that a criterion stands there by its id
alone: an id is one of a kind, and it may move to another severity.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias, TypeVar

ANY = "*"
"""Stands for every key."""

_Node = TypeVar("_Node")
Place: TypeAlias = tuple[str, ...]
Shape: TypeAlias = Mapping[str, Any]
"""Key -> the shape below it; None where the text is."""
Below: TypeAlias = Callable[[_Node], Iterable[tuple[str, _Node]]]
"""The keys of a mapping and what they hold; nothing of anything else."""

_NAMED: Shape = {ANY: None}
_TEXTS: Shape = {ANY: {"text": None}}
SHAPE: Shape = {
    "description": None,
    "severities": _NAMED,
    "facts": {
        ANY: {
            "ask": None,
            "levels": _NAMED,
            "flag": {"false": None, "true": None},
            "count": None,
            "measure": {"unit": None},
            "label": _NAMED,
        }
    },
    "criteria": _TEXTS,
    "roles": _NAMED,
    "war_room_setup": {"channel": None, "positions": _TEXTS, "protocols": _NAMED, "handover": _NAMED},
    "paths": {ANY: _TEXTS},
    "causes": _NAMED,
    "plan": {
        "tracks": _NAMED,
        "phases": {ANY: {"text": None, "questions": _TEXTS, "actions": _TEXTS, "exit": _NAMED}},
        "customers": _NAMED,
    },
    "messages": {ANY: {"subject": None, "body": None, "promises": {ANY: {"text": None}}}},
    "blanks": _NAMED,
    "guides": {ANY: {"text": None, "steps": {ANY: {"title": None, "text": None, "say": None}}, "offers": _NAMED}},
}
"""The shape of a translation."""
_PACK: Shape = {**SHAPE, "criteria": {ANY: _TEXTS}}


def in_pack(pack: _Node, below: Below[_Node]) -> Iterator[tuple[Place, _Node]]:
    """The path of each text in a pack, and the text."""
    return _walk((), _PACK, pack, below)


def in_translation(translation: _Node, below: Below[_Node]) -> Iterator[tuple[Place, _Node]]:
    """The place of each text of a translation, and the text."""
    return _walk((), SHAPE, translation, below)


def place_of(path: Place) -> Place:
    """The place in a translation of what stands at a path in a pack."""
    return ("criteria", *path[2:]) if path[0] == "criteria" and path[2:] else path


def of_data(data: Any) -> Iterable[tuple[str, Any]]:  # noqa: ANN401 - plain data of any shape
    """What is below plain data."""
    return data.items() if isinstance(data, Mapping) else ()


def _walk(path: Place, shape: Shape | None, node: _Node, below: Below[_Node]) -> Iterator[tuple[Place, _Node]]:
    if shape is None:
        yield path, node
        return
    for key, inner in below(node):
        if key in shape or ANY in shape:
            yield from _walk((*path, key), shape.get(key, shape.get(ANY)), inner, below)
