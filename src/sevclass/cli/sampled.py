"""From the logs at a path to samples: each incident is taken up and let go, so that there may be many."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sevclass.api import DEFAULT_PACK
from sevclass.cli import inputs
from sevclass.cli.scattered import gathered
from sevclass.cli.timelines import Reading, Timeline, pack_named, timelines
from sevclass.incident.store import TIMELINE
from sevclass.insight.sampling import Sampler
from sevclass.problems import IncidentError

if TYPE_CHECKING:
    from sevclass.cli.progress import Bar  # it brings in rich

_ONE = Path(TIMELINE).suffix


class Sampling(Reading):
    """Reads the incidents at a path into a sampler, and notes what is wrong with them."""

    def __init__(self, where: str, pack: str | None, now: datetime, bars: tuple[Bar, Bar] | None = None) -> None:
        """`bars`: one for the bytes of a file of many, and one for the incidents."""
        super().__init__(where, pack, now, progress=bars[1] if bars else None)
        self._bytes = bars[0] if bars else None

    def take(self, sampler: Sampler) -> None:
        """Take them all up; those that are opened after `now` are none yet.

        Raises SevclassError where there is nothing to read.
        """
        pack = pack_named(self._pack or DEFAULT_PACK)
        for timeline in self._logs():
            self.is_empty = False
            if timeline.problems and not timeline.entries:
                self.note(timeline)
                continue
            try:
                problems = sampler.take(timeline.entries, timeline.id)
            except IncidentError as error:
                self.refused(timeline, error, skip_later=True)
            else:
                self.took(timeline, pack, problems)

    def _logs(self) -> Iterator[Timeline]:
        where = str(self._where)
        is_many = where == "-" or (Path(where).is_file() and Path(where).suffix != _ONE)
        if not is_many:
            yield from timelines(where, self._unreadable, self._pack, self._progress)
            return
        with inputs.opened(where) as file:
            if self._bytes:
                from sevclass.cli.progress import size

                self._bytes.total = size(file)
            yield from gathered(file, inputs.name_of(where), self._bytes, self._progress)
