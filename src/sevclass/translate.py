"""A pack put into another of its languages."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, cast

from sevclass.document import PackDocument
from sevclass.texts import Place, in_pack, in_translation, of_data, place_of


def in_language(document: PackDocument, language: str) -> PackDocument:
    """The pack as if it were written in one of the languages that it is translated into, and in no other.

    A text that is not translated stays as it is. Raises KeyError for a language that the pack has no translation into.
    """
    translation: Any = document.get("translations", {})[language]
    found: Any = deepcopy({key: part for key, part in document.items() if key != "translations"})
    texts: dict[Place, str] = dict(in_translation(translation, of_data))
    for path, _ in list(in_pack(found, of_data)):
        if (place := place_of(path)) in texts:
            _put(found, path, texts[place])
    found["language"] = language
    return cast("PackDocument", found)


def _put(data: Any, path: Place, text: str) -> None:  # noqa: ANN401 - plain data of any shape
    *steps, last = path
    for step in steps:
        data = data[step]
    data[last] = text
