"""`sevclass clock`: the clocks of an incident, as JSON, as text, as one line, and on a terminal that is drawn anew."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sevclass import load_pack
from tests.cli.conftest import Run
from tests.cli.processes import Typist, on_terminal, piped
from tests.incident.users import unprivileged
from tests.unit.written import SMALL, write

NOW = "2026-03-02T11:30:00Z"
DOWN = {"functionality": "down", "environment": "production"}
OPENED = {"at": "2026-03-02T09:00:00Z", "event": "opened", "title": "Payments fail", "facts": DOWN}
EVENTS = (
    OPENED,
    {"at": "2026-03-02T09:10:00Z", "event": "acknowledged"},
    {"at": "2026-03-02T10:10:00Z", "event": "update_sent"},
)
TWICE = {"at": "2026-03-02T09:20:00Z", "event": "acknowledged"}
SUPPORT = load_pack()
PACK = {"name": "support", "version": SUPPORT.version, "digest": SUPPORT.digest}
TEXT = """\
Severity 1 Critical  T-17  Payments fail
open, opened 2026-03-02 09:00Z

Clocks at 2026-03-02 11:30Z (UTC)
  initial response            met       limit 09:15Z  done 09:10Z
  notify executive-team       breached  due 09:00Z  limit 09:15Z  2h 15m past
  notify vp-customer-support  breached  due 09:00Z  limit 09:15Z  2h 15m past
  status update               breached  due 10:40Z  limit 11:10Z  20m past
    late                                limit 10:00Z, sent 10:10Z, 10m past
    late                                limit 11:10Z, not sent yet, 20m past
  resolution                  at risk   due 11:00Z  limit 13:00Z  1h 30m left
  review                      not owed

next: notify executive-team, escalation-manager, due 2026-03-02 09:00Z, limit 09:15Z

Roster
  escalation-manager          leads
  technical-support-engineer  assigned
  engineering-on-call         engaged
  vp-customer-support         notified
  executive-team              briefed

War room
  called for: severity-1

pack support 1.0.0
"""
NARROW = """\
Clocks at 2026-03-02 11:30Z (UTC)
  initial response            met
    limit 09:15Z
    done 09:10Z
  notify executive-team       breached
    due 09:00Z
    limit 09:15Z
    2h 15m past
"""
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX")


def lines(events: Sequence[dict[str, Any]]) -> str:
    return "".join(f"- {json.dumps(event)}\n" for event in events)


def log(folder: Path, *events: dict[str, Any], more: str = "") -> Path:
    """The log of the incident that the folder is called after."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "incident_timeline.yaml"
    path.write_text(lines(events) + more, encoding="utf-8")
    return path


def clock(kind: str, **said: Any) -> dict[str, Any]:
    """A clock as JSON: instants of that day by their time."""
    usual = dict.fromkeys(("role", "due", "limit_at", "done_at", "breached_at"))
    shape: dict[str, Any] = {
        "clock": kind,
        **usual,
        "state": None,
        "left_s": None,
        "backdated": False,
        "late": [],
    } | said
    return {
        key: f"2026-03-02T{value}:00Z" if key in usual and ":" in str(value) else value for key, value in shape.items()
    }


def late(due: str, limit_at: str, done_at: str | None) -> dict[str, Any]:
    told = {"due": due, "limit_at": limit_at, "done_at": done_at}
    return {key: value and f"2026-03-02T{value}:00Z" for key, value in told.items()}


SHAPE = {
    "schema": 1,
    "id": "T-17",
    "pack": PACK,
    "now": NOW,
    "severity": {"in_force": 1, "classified": 1, "could_be": 1, "override": None},
    "clocks": [
        clock("initial_response", due="09:15", limit_at="09:15", done_at="09:10", state="met"),
        *(
            clock(
                "notification",
                role=role,
                due="09:00",
                limit_at="09:15",
                breached_at="09:15",
                state="breached",
                left_s=-8_100,
            )
            for role in ("executive-team", "vp-customer-support")
        ),
        clock(
            "status_update",
            due="10:40",
            limit_at="11:10",
            breached_at="11:10",
            state="breached",
            left_s=-1_200,
            late=[late("09:30", "10:00", "10:10"), late("10:40", "11:10", None)],
        ),
        clock("resolution", due="11:00", limit_at="13:00", state="at_risk", left_s=5_400),
        clock("review", state="not_owed"),
    ],
    "next": {"clock": "notification", "due": "2026-03-02T09:00:00Z", "role": "executive-team"},
    "war_room": {"activate": True, "because": ["severity-1"]},
    "roster": [
        {"role": "escalation-manager", "duty": "leads"},
        {"role": "technical-support-engineer", "duty": "assigned"},
        {"role": "engineering-on-call", "duty": "engaged"},
        {"role": "vp-customer-support", "duty": "notified"},
        {"role": "executive-team", "duty": "briefed"},
    ],
    "problems": [],
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return log(tmp_path / "T-17", *EVENTS)


# What comes out


def test_json_to_the_letter(path: Path) -> None:
    done = piped("clock", path, "--now", NOW)

    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode() == json.dumps(SHAPE, separators=(",", ":")) + "\n"


def test_the_json_is_what_the_schema_says(run: Run, path: Path, tmp_path: Path) -> None:
    schema = json.loads(run("schema", "clock").out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    assert schema["title"] == "IncidentClocks"
    bad = log(tmp_path / "T-18", *EVENTS, TWICE, more="- {}\n")
    decided = {"event": "override", "at": "2026-03-02T09:30:00Z", "severity": 2, "by": "ann", "reason": "x"}
    for file in (path, bad, log(tmp_path / "T-19", *EVENTS, decided)):
        assert [*validator.iter_errors(json.loads(run("clock", file, "--now", NOW).out))] == []
    for key in SHAPE:
        assert not validator.is_valid({name: value for name, value in SHAPE.items() if name != key})
    assert not validator.is_valid(SHAPE | {"more": 1})


def test_the_schema_of_the_state(run: Run, tmp_path: Path) -> None:
    log(tmp_path / "T-17" / "workflow", *EVENTS, TWICE)
    schema = json.loads(run("schema", "state").out)
    Draft202012Validator.check_schema(schema)

    shown = json.loads(run("incident", "show", "T-17", "--root", tmp_path, "--now", NOW).out)
    state = {key: value for key, value in shown.items() if key not in {"questions", "written"}}
    known = {"known_issues", "runbooks"}
    assert schema["title"] == "IncidentState"
    assert schema["required"] == [key for key in state if key not in known]
    assert known <= schema["properties"].keys()
    assert [*Draft202012Validator(schema).iter_errors(state)] == []


def test_text(run: Run, path: Path) -> None:
    assert run("clock", path, "--now", NOW, "--format", "text") == (1, TEXT, "")


def test_eighty_columns(path: Path) -> None:
    pytest.importorskip("termios")
    shown = on_terminal("clock", path, "--now", NOW, env={"NO_COLOR": "1"})

    folded = "next: notify executive-team, escalation-manager, due 2026-03-02 09:00Z, limit\n09:15Z\n"
    assert (shown.status, shown.shown) == (1, TEXT.replace(folded.replace("\n0", " 0"), folded))


def test_a_long_title_stands_apart(tmp_path: Path) -> None:
    pytest.importorskip("termios")
    title = "Payments fail at checkout for some, and then for all of the customers"
    path = log(tmp_path / "T-17", OPENED | {"title": title})
    shown = on_terminal("clock", path, "--now", NOW, env={"NO_COLOR": "1"}).shown

    assert shown.startswith(
        "Severity 1 Critical  T-17\n"
        "                     Payments fail at checkout for some, and then for all of the\n"
        "                     customers\n"
        "open, opened 2026-03-02 09:00Z\n"
    )


def test_forty_columns(path: Path) -> None:
    pytest.importorskip("termios")
    shown = on_terminal("clock", path, "--now", NOW, env={"NO_COLOR": "1"}, columns=40).shown

    assert NARROW in shown
    assert shown.split() == TEXT.split()
    assert max(map(len, shown.splitlines())) <= 40


def test_another_day_has_its_date(run: Run, path: Path) -> None:
    out = run("clock", path, "--now", "2026-03-03T11:30:00Z", "--format", "text").out

    assert (
        "\n  resolution                  breached  due 2026-03-02 11:00Z  limit 2026-03-02 13:00Z  22h 30m past\n"
        in out
    )


def test_what_else_text_tells(run: Run, tmp_path: Path) -> None:
    events: list[dict[str, Any]] = [
        OPENED,
        {"at": "2026-03-02T09:05:00Z", "event": "acknowledged", "logged_at": "2026-03-02T09:20:00Z"},
        {"at": "2026-03-02T09:30:00Z", "event": "facts", "facts": {"functionality": "minor"}, "source": "monitoring"},
        {"at": "2026-03-02T09:31:00Z", "event": "override", "severity": 4, "by": "ann", "reason": "a drill"},
        {"at": "2026-03-02T09:32:00Z", "event": "waiting", "on": "vendor"},
        {"at": "2026-03-02T09:33:00Z", "event": "waiting"},
    ]
    shown = run("clock", log(tmp_path / "T-17", *events), "--now", NOW, "--format", "text").out

    assert shown.startswith("""\
Severity 4 Low  T-17  Payments fail
decided by ann since 2026-03-02 09:31Z: a drill; the facts give 1 Critical
open, opened 2026-03-02 09:00Z
waiting for vendor since 2026-03-02 09:32Z
waiting for somebody since 2026-03-02 09:33Z
sources differ on functionality: team says down, monitoring says minor

Clocks at 2026-03-02 11:30Z (UTC)
  initial response            met       limit 09:15Z  done 09:05Z (written late)
  notify executive-team       not owed  breached at 09:15Z
  notify vp-customer-support  not owed  breached at 09:15Z
  status update               not owed
  resolution                  paused    due 2026-03-09 10:58Z  limit 2026-03-16 10:58Z  13d 23h left
  review                      not owed

next: nothing is owed
""")


MILDER = {"at": "2026-03-02T09:30:00Z", "event": "facts", "facts": {"functionality": "major", "environment": None}}


def test_what_was_breached_says_so_though_it_has_time_again(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path / "T-17", OPENED, MILDER)

    def clocks(now: str) -> str:
        out = run("clock", path, "--now", now, "--format", "text").out
        return out[out.index("Clocks") : out.index("  status")]

    assert (
        clocks("2026-03-02T09:31:00Z")
        == """\
Clocks at 2026-03-02 09:31Z (UTC)
  initial response            on track  limit 10:00Z  29m left  breached at 09:15Z
  notify support-manager      on track  limit 10:00Z  29m left
  notify executive-team       not owed  breached at 09:15Z
  notify vp-customer-support  not owed  breached at 09:15Z
"""
    )
    with path.open("a", encoding="utf-8") as file:
        file.write(lines([{"at": "2026-03-02T09:32:00Z", "event": "acknowledged"}]))
    assert "  initial response            missed    limit 10:00Z  done 09:32Z  breached at 09:15Z\n" in clocks(NOW)


def test_instants_are_in_whole_seconds_and_alike_in_a_table(run: Run, tmp_path: Path) -> None:
    opened = OPENED | {"at": "2026-03-02T09:00:07.5Z"}
    acknowledged = {"at": "2026-03-02T09:01:00Z", "event": "acknowledged"}
    waiting = {"at": "2026-03-02T09:01:00.25Z", "event": "waiting"}
    path = log(tmp_path / "T-17", opened, acknowledged, waiting)
    out = run("clock", path, "--now", "2026-03-02T09:02:03.655277Z", "--format", "text").out

    assert (
        out[: out.index("  review")]
        == """\
Severity 1 Critical  T-17  Payments fail
open, opened 2026-03-02 09:00:07Z
waiting for somebody since 2026-03-02 09:01Z

Clocks at 2026-03-02 09:02:03Z (UTC)
  initial response            met       limit 09:15:07Z  done 09:01:00Z
  notify executive-team       at risk   due 09:00:07Z  limit 09:15:07Z  13m 3s left
  notify vp-customer-support  at risk   due 09:00:07Z  limit 09:15:07Z  13m 3s left
  status update               on track  due 09:30:07Z  limit 10:00:07Z  58m 3s left
  resolution                  paused    due 11:01:10Z  limit 13:01:10Z  3h 59m left
"""
    )


def test_the_war_room_that_is_called_for_and_the_one_that_is(run: Run, tmp_path: Path) -> None:
    opened = {"at": "2026-03-02T09:05:00Z", "event": "war_room", "state": "open", "channel": "#inc"}
    closed = {"at": "2026-03-02T09:06:00Z", "event": "war_room", "state": "closed"}
    path = log(tmp_path / "T-17", OPENED, opened, closed)

    def war_room(minute: int) -> str:
        out = run("clock", path, "--now", f"2026-03-02T09:0{minute}:00Z", "--format", "text").out
        return out[out.index("War room") : out.index("\npack")]

    assert war_room(5) == "War room\n  called for: severity-1\n  opened, #inc\n"
    assert war_room(6) == "War room\n  called for: severity-1\n  closed, #inc\n"


def test_a_breach_that_was_closed_with_the_incident(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path / "T-17", *EVENTS, {"at": "2026-03-02T10:20:00Z", "event": "closed"})
    status, out, _ = run("clock", path, "--now", NOW, "--format", "text")

    assert (status, out.splitlines()[1]) == (0, "withdrawn, opened 2026-03-02 09:00Z")
    assert "\n  notify executive-team       missed    due 09:00Z  limit 09:15Z\n" in out


def test_a_decision_that_waits_for_approval(run: Run, tmp_path: Path) -> None:
    pack = write(tmp_path / "pack", SMALL | {"x.yaml": "approve_downgrade: true\n"})
    dead = OPENED | {"facts": {"speed": "dead"}}
    down = {"at": "2026-03-02T09:01:00Z", "event": "override", "severity": 2, "by": "ann", "reason": "a drill"}
    agreed = down | {"at": "2026-03-02T09:02:00Z", "approved_by": "eve"}
    lifted = down | {"at": "2026-03-02T09:04:00Z", "severity": None}
    words = ("--now", NOW, "--format", "text", "--pack", pack)

    first = run("clock", log(tmp_path / "T-1", dead, down), *words).out
    assert "\nwaits for approval: 2 Low, asked by ann: a drill\n" in first
    assert "\nWar room\n  not needed\n" in first
    assert "\nRoster\n" not in first
    up = {"at": "2026-03-02T09:03:00Z", "event": "facts", "facts": {"speed": "fine"}}
    raised = down | {"at": "2026-03-02T09:03:30Z", "severity": 1}
    second = run("clock", log(tmp_path / "T-2", dead, agreed, up, raised, lifted), *words).out
    assert "\nwaits for approval: lifting the override, asked by ann: a drill\n" in second


# What has to be done first


def test_next_is_one_line(run: Run, path: Path) -> None:
    line = "2026-03-02T09:00:00Z escalation-manager notification:executive-team\n"

    assert run("clock", path, "--now", NOW, "--next", "--format", "text") == (1, line, "")


def test_next_as_json(run: Run, path: Path) -> None:
    shape = {"id": "T-17", **SHAPE["next"], "who": "escalation-manager"}  # type: ignore[dict-item]

    status, out, err = run("clock", path, "--now", NOW, "--next")
    assert (status, json.loads(out), err) == (1, shape, "")


def test_next_where_nothing_is_owed(run: Run, tmp_path: Path) -> None:
    closed = log(tmp_path / "T-17", OPENED, {"at": "2026-03-02T09:05:00Z", "event": "closed"})

    assert run("clock", closed, "--now", NOW, "--next", "--format", "text") == (0, "", "")
    assert run("clock", closed, "--now", NOW, "--next") == (0, "null\n", "")


def test_next_of_several_names_each(run: Run, path: Path) -> None:
    log(path.parent.parent / "T-18", OPENED)
    words = ("clock", path.parent.parent, "--now", "2026-03-02T09:00:00Z", "--next")

    assert run(*words, "--format", "text").out == (
        "2026-03-02T09:15:00Z escalation-manager initial_response T-17\n"
        "2026-03-02T09:15:00Z escalation-manager initial_response T-18\n"
    )


def test_the_id_stands_there_for_a_folder_and_not_for_a_file(run: Run, path: Path, tmp_path: Path) -> None:
    log(tmp_path / "T-18", EVENTS[1])
    log(tmp_path / "later.yaml", OPENED | {"at": "2026-03-02T08:00:00Z"})
    stream = tmp_path / "one.jsonl"
    stream.write_text(json.dumps(OPENED | {"incident": "T-19"}) + "\n", encoding="utf-8")
    now = ("--now", "2026-03-02T09:00:00Z", "--next", "--format", "text")

    owed = "escalation-manager initial_response"
    assert run("clock", tmp_path, *now)[:2] == (
        2,
        f"2026-03-02T08:15:00Z {owed} later.yaml\n2026-03-02T09:15:00Z {owed} T-17\n",
    )
    assert run("clock", path, *now) == (0, f"2026-03-02T09:15:00Z {owed}\n", "")
    assert run("clock", tmp_path / "later.yaml", *now)[1] == f"2026-03-02T08:15:00Z {owed} later.yaml\n"
    for word in (stream, "-"):
        ended = run("clock", word, *now, stdin=stream.read_bytes())
        assert ended == (0, f"2026-03-02T09:15:00Z {owed} T-19\n", "")
    assert run("clock", "-", *now, stdin=lines([OPENED]).encode()).out == f"2026-03-02T09:15:00Z {owed}\n"


def test_next_of_several_goes_by_the_instant(run: Run, path: Path, tmp_path: Path) -> None:
    log(tmp_path / "T-18", OPENED | {"at": "2026-03-02T08:00:00Z"})
    log(tmp_path / "T-0", OPENED, {"at": "2026-03-02T09:01:00Z", "event": "closed"})

    out = run("clock", tmp_path, "--now", "2026-03-02T09:20:00Z", "--next").out
    assert [found and found["id"] for found in map(json.loads, out.splitlines())] == ["T-18", "T-17", None]


def test_next_where_nobody_leads(run: Run, tmp_path: Path) -> None:
    pack = write(tmp_path / "pack", SMALL | {"x.yaml": "sla: {2: {resolution: 1h}}\n"})
    path = log(tmp_path / "T-17", OPENED | {"facts": {}})
    words = ("clock", path, "--now", "2026-03-02T09:00:00Z", "--pack", pack)

    assert run(*words, "--next", "--format", "text").out == "2026-03-02T10:00:00Z nobody resolution\n"
    assert json.loads(run(*words, "--next").out)["who"] is None
    assert "\nnext: resolution, nobody, by 2026-03-02 10:00Z\n" in run(*words, "--format", "text").out


# Where it is read


def test_a_folder_of_many(run: Run, path: Path) -> None:
    log(path.parent.parent / "T-18" / "workflow", OPENED)
    status, out, err = run("clock", path.parent.parent, "--now", "2026-03-02T09:01:00Z")

    assert (status, err) == (0, "")
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["T-17", "T-18"]
    text = run("clock", path.parent.parent, "--now", "2026-03-02T09:01:00Z", "--format", "text").out
    assert text.count("\n\nSeverity 1 Critical  T-18  Payments fail\n") == 1


def test_a_stream_of_many(run: Run, tmp_path: Path) -> None:
    events = [event | {"incident": id_} for event in (OPENED, EVENTS[1]) for id_ in ("b", "a")]
    stream = "".join(json.dumps(event) + "\n" for event in events)
    file = tmp_path / "all.jsonl"
    file.write_text(stream, encoding="utf-8")

    for ended in (run("clock", file, "--now", NOW), run("clock", "-", "--now", NOW, stdin=stream.encode())):
        shapes = [json.loads(line) for line in ended.out.splitlines()]
        assert [(shape["id"], shape["clocks"][0]["state"]) for shape in shapes] == [("b", "met"), ("a", "met")]


def test_standard_input(run: Run) -> None:
    status, out, err = run("clock", "-", "--now", NOW, stdin=lines(EVENTS).encode())

    assert (status, json.loads(out), err) == (1, SHAPE | {"id": None}, "")
    text = run("clock", "-", "--now", NOW, "--format", "text", stdin=lines(EVENTS).encode()).out
    assert text == TEXT.replace("  T-17", "", 1)


def test_without_now_it_is_now(run: Run, path: Path) -> None:
    assert json.loads(run("clock", path).out)["now"] > "2026-11"


# Packs


def test_the_pack_of_the_opening(run: Run, tmp_path: Path) -> None:
    def ended(pack: str | dict[str, str]) -> tuple[int, str]:
        path = log(tmp_path / "T-17", OPENED | {"pack": pack})
        status, _, err = run("clock", path, "--now", "2026-03-02T09:01:00Z", "--strict")
        return status, err.removeprefix(f"{path}:1: ")

    other = "it was opened under `{}` and is read under `{}`; what is owed may differ\n"
    assert ended("support") == (0, "")
    assert ended(PACK) == (0, "")
    assert ended("gone") == (2, other.format("gone", "support"))
    assert ended(PACK | {"version": "0.9.0"}) == (2, other.format("support 0.9.0", "support 1.0.0"))


def test_by_another_pack_than_its_own_it_is_a_guess(run: Run, tmp_path: Path) -> None:
    def ended(pack: str | dict[str, str], *words: object) -> tuple[int, int]:
        log(tmp_path / "T-17", OPENED | {"pack": pack})
        status, out, _ = run(*words, tmp_path, "--now", "2026-03-02T09:01:00Z")
        return status, len(out.splitlines())

    assert [ended("gone", "clock"), ended("gone", "due")] == [(2, 1), (2, 1)]
    assert ended("gone", "clock", "--pack", "support") == (0, 1)
    assert ended(PACK | {"version": "0.9.0"}, "clock") == (0, 1)


def test_a_pack_that_is_named(run: Run, path: Path, tmp_path: Path) -> None:
    pack = write(tmp_path / "pack", {"pack.yaml": "name: mine\nversion: 2.0.0\nextends: support\n"})
    status, out, _ = run("clock", path, "--now", NOW, "--pack", pack)

    assert (status, json.loads(out)["pack"]["name"]) == (1, "mine")
    assert run("clock", path, "--now", NOW, "--pack", "nope")[:2] == (2, "")


# What is wrong


def test_a_bad_line_is_told_and_the_others_are_read(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path / "T-17", *EVENTS, more="- nonsense\n")
    status, out, err = run("clock", path, "--now", NOW)

    message, hint = "`nonsense` is not an event", 'as `{"at": "2026-03-02T14:23:00Z", "event": "acknowledged"}`'
    problem = {"path": "line 4", "code": "not_an_event", "message": message, "hint": hint}
    assert (status, err) == (2, f"{path}:4: {message}; {hint}\n")
    assert json.loads(out) == SHAPE | {"problems": [problem]}


def test_what_is_set_aside_is_bad_only_if_that_is_asked_for(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path / "T-17", *EVENTS[:2], TWICE)
    assert run("clock", path, "--now", "2026-03-02T09:10:00Z", "--strict").status == 0  # it has not happened yet
    words = ("clock", path, "--now", "2026-03-02T09:21:00Z", "--next", "--format", "text")
    why = "the incident is acknowledged already; once is enough, unless it was reopened"
    told = f"{path}:3: `acknowledged` is set aside: {why}\n"
    assert run(*words)[::2] == (1, told)
    assert run(*words, "--strict")[::2] == (2, told)


def test_a_torn_line_is_told(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path / "T-17", OPENED, more='- {"at": "2026-03')
    status, _, err = run("clock", path, "--now", "2026-03-02T09:01:00Z")

    hint = "it was not written to its end; the next entry that is added sets it aside"
    assert (status, err) == (0, f"{path}:2: the last line is torn; {hint}\n")


@pytest.mark.parametrize(
    "form", [("--format", "text"), ("--format", "json"), ("--next",), ("--next", "--format", "text")]
)
def test_where_nothing_can_be_read_nothing_comes_out(run: Run, tmp_path: Path, form: tuple[str, ...]) -> None:
    path = log(tmp_path / "T-17", EVENTS[1])
    status, out, err = run("clock", path, "--now", NOW, *form)

    told = "the incident was never opened; the log of an incident has an event `opened`"
    assert (status, out) == (2, "")
    assert told in err


def test_before_the_opening(run: Run, path: Path) -> None:
    status, out, err = run("clock", path, "--now", "2026-03-02T08:59:59Z")

    assert (status, out) == (2, "")
    assert err.startswith(f"{path}: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "sevclass: error: no TIMELINE; name an event log, a folder of them, or `-` for standard input\n"),
        (("empty",), "sevclass: error: no event log there; an incident has a file `incident_timeline.yaml`\n"),
        (("gone",), "gone: no such file\n"),
        (
            ("empty", "--now", "noon"),
            "sevclass: error: `noon` is not an instant; for example `2026-03-02T14:23:00Z`\n",
        ),
        (("empty", "--format", "markdown"), "sevclass: error: unknown format `markdown`; one of `text`, `json`\n"),
    ],
    ids=["none", "no-log", "gone", "now", "format"],
)
def test_usage(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], told: str) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    status, out, err = run("clock", *words)

    assert (status, out) == (2, "")
    assert err == told


@posix
def test_what_may_not_be_read_is_told_and_the_others_are_read(run: Run) -> None:
    with unprivileged() as root:
        log(root / "T-17", *EVENTS)
        log(root / "T-18", OPENED).chmod(0)
        status, out, err = run("clock", root, "--now", NOW)
        alone = run("clock", root / "T-18", "--now", NOW, "--format", "text")

    assert (status, json.loads(out)) == (2, SHAPE)
    assert err == f"{root}/T-18/incident_timeline.yaml: cannot be read: Permission denied\n"
    assert alone == (2, "", err)


def test_nothing_of_a_log_moves_the_cursor_or_begins_a_line(run: Run, tmp_path: Path) -> None:
    hostile = "a\nbreached  1  \x1b[2J\u202e\r\x07b"
    path = log(tmp_path / "T-17", OPENED | {"title": hostile}, {"event": "waiting", "on": hostile, "at": NOW})
    out = run("clock", path, "--now", NOW, "--format", "text").out

    shown = "a\\nbreached  1  \\x1b[2J\\u202e\\r\\x07b"
    assert out.startswith(f"Severity 1 Critical  T-17  {shown}\nopen, ")
    assert f"\nwaiting for {shown} since 2026-03-02 11:30Z\n" in out
    assert {c for c in out if not c.isprintable()} == {"\n"}


# Again and again


@posix
def test_watch_draws_what_is_new_and_gives_the_terminal_back(path: Path) -> None:
    typist = Typist("clock", path, "--watch", columns=200, pipe_out=False)

    first = typist.until("initial response")
    assert first.startswith("\x1b[?1049h")
    assert "Severity 1 Critical  T-17  Payments fail" in first
    with path.open("a", encoding="utf-8") as file:
        file.write(lines([{"at": "2026-03-02T11:00:00Z", "event": "resolved"}]) + '- {"at": "2026')
    assert "incident_timeline.yaml:5: the last line is torn" in typist.until("resolved, opened")
    ended = typist.end("\x03")
    assert ended.status == 130
    assert "\x1b[?1049l" in ended.shown
    assert "Traceback" not in ended.shown


@posix
def test_watch_goes_on_when_the_log_is_gone_for_a_moment(path: Path) -> None:
    typist = Typist("clock", path.parent, "--watch", columns=200, pipe_out=False)
    typist.until("initial response")
    whole = path.read_bytes()
    path.unlink()
    assert "initial response" not in typist.until("no event log there; an incident has a file")
    path.parent.rmdir()
    assert "\x1b[?1049l" not in typist.until(f"{path.parent}: no such file")
    path.parent.mkdir()
    path.write_bytes(whole)
    typist.until("initial response")
    assert typist.end("\x03").status == 130


@posix
def test_watch_of_what_is_not_there_ends_at_once(path: Path) -> None:
    path.unlink()
    ended = on_terminal("clock", path, "--watch", env={"COLUMNS": "200"})

    assert ended == (2, f"{path}: no such file\n", "")


@posix
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_watch_that_is_ended_by_a_signal_gives_the_terminal_back(path: Path, name: str) -> None:
    typist = Typist("clock", path, "--watch", columns=200, pipe_out=False)
    typist.until("initial response")
    number = getattr(signal, name)
    ended = typist.killed(number)

    assert ended.status == 128 + number
    assert "\x1b[?1049l" in ended.shown
    assert "\x1b[?25h" in ended.shown
    assert "Traceback" not in ended.shown


@posix
def test_watch_leaves_a_signal_ignored(path: Path) -> None:
    typist = Typist("clock", path, "--watch", columns=200, pipe_out=False, ignores=signal.SIGHUP)
    typist.until("initial response")
    os.kill(typist.pid, signal.SIGHUP)
    typist.until("initial response")

    assert typist.end("\x03").status == 130


@posix
def test_what_is_wrong_with_the_root_stands_in_the_page(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEVCLASS_ROOT", "/nowhere")
    typist = Typist("clock", path, "--watch", columns=200, pipe_out=False)
    shown = typist.until("initial response")

    told = "SEVCLASS_ROOT: no folder `/nowhere`; so nothing is known"
    assert shown.startswith("\x1b[?1049h")
    assert shown.count(told) == 1
    assert typist.until("initial response").count(told) == 1
    assert typist.end("\x03").status == 130


@pytest.mark.parametrize("words", [("--next",), ("--format", "json"), ("--now", NOW)])
def test_watch_shows_a_file_as_it_is_now(run: Run, path: Path, words: tuple[str, ...]) -> None:
    told = "`--watch` shows a file as it is now; leave out `--now`, `--next`, `--format json` and `-`"

    assert run("clock", path, "--watch", *words) == (2, "", f"sevclass: error: {told}\n")
    assert run("clock", "-", "--watch") == (2, "", f"sevclass: error: {told}\n")


def test_watch_needs_a_terminal(path: Path) -> None:
    told = b"sevclass: error: `--watch` needs a terminal; leave it out to print the clocks once\n"
    done = piped("clock", path, "--watch")

    assert (done.returncode, done.stdout, done.stderr) == (2, b"", told)
    pytest.importorskip("termios")
    assert on_terminal("clock", path, "--watch", env={"TERM": "dumb"}).shown == told.decode()
