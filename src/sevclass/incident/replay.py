"""From events to the state of an incident: the same whenever it is done again. No clock is read."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sevclass.api import Pack
from sevclass.incident.course import Course
from sevclass.incident.events import Opened
from sevclass.incident.log import Log
from sevclass.incident.rules import rules_of
from sevclass.incident.state import IncidentState
from sevclass.incident.timeline import Events, timeline
from sevclass.instants import read_instant
from sevclass.problems import IncidentError, Problem, quote

if TYPE_CHECKING:
    from sevclass.incident.known import KnownIssues  # a start need not wait for its models


def replay(
    events: Events, pack: Pack, now: datetime, *, id: str | None = None, known: KnownIssues | None = None
) -> IncidentState:
    """How an incident stands at `now` by a pack. `events` are in the order of the log; those after `now` are left out.

    `known`: what the team knows; the state then shows what of it matches. An event that cannot be is set aside, and is
    one of the state's problems.

    Raises IncidentError if there is no opening up to `now`, if a mapping is no event, or if `now` has no time zone;
    TypeError if `pack` is not loaded, or `events` are not read.
    """
    _check_types(events, pack)
    at = read_instant(now, "now")
    if isinstance(at, Problem):
        raise IncidentError([at])
    rules, found = rules_of(pack), timeline(events, at)
    course = Course(rules, found.opened)
    for place, event in found.items:
        course.take(event, place)
    course.problems[:0] = other_pack(found.items[0].place, found.opened, pack)
    course.pass_to(at)
    return IncidentState(course, found, at, id, known)


def _check_types(events: object, pack: object) -> None:
    """Refuse what is usual to confuse with them: a name, and a log."""
    if not isinstance(pack, Pack):
        raise TypeError(f"pack: {quote(pack)} is not a pack; load it with `load_pack`")
    if isinstance(events, str | bytes | Log):
        raise TypeError("events: a log is not its events; give the `entries` of what `read_log` returns")


def other_pack(place: str, opening: Opened, pack: Pack) -> list[Problem]:
    """Whether it was opened under another pack than it is read under."""
    opened = opening.pack
    if opened is None:
        return []
    if isinstance(opened, str):
        differs, was, is_ = opened != pack.name, opened, pack.name
    else:
        digest = pack.digest if opened.digest else None
        differs = (opened.name, opened.version, opened.digest) != (pack.name, pack.version, digest)
        was, is_ = f"{opened.name} {opened.version}", f"{pack.name} {pack.version}"
    if not differs:
        return []
    same = " with other rules" if was == is_ else ""
    message = f"it was opened under {quote(was)} and is read under {quote(is_)}{same}"
    return [Problem(path=place, code="other_pack", message=message, hint="what is owed may differ")]
