"""Hypothesis strategies: packs as documents of the pack format, facts for them, and openings.

A document is plain data with text for every key, as `tests.oracle` takes it; `load` makes a `Pack` of it. Everything
is drawn from short lists that start with the simplest, so a counterexample shrinks to a pack that fits on a screen.
Every floor asks for little (a count of at most 4), so that all completions can be gone through.
"""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import yaml
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from sevclass import Pack, load_pack
from tests import oracle

Data = dict[str, Any]
Value = Any  # the name of a level or of a label, a flag, or a number

COUNT_MAX = 2**53 - 1
KINDS = ("levels", "flag", "count", "measure", "label")
"""The scales of facts that are given; a sum is derived."""
# Words of Python, of YAML and of pydantic's neighbourhood among them: a name is only ever a name.
FACT_NAMES = ("a", "b", "c", "d", "x-1", "x_1", "x1", "self", "class", "no", "true", "count", "name", "pack")
LEVEL_NAMES = ("good", "fair", "poor", "true", "no", "null")
LABEL_NAMES = ("ask", "wish", "no", "true")
ROLES = ("lead", "deputy", "aide", "chief", "on-call")
TEXTS = ("So it is", 'it\'s: {so} # "so"', "Ça va ? 🙂", "yes")
TRANSLATED = ("So ist es", "是", "no")
MEASURE_LEVELS = (0.5, 1, 2.5, 4)
MEASURE_VALUES = (-1e300, -1, 0, 0.5, 0.75, 1, 2, 2.5, 3.5, 4, 5, 1e300)
# Shortest first; two that are equally long keep the order in which a range may have them.
ELAPSED = ("0m", "15m", "30m", "60m", "1h", "90m", "4h", "1d", "24h", "2d", "1w", "2w")
BUSINESS_HOURS = tuple(f"{amount}bh" for amount in (0, 1, 2, 7, 8, 9, 40))
BUSINESS_DAYS = tuple(f"{amount}bd" for amount in (0, 1, 2, 3, 5, 6))
CLOCKS = ("initial_response", "status_updates", "resolution")


# Scales


def given_facts(doc: Data) -> list[str]:
    """The facts that can be given: all but the sums."""
    return [name for name, scale in doc["facts"].items() if "sum_of" not in scale]


def kind_of(scale: Data) -> str:
    """The kind of a scale: one of KINDS, or `sum_of`."""
    return next(kind for kind in (*KINDS, "sum_of") if kind in scale)


def within(scale: Data, numbers: Sequence[float]) -> list[float]:
    """Those of the numbers, which ascend, that lie between the ends of a measure, harmless first."""
    measure = scale["measure"]
    low, high = measure.get("from", -math.inf), measure.get("to", math.inf)
    inside = [number for number in numbers if low <= number <= high]
    return inside if measure["worse"] == "higher" else inside[::-1]


def values(scale: Data) -> list[Value]:
    """Values of a fact, harmless first; of a number those about every level that a generated floor asks for."""
    match kind_of(scale):
        case "levels":
            return list(scale["levels"])
        case "flag":
            return [False, True]
        case "count":
            return [0, 1, 2, 3, 4, 5, COUNT_MAX]
        case "measure":
            return within(scale, MEASURE_VALUES)
        case _:
            return list(scale["label"])


def badness(scale: Data, value: Value) -> float:
    """How bad a value is: more is worse."""
    match kind_of(scale):
        case "levels":
            return list(scale["levels"]).index(value)
        case "label":
            return 0
        case "measure" if scale["measure"]["worse"] == "lower":
            return -float(value)
        case _:
            return float(value)


def levels_to_ask(scale: Data) -> list[Value]:
    """What a floor may ask of a fact on this scale."""
    match kind_of(scale):
        case "levels":
            return list(scale["levels"])[1:]
        case "flag":
            return [True]
        case "measure":
            harmless = scale["measure"].get("from" if scale["measure"]["worse"] == "higher" else "to")
            return [level for level in within(scale, MEASURE_LEVELS) if level != harmless]
        case "label":
            return list(scale["label"])
        case _:
            return [1, 2, 3, 4]


# To build a strategy takes longer than to draw from it, so what can be built once is.


@cache
def _names(pool: tuple[str, ...], least: int, most: int) -> SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(pool), min_size=least, max_size=most, unique=True)


@cache
def _places(size: int, most: int) -> SearchStrategy[list[int]]:
    """One or more places in a list of that size, each once."""
    return st.lists(st.integers(0, size - 1), min_size=1, max_size=most, unique=True)


def _named(pool: tuple[str, ...], least: int, most: int) -> SearchStrategy[dict[str, str]]:
    return _names(pool, least, most).map(lambda some: {name: f"It is {name}" for name in some})


_FLAG_TEXTS: list[Data] = [{}, {"false": "No", "true": "Yes"}, {"true": "Yes"}]
_ENDS: list[Data] = [{}, {"from": 0}, {"to": 4}, {"from": 0.5, "to": 5}, {"from": 0, "to": 4}]
_MEASURES = st.builds(
    lambda ends, worse: {"unit": "seconds", "worse": worse, **ends},
    st.sampled_from(_ENDS),
    st.sampled_from(("higher", "lower")),
)
_SCALES: dict[str, SearchStrategy[Any]] = {
    "levels": _named(LEVEL_NAMES, 2, 4),
    "flag": st.sampled_from(_FLAG_TEXTS),
    "count": st.just("customers"),
    "measure": _MEASURES,
    "label": _named(LABEL_NAMES, 1, 3),
}
_FACTS = {kind: st.fixed_dictionaries({"ask": st.sampled_from(TEXTS), kind: scale}) for kind, scale in _SCALES.items()}


# Packs


_FACT_KINDS = (
    st.integers(0, 4)
    .flatmap(
        lambda counts: st.lists(st.sampled_from(KINDS), max_size=6 - counts).map(lambda more: ["count"] * counts + more)
    )
    .filter(lambda kinds: not set(kinds) <= {"label"})
    .flatmap(st.permutations)
)
"""The kinds of one to six facts. Counts come in groups, so that there are sums of several of them."""


@st.composite
def _facts_section(draw: DrawFn) -> Data:
    """One to six facts of which one at least has an order, and up to two sums, anywhere among them."""
    kinds = draw(_FACT_KINDS)
    names = draw(_names(FACT_NAMES, len(kinds) + 2, len(kinds) + 2))
    facts = [(name, draw(_FACTS[kind])) for name, kind in zip(names, kinds, strict=False)]
    counts = tuple(name for name, scale in facts if "count" in scale)
    if counts:
        for name in names[len(kinds) : len(kinds) + draw(st.integers(0, 2))]:
            place = draw(st.integers(0, len(facts)))
            parts = draw(_places(len(counts), 4))
            facts.insert(place, (name, {"sum_of": [counts[part] for part in parts]}))
    return dict(facts)


@st.composite
def _floors(draw: DrawFn, facts: Data, *, labels: bool) -> Data:
    """One floor on one to three facts, at most one of them a sum; on labels only if they may be tested."""
    usable = [name for name, scale in facts.items() if labels or "label" not in scale]
    names = [usable[place] for place in draw(_places(len(usable), 3))]
    sums = [name for name in names if "sum_of" in facts[name]]
    floor = {}
    for name in names:
        if name not in sums[1:]:
            levels = levels_to_ask(facts[name])
            floor[name] = levels[draw(st.integers(0, len(levels) - 1))]
    return floor


def _when(floors: SearchStrategy[Data]) -> SearchStrategy[Data | list[Data]]:
    return floors | st.lists(floors, min_size=1, max_size=3)


def floors(doc: Data) -> SearchStrategy[Data | list[Data]]:
    """A floor, or some of which any is enough, on facts of any kind."""
    return _when(_floors(doc["facts"], labels=True))


def _conditions(floors: SearchStrategy[Data], mildest: int) -> SearchStrategy[Data | list[Data]]:
    """Floors on facts, on the severity, or on both."""
    if mildest > 1:
        severities = st.integers(1, mildest - 1).map(lambda severity: {"severity": severity})
        floors = floors | severities | st.builds(operator.or_, severities, floors)
    return _when(floors)


def _war_room(floors: SearchStrategy[Data], mildest: int) -> SearchStrategy[Data]:
    """Reasons on facts, on the severity, or on both."""
    return st.dictionaries(st.sampled_from(("loud", "wide", "severity")), _conditions(floors, mildest), max_size=3)


def _figures(durations: Sequence[str]) -> SearchStrategy[str]:
    """A single figure or a range of these durations, shortest first; only a target may be the first one."""

    def text(places: tuple[int, int]) -> str:
        target, limit = (durations[place] for place in sorted(places))
        return limit if target == limit else f"{target}..{limit}"

    last = len(durations) - 1
    return st.tuples(st.integers(0, last), st.integers(1, last)).map(text)


FIGURES = _figures(ELAPSED) | _figures(BUSINESS_HOURS) | _figures(BUSINESS_DAYS)
"""A figure of the SLA: elapsed time, business hours or business days."""
_SLA_ROWS = st.fixed_dictionaries(
    {},
    optional=dict.fromkeys(CLOCKS, FIGURES)
    | {"notify": st.dictionaries(st.sampled_from(ROLES), FIGURES, min_size=1, max_size=3)},
)
_PACK_NAMES = st.sampled_from(("generated", "true"))
_DUTIES = st.sampled_from(("leads", "helps", "no"))
_COVERED = {role: _names(ROLES[place + 1 :], 0, 2) for place, role in enumerate(ROLES[:-1])}
_COVERS = st.fixed_dictionaries(_COVERED).map(
    lambda covers: {role: others for role, others in covers.items() if others}
)
"""Covers without a circle: a role stands in for later ones."""


def _criteria(floors: SearchStrategy[Data]) -> SearchStrategy[list[Data]]:
    """The criteria of one severity, without their ids."""
    return st.lists(st.fixed_dictionaries({"text": st.sampled_from(TEXTS), "when": _when(floors)}), max_size=2)


def _roster_rows(floors: SearchStrategy[Data]) -> SearchStrategy[Data]:
    """The rows of one severity, some of them on conditions."""
    rows = _DUTIES | st.fixed_dictionaries({"duty": _DUTIES}, optional={"when": _when(floors)})
    return st.dictionaries(st.sampled_from(ROLES), rows, max_size=3)


@st.composite
def packs(draw: DrawFn) -> Data:
    """A small pack of one to five severities, with any construct of the format; it always loads."""
    facts = draw(_facts_section())
    mildest = draw(st.integers(1, 5))
    numbers = [str(number) for number in range(1, mildest + 1)]
    ordered, any_kind = _floors(facts, labels=False), _floors(facts, labels=True)
    bodies = [_criteria(ordered)] * (mildest - 1) + [_criteria(any_kind)]
    rows = [_roster_rows(ordered)] * (mildest - 1) + [_roster_rows(any_kind)]
    criteria = {
        number: {f"c{number}-{place}": body for place, body in enumerate(draw(some))}
        for number, some in zip(numbers, bodies, strict=True)
    }
    roster = {number: draw(some) for number, some in zip(numbers, rows, strict=True)}
    sections = {
        "criteria": {number: some for number, some in criteria.items() if some},
        "sla": {number: draw(_SLA_ROWS) for number in numbers if draw(st.booleans())},
        "roles": {role: f"Acts as {role}" for role in ROLES},
        "roster": {number: some for number, some in roster.items() if some},
        "covers": draw(_COVERS),
        "war_room": draw(_war_room(ordered, mildest)),
    }
    return {
        "name": draw(_PACK_NAMES),
        "version": "1.0.0",
        "severities": {number: f"Severity {number}" for number in numbers},
        "facts": facts,
    } | {key: section for key, section in sections.items() if section or key == "criteria"}


POSITIONS = ("head", "scribe", "expert")
_PROTOCOLS = st.dictionaries(st.sampled_from(("one-voice", "openness")), st.sampled_from(TEXTS), max_size=2)
_LENGTHS = st.sampled_from(("15m", "4h", "1d"))
_RHYTHMS: SearchStrategy[Data] = st.fixed_dictionaries(
    {}, optional={"updates": st.sampled_from(("30m", "30m..60m")), "rotate": _LENGTHS, "handover": _LENGTHS}
)


@st.composite
def packs_with_rooms(draw: DrawFn) -> Data:
    """A pack that opens a war room for some incidents, and says who and what is needed there."""
    doc = draw(packs())
    ordered, mildest = _floors(doc["facts"], labels=False), len(doc["severities"])
    position: SearchStrategy[Data] = st.fixed_dictionaries(
        {"text": st.sampled_from(TEXTS), "roles": st.sampled_from(ROLES) | _names(ROLES, 1, 3)},
        optional={"when": _conditions(ordered, mildest)},
    )
    setup = st.fixed_dictionaries(
        {"positions": st.dictionaries(st.sampled_from(POSITIONS), position, max_size=3)},
        optional={"channel": st.sampled_from(TEXTS), "cadence": _RHYTHMS, "protocols": _PROTOCOLS},
    )
    war_room = draw(st.dictionaries(st.just("bad"), _conditions(ordered, mildest), min_size=1))
    return doc | {"war_room": doc.get("war_room", {}) | war_room, "war_room_setup": draw(setup)}


def _translation(doc: Data) -> SearchStrategy[Data]:
    """A translation of any of the texts of a pack."""

    def some(texts: Data) -> SearchStrategy[Data]:
        return st.fixed_dictionaries({}, optional=dict.fromkeys(texts, st.sampled_from(TRANSLATED)))

    def of_fact(fact: Data) -> SearchStrategy[Data]:
        found: dict[str, SearchStrategy[Any]] = {
            key: some(fact[key]) for key in ("levels", "label", "flag") if key in fact
        }
        found |= {key: st.sampled_from(TRANSLATED) for key in ("ask", "count") if key in fact}
        return st.fixed_dictionaries({}, optional=found | ({"measure": some({"unit": 0})} if "measure" in fact else {}))

    criteria = {id_: some({"text": 0}) for by_id in doc["criteria"].values() for id_ in by_id}
    facts = {name: of_fact(fact) for name, fact in doc["facts"].items()}
    return st.fixed_dictionaries(
        {},
        optional={
            "severities": some(doc["severities"]),
            "facts": st.fixed_dictionaries({}, optional=facts),
            "criteria": st.fixed_dictionaries({}, optional=criteria),
            "roles": some(doc["roles"]),
        },
    )


@st.composite
def translated(draw: DrawFn, documents: SearchStrategy[Data]) -> Data:
    """A pack with translations of some of its texts into one or two languages."""
    doc = draw(documents)
    own = draw(st.sampled_from(("en", "fr", "de-AT")))
    names = draw(st.lists(st.sampled_from(("de", "no", "zh-Hant", "es-419")), min_size=1, max_size=2, unique=True))
    return doc | {"language": own, "translations": {name: draw(_translation(doc)) for name in names}}


WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CALENDARS: Data = {
    "office": {"zone": "Europe/Berlin", "hours": {day: ["09:00-12:30", "13:30-17:00"] for day in WEEK[:5]}},
    "nights": {"zone": "America/New_York", "hours": {day: ["22:00-06:00"] for day in WEEK}},
    "always": {"zone": "UTC", "hours": {day: ["00:00-24:00"] for day in WEEK}},
}


@st.composite
def packs_with_calendars(draw: DrawFn) -> Data:
    """A pack whose SLA counts business time on several calendars."""
    doc = draw(packs())
    own = draw(st.none() | st.sampled_from(list(CALENDARS.values())))
    named = st.none() | st.sampled_from(list(CALENDARS))

    def on_any(figure: str) -> Data | str:
        calendar = draw(named) if figure.endswith(("bh", "bd")) else None
        return {"within": figure, "calendar": calendar} if calendar else figure

    sla: Data = {}
    for number, row in doc.get("sla", {}).items():
        calendar = draw(named)
        sla[number] = {clock: on_any(figure) for clock, figure in row.items() if clock != "notify"}
        sla[number] |= {"notify": {role: on_any(figure) for role, figure in row.get("notify", {}).items()}}
        sla[number] |= {"calendar": calendar} if calendar else {}
    return doc | {"sla": sla, "calendars": CALENDARS} | ({"calendar": own} if own else {})


@lru_cache(maxsize=256)
def _loaded(text: str) -> Pack:
    with TemporaryDirectory() as folder:
        Path(folder, "pack.yaml").write_text(text, encoding="utf-8")
        return load_pack(folder)


def load(doc: Data) -> Pack:
    """Load a document the way users do, from a folder. JSON is YAML, and quick to write."""
    return _loaded(json.dumps(doc, ensure_ascii=False))


def _typed(node: Any) -> Any:  # noqa: ANN401 - plain data of any shape
    """The flags and whole numbers that a reader of plain text has left as text."""
    if isinstance(node, dict):
        return {key: _typed(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_typed(value) for value in node]
    return {"true": True, "false": False}.get(node, int(node) if node.isdecimal() else node)


@cache
def support() -> Data:
    """The default pack as a document, read without the library."""
    folder = Path(__file__).parents[1] / "rules" / "support"
    doc: Data = {}
    for path in sorted(folder.glob("*.yaml")):
        doc |= yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes text only
    return _typed(doc) | {"version": doc["version"]}  # type: ignore[no-any-return]


over_both = pytest.mark.parametrize(
    "documents", [pytest.param(st.builds(support), id="support"), pytest.param(packs(), id="generated")]
)
"""Holds a law over the default pack and over generated ones: `documents` is a strategy."""


# Facts


def known_facts(doc: Data) -> SearchStrategy[Data]:
    """Facts without an unknown one."""
    return st.fixed_dictionaries({name: st.sampled_from(values(doc["facts"][name])) for name in given_facts(doc)})


def facts(doc: Data) -> SearchStrategy[Data]:
    """Facts, some of them absent or null; in one case of four all are known."""
    some = {name: st.sampled_from([*values(doc["facts"][name]), None]) for name in given_facts(doc)}
    partly = st.fixed_dictionaries({}, optional=some)
    return st.integers(0, 3).flatmap(lambda chance: known_facts(doc) if chance == 3 else partly)


@st.composite
def nearly_known_facts(draw: DrawFn, doc: Data, most: int = 200) -> Data:
    """Facts that leave at most so many completions to go through."""
    chosen = draw(known_facts(doc))
    left = most
    for name in draw(st.lists(st.sampled_from(given_facts(doc)), unique=True)):
        enough = len(answers(doc, name))
        if enough <= left:
            left //= enough
            del chosen[name]
    return chosen


@st.composite
def worse(draw: DrawFn, doc: Data, facts: Mapping[str, Value]) -> Data:
    """Facts at least as bad, point by point: what is known gets worse or stays, a label and what is unknown stay."""
    changed = dict(facts)
    for name in draw(st.lists(st.sampled_from(given_facts(doc)), unique=True)):
        scale, value = doc["facts"][name], facts.get(name)
        if value is not None and "label" not in scale:
            as_bad = [other for other in values(scale) if badness(scale, other) >= badness(scale, value)]
            changed[name] = draw(st.sampled_from(as_bad or [value]))
    return changed


def unknown_facts(doc: Data, facts: Mapping[str, Value]) -> list[str]:
    """The facts that could be given and are not."""
    return [name for name in given_facts(doc) if facts.get(name) is None]


@st.composite
def learned(draw: DrawFn, doc: Data, facts: Mapping[str, Value]) -> Data:
    """The facts with some of the unknown ones known."""
    found = {name: st.sampled_from(values(doc["facts"][name])) for name in unknown_facts(doc, facts)}
    return {**facts, **draw(st.fixed_dictionaries({}, optional=found))}


@st.composite
def completions(draw: DrawFn, doc: Data, facts: Mapping[str, Value]) -> Data:
    """The facts with all of the unknown ones known."""
    found = {name: st.sampled_from(values(doc["facts"][name])) for name in unknown_facts(doc, facts)}
    return {**facts, **draw(st.fixed_dictionaries(found))}


def answers(doc: Data, name: str) -> list[Value]:
    """Answers to a fact, harmless first, of which one is like any other answer as far as the pack's floors can tell.

    For a count, and for a part of a sum: every number up to the highest level asked of it or of a sum of it.
    """
    scale = doc["facts"][name]
    touching = {name, *(other for other, its in doc["facts"].items() if name in its.get("sum_of", []))}
    asked = [level for floor in oracle.all_floors(doc) for fact, level in floor.items() if fact in touching]
    if "count" in scale:
        return list(range(max(asked, default=0) + 1))
    if "measure" in scale:
        ascending = sorted(set(asked), key=lambda level: badness(scale, level))
        return [values(scale)[0], *ascending]
    return values(scale)


def every_completion(doc: Data, facts: Mapping[str, Value]) -> Iterator[Data]:
    """Every completion, as far as the pack's floors can tell them apart."""
    names = unknown_facts(doc, facts)
    for chosen in product(*(answers(doc, name) for name in names)):
        yield {**facts, **dict(zip(names, chosen, strict=True))}


# Openings


def opened_at() -> SearchStrategy[datetime]:
    """An aware instant from 1970 to 2100, in UTC or in a zone some quarter-hours from it."""
    zones = st.just(UTC) | st.integers(-56, 56).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))
    return st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1), timezones=zones)  # noqa: DTZ001 - zones beside it
