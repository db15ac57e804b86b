"""A pack put into another of its languages."""

from __future__ import annotations

from typing import Any

from sevclass.pack import PackSpec
from sevclass.texts import in_pack, in_translation, of_data, place_of


def in_language(spec: PackSpec, language: str) -> PackSpec:
    """The pack as if it were written in one of the languages that it is translated into, and in no other.

    A text that is not translated stays as it is. Raises KeyError for a language that the pack has no translation into.
    """
    document = spec.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    translation = document.pop("translations", {})[language]
    texts = dict(in_translation(translation, of_data))
    for path, _ in list(in_pack(document, of_data)):
        if place_of(path) in texts:
            _put(document, path, texts[place_of(path)])
    return PackSpec.model_validate({**document, "language": language})


def _put(document: dict[str, Any], path: tuple[str, ...], text: str) -> None:
    *steps, last = path
    for step in steps:
        document = document[step]
    document[last] = text
