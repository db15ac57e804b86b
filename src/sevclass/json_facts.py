"""Facts as JSON text: read strictly, with every problem; and the quick way for text that has none."""

from __future__ import annotations

import codecs
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any

from pydantic_core import CoreSchema, SchemaValidator, core_schema, from_json

from sevclass.fact_problems import path_of
from sevclass.fact_schema import STRICT
from sevclass.problems import FactsError, Problem, quote
from sevclass.scales import Facts, Value

MAX_BYTES = 2**20
"""The most JSON text that is read as the facts of one incident."""

_ENVELOPE = (b'{"id"', b'{"facts"', b'{"opened_at"')


class QuickJson:
    """Reads JSON text that is in order; whatever else it is, is left to who reads it with all its problems.

    `fields` is the schema of the facts, `validator` is made of it.
    """

    def __init__(self, fields: CoreSchema, validator: SchemaValidator) -> None:
        self._fields = fields
        self.facts: Callable[[bytes | str], tuple[dict[str, Value | None], None, set[str]]] = validator.validate_json
        """Bare facts from JSON text, and which of them were given; a key may have stood twice.

        Raises pydantic's ValidationError.
        """

    @cached_property
    def _envelope(self) -> Callable[[bytes], dict[str, Any]]:
        field = core_schema.typed_dict_field
        text = core_schema.nullable_schema(core_schema.str_schema())
        parts = {
            "id": field(text, required=False),
            "opened_at": field(text, required=False),
            "facts": field(self._fields),
        }
        # It goes by a configuration of its own, and hands it on.
        return SchemaValidator(core_schema.typed_dict_schema(parts, config=STRICT)).validate_json

    def read(self, data: bytes) -> tuple[Facts, str | None, str | None] | None:
        """The facts, bare or in an envelope, its id and its opening as text; None if it is not in order."""
        if len(data) > MAX_BYTES:
            return None
        try:
            if data.startswith(_ENVELOPE):
                return self._enveloped(data)
            facts, _, given = self.facts(data)
        except ValueError:
            return None  # told by who reads it again
        return (facts, None, None) if data.count(b":") == len(given) else None

    def _enveloped(self, data: bytes) -> tuple[Facts, str | None, str | None] | None:
        envelope = self._envelope(data)
        facts, _, given = envelope["facts"]
        id_, opened_at = envelope.get("id"), envelope.get("opened_at")
        within = (id_ or "").count(":") + (opened_at or "").count(":")
        # An escape could hide a colon of the id.
        in_order = data.count(b":") == len(envelope) + len(given) + within and not (within and b"\\" in data)
        return (facts, id_, opened_at) if in_order else None


def read_json(text: str | bytes | bytearray, problems: list[Problem]) -> Mapping[str, Any]:
    """Read JSON text strictly: one object, no key twice, at most 1 MiB, at most 200 levels deep.

    Raises FactsError if there is no object.
    """
    try:
        data = (text.encode() if isinstance(text, str) else bytes(text)).removeprefix(codecs.BOM_UTF8)
    except UnicodeEncodeError as error:
        raise _not_json(f"a lone surrogate at character {error.start + 1}") from None
    if len(data) > MAX_BYTES:
        hint = f"the facts of one incident take at most {MAX_BYTES}"
        raise FactsError([Problem(path="", code="too_large", message=f"{len(data)} bytes are too many", hint=hint)])
    try:
        value = from_json(data)
    except ValueError as error:
        raise _not_json(str(error)) from None
    if not isinstance(value, dict):
        raise FactsError([not_a_mapping("", value, "a JSON object is needed")])
    problems.extend(_duplicates(data, value))
    return value


def _not_json(reason: str) -> FactsError:
    return FactsError([Problem(path="", code="not_json", message=f"not JSON: {reason}")])


def not_a_mapping(path: str, value: object, hint: str) -> Problem:
    """The problem of facts that are no mapping."""
    return Problem(path=path, code="not_a_mapping", message=f"{quote(value)} is not a mapping of facts", hint=hint)


def _duplicates(data: bytes, value: dict[str, Any]) -> Iterator[Problem]:
    """The keys that stand twice in an object, anywhere in the text.

    Every pair costs one colon, so where the colons are just those of the pairs kept and of the strings, no pair was
    dropped. (An escape could hide a colon of a string.) Only otherwise is the text read again.
    """
    inner = value.get("facts")
    objects = [value, inner] if isinstance(inner, dict) else [value]
    strings = (s for pairs in objects for pair in pairs.items() for s in pair if isinstance(s, str))
    if b"\\" not in data and data.count(b":") == sum(map(len, objects)) + sum(s.count(":") for s in strings):
        return
    root, twice = keys_twice(data)
    # Deeper ones stand in what is no value of any fact, and that is told.
    paths = {id(root.get("facts")): "facts.", id(root): ""}
    for kept, key in twice:
        if (path := paths.get(id(kept))) is not None:
            path += path_of(key)
            yield Problem(path=path, code="duplicate_key", message=f"{quote(key)} stands twice", hint="keep one")


def keys_twice(data: bytes) -> tuple[Any, list[tuple[dict[str, Any], str]]]:
    """What JSON text says, and each key that stands twice in an object, anywhere in it: the object and the key."""
    twice: list[tuple[dict[str, Any], str]] = []

    def note_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        kept = dict(pairs)
        counted = Counter(key for key, _ in pairs)
        twice.extend((kept, key) for key, times in counted.items() if times > 1)
        return kept

    return json.loads(data, object_pairs_hook=note_duplicates, parse_int=str), twice
