"""Logs as commands read and write them: whose the entries are, what is too much, and what is told in which order."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sevclass.cli import inputs
from sevclass.incident.journal import MAX_BYTES
from sevclass.problems import FactsError
from tests.cli.conftest import Run
from tests.cli.processes import SEVCLASS

NOW = "2026-03-02T11:30:00Z"
FACTS = {"functionality": "down", "environment": "production"}
OPENED = {"at": "2026-03-02T09:00:00Z", "event": "opened", "facts": FACTS}
RESOLVED = {"at": "2026-03-02T09:30:00Z", "event": "resolved"}
LATE = "it is read in its place; add `logged_at` if it was written later"
TOO_MUCH = "more than 256 MiB; it is read as a whole: split it"


def of(id_: str, said: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**said, "incident": id_, **more}


def lines(*events: dict[str, Any]) -> str:
    return "".join(f"- {json.dumps(event)}\n" for event in events)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """The log of the incident A."""
    path = tmp_path / "A" / "workflow" / "incident_timeline.yaml"
    path.parent.mkdir(parents=True)
    return path


# --- whose the entries are --------------------------------------------------------------------------------------------


def test_an_entry_of_another_incident_is_left_out_by_readers_and_writers(run: Run, log: Path, tmp_path: Path) -> None:
    log.write_text(lines(OPENED, of("B", RESOLVED), of("A", RESOLVED, event="mitigated")), encoding="utf-8")
    told = f"{log}:2: `resolved` is of incident `B`, and left out; this is the log of `A`: move it to its own\n"

    for words in (("clock", log), ("clock", tmp_path), ("due", tmp_path), ("incident", "list", "--root", tmp_path)):
        status, _, err = run(*words, "--now", NOW)
        assert (status, err) == (2, told)
    shown = run("incident", "show", "A", "--root", tmp_path, "--now", NOW)
    assert (json.loads(shown.out)["phase"], shown.err) == ("open", told)
    written = run("incident", "resolve", "A", "--root", tmp_path)
    assert (written.status, json.loads(written.out)["phase"], written.err) == (0, "resolved", told)


def test_a_log_that_begins_with_another_incident(run: Run, log: Path, tmp_path: Path) -> None:
    log.write_text(lines(of("B", OPENED, facts={}), of("A", OPENED)), encoding="utf-8")
    told = f"{log}:1: `opened` is of incident `B`, and left out; this is the log of `A`: move it to its own\n"

    shown = run("incident", "show", "A", "--root", tmp_path, "--now", NOW)
    assert (shown.status, shown.err) == (0, told)
    assert (json.loads(shown.out)["id"], json.loads(shown.out)["severity"]["in_force"]) == ("A", 1)
    assert [json.loads(line)["id"] for line in run("clock", log, "--now", NOW).out.splitlines()] == ["A"]


def test_a_log_of_another_incident_alone(run: Run, log: Path, tmp_path: Path) -> None:
    log.write_text(lines(of("B", OPENED)), encoding="utf-8")
    told = f"{log}:1: `opened` is of incident `B`, and left out; this is the log of `A`: move it to its own\n"

    assert run("clock", log, "--now", NOW) == (
        2, "", f"{told}{log}: the incident was never opened; the log of an incident has an event `opened`\n"
    )  # fmt: skip
    assert run("incident", "ack", "A", "--root", tmp_path) == (
        2, "", f"{told}A: the incident was never opened; begin with `sevclass incident open A`\n"
    )  # fmt: skip
    assert run("incident", "open", "A", "--root", tmp_path)[::2] == (0, told)
    assert run("incident", "ack", "A", "--root", tmp_path)[::2] == (0, told)


@pytest.mark.parametrize("name", ["week.jsonl", "week.yaml", "-"])
def test_a_file_of_many_is_split(run: Run, tmp_path: Path, name: str) -> None:
    text = lines(of("B", OPENED), of("A", OPENED), of("B", RESOLVED))
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")

    _, out, err = run("clock", "-" if name == "-" else path, "--now", NOW, stdin=text.encode())
    assert err == ""
    found = [json.loads(line) for line in out.splitlines()]
    states = [next(c["state"] for c in one["clocks"] if c["clock"] == "resolution") for one in found]
    assert ([one["id"] for one in found], states) == (["B", "A"], ["met", "at_risk"])


def test_a_line_that_names_no_incident_where_others_do(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "week.jsonl"
    path.write_text(lines(of("B", OPENED), RESOLVED, of("B", {**RESOLVED, "event": "x"}), RESOLVED), encoding="utf-8")

    status, out, err = run("clock", path, "--now", NOW)
    assert (status, [json.loads(line)["id"] for line in out.splitlines()]) == (2, ["B"])
    told = err.splitlines()
    assert told[0] == f"{path}:2: missing key `incident`; say which one it is of, as the others do"
    assert told[1].startswith(f"{path}:3: unknown event `x`")
    assert told[2] == f"{path}:4: missing key `incident`; say which one it is of, as the others do"


def test_an_incident_without_a_name_may_stand_beside_others(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "week.jsonl"
    path.write_text(lines(of("B", OPENED), OPENED, RESOLVED), encoding="utf-8")

    _, out, err = run("clock", path, "--now", NOW)
    assert ([json.loads(line)["id"] for line in out.splitlines()], err) == (["B", None], "")


def test_of_many_it_is_told_which_one_was_not_opened(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "week.jsonl"
    path.write_text(lines(of("B", RESOLVED), of("C", OPENED, at=NOW), of("D", OPENED)), encoding="utf-8")

    status, out, err = run("clock", path, "--now", "2026-03-02T10:00:00Z")
    assert (status, [json.loads(line)["id"] for line in out.splitlines()]) == (2, ["D"])
    assert err == (
        f"{path}: B: the incident was never opened; the log of an incident has an event `opened`\n"
        f"{path}: C: now: 2026-03-02T10:00:00Z is before the opening; it was opened at {NOW}\n"
    )


# --- what is told -----------------------------------------------------------------------------------------------------


def test_problems_stand_in_the_order_of_the_lines(run: Run, log: Path, tmp_path: Path) -> None:
    early = {"at": "2026-03-02T08:00:00Z", "event": "acknowledged"}
    later = {"at": "2026-03-02T09:40:00Z", "event": "resumed"}
    log.write_text(
        lines(OPENED, later, early, of("B", RESOLVED), RESOLVED) + "- 5\n" + lines(RESOLVED)[:20], encoding="utf-8"
    )
    told = [
        "2: `resumed` is set aside: nothing waits",
        "3: `acknowledged` is set aside: it is before the opening; strike it, or give the opening its true instant",
        "4: `resolved` is of incident `B`, and left out; this is the log of `A`: move it to its own",
        f"5: 2026-03-02T09:30:00Z is before the entry above; {LATE}",
        '6: 5 is not an event; as `{"at": "2026-03-02T14:23:00Z", "event": "acknowledged"}`',
    ]
    torn = "7: the last line is torn; it was not written to its end; the next entry that is added sets it aside"

    status, out, err = run("clock", log, "--now", NOW)
    assert (status, err) == (2, "".join(f"{log}:{line}\n" for line in (*told, torn)))
    assert [problem["path"].split(":")[0] for problem in json.loads(out)["problems"]] == [
        f"line {number}" for number in range(2, 8)
    ]
    added = run("incident", "note", "A", "x", "--root", tmp_path)
    assert added.err.splitlines()[:5] == [f"{log}:{line}" for line in told]


# --- what is too much -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["clock", "due"])
def test_an_endless_stream_is_refused(command: str) -> None:
    with Path("/dev/zero").open("rb") as endless:
        ended = subprocess.run([*SEVCLASS, command, "-"], stdin=endless, capture_output=True, check=False, timeout=60)
    assert (ended.returncode, ended.stdout, ended.stderr.decode()) == (2, b"", f"<stdin>: {TOO_MUCH}\n")


def test_a_log_that_is_too_large_is_told_and_the_others_are_read(run: Run, log: Path, tmp_path: Path) -> None:
    log.touch()
    os.truncate(log, 2**40)
    other = tmp_path / "B" / "incident_timeline.yaml"
    other.parent.mkdir()
    other.write_text(lines(OPENED), encoding="utf-8")
    told = f"{log}: {TOO_MUCH}\n"

    for command in ("clock", "due"):
        status, out, err = run(command, tmp_path, "--now", NOW)
        assert (status, err) == (2, told)
        assert '"B"' in out
        assert run(command, log, "--now", NOW) == (2, "", told)
    assert run("incident", "show", "A", "--root", tmp_path) == (2, "", told)
    assert run("incident", "ack", "A", "--root", tmp_path) == (2, "", told)
    os.truncate(log, MAX_BYTES)
    assert run("clock", log).err.startswith(f"{log}:1: the last line is torn")


def test_known_issues_that_are_too_large_are_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "_knowledge" / "semantic" / "known_issues.yaml"
    path.parent.mkdir(parents=True)
    path.touch()
    os.truncate(path, 2**40)

    status, _, err = run("known-issue", "list", "--root", tmp_path)
    assert (status, err) == (2, f"{path}: {TOO_MUCH}\n")


def test_a_stream_of_just_so_much_is_read(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    text = lines(OPENED).encode()
    monkeypatch.setattr("sevclass.cli.timelines.MAX_BYTES", len(text))
    assert run("clock", "-", "--now", NOW, stdin=text).err == ""
    assert run("clock", "-", "--now", NOW, stdin=text + b"\n") == (2, "", f"<stdin>: {TOO_MUCH}\n")


def test_what_the_system_refuses_is_told() -> None:
    with os.fdopen(os.open(os.devnull, os.O_WRONLY), "rb") as unreadable, pytest.raises(FactsError) as caught:
        inputs.whole(unreadable, "x", 1)
    assert str(caught.value) == "x: cannot be read: Bad file descriptor"


def test_a_stream_that_cannot_be_read() -> None:
    with Path(os.devnull).open("wb") as unreadable:
        ended = subprocess.run([*SEVCLASS, "clock", "-"], stdin=unreadable, capture_output=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode() == "<stdin>: cannot be read: Bad file descriptor\n"


# --- what nothing can be added to -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(json.dumps(OPENED) + "\n", id="one JSON line"),
        pytest.param(f"# mine\n{json.dumps(OPENED)}\n{json.dumps(RESOLVED)}", id="JSON lines"),
        pytest.param(f"[\n  {json.dumps(OPENED)},\n  {json.dumps(RESOLVED)}\n]\n", id="a list in brackets"),
        pytest.param("at: 2026-03-02T09:00:00Z\nevent: opened\n", id="one mapping"),
    ],
)
@pytest.mark.parametrize("verb", ["ack", "open"])
def test_nothing_is_added_to_what_is_no_list(run: Run, log: Path, tmp_path: Path, text: str, verb: str) -> None:
    log.write_text(text, encoding="utf-8")

    hint = "write it as a list with `- ` before each entry"
    told = f"{log}: nothing can be added to what stands there; {hint}\n"
    assert run("incident", verb, "A", "--root", tmp_path) == (2, "", told)
    assert log.read_text("utf-8") == text
