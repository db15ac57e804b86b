"""Uses of the public names that a type checker must accept; only read, never run."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, assert_type

from sevclass import (
    Classification,
    FactsError,
    IncidentFacts,
    Pack,
    PackError,
    Problem,
    SevclassError,
    classify,
    load_pack,
)

facts = IncidentFacts(
    functionality="down",
    performance="significantly_degraded",
    environment="production",
    workaround=None,
    data_loss=True,
    enterprise_customers=2,
    request="defect",
)
nothing = IncidentFacts()

found = classify(facts)
assert_type(found, Classification)
classify(nothing, datetime(2026, 3, 2, tzinfo=UTC), "T-17", assume="worst")
classify({"functionality": "down", "enterprise_customers": 2})
classify('{"functionality": "down"}')
classify(b'{"functionality": "down"}')

assert_type(found.severity, int)
assert_type(found.id, str | None)
assert_type(found.name, str)
assert_type([criterion.id for criterion in found.criteria], list[str])
assert_type([question.could_raise_to for question in found.questions], list[int | None])
assert_type([(row.role, row.duty) for row in found.roster], list[tuple[str, str]])
assert_type(found.war_room.because, tuple[str, ...])
assert_type(found.model_dump(), dict[str, Any])
assert_type(found.model_dump_json(), str)
if found.sla.resolution is not None:
    assert_type(found.sla.resolution.limit_s, int | None)
    assert_type(found.sla.resolution.limit_at, datetime | None)

pack = load_pack("support")
assert_type(pack, Pack)
assert_type(load_pack(), Pack)
assert_type(load_pack(Path("packs") / "mine"), Pack)
assert_type(pack.classify_json(b"{}"), Classification)
assert_type(pack.severities, dict[int, str])
pack.classify(pack.Facts())

try:
    load_pack("mine")
except PackError as error:
    assert_type(error.problems, tuple[Problem, ...])
except FactsError as error:
    assert_type(error.problems[0].hint, str | None)
wide: type[ValueError] = SevclassError
