"""What is owed and by when: the SLA of a severity, as durations and, with an opening, as instants.

A severity reached stays reached, so an incident owes the earliest of what its severity and every milder one ask for. At
the opening all of them start together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple, TypeAlias, TypedDict

from sevclass.calendars import Calendar, default_calendar
from sevclass.classification import Notification, Owed, Sla
from sevclass.covers import Covers
from sevclass.document import CLOCKS, CadenceDocument, PackDocument, SlaDocument, TargetDocument
from sevclass.durations import Duration, Target, parse

_Kind: TypeAlias = Literal["limit", "target"]
_KINDS: tuple[_Kind, ...] = ("limit", "target")


class Figure(NamedTuple):
    """A target of the SLA, whose it is, and the calendar that its business time is counted on."""

    target: Target
    severity: int
    calendar: Calendar


class Promise(NamedTuple):
    """The figure printed for one target, and every figure whose instant may be the earliest."""

    printed: Figure
    owed: tuple[Figure, ...]


class _Figures(TypedDict):
    target: str
    limit: str
    target_s: int | None
    limit_s: int | None
    due: datetime | None
    limit_at: datetime | None


class Row(NamedTuple):
    """The figures of one severity: by clock, and by the role to be told."""

    clocks: Mapping[str, Figure]
    notify: Mapping[str, Figure]


class SlaTable:
    """A pack's SLA, worked out for each severity."""

    __slots__ = ("_clocks", "_notify", "_undated", "calendar", "calendars", "rows")

    def __init__(self, document: PackDocument, covers: Covers) -> None:
        self.calendar = Calendar.of(document["calendar"]) if "calendar" in document else default_calendar()
        self.calendars = {name: Calendar.of(calendar) for name, calendar in document.get("calendars", {}).items()}
        written = document.get("sla", {})
        rows = {c: self._row(c, written.get(str(c), {})) for c in range(1, len(document["severities"]) + 1)}
        self.rows = rows
        """The figures that each severity has of its own."""
        self._clocks = {c: {clock: _promise(rows, clock, c) for clock in CLOCKS} for c in rows}
        self._notify = {c: tuple(_notify(rows, covers, c)) for c in rows}
        self._undated = {c: self._at(c, None) for c in rows}

    def _row(self, severity: int, row: SlaDocument) -> Row:
        """The figures of a severity, each on its own calendar, else on the severity's, else on the pack's."""

        def figure(target: str | TargetDocument | CadenceDocument) -> Figure:
            if isinstance(target, str):
                within, name = target, row.get("calendar")
            else:
                within, name = target["within"], target.get("calendar", row.get("calendar"))
            return Figure(parse(within), severity, self.calendars[name] if name else self.calendar)

        return Row(
            {clock: figure(target) for clock in CLOCKS if (target := row.get(clock))},
            {role: figure(target) for role, target in row.get("notify", {}).items()},
        )

    def at(self, severity: int, opened_at: datetime | None) -> Sla:
        """The SLA of an incident of that severity, opened at that instant.

        Raises OverflowError if an instant owed lies beyond the year 9999.
        """
        return self._undated[severity] if opened_at is None else self._at(severity, opened_at)

    def _at(self, severity: int, opened_at: datetime | None) -> Sla:
        clocks = {
            clock: None if promise is None else Owed(**_figures(promise, opened_at))
            for clock, promise in self._clocks[severity].items()
        }
        notifications = tuple(
            Notification(role=role, **_figures(promise, opened_at)) for role, promise in self._notify[severity]
        )
        return Sla(opened_at=opened_at, notifications=notifications, **clocks)

    def business_time(self, severity: int) -> dict[str, Calendar]:
        """What a severity owes in business time, as printed, and the calendar that each is counted on."""
        return {
            name: promise.printed.calendar
            for name, promise in self._promises(severity).items()
            if promise.printed.target.limit.elapsed is None
        }

    def sooner(self, severity: int, opened_at: datetime) -> dict[str, Figure]:
        """What is owed sooner than by the figure printed for it, and the milder severity's figure that makes it so.

        Where the aim and the limit are owed by different ones, the one of the limit.
        """
        found = {}
        for name, promise in self._promises(severity).items():
            firsts = (_first(promise, kind, opened_at) for kind in _KINDS)
            other = next((figure for figure in firsts if figure is not promise.printed), None)
            if other:
                found[name] = other
        return found

    def _promises(self, severity: int) -> dict[str, Promise]:
        clocks: dict[str, Promise] = {c: promise for c, promise in self._clocks[severity].items() if promise}
        return clocks | {f"notify {role}": promise for role, promise in self._notify[severity]}


def after(start: datetime, duration: Duration, calendar: Calendar) -> datetime:
    """The instant at which the duration has passed since `start`, in UTC.

    Raises OverflowError past the year 9999.
    """
    if duration.elapsed is not None:
        return start.astimezone(UTC) + duration.elapsed
    if duration.unit == "bh":
        return calendar.after(start, timedelta(hours=duration.amount))
    return calendar.after_days(start, duration.amount)


def _figures(promise: Promise, opened_at: datetime | None) -> _Figures:
    target, limit = promise.printed.target.figures
    return {
        "target": str(target),
        "limit": str(limit),
        "target_s": target.seconds,
        "limit_s": limit.seconds,
        "due": opened_at and _earliest(promise, "target", opened_at),
        "limit_at": opened_at and _earliest(promise, "limit", opened_at),
    }


def _earliest(promise: Promise, kind: _Kind, opened_at: datetime) -> datetime:
    """The first instant that one of the figures owes.

    Raises OverflowError if none owes any.
    """
    instants = [at for at, _ in _owed(promise, kind, opened_at)]
    if not instants:
        raise OverflowError
    return min(instants)


def _first(promise: Promise, kind: _Kind, opened_at: datetime) -> Figure:
    """The figure that owes that instant; the printed one if it does too, or if none owes any."""
    owed = _owed(promise, kind, opened_at)
    first = min(owed, key=lambda one: (one[0], one[1] is not promise.printed), default=None)
    return promise.printed if first is None else first[1]


def _owed(promise: Promise, kind: _Kind, opened_at: datetime) -> Iterator[tuple[datetime, Figure]]:
    """What each figure alone would owe; one beyond the year 9999, or too far to search for, owes nothing."""
    for figure in promise.owed:
        duration: Duration = getattr(figure.target, kind)
        try:
            at = after(opened_at, duration, figure.calendar)
        except OverflowError:
            continue
        yield at, figure


def _promise(rows: Mapping[int, Row], clock: str, severity: int) -> Promise | None:
    """The severity's own figure, else that of the next milder one that has it."""
    owed = tuple(row.clocks[clock] for s, row in rows.items() if s >= severity and clock in row.clocks)
    return Promise(owed[0], owed) if owed else None


def _notify(rows: Mapping[int, Row], covers: Covers, severity: int) -> Iterator[tuple[str, Promise]]:
    """The roles to be told: of this severity, then of each milder one, less those covered by one there.

    A role owes the earliest figure of those that name it or a role it covers that has no row of its own.
    """
    named = [row.notify for s, row in rows.items() if s >= severity]
    figures: dict[str, list[Figure]] = {}
    for row in named:
        for role, figure in row.items():
            figures.setdefault(role, []).append(figure)
    standing = covers.standing(named)
    listed = {role for _, role in standing}
    for index, role in standing:
        mine = (role, *sorted(covers.covered_by(role) - listed))
        yield role, Promise(named[index][role], tuple(figure for other in mine for figure in figures.get(other, ())))
