"""`sevclass lint`: what in a pack can surely not be meant, in every format."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator

from sevclass.findings import CODES
from sevclass.shipped import shipped_packs
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
SARIF = json.loads((ROOT / "tests" / "data" / "sarif" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8"))
RULES = """\
name: acme
version: 1.0.0
extends: support
roles: {translator: Translates}
criteria:
  2:
    half-down: {text: "Down, and live", when: {functionality: down, environment: production, performance: degraded}}
  3: null
translations: {de: null}
"""
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
NO_CASE = 'a case has `case`, `facts` and `expected`; write `{"case": "…", "facts": {…}, "expected": {…}}`'
IDLE = "SC007 `translator` has no duty; no roster, escalation, war room, path or plan names it"
NEVER = (
    "SC001 `half-down` can never decide: whenever it is met, `production-down` is met too; "
    "ask for less, or leave it out"
)
UNREACHED = "SC005 nothing reaches severity 3 `Medium`; it has no criterion that can decide"
KNOWN = ", ".join(f"`{code}`" for code in CODES)
UNKNOWN = "sevclass: error: unknown pack `{}`; did you mean `support`?\n"
NO_CASES = "SC010 the pack has no cases; write `cases.jsonl` beside its files"


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    folder = tmp_path / "a cme"
    folder.mkdir()
    (folder / "pack.yaml").write_text(RULES)
    return folder


def test_every_pack_that_ships_is_clean(run: Run) -> None:
    assert run("lint", *shipped_packs(), ROOT / "examples" / "acme-pack", "--format", "text") == (
        0,
        "no findings\n",
        "",
    )


def test_text_has_a_line_for_each_by_code_and_place(run: Run, acme: Path) -> None:
    lines = [
        f"{acme}/pack.yaml:7:5: {NEVER}",
        f"{acme}/pack.yaml:8:3: {UNREACHED}",
        f"{acme}/pack.yaml:4:9: {IDLE}",
        f"{acme}/pack.yaml:1:1: {NO_CASES}",
    ]
    ended = run("lint", acme, "--format", "text")

    assert (ended.status, ended.err) == (1, "")
    assert ended.out.splitlines() == [*lines, "4 findings"]
    assert run("lint", f"{acme}/", "support", "--format", "text").out == ended.out
    assert run("lint", acme, "--select", "sc007", "--format", "text").out == f"{lines[2]}\n1 finding\n"
    assert run("lint", acme, "--ignore", "SC001, SC005,SC010", "--format", "text").out == f"{lines[2]}\n1 finding\n"
    assert run("lint", acme, "--select", "SC002").status == 0


def test_json_has_each_pack_with_its_findings(run: Run, acme: Path) -> None:
    ended = run("lint", "support", acme, "--select", "SC007")

    assert ended.status == 1
    assert json.loads(ended.out) == {
        "packs": [
            {"pack": "support", "findings": [], "problems": []},
            {
                "pack": str(acme),
                "findings": [
                    {
                        "path": f"{acme}/pack.yaml:4:9",
                        "code": "SC007",
                        "message": "`translator` has no duty",
                        "hint": "no roster, escalation, war room, path or plan names it",
                    }
                ],
                "problems": [],
            },
        ]
    }


def test_a_pack_that_cannot_be_read_does_not_hide_the_others(run: Run, acme: Path) -> None:
    ended = run("lint", "suport", acme, "--select", "SC007")
    unknown = {
        "path": "",
        "code": "unknown_pack",
        "message": "unknown pack `suport`",
        "hint": "did you mean `support`?",
    }

    assert (ended.status, ended.err) == (2, UNKNOWN.format("suport"))
    assert [(one["pack"], len(one["findings"]), one["problems"]) for one in json.loads(ended.out)["packs"]] == [
        ("suport", 0, [unknown]),
        (str(acme), 1, []),
    ]
    text = run("lint", "suport", acme, "--select", "SC007", "--format", "text")
    assert text == (2, f"{acme}/pack.yaml:4:9: {IDLE}\n1 finding\n", UNKNOWN.format("suport"))


def test_github_annotations_are_escaped(run: Run, acme: Path) -> None:
    odd = acme.parent / "50%, or:so"
    acme.rename(odd)
    (odd / "cases.jsonl").write_text('{"case": "100%", "facts": {}, "expected": {"severity": 1}}\n')
    ended = run("lint", odd, "--select", "SC008", "--format", "github")

    file = f"{odd}/cases.jsonl".replace("50%, or:so", "50%25%2C or%3Aso")
    assert ended.out == f"::warning file={file},line=1,col=1,title=SC008::case `100%25`: `severity` is 4, not 1\n"


def test_sarif_is_valid(run: Run, acme: Path) -> None:
    ended = run("lint", "support", acme, "--format", "sarif")
    log = json.loads(ended.out)

    Draft7Validator.check_schema(SARIF)
    assert list(Draft7Validator(SARIF).iter_errors(log)) == []
    (made,) = log["runs"]
    assert [rule["id"] for rule in made["tool"]["driver"]["rules"]] == list(CODES)
    assert [result["ruleId"] for result in made["results"]] == ["SC001", "SC005", "SC007", "SC010"]
    assert all(made["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in made["results"])
    (place,) = (result["locations"][0]["physicalLocation"] for result in made["results"] if result["ruleId"] == "SC007")
    assert place["artifactLocation"]["uri"].endswith("/a%20cme/pack.yaml")
    assert place["region"] == {"startLine": 4, "startColumn": 9}


def test_sarif_of_nothing_is_valid_too(run: Run) -> None:
    ended = run("lint", "support", "--format", "sarif")

    assert (ended.status, list(Draft7Validator(SARIF).iter_errors(json.loads(ended.out)))) == (0, [])


@pytest.mark.parametrize(
    ("words", "err"),
    [
        ([], "sevclass: error: no PACK; name a pack that ships, or the folder of one\n"),
        (["support", "--select", "SC01"], "sevclass: error: unknown code `SC01`; did you mean `SC012`?\n"),
        (["support", "--ignore", ""], f"sevclass: error: unknown code ``; known are {KNOWN}\n"),
        (["suport", "sport"], f"{UNKNOWN.format('suport')}{UNKNOWN.format('sport')}"),
    ],
)
def test_bad_words_leave_standard_output_empty(run: Run, words: list[str], err: str) -> None:
    assert run("lint", *words) == (2, "", err)


def test_where_templates_cannot_be_read_that_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sevclass.templates.is_installed", lambda: False)
    left_out = "SC012 is left out: messages need the extra `messages`; install it: pip install 'sevclass[messages]'\n"

    assert run("lint", "support", "--format", "text") == (0, "no findings\n", left_out)
    assert run("lint", "support", "--format", "text", "--ignore", "SC012").err == ""
    assert run("lint", "support", "--format", "text", "--select", "SC001").err == ""


def test_bad_cases_are_told_line_by_line(run: Run, acme: Path) -> None:
    lines = [
        '{"case": "a", "facts": {"data_loss": true}, "expected": {"severity": 1}}',
        '{"case": 7, "facts": {"data_loss": 1}, "expected": {"severty": 1}}',
        "",
        '{"case": "b", "facts": [], "expected": []}',
        "[",
        '{"case": "c"}',
        '{"case": "d", "facts": {}, "expected": {"severity": "1", "could_be": true, "criteria": [1], "roster": {}}}',
    ]
    (acme / "cases.jsonl").write_text("\n".join(lines))
    ended = run("lint", acme)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        f"{acme}/cases.jsonl:2: unknown key `severty`; did you mean `severity`?",
        f"{acme}/cases.jsonl:2: 7 is not text",
        f"{acme}/cases.jsonl:2: data_loss: 1 is neither true nor false",
        f"{acme}/cases.jsonl:4: `expected` is not a mapping of what is expected",
        f"{acme}/cases.jsonl:4: facts: a list is not a mapping of facts; name each fact and its value",
        f"{acme}/cases.jsonl:5: not JSON: EOF while parsing a list at column 1",
        f"{acme}/cases.jsonl:6: {NO_CASE}",
        f"{acme}/cases.jsonl:7: `severity`: `1` is not a severity",
        f"{acme}/cases.jsonl:7: `could_be`: true is not a severity",
        f"{acme}/cases.jsonl:7: `criteria`: a list is not a list of names",
        f"{acme}/cases.jsonl:7: `roster`: a mapping is not a list of names",
    ]


def test_a_key_that_stands_twice_in_a_case_is_refused(run: Run, acme: Path) -> None:
    lines = [
        '\ufeff{"case": "a", "facts": {}, "expected": {"severity": 4}}',
        '{"case": "b", "facts": {"data_loss": true, "data_loss": false}, "expected": {"severity": 4}}',
        '{"case": "c", "case": "d", "facts": {}, "facts": {}, "expected": {"severity": 4}}',
    ]
    (acme / "cases.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ended = run("lint", acme)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines() == [
        f"{acme}/cases.jsonl:2: `data_loss` stands twice; keep one",
        f"{acme}/cases.jsonl:3: `case` stands twice; keep one",
        f"{acme}/cases.jsonl:3: `facts` stands twice; keep one",
    ]


@posix
@pytest.mark.parametrize("format_", ["text", "json", "github", "sarif"])
def test_a_folder_whose_name_is_no_text(run: Run, acme: Path, format_: str) -> None:
    odd = os.fsdecode(os.fsencode(acme.parent) + b"/l\xff")
    acme.rename(odd)
    ended = run("lint", odd, "--select", "SC007", "--format", format_)

    assert (ended.status, ended.err) == (1, "")
    assert "udcff/pack.yaml" in ended.out


@posix
def test_sarif_keeps_a_backslash_in_a_name(run: Run, acme: Path) -> None:
    (acme / "pack.yaml").rename(acme / "a\\b.yaml")
    (result,) = json.loads(run("lint", acme, "--select", "SC007", "--format", "sarif").out)["runs"][0]["results"]

    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("/a%5Cb.yaml")


@pytest.mark.parametrize("count", [100, 4_000])
def test_many_cases_are_compared_in_time(run: Run, acme: Path, count: int) -> None:
    # Of so many all pairs would be sixteen million, and minutes.
    pairs = [
        f'{{"case": "w{n}", "facts": {{"data_loss": true, "other_customers": {n}}}, "expected": {{"severity": 1}}}}\n'
        f'{{"case": "m{n}", "facts": {{"other_customers": {n}}}, "expected": {{"severity": 4}}}}\n'
        for n in range(count)
    ]
    (acme / "cases.jsonl").write_text("".join(pairs))

    assert run("lint", acme, "--select", "SC009", "--format", "text") == (0, "no findings\n", "")


def test_cases_are_read_as_carefully_as_the_pack(run: Run, acme: Path) -> None:
    (acme / "cases.jsonl").mkdir()
    assert run("lint", acme).err == f"{acme}/cases.jsonl: is not a regular file\n"
    (acme / "cases.jsonl").rmdir()
    (acme / "cases.jsonl").symlink_to(acme / "pack.yaml")
    assert "a symbolic link is not followed" in run("lint", acme).err
    (acme / "cases.jsonl").unlink()
    (acme / "cases.jsonl").write_bytes(b" " * (8 * 2**20 + 1))
    assert run("lint", acme).err == f"{acme}/cases.jsonl: the file is larger than 8 MiB\n"


def test_the_hook_for_pre_commit_runs_the_command() -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert (hook["id"], hook["entry"], hook["language"]) == (
        "sevclass-lint",
        "sevclass lint --format text",
        "python",
    )
    assert hook["pass_filenames"] is False
    taken = ["pack/facts.yaml", "x.yml", "x.YAML", "cases.jsonl", "pack/cases.jsonl"]
    assert [name for name in [*taken, "cases.json", "README.md"] if re.search(hook["files"], name)] == taken
