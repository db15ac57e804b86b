"""A report as lines for people, and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest

from sevclass.cli import markdown, report_words
from sevclass.cli.report_words import Section
from sevclass.cli.text import Row, heading
from sevclass.insight.report import Report

_STYLES = {"met": "bold green", "missed": "bold red", "too few": "yellow"}


def rows(report: Report, names: Mapping[int, str]) -> Iterator[Row]:
    """For people; `names` are those of the severities."""
    yield Row(cells=(report_words.title(report),), style="bold")
    for section in report_words.sections(report, names):
        yield from heading(section.title)
        yield from _table(section)
    yield Row()
    yield Row(cells=(report_words.footer(report),), style="dim")


def _table(section: Section) -> Iterator[Row]:
    every = [section.head, *section.rows] if section.head else list(section.rows)
    widths = [max(map(len, column)) for column in zip_longest(*every, fillvalue="")]
    for number, cells in enumerate(every):
        first, *rest = (f"{cell:<{width}}  " for cell, width in zip(cells, widths, strict=True))
        style = "dim" if section.head and number == 0 else ""
        yield Row(lead=f"  {first}", cells=tuple(rest), lead_style=_STYLES.get(cells[0], ""), style=style)


def markdown_lines(report: Report, names: Mapping[int, str]) -> Iterator[str]:
    """The lines of Markdown."""
    yield f"## {markdown.plain(report_words.title(report))}"
    for section in report_words.sections(report, names):
        yield from ("", f"### {section.title}", "")
        # Markdown has no table without a head.
        head = section.head or tuple("" for _ in section.rows[0])
        yield _cells(head)
        yield _cells(["---"] * len(head))
        yield from (_cells(map(markdown.plain, cells)) for cells in section.rows)
    yield from ("", markdown.plain(report_words.footer(report)))


def _cells(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
