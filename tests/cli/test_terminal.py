"""On a real terminal: colour, width, progress."""

from __future__ import annotations

import io
import json
import re
from itertools import groupby
from pathlib import Path

import pytest

from sevclass import classify
from sevclass.cli import streams
from sevclass.cli.progress import Bar, size
from tests.cli.processes import on_terminal, piped
from tests.cli.test_classify import PAYMENTS, PAYMENTS_TEXT, WEEK

pytest.importorskip("termios", reason="there are no pseudo-terminals here")

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def bare(text: str) -> str:
    return ESCAPE.sub("", text)


def test_text_and_colour_are_the_default() -> None:
    status, shown, _ = on_terminal(PAYMENTS, columns=120)

    assert status == 0
    assert shown.startswith(
        "\x1b[1;37;41mSeverity 1 Critical\x1b[0m  INC-12345\n\x1b[1mno unknown fact can change the severity\x1b[0m\n"
    )
    assert bare(shown) == PAYMENTS_TEXT


@pytest.mark.parametrize(
    ("facts", "colour"),
    [
        pytest.param({"data_loss": True}, "1;37;41mSeverity 1 Critical", id="1"),
        pytest.param({"functionality": "major"}, "1;31mSeverity 2 High", id="2"),
        pytest.param({"functionality": "moderate"}, "1;33mSeverity 3 Medium", id="3"),
        pytest.param({}, "1;32mSeverity 4 Low", id="4"),
    ],
)
def test_each_severity_has_a_colour(facts: dict[str, object], colour: str, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(facts), encoding="utf-8")

    assert on_terminal(path).shown.startswith(f"\x1b[{colour}\x1b[0m\n")


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"TERM": "dumb"}], ids=["no-color", "dumb"])
def test_no_colour_where_it_is_not_wanted(env: dict[str, str]) -> None:
    assert on_terminal(PAYMENTS, columns=120, env=env).shown == PAYMENTS_TEXT


@pytest.mark.parametrize("columns", [12, 24, 40, 60, 80, 100])
def test_whatever_the_width_the_words_are_the_same(columns: int) -> None:
    shown = on_terminal(PAYMENTS, columns=columns, env={"NO_COLOR": "1"}).shown

    assert max(map(len, shown.splitlines())) <= max(columns, 40)
    if columns >= 40:
        assert shown.split() == PAYMENTS_TEXT.split()
    assert not re.search(r" $", shown, re.MULTILINE)


def test_eighty_columns() -> None:
    changed = {
        "  2 High    major-functionality, enterprise-production, workaround-cumbersome, multiple-tier-2-3\n": (
            "  2 High    major-functionality, enterprise-production, workaround-cumbersome,\n"
            "            multiple-tier-2-3\n"
        ),
    }
    expected = PAYMENTS_TEXT
    for line, folded in changed.items():
        expected = expected.replace(line, folded)

    assert bare(on_terminal(PAYMENTS).shown) == expected


NARROW = """\
Severity 1 Critical  INC-12345
no unknown fact can change the severity

Why
  The live system does not work at all
  (production-down)
    functionality: down, environment:
    production
  Two or more enterprise customers are
  affected
  (multiple-enterprise)
    enterprise_customers: 6
  A business customer is losing money or
  sales
  (revenue-loss)
    business_impact: revenue_loss

Also met
  2 High    major-functionality,
            enterprise-production,
            workaround-cumbersome,
            multiple-tier-2-3
  3 Medium  moderate-functionality,
            inconvenience,
            customer-significant
  4 Low     minor-issue, cosmetic

SLA: what to aim for, and the limit;
opened 2026-03-02 14:23Z (UTC)
  initial response
    15m 2026-03-02 14:38Z
  status updates, every
    30m 2026-03-02 14:53Z
    limit 60m 2026-03-02 15:23Z
"""


def test_forty_columns() -> None:
    assert on_terminal(PAYMENTS, columns=40, env={"NO_COLOR": "1"}).shown.startswith(NARROW)


def test_columns_of_the_environment_decide() -> None:
    assert on_terminal(PAYMENTS, columns=120, env={"NO_COLOR": "1", "COLUMNS": "40"}).shown.startswith(NARROW)


def test_a_terminal_that_does_not_tell_its_width_has_eighty_columns() -> None:
    assert on_terminal(PAYMENTS, columns=0).shown == on_terminal(PAYMENTS, columns=80).shown


def test_what_is_no_terminal_after_all_has_eighty_columns(tmp_path: Path) -> None:
    with (tmp_path / "null").open("w", encoding="utf-8") as null:
        assert streams.columns(null) == 80


def test_json_is_indented_on_a_terminal() -> None:
    expected = classify(PAYMENTS.read_bytes()).model_dump_json(indent=2)

    assert on_terminal(PAYMENTS, "--format", "json").shown == expected + "\n"


def test_brief_is_one_line_on_a_terminal_too() -> None:
    shown = on_terminal(PAYMENTS, "--brief", columns=1_000).shown

    assert shown.startswith('{"id":"INC-12345","severity":1,')
    assert shown.count("\n") == 1


def test_text_in_a_pipe_is_plain_and_of_any_width() -> None:
    out = piped(PAYMENTS, "--format", "text", env={"COLUMNS": "40"}).stdout

    assert out.decode() == PAYMENTS_TEXT


def test_colour_can_be_had_in_a_pipe() -> None:
    out = piped(PAYMENTS, "--format", "text", env={"FORCE_COLOR": "1", "COLUMNS": "40"}).stdout.decode()

    assert out.startswith("\x1b[1;37;41mSeverity 1 Critical\x1b[0m  INC-12345\n")
    assert bare(out) == PAYMENTS_TEXT


def test_no_colour_outranks_colour() -> None:
    out = piped(PAYMENTS, "--format", "text", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout

    assert out.decode() == PAYMENTS_TEXT


def test_nothing_of_the_input_moves_the_cursor(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps({"id": "a\x1b[2J\x9b2J\u202e\r\n\x07b", "facts": {}}), encoding="utf-8")

    for form in ("text", "json", "markdown"):
        shown = on_terminal(facts, "--format", form, env={"NO_COLOR": "1"}).shown
        assert {c for c in shown if not c.isprintable()} == {"\n"}
    assert on_terminal(facts, env={"NO_COLOR": "1"}).shown.startswith(
        "Severity 4 Low  a\\x1b[2J\\x9b2J\\u202e\\r\\n\\x07b\n"
    )


def states(shown: str) -> list[str]:
    """What stood on the last line of the terminal, one after the other."""
    drawn = [state for state in re.split(r"[\r\n]+", shown) if state.strip()]
    return [state for state, _ in groupby(drawn)]  # a slow machine draws the same twice


def test_progress_by_bytes(tmp_path: Path) -> None:
    stream = tmp_path / "a-stream-with-quite-a-long-name.jsonl"
    stream.write_bytes(b'{"functionality": "down"}\n' * 3 + b"\n")
    status, shown, out = on_terminal(stream, pipe_out=True, env={"NO_COLOR": "1"})

    assert (status, out.count("\n")) == (0, 3)
    assert states(shown)[0] == f"a-stream-with-quite-a-l… {'━' * 13:<40}  33% 1 record"
    assert states(shown)[-1] == f"a-stream-with-quite-a-l… {'━' * 39} 100% 3 records"


def test_progress_in_colour() -> None:
    assert "\x1b[38;" in on_terminal(WEEK, pipe_out=True, env={"TERM": "xterm-256color"}).shown


def test_progress_of_an_empty_stream(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").touch()
    status, shown, out = on_terminal(tmp_path / "x.jsonl", pipe_out=True, columns=60, env={"NO_COLOR": "1"})

    assert (status, states(shown), out) == (0, [f"x.jsonl {'━' * 36} 100% 0 records"], "")


def test_progress_of_a_pipe_only_counts_and_makes_way_for_complaints() -> None:
    env = {"NO_COLOR": "1"}
    status, shown, out = on_terminal("-", stdin=b'{"x": 1}\n{}\n', pipe_out=True, columns=60, env=env)

    assert (status, out.count("\n")) == (2, 2)
    assert states(shown) == [
        "<stdin>:1: x: unknown fact `x`",
        f"<stdin> {'1 record, 1 bad':>51}",
        f"<stdin> {'2 records, 1 bad':>51}",
    ]


def test_progress_of_what_is_no_file_of_the_system(capfd: pytest.CaptureFixture[str]) -> None:
    bar = Bar("x", size(io.BytesIO()))
    bar.step(10, bad=False)
    bar.step(20, bad=False)
    bar.finish()

    assert states(capfd.readouterr().err) == [f"x {'1 record':>77}", f"x {'2 records':>77}"]


def test_progress_makes_way_for_the_output() -> None:
    status, shown, _ = on_terminal(WEEK, columns=120, env={"NO_COLOR": "1"})
    rows = piped(WEEK, "--format", "text").stdout.decode().splitlines()

    assert status == 0
    assert [state for state in states(shown) if "━" not in state] == rows
    assert states(shown)[-1].endswith("━ 100% 6 records")


def test_a_dumb_terminal_has_no_progress() -> None:
    assert on_terminal(WEEK, pipe_out=True, env={"TERM": "dumb"}).shown == ""


def test_one_incident_has_no_progress() -> None:
    assert on_terminal(PAYMENTS, pipe_out=True).shown == ""
