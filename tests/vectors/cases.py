"""The cases of the vectors: facts that lie close to what the floors of a pack ask, and what the oracle says of them."""

from __future__ import annotations

import math
from datetime import datetime
from typing import Any, Literal, TypedDict
from zlib import crc32

from tests import oracle
from tests.strategies import COUNT_MAX, Data, Value, given_facts, kind_of
from tests.vectors.draws import Draws

Assume = Literal["known", "worst"]

CASES = {"support": 160, "levels": 40, "measures": 140, "sums": 50, "roster": 40, "business": 40}
"""How many cases a pack has, where it is not FEW."""
FEW = 24

# A working morning, a working evening, a night, a weekend, an offset, a microsecond, a leap day, and the ends of time.
OPENINGS = (
    "2026-03-02T14:23:00Z",
    "2026-03-06T16:59:59.999999Z",
    "2026-03-04T03:00:00Z",
    "2026-03-07T12:00:00Z",
    "2026-03-01T23:30:00-05:00",
    "2026-10-25T02:30:00+02:00",
    "2024-02-29T09:00:00.000001Z",
    "2023-12-29T17:00:00+05:45",
    "1970-01-01T00:00:00Z",
    "0001-01-03T00:00:00Z",
    "9990-12-31T16:00:00Z",
    "9999-12-20T08:00:00Z",
)
IDS = ("T-17", "", "n° 7 🙂", "null", '"quoted" \\ / \t')


class Case(TypedDict):
    """One line of `cases.jsonl`."""

    case: str
    pack: str
    id: str | None
    opened_at: str | None
    assume: Assume
    facts: Data
    expected: Data


def cases(doc: Data) -> list[Case]:
    """The cases of a pack."""
    draws = Draws(crc32(doc["name"].encode()))
    floors = oracle.all_floors(doc)
    found: list[Case] = []
    fixed: list[Data] = [{}, dict.fromkeys(given_facts(doc)), _at_end(doc, 0), _at_end(doc, -1)]
    for number in range(CASES.get(doc["name"], FEW)):
        facts = fixed[number] if number < len(fixed) else _facts(draws, doc, floors)
        opened_at = draws.one(OPENINGS) if draws.chance(0.6) else None
        id_ = draws.one(IDS) if draws.chance(0.4) else None
        assume: Assume = "worst" if draws.chance(0.15) else "known"
        expected = _expected(doc, facts, opened_at, id_, assume)
        found.append(
            Case(
                case=f"{doc['name']}-{number + 1}",
                pack=doc["name"],
                id=id_,
                opened_at=expected["sla"]["opened_at"] and opened_at,
                assume=assume,
                facts=facts,
                expected=expected,
            )
        )
    return found


def _expected(doc: Data, facts: Data, opened_at: str | None, id_: str | None, assume: Assume) -> Data:
    """What the oracle says; without an opening where something would be owed beyond the year 9999."""
    opening = None if opened_at is None else datetime.fromisoformat(opened_at)
    try:
        return oracle.classify(doc, facts, opened_at=opening, id=id_, assume=assume)
    except OverflowError:
        return oracle.classify(doc, facts, id=id_, assume=assume)


def _facts(draws: Draws, doc: Data, floors: list[Data]) -> Data:
    """Some facts at random, and then, mostly, those of one floor or two just at what it asks, or about there."""
    known, bad = draws.one((0.0, 0.3, 0.7, 1.0)), draws.one((0.0, 0.2, 0.6))
    facts: Data = {}
    for name in given_facts(doc):
        if draws.chance(known):
            near = values(doc, floors, name)
            facts[name] = draws.one(near) if draws.chance(bad) else near[0]
        elif draws.chance(0.1):
            facts[name] = None
    for floor in draws.some(floors, 0, 2):
        for name, level in floor.items():
            facts |= _reaching(draws, doc, floors, name, level)
    return {name: facts[name] for name in draws.some(list(facts), len(facts), len(facts))}


def _reaching(draws: Draws, doc: Data, floors: list[Data], name: str, level: Value) -> Data:
    """The values with which a fact just reaches a level; one time in five a value about there."""
    parts = doc["facts"][name].get("sum_of")
    if parts is None:
        return {name: draws.one(values(doc, floors, name)) if draws.chance(0.2) else level}
    shares = dict.fromkeys(parts, 0)
    for _ in range(level - draws.chance(0.2)):
        shares[draws.one(parts)] += 1
    return shares


def values(doc: Data, floors: list[Data], name: str) -> list[Value]:
    """Values of a fact, the first one harmless: all of them, or those at the ends and about each level asked."""
    scale = doc["facts"][name]
    asked = sorted({floor[name] for floor in floors if name in floor}) if "label" not in scale else []
    match kind_of(scale):
        case "levels":
            return list(scale["levels"])
        case "flag":
            return [False, True]
        case "label":
            return list(scale["label"])
        case "count":
            near = {level + step for level in asked for step in (-1, 0, 1)} | {0, 1, 2, COUNT_MAX}
            return sorted(number for number in near if 0 <= number <= COUNT_MAX)
        case _:
            return _measured(scale["measure"], asked)


def _measured(measure: Data, asked: list[float]) -> list[Value]:
    """The ends, the levels, the doubles next to them, and what is large, small or zero, harmless first."""
    low, high = measure.get("from", -math.inf), measure.get("to", math.inf)
    near: list[Any] = [low, high, *asked, *(math.nextafter(level, end) for level in asked for end in (low, high))]
    near += [-1.7976931348623157e308, -1, -0.0, 0, 5e-324, 1e-7, 1, 2**53, 1e300, 1.7976931348623157e308]
    inside = [number for number in near if low <= number <= high and math.isfinite(number)]
    return sorted(inside, reverse=measure["worse"] == "lower")


def _at_end(doc: Data, end: int) -> Data:
    """Every fact at its harmless end, or at its worst one."""
    floors = oracle.all_floors(doc)
    return {name: values(doc, floors, name)[end] for name in given_facts(doc)}
