"""What a pack is: its models, its dump and its JSON Schema."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from pydantic import ValidationError

from sevclass import load_pack
from sevclass.document import as_named
from sevclass.pack import FactSpec, PackSpec
from sevclass.scales import Count, Flag, Label, Levels, Measure, Scale, SumOf
from sevclass.shipped import shipped_packs


@pytest.mark.parametrize(
    ("fact", "scale"),
    [
        ({"ask": "a", "levels": {"fine": "a", "dead": "b"}}, Levels(names=("fine", "dead"))),
        ({"ask": "a", "flag": {}}, Flag()),
        ({"ask": "a", "flag": {"false": "a", "true": "b"}}, Flag()),
        ({"ask": "a", "count": "users"}, Count(unit="users")),
        ({"ask": "a", "measure": {"unit": "s", "worse": "higher"}}, Measure(unit="s", worse="higher")),
        (
            {"ask": "a", "measure": {"unit": "s", "worse": "lower", "from": 0, "to": 1.5}},
            Measure(unit="s", worse="lower", low=0, high=1.5),
        ),
        ({"ask": "a", "label": {"wish": "a"}}, Label(names=("wish",))),
        ({"sum_of": ["a", "b"]}, SumOf(parts=("a", "b"))),
    ],
)
def test_a_fact_has_the_scale_it_says(fact: dict[str, Any], scale: Scale) -> None:
    assert FactSpec.model_validate(fact).scale == scale


def test_the_kinds_of_a_fact_are_the_scales_it_gives() -> None:
    assert FactSpec.model_validate({"ask": "a", "count": "users", "flag": {}}).kinds == ["flag", "count"]
    assert FactSpec.model_validate({"ask": "a"}).kinds == []


def test_the_ends_of_a_measure_are_named_as_the_file_names_them() -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        FactSpec.model_validate({"ask": "a", "measure": {"unit": "s", "worse": "lower", "low": 1}})


def test_a_floor_may_stand_alone_and_a_duty_too() -> None:
    spec = PackSpec.model_validate(
        {
            "criteria": {"1": {"dead": {"text": "a", "when": {"speed": "dead"}}}},
            "roster": {"1": {"lead": "leads", "aide": {"duty": "aids", "when": {"lost": True}}}},
        }
    )
    assert spec.criteria["1"]["dead"].when == [{"speed": "dead"}]
    assert (spec.roster["1"]["lead"].duty, spec.roster["1"]["lead"].when) == ("leads", None)
    assert (spec.roster["1"]["aide"].duty, spec.roster["1"]["aide"].when) == ("aids", [{"lost": True}])


def test_a_flag_in_a_floor_is_a_name_where_the_scale_has_names() -> None:
    scales: dict[str, Scale] = {"speed": Levels(names=("no", "true")), "kind": Label(names=("false",)), "lost": Flag()}
    floor = {"speed": True, "kind": False, "lost": True, "other": True, "users": 1}
    assert as_named(floor, scales) == {"speed": "true", "kind": "false", "lost": True, "other": True, "users": 1}


def test_a_pack_cannot_be_changed() -> None:
    spec = PackSpec.model_validate({"name": "small"})
    with pytest.raises(ValidationError, match="frozen"):
        spec.name = "large"


# The schema, as an editor uses it


SCHEMA = PackSpec.model_json_schema(by_alias=True)


def errors(document: object) -> list[str]:
    return [error.json_path for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)]


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert "required" not in SCHEMA
    assert set(SCHEMA["properties"]) == {
        "name", "version", "description", "extends", "language", "severities", "facts", "criteria", "sla", "roles",
        "roster", "covers", "escalation", "calendar", "calendars", "war_room", "clocks_start", "pauses", "review",
        "approve_downgrade", "war_room_setup", "paths", "causes", "plan", "messages", "blanks", "guides",
        "customers", "targets", "translations",
    }  # fmt: skip


@pytest.mark.parametrize("file", sorted(shipped_packs()["support"].glob("*.yaml")), ids=lambda file: file.name)
def test_the_schema_accepts_every_file_of_the_default_pack(file: Path) -> None:
    # An editor has text for keys, as JSON does.
    assert errors(_with_text_keys(yaml.safe_load(file.read_text()))) == []


def _with_text_keys(value: object) -> object:
    if isinstance(value, dict):
        return {
            str(key).lower() if isinstance(key, bool) else str(key): _with_text_keys(item)
            for key, item in value.items()
        }
    return [_with_text_keys(item) for item in value] if isinstance(value, list) else value


def test_the_schema_accepts_a_file_of_a_pack_that_extends_another() -> None:
    document = {
        "extends": "support",
        "facts": {"security": {"ask": "Is it safe?"}, "performance": None},
        "criteria": {"1": {"data-loss": None, "pr-crisis": {"text": "They are angry"}}},
        "war_room": None,
        "war_room_setup": {"channel": None, "positions": {"scribe": None}, "cadence": None, "protocols": None},
        "paths": {"consult": None, "escalate": {"critical-decisions": {"role": "cto"}}},
    }
    assert errors(document) == []


def test_the_schema_accepts_the_dump_of_the_default_pack() -> None:
    assert errors(load_pack().model_dump()) == []


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ({"sevrities": {}}, "$"),
        ({"name": "My Pack"}, "$.name"),
        ({"severities": {"1": 5}}, "$.severities['1']"),
        ({"facts": {"speed": {"ask": "a", "flag": {}, "count": "users"}}}, "$.facts.speed"),
        ({"facts": {"speed": {"ask": "a", "levels": {"fine": "Fine"}}}}, "$.facts.speed"),
        ({"facts": {"speed": {"ask": "a", "measure": {"unit": "s", "worse": "less"}}}}, "$.facts.speed"),
        ({"criteria": {"1": {"dead": {"text": "a", "when": []}}}}, "$.criteria['1'].dead.when"),
        ({"sla": {"1": {"resolution": "soon"}}}, "$.sla['1'].resolution"),
        ({"roster": {"1": {"lead": ["leads"]}}}, "$.roster['1'].lead"),
    ],
)
def test_the_schema_refuses_what_an_editor_should_underline(document: dict[str, Any], place: str) -> None:
    assert [found.split("[")[0] for found in errors(document)] == [place.split("[", maxsplit=1)[0]]
