"""What an event of a log says, in a line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sevclass.cli import words
from sevclass.cli.moments import moment
from sevclass.incident.events import BaseEvent, Event

_SAID_APART = {*BaseEvent.model_fields, "event", "pack"}
_IN_QUOTES = ("title", "text", "note", "reason")
_NOTHING = {"severity": "lifted", "person": "nobody"}
"""What null means for a field."""


def said(event: Event) -> str:
    """What happened, with what was said of it: `note, "They have found the query", by ann`."""
    by = (f"by {event.by}" if event.by else "", f"from {event.source}" if event.source else "")
    return ", ".join(filter(None, [event.event.replace("_", " "), *_fields(event), *by]))


def _fields(event: Event) -> Iterator[str]:
    fields = {name: getattr(event, name) for name in type(event).model_fields if name in event.model_fields_set}
    # Null says something of the facts, and of what it takes from somebody.
    own = {name: v for name, v in fields.items() if name not in _SAID_APART and (v is not None or name in _NOTHING)}
    for name, value in own.items():
        key = name.strip("_").replace("_", " ")
        if name in _IN_QUOTES:
            yield f'"{value}"'
        elif isinstance(value, dict):  # facts
            yield from (f"{fact}: {words.value(known)}" for fact, known in value.items())
        elif isinstance(value, list):
            yield from ([f"{key}: {' and '.join(value)}"] if value else ())
        else:
            yield f"{key}: {_NOTHING[name] if value is None else _value(value)}"


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).lower() if isinstance(value, bool) else str(value)
