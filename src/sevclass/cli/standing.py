"""How an incident stands, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sevclass.cli import matches, words
from sevclass.cli.text import Row, columns, heading, style_of
from sevclass.incident import IncidentState
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
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400


def rows(state: IncidentState, names: Mapping[int, str]) -> Iterator[Row]:
    """The severity, the clocks, what is next, and who must come."""
    yield from head(state, names)
    yield from heading(f"Clocks at {words.moment(state.now)} (UTC)")
    yield from clocks(state)
    yield Row()
    yield Row(cells=(f"next: {upcoming(state) or 'nothing is owed'}",), style="bold")
    if state.roster:
        yield from heading("Roster")
        yield from columns([(row.role, row.duty) for row in state.roster])
    yield from heading("War room")
    because = ", ".join(state.war_room.because)
    yield Row(lead="  ", cells=(f"open: {because}" if state.war_room.activate else "not needed",))
    yield from matches.rows(matches.Matches(state.known_issues, state.runbooks))
    yield Row()
    yield Row(cells=(f"pack {state.pack.name} {state.pack.version}",), style="dim")


def head(state: IncidentState, names: Mapping[int, str]) -> Iterator[Row]:
    """The severity in force with that which the facts give, and how far the incident has come."""
    severity = state.severity
    lead = f"Severity {words.named(severity.in_force, names)}"
    called = [words.whose(state.id, 0)] if state.id is not None else []
    called += [state.title] if state.title else []
    cells = (f"  {'  '.join(called)}",) if called else ()
    yield Row(lead=lead, lead_style=style_of(severity.in_force, len(names)), cells=cells)
    if override := severity.override:
        by = f"by {override.by} since {words.moment(override.at)}: {override.reason}"
        yield Row(cells=(f"decided {by}; ", f"the facts give {words.named(severity.classified, names)}"), style="bold")
    if pending := state.pending:
        wanted = "lifting the override" if pending.severity is None else words.named(pending.severity, names)
        yield Row(cells=(f"waits for approval: {wanted}, ", f"asked by {pending.by}: {pending.reason}"), style="bold")
    if severity.could_be < severity.classified:
        yield Row(cells=(f"could still be {words.named(severity.could_be, names)}",), style="bold")
    yield Row(cells=(f"{state.phase}, opened {words.moment(state.opened_at)}",))
    for wait in state.waiting:
        yield Row(cells=(f"waiting for {wait.on or 'somebody'} since {words.moment(wait.since)}",), style="cyan")
    for fact, said in state.conflicts.items():
        told = ", ".join(f"{one.source} says {words.value(one.value)}" for one in said)
        yield Row(cells=(f"sources differ on {fact}: {told}",), style="yellow")


def clocks(state: IncidentState) -> Iterator[Row]:
    """Each clock on a line: what it is, its state, and by when."""
    room, now = max(len(label(clock)) for clock in state.clocks), state.now
    for clock in state.clocks:
        lead = f"  {label(clock):<{room}}  {clock.state.replace('_', ' '):<8}  "
        yield Row(lead=lead, lead_style=STYLES[clock.state], cells=tuple(_cells(clock, now)))
        for late in clock.late:
            past = length(int(((late.done_at or now) - late.limit_at).total_seconds()))
            ended = f"sent {_time(late.done_at, now)}" if late.done_at else "not sent yet"
            cells = (f"limit {_time(late.limit_at, now)}, ", f"{ended}, ", f"{past} past")
            yield Row(lead=f"    {'late':<{room + 8}}  ", cells=cells, style="red")


def label(clock: Clock) -> str:
    """What a clock is called."""
    return f"notify {clock.role}" if clock.role else clock.clock.replace("_", " ")


def upcoming(state: IncidentState) -> str | None:
    """What has to be done first, and by whom."""
    found = state.next
    if found is None:
        return None
    clock = next(c for c in state.clocks if (c.clock, c.role) == (found.clock, found.role))
    return f"{label(clock)}, {owner(state) or 'nobody'}{_by(clock.limit_at)}"


def owner(state: IncidentState) -> str | None:
    """Who must act: the first of the roster, which leads or handles; None where there is nobody."""
    return state.roster[0].role if state.roster else None


def length(seconds: int) -> str:
    """A length of time in its two largest units: `2h 5m`."""
    left, parts = abs(seconds), []
    for size, unit in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "m"), (1, "s")):
        amount, left = divmod(left, size)
        if amount:
            parts.append(f"{amount}{unit}")
    return " ".join(parts[:2]) or "0s"


def _by(limit_at: datetime | None) -> str:
    return f", by {words.moment(limit_at)}" if limit_at else ""


def _time(instant: datetime, now: datetime) -> str:
    """An instant, without the date where that is the one of `now`, which stands above."""
    text = words.moment(instant)
    return text.partition(" ")[2] if instant.date() == now.date() else text


def _cells(clock: Clock, now: datetime) -> Iterator[str]:
    if clock.limit_at is None:
        if clock.breached_at:
            yield f"once breached, {_time(clock.breached_at, now)}"
        return
    if clock.due != clock.limit_at and clock.due:
        yield f"due {_time(clock.due, now)}  "
    yield f"limit {_time(clock.limit_at, now)}  "
    if clock.done_at:
        yield f"done {_time(clock.done_at, now)}{' (written late)' if clock.backdated else ''}"
    elif clock.left_s is not None:
        yield f"{length(clock.left_s)} {'left' if clock.left_s >= 0 else 'past'}"
