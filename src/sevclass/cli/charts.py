"""Charts as SVG within a page: no script, no picture from elsewhere, and every mark with its figure beside it.

Widths are shares of the page and heights go by the size of the letters, so nothing is scaled: the letters are as large
on a small screen as on a large one. What is drawn is told to whoever cannot see it too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sevclass.cli import page

MARKS = {"bar": "#0b4f9e", "track": "#6b7480"}
"""What for -> the colour of its surface or its outline; each has the contrast to a white page that WCAG AA asks for."""

STYLE = f"""\
figure {{ margin: 0 0 1.2rem; break-inside: avoid; }}
figcaption {{ font-weight: 600; margin-bottom: .3rem; break-after: avoid; }}
figcaption span {{ font-weight: normal; font-size: .85rem; }}
figure p {{ margin: .2rem 0; }}
svg {{ display: block; width: 100%; font-size: .85rem; }}
svg text {{ fill: currentColor; }}
.bar {{ fill: {MARKS["bar"]}; }}
.outline {{ fill: #ffffff; stroke: {MARKS["bar"]}; stroke-width: 1.5; }}
.track {{ fill: #ffffff; stroke: {MARKS["track"]}; }}
.axis {{ stroke: {MARKS["track"]}; }}
"""
"""What a page with charts has in its style sheet."""

MOST_BARS = 16
"""More would not fit onto a sheet of paper."""
_LINE = 40
"""What fits above a bar on a small screen, in letters of usual width: a label, and the figure at the other end."""
_ROW_EM, _LETTERS_EM, _BAR_EM = 2.2, 0.95, 0.55
_COLUMN_EM, _ABOVE_EM, _BELOW_EM = 8.0, 1.5, 1.6
_GAP = 0.3
"""How much of the room of a column is left free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A bar or a column: what it is of, how long it is (from 0 to 1), and its figure. Some are outlined, not filled."""

    label: str
    length: float
    figure: str
    is_outlined: bool = False

    @property
    def look(self) -> str:
        """The class that says how it is drawn."""
        return "outline" if self.is_outlined else "bar"


def columns(name: str, title: str, marks: Sequence[Mark], note: str = "") -> str:
    """Columns from left to right, which share the width; `name` is unique in the page, `note` says what looks mean."""
    room = 100 / len(marks)
    floor = _ABOVE_EM + _COLUMN_EM
    drawn: list[str] = []
    for place, mark in enumerate(marks):
        left, middle, height = room * (place + _GAP / 2), room * (place + 0.5), _COLUMN_EM * mark.length
        box = f'x="{left:.2f}%" y="{floor - height:.2f}em" width="{room * (1 - _GAP):.2f}%" height="{height:.2f}em"'
        drawn += [
            f'<rect class="{mark.look}" {box}/>',
            _text(f"{middle:.2f}%", floor - height - 0.4, mark.figure, "middle"),
            _text(f"{middle:.2f}%", floor + 1.2, mark.label, "middle"),
        ]
    drawn.append(f'<line class="axis" x1="0" x2="100%" y1="{floor:.2f}em" y2="{floor:.2f}em"/>')
    return _figure(name, (title, note), marks, drawn, floor + _BELOW_EM)


def bars(name: str, title: str, marks: Sequence[Mark], note: str = "", *, of_all: bool = False) -> str:
    """Bars one below the other; with `of_all` the whole that each is a part of is shown. Not all of very many are."""
    drawn: list[str] = []
    shown = marks if len(marks) <= MOST_BARS else marks[: MOST_BARS - 1]
    for place, mark in enumerate(shown):
        top = _ROW_EM * place
        box = f'y="{top + _LETTERS_EM + 0.28:.2f}em" height="{_BAR_EM}em"'
        drawn += [
            _text("0", top + _LETTERS_EM, _short(mark.label, _LINE - len(mark.figure)), "start"),
            _text("100%", top + _LETTERS_EM, mark.figure, "end"),
            *([f'<rect class="track" x="0" {box} width="100%"/>'] if of_all else ()),
            f'<rect class="{mark.look}" x="0" {box} width="{100 * mark.length:.2f}%"/>',
        ]
    height = _ROW_EM * len(shown)
    if shown is not marks:
        drawn.append(_text("0", height + _LETTERS_EM, f"and {len(marks) - len(shown)} more, in the table", "start"))
        height += _ROW_EM
    return _figure(name, (title, note), marks, drawn, height)


def nothing(title: str, told: str) -> str:
    """What stands where there is nothing to draw."""
    return f"<figure><figcaption>{page.text(title)}</figcaption><p>{page.text(told)}</p></figure>"


def _figure(name: str, titles: tuple[str, str], marks: Iterable[Mark], drawn: Iterable[str], height: float) -> str:
    title, note = titles
    told = "; ".join(f"{mark.label}: {mark.figure}" for mark in marks)
    beside = f' <span class="muted">({page.text(note)})</span>' if note else ""
    lines = [
        f"<figure><figcaption>{page.text(title)}{beside}</figcaption>",
        f'<svg role="img" aria-labelledby="{name}-title {name}-desc" width="100%" height="{height:.2f}em">',
        f'<title id="{name}-title">{page.text(title)}</title>',
        f'<desc id="{name}-desc">{page.text(told)}</desc>',
        *drawn,
        "</svg></figure>",
    ]
    return "\n".join(lines)


def _text(x: str, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y:.2f}em" text-anchor="{anchor}">{page.text(text)}</text>'


def _short(label: str, room: int) -> str:
    """As much of a label as there is room for; the whole of it is told to a screen reader."""
    for place, letter in enumerate(label):
        room -= 2 if unicodedata.east_asian_width(letter) in {"F", "W"} else 1
        if room < 0:
            return f"{label[: max(place - 1, 0)]}…"
    return label
