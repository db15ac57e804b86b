"""`packs` and `schema`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sevclass import load_pack
from sevclass.pack import PackSpec
from tests.cli.conftest import Run

PACK = """\
name: tiny
version: "0.1"
severities: {1: Bad, 2: Fine}
facts: {broken: {ask: Is it broken?, flag: {}}}
criteria: {1: {broken: {text: It is broken, when: {broken: true}}}}
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    (folder / "pack.yaml").write_text(PACK, encoding="utf-8")
    return folder


def test_packs_as_text(run: Run) -> None:
    status, out, err = run("packs", "--format", "text")

    assert (status, err) == (0, "")
    assert out == (
        "support 1.0.0, 4 severities: 1 Critical, 2 High, 3 Medium, 4 Low\n"
        "  Severity, response times, people and war room for incidents in customer support\n"
    )


def test_packs_as_json(run: Run) -> None:
    status, out, err = run("packs")

    assert (status, err) == (0, "")
    assert json.loads(out) == [
        {
            "name": "support",
            "version": "1.0.0",
            "severities": 4,
            "description": "Severity, response times, people and war room for incidents in customer support",
        }
    ]


def test_a_broken_pack_is_told_whole(run: Run, tiny: Path) -> None:
    text = PACK.replace("broken: true", "brokn: true").replace("name: tiny\n", "")
    (tiny / "pack.yaml").write_text(text, encoding="utf-8")

    status, out, err = run("-", "--pack", tiny)

    assert (status, out) == (2, "")
    assert err == (
        "pack.yaml:4:52: unknown fact `brokn`; did you mean `broken`?\n"
        "    criteria: {1: {broken: {text: It is broken, when: {brokn: true}}}}\n"
        "                                                       ^^^^^\n"
        "tiny: missing key `name`; it may stand in any `*.yaml` of the pack\n"
    )


def test_schema_of_facts(run: Run) -> None:
    status, out, err = run("schema", "facts")
    schema = json.loads(out)

    assert (status, err) == (0, "")
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid({"functionality": "down", "enterprise_customers": 2, "security": None})
    assert not Draft202012Validator(schema).is_valid({"functionality": "dwon"})


def test_schema_of_another_packs_facts(run: Run, tiny: Path) -> None:
    schema = json.loads(run("schema", "facts", "--pack", tiny).out)

    assert list(schema["properties"]) == ["broken"]


def test_schema_of_packs(run: Run) -> None:
    status, out, err = run("schema", "pack")
    schema = json.loads(out)

    assert (status, err) == (0, "")
    Draft202012Validator.check_schema(schema)
    assert schema["type"] == "object"
    assert list(schema["properties"]) == list(PackSpec.model_fields)
    assert "required" not in schema
    assert Draft202012Validator(schema).is_valid(load_pack().model_dump())


def test_schema_of_classifications(run: Run) -> None:
    status, out, err = run("schema", "classification")
    schema = json.loads(out)

    assert (status, err) == (0, "")
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(json.loads(load_pack().classify({}).model_dump_json()))
