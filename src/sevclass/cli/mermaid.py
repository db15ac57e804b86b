"""A plan as a timeline in Mermaid's language, for whatever draws it from Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from sevclass.cli.moments import Moments
from sevclass.cli.plan_text import moments, span
from sevclass.playbook import Plan
from sevclass.playbook.checklist import Item
from sevclass.problems import printable

_UNDATED = "at no fixed time"


def timeline(plan: Plan) -> Iterator[str]:
    """The lines of the diagram: a section for each phase, in it what is due together."""
    time = moments(plan)
    yield "timeline"
    yield f"    title {_text(f'Severity {plan.severity} {plan.name}')}"
    for phase in plan.phases:
        due: dict[str, list[str]] = {}
        for item in phase.items:
            due.setdefault(_when(item, time), []).append(f"{'✓ ' if item.done else ''}{item.text}")
        if due:
            yield f"    section {_text(f'{phase.text}, {span(phase, time)}')}"
        for when, texts in due.items():
            yield f"        {' : '.join(map(_text, (when, *texts)))}"


def _when(item: Item, time: Moments) -> str:
    return f"by {time(item.limit_at)}" if item.limit_at else _UNDATED


def _text(text: str) -> str:
    """Text that means nothing to Mermaid: what could is written as the number of its character."""
    return "".join(c if c.isalnum() or c in " ,.✓" else f"#{ord(c)};" for c in printable(text))
