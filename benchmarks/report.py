"""How fast the report over many incidents is made, and how much memory it takes: one file, scattered or together."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.timing import Figure, table

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
NOW = "2026-03-09T09:00:00Z"
WEEK_S = 7 * 86_400
INCIDENTS = 100_000
SECONDS = 60
MEGABYTES = 1_024
# Runs the words given in a process of their own, and tells its seconds of one core and its most memory.
_RUN = """\
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
_READ = "import json, sys; [json.loads(line) for line in open(sys.argv[1], 'rb')]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table; `--short` takes a fiftieth of the incidents."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--short", action="store_true", help="a look, not a measurement")
    count = INCIDENTS // (50 if parser.parse_args(arguments).short else 1)
    sys.stdout.write(table([*figures(count)]) + "\n")
    return 0


def figures(count: int) -> Iterator[Figure]:
    """All opened in the week, so that each is replayed; then most of them opened long before it."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "incidents.jsonl"
        for how, weeks in (("together", 1), ("scattered", 1), ("of two years", 104)):
            lines = [line for number in range(count) for line in _lines(number, count, weeks)]
            if how == "scattered":
                random.Random(2).shuffle(lines)  # noqa: S311 - seeded data
            path.write_text("".join(lines), encoding="utf-8")
            plain, _ = _used(sys.executable, "-c", _READ, str(path))
            words = ("report", str(path), "--week", "2026-W10", "--now", NOW, "--format", "json")
            began = time.perf_counter()
            took, memory = _used(sys.executable, "-m", "sevclass", *words)
            passed = time.perf_counter() - began
            limit = SECONDS * count / INCIDENTS
            yield Figure(
                what=f"`sevclass report`, {count:,} incidents of 10 events, {how}",
                taken=f"{took:.1f} s of one core, {passed:.1f} s in all, {memory:.0f} MB",
                against=f"`json.loads` of the lines, start included: {plain:.1f} s",
                ratio=took / plain,
                aim=f"{limit:g} s, {MEGABYTES} MB",
                is_short=took > limit or memory > MEGABYTES,
            )


def _used(*words: str) -> tuple[float, float]:
    """The seconds of one core that a process takes, and the most megabytes."""
    done = subprocess.run([sys.executable, "-c", _RUN, *words], stdout=subprocess.PIPE, check=True)
    status, seconds, kilobytes = done.stdout.split()
    if int(status):
        raise subprocess.CalledProcessError(int(status), words)
    return float(seconds), int(kilobytes) / 1_024


def _lines(number: int, count: int, weeks: int) -> Iterator[str]:
    """An incident of ten events; the last of so many weeks is the one of the report."""
    chance = random.Random(number)  # noqa: S311 - seeded data
    opened = MONDAY + timedelta(seconds=WEEK_S - weeks * WEEK_S * (count - number) // count)
    facts = {
        "functionality": chance.choice(["minor", "moderate", "major", "down"]),
        "environment": "production",
        "enterprise_customers": chance.randint(0, 3),
    }

    def after(minutes: int, event: str, **fields: Any) -> str:
        at = (opened + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")
        return json.dumps({"at": at, "event": event, "incident": f"INC-{number}", **fields}) + "\n"

    yield after(0, "opened", title=f"Payments fail {number}", facts=facts)
    yield after(5, "acknowledged", by="anna")
    yield after(10, "notified", role="executive-team")
    yield after(20, "update_sent")
    yield after(30, "cause", category="configuration", known_issue=f"KI-{number % 1000}")
    yield after(40, "facts", facts={"functionality": "moderate"})
    yield after(60, "mitigated")
    yield after(90, "resolved")
    yield after(200, "satisfaction", score=chance.randint(1, 5), customer="acme")
    yield after(300, "reviewed")


if __name__ == "__main__":
    sys.exit(main())
