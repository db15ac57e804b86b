"""Adding to the log of an incident: what cannot be is refused before anything is written."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli.arguments import UsageError
from sevclass.cli.instruction import instruction, needed, opening
from sevclass.cli.timelines import pack_named, placed
from sevclass.cli.whereabouts import check_free, file_of, not_opened
from sevclass.incident.disk import is_there, name_of
from sevclass.incident.event_problems import SetAside, in_order
from sevclass.incident.events import Event, Opened
from sevclass.incident.journal import journal, set_aside
from sevclass.incident.knowledge import Knowledge
from sevclass.incident.log import Entry, Log, read_log
from sevclass.incident.replay import replay
from sevclass.incident.state import IncidentState
from sevclass.incident.store import INSTRUCTION, Found, Store
from sevclass.instants import instant_text
from sevclass.problems import IncidentError, PackError, Problem, quote
from sevclass.shipped import shipped_packs

LATE = timedelta(minutes=1)
"""An event that is written more than so much later says when it was written."""

Fields: TypeAlias = dict[str, Any]
"""An event before it is written: `event`, its fields, and `at` where it is not the present."""
_NOT_SHOWN = re.compile(r"[^\x20-\x7e]")


class Before(NamedTuple):
    """What stands in a log before it is added to."""

    entries: Sequence[Entry]
    pack: Pack


Make: TypeAlias = Callable[[Before], Sequence[Fields]]


class _Ready(NamedTuple):
    """What can be added: lines and their events, how the incident stands then, and what is wrong with older entries."""

    lines: Sequence[str]
    events: Sequence[Event]
    state: IncidentState
    problems: Sequence[Problem]
    pack: Pack


class Added(NamedTuple):
    """How an incident stands after events were added, these events, and what is wrong with older ones."""

    state: IncidentState
    events: Sequence[Event]
    problems: Sequence[Problem]
    pack: Pack


@dataclass(frozen=True, slots=True, kw_only=True)
class Logbook:
    """The log of one incident.

    `pack` is another one than its opening names; `at` is when what is added happened, without it `now`. The state that
    comes of it shows what matches of the team's knowledge.
    """

    store: Store
    id: str
    pack: str | None
    now: datetime
    at: datetime | None
    knowledge: Knowledge

    def open(self, make: Make) -> Added:
        """Begin the log; `make` gives the opening, for which the pack is the one named or the default one.

        Raises SevclassError if it is opened already, and where nothing can be written.
        """
        check_free(self.store, self.id)
        pack = _pack(None, self.pack, self.id)
        made = make(Before((), pack))
        return self._add(lambda text: self._opened(text, pack, made))

    def append(self, make: Make) -> Added:
        """Add what `make` gives.

        Raises SevclassError if it cannot be, and where nothing can be written.
        """
        file_of(self.store, self.id)
        return self._add(lambda text: self._appended(text, make))

    def _add(self, ready: Callable[[bytes], _Ready]) -> Added:
        path = self.store.timeline(self.id)
        if not is_there(path):
            ready(b"")  # what is refused is refused before any folder is made
        with journal(path) as log:
            log.expect_list()
            added, torn, line = ready(log.text), log.torn, log.text.count(b"\n") + 1
            for entry in added.lines:
                log.append(entry)
        told = [] if torn is None else [set_aside(path, line)]
        return Added(added.state, added.events, [*added.problems, *told], added.pack)

    def _opened(self, text: bytes, pack: Pack, made: Sequence[Fields]) -> _Ready:
        before = read_log(text).of(self.id)
        if opening(before.entries) is not None:
            message = "the incident is opened already"
            hint = "take another id, or tell what is new with `sevclass incident facts`"
            raise IncidentError([Problem(path=self.id, code="cannot_be", message=message, hint=hint)])
        return self._ready(text, before, pack, made)

    def _appended(self, text: bytes, make: Make) -> _Ready:
        before, path = read_log(text).of(self.id), self.store.timeline(self.id)
        opened, made = opening(before.entries), []
        pack = _pack(opened, self.pack, self.id)
        if begins_with := needed(opened, Found(self.id, path, "timeline")):
            fields = instruction(begins_with, pack, self.id)
            made = [{"event": "opened", **fields, "pack": named(pack), "ref": INSTRUCTION}]
        elif opened is None:
            raise not_opened(self.id, [placed(found, name_of(path)) for found in before.problems])
        return self._ready(text, before, pack, [*made, *make(Before(before.entries, pack))])

    def _ready(self, text: bytes, before: Log, pack: Pack, made: Sequence[Fields]) -> _Ready:
        """What is to be written below a text.

        Raises UsageError and SevclassError if it cannot be.
        """
        name = name_of(self.store.timeline(self.id))
        entries, lines = list(before.entries), []
        number = text.count(b"\n") + 1 + (not text.endswith(b"\n") and text != b"")
        taken = {fields.get("id") for fields in made}
        for place, fields in enumerate(made, number):
            event = self._dressed(fields, entries, place, taken)
            lines.append(_written(event))
            entries.append(self._read(lines[-1], place))
        try:
            state = self._checked(before.entries, entries, pack)
            shown = replay(entries, pack, self.now, id=self.id, known=self.knowledge.of(pack))
        except IncidentError as error:
            raise IncidentError(self._told(error.problems, name, number)) from None
        events = [entry.event for entry in entries[len(before.entries) :]]
        problems = [placed(found, name) for found in in_order((*before.problems, *state.problems))]
        return _Ready(lines, events, shown, problems, pack)

    def _dressed(self, fields: Fields, entries: Sequence[Entry], line: int, taken: AbstractSet[str | None]) -> Fields:
        """The event in the order in which it is written, with its id, and `logged_at` where it is late.

        Raises UsageError if it is in the future.
        """
        present = self.now.replace(microsecond=0)
        # In whole seconds, but not before what another program has written within this one.
        latest = max((entry.event.at for entry in entries if entry.event.at <= self.now), default=present)
        at = fields.get("at", self.at or max(present, latest))
        if at > self.now:
            raise UsageError(f"`{instant_text(at)}` is in the future", "what is written has happened")
        if (promised := fields.get("next")) is not None and promised <= at:
            message = f"`{instant_text(promised)}` is not after the update itself"
            raise UsageError(message, "`--next` is when the following one was promised")
        used = {entry.event.id for entry in entries} | taken
        id_ = fields.get("id") or next(free for n in range(line, line + len(used) + 2) if (free := f"e{n}") not in used)
        rest = {key: value for key, value in fields.items() if key not in {"at", "event", "id"}}
        event = {"at": instant_text(at), "event": fields["event"], "id": id_, **rest}
        if self.now - at > LATE or any(entry.event.at > at for entry in entries):
            event["logged_at"] = instant_text(present)
        return event

    def _read(self, line: str, number: int) -> Entry:
        """The line as it will be read.

        Raises IncidentError if it will not be.
        """
        found = read_log(line.encode())
        if found.problems:
            raise IncidentError(self._told(found.problems, "", 1))
        return Entry(number, found.entries[0].event)

    def _checked(self, before: Sequence[Entry], after: Sequence[Entry], pack: Pack) -> IncidentState:
        """How it stands with all events.

        Raises IncidentError if what is new, or for it something else, cannot be.
        """
        state = replay(after, pack, self._end(after), id=self.id)
        if state.problems:
            try:
                old = set(replay(before, pack, self._end(before)).problems)
            except IncidentError as error:
                old = set(error.problems)
            if new := [found for found in state.problems if found not in old]:
                raise IncidentError(new)
        return state

    def _end(self, entries: Iterable[Entry]) -> datetime:
        """The present, or the last event if that is later: what a clock that runs fast has written counts too."""
        return max([self.now, *(entry.event.at for entry in entries)])

    def _told(self, problems: Iterable[Problem], name: str, number: int) -> Iterable[Problem]:
        """The problems with their places: an event that is not written has no line, so its id stands there.

        Nor is it set aside: why it cannot be is told.
        """
        for problem in problems:
            found = replace(problem, message=problem.why) if isinstance(problem, SetAside) else problem
            line, colon, rest = found.path.partition(":")
            _, _, digits = line.partition("line ")
            if digits.isdecimal() and int(digits) >= number:
                yield replace(found, path=f"{self.id}{colon}{rest}")
            else:
                yield placed(found, name)


def _pack(opened: Opened | None, word: str | None, id: str) -> Pack:
    """The pack of that name or folder, or else the one that the opening names, or else the default one.

    Raises PackError: nothing is written under another pack because its own is not at hand.
    """
    if word is not None:
        return pack_named(word)
    name = (opened.pack_name if opened else None) or DEFAULT_PACK
    if name not in shipped_packs():
        message, hint = f"it was opened under {quote(name)}, which does not ship", "name its folder with `--pack`"
        raise PackError([Problem(path=id, code="unknown_pack", message=message, hint=hint)])
    return pack_named(name)


def named(pack: Pack) -> dict[str, str]:
    """How an opening records its pack."""
    return {"name": pack.name, "version": pack.version, "digest": pack.digest}


def _written(event: Mapping[str, Any]) -> str:
    """An event as a line of a log: characters that could end a line, or that nobody sees, are escaped."""
    text = json.dumps(event, ensure_ascii=False, default=instant_text)
    return "- " + _NOT_SHOWN.sub(lambda c: c[0] if c[0].isprintable() else json.dumps(c[0])[1:-1], text)
