"""A week that never was, the one before it, and every figure of it known beforehand: the logs of 21 incidents.

    python -m tests.made_week > week.jsonl

2026-W10 has twelve incidents: a payments outage at severity 1, four at severity 2, of which three are a slow API, and
seven at severity 3. Everybody was answered in time; of twelve customers ten are satisfied.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

Line: TypeAlias = dict[str, Any]

NOW = "2026-03-09T09:00:00Z"
OUTAGE = "INC-12345"


def lines() -> Iterator[Line]:
    """Every event of both weeks, one incident after the other."""
    yield from _outage()
    for made in (*_major(), *_minor(), *_week_before()):
        yield from _lines_of(made)


class _Made(NamedTuple):
    """An incident that is answered in time, has an update every three hours, and is resolved after some hours."""

    id: str
    opened: datetime
    what: tuple[str, Line, int]
    """Title, facts and after how many minutes it is answered."""
    hours: int
    score: int
    cause: str
    customer: str
    actions: tuple[Line, ...] = ()
    issue: str | None = None


def _major() -> Iterator[_Made]:
    first = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)
    cause = "performance"
    yield _Made("INC-12346", first, _SLOW, 6, 5, cause, "delta", issue="KI-7")
    yield _Made("INC-12347", first + timedelta(days=1), _SLOW, 9, 4, cause, "echo", (_ENGAGE, _MONITOR))
    yield _Made("INC-12348", first + timedelta(days=3), _SLOW, 12, 2, cause, "foxtrot", (_RUNBOOK,))
    yield _Made("INC-12349", first + timedelta(days=2), _SEARCH, 5, 4, "configuration", "golf", (_BALANCER,))


def _minor() -> Iterator[_Made]:
    first = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    for number, (cause, score) in enumerate(_MINOR):
        opened = first + timedelta(hours=13 * number)
        yield _Made(f"INC-1235{number}", opened, _EXPORT, 20 + number, score, cause, f"shop-{number}")


def _week_before() -> Iterator[_Made]:
    first = datetime(2026, 2, 23, 9, 0, tzinfo=UTC)
    yield _Made("INC-12301", first + timedelta(days=1), _SLOW, 8, 4, "performance", "alpha", issue="KI-7")
    for number in range(2):
        opened = first + timedelta(days=2 + number)
        yield _Made(f"INC-1230{2 + number}", opened, _SEARCH, 10, 5, "product_bug", "bravo")
    for number in range(6):
        opened = first + timedelta(hours=15 * number)
        yield _Made(f"INC-1231{number}", opened, _EXPORT, 30, 4, "configuration", f"shop-{number}")


_SEARCH = ("Search finds nothing", {"functionality": "major", "environment": "production"}, 30)
_EXPORT = ("The export stops at some filters", {"functionality": "moderate"}, 120)
_SLOW = ("The API takes more than five seconds", {"performance": "significantly_degraded"}, 40)
_MINOR = (
    ("product_bug", 5),
    ("product_bug", 4),
    ("configuration", 5),
    ("configuration", 4),
    ("user_error", 4),
    ("feature_gap", 3),
    ("product_bug", 5),
)
"""Cause and score of the incidents at severity 3."""
_ENGAGE = {
    "id": "A1",
    "text": "Have engineering look into the API",
    "owner": "Engineering",
    "ref": "performance",
    "state": "done",
}
_MONITOR = {"id": "A2", "text": "Watch the API more closely", "owner": "SRE", "due": "2026-03-20"}
_RUNBOOK = {"id": "A3", "text": "Write a runbook for slowness", "owner": "Escalation-manager", "due": "2026-03-27"}
_BALANCER = {"id": "A4", "text": "Set up the load balancer anew", "owner": "DevOps", "due": "2026-03-13"}


def _outage() -> Iterator[Line]:
    def at(clock: str, event: str, **fields: Any) -> Line:
        return _line(OUTAGE, datetime.fromisoformat(f"2026-03-02T{clock}:00+00:00"), event, **fields)

    affected = {"enterprise_customers": 6, "tier_2_3_customers": 31, "other_customers": 50}
    facts = {"functionality": "down", "environment": "production", **affected}
    yield at("14:23", "opened", title="No payment goes through", facts=facts)
    yield at("14:28", "acknowledged", by="escalation-manager")
    yield at("14:28", "war_room", state="open", channel="#payments")
    yield at("14:28", "notified", role="vp-customer-support")
    yield at("14:28", "notified", role="executive-team")
    yield at("14:35", "assigned", role="engineering-on-call", person="kim")
    yield at("14:50", "update_sent")
    yield at("14:52", "cause", category="product_bug", known_issue="KI-12")
    yield at("15:30", "fixed", note="the pool of connections no longer leaks")
    yield at("15:35", "update_sent")
    yield at("16:15", "update_sent")
    yield at("17:05", "update_sent")
    yield at("18:05", "resolved", note="stable")
    yield at("18:10", "satisfaction", score=5, customer="acme")
    done = {"id": "P1", "owner": "SRE", "text": "Watch the pool of connections", "due": "2026-03-06"}
    yield _line(OUTAGE, datetime(2026, 3, 3, 10, 0, tzinfo=UTC), "action", **done)
    yield _line(OUTAGE, datetime(2026, 3, 4, 10, 0, tzinfo=UTC), "reviewed")
    yield _line(OUTAGE, datetime(2026, 3, 5, 10, 0, tzinfo=UTC), "action", id="P1", state="done")


def _lines_of(made: _Made) -> Iterator[Line]:
    title, facts, minutes = made.what

    def after(hours: float, event: str, **fields: Any) -> Line:
        return _line(made.id, made.opened + timedelta(hours=hours), event, **fields)

    yield after(0, "opened", title=title, facts=facts, customers=[made.customer])
    yield after(minutes / 60, "acknowledged")
    yield after(minutes / 60, "notified", role="support-manager")
    yield after(2, "cause", category=made.cause, **({"known_issue": made.issue} if made.issue else {}))
    yield from (after(later, "update_sent") for later in range(3, made.hours, 3))
    yield after(made.hours, "resolved")
    yield after(made.hours + 1, "satisfaction", score=made.score, customer=made.customer)
    yield from (after(made.hours + 2, "action", **action) for action in made.actions)
    yield after(made.hours + 20, "reviewed")


def _line(id_: str, at: datetime, event: str, **fields: Any) -> Line:
    return {"at": at.isoformat().replace("+00:00", "Z"), "event": event, "incident": id_, **fields}


def jsonl(events: Iterator[Line] | list[Line] | None = None) -> bytes:
    """The events as JSON lines."""
    return "".join(json.dumps(line) + "\n" for line in (lines() if events is None else events)).encode()


if __name__ == "__main__":
    sys.stdout.write(jsonl().decode())
