"""A payments outage as a log, and two incidents before it: what the review has to say of it is known beforehand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from sevclass import Pack, load_pack
from sevclass.incident import IncidentState, read_log, replay

ROOT = Path(__file__).parents[1] / "examples" / "outage"
ID = "INC-12345"
AFTER = datetime(2026, 3, 2, 19, tzinfo=UTC)
ISSUES = {"KI-9": "The pool of database connections runs out under load"}


def log_of(id_: str = ID) -> Path:
    return ROOT / id_ / "workflow" / "incident_timeline.yaml"


def state_of(id_: str = ID, now: datetime = AFTER, pack: Pack | None = None) -> IncidentState:
    entries = read_log(log_of(id_).read_bytes()).entries
    return replay(entries, pack or load_pack(), now, id=id_)
