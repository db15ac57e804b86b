"""Processes, and threads, that append at once lose nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

from sevclass.incident.journal import Written, journal, read_journal
from tests.incident import writers
from tests.incident.folders import quick_folder
from tests.threads import thread_pool


def by_writer(text: bytes) -> dict[int, list[int]]:
    """What each writer has written, in the order in which it stands there."""
    found = defaultdict(list)
    for line in text.splitlines():
        entry = json.loads(line.removeprefix(b"- "))
        found[entry["writer"]].append(entry["number"])
    return dict(found)


def test_processes_that_append_at_once() -> None:
    with quick_folder() as folder:
        log = folder / "incident_timeline.yaml"
        command = [sys.executable, str(Path(writers.__file__)), "many", str(log), "8", "1000"]

        seen: list[Written] = []
        with subprocess.Popen(command) as process:
            while process.poll() is None:
                seen += [read_journal(log)] if log.exists() else []
                time.sleep(0.01)

        text, torn = read_journal(log)
    assert process.returncode == 0
    assert torn is None
    assert by_writer(text) == {writer: list(range(1_000)) for writer in range(1, 9)}
    # Who reads meanwhile sees what was there at a moment.
    assert len(seen) > 10
    assert all(text.startswith(before + (part or b"")) for before, part in seen)


def test_threads_that_append_at_once(tmp_path: Path) -> None:
    log = tmp_path / "incident_timeline.yaml"

    def write(writer: int) -> None:
        for number in range(20):
            with journal(log, patience_s=60) as mine:
                mine.append(writers.entry(number, writer))

    with thread_pool(8) as pool:
        list(pool.map(write, range(1, 9)))

    assert by_writer(read_journal(log).text) == {writer: list(range(20)) for writer in range(1, 9)}


def test_threads_that_read_and_write_anew_at_once(tmp_path: Path) -> None:
    log = tmp_path / "escalation_runbooks.yaml"

    def write(writer: int) -> None:
        for number in range(10):
            with journal(log, patience_s=60) as mine:
                mine.rewrite(f"{mine.text.decode()}{writers.entry(number, writer)}\n")

    with thread_pool(4) as pool:
        list(pool.map(write, range(1, 5)))

    assert by_writer(read_journal(log).text) == {writer: list(range(10)) for writer in range(1, 5)}
