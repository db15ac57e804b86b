"""Facts at the edge: a dict, JSON text or a model, bare or in an envelope, checked once and then trusted."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, Optional, TypeAlias

from pydantic import BaseModel, Field, ValidationError, create_model
from pydantic_core import from_json

from sevclass.incident_facts import CountValue, FactsModel, IncidentFacts
from sevclass.problems import FactsError, Problem, nearest, quote
from sevclass.scales import COUNT_MAX, Count, Facts, Flag, Label, Levels, Measure, Scale, SumOf

MAX_BYTES = 2**20
"""The most JSON text that is read as the facts of one incident."""
_ENVELOPE = ("id", "opened_at", "facts")
_MOST_HINTS = 50
_RFC_3339 = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d{1,6})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII)

FactsInput: TypeAlias = Mapping[str, Any] | BaseModel | str | bytes | bytearray


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Checked facts with what came in their envelope."""

    facts: Facts
    id: str | None
    opened_at: datetime | None


class FactsReader:
    """Reads the facts of one pack; `model` is their pydantic model."""

    __slots__ = ("_scales", "model")

    def __init__(self, scales: Mapping[str, Scale]) -> None:
        self._scales = dict(scales)
        self.model = facts_model(scales)

    def read(self, source: FactsInput, *, id: str | None = None, opened_at: datetime | None = None) -> Given:  # noqa: A002
        """Check facts, bare or in an envelope; `id` and `opened_at` beside an envelope must not differ from its own.

        Raises FactsError with every problem.
        """
        problems: list[Problem] = []
        if isinstance(source, self.model):
            bare, envelope = source, {}
        else:
            data = _data(source)
            enveloped = "facts" in data
            bare, envelope = (data["facts"], data) if enveloped else (data, {})
            problems.extend(_envelope_problems(envelope))
            bare = self._model(bare, "facts." if enveloped else "", problems)
        inside = {"id": envelope.get("id"), "opened_at": envelope.get("opened_at")}
        given_id = _agreed("id", _id(inside["id"], "id", problems), _id(id, "id", problems), problems)
        opening = _agreed(
            "opened_at", _instant(inside["opened_at"], problems), _instant(opened_at, problems, text=False), problems
        )
        if problems or bare is None:
            raise FactsError(problems)
        return Given(facts=bare.__dict__, id=given_id, opened_at=opening)

    def _model(self, bare: object, prefix: str, problems: list[Problem]) -> FactsModel | None:
        if not isinstance(bare, Mapping):
            problems.append(Problem(path="facts", code="not_a_mapping", message=f"{quote(bare)} is not a mapping of facts"))
            return None
        try:
            return self.model.model_validate(dict(bare))
        except ValidationError as error:
            problems.extend(self._translate(error, bare, prefix))
            return None

    def _translate(self, error: ValidationError, bare: Mapping[str, Any], prefix: str) -> Iterator[Problem]:
        hints = _MOST_HINTS
        for fact in dict.fromkeys(detail["loc"][0] for detail in error.errors(include_url=False, include_context=False, include_input=False)):
            # A key that is no text, or text that no encoding can hold, is shown but not looked up.
            path = prefix + quote(fact).strip("`")
            scale = self._scales.get(str(fact))
            if scale is None:
                hints -= 1
                hint = nearest(str(fact), self._given()) if hints >= 0 else None
                yield Problem(path=path, code="unknown_fact", message=f"unknown fact {quote(fact)}", hint=hint)
            elif isinstance(scale, SumOf):
                parts = ", ".join(f"`{part}`" for part in scale.parts)
                yield Problem(path=path, code="derived_fact", message=f"{quote(fact)} is never given", hint=f"it is the sum of {parts}")
            else:
                yield self._wrong_value(path, scale, bare[str(fact)])

    def _given(self) -> list[str]:
        return [name for name, scale in self._scales.items() if not isinstance(scale, SumOf)]

    def _wrong_value(self, path: str, scale: Scale, value: object) -> Problem:
        if isinstance(scale, Levels | Label):
            return self._unknown_level(path, scale.names, value)
        if isinstance(scale, Flag):
            return Problem(path=path, code="wrong_type", message=f"{quote(value)} is neither true nor false")
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if isinstance(scale, Count):
            if not (number and isinstance(value, int)):
                return Problem(path=path, code="wrong_type", message=f"{quote(value)} is not a whole number", hint=f"a count of {scale.unit}")
            return Problem(path=path, code="out_of_range", message=f"{quote(value)} is out of range", hint=f"a count is from 0 to {COUNT_MAX}")
        assert isinstance(scale, Measure)
        if not number or value in (float("inf"), float("-inf")) or value != value or isinstance(value, int):  # noqa: PLR0124
            return Problem(path=path, code="wrong_type", message=f"{quote(value)} is not a finite number", hint=f"a number of {scale.unit}")
        ends = " and ".join([f"at least {scale.low:g}"] * (scale.low is not None) + [f"at most {scale.high:g}"] * (scale.high is not None))
        return Problem(path=path, code="out_of_range", message=f"{quote(value)} is out of range", hint=f"it is {ends}")

    def _unknown_level(self, path: str, names: tuple[str, ...], value: object) -> Problem:
        listed = f"one of {', '.join(f'`{name}`' for name in names)}"
        if not isinstance(value, str):
            return Problem(path=path, code="wrong_type", message=f"{quote(value)} is not a level", hint=listed)
        elsewhere = next((fact for fact, scale in self._scales.items() if isinstance(scale, Levels | Label) and value in scale.names), None)
        hint = nearest(value, names) or (f"`{value}` is a level of `{elsewhere}`" if elsewhere else listed)
        return Problem(path=path, code="unknown_level", message=f"unknown level {quote(value)}", hint=hint)


def facts_model(scales: Mapping[str, Scale]) -> type[FactsModel]:
    """The pydantic model of a pack's facts: `IncidentFacts` itself where the facts are those of the default pack."""
    # Optional, not `|`: the annotations are made at run time.
    fields: dict[str, Any] = {
        name: (Optional[_annotation(scale)], None) for name, scale in scales.items() if not isinstance(scale, SumOf)  # noqa: UP045
    }
    model = create_model("Facts", __base__=FactsModel, **fields)
    return IncidentFacts if _shape(model) == _shape(IncidentFacts) else model


def _shape(model: type[BaseModel]) -> list[tuple[str, object]]:
    """Names, types and the order of levels: typing's own equality of `Literal` ignores the order."""
    return [(name, repr(field.annotation)) for name, field in model.model_fields.items()]


def _annotation(scale: Scale) -> Any:  # noqa: ANN401 - a type made at run time
    if isinstance(scale, Levels | Label):
        return Literal[scale.names]
    if isinstance(scale, Flag):
        return bool
    if isinstance(scale, Count):
        return CountValue
    assert isinstance(scale, Measure)
    return Annotated[float, Field(ge=scale.low, le=scale.high, allow_inf_nan=False)]


def _data(source: FactsInput) -> Mapping[str, Any]:
    """The input as a mapping: JSON is read, another model is dumped.

    Raises FactsError.
    """
    if isinstance(source, str | bytes | bytearray):
        return read_json(source)
    if isinstance(source, BaseModel):
        return source.model_dump(exclude_none=True)
    if isinstance(source, Mapping):
        return source
    message = f"{quote(source)} is not a mapping of facts"
    raise FactsError([Problem(path="", code="not_a_mapping", message=message, hint="give a dict, JSON text or a model")])


def read_json(text: str | bytes | bytearray) -> Mapping[str, Any]:
    """Read JSON text strictly: one object, no duplicate keys, at most 1 MiB, at most 200 levels deep.

    Raises FactsError.
    """
    try:
        data = text.encode() if isinstance(text, str) else bytes(text)
    except UnicodeEncodeError as error:
        raise _not_json(f"a lone surrogate at character {error.start + 1}") from None
    if len(data) > MAX_BYTES:
        message = f"{len(data)} bytes are too many"
        raise FactsError([Problem(path="", code="too_large", message=message, hint=f"the facts of one incident take at most {MAX_BYTES}")])
    try:
        value = from_json(data)
    except ValueError as error:
        raise _not_json(str(error)) from None
    if not isinstance(value, dict):
        message = f"{quote(value)} is not a mapping of facts"
        raise FactsError([Problem(path="", code="not_a_mapping", message=message, hint="a JSON object is needed")])
    if problems := list(_duplicates(data, value)):
        raise FactsError(problems)
    return value


def _not_json(reason: str) -> FactsError:
    return FactsError([Problem(path="", code="not_json", message=f"not JSON: {reason[:1].lower()}{reason[1:]}")])


def _duplicates(data: bytes, value: dict[str, Any]) -> Iterator[Problem]:
    """The keys that stand twice in an object.

    Every pair of an object costs one colon, so where the colons are just those of the pairs kept and of the strings, no
    pair was dropped. (An escape could hide a colon of a string.) Only otherwise is the text read again.
    """
    inner = value.get("facts")
    objects = [value, inner] if isinstance(inner, dict) else [value]
    strings = (s for pairs in objects for pair in pairs.items() for s in pair if isinstance(s, str))
    if b"\\" not in data and data.count(b":") == sum(map(len, objects)) + sum(s.count(":") for s in strings):
        return
    found: list[tuple[str, ...]] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        seen: dict[str, Any] = {}
        for key, item in items:
            if key in seen:
                found.append((key,))
            seen[key] = item
        return seen

    json.loads(data, object_pairs_hook=pairs)
    for (key,) in dict.fromkeys(found):
        shown = quote(key)
        yield Problem(path=shown.strip("`"), code="duplicate_key", message=f"{shown} stands twice", hint="keep one of them")


def _envelope_problems(envelope: Mapping[str, Any]) -> Iterator[Problem]:
    for key in envelope:
        if key not in _ENVELOPE:
            shown = quote(key)
            hint = nearest(str(key), _ENVELOPE) or "beside `facts` stand only `id` and `opened_at`"
            yield Problem(path=shown.strip("`"), code="unknown_key", message=f"unknown key {shown}", hint=hint)


def _id(value: object, path: str, problems: list[Problem]) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        problems.append(Problem(path=path, code="wrong_type", message=f"{quote(value)} is not text", hint="an id is text"))
        return None
    try:
        value.encode()
    except UnicodeEncodeError:
        problems.append(Problem(path=path, code="wrong_type", message=f"{quote(value)} holds a lone surrogate"))
        return None
    return value


def _instant(value: object, problems: list[Problem], *, text: bool = True) -> datetime | None:
    """An aware datetime, or in an envelope RFC 3339 text too, in UTC."""
    if value is None:
        return None

    def refuse(code: str, message: str, hint: str) -> None:
        problems.append(Problem(path="opened_at", code=code, message=message, hint=hint))

    shown = quote(value)
    if isinstance(value, str) and text:
        if not _RFC_3339.fullmatch(value):
            naive = _RFC_3339.fullmatch(value + "Z") is not None
            refuse("no_zone" if naive else "not_an_instant", f"{shown} has no time zone" if naive else f"{shown} is not an instant",
                   f"write `{value}Z` if it is in UTC" if naive else "for example `2026-03-02T14:23:00Z`")
            return None
        try:
            value = datetime.fromisoformat(value.upper())
        except ValueError:
            refuse("not_an_instant", f"{shown} is not on any calendar", "for example `2026-03-02T14:23:00Z`")
            return None
    if not isinstance(value, datetime):
        refuse("not_an_instant", f"{shown} is not an instant", "give a datetime with a time zone")
        return None
    if value.utcoffset() is None:
        refuse("no_zone", f"`{value}` has no time zone", "give a datetime with a time zone")
        return None
    try:
        return value.astimezone(UTC)
    except OverflowError:
        refuse("out_of_range", f"`{value}` is out of range", "instants are from year 1 to year 9999 in UTC")
        return None


def _agreed(path: str, inside: Any, beside: Any, problems: list[Problem]) -> Any:  # noqa: ANN401
    if inside is not None and beside is not None and inside != beside:
        message = f"the envelope's `{path}` differs from the one given beside it"
        problems.append(Problem(path=path, code="contradiction", message=message, hint="give it once"))
    return beside if inside is None else inside
