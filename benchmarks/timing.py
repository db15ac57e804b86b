"""How long things take, side by side: the best of several rounds, in turns, so that a busy machine slows all alike."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One line of the table: what was measured, against what, and what it should keep to."""

    what: str
    taken: str
    against: str = ""
    ratio: float | None = None
    limit: float | None = None

    @property
    def kept(self) -> bool:
        """Whether it keeps to its limit, if it has one."""
        return self.limit is None or self.ratio is None or self.ratio <= self.limit


def seconds(work: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least time that each takes."""
    least = dict.fromkeys(work, float("inf"))
    for _ in range(rounds):
        for name, run in work.items():
            start = time.perf_counter()
            run()
            least[name] = min(least[name], time.perf_counter() - start)
    return least


def process(*words: str) -> Callable[[], object]:
    """A run of Python in a process of its own, its output thrown away."""
    command = [sys.executable, *words]
    return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table in Markdown."""
    lines = ["| measured | takes | baseline of the same run | ratio | limit |", "| --- | --- | --- | --- | --- |"]
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        limit = "" if figure.limit is None else f"{figure.limit:g}{'' if figure.kept else ', missed'}"
        lines.append(f"| {figure.what} | {figure.taken} | {figure.against} | {ratio} | {limit} |")
    return "\n".join(lines)
