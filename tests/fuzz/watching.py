"""The process that reads the inputs, under limits of time and memory, and the one that watches it."""

from __future__ import annotations

import faulthandler
import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from typing import Any

from sevclass import classify
from tests.fuzz.inputs import ROOT, made
from tests.fuzz.reading import failure, read

SECONDS = 10
"""The longest that one input may take."""
MEMORY = 2**30
"""The most address space of the process that reads the inputs, in bytes."""
NO_LIMITS = ("win32", "darwin")
"""The systems that limit no address space."""


def limit_memory(most: int = MEMORY) -> None:
    """Refuse this process more address space, where the system can."""
    if sys.platform not in NO_LIMITS:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def work(seed: int, first: int, inputs: int, until: float) -> None:
    """Run inputs one after the other, and say on standard output which one is begun and how each one went."""
    classify({})
    limit_memory()
    for number in range(first, first + inputs):
        if time.time() > until:
            return
        report(number, "begun")
        given = made(seed, number)
        faulthandler.dump_traceback_later(SECONDS, exit=True)  # in C code too, where an alarm is not heard
        begun = time.monotonic()
        found = failure(lambda given=given: read(given))  # type: ignore[misc]
        taken = time.monotonic() - begun
        faulthandler.cancel_dump_traceback_later()
        report(number, "done" if found is None else "failed", found or taken)


def report(*line: object) -> None:
    """One line for the process that watches."""
    print(json.dumps(line), flush=True)


@dataclass(kw_only=True)
class Watch:
    """The inputs that were run and how they went."""

    done: int = 0
    begun: int = -1
    failed: dict[int, str] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, 0)

    def follow(self, command: list[str]) -> bool:
        """Run a worker to its end; whether it came to it by itself. If not, the input that was begun has failed."""
        with (
            tempfile.TemporaryFile() as errors,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, cwd=ROOT) as worker,
        ):
            for line in worker.stdout or ():
                self.take(*json.loads(line))
            if worker.wait() == 0:
                return True
            errors.seek(0)
            self.take(self.begun, "failed", f"ended with {worker.returncode}: {errors.read().decode()[-2_000:]}")
            return False

    def take(self, number: int, state: str, result: Any = None) -> None:  # noqa: ANN401 - seconds, or a text
        """One line of a worker."""
        if state == "begun":
            self.begun = number
            return
        self.done += 1
        if state == "failed":
            self.failed[number] = result
        else:
            self.slowest = max(self.slowest, (result, number))


def watched(seed: int, inputs: int, seconds: float) -> Watch:
    """Run so many inputs, or for so long, whatever comes first."""
    watch = Watch()
    until = time.time() + seconds
    while watch.begun + 1 < inputs:
        numbers = (seed, watch.begun + 1, inputs - watch.begun - 1, until)
        if watch.follow([sys.executable, "-m", "tests.fuzz", "--worker", *map(str, numbers)]):
            break
    return watch
