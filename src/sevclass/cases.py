"""The worked cases of a pack: facts, and what is expected of them."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

from pydantic_core import from_json

from sevclass.api import Pack
from sevclass.classification import Classification
from sevclass.json_facts import keys_twice
from sevclass.problems import FactsError, PackError, Problem, nearest, quote
from sevclass.scales import Measure, Scale, Value

CASES = "cases.jsonl"
"""The file of a pack that holds them, one on a line."""

ANSWERS: Mapping[str, Callable[[Classification], object]] = {
    "severity": lambda found: found.severity,
    "could_be": lambda found: found.could_be,
    "criteria": lambda found: [criterion.id for criterion in found.criteria],
    "roster": lambda found: [f"{row.role}: {row.duty}" for row in found.roster],
    "war_room": lambda found: list(found.war_room.because),
    "notifications": lambda found: [told.role for told in found.sla.notifications],
    "questions": lambda found: [question.fact for question in found.questions],
}
"""What may be expected -> how a classification says it."""

_PLACE = re.compile(r" at line [0-9]+ column ([0-9]+)$", re.ASCII)
_SEVERITIES = ("severity", "could_be")
_MILDEST = 99  # of any pack
_MOST_COMPARED = 5_000_000
"""The most pairs of cases that are looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case: the line it stands on, its name, and its classification."""

    line: int
    name: str
    facts: Mapping[str, Value]
    expected: Mapping[str, Any]
    found: Classification


def read_cases(data: bytes, pack: Pack) -> list[Case]:
    """The cases in a file.

    Raises PackError with every problem of every line.
    """
    cases: list[Case] = []
    problems: list[Problem] = []
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).split(b"\n"), 1):
        if line.strip():
            told = list(_read(line, number, pack, cases))
            problems += told
    if problems:
        raise PackError(problems)
    return cases


def _read(line: bytes, number: int, pack: Pack, cases: list[Case]) -> Iterator[Problem]:
    """Read one line into `cases`, or tell what is wrong with it."""
    place = f"{CASES}:{number}"
    try:
        written = from_json(line)
    except ValueError as error:
        reason = _PLACE.sub(r" at column \1", str(error))  # every case is a line, and its number is told
        yield Problem(path=place, code="not_json", message=f"not JSON: {reason}")
        return
    if twice := keys_twice(line)[1]:
        for key in dict.fromkeys(key for _, key in twice):
            yield Problem(path=place, code="duplicate_key", message=f"{quote(key)} stands twice", hint="keep one")
        return
    if not isinstance(written, dict) or written.keys() != {"case", "facts", "expected"}:
        hint = 'write `{"case": "…", "facts": {…}, "expected": {…}}`'
        yield Problem(path=place, code="not_a_case", message="a case has `case`, `facts` and `expected`", hint=hint)
        return
    expected = written["expected"]
    problems = list(_expected_problems(expected, place))
    if not isinstance(written["case"], str):
        problems.append(Problem(path=place, code="not_a_case", message=f"{quote(written['case'])} is not text"))
    given: Mapping[str, Any] = {}
    try:
        given = pack.check(written["facts"] if isinstance(written["facts"], dict) else {"facts": written["facts"]})
    except FactsError as error:
        problems += [
            Problem(path=place, code=p.code, message=f"{p.path}: {p.message}", hint=p.hint) for p in error.problems
        ]
    yield from problems
    if not problems:
        facts = given["facts"]
        found = pack.classify(facts)
        cases.append(Case(line=number, name=written["case"], facts=facts, expected=expected, found=found))


def _expected_problems(expected: object, place: str) -> Iterator[Problem]:
    if not isinstance(expected, dict) or not expected:
        yield Problem(path=place, code="not_a_case", message="`expected` is not a mapping of what is expected")
        return
    for key, value in expected.items():
        if key not in ANSWERS:
            hint = nearest(key, ANSWERS) or f"known are {', '.join(map(quote, ANSWERS))}"
            yield Problem(path=place, code="unknown_key", message=f"unknown key {quote(key)}", hint=hint)
        elif not _fits(key, value):
            wanted = "a severity" if key in _SEVERITIES else "a list of names"
            yield Problem(path=place, code="wrong_type", message=f"{quote(key)}: {quote(value)} is not {wanted}")


def _fits(key: str, value: object) -> bool:
    if key in _SEVERITIES:
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _MILDEST
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def differences(case: Case) -> Iterator[tuple[str, object, object]]:
    """What a case expects and does not get: the key, what is expected, what is found."""
    for key, expected in case.expected.items():
        found = ANSWERS[key](case.found)
        if found != expected:
            yield key, expected, found


def contradictions(cases: Sequence[Case], scales: Mapping[str, Scale]) -> Iterator[tuple[Case, Case, bool]]:
    """Pairs of cases that no pack could satisfy, and whether their facts are the same; each case once at most.

    Either facts that are the same are expected to give different answers, or facts that are nowhere better a milder
    severity. Unknown facts count as harmless, as they do for the severity.
    """
    by_facts: dict[frozenset[tuple[str, Value]], Case] = {}
    for case in cases:
        first = by_facts.setdefault(frozenset(case.facts.items()), case)
        if any(first.expected[key] != case.expected[key] for key in first.expected.keys() & case.expected.keys()):
            yield first, case, True
    rated = [case for case in cases if "severity" in case.expected]
    badness = dict(zip((case.line for case in rated), _badness(rated, scales), strict=True))
    # All against all; of very many the first are looked at.
    for case in rated[: _MOST_COMPARED // max(1, len(rated))]:
        # Every step that the case has reached, the other has too: its facts are nowhere better.
        bad, severity = badness[case.line], case.expected["severity"]
        milder = (o for o in rated if severity < o.expected["severity"] and not bad & ~badness[o.line])
        if other := next((o for o in milder if o.facts != case.facts), None):
            yield case, other, False


def _badness(cases: Sequence[Case], scales: Mapping[str, Scale]) -> Iterator[int]:
    """For each case a number with a bit for each step that its facts have reached; a label has no steps."""
    ladders: dict[str, tuple[list[float], int]] = {}
    width = 0
    for fact, scale in scales.items():
        orders = {scale.order(case.facts[fact]) for case in cases if fact in case.facts}
        ladder = sorted(orders - {_harmless(scale)})
        ladders[fact] = ladder, width
        width += len(ladder)
    for case in cases:
        bits = 0
        for fact, value in case.facts.items():
            ladder, offset = ladders[fact]
            bits |= ((1 << bisect_right(ladder, scales[fact].order(value))) - 1) << offset
        yield bits


def _harmless(scale: Scale) -> float:
    """Where the harmless end of a scale stands; a measure without one has none."""
    if isinstance(scale, Measure):
        end = scale.low if scale.worse == "higher" else scale.high
        return -inf if end is None else scale.order(end)
    return 0
