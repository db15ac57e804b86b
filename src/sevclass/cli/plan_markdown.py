"""The plan of an incident as Markdown: a task list by phase and track, and a diagram."""

from __future__ import annotations

from collections.abc import Iterator

from sevclass.cli import plan_text, words
from sevclass.cli.markdown import code, heading, plain
from sevclass.cli.mermaid import timeline
from sevclass.cli.moments import Moments
from sevclass.playbook import Plan
from sevclass.playbook.checklist import Item, PlannedPhase


def lines(plan: Plan) -> Iterator[str]:
    """The lines of one plan."""
    time = plan_text.moments(plan)
    id_ = "" if plan.id is None else f": {code(words.whose(plan.id, 0))}"
    yield f"### Response plan, severity {plain(f'{plan.severity} {plan.name}')}{id_}"
    yield ""
    if plan.title:
        yield plain(plan.title)
        yield ""
    yield f"{_sentence(plan_text.outlook(plan))}  "
    yield _sentence(plan_text.room(plan))
    for phase in plan.phases:
        yield from _phase(plan, phase, time)
    if plan.customers:
        yield from heading("What customers must be told at the resolution")
        yield from (f"- [ ] {plain(line.text)}" for line in plan.customers)
    if plan.other_steps:
        yield from heading("Done beside the plan")
        yield from (f"- [x] {plain(plan_text.other(one.item, time(one.at), one.by))}" for one in plan.other_steps)
    yield ""
    yield "```mermaid"
    yield from timeline(plan)
    yield "```"
    yield ""
    yield f"Pack {code(plan.pack.name)} {plain(plan.pack.version)}"


def _sentence(text: str) -> str:
    return plain(f"{text[:1].upper()}{text[1:]}.")


def _phase(plan: Plan, phase: PlannedPhase, time: Moments) -> Iterator[str]:
    now = " **(now)**" if phase.is_now else ""
    yield from ("", f"#### {plain(phase.text)}, {plain(plan_text.span(phase, time))}{now}")
    if phase.questions:
        yield from heading("Questions")
    for question in phase.questions:
        known = "; ".join(plan_text.answers(question))
        yield f"- {_box(ticked=question.answered)} {plain(question.text)}{f' {plain(known)}' if known else ''}"
    for track in plan.tracks:
        items = [item for item in phase.items if item.track == track.id]
        if items:
            yield from ("", f"**{plain(track.text)}** ({code(track.id)})", "")
        yield from (_item(item, plan, time) for item in items)
    if phase.exit:
        yield from heading("Over when")
        yield from (f"- {plain(line.text)}" for line in phase.exit)
    if plan_text.is_empty(phase):
        yield from ("", plan_text.NOTHING)


def _item(item: Item, plan: Plan, time: Moments) -> str:
    person = f" ({plain(item.person)})" if item.person else ""
    until = plan_text.until(item, plan, time)
    when = f", {plain(until)}" if until else ""
    return (
        f"- {_box(ticked=item.done is not None)} {plain(item.text)} ({code(item.id)}): {code(item.owner)}{person}{when}"
    )


def _box(*, ticked: bool) -> str:
    return "[x]" if ticked else "[ ]"
