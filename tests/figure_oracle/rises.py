"""What rises, and by which levels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sevclass.incident import events as e, replay
from tests import oracle
from tests.figure_oracle.incidents import Incident
from tests.figure_oracle.samples import deeds

Data = dict[str, Any]

RISES_AT = 3


def alone(doc: Data) -> Data:
    """Fact -> the least level that alone meets a criterion (21)."""
    found: Data = {}
    floors = [floor for _, _, criterion in oracle.criteria_of(doc) for floor in oracle.floors_of(criterion["when"])]
    for fact, scale in doc["facts"].items():
        levels = [floor[fact] for floor in floors if list(floor) == [fact]]
        if levels and "label" not in scale:
            found[fact] = next(low for low in levels if all(oracle.reaches(scale, level, low) for level in levels))
    return found


def reached(incident: Incident, doc: Data) -> set[str]:
    """The facts that ever were at that level."""
    found = set()
    for place, event in enumerate(incident.events, 1):
        if isinstance(event, e.Opened | e.FactsSaid):
            state = replay(incident.events[:place], incident.pack, event.at)
            facts = {fact: said.value for fact, said in state.facts.items()}
            found |= {fact for fact, level in alone(doc).items() if oracle.holds(doc, facts, {fact: level})}
    return found


def rising(doc: Data, some: Sequence[Incident], before: Sequence[Incident]) -> list[Data]:
    rows = []
    levels = alone(doc)
    named = [("cause", name, None) for name in doc.get("causes", {})]
    for what, name, level in [*named, *(("fact", name, level) for name, level in levels.items())]:
        having, had = ([one for one in group if _has(one, doc, what, name)] for group in (some, before))
        if len(having) >= RISES_AT and len(having) > len(had):
            rows.append(
                {what: name, "level": level, "now": len(having), "before": len(had), "action": last_action(having)}
            )
    return sorted(rows, key=lambda row: (row["before"] - row["now"], -row["now"]))


def _has(incident: Incident, doc: Data, what: str, name: str) -> bool:
    if what == "cause":
        return incident.cause is not None and incident.cause.category == name
    return name in reached(incident, doc)


def last_action(some: Iterable[Incident]) -> str | None:
    every = [deed for incident in some for deed in deeds(incident)]
    return max(every, key=lambda deed: deed.told_at).text if every else None
