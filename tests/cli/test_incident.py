"""`incident`: each verb, what is refused, and what is shown."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from sevclass import load_pack
from sevclass.cli.incident import READING
from sevclass.cli.verbs import VERBS
from sevclass.incident import read_log, replay
from sevclass.incident.events import KINDS
from sevclass.incident.journal import journal
from tests.cli.conftest import Ended, Run
from tests.cli.processes import SEVCLASS, piped
from tests.incident.users import unprivileged

AT = "2024-03-04T10:00:00Z"
LATER = "2024-03-04T10:05:00Z"
SUPPORT = {"name": "support", "version": load_pack().version, "digest": load_pack().digest}

Incident: TypeAlias = Callable[..., Ended]


@pytest.fixture(autouse=True)
def _no_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SEVCLASS_ROOT", raising=False)


@pytest.fixture
def incident(run: Run, tmp_path: Path) -> Incident:
    """Run a verb below a root folder of its own."""

    def run_it(verb: str, *words: object, **more: Any) -> Ended:
        return run("incident", verb, "--root", tmp_path, *words, **more)

    return run_it


@pytest.fixture
def opened(incident: Incident) -> Incident:
    """The same, with an incident that is open."""
    assert incident("open", "T-17", "--fact", "functionality=down", "--at", AT).status == 0
    return incident


def log_of(root: Path, id_: str = "T-17") -> Path:
    return root / id_ / "workflow" / "incident_timeline.yaml"


def events(root: Path, id_: str = "T-17") -> list[dict[str, Any]]:
    """The events of a log, without the instant at which they were written."""
    found = [json.loads(line.removeprefix("- ")) for line in log_of(root, id_).read_text("utf-8").splitlines()]
    return [{key: value for key, value in event.items() if key != "logged_at"} for event in found]


def refused(ended: Ended) -> str:
    """What was told; nothing came out."""
    assert (ended.status, ended.out) == (2, "")
    return ended.err


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


# --- writing ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "written"),
    [
        pytest.param("ack T-17", {"event": "acknowledged"}, id="ack"),
        pytest.param("ack T-17 --note hello", {"event": "acknowledged", "note": "hello"}, id="ack-note"),
        pytest.param(
            "facts T-17 --fact security=issue --fact data_loss=null --settles --customer acme --customer bolt",
            {
                "event": "facts",
                "facts": {"security": "issue", "data_loss": None},
                "customers": ["acme", "bolt"],
                "settles": True,
            },
            id="facts",
        ),
        pytest.param(
            "facts T-17 --fact other_customers=3 --fact public_outage=yes --fact request=defect",
            {"event": "facts", "facts": {"other_customers": 3, "public_outage": True, "request": "defect"}},
            id="facts-by-their-scales",
        ),
        pytest.param(
            "facts T-17 --customer acme", {"event": "facts", "facts": {}, "customers": ["acme"]}, id="facts-customers"
        ),
        pytest.param(
            "override T-17 --by max 2 --reason calm --approved-by ann",
            {"event": "override", "severity": 2, "reason": "calm", "approved_by": "ann", "by": "max"},
            id="override",
        ),
        pytest.param(
            "override T-17 --lift --by max --reason calm",
            {"event": "override", "severity": None, "reason": "calm", "by": "max"},
            id="override-lift",
        ),
        pytest.param("update T-17", {"event": "update_sent"}, id="update"),
        pytest.param(
            "update T-17 --audience executives --next 2024-03-04T12:00:00+01:00 --customer acme",
            {"event": "update_sent", "audience": "executives", "customer": "acme", "next": "2024-03-04T11:00:00Z"},
            id="update-whole",
        ),
        pytest.param("notify T-17 support-manager", {"event": "notified", "role": "support-manager"}, id="notify"),
        pytest.param(
            "notify T-17 support-manager --about resolution",
            {"event": "notified", "role": "support-manager", "about": "resolution"},
            id="notify-about",
        ),
        pytest.param(
            "notify T-17 support-manager --about notification:support-manager",
            {"event": "notified", "role": "support-manager", "about": "notification:support-manager"},
            id="notify-about-a-notification",
        ),
        pytest.param("wait T-17 --on customer", {"event": "waiting", "on": "customer"}, id="wait"),
        pytest.param("wait T-17", {"event": "waiting"}, id="wait-on-nobody"),
        pytest.param("mitigate T-17", {"event": "mitigated"}, id="mitigate"),
        pytest.param("resolve T-17 --note done", {"event": "resolved", "note": "done"}, id="resolve"),
        pytest.param("fix T-17", {"event": "fixed"}, id="fix"),
        pytest.param("close T-17", {"event": "closed"}, id="close"),
        pytest.param(
            "cause T-17 --known-issue KI-4 product_bug",
            {"event": "cause", "category": "product_bug", "known_issue": "KI-4"},
            id="cause",
        ),
        pytest.param(
            "satisfaction T-17 5 --customer acme",
            {"event": "satisfaction", "score": 5, "customer": "acme"},
            id="satisfaction",
        ),
        pytest.param(
            "action T-17 --owner ann call --due 2024-03-08 --kind promise --for acme --event-id A1",
            {
                "event": "action",
                "id": "A1",
                "text": "call",
                "owner": "ann",
                "due": "2024-03-08",
                "kind": "promise",
                "for": "acme",
            },
            id="action",
        ),
        pytest.param("step T-17 tell-customers", {"event": "step", "item": "tell-customers"}, id="step"),
        pytest.param(
            "assign T-17 support-manager max",
            {"event": "assigned", "role": "support-manager", "person": "max"},
            id="assign",
        ),
        pytest.param(
            "assign T-17 support-manager --nobody",
            {"event": "assigned", "role": "support-manager", "person": None},
            id="assign-nobody",
        ),
        pytest.param("decide T-17 rollback", {"event": "decided", "text": "rollback"}, id="decide"),
        pytest.param(
            "note T-17 --source monitoring -- -1", {"event": "note", "text": "-1", "source": "monitoring"}, id="note"
        ),
        pytest.param(
            "war-room T-17 open --channel #inc",
            {"event": "war_room", "state": "open", "channel": "#inc"},
            id="war-room",
        ),
        pytest.param(
            "strike T-17 e1x --reason wrong",
            {"event": "struck", "entry": "e1x", "reason": "wrong"},
            id="strike",
        ),
    ],
)
def test_a_verb_writes_its_event(opened: Incident, tmp_path: Path, words: str, written: dict[str, Any]) -> None:
    opened("note", "T-17", "first", "--at", AT, "--event-id", "e1x")

    verb, *words_after = words.split()
    status, out, err = opened(verb, "--at", LATER, "--ref", "#4", *words_after)

    assert (status, err) == (0, "")
    assert events(tmp_path)[-1] == {"id": "e3", **written, "at": LATER, "ref": "#4"}
    assert json.loads(out)["written"] == [written.get("id", "e3")]


def test_every_verb_has_been_tried() -> None:
    source = Path(__file__).read_text("utf-8")

    assert [verb for verb in [*VERBS, *READING] if f'"{verb} T-17' not in source and f'"{verb}"' not in source] == []


def test_an_event_is_written_in_one_order(opened: Incident, tmp_path: Path) -> None:
    opened("action", "T-17", "call", "--by", "ann", "--owner", "bo", "--source", "customer", "--at", LATER)

    line = log_of(tmp_path).read_text("utf-8").splitlines()[1]
    assert list(json.loads(line.removeprefix("- "))) == [
        *("at", "event", "id", "text", "owner", "by", "source", "logged_at")
    ]


def test_resume_and_reopen(opened: Incident, tmp_path: Path) -> None:
    for words in ("wait T-17 --on customer", "resume T-17 --on customer", "resolve T-17", "reopen T-17"):
        verb, *rest = words.split()
        assert opened(verb, *rest, "--at", LATER).status == 0

    assert [event["event"] for event in events(tmp_path)] == ["opened", "waiting", "resumed", "resolved", "reopened"]


def test_what_nobody_sees_is_escaped(opened: Incident, tmp_path: Path) -> None:
    text = "a\u2028b\x85c\td\x1be \u202e\U000e0001 größer \U0001f642"

    assert opened("note", "T-17", text, "--at", LATER).status == 0
    assert events(tmp_path)[-1]["text"] == text
    assert "größer \U0001f642" in (written := log_of(tmp_path).read_text("utf-8"))
    assert all(line.isprintable() for line in written.splitlines())


# --- when -------------------------------------------------------------------------------------------------------------


def logged_at(root: Path) -> str | None:
    found: str | None = json.loads(log_of(root).read_text("utf-8").splitlines()[-1].removeprefix("- ")).get("logged_at")
    return found


def test_without_an_instant_it_is_now(opened: Incident, tmp_path: Path) -> None:
    before = now()
    opened("ack", "T-17")

    assert before <= datetime.fromisoformat(events(tmp_path)[-1]["at"]) <= now()
    assert logged_at(tmp_path) is None


def test_nothing_is_before_what_was_written_a_moment_ago(incident: Incident, tmp_path: Path) -> None:
    at = datetime.now(UTC).isoformat()
    incident("open", "T-17", "--at", at)

    assert incident("ack", "T-17")[::2] == (0, "")
    assert datetime.fromisoformat(at) <= datetime.fromisoformat(events(tmp_path)[1]["at"])


def test_what_is_written_late_says_so(opened: Incident, tmp_path: Path) -> None:
    before = now()
    opened("ack", "T-17", "--at", AT)

    assert before <= datetime.fromisoformat(logged_at(tmp_path) or "") <= now()


def test_what_is_written_a_moment_later_does_not(opened: Incident, tmp_path: Path) -> None:
    at = (now() - timedelta(seconds=30)).isoformat()

    assert opened("ack", "T-17", "--at", at).status == 0
    assert logged_at(tmp_path) is None


def test_what_comes_before_the_last_entry_says_so(opened: Incident, tmp_path: Path) -> None:
    opened("note", "T-17", "a")
    at = (now() - timedelta(seconds=5)).isoformat()

    assert opened("note", "T-17", "b", "--at", at)[2] == ""
    assert logged_at(tmp_path) is not None
    assert opened("show", "T-17").err == ""


def test_the_future_has_not_happened(opened: Incident, tmp_path: Path) -> None:
    before = log_of(tmp_path).read_bytes()

    assert refused(opened("ack", "T-17", "--at", "9000-01-01T00:00:00Z")) == (
        "sevclass: error: `9000-01-01T00:00:00Z` is in the future; what is written has happened\n"
    )
    assert log_of(tmp_path).read_bytes() == before


# --- open -------------------------------------------------------------------------------------------------------------


def test_open_with_everything(incident: Incident, tmp_path: Path) -> None:
    facts = tmp_path / "facts.yaml"
    facts.write_text(
        f'id: T-17\nopened_at: "{AT}"\ntitle: Slow\ncustomers: [acme]\n'
        "facts: {functionality: minor, security: null}\n",
        encoding="utf-8",
    )

    status, _, err = incident("open", "T-17", facts, "--fact", "data_loss=false", "--fact", "functionality=major")

    assert (status, err) == (0, "")
    assert events(tmp_path) == [
        {
            "at": AT,
            "event": "opened",
            "id": "e1",
            "title": "Slow",
            "customers": ["acme"],
            "facts": {"functionality": "major", "data_loss": False},
            "pack": SUPPORT,
        }
    ]


def test_what_is_said_beside_the_facts_counts(incident: Incident, tmp_path: Path) -> None:
    words = ("--title", "Down", "--customer", "bolt", "--at", AT, "--by", "ann")

    assert incident("open", "T-17", "-", *words, stdin=b'{"title": "Slow", "by": "bo", "facts": {}}').status == 0
    assert events(tmp_path) == [
        {
            "at": AT,
            "event": "opened",
            "id": "e1",
            "title": "Down",
            "by": "ann",
            "facts": {},
            "customers": ["bolt"],
            "pack": SUPPORT,
        }
    ]


def test_open_without_a_word(incident: Incident, tmp_path: Path) -> None:
    assert incident("open", "T-17").status == 0
    assert events(tmp_path)[0]["facts"] == {}


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        pytest.param(
            b'{"functionality": "dwon", "lost": 1}',
            "<stdin>:1:19: functionality: unknown level `dwon`; did you mean `down`?\n"
            '    {"functionality": "dwon", "lost": 1}\n'
            "                      ^^^^^^\n"
            "<stdin>:1:27: lost: unknown fact `lost`\n"
            '    {"functionality": "dwon", "lost": 1}\n'
            "                              ^^^^^^\n",
            id="facts",
        ),
        pytest.param(
            b'{"id": "T-18", "opened_at": "2024-03-04T10:00:01Z", "title": "", "facts": {}}',
            "<stdin>:1:8: id: the envelope's `id` differs from the one given beside it; give it once\n"
            '    {"id": "T-18", "opened_at": "2024-03-04T10:00:01Z", "title": "", "facts": {}}\n'
            "           ^^^^^^\n"
            "<stdin>:1:29: opened_at: the envelope's `opened_at` differs from the one given beside it; give it once\n"
            '    {"id": "T-18", "opened_at": "2024-03-04T10:00:01Z", "title": "", "facts": {}}\n'
            "                                ^^^^^^^^^^^^^^^^^^^^^^\n"
            "<stdin>:1:62: title: the text is empty; write something, or leave it out\n"
            '    {"id": "T-18", "opened_at": "2024-03-04T10:00:01Z", "title": "", "facts": {}}\n'
            "                                                                 ^^\n",
            id="an-envelope",
        ),
        pytest.param(
            b'{"security": "none", "security": "none"}',
            "<stdin>: security: `security` stands twice; keep one\n",
            id="twice",
        ),
        pytest.param(
            b"[]",
            "<stdin>: a list is not a mapping of facts; a JSON object is needed\n",
            id="a-list",
        ),
        pytest.param(b"", "<stdin>: is empty; `{}` is an incident of which nothing is known\n", id="empty"),
    ],
)
def test_an_opening_with_bad_facts(incident: Incident, tmp_path: Path, facts: bytes, told: str) -> None:
    assert refused(incident("open", "T-17", "-", "--at", AT, stdin=facts)) == told
    assert list(tmp_path.iterdir()) == []


def test_a_stream_is_no_opening(incident: Incident, tmp_path: Path) -> None:
    (tmp_path / "week.jsonl").touch()

    assert refused(incident("open", "T-17", tmp_path / "week.jsonl")) == (
        f"sevclass: error: `open` takes one incident; {tmp_path}/week.jsonl is a stream of many\n"
    )


def test_an_incident_is_opened_once(opened: Incident, tmp_path: Path) -> None:
    before = log_of(tmp_path).read_bytes()

    assert refused(opened("open", "T-17")) == (
        "T-17: the incident is opened already; take another id, or tell what is new with `sevclass incident facts`\n"
    )
    assert log_of(tmp_path).read_bytes() == before


def test_an_opening_in_the_future(incident: Incident) -> None:
    facts = b'{"opened_at": "9000-01-01T00:00:00Z", "facts": {}}'

    assert refused(incident("open", "T-17", "-", stdin=facts)) == (
        "sevclass: error: `9000-01-01T00:00:00Z` is in the future; what is written has happened\n"
    )


# --- the instruction --------------------------------------------------------------------------------------------------


@pytest.fixture
def instructed(incident: Incident, tmp_path: Path) -> Incident:
    (tmp_path / "T-17").mkdir()
    (tmp_path / "T-17" / "instruction.yaml").write_text(
        f"opened_at: {AT}\ntitle: Slow\nfacts: {{functionality: major}}\n", encoding="utf-8"
    )
    return incident


INSTRUCTED = {
    "at": AT,
    "event": "opened",
    "id": "e1",
    "title": "Slow",
    "facts": {"functionality": "major"},
    "pack": SUPPORT,
    "ref": "instruction.yaml",
}


def test_what_is_added_first_writes_the_opening(instructed: Incident, tmp_path: Path) -> None:
    status, out, err = instructed("ack", "T-17", "--at", LATER, "--by", "ann")

    assert (status, err, json.loads(out)["written"]) == (0, "", ["e1", "e2"])
    assert events(tmp_path) == [INSTRUCTED, {"at": LATER, "event": "acknowledged", "id": "e2", "by": "ann"}]
    assert instructed("ack", "T-17").status == 2


def test_an_instruction_is_shown_and_listed(instructed: Incident, tmp_path: Path) -> None:
    shown = json.loads(instructed("show", "T-17", "--now", LATER).out)
    listed = json.loads(instructed("list", "--now", LATER).out)

    assert (shown["title"], shown["severity"]["in_force"]) == ("Slow", 2)
    assert [(row["id"], row["title"]) for row in listed["rows"]] == [("T-17", "Slow")]
    assert not log_of(tmp_path).parent.exists()


def test_an_instruction_has_clocks(instructed: Incident, run: Run, tmp_path: Path) -> None:
    clock = json.loads(run("clock", tmp_path, "--now", LATER).out)
    due = run("due", tmp_path, "--now", "2024-03-05T00:00:00Z")

    assert (clock["id"], clock["clocks"][0]["limit_at"]) == ("T-17", "2024-03-04T11:00:00Z")
    assert (due.status, due.err, {row["id"] for row in json.loads(due.out)["rows"]}) == (1, "", {"T-17"})


def test_a_broken_instruction_stops_no_other(instructed: Incident, run: Run, tmp_path: Path) -> None:
    (tmp_path / "T-18").mkdir()
    path = tmp_path / "T-18" / "instruction.yaml"
    path.write_text("facts: {}\n", encoding="utf-8")
    told = f'{path}: missing key `opened_at`; say when it was reported, as `opened_at: "2026-03-02T14:23:00Z"`\n'

    for ended in (instructed("list"), run("due", tmp_path)):
        assert (ended.status, ended.err) == (2, told)
        assert [row["id"] for row in json.loads(ended.out)["rows"]][:1] == ["T-17"]


def test_it_is_opened_as_instructed(instructed: Incident, tmp_path: Path) -> None:
    assert instructed("open", "T-17", "--title", "Slower", "--fact", "data_loss=no").status == 0
    facts = {"functionality": "major", "data_loss": False}
    assert events(tmp_path) == [INSTRUCTED | {"title": "Slower", "facts": facts}]


def test_an_instruction_and_what_is_said_must_not_differ(instructed: Incident, tmp_path: Path) -> None:
    path = tmp_path / "T-17" / "instruction.yaml"

    assert refused(instructed("open", "T-17", "--at", LATER)) == (
        f"{path}:1:12: opened_at: the envelope's `opened_at` differs from the one given beside it; give it once\n"
        f"    opened_at: {AT}\n"
        f"               {'^' * len(AT)}\n"
    )


def test_an_instruction_without_an_instant_is_opened_by_hand(instructed: Incident, tmp_path: Path) -> None:
    (tmp_path / "T-17" / "instruction.yaml").write_text("facts: {}\n", encoding="utf-8")

    assert instructed("open", "T-17", "--at", AT).status == 0
    assert events(tmp_path)[0]["at"] == AT


def test_an_id_of_ones_own_is_not_that_of_the_opening(instructed: Incident, tmp_path: Path) -> None:
    assert instructed("ack", "T-17", "--event-id", "e1").status == 0
    assert [event["id"] for event in events(tmp_path)] == ["e2", "e1"]


def test_an_opening_in_the_log_wins(instructed: Incident, tmp_path: Path) -> None:
    instructed("open", "T-17", "-", stdin=b'{"opened_at": "2024-03-04T09:00:00Z", "facts": {}}')

    assert events(tmp_path) == [
        {"at": "2024-03-04T09:00:00Z", "event": "opened", "id": "e1", "facts": {}, "pack": SUPPORT}
    ]
    assert json.loads(instructed("show", "T-17").out)["title"] is None


def test_an_opening_that_was_struck_does_not(instructed: Incident, tmp_path: Path) -> None:
    instructed("open", "T-17", "-", stdin=b'{"opened_at": "2024-03-04T09:00:00Z", "facts": {}}')
    with journal(log_of(tmp_path)) as log:
        log.append('- {"at": "2024-03-04T10:01:00Z", "event": "struck", "entry": "e1", "reason": "wrong"}')

    assert instructed("ack", "T-17", "--at", LATER).err == ""
    assert [event["event"] for event in events(tmp_path)] == ["opened", "struck", "opened", "acknowledged"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "facts: {}\n",
            'missing key `opened_at`; say when it was reported, as `opened_at: "2026-03-02T14:23:00Z"`\n',
            id="no-opening",
        ),
        pytest.param("", "is empty; `{}` is an incident of which nothing is known\n", id="empty"),
    ],
)
def test_an_instruction_that_is_none(instructed: Incident, tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "T-17" / "instruction.yaml"
    path.write_text(text, encoding="utf-8")

    assert refused(instructed("ack", "T-17")) == f"{path}: {told}"
    assert refused(instructed("show", "T-17")) == f"{path}: {told}"
    assert not log_of(tmp_path).exists()


def test_every_problem_of_an_instruction_has_its_place(instructed: Incident, tmp_path: Path) -> None:
    path = tmp_path / "T-17" / "instruction.yaml"
    path.write_text(f"opened_at: {AT}\ncustomers: acme\nid: T-18\nfacts: {{functionality: dwon}}\n", encoding="utf-8")

    assert refused(instructed("ack", "T-17")) == (
        f"{path}:4:24: facts.functionality: unknown level `dwon`; did you mean `down`?\n"
        "    facts: {functionality: dwon}\n"
        "                           ^^^^\n"
        f"{path}:3:5: id: the envelope's `id` differs from the one given beside it; give it once\n"
        "    id: T-18\n"
        "        ^^^^\n"
        f"{path}:2:12: customers: `acme` is not a list\n"
        "    customers: acme\n"
        "               ^^^^\n"
    )


def test_a_log_without_an_opening(incident: Incident, tmp_path: Path) -> None:
    log_of(tmp_path).parent.mkdir(parents=True)
    log_of(tmp_path).touch()

    assert refused(incident("ack", "T-17")) == (
        "T-17: the incident was never opened; begin with `sevclass incident open T-17`\n"
    )
    assert refused(incident("show", "T-17")) == (
        f"{log_of(tmp_path)}: the incident was never opened; the log of an incident has an event `opened`\n"
    )


def test_a_log_whose_opening_cannot_be_read(incident: Incident, tmp_path: Path) -> None:
    log_of(tmp_path).parent.mkdir(parents=True)
    log_of(tmp_path).write_text(f"# mine\n- {{at: '{AT}', event: opend}}\n", encoding="utf-8")

    assert refused(incident("ack", "T-17")) == (
        f"{log_of(tmp_path)}:2: unknown event `opend`; did you mean `opened`?\n"
        "T-17: the incident was never opened; begin with `sevclass incident open T-17`\n"
    )


def test_an_opening_of_which_a_fact_does_not_fit_is_told_and_the_incident_goes_on(
    incident: Incident, tmp_path: Path
) -> None:
    log_of(tmp_path).parent.mkdir(parents=True)
    log_of(tmp_path).write_text(f"- {{at: '{AT}', event: opened, facts: {{functionality: dwon}}}}\n", encoding="utf-8")
    told = f"{log_of(tmp_path)}:1: facts.functionality: unknown level `dwon`; did you mean `down`?\n"

    assert incident("ack", "T-17")[::2] == (0, told)
    assert incident("facts", "T-17", "--fact", "functionality=down")[::2] == (0, told)
    assert json.loads(incident("show", "T-17").out)["severity"]["in_force"] == 2


def test_what_a_fast_clock_has_written_counts(opened: Incident, tmp_path: Path) -> None:
    with journal(log_of(tmp_path)) as log:
        log.append('- {"at": "9000-01-01T00:00:00Z", "event": "acknowledged"}')

    assert opened("note", "T-17", "x").status == 0
    assert refused(opened("ack", "T-17")) == (
        f"{log_of(tmp_path)}:2: the incident is acknowledged already; once is enough, unless it was reopened\n"
    )


# --- what cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(
            "ack T-17",
            "T-17: the incident is acknowledged already; once is enough, unless it was reopened",
            id="ack-twice",
        ),
        pytest.param("resume T-17", "T-17: nothing waits", id="resume"),
        pytest.param(
            "reopen T-17",
            "T-17: the incident is open; only what was resolved or closed can be reopened",
            id="reopen",
        ),
        pytest.param(
            "note T-17 a --at 2024-03-04T09:00:00Z",
            "T-17: it is before the opening; strike it, or give the opening its true instant",
            id="before-the-opening",
        ),
        pytest.param(
            "override T-17 9 --by max --reason x",
            "T-17: unknown severity 9; severities are 1 to 4",
            id="severity",
        ),
        pytest.param(
            "override T-17 999 --by max --reason x",
            "T-17: severity: 999 is out of range; it is at most 99",
            id="severity-range",
        ),
        pytest.param("satisfaction T-17 0", "T-17: score: 0 is out of range; it is at least 1", id="no-score"),
        pytest.param("satisfaction T-17 6", "T-17: score: 6 is out of range; it is at most 5", id="score"),
        pytest.param(
            "note T-17 a --source=",
            "T-17: source: the text is empty; write something, or leave it out",
            id="empty",
        ),
        pytest.param(
            "action T-17 a --due soon",
            "T-17: due: `soon` is not an instant; for example `2026-03-02T14:23:00Z`",
            id="due",
        ),
        pytest.param(
            "strike T-17 e9 --reason x",
            "T-17: no entry has the id `e9`; an entry is struck by its `id`",
            id="strike",
        ),
        pytest.param(
            "facts T-17 --fact functionality=dwon --fact lost=1"
            " --fact enterprise_customers=many --fact data_loss=maybe",
            "--fact functionality: unknown level `dwon`; did you mean `down`?\n"
            "--fact lost: unknown fact `lost`\n"
            "--fact enterprise_customers: `many` is not a whole number; it is a count of customers\n"
            "--fact data_loss: `maybe` is neither true nor false",
            id="facts",
        ),
        pytest.param("facts T-17 --fact facts=1", "--fact facts: unknown fact `facts`", id="a-fact-called-facts"),
        pytest.param(
            "facts T-17 --fact down",
            "sevclass: error: `down` is not a fact with its value; as `--fact functionality=down`",
            id="no-value",
        ),
        pytest.param(
            "facts T-17 --fact security=",
            "sevclass: error: `security=` is not a fact with its value; as `--fact functionality=down`",
            id="empty-value",
        ),
        pytest.param(
            "facts T-17 --fact security=none --fact security=issue",
            "sevclass: error: `security` stands twice; keep one",
            id="a-fact-twice",
        ),
        pytest.param(
            "facts T-17 --settles",
            "sevclass: error: nothing to write; give `--fact NAME=VALUE`, or `--customer CUSTOMER`",
            id="no-facts",
        ),
        pytest.param(
            "override T-17 --by max --reason x",
            "sevclass: error: an override takes either SEV or `--lift`; `--lift` ends the override that holds",
            id="no-severity",
        ),
        pytest.param(
            "override T-17 2 --lift --by max --reason x",
            "sevclass: error: an override takes either SEV or `--lift`; `--lift` ends the override that holds",
            id="severity-and-lift",
        ),
        pytest.param(
            "override T-17 2 --reason x",
            "sevclass: error: no `--by`; an override says who decides",
            id="no-by",
        ),
        pytest.param(
            "override T-17 2 --by max",
            "sevclass: error: no `--reason`; an override says why",
            id="no-reason",
        ),
        pytest.param("override T-17 two", "sevclass: error: `two` is not a whole number", id="no-number"),
        pytest.param(
            "strike T-17 e1",
            "sevclass: error: no `--reason`; say why it was a mistake",
            id="strike-no-reason",
        ),
        pytest.param(
            "override T-17 3 --by ben --reason x --approved-by ben",
            "sevclass: error: nobody approves of their own decision; `--approved-by` is somebody else",
            id="own-approval",
        ),
        pytest.param(
            "strike T-17 e1 --reason wrong",
            "sevclass: error: an incident is nothing without its opening; put its facts right with `sevclass incident "
            "facts`, or close the incident",
            id="strike-the-opening",
        ),
        pytest.param(
            "update T-17 --at 2024-03-04T10:30:00Z --next 2024-03-04T10:30:00Z",
            "sevclass: error: `2024-03-04T10:30:00Z` is not after the update itself; `--next` is when the following "
            "one was promised",
            id="promise-in-the-past",
        ),
        pytest.param(
            "notify T-17 suport-manager",
            "sevclass: error: unknown role `suport-manager`; did you mean `support-manager`?",
            id="role",
        ),
        pytest.param(
            "notify T-17 support-manager --about xyz",
            "sevclass: error: unknown clock `xyz`; one of `initial_response`, `notification`, `status_update`, "
            "`resolution`, `review`, `action`, `promise`, or the id of an action",
            id="clock",
        ),
        pytest.param(
            "assign T-17 support-manager",
            "sevclass: error: a role takes either PERSON or `--nobody`; `--nobody` takes it from whoever has it",
            id="nobody-named",
        ),
        pytest.param(
            "assign T-17 support-manager max --nobody",
            "sevclass: error: a role takes either PERSON or `--nobody`; `--nobody` takes it from whoever has it",
            id="somebody-and-nobody",
        ),
        pytest.param(
            "cause T-17 product_bugs",
            "T-17: unknown cause `product_bugs`; did you mean `product_bug`?",
            id="cause",
        ),
        pytest.param(
            "action T-17",
            "sevclass: error: no TEXT; say what is to be done, or `--action-id` to say how it stands with it",
            id="no-text",
        ),
        pytest.param("action T-17 --action-id A9", "sevclass: error: no action has the id `A9`", id="no-action"),
        pytest.param(
            "action T-17 --action-id A1 --event-id A2",
            "sevclass: error: `--action-id` is the id of the entry too; leave out `--event-id`",
            id="two-ids",
        ),
        pytest.param(
            "note T-17 a --event-id e2",
            "sevclass: error: the id `e2` is taken; take another one, or leave out `--event-id`",
            id="id-taken",
        ),
        pytest.param("note T-17", "sevclass: error: no TEXT", id="an-argument"),
        pytest.param("ack", "sevclass: error: no ID", id="no-id"),
        pytest.param(
            "ack T-17 b",
            "sevclass: error: unexpected `b`; see `sevclass incident ack -h`",
            id="a-word-more",
        ),
        pytest.param(
            "ack T-17 --noet b",
            "sevclass: error: unknown option `--noet`; did you mean `--note`?",
            id="option",
        ),
        pytest.param(
            "ack T-18",
            "T-18: the incident was never opened; begin with `sevclass incident open T-18`",
            id="never-opened",
        ),
        pytest.param(
            "show T-18",
            "T-18: the incident was never opened; begin with `sevclass incident open T-18`",
            id="show-never-opened",
        ),
        pytest.param(
            "open ../T-17",
            "id: `../T-17` has `/` in it; use letters, digits, `-`, `_` and `.`\n"
            "id: `../T-17` starts with `.`; start with a letter or a digit",
            id="an-id-that-leads-out",
        ),
        pytest.param(
            "ack NUL",
            "id: `NUL` is a device on Windows; put something before it, such as `T-`",
            id="a-device",
        ),
        pytest.param(
            "open T-18 --pack suport",
            "sevclass: error: unknown pack `suport`; did you mean `support`?",
            id="pack",
        ),
        pytest.param(
            "show T-17 --now 2024-03-04T09:00:00Z",
            "{log}: now: 2024-03-04T09:00:00Z is before the opening; it was opened at 2024-03-04T10:00:00Z",
            id="before-it-was",
        ),
        pytest.param("list --state opne", "sevclass: error: unknown state `opne`; did you mean `open`?", id="state"),
        pytest.param("review T-17 nowhere.yaml", "nowhere.yaml: no such file", id="no-review"),
    ],
)
def test_what_cannot_be_is_refused(opened: Incident, tmp_path: Path, words: str, told: str) -> None:
    opened("ack", "T-17", "--at", AT)
    opened("action", "T-17", "call", "--at", AT, "--event-id", "A1")
    before = log_of(tmp_path).read_bytes()
    verb, *rest = words.split()

    assert refused(opened(verb, *rest)) == told.replace("{log}", str(log_of(tmp_path))) + "\n"
    assert log_of(tmp_path).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["T-17"]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("strike T-17 e3 --reason x", id="strike-what-another-needs"),
        pytest.param(f"resolve T-17 --at {AT}", id="before-another"),
    ],
)
def test_what_would_make_another_event_impossible_is_refused(opened: Incident, tmp_path: Path, words: str) -> None:
    for verb in ("resolve", "reopen", "resolve"):
        assert opened(verb, "T-17", "--at", LATER).status == 0
    verb, *rest = words.split()
    line = 4 if verb == "strike" else 2

    assert refused(opened(verb, *rest)) == (
        f"{log_of(tmp_path)}:{line}: the incident is resolved already; reopen it first\n"
    )


def test_what_was_wrong_before_stops_nobody(opened: Incident, tmp_path: Path) -> None:
    log = log_of(tmp_path)
    with log.open("a", encoding="utf-8") as file:
        file.write('- {"at": "2024-03-04T10:01:00Z", "event": "resumed"}\n- note: x\n- {"at": "2024-03-04')

    status, out, err = opened("ack", "T-17", "--at", LATER)

    assert status == 0
    assert json.loads(out)["written"] == ["e4"]
    assert err == (
        f"{log}:2: `resumed` is set aside: nothing waits\n"
        f"{log}:3: missing key `event`; one of {', '.join(f'`{kind}`' for kind in KINDS)}\n"
        f"{log}:4: the last line was torn, and was set aside; "
        "what there was of it is kept in `incident_timeline.torn`\n"
    )
    assert log.with_suffix(".torn").exists()
    assert opened("show", "T-17").err == err[: err.index(f"{log}:4")]


def test_a_torn_line_is_told_by_those_who_read(opened: Incident, tmp_path: Path) -> None:
    log = log_of(tmp_path)
    whole = log.read_bytes()
    log.write_bytes(whole + b'- {"at": "2024')

    for words in (("show", "T-17"), ("list",)):
        status, _, err = opened(*words)
        assert (status, err) == (
            0,
            (
                f"{log}:2: the last line is torn; "
                "it was not written to its end; the next entry that is added sets it aside\n"
            ),
        )
    assert log.read_bytes() == whole + b'- {"at": "2024'


def test_text_that_is_no_text(incident: Incident, tmp_path: Path) -> None:
    incident("open", "T-17")

    assert refused(incident("note", "T-17", os.fsdecode(b"a\xff"))) == "sevclass: error: `a\\udcff` is not UTF-8\n"


# --- packs ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    folder = tmp_path / "packs" / "acme"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("name: acme\nversion: '2'\nextends: support\n", encoding="utf-8")
    return folder


def test_the_pack_is_named_each_time_if_it_does_not_ship(run: Run, tmp_path: Path, acme: Path) -> None:
    root = ("--root", tmp_path / "incidents")
    assert run("incident", "open", "T-17", *root, "--pack", acme).status == 0
    assert events(tmp_path / "incidents")[0]["pack"]["name"] == "acme"

    told = "T-17: it was opened under `acme`, which does not ship; name its folder with `--pack`\n"
    assert refused(run("incident", "ack", "T-17", *root)) == told
    for words in (("ack", "T-17"), ("show", "T-17"), ("list",)):
        assert run("incident", *words, *root, "--pack", acme)[::2] == (0, "")


def test_another_pack_than_it_was_opened_under(opened: Incident, tmp_path: Path, acme: Path) -> None:
    assert opened("ack", "T-17", "--pack", acme)[2] == (
        f"{log_of(tmp_path)}:1: it was opened under `support {SUPPORT['version']}` and is read under `acme 2`; "
        "what is owed may differ\n"
    )


@pytest.mark.parametrize("pack", ['"support"', "null", '{"name": "support", "version": "1.0.0"}'])
def test_a_pack_that_somebody_wrote_by_hand(incident: Incident, tmp_path: Path, pack: str) -> None:
    log_of(tmp_path).parent.mkdir(parents=True)
    log_of(tmp_path).write_text(f'- {{"at": "{AT}", "event": "opened", "pack": {pack}}}\n', encoding="utf-8")

    assert incident("ack", "T-17")[::2] == (0, "")


# --- actions and reviews ----------------------------------------------------------------------------------------------


def test_what_is_not_said_of_an_action_stays(opened: Incident, tmp_path: Path) -> None:
    opened("action", "T-17", "call", "--event-id", "A1", "--at", LATER)
    opened("action", "T-17", "--action-id", "A1", "--state", "done", "--at", LATER)
    opened("action", "T-17", "--action-id", "A1", "--owner", "ann", "--at", LATER)

    assert events(tmp_path)[2:] == [
        {"at": LATER, "event": "action", "id": "A1", "state": "done"},
        {"at": LATER, "event": "action", "id": "A1", "state": "done", "owner": "ann"},
    ]
    assert opened("notify", "T-17", "support-manager", "--about", "A1").status == 0
    assert refused(opened("action", "T-17", "--action-id", "a1")) == (
        "sevclass: error: no action has the id `a1`; did you mean `A1`?\n"
    )


REVIEW = """\
post_incident_review:
  incident_id: T-17
  duration: 3 hours
  action_items:
    - "Watch the pool [Owner: SRE] [due: 2024-04-01]"
    - Say sorry
    - {action: Find leaks, owner: Engineering, due: "2024-05-01T12:00:00Z", kind: promise, for: acme}
"""
ITEMS = [
    {"event": "action", "kind": "prevention", "text": "Watch the pool", "due": "2024-04-01", "owner": "SRE"},
    {"event": "action", "kind": "prevention", "text": "Say sorry"},
    {
        "event": "action",
        "text": "Find leaks",
        "owner": "Engineering",
        "due": "2024-05-01T12:00:00Z",
        "kind": "promise",
        "for": "acme",
    },
]


def written(root: Path) -> list[dict[str, Any]]:
    """The events after the first, without instants and ids."""
    return [{key: value for key, value in event.items() if key not in {"at", "id"}} for event in events(root)[1:]]


def test_a_review_writes_what_is_to_be_done(opened: Incident, tmp_path: Path) -> None:
    file = tmp_path / "review.yaml"
    file.write_text(REVIEW, encoding="utf-8")

    assert opened("review", "T-17", file, "--by", "max").status == 0
    beside = {"ref": str(file), "by": "max"}
    assert written(tmp_path) == [{"event": "reviewed", **beside}, *(item | beside for item in ITEMS)]


def test_a_review_that_is_told_again_writes_what_is_new(opened: Incident, tmp_path: Path) -> None:
    file = tmp_path / "T-17" / "outputs" / "final" / "post_incident_review.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(REVIEW, encoding="utf-8")
    opened("review", "T-17", "--event-id", "R1")
    file.write_text("action_items: [Say sorry, {text: Rest, kind: null}]\n", encoding="utf-8")

    assert json.loads(opened("review", "T-17").out)["written"] == ["e6", "e7"]
    ref = {"ref": "outputs/final/post_incident_review.yaml"}
    new = {"event": "action", "kind": "prevention", "text": "Rest"}
    assert written(tmp_path)[4:] == [{"event": "reviewed", **ref}, new | ref]
    assert events(tmp_path)[1]["id"] == "R1"


@pytest.mark.parametrize(
    "text", ["post_incident_review: {}", "action_items:", '{"incident_id": null, "action_items": []}']
)
def test_a_review_with_nothing_to_do(opened: Incident, tmp_path: Path, text: str) -> None:
    assert opened("review", "T-17", "-", "--ref", "page 4", stdin=text.encode()).status == 0
    assert written(tmp_path) == [{"event": "reviewed", "ref": "page 4"}]


@pytest.mark.parametrize(
    ("review", "told"),
    [
        pytest.param("a", "1:1: `a` is not a review; as `action_items: […]`", id="text"),
        pytest.param("post_incident_review: []", "1:23: a list is not a review; as `action_items: […]`", id="a-list"),
        pytest.param("action_items: {}", "1:15: a mapping is not a list; write `- ` before each", id="a-mapping"),
        pytest.param(
            "incident_id: T-18",
            "1:14: it is the review of `T-18`, not of `T-17`; name the review of this incident",
            id="another",
        ),
        pytest.param("action_items: [3]", "1:16: 3 is no action item; a text, or `{text: …, owner: …}`", id="a-number"),
        pytest.param(
            "action_items: ['']", "1:16: text: the text is empty; write something, or leave it out", id="empty"
        ),
        pytest.param(
            "action_items: [{owner: a}]",
            "1:16: an action item has a `text`, or an `action`; and not both",
            id="no-text",
        ),
        pytest.param(
            "action_items: [{text: a, action: b}]",
            "1:16: an action item has a `text`, or an `action`; and not both",
            id="two-texts",
        ),
        pytest.param(
            "action_items: [{action: a, ownr: b}]", "1:28: unknown key `ownr`; did you mean `owner`?", id="key"
        ),
        pytest.param(
            "action_items: [{action: a, when: b}]",
            "1:28: unknown key `when`; one of `text`, `action`, `owner`, `due`, `state`, `kind`, `for`, `id`",
            id="other-key",
        ),
        pytest.param(
            "action_items: [{action: a, due: soon}]",
            "1:33: due: `soon` is not an instant; for example `2026-03-02T14:23:00Z`",
            id="due",
        ),
        pytest.param("action_items: [{action: 3}]", "1:25: action: 3 is not text", id="number-for-text"),
        pytest.param(
            "action_items: ['a [due: soon]']",
            "1:16: due: `soon` is not an instant; for example `2026-03-02T14:23:00Z`",
            id="due-in-text",
        ),
        pytest.param("action_items: [", "1:16: expected a value", id="syntax"),
    ],
)
def test_a_review_that_is_none(opened: Incident, tmp_path: Path, review: str, told: str) -> None:
    before = log_of(tmp_path).read_bytes()

    assert refused(opened("review", "T-17", "-", stdin=review.encode())).split("\n")[0] == f"<stdin>:{told}"
    assert log_of(tmp_path).read_bytes() == before


def test_every_problem_of_a_review_is_told(opened: Incident) -> None:
    review = b"incident_id: 7\naction_items: [{action: a, owner: 1, due: soon, x: 1}, 4]\n"

    told = [line for line in refused(opened("review", "T-17", "-", stdin=review)).splitlines() if line[0] != " "]
    assert [line.partition(" ")[0] for line in told] == [
        *("<stdin>:1:14:", "<stdin>:2:35:", "<stdin>:2:43:", "<stdin>:2:49:", "<stdin>:2:56:")
    ]


def test_a_review_whose_name_is_no_text(opened: Incident, tmp_path: Path) -> None:
    file = tmp_path / os.fsdecode(b"a\xff.yaml")
    file.write_text("{}", encoding="utf-8")

    assert opened("review", "T-17", file).status == 0
    assert written(tmp_path) == [{"event": "reviewed", "ref": f"{tmp_path}/a\\udcff.yaml"}]


def test_a_review_without_a_name(opened: Incident, tmp_path: Path) -> None:
    assert opened("review", "T-17", "-", stdin=b"action_items: [call]").status == 0
    assert written(tmp_path) == [
        {"event": "reviewed"},
        {"event": "action", "kind": "prevention", "text": "call"},
    ]


def test_an_empty_review(opened: Incident) -> None:
    assert refused(opened("review", "T-17", "-")) == "<stdin>: is empty; name what is to be done, or `{}`\n"


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_the_state_as_json(opened: Incident, tmp_path: Path) -> None:
    out = opened("show", "T-17", "--now", LATER).out
    state = replay(
        read_log(log_of(tmp_path).read_bytes()).entries, load_pack(), datetime.fromisoformat(LATER), id="T-17"
    )
    questions = load_pack().classify({"functionality": "down"}).model_dump(mode="json")["questions"]

    known: dict[str, Any] = {"known_issues": [], "runbooks": []}

    assert json.loads(out) == {**json.loads(state.model_dump_json()), **known, "questions": questions, "written": []}


def test_the_state_as_text(opened: Incident, run: Run, tmp_path: Path) -> None:
    words = ("--now", LATER, "--format", "text")

    assert opened("show", "T-17", *words).out == run("clock", log_of(tmp_path), *words).out + ON_RECORD + ASKED


ON_RECORD = """
Facts
  functionality  down  team, 2024-03-04 10:00Z

History
  2024-03-04 10:00Z  opened, functionality: down
                     severity: 2 High; now met: major-functionality, moderate-functionality, minor-issue, cosmetic

Time at each severity
  2 High  5m
"""
ASKED = """
Ask next
  business_impact       What does this do to the business of the customers affected?
  environment           Where does it happen?
  enterprise_customers  How many enterprise customers cannot use the product properly?
  security              Is there a security problem?
  data_loss             Has any data been lost?
  and 9 more; `--format json` has them all
"""


def test_what_is_on_record_is_shown(opened: Incident) -> None:
    for words in (
        "facts T-17 --fact data_loss=no --fact functionality=major --source customer --customer acme --customer bolt",
        "assign T-17 escalation-manager max",
        "assign T-17 support-manager --nobody",
        "war-room T-17 open --channel #inc",
        "action T-17 call --owner ann --for acme --due 2024-03-08 --event-id A1",
        "action T-17 fix --due 2024-03-08T12:00:00Z --event-id A2",
        "note T-17 x --by ann",
        "strike T-17 e8 --reason wrong --by max",
        "mitigate T-17 --note rolled",
        "step T-17 tell-customers",
        "decide T-17 wait",
        "cause T-17 product_bug --known-issue KI-4",
        "resolve T-17",
        "satisfaction T-17 4 --customer acme",
    ):
        verb, *rest = words.split()
        assert opened(verb, "--at", LATER, *rest).status == 0

    shown = opened("show", "T-17", "--now", LATER, "--format", "text").out
    assert shown[shown.index("\nWar room") :] == RECORD


RECORD = """
War room
  not needed
  opened, #inc

pack support 1.0.0

Facts
  functionality  down   team, 2024-03-04 10:00Z
  data_loss      false  customer, 2024-03-04 10:05Z

Customers
  acme, bolt

People
  escalation-manager  max
  support-manager     nobody

Actions
  A1  open     call, for acme, ann, by 2024-03-08
  A2  open     fix, by 2024-03-08 12:00Z

Struck
  e8  note, "x", by ann; struck 2024-03-04 10:05Z by max: wrong

History
  2024-03-04 10:00Z  opened, functionality: down
                     severity: 2 High; now met: major-functionality, moderate-functionality, minor-issue, cosmetic
  2024-03-04 10:05Z  facts, data_loss: false, functionality: major, customers: acme and bolt, from customer
  2024-03-04 10:05Z  assigned, role: escalation-manager, person: max
  2024-03-04 10:05Z  assigned, role: support-manager, person: nobody
  2024-03-04 10:05Z  war room, state: open, channel: #inc
  2024-03-04 10:05Z  action, "call", owner: ann, due: 2024-03-08, for: acme
  2024-03-04 10:05Z  action, "fix", due: 2024-03-08 12:00Z
  2024-03-04 10:05Z  struck, entry: e8, "wrong", by max
  2024-03-04 10:05Z  mitigated, "rolled"
  2024-03-04 10:05Z  step, item: tell-customers
  2024-03-04 10:05Z  decided, "wait"
  2024-03-04 10:05Z  cause, category: product_bug, known issue: KI-4
  2024-03-04 10:05Z  resolved
                     limits: initial response ended, notify support-manager ended, status update ended, \
resolution ended, review 2024-03-06 10:05Z
  2024-03-04 10:05Z  satisfaction, score: 4, customer: acme

Time at each severity
  2 High  5m
"""


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        pytest.param('"event": "war_room", "state": "closed"', "\nWar room\n  not needed\n  closed\n", id="war-room"),
        pytest.param('"event": "action", "text": "call"', "\nActions\n    open     call\n", id="action"),
        pytest.param('"event": "action", "id": "A1"', "\nActions\n  A1  open\n", id="no-text"),
    ],
)
def test_a_record_that_somebody_wrote_by_hand(opened: Incident, tmp_path: Path, event: str, shown: str) -> None:
    with journal(log_of(tmp_path)) as log:
        log.append(f'- {{{event}, "at": "{LATER}"}}')

    assert shown in opened("show", "T-17", "--format", "text").out


def test_only_what_is_on_record_is_shown(incident: Incident) -> None:
    incident("open", "T-17", "--at", AT)
    incident("assign", "T-17", "support-manager", "max", "--at", LATER)

    shown = incident("show", "T-17", "--format", "text").out
    assert "\n\nPeople\n  support-manager  max\n\nHistory\n" in shown
    assert "\nFacts\n" not in shown


def test_nothing_is_asked_once_it_is_resolved(opened: Incident) -> None:
    opened("resolve", "T-17", "--at", LATER)

    assert json.loads(opened("show", "T-17").out)["questions"] == []
    assert "Ask next" not in opened("show", "T-17", "--format", "text").out


def recorded(incident: Incident, *words: object) -> str:
    """What stands above the page."""
    return incident(*words, "--format", "text").out.partition("\n\nSeverity ")[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("note T-17 found --by kim", 'note, "found", by kim'),
        ("action T-17 call --owner ann --due 2024-03-08", 'action, "call", owner: ann, due: 2024-03-08'),
        ("assign T-17 support-manager --nobody", "assigned, role: support-manager, person: nobody"),
        ("facts T-17 --fact data_loss=null --settles", "facts, data_loss: unknown, settles: true"),
        ("facts T-17 --customer acme --customer bolt", "facts, customers: acme and bolt"),
        ("step T-17 alert", "step, item: alert"),
        ("wait T-17", "waiting"),
    ],
)
def test_what_was_written_is_told(opened: Incident, words: str, told: str) -> None:
    assert recorded(opened, *words.split()) == f"recorded e2: {told}"


def test_a_step_is_one_of_the_plan(opened: Incident, tmp_path: Path) -> None:
    before = log_of(tmp_path).read_bytes()
    near, far = opened("step", "T-17", "asess"), opened("step", "T-17", "zzz")

    assert near == (2, "", "sevclass: error: the plan has no step `asess`; did you mean `assess`?\n")
    assert (far.status, far.out) == (2, "")
    assert far.err.startswith(
        "sevclass: error: the plan has no step `zzz`; one of `acknowledge`, `assess`, `assemble`, "
    )
    assert far.err.endswith("`customers-satisfied`\n")
    assert log_of(tmp_path).read_bytes() == before
    assert opened("step", "T-17", "why-not-caught").status == 0, "a question can be answered"


def test_a_pack_without_a_plan_takes_any_step(incident: Incident, tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    folder.mkdir()
    text = "name: bare\nversion: 1.0.0\nextends: support\nplan:\n"
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    assert incident("open", "T-17", "--at", AT, "--pack", folder).status == 0
    assert incident("step", "T-17", "zzz", "--pack", folder).status == 0


def test_what_an_update_promised_is_told(opened: Incident) -> None:
    words = ("--audience", "internal", "--next", "9000-03-04T11:00:00Z")

    assert recorded(opened, "update", "T-17", *words) == (
        "recorded e2: update sent, audience: internal, next: 9000-03-04 11:00Z"
    )


def test_what_was_written_late_has_its_instant(opened: Incident) -> None:
    assert recorded(opened, "mitigate", "T-17", "--at", LATER) == "recorded e2: mitigated (at 2024-03-04 10:05Z)"


def test_what_is_opened_is_told(incident: Incident) -> None:
    words = ("open", "T-17", "--fact", "functionality=down", "--title", "Slow")

    assert (
        recorded(incident, *words)
        == """\
recorded e1: opened, "Slow", functionality: down
  severity  2 High
  now met   major-functionality, moderate-functionality, minor-issue, cosmetic"""
    )


def test_what_an_event_changed_is_told(opened: Incident) -> None:
    words = ("--by", "ann", "--at", "2024-03-04T10:30:00Z")
    assert (
        recorded(opened, "facts", "T-17", "--fact", "environment=production", *words)
        == """\
recorded e2: facts, environment: production, by ann (at 2024-03-04 10:30Z)
  severity        2 High -> 1 Critical
  now met         production-down
  newly needed    engineering-on-call, vp-customer-support, executive-team
  may stand down  support-manager
  limits          initial response 2024-03-04 11:00Z -> 2024-03-04 10:45Z
                  status update 2024-03-04 14:00Z -> 2024-03-04 11:30Z
                  resolution 2024-03-05 10:00Z -> 2024-03-04 14:30Z
                  notify executive-team by 2024-03-04 10:45Z
                  notify vp-customer-support by 2024-03-04 10:45Z"""
    )
    milder = ("override", "T-17", "3", "--reason", "calm", "--by", "max", "--at", "2024-03-04T10:40:00Z")
    assert (
        recorded(opened, *milder)
        == """\
recorded e3: override, severity: 3, "calm", by max (at 2024-03-04 10:40Z)
  severity        1 Critical -> 3 Medium
  may stand down  engineering-on-call, vp-customer-support, executive-team
  limits          initial response 2024-03-04 10:45Z -> 2024-03-04 14:00Z
                  notify executive-team ended
                  notify vp-customer-support ended
                  notify support-manager ended
                  status update 2024-03-04 11:30Z -> 2024-03-05 10:00Z
                  resolution 2024-03-04 14:30Z -> 2024-03-07 10:00Z"""
    )
    worse = ("facts", "T-17", "--fact", "data_loss=yes", "--at", "2024-03-04T10:50:00Z")
    assert (
        recorded(opened, *worse)
        == """\
recorded e4: facts, data_loss: true (at 2024-03-04 10:50Z)
  severity      3 Medium -> 1 Critical
  override      has lapsed
  now met       data-loss
  newly needed  engineering-on-call, vp-customer-support, executive-team
  limits        initial response 2024-03-04 14:00Z -> 2024-03-04 10:45Z
                notify support-manager by 2024-03-04 11:00Z
                notify executive-team by 2024-03-04 10:45Z
                notify vp-customer-support by 2024-03-04 10:45Z
                status update 2024-03-05 10:00Z -> 2024-03-04 11:30Z
                resolution 2024-03-07 10:00Z -> 2024-03-04 14:30Z"""
    )
    lifted = ("override", "T-17", "--lift", "--reason", "over", "--by", "max", "--at", "2024-03-04T10:51:00Z")
    assert recorded(opened, *lifted) == (
        'recorded e5: override, severity: lifted, "over", by max (at 2024-03-04 10:51Z)'
    )


def test_what_changed_nothing_is_not_taken_for_what_did(opened: Incident) -> None:
    words = ("facts", "T-17", "--fact", "data_loss=yes", "--at", LATER)
    assert "1 Critical" in recorded(opened, *words)

    assert recorded(opened, *words) == "recorded e3: facts, data_loss: true (at 2024-03-04 10:05Z)"


def test_each_entry_of_a_review_is_told(opened: Incident) -> None:
    told = opened("review", "T-17", "-", "--format", "text", stdin=b"action_items: [call, write]").out

    assert told.startswith(
        "recorded e2: reviewed\n"
        'recorded e3: action, "call", kind: prevention\n'
        'recorded e4: action, "write", kind: prevention\n'
        "\nSeverity 2 High  T-17\n"
    )


def test_a_short_list_of_questions_is_whole(opened: Incident) -> None:
    sure = ("--fact", "security=breach", "--fact", "environment=production")
    text = opened("facts", "T-17", *sure, "--format", "text").out

    assert "\nAsk next\n  strategic_account  Is a strategic account among the customers affected?\n" in text


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def several(opened: Incident) -> Incident:
    opened("open", "T-2", "--title", "Slow", "--at", AT, "--fact", "functionality=minor")
    opened("resolve", "T-2", "--at", LATER)
    opened("open", "T-3", "--at", AT)
    opened("close", "T-3", "--at", LATER)
    return opened


def test_the_list_as_text(several: Incident) -> None:
    assert several("list", "--now", LATER, "--format", "text") == (0, LIST, "")


LIST = """\
2 High  T-17  open       initial response, by 2024-03-04 11:00Z
4 Low   T-2   resolved   nothing is owed                         Slow
4 Low   T-3   withdrawn  nothing is owed
"""


def test_the_list_goes_worst_first_and_tells_what_is_late(several: Incident) -> None:
    several("open", "T-1", "--title", "Fine", "--at", "2024-03-04T10:50:00Z", "--fact", "functionality=down")
    several("open", "T-4", "--at", AT, "--fact", "data_loss=yes")
    several("ack", "T-4", "--at", LATER)
    several("action", "T-2", "call", "--due", LATER, "--at", LATER)
    words = ("list", "--now", "2024-03-04T11:00:00Z")

    assert several(*words, "--format", "text").out == LATE
    rows = json.loads(several(*words).out)["rows"]
    assert [row["id"] for row in rows] == ["T-4", "T-2", "T-17", "T-1", "T-3"]


LATE = """\
1 Critical  T-4   open, breached     notify executive-team, due 2024-03-04 10:00Z, limit 10:15Z
4 Low       T-2   resolved, overdue  nothing is owed                                             Slow
2 High      T-17  open, at risk      initial response, by 2024-03-04 11:00Z
2 High      T-1   open               initial response, by 2024-03-04 11:50Z                      Fine
4 Low       T-3   withdrawn          nothing is owed
"""


def test_the_list_as_json(several: Incident) -> None:
    status, out, err = several("list", "--now", LATER)
    listed = json.loads(out)

    assert (status, err, listed["schema"], listed["now"], listed["problems"]) == (0, "", 1, LATER, [])
    assert [(row["id"], row["title"], row["phase"], row["severity"]["in_force"]) for row in listed["rows"]] == [
        ("T-17", None, "open", 2),
        ("T-2", "Slow", "resolved", 4),
        ("T-3", None, "withdrawn", 4),
    ]
    assert listed["rows"][0]["next"] == {"clock": "initial_response", "due": "2024-03-04T11:00:00Z", "role": None}


@pytest.mark.parametrize(
    ("state", "ids"), [("open", ["T-17"]), ("resolved", ["T-2"]), ("closed", []), ("withdrawn", ["T-3"])]
)
def test_the_list_of_those_in_a_state(several: Incident, state: str, ids: list[str]) -> None:
    assert [row["id"] for row in json.loads(several("list", "--state", state).out)["rows"]] == ids


def test_what_was_not_opened_yet_is_not_listed(several: Incident) -> None:
    assert several("list", "--now", "2024-03-04T09:59:59Z", "--format", "text") == (0, "", "")


def test_a_log_from_elsewhere_has_clocks(opened: Incident, run: Run, tmp_path: Path) -> None:
    clock = run("clock", "-", "--now", LATER, stdin=log_of(tmp_path).read_bytes())

    assert (clock.status, json.loads(clock.out)["clocks"][0]["limit_at"]) == (0, "2024-03-04T11:00:00Z")


def test_an_empty_list(incident: Incident) -> None:
    assert incident("list", "--format", "text") == (0, "", "")


def test_what_cannot_be_read_stops_no_list(several: Incident, tmp_path: Path) -> None:
    log_of(tmp_path).write_text('- {"at": "2024-03-04T10:00:00Z", "event": "acknowledged", "x": 1}\n', encoding="utf-8")
    log_of(tmp_path, "T-2").write_bytes(b"- {}")

    status, out, err = several("list")

    assert (status, [row["id"] for row in json.loads(out)["rows"]]) == (2, ["T-3"])
    assert err.splitlines() == [str_of(problem) for problem in json.loads(out)["problems"]]
    fields = "`at`, `by`, `id`, `source`, `ref`, `logged_at`, `incident`, `note`, `event`"
    assert err.splitlines()[:2] == [
        f"{log_of(tmp_path)}:1: unknown key `x`; one of {fields}",
        f"{log_of(tmp_path)}: the incident was never opened; the log of an incident has an event `opened`",
    ]


def str_of(problem: dict[str, str]) -> str:
    return f"{problem['path']}: {problem['message']}" + (f"; {problem['hint']}" if problem["hint"] else "")


def test_a_list_of_nowhere(run: Run, tmp_path: Path) -> None:
    """Before the first incident there is no root yet."""
    assert run("incident", "list", "--root", tmp_path / "x" / "y", "--format", "text") == (0, "", "")
    (tmp_path / "z").symlink_to("nowhere")
    assert refused(run("incident", "list", "--root", tmp_path / "z")) == f"{tmp_path}/z: no such file\n"


# --- the root, help, usage --------------------------------------------------------------------------------------------


def test_the_root_of_the_environment(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(run("incident", "open", "T-17")) == (
        "sevclass: error: no root folder; give `--root DIR`, or set SEVCLASS_ROOT\n"
    )
    monkeypatch.setenv("SEVCLASS_ROOT", str(tmp_path / "a"))
    assert run("incident", "open", "T-17").status == 0
    assert run("incident", "open", "T-17", "--root", tmp_path / "b").status == 0
    assert refused(run("incident", "list", "--root", "")) == (
        "sevclass: error: no root folder; give `--root DIR`, or set SEVCLASS_ROOT\n"
    )
    assert log_of(tmp_path / "a").exists()
    assert log_of(tmp_path / "b").exists()


@pytest.mark.parametrize("verb", [*VERBS, *READING])
def test_each_verb_has_help(run: Run, verb: str) -> None:
    status, out, err = run("incident", verb, "-h")

    assert (status, err) == (0, "")
    assert out.startswith(f"usage: sevclass incident {verb} [-h]")
    assert max(map(len, out.splitlines())) <= 80


def test_the_help_names_each_verb(run: Run) -> None:
    named = re.findall(r"^  ([a-z-]+) +[a-z]", run("incident", "-h").out, re.MULTILINE)

    assert [name for name in named if name.strip("-")] == [*VERBS, *READING]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param([], "no VERB; see `sevclass incident -h`", id="nothing"),
        pytest.param(["opn"], "unknown verb `opn`; did you mean `open`?", id="mistyped"),
        pytest.param(["xyz"], "unknown verb `xyz`; see `sevclass incident -h`", id="nothing-near"),
        pytest.param(["--root", "x", "list"], "unknown option `--root`; see `sevclass incident -h`", id="before"),
    ],
)
def test_wrong_usage(run: Run, words: list[str], told: str) -> None:
    assert refused(run("incident", *words)) == f"sevclass: error: {told}\n"


# --- the disk, and other processes ------------------------------------------------------------------------------------


def test_a_folder_that_cannot_be_written(run: Run) -> None:
    with unprivileged() as folder:
        folder.chmod(0o500)
        assert refused(run("incident", "open", "T-17", "--root", folder)) == (
            f"{folder}/T-17: cannot be written: Permission denied\n"
        )


def test_a_log_that_somebody_has(opened: Incident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sevclass.incident.journal.PATIENCE_S", 0)
    assert opened("ack", "T-17").status == 0


def test_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    words = ("--root", tmp_path, "--at", AT)
    assert piped("incident", "open", "T-17", *words).returncode == 0
    command = [*SEVCLASS, "incident", "note", "T-17", "--root", str(tmp_path)]
    running = [subprocess.Popen([*command, f"note {n}"], stdout=subprocess.DEVNULL) for n in range(8)]

    assert [process.wait() for process in running] == [0] * 8
    found = events(tmp_path)
    assert sorted(event["text"] for event in found[1:]) == [f"note {n}" for n in range(8)]
    assert [event["id"] for event in found] == [f"e{n}" for n in range(1, 10)]
    shown = piped("incident", "show", "T-17", "--root", tmp_path)
    assert (shown.returncode, shown.stderr) == (0, b"")


def test_only_one_of_two_opens_it(tmp_path: Path) -> None:
    command = [*SEVCLASS, "incident", "open", "T-17", "--root", str(tmp_path)]
    running = [subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]

    assert sorted(process.wait() for process in running) == [0, 2]
    assert [event["event"] for event in events(tmp_path)] == ["opened"]
