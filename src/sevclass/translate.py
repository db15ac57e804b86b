"""A pack put into another of its languages."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from sevclass.document import PackDocument
from sevclass.texts import Place, in_pack, in_translation, of_data, place_of


def in_language(document: PackDocument, language: str) -> PackDocument:
    """The pack as if it were written in one of the languages that it is translated into, and in no other.

    A text that is not translated stays as it is. Raises KeyError for a language that the pack has no translation into.
    """
    found = deepcopy(document)
    translation: Any = found.pop("translations", {})[language]
    texts: dict[Place, str] = dict(in_translation(translation, of_data))
    for path, _ in list(in_pack(found, of_data)):
        if place_of(path) in texts:
            _put(found, path, texts[place_of(path)])
    found["language"] = language
    return found


def _put(data: Any, path: Place, text: str) -> None:  # noqa: ANN401 - plain data of any shape
    *steps, last = path
    for step in steps:
        data = data[step]
    data[last] = text
