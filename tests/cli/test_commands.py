"""Commands, usage and its errors, help."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from sevclass import __version__
from sevclass.cli import COMMANDS, main
from tests.cli.conftest import Run

HELP = """\
usage: sevclass FACTS             classify the incident in a file; `-` is standard input
       sevclass COMMAND ...

commands:
  classify     how severe an incident is, why, what is owed by when, and who must come
  explain      what would make it worse or milder, and why a criterion is not met
  triage       asks about an incident, one question at a time
  incident     keeps the log of an incident: what happens, and how it stands
  clock        what is owed for an incident, by when, and what is late
  due          what is due or late over many incidents, and who is to be told
  whom         whom to turn to with what, and who fills that role now
  room         the war room of an incident: who holds what, what is due; the handover sheet
  review       drafts the review after an incident, checks it and shows it
  plan         what is done about an incident: who does what by when, and what is done
  message      drafts what is written about an incident, and guides hard conversations
  report       figures of a week, what rises, and what is still to be done
  known-issue  keeps what is known to go wrong, and what helps
  runbook      keeps what to do, step by step
  lint         what in a pack can surely not be meant
  packs        the packs that ship
  schema       the JSON Schema of facts, of packs, or of what a command prints as JSON

options:
  -h, --help  this help; `sevclass COMMAND -h` has that of a command
  --version   the version

exit status: 0 done; 1 done, and something was found; 2 bad input or usage
"""


@pytest.mark.parametrize("word", ["-h", "--help"])
def test_help(run: Run, word: str) -> None:
    assert run(word) == (0, HELP, "")


def test_nothing_at_all_gets_help(run: Run) -> None:
    assert run() == (2, "", HELP)


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"sevclass {__version__}\n", "")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(run: Run, command: str) -> None:
    status, out, err = run(command, "--help")

    assert (status, err) == (0, "")
    assert out.startswith(f"usage: sevclass {command} [-h]")
    assert max(map(len, out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("command", "needed"),
    [("classify", "FACTS"), ("explain", "FACTS"), ("clock", "TIMELINE"), ("due", "FOLDER"), ("plan", "INCIDENT")],
)
def test_what_is_needed_has_no_brackets(run: Run, command: str, needed: str) -> None:
    usage, _, _ = run(command, "-h").out.partition("\n\n")

    assert usage.split()[-1] == needed


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(["clasify", "x"], "unknown command `clasify`; did you mean `classify`?", id="mistyped-command"),
        pytest.param(["Schema"], "unknown command `Schema`; did you mean `schema`?", id="command-in-capitals"),
        pytest.param(["classify"], "no FACTS; name a file, or `-` for standard input", id="no-facts"),
        pytest.param(["a", "b"], "unexpected `b`; see `sevclass classify -h`", id="two-files"),
        pytest.param(["packs", "-"], "unexpected `-`; see `sevclass packs -h`", id="a-dash-is-no-option"),
        pytest.param(["--frmat", "json", "x"], "unknown option `--frmat`; did you mean `--format`?", id="option"),
        pytest.param(["x", "--form=json"], "unknown option `--form`; did you mean `--format`?", id="abbreviation"),
        pytest.param(["x", "--zz\x1b"], "unknown option `--zz\\x1b`; see `sevclass classify -h`", id="nothing-near"),
        pytest.param(["x", "--pack"], "`--pack` needs a value", id="no-value"),
        pytest.param(["x", "--help=3"], "`-h/--help` takes no value", id="a-value-too-many"),
        pytest.param(["x", "--format", "jsn"], "unknown format `jsn`; did you mean `json`?", id="format"),
        pytest.param(["x", "--format", ""], "unknown format ``; one of `text`, `json`, `markdown`", id="no-format"),
        pytest.param(["x", "--assume", "best"], "unknown assumption `best`; one of `known`, `worst`", id="assume"),
        pytest.param(["x", "--input", "yml"], "unknown input `yml`; did you mean `yaml`?", id="input"),
        pytest.param(["x", "--engine", "drools"], "unknown engine `drools`; one of `python`, `durable`", id="engine"),
        pytest.param(
            ["x", "--opened-at", "yesterday"],
            "`yesterday` is not an instant; for example `2026-03-02T14:23:00Z`",
            id="no-instant",
        ),
        pytest.param(
            ["x", "--opened-at", "2026-03-02T14:23:00"],
            "`2026-03-02T14:23:00` has no time zone; write `2026-03-02T14:23:00Z` if it is in UTC",
            id="no-zone",
        ),
        pytest.param(["x", "--fail-at", "5"], "unknown severity `5`; one of `1`, `2`, `3`, `4`", id="no-such-severity"),
        pytest.param(["x", "--fail-at", "٢"], "unknown severity `٢`; one of `1`, `2`, `3`, `4`", id="another-digit"),
        pytest.param(["x", "--pack", "suport"], "unknown pack `suport`; did you mean `support`?", id="pack"),
        pytest.param(
            ["schema"],
            "no kind of schema; one of `facts`, `clock`, `pack`, `classification`, `explanation`, `due`, `state`, "
            "`plan`, `message`, `room`, `handover`, `whom`, `directory`, `review`, `report`",
            id="no-kind",
        ),
        pytest.param(["schema", "fact"], "unknown schema `fact`; did you mean `facts`?", id="schema"),
        pytest.param(
            ["schema", "pack", "--pack", "support"],
            "`--pack` goes with `schema facts`; the schema `pack` is the same for every pack",
            id="schema-of-a-pack",
        ),
        pytest.param(["packs", "--format", "markdown"], "unknown format `markdown`; one of `text`, `json`", id="packs"),
    ],
)
def test_wrong_usage(run: Run, words: list[str], message: str) -> None:
    assert run(*words) == (2, "", f"sevclass: error: {message}\n")


def test_a_file_may_be_called_almost_like_a_command(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clasify").write_text("{}", encoding="utf-8")

    assert run("clasify", "--format", "text").out.startswith("Severity 4 Low\n")


def test_a_word_that_is_like_no_command_is_a_file(run: Run) -> None:
    assert run("ticket") == (2, "", "ticket: no such file\n")


def test_options_may_come_first(run: Run, tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"data_loss": true}', encoding="utf-8")

    assert run("--format", "text", facts).out.startswith("Severity 1 Critical\n")


def test_the_words_of_the_process_are_the_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["sevclass", "--version"])

    assert main() == 0
    assert capsys.readouterr().out == f"sevclass {__version__}\n"


def test_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "argv", ["sevclass", "--version"])

    with pytest.raises(SystemExit) as ended:
        runpy.run_module("sevclass", run_name="__main__")

    assert ended.value.code == 0
    assert capsys.readouterr().out == f"sevclass {__version__}\n"
