"""A message and its guide as text, Markdown or HTML. What stands in them means nothing to any of these."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby

from sevclass.cli import markdown
from sevclass.playbook import Draft, Guide

_ITEM = re.compile(r" *- ")
_GAP = re.compile(r"\[… .*? …\]")
_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 sans-serif;color:#1a1a1a;background:#fff}"
    "mark{background:#ffe08a;color:#1a1a1a}h1{font-size:1.2rem}"
)


def text(draft: Draft) -> str:
    """As a mail: subject, a blank line, body; before it the guide, if there is one."""
    lines = list(_guide(draft.guide, str)) if draft.guide else []
    if draft.body is not None:
        lines += ["", "Draft", ""] if lines else []
        lines += [f"Subject: {draft.subject}", "", draft.body.rstrip("\n")]
    return "\n".join(lines)


def as_markdown(draft: Draft) -> str:
    """The subject as a heading, and what begins with `- ` as a list."""
    lines: list[str] = []
    if draft.guide:
        lines += [f"## {markdown.plain(draft.guide.text)}", "", *_guide(draft.guide, markdown.plain)]
    if draft.body is not None:
        lines += [""] if lines else []
        lines += [f"## {markdown.plain(draft.subject or '')}", ""]
        for is_list, block in _blocks(draft.body):
            # A line end within a paragraph stays one.
            between = "\n" if is_list else "\\\n"
            lines += [between.join(f"- {markdown.plain(line)}" if is_list else _plain(line) for line in block), ""]
    return "\n".join(lines).rstrip("\n")


def as_html(draft: Draft) -> str:
    """A page of its own that needs nothing else."""
    title = draft.subject if draft.subject is not None else draft.guide.text if draft.guide else ""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{escape(draft.language)}">',
            '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
            f"<title>{escape(title)}</title><style>{_STYLE}</style></head>",
            "<body>",
            *(_guide_html(draft.guide) if draft.guide else ()),
            *(_letter_html(draft) if draft.body is not None else ()),
            "</body>",
            "</html>",
        ]
    )


def _letter_html(draft: Draft) -> Iterator[str]:
    yield f"<main><h1>{_marked(draft.subject or '')}</h1>"
    for is_list, block in _blocks(draft.body or ""):
        if is_list:
            yield f"<ul>{''.join(f'<li>{_marked(line)}</li>' for line in block)}</ul>"
        else:
            yield f"<p>{'<br>'.join(map(_marked, block))}</p>"
    yield "</main>"


def _guide_html(guide: Guide) -> Iterator[str]:
    yield f"<aside><h1>{escape(guide.text)}</h1><ol>"
    for step in guide.steps:
        points = "".join(f"<li>{escape(point)}</li>" for point in step.text.split("\n"))
        said = f"<blockquote>{escape(step.say)}</blockquote>" if step.say else ""
        yield f"<li><b>{escape(step.title)}</b><ul>{points}</ul>{said}</li>"
    yield "</ol>"
    if guide.offers:
        yield f"<ul>{''.join(f'<li>{escape(offer.text)}</li>' for offer in guide.offers)}</ul>"
    yield "</aside>"


def _guide(guide: Guide, shown: Callable[[str], str]) -> Iterator[str]:
    """The steps with their points, and what can be offered, as lines."""
    if shown is str:
        yield from (guide.text, "")
    for number, step in enumerate(guide.steps, 1):
        yield f"{number}. {shown(step.title)}"
        yield from (f"   - {shown(point)}" for point in step.text.split("\n"))
        if step.say:
            yield f"   - \u201c{shown(step.say)}\u201d"
    if guide.offers:
        yield ""
        yield from (f"- {shown(offer.text)}" for offer in guide.offers)


def _blocks(body: str) -> Iterator[tuple[bool, Sequence[str]]]:
    """The paragraphs and lists of a text, each as its lines; of a list without what marks its items."""
    for paragraph in body.strip("\n").split("\n\n"):
        for is_list, lines in groupby(paragraph.split("\n"), lambda line: bool(_ITEM.match(line))):
            yield is_list, [_ITEM.sub("", line, count=1) if is_list else line for line in lines]


def _plain(line: str) -> str:
    """A line of a paragraph, which no number or sign at its beginning makes into something else."""
    shown = markdown.plain(line.lstrip())
    return re.sub(r"^(\d+)([.)])(?= |$)|^([-=])", lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", shown)


def _marked(text: str) -> str:
    return _GAP.sub(lambda gap: f"<mark>{gap[0]}</mark>", escape(text))
