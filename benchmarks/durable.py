"""Many facts through durable-rules: whether memory stays flat and answers are right, and how much slower it is.

    python -m benchmarks.durable [--facts N]

Exit 1: an answer differed, or the memory grew after the first tenth.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

from sevclass import Classification, Pack, load_pack
from sevclass.targets.durable import DurableEngine, EngineUnavailable

FACTS = 1_000_000
STEPS = 10
MOST_GROWTH_MIB = 4
"""More than an allocator's noise; a leak of five bytes a fact would be over it."""


def values(pack: Pack) -> dict[str, list[object]]:
    """Each fact that can be given, with values of it."""
    scales = pack.model_dump()["facts"]
    given = {name: scale for name, scale in scales.items() if "sum_of" not in scale}
    return {
        name: list(scale.get("levels") or scale.get("label") or ([0, 1, 2, 3] if "count" in scale else [False, True]))
        for name, scale in given.items()
    }


def records(pack: Pack, count: int, seed: int = 6) -> Iterator[dict[str, object]]:
    """Random facts, one in three unknown."""
    random_ = random.Random(seed)  # noqa: S311 - seeded data
    choices = values(pack)
    for _ in range(count):
        yield {name: random_.choice(some) for name, some in choices.items() if random_.random() < 2 / 3}


def answer(classify: Callable[[dict[str, object]], Classification], facts: dict[str, object]) -> tuple[object, ...]:
    """What rests on floors: three of them read, so that each of the two sets of floors has been asked."""
    found = classify(facts)
    return found.severity, found.could_be, found.war_room


def peak_mib() -> float:
    """The most memory in use so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark and print a table; the exit code says whether all held."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.durable", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--facts", type=int, default=FACTS, metavar="N", help=f"how many (default {FACTS:,})")
    count = max(parser.parse_args(arguments).facts, STEPS)
    pack = load_pack()
    try:
        engine = DurableEngine(pack)
    except EngineUnavailable as error:
        print(f"left out: {error}")
        return 0

    evaluator_s = durable_s = 0.0
    wrong = 0
    peaks: list[float] = []
    print(f"{'facts':>10} {'evaluator µs':>13} {'durable µs':>11} {'ratio':>6} {'peak MiB':>9} {'wrong':>6}")
    for number, facts in enumerate(records(pack, count), start=1):
        start = perf_counter()
        theirs = answer(pack.classify, facts)
        middle = perf_counter()
        ours = answer(engine.classify, facts)
        evaluator_s += middle - start
        durable_s += perf_counter() - middle
        wrong += ours != theirs
        if number * STEPS // count > len(peaks):
            peaks.append(peak_mib())
            each = f"{1e6 * evaluator_s / number:>13.1f} {1e6 * durable_s / number:>11.1f}"
            print(f"{number:>10,} {each} {durable_s / evaluator_s:>6.1f} {peaks[-1]:>9.1f} {wrong:>6}")
    growth = peaks[-1] - peaks[0]
    print(f"growth after the first tenth: {growth:.1f} MiB")
    return int(bool(wrong) or growth > MOST_GROWTH_MIB)


if __name__ == "__main__":
    sys.exit(main())
