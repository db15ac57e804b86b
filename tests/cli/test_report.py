"""`sevclass report`: the made-up week in every format, logs of all kinds, and what is refused."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from sevclass.cli import scattered
from sevclass.incident.journal import MAX_BYTES
from tests import made_week
from tests.cli.conftest import Run
from tests.cli.processes import on_terminal, piped
from tests.cli.test_clock import posix
from tests.unit.written import SMALL, write

NOW = made_week.NOW
WEEK = ("--week", "2026-W10", "--now", NOW)
EXPECTED = Path(__file__).resolve().parents[1] / "data" / "weeks"
TEXT = (EXPECTED / "2026-W10.txt").read_text(encoding="utf-8")


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """The made-up week in one file."""
    path = tmp_path / "week.jsonl"
    path.write_bytes(made_week.jsonl())
    return path


def lines(*events: dict[str, Any]) -> bytes:
    return made_week.jsonl([*events])


def event(id_: str | None, clock: str, kind: str, **fields: Any) -> dict[str, Any]:
    """An event on Tuesday of the week."""
    return {"at": f"2026-03-03T{clock}:00Z", "event": kind, **({"incident": id_} if id_ else {}), **fields}


def report(run: Run, where: object, *words: object, stdin: bytes = b"") -> dict[str, Any]:
    done = run("report", where, *WEEK, *words, "--format", "json", stdin=stdin)
    assert (done.status, done.err) == (0, "")
    found: dict[str, Any] = json.loads(done.out)
    return found


def test_the_week_as_text(run: Run, made: Path) -> None:
    assert run("report", made, *WEEK, "--format", "text") == (0, TEXT, "")


def test_json_is_usual_where_no_person_reads(made: Path) -> None:
    done = piped("report", made, *WEEK)

    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.count(b"\n") == 1
    assert json.loads(done.stdout)["volume"]["by_severity"] == {"1": 1, "2": 4, "3": 7, "4": 0}


def test_the_json_is_what_the_schema_says(run: Run, made: Path) -> None:
    schema = json.loads(run("schema", "report").out)
    Draft202012Validator.check_schema(schema)

    assert list(Draft202012Validator(schema).iter_errors(report(run, made))) == []


def test_yaml_is_the_same(run: Run, made: Path) -> None:
    done = run("report", made, *WEEK, "--format", "yaml")

    assert yaml.safe_load(done.out) == report(run, made)


def test_csv_has_a_line_for_each_figure(run: Run, made: Path) -> None:
    done = run("report", made, *WEEK, "--format", "csv")
    head, *rows = csv.reader(io.StringIO(done.out))
    found = dict(rows)

    assert head == ["figure", "value"]
    assert len(rows) == len(found)
    assert {key: found[key] for key in ("volume.total", "satisfaction.share", "open_actions.2.owner")} == {
        "volume.total": "12",
        "satisfaction.share": "0.833",
        "open_actions.2.owner": "SRE",
    }
    assert (found["time_to_mitigate.1.mean_s"], found["customers_impacted.at_least"]) == ("", "true")
    # Nothing is to be told of an empty list.
    assert not any(key.startswith("problems") for key in found)


def test_markdown_has_the_same_tables(run: Run, made: Path) -> None:
    out = run("report", made, *WEEK, "--format", "markdown").out

    assert out == (EXPECTED / "2026-W10.md").read_text(encoding="utf-8")
    assert out.startswith("## Escalations in 2026-W10, 2026-03-02 to 2026-03-08 (UTC)\n\n### Summary\n\n|  |  |  |\n")
    assert "| missed | satisfied customers | 10 of 12 (83 %) | over 85% |\n" in out
    assert "| verdict | of | figure | target |\n| --- | --- | --- | --- |\n" in out
    assert out.endswith("\n\nas of 2026-03-09 09:00Z, pack support 1.0.0\n")
    assert [line[4:] for line in out.split("\n") if line.startswith("### ")] == [
        line for line in TEXT.split("\n")[2:-2] if line and not line.startswith(" ")
    ]


HOSTILE = "=1+1 <script>x</script> {{ 7*7 }} \u202e [a](b) | `c`\x1b[31m\r\n# d"


@pytest.fixture
def hostile() -> bytes:
    """An incident in which every text is hostile, and a title of nearly 1 MiB."""
    return lines(
        event("=T", "09:00", "opened", title=HOSTILE + "x" * 1_000_000, customers=["@a\u202e"]),
        event("=T", "09:01", "cause", category="performance", known_issue="-2"),
        event("=T", "09:02", "action", text=HOSTILE, owner="+49\x1b <b>", id="@id"),
        event("@U", "10:00", "opened", title="\tx", customers=["|b"]),
        event("@U", "10:01", "cause", category="performance", known_issue="-2"),
    )


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "yaml", "json"])
def test_nothing_hostile_reaches_the_terminal(run: Run, hostile: bytes, form: str) -> None:
    done = run("report", "-", *WEEK, "--format", form, stdin=hostile)

    assert (done.status, done.err) == (0, "")
    assert all(line.isprintable() for line in done.out.split("\n"))


def test_hostile_text_means_nothing_to_markdown(run: Run, hostile: bytes) -> None:
    out = run("report", "-", *WEEK, "--format", "markdown", stdin=hostile).out
    action = next(line for line in out.split("\n") if "49" in line)

    assert "<" not in out
    assert action == (
        "| =1\\+1 &lt;script&gt;x&lt;/script&gt; \\{\\{ 7\\*7 \\}\\} \\\\u202e \\[a\\](b) \\| \\`c\\`"
        "\\\\x1b\\[31m\\\\r\\\\n\\# d"
        " \\[\\+49\\\\x1b &lt;b&gt;\\] | no date | =T |"
    )


def test_no_text_is_a_formula_to_a_spreadsheet(run: Run, hostile: bytes) -> None:
    out = run("report", "-", *WEEK, "--format", "csv", stdin=hostile).out
    rows = list(csv.reader(io.StringIO(out)))

    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows for cell in row)
    assert ["open_actions.1.owner", "'+49\\x1b <b>"] in rows
    assert ["repeats.1.known_issue", "'-2"] in rows
    assert ["volume.change", "2"] in rows


@pytest.mark.parametrize("lead", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_each_lead_of_a_formula_is_quoted(run: Run, lead: str) -> None:
    data = lines(event("T", "09:00", "opened"), event("T", "09:01", "action", text=f"{lead}1", owner=f"a{lead}"))
    rows = dict(csv.reader(io.StringIO(run("report", "-", *WEEK, "--format", "csv", stdin=data).out)))

    assert rows["open_actions.1.text"].startswith("'")
    assert rows["open_actions.1.owner"].startswith("a")


def test_a_fall_is_a_number_in_csv(run: Run, made: Path) -> None:
    words = ("--week", "2026-W11", "--now", "2026-03-16T09:00:00Z", "--format", "csv")
    rows = dict(csv.reader(io.StringIO(run("report", made, *words).out)))

    assert rows["volume.change"] == "-12"


def test_text_in_other_scripts_stays_as_it_is_in_yaml(run: Run) -> None:
    data = lines(event("T", "09:00", "opened"), event("T", "09:01", "action", text="Störung 障害"))

    assert "text: Störung 障害\n" in run("report", "-", *WEEK, "--format", "yaml", stdin=data).out


# Where the logs are


def test_lines_may_be_scattered(run: Run, made: Path, tmp_path: Path) -> None:
    events = list(made_week.lines())
    random.Random(1).shuffle(events)
    path = tmp_path / "scattered.jsonl"
    path.write_bytes(made_week.jsonl(events))

    # Two events of one instant may be in the other order then, which makes no difference here.
    assert report(run, path) == report(run, made)


def test_a_folder_has_the_same_figures(run: Run, made: Path, tmp_path: Path) -> None:
    for line in made_week.lines():
        path = tmp_path / "root" / line["incident"] / "workflow" / "incident_timeline.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(f"- {json.dumps(line)}\n")

    assert report(run, tmp_path / "root") == report(run, made)


def test_one_log_is_a_report_too(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "T-1" / "incident_timeline.yaml"
    path.parent.mkdir()
    path.write_bytes(b"- " + lines(event(None, "09:00", "opened")))

    assert report(run, path)["volume"]["total"] == 1


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b'{"at": "2026-03-03T09:00:00Z", "event": "opened"}', id="json"),
        pytest.param(b'\n# so it is\n{"at": "2026-03-03T09:00:00Z", "event": "opened"}\n\n', id="json-with-blanks"),
        pytest.param(b'\xef\xbb\xbf{"at": "2026-03-03T09:00:00Z", "event": "opened"}\r\n', id="json-of-windows"),
        pytest.param(b'- {"at": "2026-03-03T09:00:00Z", "event": "opened"}\n', id="yaml"),
        pytest.param(b"---\n# so it is\n- at: 2026-03-03T09:00:00Z\n  event: opened\n", id="block-style"),
        pytest.param(b"{at: 2026-03-03T09:00:00Z, event: opened}\n", id="flow-style"),
    ],
)
def test_standard_input_is_a_stream_or_a_log(run: Run, data: bytes) -> None:
    assert report(run, "-", stdin=data)["volume"]["total"] == 1


def test_the_id_may_stand_in_another_style(run: Run) -> None:
    data = lines(event("T", "09:00", "opened")) + b"{incident: T, at: 2026-03-03T10:00:00Z, event: resolved}\n"

    assert report(run, "-", stdin=data)["open"]["now_open"] == 0


def told(run: Run, data: bytes) -> list[str]:
    """What is told of a stream, in the report too; what can be read is counted."""
    done = run("report", "-", *WEEK, "--format", "json", stdin=data)
    found = json.loads(done.out)
    assert (done.status, found["volume"]["total"]) == (2, 1)
    lines = [line for line in done.err.splitlines() if line.startswith("<stdin>")]  # without excerpts
    assert len(found["problems"]) == len(lines)
    assert all(
        line.startswith(f"{one['path']}: {one['message']}") for one, line in zip(found["problems"], lines, strict=True)
    )
    return lines


def test_bad_lines_are_told_and_the_others_counted(run: Run) -> None:
    data = (
        lines(event("T", "09:00", "opened"))
        + b'{"at": "2026-03-03T09:00:00Z", "event": "opend", "incident": "T"}\n'
        + b"{oops\n"
        + b'["incident"]\n'
        + lines(event("T", "09:05", "note", text="x") | {"incident": 5})
        + b'{"at": "2026-03-03T09:00:00Z", "event": "note", "text": "\xff", "incident": "T"}\n'
    )

    assert sorted(told(run, data)) == [
        "<stdin>:2: unknown event `opend`; did you mean `opened`?",
        "<stdin>:3:6: expected `,` or `}`; the mapping starts in line 3",
        '<stdin>:4: a list is not an event; as `{"at": "2026-03-02T14:23:00Z", "event": "acknowledged"}`',
        "<stdin>:5: incident: 5 is not text",
        "<stdin>:6:58: byte 0xFF is not UTF-8; save the file as UTF-8",
    ]


def test_a_line_that_is_too_long_is_passed_over(run: Run) -> None:
    data = lines(event("T", "09:00", "opened"), event("T", "09:05", "note", text="x" * 2**21))

    assert told(run, data) == [f"<stdin>:2: {len(data.splitlines()[1]) + 1} bytes are too many; at most 1 MiB"]


def test_where_there_are_several_each_line_says_of_which_it_is(run: Run) -> None:
    data = lines(event("T", "09:00", "opened"), event(None, "09:05", "resolved"))

    assert told(run, data) == ["<stdin>:2: missing key `incident`; say which one it is of, as the others do"]


def test_one_incident_may_be_without_an_id(run: Run) -> None:
    data = lines(event(None, "09:00", "opened", title="It fails"), event("T", "09:00", "opened"))
    found = report(run, "-", stdin=data)

    assert found["volume"]["total"] == 2
    assert found["highlights"][0]["incident"] is None


def test_too_many_problems_end_the_reading(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scattered, "MAX_PROBLEMS", 3)
    data = lines(event("T", "09:00", "opened")) + b"{oops\n" * 9

    assert told(run, data)[2:] == [
        "<stdin>:4:6: expected `,` or `}`; the mapping starts in line 4",
        "<stdin>:4: too many problems; the rest of the log is not read",
    ]


def test_a_log_in_yaml_is_read_as_a_whole_and_so_not_too_large(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scattered, "MOST_OF_FILE", 20)
    done = run("report", "-", *WEEK, stdin=b"- at: 2026-03-03T09:00:00Z\n  event: opened\n")

    assert done == (2, "", f"<stdin>: more than {MAX_BYTES >> 20} MiB; it is read as a whole: split it\n")


def test_incidents_that_are_opened_later_are_none_yet(run: Run) -> None:
    data = lines(event("T", "09:00", "opened"), event("U", "09:00", "opened") | {"at": "2026-04-01T09:00:00Z"})

    assert report(run, "-", stdin=data)["volume"]["total"] == 1


def test_what_was_never_opened_is_told(run: Run) -> None:
    data = lines(event("T", "09:00", "opened"), event("U", "09:00", "resolved"))

    assert told(run, data) == [
        "<stdin>: U: the incident was never opened; the log of an incident has an event `opened`"
    ]


def test_where_nothing_can_be_read_nothing_is_printed(run: Run) -> None:
    done = run("report", "-", *WEEK, stdin=b'{"event": "opened"}\n')

    assert done == (2, "", "<stdin>:1: missing key `at`\n")


def test_a_folder_without_logs_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("report", tmp_path, *WEEK) == (
        2,
        "",
        "sevclass: error: no event log there; an incident has a file `incident_timeline.yaml`\n",
    )


def test_a_file_that_is_not_there_is_refused(run: Run) -> None:
    assert run("report", "nowhere.jsonl", *WEEK) == (2, "", "nowhere.jsonl: no such file\n")


# The pack


def test_the_pack_decides_on_severities_and_targets(run: Run, tmp_path: Path) -> None:
    write(tmp_path / "pack", {**SMALL, "targets.yaml": "targets: {response_sla: over 50%}\n"})
    data = lines(event("T", "09:00", "opened"))
    found = report(run, "-", "--pack", tmp_path / "pack", stdin=data)

    assert found["pack"]["name"] == "small"
    assert [target["name"] for target in found["targets"]] == ["response_sla"]


def test_an_incident_of_a_pack_that_does_not_ship_is_a_guess(run: Run) -> None:
    data = lines(event("T", "09:00", "opened", pack="ours"))

    assert told(run, data) == [
        "<stdin>:1: it was opened under `ours` and is read under `support`; what is owed may differ"
    ]


# The period


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param(("--week", "2026-W09"), ("2026-02-23", "2026-03-02", "UTC"), id="a-week"),
        pytest.param(("--from", "2026-02-01", "--to", "2026-03-01"), ("2026-02-01", "2026-03-01", "UTC"), id="a-month"),
        pytest.param((), ("2026-03-02", "2026-03-09", "UTC"), id="the-last-week"),
        pytest.param(("--zone", "Asia/Tokyo"), ("2026-03-02", "2026-03-09", "Asia/Tokyo"), id="elsewhere"),
    ],
)
def test_the_period_is_the_one_that_is_asked_for(
    run: Run, made: Path, words: tuple[str, ...], found: tuple[str, str, str]
) -> None:
    done = run("report", made, *words, "--now", NOW, "--format", "json")

    assert json.loads(done.out)["period"] == dict(zip(("from", "to", "zone"), found, strict=True))


def test_a_period_that_is_no_week_is_called_one(run: Run, made: Path) -> None:
    done = run("report", made, "--from", "2026-03-02", "--to", "2026-04-01", "--now", NOW, "--format", "text")

    assert done.out.split("\n")[0] == "Escalations from 2026-03-02 to 2026-03-31 (UTC)"
    # As much of the thirty days before had passed on 7 February, and nothing had happened yet.
    assert "  total                12           0 in the period before (+12)\n" in done.out
    assert "  since 2026-03-01     12           9 in the month before (+3)\n" in done.out


def test_without_now_it_is_now(run: Run, made: Path) -> None:
    done = run("report", made, "--week", "2026-W10", "--format", "json")

    assert json.loads(done.out)["volume"]["total"] == 12
    assert json.loads(done.out)["now"] > NOW


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(("--week", "2026-10"), "`2026-10` is not a week; for example `2026-W10`", id="no-week"),
        pytest.param(
            ("--week", "2026-W60"), "`2026-W60` is not a week; there is no such week in that year", id="no-such"
        ),
        pytest.param(("--from", "yesterday"), "`yesterday` is not a date; for example `2026-03-02`", id="no-date"),
        pytest.param(("--from", "2026-03-02"), "`--to` is missing; a range has both ends", id="no-end"),
        pytest.param(("--to", "2026-03-02"), "`--from` is missing; a range has both ends", id="no-start"),
        pytest.param(
            ("--from", "2026-03-02", "--to", "2026-03-02"),
            "`--to` is not after `--from`; it is the first day that no longer belongs to it",
            id="no-day",
        ),
        pytest.param(
            ("--week", "2026-W10", "--to", "2026-03-02"), "`--week` and a range of days; give one of the two", id="both"
        ),
        pytest.param(
            ("--week", "2026-W10", "--from", "2026-03-02"),
            "`--week` and a range of days; give one of the two",
            id="both-2",
        ),
        pytest.param(
            ("--week", "2026-W12", "--now", NOW),
            "the period begins on 2026-03-16, which is not yet; name one that has begun by `--now`",
            id="to-come",
        ),
        pytest.param(
            ("--zone", "Europe/Berln"), "`Europe/Berln` is not a time zone; did you mean `Europe/Berlin`?", id="no-zone"
        ),
        pytest.param(("--fail-on", "met"), "unknown verdict `met`; one of `missed`", id="no-verdict"),
        pytest.param(
            ("--format", "pdf"),
            "unknown format `pdf`; one of `text`, `json`, `yaml`, `markdown`, `html`, `csv`",
            id="no-format",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, made: Path, words: tuple[str, ...], told: str) -> None:
    assert run("report", made, *words) == (2, "", f"sevclass: error: {told}\n")


def test_a_folder_has_to_be_named(run: Run) -> None:
    done = run("report")

    assert (done.status, done.err) == (
        2,
        "sevclass: error: no FOLDER; name a folder of event logs, one of them, or `-` for standard input\n",
    )


# Exit statuses and the terminal


def test_a_missed_target_is_found_only_where_that_is_asked_for(run: Run, made: Path) -> None:
    assert run("report", made, *WEEK).status == 0
    assert run("report", made, *WEEK, "--fail-on", "missed").status == 1
    assert run("report", made, "--week", "2026-W09", "--now", NOW, "--fail-on", "missed").status == 0


def test_bad_input_outranks_a_missed_target(run: Run) -> None:
    data = made_week.jsonl() + b"{oops\n"

    assert run("report", "-", *WEEK, "--fail-on", "missed", stdin=data).status == 2


@posix
def test_progress_is_shown_on_a_terminal_and_taken_away(made: Path) -> None:
    screen = on_terminal("report", made, *WEEK, "--format", "json", pipe_out=True)

    assert screen.status == 0
    assert "week.jsonl" in screen.shown
    assert "100%" in screen.shown or "line" in screen.shown
    assert screen.shown.rstrip(" ").endswith("\r")
    assert json.loads(screen.piped)["volume"]["total"] == 12


@posix
def test_progress_of_standard_input_and_of_a_folder(made: Path, tmp_path: Path) -> None:
    streamed = on_terminal("report", "-", *WEEK, "--format", "json", pipe_out=True, stdin=made.read_bytes())
    path = tmp_path / "root" / "T-1" / "incident_timeline.yaml"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"- " + lines(event(None, "09:00", "opened")))
    folder = on_terminal("report", tmp_path / "root", *WEEK, "--format", "json", pipe_out=True)

    assert (streamed.status, json.loads(streamed.piped)["volume"]["total"]) == (0, 12)
    assert (folder.status, json.loads(folder.piped)["volume"]["total"]) == (0, 1)


@posix
def test_a_dumb_terminal_shows_no_progress(made: Path) -> None:
    screen = on_terminal("report", made, *WEEK, "--format", "json", pipe_out=True, env={"TERM": "dumb"})

    assert (screen.status, screen.shown) == (0, "")


@posix
def test_verdicts_are_coloured(made: Path) -> None:
    shown = on_terminal("report", made, *WEEK, columns=140).shown

    assert "\x1b[1;31mmissed" in shown.replace("\x1b[1;31m  missed", "\x1b[1;31mmissed")


def test_the_example_is_the_made_up_week() -> None:
    examples = Path(__file__).resolve().parents[2] / "examples"

    assert (examples / "incidents-of-two-weeks.jsonl").read_bytes() == made_week.jsonl()


@pytest.mark.parametrize("data", [b"", b"\n# nothing\n\n"], ids=["nothing", "blank"])
def test_of_nothing_nothing_can_be_said(run: Run, data: bytes) -> None:
    hint = "the log of an incident has an event `opened`"

    assert run("report", "-", *WEEK, stdin=data) == (2, "", f"<stdin>: the incident was never opened; {hint}\n")


def text(run: Run, *events: dict[str, Any]) -> str:
    done = run("report", "-", *WEEK, "--format", "text", stdin=lines(*events))
    assert (done.status, done.err) == (0, "")
    return done.out


def opened(id_: str, **fields: Any) -> dict[str, Any]:
    return event(id_, "09:00", "opened", **fields)


def early(given: dict[str, Any], at: str = "2026-02-24T09:00:00Z") -> dict[str, Any]:
    """The same before the week."""
    return given | {"at": at}


def test_what_is_unusual_is_told(run: Run) -> None:
    shown = text(
        run,
        early(opened("A")),
        early(event("A", "09:00", "resolved"), "2026-02-25T09:00:00Z"),
        event("A", "09:00", "reopened"),
        opened("B"),
        event("B", "09:30", "closed"),
        opened("C", facts={"enterprise_customers": 1}),
        event("C", "09:30", "action", text="Mend it", due="2026-03-05"),
        event("C", "09:31", "action", due="2026-03-09T12:00:00Z"),
        event("C", "09:40", "waiting"),
        event("C", "10:40", "resumed"),
        event("C", "11:00", "resolved"),
        opened("D"),
        opened("E"),
        event("E", "10:00", "cause", category="other"),
    )

    assert "  open now             3           1 reopened\n" in shown
    assert "  withdrawn            1           counted nowhere else\n" in shown
    assert "  customers affected   at least 1  2 lacking\n" in shown
    assert "  Mend it [nobody]         due 2026-03-05, overdue  C\n" in shown
    assert "  without a text [nobody]  due 2026-03-09 12:00Z    C\n" in shown
    assert "  resolve, net  4 Low     1  1h    1h      1h   2\n" in shown
    assert "  without a cause  2\n" in shown


def test_what_has_nothing_to_say_is_left_out(run: Run) -> None:
    shown = text(run, early(opened("A"), "2026-01-05T09:00:00Z"))
    titles = [line for line in shown.split("\n")[2:-2] if line and not line.startswith(" ")]

    assert titles == ["Summary", "Targets"]
    assert "customers affected" not in shown


def test_what_rises_without_an_action_says_so(run: Run) -> None:
    events = [
        given
        for id_ in ("A", "B", "C")
        for given in (opened(id_, facts={"data_loss": True}), event(id_, "10:00", "cause", category="user_error"))
    ]
    shown = text(run, *events)

    assert "  cause user_error rises: 3, after 0  no action recorded\n" in shown
    assert "  data_loss rises: 3, after 0         no action recorded\n" in shown


def test_of_a_repeat_eight_are_named(run: Run) -> None:
    cause = {"category": "other", "known_issue": "KI-1"}
    events = [given for n in range(10) for given in (opened(f"T-{n}"), event(f"T-{n}", "10:00", "cause", **cause))]
    shown = text(run, *events)

    named = ", ".join(f"T-{n}" for n in range(8))
    assert f"  known issue KI-1 (other) came again: {named} and 2 more  no customer named\n" in shown
    assert f"{named}, T-8" not in shown


def test_a_repeat_may_be_without_an_id(run: Run) -> None:
    cause = {"category": "other", "known_issue": "KI-1"}
    shown = text(
        run,
        event(None, "08:00", "opened"),
        event(None, "08:01", "cause", **cause),
        opened("T"),
        event("T", "10:00", "cause", **cause),
    )

    assert "known issue KI-1 (other) came again: without an id, T  no customer named" in shown


def test_the_means_of_severities_with_enough_are_told(run: Run) -> None:
    events = [
        given
        for n in range(5)
        for given in (
            opened(f"N-{n}"),
            event(f"N-{n}", "11:00", "resolved"),
            early(opened(f"B-{n}")),
            early(event(f"B-{n}", "09:00", "resolved"), "2026-02-24T12:00:00Z"),
        )
    ]

    assert "falls in 1 of 1 severities; severity 4: 2h, after 3h  falling" in text(run, *events)


def test_reviews_and_answers_that_are_left_are_told(run: Run) -> None:
    shown = text(
        run,
        opened("A", facts={"functionality": "major"}) | {"at": "2026-03-08T09:00:00Z"},
        event("A", "09:00", "resolved") | {"at": "2026-03-08T10:00:00Z"},
        opened("B"),
        event("B", "10:00", "satisfaction", score=5),
    )

    assert "  reviews  0 of 0 in time; 1 with time left\n" in shown
    assert "  answers  1 of 1 satisfied; 1 without an answer\n" in shown
