"""Incidents to classify: every one with facts of its own, and packs of any size."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from sevclass import Pack, load_pack
from sevclass.scales import Value


def known(pack: Pack, seed: int) -> Iterator[dict[str, Value]]:
    """Facts of incidents, without end: three in ten unknown, most of the others harmless, as at a support desk."""
    chance = random.Random(seed)  # noqa: S311 - seeded data
    facts: dict[str, Any] = pack.model_dump()["facts"]
    while True:
        yield {
            name: _value(fact, chance)
            for name, fact in facts.items()
            if "sum_of" not in fact and chance.random() < 0.7  # noqa: PLR2004 - as said above
        }


def _value(fact: dict[str, Any], chance: random.Random) -> Value:
    harmless = chance.random() < 0.88  # noqa: PLR2004 - most are
    if "flag" in fact:
        return not harmless and chance.random() < 0.3  # noqa: PLR2004 - a flag is rare
    if "count" in fact:
        return 0 if harmless else chance.choice([1, 2, 3, 40, 5_000])
    names = list(fact.get("levels") or fact["label"])
    return str(names[0] if harmless else chance.choice(names))


def distinct(pack: Pack, count: int, seed: int) -> list[dict[str, Value]]:
    """So many facts, no two alike."""
    found: dict[str, dict[str, Value]] = {}
    for facts in known(pack, seed):
        found.setdefault(json.dumps(facts), facts)
        if len(found) == count:
            break
    return list(found.values())


def pack_of(criteria: int) -> dict[str, Any]:
    """A pack with so many criteria over the same twenty facts, as a document."""
    chance = random.Random(criteria)  # noqa: S311 - seeded data
    levels = {f"level-{number}": f"Level {number}" for number in range(12)}
    facts = {f"fact-{number}": {"ask": "How bad is it?", "levels": dict(levels)} for number in range(20)}
    written: dict[str, dict[str, Any]] = {str(severity): {} for severity in (1, 2, 3)}
    for number in range(criteria):
        named = chance.sample(list(facts), chance.randint(1, 4))
        floor = {fact: f"level-{chance.randint(4, 11)}" for fact in named}
        written[str(1 + number % 3)][f"criterion-{number}"] = {"text": f"Criterion {number}", "when": floor}
    severities = {"1": "High", "2": "Middle", "3": "Low", "4": "None"}
    return {"name": "large", "version": "1.0.0", "severities": severities, "facts": facts, "criteria": written}


DEFAULT = load_pack()
