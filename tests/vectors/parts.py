"""What a case holds: the kinds of scales that decide it and the parts of the result that it has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from tests import oracle
from tests.strategies import Data, Value, given_facts, kind_of
from tests.vectors.cases import Case

Holds = Callable[[Data, Case], object]


def because(case: Case) -> Iterator[tuple[str, Value]]:
    """The facts behind the criteria that were met, and their values."""
    for criterion in case["expected"]["criteria"]:
        yield from criterion["because"].items()


def decided_by(kind: str, **wanted: Any) -> Holds:
    """A fact of that kind, with these attributes of its scale, is behind a criterion that was met."""

    def holds(doc: Data, case: Case) -> bool:
        scales = [doc["facts"][fact] for fact, _ in because(case)]
        return any(kind_of(scale) == kind and wanted.items() <= _attributes(scale).items() for scale in scales)

    return holds


def _attributes(scale: Data) -> Data:
    measure = scale.get("measure") or {}
    parts = scale.get("sum_of") or []
    return {"worse": measure.get("worse"), "ends": sorted({"from", "to"} & measure.keys()), "parts": len(parts)}


def overlapping(doc: Data, case: Case) -> bool:
    """Two sums behind criteria that were met have a part in common."""
    sums = {fact: set(doc["facts"][fact]["sum_of"]) for fact, _ in because(case) if "sum_of" in doc["facts"][fact]}
    return any(sums[one] & sums[other] for one in sums for other in sums if one < other)


def target(case: Case, name: str) -> Data:
    """A target of the SLA; empty where there is none."""
    found: Data = case["expected"]["sla"][name] or {}
    return found


def targets(case: Case) -> list[Data]:
    """All targets of the SLA, those of the notifications among them."""
    sla = case["expected"]["sla"]
    clocks = [sla[name] for name in ("initial_response", "status_updates", "resolution")]
    return [*filter(None, clocks), *sla["notifications"]]


def unit(text: str) -> str:
    """The unit of a duration."""
    return text.lstrip("0123456789")


def own(doc: Data, case: Case) -> Data:
    """What the pack says of the SLA at the severity of the case."""
    found: Data = (doc.get("sla") or {}).get(str(case["expected"]["severity"]), {})
    return found


def inherited(doc: Data, case: Case) -> bool:
    """A target is that of a milder severity."""
    clocks = ("initial_response", "status_updates", "resolution")
    return any(target(case, name) and name not in own(doc, case) for name in clocks)


def sooner(doc: Data, case: Case) -> bool:
    """What is owed comes sooner than the figure that is printed says: a milder severity's own is the earlier."""
    sla = case["expected"]["sla"]
    if sla["opened_at"] is None:
        return False
    opened = datetime.fromisoformat(sla["opened_at"])
    return any(oracle.instant(oracle.after(opened, one["limit"])) != one["limit_at"] for one in targets(case))


def held(doc: Data, case: Case, which: str) -> set[str]:
    """The roles of the roster, or of the notifications, before those covered are taken out."""
    at = case["expected"]["severity"]
    if which == "notifications":
        levels = [(doc.get("sla") or {}).get(str(number), {}) for number in range(at, oracle.mildest(doc) + 1)]
        return {role for level in levels for role in level.get("notify", {})}
    facts = oracle.at_worst(doc, case["facts"]) if case["assume"] == "worst" else case["facts"]
    holding = oracle.rows_that_hold(doc, facts)
    return {role for number, role in holding if number >= at}


def covered(which: str) -> Holds:
    """A role that would be there is left out, since another covers it."""

    def holds(doc: Data, case: Case) -> bool:
        there = case["expected"]["roster"] if which == "roster" else case["expected"]["sla"]["notifications"]
        return bool(held(doc, case, which) - {row["role"] for row in there})

    return holds


def conditional(doc: Data, case: Case) -> bool:
    """A role is there on a condition."""
    there = {(row["role"], row["duty"]) for row in case["expected"]["roster"]}
    return any(floors != [{}] and (role, duty) in there for _, role, duty, floors in oracle.roster_rows(doc))


def by_severity(doc: Data, case: Case) -> bool:
    """The war room opens for a reason that names a severity."""
    floors = [
        (reason, floor) for reason, when in (doc.get("war_room") or {}).items() for floor in oracle.floors_of(when)
    ]
    named = {reason for reason, floor in floors if "severity" in floor}
    return bool(named & set(case["expected"]["war_room"]["because"]))


def numbers(case: Case) -> list[Value]:
    """The numbers among the facts."""
    return [value for value in case["facts"].values() if isinstance(value, int | float) and not isinstance(value, bool)]


def texts(doc: Data, case: Case) -> str:
    """The texts that a pack brings into the result, and the id."""
    shown = [criterion["text"] for criterion in case["expected"]["criteria"]]
    return "".join([*shown, *(question["ask"] for question in case["expected"]["questions"]), case["id"] or ""])


WORDS = {"true", "false", "null", "no", "yes"}
PARTS: dict[str, Holds] = {
    "a case": lambda doc, case: True,
    "of the default pack": lambda doc, case: doc["name"] == "support",
    "levels decide": decided_by("levels"),
    "a flag decides": decided_by("flag"),
    "a count decides": decided_by("count"),
    "a measure decides, higher is worse": decided_by("measure", worse="higher"),
    "a measure decides, lower is worse": decided_by("measure", worse="lower"),
    "a measure without ends decides": decided_by("measure", ends=[]),
    "a measure with one end decides": lambda doc, case: any(
        decided_by("measure", ends=[end])(doc, case) for end in ("from", "to")
    ),
    "a measure with both ends decides": decided_by("measure", ends=["from", "to"]),
    "a label decides": decided_by("label"),
    "a sum of one count decides": decided_by("sum_of", parts=1),
    "a sum of two counts decides": decided_by("sum_of", parts=2),
    "a sum of three counts decides": decided_by("sum_of", parts=3),
    "a sum of four counts decides": decided_by("sum_of", parts=4),
    "sums that overlap decide": overlapping,
    "severity 1": lambda doc, case: case["expected"]["severity"] == 1,
    "severity 2": lambda doc, case: case["expected"]["severity"] == 2,
    "severity 3": lambda doc, case: case["expected"]["severity"] == 3,
    "severity 4 or milder": lambda doc, case: case["expected"]["severity"] >= 4,
    "it could be worse": lambda doc, case: case["expected"]["could_be"] < case["expected"]["severity"],
    "no criterion is met": lambda doc, case: not case["expected"]["criteria"],
    "several criteria are met": lambda doc, case: len(case["expected"]["criteria"]) > 1,
    "every fact is known": lambda doc, case: not oracle.unknown_facts(doc, case["facts"]),
    "no fact is known": lambda doc, case: set(case["facts"].values()) <= {None},
    "a fact is null": lambda doc, case: None in case["facts"].values(),
    "the worst is assumed": lambda doc, case: case["assume"] == "worst",
    "`because` has null": lambda doc, case: None in dict(because(case)).values(),
    "with an id": lambda doc, case: case["id"] is not None,
    "opened": lambda doc, case: case["opened_at"] is not None,
    "opened at an offset from UTC": lambda doc, case: "Z" not in (case["opened_at"] or "Z"),
    "not opened, and targets without instants": lambda doc, case: case["opened_at"] is None and targets(case),
    "opened in the year 9999": lambda doc, case: (case["opened_at"] or "").startswith("9999"),
    "a target and a limit that differ": lambda doc, case: any(one["target"] != one["limit"] for one in targets(case)),
    "a target is null": lambda doc, case: None in case["expected"]["sla"].values() and doc.get("sla"),
    "a target of a milder severity": inherited,
    "owed sooner, by a milder severity": sooner,
    "business hours": lambda doc, case: any(unit(one["limit"]) == "bh" for one in targets(case)),
    "business days": lambda doc, case: any(unit(one["limit"]) == "bd" for one in targets(case)),
    "business time of an incident that was opened": lambda doc, case: (
        case["opened_at"] and any(one["limit_s"] is None for one in targets(case))
    ),
    "notifications": lambda doc, case: case["expected"]["sla"]["notifications"],
    "notifications, one covered": covered("notifications"),
    "a roster": lambda doc, case: case["expected"]["roster"],
    "a roster, a role on a condition": conditional,
    "a roster, a role covered": covered("roster"),
    "a war room": lambda doc, case: case["expected"]["war_room"]["activate"],
    "a war room for several reasons": lambda doc, case: len(case["expected"]["war_room"]["because"]) > 1,
    "a war room, by a severity": by_severity,
    "questions": lambda doc, case: case["expected"]["questions"],
    "a question that raises the severity": lambda doc, case: any(
        one["could_raise_to"] for one in case["expected"]["questions"]
    ),
    "a question that changes only roster or war room": lambda doc, case: any(
        one["could_raise_to"] is None for one in case["expected"]["questions"]
    ),
    "a number of 2^53 − 1 or more": lambda doc, case: any(abs(number) >= 2**53 - 1 for number in numbers(case)),
    "a number above 0 and below 10^-6": lambda doc, case: any(0 < abs(number) < 1e-6 for number in numbers(case)),
    "a negative zero": lambda doc, case: "-0.0" in map(str, numbers(case)),
    "a text beyond ASCII": lambda doc, case: not texts(doc, case).isascii(),
    "a fact named like a word of YAML": lambda doc, case: WORDS & set(given_facts(doc)) & set(case["facts"]),
    "a level named like a word of YAML": lambda doc, case: (
        WORDS & {v for v in case["facts"].values() if isinstance(v, str)}
    ),
}


def counted(every: dict[str, tuple[Data, list[Case]]]) -> dict[str, int]:
    """For each part, the number of cases that hold it."""
    pairs = [(doc, case) for doc, some in every.values() for case in some]
    return {part: sum(bool(holds(doc, case)) for doc, case in pairs) for part, holds in PARTS.items()}
