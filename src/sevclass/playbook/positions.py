"""The positions of a war room: which of them an incident needs, and the role that takes each.

They hold by floors, as criteria do, so a worse incident never loses one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sevclass.api import Pack
from sevclass.covers import Covers
from sevclass.document import as_named
from sevclass.scales import Facts, Floor, Masks, Value


class Needed(NamedTuple):
    """A position that is needed, and who takes it."""

    position: str
    text: str
    role: str
    on_roster: bool
    """Whether that role is on the roster; else it is called too."""


class Positions:
    """The positions of a pack, compiled. Immutable after construction."""

    def __init__(self, pack: Pack) -> None:
        engine = pack._engine  # noqa: SLF001 - the package's own
        scales = engine.evaluator.scales
        self._written = engine.document.get("war_room_setup", {}).get("positions", {})
        self.covers = engine.covers
        self.mildest = engine.evaluator.mildest
        floors: list[Floor] = []
        self._conditions: dict[str, list[tuple[int, int]]] = {}
        """Position -> any of these: the severity that is asked for, and the bit of the floor."""
        for position, written in self._written.items():
            for floor in written.get("when", ()):
                rest = {fact: level for fact, level in floor.items() if fact != "severity"}
                severity = int(floor.get("severity", self.mildest))
                self._conditions.setdefault(position, []).append((severity, 1 << len(floors)))
                floors.append(as_named(rest, scales))
        self._masks = Masks(scales, floors)
        self._unknown: Mapping[str, Value | None] = dict.fromkeys(scales)

    def needed(self, severity: int, facts: Facts, roster: Sequence[str]) -> tuple[Needed, ...]:
        """The positions that are needed, in the pack's order. A fact that is left out is unknown."""
        mask = self._masks.reached({**self._unknown, **facts})
        return tuple(
            Needed(position, written["text"], *taker(written["roles"], roster, self.covers))
            for position, written in self._written.items()
            if self._holds(position, severity, mask)
        )

    def _holds(self, position: str, severity: int, mask: int) -> bool:
        conditions = self._conditions.get(position)
        return not conditions or any(severity <= least and bit & mask for least, bit in conditions)


def taker(roles: Sequence[str], roster: Collection[str], covers: Covers) -> tuple[str, bool]:
    """Who takes a position: the first of its roles that is on the roster, or that somebody there stands in for.

    If there is none, the last of its roles, and False: it is called too.
    """
    for role in roles:
        for there in (role, *roster):
            if there in roster and (there == role or role in covers.covered_by(there)):
                return there, True
    return roles[-1], False


@lru_cache(maxsize=64)
def positions_of(pack: Pack) -> Positions:
    """The positions of a pack, made once."""
    return Positions(pack)
