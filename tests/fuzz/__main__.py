"""Read mutated packs and facts: each gives a result or problems that can be shown, soon, and in little memory.

    python -m tests.fuzz --seconds 600 --seed 1    look for so long; what fails is saved in `build/fuzz/`
    python -m tests.fuzz --inputs 3000 --seed 1    look at so many
    python -m tests.fuzz --again FOLDER            read an input that was saved

Exit status 1 if something failed.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.fuzz.inputs import ROOT, Input, made
from tests.fuzz.reading import failure, read
from tests.fuzz.watching import watched, work

SAVED = ROOT / "build" / "fuzz"


def main() -> int:
    """The exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--inputs", type=int, default=sys.maxsize)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--again", type=Path, metavar="FOLDER")
    parser.add_argument("--worker", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        seed, first, inputs, until = options.worker
        work(int(seed), int(first), int(inputs), float(until))
        return 0
    if options.again:
        given = Input(files={path.name: path.read_bytes() for path in sorted(options.again.iterdir())})
        found = failure(lambda: read(given))
        print(found or "no failure")
        return int(found is not None)
    watch = watched(options.seed, options.inputs, options.seconds)
    for number, text in watch.failed.items():
        folder = SAVED / f"{options.seed}-{number}"
        if not folder.exists():
            made(options.seed, number).save(folder)
        print(f"--- seed {options.seed}, input {number}, saved in {os.path.relpath(folder)}\n{text}")
    seconds, number = watch.slowest
    print(f"{watch.done} inputs, {len(watch.failed)} failed; the slowest, {number}, took {seconds:.2f} s")
    return int(bool(watch.failed))


if __name__ == "__main__":
    raise SystemExit(main())
