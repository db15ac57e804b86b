"""What `sevclass plan` writes for other programs, read by them: Mermaid in a browser, and calendar clients."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser import Browser, BrowserError
from tests.cli.processes import piped
from tests.plans import PLANNED, SMALL
from tests.unit.written import write

Data = dict[str, Any]
NPM = Path(sys.prefix, "npm")
FACTS: Data = {"impact": "bad", "shops": 3}
OPENED = "2026-03-02T09:00:00Z"
HOSTILE = (
    "x:y; z%%w {{7*7}} <script>document.title='run'</script> #35;9 \"q\" section title click \u202e`~|[]()&amp; ✓ é"
)
EVENTS = [
    ("2026-03-02 09:30", "2026-03-02 09:31", "Answer"),
    ("2026-03-02 09:30", "2026-03-02 09:31", "Notify chief"),
    ("2026-03-02 10:00", "2026-03-02 10:01", "Status update"),
    ("2026-03-02 11:00", "2026-03-02 11:01", "Status update"),
    ("2026-03-02 11:00", "2026-03-02 13:00", "Resolution"),
    ("2026-03-02 12:00", "2026-03-02 12:01", "Status update"),
]


def shown(
    form: str, folder: Path, pack: Data | None = PLANNED, *more: str, facts: Data = FACTS, title: str = "It fails"
) -> str:
    """What the command prints of a log with one event."""
    opening = {"at": OPENED, "event": "opened", "title": title, "facts": facts}
    path = folder / "T-17" / "incident_timeline.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"- {json.dumps(opening)}\n", encoding="utf-8")
    named = ("--pack", str(write(folder / "pack", {"pack.yaml": json.dumps(pack)}))) if pack else ()
    ended = piped("plan", path, *named, "--now", OPENED, "--format", form, *more, env={"PYTHONUTF8": "1"})
    assert ended.stderr == b""
    return ended.stdout.decode()


# Mermaid


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


def drawn(browser: Browser, folder: Path, diagram: str) -> list[str]:
    """The texts of the diagram as Mermaid draws it.

    Raises BrowserError where it does not.
    """
    page = folder / "page.html"
    script = (NPM / "mermaid" / "mermaid.min.js").read_text(encoding="utf-8")
    page.write_text(f"<!doctype html><meta charset=utf-8><script>{script}</script><div id=d></div>", encoding="utf-8")
    opened = browser.open(page)
    opened.evaluate("mermaid.initialize({startOnLoad: false})")
    render = f"mermaid.render('x', {json.dumps(diagram)})"
    opened.evaluate(f"{render}.then(made => {{ document.getElementById('d').innerHTML = made.svg }})")
    texts: list[str] = opened.evaluate(
        "[...document.querySelectorAll('#d text')].map(text => [...text.querySelectorAll('tspan')]"
        ".map(part => part.textContent.trim()).join(' ').trim() || text.textContent.trim())"
    )
    assert opened.requests == []
    assert opened.errors == []
    assert opened.evaluate("document.title") == ""
    return [text.replace(" ", "") for text in texts]


def diagram_of(markdown: str) -> str:
    (block,) = markdown.split("```mermaid\n")[1:]
    return block.split("```")[0]


@pytest.mark.browser
@pytest.mark.npm
@pytest.mark.parametrize("language", ["en", "de"])
def test_mermaid_draws_the_plan_that_ships(browser: Browser, tmp_path: Path, language: str) -> None:
    facts = {"functionality": "down", "environment": "production"}
    plan = json.loads(shown("json", tmp_path, None, "--language", language, facts=facts))
    texts = drawn(browser, tmp_path, diagram_of(shown("markdown", tmp_path, None, "--language", language, facts=facts)))

    for phase in plan["phases"]:
        assert any(text.startswith(phase["text"].replace(" ", "")) for text in texts), phase["text"]
        for item in phase["items"]:
            assert item["text"].replace(" ", "") in texts
    assert f"Severity1{plan['name']}" in texts
    assert "by09:15Z" in texts


@pytest.mark.browser
@pytest.mark.npm
def test_mermaid_draws_hostile_texts_as_they_are(browser: Browser, tmp_path: Path) -> None:
    # A pack cannot have a control character in a text, but whatever means something to Mermaid.
    text = HOSTILE.replace("\u202e", "")
    look = SMALL["phases"]["look"]
    actions = look["actions"] | {"think": look["actions"]["think"] | {"text": text}}
    phases = SMALL["phases"] | {"look": look | {"text": text, "actions": actions}}
    pack = PLANNED | {"plan": SMALL | {"phases": phases}, "severities": {"1": text, "2": "title: x", "3": "section"}}
    texts = drawn(browser, tmp_path, diagram_of(shown("markdown", tmp_path, pack, title=HOSTILE)))

    seen = "x:y;z%%w{{7*7}}<script>document.title='run'"
    assert any(one.startswith(f"Severity1{seen}") for one in texts)
    assert sum(one.startswith(seen) for one in texts) == 2


@pytest.mark.browser
@pytest.mark.npm
@pytest.mark.parametrize("facts", [{}, {"impact": "poor"}])
def test_mermaid_draws_a_short_plan_too(browser: Browser, tmp_path: Path, facts: dict[str, Any]) -> None:
    look = {key: value for key, value in SMALL["phases"]["look"].items() if key != "actions"}
    pack = PLANNED | {"plan": SMALL | {"phases": {"look": look}}}
    assert drawn(browser, tmp_path, diagram_of(shown("markdown", tmp_path, pack, facts=facts)))


@pytest.mark.browser
@pytest.mark.npm
def test_the_renderer_refuses_what_is_no_diagram(browser: Browser, tmp_path: Path) -> None:
    with pytest.raises(BrowserError):
        drawn(browser, tmp_path, "timelin\n  title x\n")


# Calendars


@pytest.mark.khal
@pytest.mark.parametrize("title", ["It fails", HOSTILE])
def test_khal_reads_the_calendar(tmp_path: Path, title: str) -> None:
    file = tmp_path / "plan.ics"
    file.write_bytes(shown("ical", tmp_path, title=title).encode())
    config = tmp_path / "config"
    config.write_text(
        f"""\
[calendars]
[[owed]]
path = {tmp_path / "calendar"}
[sqlite]
path = {tmp_path / "khal.db"}
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = UTC
default_timezone = UTC
""",
        encoding="utf-8",
    )

    def khal(*words: str) -> str:
        env = {**os.environ, "HOME": str(tmp_path), "LC_ALL": "C.UTF-8"}
        env = {name: value for name, value in env.items() if not name.startswith("PYTHON")}
        command = ["khal", "-c", str(config), *words]
        ended = subprocess.run(command, check=False, capture_output=True, text=True, env=env)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    khal("import", "--batch", "-a", "owed", str(file))
    listed = khal("list", "--day-format", "", "--format", "{start}|{end}|{title}", "2026-03-02", "1d")

    # What khal makes of a title is its own; what is owed and when has to be there.
    found = [tuple(line.split("|", 2)) for line in listed.splitlines() if line]
    assert sorted((start, end, what.partition(":")[0]) for start, end, what in found) == sorted(EVENTS)
    assert all("T-17" in what for _, _, what in found)
    assert khal("import", "--batch", "-a", "owed", str(file)) is not None
    again = khal("list", "--day-format", "", "--format", "{start}|{end}|{title}", "2026-03-02", "1d")
    assert again == listed, "the same entries, not more of them"


_READ = """
const ICAL = require(process.argv[1]);
const text = require("fs").readFileSync(0, "utf8");
const whole = new ICAL.Component(ICAL.parse(text));
const at = time => time.toJSDate().toISOString().slice(0, 16).replace("T", " ");
console.log(JSON.stringify(whole.getAllSubcomponents("vevent").map(one => {
  const event = new ICAL.Event(one);
  const alarm = one.getFirstSubcomponent("valarm").getFirstPropertyValue("trigger");
  return [at(event.startDate), at(event.endDate), event.summary, event.uid, event.description, alarm.toString()];
})));
"""


@pytest.mark.npm
@pytest.mark.parametrize("title", ["It fails", HOSTILE, "é" * 100_000])
def test_ical_js_reads_the_calendar(tmp_path: Path, title: str) -> None:
    text = shown("ical", tmp_path, title=title)
    command = ["node", "-e", _READ, str(NPM / "ical.js" / "ical.es5.min.cjs")]
    ended = subprocess.run(command, input=text, check=True, capture_output=True, text=True, encoding="utf-8")
    found = json.loads(ended.stdout)

    assert [(start, end, what.partition(":")[0]) for start, end, what, *_ in found] == EVENTS
    cut = title.replace("\u202e", "\\u202e")
    cut = cut if len(cut) <= 80 else f"{cut[:79]}…"
    assert {what.partition(": ")[2] for _, _, what, *_ in found} == {f"T-17: {cut}"}
    assert {alarm for *_, alarm in found} == {"-PT5M"}
    assert len({uid for _, _, _, uid, _, _ in found}) == len(found)
    assert found[4][4] == "Severity 1 High\nNot later than 2026-03-02 13:00:00 UTC\nSolve it: chief"
