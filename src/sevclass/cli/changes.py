"""What was written into the log of an incident, and what it changed, as lines for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from sevclass.cli import words
from sevclass.cli.event_words import said
from sevclass.cli.moments import Moments, moment
from sevclass.cli.standing import label
from sevclass.cli.text import Row, columns, heading
from sevclass.durations import length
from sevclass.incident import Event, IncidentState
from sevclass.incident.history import Change, Moved


def recorded(state: IncidentState, written: Sequence[Event], names: Mapping[int, str]) -> Iterator[Row]:
    """Each event that was written, and what it changed."""
    changes = {id(event): change for event, change in state.log}
    for event in written:
        late = f" (at {moment(event.at)})" if event.logged_at else ""
        yield Row(lead=f"recorded {words.whose(event.id, 0)}: ", cells=(f"{said(event)}{late}",), lead_style="bold")
        if change := changes.get(id(event)):
            yield from columns([*_each_on_a_line(change, names)])
    yield Row()


def rows(state: IncidentState, names: Mapping[int, str]) -> Iterator[Row]:
    """All that happened and what it changed, and how long each severity was in force."""
    time = Moments(event.at for event, _ in state.log)
    yield from heading("History")
    for event, change in state.log:
        lead = f"  {time(event.at)}  "
        yield Row(lead=lead, cells=(said(event),))
        told = {name: ", ".join(parts) for name, parts in _told(change, names, _short).items()} if change else {}
        limits = told.pop("limits", None)
        for texts in ([f"{name}: {text}" for name, text in told.items()], [f"limits: {limits}"] if limits else []):
            if texts:
                yield Row(lead=" " * len(lead), cells=(*(f"{text}; " for text in texts[:-1]), texts[-1]), style="dim")
    yield from heading("Time at each severity")
    yield from columns([(words.named(severity, names), length(s)) for severity, s in state.spent.items()])


def _each_on_a_line(change: Change, names: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    for name, parts in _told(change, names, _whole).items():
        if name == "limits":
            yield from ((name if number == 0 else "", part) for number, part in enumerate(parts))
        else:
            yield name, ", ".join(parts)


def _told(
    change: Change, names: Mapping[int, str], moved: Callable[[Moved, datetime], str]
) -> Mapping[str, Sequence[str]]:
    """What is told of a change, each with what it is called. Of the opening everything is new, and little is told."""
    is_opening = change.was is None
    told: dict[str, Sequence[str]] = {
        "severity": _severity(change, names),
        "override": ["has lapsed"] if change.lapsed else [],
        "now met": change.gained,
        "no longer met": change.lost,
        "newly needed": [] if is_opening else [row.role for row in change.needed],
        "may stand down": [row.role for row in change.stand_down],
        "limits": [] if is_opening else [moved(one, change.at) for one in change.moved],
    }
    return {name: parts for name, parts in told.items() if parts}


def _severity(change: Change, names: Mapping[int, str]) -> Sequence[str]:
    if change.was == change.severity:
        return ()
    was = f"{words.named(change.was, names)} -> " if change.was else ""
    return (f"{was}{words.named(change.severity, names)}",)


def _whole(moved: Moved, at: datetime) -> str:  # noqa: ARG001 - as the other
    """A clock whose limit is another now. Where none is owed any more, it was done, or is not asked for."""
    name, was, becomes = label(moved), moved.was, moved.becomes
    if becomes is None:
        return f"{name} ended"
    time = Moments([was, becomes])
    return f"{name} {time(was)} -> {time(becomes)}" if was else f"{name} by {time(becomes)}"


def _short(moved: Moved, at: datetime) -> str:
    """The same beside what it was before; the day of the change is told already."""
    becomes = moved.becomes
    return f"{label(moved)} {Moments([becomes], at)(becomes) if becomes else 'ended'}"
