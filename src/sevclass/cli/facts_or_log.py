"""What a word names: a file of facts, or event logs. Its content tells."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

from pydantic_core import from_json

from sevclass.cli import inputs
from sevclass.cli.timelines import Given, given
from sevclass.incident.store import INSTRUCTION, TIMELINE


def found_at(word: str) -> bytes | str | Given:
    """A document of facts, or the path of event logs, or a log that can be read only once; `-` is standard input.

    Raises FactsError and StoreError.
    """
    path = Path(word)
    is_path = word != "-"
    if is_path and (path.is_dir() or inputs.kind_of(word) == "jsonl" or path.name in {INSTRUCTION, TIMELINE}):
        return word
    found = given(word)
    if not _is_log(found.data):
        return inputs.document(io.BytesIO(found.data), found.name)
    return word if is_path and path.is_file() else found


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
