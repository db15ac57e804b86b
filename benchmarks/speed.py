"""How fast it is, each figure beside a baseline of the same run.

python -m benchmarks.speed [--short]
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import yaml

from benchmarks import by_hand
from benchmarks.records import DEFAULT, distinct, pack_of
from benchmarks.timing import Figure, process, seconds, table
from sevclass import Classification, IncidentFacts, Pack, load_pack
from sevclass.loader import read_pack
from sevclass.scales import Value

PARTS = Classification.PARTS
ONE_MODEL = "from pydantic import BaseModel\nclass Model(BaseModel):\n    field: int"
EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "payments-down.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table; `--short` takes fewer records and rounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--short", action="store_true", help="a look, not a measurement")
    short = parser.parse_args(arguments).short
    count, rounds = (500, 5) if short else (3_000, 30)
    figures = [
        *in_memory(rounds, "distinct", distinct(DEFAULT, count, 1)),
        *in_memory(rounds, "repeated", distinct(DEFAULT, 20, 2) * (count // 20)),
        *by_size(count // 5, rounds),
        *loading(max(2, rounds // 5), 1_000 if short else 10_000),
        *starting(max(3, rounds // 2)),
        *streaming(5_000 if short else 60_000, max(2, rounds // 10)),
    ]
    sys.stdout.write(table(figures) + "\n")
    return 0


def in_memory(rounds: int, which: str, records: Sequence[dict[str, Value]]) -> Iterator[Figure]:
    """The severity, every part, and JSON, of facts that are at hand."""
    models = [IncidentFacts.model_validate(record) for record in records]
    texts = [json.dumps(record).encode() for record in records]
    # A wrong answer is never fast.
    if any(by_hand.severity(model) != DEFAULT.classify(model).severity for model in models):
        raise AssertionError("the rules by hand and the pack disagree")

    def every_part() -> None:
        for model in models:
            found = DEFAULT.classify(model)
            for part in PARTS:
                getattr(found, part)

    took = seconds(
        {
            "by hand": lambda: [by_hand.severity(model) for model in models],
            "severity": lambda: [DEFAULT.classify(model).severity for model in models],
            "parts": every_part,
            "dumped": lambda: [DEFAULT.classify(model).model_dump_json() for model in models],
            "pydantic": lambda: [IncidentFacts.model_validate_json(text) for text in texts],
            "json": lambda: [DEFAULT.classify_json(text).severity for text in texts],
        },
        rounds,
    )
    hand, read = took["by hand"], took["pydantic"]

    def figure(what: str, name: str, baseline: str, base: float, limit: float | None = None) -> Figure:
        per, against = (f"{time / len(records) * 1e6:.2f} µs" for time in (took[name], base))
        return Figure(
            what=f"{what}, {which}", taken=per, against=f"{baseline}: {against}", ratio=took[name] / base, limit=limit
        )

    yield figure("`classify(model).severity`", "severity", "if/elif by hand", hand, 2.0)
    yield figure("the same, every part read", "parts", "if/elif by hand", hand)
    yield figure("the same, `model_dump_json()`", "dumped", "if/elif by hand", hand)
    yield figure("`classify_json(data).severity`", "json", "`model_validate_json`", read, 1.4)


def by_size(count: int, rounds: int) -> Iterator[Figure]:
    """Severity and could_be by packs of more and more criteria over the same facts."""
    packs = {size: _loaded(pack_of(size)) for size in (10, 100, 1_000, 10_000)}
    records = distinct(packs[10], count, 3)

    def work(pack: Pack) -> Callable[[], object]:
        models = [pack.Facts.model_validate(record) for record in records]
        return lambda: [(found.severity, found.could_be) for found in map(pack.classify, models)]

    took = seconds({str(size): work(pack) for size, pack in packs.items()}, rounds)
    base = took["10"]
    for size in packs:
        per = f"{took[str(size)] / len(records) * 1e6:.2f} µs"
        limit = 3.0 if size == 1_000 else None  # noqa: PLR2004 - the size with an aim
        ratio = took[str(size)] / base
        yield Figure(
            what=f"severity and could_be, {size:,} criteria", taken=per, against="10 criteria", ratio=ratio, limit=limit
        )


def _written(folder: Path, document: object) -> Path:
    (folder / "pack.yaml").write_text(yaml.safe_dump(document, sort_keys=False), encoding="utf-8")
    return folder


def _loaded(document: object) -> Pack:
    with tempfile.TemporaryDirectory() as folder:
        return load_pack(_written(Path(folder), document))


def loading(rounds: int, criteria: int) -> Iterator[Figure]:
    """Loading a large pack and the default one."""
    with tempfile.TemporaryDirectory() as name:
        folder = _written(Path(name), pack_of(criteria))
        text = (folder / "pack.yaml").read_text(encoding="utf-8")
        took = seconds(
            {
                "large": lambda: load_pack(folder),
                "yaml": lambda: yaml.load(text, Loader=yaml.CSafeLoader),
                "default": load_pack,
                "read": lambda: read_pack("support"),
            },
            rounds,
        )
    yield Figure(
        what=f"loading {criteria:,} criteria",
        taken=f"{took['large']:.2f} s",
        against=f"PyYAML alone: {took['yaml']:.2f} s",
        ratio=took["large"] / took["yaml"],
        aim="1 s",
        is_short=took["large"] > 1,
    )
    default, read = (took[name] * 1e3 for name in ("default", "read"))
    most = 10
    is_short = default > most
    yield Figure(what="loading the default pack", taken=f"{default:.1f} ms", aim=f"{most} ms", is_short=is_short)
    yield Figure(what="reading its YAML instead", taken=f"{read:.1f} ms")


def starting(rounds: int) -> Iterator[Figure]:
    """A process that imports the library, and one that classifies a file."""
    took = seconds(
        {
            "pydantic": process("-c", "from pydantic import BaseModel"),
            "sevclass": process("-c", "import sevclass"),
            "classify": process("-c", "from sevclass import classify"),
            "model": process("-c", ONE_MODEL),
            "cold": process("-m", "sevclass", str(EXAMPLE)),
        },
        rounds,
    )

    def figure(what: str, name: str, baseline: str, base: str, limit: float) -> Figure:
        taken, against = (f"{took[key] * 1e3:.0f} ms" for key in (name, base))
        return Figure(
            what=what, taken=taken, against=f"{baseline}: {against}", ratio=took[name] / took[base], limit=limit
        )

    yield figure("`import sevclass`", "sevclass", "`from pydantic import BaseModel`", "pydantic", 1.3)
    yield figure("`from sevclass import classify`", "classify", "`from pydantic import BaseModel`", "pydantic", 1.3)
    yield figure("`python -m sevclass FACTS.json`", "cold", "pydantic and one model", "model", 1.5)


def streaming(count: int, rounds: int) -> Iterator[Figure]:
    """JSON lines through the command line, start included and then left out."""
    with tempfile.TemporaryDirectory() as name:
        few, many = Path(name, "few.jsonl"), Path(name, "many.jsonl")
        lines = [
            json.dumps({"id": f"T-{number}", "facts": facts}) + "\n"
            for number, facts in enumerate(distinct(DEFAULT, count, 4))
        ]
        few.write_text("".join(lines[:100]), encoding="utf-8")
        many.write_text("".join(lines), encoding="utf-8")
        for flags, aim in (([], 60_000), (["--brief"], 150_000)):
            took = seconds({path.name: process("-m", "sevclass", str(path), *flags) for path in (few, many)}, rounds)
            rate = (count - 100) / (took[many.name] - took[few.name])
            option = " ".join(["", *flags])
            yield Figure(
                what=f"JSON lines through the command line{option}",
                taken=f"{rate:,.0f} a second",
                aim=f"{aim:,} a second",
                is_short=rate < aim,
            )
        peaks = [_peak(path) for path in (few, many)]
        yield Figure(
            what=f"memory for {count:,} lines", taken=f"{peaks[1]} MB", against=f"100 lines: {peaks[0]} MB",
            ratio=peaks[1] / peaks[0],
        )  # fmt: skip


def _peak(path: Path) -> int:
    """The most memory of a process that classifies the lines, in megabytes."""
    watched = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", watched, sys.executable, "-m", "sevclass", str(path)]
    kilobytes = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return kilobytes // 1_000


if __name__ == "__main__":
    sys.exit(main())
