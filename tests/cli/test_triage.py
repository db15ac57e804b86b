"""`sevclass triage`: a dialogue on a real terminal, and with its answers in a pipe."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, strategies as st

from sevclass.cli import main
from sevclass.cli.answers import answers
from sevclass.cli.dialogue import Dialogue
from sevclass.cli.words import value as shown
from sevclass.problems import quote
from tests import strategies
from tests.cli.conftest import Run
from tests.cli.processes import SEVCLASS, Typist, piped

INTRO = "Type a number or a name; `-` if nobody knows, `?` for help.\n"
FUNCTIONALITY = """
Severity 4 Low so far; could still be 1 Critical
How well does the product still work for those affected? (functionality)
 1  working   Everything does what it should
 2  cosmetic  Everything works, but something looks wrong
 3  minor     A small thing fails, and hardly anyone is held up by it
 4  moderate  A noticeable part fails, but the main work still gets done
 5  major     A main part is broken or hardly usable, while the rest still runs
 6  down      Nothing works; they cannot use it at all
> """
BUSINESS_IMPACT = """
Severity {} so far; could still be 1 Critical
What does this do to the business of the customers affected? (business_impact)
 1  none                 Nothing; their business runs as usual
 2  minor_inconvenience  It is a nuisance, but holds nothing up
 3  inconvenience        Work is slowed or held up, but their business goes on
 4  revenue_loss         It costs a business customer money or sales
> """
HELP = """\
  ?     this help
  -     nobody knows; it is not asked again
  back  take the last answer back
  quit  end here, as Ctrl-D does; what was answered is written out
> """
UNITS = {
    "name": "units",
    "version": "1.0.0",
    "severities": {"1": "High", "2": "Low"},
    "facts": {
        "users": {"ask": "How many users?", "count": "users"},
        "guests": {"ask": "How many guests?", "count": "guests"},
        "people": {"sum_of": ["users", "guests"]},
        "heat": {"ask": "How hot is it?", "measure": {"unit": "degrees", "worse": "higher", "from": -20, "to": 99.5}},
        "rest": {"ask": "How much is left?", "measure": {"unit": "percent", "worse": "lower"}},
        "lost": {"ask": "Is it lost?", "flag": {"true": "It is gone"}},
        "kind": {"ask": "Which kind?", "label": {"wish": "A wish", "fault": "A fault"}},
    },
    "criteria": {
        "1": {"crowd": {"text": "Many", "when": [{"people": 3}, {"heat": 40, "rest": 10}, {"lost": True}]}},
    },
    "roles": {"lead": "Leads"},
    "roster": {"2": {"lead": {"duty": "helps", "when": {"kind": "fault"}}}},
}


@pytest.fixture
def units(tmp_path: Path) -> Path:
    (tmp_path / "units").mkdir()
    (tmp_path / "units" / "pack.yaml").write_text(json.dumps(UNITS))
    return tmp_path / "units"


def test_a_person_is_asked_until_nothing_more_can_change_the_result() -> None:
    typist = Typist("triage", pipe_out=False)

    assert typist.asked() == INTRO + FUNCTIONALITY
    assert typist.type("moderate\n") == "moderate\n" + BUSINESS_IMPACT.format("3 Medium")
    customers = typist.type("1\n")
    assert customers == (
        "1\n\nSeverity 3 Medium so far; could still be 1 Critical\n"
        "How many enterprise customers cannot use the product properly?\n(enterprise_customers)\n"
        "  a whole number of customers, from 0\n> "
    )
    assert "\nIs there a security problem? (security)\n" in typist.type("-\n")
    assert typist.type("back\n") == customers.replace("1\n", "back\n", 1)
    ended = typist.end("2\nquit\n")
    assert ended.shown.endswith(
        '\n> {\n  "functionality": "moderate",\n  "business_impact": "none",\n  "enterprise_customers": 2\n}\n'
    )


def test_a_whole_dialogue(units: Path) -> None:
    typist = Typist("triage", "--pack", units)
    outlook = "Severity 2 Low so far; could still be 1 High"

    assert typist.asked() == (
        f"{INTRO}\n{outlook}\nHow hot is it? (heat)\n  a number of degrees from -20 to 99.5; higher is worse\n> "
    )
    assert typist.type("40.5\n") == (
        f"40.5\n\n{outlook}\nHow much is left? (rest)\n  a number of percent; lower is worse\n> "
    )
    assert typist.type("11\n") == f"11\n\n{outlook}\nIs it lost? (lost)\n 1  false\n 2  true   It is gone\n> "
    assert typist.type("1\n") == f"1\n\n{outlook}\nHow many users? (users)\n  a whole number of users, from 0\n> "
    assert typist.type("2\n") == f"2\n\n{outlook}\nHow many guests? (guests)\n  a whole number of guests, from 0\n> "
    assert typist.type("0\n") == (
        "0\n\nSeverity 2 Low so far; no unknown fact can change the severity\n"
        "Which kind? (kind)\n 1  wish   A wish\n 2  fault  A fault\n> "
    )
    ended = typist.end("fault\n")
    known = {"users": 2, "guests": 0, "heat": 40.5, "rest": 11, "lost": False, "kind": "fault"}

    assert ended.status == 0
    assert json.loads(ended.piped) == known
    assert ended.shown.startswith("fault\n\nSeverity 2 Low\nno unknown fact can change the severity\n")
    assert ended.shown.endswith("\nRoster\n  lead  helps\n\nWar room\n  not needed\n\npack units 1.0.0\n")


def test_it_stops_when_the_worst_is_certain(units: Path) -> None:
    typist = Typist("triage", "--pack", units)
    typist.asked()
    typist.type("-\n")
    typist.type("-\n")
    typist.type("true\n")
    ended = typist.end("1\n")

    assert (ended.status, ended.piped) == (0, '{"lost":true,"kind":"wish"}\n')
    assert "\nSeverity 1 High\n" in ended.shown


def test_back_takes_back_one_answer_after_the_other_and_an_unknown_too(units: Path) -> None:
    typist = Typist("triage", "--pack", units)
    heat = typist.asked().removeprefix(INTRO)
    rest = typist.type("41\n").removeprefix("41\n")
    lost = typist.type("-\n").removeprefix("-\n")

    assert "(rest)" in rest
    assert "(lost)" in lost
    assert typist.type("back\n") == f"back\n{rest}"
    assert typist.type("back\n") == f"back\n{heat}"
    assert typist.type("back\n") == "back\nthere is no answer to take back\n> "
    assert typist.end("quit\n") == (0, "quit\n", "{}\n")


def test_help_says_what_can_be_typed_and_what_it_may_do() -> None:
    typist = Typist("triage")
    first = typist.asked()
    choices = first.split("(functionality)\n")[1].removesuffix("> ")
    intro = "?\ntype the number of an answer, or its name; an answer could raise it to 1\nCritical\n"

    assert typist.type("?\n") == intro + choices + HELP
    typist.end("\x04")


def test_help_where_a_number_is_asked_for(units: Path) -> None:
    typist = Typist("triage", "--pack", units)
    typist.asked()

    assert typist.type("?\n") == (
        "?\ntype a number of degrees from -20 to 99.5; higher is worse; an answer could\nraise it to 1 High\n"
        "  a number of degrees from -20 to 99.5; higher is worse\n" + HELP
    )
    typist.end("\x04")


@pytest.mark.parametrize(
    ("fact", "typed", "told"),
    [
        ("functionality", "0", "`0` is none of the answers; 1 to 6, or the name of an answer"),
        ("functionality", "7", "`7` is none of the answers; 1 to 6, or the name of an answer"),
        ("functionality", "Dwon", "`Dwon` is none of the answers; did you mean `down`?"),
        ("functionality", "\x1b[2J", "`\\x1b[2J` is none of the answers; 1 to 6, or the name of an answer"),
        ("enterprise_customers", "many", "`many` is not a number; type a whole number of customers, from 0"),
        ("enterprise_customers", "true", "`true` is not a number; type a whole number of customers, from 0"),
        ("enterprise_customers", "-1", "-1 is out of range; a count is from 0 to 9007199254740991"),
        ("enterprise_customers", "1.5", "1.5 is not a whole number; it is a count of customers"),
    ],
)
def test_what_is_no_answer_is_told(run: Run, tmp_path: Path, fact: str, typed: str, told: str) -> None:
    known = {"functionality": "moderate", "business_impact": "none"} if fact == "enterprise_customers" else {}
    (tmp_path / "known.json").write_text(json.dumps(known))
    ended = run("triage", "--known", tmp_path / "known.json", stdin=typed.encode() + b"\n\n")

    assert f"({fact})" in ended.err
    assert ended.err.endswith(f"> {quote(typed)[1:-1]}\n{told}\n> \ntype an answer, or `?` for help\n> \n")
    assert (ended.status, json.loads(ended.out)) == (0, known)


def test_a_measure_is_checked_against_its_ends(run: Run, units: Path) -> None:
    ended = run("triage", "--pack", units, stdin=b"99.6\n1e400\nNaN\n99.5\n")

    assert "> 99.6\n99.6 is out of range; " in ended.err
    assert "> 1e400\ninf is not a finite number; it is a number of degrees\n" in ended.err
    assert "> NaN\nnan is not a finite number; it is a number of degrees\n" in ended.err
    assert "(rest)" in ended.err
    assert json.loads(ended.out) == {"heat": 99.5}


@pytest.mark.parametrize(("keys", "status"), [("\x03", 130), ("\x04", 0)], ids=["ctrl-c", "ctrl-d"])
def test_what_was_answered_is_left_however_it_ends(units: Path, keys: str, status: int) -> None:
    typist = Typist("triage", "--pack", units)
    typist.asked()
    typist.type("1\n")
    ended = typist.end(keys)

    assert (ended.status, ended.piped) == (status, '{"heat":1}\n')
    assert "Traceback" not in ended.shown
    assert "pack units" not in ended.shown


def test_on_a_narrow_terminal_the_lines_are_fitted() -> None:
    typist = Typist("triage", columns=40)

    assert max(map(len, typist.asked().split("\n"))) <= 40
    typist.end("\x04")


def test_what_is_known_is_not_asked_and_its_envelope_is_kept(run: Run, tmp_path: Path) -> None:
    known = {
        "id": "T-17",
        "opened_at": "2026-03-02T15:23:00+01:00",
        "facts": {"functionality": "down", "data_loss": None},
    }
    (tmp_path / "known.yaml").write_text(json.dumps(known))
    ended = run("triage", "--known", tmp_path / "known.yaml", stdin=b"3\n-\n")

    assert json.loads(ended.out) == {
        "id": "T-17",
        "opened_at": "2026-03-02T14:23:00Z",
        "facts": {"functionality": "down", "business_impact": "inconvenience"},
    }
    assert "(functionality)" not in ended.err
    assert json.loads(run("classify", "-", stdin=ended.out.encode()).out)["id"] == "T-17"


def test_where_nothing_is_to_be_asked_the_result_is_there_at_once(run: Run, units: Path, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text('{"lost": true, "kind": "wish"}')
    ended = run("triage", "--pack", units, "--known", tmp_path / "known.json")

    assert (ended.status, ended.out) == (0, '{"lost":true,"kind":"wish"}\n')
    assert ended.err.startswith("\nSeverity 1 High\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--known", "-"], "sevclass: error: `--known -` cannot be; the answers are read from standard input\n"),
        (["--known", "a.jsonl"], "sevclass: error: `--known` is one incident; a.jsonl is a stream of many\n"),
        (["--known", "nowhere.json"], "nowhere.json: no such file\n"),
        (["--pack", "suport"], "unknown pack `suport`; did you mean `support`?\n"),
        (["facts.json"], "sevclass: error: unexpected `facts.json`; see `sevclass triage -h`\n"),
    ],
)
def test_bad_input_leaves_standard_output_empty(run: Run, words: list[str], told: str) -> None:
    ended = run("triage", *words)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.endswith(told)


def test_bad_known_facts_are_told_at_their_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text('{"functionality": "dwon"}')
    ended = run("triage", "--known", tmp_path / "known.json")

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.startswith(
        f"{tmp_path}/known.json:1:19: functionality: unknown level `dwon`; did you mean `down`?\n"
    )


def test_a_closed_standard_input_is_told(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", None)

    assert main(["triage"]) == 2
    assert capfd.readouterr() == ("", "<stdin>: standard input is closed\n")


def test_the_result_has_the_id_and_the_instants_of_what_was_known(run: Run, units: Path, tmp_path: Path) -> None:
    known = {"id": "T-17", "opened_at": "2026-03-02T14:23:00Z", "facts": {"lost": True}}
    (tmp_path / "known.json").write_text(json.dumps(known))
    ended = run("triage", "--pack", units, "--known", tmp_path / "known.json", stdin=b"1\n")

    assert "\nSeverity 1 High  T-17\n" in ended.err
    assert "; opened 2026-03-02 14:23Z (UTC)\n" in ended.err


def test_known_facts_that_classify_would_refuse_are_refused_before_anything_is_asked(run: Run, tmp_path: Path) -> None:
    (tmp_path / "known.json").write_text('{"opened_at": "9999-12-31T23:59:00Z", "facts": {}}')
    ended = run("triage", "--known", tmp_path / "known.json")

    assert (ended.status, ended.out) == (2, "")
    assert ended.err.splitlines()[0] == (
        f"{tmp_path}/known.json:1:15: opened_at: an instant owed lies too far away; check the opening and the SLA"
    )


@pytest.mark.parametrize("encoding", ["utf-8:strict", "ascii:strict"])
def test_bytes_that_are_no_text_are_no_answer(encoding: str) -> None:
    done = piped("triage", stdin=b"\xff\n4\n", env={"PYTHONIOENCODING": encoding})

    assert (done.returncode, done.stdout) == (0, b'{"functionality":"moderate"}\n')
    assert b"is none of the answers; 1 to 6, or the name of an answer\n" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_line_that_is_too_long_for_any_answer_is_passed_over(run: Run) -> None:
    ended = run("triage", stdin=b"4" * (2**20 + 1) + b"\n4\n")

    assert (ended.status, ended.out) == (0, '{"functionality":"moderate"}\n')
    assert "> \ntype an answer, or `?` for help\n> 4\n\nSeverity 3 Medium" in ended.err


@pytest.mark.parametrize(
    ("typed", "value"), [("yes", True), ("No", False), ("TRUE", True), ("2", True), ("false", False)]
)
def test_yes_and_no_are_answers_to_a_flag(run: Run, units: Path, typed: str, value: object) -> None:
    ended = run("triage", "--pack", units, stdin=f"-\n-\n{typed}\n".encode())

    assert json.loads(ended.out) == {"lost": value}


def test_a_level_called_like_a_command_has_its_number(run: Run, tmp_path: Path) -> None:
    levels = {"forth": "It goes", "back": "It goes back", "quit": "It stops"}
    pack = {
        "name": "words",
        "version": "1.0.0",
        "severities": {"1": "High", "2": "Low"},
        "facts": {"way": {"ask": "Which way?", "levels": levels}, "lost": {"ask": "Lost?", "flag": {}}},
        "criteria": {"1": {"gone": {"text": "Gone", "when": [{"way": "quit"}, {"way": "back", "lost": True}]}}},
    }
    (tmp_path / "pack.yaml").write_text(json.dumps(pack))

    assert run("triage", "--pack", tmp_path, stdin=b"back\n2\nback\n2\nquit\n").out == '{"way":"back"}\n'


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX")
@pytest.mark.parametrize("env", [{}, {"FORCE_COLOR": "1"}], ids=["plain", "in-colour"])
def test_facts_are_kept_where_nobody_reads_the_dialogue(env: dict[str, str]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as stderr:
        done = subprocess.run(
            [*SEVCLASS, "triage"],
            input=b"4\n1\n",
            stdout=subprocess.PIPE,
            stderr=stderr,
            env={**os.environ, **env},
            check=False,
        )

    assert (done.returncode, done.stdout) == (0, b'{"functionality":"moderate","business_impact":"none"}\n')


def test_help_is_fitted_to_a_narrow_terminal() -> None:
    typist = Typist("triage", columns=50)
    typist.asked()

    assert max(map(len, typist.type("?\n").splitlines())) <= 50
    typist.end("\x04")


@given(st.data())
def test_whatever_is_answered_it_ends_with_a_result_that_is_certain(data: st.DataObject) -> None:
    pack = strategies.load(doc := data.draw(strategies.packs()))
    known = data.draw(strategies.facts(doc))
    whole: dict[str, Any] = data.draw(strategies.completions(doc, known))
    written = pack.model_dump()["facts"]
    dialogue = Dialogue(pack, known)
    while question := dialogue.question:
        choices = answers(question.fact, written[question.fact])
        typed = shown(whole[question.fact]) if choices.named else json.dumps(whole[question.fact])
        assert choices.read(typed, pack) == whole[question.fact]
        dialogue.answer(question.fact, whole[question.fact])
    found, complete = dialogue.classification, pack.classify(whole)

    assert found.severity == found.could_be == complete.severity
    assert pack.classify_json(json.dumps(dialogue.facts)).severity == complete.severity
    assert (found.roster, found.war_room.activate) == (complete.roster, complete.war_room.activate)
