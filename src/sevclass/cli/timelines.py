"""The event logs of incidents, for commands that read them: one file, a file of many, or all below a folder."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sevclass.api import DEFAULT_PACK, Pack
from sevclass.cli import inputs
from sevclass.cli.instruction import instructed
from sevclass.incident import Entry, IncidentState, read_log, replay
from sevclass.incident.events import Opened
from sevclass.incident.journal import read_journal
from sevclass.incident.store import Found, find_timelines
from sevclass.problems import FactsError, IncidentError, Problem, StoreError
from sevclass.shipped import shipped_packs

if TYPE_CHECKING:
    from sevclass.incident.knowledge import Knowledge  # a start need not wait for its models

_LINE = re.compile(r"line (?P<line>[0-9]+)(?:, column (?P<column>[0-9]+))?(?P<rest>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The log of one incident: where it stands, what could be read of it, and what not."""

    id: str | None
    place: str
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = field(default=())


class Progress(Protocol):
    """Is told how far the reading has come."""

    total: int | None
    """How many files there are, once that is known."""

    def step(self, done: int, *, bad: bool) -> None:
        """So many are done."""


def timelines(
    word: str, tell: Callable[[Problem], None], pack: str | None = None, progress: Progress | None = None
) -> Iterator[Timeline]:
    """The logs at a path: standard input for `-`. An instruction without a log is one with the opening alone.

    What cannot be read below a folder is told, and the others are read. Raises StoreError or FactsError where there is
    nothing to read.
    """
    if word == "-":
        with inputs.opened(word) as file:
            yield from _of(None, inputs.name_of(word), file.read())
        return
    files: Iterable[Found] = find_timelines(Path(word), tell)
    if progress:
        files = list(files)
        progress.total = len(files)
    for done, found in enumerate(files):
        if progress and done:
            progress.step(done, bad=False)
        place = inputs.name_of(str(found.path))
        try:
            if found.kind == "instruction":
                opened = instructed(str(found.path), pack_named(pack or DEFAULT_PACK), found.id)
                yield Timeline(found.id, place, (Entry(1, opened),))
                continue
            text, torn = read_journal(found.path)
        except (FactsError, StoreError) as error:
            for problem in error.problems:
                tell(problem)
        else:
            id_ = found.id if found.path.suffix == ".yaml" else None
            yield from _of(id_, place, text + (torn or b""))


def _of(id_: str | None, place: str, data: bytes) -> Iterator[Timeline]:
    """The log of an incident; of several, where the entries name them."""
    log = read_log(data)
    named: dict[str | None, list[Entry]] = {}
    for entry in log.entries:
        named.setdefault(entry.event.incident or id_, []).append(entry)
    for number, (name, entries) in enumerate((named or {id_: []}).items()):
        yield Timeline(name, place, tuple(entries), log.problems if number == 0 else ())


@cache
def pack_named(name: str) -> Pack:
    """A pack, loaded once."""
    return inputs.pack(name)


def pack_of(timeline: Timeline, wanted: str | None) -> Pack:
    """The pack that an incident is read under: the one that is wanted, else the one it was opened under, if it ships.

    Raises PackError, or UsageError.
    """
    if wanted is not None:
        return pack_named(wanted)
    opened = next((entry.event for entry in timeline.entries if isinstance(entry.event, Opened)), None)
    return _shipped(opened.pack_name if opened else None)


@lru_cache(maxsize=64)
def _shipped(name: str | None) -> Pack:
    return pack_named(name if name in shipped_packs() else DEFAULT_PACK)


class Reading:
    """Reads the incidents at a path, and notes what is wrong with them. With `knowledge` each shows what matches."""

    def __init__(
        self,
        word: str,
        pack: str | None,
        now: datetime,
        *,
        progress: Progress | None = None,
        knowledge: Knowledge | None = None,
    ) -> None:
        self._word, self._pack, self._now = word, pack, now
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
        for timeline in timelines(self._word, self._unreadable, self._pack, self._progress):
            self.is_empty = False
            pack = pack_of(timeline, self._pack)
            for problem in timeline.problems:
                self._note(problem, timeline, is_bad=problem.code != "torn")
            known = self._knowledge.of(pack) if self._knowledge else None
            try:
                state = replay(timeline.entries, pack, self._now, id=timeline.id, known=known)
            except IncidentError as error:
                if not (skip_later and all(problem.code == "before_opening" for problem in error.problems)):
                    for problem in error.problems:
                        self._note(problem, timeline, is_bad=True)
                continue
            self.is_vain = False
            for problem in state.problems:
                self._note(problem, timeline, is_bad=False)
            yield state, pack, (*timeline.problems, *state.problems)

    def _note(self, problem: Problem, timeline: Timeline, *, is_bad: bool) -> None:
        self.problems.append(placed(problem, timeline.place))
        self.is_bad = self.is_bad or is_bad

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
