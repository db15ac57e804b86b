"""A pack compiled: the parts of a classification, and other masks of the same meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import pytest

from sevclass import FactsError, IncidentFacts, load_pack
from sevclass.classification import BARE, Context, PackRef
from sevclass.engine import Engine
from sevclass.loader import read_pack
from sevclass.scales import Facts, Floor, Masks, Scale

DOCUMENT, DIGEST = read_pack("support")
REF = PackRef(name="support", version="1.0.0", digest=DIGEST)
OPENED = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)


class Counting(Masks):
    """The usual masks, which note how often they are asked."""

    calls = 0

    def reached(self, facts: Facts) -> int:
        Counting.calls += 1
        return super().reached(facts)


def facts(**known: object) -> Facts:
    return IncidentFacts.model_validate(known).__dict__


def test_an_engine_classifies_checked_facts() -> None:
    found = Engine(DOCUMENT, REF).classify(facts(data_loss=True), BARE)
    assert (found.severity, found.id, found.sla.opened_at, found.pack) == (1, None, None, REF)


def test_the_context_is_given_back() -> None:
    context = Context(id="T-17", opened_at=OPENED, assume="worst")
    found = Engine(DOCUMENT, REF).classify(facts(), context)
    assert (found.severity, found.could_be, found.id, found.sla.opened_at) == (1, 1, "T-17", OPENED)


def test_every_part_is_that_of_the_pack() -> None:
    known = facts(performance="significantly_degraded", engineering_needed=True)
    context = Context(id="T-17", opened_at=OPENED, assume="known")
    assert Engine(DOCUMENT, REF).classify(known, context) == load_pack().classify(
        {"performance": "significantly_degraded", "engineering_needed": True}, OPENED, "T-17"
    )


def test_an_opening_too_late_is_told_before_anything_is_read() -> None:
    context = Context(id=None, opened_at=datetime(9999, 12, 31, tzinfo=UTC), assume="known")
    with pytest.raises(FactsError) as caught:
        Engine(DOCUMENT, REF).classify(facts(), context)
    assert str(caught.value) == "opened_at: an instant owed lies too far away; check the opening and the SLA"


def test_other_masks_decide_but_are_not_asked_for_questions() -> None:
    made: list[tuple[int, int]] = []

    def masks(scales: Mapping[str, Scale], floors: Sequence[Floor]) -> Masks:
        made.append((len(scales), len(floors)))
        return Counting(scales, floors)

    found = Engine(DOCUMENT, REF, masks).classify(facts(functionality="major"), BARE)
    assert made == [(21, 25), (21, 9)]
    assert found.severity == 2
    before = Counting.calls
    assert before > 0
    assert found.questions == Engine(DOCUMENT, REF).classify(facts(functionality="major"), BARE).questions
    assert Counting.calls == before
    assert load_pack().with_masks(masks).classify({"functionality": "major"}) == found
