"""`sevclass explain`: what would change the severity, and why a criterion is not met."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from sevclass import load_pack
from tests.cli.conftest import Run

KNOWN = {
    "functionality": "moderate",
    "environment": "production",
    "workaround": "cumbersome",
    "enterprise_customers": 1,
}
CHANGES_TEXT = """\
What would make it worse
  to 1 Critical
    - data_loss from unknown to true
    - public_outage from unknown to true
    - enterprise_customers from 1 to 2
    - functionality from moderate to down
    - security from unknown to breach
    and 2 more; `--format json` has them all

What would make it milder
  to 3 Medium or milder
    - functionality from moderate to minor and environment from production to non_production
    - functionality from moderate to minor and enterprise_customers from 1 to 0
    - environment from production to non_production and workaround from cumbersome to easy
    - workaround from cumbersome to easy and enterprise_customers from 1 to 0
  to 4 Low
    - functionality from moderate to minor and environment from production to non_production
    - functionality from moderate to minor and enterprise_customers from 1 to 0

"""


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(KNOWN))
    return path


def test_text_has_what_classify_says_and_what_would_change_it(run: Run, facts: Path) -> None:
    classified = run("classify", facts, "--format", "text").out
    explained = run("explain", facts, "--format", "text")

    assert (explained.status, explained.err) == (0, "")
    assert explained.out == classified.replace("\npack support", f"\n{CHANGES_TEXT}pack support")


@pytest.mark.parametrize(
    ("id_", "shown"),
    [
        (
            "production-down",
            [
                "Why not production-down",
                "  functionality  moderate, needs down: 2 steps short",
                "  environment    production, reached",
            ],
        ),
        ("security-breach", ["Why not security-breach", "  security  unknown, needs breach"]),
        ("multiple-enterprise", ["Why not multiple-enterprise", "  enterprise_customers  1, needs 2: 1 short"]),
        (
            "minor-issue",
            [
                "Why minor-issue",
                "  functionality  moderate, reaches minor",
                "  or",
                "  business_impact  unknown, needs minor_inconvenience",
            ],
        ),
    ],
)
def test_why_not(run: Run, facts: Path, id_: str, shown: list[str]) -> None:
    lines = run("explain", facts, "--why-not", id_, "--format", "text").out.splitlines()

    assert lines[-2 - len(shown) :] == [*shown, "", "pack support 1.0.0"]


def test_json_is_the_explanation(run: Run, facts: Path) -> None:
    ended = run("explain", facts, "--why-not", "pr-crisis", "--opened-at", "2026-03-02T14:23:00Z", "--id", "T-17")
    found = load_pack().explain({"id": "T-17", "opened_at": "2026-03-02T14:23:00Z", "facts": KNOWN}, "pr-crisis")

    assert (ended.status, ended.err) == (0, "")
    assert json.loads(ended.out) == found.model_dump()
    assert json.loads(run("explain", facts).out)["why_not"] is None


def test_markdown(run: Run, facts: Path) -> None:
    lines = run("explain", facts, "--why-not", "workaround-cumbersome", "--format", "markdown").out.splitlines()
    start = lines.index("**What would make it worse**")

    assert lines[start:] == [
        "**What would make it worse**",
        "",
        "- to 1 Critical",
        "  - `data_loss` from unknown to true",
        "  - `public_outage` from unknown to true",
        "  - `enterprise_customers` from 1 to 2",
        "  - `functionality` from moderate to down",
        "  - `security` from unknown to breach",
        "  - and 2 more; `--format json` has them all",
        "",
        "**What would make it milder**",
        "",
        "- to 3 Medium or milder",
        "  - `functionality` from moderate to minor and `environment` from production to non_production",
        "  - `functionality` from moderate to minor and `enterprise_customers` from 1 to 0",
        "  - `environment` from production to non_production and `workaround` from cumbersome to easy",
        "  - `workaround` from cumbersome to easy and `enterprise_customers` from 1 to 0",
        "- to 4 Low",
        "  - `functionality` from moderate to minor and `environment` from production to non_production",
        "  - `functionality` from moderate to minor and `enterprise_customers` from 1 to 0",
        "",
        "**Why workaround-cumbersome**",
        "",
        "- `functionality` moderate, reached; `workaround` cumbersome, reached",
        "- `workaround` cumbersome, reached; `business_impact` unknown, needs inconvenience",
        "- `workaround` cumbersome, reached; `customer_impact` unknown, needs significant",
        "- `workaround` cumbersome, reached; `broken_feature` unknown, needs important",
        "",
        "Pack `support` 1.0.0",
    ]


def test_at_the_worst_nothing_would_make_it_worse_and_at_the_mildest_nothing_milder(run: Run) -> None:
    worst = run("explain", "-", "--format", "text", stdin=b'{"data_loss": true}').out
    mildest = run("explain", "-", "--format", "text", stdin=b"{}").out

    assert "What would make it worse" not in worst
    assert "What would make it milder\n  to 2 High or milder\n    - data_loss from true to false\n" in worst
    assert "What would make it milder" not in mildest
    assert "\n  to 3 Medium or worse\n    - data_loss from unknown to true\n" in mildest


def pack(folder: Path, **parts: Any) -> Path:
    folder.mkdir()
    document = {"name": "acme", "version": "1.0.0", "severities": {"1": "High", "2": "Low"}, **parts}
    (folder / "pack.yaml").write_text(json.dumps(document))
    return folder


MEASURE = {"ask": "How much is up?", "measure": {"unit": "% [a]", "worse": "lower", "to": 100}}


def test_a_measure_has_to_get_better_than_a_threshold(run: Run, tmp_path: Path) -> None:
    measure = {"ask": "How much is up?", "measure": {"unit": "percent", "worse": "lower", "to": 100}}
    criteria = {"1": {"down": {"text": "It is down", "when": {"uptime": 99.5}}}}
    acme = pack(tmp_path / "acme", facts={"uptime": measure}, criteria=criteria)

    assert "  to 2 Low\n    - uptime from 98 to better than 99.5 percent\n" in run(
        "explain", "-", "--pack", acme, "--format", "text", stdin=b'{"uptime": 98}'
    ).out  # fmt: skip


@pytest.mark.parametrize(
    ("form", "unit", "expected"),
    [
        (
            "text",
            "% [a]",
            [
                "  users   1, needs 5: 4 short",
                "  uptime  99.9 {unit}, reached",
                "  or",
                "  uptime  99.9, needs 99.2 {unit}: 0.7 {unit} short",
                "  or",
                "  lost    false, needs true: 1 step short",
                "  uptime  99.9 {unit}, reached",
                "  or",
                "  kind  wish, needs fault",
            ],
        ),
        (
            "markdown",
            "% \\[a\\]",
            [
                "- `users` 1, needs 5: 4 short; `uptime` 99.9 {unit}, reached",
                "- `uptime` 99.9, needs 99.2 {unit}: 0.7 {unit} short",
            ],
        ),
    ],
    ids=["text", "markdown"],
)
def test_how_much_is_short_is_told_as_the_scale_has_it(
    run: Run, tmp_path: Path, form: str, unit: str, expected: list[str]
) -> None:
    facts = {
        "users": {"ask": "How many?", "count": "users"},
        "uptime": MEASURE,
        "lost": {"ask": "Is it lost?", "flag": {}},
        "kind": {"ask": "Which?", "label": {"wish": "A wish", "fault": "A fault"}},
    }
    when = [{"users": 5, "uptime": 99.9}, {"uptime": 99.2}, {"lost": True, "uptime": 99.9}, {"kind": "fault"}]
    acme = pack(tmp_path / "acme", facts=facts, criteria={"2": {"all": {"text": "All", "when": when}}})
    known = b'{"users": 1, "uptime": 99.9, "lost": false, "kind": "wish"}'
    out = run("explain", "-", "--pack", acme, "--why-not", "all", "--format", form, stdin=known).out
    shown = out.split("Why not all")[1].splitlines()

    assert {line.format(unit=unit) for line in expected} <= set(shown)


def test_where_the_search_finds_nothing_in_time_it_says_so(run: Run, tmp_path: Path) -> None:
    # So many floors, none of them needless, take all the comparisons before the first set is found.
    facts = {name: {"ask": "How many?", "count": "users"} for name in ("a", "b")}
    when = [{"a": n, "b": 3_000 - n} for n in range(1, 2_500)]
    acme = pack(tmp_path / "acme", facts=facts, criteria={"1": {"all": {"text": "All", "when": when}}})
    out = run("explain", "-", "--pack", acme, "--format", "text", stdin=b'{"a": 3000, "b": 3000}').out

    assert "\nWhat would make it milder\n  to 2 Low\n    too many rules to find any\n" in out


def test_one_search_serves_the_severities_that_it_is_the_same_for(tmp_path: Path) -> None:
    # Were it made anew for each of the 97 milder severities, it would take minutes.
    names = [f"f{number}" for number in range(60)]
    facts = {name: {"ask": "Is it so?", "flag": {}} for name in names}
    chance = random.Random(7)
    when = [dict.fromkeys(chance.sample(names, 3), True) for _ in range(300)]
    severities = {str(number): f"Severity {number}" for number in range(1, 99)}
    document = {"facts": facts, "severities": severities, "criteria": {"1": {"any": {"text": "Any", "when": when}}}}
    explained = load_pack(pack(tmp_path / "acme", **document)).explain(dict.fromkeys(names, True))

    assert explained.truncated == tuple(range(2, 99))
    assert {one.to for one in explained.milder} <= set(range(2, 99))


@pytest.mark.parametrize("floors", [3, 11])
def test_a_severity_that_is_cut_short_says_so(run: Run, tmp_path: Path, floors: int) -> None:
    # Of that many floors of three facts each, all met, three to that power are the ways to leave none.
    names = [f"f{number}" for number in range(3 * floors)]
    facts = {name: {"ask": "Is it so?", "flag": {}} for name in names}
    when = [dict.fromkeys(names[3 * n : 3 * n + 3], True) for n in range(floors)]
    acme = pack(tmp_path / "acme", facts=facts, criteria={"1": {"all": {"text": "All", "when": when}}})
    known = json.dumps(dict.fromkeys(names, True)).encode()
    out = run("explain", "-", "--pack", acme, "--format", "text", stdin=known).out
    markdown = run("explain", "-", "--pack", acme, "--format", "markdown", stdin=known).out
    rest = "and 22 more; `--format json` has them all" if floors == 3 else "there may be others"

    assert f"{rest}\n" in out
    assert f"{rest}\n" in markdown
    assert ("there may be others" in out) == (floors == 11)


@pytest.mark.parametrize(
    ("words", "stdin", "err"),
    [
        ([], b"", "sevclass: error: no FACTS; name a file, or `-` for standard input\n"),
        (
            ["-", "--why-not", "production-dow"],
            b"{}",
            "sevclass: error: unknown criterion `production-dow`; did you mean `production-down`?\n",
        ),
        (
            ["-", "--why-not", "x"],
            b"{}",
            "sevclass: error: unknown criterion `x`; one of `production-down`, `security-breach`, ",
        ),
        (
            ["week.jsonl"],
            b"",
            "sevclass: error: `explain` takes one incident; week.jsonl is a stream of many\n",
        ),
        (["-"], b'{"functionality": "dwon"}', "<stdin>:1:19: functionality: unknown level `dwon`"),
        (["-", "--input", "yaml"], b"[down]\n", "<stdin>:1:1: a list is not a mapping of facts"),
        (
            ["-", "--input", "jsonl"],
            b"",
            "sevclass: error: unknown input `jsonl`; did you mean `json`?\n",
        ),
    ],
)
def test_bad_input_leaves_standard_output_empty(run: Run, words: list[str], stdin: bytes, err: str) -> None:
    ended = run("explain", *words, stdin=stdin)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith(err)
