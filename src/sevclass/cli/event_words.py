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
"""What null means for a field; else it is not known."""


def said(event: Event) -> str:
    """What happened, with what was said of it: `note, "They have found the query", by ann`."""
    by = (f"by {event.by}" if event.by else "", f"from {event.source}" if event.source else "")
    return ", ".join(filter(None, [event.event.replace("_", " "), *_fields(event), *by]))


def _fields(event: Event) -> Iterator[str]:
    fields = {name: getattr(event, name) for name in type(event).model_fields if name in event.model_fields_set}
    own = {name: value for name, value in fields.items() if name not in _SAID_APART}
    for name, value in own.items():
        key = name.strip("_").replace("_", " ")
        if name in _IN_QUOTES and value is not None:
            yield f'"{value}"'
        elif name == "facts":
            yield from (f"{fact}: {words.value(known)}" for fact, known in value.items())
        elif isinstance(value, list):
            yield from ([f"{key}: {' and '.join(value)}"] if value else ())
        else:
            yield f"{key}: {_NOTHING.get(name, 'unknown') if value is None else _value(value)}"


def _value(value: object) -> str:
    if isinstance(value, datetime):
        return moment(value)
    return value.isoformat() if isinstance(value, date) else str(value).lower() if value is True else str(value)
