"""A terminal that is drawn anew, again and again. It brings in rich."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from contextlib import suppress
from types import FrameType, TracebackType
from typing import NoReturn, Self, TextIO

from rich.console import Console
from rich.live import Live
from rich.text import Text

from sevclass.cli.drawing import Drawing
from sevclass.cli.statuses import Stopped
from sevclass.cli.streams import environment
from sevclass.cli.text import Row


class Screen:
    """The whole terminal, given back as it was when it ends. A signal that asks to end raises `Stopped`."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = Live(console=Console(file=stream, _environ=environment()), screen=True, auto_refresh=False)

    def __enter__(self) -> Self:
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)  # Windows has no SIGHUP
            # Who started it may have had it ignored.
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, _stop)
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # The terminal may have gone away.
        with suppress(OSError):
            self._live.stop()

    def draw(self, rows: Iterable[Row]) -> None:
        """Show these lines, and nothing else; they are fitted to the terminal as it is now."""
        self._live.update(Text.from_ansi(Drawing(self._stream).text(rows)), refresh=True)


def _stop(number: int, frame: FrameType | None) -> NoReturn:  # noqa: ARG001 - as a signal calls it
    raise Stopped(number)
