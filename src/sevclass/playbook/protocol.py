"""The plan of a pack, compiled: which of its actions an incident needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from functools import lru_cache
from typing import Literal, NamedTuple, TypeAlias

from sevclass.api import Pack
from sevclass.document import as_named, scales_of
from sevclass.durations import parse
from sevclass.playbook_document import ActionDocument, PhaseDocument, QuestionDocument
from sevclass.scales import Facts, Floor, Masks

Anchor: TypeAlias = Literal["opening", "resolution"]


class Action(NamedTuple):
    """What is done in a phase, and on which floors it depends: the bit of each, and the severity that it asks for."""

    id: str
    text: str
    track: str
    owners: Sequence[str]
    floors: Sequence[tuple[int, int]] | None
    """None: it is needed whatever the facts are."""
    war_room: bool
    clock: str | None
    deeds: frozenset[str]


class Question(NamedTuple):
    """What a phase must answer."""

    id: str
    text: str
    facts: Sequence[str]
    deeds: frozenset[str]


class Phase(NamedTuple):
    """A phase, and what belongs to it."""

    id: str
    text: str
    after: Anchor
    begins: timedelta
    ends: timedelta | None
    dated: int
    """The mildest severity at which its end dates what has no clock."""
    again: bool
    questions: Sequence[Question]
    actions: Sequence[Action]
    exit: Mapping[str, str]


class Protocol:
    """The plan of one pack. Immutable after construction; without phases where the pack has none."""

    def __init__(self, pack: Pack) -> None:
        document = pack._engine.document  # noqa: SLF001 - the package's own
        written = document.get("plan", {})
        self.scales = scales_of(document)
        self.facts = document["facts"]
        self.covers = pack._engine.covers  # noqa: SLF001 - the package's own
        self._mildest = len(document["severities"])
        self.tracks: Mapping[str, str] = written.get("tracks", {})
        self.customers: Mapping[str, str] = written.get("customers", {})
        floors: list[Floor] = []
        self.phases = tuple(self._phase(id_, phase, floors) for id_, phase in written.get("phases", {}).items())
        self._masks = Masks(self.scales, floors)
        self._unknown = dict.fromkeys(self.scales)

    def _phase(self, id_: str, phase: PhaseDocument, floors: list[Floor]) -> Phase:
        return Phase(
            id=id_,
            text=phase["text"],
            after=phase.get("after", "opening"),
            begins=_length(phase["from"]) if "from" in phase else timedelta(),
            ends=_length(phase["to"]) if "to" in phase else None,
            dated=phase.get("dated", self._mildest),
            again=phase.get("again", False),
            questions=tuple(_question(name, one) for name, one in phase.get("questions", {}).items()),
            actions=tuple(self._action(name, one, floors) for name, one in phase.get("actions", {}).items()),
            exit=phase.get("exit", {}),
        )

    def _action(self, id_: str, action: ActionDocument, floors: list[Floor]) -> Action:
        return Action(
            id=id_,
            text=action["text"],
            track=action["track"],
            owners=action["owners"],
            floors=tuple(self._floors(action["when"], floors)) if "when" in action else None,
            war_room=action.get("war_room", False),
            clock=action.get("clock"),
            deeds=frozenset(action.get("done_by", ())),
        )

    def _floors(self, when: Sequence[Floor], floors: list[Floor]) -> Iterator[tuple[int, int]]:
        for floor in when:
            yield 1 << len(floors), int(floor.get("severity", self._mildest))
            floors.append(as_named({fact: level for fact, level in floor.items() if fact != "severity"}, self.scales))

    def needed(self, severity: int, facts: Facts, *, war_room: bool) -> frozenset[str]:
        """The ids of the actions that an incident needs; a fact that is left out is unknown.

        Worse facts, a worse severity or a war room never take one away.
        """
        reached = self._masks.reached({**self._unknown, **facts})

        def holds(action: Action) -> bool:
            if action.war_room and not war_room:
                return False
            return action.floors is None or any(bit & reached and severity <= mildest for bit, mildest in action.floors)

        return frozenset(action.id for phase in self.phases for action in phase.actions if holds(action))


def _question(id_: str, question: QuestionDocument) -> Question:
    return Question(id_, question["text"], question.get("facts", ()), frozenset(question.get("known_by", ())))


def _length(text: str) -> timedelta:
    """A length of time that simply passes."""
    elapsed = parse(text).limit.elapsed
    if elapsed is None:  # pragma: no cover - refused when the pack is loaded
        raise ValueError(text)
    return elapsed


@lru_cache(maxsize=64)
def protocol_of(pack: Pack) -> Protocol:
    """The plan of a pack, compiled once."""
    return Protocol(pack)
