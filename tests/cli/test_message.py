"""`sevclass message`: drafts from logs, facts and ids, what is missing, and promises that are recorded."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from sevclass.playbook import Draft
from tests.cli.conftest import Ended, Run
from tests.unit.written import SMALL, write

OPENED = {
    "at": "2026-03-02T14:23:00Z",
    "event": "opened",
    "title": "Payments stand still",
    "facts": {"functionality": "down", "environment": "production"},
}
FACTS: dict[str, Any] = {"functionality": "down", "environment": "production"}
NOW = ("--now", "2026-03-02T14:40:00Z")
ANN = ("--customer", "Acme", "--from", "Ann", "--phone", "555")
KINDS = (
    "`acknowledgement`, `status-update`, `executive-brief`, `internal-update`, `resolution`, `follow-up`, "
    "`threatens-to-leave`, `asks-for-refund`, `went-to-executive`, `tense-customer`"
)


def line(event: dict[str, Any]) -> str:
    return f"- {json.dumps(event)}\n"


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.yaml"
    path.write_text(line(OPENED))
    return path


@pytest.fixture
def root(tmp_path: Path, run: Run) -> Path:
    root = tmp_path / "incidents"
    root.mkdir()
    facts = [f"--fact={name}={value}" for name, value in FACTS.items()]
    opened = ("--title", "Payments stand still", "--at", OPENED["at"], "--root", root)
    assert run("incident", "open", "INC-1", *facts, *opened).status == 0
    return root


def shape(ended: Ended) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ended.out)
    jsonschema.validate(found, Draft.model_json_schema())
    return found


def written(root: Path) -> list[dict[str, Any]]:
    text = (root / "INC-1" / "workflow" / "incident_timeline.yaml").read_text()
    return [json.loads(entry.removeprefix("- ")) for entry in text.splitlines()]


def test_a_draft_as_a_mail_and_what_is_missing(run: Run, log: Path) -> None:
    words = (
        "message",
        "status-update",
        log,
        *NOW,
        "--customer",
        "A'cme",
        "--zone",
        "Europe/Vienna",
        "--locale",
        "en-GB",
    )

    assert run(*words, "--format", "text") == (
        0,
        """\
Subject: How it stands: Payments stand still

Dear A'cme,

this is how it stands with Payments stand still, as of Monday, 2 March 2026, 15:40 Central European Standard Time \
(UTC+01:00).

It is not solved yet, and we go on working on it.

What we know of those affected:

- Nothing works; they cannot use it at all

What is behind it we do not know yet.

The next word from us comes by Monday, 2 March 2026, 16:10 Central European Standard Time (UTC+01:00), \
also if there is nothing new by then.

You can reach me under [… the number under which you can be reached …].

[… your name …]
""",
        f"""\
missing: phone, the number under which you can be reached; `--phone`
missing: sender, your name; `--from`
to record: sevclass incident action {log.parent.name} 'Write to the customer how it stands' --kind promise \
--due 2026-03-02T15:10:00Z --for 'A'"'"'cme'
to record: sevclass incident update {log.parent.name} --audience customers --next 2026-03-02T15:10:00Z
""",
    )


@pytest.mark.parametrize("kind", ["status update", "Status_Update"])
def test_a_kind_may_be_given_in_words(run: Run, log: Path, kind: str) -> None:
    assert run("message", kind, log, *NOW) == run("message", "status-update", log, *NOW)
    assert run("message", "tense customer", *NOW) == run("message", "tense-customer", *NOW)


def test_in_german(run: Run, log: Path) -> None:
    ended = run("message", "acknowledgement", log, *NOW, *ANN, "--language", "de", "--format", "text")

    assert ended == (
        0,
        """\
Subject: Ihre Meldung ist da: Payments stand still

Guten Tag Acme,

Ihre Meldung ist bei uns angekommen, und wir sind daran: Payments stand still.

Das haben wir über die Betroffenen verstanden:

- Nichts geht mehr; sie können das Produkt gar nicht benutzen

Bitte sagen Sie uns, wenn davon etwas nicht stimmt.

Wir behandeln es mit Schweregrad 1, Kritisch.

Das nächste Mal hören Sie von uns bis Montag, 2. März 2026, 14:53 UTC, auch wenn es bis dahin nichts Neues gibt.

Sie erreichen mich unter 555.

Ann
""",
        f"""\
to record: sevclass incident action {log.parent.name} 'Dem Kunden schreiben, wie es steht' --kind promise \
--due 2026-03-02T14:53:00Z --for Acme
to record: sevclass incident ack {log.parent.name}
""",
    )


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_other_formats(run: Run, log: Path, form: str) -> None:
    ended = run("message", "status-update", log, *NOW, *ANN, "--format", form)
    head = {"markdown": "## How it stands: Payments stand still\n\nDear Acme,\n\n", "html": "<!doctype html>\n<html "}

    assert (ended.status, ended.out[: len(head[form])]) == (0, head[form])


def test_json_is_what_a_program_gets(run: Run, log: Path) -> None:
    found = shape(run("message", "threatens-to-leave", log, *NOW, *ANN))

    assert [gap["name"] for gap in found["gaps"]] == ["first_step", "prevention"]
    assert [(promise["name"], promise["due"]) for promise in found["promises"]] == [
        ("review_call", "2026-03-03T14:40:00Z"),
        ("demonstrate", "2026-03-04T14:40:00Z"),
        ("next_update", "2026-03-02T14:53:00Z"),
    ]
    assert (found["written"], found["problems"], found["sent"]) == ([], [], None)
    assert [step["id"] for step in found["guide"]["steps"]] == [
        "listen", "apologise", "own-it", "set-expectations", "offer-options", "follow-through",
    ]  # fmt: skip


def test_strict_ends_with_one_while_something_is_missing(run: Run, log: Path) -> None:
    words = ("message", "asks-for-refund", log, *NOW, *ANN, "--format", "text")
    open_, closed = run(*words, "--strict"), run(*words, "--strict", "--set", "first_step=We restart it = now")

    assert (open_.status, "[… what you do at once" in open_.out) == (1, True)
    assert open_.err.startswith(
        "missing: first_step, what you do at once about the trouble they have now; `--set first_step=`\n"
    )
    assert (closed.status, "work for you again: We restart it = now." in closed.out) == (0, True)
    assert run(*words).status == 0


# What the incident is kept in


def test_facts_have_no_instants_of_their_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(FACTS))
    bare = run("message", "acknowledgement", path, *NOW, *ANN)
    found = shape(bare)

    assert [gap["name"] for gap in found["gaps"]] == ["title", "next_update"]
    assert bare.err == (
        "missing: title, what it is about, in a few words; `--set title=`\n"
        "missing: next_update, when you will write again; `--opened-at`\n"
        "to record: sevclass incident ack ID\n"
    )
    dated = shape(run("message", "acknowledgement", path, *NOW, *ANN, "--opened-at", OPENED["at"], "--set", "title=T"))
    assert (dated["gaps"], dated["promises"][0]["due"]) == ([], "2026-03-02T14:53:00Z")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", json.dumps({"id": "T-1", "opened_at": OPENED["at"], "title": "Slow", "facts": FACTS})),
        ("a.yaml", f"# yes\n---\nid: T-1\nopened_at: {OPENED['at']}\ntitle: Slow\nfacts: {json.dumps(FACTS)}\n"),
        ("a.yaml", line({**OPENED, "title": "Slow", "incident": "T-1"})),
        ("a.yaml", "-\n" + "".join(f"  {k}: {json.dumps(v)}\n" for k, v in {**OPENED, "title": "Slow"}.items())),
        ("a.jsonl", json.dumps({**OPENED, "title": "Slow", "incident": "T-1"}) + "\n"),
    ],
)  # fmt: skip
def test_whatever_it_is_kept_in(run: Run, tmp_path: Path, name: str, text: str) -> None:
    folder = tmp_path / "T-1"
    folder.mkdir()
    (folder / name).write_text(text)
    found = shape(run("message", "acknowledgement", folder / name, *NOW, *ANN))

    assert (found["id"], found["subject"]) == ("T-1", "We have your report: Slow")
    assert found["promises"][0]["due"] == "2026-03-02T14:53:00Z"
    if text.startswith(("{", "-")):
        piped = shape(run("message", "acknowledgement", "-", *NOW, *ANN, stdin=text.encode()))
        assert {**found, "id": None} == {**piped, "id": None}


def test_an_instruction_is_an_incident(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "T-1"
    folder.mkdir()
    (folder / "instruction.yaml").write_text(f"opened_at: {OPENED['at']}\ntitle: Slow\nfacts: {json.dumps(FACTS)}\n")

    for word in (folder / "instruction.yaml", folder):
        assert shape(run("message", "status-update", word, *NOW, *ANN))["subject"] == "How it stands: Slow"


def test_one_of_many_has_to_be_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text("".join(json.dumps({**OPENED, "incident": id_, "title": id_}) + "\n" for id_ in ("T-1", "T-2")))
    words = ("message", "status-update", path, *NOW)

    assert run(*words) == (
        2,
        "",
        "sevclass: error: 2 incidents are there; name one with `--incident`, such as `T-1`, `T-2`\n",
    )
    assert run(*words, "--incident", "T-3") == (
        2, "", "sevclass: error: no incident `T-3` there; did you mean `T-2`?\n",
    )  # fmt: skip
    assert shape(run(*words, "--incident", "T-2"))["subject"] == "How it stands: T-2"


def test_by_its_id_below_the_root(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shape(run("message", "status-update", "INC-1", *NOW, "--root", root))["id"] == "INC-1"
    monkeypatch.setenv("SEVCLASS_ROOT", str(root))
    assert shape(run("message", "status-update", "INC-1", *NOW))["id"] == "INC-1"
    assert run("message", "status-update", "INC-2", *NOW) == (
        2, "", "INC-2: the incident was never opened; begin with `sevclass incident open INC-2`\n",
    )  # fmt: skip


def test_what_the_team_knows_is_said(run: Run, root: Path) -> None:
    known = ("--id", "KI-1", "--title", "Till", "--when", "functionality=down", "--workaround", "Use the fax")
    assert run("known-issue", "add", *known, "--customers-text", "The till is stuck.", "--root", root).status == 0
    found = shape(run("message", "status-update", "INC-1", *NOW, "--root", root))

    assert "\n- Use the fax\n" in found["body"]
    assert "\nThe till is stuck.\n" in found["body"]
    path = root / "_knowledge" / "semantic" / "known_issues.yaml"
    path.write_text(path.read_text() + "- {id: KI-2}\n")
    ended = run("message", "status-update", "INC-1", *NOW, "--root", root)
    assert (ended.status, "missing key `title`" in ended.err) == (0, True)
    assert [problem["message"] for problem in shape(ended)["problems"]] == ["missing key `title`"]


def test_another_pack(run: Run, tmp_path: Path, log: Path) -> None:
    message = 'messages:\n  hello: {audience: internal, subject: "{{ title }}", body: "{{ severity_name }}"}\n'
    pack = write(tmp_path / "pack", SMALL | {"x.yaml": message})
    log.write_text(line({**OPENED, "facts": {"speed": "dead"}}))
    found = shape(run("message", "hello", log, *NOW, "--pack", pack))

    assert (found["subject"], found["body"], found["audience"]) == ("Payments stand still", "High\n", "internal")
    assert run("message", "status-update", log, *NOW, "--pack", pack) == (
        2, "", "sevclass: error: unknown message `status-update`; one of `hello`\n",
    )  # fmt: skip


def test_what_is_wrong_with_the_log_is_told(run: Run, log: Path) -> None:
    log.write_text(line(OPENED) + line({"at": OPENED["at"], "event": "reopened"}) + line({"event": "note"}))
    ended = run("message", "status-update", log, *NOW)

    assert ended.status == 2
    assert [problem["code"] for problem in shape(ended)["problems"]] == ["missing_key", "missing_key", "cannot_be"]
    assert f"{log}:2: `reopened` is set aside" in ended.err


# Guides


def test_a_guide_needs_no_incident(run: Run, log: Path) -> None:
    ended = run("message", "tense-customer", "--format", "text")

    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("A customer is upset, whatever the reason\n\n1. Listen\n   - Let them say all of it")
    assert "Draft" not in ended.out
    assert run("message", "tense-customer", log, *NOW, "--format", "text").out == ended.out
    german = run("message", "tense-customer", "--language", "de", "--format", "text").out
    assert german.startswith("Ein Kunde ist aufgebracht, aus welchem Grund auch immer\n\n1. Zuhören\n")
    assert "Draft" not in run("message", "asks-for-refund", "--format", "text").out
    assert "\nDraft\n\nSubject: " in run("message", "asks-for-refund", log, *NOW, "--format", "text").out
    assert shape(run("message", "tense-customer", *NOW))["now"] == "2026-03-02T14:40:00Z"


# Recording


def test_promises_are_recorded(run: Run, root: Path) -> None:
    words = ("message", "acknowledgement", "INC-1", *NOW, *ANN, "--root", root, "--record")
    first = run(*words, "--format", "text")
    again = shape(run(*words))

    assert (first.status, first.err) == (0, "")
    action = written(root)[1]
    assert {key: value for key, value in action.items() if key != "logged_at"} == {
        "at": "2026-03-02T14:40:00Z",
        "event": "action",
        "id": "e2",
        "text": "Write to the customer how it stands",
        "owner": "Ann",
        "due": "2026-03-02T14:53:00Z",
        "kind": "promise",
        "for": "Acme",
        "by": "Ann",
    }
    assert (len(written(root)), again["written"]) == (2, [])  # it stands there already


def test_what_was_sent_is_recorded_and_keeps_the_promise_before(run: Run, root: Path) -> None:
    words = ("--root", root, "--record", "--sent")
    assert shape(run("message", "acknowledgement", "INC-1", *NOW, *ANN, *words))["written"] == ["e2", "e3"]
    other = ("Call back", "--kind", "promise", "--at", "2026-03-02T14:41:00Z")
    assert run("incident", "action", "INC-1", *other, "--root", root).status == 0
    later = ("--now", "2026-03-02T14:50:00Z")
    assert shape(run("message", "status-update", "INC-1", *later, *ANN, *words))["written"] == ["e2", "e6", "e7"]

    events = [{k: v for k, v in event.items() if k not in {"logged_at", "by", "owner"}} for event in written(root)]
    del events[:2], events[1]
    assert events == [
        {"at": "2026-03-02T14:40:00Z", "event": "acknowledged", "id": "e3"},
        {"at": "2026-03-02T14:50:00Z", "event": "action", "id": "e2", "state": "done"},
        {
            "at": "2026-03-02T14:50:00Z",
            "event": "action",
            "id": "e6",
            "text": "Write to the customer how it stands",
            "due": "2026-03-02T15:20:00Z",
            "kind": "promise",
            "for": "Acme",
        },
        {
            "at": "2026-03-02T14:50:00Z",
            "event": "update_sent",
            "id": "e7",
            "audience": "customers",
            "customer": "Acme",
            "next": "2026-03-02T15:20:00Z",
        },
    ]
    state = json.loads(run("incident", "show", "INC-1", "--root", root, "--now", "2026-03-02T15:00:00Z").out)
    assert [action["state"] for action in state["actions"]] == ["done", "open", "open"]


def test_word_to_one_customer_keeps_no_promise_to_another(run: Run, root: Path) -> None:
    words = ("--root", root, "--record", "--sent")
    assert run("message", "acknowledgement", "INC-1", *NOW, *ANN, *words).status == 0
    later = ("--now", "2026-03-02T14:50:00Z")
    assert run("message", "status-update", "INC-1", *later, "--customer", "Globex", *words).status == 0
    assert [action["state"] for action in actions(run, root)] == ["open", "open"]
    assert run("message", "status-update", "INC-1", "--now", "2026-03-02T14:55:00Z", *words).status == 0
    assert [action["state"] for action in actions(run, root)] == ["done", "done", "open"]


def actions(run: Run, root: Path) -> list[dict[str, Any]]:
    state = json.loads(run("incident", "show", "INC-1", "--root", root, "--now", "2026-03-02T15:00:00Z").out)
    found: list[dict[str, Any]] = state["actions"]
    return found


def test_nothing_is_recorded_of_a_draft_of_an_older_log(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sevclass.cli import promised

    record = promised.record

    def late(*given: Any) -> Any:  # noqa: ANN401
        facts = ("--fact", "data_loss=true", "--at", "2026-03-02T14:31:00Z")
        assert run("incident", "facts", "INC-1", *facts, "--root", root).status == 0
        return record(*given)

    monkeypatch.setattr(promised, "record", late)
    ended = run("message", "acknowledgement", "INC-1", *NOW, *ANN, "--root", root, "--record", "--sent")

    hint = "nothing is recorded; draft the message again"
    assert ended == (2, "", f"sevclass: error: the log has changed since it was read; {hint}\n")
    assert [event["event"] for event in written(root)] == ["opened", "facts"]


def test_a_value_that_looks_like_an_option(run: Run, log: Path) -> None:
    assert " --for=-x\n" in run("message", "status-update", log, *NOW, "--customer=-x").err


def test_without_a_name_nobody_is_named(run: Run, root: Path) -> None:
    words = ("message", "executive-brief", "INC-1", *NOW, "--root", root, "--record", "--sent")

    assert shape(run(*words))["written"] == ["e2"]
    assert {key for key in written(root)[1] if key != "logged_at"} == {"at", "event", "id", "audience"}
    assert written(root)[1]["audience"] == "executives"
    update = ("message", "status-update", "INC-1", *NOW, "--root", root, "--record")
    assert shape(run(*update))["written"] == ["e3"]
    assert {*written(root)[2]} == {"at", "event", "id", "text", "due", "kind", "logged_at"}


def test_with_a_gap_strict_records_nothing(run: Run, root: Path) -> None:
    words = ("message", "status-update", "INC-1", *NOW, "--root", root, "--record", "--sent", "--strict")
    ended = run(*words)

    assert (ended.status, shape(ended)["written"], len(written(root))) == (1, [], 1)
    assert "to record: sevclass incident update INC-1" in ended.err


def test_what_cannot_be_is_refused_and_not_written(run: Run, root: Path) -> None:
    words = ("message", "acknowledgement", "INC-1", *NOW, *ANN, "--root", root, "--record", "--sent")
    assert run(*words).status == 0
    ended = run(*words)

    assert (ended.status, ended.out) == (2, "")
    assert ended.err == "INC-1: the incident is acknowledged already; once is enough, unless it was reopened\n"
    assert len(written(root)) == 3


def test_only_what_is_kept_below_the_root_is_recorded(run: Run, root: Path, log: Path, tmp_path: Path) -> None:
    hint = "name the incident by its id below the root"
    kept = f"sevclass: error: `--record` takes an incident that is kept below the root; {hint}\n"
    facts = tmp_path / "facts.json"
    facts.write_text("{}")

    for word in (log, facts):
        assert run("message", "status-update", word, *NOW, "--root", root, "--record") == (2, "", kept)
    path = root / "INC-1" / "workflow" / "incident_timeline.yaml"
    assert run("message", "status-update", path, *NOW, "--root", root, "--record").status == 0
    assert run("message", "status-update", log, *NOW, "--record") == (
        2, "", "sevclass: error: no root folder; give `--root DIR`, or set SEVCLASS_ROOT\n",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], f"no KIND; one of {KINDS}"),
        (["status updte"], "unknown message `status updte`; did you mean `status-update`?"),
        (["status-updte"], "unknown message `status-updte`; did you mean `status-update`?"),
        (["zzz"], f"unknown message `zzz`; one of {KINDS}"),
        (["status-update"], "no INCIDENT; name an event log or facts that the message is about, or `-`"),
        (["status-update", "LOG", "--sent"], "`--sent` goes with `--record`; it is written into the log"),
        (["status-update", "LOG", "--set", "x"], "`x` is not NAME=TEXT"),
        (["status-update", "LOG", "--set", "=x"], "`=x` is not NAME=TEXT"),
        (["status-update", "LOG", "--set", "x= "], "`x= ` is not NAME=TEXT"),
        (["status-update", "LOG", "--set", "x=y"], "`status-update` does not ask for `x`; it asks for `title`"),
        (["status-update", "LOG", "--language", "fr"], "unknown language `fr`; one of `en`, `de`"),
        (["tense-customer", "--language", "fr"], "unknown language `fr`; one of `en`, `de`"),
        (
            ["status-update", "LOG", "--opened-at", "2026-03-02T14:23:00Z"],
            "`--opened-at` goes with facts; a log says itself when it was opened",
        ),
        (["status-update", "LOG", "--locale", "q-"], "`q-` is not a locale; for example `en-GB`, `de` or `de-AT`"),
    ],
)
def test_bad_words_leave_standard_output_empty(run: Run, log: Path, words: list[str], told: str) -> None:
    given = [str(log) if word == "LOG" else word for word in words]

    assert run("message", *given) == (2, "", f"sevclass: error: {told}\n")


def test_a_message_that_no_event_is_cannot_be_sent(run: Run, root: Path) -> None:
    words = ("message", "asks-for-refund", "INC-1", *NOW, "--root", root, "--record", "--sent")

    assert run(*words) == (
        2, "", "sevclass: error: `--sent` says nothing of `asks-for-refund`; it is no event of the log: leave it out\n",
    )  # fmt: skip
    assert len(written(root)) == 1


def test_files_that_there_are_not(run: Run, tmp_path: Path) -> None:
    assert run("message", "status-update", tmp_path / "no.yaml") == (2, "", f"{tmp_path}/no.yaml: no such file\n")
    (tmp_path / "empty").mkdir()
    assert run("message", "status-update", tmp_path / "empty") == (
        2, "", "sevclass: error: no event log there; an incident has a file `incident_timeline.yaml`\n",
    )  # fmt: skip
    (tmp_path / "bad.json").write_text('{"functionality": "dwon"}')
    assert run("message", "status-update", tmp_path / "bad.json").err.startswith(
        f"{tmp_path}/bad.json:1:19: functionality: unknown level `dwon`; did you mean `down`?\n"
    )


def test_what_cannot_be_read_is_told(run: Run, tmp_path: Path) -> None:
    bad = tmp_path / "T-2" / "incident_timeline.yaml"
    bad.mkdir(parents=True)
    told = f"{bad}: is a directory; a file belongs there: move the folder away\n"
    assert run("message", "status-update", tmp_path, *NOW) == (2, "", told)

    good = tmp_path / "T-1" / "incident_timeline.yaml"
    good.parent.mkdir()
    good.write_text(line(OPENED))
    ended = run("message", "status-update", tmp_path, *NOW)
    assert (ended.status, shape(ended)["id"], ended.err.startswith(told)) == (2, "T-1", True)


def test_too_much_on_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sevclass.cli.timelines.MAX_BYTES", 10)
    ended = run("message", "status-update", "-", stdin=b"- " + b"x" * 20)

    assert ended == (2, "", "<stdin>: more than 256 MiB; it is read as a whole: split it\n")


def test_without_the_extra_it_is_said_what_to_install(run: Run, log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = "messages need the extra `messages`; install it: pip install 'sevclass[messages]'\n"
    monkeypatch.setitem(sys.modules, "babel", None)

    assert run("message", "status-update", log, *NOW) == (2, "", f"sevclass: error: {missing}")
    assert run("message", "tense-customer").status == 0


def test_a_hostile_log_does_no_harm(run: Run, log: Path) -> None:
    log.write_text(line({**OPENED, "title": "<script>\u202e\x1b[2J {{ 7*7 }}\n\n" + "x" * 1_000_000}))
    for form in ("text", "markdown", "html", "json"):
        ended = run("message", "status-update", log, *NOW, "--customer", "$(reboot)\n`x`", "--format", form)
        assert ended.status == 0
        assert all(part.isprintable() for part in (ended.out + ended.err).split("\n"))
        assert len(ended.out) < 20_000
        assert form in {"json", "text"} or "<script" not in ended.out
        assert "--for '$(reboot)\n`x`'\n" in ended.err


def test_its_schema(run: Run) -> None:
    ended = run("schema", "message")

    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    assert (ended.status, json.loads(ended.out)) == (0, dialect | Draft.model_json_schema())
