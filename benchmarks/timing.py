"""How long things take, side by side: the best of several rounds, in turns, so that a busy machine slows all alike."""

from __future__ import annotations

import os
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
    """What the ratio should not pass."""
    aim: str = ""
    """What it should keep to where that is no ratio."""
    is_short: bool = False
    """Whether it falls short of that."""

    @property
    def told(self) -> str:
        """What it should keep to, and whether it does."""
        over = self.limit is not None and self.ratio is not None and self.ratio > self.limit
        aim = self.aim if self.limit is None else f"{self.limit:g}"
        return f"{aim}, missed" if over or self.is_short else aim


def seconds(work: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The least time that each takes."""
    least = dict.fromkeys(work, float("inf"))
    for _ in range(rounds):
        for name, run in work.items():
            start = time.perf_counter()
            run()
            least[name] = min(least[name], time.perf_counter() - start)
    return least


def process(*words: str, status: int = 0) -> Callable[[], object]:
    """A run of Python in a process of its own, its output thrown away; it ends with that status, or raises."""
    command = [sys.executable, *words]
    # As with an installed package: the first run leaves compiled modules for those that follow.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def run() -> None:
        ended = subprocess.run(command, stdout=subprocess.DEVNULL, check=False, env=environment).returncode
        if ended != status:
            raise subprocess.CalledProcessError(ended, command)

    return run


def table(figures: Sequence[Figure]) -> str:
    """The figures as a table in Markdown."""
    lines = ["| measured | takes | baseline of the same run | ratio | limit |", "| --- | --- | --- | --- | --- |"]
    for figure in figures:
        ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
        lines.append(f"| {figure.what} | {figure.taken} | {figure.against} | {ratio} | {figure.told} |")
    return "\n".join(lines)
