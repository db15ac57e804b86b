"""`sevclass room`: the war room of an incident and its handover sheet, as text, Markdown and JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from tests.cli.conftest import Run
from tests.cli.test_clock import PACK, lines, log
from tests.unit.written import SMALL, write

NOW = "2026-03-02T11:30:00Z"
DOWN = {"functionality": "down", "environment": "production", "security": "issue"}
OPENED = {"at": "2026-03-02T09:00:00Z", "event": "opened", "title": "Payments fail", "facts": DOWN}


def said(time: str, event: str, **fields: Any) -> dict[str, Any]:
    return {"at": f"2026-03-02T{time}:00Z", "event": event, **fields}


EVENTS = (
    OPENED,
    said("09:05", "acknowledged", by="ann"),
    said("09:10", "war_room", state="open", channel="#payments"),
    said("09:11", "assigned", role="incident-commander", person="Ann"),
    said("09:12", "assigned", role="customer-success-manager", person=None),
    said("09:13", "assigned", role="cto", person="Gil"),
    said("09:20", "decided", text="Roll back", by="ann"),
    said("09:30", "facts", facts={"functionality": "major"}, source="monitoring"),
    said("10:00", "update_sent"),
    said("11:00", "assigned", role="incident-commander", person="Bo"),
    said(
        "11:10",
        "action",
        id="P1",
        kind="promise",
        text="Call acme",
        owner="bo",
        due="2026-03-02T11:20:00Z",
        **{"for": "acme"},
    ),
    said("11:15", "action", text="Add a test"),
    said("11:20", "waiting", on="acme"),
)
TEAM = """\
engineering-on-call: {name: Cy, contact: "+1"}
support-analyst: {name: Di, zone: UTC, on_call: {tue: ["09:00-17:00"]}}
security-team: {name: Ed, zone: UTC, on_call: {mon: ["11:00-12:00"]}}
"""
TEXT = """\
Severity 1 Critical  T-17  Payments fail
open, opened 2026-03-02 09:00Z
waiting for acme since 2026-03-02 11:20Z
sources differ on functionality: team says down, monitoring says major

War room
  state          open since 2026-03-02 09:10Z
  called for by  severity-1, security
  channel        #payments

Positions
  incident-commander  escalation-manager, Bo, since 2026-03-02 11:00Z, to be relieved 2026-03-02 15:00Z
                      Leads the response and makes the decisions
  technical-lead      engineering-on-call, Cy (+1), by the directory
                      Leads the search for the cause and the work on the fix
  customer-liaison    customer-success-manager (not on the roster: called too), nobody since 2026-03-02 09:12Z
                      Speaks with the customers, and for them
  executive           vp-customer-support, nobody is named
                      Clears the way and takes what is above the incident commander's power
  scribe              support-analyst (not on the roster: called too), \
nobody now; next Di (support-analyst) from 2026-03-03 09:00Z
                      Writes down what happens, what is decided and what is done, while it happens
  security-expert     security-team (not on the roster: called too), Ed, by the directory
                      Knows how to contain an attack and keep the evidence

Also there
  cto  Gil, since 2026-03-02 09:13Z

Decisions
  2026-03-02 09:20Z  by ann
                     Roll back

Handed over
  2026-03-02 11:00Z  incident-commander: Ann to Bo

Cadence
  updates   every 30m..60m, next 2026-03-02 10:30Z, limit 2026-03-02 11:00Z
  rotation  after 4h, next 2026-03-02 15:00Z
  handover  every 1d, next 2026-03-03 09:10Z

Protocols
  [ ] one-voice            The incident commander alone decides, and everybody else advises
  [ ] clear-roles          Everybody knows what is theirs to do, and what is not
  [ ] fast-escalation      Whoever is stuck says so at once, and no form or rank stands in the way
  [ ] openness             What we know is said, and so is what we do not know
  [ ] document-everything  Events, decisions and actions go into the log as they happen
  [ ] customer-first       When two things compete, the one that helps customers more goes first
"""
SHEET = """\
### Severity 1 Critical: `T-17`

Payments fail. Open, opened 2026-03-02 09:00Z; at 2026-03-02 11:30Z (UTC).

**Where it stands**

- `severity`: 1 Critical
- `phase`: open, opened 2026-03-02 09:00Z, at 2026-03-02 11:30Z (UTC)
- `waiting`: for acme, since 2026-03-02 11:20Z
- `state`: open since 2026-03-02 09:10Z
- `called for by`: severity-1, security
- `channel`: \\#payments

**What is owed**

- `initial response`: met, by 2026-03-02 09:15Z
- `notify executive-team`: breached, due 2026-03-02 09:00Z, limit 09:15Z
- `notify vp-customer-support`: breached, due 2026-03-02 09:00Z, limit 09:15Z
- `status update`: breached, due 2026-03-02 10:30Z, limit 11:00Z
- `resolution`: paused, due 2026-03-02 11:00Z, limit 13:10Z
- `review`: not owed

**Who holds what**

- `incident-commander`: escalation-manager, Bo, since 2026-03-02 11:00Z, to be relieved 2026-03-02 15:00Z. \
Leads the response and makes the decisions
"""
UPCOMING = """\
What comes next
  2026-03-02 09:00Z  notify executive-team, overdue
  2026-03-02 09:00Z  notify vp-customer-support, overdue
  2026-03-02 10:30Z  status update, overdue
  2026-03-02 11:20Z  Call acme, bo, overdue
  2026-03-02 15:00Z  rotation
  2026-03-03 09:10Z  handover
"""
ACTIONS = """\
What has been decided
  2026-03-02 09:20Z  by ann
                     Roll back

What is still to be done
  [ ] P1  promise, bo, due 2026-03-02 11:20Z, for acme
          Call acme
  [ ]     prevention, nobody owns it
          Add a test

What we know
  functionality  down, says team, 2026-03-02 09:00Z, but not monitoring
  environment    production, says team, 2026-03-02 09:00Z
  security       issue, says team, 2026-03-02 09:00Z

What we do not know
  performance           How fast does the product respond?
"""


@pytest.fixture
def timeline(tmp_path: Path) -> Path:
    return log(tmp_path / "T-17", *EVENTS)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    path = tmp_path / "team.yaml"
    path.write_text(TEAM, encoding="utf-8")
    return path


def test_text_to_the_letter(run: Run, timeline: Path, team: Path) -> None:
    assert run("room", timeline, "--now", NOW, "--directory", team, "--format", "text") == (0, TEXT, "")


def test_the_same_in_markdown(run: Run, timeline: Path, team: Path) -> None:
    ended = run("room", timeline, "--now", NOW, "--directory", team, "--format", "markdown")

    assert ended.out.startswith("### Severity 1 Critical: `T-17`\n\nPayments fail. Open, opened 2026-03-02 09:00Z; at ")
    assert "\n**Decisions**\n\n- `2026-03-02 09:20Z`: by ann. Roll back\n" in ended.out
    assert "- [ ] `one-voice`: The incident commander alone decides, and everybody else advises\n" in ended.out
    # What the text says stands there too.
    items = [line.removeprefix("- ") for line in ended.out.splitlines() if line.startswith("- ")]
    assert len(items) == 3 + 6 + 1 + 1 + 1 + 3 + 6


def test_the_handover_sheet_in_markdown(run: Run, timeline: Path) -> None:
    ended = run("room", timeline, "--now", NOW, "--handover", "--format", "markdown")

    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith(SHEET)


def test_the_handover_sheet_in_text(run: Run, timeline: Path) -> None:
    ended = run("room", timeline, "--now", NOW, "--handover", "--format", "text")

    assert ended.out.endswith(UPCOMING)
    assert ACTIONS in ended.out
    assert "  cto                 Gil, since 2026-03-02 09:13Z\n" in ended.out


def test_json(run: Run, timeline: Path, team: Path) -> None:
    shape = json.loads(run("room", timeline, "--now", NOW, "--directory", team).out)

    assert list(shape) == ["schema", "id", "pack", "now", "severity", "room", "problems"]
    assert (shape["schema"], shape["id"], shape["pack"], shape["now"]) == (1, "T-17", PACK, NOW)
    room = shape["room"]
    assert [one["person"] for one in room["positions"]] == ["Bo", "Cy", None, None, None, "Ed"]
    assert room["unfilled"] == ["customer-liaison", "executive", "scribe"]
    assert room["positions"][0] == {
        "position": "incident-commander",
        "text": "Leads the response and makes the decisions",
        "role": "escalation-manager",
        "role_text": "Runs the response to an escalation and keeps everyone informed",
        "on_roster": True,
        "person": "Bo",
        "contact": None,
        "zone": None,
        "source": "log",
        "since": "2026-03-02T11:00:00Z",
        "relieve_at": "2026-03-02T15:00:00Z",
        "next": None,
    }
    assert room["cadence"] == {
        "updates": "30m..60m",
        "rotate": "4h",
        "handover": "1d",
        "next_update": "2026-03-02T10:30:00Z",
        "update_limit_at": "2026-03-02T11:00:00Z",
        "next_rotation": "2026-03-02T15:00:00Z",
        "next_handover": "2026-03-03T09:10:00Z",
    }


def test_json_of_the_sheet(run: Run, timeline: Path) -> None:
    shape = json.loads(run("room", timeline, "--now", NOW, "--handover").out)

    assert list(shape) == ["schema", "id", "pack", "now", "severity", "sheet", "problems"]
    assert [action["text"] for action in shape["sheet"]["actions"]] == ["Call acme", "Add a test"]


@pytest.mark.parametrize("kind", ["room", "handover"])
def test_json_keeps_to_its_schema(run: Run, timeline: Path, team: Path, kind: str) -> None:
    schema = json.loads(run("schema", kind).out)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    mild = log(timeline.parents[1] / "T-18", OPENED | {"facts": {"request": "question"}})
    options = ["--handover"] if kind == "handover" else []

    for path in (timeline, mild):
        shape = json.loads(run("room", path, "--now", NOW, "--directory", team, *options).out)
        assert list(validator.iter_errors(shape)) == []


def test_none_is_called_for(run: Run, tmp_path: Path) -> None:
    mild = log(tmp_path / "T-18", OPENED | {"facts": {"request": "question"}, "title": None})

    head = "Severity 4 Low  T-18\ncould still be 1 Critical\nopen, opened 2026-03-02 09:00Z\n"
    assert run("room", mild, "--now", NOW, "--format", "text").out == f"{head}\nWar room\n  none is called for\n"
    assert json.loads(run("room", mild, "--now", NOW).out)["room"] is None
    markdown = run("room", mild, "--now", NOW, "--format", "markdown").out
    opened = "Open, opened 2026-03-02 09:00Z; at 2026-03-02 11:30Z (UTC)."
    assert markdown == f"### Severity 4 Low: `T-18`\n\n{opened}\n\n**War room**\n\n- none is called for\n"


def test_the_sheet_without_a_room(run: Run, tmp_path: Path) -> None:
    assigned = (
        said("09:11", "assigned", role="support", person="Ann"),
        said("09:12", "assigned", role="cto", person=None),
    )
    mild = log(tmp_path / "T-18", OPENED | {"facts": {"request": "question"}}, *assigned)

    out = run("room", mild, "--now", NOW, "--handover", "--format", "text").out

    assert "Where it stands\n  severity  4 Low, could still be 1\n  phase     open, opened " in out
    assert "Who holds what\n  support  Ann\n  cto      nobody\n\nWhat has been decided\n  nothing\n" in out


def test_a_room_that_is_not_open_yet(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path / "T-17", OPENED)

    out = run("room", path, "--now", NOW, "--format", "text").out

    assert (
        """
War room
  state          called for, not open yet since 2026-03-02 09:00Z
  called for by  severity-1, security
  channel        not known; Open a chat channel for this incident alone, and a call bridge beside it
"""
        in out
    )
    assert "  rotation  after 4h\n  handover  every 1d\n" in out


def test_a_room_that_is_closed(run: Run, tmp_path: Path) -> None:
    events = (said("09:10", "war_room", state="open"), said("10:10", "war_room", state="closed"))
    path = log(tmp_path / "T-17", OPENED | {"facts": {}}, *events)

    out = run("room", path, "--now", NOW, "--format", "text").out

    assert "  state          closed since 2026-03-02 10:10Z\n  called for by  nothing any more\n" in out


def test_a_pack_without_a_set_up(run: Run, tmp_path: Path) -> None:
    pack = write(tmp_path / "pack", SMALL | {"more.yaml": "war_room: {bad: {severity: 1}}\n"})
    path = log(tmp_path / "T-17", OPENED | {"facts": {"speed": "dead"}})

    out = run("room", path, "--now", NOW, "--pack", pack, "--format", "text").out

    head = "Severity 1 High  T-17  Payments fail\nopen, opened 2026-03-02 09:00Z\n"
    since = "called for, not open yet since 2026-03-02 09:00Z"
    assert out == f"{head}\nWar room\n  state          {since}\n  called for by  bad\n"


def test_only_updates_are_owed(run: Run, tmp_path: Path) -> None:
    more = "war_room: {bad: {severity: 1}}\nsla: {1: {status_updates: 1h}}\n"
    pack = write(tmp_path / "pack", SMALL | {"more.yaml": more})
    path = log(tmp_path / "T-17", OPENED | {"facts": {"speed": "dead"}})

    out = run("room", path, "--now", NOW, "--pack", pack, "--format", "text").out

    assert out.endswith("\nCadence\n  updates  next 2026-03-02 10:00Z\n")


def test_in_german(run: Run, timeline: Path) -> None:
    out = run("room", timeline, "--now", NOW, "--language", "de", "--format", "text").out
    sheet = run("room", timeline, "--now", NOW, "--language", "de", "--handover", "--format", "text").out

    assert out.startswith("Severity 1 Kritisch  T-17  Payments fail\n")
    assert "                      Leitet den Einsatz und trifft die Entscheidungen\n" in out
    assert "\nWas als Nächstes kommt\n" in sheet


def test_many_incidents(run: Run, timeline: Path) -> None:
    log(timeline.parents[1] / "T-18", OPENED | {"facts": {"request": "question"}})
    folder = timeline.parents[1]

    shapes = [json.loads(line) for line in run("room", folder, "--now", NOW).out.splitlines()]
    text = run("room", folder, "--now", NOW, "--format", "text").out
    markdown = run("room", folder, "--now", NOW, "--format", "markdown").out

    assert [(shape["id"], shape["room"] is None) for shape in shapes] == [("T-17", False), ("T-18", True)]
    assert "goes first\n\nSeverity 4 Low  T-18" in text
    assert "goes first\n\n### Severity 4 Low: `T-18`" in markdown


def test_from_standard_input(run: Run) -> None:
    shape = json.loads(run("room", "-", "--now", NOW, stdin=lines(EVENTS).encode()).out)

    assert (shape["id"], shape["room"]["channel"]) == (None, "#payments")


def test_an_incident_without_a_name_in_markdown(run: Run) -> None:
    ended = run("room", "-", "--now", NOW, "--format", "markdown", stdin=lines([OPENED]).encode())

    assert ended.out.startswith("### Severity 1 Critical\n\nPayments fail. Open, ")


def test_what_is_set_aside_is_told(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path / "T-17", OPENED, said("09:05", "acknowledged"), said("09:06", "acknowledged"))

    mild, strict = (run("room", path, "--now", NOW, *words) for words in ([], ["--strict"]))

    assert (mild.status, strict.status) == (0, 2)
    assert mild.err == strict.err
    assert mild.err.endswith("the incident is acknowledged already; once is enough, unless it was reopened\n")
    (problem,) = json.loads(mild.out)["problems"]
    assert problem["hint"] == "once is enough, unless it was reopened"


def test_what_cannot_be_read(run: Run, tmp_path: Path) -> None:
    path = log(tmp_path / "T-17", OPENED, more="- {nonsense}\n")

    ended = run("room", path, "--now", NOW)

    assert ended.status == 2
    assert json.loads(ended.out)["room"]["state"] == "called_for"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no TIMELINE; name an event log, a folder of them, or `-` for standard input"),
        (("{folder}",), "no event log there; an incident has a file `incident_timeline.yaml`"),
        (("{folder}", "--format", "html"), "unknown format `html`; one of `text`, `json`, `markdown`"),
    ],
)
def test_usage(run: Run, tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    ended = run("room", *(word.format(folder=tmp_path) for word in words))

    assert ended == (2, "", f"sevclass: error: {said}\n")


def test_a_language_that_there_is_none_of(run: Run, timeline: Path) -> None:
    ended = run("room", timeline, "--now", NOW, "--language", "fr")

    assert ended == (2, "", "sevclass: error: unknown language `fr`; one of `en`, `de`\n")


def test_a_directory_with_a_mistake(run: Run, timeline: Path, team: Path) -> None:
    team.write_text("cto: []\n", encoding="utf-8")

    ended = run("room", timeline, "--now", NOW, "--directory", team)

    assert ended == (
        2,
        "",
        f"{team}:1:1: `cto` has 0 entries; it needs at least 1\n    cto: []\n    ^^^\n",
    )


# What is hostile

HOSTILE = "a\n# x\x1b[31m\u202e<script>alert(1)</script>[l](http://e.vil) ![i](x) | `{{ 7*7 }}` @all"


def hostile(text: str) -> tuple[dict[str, Any], ...]:
    """A log in which all that people write is this text."""
    return (
        OPENED | {"title": text},
        said("09:10", "war_room", state="open", channel=text),
        said("09:11", "assigned", role="incident-commander", person=text),
        said("09:12", "assigned", role="incident-commander", person=text + "2", by=text),
        said("09:13", "assigned", role="cook", person=text),
        said("09:20", "decided", text=text, by=text),
        said("09:21", "facts", facts={"functionality": "major"}, source=text),
        said("09:22", "action", id=text, text=text, owner=text, due="2026-03-02T11:20:00Z", **{"for": text}),
        said("09:23", "waiting", on=text),
    )


@pytest.mark.parametrize("words", [(), ("--handover",)])
@pytest.mark.parametrize("format_", ["text", "markdown", "json"])
def test_what_people_write_moves_no_cursor(run: Run, tmp_path: Path, format_: str, words: tuple[str, ...]) -> None:
    path = log(tmp_path / "T-17", *hostile(HOSTILE))

    ended = run("room", path, "--now", NOW, "--format", format_, *words)

    assert (ended.status, ended.err) == (0, "")
    assert [c for c in ended.out if not c.isprintable() and c != "\n"] == []
    if format_ == "text":
        assert [line for line in ended.out.splitlines() if line.startswith("#")] == []


@pytest.mark.parametrize("words", [(), ("--handover",)])
def test_what_people_write_means_nothing_to_markdown(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    path = log(tmp_path / "T-17", *hostile(HOSTILE))

    out = run("room", path, "--now", NOW, "--format", "markdown", *words).out

    tokens = [token for block in MarkdownIt("commonmark").parse(out) for token in (block, *(block.children or ()))]
    kinds = {token.type for token in tokens}
    assert kinds & {"html_block", "html_inline", "link_open", "image", "table_open", "hr"} == set()
    assert [token.content for token in tokens if token.type == "heading_open" and token.tag != "h3"] == []
    assert sum(token.type == "heading_open" for token in tokens) == 1


@pytest.mark.parametrize("words", [(), ("--handover",)])
@pytest.mark.parametrize("format_", ["text", "markdown"])
def test_a_megabyte_is_cut_short(run: Run, tmp_path: Path, format_: str, words: tuple[str, ...]) -> None:
    long = "x" * 1_000_000
    path = log(tmp_path / "T-17", *(event for event in hostile("a") if event["event"] != "opened"), OPENED)
    with path.open("a", encoding="utf-8") as file:
        file.write(lines([said("09:20", "decided", text=long), said("09:14", "assigned", role="cook", person=long)]))

    ended = run("room", path, "--now", NOW, "--format", format_, *words)

    assert "x" * 499 + "…" in ended.out
    assert len(ended.out) < 20_000


def test_a_position_is_assigned_by_a_command(run: Run, tmp_path: Path) -> None:
    opened = ("--fact", "data_loss=true", "--at", "2026-03-02T14:23:00Z", "--root", tmp_path)
    assert run("incident", "open", "T-1", *opened).status == 0
    later = ("--at", "2026-03-02T14:30:00Z", "--root", tmp_path)
    assert run("incident", "assign", "T-1", "incident-commander", "Anna", *later).status == 0
    refused = run("incident", "assign", "T-1", "incident-comander", "Anna", *later)

    room = json.loads(run("room", tmp_path, "--now", "2026-03-02T14:40:00Z", "--format", "json").out)["room"]
    first, *_ = room["positions"]
    assert (first["position"], first["person"]) == ("incident-commander", "Anna")
    assert (refused.status, refused.err) == (
        2, "sevclass: error: unknown role `incident-comander`; did you mean `incident-commander`?\n",
    )  # fmt: skip
