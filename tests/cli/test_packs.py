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
    assert run("schema", "facts", "--pack", f"{tiny}/") == (2, "", err)
    assert err == (
        f"{tiny}/pack.yaml:4:52: unknown fact `brokn`; did you mean `broken`?\n"
        "    criteria: {1: {broken: {text: It is broken, when: {brokn: true}}}}\n"
        "                                                       ^^^^^\n"
        "tiny: missing key `name`; it may stand in any `*.yaml` of the pack\n"
    )


def test_the_files_of_a_broken_pack_are_told_with_the_folder_as_it_is_given(
    run: Run, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tiny / "pack.yaml").write_text(
        "name: tiny\nversion: '1'\nextends: support\nfacts: {functionality: null}\n", "utf-8"
    )
    (tiny / "sla.YML").touch()
    (tiny / "roster.yaml").mkdir()
    (tiny / "covers.yaml").symlink_to("nowhere")
    (tiny / "a\x1bb.yaml").write_text("- 1\n", encoding="utf-8")
    monkeypatch.chdir(tiny.parent)

    _, _, err = run("-", "--pack", "tiny")
    told = [line for line in err.splitlines() if not line.startswith(" ")]

    assert told[:5] == [
        "tiny/a\\x1bb.yaml:1:1: a pack's file is a mapping of keys",
        "tiny/covers.yaml: a symbolic link is not followed; put the file itself into the pack's folder",
        "tiny/roster.yaml: is not a regular file",
        "tiny/sla.YML: only `*.yaml` is read; call it `sla.yaml`",
        "support/criteria.yaml:11:14: unknown fact `functionality`; it is deleted at pack.yaml:4:9",
    ]
    monkeypatch.chdir(tiny)
    assert "\n./roster.yaml: is not a regular file\n" in run("-", "--pack", ".").err


@pytest.mark.parametrize("name", ["no such", "x" * 300, "", "a\0b"])
def test_what_is_no_pack(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.chdir(tmp_path)

    status, out, err = run("-", "--pack", name)

    assert (status, out) == (2, "")
    assert err.startswith("sevclass: error: unknown pack `")


def test_a_file_is_no_pack(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "afile").touch()
    monkeypatch.chdir(tmp_path)

    message = "sevclass: error: `afile` is a file; a pack is a folder: name the one that it lies in\n"
    assert run("-", "--pack", "afile") == (2, "", message)


def test_a_folder_without_a_pack(run: Run, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").mkdir()

    assert run("-", "--pack", tmp_path / "x.yaml") == (
        2,
        "",
        "x.yaml: the folder holds no `*.yaml` file with anything in it\n",
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


def test_schema_of_explanations(run: Run) -> None:
    schema = json.loads(run("schema", "explanation").out)
    known = {"functionality": "moderate", "workaround": "cumbersome"}
    explained = json.loads(run("explain", "-", "--why-not", "data-loss", stdin=json.dumps(known).encode()).out)

    Draft202012Validator.check_schema(schema)
    assert list(Draft202012Validator(schema).iter_errors(explained)) == []
    assert not Draft202012Validator(schema).is_valid({**explained, "worse": None})


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
