"""The evaluator: facts in, what follows from them out. Pure: no clock, no file, no global.

The floors of all criteria are compiled to one set of masks, worst severity first, so that the lowest bit left
standing is the severity. The conditions of roster rows and war-room reasons are compiled to a second set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TypeAlias

from sevclass.classification import Assume, Because, MetCriterion, RosterRow, WarRoom
from sevclass.covers import Covers
from sevclass.document import PackDocument, as_named, scales_of
from sevclass.scales import Facts, Floor, Masks, Scale, SumOf, Value
from sevclass.unrolled import Standing, UnrolledMasks, standing

MasksFactory: TypeAlias = Callable[[Mapping[str, Scale], Sequence[Floor]], Masks]


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A criterion and the bits of its floors."""

    id: str
    severity: int
    text: str
    bits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A row of the roster; `bits` are the floors of its condition, 0 if it has none."""

    severity: int
    role: str
    duty: str
    bits: int

    def holds(self, mask: int) -> bool:
        """Whether the row's condition is met, or it has none."""
        return not self.bits or bool(self.bits & mask)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A floor that opens the war room: its bit, and the severity it asks for too (the mildest if it names none)."""

    id: str
    severity: int
    bit: int


class Evaluator:
    """A pack compiled. Immutable after construction, so threads may share it."""

    __slots__ = (
        "__dict__",
        "_criterion_of",
        "_differing",
        "_order",
        "_roster",
        "_war_room",
        "condition_floors",
        "conditional",
        "conditions",
        "covers",
        "criteria",
        "criteria_floors",
        "criteria_masks",
        "mildest",
        "named",
        "names",
        "opening",
        "reasons",
        "rows",
        "scales",
        "severity_of",
    )

    def __init__(self, document: PackDocument, covers: Covers, masks: MasksFactory = UnrolledMasks) -> None:
        self.scales = scales_of(document)
        self._order = {fact: place for place, fact in enumerate(self.scales)}
        self.covers = covers
        self.names = {int(number): name for number, name in document["severities"].items()}
        self.mildest = len(self.names)
        floors: list[Floor] = []
        severities: list[int] = []

        def bits(more: Sequence[Floor]) -> int:
            first = len(floors)
            floors.extend(as_named(floor, self.scales) for floor in more)
            return ((1 << len(more)) - 1) << first

        criteria = document.get("criteria", {})
        found: list[Criterion] = []
        for severity in range(1, self.mildest + 1):
            for id_, criterion in criteria.get(str(severity), {}).items():
                found.append(Criterion(id=id_, severity=severity, text=criterion["text"], bits=bits(criterion["when"])))
                severities.extend([severity] * len(criterion["when"]))
        self.criteria = tuple(found)
        self._criterion_of = [place for place, c in enumerate(found) for _ in range(c.bits.bit_count())]
        self.named = lru_cache(maxsize=4096)(self._named)
        """The facts that floors of the criteria name, by their mask, in the pack's order."""
        self.criteria_floors = tuple(floors)
        self.criteria_masks = masks(self.scales, floors)
        self.severity_of = (self.mildest, *severities)
        """Severity by the position of the lowest bit, counted from 1; at 0 that of no floor at all."""

        floors, roster = [], document.get("roster", {})
        self.rows = tuple(
            Row(severity=severity, role=role, duty=row["duty"], bits=bits(row.get("when", ())))
            for severity in range(1, self.mildest + 1)
            for role, row in roster.get(str(severity), {}).items()
        )
        self.reasons = tuple(
            Reason(
                id=id_,
                severity=int(floor.get("severity", self.mildest)),
                bit=bits([{f: v for f, v in floor.items() if f != "severity"}]),
            )
            for id_, reason_floors in document.get("war_room", {}).items()
            for floor in reason_floors
        )
        self.condition_floors = tuple(floors)
        self.conditions = masks(self.scales, floors)
        self.conditional = sum(row.bits for row in self.rows)
        """The floors on which rows of the roster depend."""
        # What follows from a severity and the conditions that hold is worked out once: they are few.
        self._roster = lru_cache(maxsize=1024)(self._walk)
        self._differing = lru_cache(maxsize=1024)(self._differ)
        self.opening = sum(reason.bit for reason in self.reasons)
        """The floors that open the war room."""
        self._war_room = lru_cache(maxsize=1024)(self._open)

    @cached_property
    def stand(self) -> Callable[[Facts], Standing]:
        """What all masks tell of facts."""
        criteria, conditions = self.criteria_masks, self.conditions

        def by_each(facts: Facts) -> Standing:
            return (
                criteria.reached(facts),
                conditions.reached(facts),
                criteria.unblocked(facts),
                conditions.unblocked(facts),
            )

        if not isinstance(criteria, UnrolledMasks):
            return by_each
        return standing(self.scales, self.criteria_floors, self.condition_floors) or by_each

    def severity(self, facts: Facts, assume: Assume = "known") -> int:
        """The worst severity of the criteria met.

        With `assume="worst"` it is the worst over all that the unknown facts may turn out to be.
        """
        masks = self.criteria_masks
        # Only criteria of the mildest severity test a label, so here even an unknown one may count as any name.
        return self.worst(masks.reached(facts) if assume == "known" else masks.unblocked(facts))

    def worst(self, mask: int) -> int:
        """The severity that floors of the criteria make."""
        return self.severity_of[(mask & -mask).bit_length()]

    def met(self, facts: Facts, assume: Assume) -> Iterator[MetCriterion]:
        """Every criterion met, worst first, in the pack's order."""
        for place, hit in self.hits(_reading(self.criteria_masks, assume)(facts)):
            criterion = self.criteria[place]
            because = tuple((fact, self._value(fact, facts, assume)) for fact in self.named(hit))
            yield MetCriterion(
                id=criterion.id, severity=criterion.severity, text=criterion.text, because=Because(because)
            )

    def hits(self, mask: int) -> Iterator[tuple[int, int]]:
        """The place of each criterion that floors of the mask meet, worst first, and those floors."""
        while mask:
            place = self._criterion_of[(mask & -mask).bit_length() - 1]
            hit = mask & self.criteria[place].bits
            yield place, hit
            mask ^= hit

    def _named(self, mask: int) -> tuple[str, ...]:
        named = {fact for bit in positions(mask) for fact in self.criteria_floors[bit]}
        return tuple(sorted(named, key=self._order.__getitem__))

    def _value(self, fact: str, facts: Facts, assume: Assume) -> Value | None:
        scale = self.scales[fact]
        if not isinstance(scale, SumOf):
            return facts[fact]
        return None if assume == "worst" and scale.open(facts) else scale.known(facts)

    def roster(self, severity: int, facts: Facts, assume: Assume = "known") -> tuple[RosterRow, ...]:
        """The rows of a severity that hold, then those of each milder one that are neither there nor covered."""
        return self.roster_at(severity, _reading(self.conditions, assume)(facts))

    def roster_at(self, severity: int, mask: int) -> tuple[RosterRow, ...]:
        """The same where the conditions that hold are known."""
        return self._roster(severity, mask & self.conditional)

    def differ(self, severity: int, mask: int, other: int) -> bool:
        """Whether the roster of a severity is another where other conditions hold."""
        return self._differing(severity, mask & self.conditional, other & self.conditional)

    def _differ(self, severity: int, mask: int, other: int) -> bool:
        return self._roster(severity, mask) != self._roster(severity, other)

    def _walk(self, severity: int, mask: int) -> tuple[RosterRow, ...]:
        groups = [
            [row for row in self.rows if row.severity == s and row.holds(mask)]
            for s in range(severity, self.mildest + 1)
        ]
        duties = [{row.role: row.duty for row in group} for group in groups]
        return tuple(RosterRow(role=role, duty=duties[index][role]) for index, role in self.covers.standing(duties))

    def never_seen(self, severity: int, row: Row) -> bool:
        """Whether the row adds nothing at that severity: one before it that always holds has or covers the role."""
        before = self.rows[: self.rows.index(row)]
        others = {other.role for other in before if other.severity >= severity and not other.bits}
        return any(role == row.role or row.role in self.covers.covered_by(role) for role in others)

    def war_room(self, severity: int, facts: Facts, assume: Assume = "known") -> WarRoom:
        """The reasons that hold, each once, in the pack's order."""
        return self.war_room_at(severity, _reading(self.conditions, assume)(facts))

    def war_room_at(self, severity: int, mask: int) -> WarRoom:
        """The same where the conditions that hold are known."""
        return self._war_room(severity, mask & self.opening)

    def _open(self, severity: int, mask: int) -> WarRoom:
        because = dict.fromkeys(
            reason.id for reason in self.reasons if reason.bit & mask and severity <= reason.severity
        )
        return WarRoom(activate=bool(because), because=tuple(because))


def _reading(masks: Masks, assume: Assume) -> Callable[[Facts], int]:
    return masks.reached if assume == "known" else masks.at_worst


def positions(mask: int) -> Iterator[int]:
    """The positions of the bits set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
