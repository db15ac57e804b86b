"""What to find out next: the unknown facts whose answer may change the severity, the roster or the war room. Exact.

An answer matters if, in some completion of the other unknown facts, two answers give different results. All rules are
floors, so it is enough to try, for each floor that the fact helps to reach, the *least* completions under which it
does: in any worse one the difference, if it was there at all, can only have gone. The proof stands in
`docs/explanation/semantics.md`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import product

from sevclass.classification import Question
from sevclass.evaluate import Evaluator, Row, positions
from sevclass.scales import COUNT_MAX, Facts, Flag, Floor, Label, Levels, Masks, SumOf, Value
from sevclass.shortcuts import Now, Shortcuts
from sevclass.unrolled import Standing

_LAST = 100  # after every severity
MOST_SHARES = 500
"""The most ways to share out a sum that are all tried; above it only those that go just up to a threshold."""
MOST_COMPLETIONS = 2_000
"""The most completions that are tried for one set of floors; what needs more is asked, whether it matters or not."""
MOST_TRIES = 10_000
"""The most that are tried for all the questions of an incident."""


class Questioner:
    """Finds the questions of one pack. Immutable after construction."""

    __slots__ = ("_changing", "_evaluator", "_helped", "_labels", "_shortcuts", "_sums", "_thresholds", "question")

    def __init__(self, evaluator: Evaluator, asks: Mapping[str, str]) -> None:
        """`asks`: the question of each input fact, in the pack's order."""
        self._evaluator = evaluator
        sums = {name: scale for name, scale in evaluator.scales.items() if isinstance(scale, SumOf)}
        self._sums = {fact: {name: scale for name, scale in sums.items() if fact in scale.parts} for fact in asks}
        self._changing = {fact: _helped(evaluator.conditions, fact, self._sums[fact]) for fact in asks}
        naming, masks = evaluator.criteria_masks.naming, evaluator.criteria_masks
        self._helped = [
            (fact, rank, naming.get(fact, 0), _helped(masks, fact, self._sums[fact]), self._changing[fact])
            for rank, fact in enumerate(asks)
        ]
        """Each fact that can be asked about, its rank, and the floors that name it or that it helps to reach."""
        # There are few of them, and they are immutable.
        self.question = cache(lambda fact, worst: Question(fact=fact, ask=asks[fact], could_raise_to=worst))
        self._shortcuts = Shortcuts(evaluator, self._sums)
        tested = evaluator.conditions.naming
        self._labels = {n: s.names for n, s in evaluator.scales.items() if isinstance(s, Label) and n in tested}
        floors = (*evaluator.criteria_floors, *evaluator.condition_floors)
        self._thresholds = {
            part: sorted({int(floor[part]) for floor in floors if part in floor}) for part in asks if self._sums[part]
        }

    def questions(self, facts: Facts) -> tuple[Question, ...]:
        """The questions worth asking, most useful first."""
        evaluator = self._evaluator
        standing = evaluator.stand(facts)
        severity = evaluator.worst(standing[0])
        is_open = evaluator.war_room_at(severity, standing[1]).activate
        found = self.found(facts, severity, standing, is_open=is_open)
        return tuple([self.question(fact, worst) for fact, worst in found])

    def found(
        self, facts: Facts, severity: int, standing: Standing, *, is_open: bool
    ) -> Sequence[tuple[str, int | None]]:
        """The facts to ask about, each with the worst severity that an answer could raise it to.

        It is known how severe the incident is, and whether the war room is open.
        """
        unknown = [row for row in self._helped if facts[row[0]] is None]
        if not unknown:
            return ()
        evaluator, shortcuts = self._evaluator, self._shortcuts
        _, reached, criteria, conditions = standing
        now = Now(facts, severity, reached, criteria, conditions, [MOST_TRIES])
        worse = criteria & shortcuts.up_to[severity - 1]
        opening, summoning = 0 if is_open else conditions & evaluator.opening, conditions & evaluator.conditional
        keyed: list[tuple[int, int, int, tuple[str, int | None]]] = []
        for fact, rank, naming, raising, changing in unknown:
            worst = None
            if floors := worse & raising:
                first = floors & -floors
                plainly = first & shortcuts.plain(fact)
                worst = evaluator.severity_of[first.bit_length()] if plainly else self._raises(fact, floors, now)
            if worst is not None:
                keyed.append((worst, -(naming & criteria).bit_count(), rank, (fact, worst)))
            elif (opening & changing and self._opens(fact, now)) or (summoning & changing and self._summons(fact, now)):
                keyed.append((_LAST, -(naming & criteria).bit_count(), rank, (fact, None)))
        keyed.sort()  # no two have the same rank
        return [asked for _, _, _, asked in keyed]

    def least(self, floor: Floor) -> Sequence[Facts] | None:
        """The least facts with which a floor is reached; None if there are too many to list."""
        nothing = dict.fromkeys(self._sums)
        try:
            return list(_few(self._completions("", nothing, [floor], labels=False), [MOST_COMPLETIONS]))
        except _TooManyError:
            return None

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
            if self._any(fact, now, [floor], partial(self._is_milder, worse)):
                return worse
        return None

    def _is_milder(self, severity: int, rest: Facts) -> bool:
        return self._evaluator.severity(rest) > severity

    def _opens(self, fact: str, now: Now) -> bool:
        """Whether an answer decides if the war room opens, for a fact that never changes the severity."""
        evaluator = self._evaluator
        hopeful = now.conditions & self._changing[fact]
        if self._shortcuts.opens(fact, now.severity, hopeful):
            return True
        for reason in evaluator.reasons:
            if reason.bit & hopeful:
                floor = evaluator.condition_floors[reason.bit.bit_length() - 1]
                for cause, _ in self._causes(now, reason.severity):
                    if self._any(fact, now, [floor, *cause], self._is_closed):
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
            if tries == MOST_COMPLETIONS or self._any(fact, now, needs, differ, labels=True):
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

    def _any(
        self, fact: str, now: Now, needs: Iterable[Floor], is_so: Callable[[Facts], bool], *, labels: bool = False
    ) -> bool:
        """Whether it is so in one of the least completions, or they are too many to tell."""
        try:
            return any(map(is_so, _few(self._completions(fact, now.facts, needs, labels=labels), now.left)))
        except _TooManyError:
            return True

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

    def _completions(
        self, fact: str, facts: Facts, needs: Iterable[Floor], *, labels: bool
    ) -> Iterator[dict[str, Value | None]]:
        """The least completions of the other unknown facts with which a bad answer of `fact` reaches all of `needs`.

        Harmless is written as unknown, which is evaluated alike. Labels have no harmless end: with `labels` each name
        is tried, where the roster tests it; nothing else depends on one.
        """
        scales = self._evaluator.scales
        rest = dict(facts)
        totals: list[tuple[SumOf, int]] = []
        for floor in needs:
            for name, level in floor.items():
                scale = scales[name]
                if isinstance(scale, SumOf):
                    if fact not in scale.parts:
                        totals.append((scale, int(level)))
                elif name != fact and facts[name] is None:
                    so_far = rest[name]
                    if isinstance(scale, Label) and so_far not in (None, level):
                        return
                    if so_far is None or scale.order(level) > scale.order(so_far):
                        rest[name] = level
        tested = self._labels if labels else {}
        names = {name: names for name, names in tested.items() if name != fact and rest[name] is None}
        for chosen in product(*names.values()):
            yield from self._shared_out(fact, facts, {**rest, **dict(zip(names, chosen, strict=True))}, totals)

    def _shared_out(
        self, fact: str, facts: Facts, rest: dict[str, Value | None], totals: Sequence[tuple[SumOf, int]]
    ) -> Iterator[dict[str, Value | None]]:
        """`rest` with the unknown parts of sums raised, in every way that may matter, until each total is reached."""
        if not totals:
            yield rest
            return
        (scale, level), *others = totals
        missing = level - scale.known(rest)
        if missing <= 0:
            yield from self._shared_out(fact, facts, rest, others)
            return
        parts = [part for part in scale.parts if facts[part] is None]
        for shares in self._shares(parts, missing, rest):
            raised = {part: int(rest[part] or 0) + share for part, share in zip(parts, shares, strict=True)}
            yield from self._shared_out(fact, facts, {**rest, **raised}, others)

    def _shares(self, parts: Sequence[str], missing: int, rest: Facts) -> Iterator[tuple[int, ...]]:
        """Ways to share `missing` out over the parts."""
        if math.comb(missing + len(parts) - 1, len(parts) - 1) <= MOST_SHARES:
            yield from _compositions(missing, len(parts))
            return
        # A part in a second sum would have to be weighed against that one too.
        if any(len(self._sums[part]) > 1 for part in parts):
            raise _TooManyError
        caps = [
            [t - 1 - int(rest[p] or 0) for t in self._thresholds[p] if t > int(rest[p] or 0)] + [COUNT_MAX]
            for p in parts
        ]
        for cap in product(*caps):
            if sum(cap) >= missing:
                yield _filled(missing, cap)


def _helped(masks: Masks, fact: str, sums: Iterable[str]) -> int:
    """The floors that name the fact or a sum it is part of."""
    mask = masks.naming.get(fact, 0)
    for name in sums:
        mask |= masks.naming.get(name, 0)
    return mask


class _TooManyError(Exception):
    """There are more completions than can be tried."""


def _few(completions: Iterable[Facts], left: list[int]) -> Iterator[Facts]:
    for number, completion in enumerate(completions):
        if number == MOST_COMPLETIONS or not left[0]:
            raise _TooManyError
        left[0] -= 1
        yield completion


def _filled(missing: int, caps: Sequence[int]) -> tuple[int, ...]:
    """Fill the parts one after the other, each up to its cap."""
    shares = []
    for cap in caps:
        shares.append(min(missing, cap))
        missing -= shares[-1]
    return tuple(shares)


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Every way to write `total` as an ordered sum of `parts` whole numbers."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        yield from ((first, *others) for others in _compositions(total - first, parts - 1))
