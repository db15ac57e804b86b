"""The event logs of incidents, for commands that read them: one file, a file of many, or all below a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import inputs
from sevclass.cli.arguments import UsageError
from sevclass.cli.instruction import instructed, needed, opening
from sevclass.incident import Entry, IncidentState, read_log, replay
from sevclass.incident.disk import refusal
from sevclass.incident.event_problems import in_order
from sevclass.incident.events import Opened
from sevclass.incident.journal import MAX_BYTES, TOO_MUCH, read_journal
from sevclass.incident.store import TIMELINE, Found, find_timelines
from sevclass.problems import FactsError, IncidentError, Problem, StoreError, printable, quote
from sevclass.shipped import shipped_packs

if TYPE_CHECKING:
    from sevclass.incident.knowledge import Knowledge  # a start need not wait for its models

HARMLESS = {"torn", "same_id"}
"""What is told of a log, and takes nothing from what it says."""
_LINE = re.compile(r"line (?P<line>[0-9]+)(?:, column (?P<column>[0-9]+))?(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The log of one incident: where it stands, what could be read of it, and what not."""

    id: str | None
    place: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = field(default=())
    named: str | None = None
    """The id again, where the entries have it and the file may have many incidents."""

    def placed(self, problem: Problem) -> Problem:
        """A problem of it with the file it stands in; one that has no line says which incident it is about."""
        has_line = _LINE.fullmatch(problem.path)
        return placed(problem, f"{self.place}: {printable(self.named)}" if self.named and not has_line else self.place)


class Given(NamedTuple):
    """A log that has been read from its file: what that is called, and its bytes."""

    name: str
    data: bytes


class Progress(Protocol):
    """Is told how far the reading has come."""

    total: int | None
    """How many files there are, once that is known."""

    def step(self, done: int, *, bad: bool) -> None:
        """So many are done."""


def timelines(
    where: str | Found | Given,
    tell: Callable[[Problem], None],
    pack: str | None = None,
    progress: Progress | None = None,
) -> Iterator[Timeline]:
    """The logs at a path: standard input for `-`. Where a log has no opening, the instruction beside it is that.

    What cannot be read below a folder is told, and the others are read. Raises StoreError or FactsError where there is
    nothing to read.
    """
    if where == "-":
        where = given("-")
    if isinstance(where, Given):
        yield from split(None, where.name, where.data)
        return
    files: Iterable[Found] = [where] if isinstance(where, Found) else find_timelines(Path(where), tell)
    if progress:
        files = list(files)
        progress.total = len(files)
    first: dict[str, str] = {}
    for done, found in enumerate(files):
        if progress and done:
            progress.step(done, bad=False)
        place = inputs.name_of(str(found.path))
        twice = _twice(found.id, first.setdefault(found.id, place), place)
        try:
            for timeline in _read(found, place, pack_named(pack or DEFAULT_PACK)):
                yield replace(timeline, problems=(*twice, *timeline.problems)) if twice else timeline
        except (FactsError, StoreError) as error:
            for problem in error.problems:
                tell(problem)


def _twice(id_: str, first: str, place: str) -> Sequence[Problem]:
    """What there is to say of the name of an incident's folder."""
    if place == first:
        return ()
    message, hint = f"another incident is called {quote(id_)} too", f"the first is {first}; rename one of the folders"
    return [Problem(path="", code="same_id", message=message, hint=hint)]


def _read(found: Found, place: str, pack: Pack) -> Iterator[Timeline]:
    """The logs in a file; that of an incident with its opening, wherever that stands.

    Raises FactsError and StoreError.
    """
    if found.kind == "instruction":
        yield Timeline(found.id, place, (instructed(found.path, pack, found.id),))
        return
    text, torn = read_journal(found.path)
    data = text + (torn or b"")
    if found.path.name == TIMELINE:
        log = read_log(data).of(found.id)
        yield _begun(Timeline(found.id, place, log.entries, log.problems), found, pack)
        return
    yield from split(found.id if found.is_one else None, place, data)


def _begun(timeline: Timeline, found: Found, pack: Pack) -> Timeline:
    """The log with the instruction as its opening, if that counts.

    Raises StoreError, with what is wrong with the log too.
    """
    begins_with = needed(opening(timeline.entries), found)
    if begins_with is None:
        return timeline
    try:
        opened = instructed(begins_with, pack, found.id, timeline.entries)
    except (FactsError, StoreError) as error:
        raise StoreError([*(placed(one, timeline.place) for one in timeline.problems), *error.problems]) from None
    return replace(timeline, entries=(*timeline.entries, opened))


def given(word: str) -> Given:
    """What stands in a file, or comes through standard input.

    Raises FactsError, or StoreError if it is too much.
    """
    name = inputs.name_of(word)
    with inputs.opened(word) as file:
        data = inputs.whole(file, name, MAX_BYTES)
    if data is None:
        raise refusal(name, *TOO_MUCH)
    return Given(name, data)


def split(id_: str | None, place: str, data: bytes) -> Iterator[Timeline]:
    """The log of an incident in the text of a file; of several, where the entries name them."""
    log = read_log(data)
    named: dict[str | None, list[Entry]] = {}
    for entry in log.entries:
        named.setdefault(entry.event.incident or id_, []).append(entry)
    problems = log.problems
    if len(named) > 1 and not any(isinstance(entry.event, Opened) for entry in named.get(None, ())):
        problems = in_order((*problems, *map(nameless, named.pop(None, ()))))
    for number, (name, entries) in enumerate((named or {id_: []}).items()):
        yield Timeline(name, place, tuple(entries), problems if number == 0 else (), None if name == id_ else name)


def nameless(entry: Entry) -> Problem:
    """That an entry does not say which incident it is of."""
    hint = "say which one it is of, as the others do"
    return Problem(path=f"line {entry.line}", code="missing_key", message="missing key `incident`", hint=hint)


@cache
def pack_named(name: str) -> Pack:
    """A pack, loaded once."""
    return inputs.pack(name)


def pack_of(timeline: Timeline, wanted: str | None) -> Pack:
    """The pack that an incident is read under: the one that is wanted, else the one it was opened under, if it ships.

    Raises PackError, or UsageError.
    """
    return _shipped(_opened_under(timeline)) if wanted is None else pack_named(wanted)


def _opened_under(timeline: Timeline) -> str | None:
    """The name of the pack that an incident was opened under, if it says so."""
    opened = opening(timeline.entries)
    return opened.pack_name if opened else None


@lru_cache(maxsize=64)
def _shipped(name: str | None) -> Pack:
    return pack_named(name if name in shipped_packs() else DEFAULT_PACK)


def no_log() -> UsageError:
    """The error where there is nothing to read."""
    return UsageError("no event log there", f"an incident has a file `{TIMELINE}`")


class Reading:
    """Reads the incidents at a path, and notes what is wrong with them. With `knowledge` each shows what matches."""

    def __init__(
        self,
        where: str | Found | Given,
        pack: str | None,
        now: datetime,
        *,
        progress: Progress | None = None,
        knowledge: Knowledge | None = None,
    ) -> None:
        self._where, self._pack, self._now = where, pack, now
        self._progress, self._knowledge = progress, knowledge
        self.problems: list[Problem] = []
        """Everything that is to be told, in the order of reading."""
        self.is_bad = False
        """Whether something could not be read, but for a line that a crash has torn."""
        self.is_empty = True
        """Whether no log was found."""
        self.is_vain = True
        """Whether of no log it could be said how it stands."""

    def states(self, *, skip_later: bool = False) -> Iterator[tuple[IncidentState, Pack, Sequence[Problem]]]:
        """How each stands, the pack that it is read under, and what is wrong with its log.

        `skip_later`: those that are opened after `now` are none yet, and not bad. Raises UsageError or SevclassError
        where there is nothing to read.
        """
        for timeline in timelines(self._where, self._unreadable, self._pack, self._progress):
            self.is_empty = False
            pack = pack_of(timeline, self._pack)
            known = self._knowledge.of(pack) if self._knowledge else None
            try:
                state = replay(timeline.entries, pack, self._now, id=timeline.id, known=known)
            except IncidentError as error:
                self.refused(timeline, error, skip_later=skip_later)
                continue
            yield state, pack, self.took(timeline, pack, state.problems)

    def expect_some(self) -> None:
        """Raises UsageError if there was no log at all, and nothing to tell of."""
        if self.is_empty and not self.problems:
            raise no_log()

    def refused(self, timeline: Timeline, error: IncidentError, *, skip_later: bool) -> None:
        """Of an incident it cannot be said how it stands; with `skip_later` one that is opened later is none yet."""
        is_later = skip_later and all(problem.code == "before_opening" for problem in error.problems)
        self.note(timeline, bad=() if is_later else error.problems)

    def took(self, timeline: Timeline, pack: Pack, problems: Sequence[Problem]) -> Sequence[Problem]:
        """An incident was read under a pack: all that is wrong with its log, `problems` being that of its events."""
        self.is_vain = False
        is_other = any(problem.code == "other_pack" for problem in problems)
        if is_other and self._pack is None and _opened_under(timeline) != pack.name:
            self.is_bad = True  # its own pack does not ship: what is said of it is a guess
        return self.note(timeline, problems)

    def note(
        self, timeline: Timeline, set_aside: Iterable[Problem] = (), bad: Sequence[Problem] = ()
    ) -> Sequence[Problem]:
        """Note all that is wrong with a log, in its order; `bad`: why nothing can be said of it."""
        found = in_order((*timeline.problems, *set_aside, *bad))
        self.problems.extend(map(timeline.placed, found))
        self.is_bad = self.is_bad or bool(bad) or any(problem.code not in HARMLESS for problem in timeline.problems)
        return found

    def _unreadable(self, problem: Problem) -> None:
        self.problems.append(problem)
        self.is_bad = True


def placed(problem: Problem, place: str) -> Problem:
    """A problem of a log with the file it stands in: `FILE:12: …` for `line 12`."""
    line = _LINE.fullmatch(problem.path)
    if line is None:
        return replace(problem, path=f"{place}: {problem.path}" if problem.path else place)
    column = f":{line['column']}" if line["column"] else ""
    return replace(problem, path=f"{place}:{line['line']}{column}{line['rest']}")
