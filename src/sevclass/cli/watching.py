"""A terminal that is drawn anew, again and again. It brings in rich."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.live import Live
from rich.text import Text

from sevclass.cli.drawing import Drawing
from sevclass.cli.streams import environment
from sevclass.cli.text import Row


class Screen:
    """The whole terminal, given back as it was when it ends."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._live = Live(console=Console(file=stream, _environ=environment()), screen=True, auto_refresh=False)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def draw(self, rows: Iterable[Row]) -> None:
        """Show these lines, and nothing else; they are fitted to the terminal as it is now."""
        self._live.update(Text.from_ansi(Drawing(self._stream).text(rows)), refresh=True)
