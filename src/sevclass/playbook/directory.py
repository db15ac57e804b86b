"""The directory: who fills a role at an instant, or else who could next, and from when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sevclass.calendars import Calendar
from sevclass.classification import Part
from sevclass.covers import Covers
from sevclass.document import CalendarDocument

_MOMENT = timedelta.resolution


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Part):
    """Somebody who is there: how to reach them, their time zone, and the role in which they are listed.

    That is the role asked for, or one that covers it.
    """

    name: str
    contact: str | None
    zone: str | None
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPerson(Part):
    """Somebody who is not there yet, and from when they are."""

    name: str
    contact: str | None
    zone: str | None
    role: str
    from_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling(Part):
    """Who fills a role: those who are there, first the one to call first; if nobody is, who could next.

    `next` is null where somebody is there, and where nobody is listed who ever could.
    """

    people: tuple[Person, ...]
    next: NextPerson | None


class Listed(NamedTuple):
    """Somebody in the directory; without a calendar they are there at any time."""

    name: str
    contact: str | None
    zone: str | None
    calendar: Calendar | None


class Directory:
    """Role -> people. Immutable after construction."""

    __slots__ = ("_people",)

    def __init__(self, people: Mapping[str, Sequence[Listed]]) -> None:
        self._people = {role: tuple(listed) for role, listed in people.items()}

    def filling(self, role: str, at: datetime, covers: Covers) -> Filling:
        """Who fills a role at an instant: people of that role, or, if none is there, of roles that cover it."""
        roles = (role, *(other for other in self._people if role in covers.covered_by(other)))
        for listed in roles:
            if found := tuple(_person(one, listed) for one in self._of(listed) if _is_there(one, at)):
                return Filling(people=found, next=None)
        return Filling(people=(), next=min(self._coming(roles, at), key=lambda one: one.from_at, default=None))

    def contact(self, name: str) -> str | None:
        """How somebody of that name is reached; None if that is not known, or several are called so and differ."""
        found = {one.contact for listed in self._people.values() for one in listed if one.name == name}
        return found.pop() if len(found) == 1 else None

    def _of(self, role: str) -> Sequence[Listed]:
        return self._people.get(role, ())

    def _coming(self, roles: Sequence[str], at: datetime) -> Iterator[NextPerson]:
        for role in roles:
            for one in self._of(role):
                if one.calendar and (start := _next_start(one.calendar, at)):
                    yield NextPerson(name=one.name, contact=one.contact, zone=one.zone, role=role, from_at=start)


def listed(name: str, contact: str | None, zone: str | None, calendar: CalendarDocument | None) -> Listed:
    """Somebody, as a directory has them."""
    return Listed(name, contact, zone, None if calendar is None else Calendar.of(calendar))


def _person(one: Listed, role: str) -> Person:
    return Person(name=one.name, contact=one.contact, zone=one.zone, role=role)


def _is_there(one: Listed, at: datetime) -> bool:
    return one.calendar is None or one.calendar.is_open(at)


def _next_start(calendar: Calendar, at: datetime) -> datetime | None:
    """When hours begin that have not begun at that instant; None if none do any more."""
    try:
        return calendar.after(at, _MOMENT) - _MOMENT
    except OverflowError:
        return None
