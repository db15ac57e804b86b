"""How fast incidents are replayed: one log of many events, and `sevclass due` over many logs."""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.records import DEFAULT
from benchmarks.timing import Figure, process, seconds, table
from sevclass.incident import read_log, replay
from sevclass.incident.store import Store

OPENED = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)
EVENTS = 10_000
INCIDENTS, EACH = 10_000, 20
WAITS = {"waiting": "resumed", "resumed": "waiting"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, and print the table; `--short` takes fewer rounds, and a tenth of the incidents."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.incidents", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--short", action="store_true", help="a look, not a measurement")
    short = parser.parse_args(arguments).short
    figures = [*one_log(3 if short else 10), *many_logs(INCIDENTS // (10 if short else 1), 2 if short else 3)]
    sys.stdout.write(table(figures) + "\n")
    return 0


def log(count: int, seed: int) -> Iterator[str]:
    """The lines of a log with so many events: a third of them notes, the others what moves clocks and severity."""
    chance = random.Random(seed)  # noqa: S311 - seeded data
    facts: dict[str, Any] = {"functionality": "moderate", "environment": "production"}
    yield _line(OPENED, "opened", title="Payments fail", facts=facts)
    wait = "waiting"
    for number in range(1, count):
        at = OPENED + timedelta(minutes=3 * number)
        kinds = ("note", "update_sent", "facts", "notified", "wait", "step", "decided")
        kind = chance.choices(kinds, (30, 20, 12, 8, 12, 8, 10))[0]
        match kind:
            case "facts":
                level = chance.choice(["minor", "moderate", "major", "down"])
                yield _line(at, kind, facts={"functionality": level}, by="anna")
            case "notified":
                yield _line(at, kind, role="executive-team")
            case "wait":
                yield _line(at, wait, on="customer")
                wait = WAITS[wait]
            case "update_sent":
                yield _line(at, kind, by="anna")
            case "step":
                yield _line(at, kind, item="reproduce")
            case _:
                yield _line(at, kind, text="They have found the query that is slow", by="anna")


def _line(at: datetime, event: str, **fields: Any) -> str:
    return "- " + json.dumps({"at": at.isoformat().replace("+00:00", "Z"), "event": event, **fields}) + "\n"


def one_log(rounds: int) -> Iterator[Figure]:
    """A log of 10,000 events, read and replayed."""
    text = "".join(log(EVENTS, 1)).encode()
    lines = [line[2:] for line in text.splitlines()]
    entries = read_log(text).entries
    now = OPENED + timedelta(days=30)
    took = seconds(
        {
            "replay": lambda: replay(entries, DEFAULT, now).clocks,
            "read": lambda: read_log(text),
            "json": lambda: [json.loads(line) for line in lines],
        },
        rounds,
    )
    against = f"`json.loads` of the lines: {took['json'] * 1e3:.0f} ms"
    for name, what, limit in (("replay", "replay of 10,000 events", 0.1), ("read", "reading them", None)):
        yield Figure(
            what=what,
            taken=f"{took[name] * 1e3:.0f} ms",
            against=against,
            ratio=took[name] / took["json"],
            aim=f"{limit * 1e3:.0f} ms" if limit else "",
            is_short=bool(limit and took[name] > limit),
        )


def many_logs(count: int, rounds: int) -> Iterator[Figure]:
    """`sevclass due` over a folder of many incidents, start included."""
    with tempfile.TemporaryDirectory() as name:
        store = Store(Path(name))
        paths = [store.timeline(f"T-{number}") for number in range(count)]
        for number, path in enumerate(paths):
            path.parent.mkdir(parents=True)
            path.write_text("".join(log(EACH, number)), encoding="utf-8")
        now = (OPENED + timedelta(hours=2)).isoformat()

        def plainly() -> None:
            for path in paths:
                for line in path.read_bytes().splitlines():
                    json.loads(line[2:])

        took = seconds({"due": process("-m", "sevclass", "due", name, "--now", now, status=1), "json": plainly}, rounds)
        limit = 5.0 * count / INCIDENTS
        yield Figure(
            what=f"`sevclass due`, {count:,} incidents of {EACH} events",
            taken=f"{took['due']:.1f} s",
            against=f"reading the files, `json.loads` of the lines: {took['json']:.1f} s",
            ratio=took["due"] / took["json"],
            aim=f"{limit:g} s",
            is_short=took["due"] > limit,
        )


if __name__ == "__main__":
    sys.exit(main())
