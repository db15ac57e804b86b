"""What comes out: frozen, hashable, picklable, with the JSON shape of the documentation."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest

from sevclass import Classification, IncidentFacts, classify, load_pack
from sevclass.classification import Because

OPENED = datetime(2026, 3, 2, 14, 23, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "performance": "significantly_degraded",
    "enterprise_customers": 1,
    "environment": "production",
}
CLASSIFICATION = classify(FACTS, opened_at=OPENED, id="T-17")


def test_the_json_shape() -> None:
    pack = load_pack()
    owed = {"target": "1h", "limit": "1h", "target_s": 3600, "limit_s": 3600}
    at = {"due": "2026-03-02T15:23:00Z", "limit_at": "2026-03-02T15:23:00Z"}
    shape = CLASSIFICATION.model_dump()
    questions = shape.pop("questions")
    assert shape == {
        "schema": 1,
        "id": "T-17",
        "severity": 2,
        "name": "High",
        "could_be": 1,
        "criteria": [
            {
                "id": "performance-significant",
                "severity": 2,
                "text": "The product is so slow that work stalls",
                "because": {"performance": "significantly_degraded"},
            },
            {
                "id": "enterprise-production",
                "severity": 2,
                "text": "An enterprise customer is affected in a live system",
                "because": {"environment": "production", "enterprise_customers": 1},
            },
        ],
        "sla": {
            "opened_at": "2026-03-02T14:23:00Z",
            "initial_response": owed | at,
            "status_updates": {
                "target": "4h",
                "limit": "4h",
                "target_s": 14400,
                "limit_s": 14400,
                "due": "2026-03-02T18:23:00Z",
                "limit_at": "2026-03-02T18:23:00Z",
            },
            "notifications": [{"role": "support-manager"} | owed | at],
            "resolution": {
                "target": "8h",
                "limit": "24h",
                "target_s": 28800,
                "limit_s": 86400,
                "due": "2026-03-02T22:23:00Z",
                "limit_at": "2026-03-03T14:23:00Z",
            },
        },
        "roster": [
            {"role": "escalation-manager", "duty": "coordinates"},
            {"role": "technical-support-engineer", "duty": "leads-investigation"},
            {"role": "support-manager", "duty": "notified"},
        ],
        "war_room": {"activate": False, "because": []},
        "pack": {"name": "support", "version": "1.0.0", "digest": pack.digest},
    }
    assert questions[0] == {
        "fact": "functionality",
        "ask": "How well does the product still work for those affected?",
        "could_raise_to": 1,
    }


def test_the_keys_come_in_the_order_of_the_documentation() -> None:
    shape = CLASSIFICATION.model_dump()
    assert list(shape) == ["schema", *Classification.PARTS]
    assert list(shape["sla"]) == ["opened_at", "initial_response", "status_updates", "notifications", "resolution"]
    assert list(shape["sla"]["notifications"][0]) == [
        "role", "target", "limit", "target_s", "limit_s", "due", "limit_at",
    ]  # fmt: skip


def test_the_json_text_says_the_same() -> None:
    assert json.loads(CLASSIFICATION.model_dump_json()) == CLASSIFICATION.model_dump()
    assert CLASSIFICATION.model_dump_json(indent=2).startswith('{\n  "schema": 1,\n  "id": "T-17",\n')
    assert CLASSIFICATION.model_dump(mode="json") == CLASSIFICATION.model_dump(mode="python")


def test_text_outside_ascii_and_control_characters_are_written_as_json() -> None:
    found = classify({}, id='Ä\n"🙂')
    assert json.loads(found.model_dump_json())["id"] == 'Ä\n"🙂'


@pytest.mark.parametrize("part", ["sla", "war_room", "pack"])
def test_a_part_has_the_same_methods(part: str) -> None:
    found = getattr(CLASSIFICATION, part)
    assert found.model_dump() == CLASSIFICATION.model_dump()[part]
    assert json.loads(found.model_dump_json()) == found.model_dump()
    assert found.model_dump_json(indent=1).startswith("{\n ")


def test_the_parts_of_lists_have_them_too() -> None:
    shape = CLASSIFICATION.model_dump()
    for part in ("criteria", "roster", "questions"):
        assert [item.model_dump() for item in getattr(CLASSIFICATION, part)] == shape[part]


def test_the_schema_accepts_what_is_dumped() -> None:
    schema = Classification.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for facts in (FACTS, {}, {"data_loss": True}, {"functionality": "moderate"}):
        for opened_at in (None, OPENED):
            validator.validate(classify(facts, opened_at=opened_at).model_dump())
    assert schema["title"] == "Classification"
    assert sorted(schema["required"]) == sorted(["schema", *Classification.PARTS])


@pytest.mark.parametrize("key", ["schema", *Classification.PARTS])
def test_the_schema_refuses_what_lacks_a_key(key: str) -> None:
    shape = CLASSIFICATION.model_dump()
    del shape[key]
    validator = jsonschema.Draft202012Validator(Classification.model_json_schema())
    assert not validator.is_valid(shape)
    assert not validator.is_valid(CLASSIFICATION.model_dump() | {"more": 1})


def test_equal_facts_give_equal_classifications() -> None:
    again = classify(dict(reversed(FACTS.items())), opened_at=OPENED, id="T-17")
    assert again == CLASSIFICATION
    assert hash(again) == hash(CLASSIFICATION)
    assert len({again, CLASSIFICATION}) == 1


@pytest.mark.parametrize(
    "other",
    [
        classify(FACTS, opened_at=OPENED, id="T-18"),
        classify(FACTS, id="T-17"),
        classify(FACTS | {"functionality": "cosmetic"}, opened_at=OPENED, id="T-17"),
        CLASSIFICATION.model_dump(),
        None,
    ],
    ids=["id", "opening", "facts", "dump", "nothing"],
)
def test_others_differ(other: object) -> None:
    assert other != CLASSIFICATION


def test_it_cannot_be_changed() -> None:
    found = classify(FACTS)
    with pytest.raises(AttributeError, match=r"^Classification is frozen: cannot set `severity`$"):
        found.severity = 4
    with pytest.raises(AttributeError, match=r"^Classification is frozen: cannot set `more`$"):
        found.more = 4
    with pytest.raises(AttributeError, match=r"^Classification is frozen: cannot delete `severity`$"):
        del found.severity
    with pytest.raises(AttributeError, match="cannot assign to field"):
        found.sla.opened_at = OPENED  # type: ignore[misc]
    with pytest.raises(TypeError):
        found.criteria[0].because["performance"] = "normal"  # type: ignore[index]


def test_what_it_has_not_it_has_not() -> None:
    with pytest.raises(AttributeError, match=r"^'Classification' object has no attribute 'sevrity'$"):
        classify(FACTS).sevrity  # type: ignore[attr-defined]  # noqa: B018


def test_parts_are_kept() -> None:
    found = classify(FACTS)
    for part in Classification.PARTS:
        assert getattr(found, part) is getattr(found, part)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_it_survives_pickle_whole(protocol: int) -> None:
    again = pickle.loads(pickle.dumps(classify(FACTS, opened_at=OPENED, id="T-17"), protocol))  # noqa: S301
    assert again == CLASSIFICATION
    assert again.model_dump_json() == CLASSIFICATION.model_dump_json()
    assert hash(again) == hash(CLASSIFICATION)
    assert pickle.loads(pickle.dumps(again)) == again  # noqa: S301


def test_it_survives_copying() -> None:
    assert copy.copy(CLASSIFICATION) == CLASSIFICATION
    assert copy.deepcopy(CLASSIFICATION) == CLASSIFICATION


def test_it_shows_what_matters() -> None:
    assert repr(classify(FACTS)) == (
        "<Classification severity=2 'High' could_be=1 criteria=[performance-significant, enterprise-production]>"
    )
    assert repr(classify(IncidentFacts(functionality="working"))) == (
        "<Classification severity=4 'Low' could_be=1 criteria=[]>"
    )


def test_the_reason_is_a_mapping_that_can_be_hashed() -> None:
    because = Because((("speed", "dead"), ("people", None)))
    assert dict(because) == {"speed": "dead", "people": None}
    assert (because["speed"], list(because), len(because)) == ("dead", ["speed", "people"], 2)
    assert hash(because) == hash(Because((("speed", "dead"), ("people", None))))
    assert because == {"people": None, "speed": "dead"}
    assert repr(because) == "{'speed': 'dead', 'people': None}"
    with pytest.raises(KeyError):
        because["users"]


def test_only_the_keys_that_are_wanted() -> None:
    found = classify({"data_loss": True}, id="T-17")
    brief = {
        "id": "T-17",
        "severity": 1,
        "could_be": 1,
        "war_room": {"activate": True, "because": ["severity-1"]},
    }

    assert found.model_dump(include={"id", "severity", "could_be", "war_room"}) == brief
    assert json.loads(found.model_dump_json(include={"id", "severity", "could_be", "war_room"})) == brief
    assert found.model_dump_json(include={"severity", "id", "schema"}) == '{"schema":1,"id":"T-17","severity":1}'
    assert found.model_dump_json(include={"severity"}, indent=2) == '{\n  "severity": 1\n}'
    assert found.model_dump(include=set()) == {}
