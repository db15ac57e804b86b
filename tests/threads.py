"""Threads for the tests that share something between them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event


@contextmanager
def thread_pool(size: int) -> Iterator[ThreadPoolExecutor]:
    """A pool whose threads all run already.

    Each starts when the one before it runs: CPython 3.11 refuses to install the trace function of coverage in two
    threads at the same moment, and a thread that is refused dies.
    """
    go = Event()

    def wait(running: Event) -> None:
        running.set()
        go.wait()

    with ThreadPoolExecutor(size) as pool:
        for _ in range(size):
            running = Event()
            pool.submit(wait, running)
            running.wait()
        go.set()
        yield pool
