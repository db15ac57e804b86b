"""`sevclass review`: drafts, checks and shows."""

from __future__ import annotations

import json
import re
import shutil
import threading
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from sevclass.incident.store import Store
from tests import outage
from tests.cli.conftest import Ended, Run
from tests.cli.processes import on_terminal, piped
from tests.cli.test_clock import posix
from tests.cli.test_incident import events, refused
from tests.cli.test_page import parsed
from tests.unit.test_review import TEMPLATE
from tests.unit.test_review_check import FILL, GOOD, HOLD

NOW = ("--now", "2026-03-02T19:00:00Z")
HOSTILE = "<script>alert(1)</script> {{ 7*7 }} \x1b[2J\u202e [a](javascript:b) | * # \x07"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(outage.ROOT, tmp_path / "incidents"))


def draft(run: Run, root: Path, *words: object) -> Ended:
    return run("review", "draft", root / outage.ID / "workflow" / "incident_timeline.yaml", *NOW, *words)


def review_of(root: Path) -> Path:
    return Store(root).review(outage.ID)


# --- draft ------------------------------------------------------------------------------------------------------------


def test_a_draft_goes_to_its_place(run: Run, root: Path) -> None:
    file = review_of(root)

    assert draft(run, root) == (0, f"written: {file}\n", "")
    review = yaml.safe_load(file.read_text(encoding="utf-8"))["post_incident_review"]
    assert (review["severity"], review["duration"], review["customers_impacted"]) == ("Sev 1", "3 hours 42 minutes", 87)
    assert review["similar_incidents"] == ["INC-11203", "INC-9876"]
    assert review["root_cause"]["why_happened"] == (
        "The log has: performance (The product was too slow, or ran out of something); known issue KI-9: "
        "The pool of database connections runs out under load. [… why it happened …]"
    )
    assert (
        "    # Checkout is down: same known issue KI-9; same cause performance; both environment production or worse, "
        "functionality down or worse\n    - INC-11203\n" in file.read_text(encoding="utf-8")
    )


def test_the_folder_of_an_incident_will_do(run: Run, root: Path) -> None:
    assert run("review", "draft", root / outage.ID, *NOW) == (0, f"written: {review_of(root)}\n", "")


def test_what_is_there_is_never_overwritten(run: Run, root: Path) -> None:
    draft(run, root)
    review_of(root).write_text("mine\n", encoding="utf-8")

    assert refused(draft(run, root)) == (
        f"{review_of(root)}: there is a review already; look at it with `sevclass review check`; to begin anew move it "
        "away, or give another `--out`\n"
    )
    assert review_of(root).read_text(encoding="utf-8") == "mine\n"
    other = root / "new" / "other.yaml"
    assert draft(run, root, "--out", other) == (0, f"written: {other}\n", "")
    assert refused(draft(run, root, "--out", other)).startswith(f"{other}: there is a review already; ")


@posix
def test_a_link_that_leads_nowhere_is_there_too(run: Run, root: Path) -> None:
    file = review_of(root)
    file.parent.mkdir(parents=True)
    file.symlink_to(root / "elsewhere.yaml")

    assert "there is a review already" in refused(draft(run, root))
    assert not (root / "elsewhere.yaml").exists()


def test_of_many_at_once_one_writes(root: Path) -> None:
    log = root / outage.ID
    ended: list[int] = []

    def write() -> None:
        ended.append(piped("review", "draft", log, *NOW).returncode)

    writers = [threading.Thread(target=write) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(ended) == [0, 2, 2, 2]


def test_it_can_be_printed(run: Run, root: Path) -> None:
    status, out, err = draft(run, root, "--out", "-")

    assert (status, err) == (0, "")
    assert yaml.safe_load(out)["post_incident_review"]["incident_id"] == outage.ID
    assert not review_of(root).exists()


@posix
def test_what_is_printed_is_in_utf_8_whatever_the_encoding(root: Path) -> None:
    log = root / outage.ID
    ended = piped("review", "draft", log, *NOW, "--out", "-", env={"PYTHONIOENCODING": "latin-1"})
    assert "[… what happened …]" in ended.stdout.decode()
    shown = on_terminal("review", "draft", log, *NOW, "--out", "-", env={"PYTHONIOENCODING": "ascii"})
    assert "[... what happened ...]" in shown.shown


def test_a_log_that_lies_elsewhere_needs_a_place(run: Run, root: Path) -> None:
    alone = root / "alone.yaml"
    shutil.copy(root / outage.ID / "workflow" / "incident_timeline.yaml", alone)

    assert refused(run("review", "draft", alone, *NOW)) == (
        "sevclass: error: no `--out`; the log lies in no incident's folder: say where to write the draft, "
        "`-` to print it\n"
    )
    out = run("review", "draft", alone, *NOW, "--out", "-").out
    review = yaml.safe_load(out)["post_incident_review"]
    assert (review["duration"], review["similar_incidents"]) == ("3 hours 42 minutes", [])
    assert "known issue KI-9. [" in review["root_cause"]["why_happened"]
    piped_ = run("review", "draft", "-", *NOW, "--out", "-", stdin=alone.read_bytes()).out
    assert yaml.safe_load(piped_)["post_incident_review"]["incident_id"] == "[… the id of the incident …]"


def test_an_incident_that_has_only_its_instruction(run: Run, root: Path) -> None:
    file = root / "T-1" / "instruction.yaml"
    file.parent.mkdir()
    file.write_text("opened_at: 2026-03-02T10:00:00Z\nfacts: {functionality: down}\n", encoding="utf-8")

    for word in (file, file.parent):
        review = Store(root).review("T-1")
        assert run("review", "draft", word, *NOW) == (0, f"written: {review}\n", "")
        review.unlink()


def test_a_folder_that_can_name_no_incident(run: Run, root: Path) -> None:
    (root / outage.ID).rename(root / "a:b")
    assert refused(run("review", "draft", root / "a:b", *NOW)).startswith("sevclass: error: no `--out`; ")


def test_similar_incidents_and_what_is_known_may_be_elsewhere(run: Run, root: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    (empty / "x").mkdir(parents=True)

    out = draft(run, root, "--out", "-", "--among", empty, "--root", empty).out
    review = yaml.safe_load(out)["post_incident_review"]
    assert review["similar_incidents"] == []
    assert "known issue KI-9. [" in review["root_cause"]["why_happened"]


def test_what_is_known_may_lie_below_the_root_of_the_environment(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEVCLASS_ROOT", str(root))
    alone = root.parent / "alone.yaml"
    shutil.copy(root / outage.ID / "workflow" / "incident_timeline.yaml", alone)
    out = run("review", "draft", alone, *NOW, "--out", "-", "--among", root).out
    review = yaml.safe_load(out)["post_incident_review"]
    assert "The pool of database connections runs out" in review["root_cause"]["why_happened"]
    assert review["similar_incidents"] == ["INC-12345", "INC-11203", "INC-9876"]


def test_a_known_issue_by_another_name(run: Run, root: Path) -> None:
    log = root / outage.ID / "workflow" / "incident_timeline.yaml"
    log.write_text(log.read_text(encoding="utf-8").replace("KI-9", "DB-77"), encoding="utf-8")
    out = draft(run, root, "--out", "-").out
    assert "known issue DB-77: The pool of database connections runs out under load." in out


def test_what_is_wrong_elsewhere_is_told_and_no_more(run: Run, root: Path) -> None:
    (root / "INC-9876" / "workflow" / "incident_timeline.yaml").write_text("- {}\n", encoding="utf-8")
    knowledge = root / "_knowledge" / "semantic" / "known_issues.yaml"
    knowledge.write_text("- {id: KI-9}\n", encoding="utf-8")

    status, out, err = draft(run, root, "--out", "-")
    assert status == 0
    assert yaml.safe_load(out)["post_incident_review"]["similar_incidents"] == ["INC-11203"]
    assert [line.partition(": ")[2] for line in err.splitlines() if line[0] != " "] == [
        "missing key `event`; one of " + err.partition("one of ")[2].splitlines()[0],
        "the incident was never opened; the log of an incident has an event `opened`",
        "missing key `title`",
    ]


def test_incidents_that_were_withdrawn_are_like_none(run: Run, root: Path) -> None:
    log = root / "INC-9876" / "workflow" / "incident_timeline.yaml"
    log.write_text(log.read_text(encoding="utf-8").replace('"resolved"', '"closed"'), encoding="utf-8")
    out = draft(run, root, "--out", "-").out
    assert yaml.safe_load(out)["post_incident_review"]["similar_incidents"] == ["INC-11203"]


def test_a_log_with_problems_is_put_right_first(run: Run, root: Path) -> None:
    log = root / outage.ID / "workflow" / "incident_timeline.yaml"
    with log.open("a", encoding="utf-8") as file:
        file.write('- {"at": "2026-03-02T18:40:00Z"}\n')

    assert refused(draft(run, root)).startswith(f"{log}:18: missing key `event`; one of ")
    assert not review_of(root).exists()


def test_what_is_set_aside_is_told(run: Run, root: Path) -> None:
    log = root / outage.ID / "workflow" / "incident_timeline.yaml"
    with log.open("a", encoding="utf-8") as file:
        file.write('- {"at": "2026-03-02T18:40:00Z", "event": "resolved"}\n')

    status, _, err = draft(run, root)
    assert (status, err) == (
        0,
        f"{log}:18: `resolved` is set aside: the incident is resolved already; reopen it first\n",
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param([], "no VERB; see `sevclass review -h`", id="no-verb"),
        pytest.param(["drft"], "unknown verb `drft`; did you mean `draft`?", id="misspelt"),
        pytest.param(["zzz"], "unknown verb `zzz`; see `sevclass review -h`", id="unknown"),
        pytest.param(["draft"], "no TIMELINE; name the event log of an incident, or its folder", id="no-timeline"),
        pytest.param(
            ["draft", ""], "no TIMELINE; name the event log of an incident, or its folder", id="empty-timeline"
        ),
        pytest.param(["draft", "x", "--out", ""], "`--out` is empty; name a file, or a folder", id="empty-out"),
        pytest.param(["draft", "x", "--among", ""], "`--among` is empty; name a file, or a folder", id="empty-among"),
        pytest.param(["check"], "no FILE; name the review", id="no-file"),
        pytest.param(["show", "x", "--format", "htm"], "unknown format `htm`; did you mean `html`?", id="format"),
        pytest.param(["check", "x", "--timeline", ""], "`--timeline` is empty; name a file, or a folder", id="no-log"),
    ],
)
def test_words_that_make_no_sense(run: Run, words: list[str], told: str) -> None:
    assert refused(run("review", *words)) == f"sevclass: error: {told}\n"


def test_one_incident_at_a_time(run: Run, root: Path, tmp_path: Path) -> None:
    assert refused(run("review", "draft", root, *NOW)) == (
        f"sevclass: error: 3 incidents at `{root}`; name the log of one, or its folder, which has a "
        "`incident_timeline.yaml`\n"
    )
    empty = tmp_path / "empty"
    empty.mkdir()
    assert refused(run("review", "draft", empty, *NOW)) == (
        f"sevclass: error: no event log at `{empty}`; name the log of one, or its folder, which has a "
        "`incident_timeline.yaml`\n"
    )
    assert refused(run("review", "draft", tmp_path / "none", *NOW)) == f"{tmp_path / 'none'}: no such file\n"


def test_help(run: Run) -> None:
    assert run("review", "draft", "-h").out.startswith("usage: sevclass review draft")


# --- check ------------------------------------------------------------------------------------------------------------


def test_a_review_is_checked(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "review.yaml"
    file.write_text(TEMPLATE, encoding="utf-8")

    assert run("review", "check", file, "--format", "text") == (
        1,
        (
            f"{file}:6:20: PR001 a gap is left: `$estimated_revenue_loss`; {FILL}\n"
            f"{file}:27:7: PR003 no day for `Watch the pool`; by when, as `[Due: 2026-03-09]`\n"
            f"{file}:28:7: PR003 no day for `Update the runbook`; by when, as `[Due: 2026-03-09]`\n"
            "3 findings\n"
        ),
        "",
    )
    assert json.loads(run("review", "check", file).out)["findings"][1] == {
        "path": f"{file}:27:7",
        "code": "PR003",
        "message": "no day for `Watch the pool`",
        "hint": "by when, as `[Due: 2026-03-09]`",
    }


def test_a_good_review(run: Run) -> None:
    assert run("review", "check", "-", "--format", "text", stdin=GOOD.encode()) == (0, "no findings\n", "")
    shape = json.loads(run("review", "check", "-", stdin=GOOD.encode()).out)
    assert shape == {"schema": 1, "file": "<stdin>", "findings": [], "clock": None}


def test_one_finding(run: Run) -> None:
    ended = run("review", "check", "-", "--format", "text", stdin=GOOD.replace("87", "TBD").encode())
    assert ended.out == (
        "<stdin>:4:21: PR001 a gap is left: `TBD`; write what is known, or how it will be found out\n1 finding\n"
    )


def test_a_review_that_is_kept_is_compared_with_its_log(run: Run, root: Path) -> None:
    file = review_of(root)
    file.parent.mkdir(parents=True)
    file.write_text(GOOD.replace("T-1", outage.ID), encoding="utf-8")

    assert run("review", "check", file, *NOW, "--format", "text") == (
        0,
        "review: owed by 2026-03-04T18:05:00Z\nno findings\n",
        "",
    )
    late = run("review", "check", file, "--now", "2026-03-05T00:00:00Z", "--format", "text")
    assert (late.status, late.out.splitlines()[0]) == (
        1,
        f"{file}:1:1: PR009 the review is not held yet; it was owed by 2026-03-04T18:05:00Z; {HOLD}",
    )
    clock = json.loads(run("review", "check", file, *NOW).out)["clock"]
    assert (clock["clock"], clock["state"], clock["limit_at"]) == ("review", "on_track", "2026-03-04T18:05:00Z")


def test_a_review_that_was_held(run: Run, root: Path) -> None:
    file = review_of(root)
    file.parent.mkdir(parents=True)
    file.write_text(GOOD.replace("T-1", outage.ID), encoding="utf-8")
    at = "2026-03-03T10:00:00Z"
    assert run("incident", "review", outage.ID, "--at", at, "--root", root).status == 0

    assert run("review", "check", file, "--format", "text").out == (
        "review: held at 2026-03-03T10:00:00Z, owed by 2026-03-04T18:05:00Z\nno findings\n"
    )


def test_a_review_that_nobody_owes(run: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "review.yaml"
    file.write_text(GOOD.replace("T-1", "INC-9876"), encoding="utf-8")
    log = root / "INC-9876"
    (log / "workflow" / "incident_timeline.yaml").write_text(
        '- {"at": "2025-11-03T09:00:00Z", "event": "opened"}\n', encoding="utf-8"
    )

    ended = run("review", "check", file, "--timeline", log, "--format", "text")
    assert ended.out.splitlines()[-2:] == ["review: not owed", "2 findings"]


def test_another_timeline(run: Run, root: Path, tmp_path: Path) -> None:
    file = tmp_path / "review.yaml"
    file.write_text(GOOD.replace("Sev 1", "Sev 2"), encoding="utf-8")

    ended = run("review", "check", file, "--timeline", root / outage.ID, *NOW)
    assert [one["code"] for one in json.loads(ended.out)["findings"]] == ["PR007", "PR007"]
    assert ended.status == 1


def test_a_review_beside_no_log(run: Run, tmp_path: Path) -> None:
    for name in ("a.yaml", "T-1/outputs/final/post_incident_review.yaml", ".x/outputs/final/post_incident_review.yaml"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GOOD, encoding="utf-8")
        assert run("review", "check", file).status == 0


def test_files_near_the_top(run: Run) -> None:
    assert refused(run("review", "check", "/none.yaml")) == "/none.yaml: no such file\n"
    assert refused(run("review", "draft", "/none.yaml", "--out", "-")) == "/none.yaml: no such file\n"


def test_a_file_that_is_no_review(run: Run, tmp_path: Path) -> None:
    assert refused(run("review", "check", "-", stdin=b"")) == "<stdin>: is empty; name what is to be done, or `{}`\n"
    assert refused(run("review", "check", tmp_path)) == f"{tmp_path}: is a directory; name a file in it\n"
    big = tmp_path / "big.yaml"
    big.write_bytes(b"#" * (8 * 1024 * 1024 + 1))
    assert refused(run("review", "show", big)) == f"{big}: more than 8 MiB; a review is read as a whole\n"
    told = refused(run("review", "show", "-", stdin=b"severity: high\ntimeline: 3\n"))
    assert [line for line in told.splitlines() if line[0] != " "] == [
        "<stdin>:1:11: `high` is not a severity; as `Sev 1`",
        "<stdin>:2:11: `3` is not a list; write `- ` before each",
    ]


# --- show -------------------------------------------------------------------------------------------------------------

WHOLE = """\
incident_id: T-1
severity: 2
duration: 1 hour
customers_impacted: at least 3
business_impact: {text: Lost sales, amount: 12000, currency: EUR}
timeline: ["14:23 - First report"]
root_cause: {what_happened: It broke, why_happened: "[… why …]"}
contributing_factors: [No test]
what_went_well: [Found fast]
what_went_poorly: ["- a dash", "1. a number"]
action_items:
  - "Test it [Owner: SRE] [Due: 2026-03-09]"
  - {text: Say sorry, for: acme, state: done, due: "2026-03-09T10:00:00Z"}
  - {text: Rest, due: "[… when …]"}
prevention_confidence: HIGH
similar_incidents: [T-0]
summary: {a: 1}
note: so
"""


def shown(run: Run, form: str, text: str = WHOLE) -> str:
    status, out, err = run("review", "show", "-", "--format", form, stdin=text.encode())
    assert (status, err) == (0, "")
    return out


def test_as_text(run: Run) -> None:
    assert (
        shown(run, "text")
        == """\
Post-incident review of T-1

In short
  Severity               Sev 2
  Duration               1 hour
  Customers impacted     at least 3
  Business impact        Lost sales (12,000 EUR)
  Prevention confidence  high

Timeline
  - 14:23 - First report

Root cause
  What happened    It broke
  Why it happened  [… why …]

Contributing factors
  - No test

What went well
  - Found fast

What went poorly
  - - a dash
  - 1. a number

Action items
  open     Test it  SRE, by 2026-03-09
  done     Say sorry (for acme)  by 2026-03-09 10:00Z
  open     Rest  by [… when …]

Similar incidents
  - T-0

More
  summary  {"a":1}
  note     so
"""
    )


def test_as_markdown(run: Run) -> None:
    assert (
        shown(run, "markdown")
        == """\
# Post-incident review of T-1

## In short

- **Severity:** Sev 2
- **Duration:** 1 hour
- **Customers impacted:** at least 3
- **Business impact:** Lost sales (12,000 EUR)
- **Prevention confidence:** high

## Timeline

- 14:23 - First report

## Root cause

- **What happened:** It broke
- **Why it happened:** \\[… why …\\]

## Contributing factors

- No test

## What went well

- Found fast

## What went poorly

- \\- a dash
- 1\\. a number

## Action items

| what | owner | due | state |
| --- | --- | --- | --- |
| Test it | SRE | 2026-03-09 | open |
| Say sorry (for acme) |  | 2026-03-09 10:00Z | done |
| Rest |  | \\[… when …\\] | open |

## Similar incidents

- T-0

## More

- **summary:** \\{"a":1\\}
- **note:** so
"""
    )


def test_as_html(run: Run) -> None:
    html = shown(run, "html")
    body = html.partition("<body>\n")[2].partition("</body>")[0]

    assert html.isascii()
    assert (
        body
        == """\
<h1>Post-incident review of T-1</h1>
<h2>In short</h2>
<dl>
<dt>Severity</dt><dd>Sev 2</dd>
<dt>Duration</dt><dd>1 hour</dd>
<dt>Customers impacted</dt><dd>at least 3</dd>
<dt>Business impact</dt><dd>Lost sales (12,000 EUR)</dd>
<dt>Prevention confidence</dt><dd>high</dd>
</dl>
<h2>Timeline</h2>
<ul>
<li>14:23 - First report</li>
</ul>
<h2>Root cause</h2>
<dl>
<dt>What happened</dt><dd>It broke</dd>
<dt>Why it happened</dt><dd><mark>[&#8230; why &#8230;]</mark></dd>
</dl>
<h2>Contributing factors</h2>
<ul>
<li>No test</li>
</ul>
<h2>What went well</h2>
<ul>
<li>Found fast</li>
</ul>
<h2>What went poorly</h2>
<ul>
<li>- a dash</li>
<li>1. a number</li>
</ul>
<h2>Action items</h2>
<table><thead><tr><th scope="col">what</th><th scope="col">owner</th><th scope="col">due</th><th scope="col">state</th>\
</tr></thead><tbody>
<tr><td>Test it</td><td>SRE</td><td>2026-03-09</td><td>open</td></tr>
<tr><td>Say sorry (for acme)</td><td></td><td>2026-03-09 10:00Z</td><td>done</td></tr>
<tr><td>Rest</td><td></td><td><mark>[&#8230; when &#8230;]</mark></td><td>open</td></tr>
</tbody></table>
<h2>Similar incidents</h2>
<ul>
<li>T-0</li>
</ul>
<h2>More</h2>
<dl>
<dt>summary</dt><dd>{&quot;a&quot;:1}</dd>
<dt>note</dt><dd>so</dd>
</dl>
"""
    )


def test_as_json_which_the_schema_fits(run: Run) -> None:
    validator = Draft202012Validator(json.loads(run("schema", "review").out))
    found = json.loads(shown(run, "json"))

    assert [*validator.iter_errors(found)] == []
    assert found["post_incident_review"]["severity"] == "Sev 2"
    assert found["post_incident_review"]["summary"] == {"a": 1}
    for text in (TEMPLATE, f"post_incident_review:\n  {GOOD.replace(chr(10), chr(10) + '  ')}"):
        assert [*validator.iter_errors(yaml.safe_load(text))] == []
    assert [*validator.iter_errors({"post_incident_review": {"action_items": [{"txt": "a"}]}})] != []


def test_yaml_stays_as_it_is_with_its_comments(run: Run) -> None:
    text = "# of mine\npost_incident_review:\n  duration:   1 hour  # by the clock\n  own: x\n  severity: 1\n"
    assert shown(run, "yaml", text) == text


def test_json_becomes_yaml(run: Run) -> None:
    assert (
        shown(run, "yaml", '{"severity": 1, "own": {"a": [1]}, "timeline": ["a: b"]}')
        == """\
post_incident_review:
  severity: Sev 1

  timeline:
    - "a: b"

  own: {a: [1]}
"""
    )


def test_an_amount_without_a_currency(run: Run) -> None:
    assert "  Business impact  a (3.5)\n" in shown(run, "text", "business_impact: {text: a, amount: 3.5}")
    assert "  Business impact  a\n" in shown(run, "text", "business_impact: {text: a, currency: EUR}")


def test_a_review_that_says_nothing(run: Run) -> None:
    assert shown(run, "text", "{}") == "Post-incident review\n"
    assert shown(run, "markdown", "{}") == "# Post-incident review\n"
    assert run("review", "show", "-", stdin=b"{}").out == '{"post_incident_review":{}}\n'


# --- hostile texts ----------------------------------------------------------------------------------------------------


@pytest.fixture
def hostile(run: Run, root: Path) -> Path:
    """A review whose log has hostile texts wherever it can have one."""
    log = root / outage.ID / "workflow" / "incident_timeline.yaml"
    texts = json.dumps(HOSTILE)
    with log.open("a", encoding="utf-8") as file:
        for fields in (
            f'"event": "note", "text": {texts}',
            f'"event": "action", "text": {texts}, "owner": {texts}',
            f'"event": "cause", "category": "other", "known_issue": {texts}',
            f'"event": "note", "text": {json.dumps("x" * 1_000_000)}',
        ):
            file.write(f'- {{"at": "2026-03-02T17:00:00Z", "logged_at": "2026-03-02T18:00:00Z", {fields}}}\n')
    text = log.read_text(encoding="utf-8").replace('"title": "Payments fail"', f'"title": {texts}')
    log.write_text(text, encoding="utf-8")
    assert draft(run, root).status == 0
    return review_of(root)


def test_hostile_texts_come_back_from_yaml(hostile: Path) -> None:
    review = yaml.safe_load(hostile.read_text(encoding="utf-8"))["post_incident_review"]

    assert f"17:00 - {HOSTILE}" in review["timeline"]
    assert f"17:00 - {'x' * 1_000_000}" in review["timeline"]
    assert {item["owner"] for item in review["action_items"]} >= {HOSTILE}
    assert all(character.isprintable() or character == "\n" for character in hostile.read_text(encoding="utf-8"))


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json", "yaml"])
def test_hostile_texts_are_harmless(run: Run, hostile: Path, form: str) -> None:
    out = run("review", "show", hostile, "--format", form).out

    assert all(character.isprintable() or character == "\n" for character in out)
    assert ("\\{\\{ 7\\*7 \\}\\}" if form == "markdown" else "{{ 7*7 }}") in out
    if form in {"html", "markdown"}:
        assert "<script" not in out
    if form == "html":
        found = parsed(out)
        assert {"script", "a", "img", "link"}.isdisjoint(found.tags)
        assert {name for name, _ in found.attributes} == {"lang", "charset", "http-equiv", "content", "name", "scope"}
        assert not re.search(r"\b(?:src|href)=", out)
    if form == "markdown":
        assert "[a](" not in out.replace("\\[a\\](", "")


def test_hostile_texts_are_harmless_when_they_are_found(run: Run, hostile: Path) -> None:
    ended = run("review", "check", hostile, "--format", "text")
    assert ended.status == 1
    assert all(character.isprintable() or character == "\n" for character in ended.out + ended.err)


# --- the log and the review -------------------------------------------------------------------------------------------


def test_what_a_review_says_of_actions_goes_into_the_log(run: Run, root: Path) -> None:
    draft(run, root)
    file = review_of(root)
    text = file.read_text(encoding="utf-8")
    text = text.replace('"[… who does it …]"', "Engineering").replace('"[… by which day …]"', '"2026-03-31"')
    file.write_text(f"{text}  more: 1\n".replace("state: open, id: A1", "state: done, id: A1"), encoding="utf-8")

    assert run("incident", "review", outage.ID, "--at", "2026-03-03T10:00:00Z", "--root", root).status == 0
    ref = "outputs/final/post_incident_review.yaml"
    told = [{k: v for k, v in one.items() if k not in {"at", "logged_at"}} for one in events(root, outage.ID)[17:]]
    assert told == [
        {"event": "reviewed", "id": told[0]["id"], "ref": ref},
        {
            "event": "action",
            "id": "A1",
            "state": "done",
            "kind": "prevention",
            "text": "Watch the pool of connections",
            "owner": "SRE",
            "due": "2026-03-09",
            "ref": ref,
        },
        {
            "event": "action",
            "id": "A2",
            "state": "open",
            "kind": "prevention",
            "text": "Look for leaks of connections",
            "owner": "Engineering",
            "due": "2026-03-31",
            "ref": ref,
        },
    ]
    assert json.loads(run("incident", "review", outage.ID, "--root", root).out)["written"] == ["e21"]


def test_gaps_do_not_go_into_the_log(run: Run, root: Path) -> None:
    draft(run, root)
    assert run("incident", "review", outage.ID, "--at", "2026-03-03T10:00:00Z", "--root", root).status == 0
    assert [one["event"] for one in events(root, outage.ID)[17:]] == ["reviewed"]
