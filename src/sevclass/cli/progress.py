"""How far something has come, drawn on standard error where that is a terminal. It brings in rich."""

from __future__ import annotations

import os
import stat
import sys
import time
from typing import BinaryIO, Literal

from rich.console import Console
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from sevclass.cli.streams import columns, encodable, environment

_PAUSE = 0.1
"""Seconds between two drawings."""
_LEAST_WIDTH = 40
_MOST_OF_NAME = 24


class Bar:
    """One line that is drawn over, and taken away while something else is written to the terminal."""

    def __init__(self, name: str, total: int | None, *, counts: str = "record") -> None:
        """`name`: what the input is called; `total`: how much there is, if that is known; `counts`: one of what."""
        # Not to the last column, where a terminal may begin a new line.
        self._width = max(columns(sys.stderr) - 1, _LEAST_WIDTH)
        colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") else "auto"
        self._console = Console(
            file=sys.stderr, width=self._width, color_system=colours, highlight=False, _environ=environment()
        )
        self._name = encodable(name, sys.stderr)
        self.total = total
        """How much there is to do; None where nobody knows."""
        self._one = counts
        self._done = self._counted = self._bad = 0
        self._shown = False
        self._drawn_at = 0.0

    def step(self, done: int, *, bad: bool) -> None:
        """One record more; `done` of the total in all."""
        self._done = done
        self._counted += 1
        self._bad += bad
        now = time.monotonic()
        if now - self._drawn_at >= _PAUSE:
            self._drawn_at = now
            self._draw("")

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            # Spaces rather than a control sequence: every terminal knows them.
            sys.stderr.write(f"\r{' ' * self._width}\r")
            sys.stderr.flush()
            self._shown = False

    def finish(self) -> None:
        """Leave the last state standing: all has been read."""
        self._done = self.total or self._done
        self._draw("\n")
        self._shown = False

    def _draw(self, end: str) -> None:
        line = Table.grid(padding=(0, 1), expand=True)
        line.add_column(no_wrap=True, overflow="ellipsis", max_width=_MOST_OF_NAME)
        line.add_column(ratio=1)
        line.add_column(no_wrap=True)
        counts = f"{self._counted:,} {self._one}{'' if self._counted == 1 else 's'}"
        if self._bad:
            counts += f", {self._bad:,} bad"
        if self.total is None:
            line.add_row(Text(self._name), "", counts)
        else:
            share = min(self._done / self.total, 1) if self.total else 1
            line.add_row(Text(self._name), ProgressBar(total=1, completed=share), f"{share:4.0%} {counts}")
        with self._console.capture() as capture:
            self._console.print(line)
        sys.stderr.write("\r" + capture.get().rstrip("\n") + end)
        sys.stderr.flush()
        self._shown = True


def size(file: BinaryIO) -> int | None:
    """How many bytes there are, as the system tells; None of a pipe."""
    try:
        status = os.fstat(file.fileno())
    except OSError:
        return None  # no file of the system
    return status.st_size if stat.S_ISREG(status.st_mode) else None
