"""The floors on durable-rules: a second engine that must give the same answer. Needs the extra `durable`.

An incident is *one* fact whose properties are ranks, and each floor is a rule: `functionality >= 5, environment >= 1`.
The rules that fire are the floors reached; the rest, from severity to roster, follows from those as it always does.
Why it is built like this and is not the default path: `docs/adr/0001-durable-rules-is-a-second-engine.md`.
"""

from __future__ import annotations

import json
import sys
import weakref
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from importlib import import_module
from threading import Lock
from typing import Any, Final, Protocol, TypeAlias

from sevclass.api import Pack
from sevclass.classification import Assume, Classification
from sevclass.facts import FactsInput
from sevclass.problems import Problem, SevclassError
from sevclass.scales import COUNT_MAX, Facts, Floor, Label, Levels, Masks, Measure, Scale, SumOf, Value

MOST_FLOORS: Final = 60
"""The most floors in one ruleset: durable-rules fails where 65 conditions hold at once."""
MOST_FACTS: Final = 250
"""The most facts in one ruleset: a fact of durable-rules has at most 254 properties, and three are ours."""
LAST_PYTHON: Final = (3, 12)
"""The last version of Python that durable-rules runs on."""

_NEVER: Final = -1
"""The rank of an unknown fact that reaches no level."""
_ANY: Final = COUNT_MAX
"""The rank of an unknown fact that reaches whatever a floor asks for."""
_SESSION: Final = "0"
"""The one session for all facts, one after the other: durable-rules has no room for more than 1,023."""
_INCIDENT: Final = {"id": 1, "sid": _SESSION, "incident": 1}
_NOT_HANDLED: Final = 1
"""The outcome of a fact for which no rule fires."""

Ranks: TypeAlias = Mapping[str, int]
"""Facts and the ranks of their values, or of the levels that a floor asks for."""


class EngineUnavailable(SevclassError):  # noqa: N818 - it reads well where it is caught
    """The engine cannot run here, or not this pack."""


class DurableEngine:
    """Classifies by a pack as the pack itself does, with durable-rules to find the floors that are reached.

    Severity, `could_be`, criteria, roster and war room rest on those floors. The questions are found by the usual
    masks: they try many completions of the facts. Threads may share an engine; they take turns.

    Raises EngineUnavailable where durable-rules cannot be imported, or a floor names more facts than it can hold.
    """

    __slots__ = ("_pack",)

    def __init__(self, pack: Pack) -> None:
        library = _library()

        def masks(scales: Mapping[str, Scale], floors: Sequence[Floor]) -> Masks:
            if (most := max(map(len, floors), default=0)) > MOST_FACTS:
                message = f"pack `{pack.name}` has a floor of {most} facts"
                hint = f"durable-rules can hold {MOST_FACTS} in one"
                raise EngineUnavailable([Problem(path="", code="too_large", message=message, hint=hint)])
            return DurableMasks(library, scales, floors)

        self._pack = pack.with_masks(masks)

    def classify(
        self,
        facts: FactsInput,
        opened_at: datetime | None = None,
        id: str | None = None,
        *,
        assume: Assume = "known",
    ) -> Classification:
        """Classify an incident; see `Pack.classify`."""
        return self._pack.classify(facts, opened_at, id, assume=assume)


class _Library(Protocol):
    """The compiled core of durable-rules.

    Not the Python around it, which keeps each ruleset for good, dispatches from threads of its own and, where the
    wall clock jumps ten seconds in the middle of an action, drops the rest without a word.
    """

    def create_ruleset(self, name: str, rules: str, /) -> int: ...
    def delete_ruleset(self, handle: int, /) -> None: ...
    def delete_state(self, handle: int, session: str, /) -> None: ...
    def assert_fact(self, handle: int, fact: str, /) -> tuple[int, int]: ...
    def retract_fact(self, handle: int, fact: str, /) -> tuple[int, int]: ...
    def start_action_for_state(self, handle: int, state: int, /) -> tuple[str, str]: ...
    def complete_and_start_action(self, handle: int, state: int, /) -> str | None: ...


def _library() -> _Library:
    try:
        library: _Library = import_module("durable.engine").durable_rules_engine
    except ImportError as error:
        raise _unavailable(sys.version_info[:2]) from error
    return library


def _unavailable(python: tuple[int, int]) -> EngineUnavailable:
    if python > LAST_PYTHON:
        message = f"durable-rules does not run on Python {python[0]}.{python[1]}"
        hint = f"use {LAST_PYTHON[0]}.{LAST_PYTHON[1]} or older and `pip install 'sevclass[durable]'`"
    else:
        message, hint = "durable-rules is not installed", "`pip install 'sevclass[durable]'` (it needs a C compiler)"
    return EngineUnavailable([Problem(path="", code="engine_unavailable", message=message, hint=hint)])


class DurableMasks(Masks):
    """The usual masks, but that durable-rules finds which floors are reached."""

    __slots__ = ("_levels", "_rulesets", "_scales")

    def __init__(self, library: _Library, scales: Mapping[str, Scale], floors: Sequence[Floor]) -> None:
        super().__init__(scales, floors)
        self._scales = {fact: scales[fact] for fact in self.naming}
        self._levels: dict[str, set[Any]] = {fact: {f[fact] for f in floors if fact in f} for fact in self.naming}
        ranked = [{fact: self._rank(fact, level) for fact, level in floor.items()} for floor in floors]
        labels = {fact for fact, scale in self._scales.items() if isinstance(scale, Label)}
        self._rulesets = [_Ruleset(library, group, labels) for group in _groups(ranked)]

    def reached(self, facts: Facts) -> int:
        """The floors that hold; an unknown fact counts as harmless, an unknown part of a sum as 0."""
        return self._fired(facts, unknown=_NEVER, label=_NEVER)

    def unblocked(self, facts: Facts) -> int:
        """The floors that no known fact blocks: those reached if every unknown fact turns out as each of them asks."""
        return self._fired(facts, unknown=_ANY, label=_ANY)

    def at_worst(self, facts: Facts) -> int:
        """The floors that hold with every unknown fact at its worst; a label has no worst and stays unknown."""
        return self._fired(facts, unknown=_ANY, label=_NEVER)

    def _fired(self, facts: Facts, *, unknown: int, label: int) -> int:
        ranks = {}
        for fact, scale in self._scales.items():
            if isinstance(scale, SumOf):
                ranks[fact] = _ANY if unknown == _ANY and scale.open(facts) else scale.known(facts)
            elif (value := facts[fact]) is None:
                ranks[fact] = label if isinstance(scale, Label) else unknown
            else:
                ranks[fact] = self._rank(fact, value)
        return sum(ruleset.fired(ranks) for ruleset in self._rulesets)

    def _rank(self, fact: str, value: Value) -> int:
        """A whole number for a value, or for a level that a floor asks for.

        For a measure it is how many of the levels asked are reached: durable-rules cannot read `1e-07`.
        """
        scale = self._scales[fact]
        if isinstance(scale, Levels | Label):
            return scale.names.index(str(value))
        if isinstance(scale, Measure):
            higher = scale.worse == "higher"
            number, levels = float(value), map(float, self._levels[fact])
            return sum(number >= level if higher else number <= level for level in levels)
        return int(value)


def _groups(floors: Sequence[Ranks]) -> Iterator[Mapping[int, Ranks]]:
    """The floors by their bits, in groups that are each small enough for one ruleset."""
    group: dict[int, Ranks] = {}
    facts: set[str] = set()
    for bit, floor in enumerate(floors):
        if len(group) == MOST_FLOORS or len(facts | floor.keys()) > MOST_FACTS:
            yield group
            group, facts = {}, set()
        group[bit] = floor
        facts |= floor.keys()
    if group:
        yield group


class _Ruleset:
    """One ruleset of durable-rules: a rule for each floor, named after its bit."""

    __slots__ = ("__weakref__", "_handle", "_library", "_lock", "_properties", "_rules")

    def __init__(self, library: _Library, floors: Mapping[int, Ranks], labels: set[str]) -> None:
        self._library = library
        # Numbered, since durable-rules tells names apart by a hash of 32 bits, and a fact may be called `sid`.
        names = dict.fromkeys(fact for floor in floors.values() for fact in floor)
        self._properties = {fact: f"f{number}" for number, fact in enumerate(names)}
        rules = {str(bit): {"all": [{"m": self._condition(floor, labels)}]} for bit, floor in floors.items()}
        self._rules = json.dumps(rules)
        self._lock = Lock()
        self._handle: int | None = self._create()

    def _condition(self, floor: Ranks, labels: set[str]) -> Mapping[str, Any]:
        """What the rule of a floor asks for; one that names no fact holds for every incident."""
        asked = ((self._properties[fact], rank, fact in labels) for fact, rank in floor.items())
        parts = ({"$or": [{p: rank}, {p: _ANY}]} if label else {"$gte": {p: rank}} for p, rank, label in asked)
        return {"$and": [{"incident": 1}, *parts]}

    def _create(self) -> int:
        handle = self._library.create_ruleset("floors", self._rules)
        # Fire every rule once: a session in which none has ever fired crashes the process when it is freed.
        self._fire(handle, dict.fromkeys(self._properties, _ANY))
        weakref.finalize(self, _free, self._library, handle).atexit = False
        return handle

    def fired(self, ranks: Ranks) -> int:
        """The mask of the floors that those ranks reach."""
        with self._lock:
            # Put back at the end only: one that an interrupt has left in the middle of a fact is not used again.
            handle, self._handle = self._handle or self._create(), None
            mask = self._fire(handle, ranks)
            self._handle = handle
        return mask

    def _fire(self, handle: int, ranks: Ranks) -> int:
        fact = json.dumps({**_INCIDENT, **{name: ranks[fact] for fact, name in self._properties.items()}})
        library, mask = self._library, 0
        outcome, state = library.assert_fact(handle, fact)
        if outcome != _NOT_HANDLED:
            match: str | None = library.start_action_for_state(handle, state)[1]
            while match:  # `{"<rule>": …`
                mask |= 1 << int(match.split('"', 2)[1])
                match = library.complete_and_start_action(handle, state)
            library.retract_fact(handle, fact)
        return mask


def _free(library: _Library, handle: int) -> None:
    library.delete_state(handle, _SESSION)
    library.delete_ruleset(handle)
