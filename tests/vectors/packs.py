"""The packs of the vectors, as documents: the default one, one for each subject, and some that are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.strategies import (
    BUSINESS_DAYS,
    BUSINESS_HOURS,
    CLOCKS,
    COUNT_MAX,
    ELAPSED,
    FACT_NAMES,
    KINDS,
    LABEL_NAMES,
    LEVEL_NAMES,
    ROLES,
    TEXTS,
    Data,
    levels_to_ask,
    support,
)
from tests.vectors.draws import Draws

TINY = 5e-324
DRAWN = 12
"""How many packs are drawn."""


def pack(name: str, severities: Sequence[str], facts: Data, criteria: Data, **more: Any) -> Data:
    """A whole pack."""
    numbered = {str(number): text for number, text in enumerate(severities, 1)}
    return {"name": name, "version": "1.0.0", "severities": numbered, "facts": facts, "criteria": criteria} | more


def count(ask: str, unit: str = "customers") -> Data:
    """A fact that is counted."""
    return {"ask": ask, "count": unit}


def measure(unit: str, worse: str, **ends: float) -> Data:
    """A fact that is measured."""
    return {"ask": f"How much, in {unit}?", "measure": {"unit": unit, "worse": worse, **ends}}


def rule(text: str, *floors: Data) -> Data:
    """A criterion; with one floor it stands without a list."""
    return {"text": text, "when": floors[0] if len(floors) == 1 else list(floors)}


def named(*names: str) -> dict[str, str]:
    """Names with a text each."""
    return {name: f"It is {name}" for name in names}


LEVELS = pack(
    "levels",
    ["Worst", "Bad", "Fine"],
    {
        "state": {"ask": "How is it?", "levels": named("true", "no", "null", "yes", "false")},
        "n_1": {"ask": "Wie schlimm ist es?", "levels": {"gut": "Läuft", "schlecht": "Läuft nicht: „gar nicht“"}},
        "n-1": {"ask": "どのくらい？ 🙂", "levels": {"a": "良い", "b": "𝒷 \"b\" 'b' \\b", "c": "c  # {c}: [c]"}},
    },
    {
        "1": {
            "both": rule("Ça ne va plus 💥", {"state": "yes", "n-1": "c"}, {"state": "false"}),
            "true": rule("yes", {"n_1": "schlecht", "n-1": "b"}),
        },
        "2": {
            "no": rule("no", {"state": "no", "n_1": "schlecht"}),
            "null": rule("~", {"n-1": "c"}, {"state": "null"}),
            "again": rule("- again", {"n-1": "b", "state": "no"}, {"n-1": "b", "state": "null"}),
        },
        "3": {"little": rule("1.0", {"state": "no"}, {"n-1": "b"}, {"n_1": "schlecht"})},
    },
)
FLAGS = pack(
    "flags",
    ["1", "2", "3", "4"],
    {
        "no": {"ask": "No?", "flag": {}},
        "true": {"ask": "True?", "flag": {"false": "Not so", "true": "So it is"}},
        "null": {"ask": "Null?", "flag": {"true": "It is nothing"}},
        "class": {"ask": "Class?", "flag": {"false": "None"}},
    },
    {
        "1": {"all": rule("All of them", {"no": True, "true": True, "null": True, "class": True})},
        "2": {"two": rule("Two", {"no": True, "true": True}, {"null": True, "class": True})},
        "3": {"one": rule("One", {"no": True}, {"true": True}, {"null": True})},
        "4": {"class": rule("Only this", {"class": True})},
    },
    war_room={"any-two": [{"no": True, "null": True}, {"true": True, "class": True}], "severity": {"severity": 2}},
)
COUNTS = pack(
    "counts",
    ["High", "Medium", "Low"],
    {"users": count("How many users?", "users"), "self": count("How many?", "Stück"), "idle": count("And these?")},
    {
        "1": {"most": rule("As many as can be", {"users": COUNT_MAX}), "many": rule("Many", {"users": 3, "self": 10})},
        "2": {"some": rule("Some", {"users": 2}, {"self": 10}), "half": rule("Half of it", {"self": 2**52})},
        "3": {"one": rule("One", {"users": 1}, {"self": 1})},
    },
)
MEASURES = pack(
    "measures",
    ["High", "Medium", "Low"],
    {
        "delay": measure("seconds", "higher"),
        "stock": measure("%", "lower", **{"from": 0, "to": 100}),
        "level": measure("dB", "lower"),
        "share": measure("parts", "higher", **{"from": -1, "to": 1.5}),
        "least": measure("°C", "lower", **{"from": -273.15}),
    },
    {
        "1": {
            "huge": rule("Beyond measure", {"delay": 1e300}, {"level": -1e300}),
            "low": rule("Hardly any", {"stock": 0.1, "share": 0.5}),
            "end": rule("At an end", {"share": 1.5}, {"stock": 0}),
        },
        "2": {
            "slow": rule("Slow", {"delay": 2.5}),
            "tiny": rule("More than nothing", {"delay": TINY, "stock": 50}),
            "cold": rule("As cold as can be", {"least": -273.15}),
            "quiet": rule("Below zero", {"level": -0.5}),
        },
        "3": {
            "at-all": rule("Any", {"delay": 0}, {"share": -0.0}),
            "less": rule("Less", {"stock": 99.99999999999999}, {"level": 0}),
        },
    },
)
LABELS = pack(
    "labels",
    ["Urgent", "Normal"],
    {
        "kind": {"ask": "Which kind?", "label": named("wish", "fault", "no", "true")},
        "area": {"ask": "Where?", "label": {"web": "The Web", "app": "Die App"}},
        "bad": {"ask": "Is it bad?", "flag": {}},
    },
    {
        "1": {"bad": rule("Bad", {"bad": True})},
        "2": {
            "wish": rule("A wish", {"kind": "wish"}),
            "web-fault": rule("A fault of the web", {"kind": "fault", "area": "web"}),
            "true": rule("Either", {"kind": "true"}, {"area": "app", "bad": True}),
        },
    },
    roles=named(*ROLES),
    roster={
        "1": {"lead": "leads"},
        "2": {
            "aide": {"duty": "answers", "when": {"kind": "wish"}},
            "deputy": {"duty": "mends", "when": [{"kind": "fault", "area": "web"}, {"area": "app", "kind": "no"}]},
        },
    },
)
SUMS = pack(
    "sums",
    ["Worst", "Bad", "Some", "None"],
    {
        "alone": {"sum_of": ["a"]},
        "a": count("How many a?"),
        "b": count("How many b?"),
        "pair": {"sum_of": ["a", "b"]},
        "c": count("How many c?"),
        "three": {"sum_of": ["b", "c", "a"]},
        "d": count("How many d?"),
        "four": {"sum_of": ["a", "b", "c", "d"]},
        "loud": {"ask": "Is it loud?", "flag": {}},
    },
    {
        "1": {
            "crowd": rule("A crowd", {"four": 5}),
            "loud-pair": rule("A loud pair", {"pair": 2, "loud": True}),
        },
        "2": {
            "three": rule("Three", {"three": 3}),
            "part": rule("A sum and one of its parts", {"four": 4, "d": 2}),
        },
        "3": {"pair": rule("A pair", {"pair": 2}), "one": rule("One", {"alone": 1, "loud": True})},
        "4": {"any": rule("Any", {"four": 1})},
    },
    war_room={"wide": {"four": 4}, "overlap": {"three": 2, "d": 1}},
)
# Each flag matters only where the parts of its sum are shared out in one way: any other way is of severity 1.
SHARES = pack(
    "shares",
    ["High", "Medium", "Low"],
    {
        "a": count("How many a?"),
        "b": count("How many b?"),
        "c": count("How many c?"),
        "first": {"sum_of": ["a", "b"]},
        "last": {"sum_of": ["b", "c"]},
        "middle": {"sum_of": ["c", "a", "b"]},
        "loud": {"ask": "Is it loud?", "flag": {}},
        "wide": {"ask": "Is it wide?", "flag": {}},
        "long": {"ask": "Does it take long?", "flag": {}},
    },
    {
        "1": {"too-many": rule("Too many", {"a": 3}, {"b": 1}, {"c": 2})},
        "2": {
            "loud": rule("Loud", {"first": 2, "loud": True}),
            "wide": rule("Wide", {"last": 1, "wide": True}),
            "long": rule("Long", {"middle": 3, "long": True}),
        },
    },
)
FACTS_OF_TWO: Data = {
    "down": {"ask": "Is it down?", "levels": named("up", "slow", "dead")},
    "big": {"ask": "Is it big?", "flag": {}},
    "n": count("How many?"),
}
RULES_OF_TWO: Data = {
    "1": {"dead": rule("It is dead", {"down": "dead"})},
    "2": {"slow-many": rule("It is slow for many", {"down": "slow", "n": 2})},
    "3": {"slow": rule("It is slow", {"down": "slow"})},
}
SLA = pack(
    "sla",
    ["One", "Two", "Three", "Four"],
    FACTS_OF_TWO,
    RULES_OF_TWO,
    roles=named(*ROLES),
    covers={"chief": ["lead"], "lead": ["deputy"], "deputy": ["aide"]},
    sla={
        "1": {"initial_response": "0m..15m", "notify": {"chief": "0m..15m", "on-call": "5m"}},
        "2": {"initial_response": "1h", "status_updates": "90m..4h", "notify": {"lead": "10m..30m", "aide": "2h"}},
        "3": {"status_updates": "1d", "resolution": "1w..2w", "notify": {"deputy": "1bh..2bh", "aide": "1bd"}},
        "4": {"resolution": "999d", "notify": {"aide": "1d..2d"}},
    },
)
# A worse severity with a looser figure: what is owed is the earliest of all that count.
LOOSER = pack(
    "looser",
    ["One", "Two", "Three", "Four"],
    FACTS_OF_TWO,
    RULES_OF_TWO,
    roles=named(*ROLES),
    sla={
        "1": {"initial_response": "2d", "resolution": "10bd", "notify": {"lead": "4h"}},
        "2": {"initial_response": "1bh..8bh", "resolution": "40bh", "notify": {"aide": "0bh..1bh"}},
        "3": {"initial_response": "60m..1d", "resolution": "1w", "notify": {"lead": "15m..4h"}},
        "4": {"initial_response": "1bd", "resolution": "5bd..6bd"},
    },
)
BUSINESS = pack(
    "business",
    ["One", "Two", "Three", "Four"],
    FACTS_OF_TWO,
    RULES_OF_TWO,
    sla={
        "1": {"initial_response": "1bh", "status_updates": "1bh..8bh", "resolution": "1bd"},
        "2": {"initial_response": "0bh..4bh", "resolution": "2bd..3bd"},
        "3": {"initial_response": "0bd..1bd", "resolution": "24bh..40bh"},
        "4": {"status_updates": "5bd", "resolution": "300bd"},
    },
)
ROSTER = pack(
    "roster",
    ["One", "Two", "Three", "Four"],
    FACTS_OF_TWO | {"far": {"ask": "Is it far away?", "flag": {}}},
    RULES_OF_TWO,
    roles=named(*ROLES),
    covers={"chief": ["lead"], "lead": ["deputy", "aide"], "deputy": ["aide"]},
    roster={
        "1": {"chief": {"duty": "decides", "when": {"big": True}}, "on-call": "mends"},
        "2": {"lead": {"duty": "leads", "when": [{"n": 2}, {"far": True}]}, "on-call": "helps"},
        "3": {"deputy": "leads", "lead": {"duty": "looks-on", "when": {"big": True, "far": True}}},
        "4": {"aide": "handles", "deputy": {"duty": "reads", "when": {"down": "slow"}}},
    },
    war_room={
        "severity-2": {"severity": 2},
        "far-and-bad": {"severity": 3, "far": True},
        "big": [{"big": True, "n": 3}, {"severity": 1, "big": True}],
        "severity": {"severity": 1},
    },
)
LONE = pack(
    "lone",
    ["Only one"],
    {"n": count("How many?"), "kind": {"ask": "Which?", "label": named("a", "b")}},
    {"1": {"two": rule("Two", {"n": 2}), "b": rule("B", {"kind": "b", "n": 1})}},
    sla={"1": {"resolution": "1d"}},
    war_room={"many": {"n": 3}},
)
EMPTY = pack("empty", ["High", "Low"], {"n": count("How many?")}, {})


def drawn(seed: int) -> Data:
    """A small pack of two to five severities that may hold any construct of the format."""
    draws = Draws(seed)
    facts = _facts(draws)
    numbers = [str(number) for number in range(1, 3 + draws.below(4))]
    covers = {role: draws.some(ROLES[place + 1 :], 0, 2) for place, role in enumerate(ROLES[:-1])}
    criteria: Data = {number: {} for number in numbers}
    roster: Data = {number: {} for number in numbers}
    for number in numbers:
        labels = number == numbers[-1]
        for place in range(draws.below(3)):
            floors = [_floor(draws, facts, labels=labels) for _ in range(1 + draws.below(3))]
            criteria[number][f"c{number}-{place}"] = rule(draws.one(TEXTS), *floors)
        for role in draws.some(ROLES, 0, 3):
            when = {"duty": "helps", "when": _floor(draws, facts, labels=labels)}
            roster[number][role] = when if draws.chance(0.5) else "leads"
    reasons: Data = {"loud": _floor(draws, facts, labels=False), "bad": {"severity": 1 + draws.below(len(numbers) - 1)}}
    reasons["both"] = reasons["bad"] | _floor(draws, facts, labels=False)
    return pack(
        f"drawn-{seed}",
        [f"Severity {number}" for number in numbers],
        facts,
        {number: some for number, some in criteria.items() if some},
        sla={number: _targets(draws) for number in numbers},
        roles=named(*ROLES),
        covers={role: others for role, others in covers.items() if others},
        roster={number: some for number, some in roster.items() if some},
        war_room={reason: reasons[reason] for reason in draws.some(list(reasons), 0, 3)},
    )


def _facts(draws: Draws) -> Data:
    """Two counts, one to four other facts, and up to two sums, which may overlap."""
    kinds = ["count", "count", "levels", *(draws.one(KINDS) for _ in range(draws.below(4)))]
    names = draws.some(FACT_NAMES, len(kinds) + 2, len(kinds) + 2)
    facts = {}
    for kind, name in zip(kinds, names, strict=False):
        scale: dict[str, Any] = {
            "levels": named(*draws.some(LEVEL_NAMES, 2, 4)),
            "flag": {},
            "count": "customers",
            "measure": {"unit": "seconds", "worse": draws.one(("higher", "lower"))}
            | draws.one(({}, {"from": 0}, {"to": 4}, {"from": 0.5, "to": 5})),
            "label": named(*draws.some(LABEL_NAMES, 1, 3)),
        }
        facts[name] = {"ask": draws.one(TEXTS), kind: scale[kind]}
    counts = [name for name, fact in facts.items() if "count" in fact]
    return facts | {name: {"sum_of": draws.some(counts, 1, 4)} for name in names[len(kinds) :] if draws.chance(0.7)}


def _floor(draws: Draws, facts: Data, *, labels: bool) -> Data:
    """A floor on one to three facts, one of them a sum at most."""
    usable = [name for name, fact in facts.items() if labels or "label" not in fact]
    names = draws.some(usable, 1, 3)
    sums = [name for name in names if "sum_of" in facts[name]]
    return {name: draws.one(levels_to_ask(facts[name])) for name in names if name not in sums[1:]}


def _targets(draws: Draws) -> Data:
    """The targets of a severity, some of them left out."""
    targets = {clock: _figure(draws) for clock in CLOCKS if draws.chance(0.6)}
    notified = {role: _figure(draws) for role in draws.some(ROLES, 0, 3)}
    return targets | ({"notify": notified} if notified else {})


def _figure(draws: Draws) -> str:
    """One duration, or a target and a limit of one kind of time."""
    durations = draws.one((ELAPSED, BUSINESS_HOURS, BUSINESS_DAYS))
    last = 1 + draws.below(len(durations) - 1)
    first = draws.below(last + 1)
    return durations[last] if first == last else f"{durations[first]}..{durations[last]}"


SUBJECTS = (LEVELS, FLAGS, COUNTS, MEASURES, LABELS, SUMS, SHARES, SLA, LOOSER, BUSINESS, ROSTER, LONE, EMPTY)


def documents() -> dict[str, Data]:
    """Every pack, by its name."""
    every = [support(), *SUBJECTS, *(drawn(seed) for seed in range(1, DRAWN + 1))]
    return {document["name"]: document for document in every}
