"""What to find out next: the unknown facts whose answer may change the severity, the roster or the war room. Exact.

An answer matters if, in some completion of the other unknown facts, two answers give different results. All rules are
floors, so it is enough to try, for each floor that the fact helps to reach, the *least* completions under which it
does: in any worse one the difference, if it was there at all, can only have gone. The proof stands in
`docs/explanation/semantics.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache, partial
from typing import TYPE_CHECKING

from sevclass.asking import NOTHING, Asking, Helped, told
from sevclass.classification import Question
from sevclass.evaluate import Evaluator, Row, positions
from sevclass.scales import Facts, Flag, Floor, Label, Levels, Masks, SumOf, Value
from sevclass.shortcuts import Now, Shortcuts
from sevclass.unrolled import Standing

if TYPE_CHECKING:
    from sevclass.completions import Completions

MOST_BYTES = 2**24
"""About the most that is remembered of what masks decide."""
_MOST_KEPT = 4096
MOST_WAYS = 2_000
"""The most ways to change the roster that are tried for one fact; what needs more is asked, as with completions."""
MOST_TRIES = 10_000
"""The most that are tried for all the questions of an incident."""


class Questioner:
    """Finds the questions of one pack. Immutable after construction."""

    __slots__ = (
        "__dict__",
        "_above",
        "_changing",
        "_evaluator",
        "_facts",
        "_room",
        "_shortcuts",
        "_sums",
        "question",
    )

    def __init__(self, evaluator: Evaluator, asks: Mapping[str, str]) -> None:
        """`asks`: the question of each input fact, in the pack's order."""
        self._evaluator = evaluator
        sums = {name: scale for name, scale in evaluator.scales.items() if isinstance(scale, SumOf)}
        self._sums = {fact: {name: scale for name, scale in sums.items() if fact in scale.parts} for fact in asks}
        self._changing = {fact: _helped(evaluator.conditions, fact, self._sums[fact]) for fact in asks}
        self._facts, self._room = cache(self._at), [MOST_BYTES]
        self._above = len(evaluator.criteria_floors)
        ranked = list(asks.items())

        def question(key: int) -> Question:
            rank, worst = told(key)
            fact, ask = ranked[rank]
            return Question(fact=fact, ask=ask, could_raise_to=worst)

        # There are few of them, and they are immutable.
        self.question = lru_cache(maxsize=_MOST_KEPT)(question)
        self._shortcuts = Shortcuts(evaluator, self._sums)

    @cached_property
    def completions(self) -> Completions:
        """What unknown facts may turn out to be."""
        from sevclass.completions import Completions  # it is seldom that nothing else tells

        return Completions(self._evaluator, self._sums)

    def questions(self, facts: Facts) -> tuple[Question, ...]:
        """The questions worth asking, most useful first."""
        evaluator = self._evaluator
        standing = evaluator.stand(facts)
        severity = evaluator.worst(standing[0])
        is_open = evaluator.war_room_at(severity, standing[1]).activate
        return tuple(map(self.question, self.found(facts, severity, standing, is_open=is_open)))

    def found(self, facts: Facts, severity: int, standing: Standing, *, is_open: bool) -> list[int]:
        """The questions as numbers, most useful first; `question` has them in words.

        It is known how severe the incident is, and whether the war room is open.
        """
        _, reached, criteria, conditions = standing
        unblocked = criteria | conditions << self._above
        now = None
        found = []
        for fact, mask, asking in self._facts(severity, is_open):
            if facts[fact] is None and (key := asking[unblocked & mask]):
                if key < 0:
                    now = now or Now(facts, severity, reached, criteria, conditions, [MOST_TRIES])
                    if not (key := self._decided(asking, unblocked, -key, now)):
                        continue
                found.append(key)
        found.sort()
        return found

    def _at(self, severity: int, is_open: bool) -> Sequence[tuple[str, int, Asking]]:  # noqa: FBT001 - of a cache
        """The facts that can be asked about, in the pack's order, each with the floors that concern it."""
        evaluator, shortcuts = self._evaluator, self._shortcuts
        masks, above = evaluator.criteria_masks, self._above
        found = []
        for rank, (fact, changing) in enumerate(self._changing.items()):
            helped = Helped(
                rank=rank,
                naming=masks.naming.get(fact, 0),
                raising=_helped(masks, fact, self._sums[fact]) & shortcuts.up_to[severity - 1],
                plain=shortcuts.plain(fact),
                opening=0 if is_open else (changing & evaluator.opening) << above,
                alone=0 if is_open else shortcuts.opens_alone(fact, severity) << above,
                summoning=(changing & shortcuts.bringing_in(severity)) << above,
            )
            found.append((fact, helped.mask, Asking(fact, helped, evaluator.severity_of, self._room)))
        return found

    def _decided(self, asking: Asking, unblocked: int, lesser: int, now: Now) -> int:
        """The question about a fact as a number, 0 if there is none, where masks alone do not tell.

        `lesser`: the question if no answer raises the severity.
        """
        fact, helped = asking.fact, asking.helped
        if (floors := unblocked & helped.raising) and (worst := self._raises(fact, floors, now)):
            return asking.key(worst, unblocked)
        matters = (
            unblocked & helped.alone
            or (unblocked & helped.opening and self._opens(fact, now))
            or (unblocked & helped.summoning and self._summons(fact, now))
        )
        return lesser if matters else NOTHING

    def _raises(self, fact: str, floors: int, now: Now) -> int | None:
        """The worst severity that an answer gives where another answer gives a milder one.

        `floors`: those that would make it worse, and that the fact helps to reach.
        """
        evaluator = self._evaluator
        for bit in positions(floors):
            worse = evaluator.severity_of[bit + 1]
            if self._shortcuts.raises(fact, bit, now.facts, now.criteria):
                return worse
            floor = evaluator.criteria_floors[bit]
            if self.completions.any(fact, now, [floor], partial(self._is_milder, worse)):
                return worse
        return None

    def _is_milder(self, severity: int, rest: Facts) -> bool:
        return self._evaluator.severity(rest) > severity

    def _opens(self, fact: str, now: Now) -> bool:
        """Whether an answer decides if the war room opens, for a fact that never changes the severity."""
        evaluator = self._evaluator
        hopeful = now.conditions & self._changing[fact]
        for reason in evaluator.reasons:
            if reason.bit & hopeful:
                floor = evaluator.condition_floors[reason.bit.bit_length() - 1]
                for cause, _ in self._causes(now, reason.severity):
                    if self.completions.any(fact, now, [floor, *cause], self._is_closed):
                        return True
        return False

    def _is_closed(self, rest: Facts) -> bool:
        return not self._evaluator.war_room(self._evaluator.severity(rest), rest).activate

    def _summons(self, fact: str, now: Now) -> bool:
        """Whether answers give different rosters, for a fact that never changes the severity.

        Where two rosters differ, the first row in which they do is one that the fact brings in, against a later row
        or none; the floors of both, and one that makes the severity, are all that a completion has to reach.
        """
        if self._shortcuts.summons(fact, now):
            return True
        differ = partial(self._differ, fact)
        for tries, needs in enumerate(self._reasons_to_summon(fact, now)):
            if tries == MOST_WAYS or self.completions.any(fact, now, needs, differ, labels=True):
                return True
        return False

    def _reasons_to_summon(self, fact: str, now: Now) -> Iterator[list[Floor]]:
        """What has to hold beside the answer: for each row that it may bring in."""
        evaluator = self._evaluator
        hopeful = now.conditions & self._changing[fact]
        worst = evaluator.severity_of[(now.criteria & -now.criteria).bit_length()]
        for place, row in enumerate(evaluator.rows):
            if not row.bits & hopeful or not any(
                self._shortcuts.seen(place, severity) for severity in range(worst, row.severity + 1)
            ):
                continue
            for bit in positions(row.bits & hopeful):
                floor = evaluator.condition_floors[bit]
                for cause, severity in self._causes(now, row.severity):
                    if self._shortcuts.seen(place, severity):
                        yield from ([floor, *cause, *other] for other in self._others(row, now.conditions))

    def _others(self, row: Row, unblocked: int) -> Iterator[list[Floor]]:
        """No floor, or one of another row that depends on something."""
        yield []
        for other in self._evaluator.rows:
            if other is not row:
                yield from ([self._evaluator.condition_floors[bit]] for bit in positions(other.bits & unblocked))

    def _causes(self, now: Now, severity: int) -> Iterator[tuple[list[Floor], int]]:
        """What makes the incident of that severity or worse, and the severity it makes.

        Nothing more where it already is; then each floor that unknown facts may still reach and that would make it
        worse than it is.
        """
        if now.severity <= severity:
            yield [], now.severity
        evaluator = self._evaluator
        for bit in positions(now.criteria):
            made = evaluator.severity_of[bit + 1]
            if made > severity or made >= now.severity:
                return
            yield [evaluator.criteria_floors[bit]], made

    def _differ(self, fact: str, rest: Facts) -> bool:
        """Whether answers give different rosters."""
        completed = ({**rest, fact: answer} for answer in self._answers(fact, rest))
        return len({self._evaluator.roster(self._evaluator.severity(facts), facts) for facts in completed}) > 1

    def _answers(self, fact: str, rest: Facts) -> Sequence[Value | None]:
        """Answers that stand for all: every level, or for a number its harmless end and every threshold."""
        scale = self._evaluator.scales[fact]
        if isinstance(scale, Levels | Label):
            return scale.names
        if isinstance(scale, Flag):
            return (False, True)
        named = [floor[fact] for floor in self._evaluator.condition_floors if fact in floor]
        for name, total in self._sums[fact].items():
            known = total.known(rest)
            named += [max(int(floor[name]) - known, 0) for floor in self._evaluator.condition_floors if name in floor]
        return (None, *named)


def _helped(masks: Masks, fact: str, sums: Iterable[str]) -> int:
    """The floors that name the fact or a sum it is part of."""
    mask = masks.naming.get(fact, 0)
    for name in sums:
        mask |= masks.naming.get(name, 0)
    return mask
