"""`classify`: its options, and its formats whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from sevclass import classify, load_pack
from tests.cli.conftest import Run

EXAMPLES = Path(__file__).parents[2] / "examples"
PAYMENTS = EXAMPLES / "payments-down.json"
WEEK = EXAMPLES / "week.jsonl"

PAYMENTS_TEXT = """\
Severity 1 Critical  INC-12345
no unknown fact can change the severity

Why
  The live system does not work at all (production-down)
    functionality: down, environment: production
  Two or more enterprise customers are affected (multiple-enterprise)
    enterprise_customers: 6
  A business customer is losing money or sales (revenue-loss)
    business_impact: revenue_loss

Also met
  2 High    major-functionality, enterprise-production, workaround-cumbersome, multiple-tier-2-3
  3 Medium  moderate-functionality, inconvenience, customer-significant
  4 Low     minor-issue, cosmetic

SLA: what to aim for, and the limit; opened 2026-03-02 14:23Z (UTC)
  initial response            15m 2026-03-02 14:38Z
  status updates, every       30m 2026-03-02 14:53Z  limit 60m 2026-03-02 15:23Z
  notify executive-team       0m  2026-03-02 14:23Z  limit 15m 2026-03-02 14:38Z
  notify vp-customer-support  0m  2026-03-02 14:23Z  limit 15m 2026-03-02 14:38Z
  resolution                  2h  2026-03-02 16:23Z  limit 4h  2026-03-02 18:23Z

Roster
  escalation-manager          leads
  technical-support-engineer  assigned
  engineering-on-call         engaged
  vp-customer-support         notified
  executive-team              briefed

War room
  open: severity-1, multi-customer, unclear-timeline

Ask next
  could change the roster or the war room
    strategic_account  Is a strategic account among the customers affected?

pack support 1.0.0
"""

REPORT_TEXT = """\
Severity 3 Medium
could still be 2 High

Why
  A noticeable part of the product fails (moderate-functionality)
    functionality: moderate

Also met
  4 Low  minor-issue, cosmetic

SLA: what to aim for, and the limit; from the opening
  initial response       4h
  status updates, every  1d
  resolution             2bd  limit 3bd

Roster
  technical-support-engineer  handles
  escalation-manager          monitors

War room
  not needed

Ask next
  could raise it to 2 High
    workaround  Can customers get the same work done another way for now?

pack support 1.0.0
business time: Monday to Friday 09:00-17:00 (UTC)
"""

# Whatever else could be asked about has an answer, so that the end of the page is short.
ANSWERED = {
    "performance": "normal",
    "environment": "non_production",
    "business_impact": "none",
    "customer_impact": "none",
    "broken_feature": "none",
    "security": "none",
    "data_loss": False,
    "public_outage": False,
    "publicity": "none",
    "enterprise_customers": 0,
    "tier_2_3_customers": 0,
    "other_customers": 0,
    "regulatory_issue": False,
    "scope_unclear": False,
    "timeline_unclear": False,
    "strategic_account": False,
    "engineering_needed": False,
}


def test_text(run: Run) -> None:
    assert run(PAYMENTS, "--format", "text") == (0, PAYMENTS_TEXT, "")


def test_text_without_an_opening_and_with_business_time(run: Run) -> None:
    facts = json.dumps({**ANSWERED, "functionality": "moderate"}).encode()

    assert run("-", "--format", "text", stdin=facts) == (0, REPORT_TEXT, "")


def test_a_figure_that_does_not_hold_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(
        "name: acme\nversion: 1.0.0\nextends: support\nsla: {3: {initial_response: 4bh, status_updates: 1bd}}\n"
    )
    words = ["-", "--pack", tmp_path, "--opened-at", "2026-03-06T18:30:00Z"]
    text = run(*words, "--format", "text", stdin=b'{"functionality": "moderate"}').out.splitlines()
    markdown = run(*words, "--format", "markdown", stdin=b'{"functionality": "moderate"}').out.splitlines()

    sooner = "initial response: sooner, by 8h..24h of severity 4"
    assert text[-2:] == [sooner, "business time: Monday to Friday 09:00-17:00 (UTC)"]
    assert markdown[-1] == f"Pack `acme` 1.0.0; {sooner}; business time: Monday to Friday 09:00-17:00 (UTC)"


def test_every_calendar_is_named_with_what_is_counted_on_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text(
        "name: acme\nversion: 1.0.0\nextends: support\n"
        'calendars: {nights: {zone: Asia/Tokyo, hours: {mon: ["22:00-06:00"]}}}\n'
        "sla: {3: {calendar: nights, status_updates: 1bd, notify: {support: {within: 3bh}}}, 4: {resolution: 2bd}}\n"
    )
    facts = json.dumps({**ANSWERED, "functionality": "moderate"}).encode()
    lines = run("-", "--pack", tmp_path, "--format", "text", stdin=facts).out.splitlines()
    markdown = run("-", "--pack", tmp_path, "--format", "markdown", stdin=facts).out.splitlines()

    night = "Monday 22:00-06:00 (Asia/Tokyo)"
    assert lines[-2:] == ["pack acme 1.0.0", f"business time: {night}"]
    assert markdown[-1] == f"Pack `acme` 1.0.0; business time: {night}"

    (tmp_path / "calendar.yaml").write_text('calendar: {zone: UTC, hours: {tue: ["09:00-17:00"]}}\n')
    (tmp_path / "pack.yaml").write_text((tmp_path / "pack.yaml").read_text().replace("status_updates", "resolution"))
    facts = json.dumps({"functionality": "cosmetic"}).encode()
    lines = run("-", "--pack", tmp_path, "--format", "text", stdin=facts).out.splitlines()
    assert lines[-1] == "business time: Tuesday 09:00-17:00 (UTC)"


def test_text_where_no_criterion_is_met_and_nothing_is_asked(run: Run) -> None:
    facts = {**ANSWERED, "functionality": "working", "workaround": "easy", "request": "defect"}

    assert run("-", "--format", "text", stdin=json.dumps(facts).encode()).out == (
        "Severity 4 Low\n"
        "no unknown fact can change the severity\n"
        "\n"
        "Why\n"
        "  no criterion is met, so it is the mildest severity\n"
        "\n"
        "SLA: what to aim for, and the limit; from the opening\n"
        "  initial response       8h   limit 24h\n"
        "  status updates, every  none owed\n"
        "  resolution             1w   limit 2w\n"
        "\n"
        "Roster\n"
        "  support  handles\n"
        "\n"
        "War room\n"
        "  not needed\n"
        "\n"
        "pack support 1.0.0\n"
    )


def test_text_at_the_worst(run: Run) -> None:
    out = run("-", "--format", "text", "--assume", "worst", stdin=b"{}").out.splitlines()

    assert out[:7] == [
        "Severity 1 Critical",
        "each unknown fact is taken at its worst",
        "",
        "Why",
        "  The live system does not work at all (production-down)",
        "    functionality: unknown, environment: unknown",
        "  Someone got into data or systems that they had no right to (security-breach)",
    ]


def test_questions_at_the_worst(run: Run) -> None:
    facts = json.dumps({**ANSWERED, "functionality": "moderate", "scope_unclear": None}).encode()
    text = run("-", "--format", "text", "--assume", "worst", stdin=facts).out
    markdown = run("-", "--format", "markdown", "--assume", "worst", stdin=facts).out

    assert text.startswith("Severity 2 High\n")
    assert text.partition("\nAsk next\n")[2].partition("\n\n")[0] == (
        "  decides the severity\n"
        "    workaround     Can customers get the same work done another way for now?\n"
        "  could change the roster or the war room\n"
        "    scope_unclear  Is it still unclear what is broken, or for whom?"
    )
    assert markdown.partition("**Ask next**\n\n")[2].partition("\n\n")[0] == (
        "- Can customers get the same work done another way for now? (`workaround`, decides the severity)\n"
        "- Is it still unclear what is broken, or for whom?"
        " (`scope_unclear`, could change the roster or the war room)"
    )


def test_text_with_seconds_and_flags(run: Run) -> None:
    facts = b'{"opened_at": "2026-03-02T14:23:07.5+01:00", "facts": {"data_loss": true}}'
    out = run("-", "--format", "text", stdin=facts).out

    assert "SLA: what to aim for, and the limit; opened 2026-03-02 13:23:07.500000Z (UTC)\n" in out
    assert "  initial response            15m 2026-03-02 13:38:07.500000Z\n" in out
    assert "    data_loss: true\n" in out


def test_a_pack_without_sla_and_roster(run: Run, tmp_path: Path) -> None:
    pack = """\
name: tiny
version: "0.1"
severities: {1: Bad}
facts: {load: {ask: "How much?", measure: {unit: percent, worse: higher}}}
criteria: {1: {loaded: {text: It is loaded, when: {load: 12.5}}}}
"""
    (tmp_path / "pack.yaml").write_text(pack, encoding="utf-8")

    assert run("-", "--format", "text", "--pack", tmp_path, stdin=b'{"load": 99.5}') == (
        0,
        TINY_TEXT,
        "",
    )
    assert run("-", "--format", "markdown", "--pack", tmp_path, stdin=b'{"load": 99.5}') == (0, TINY_MARKDOWN, "")


TINY_TEXT = """\
Severity 1 Bad
no unknown fact can change the severity

Why
  It is loaded (loaded)
    load: 99.5

SLA: what to aim for, and the limit; from the opening
  initial response       none owed
  status updates, every  none owed
  resolution             none owed

War room
  not needed

pack tiny 0.1
"""

TINY_MARKDOWN = """\
### Severity 1 Bad

**No unknown fact can change the severity.**

**Why**

- It is loaded (`loaded`): `load` 99.5

**SLA, from the opening**

| owed | aim | limit |
| --- | --- | --- |
| initial response | none |  |
| status updates, every | none |  |
| resolution | none |  |

**War room:** not needed

Pack `tiny` 0.1
"""

PAYMENTS_MARKDOWN = """\
### Severity 1 Critical: `INC-12345`

**No unknown fact can change the severity.**

**Why**

- The live system does not work at all (`production-down`): `functionality` down, `environment` production
- Two or more enterprise customers are affected (`multiple-enterprise`): `enterprise_customers` 6
- A business customer is losing money or sales (`revenue-loss`): `business_impact` revenue_loss
- Also met, 2 High: `major-functionality`, `enterprise-production`, `workaround-cumbersome`, `multiple-tier-2-3`
- Also met, 3 Medium: `moderate-functionality`, `inconvenience`, `customer-significant`
- Also met, 4 Low: `minor-issue`, `cosmetic`

**SLA, opened 2026-03-02 14:23Z**

| owed | aim | by (UTC) | limit | by (UTC) |
| --- | --- | --- | --- | --- |
| initial response | 15m | 2026-03-02 14:38Z | 15m | 2026-03-02 14:38Z |
| status updates, every | 30m | 2026-03-02 14:53Z | 60m | 2026-03-02 15:23Z |
| notify executive-team | 0m | 2026-03-02 14:23Z | 15m | 2026-03-02 14:38Z |
| notify vp-customer-support | 0m | 2026-03-02 14:23Z | 15m | 2026-03-02 14:38Z |
| resolution | 2h | 2026-03-02 16:23Z | 4h | 2026-03-02 18:23Z |

**Roster**

- `escalation-manager`: leads
- `technical-support-engineer`: assigned
- `engineering-on-call`: engaged
- `vp-customer-support`: notified
- `executive-team`: briefed

**War room:** open (`severity-1`, `multi-customer`, `unclear-timeline`)

**Ask next**

- Is a strategic account among the customers affected? (`strategic_account`, could change the roster or the war room)

Pack `support` 1.0.0
"""


def test_markdown(run: Run) -> None:
    assert run(PAYMENTS, "--format", "markdown") == (0, PAYMENTS_MARKDOWN, "")


def test_markdown_where_no_criterion_is_met(run: Run) -> None:
    facts = b'{"id": "a`b|c", "opened_at": "2026-03-02T14:23:00Z", "facts": {}}'
    out = run("-", "--format", "markdown", stdin=facts).out.splitlines()

    assert out[0] == "### Severity 4 Low: `` a`b|c ``"
    assert out[2] == "**Could still be 1 Critical.**"
    assert out[6] == "- No criterion is met, so it is the mildest severity"
    assert "| status updates, every | none |  |  |  |" in out


def test_markdown_names_the_calendar_of_business_time(run: Run) -> None:
    out = run("-", "--format", "markdown", stdin=b'{"functionality": "moderate"}').out

    assert out.endswith("\n\nPack `support` 1.0.0; business time: Monday to Friday 09:00-17:00 (UTC)\n")


def test_json_is_the_librarys(run: Run) -> None:
    expected = load_pack().classify(PAYMENTS.read_bytes()).model_dump_json()

    assert run(PAYMENTS) == (0, expected + "\n", "")
    assert run("classify", PAYMENTS, "--format", "json") == (0, expected + "\n", "")


def test_an_id_and_an_opening_from_outside(run: Run) -> None:
    status, out, err = run("-", "--id", "T-1", "--opened-at", "2026-03-02T15:23:00+01:00", stdin=b'{"data_loss": true}')
    found = json.loads(out)

    assert (status, err) == (0, "")
    assert (found["id"], found["sla"]["opened_at"]) == ("T-1", "2026-03-02T14:23:00Z")


def test_an_id_from_outside_must_not_differ(run: Run) -> None:
    assert run(PAYMENTS, "--id", "T-1") == (
        2,
        "",
        (
            f"{PAYMENTS}:2:9: id: the envelope's `id` differs from the one given beside it; give it once\n"
            '      "id": "INC-12345",\n'
            "            ^^^^^^^^^^^\n"
        ),
    )


def test_assume_worst(run: Run) -> None:
    assert json.loads(run("-", "--assume", "worst", stdin=b"{}").out)["severity"] == 1
    assert json.loads(run("-", "--assume", "known", stdin=b"{}").out)["severity"] == 4


@pytest.mark.parametrize(
    ("fail_at", "status"),
    [pytest.param("1", 0, id="milder"), pytest.param("2", 1, id="just"), pytest.param("3", 1, id="worse")],
)
def test_fail_at(run: Run, fail_at: str, status: int) -> None:
    down = b'{"functionality": "down"}'

    assert run("-", "--fail-at", fail_at, stdin=down).status == status
    assert run("-", "--fail-at", fail_at, "--input", "jsonl", stdin=b"{}\n" + down).status == status


def test_an_id_for_a_stream_is_refused(run: Run) -> None:
    assert run(WEEK, "--id", "T-1") == (
        2,
        "",
        f"sevclass: error: `--id` names one incident; {WEEK} is a stream of many\n",
    )


BAD = b"""\
{"data_loss": true}
{"id": "T|2", "facts": {"x": 1}}
[]
{"id": "T-4", "facts": {"functionality": "down"}}
{}
"""


def test_a_stream_as_text(run: Run) -> None:
    status, out, err = run("-", "--format", "text", stdin=BAD)

    assert status == 2
    assert out == (
        "1 Critical              line 1: data-loss; war room\n"
        "bad input               T|2\n"
        "bad input               line 3\n"
        "2 High      could be 1  T-4: major-functionality\n"
        "4 Low       could be 1  line 5: no criterion met\n"
    )
    assert err == (
        "<stdin>:2: facts.x: unknown fact `x`\n<stdin>:3: a list is not a mapping of facts; a JSON object is needed\n"
    )


def test_a_stream_as_markdown(run: Run) -> None:
    status, out, _ = run("-", "--format", "markdown", stdin=BAD)

    assert status == 2
    assert out == (
        "| line | id | severity | could be | criteria | war room |\n"
        "| --- | --- | --- | --- | --- | --- |\n"
        "| 1 |  | 1 Critical |  | `data-loss` | open |\n"
        "| 2 | `T\\|2` | bad input |  |  |  |\n"
        "| 3 |  | bad input |  |  |  |\n"
        "| 4 | `T-4` | 2 High | 1 Critical | `major-functionality` |  |\n"
        "| 5 |  | 4 Low | 1 Critical |  |  |\n"
    )


def test_a_stream_as_json_is_a_line_each(run: Run) -> None:
    out = run(WEEK).out.splitlines()

    assert out == [classify(line).model_dump_json() for line in WEEK.read_bytes().splitlines()]


def test_a_long_id_is_cut_short_for_people(run: Run) -> None:
    facts = json.dumps({"id": "x" * 100, "facts": {}}).encode()

    assert run("-", "--format", "text", stdin=facts).out.startswith(f"Severity 4 Low  {'x' * 79}…\n")


def test_an_id_cannot_begin_a_line_or_move_the_cursor(run: Run) -> None:
    record = json.dumps({"id": "T\n1 Critical\x1b[2J\u2028", "facts": {}}).encode() + b"\n"

    assert run("-", "--format", "text", stdin=record).out.splitlines()[0] == (
        "Severity 4 Low  T\\n1 Critical\\x1b[2J\\u2028"
    )
    assert run("-", "--format", "text", "--input", "jsonl", stdin=record).out == (
        "4 Low       could be 1  T\\n1 Critical\\x1b[2J\\u2028: no criterion met\n"
    )


@pytest.mark.durable
def test_the_other_engine_gives_the_same(run: Run) -> None:
    pytest.importorskip("durable.engine", exc_type=ImportError)

    assert run(PAYMENTS, "--engine", "durable") == run(PAYMENTS, "--engine", "python")
    assert run(WEEK, "--engine", "durable", "--assume", "worst") == run(WEEK, "--assume", "worst")


def test_the_other_engine_where_it_is_missing(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "durable", None)
    monkeypatch.setitem(sys.modules, "durable.engine", None)
    if sys.version_info >= (3, 13):
        said = f"does not run on Python {sys.version_info[0]}.{sys.version_info[1]}; use 3.12 or older and"
        said = f"durable-rules {said} `pip install 'sevclass[durable]'`"
    else:
        said = "durable-rules is not installed; `pip install 'sevclass[durable]'` (it needs a C compiler)"

    assert run(PAYMENTS, "--engine", "durable") == (2, "", f"sevclass: error: {said}\n")


def test_brief_is_one_line_of_the_least(run: Run, tmp_path: Path) -> None:
    (tmp_path / "two.jsonl").write_text('{"id": "T-1", "facts": {"data_loss": true}}\n{"data_loss": 1}\n')
    one = run(PAYMENTS, "--brief")
    many = run(tmp_path / "two.jsonl", "--brief", "--format", "json")
    assumed = run("-", "--brief", "--assume", "worst", stdin=b"{}")

    assert one.out.startswith('{"id":"INC-12345","severity":1,"could_be":1,"war_room":{"activate":true,"because":[')
    assert one.out.count("\n") == 1
    assert many.status == 2
    assert many.out.splitlines()[0] == (
        '{"id":"T-1","severity":1,"could_be":1,"war_room":{"activate":true,"because":["severity-1"]}}'
    )
    assert json.loads(many.out.splitlines()[1])["line"] == 2
    assert json.loads(assumed.out)["severity"] == 1


def test_brief_is_json(run: Run) -> None:
    message = "sevclass: error: `--brief` is JSON; leave out `--format text`\n"
    assert run(PAYMENTS, "--brief", "--format", "text") == (2, "", message)
