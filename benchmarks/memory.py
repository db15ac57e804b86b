"""How much memory a stream takes: JSON lines through the command line, watched while they pass.

python -m benchmarks.memory [--megabytes 1000] [--brief]

Every record has facts of its own. It reads what is in use from /proc, so it needs Linux.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from benchmarks.records import DEFAULT, distinct

_KINDS = 20_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Feed the lines, and print the memory in use at each tenth of the way."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=1_000, help="how much is fed (default: 1000)")
    parser.add_argument("--brief", action="store_true", help="with `--brief`")
    options = parser.parse_args(arguments)
    command = [sys.executable, "-m", "sevclass", "-", "--input", "jsonl", *(["--brief"] if options.brief else [])]
    total, fed, records, start = options.megabytes * 1_000_000, 0, 0, time.perf_counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        assert process.stdin is not None  # noqa: S101 - it is a pipe
        tenth = 1
        for block, lines in _blocks():
            process.stdin.write(block)
            fed += len(block)
            records += lines
            if fed * 10 >= tenth * total:
                sys.stdout.write(f"{fed / 1e6:7.0f} MB {records:9,} records: {_in_use(process.pid):5.1f} MB in use\n")
                sys.stdout.flush()
                tenth += 1
            if fed >= total:
                break
        process.stdin.close()
    sys.stdout.write(f"{records / (time.perf_counter() - start):,.0f} records a second, making them included\n")
    return process.returncode


def _blocks() -> Iterator[tuple[bytes, int]]:
    """JSON lines, some thousand at a time, no two with the same facts."""
    kinds = [
        json.dumps({"id": "T-%d", "facts": {**facts, "other_customers": "%d"}})
        for facts in distinct(DEFAULT, _KINDS, 7)
    ]
    kinds = [kind.replace('"%d"', "%d") + "\n" for kind in kinds]
    number = count()
    while True:
        yield "".join([kind % ((n := next(number)), n) for kind in kinds]).encode(), len(kinds)


def _in_use(process: int) -> float:
    status = Path("/proc", str(process), "status").read_text(encoding="ascii")
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1_000


if __name__ == "__main__":
    sys.exit(main())
