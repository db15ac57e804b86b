"""Reading the logs of incidents: what stands in one, under which pack, and where in it a problem is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, cast

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import inputs
from sevclass.cli.instruction import instruction
from sevclass.incident.disk import name_of
from sevclass.incident.events import EVENTS, Opened
from sevclass.incident.journal import read_journal
from sevclass.incident.log import Entry, read_log
from sevclass.incident.store import INSTRUCTION, Found
from sevclass.incident.timeline import timeline
from sevclass.instants import instant_text
from sevclass.problems import IncidentError, PackError, Problem, quote
from sevclass.shipped import shipped_packs

EVER = datetime.max.replace(tzinfo=UTC)
_LINE = re.compile(r"line (?P<line>\d+)(, column (?P<column>\d+))?(?P<rest>.*)", re.ASCII | re.DOTALL)


class Read(NamedTuple):
    """The events of an incident, what is wrong with others, and the pack that it is read under."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    pack: Pack


def read(found: Found, pack: str | None) -> Read:
    """Read a log, or the instruction that stands for one; `pack` is another than the one that the opening names.

    Raises SevclassError.
    """
    if found.kind == "instruction":
        rules = pack_of(None, pack, found.id)
        fields = instruction(str(found.path), rules, found.id)
        return Read((Entry(1, opening_event(fields)),), (), rules)
    written = read_journal(found.path)
    log = read_log(written.text + (written.torn or b""))
    problems = tuple(placed(log.problems, name_of(found.path)))
    return Read(log.entries, problems, pack_of(opening(log.entries), pack, found.id))


def opening_event(fields: dict[str, object]) -> Opened:
    """The opening that an instruction is; its fields have been checked."""
    at = cast("datetime", fields["at"])
    return cast(
        "Opened",
        EVENTS.validate_python({**fields, "at": instant_text(at), "event": "opened", "ref": INSTRUCTION}),
    )


def opening(entries: Sequence[Entry]) -> Opened | None:
    """The event that an incident was opened by, if it was not struck."""
    try:
        return cast("Opened", timeline(entries, EVER).items[0].event)
    except IncidentError:
        return None


def pack_of(opened: Opened | None, word: str | None, id: str) -> Pack:
    """The pack of that name or folder, or else the one that an opening names, or else the default one.

    Raises PackError.
    """
    if word is not None:
        return inputs.pack(word)
    named = opened.pack if opened else None
    name = DEFAULT_PACK if named is None else named if isinstance(named, str) else named.name
    if name not in shipped_packs():  # nor is it a folder that a log may name
        message, hint = f"it was opened under {quote(name)}, which does not ship", "name its folder with `--pack`"
        raise PackError([Problem(path=id, code="unknown_pack", message=message, hint=hint)])
    return inputs.pack(name)


def placed(problems: Iterable[Problem], name: str) -> Iterator[Problem]:
    """The problems of a log with the name of its file: `name:5:3: …`."""
    for found in problems:
        path = f"{name}: {found.path}" if found.path else name
        if place := _LINE.fullmatch(found.path):
            column = f":{place['column']}" if place["column"] else ""
            path = f"{name}:{place['line']}{column}{place['rest']}"
        yield replace(found, path=path)


def found_at(timeline: Path, instruction: Path, id: str) -> Found | None:
    """The file of an incident, if it has one."""
    if timeline.exists() or timeline.is_symlink():
        return Found(id, timeline, "timeline")
    if instruction.exists() or instruction.is_symlink():
        return Found(id, instruction, "instruction")
    return None
