"""A review as YAML: texts that mean nothing to YAML, comments that stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic_core import to_json

from sevclass.insight.review import ROOT, PostIncidentReview, of_text
from sevclass.yaml_scalars import resolve

Comments = Mapping[str, Sequence[str]]
"""Part, such as `root_cause.why_happened`, or `timeline[2]`: the comments above it."""

_PLAIN = re.compile(r"[^\W_](?:[\w ()+%/.;'-]|,(?= )|(?<! )#)*(?<! )(?<!,)")
"""What can stand without quotes."""
_ELSEWHERE = re.compile(r"y|n|yes|no|on|off|0b[01_]+|[-+0-9._exo]+", re.IGNORECASE)
"""What older readers of YAML take for something else than text."""
_MOST_PLAIN = 200
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_UNIT, _HALF = 0xFF, 0xFFFF


def review_yaml(review: PostIncidentReview, comments: Comments | None = None) -> str:
    """The file, with comments above the parts that they are about."""
    lines = [f"{ROOT}:"]
    lines += _mapping(review.shape(), "  ", "", comments or {})
    return "\n".join(lines if len(lines) > 1 else [f"{ROOT}: {{}}"]) + "\n"


def _mapping(shape: Mapping[str, Any], indent: str, path: str, comments: Comments) -> Iterator[str]:
    was_block = False
    for number, (key, value) in enumerate(shape.items()):
        here = f"{path}.{key}" if path else key
        is_block = _is_block(value, here)
        if number and (is_block or was_block):
            yield ""
        was_block = is_block
        yield from _comments(comments.get(here, ()), indent)
        yield from _entry(f"{indent}{scalar(key)}:", value, indent, here, comments)


def _entry(lead: str, value: Any, indent: str, path: str, comments: Comments) -> Iterator[str]:  # noqa: ANN401 - as JSON
    """What follows a key, on its line or on those below it."""
    if not _is_block(value, path):
        yield f"{lead} {_inline(value)}"
    elif isinstance(value, Mapping):
        yield lead
        yield from _mapping(value, f"{indent}  ", path, comments)
    else:
        yield lead
        for number, item in enumerate(value):
            yield from _comments(comments.get(f"{path}[{number}]", ()), f"{indent}  ")
            yield f"{indent}  - {_inline(item, is_item=path == 'action_items')}"


def _is_block(value: Any, path: str) -> bool:  # noqa: ANN401 - as JSON
    """Whether it takes lines of its own."""
    is_list = isinstance(value, list) and path in PostIncidentReview.model_fields
    return bool(value) and (is_list or path == "root_cause")


def _comments(lines: Sequence[str], indent: str) -> Iterator[str]:
    for line in lines:
        yield f"{indent}# {shown(line)}"


def _inline(value: Any, *, is_item: bool = False) -> str:  # noqa: ANN401 - as JSON
    if isinstance(value, str):
        return scalar(value)
    if is_item and value.keys() == {"text"} and of_text(value["text"]) == value:
        return scalar(value["text"])
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_inline(key)}: {_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    written = to_json(value).decode()
    # Older readers know a number with an exponent by its point.
    is_short = isinstance(value, float) and "e" in written and "." not in written
    return written.replace("e", ".0e") if is_short else written


def _flow(value: Any) -> str:  # noqa: ANN401 - as JSON
    """A value within brackets, where a comma would end it."""
    if isinstance(value, str) and "," in value:
        return quoted(value)
    return _inline(value)


def scalar(text: str) -> str:
    """A text as YAML reads it back: without quotes where it needs none."""
    is_plain = (
        len(text) <= _MOST_PLAIN and text.isprintable() and _PLAIN.fullmatch(text) and not _ELSEWHERE.fullmatch(text)
    )
    return text if is_plain and resolve(text) == (text, None) else quoted(text)


def quoted(text: str) -> str:
    """A text in double quotes; what is not printable, and could not be seen, is escaped."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(character: str) -> str:
    if found := _ESCAPES.get(character):
        return found
    if character.isprintable():
        return character
    code = ord(character)
    if code <= _UNIT:
        return f"\\x{code:02X}"
    return f"\\u{code:04X}" if code <= _HALF else f"\\U{code:08X}"


def shown(text: str) -> str:
    """A text fit for a comment: on one line, and nothing in it that could not be seen."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
