"""What a word names: a file of facts, or event logs. Its content tells."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

from pydantic_core import from_json

from sevclass.cli import inputs
from sevclass.cli.timelines import Given, streamed
from sevclass.incident.disk import refusal
from sevclass.incident.journal import MAX_BYTES, TOO_MUCH
from sevclass.incident.store import INSTRUCTION, TIMELINE


def found_at(word: str) -> bytes | str | Given:
    """A document of facts, or the path of event logs, or a log that can be read only once; `-` is standard input.

    Raises FactsError and StoreError.
    """
    if word == "-":
        found = streamed()
        return found if _is_log(found.data) else inputs.document(io.BytesIO(found.data), found.name)
    path, name = Path(word), inputs.name_of(word)
    if path.is_dir() or inputs.kind_of(word) == "jsonl" or path.name in {INSTRUCTION, TIMELINE}:
        return word
    with inputs.opened(word) as file:
        data = inputs.whole(file, name, MAX_BYTES)
    if data is None:
        raise refusal(name, *TOO_MUCH)
    if _is_log(data):
        return word if path.is_file() else Given(name, data)
    return inputs.document(io.BytesIO(data), name)


def _is_log(data: bytes) -> bool:
    """Whether a document begins as a list does, or is a stream of events."""
    for line in data.removeprefix(codecs.BOM_UTF8).splitlines():
        found = line.strip()
        if found and found != b"---" and not found.startswith((b"#", b"%")):
            return found.startswith((b"-", b"[")) or (found.startswith(b"{") and _is_event(found))
    return False


def _is_event(line: bytes) -> bool:
    try:
        found = from_json(line)
    except ValueError:
        return False
    return isinstance(found, dict) and "event" in found
