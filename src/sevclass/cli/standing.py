"""How an incident stands, as lines for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from sevclass.cli import matches, words
from sevclass.cli.moments import Moments, moment
from sevclass.cli.text import Row, columns, heading, style_of
from sevclass.durations import length
from sevclass.incident import IncidentState
from sevclass.incident.history import Moved
from sevclass.incident.readings import Clock

STYLES = {
    "breached": "bold white on red",
    "missed": "bold red",
    "at_risk": "bold yellow",
    "paused": "cyan",
    "on_track": "green",
    "met": "green",
    "not_owed": "dim",
}


def rows(state: IncidentState, names: Mapping[int, str]) -> Iterator[Row]:
    """The severity, the clocks, what is next, and who must come."""
    yield from head(state, names)
    yield from heading(f"Clocks at {moment(state.now)} (UTC)")
    yield from clocks(state)
    yield Row()
    yield Row(cells=(f"next: {upcoming(state) or 'nothing is owed'}",), style="bold")
    if state.roster:
        yield from heading("Roster")
        yield from columns([(row.role, row.duty) for row in state.roster])
    yield from heading("War room")
    because = ", ".join(state.war_room.because)
    yield Row(lead="  ", cells=(f"called for: {because}" if state.war_room.activate else "not needed",))
    if room := state.war_room_state:
        became = "opened" if room.state == "open" else room.state
        yield Row(lead="  ", cells=(f"{became}, {room.channel}" if room.channel else became,))
    yield from matches.rows(matches.Matches(state.known_issues, state.runbooks))
    yield Row()
    yield Row(cells=(f"pack {state.pack.name} {state.pack.version}",), style="dim")


def head(state: IncidentState, names: Mapping[int, str]) -> Iterator[Row]:
    """The severity in force with that which the facts give, and how far the incident has come."""
    severity = state.severity
    lead = f"Severity {words.named(severity.in_force, names)}  "
    id_ = () if state.id is None else (f"{words.whose(state.id, 0)}  ",)
    yield Row(lead=lead, lead_style=style_of(severity.in_force, len(names)), cells=(*id_, state.title or ""))
    if override := severity.override:
        by = f"by {override.by} since {moment(override.at)}: {override.reason}"
        yield Row(cells=(f"decided {by}; ", f"the facts give {words.named(severity.classified, names)}"), style="bold")
    if pending := state.pending:
        wanted = "lifting the override" if pending.severity is None else words.named(pending.severity, names)
        yield Row(cells=(f"waits for approval: {wanted}, ", f"asked by {pending.by}: {pending.reason}"), style="bold")
    if severity.could_be < severity.classified:
        yield Row(cells=(f"could still be {words.named(severity.could_be, names)}",), style="bold")
    yield Row(cells=(f"{state.phase}, opened {moment(state.opened_at)}",))
    for wait in state.waiting:
        yield Row(cells=(f"waiting for {wait.on or 'somebody'} since {moment(wait.since)}",), style="cyan")
    for fact, said in state.conflicts.items():
        told = ", ".join(f"{one.source} says {words.value(one.value)}" for one in said)
        yield Row(cells=(f"sources differ on {fact}: {told}",), style="yellow")


def clocks(state: IncidentState) -> Iterator[Row]:
    """Each clock on a line: what it is, its state, and by when."""
    room, time = max(len(label(clock)) for clock in state.clocks), Moments(_instants(state.clocks), state.now)
    for clock in state.clocks:
        lead = f"  {label(clock):<{room}}  {clock.state.replace('_', ' '):<8}  "
        yield Row(lead=lead, lead_style=STYLES[clock.state], cells=tuple(_cells(clock, time)))
        for late in clock.late:
            past = length(int(((late.done_at or state.now) - late.limit_at).total_seconds()))
            ended = f"sent {time(late.done_at)}" if late.done_at else "not sent yet"
            cells = (f"limit {time(late.limit_at)}, ", f"{ended}, ", f"{past} past")
            yield Row(lead=f"    {'late':<{room + 8}}  ", cells=cells, style="red")


def label(clock: Clock | Moved) -> str:
    """What a clock is called."""
    return f"notify {clock.role}" if clock.role else clock.clock.replace("_", " ")


def upcoming(state: IncidentState) -> str | None:
    """What has to be done first, and by whom."""
    clock = first(state)
    return None if clock is None else ", ".join((label(clock), owner(state) or "nobody", *_by(clock)))


def first(state: IncidentState) -> Clock | None:
    """The clock that has to be looked after first."""
    found = state.next
    return None if found is None else next(c for c in state.clocks if (c.clock, c.role) == (found.clock, found.role))


def owner(state: IncidentState) -> str | None:
    """Who must act: the first of the roster, which leads or handles; None where there is nobody."""
    return state.roster[0].role if state.roster else None


def by(due: datetime | None, limit_at: datetime | None, time: Callable[[datetime], str]) -> tuple[str, ...]:
    """By when: what is aimed for and the limit, or the one that is both."""
    if limit_at is None:
        return ()
    if due is None or due == limit_at:
        return (f"by {time(limit_at)}",)
    limit = time(limit_at)
    # On one day the date stands once.
    return f"due {time(due)}", f"limit {limit.rpartition(' ')[2] if due.date() == limit_at.date() else limit}"


def _by(clock: Clock) -> tuple[str, ...]:
    return by(clock.due, clock.limit_at, Moments([clock.due, clock.limit_at]))


def _instants(clocks: Iterable[Clock]) -> Iterator[datetime | None]:
    """Those that the lines of the clocks have."""
    for clock in clocks:
        yield from (clock.due, clock.limit_at, clock.done_at, clock.breached_at)
        yield from (instant for late in clock.late for instant in (late.limit_at, late.done_at))


def _cells(clock: Clock, time: Moments) -> Iterator[str]:
    if clock.limit_at:
        if clock.due != clock.limit_at and clock.due:
            yield f"due {time(clock.due)}  "
        yield f"limit {time(clock.limit_at)}  "
        if clock.done_at:
            yield f"done {time(clock.done_at)}{' (written late)' if clock.backdated else ''}  "
        elif clock.left_s is not None:
            yield f"{length(clock.left_s)} {'left' if clock.left_s >= 0 else 'past'}  "
    # It was late by an earlier limit, which the one that is owed now does not show.
    if clock.breached_at and (clock.limit_at is None or clock.breached_at < clock.limit_at):
        yield f"breached at {time(clock.breached_at)}"
