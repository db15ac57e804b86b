"""The JSON Schema that editors check pack files with, and the packs that are there as examples."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from sevclass import PackError, load_pack
from sevclass.cli import main
from sevclass.source import Budget, plain, read

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "rules" / "pack.schema.json"
PACKS = (ROOT / "rules" / "support", ROOT / "examples" / "acme-pack")
FILES = [path for pack in PACKS for path in sorted(pack.glob("*.yaml"))]


def errors(document: object) -> list[str]:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return [error.message for error in Draft202012Validator(schema).iter_errors(document)]


def document(path: Path) -> object:
    root, problems = read(path.read_bytes(), path.name, Budget())
    assert problems == []
    assert root is not None
    return plain(root)


def test_the_schema_is_what_the_command_line_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "pack"]) == 0

    assert capsys.readouterr().out == SCHEMA.read_text(encoding="utf-8"), "run `sevclass schema pack`"


@pytest.mark.parametrize("path", [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in FILES])
def test_every_file_of_a_pack_fits_the_schema_alone(path: Path) -> None:
    assert errors(document(path)) == []


@pytest.mark.parametrize("path", [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in FILES])
def test_every_file_of_a_pack_tells_editors_where_the_schema_is(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]

    assert first.startswith("# yaml-language-server: $schema=")
    assert (path.parent / first.partition("=")[2]).resolve() == SCHEMA


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param([], id="no-mapping"),
        pytest.param({"fact": {}}, id="unknown-key"),
        pytest.param({"name": "Acme"}, id="no-name"),
        pytest.param({"roles": {"Night Shift": "Works at night"}}, id="no-name-as-key"),
        pytest.param({"severities": {"high": "High"}}, id="no-severity"),
        pytest.param({"criteria": {"1": {"slow": {"text": "Slow", "when": {}}}}}, id="empty-floor"),
        pytest.param({"criteria": {"1": {"slow": {"text": "Slow", "when": {"latency": None}}}}}, id="null-level"),
        pytest.param({"facts": {"latency": {"ask": "How long?", "flag": {}, "count": "s"}}}, id="two-scales"),
        pytest.param({"facts": {"latency": {"ask": "How long?", "levels": {"fast": "Fast"}}}}, id="one-level"),
        pytest.param({"facts": {"broken": {"ask": "Is it?", "flag": {"yes": "It is"}}}}, id="no-flag"),
        pytest.param({"criteria": {"1": {"slow": {"text": "Slow", "when": []}}}}, id="no-floor"),
        pytest.param({"criteria": {"1": {"slow": {"text": "Slow", "when": {"latency": [1]}}}}}, id="no-level"),
        pytest.param({"criteria": {"1": {"slow": {"text": "Slow\nand slow", "when": {"a": 1}}}}}, id="two-lines"),
        pytest.param({"sla": {"1": {"resolution": "soon"}}}, id="no-duration"),
        pytest.param({"sla": {"1": {"response": "4h"}}}, id="no-target"),
        pytest.param({"roster": {"1": {"support": {"duty": 1}}}}, id="no-duty"),
    ],
)
def test_a_wrong_file_does_not(wrong: object) -> None:
    assert errors(wrong) != []


@pytest.mark.parametrize(
    "part",
    [
        pytest.param({"criteria": {"4": {"question": None}}}, id="deleted"),
        pytest.param({"criteria": {"4": None}}, id="all-deleted"),
        pytest.param({"criteria": {"1": {"data-loss": {"text": "Data is gone"}}}}, id="a-text"),
        pytest.param({"criteria": {"1": {"data-loss": {}}}}, id="moved"),
        pytest.param({"facts": {"security": {"ask": "Is it safe?"}}}, id="a-question"),
        pytest.param({"facts": {"security": {"levels": None, "flag": {}}}}, id="another-scale"),
        pytest.param({"roster": {"2": {"engineering": {"when": None}}}}, id="without-a-condition"),
    ],
)
def test_a_pack_that_extends_another_may_say_only_what_is_different(part: object) -> None:
    assert errors(part) == []


def test_the_example_pack_changes_what_it_says() -> None:
    support, acme = load_pack("support").model_dump(), load_pack(PACKS[1]).model_dump()

    assert list(acme["facts"]) == [*support["facts"], "payments"]
    assert list(acme["criteria"]["1"]) == [*support["criteria"]["1"], "payments-stopped"]
    assert acme["criteria"]["1"]["multiple-enterprise"]["when"] == [{"enterprise_customers": 3}]
    assert list(acme["criteria"]["2"])[-1] == "payments-delayed"
    assert support["criteria"]["2"]["multiple-tier-2-3"] == acme["criteria"]["3"]["multiple-tier-2-3"]
    assert "question" not in acme["criteria"]["4"]
    assert {key: acme[key] for key in ("sla", "roster", "war_room")} == {
        key: support[key] for key in ("sla", "roster", "war_room")
    }


def test_the_example_draft_is_full_of_mistakes() -> None:
    with pytest.raises(PackError) as caught:
        load_pack(ROOT / "examples" / "acme-draft")

    assert len(caught.value.problems) == 6
