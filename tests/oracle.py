"""A second, naive evaluator, written from the words of the specification: the library is held equal to it.

A pack is plain data, as a YAML reader gives it, with text for every key. Facts are bare and valid; None is unknown.
Every call walks the pack from the start. Only the questions are found with some thrift (see `questions_for`), and
`questions_by_completions` says the same thing by the plain definition.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, NamedTuple

Data = dict[str, Any]
Value = Any  # the name of a level or of a label, a flag, a number, or None

LIMIT = 2_000_000
"""How many cases may be gone through before the oracle gives up."""

SECONDS = {"m": 60, "h": 3600, "d": 86400, "w": 604800}
OPENING, CLOSING = timedelta(hours=9), timedelta(hours=17)


# Scales and floors


def floors_of(when: Data | list[Data]) -> list[Data]:
    """One floor or a list of them, as a list."""
    return when if isinstance(when, list) else [when]


def value_of(pack: Data, facts: Data, name: str) -> Value:
    """The value of a fact, None if unknown. Unknown parts of a sum count nothing."""
    scale = pack["facts"][name]
    if "sum_of" in scale:
        return sum(facts.get(part) or 0 for part in scale["sum_of"])
    return facts.get(name)


def reaches(scale: Data, value: Value, level: Value) -> bool:
    """Whether a value on this scale is at the level or worse. For a label: whether it is the same."""
    if value is None:
        return False
    if "levels" in scale:
        order = list(scale["levels"])
        return order.index(value) >= order.index(level)
    if "label" in scale:
        return bool(value == level)
    if "measure" in scale and scale["measure"]["worse"] == "lower":
        return bool(value <= level)
    return bool(value >= level)


def holds(pack: Data, facts: Data, floor: Data) -> bool:
    """Whether every fact the floor names is known and reaches its level."""
    return all(reaches(pack["facts"][name], value_of(pack, facts, name), level) for name, level in floor.items())


def unknown_facts(pack: Data, facts: Data) -> list[str]:
    """The facts that could be given and are not, in the pack's order."""
    return [name for name, scale in pack["facts"].items() if "sum_of" not in scale and facts.get(name) is None]


def worst(scale: Data) -> Value:
    """The worst value of a scale; a label has none."""
    if "levels" in scale:
        return list(scale["levels"])[-1]
    if "flag" in scale:
        return True
    if "count" in scale:
        return math.inf
    if "measure" in scale:
        higher = scale["measure"]["worse"] == "higher"
        return scale["measure"].get("to", math.inf) if higher else scale["measure"].get("from", -math.inf)
    return None


def at_worst(pack: Data, facts: Data) -> Data:
    """The facts with each unknown one at its worst."""
    return facts | {name: worst(pack["facts"][name]) for name in unknown_facts(pack, facts)}


# Severity and criteria


def mildest(pack: Data) -> int:
    """The number of the mildest severity."""
    return max(int(number) for number in pack["severities"])


def criteria_of(pack: Data) -> Iterator[tuple[int, str, Data]]:
    """Severity, id and body of every criterion, worst first, then in the pack's order."""
    criteria = pack.get("criteria") or {}
    for number in sorted(criteria, key=int):
        for name, body in criteria[number].items():
            yield int(number), name, body


def severity(pack: Data, facts: Data) -> int:
    """The severity of the worst criterion met, else the mildest."""
    for number, _, body in criteria_of(pack):
        if any(holds(pack, facts, floor) for floor in floors_of(body["when"])):
            return number
    return mildest(pack)


def could_be(pack: Data, facts: Data) -> int:
    """The worst severity over all completions.

    A worse fact reaches whatever a milder one reaches, so no completion is worse than all unknown facts at their worst,
    and that one is a completion: any finite floor is reached by a count or measure that is large enough. Labels are
    tested by the mildest severity only, so they make no difference.
    """
    return severity(pack, at_worst(pack, facts))


def criteria_met(pack: Data, facts: Data, shown: Data) -> list[Data]:
    """Every criterion met by `facts`, with the values of its reached floors taken from `shown`."""
    met = []
    for number, name, body in criteria_of(pack):
        reached = [floor for floor in floors_of(body["when"]) if holds(pack, facts, floor)]
        if reached:
            because = {fact: shown[fact] for fact in pack["facts"] if any(fact in floor for floor in reached)}
            met.append({"id": name, "severity": number, "text": body["text"], "because": because})
    return met


def shown_values(pack: Data, facts: Data, *, unknown_part_hides_sum: bool) -> Data:
    """The value of every fact and sum, for `because`."""
    shown = {}
    for name, scale in pack["facts"].items():
        hidden = unknown_part_hides_sum and any(facts.get(part) is None for part in scale.get("sum_of", []))
        shown[name] = None if hidden else value_of(pack, facts, name)
    return shown


# Roster and war room


def covered_by(pack: Data, role: str) -> set[str]:
    """The roles that this one covers, directly or through others."""
    covered: set[str] = set()
    for other in (pack.get("covers") or {}).get(role, []):
        covered |= {other} | covered_by(pack, other)
    return covered


def is_there(pack: Data, role: str, roles: list[str]) -> bool:
    """Whether the role is among these or covered by one of them."""
    return any(role == other or role in covered_by(pack, other) for other in roles)


def roster_rows(pack: Data) -> Iterator[tuple[int, str, str, list[Data]]]:
    """Severity, role, duty and floors of every roster row; a row without a condition has the empty floor."""
    for number, rows in (pack.get("roster") or {}).items():
        for role, row in rows.items():
            if isinstance(row, str):
                yield int(number), role, row, [{}]
            else:
                yield int(number), role, row["duty"], floors_of(row.get("when", {}))


def rows_that_hold(pack: Data, facts: Data) -> set[tuple[int, str]]:
    """Severity and role of the roster rows whose condition holds."""
    return {
        (number, role)
        for number, role, _, floors in roster_rows(pack)
        if any(holds(pack, facts, floor) for floor in floors)
    }


def roster(pack: Data, at: int, holding: set[tuple[int, str]]) -> list[Data]:
    """The roster of a severity: its own rows, then those of each milder one, less those already there or covered."""
    there: list[Data] = []
    for level in range(at, mildest(pack) + 1):
        for number, role, duty, _ in roster_rows(pack):
            if number == level and (number, role) in holding and not is_there(pack, role, [r["role"] for r in there]):
                there.append({"role": role, "duty": duty})
    return there


def war_room_floors(pack: Data) -> Iterator[tuple[str, int, Data]]:
    """Reason, severity and floor on facts; a floor that names no severity has the mildest."""
    for reason, when in (pack.get("war_room") or {}).items():
        for floor in floors_of(when):
            on_facts = {name: level for name, level in floor.items() if name != "severity"}
            yield reason, floor.get("severity", mildest(pack)), on_facts


def war_room(pack: Data, facts: Data, at: int) -> Data:
    """Whether the war room opens at this severity, and the reasons in the pack's order."""
    reached = [reason for reason, least, floor in war_room_floors(pack) if at <= least and holds(pack, facts, floor)]
    because = list(dict.fromkeys(reached))
    return {"activate": bool(because), "because": because}


# SLA


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC; microseconds only if there are any."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def split_figure(text: str) -> tuple[str, str]:
    """Target and limit of a figure; a single one is both."""
    target, _, limit = text.partition("..")
    return target, limit or target


def split_duration(text: str) -> tuple[int, str]:
    """Amount and unit: `2bd` is 2 and `bd`."""
    unit = text.lstrip("0123456789")
    return int(text[: -len(unit)]), unit


def seconds(text: str) -> int | None:
    """The length of a duration; None for business time."""
    amount, unit = split_duration(text)
    return amount * SECONDS[unit] if unit in SECONDS else None


def after(start: datetime, text: str) -> datetime:
    """The earliest instant at which the duration has elapsed since `start`; OverflowError beyond the year 9999.

    Every working day has the same eight hours, so a business day is eight business hours. Nothing is divided,
    so there is nothing to round.
    """
    start = start.astimezone(UTC)
    amount, unit = split_duration(text)
    if unit in SECONDS:
        return start + timedelta(seconds=amount * SECONDS[unit])
    left = amount * (timedelta(hours=1) if unit == "bh" else CLOSING - OPENING)
    if not left:
        return start
    day = start.replace(hour=0, minute=0, second=0, microsecond=0)
    while True:
        if day.weekday() < 5:
            begin = max(start, day + OPENING)
            room = max(day + CLOSING - begin, timedelta(0))
            if left <= room:
                return begin + left
            left -= room
        day += timedelta(days=1)


def earliest(start: datetime | None, durations: list[str]) -> str | None:
    """The earliest end of these durations; None without a start; OverflowError if all lie beyond the year 9999."""
    if start is None:
        return None
    ends = []
    for text in durations:
        try:
            ends.append(after(start, text))
        except OverflowError:
            continue
    if not ends:
        raise OverflowError("the instant owed lies beyond the year 9999")
    return instant(min(ends))


def owed(printed: str, figures: list[str], opened_at: datetime | None) -> Data:
    """One target: the figure that is printed, and the earliest instants over all figures."""
    target, limit = split_figure(printed)
    return {
        "target": target,
        "limit": limit,
        "target_s": seconds(target),
        "limit_s": seconds(limit),
        "due": earliest(opened_at, [split_figure(figure)[0] for figure in figures]),
        "limit_at": earliest(opened_at, [split_figure(figure)[1] for figure in figures]),
    }


def sla(pack: Data, at: int, opened_at: datetime | None) -> Data:
    """The SLA of a severity. Every start is the opening."""
    levels = [(pack.get("sla") or {}).get(str(number), {}) for number in range(at, mildest(pack) + 1)]

    def target(key: str) -> Data | None:
        figures = [level[key] for level in levels if key in level]
        return owed(figures[0], figures, opened_at) if figures else None

    named = [(role, figure) for level in levels for role, figure in level.get("notify", {}).items()]
    rows: dict[str, str] = {}
    for role, figure in named:
        if not is_there(pack, role, list(rows)):
            rows[role] = figure
    notifications = []
    for role, printed in rows.items():
        stands_for = {role} | (covered_by(pack, role) - rows.keys())
        figures = [figure for other, figure in named if other in stands_for]
        notifications.append({"role": role} | owed(printed, figures, opened_at))
    return {
        "opened_at": None if opened_at is None else instant(opened_at),
        "initial_response": target("initial_response"),
        "status_updates": target("status_updates"),
        "notifications": notifications,
        "resolution": target("resolution"),
    }


# Completions


class Outcome(NamedTuple):
    """What an answer may change."""

    severity: int
    roster: tuple[tuple[str, str], ...]
    war_room: bool


def all_floors(pack: Data) -> list[Data]:
    """Every floor on facts: of criteria, roster and war room."""
    floors = [floor for _, _, body in criteria_of(pack) for floor in floors_of(body["when"])]
    floors += [floor for _, _, _, row_floors in roster_rows(pack) for floor in row_floors]
    return floors + [floor for _, _, floor in war_room_floors(pack)]


def answers(pack: Data, floors: list[Data], name: str) -> Sequence[Value]:
    """Values of a fact that are enough: any other value reaches the same of these floors as one of them does.

    For a count or measure on its own: a value that reaches nothing, and each level that a floor asks for.
    For a part of a sum: every number up to the highest level that is asked of it or of its sums; from there on it
    reaches all of those whatever the other parts are. No floor on a fact or its sums: no values at all.
    """
    scale = pack["facts"][name]
    levels = [floor[name] for floor in floors if name in floor]
    of_sums = [
        level for floor in floors for other, level in floor.items() if name in pack["facts"][other].get("sum_of", [])
    ]
    if not levels and not of_sums:
        return []
    if "levels" in scale or "label" in scale:
        return list(scale["levels"] if "levels" in scale else scale["label"])
    if "flag" in scale:
        return [False, True]
    if of_sums:
        return range(max(levels + of_sums) + 1)
    if "count" in scale:
        return [0, *sorted(set(levels))]
    measure = scale["measure"]
    harmless = measure.get("from", -math.inf) if measure["worse"] == "higher" else measure.get("to", math.inf)
    return [harmless, *sorted(set(levels))]


def open_answers(pack: Data, facts: Data, floors: list[Data]) -> dict[str, Sequence[Value]]:
    """The values that are enough for each unknown fact on which some floor depends."""
    every = {name: answers(pack, floors, name) for name in unknown_facts(pack, facts)}
    return {name: values for name, values in every.items() if values}


def combinations(values: dict[str, Sequence[Value]]) -> Iterator[tuple[Value, ...]]:
    """Every combination of these values; ValueError if they are too many."""
    if math.prod(len(some) for some in values.values()) > LIMIT:
        raise ValueError("too many completions for brute force")
    return product(*values.values())


def could_be_by_completions(pack: Data, facts: Data) -> int:
    """The worst severity over all completions, by going through them."""
    values = open_answers(pack, facts, [floor for _, _, body in criteria_of(pack) for floor in floors_of(body["when"])])
    return min(severity(pack, facts | dict(zip(values, chosen, strict=True))) for chosen in combinations(values))


def outcome(pack: Data, at: int, holding: set[tuple[int, str]], *, activate: bool) -> Outcome:
    """The outcome at a severity with these roster rows holding."""
    rows = tuple((row["role"], row["duty"]) for row in roster(pack, at, holding))
    return Outcome(at, rows, activate)


def outcome_of(pack: Data, facts: Data) -> Outcome:
    """The outcome of facts that are known as far as any floor asks."""
    at = severity(pack, facts)
    return outcome(pack, at, rows_that_hold(pack, facts), activate=war_room(pack, facts, at)["activate"])


def questions_by_completions(pack: Data, facts: Data) -> list[Data]:
    """The questions by the plain definition: for each completion of the others, compare all answers."""
    values = open_answers(pack, facts, all_floors(pack))
    outcomes = {
        chosen: outcome_of(pack, facts | dict(zip(values, chosen, strict=True))) for chosen in combinations(values)
    }
    asked = {}
    for place, name in enumerate(values):
        by_others: dict[tuple[Value, ...], set[Outcome]] = {}
        for chosen, result in outcomes.items():
            by_others.setdefault(chosen[:place] + chosen[place + 1 :], set()).add(result)
        asked[name] = list(by_others.values())
    return in_order(pack, facts, asked)


# Questions


def in_order(pack: Data, facts: Data, asked: dict[str, list[set[Outcome]]]) -> list[Data]:
    """The questions in order, from the outcomes of the answers to each fact in each completion of the others."""
    order = list(pack["facts"])
    found = []
    for name, completions in asked.items():
        if all(len(outcomes) == 1 for outcomes in completions):
            continue
        severities = [{result.severity for result in outcomes} for outcomes in completions]
        raised = [min(some) for some in severities if len(some) > 1]
        could_raise_to = min(raised) if raised else None
        key = (could_raise_to or math.inf, -unblocked_floors(pack, facts, name), order.index(name))
        found.append((key, {"fact": name, "ask": pack["facts"][name]["ask"], "could_raise_to": could_raise_to}))
    return [question for _, question in sorted(found, key=lambda pair: pair[0])]


def unblocked_floors(pack: Data, facts: Data, name: str) -> int:
    """The number of criteria's floors that name the fact and that no known fact blocks."""
    return sum(
        name in floor and not any(blocks(pack, facts, other, level) for other, level in floor.items())
        for _, _, body in criteria_of(pack)
        for floor in floors_of(body["when"])
    )


def blocks(pack: Data, facts: Data, name: str, level: Value) -> bool:
    """Whether the fact is known (a sum: all its parts) and does not reach the level."""
    scale = pack["facts"][name]
    known = all(facts.get(part) is not None for part in scale.get("sum_of", [name]))
    return known and not reaches(scale, value_of(pack, facts, name), level)


class Need(NamedTuple):
    """What is still asked of a fact, or of a sum whose known parts are already taken off."""

    name: str
    level: Value
    open_parts: frozenset[str]


Place = Any  # of a roster row its severity and role; else a severity


class Condition(NamedTuple):
    """A floor as far as it is still open, and what it is for. One without needs is reached."""

    kind: str  # severity, row or war_room
    at: Place
    needs: frozenset[Need]


def conditions_of(pack: Data) -> frozenset[Condition]:
    """Every floor that severity, roster or opening the war room depends on."""

    def condition(kind: str, at: Place, floor: Data) -> Condition:
        parts = {name: frozenset(pack["facts"][name].get("sum_of", [name])) for name in floor}
        return Condition(kind, at, frozenset(Need(name, level, parts[name]) for name, level in floor.items()))

    last = mildest(pack)
    found = [
        condition("severity", number, floor)
        for number, _, body in criteria_of(pack)
        for floor in floors_of(body["when"])
        if number < last
    ]
    found += [condition("row", (number, role), floor) for number, role, _, fs in roster_rows(pack) for floor in fs]
    found += [condition("war_room", least, floor) for _, least, floor in war_room_floors(pack)]
    return frozenset(found)


def with_answer(pack: Data, condition: Condition, fact: str, value: Value) -> Condition | None:
    """What is left of a condition once a fact is known; None if it can no longer hold."""
    needs = set()
    for need in condition.needs:
        if fact not in need.open_parts:
            needs.add(need)
        elif need.name == fact:
            if not reaches(pack["facts"][fact], value, need.level):
                return None
        elif need.level > value:
            rest = Need(need.name, need.level - value, need.open_parts - {fact})
            if not rest.open_parts:
                return None
            needs.add(rest)
    return condition._replace(needs=frozenset(needs))


def without_idle(conditions: set[Condition]) -> frozenset[Condition]:
    """Leave out the conditions that make no difference beside one that is already reached."""
    reached = [condition for condition in conditions if not condition.needs]
    severities = [condition.at for condition in reached if condition.kind == "severity"]
    rows = {condition.at for condition in reached if condition.kind == "row"}
    reasons = [condition.at for condition in reached if condition.kind == "war_room"]

    def idle(condition: Condition) -> bool:
        if condition.kind == "severity":
            return any(condition.at > number or (condition.at == number and condition.needs) for number in severities)
        if condition.kind == "row":
            return condition.at in rows and bool(condition.needs)
        return any(condition.at < number or (condition.at == number and condition.needs) for number in reasons)

    return frozenset(condition for condition in conditions if not idle(condition))


class Search:
    """Goes through the completions fact by fact, taking together those that leave the same conditions open.

    A set of conditions says all that matters of the facts known so far, so only the distinct sets are kept.
    """

    def __init__(self, pack: Data, values: dict[str, Sequence[Value]]) -> None:
        self.pack = pack
        self.values = values
        self.memory: dict[tuple[Condition, str, Value], Condition | None] = {}

    def answered(self, conditions: frozenset[Condition], fact: str, value: Value) -> frozenset[Condition]:
        """What is left of the conditions once a fact is known."""
        left = set()
        for condition in conditions:
            key = (condition, fact, value)
            if key not in self.memory:
                self.memory[key] = with_answer(self.pack, condition, fact, value)
            rest = self.memory[key]
            if rest is not None:
                left.add(rest)
        return without_idle(left)

    def completed(self, states: set[frozenset[Condition]], names: list[str]) -> set[frozenset[Condition]]:
        """All that may be left of these states once the named facts are known."""
        for name in names:
            if len(states) * len(self.values[name]) > LIMIT:
                raise ValueError("too many completions for brute force")
            states = {self.answered(state, name, value) for state in states for value in self.values[name]}
        return states

    def final(self, conditions: frozenset[Condition]) -> Outcome:
        """The outcome when every fact is known, so that every condition left is reached."""
        severities = [condition.at for condition in conditions if condition.kind == "severity"]
        at = min(severities, default=mildest(self.pack))
        holding = {condition.at for condition in conditions if condition.kind == "row"}
        activate = any(condition.kind == "war_room" and at <= condition.at for condition in conditions)
        return outcome(self.pack, at, holding, activate=activate)

    def each(self, states: set[frozenset[Condition]], names: list[str]) -> Iterator[tuple[str, list[set[Outcome]]]]:
        """For each of the names: the outcomes of its answers, in every state after all the other names are known."""
        if len(names) == 1:
            name = names[0]
            answered = [{self.answered(state, name, value) for value in self.values[name]} for state in states]
            yield name, [{self.final(state) for state in some} for some in answered]
        elif names:
            half = len(names) // 2
            yield from self.each(self.completed(states, names[half:]), names[:half])
            yield from self.each(self.completed(states, names[:half]), names[half:])


def questions_for(pack: Data, facts: Data) -> list[Data]:
    """The questions: as `questions_by_completions`, in less time."""
    search = Search(pack, open_answers(pack, facts, all_floors(pack)))
    given = conditions_of(pack)
    for name, scale in pack["facts"].items():
        if "sum_of" not in scale and facts.get(name) is not None:
            given = search.answered(given, name, facts[name])
    return in_order(pack, facts, dict(search.each({given}, list(search.values))))


# The whole


def classify(  # noqa: PLR0913 -- the arguments of what is held equal to it
    pack: Data,
    facts: Data,
    *,
    opened_at: datetime | None = None,
    id: str | None = None,
    assume: str = "known",
    questions: bool = True,
) -> Data:
    """The classification as plain data. With `questions=False` that key is left out, which is much faster."""
    taken = at_worst(pack, facts) if assume == "worst" else facts
    at = severity(pack, taken)
    result = {
        "schema": 1,
        "id": id,
        "severity": at,
        "name": pack["severities"][str(at)],
        "could_be": could_be(pack, facts),
        "criteria": criteria_met(pack, taken, shown_values(pack, facts, unknown_part_hides_sum=assume == "worst")),
        "sla": sla(pack, at, opened_at),
        "roster": roster(pack, at, rows_that_hold(pack, taken)),
        "war_room": war_room(pack, taken, at),
    }
    if questions:
        result["questions"] = questions_for(pack, facts)
    return result | {"pack": {"name": pack["name"], "version": pack["version"]}}
