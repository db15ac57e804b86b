"""`sevclass whom`: whom to turn to with what, and who fills that role."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sevclass import load_pack
from tests.cli.conftest import Run
from tests.cli.processes import on_terminal, piped

NOW = "2026-03-02T16:30:00Z"
TEXT = """\
Consult
  technical-investigation  technical-support-engineer
                           Technical investigation: Finds out what is wrong and works on it with the customer
  executive-decisions      vp-customer-support
                           Executive decisions: Heads customer support
  account-relationships    customer-success-manager
                           Account relationships: Looks after a customer's account

Delegate to
  technical-resolution  technical-support-engineer
                        Technical resolution: Finds out what is wrong and works on it with the customer
  documentation         support-analyst
                        Documentation: Keeps the records and works out what they show
  customer-updates      customer-success-manager
                        Customer updates: Looks after a customer's account

Escalate to
  critical-decisions     vp-customer-support
                         Critical decisions: Heads customer support
  engineering-resources  cto
                         Engineering resources: Heads engineering
  company-wide-crisis    ceo
                         A company-wide crisis: Heads the company
"""
MARKDOWN = """\
**Escalate to**

- `critical-decisions`: vp-customer-support, Cy (cy\\@example.org), Di. Critical decisions: Heads customer support
- `engineering-resources`: cto, nobody now; next Ed (cto, \\+1) from 2026-03-03 09:00Z. \
Engineering resources: Heads engineering
- `company-wide-crisis`: ceo, nobody now, and nobody is listed who could. A company-wide crisis: Heads the company
"""
TEAM = """\
vp-customer-support: [{name: Cy, contact: cy@example.org}, {name: Di}]
cto: {name: Ed, contact: "+1", zone: UTC, on_call: {tue: ["09:00-17:00"]}}
"""
TOPICS = (
    "`technical-investigation`, `executive-decisions`, `account-relationships`, `technical-resolution`, "
    "`documentation`, `customer-updates`, `critical-decisions`, `engineering-resources`, `company-wide-crisis`"
)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    path = tmp_path / "team.yaml"
    path.write_text(TEAM, encoding="utf-8")
    return path


def test_the_whole_table(run: Run) -> None:
    assert run("whom", "--format", "text") == (0, TEXT, "")


def test_one_way_with_a_directory_as_markdown(run: Run, team: Path) -> None:
    ended = run("whom", "--way", "escalate", "--directory", team, "--now", NOW, "--format", "markdown")

    assert ended == (0, MARKDOWN, "")


def test_json_to_the_letter(run: Run, team: Path) -> None:
    ended = run("whom", "engineering-resources", "--directory", team, "--now", NOW)

    pack = load_pack()
    shape: dict[str, Any] = {
        "now": NOW,
        "paths": [
            {
                "topic": "engineering-resources",
                "text": "Engineering resources",
                "way": "escalate",
                "role": "cto",
                "role_text": "Heads engineering",
                "people": [],
                "next": {
                    "name": "Ed",
                    "contact": "+1",
                    "zone": "UTC",
                    "role": "cto",
                    "from_at": "2026-03-03T09:00:00Z",
                },
            }
        ],
        "pack": {"name": "support", "version": pack.version, "digest": pack.digest},
    }
    assert (ended.status, ended.err) == (0, "")
    assert json.loads(ended.out) == shape
    assert list(json.loads(ended.out)["paths"][0]) == list(shape["paths"][0])


def test_json_keeps_to_its_schema(run: Run, team: Path) -> None:
    schema = json.loads(run("schema", "whom").out)
    Draft202012Validator.check_schema(schema)

    for words in (["--directory", team, "--now", NOW], ["documentation"], ["--language", "de"]):
        shape = json.loads(run("whom", *words).out)
        assert list(Draft202012Validator(schema).iter_errors(shape)) == []


@pytest.mark.parametrize(
    "words", [("Technical", "investigation"), ("technical investigation",), ("TECHNICAL_investigation",)]
)
def test_a_topic_in_words(run: Run, words: tuple[str, ...]) -> None:
    (path,) = json.loads(run("whom", *words).out)["paths"]

    assert (path["topic"], path["role"], path["people"]) == (
        "technical-investigation",
        "technical-support-engineer",
        None,
    )


def test_the_instant_is_now_unless_one_is_named(run: Run, team: Path) -> None:
    shape = json.loads(run("whom", "critical-decisions", "--directory", team).out)

    assert shape["now"] > NOW
    assert [person["name"] for person in shape["paths"][0]["people"]] == ["Cy", "Di"]


def test_another_language(run: Run) -> None:
    ended = run("whom", "dokumentation", "--language", "de", "--format", "text")

    assert ended.out == (
        "Delegate to\n  documentation  support-analyst\n"
        "                 Dokumentation: Führt die Aufzeichnungen und wertet sie aus\n"
    )


def test_a_topic_that_is_misspelt(run: Run) -> None:
    hint = f"did you mean `documentation`? one of {TOPICS}"

    assert run("whom", "documentatoin") == (
        2,
        "",
        f"sevclass: error: unknown topic `documentatoin`; {hint}\n",
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--way", "konsult"), "unknown way `konsult`; did you mean `consult`?"),
        (("--now", NOW), "`--now` goes with `--directory`; who fills a role is asked of a directory"),
        (("--language", "fr"), "unknown language `fr`; one of `en`, `de`"),
    ],
)
def test_usage(run: Run, words: tuple[str, ...], said: str) -> None:
    assert run("whom", *words) == (2, "", f"sevclass: error: {said}\n")


def test_a_directory_that_is_not_there(run: Run, tmp_path: Path) -> None:
    missing = tmp_path / "team.yaml"

    assert run("whom", "--directory", missing) == (2, "", f"{missing}: no such file\n")


def test_a_directory_with_mistakes(run: Run, team: Path) -> None:
    team.write_text("ctoo: {name: Ed}\nceo: {nam: Flo}\n", encoding="utf-8")

    assert run("whom", "--directory", team) == (
        2,
        "",
        f"""\
{team}:1:1: unknown role `ctoo`; did you mean `cto`?
    ctoo: {{name: Ed}}
    ^^^^
{team}:2:1: missing key `name`
    ceo: {{nam: Flo}}
    ^^^
{team}:2:7: unknown key `nam`; did you mean `name`?
    ceo: {{nam: Flo}}
          ^^^
""",
    )


def test_a_directory_that_is_too_large(run: Run, team: Path) -> None:
    team.write_bytes(b"#" * (8 * 2**20 + 1))

    assert run("whom", "--directory", team) == (2, "", f"{team}: the file is larger than 8 MiB\n")


def test_a_directory_from_standard_input(run: Run) -> None:
    ended = run("whom", "engineering-resources", "--directory", "-", stdin=b"cto: {name: Ed}\n")

    assert [person["name"] for person in json.loads(ended.out)["paths"][0]["people"]] == ["Ed"]


def test_json_in_a_pipe_and_text_on_a_terminal() -> None:
    assert json.loads(piped("whom", "documentation").stdout)["paths"][0]["role"] == "support-analyst"
    assert "support-analyst" in on_terminal("whom", "documentation", columns=100).shown


def test_a_pack_without_paths(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("{name: plain, version: '1', extends: support, paths: null}")

    hint = "write some under its key `paths`"
    assert run("whom", "--pack", tmp_path) == (2, "", f"sevclass: error: the pack `plain` has no paths; {hint}\n")
