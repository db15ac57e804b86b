"""`--language`: the texts of the pack in another of its languages, wherever they are printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sevclass import load_pack
from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
ACME = ROOT / "examples" / "acme-pack"
LOST = b'{"data_loss": true}'
UNKNOWN = "sevclass: error: unknown language `fr`; one of `en`, `de`\n"


def test_classify_answers_in_it(run: Run) -> None:
    german = load_pack().in_language("de").classify_json(LOST)

    assert run("-", "--language", "de", stdin=LOST) == (0, f"{german.model_dump_json()}\n", "")
    assert german.name == "Kritisch"


def test_its_own_language_is_what_it_answers_in_without(run: Run) -> None:
    assert run("-", "--language", "en", stdin=LOST) == run("-", stdin=LOST)


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_classify_tells_people_in_it(run: Run, form: str) -> None:
    ended = run("-", "--language", "de", "--format", form, stdin=b'{"functionality": "moderate"}')

    assert (ended.status, ended.err) == (0, "")
    told = ("Mittel", "Ein spürbarer Teil des Produkts geht nicht", "1 Kritisch", "Gibt es ein Sicherheitsproblem?")
    assert [text for text in told if text not in ended.out] == []


def test_a_stream_is_told_in_it(run: Run) -> None:
    ended = run("-", "--input", "jsonl", "--language", "de", "--format", "text", stdin=LOST + b"\n{}\n")

    assert ended.out == (
        "1 Kritisch              line 1: data-loss; war room\n4 Niedrig   could be 1  line 2: no criterion met\n"
    )


def test_a_stream_of_json_is_in_it(run: Run) -> None:
    german = load_pack().in_language("de")
    lines = [LOST, b'{"functionality": "moderate"}', b"{}"]
    ended = run("-", "--input", "jsonl", "--language", "de", stdin=b"\n".join(lines))

    assert ended.out.splitlines() == [german.classify_json(line).model_dump_json() for line in lines]


def test_a_folder_answers_in_the_languages_that_it_has(run: Run) -> None:
    facts = b'{"payments": "stopped", "environment": "production"}'
    found = json.loads(run("-", "--pack", ACME, "--language", "de", stdin=facts).out)

    assert (found["name"], found["criteria"][0]["text"]) == ("Notfall", "Niemand kann bezahlen")


def test_the_other_engine_answers_in_it(run: Run) -> None:
    pytest.importorskip("durable.lang")
    words = ("-", "--language", "de", "--format", "text")

    assert run(*words, "--engine", "durable", stdin=LOST) == run(*words, stdin=LOST)


def test_explain_answers_in_it(run: Run) -> None:
    german = load_pack().in_language("de").explain({"data_loss": True}, "production-down")
    words = ("explain", "-", "--language", "de", "--why-not", "production-down")

    assert run(*words, stdin=LOST) == (0, f"{german.model_dump_json()}\n", "")


def test_triage_asks_in_it(run: Run, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    known.write_text('{"functionality": "down", "environment": "production"}')
    ended = run("triage", "--known", known, "--language", "de", stdin=b"true\n")

    assert json.loads(ended.out)["strategic_account"] is True
    assert (
        """
Severity 1 Kritisch so far; no unknown fact can change the severity
Ist unter den betroffenen Kunden ein strategisch wichtiger? (strategic_account)
 1  false  Nein, keiner von ihnen
 2  true   Ja, mindestens einer von ihnen
"""
        in ended.err
    )
    assert "\n  Das laufende System funktioniert überhaupt nicht (production-down)\n" in ended.err


@pytest.mark.parametrize("command", ["classify", "explain"])
def test_an_unknown_language_is_refused_with_those_there_are(run: Run, command: str) -> None:
    assert run(command, "-", "--language", "fr", stdin=LOST) == (2, "", UNKNOWN)


def test_triage_refuses_it_before_it_asks(run: Run) -> None:
    assert run("triage", "--language", "fr", stdin=b"1\n") == (2, "", UNKNOWN)


def test_a_pack_without_translations_has_one_language(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("name: acme\nversion: 1.0.0\nextends: support\ntranslations: {de: null}\n")

    assert run("-", "--pack", tmp_path, "--language", "de", stdin=LOST) == (
        2,
        "",
        "sevclass: error: unknown language `de`; one of `en`\n",
    )


def test_a_language_has_to_be_named(run: Run) -> None:
    assert run("-", "--language", stdin=LOST) == (2, "", "sevclass: error: `--language` needs a value\n")
    assert run("-", "--language", "", stdin=LOST) == (
        2,
        "",
        "sevclass: error: unknown language ``; one of `en`, `de`\n",
    )
