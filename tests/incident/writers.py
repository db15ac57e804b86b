"""Writers of a journal that can be killed, as processes of their own.

`python writers.py kill`: for each line `LOG NUMBER` that it reads, a writer that appends entries from that number on,
as fast as it can, until it is killed. It prints the writer's `pid`, each number once its append has returned, and
`ended`.

`python writers.py many LOG WRITERS ENTRIES`: that many writers at once, each of that many entries.

`python writers.py stop DOING LOG STEP`: one writer that is gone at that step, counted in calls of the system; in a
write, half of it is done. It ends with 9, or with 0 if it is through before that.

It imports little, so that a new writer is a matter of a millisecond.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

from sevclass.incident.journal import journal

STOPPED = 9
_SIZES = (10, 1_000_000, 100, 2_000_000, 1_000)
_CALLS = ("open", "write", "fsync", "ftruncate", "mkdir", "replace", "rename", "unlink", "chmod", "close")


def entry(number: int, writer: int = 0) -> str:
    """The entry of that number. Some are so large that a kill can come in the middle of a write."""
    size = 20 if writer else _SIZES[number % len(_SIZES)]
    return f'- {{"writer": {writer}, "number": {number}, "text": "{"x" * size}"}}'


def write(log_path: Path, numbers: range | count[int], writer: int, tell: Callable[[int], None]) -> None:
    """Append an entry for each number, with a lock of its own."""
    for number in numbers:
        with journal(log_path, patience_s=60) as log:
            log.append(entry(number, writer))
        tell(number)


def kill() -> None:
    for line in sys.stdin:
        path, number = line.split()
        if not (pid := os.fork()):
            try:
                _say(f"pid {os.getpid()}")  # before all else that it says
                write(Path(path), count(int(number)), 0, lambda done: _say(str(done)))
            finally:
                os._exit(1)
        _, status = os.waitpid(pid, 0)
        _say(f"ended {os.waitstatus_to_exitcode(status)}")


def many(path: Path, writers: int, entries: int) -> None:
    for writer in range(1, writers + 1):
        if not os.fork():
            status = 1
            try:
                write(path, range(entries), writer, lambda _: None)
                status = 0
            finally:
                os._exit(status)
    codes = [os.waitstatus_to_exitcode(os.wait()[1]) for _ in range(writers)]
    sys.exit(max(codes))


def stop(doing: str, path: Path, step: int) -> None:
    left = count(step, -1)

    def counted(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def stopping(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - of any call
            if next(left) == 0:
                if name == "write":
                    call(arguments[0], bytes(arguments[1])[: len(arguments[1]) // 2])
                os._exit(STOPPED)
            return call(*arguments, **named)

        return stopping

    for name in _CALLS:
        setattr(os, name, counted(name, getattr(os, name)))
    with journal(path) as log:
        if doing == "append":
            log.append(entry(0))
        else:
            log.rewrite("- new: text\n")
    os._exit(0)


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    match sys.argv[1:]:
        case ["kill"]:
            kill()
        case ["many", path, writers, entries]:
            many(Path(path), int(writers), int(entries))
        case ["stop", doing, path, step]:
            stop(doing, Path(path), int(step))
