"""A review for people: on a terminal, as Markdown, and as a page of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sevclass.cli import markdown, page
from sevclass.cli.review_outline import Section, sections, title
from sevclass.cli.text import Row, columns, heading
from sevclass.insight.gaps import GAP_PATTERN
from sevclass.insight.review import PostIncidentReview

_GAP = re.compile(f"({GAP_PATTERN})")


def rows(review: PostIncidentReview) -> Iterator[Row]:
    """The lines of a terminal."""
    yield Row(cells=(title(review),), style="bold")
    for section in sections(review):
        yield from heading(section.title)
        yield from columns(section.pairs)
        yield from (Row(lead="  - ", cells=(item,)) for item in section.items)
        for what, owner, due, state in section.rows[1:]:
            details = ", ".join(filter(None, (owner, due and f"by {due}")))
            yield Row(lead=f"  {state:<7}  ", cells=(f"{what}  ", details))


def markdown_of(review: PostIncidentReview) -> Iterator[str]:
    """The lines of a document in Markdown."""
    yield f"# {_line(title(review))}"
    for section in sections(review):
        yield from ("", f"## {section.title}", "")
        yield from (f"- **{_line(name)}:** {_line(text)}" for name, text in section.pairs)
        yield from (f"- {_line(item)}" for item in section.items)
        for number, cells in enumerate(section.rows):
            yield f"| {' | '.join(map(_line, cells))} |"
            if number == 0:
                yield f"| {' | '.join('---' for _ in cells)} |"


def _line(text: str) -> str:
    """Text within a line of Markdown; lines are joined."""
    # A dash or a number at its start would begin a list of its own.
    told = markdown.plain(" ".join(text.split("\n")))
    return re.sub(r"^(\s*)([-=:>]|[0-9]+(?=[.)]))", r"\1\\\2" if not told.lstrip()[:1].isdigit() else r"\1\2\\", told)


def html(review: PostIncidentReview) -> str:
    """A page of its own."""
    body = [f"<h1>{page.text(title(review))}</h1>"]
    for section in sections(review):
        body.append(f"<h2>{page.text(section.title)}</h2>")
        body.extend(_html(section))
    return page.page(title(review), body)


def _html(section: Section) -> Iterator[str]:
    if section.pairs:
        yield "<dl>"
        yield from (f"<dt>{page.text(name)}</dt><dd>{_marked(text)}</dd>" for name, text in section.pairs)
        yield "</dl>"
    if section.items:
        yield "<ul>"
        yield from (f"<li>{_marked(item)}</li>" for item in section.items)
        yield "</ul>"
    if section.rows:
        head, *rest = section.rows
        cells = "".join(f'<th scope="col">{page.text(cell)}</th>' for cell in head)
        yield f"<table><thead><tr>{cells}</tr></thead><tbody>"
        yield from (f"<tr>{''.join(f'<td>{_marked(cell)}</td>' for cell in row)}</tr>" for row in rest)
        yield "</tbody></table>"


def _marked(text: str) -> str:
    """A text, its gaps marked."""
    parts = _GAP.split(text)
    return "".join(f"<mark>{page.text(part)}</mark>" if at % 2 else page.text(part) for at, part in enumerate(parts))
