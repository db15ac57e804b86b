"""`sevclass due`: what is due over many incidents, as JSON and as text, with its progress on a terminal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.cli.conftest import Run
from tests.cli.processes import Screen, on_terminal, piped
from tests.cli.test_clock import OPENED, TWICE, lines, log, posix
from tests.cli.test_terminal import states
from tests.incident.users import unprivileged

NOW = "2026-03-02T10:30:00Z"
ACKNOWLEDGED = {"at": "2026-03-02T09:10:00Z", "event": "acknowledged"}
MAJOR = {
    "at": "2026-03-02T09:20:00Z",
    "event": "opened",
    "title": "Search is slow",
    "facts": {"functionality": "major"},
}
ASKED = {"at": "2026-03-02T09:05:00Z", "event": "opened", "facts": {"request": "question"}}
PROMISE = {
    "at": "2026-03-02T09:06:00Z",
    "event": "action",
    "id": "P1",
    "kind": "promise",
    "owner": "ann",
    "due": "2026-03-02T10:00:00Z",
}
TEXT = """\
breached  1  T-17  notify executive-team       1h 45m past              tell cto                 Payments fail
breached  1  T-17  notify vp-customer-support  1h 45m past              tell cto                 Payments fail
breached  1  T-17  status update               1h past                  tell cto                 Payments fail
breached  2  T-18  initial response            40m past                 tell support-manager     Search is slow
breached  2  T-18  notify support-manager      40m past                 tell support-manager     Search is slow
breached  4  T-19  promise, ann                1h past                  tell support-manager     (P1)
at risk   1  T-17  resolution                  limit 2026-03-02 13:00Z  tell escalation-manager  Payments fail
"""
LATER = "2026-03-02T11:00:00Z"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Four incidents, of which one is opened later."""
    log(tmp_path / "T-17" / "workflow", OPENED, ACKNOWLEDGED)
    log(tmp_path / "T-18" / "workflow", MAJOR)
    log(tmp_path / "T-19", ASKED, PROMISE)
    log(tmp_path / "T-20", OPENED | {"at": "2026-03-02T12:00:00Z"})
    return tmp_path


def row(id_: str, clock: str, tell: str, **said: Any) -> dict[str, Any]:
    shape = {"id": id_, "title": "Payments fail", "severity": 1, "clock": clock, "role": None, "state": "breached"}
    return shape | {"due": None, "limit_at": None, "over_s": 0, "tell": [tell], "told": []} | said


def notified(role: str, about: str, at: str = NOW) -> dict[str, Any]:
    return {"at": at, "event": "notified", "role": role, "about": about}


def add(path: Path, *events: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(lines(events))


def test_json_to_the_letter(root: Path) -> None:
    done = piped("due", root, "--now", NOW)

    noon = {"due": "2026-03-02T09:00:00Z", "limit_at": "2026-03-02T09:15:00Z", "over_s": 4_500}
    search = {"title": "Search is slow", "severity": 2, "over_s": 600}
    search |= {"due": "2026-03-02T10:20:00Z", "limit_at": "2026-03-02T10:20:00Z"}
    rows = [
        row("T-17", "notification", "cto", role="executive-team", **noon),
        row("T-17", "notification", "cto", role="vp-customer-support", **noon),
        row(
            "T-17",
            "status_update",
            "vp-customer-support",
            due="2026-03-02T09:30:00Z",
            limit_at="2026-03-02T10:00:00Z",
            over_s=1_800,
        ),
        row("T-18", "initial_response", "support-manager", **search),
        row("T-18", "notification", "support-manager", role="support-manager", **search),
        row(
            "T-19",
            "promise",
            "support-manager",
            title=None,
            severity=4,
            role="ann",
            due="2026-03-02T10:00:00Z",
            limit_at="2026-03-02T10:00:00Z",
            over_s=1_800,
            action="P1",
            text=None,
            customer=None,
        ),
    ]
    assert (done.returncode, done.stderr) == (1, b"")
    expected = {"now": NOW, "rows": rows, "problems": []}
    assert done.stdout.decode() == json.dumps(expected, separators=(",", ":")) + "\n"


def test_text(run: Run, root: Path) -> None:
    assert run("due", root, "--now", LATER, "--format", "text") == (1, TEXT, "")


def test_which_action_is_late(run: Run, tmp_path: Path) -> None:
    call = PROMISE | {"text": "Call back", "for": "acme"}
    more: list[dict[str, Any]] = [
        PROMISE | {"id": "P2", "text": "Write"},
        {key: said for key, said in PROMISE.items() if key != "id"} | {"kind": None},
    ]
    path = log(tmp_path / "T-19", ASKED | {"title": "How does it work?"}, call, *more)

    rows = json.loads(run("due", path, "--now", NOW).out)["rows"]
    assert [(found["action"], found["text"], found["customer"]) for found in rows if "action" in found] == [
        ("P1", "Call back", "acme"),
        ("P2", "Write", None),
        (None, None, None),
    ]
    assert (
        run("due", path, "--now", NOW, "--format", "text").out
        == """\
breached  4  T-19  promise, ann  30m past  tell support-manager  Call back for acme (P1): How does it work?
breached  4  T-19  promise, ann  30m past  tell support-manager  Write (P2): How does it work?
breached  4  T-19  action, ann   30m past  tell support-manager  How does it work?
"""
    )


def test_the_json_is_what_the_schema_says(run: Run, root: Path) -> None:
    schema = json.loads(run("schema", "due").out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    log(root / "T-21", OPENED, ACKNOWLEDGED, TWICE, more="- nonsense\n")
    found = json.loads(run("due", root, "--now", LATER).out)
    assert schema["title"] == "Due"
    assert (len(found["problems"]), found.keys()) == (2, schema["properties"].keys())
    assert [*validator.iter_errors(found)] == []
    for key in found:
        assert not validator.is_valid({name: value for name, value in found.items() if name != key})
    assert not validator.is_valid(found | {"rows": [found["rows"][0] | {"action": "P1"}]})
    assert not validator.is_valid(found | {"more": 1})


def test_narrow_columns(root: Path) -> None:
    pytest.importorskip("termios")
    shown = on_terminal("due", root / "T-18", "--now", NOW, env={"NO_COLOR": "1"}, columns=50).shown

    assert shown == (
        "breached  2  T-18  initial response\n"
        "          10m past  tell support-manager\n"
        "          Search is slow\n"
        "breached  2  T-18  notify support-manager\n"
        "          10m past  tell support-manager\n"
        "          Search is slow\n"
    )


@pytest.mark.parametrize(("encoding", "mark"), [("utf-8", "…"), ("ascii", "...")], ids=["utf-8", "ascii"])
def test_a_long_title_is_cut_to_the_line(tmp_path: Path, encoding: str, mark: str) -> None:
    pytest.importorskip("termios")
    path = log(tmp_path / "T-18", MAJOR | {"title": "The search takes some minutes for all who have many documents"})

    def shown(columns: int) -> list[str]:
        env = {"NO_COLOR": "1", "PYTHONIOENCODING": encoding}
        return on_terminal("due", path, "--now", NOW, env=env, columns=columns).shown.splitlines()

    assert shown(100)[0] == (
        "breached  2  T-18  initial response        10m past  tell support-manager  "
        + "The search takes some minutes for"[: 25 - len(mark)]
        + mark
    )
    assert shown(80)[:2] == [
        "breached  2  T-18  initial response        10m past  tell support-manager",
        "          The search takes some minutes for all who have many documents",
    ]
    assert shown(60)[:3] == [
        "breached  2  T-18  initial response        10m past",
        "          tell support-manager  " + "The search takes some minutes"[: 28 - len(mark)] + mark,
        "breached  2  T-18  notify support-manager  10m past",
    ]


def test_nothing_is_due(run: Run, root: Path) -> None:
    assert run("due", root / "T-18", "--now", MAJOR["at"], "--format", "text") == (0, "nothing is due\n", "")
    assert json.loads(run("due", root / "T-18", "--now", MAJOR["at"]).out)["rows"] == []


def test_before_every_opening_nothing_is_due(run: Run, root: Path) -> None:
    assert run("due", root, "--now", "2026-03-01T00:00:00Z", "--format", "text") == (0, "nothing is due\n", "")


def test_only_what_has_passed_its_limit_is_found(run: Run, root: Path) -> None:
    status, out, _ = run("due", root / "T-17", "--now", "2026-03-02T09:12:00Z")

    assert (status, {found["state"] for found in json.loads(out)["rows"]}) == (0, {"at_risk"})


def test_untold_leaves_out_what_was_told(run: Run, root: Path) -> None:
    def untold(now: str = NOW) -> tuple[int, list[str]]:
        status, out, _ = run("due", root, "--now", now, "--untold")
        return status, [f"{found['id']} {found['clock']} {found['role']}" for found in json.loads(out)["rows"]]

    payments, search = (root / id_ / "workflow" / "incident_timeline.yaml" for id_ in ("T-17", "T-18"))
    add(payments, notified("cto", "notification:executive-team"), notified("vp-customer-support", "status_update"))
    add(search, notified("support-manager", "initial_response"), notified("support-manager", "notification"))
    assert untold() == (1, ["T-17 notification vp-customer-support", "T-19 promise ann"])
    add(payments, notified("cto", "notification"))
    add(root / "T-19" / "incident_timeline.yaml", notified("support-manager", "P1"))
    assert untold() == (0, [])
    assert run("due", root, "--now", NOW, "--untold", "--format", "text").out == "nothing untold is due\n"

    # Another interval, and a later stage.
    add(payments, {"at": "2026-03-02T10:31:00Z", "event": "update_sent"})
    assert untold("2026-03-02T11:32:00Z")[1] == [
        "T-17 status_update None",
        "T-18 initial_response None",
        "T-18 notification support-manager",
        "T-17 resolution None",
    ]
    assert run("due", root / "T-19", "--now", NOW, "--format", "text").out == (
        "breached  4  T-19  promise, ann  30m past  told support-manager  (P1)\n"
    )


def test_a_day_is_overdue_after_its_end(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path / "T-1", ASKED, PROMISE | {"kind": None, "due": "2026-03-02"})

    def overdue(now: str) -> list[int]:
        return [found["over_s"] for found in json.loads(run("due", path, "--now", now).out)["rows"] if found["role"]]

    assert overdue("2026-03-03T00:00:00Z") == []
    assert overdue("2026-03-03T00:01:00Z") == [60]


def test_a_stream_of_many(run: Run, tmp_path: Path) -> None:
    stream = "".join(json.dumps(event | {"incident": id_}) + "\n" for id_, event in (("b", OPENED), ("a", MAJOR)))
    (tmp_path / "all.jsonl").write_text(stream, encoding="utf-8")
    for ended in (
        run("due", tmp_path / "all.jsonl", "--now", NOW),
        run("due", "-", "--now", NOW, stdin=stream.encode()),
    ):
        assert (ended.status, [found["id"] for found in json.loads(ended.out)["rows"]]) == (1, [*"bbbb", *"aa"])
    bare = run("due", "-", "--now", NOW, "--format", "text", stdin=lines([MAJOR]).encode())
    assert bare.out.startswith(
        "breached  2    initial response        10m past  tell support-manager  Search is slow\n"
    )


# What is wrong


def test_what_cannot_be_read_is_told_and_the_others_are_listed(run: Run, root: Path) -> None:
    bad = log(root / "T-21", OPENED, ACKNOWLEDGED, TWICE, more="- nonsense\n")
    status, out, err = run("due", root, "--now", NOW)

    problems = json.loads(out)["problems"]
    assert [(problem["path"], problem["code"]) for problem in problems] == [
        (f"{bad}:3", "cannot_be"),
        (f"{bad}:4", "not_an_event"),
    ]
    assert (status, err.count("\n")) == (2, 2)
    bad.write_text(lines([OPENED, ACKNOWLEDGED, TWICE]), encoding="utf-8")
    assert run("due", root, "--now", NOW).status == 1
    assert run("due", root, "--now", NOW, "--strict").status == 2


@pytest.mark.parametrize("form", ["text", "json"])
def test_where_nothing_can_be_read_nothing_comes_out(run: Run, tmp_path: Path, form: str) -> None:
    path = log(tmp_path / "T-1", ACKNOWLEDGED)
    status, out, err = run("due", tmp_path, "--now", NOW, "--format", form)

    assert (status, out) == (2, "")
    assert err.startswith(f"{path}")


@posix
def test_a_folder_that_may_not_be_read(run: Run) -> None:
    with unprivileged() as root:
        log(root / "T-18", MAJOR)
        log(root / "T-17", OPENED).parent.chmod(0)
        status, out, err = run("due", root, "--now", NOW)
        (root / "T-17").chmod(0o700)

    assert (status, {found["id"] for found in json.loads(out)["rows"]}) == (2, {"T-18"})
    assert err == f"{root}/T-17: cannot be read: Permission denied\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "sevclass: error: no FOLDER; name a folder of event logs, one of them, or `-` for standard input\n"),
        (("gone",), "gone: no such file\n"),
        (("gone", "--untolt"), "sevclass: error: unknown option `--untolt`; did you mean `--untold`?\n"),
    ],
    ids=["none", "gone", "option"],
)
def test_usage(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str) -> None:
    monkeypatch.chdir(tmp_path)

    assert run("due", *words) == (2, "", told)


def test_nothing_of_a_log_begins_a_line(run: Run, tmp_path: Path) -> None:
    hostile = "a\nbreached  1  \x1b[2J\u202e\r\x07b"
    path = log(tmp_path / "T-1", ASKED | {"title": hostile * 9}, PROMISE | {"owner": hostile})
    out = run("due", path, "--now", NOW, "--format", "text").out

    assert out.count("\n") == 1
    assert {c for c in out if not c.isprintable()} == {"\n"}


# Progress


def on_screen(root: Path, **more: Any) -> Screen:
    pytest.importorskip("termios")
    return on_terminal("due", root, "--now", NOW, columns=60, **{"env": {"NO_COLOR": "1"}, **more})


def test_progress_is_drawn_and_taken_away(root: Path) -> None:
    ended = on_screen(root, pipe_out=True)

    first, *_ = states(ended.shown)
    assert first.startswith(root.name[:20])
    assert first.endswith(" 25% 1 incident")
    assert ended.shown.endswith(f"\r{' ' * 59}\r")
    assert (ended.status, ended.piped) == (1, piped("due", root, "--now", NOW).stdout.decode())


def test_the_output_is_free_of_it(root: Path) -> None:
    ended = on_screen(root)
    before, _, after = ended.shown.rpartition("\r")

    assert "incident" in before
    assert after == on_screen(root, pipe_out=False, env={"NO_COLOR": "1"}).shown.rpartition("\r")[2]
    assert "━" not in after
    assert after.startswith("breached  1  T-17  ")


def test_one_incident_and_a_dumb_terminal_have_none(root: Path) -> None:
    assert on_screen(root / "T-17", pipe_out=True).shown == ""
    assert on_screen(root, pipe_out=True, env={"TERM": "dumb"}).shown == ""


def test_what_is_wrong_is_told_after_it(root: Path) -> None:
    log(root / "T-00", ACKNOWLEDGED)
    _, _, after = on_screen(root, pipe_out=True).shown.rpartition("\r")

    assert after.replace("\n", "").endswith("the log of an incident has an event `opened`")
    assert "━" not in after
