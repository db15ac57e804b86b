"""durable-rules as the second engine: it gives the very classification that the pack itself gives."""

from __future__ import annotations

import gc
import json
import random
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given, settings, strategies as st

from sevclass import FactsError, Pack
from sevclass.api import default_pack
from sevclass.classification import Assume
from sevclass.scales import COUNT_MAX, Count, Facts, Flag, Floor, Label, Levels, Masks, Measure, Scale, Value
from sevclass.targets.durable import MOST_FACTS, DurableEngine, DurableMasks, EngineUnavailable, _library
from tests import strategies
from tests.strategies import Data
from tests.threads import thread_pool

# The one place that leaves these tests out; `make test` does it by the mark and says so.
pytestmark = pytest.mark.durable
pytest.importorskip("durable.engine", exc_type=ImportError, reason="durable-rules cannot be imported")

ASSUMED = st.sampled_from(["known", "worst"])
OPENED_AT = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)
CASES = Path(__file__).parents[2] / "rules" / "support" / "cases.jsonl"
STATM = Path("/proc/self/statm")
needs_statm = pytest.mark.skipif(not STATM.exists(), reason="what memory is in use is read from /proc")


@cache
def engine() -> DurableEngine:
    return DurableEngine(default_pack())


def resident_kib() -> int:
    """The memory in use now, after a collection."""
    gc.collect()
    return int(STATM.read_text(encoding="ascii").split()[1]) * 4


def random_facts(random_: random.Random) -> Data:
    """Facts of the default pack, a fact in three unknown."""
    doc = strategies.support()
    names = strategies.given_facts(doc)
    chosen = {name: random_.choice(strategies.values(doc["facts"][name])) for name in names}
    return {name: value for name, value in chosen.items() if random_.random() < 2 / 3}


def durable(scales: dict[str, Scale], floors: Sequence[Floor]) -> DurableMasks:
    return DurableMasks(_library(), scales, floors)


def read(masks: Masks, facts: Facts) -> tuple[int, int, int]:
    return masks.reached(facts), masks.unblocked(facts), masks.at_worst(facts)


# Equal to the evaluator


@pytest.mark.parametrize("assume", ["known", "worst"])
def test_every_case_of_the_default_pack(assume: Assume) -> None:
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]

    answers = [
        (engine().classify(c["facts"], assume=assume), default_pack().classify(c["facts"], assume=assume))
        for c in cases
    ]

    assert len(answers) >= 80
    assert [case["case"] for case, (ours, theirs) in zip(cases, answers, strict=True) if ours != theirs] == []


@given(facts=strategies.facts(strategies.support()), assume=ASSUMED, opened_at=st.none() | strategies.opened_at())
def test_the_default_pack(facts: Data, assume: Assume, opened_at: datetime | None) -> None:
    ours = engine().classify(facts, opened_at, "T-17", assume=assume)

    assert ours == default_pack().classify(facts, opened_at, "T-17", assume=assume)


@settings(max_examples=settings().max_examples // 4)  # a pack costs much more than facts do
@given(data=st.data(), doc=strategies.packs())
def test_generated_packs(data: st.DataObject, doc: Data) -> None:
    pack = strategies.load(doc)
    second = DurableEngine(pack)

    for facts in data.draw(st.lists(strategies.facts(doc), min_size=10, max_size=40)):
        for assume in ("known", "worst"):
            assert second.classify(facts, assume=assume) == pack.classify(facts, assume=assume)


@settings(max_examples=settings().max_examples // 4)
@given(data=st.data(), doc=strategies.packs())
def test_all_three_readings_of_the_masks(data: st.DataObject, doc: Data) -> None:
    pack = strategies.load(doc)
    evaluator = pack._engine.evaluator
    floors = (*evaluator.criteria_floors, *evaluator.condition_floors)
    plain, ours = Masks(evaluator.scales, floors), durable(evaluator.scales, floors)

    for facts in data.draw(st.lists(strategies.facts(doc), min_size=10, max_size=40)):
        known = pack._reader.read(facts).facts
        assert read(ours, known) == read(plain, known)


def test_the_usual_masks_have_no_part_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = {"functionality": "down", "enterprise_customers": 2, "engineering_needed": True}
    expected = default_pack().classify(facts)
    parts = ("severity", "could_be", "criteria", "roster", "war_room")
    wanted = [getattr(expected, part) for part in parts]
    second = DurableEngine(default_pack())

    readings = [name for name, found in vars(Masks).items() if callable(found) and not name.startswith("_")]
    for reading in readings:
        monkeypatch.delattr(Masks, reading)

    assert readings == ["reached", "picking", "reached_by", "unblocked", "at_worst"]

    assert [getattr(second.classify(facts), part) for part in parts] == wanted


def test_bad_input_is_refused_alike() -> None:
    facts = {"functionality": "dwon", "data_loss": 1}

    with pytest.raises(FactsError) as ours:
        engine().classify(facts)
    with pytest.raises(FactsError) as theirs:
        default_pack().classify(facts)

    assert ours.value.problems == theirs.value.problems
    with pytest.raises(ValueError, match=r"^`assume` is `known` or `worst`, not 'best'$"):
        engine().classify({}, assume="best")  # type: ignore[arg-type]


# Extremes


@pytest.mark.parametrize("id_", ["Störung № 17", "事故-17", "🔥", '"}{\\', "\u0000", ""])
def test_ids_never_reach_the_engine(id_: str) -> None:
    facts = {"functionality": "down", "environment": "production"}

    ours = engine().classify({"id": id_, "opened_at": "2026-03-02T14:23:00Z", "facts": facts})

    assert ours == default_pack().classify(facts, OPENED_AT, id_)
    assert (ours.id, ours.severity) == (id_, 1)


@pytest.mark.parametrize("worse", ["higher", "lower"])
def test_measures(worse: Literal["higher", "lower"]) -> None:
    levels = [1e-07, -1e-07, -3.5, 0.1 + 0.2, 0.3, 5e-324, 1e308, -1e308, 2**53 + 1, 2**70, 7]
    scales: dict[str, Scale] = {"m": Measure(unit="s", worse=worse)}
    floors: list[Floor] = [{"m": level} for level in levels]
    plain, ours = Masks(scales, floors), durable(scales, floors)

    for value in [None, *map(float, levels), 0.0, -0.0, float(2**53), 1.0000000000000002e-07, 1.7e308]:
        assert read(ours, {"m": value}) == read(plain, {"m": value})


def test_counts_and_their_sum() -> None:
    doc = {
        "name": "counts",
        "version": "1.0.0",
        "severities": {"1": "Bad", "2": "Good"},
        "facts": {name: {"ask": "How many?", "count": "customers"} for name in "abcd"}
        | {"s": {"sum_of": ["a", "b", "c", "d"]}},
        "criteria": {"1": {"most": {"text": "All", "when": [{"s": COUNT_MAX, "b": 2}, {"a": COUNT_MAX}, {"s": 3}]}}},
    }
    pack = strategies.load(doc)
    second = DurableEngine(pack)

    for facts in (
        dict.fromkeys("abcd", COUNT_MAX),
        {"a": COUNT_MAX - 1},
        {"a": COUNT_MAX - 3, "b": 2, "c": 1},
        {"a": 1, "b": 1, "c": 0, "d": 0},
        {"a": 1, "b": 1, "c": 0, "d": None},
        {},
    ):
        for assume in ("known", "worst"):
            assert second.classify(facts, assume=assume) == pack.classify(facts, assume=assume)


def test_facts_whose_names_durable_rules_would_confuse() -> None:
    # The last two have the same hash of 32 bits; the others are properties of its own.
    names = ("sid", "incident", "f0", "cache_error_high", "errors_account_report")
    scales: dict[str, Scale] = dict.fromkeys(names, Flag())
    floors: list[Floor] = [{name: True} for name in names]

    masks = durable(scales, floors)

    for bit, name in enumerate(names):
        assert masks.reached({**dict.fromkeys(names, False), name: True}) == 1 << bit


def test_a_pack_without_a_floor() -> None:
    doc = {
        "name": "bare",
        "version": "1.0.0",
        "severities": {"1": "Bad", "2": "Good"},
        "facts": {"a": {"ask": "Is it so?", "flag": {}}},
        "criteria": {},
    }
    pack = strategies.load(doc)

    assert DurableEngine(pack).classify({"a": True}) == pack.classify({"a": True})


# Size


def many_floors(count: int) -> tuple[dict[str, Scale], list[Floor]]:
    """Floors of one to three facts over every kind of scale that has an order, and a label."""
    random_ = random.Random(17)
    levels = Levels(names=tuple(f"l{n}" for n in range(9)))
    kinds: list[tuple[Scale, list[Any]]] = [
        (levels, list(levels.names[1:])),
        (Flag(), [True]),
        (Count(unit="customers"), [1, 2, 5, COUNT_MAX]),
        (Measure(unit="s", worse="lower"), [0.5, 1e-07, -2]),
        (Label(names=("x", "y")), ["x", "y"]),
    ]
    kind_of = {f"fact-{n}": kinds[n % len(kinds)] for n in range(25)}
    picked = [random_.sample(sorted(kind_of), random_.randint(1, 3)) for _ in range(count)]
    floors: list[Floor] = [{name: random_.choice(kind_of[name][1]) for name in names} for names in picked]
    return {name: scale for name, (scale, _) in kind_of.items()}, floors


@pytest.mark.parametrize("count", [60, 61, 700])
def test_many_floors_are_split(count: int) -> None:
    scales, floors = many_floors(count)
    plain, ours = Masks(scales, floors), durable(scales, floors)
    random_ = random.Random(4)
    ends: dict[type, tuple[Value, Value]] = {
        Levels: ("l0", "l8"),
        Flag: (False, True),
        Count: (0, COUNT_MAX),
        Measure: (9.0, -3.0),
        Label: ("x", "y"),
    }

    records: list[Facts] = [{name: ends[type(scale)][end] for name, scale in scales.items()} for end in (0, 1)]
    records += [{name: random_.choice([None, *ends[type(scale)]]) for name, scale in scales.items()} for _ in range(50)]
    for facts in records:
        assert read(ours, facts) == read(plain, facts)
    assert len(ours._rulesets) == -(-count // 60)


def test_many_facts_are_split() -> None:
    names = [f"fact-{n}" for n in range(3 * MOST_FACTS)]
    scales: dict[str, Scale] = dict.fromkeys(names, Flag())
    floors: list[Floor] = [dict.fromkeys(names[n : n + 200], True) for n in range(0, len(names) - 200, 50)]
    plain, ours = Masks(scales, floors), durable(scales, floors)

    for off in ([], names[:1], names[100:300:100], names[-1:], names[::40]):
        facts = {name: name not in off for name in names}
        assert read(ours, facts) == read(plain, facts)


def wide_pack(facts: int) -> Pack:
    names = [f"fact-{n}" for n in range(facts)]
    return strategies.load(
        {
            "name": "wide",
            "version": "1.0.0",
            "severities": {"1": "Bad", "2": "Good"},
            "facts": {name: {"ask": "Is it so?", "flag": {}} for name in names},
            "criteria": {"1": {"all": {"text": "All of it", "when": dict.fromkeys(names, True)}}},
        }
    )


def test_the_widest_floor() -> None:
    pack = wide_pack(MOST_FACTS)
    second = DurableEngine(pack)
    everything = dict.fromkeys(pack.model_dump()["facts"], True)

    assert second.classify(everything).severity == 1
    assert [name for name in everything if second.classify({**everything, name: False}).severity == 1] == []


def test_a_floor_that_is_too_wide_is_refused_by_name() -> None:
    with pytest.raises(EngineUnavailable) as refused:
        DurableEngine(wide_pack(MOST_FACTS + 1))

    assert str(refused.value) == "pack `wide` has a floor of 251 facts; durable-rules can hold 250 in one"
    assert [problem.code for problem in refused.value.problems] == ["too_large"]


# Memory, threads, interrupts


@needs_statm
def test_twenty_thousand_facts_in_the_same_memory() -> None:
    random_ = random.Random(6)
    wrong = 0
    before = 0
    for number in range(22_000):
        facts = random_facts(random_)
        ours, theirs = engine().classify(facts), default_pack().classify(facts)
        wrong += (ours.severity, ours.could_be, ours.war_room) != (theirs.severity, theirs.could_be, theirs.war_room)
        if number == 2_000:
            before = resident_kib()

    assert wrong == 0
    assert resident_kib() - before < 1024


@needs_statm
def test_an_engine_no_longer_used_gives_its_memory_back() -> None:
    scales, floors = many_floors(60)
    unknown: Facts = dict.fromkeys(scales)

    def use(times: int) -> int:
        for number in range(times):
            masks = durable(scales, floors)
            # To durable-rules it is not the same whether no fact came, no rule fired, or all did.
            if number % 3 == 1:
                assert masks.reached(unknown) == 0
            elif number % 3 == 2:
                assert masks.unblocked(unknown) == masks.every
        return resident_kib()

    assert use(100) > 0
    before = resident_kib()
    assert use(100) - before < 4096  # kept, they would take some 80 MiB


def test_eight_threads_at_once() -> None:
    random_ = random.Random(8)
    records = [random_facts(random_) for _ in range(4_000)]
    second = DurableEngine(default_pack())
    usual = sys.getswitchinterval()

    def parts(which: DurableEngine | Pack, facts: Data) -> tuple[Any, ...]:
        found = which.classify(facts)
        return found.severity, found.could_be, found.criteria, found.roster, found.war_room

    sys.setswitchinterval(1e-6)
    try:
        with thread_pool(8) as pool:
            answers = list(pool.map(lambda facts: parts(second, facts), records))
    finally:
        sys.setswitchinterval(usual)

    assert answers == [parts(default_pack(), facts) for facts in records]


class Interrupting:
    """The core of durable-rules, with an interrupt just after one of the calls to come, as if by Ctrl-C."""

    def __init__(self) -> None:
        self.left = 0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        real: Callable[..., Any] = getattr(_library(), name)
        if name.startswith("delete"):
            return real

        def call(*arguments: object) -> object:
            answer = real(*arguments)
            self.left -= 1
            if self.left == 0:
                raise KeyboardInterrupt
            return answer

        return call


def test_an_interrupt_in_the_middle_of_a_fact_leaves_nothing_behind() -> None:
    scales, floors = many_floors(20)
    library = Interrupting()
    plain, ours = Masks(scales, floors), DurableMasks(library, scales, floors)
    unknown: Facts = dict.fromkeys(scales)
    calls = len(floors) + 3  # assert the fact, start, complete each rule, retract

    for number in range(1, calls):
        library.left = number
        with pytest.raises(KeyboardInterrupt):
            ours.unblocked(unknown)
        assert read(ours, unknown) == read(plain, unknown)
