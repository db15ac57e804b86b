"""A page of sections with lists in them, for people: as lines of text and as Markdown, both from the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sevclass.cli import words
from sevclass.cli.markdown import code, heading as title, plain
from sevclass.cli.text import Row, heading


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An item: a name, what is said of it, and what it is. A box stands before what is to be ticked off."""

    name: str = ""
    said: Sequence[str] = ()
    note: str = ""
    has_box: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, and the items below it."""

    heading: str
    lines: Sequence[Line]


def rows(sections: Iterable[Section]) -> Iterator[Row]:
    """Lines of text."""
    for section in sections:
        yield from heading(_short(section.heading))
        room = max((len(_short(line.name)) for line in section.lines), default=0)
        for line in section.lines:
            lead = f"  {'[ ] ' if line.has_box else ''}{f'{_short(line.name):<{room}}  ' if room else ''}"
            said = [_short(text) for text in line.said if text]
            cells = tuple(f"{text}, " for text in said[:-1]) + tuple(said[-1:])
            yield Row(lead=lead, cells=cells or (_short(line.note),))
            if line.note and cells:
                yield Row(lead=" " * len(lead), cells=(_short(line.note),), style="dim")


def markdown(sections: Iterable[Section]) -> Iterator[str]:
    """Lines of Markdown."""
    for section in sections:
        yield from title(plain(_short(section.heading)))
        for line in section.lines:
            name = code(_short(line.name)) if line.name else ""
            said = ", ".join(plain(_short(text)) for text in line.said if text)
            told = ": ".join(filter(None, (name, ". ".join(filter(None, (said, plain(_short(line.note))))))))
            yield f"- {'[ ] ' if line.has_box else ''}{told}"


def _short(text: str) -> str:
    """Words of a pack or of people, cut short: nobody reads a megabyte."""
    return words.cut(text)
