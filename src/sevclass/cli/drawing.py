"""Lines in colour, fitted to the terminal. Imported only to draw on one: it brings in rich."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, TextIO

from rich.cells import cell_len
from rich.console import Console, detect_legacy_windows
from rich.text import Text

from sevclass.cli.streams import columns, encodable, environment, is_terminal, printable
from sevclass.cli.text import Row

_NARROW = 24
"""The least room for the cells of a row; where there is less they stand below its lead."""
_READABLE = 12
"""The least that is left of a cell which is cut short."""
_ENDLESS = 10**6


class Drawing:
    """Draws rows for standard output, or for standard error."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        # A file in colour is not fitted to any width.
        width = columns(stream) if is_terminal(stream) else _ENDLESS
        colours: Literal["auto"] | None = None if os.environ.get("NO_COLOR") or detect_legacy_windows() else "auto"
        self._width = max(width, _NARROW)
        self._console = Console(
            file=stream,
            width=self._width,
            force_terminal=True,
            color_system=colours,
            highlight=False,
            _environ=environment(),
        )

    def text(self, rows: Iterable[Row]) -> str:
        """The rows as text, with what makes the colours."""
        with self._console.capture() as capture:
            for row in rows:
                for line in self._fitted(row):
                    self._console.print(line, soft_wrap=True)
        return capture.get().removesuffix("\n")

    def _fitted(self, row: Row) -> Iterator[Text]:
        lead = Text.assemble((self._safe(row.lead.rstrip()), row.lead_style))
        indent = cell_len(self._safe(row.lead))
        cells = [Text(self._safe(cell), row.style) for cell in row.cells]
        whole = Text.assemble(*cells)
        whole.rstrip()
        parts: Iterable[Text] = [whole]
        if indent + whole.cell_len > self._width:
            if lead and self._width - indent < _NARROW:
                yield lead
                lead, indent = Text(), len(row.lead) - len(row.lead.lstrip()) + 2
            room = self._width - indent
            found = self._packed(cells, room) if row.is_list else map(_stripped, cells)
            parts = [part for part in found if part.plain.strip()]
        for part in parts:
            for line in part.wrap(self._console, self._width - indent):
                line.rstrip()
                if line:
                    lead.pad_right(indent - lead.cell_len)
                yield Text.assemble(lead, line)
                lead = Text()

    def _packed(self, cells: Sequence[Text], room: int) -> Iterator[Text]:
        """As many cells on a line as fit; the last is cut at its end, where enough of it is left."""
        *cells, last = cells
        line = Text()
        for cell in cells:
            if line and line.cell_len + cell_len(cell.plain.rstrip()) > room:
                yield line
                line = Text()
            line.append_text(cell)
        if line and room - line.cell_len < min(_READABLE, last.cell_len):
            yield line
            line = Text()
        if last.cell_len > room - line.cell_len:
            mark = self._safe("…")
            last.truncate(room - line.cell_len - len(mark), overflow="crop")
            last.append(mark)
        yield line.append_text(last)

    def _safe(self, text: str) -> str:
        return encodable(printable(text), self._stream)


def _stripped(cell: Text) -> Text:
    return cell[len(cell.plain) - len(cell.plain.lstrip()) :]
