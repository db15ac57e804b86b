"""The plan of an incident as lines for people, and the words that Markdown shares."""

from __future__ import annotations

from collections.abc import Iterator

from sevclass import durations
from sevclass.cli import standing, words
from sevclass.cli.moments import Moments, moment
from sevclass.cli.text import Row
from sevclass.playbook import Plan
from sevclass.playbook.checklist import Answer, Asked, Item, PlannedPhase

_TICKED, _OPEN = "[x]", "[ ]"


def rows(plan: Plan) -> Iterator[Row]:
    """Everything, phase by phase, and in each by track."""
    time = moments(plan)
    id_ = () if plan.id is None else (f"{words.whose(plan.id, 0)}  ",)
    yield Row(lead=f"Severity {plan.severity} {plan.name}  ", lead_style="bold", cells=(*id_, plan.title or ""))
    yield Row(cells=(outlook(plan),))
    yield Row(cells=(room(plan),), style="bold")
    for phase in plan.phases:
        style = "bold reverse" if phase.is_now else "bold"
        yield Row()
        yield Row(cells=(f"{phase.text}: {span(phase, time)}", "  now" if phase.is_now else ""), style=style)
        yield from _questions(phase)
        yield from _items(plan, phase, time)
        yield from _listed("Over when", [line.text for line in phase.exit])
        if is_empty(phase):
            yield Row(lead="  ", cells=(NOTHING,), style="dim")
    yield Row()
    if plan.customers:
        yield from _listed("What customers must be told at the resolution", [line.text for line in plan.customers], "")
        yield Row()
    if plan.other_steps:
        steps = [other(step.item, time(step.at), step.by) for step in plan.other_steps]
        yield from _listed("Done beside the plan", steps, "")
        yield Row()
    yield Row(cells=(f"pack {plan.pack.name} {plan.pack.version}",), style="dim")


def _questions(phase: PlannedPhase) -> Iterator[Row]:
    if phase.questions:
        yield Row(lead="  ", cells=("Questions",), style="cyan")
    for question in phase.questions:
        known = "; ".join(answers(question))
        lead = f"    {_TICKED if question.answered else _OPEN} "
        yield Row(lead=lead, cells=(question.text, f"  {known}" if known else ""))


def _items(plan: Plan, phase: PlannedPhase, time: Moments) -> Iterator[Row]:
    width = max((len(item.id) for one in plan.phases for item in one.items), default=0)
    for track in plan.tracks:
        items = [item for item in phase.items if item.track == track.id]
        if items:
            yield Row(lead="  ", cells=(f"{track.id}: ", track.text), style="cyan")
        for item in items:
            lead = f"    {_TICKED if item.done else _OPEN} {item.id:<{width}}  "
            style = "dim" if item.done else "bold red" if is_late(item, plan) else ""
            yield Row(lead=lead, cells=(f"{item.text}  ", f"{who(item)}  ", until(item, plan, time)), style=style)


def _listed(title: str, texts: list[str], indent: str = "  ") -> Iterator[Row]:
    if texts:
        yield Row(lead=indent, cells=(title,), style="cyan")
    yield from (Row(lead=f"{indent}  - ", cells=(text,)) for text in texts)


# Words that Markdown shares

NOTHING = "Nothing at this severity"


def is_empty(phase: PlannedPhase) -> bool:
    """Whether nothing of it is needed."""
    return not (phase.items or phase.questions or phase.exit)


def moments(plan: Plan) -> Moments:
    """Writes the instants of a plan alike."""
    found = [at for phase in plan.phases for at in (phase.begins_at, phase.ends_at)]
    for item in plan.items:
        found += [item.due, item.limit_at, item.done.at if item.done else None]
    return Moments(found, plan.now)


def outlook(plan: Plan) -> str:
    """How far it has come."""
    if plan.opened_at is None or plan.now is None:
        return "not dated: it is not said when it was opened"
    now = next((phase.text for phase in plan.phases if phase.is_now), None)
    told = f"{plan.stands}, opened {moment(plan.opened_at)}; at {moment(plan.now)}"
    return f"{told} in the phase: {now}" if now else f"{told} in no phase"


def room(plan: Plan) -> str:
    """Whether a war room is called for, and whether it is open."""
    because = ", ".join(plan.war_room.because)
    called = f"war room: called for ({because})" if plan.war_room.activate else "war room: not needed"
    state = plan.war_room_state
    if state is None:
        return called
    became = "opened" if state.state == "open" else state.state
    return f"{called}; {became}{f', {state.channel}' if state.channel else ''}"


def span(phase: PlannedPhase, time: Moments) -> str:
    """From when to when it lasts."""
    if phase.begins_at is not None:
        end = f" to {time(phase.ends_at)}" if phase.ends_at else ""
        return f"{time(phase.begins_at)}{end}" if end else f"from {time(phase.begins_at)}"
    since = f"after the {phase.after}"
    if phase.to_s is not None:
        return f"{_length(phase.from_s)} to {_length(phase.to_s)} {since}"
    return f"from {_length(phase.from_s)} {since}" if phase.from_s else f"at once {since}"


def _length(seconds: int) -> str:
    return durations.length(seconds) if seconds else "0m"


def who(item: Item) -> str:
    """Who does it."""
    return f"{item.owner} ({item.person})" if item.person else item.owner


def is_late(item: Item, plan: Plan) -> bool:
    """Whether it is not done, and its limit has passed."""
    return not item.done and item.limit_at is not None and plan.now is not None and plan.now > item.limit_at


def until(item: Item, plan: Plan, time: Moments) -> str:
    """That it is done, or by when it is due and whether that has passed; nothing where that is not known."""
    if done := item.done:
        by = f" by {done.by}" if done.by else ""
        return f"done {time(done.at)}{by} ({done.how.replace('_', ' ')})"
    late = ("late",) if is_late(item, plan) else ()
    return ", ".join((*standing.by(item.due, item.limit_at, time), *late))


def answers(question: Asked) -> Iterator[str]:
    """What is known that answers it."""
    yield from map(_answer, question.answers)
    if question.known:
        yield f"{question.known.how.replace('_', ' ')} {moment(question.known.at)}"


def _answer(answer: Answer) -> str:
    least = "at least " if answer.at_least else ""
    means = f" ({answer.means})" if answer.means else ""
    return f"{answer.fact}: {least}{words.value(answer.value)}{means}"


def other(item: str, at: str, by: str | None) -> str:
    """A step that the plan does not have."""
    return f"{words.whose(item, 0)}, {at}{f', by {by}' if by else ''}"
