"""Draw `docs/images/classify.svg`, the picture in the README, from what the command line prints on a terminal.

    python scripts/picture.py

The same output gives the same bytes. The picture names no font and no address that a browser would have to fetch.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "images" / "classify.svg"
COMMAND = ("-m", "sevclass", "examples/payments-down.json")

# Background, text, and the eight colours of a terminal; the bright ones are not used.
THEME = TerminalTheme(
    (30, 33, 40),
    (220, 223, 228),
    [
        (30, 33, 40),
        (190, 55, 65),
        (120, 190, 110),
        (226, 190, 110),
        (100, 160, 230),
        (190, 130, 210),
        (100, 190, 200),
        (255, 255, 255),
    ],
)
DIM = "#969ba5"

# In pixels; a character is three fifths as wide as its font is high, as in most fixed-width fonts.
SIZE, CELL, LINE, MARGIN = 15, 9, 20, 20

FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
<title>What the command line prints about the example incident</title>
<rect width="{width}" height="{height}" rx="8" fill="{background}"/>
<g font-family="monospace" font-size="{size}" fill="{text}">
{lines}
</g>
</svg>
"""


def printed() -> str:
    """What the example prints on a terminal that is wide enough, with the sequences that make its colours."""
    surroundings = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLORTERM"}}
    surroundings |= {"FORCE_COLOR": "1", "TERM": "xterm-256color", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, *COMMAND, "--format", "text"]
    done = subprocess.run(command, cwd=ROOT, env=surroundings, check=True, stdout=subprocess.PIPE)
    return done.stdout.decode()


def picture() -> str:
    """The SVG."""
    lines = Text.from_ansi(f"$ {' '.join(('python', *COMMAND))}\n\n{printed()}".rstrip("\n")).split("\n")
    return FRAME.format(
        width=max(line.cell_len for line in lines) * CELL + 2 * MARGIN,
        height=len(lines) * LINE + 2 * MARGIN,
        background=THEME.background_color.hex,
        size=SIZE,
        text=THEME.foreground_color.hex,
        lines="\n".join(drawn for row, line in enumerate(lines) for drawn in draw(line, MARGIN + row * LINE)),
    )


def draw(line: Text, top: int) -> Iterator[str]:
    """A line, piece by piece: each is as wide as its characters on a terminal, whatever font there is."""
    left = MARGIN
    for piece in line.render(Console(width=1_000)):
        width = cell_len(piece.text) * CELL
        if piece.text.strip():
            yield from draw_piece(piece, left, top, width)
        left += width


def draw_piece(piece: Segment, left: int, top: int, width: int) -> Iterator[str]:
    """A piece in its style, on its background."""
    style = piece.style or Style()
    if style.bgcolor:
        fill = style.bgcolor.get_truecolor(THEME).hex
        yield f'<rect x="{left}" y="{top}" width="{width}" height="{LINE}" fill="{fill}"/>'
    fill = DIM if style.dim else style.color.get_truecolor(THEME).hex if style.color else ""
    look = (f' fill="{fill}"' if fill else "") + (' font-weight="bold"' if style.bold else "")
    text = escape(piece.text).replace(" ", "&#160;")  # of spaces in a row all but one would be lost
    yield f'<text x="{left}" y="{top + SIZE}" textLength="{width}"{look}>{text}</text>'


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(picture(), encoding="utf-8", newline="\n")
