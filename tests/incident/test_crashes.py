"""Whatever moment a writer dies at, every entry that was acknowledged is there once, and nothing else is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from sevclass.incident.journal import journal, read_journal, split
from tests.incident import writers
from tests.incident.folders import quick_folder

SCRIPT = str(Path(writers.__file__))
RUNS, KILLS = 4, 130  # 520 in all
LOGS = 26  # the more entries in a log, the longer it takes to read
LONGEST_S = 0.02
HAND_WRITTEN = "# by hand\n- at: 2026-03-02T14:23:00Z\n  event: opened\n"


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_writer_that_is_killed_loses_nothing(seed: int) -> None:
    rng = random.Random(seed)
    torn = 0
    with quick_folder() as folder, template() as (ask, answers):
        for number in range(LOGS):
            log = folder / str(number) / "incident_timeline.yaml"
            torn += sum(killed(log, ask, answers, rng, amid=bool(n % 2)) for n in range(KILLS // LOGS))

    # Else no kill has come at the moment that matters. Other kernels may finish a write before they end its process.
    assert torn > 0 or sys.platform != "linux"


def killed(log: Path, ask: IO[str], answers: IO[str], rng: random.Random, *, amid: bool) -> bool:
    """Whether the line was torn when one more writer of that log was killed; if `amid`, as soon as the log grows."""
    before = numbers(read_journal(log).text) if log.exists() else []
    ask.write(f"{log} {len(before)}\n")
    ask.flush()
    word, pid = answers.readline().split()
    assert word == "pid"
    time.sleep(rng.uniform(0, LONGEST_S))
    if amid:
        size, give_up = size_of(log), time.monotonic() + 1
        while size_of(log) == size and time.monotonic() < give_up:
            pass
    os.kill(int(pid), signal.SIGKILL)
    said = list(iter(lambda: answers.readline().strip(), f"ended {-signal.SIGKILL}"))
    acknowledged = [*before, *map(int, said)]

    text, torn = read_journal(log) if log.exists() else (b"", None)

    # Of the one that was being written there is all, a part or nothing.
    there = numbers(text)
    assert acknowledged == list(range(len(acknowledged)))
    assert there in (acknowledged, [*acknowledged, len(acknowledged)])
    assert torn is None or writers.entry(len(there)).encode().startswith(torn)
    if torn is not None:
        with journal(log) as again:
            again.append(writers.entry(len(there)))
        assert log.with_suffix(".torn").read_bytes().endswith(block(torn, writers.entry(len(there))))
        assert numbers(read_journal(log).text) == [*there, len(there)]
    return torn is not None


def size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


@contextmanager
def template() -> Iterator[tuple[IO[str], IO[str]]]:
    """What starts writers: where to ask for one, and where it answers."""
    with subprocess.Popen(
        [sys.executable, SCRIPT, "kill"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdin, process.stdout
        process.stdin.close()
        assert process.wait() == 0


def numbers(text: bytes) -> list[int]:
    """The numbers of the entries, each a whole line."""
    return [json.loads(line[2:])["number"] for line in text.splitlines()]


def block(torn: bytes, line: str) -> bytes:
    """What stands beside the log when a torn line was set aside before that one was appended."""
    return f"# torn line of {len(torn)} bytes, set aside before: {line}\n".encode() + torn + b"\n"


# --- torn at every byte -----------------------------------------------------------------------------------------------


def test_a_line_that_is_torn_at_any_byte_is_set_aside(tmp_path: Path) -> None:
    log = tmp_path / "incident_timeline.yaml"
    line = '- {"at": "2026-03-02T14:23:00Z", "event": "note", "text": "größer \\"}\\" 😀"}'.encode()
    before = f'{HAND_WRITTEN}- {{"n": 1}}\n'.encode()
    expected = []
    for size in range(1, len(line)):
        log.write_bytes(before + line[:size])

        assert read_journal(log) == (before, line[:size])
        with journal(log) as writer:
            writer.append('- {"n": 2}')

        assert log.read_bytes() == before + b'- {"n": 2}\n'
        expected.append(block(line[:size], '- {"n": 2}'))
    assert log.with_suffix(".torn").read_bytes() == b"\n".join(expected)


def test_a_line_that_lacks_only_its_end_is_an_entry(tmp_path: Path) -> None:
    log = tmp_path / "incident_timeline.yaml"
    log.write_bytes(b'- {"n": 1}\n- {"n": 2}')

    with journal(log) as writer:
        writer.append('- {"n": 3}')

    assert log.read_bytes() == b'- {"n": 1}\n- {"n": 2}\n- {"n": 3}\n'
    assert not log.with_suffix(".torn").exists()


# --- a crash at every step --------------------------------------------------------------------------------------------

TORN = b'- {"at": "2026-0'


@pytest.mark.parametrize("doing", ["append", "rewrite"])
def test_a_crash_at_any_step_loses_nothing(doing: str) -> None:
    new = {"append": f"{HAND_WRITTEN}{writers.entry(0)}\n", "rewrite": "- new: text\n"}[doing].encode()
    with quick_folder() as folder:
        for step in range(100):
            log = folder / str(step) / "incident_timeline.yaml"
            log.parent.mkdir()
            log.write_bytes(HAND_WRITTEN.encode() + TORN)

            done = subprocess.run([sys.executable, SCRIPT, "stop", doing, str(log), str(step)], check=False)

            assert done.returncode in {0, writers.STOPPED}
            text, torn = read_journal(log)
            assert text in (HAND_WRITTEN.encode(), new)
            aside = log.with_suffix(".torn")
            assert torn == TORN or TORN in aside.read_bytes()
            if done.returncode == 0:
                break
            with journal(log) as writer:
                writer.rewrite(f"{text.decode()}# after\n")
            assert split(log.read_bytes()) == (text + b"# after\n", None)
            assert TORN in aside.read_bytes()
            assert {path.name for path in log.parent.iterdir()} == {log.name, aside.name, f"{log.name}.lock"}
        assert done.returncode == 0
        assert step > 8
