"""`sevclass plan`: of facts and of logs, as text, Markdown, JSON and a calendar, on the screen and in a file."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from sevclass.cli import main
from tests.cli.conftest import Ended, Run
from tests.cli.processes import on_terminal, piped
from tests.plans import PLANNED
from tests.unit.written import SMALL, write

FACTS = {"impact": "bad", "shops": 3}
OPENED = "2026-03-02T09:00:00Z"
ENVELOPE = {"id": "T-17", "opened_at": OPENED, "facts": FACTS}
LOG = (
    {"at": OPENED, "event": "opened", "title": "Payments *fail*", "facts": FACTS},
    {"at": "2026-03-02T09:05:00Z", "event": "acknowledged", "by": "ann"},
    {"at": "2026-03-02T09:06:00Z", "event": "assigned", "role": "aide", "person": "Bob_1"},
    {"at": "2026-03-02T09:07:00Z", "event": "war_room", "state": "open", "channel": "#pay"},
    {"at": "2026-03-02T09:08:00Z", "event": "step", "item": "old", "by": "ann"},
    {"at": "2026-03-02T09:09:00Z", "event": "step", "item": "why"},
)
NOW = "2026-03-02T09:20:00Z"
TEXT = """\
Severity 1 High  T-17  Payments *fail*
open, opened 2026-03-02 09:00Z; at 2026-03-02 09:20Z in the phase: Work
war room: called for (severity-1); opened, #pay

Look: 09:00Z to 09:15Z
  Questions
    [x] How bad is it?  impact: bad (Bad)
    [ ] How many places?  places: at least 3; shops: 3
    [ ] Is data lost?
    [x] Why?  step 2026-03-02 09:09Z
  technical: Mend it
    [ ] think    Think  aide (Bob_1)  by 09:15Z, late
    [ ] search   Search the shops  chief  by 09:15Z, late
  customer: Tell them
    [x] answer   Answer  chief  done 09:05Z by ann (acknowledged)
    [ ] tell     Tell  chief  by 09:30Z
    [x] room     Open the room  chief  done 09:07Z (war room)
  Over when
    - It is seen

Work: from 09:15Z  now
  technical: Mend it
    [ ] mend     Mend it  chief
    [ ] solve    Solve it  chief  due 11:00Z, limit 13:00Z
  customer: Tell them
    [ ] updates  Say how it stands  chief  by 10:00Z

Learn: 1h to 2d after the resolution
  Questions
    [ ] What now?
  technical: Mend it
    [ ] review   Review it  chief
    [ ] write    Write it down  aide (Bob_1)

What customers must be told at the resolution
  - That it is done

Done beside the plan
  - old, 09:08Z, by ann

pack small 1.0.0
"""
MARKDOWN = """\
### Response plan, severity 1 High: `T-17`

Payments \\*fail\\*

Open, opened 2026-03-02 09:00Z; at 2026-03-02 09:20Z in the phase: Work.\x20\x20
War room: called for (severity-1); opened, \\#pay.

#### Look, 09:00Z to 09:15Z

**Questions**

- [x] How bad is it? impact: bad (Bad)
- [ ] How many places? places: at least 3; shops: 3
- [ ] Is data lost?
- [x] Why? step 2026-03-02 09:09Z

**Mend it** (`technical`)

- [ ] Think (`think`): `aide` (Bob\\_1), by 09:15Z, late
- [ ] Search the shops (`search`): `chief`, by 09:15Z, late

**Tell them** (`customer`)

- [x] Answer (`answer`): `chief`, done 09:05Z by ann (acknowledged)
- [ ] Tell (`tell`): `chief`, by 09:30Z
- [x] Open the room (`room`): `chief`, done 09:07Z (war room)

**Over when**

- It is seen

#### Work, from 09:15Z **(now)**

**Mend it** (`technical`)

- [ ] Mend it (`mend`): `chief`
- [ ] Solve it (`solve`): `chief`, due 11:00Z, limit 13:00Z

**Tell them** (`customer`)

- [ ] Say how it stands (`updates`): `chief`, by 10:00Z

#### Learn, 1h to 2d after the resolution

**Questions**

- [ ] What now?

**Mend it** (`technical`)

- [ ] Review it (`review`): `chief`
- [ ] Write it down (`write`): `aide` (Bob\\_1)

**What customers must be told at the resolution**

- [ ] That it is done

**Done beside the plan**

- [x] old, 09:08Z, by ann

```mermaid
timeline
    title Severity 1 High
    section Look, 09#58;00Z to 09#58;15Z
        by 09#58;30Z : ✓ Answer : Tell
        by 09#58;15Z : Think : ✓ Open the room : Search the shops
    section Work, from 09#58;15Z
        at no fixed time : Mend it
        by 10#58;00Z : Say how it stands
        by 13#58;00Z : Solve it
    section Learn, 1h to 2d after the resolution
        at no fixed time : Review it : Write it down
```

Pack `small` 1.0.0
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return write(tmp_path / "planned", {"pack.yaml": json.dumps(PLANNED)})


def log(folder: Path, *events: Any, id_: str = "T-17") -> Path:
    path = folder / id_ / "workflow" / "incident_timeline.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("".join(f"- {json.dumps(event)}\n" for event in events), encoding="utf-8")
    return path


def written(path: Path, content: str | dict[str, Any]) -> Path:
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return path


# What it is, its content tells


def test_a_log_as_text(run: Run, tmp_path: Path, pack: Path) -> None:
    ended = run("plan", log(tmp_path, *LOG), "--pack", pack, "--now", NOW, "--format", "text")
    assert (ended.status, ended.out, ended.err) == (0, TEXT, "")


def test_a_log_as_markdown(run: Run, tmp_path: Path, pack: Path) -> None:
    ended = run("plan", log(tmp_path, *LOG), "--pack", pack, "--now", NOW, "--format", "markdown")
    assert (ended.status, ended.out, ended.err) == (0, MARKDOWN, "")


def test_a_phase_with_nothing_in_it_says_so(run: Run) -> None:
    cosmetic = Path(__file__).resolve().parents[2] / "examples" / "cosmetic.json"
    text = run("plan", cosmetic, "--format", "text").out
    markdown = run("plan", cosmetic, "--format", "markdown").out

    assert text.count("Investigation and diagnosis: 15m to 1h after the opening\n  Nothing at this severity\n\n") == 1
    assert markdown.count("Investigation and diagnosis, 15m to 1h after the opening\n\nNothing at this severity\n") == 1


def test_facts_are_dated_by_an_option_or_by_what_stands_beside_them(run: Run, tmp_path: Path, pack: Path) -> None:
    bare, whole = written(tmp_path / "bare.json", FACTS), written(tmp_path / "whole.yaml", ENVELOPE)
    more = "--pack", pack, "--format", "json"
    one = json.loads(run("plan", bare, "--opened-at", OPENED, "--id", "T-17", *more).out)
    other = json.loads(run("plan", whole, *more).out)
    undated = json.loads(run("plan", bare, *more).out)

    assert one == other
    assert (one["id"], one["opened_at"], one["now"], one["phase"]) == ("T-17", OPENED, OPENED, "look")
    assert (undated["opened_at"], undated["phase"], undated["instants"]) == (None, None, [])
    assert json.loads(run("plan", whole, "--now", NOW, *more).out)["phase"] == "work"


def test_the_schema_describes_it(run: Run, tmp_path: Path, pack: Path) -> None:
    schema = json.loads(run("schema", "plan").out)
    Draft202012Validator.check_schema(schema)
    for where in (written(tmp_path / "facts.json", FACTS), log(tmp_path, *LOG)):
        found = json.loads(run("plan", where, "--pack", pack, "--format", "json").out)
        Draft202012Validator(schema).validate(found)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("".join(f"- {json.dumps(event)}\n" for event in LOG), id="yaml"),
        pytest.param("# A log\n---\n\n" + "".join(f"- {json.dumps(event)}\n" for event in LOG), id="with-a-comment"),
        pytest.param("\ufeff" + "".join(f"- {json.dumps(event)}\n" for event in LOG), id="with-a-mark"),
        pytest.param("".join(f"{json.dumps({**event, 'incident': 'T-1'})}\n" for event in LOG), id="json-lines"),
    ],
)
def test_a_log_through_standard_input(run: Run, pack: Path, text: str) -> None:
    ended = run("plan", "-", "--pack", pack, "--now", NOW, "--format", "json", stdin=text.encode())

    assert (ended.status, ended.err) == (0, "")
    assert json.loads(ended.out)["phase"] == "work"


@pytest.mark.parametrize("text", [json.dumps(ENVELOPE), json.dumps(ENVELOPE, indent=1), f"\ufeff{json.dumps(FACTS)}"])
def test_facts_through_standard_input(run: Run, pack: Path, text: str) -> None:
    ended = run("plan", "-", "--pack", pack, "--format", "json", stdin=text.encode())

    assert (ended.status, ended.err) == (0, "")
    assert json.loads(ended.out)["severity"] == 1


def test_a_folder_of_incidents_each_with_its_plan(run: Run, tmp_path: Path, pack: Path) -> None:
    log(tmp_path / "all", *LOG)
    log(tmp_path / "all", *LOG, id_="T-18")
    words = "plan", tmp_path / "all", "--pack", pack, "--now", NOW, "--format"

    assert [json.loads(line)["id"] for line in run(*words, "json").out.splitlines()] == ["T-17", "T-18"]
    assert run(*words, "text").out == f"{TEXT}\n{TEXT.replace('T-17', 'T-18')}"
    assert run(*words, "markdown").out == f"{MARKDOWN}\n{MARKDOWN.replace('T-17', 'T-18')}"
    events = Calendar.from_ical(run(*words, "ical").out).walk("VEVENT")
    assert len({str(event["UID"]) for event in events}) == len(events) == 10


def test_an_instruction_with_its_title(run: Run, tmp_path: Path, pack: Path) -> None:
    folder = tmp_path / "T-9"
    folder.mkdir()
    written(folder / "instruction.yaml", {"title": "It fails", "opened_at": OPENED, "facts": FACTS})
    found = json.loads(run("plan", folder / "instruction.yaml", "--pack", pack, "--format", "json").out)

    assert (found["id"], found["title"], found["opened_at"]) == ("T-9", "It fails", OPENED)


@pytest.mark.skipif(os.name != "posix", reason="named pipes")
def test_a_log_in_a_pipe_is_read_once(run: Run, tmp_path: Path, pack: Path) -> None:
    from threading import Thread

    path = tmp_path / "pipe"
    os.mkfifo(path)
    text = "".join(f"- {json.dumps(event)}\n" for event in LOG)
    writer = Thread(target=path.write_text, args=(text,))
    writer.start()
    ended = run("plan", path, "--pack", pack, "--now", NOW, "--format", "json")
    writer.join()

    assert (ended.status, json.loads(ended.out)["phase"]) == (0, "work")


def test_the_language(run: Run, tmp_path: Path) -> None:
    facts = written(tmp_path / "facts.json", {"functionality": "down", "environment": "production"})
    whole = log(tmp_path, {"at": OPENED, "event": "opened", "facts": {"functionality": "down"}})

    for where in (facts, whole):
        german = json.loads(run("plan", where, "--language", "de", "--format", "json").out)
        assert german["phases"][0]["text"] == "Erkennen und Einordnen"
        ended = run("plan", where, "--language", "fr")
        assert (ended.status, ended.out) == (2, "")
        assert ended.err == "sevclass: error: unknown language `fr`; one of `en`, `de`\n"


def test_without_an_opening_or_a_title_or_customers(run: Run, tmp_path: Path) -> None:
    plan = {
        "tracks": {"work": "Work", "talk": "Talk"},
        "phases": {
            "one": {"text": "One", "to": "1h", "exit": {}},
            "two": {
                "text": "Two",
                "actions": {"do": {"text": "Do it", "track": "work", "owners": ["lead"]}},
            },
            "three": {"text": "Three", "from": "1h", "after": "resolution"},
        },
    }
    pack = write(tmp_path / "short", {"pack.yaml": json.dumps(PLANNED | {"plan": plan})})
    where = written(tmp_path / "facts.json", {})

    assert (
        run("plan", where, "--pack", pack, "--format", "text").out
        == """\
Severity 3 Low
not dated: it is not said when it was opened
war room: not needed

One: 0m to 1h after the opening
  Nothing at this severity

Two: at once after the opening
  work: Work
    [ ] do  Do it  aide

Three: from 1h after the resolution
  Nothing at this severity

pack small 1.0.0
"""
    )
    assert (
        run("plan", where, "--pack", pack, "--format", "markdown").out
        == """\
### Response plan, severity 3 Low

Not dated: it is not said when it was opened.\x20\x20
War room: not needed.

#### One, 0m to 1h after the opening

Nothing at this severity

#### Two, at once after the opening

**Work** (`work`)

- [ ] Do it (`do`): `aide`

#### Three, from 1h after the resolution

Nothing at this severity

```mermaid
timeline
    title Severity 3 Low
    section Two, at once after the opening
        at no fixed time : Do it
```

Pack `small` 1.0.0
"""
    )


def test_an_incident_in_no_phase(run: Run, tmp_path: Path, pack: Path) -> None:
    over = log(tmp_path, LOG[0], {"at": NOW, "event": "closed"})
    second = run("plan", over, "--pack", pack, "--now", NOW, "--format", "text").out.splitlines()[1]
    assert second == "withdrawn, opened 2026-03-02 09:00Z; at 2026-03-02 09:20Z in no phase"


# A calendar, and files


def test_a_calendar(run: Run, tmp_path: Path, pack: Path) -> None:
    where = written(tmp_path / "facts.json", ENVELOPE)
    ended = run("plan", where, "--pack", pack, "--format", "ical")
    piped_out = piped("plan", where, "--pack", pack, "--format", "ical").stdout

    summaries = [str(event["SUMMARY"]) for event in Calendar.from_ical(piped_out).walk("VEVENT")]
    assert summaries == [
        f"{what}: T-17" for what in ("Answer", "Notify chief", *["Status update"] * 2, "Resolution", "Status update")
    ]
    assert piped_out.startswith(b"BEGIN:VCALENDAR\r\n")
    assert piped_out.endswith(b"END:VCALENDAR\r\n")
    assert ended.out.encode().replace(b"\r\n", b"\n") == piped_out.replace(b"\r\n", b"\n")


def test_a_calendar_where_output_takes_only_text(tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    where = written(tmp_path / "facts.json", ENVELOPE)
    monkeypatch.setattr(sys, "stdout", text := io.StringIO(newline=""))
    assert main(["plan", str(where), "--pack", str(pack), "--format", "ical"]) == 0
    assert text.getvalue().startswith("BEGIN:VCALENDAR\r\n")
    monkeypatch.setattr(sys, "stdout", None)
    assert main(["plan", str(where), "--pack", str(pack), "--format", "ical"]) == 2


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("plan.md", "### Response plan"),
        ("plan.ics", "BEGIN:VCALENDAR"),
        ("plan.json", "{\n"),
        ("plan.txt", "Severity 1"),
        ("plan", '{\n  "schema"'),
    ],
)
def test_a_file_whose_suffix_tells_the_format(run: Run, tmp_path: Path, pack: Path, name: str, begins: str) -> None:
    where, out = written(tmp_path / "facts.json", ENVELOPE), tmp_path / name
    ended = run("plan", where, "--pack", pack, "--out", out)

    assert ended == (0, "", "")
    assert out.read_text(encoding="utf-8").startswith(begins)


def test_a_file_is_what_is_printed(run: Run, tmp_path: Path, pack: Path) -> None:
    where = log(tmp_path, *LOG)
    words = "plan", where, "--pack", pack, "--now", NOW
    for form in ("text", "markdown"):
        assert run(*words, "--format", form, "--out", tmp_path / form) == (0, "", "")
        assert (tmp_path / form).read_bytes() == {"text": TEXT, "markdown": MARKDOWN}[form].encode()


def test_a_file_that_is_there_is_not_overwritten(run: Run, tmp_path: Path, pack: Path) -> None:
    where = written(tmp_path / "facts.json", ENVELOPE)
    out = written(tmp_path / "plan.md", "mine")
    ended = run("plan", where, "--pack", pack, "--out", out)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err == f"sevclass: error: `{out}` is there already; it is not overwritten: name another file\n"
    assert out.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("name", "shown", "reason"),
    [("no/plan.md", "no/plan.md", "No such file or directory"), ("a\0b", "a\\x00b", "embedded null byte")],
)
def test_a_file_that_cannot_be_written(run: Run, pack: Path, name: str, shown: str, reason: str) -> None:
    ended = run("plan", "-", "--pack", pack, "--out", name, stdin=json.dumps(ENVELOPE).encode())

    assert (ended.status, ended.out) == (2, "")
    assert ended.err == f"sevclass: error: `{shown}` cannot be written: {reason}\n"


def test_a_calendar_without_the_extra(run: Run, tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    monkeypatch.delitem(sys.modules, "sevclass.playbook.ical", raising=False)
    ended = run("plan", written(tmp_path / "facts.json", ENVELOPE), "--pack", pack, "--format", "ical")

    assert (ended.status, ended.out) == (2, "")
    assert ended.err == (
        "sevclass: error: a calendar needs the extra `ical`; install it: pip install 'sevclass[ical]'\n"
    )


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_hostile_text_is_harmless(run: Run, tmp_path: Path, pack: Path, form: str) -> None:
    title = "<script>alert(1)</script> {{ 7*7 }} \u202e\x1b[31m\n```\n# x\n| [a](http://x) @all"
    events = [{**LOG[0], "title": title}, {**LOG[4], "item": title, "by": title}, {**LOG[2], "person": title}]
    where = log(tmp_path, *events)
    out = run("plan", where, "--pack", pack, "--now", NOW, "--format", form).out

    assert out.isascii() or form == "markdown"
    assert all(line.isprintable() for line in out.splitlines())
    if form == "markdown":
        html = MarkdownIt("commonmark", {"html": True}).render(out)
        assert "<script" not in html
        assert "<a " not in html
        assert html.count("<h4>") == 3
        assert html.count("<pre>") == 1


# What is refused


def refused(ended: Ended) -> str:
    assert (ended.status, ended.out) == (2, "")
    message: str = ended.err.removeprefix("sevclass: error: ").removesuffix("\n")
    return message


def test_what_goes_with_facts_alone(run: Run, tmp_path: Path, pack: Path) -> None:
    where = log(tmp_path, *LOG)
    for option, value in (("--opened-at", OPENED), ("--id", "T-1")):
        message = refused(run("plan", where, "--pack", pack, option, value))
        assert message == f"`{option}` goes with facts; an event log has its own"


def test_a_pack_without_a_plan(run: Run, tmp_path: Path) -> None:
    bare = write(tmp_path / "bare", SMALL)
    for where in (written(tmp_path / "facts.json", {}), log(tmp_path, {"at": OPENED, "event": "opened"})):
        message = refused(run("plan", where, "--pack", bare))
        assert message == "the pack `small` has no plan; write one under its key `plan`"


def test_a_calendar_with_nothing_in_it(run: Run, tmp_path: Path, pack: Path) -> None:
    facts, over = written(tmp_path / "facts.json", {}), log(tmp_path, LOG[0], {"at": NOW, "event": "closed"})
    more = "--pack", pack, "--format", "ical"

    nothing = "there is nothing to put into a calendar"
    assert refused(run("plan", facts, *more)) == f"{nothing}; say when it was opened with `--opened-at`"
    assert refused(run("plan", over, *more)) == f"{nothing}; nothing more is owed"


def test_input_that_is_none(run: Run, tmp_path: Path, pack: Path) -> None:
    (tmp_path / "empty").mkdir()
    hint = "an incident has a file `incident_timeline.yaml`"
    assert refused(run("plan", tmp_path / "empty", "--pack", pack)) == f"no event log there; {hint}"
    assert refused(run("plan", tmp_path / "none.json", "--pack", pack)) == f"{tmp_path}/none.json: no such file"
    assert refused(run("plan")) == (
        "no INCIDENT; name a file of facts, an event log, a folder of them, or `-` for standard input"
    )
    blank = written(tmp_path / "blank.yaml", "\n")
    assert refused(run("plan", blank, "--pack", pack)) == (
        f"{blank}: is empty; `{{}}` is an incident of which nothing is known"
    )
    wrong = written(tmp_path / "wrong.yaml", "impact: baad\n")
    assert refused(run("plan", wrong, "--pack", pack)) == (
        f"{wrong}:1:9: impact: unknown level `baad`; did you mean `bad`?\n    impact: baad\n            ^^^^"
    )
    not_json = written(tmp_path / "wrong.json", "{nothing")
    assert f"{not_json}:1:2: " in refused(run("plan", not_json, "--pack", pack))
    number = written(tmp_path / "number.yaml", "7")
    assert "7 is not a mapping of facts" in refused(run("plan", number, "--pack", pack))


def test_a_file_that_is_too_large(run: Run, tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sevclass.cli import timelines

    monkeypatch.setattr(timelines, "MAX_BYTES", 10)
    where = written(tmp_path / "facts.json", ENVELOPE)
    assert refused(run("plan", where, "--pack", pack)).startswith(f"{where}: ")


def test_a_log_of_which_a_line_is_bad_is_shown_all_the_same(run: Run, tmp_path: Path, pack: Path) -> None:
    path = log(tmp_path, *LOG)
    path.write_text(path.read_text(encoding="utf-8") + "- {at: never}\n", encoding="utf-8")
    ended = run("plan", path, "--pack", pack, "--now", NOW, "--format", "text")

    assert (ended.status, ended.out) == (2, TEXT)
    assert ended.err.startswith(f"{path}:7:")


@pytest.mark.parametrize("form", ["text", "markdown", "json", "ical"])
def test_where_no_log_can_be_read_nothing_is_shown(run: Run, tmp_path: Path, pack: Path, form: str) -> None:
    path = log(tmp_path, {"at": OPENED, "event": "note", "text": "x"})
    ended = run("plan", path, "--pack", pack, "--format", form)
    written_ = run("plan", path, "--pack", pack, "--format", form, "--out", tmp_path / "out")

    assert (ended.status, ended.out, written_.status) == (2, "", 2)
    assert "the incident was never opened" in ended.err
    assert not (tmp_path / "out").exists()


def test_what_is_done_late_or_now_looks_different(
    run: Run, tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    lines = run("plan", log(tmp_path, *LOG), "--pack", pack, "--now", NOW, "--format", "text").out.splitlines()

    def style(words: str) -> str:
        (line,) = (line for line in lines if words in line)
        return line.rpartition("\x1b[0m")[0].rpartition("\x1b[")[2].partition("m")[0]

    assert style("[ ] think") == "1;31"
    assert style("[x] answer") == "2"
    assert style("Work: from") == "1;7"
    assert style("Look: 09:00Z") == "1"


def test_on_a_terminal_it_is_for_people(tmp_path: Path, pack: Path) -> None:
    shown = on_terminal("plan", log(tmp_path, *LOG), "--pack", pack, "--now", NOW, columns=100)

    assert shown.status == 0
    assert "Severity 1 High" in shown.shown
    assert "[ ] think" in shown.shown
