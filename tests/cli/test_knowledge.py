"""`known-issue` and `runbook`, and what of them is shown with an incident."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from sevclass.incident.journal import journal
from sevclass.incident.store import Store
from tests.cli.conftest import Ended, Run
from tests.cli.processes import SEVCLASS, on_terminal

NOW = "2026-03-02T15:20:00Z"
BY_HAND = """\
# What we know. Newest last.
- title: Search is slow   # since May
  id: KI-1
  when: {performance: degraded}
"""
ONE = ("--id", "KI-2", "--title", "Payments time out")

Command: TypeAlias = Callable[..., Ended]


@pytest.fixture
def issue(run: Run, tmp_path: Path) -> Command:
    """Run `known-issue` below a root folder."""
    return lambda verb, *words, **more: run("known-issue", verb, "--root", tmp_path, *words, **more)


@pytest.fixture
def runbook(run: Run, tmp_path: Path) -> Command:
    """Run `runbook` below the same."""
    return lambda verb, *words, **more: run("runbook", verb, "--root", tmp_path, *words, **more)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The known issues, of which there is one, written by hand."""
    path = Store(tmp_path).known_issues
    path.parent.mkdir(parents=True)
    path.write_text(BY_HAND, encoding="utf-8")
    return path


def written(ids: list[str], problems: list[dict[str, Any]] | None = None) -> str:
    return json.dumps({"schema": 1, "written": ids, "problems": problems or []}, separators=(",", ":")) + "\n"


def refused(ended: Ended) -> str:
    """What was told; nothing came out."""
    assert (ended.status, ended.out) == (2, "")
    return ended.err


# --- adding -----------------------------------------------------------------------------------------------------------


def test_an_entry_is_added_at_the_end(issue: Command, file: Path) -> None:
    words = [
        "--when",
        "functionality=down",
        "environment=production",
        "--when",
        "data_loss=yes",
        "--ids",
        "T-1",
        "PAY-3",
    ]
    words += ["--workaround", "Route cards\nelsewhere", "--customers-text", "We know of it: “sorry”."]

    assert issue("add", *ONE, *words) == (0, written(["KI-2"]), "")
    assert file.read_text("utf-8") == BY_HAND + (
        '- {"id": "KI-2", "title": "Payments time out", '
        '"when": [{"functionality": "down", "environment": "production"}, {"data_loss": true}], '
        '"ids": ["T-1", "PAY-3"], "workaround": "Route cards\\nelsewhere", '
        '"customers_text": "We know of it: “sorry”."}\n'
    )
    assert issue("show", "KI-2").status == 0


def test_the_files_are_made(issue: Command, runbook: Command, tmp_path: Path) -> None:
    assert runbook("add", "--id", "a", "--title", "A", "--step", "Look", "--step", "Act", "--format", "text") == (
        0,
        "written: a\n",
        "",
    )
    assert issue("add", *ONE, "--runbook", "a", "--format", "text") == (0, "written: KI-2\n", "")
    store = Store(tmp_path)
    assert store.runbooks.read_text("utf-8") == '- {"id": "a", "title": "A", "steps": ["Look", "Act"]}\n'
    assert store.known_issues.read_text("utf-8") == '- {"id": "KI-2", "title": "Payments time out", "runbook": "a"}\n'


def test_values_go_by_their_scales(issue: Command, tmp_path: Path) -> None:
    assert issue("add", *ONE, "--when", "other_customers=3", "public_outage=true", "request=defect").status == 0
    assert '"when": [{"other_customers": 3, "public_outage": true, "request": "defect"}]' in Store(
        tmp_path
    ).known_issues.read_text("utf-8")


@pytest.mark.parametrize(
    "text",
    [
        pytest.param('[{"id": "KI-2", "title": "\\ud83d\\ude00"}, {"id": "KI-3", "title": "B"}]', id="json"),
        pytest.param("- id: KI-2\n  title: 😀\n- {id: KI-3, title: B}\n", id="yaml"),
        pytest.param("\ufeff- id: KI-2\n  title: 😀\n- {id: KI-3, title: B}", id="yaml-with-a-mark"),
    ],
)
def test_entries_of_a_file(issue: Command, file: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "new").write_text(text, encoding="utf-8")
    added = BY_HAND + '- {"id": "KI-2", "title": "😀"}\n- {"id": "KI-3", "title": "B"}\n'

    assert issue("add", tmp_path / "new") == (0, written(["KI-2", "KI-3"]), "")
    assert file.read_text("utf-8") == added
    assert "KI-2 stands" not in refused(issue("add", "-", stdin=text.encode()))
    assert file.read_text("utf-8") == added


def test_one_entry_of_a_file(issue: Command, file: Path) -> None:
    assert issue("add", "-", stdin=b"id: KI-2\ntitle: B\nworkaround: |\n  One\n  Two\n").status == 0
    assert file.read_text("utf-8") == BY_HAND + '- {"id": "KI-2", "title": "B", "workaround": "One\\nTwo\\n"}\n'


def test_what_nobody_sees_is_escaped(issue: Command, file: Path) -> None:
    assert issue("add", "-", stdin=b'{"id": "KI-2", "title": "a\\u200bb\\u00adc \\udb40\\udc01"}').status == 0
    assert '"title": "a\\u200bb\\u00adc \U000e0001"' in file.read_text("utf-8")
    assert json.loads(issue("show", "KI-2").out)["title"] == "a\u200bb\u00adc \U000e0001"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("", "", id="an-empty-file"),
        pytest.param("# nothing yet", "# nothing yet\n", id="no-line-end"),
        pytest.param("---\n- {id: a, title: A}\n", "---\n- {id: a, title: A}\n", id="a-document"),
        pytest.param("  - {id: a, title: A}\n", "  - {id: a, title: A}\n  ", id="indented"),
        pytest.param("- id: a\n  title: |\n    A", "- id: a\n  title: |\n    A\n", id="a-block-of-text"),
    ],
)
def test_what_was_there_stays(issue: Command, file: Path, before: str, after: str) -> None:
    file.write_text(before, encoding="utf-8")
    assert issue("add", *ONE) == (0, written(["KI-2"]), "")
    assert file.read_text("utf-8") == after + '- {"id": "KI-2", "title": "Payments time out"}\n'


@pytest.mark.parametrize("before", ["[{id: a, title: A}]\n", "{id: a, title: A}\n", "[]\n", "null\n", "- a\n...\n"])
def test_nothing_is_added_where_it_would_not_be_read(issue: Command, file: Path, before: str) -> None:
    file.write_text(before, encoding="utf-8")
    assert refused(issue("add", *ONE)) == (
        f"{file}: nothing can be added to what stands there; write it as a list with `- ` before each entry, "
        "and nothing after the last one\n"
    )
    assert file.read_text("utf-8") == before


def test_nothing_is_added_to_what_cannot_be_read(issue: Command, file: Path) -> None:
    file.write_text("- *a\n", encoding="utf-8")
    assert refused(issue("add", *ONE)) == (
        f"{file}:1:3: aliases are not allowed; write the value out; if it is text, quote it\n    - *a\n      ^^\n"
    )


def test_an_entry_is_added_beside_one_that_is_malformed(issue: Command, file: Path) -> None:
    file.write_text("- {id: a}\n", encoding="utf-8")
    assert issue("add", *ONE) == (0, written(["KI-2"]), "")
    place = f"{file}:1:3"
    assert refused(issue("add", "--id", "a", "--title", "A")) == (
        f"{place}: known issue `a` is there already; take another id, or change it in the file\n"
    )


def test_ids_that_are_there_are_refused_all_at_once(issue: Command, file: Path) -> None:
    text = b"- {id: KI-0, title: A}\n- {id: KI-1, title: A}\n"
    assert refused(issue("add", "-", stdin=text)) == (
        f"{file}:2:3: known issue `KI-1` is there already; take another id, or change it in the file\n"
    )
    assert file.read_text("utf-8") == BY_HAND
    assert refused(issue("add", "-", stdin=b"- {id: a, title: A}\n- {id: a, title: A}\n")) == (
        "<stdin>:2:8: known issue `a` stands twice; the first is at <stdin>:1:8\n"
        "    - {id: a, title: A}\n           ^\n"
    )


def test_a_runbook_that_is_not_there_is_told(issue: Command, runbook: Command, file: Path) -> None:
    runbook("add", "--id", "failover", "--title", "A", "--step", "x")
    assert issue("add", *ONE, "--runbook", "failovr", "--format", "text") == (
        0,
        "written: KI-2\n",
        "--runbook: there is no runbook `failovr`; did you mean `failover`?\n",
    )
    ended = issue("add", "-", stdin=b"{id: KI-3, title: B, runbook: zzz}")
    hint = "add it with `sevclass runbook add`"
    problem = {"path": "<stdin>:1:31", "code": "unknown_runbook", "message": "there is no runbook `zzz`", "hint": hint}
    assert (ended.status, ended.out) == (0, written(["KI-3"], [problem]))
    assert without_excerpts(ended.err) == f"<stdin>:1:31: there is no runbook `zzz`; {hint}\n"
    assert file.read_text("utf-8").count("\n- ") == 3


def test_a_torn_line_is_set_aside(issue: Command, file: Path) -> None:
    with file.open("ab") as crashed:
        crashed.write(b'- {"id": "KI-9", "ti')
    status, _, err = issue("add", *ONE)
    assert (status, err) == (
        0,
        f"{file}:5: the last line was torn, and was set aside; what there was of it is kept in `known_issues.torn`\n",
    )
    assert file.read_text("utf-8") == BY_HAND + '- {"id": "KI-2", "title": "Payments time out"}\n'
    assert file.with_suffix(".torn").read_bytes().endswith(b'\n- {"id": "KI-9", "ti\n')


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param([], "sevclass: error: no `--id`; give it, or a FILE of entries\n", id="nothing"),
        pytest.param(["--id", "a"], "sevclass: error: no `--title`; give it, or a FILE of entries\n", id="no-title"),
        pytest.param(
            ["-", "--title", "A"], "sevclass: error: either FILE or `--title`; a file has all of an entry\n", id="both"
        ),
        pytest.param([*ONE, "--ids"], "sevclass: error: `--ids` needs a value\n", id="no-ids"),
        pytest.param(
            [*ONE, "--wen", "a"], "sevclass: error: unknown option `--wen`; did you mean `--when`?\n", id="opt"
        ),
        pytest.param(
            [*ONE, "--when", "down"],
            "sevclass: error: `down` is not a fact with its value; as `--when functionality=down`\n",
            id="no-value",
        ),
        pytest.param(
            [*ONE, "--when", "data_loss=true", "data_loss=true"],
            "sevclass: error: `data_loss` stands twice; keep one\n",
            id="a-fact-twice",
        ),
        pytest.param(
            [*ONE, "--when", "functionaliti=down", "environment=prod", "--when", "data_loss=null", "--runbook", "a\nb"],
            "--when: null is not a level; a floor names the least level of each fact\n"
            "--when: unknown fact `functionaliti`; did you mean `functionality`?\n"
            "--when: unknown level `prod`; `environment` has `non_production`, `production`\n"
            "--runbook: the text is empty or holds a character that cannot be shown; keep to one line, without control "
            "characters\n",
            id="what-does-not-fit",
        ),
        pytest.param(
            [*ONE, "--workaround", "a\udcff"],
            "--workaround: byte 0xFF is not UTF-8; save the file as UTF-8\n",
            id="not-utf-8",
        ),
        pytest.param(["nowhere.yaml"], "nowhere.yaml: no such file\n", id="no-file"),
        pytest.param(["-"], "<stdin>: is empty; write a known issue as `{id: …, title: …}`\n", id="an-empty-file"),
        pytest.param(
            [*ONE, "--pack", "suport"],
            "sevclass: error: unknown pack `suport`; did you mean `support`?\n",
            id="no-pack",
        ),
    ],
)
def test_what_is_refused(issue: Command, file: Path, words: list[str], told: str) -> None:
    lines = refused(issue("add", *words)).splitlines(keepends=True)
    assert sorted(lines) == sorted(told.splitlines(keepends=True))
    assert file.read_text("utf-8") == BY_HAND


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(b"[]", "<stdin>: is empty; write a runbook as `{id: …, title: …}`\n", id="no-entry"),
        pytest.param(b"x" * (2**20 + 1), "<stdin>: more than 1 MiB; add what is in it in several steps\n", id="large"),
        pytest.param(
            b'{id: a, title: "\\ud83d\\ude00", steps: x}',
            "<stdin>:1:19: this escape is not a character; write the character itself\n"
            '    {id: a, title: "\\ud83d\\ude00", steps: x}\n                      ^\n',
            id="escapes-of-json-in-yaml",
        ),
        pytest.param(
            b"- {id: a, title: A, step: x}\n- 7\n",
            "<stdin>:1:3: missing key `steps`\n    - {id: a, title: A, step: x}\n      ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
            "<stdin>:1:21: unknown key `step`; did you mean `steps`?\n    - {id: a, title: A, step: x}\n"
            "                        ^^^^\n"
            "<stdin>:2:3: 7 is not a runbook; as `{id: …, title: …}`\n    - 7\n      ^\n",
            id="malformed",
        ),
    ],
)
def test_a_file_that_is_refused(runbook: Command, tmp_path: Path, text: bytes, told: str) -> None:
    assert refused(runbook("add", "-", stdin=text)) == told
    assert list(tmp_path.iterdir()) == []


def test_a_step_is_needed(runbook: Command) -> None:
    assert refused(runbook("add", "--id", "a", "--title", "A")) == (
        "sevclass: error: no `--step`; give it, or a FILE of entries\n"
    )


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    def add(id_: str) -> subprocess.Popen[bytes]:
        command = [*SEVCLASS, "known-issue", "add", "--root", str(tmp_path), "--id", id_, "--title", "A"]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    processes = [add(id_) for id_ in ("a", "b", "b", "c")]
    ended = [(process.communicate(), process.returncode) for process in processes]

    assert sorted(status for _, status in ended) == [0, 0, 0, 2]
    lines = Store(tmp_path).known_issues.read_text("utf-8").splitlines()
    assert sorted(lines) == [f'- {{"id": "{id_}", "title": "A"}}' for id_ in "abc"]


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_list(issue: Command, file: Path) -> None:
    issue("add", *ONE)
    assert issue("list", "--format", "text") == (0, "KI-1  Search is slow\nKI-2  Payments time out\n", "")
    status, out, err = issue("list")
    assert (status, err) == (0, "")
    nothing: dict[str, Any] = {"ids": [], "workaround": None, "runbook": None, "customers_text": None}
    assert json.loads(out) == {
        "schema": 1,
        "rows": [
            {"id": "KI-1", "title": "Search is slow", "when": [{"performance": "degraded"}], **nothing},
            {"id": "KI-2", "title": "Payments time out", "when": [], **nothing},
        ],
        "problems": [],
    }


def test_a_list_of_nothing(issue: Command, runbook: Command) -> None:
    assert issue("list", "--format", "text") == (0, "", "")
    assert runbook("list") == (0, '{"schema":1,"rows":[],"problems":[]}\n', "")


def test_a_list_tells_what_is_wrong(issue: Command, file: Path) -> None:
    file.write_text("- {id: a, title: A, runbook: x}\n- {id: b}\n- {id: c, title: C, when: {speed: 3}}\n", "utf-8")
    runbook = f"{file}:1:30: there is no runbook `x`; add it with `sevclass runbook add`\n"
    missing = f"{file}:2:3: missing key `title`\n"
    fact = f"{file}:3:28: unknown fact `speed`\n"

    ended = issue("list", "--format", "text")
    assert (ended.status, ended.out) == (2, "a  A\nc  C\n")
    assert without_excerpts(ended.err) == missing + runbook
    ended = issue("list", "--pack", "support")
    assert ended.status == 2
    assert [row["id"] for row in json.loads(ended.out)["rows"]] == ["a"]
    assert [problem["code"] for problem in json.loads(ended.out)["problems"]] == [
        "missing_key",
        "unknown_fact",
        "unknown_runbook",
    ]
    assert without_excerpts(ended.err) == missing + fact + runbook


def without_excerpts(text: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith("    "))


def test_what_is_told_of_a_list_is_not_all_bad(issue: Command, file: Path) -> None:
    with file.open("ab") as crashed:
        crashed.write(b'- {"id": "KI-9", "ti')
    ended = issue("list", "--format", "text")
    assert (ended.status, ended.out) == (0, "KI-1  Search is slow\n")
    assert ended.err.startswith(f"{file}:5: the last line is torn; ")


def test_an_entry_is_shown_whole(issue: Command, runbook: Command) -> None:
    words = ["--when", "functionality=down", "data_loss=true", "--when", "security=breach", "--ids", "T-1", "T-2"]
    issue("add", *ONE, *words, "--workaround", "Wait\nand see\n", "--customers-text", "Sorry", "--runbook", "a")
    runbook(
        "add", "--id", "a", "--title", "Wait", "--step", "Sit down\ncalmly", "--step", "Wait", "--when", "data_loss=yes"
    )

    assert issue("show", "KI-2", "--format", "text").out == (
        "  KI-2  Payments time out\n"
        "    workaround     Wait\n"
        "                   and see\n"
        "    runbook        a\n"
        "    for customers  Sorry\n"
        "    when  functionality: down, data_loss: true\n"
        "    when  security: breach\n"
        "    ids   T-1, T-2\n"
    )
    assert runbook("show", "a", "--format", "text").out == (
        "  a  Wait\n    1.  Sit down\n        calmly\n    2.  Wait\n    when  data_loss: true\n"
    )
    assert json.loads(runbook("show", "a").out) == {
        "id": "a",
        "title": "Wait",
        "when": [{"data_loss": True}],
        "steps": ["Sit down\ncalmly", "Wait"],
    }


def test_what_is_not_there_is_not_shown(issue: Command, file: Path) -> None:
    assert refused(issue("show", "KI-11")) == f"{file}: there is no known issue `KI-11`; did you mean `KI-1`?\n"
    assert refused(issue("show", "zzz")) == f"{file}: there is no known issue `zzz`; see `sevclass known-issue list`\n"
    file.write_text("- {id: a}\n", encoding="utf-8")
    assert without_excerpts(refused(issue("show", "a"))) == f"{file}:1:3: missing key `title`\n"
    file.write_text("7\n", encoding="utf-8")
    assert (
        without_excerpts(refused(issue("show", "a"))) == f"{file}:1:1: 7 is not a list; write `- ` before each entry\n"
    )


@pytest.mark.parametrize("command", ["known-issue", "runbook"])
def test_verbs(run: Run, command: str) -> None:
    assert refused(run(command)) == f"sevclass: error: no VERB; see `sevclass {command} -h`\n"
    assert refused(run(command, "shw")) == "sevclass: error: unknown verb `shw`; did you mean `show`?\n"
    assert refused(run(command, "zzz")) == f"sevclass: error: unknown verb `zzz`; see `sevclass {command} -h`\n"
    assert refused(run(command, "list")) == "sevclass: error: no root folder; give `--root DIR`, or set SEVCLASS_ROOT\n"
    for verb in ("add", "list", "show"):
        status, out, err = run(command, verb, "--help")
        assert (status, err) == (0, "")
        assert out.startswith(f"usage: sevclass {command} {verb} [-h]")


# --- shown with an incident -------------------------------------------------------------------------------------------

SHOWN = """
Known issues
  KI-2  Payments time out
    workaround     Route cards elsewhere
    runbook        failover
    for customers  We know of it

Runbooks
  failover  Take the other route
    1.  Page the on-call
    2.  Switch

pack support"""


@pytest.fixture
def known(issue: Command, runbook: Command, tmp_path: Path) -> Path:
    """A root below which something is known."""
    runbook(
        "add", "--id", "failover", "--title", "Take the other route", "--step", "Page the on-call", "--step", "Switch"
    )
    words = ["--workaround", "Route cards elsewhere", "--customers-text", "We know of it", "--runbook", "failover"]
    issue("add", *ONE, "--when", "functionality=down", "--ids", "T-17", *words)
    issue("add", "--id", "KI-3", "--title", "Only *this*", "--when", "security=breach")
    return tmp_path


DOWN = b'{"functionality": "down"}'


def known_ids(out: str) -> list[list[str]]:
    """The known issues of each line."""
    return [[issue["id"] for issue in json.loads(line)["known_issues"]] for line in out.splitlines()]


def test_a_classification_as_text(run: Run, known: Path) -> None:
    words = ("-", "--format", "text")
    bare = run(*words, stdin=DOWN).out
    out = run(*words, "--root", known, stdin=DOWN).out
    assert out == bare.replace("\npack support", SHOWN)
    assert run(*words, "--root", known, stdin=b'{"functionality": "major"}').out == (
        run(*words, stdin=b'{"functionality": "major"}').out
    )


def test_a_known_issue_of_which_little_is_said(run: Run, known: Path) -> None:
    facts = b'{"security": "breach"}'
    out = run("-", "--format", "text", "--root", known, stdin=facts).out
    assert "\n\nKnown issues\n  KI-3  Only *this*\n\npack support" in out


def test_a_classification_as_markdown(run: Run, known: Path) -> None:
    facts = b'{"functionality": "down", "security": "breach"}'
    bare = run("-", "--format", "markdown", stdin=facts).out
    out = run("-", "--format", "markdown", "--root", known, stdin=facts).out
    assert out == bare.replace(
        "\nPack `support`",
        "\n**Known issues**\n\n"
        "- `KI-2`: Payments time out\n"
        "  - workaround: Route cards elsewhere\n"
        "  - runbook: failover\n"
        "  - for customers: We know of it\n"
        "- `KI-3`: Only \\*this\\*\n"
        "\n**Runbooks**\n\n"
        "- `failover`: Take the other route\n"
        "  1. Page the on-call\n"
        "  2. Switch\n"
        "\nPack `support`",
    )


def test_a_classification_as_json(run: Run, known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bare = json.loads(run("-", stdin=DOWN).out)
    out = json.loads(run("-", "--root", known, stdin=DOWN).out)
    assert list(out) == [*bare, "known_issues", "runbooks"]
    assert out == bare | {
        "known_issues": [
            {
                "id": "KI-2",
                "title": "Payments time out",
                "when": [{"functionality": "down"}],
                "ids": ["T-17"],
                "workaround": "Route cards elsewhere",
                "runbook": "failover",
                "customers_text": "We know of it",
            }
        ],
        "runbooks": [
            {"id": "failover", "title": "Take the other route", "when": [], "steps": ["Page the on-call", "Switch"]}
        ],
    }
    monkeypatch.setenv("SEVCLASS_ROOT", str(known))
    assert json.loads(run("-", stdin=DOWN).out) == out
    assert run("-", "--brief", stdin=DOWN).out == (
        '{"id":null,"severity":2,"could_be":1,"war_room":{"activate":false,"because":[]}}\n'
    )


def test_an_incident_that_is_named(run: Run, known: Path) -> None:
    assert known_ids(run("-", "--root", known, "--id", "T-17", stdin=b"{}").out) == [["KI-2"]]
    assert known_ids(run("-", "--root", known, "--id", "T-18", stdin=b"{}").out) == [[]]
    assert known_ids(run("-", "--root", known, "--assume", "worst", stdin=b"{}").out) == [[]]


def test_a_stream(run: Run, known: Path) -> None:
    lines = b'{"functionality": "down"}\n{"id": "T-17", "facts": {}}\n{"data_loss": 3}\n{}\n'
    words = ("-", "--input", "jsonl", "--root", known)
    status, out, _ = run(*words, stdin=lines)
    assert status == 2
    first, second, bad, last = out.splitlines()
    assert known_ids(f"{first}\n{second}\n{last}") == [["KI-2"], ["KI-2"], []]
    assert json.loads(bad).keys() == {"line", "id", "problems"}
    for form in ("text", "markdown"):
        assert run(*words, "--format", form, stdin=lines) == run("-", "--input", "jsonl", "--format", form, stdin=lines)


@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="there are no terminals on Windows")
def test_json_on_a_terminal_is_indented(known: Path) -> None:
    screen = on_terminal("-", "--format", "json", "--root", known, stdin=DOWN, env={"NO_COLOR": "1"})
    assert screen.shown.startswith('{\n  "schema": 1,\n')
    assert '\n  "known_issues": [\n    {\n      "id": "KI-2",\n' in screen.shown


def test_the_other_engine_shows_it_too(run: Run, known: Path) -> None:
    pytest.importorskip("durable.lang", exc_type=ImportError)
    assert known_ids(run("-", "--engine", "durable", "--root", known, stdin=DOWN).out) == [["KI-2"]]


def test_what_is_wrong_with_what_is_known_is_told_and_changes_no_answer(run: Run, known: Path) -> None:
    path = Store(known).known_issues
    with journal(path) as log:
        log.append('- {"id": "KI-9", "title": "A", "when": {"speed": 3}}')
    told = f"{path}:3:41: unknown fact `speed`\n"

    status, out, err = run("-", "--root", known, stdin=DOWN)
    assert (status, known_ids(out), without_excerpts(err)) == (0, [["KI-2"]], told)
    status, _, err = run("incident", "open", "T-1", "--fact", "functionality=down", "--root", known)
    assert (status, without_excerpts(err)) == (0, told)
    status, _, err = run("incident", "show", "T-1", "--root", known)
    assert (status, without_excerpts(err)) == (0, told)
    status, _, err = run("clock", known, "--root", known)
    assert (status, without_excerpts(err)) == (0, told)
    path.write_text("- *a\n", encoding="utf-8")
    status, out, err = run("-", "--root", known, stdin=DOWN)
    assert (status, known_ids(out)) == (0, [[]])
    assert (
        without_excerpts(err) == f"{path}:1:3: aliases are not allowed; write the value out; if it is text, quote it\n"
    )


def test_a_root_that_is_not_there(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = tmp_path / "nowhere"
    assert refused(run("-", "--root", nowhere, stdin=DOWN)) == (
        f"sevclass: error: no folder `{nowhere}`; `--root` names the one that incidents are kept below\n"
    )
    assert refused(run("-", "--root", "", stdin=DOWN)) == (
        "sevclass: error: no root folder; give `--root DIR`, or set SEVCLASS_ROOT\n"
    )
    bare = run("-", stdin=DOWN)
    monkeypatch.setenv("SEVCLASS_ROOT", str(nowhere))
    assert run("-", stdin=DOWN) == (0, bare.out, f"SEVCLASS_ROOT: no folder `{nowhere}`; so nothing is known\n")


def test_the_state_of_an_incident(run: Run, known: Path) -> None:
    words = ("--root", known, "--format", "text")
    out = run("incident", "open", "T-1", "--fact", "functionality=down", *words).out
    assert SHOWN in out
    assert SHOWN in run("incident", "show", "T-1", *words).out
    run("incident", "facts", "T-1", "--fact", "functionality=minor", *words)
    assert "Known issues" not in run("incident", "show", "T-1", *words).out
    assert SHOWN in run("incident", "cause", "T-1", "product_bug", "--known-issue", "KI-2", *words).out


def test_the_clocks_of_an_incident(run: Run, known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = known / "T-1" / "incident_timeline.yaml"
    log.parent.mkdir()
    log.write_text('- {"at": "2026-03-02T14:23:00Z", "event": "opened", "facts": {"functionality": "down"}}\n', "utf-8")
    words = ("clock", log, "--now", NOW)
    bare = run(*words)
    bare_text = run(*words, "--format", "text")
    monkeypatch.setenv("SEVCLASS_ROOT", str(known))

    status, out, err = run(*words)
    assert (status, err) == (bare.status, "")
    assert known_ids(out) == [["KI-2"]]
    keys = ("known_issues", "runbooks")
    assert {key: value for key, value in json.loads(out).items() if key not in keys} == json.loads(bare.out)
    assert run(*words, "--format", "text").out == bare_text.out.replace("\npack support", SHOWN)


def test_the_example_is_well_formed(run: Run) -> None:
    for command in ("known-issue", "runbook"):
        status, out, err = run(command, "list", "--root", "examples/incidents", "--pack", "support")
        assert (status, err) == (0, "")
        assert json.loads(out)["rows"]
